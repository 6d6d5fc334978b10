"""Explain: the chain that drives a task, and whether it is critical, as planned and as forecast."""

from datetime import date

import pytest

from automation.base.errors import UsageError
from automation.commands.explaining import explain
from automation.commands.request import Request
from tests.tables import catalogue, project_of, settings

SHEETS = """
projects
 project_id | start_planned | finish_deadline
 PRJ-001    | 2026-06-01    | 2026-06-30
plan
 task_id | wbs | name   | duration | predecessors | kind  | actual_start | percent_complete
 T-001   | 1   | Phase  | 9        |              | phase |              | 0
 T-002   | 1.1 | Dig    | 5        |              | task  | 2026-06-02   | 40
 T-003   | 1.2 | Pour   | 3        | T-002        | task  |              | 0
 T-004   | 1.3 | Paint  | 1        |              | task  |              | 0
"""


def asked(task, day=date(2026, 6, 12)):
    return explain(Request(project_of(SHEETS), (), catalogue(), settings(), day, {"task": task}))


def test_the_chain_leads_back_to_the_start_of_the_project():
    planned = asked("T-003").lines[0]
    assert planned.en.startswith("As planned: T-003 'Pour' runs from 2026-06-08 08:00 to 2026-06-10 17:00.")
    assert "T-003 'Pour' can start only after T-002 'Dig' finishes" in planned.en
    assert "the project begins then" in planned.en
    assert "It is critical" in planned.en
    assert planned.zh.startswith("计划：T-003“Pour”从2026-06-08 08:00")


def test_the_forecast_is_told_where_it_differs():
    forecast = asked("T-003").lines[1]
    assert forecast.en.startswith("Forecast: ")
    assert "work that is left is done after the status date" in forecast.en


def test_a_task_with_slack_says_how_much():
    planned = asked("t-004").lines[0]
    assert "It is not critical: it can slip by 7 working days" in planned.en
    assert asked("T-004").figures == {"task": "T-004", "critical": False}


def test_of_a_phase_the_task_that_finishes_last_is_told():
    assert "T-003 'Pour' runs from" in asked("T-001").lines[0].en


@pytest.mark.parametrize("task", ["T-999", "", "Pour"])
def test_a_task_that_is_not_there_is_refused(task):
    with pytest.raises(UsageError) as caught:
        asked(task)
    assert caught.value.code == "NO_SUCH_TASK"

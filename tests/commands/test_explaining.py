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


AWAY = """
projects
 project_id | start_planned
 PRJ-001    | 2026-06-01
resources
 resource_id | name | available_from
 RES-001     | Ann  | 2026-07-01
plan
 task_id | name | duration | owner
 T-001   | Dig  | 5        | RES-001
"""
HELD = """
projects
 project_id | start_planned
 PRJ-001    | 2026-06-15
resources
 resource_id | name
 RES-001     | Ann
 RES-002     | Bob
plan
 task_id | name  | duration | resource_use | constraint_kind       | constraint_date
 T-001   | Dig   | 5        | RES-001:100  |                       |
 T-002   | Pour  | 3        | RES-001:50   | start_no_earlier_than | 2026-06-22
 T-003   | Paint | 3        | RES-002:100  | start_no_earlier_than | 2026-06-22
"""


def asked(task, day=date(2026, 6, 12), tables=SHEETS):
    return explain(Request(project_of(tables), (), catalogue(), settings(), day, {"task": task}))


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


def test_of_a_phase_the_tasks_that_fix_its_start_and_its_finish_are_told():
    outcome = asked("T-001")
    assert outcome.lines[0].en == (
        "As planned: T-001 'Phase' runs from 2026-06-01 08:00 to 2026-06-10 17:00. "
        "Its start is that of T-002 'Dig', the first of its tasks to start. "
        "T-002 'Dig' is where it is because the project begins then. "
        "Its finish is that of T-003 'Pour', the last of its tasks to finish. "
        "T-003 'Pour' can start only after T-002 'Dig' finishes; "
        "T-002 'Dig' is where it is because the project begins then. "
        "About T-003 'Pour': it is critical: any delay of it delays the end of the project."
    )
    assert "其开始由其下最早开始的T-002“Dig”决定。" in outcome.lines[0].zh
    assert "其完成由其下最晚完成的T-003“Pour”决定。" in outcome.lines[0].zh
    assert outcome.figures == {
        "task": "T-001",
        "critical": True,
        "starts_with": "T-002",
        "finishes_with": "T-003",
    }


def test_an_owner_who_is_not_there_yet_is_told():
    line = asked("T-001", tables=AWAY).lines[0]
    assert "its owner is available only from then on" in line.en
    assert "负责人这时才可用" in line.zh


def test_a_task_that_levelling_held_back_names_the_resource_and_its_other_task():
    line = asked("T-002", tables=HELD).lines[-1]
    assert "its own constraint or fixed date says so" in line.en
    assert "Until T-002 'Pour' starts, resource RES-001 'Ann' works on T-001 'Dig'." in line.en
    assert "T-002“Pour”开始之前，资源RES-001“Ann”要做T-001“Dig”。" in line.zh


def test_a_constraint_without_a_busy_resource_names_none():
    line = asked("T-003", tables=HELD).lines[-1]
    assert "its own constraint or fixed date says so" in line.en
    assert "Until" not in line.en


@pytest.mark.parametrize("task", ["T-999", "", "Pour"])
def test_a_task_that_is_not_there_is_refused(task):
    with pytest.raises(UsageError) as caught:
        asked(task)
    assert caught.value.code == "NO_SUCH_TASK"

"""Earned value of whole projects: a printed case study, the demonstration, and laws of the money laid over tasks.

The case study is "Monitoring and Control, Earned Value Management" of the Sprints automotive course (HossamElwahsh/
sprints-automotive, PM/S_PM_10), with days for its months; that its progress is the plan's of the sixth month, so one
month behind, is said by another solution of the same case ("EVM Case Study"). June 2026 starts on a Monday.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from automation.planning.earned_value import Outlook
from automation.planning.earning import Method
from automation.planning.figures import planned_percent
from automation.planning.performance import Inputs, performance
from automation.planning.workbook import calendar_of, plans_of
from tests.tables import project_of

PLAN = """
projects
 project_id | start_planned
 PRJ-001    | 2026-06-01
plan
 task_id | name           | phase         | duration | predecessors | baseline_start | baseline_finish | actual_start | actual_finish | percent_complete | ev_method
 T-001   | Preparation    | initiation    | 2        |              | {planned[0]}   | {done[0]}
 T-002   | Design         | requirements  | 3        | T-001        | {planned[1]}   | {done[1]}
 T-003   | Implementation | after_service | 2        | T-002        | {planned[2]}   | {done[2]}
 T-004   | Testing        | after_service | 3        | T-002        | {planned[3]}   | {done[3]}
 T-005   | Deployment     | after_service | 3        | T-004        | {planned[4]}   | {done[4]}
"""
COSTS = """
costs
 cost_id  | task_id | category  | planned_amount | actual_amount
 COST-001 | T-001   | labour    | 600            | 600
 COST-002 | T-002   | labour    | 1200           | 1400
 COST-003 | T-003   | labour    | 400            | 200
 COST-004 | T-004   | equipment | 1200           | 500
 COST-005 | T-005   | labour    | 300            | 0
"""
PLANNED = (
    "2026-06-01 | 2026-06-02",
    "2026-06-03 | 2026-06-05",
    "2026-06-08 | 2026-06-09",
    "2026-06-08 | 2026-06-10",
    "2026-06-11 | 2026-06-15",
)
NOTHING = "|  | 0 |"
DONE = (
    "2026-06-01 | 2026-06-02 | 100 |",
    "2026-06-03 | 2026-06-05 | 100 |",
    "2026-06-08 |            | 50  |",
    "2026-06-08 |            | 33.33333333 |",
    NOTHING,
)
NO_BASELINE = ("|",) * 5
CASE = PLAN.format(planned=PLANNED, done=DONE) + COSTS


def case(planned=PLANNED, done=DONE):
    return PLAN.format(planned=planned, done=done) + COSTS


def measured(tables, *, status=date(2026, 6, 9), usual=Method.PERCENT_COMPLETE):
    project = project_of(tables)
    calendar = calendar_of(project)
    rows = project.rows
    inputs = Inputs(
        plan=plans_of(project, calendar, status)["PRJ-001"],
        rows=rows.plan,
        costs=rows.costs,
        resources={row.resource_id: row for row in rows.resources},
        usual=usual,
    )
    return performance(inputs, calendar, status_date=status)


def sums(value):
    return [float(one) for one in (value.budget, value.planned, value.earned, value.actual)]


def test_the_printed_case_study_comes_out():
    found = measured(CASE)
    value = found.value
    assert sums(value) == [3700, 3000, 2400, 2700]
    assert (value.cost_variance, value.schedule_variance) == (-300, -600)
    assert round(value.cost_index, 2) == Decimal("0.89")
    assert value.schedule_index == Decimal("0.8")
    assert round(value.at_completion(), -1) == 4160
    assert value.at_completion(Outlook.ATYPICAL) == 4000
    assert round(value.variance_at_completion(), -1) == -460


def test_its_progress_is_that_of_the_day_before():
    found = measured(CASE)
    assert (found.schedule.earned, found.schedule.elapsed, found.schedule.planned) == (6, 7, 11)
    assert found.schedule.variance == -1
    assert found.forecast_finish == date(2026, 6, 17)  # 11 / (6 / 7) = 12.8 working days


def test_phases_stand_in_the_order_of_the_plan_and_add_up():
    found = measured(CASE)
    assert list(found.phases) == ["initiation", "requirements", "after_service"]
    assert sums(found.phases["after_service"]) == [1900, 1200, 600, 700]
    for name in ("budget", "planned", "earned", "actual"):
        assert sum(getattr(one, name) for one in found.phases.values()) == getattr(found.value, name)


def test_other_methods_earn_and_plan_otherwise():
    assert sums(measured(CASE, usual=Method.ZERO_HUNDRED).value) == [3700, 2200, 1800, 2700]
    assert sums(measured(CASE, usual=Method.FIFTY_FIFTY).value) == [3700, 2800, 2600, 2700]
    named = case(done=(*DONE[:2], "2026-06-08 | | 50 | zero_hundred", *DONE[3:]))
    assert sums(measured(named).value) == [3700, 3000, 2200, 2700]


WEIGHTED = """
projects
 project_id | start_planned
 PRJ-001    | 2026-06-01
plan
 task_id | kind      | duration | baseline_start | baseline_finish | actual_start | actual_finish | percent_complete | ev_method         | ev_milestones
 T-001   | task      | 10       | 2026-06-01     | 2026-06-12      | 2026-06-01   |               | 90               | milestone_weights | {}
 T-002   | milestone | 0        | 2026-06-03     | 2026-06-03      | 2026-06-05   | 2026-06-05    | 100              |                   |
 T-003   | milestone | 0        | 2026-06-09     | 2026-06-09      |              |               | 0                |                   |
 T-004   | milestone | 0        | 2026-06-12     | 2026-06-12      |              |               | 0                |                   |
costs
 task_id | category | planned_amount | actual_amount
 T-001   | labour   | 1000           | 600
"""


def test_a_task_with_weighted_milestones_earns_by_them_whatever_percent_is_typed():
    found = measured(WEIGHTED.format("T-002:30%;T-003:20%;T-004:50%"))
    assert sums(found.value) == [1000, 500, 300, 600]
    assert found.unmeasured == ()


@pytest.mark.parametrize("typed", ["", "T-002:30%;T-404:70%", "T-001:100%", "T-002:0%"])
def test_milestones_that_cannot_be_used_leave_percent_complete_and_are_named(typed):
    found = measured(WEIGHTED.format(typed))
    assert sums(found.value) == [1000, 700, 900, 600]
    assert found.unmeasured == ("T-001",)


def test_without_a_baseline_there_is_no_planned_value_but_the_rest_is_known():
    found = measured(case(planned=NO_BASELINE))
    assert not found.planned_known
    assert (found.schedule, found.forecast_finish) == (None, None)
    assert (found.value.earned, found.value.cost_index) == (2400, Decimal(2400) / 2700)


def test_a_task_added_after_the_baseline_is_planned_by_its_early_dates():
    found = measured(case(planned=(*PLANNED[:4], "|")))
    assert found.planned_known
    assert found.schedule.planned == 11


def test_finished_work_stops_the_clock():
    done = (
        *DONE[:2],
        "2026-06-08 | 2026-06-10 | 100 |",
        "2026-06-08 | 2026-06-10 | 100 |",
        "2026-06-12 | 2026-06-16 | 100 |",
    )
    found = measured(case(done=done), status=date(2026, 7, 31))
    assert found.value.earned == found.value.budget
    assert found.schedule == (11, 12, 11)
    undated = (*done[:4], "2026-06-12 | | 100 |")
    assert measured(case(done=undated), status=date(2026, 7, 31)).schedule == (11, 45, 11)


def test_before_the_plan_starts_no_time_has_passed():
    found = measured(case(done=(NOTHING,) * 5), status=date(2026, 5, 29))
    assert sums(found.value) == [3700, 0, 0, 2700]
    assert found.schedule == (0, 0, 11)
    assert (found.schedule.performance_index, found.forecast_finish) == (None, None)


def test_a_pace_that_leads_nowhere_predicts_no_day():
    found = measured(case(done=("2026-06-01 | | 1 |", *(NOTHING,) * 4)))
    assert found.schedule.at_completion > 40 * 11
    assert found.forecast_finish is None


@pytest.mark.parametrize(
    "tables",
    [
        PLAN.format(planned=PLANNED, done=DONE),
        PLAN[: PLAN.index("plan\n")] + COSTS,
        CASE.replace("| T-004        |", "| T-404        |"),
    ],
)
def test_nothing_is_said_without_costs_without_tasks_or_while_the_plan_is_in_doubt(tables):
    assert measured(tables) is None


def test_no_money_at_all_is_no_index():
    found = measured(CASE[: CASE.index(" COST-002")].replace("| 600            | 600", "| 0 | 0"))
    assert sums(found.value) == [0, 0, 0, 0]
    assert (found.schedule, found.tasks) == (None, {})


def test_planned_value_is_the_planned_percent_of_the_completion_figures():
    found = measured(CASE, status=date(2026, 6, 8))
    project = project_of(CASE)
    plan = plans_of(project, calendar_of(project), date(2026, 6, 8))["PRJ-001"]
    for name, value in found.tasks.items():
        percent = planned_percent(plan.tasks[name].task, calendar_of(project), status_date=date(2026, 6, 8))
        assert float(value.planned) == pytest.approx(float(value.budget) * percent / 100, abs=0.01)

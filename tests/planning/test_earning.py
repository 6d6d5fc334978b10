"""When tasks are planned to earn their budget and when they do, by each method. June 2026 starts on a Monday.

The fixed formulas are placed as Gray and Larson's Project Management places them (appendix 9.1, simplifying assumptions 5
and 6): all on the finish for 0/100, half on the start and half on the finish for 50/50.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.planning.calendar import WorkCalendar
from automation.planning.earning import Accrual, Method, Weighted, earned_accruals, planned_accruals, share_by
from automation.planning.figures import planned_percent
from automation.planning.forecast import NO_SLIP
from automation.planning.plan import PlannedTask
from automation.planning.tasks import Task, TaskKind

CALENDAR = WorkCalendar()
STATUS = date(2026, 6, 12)
STEPS = (Method.ZERO_HUNDRED, Method.FIFTY_FIFTY)


def june(day):
    return date(2026, 6, day)


def planned(**values):
    task = Task(**({"id": "T-001", "duration_minutes": 10 * 480} | values))
    return PlannedTask(task, None, None, NO_SLIP, task.percent_complete, None, ())


BASELINE = {"baseline_start": june(1), "baseline_finish": june(12)}


def by(task, method, day, milestones=()):
    return share_by(planned_accruals(task, method, milestones), june(day), CALENDAR)


def earned(task, method, milestones=(), status=STATUS):
    return share_by(earned_accruals(task, method, milestones, status_date=status), status, CALENDAR)


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        (Method.PERCENT_COMPLETE, ["0.1", "0.5", "0.5", "0.9", "1"]),
        (Method.ZERO_HUNDRED, ["0", "0", "0", "0", "1"]),
        (Method.FIFTY_FIFTY, ["0.5", "0.5", "0.5", "0.5", "1"]),
    ],
)
def test_what_is_planned_by_the_end_of_the_first_day_the_week_the_weekend_and_the_last_days(method, expected):
    assert [by(planned(**BASELINE), method, day) for day in (1, 5, 7, 11, 12)] == list(map(Decimal, expected))


def test_nothing_is_planned_before_the_start():
    assert all(by(planned(**BASELINE), method, 1) > 0 for method in (Method.PERCENT_COMPLETE, Method.FIFTY_FIFTY))
    task = planned(**BASELINE)
    for method in Method:
        if method is not Method.MILESTONE_WEIGHTS:
            assert share_by(planned_accruals(task, method), date(2026, 5, 31), CALENDAR) == 0


@pytest.mark.parametrize(
    ("progress", "percent", "zero", "fifty"),
    [
        ({}, "0", 0, "0"),
        ({"actual_start": june(2)}, "0", 0, "0.5"),
        ({"actual_start": june(2), "percent_complete": 33.3}, "0.333", 0, "0.5"),
        ({"percent_complete": 40}, "0.4", 0, "0.5"),
        ({"actual_start": june(2), "percent_complete": 100}, "1", 1, "1"),
        ({"actual_start": june(2), "actual_finish": june(11), "percent_complete": 100}, "1", 1, "1"),
    ],
)
def test_what_is_earned_by_progress_and_by_start_and_finish(progress, percent, zero, fifty):
    task = planned(**progress)
    found = [earned(task, method) for method in (Method.PERCENT_COMPLETE, *STEPS)]
    assert found == [Decimal(percent), zero, Decimal(fifty)]


def test_running_work_is_earned_from_its_start_to_the_status_date_and_finished_work_to_its_finish():
    running = planned(actual_start=june(3), percent_complete=40)
    assert earned_accruals(running, Method.PERCENT_COMPLETE, status_date=STATUS) == (
        Accrual(Decimal("0.4"), june(3), STATUS),
    )
    done = planned(actual_start=june(3), actual_finish=june(9), percent_complete=100)
    assert earned_accruals(done, Method.PERCENT_COMPLETE, status_date=STATUS) == (
        Accrual(Decimal(1), june(3), june(9)),
    )
    assert earned_accruals(done, Method.FIFTY_FIFTY, status_date=STATUS) == (
        Accrual(Decimal("0.5"), june(3), june(3)),
        Accrual(Decimal("0.5"), june(9), june(9)),
    )


def test_dates_after_the_status_date_count_on_it():
    task = planned(actual_start=june(15), actual_finish=june(17), percent_complete=100)
    assert [earned(task, method) for method in (Method.PERCENT_COMPLETE, *STEPS)] == [1, 1, 1]


def test_a_milestone_earns_everything_once_it_has_any_actual_date():
    for progress in ({"actual_start": june(9)}, {"actual_finish": june(9)}, {"percent_complete": 100}):
        task = planned(kind=TaskKind.MILESTONE, duration_minutes=0, **BASELINE, **progress)
        for method in (Method.PERCENT_COMPLETE, *STEPS):
            assert earned(task, method) == 1
            assert by(task, method, 11) == 0
            assert by(task, method, 12) == 1
    waiting = planned(kind=TaskKind.MILESTONE, duration_minutes=0, percent_complete=60)
    assert [earned(waiting, method) for method in (Method.PERCENT_COMPLETE, *STEPS)] == [0, 0, 0]


def test_weighted_milestones_are_planned_on_their_baselines_and_earned_when_they_are_reached():
    done = planned(
        id="M1",
        kind=TaskKind.MILESTONE,
        duration_minutes=0,
        baseline_finish=june(3),
        baseline_start=june(3),
        actual_finish=june(10),
    )
    open_ = planned(
        id="M2", kind=TaskKind.MILESTONE, duration_minutes=0, baseline_finish=june(10), baseline_start=june(10)
    )
    task = planned(percent_complete=90, actual_start=june(1))
    milestones = (Weighted(done, Decimal(30)), Weighted(open_, Decimal(30)))
    method = Method.MILESTONE_WEIGHTS
    assert [by(task, method, day, milestones) for day in (2, 3, 9, 10)] == [0, Decimal("0.5"), Decimal("0.5"), 1]
    assert earned(task, method, milestones) == Decimal("0.5")
    assert earned(task, method, milestones, status=june(10)) == Decimal("0.5")


def test_without_planned_days_nothing_is_known_of_the_plan():
    task = planned()
    assert all(planned_accruals(task, method) is None for method in Method if method is not Method.MILESTONE_WEIGHTS)
    assert planned_accruals(planned(**BASELINE), Method.MILESTONE_WEIGHTS, (Weighted(task, Decimal(1)),)) is None


@given(st.integers(1, 28), st.integers(0, 20), st.integers(1, 30))
def test_planned_by_percent_complete_is_the_planned_percent_of_the_completion_figures(start, days, status):
    first, last = june(start), CALENDAR.add_days(june(start), days)
    task = planned(baseline_start=first, baseline_finish=last)
    expected = planned_percent(task.task, CALENDAR, status_date=june(status))
    assert float(100 * by(task, Method.PERCENT_COMPLETE, status)) == pytest.approx(expected)

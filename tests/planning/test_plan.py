from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from automation.planning.plan import plan
from tests.planning import demo
from tests.planning.tables import day, task, tasks

TASKS = [task(row, baseline=True, progress=True) for row in demo.ROWS]
PLAN = plan(TASKS, demo.CALENDAR, project_start=demo.START, status_date=demo.STATUS, deadline=demo.DEADLINE)


@pytest.mark.parametrize("row", demo.ROWS, ids=lambda row: row["task"])
def test_every_row_of_the_demonstration_project_has_its_published_dates_float_and_slip(row):
    planned = PLAN.tasks[row["task"]]
    assert planned.drawn is not None
    assert planned.forecast is not None
    computed = (
        planned.drawn.start,
        planned.drawn.finish,
        planned.drawn.total_float,
        planned.forecast.finish,
        planned.slip.total,
    )
    assert computed == (
        day(row["start"]),
        day(row["finish"]),
        int(row["float"]),
        day(row["forecast"]),
        int(row["slip"]),
    )


def test_the_demonstration_project_has_its_published_figures():
    figures = PLAN.figures
    assert (round(figures.percent_complete, 1), round(figures.planned_percent, 1)) == (55.2, 71.4)
    assert (PLAN.baseline_finish, PLAN.forecast_finish) == (date(2026, 8, 28), date(2026, 9, 17))
    assert (PLAN.slip_days, PLAN.deadline_slip_days) == (14, 5)
    assert PLAN.problems == ()


def test_own_slip_above_three_days_without_reason_is_only_at_t025_and_t026():
    explained = {"T-023", "T-024"}
    late = {
        name
        for name, planned in PLAN.tasks.items()
        if (planned.task.actual_start or planned.task.baseline_finish < demo.STATUS) and planned.slip.own > 3
    }
    assert late - explained == {"T-025", "T-026"}


@pytest.mark.parametrize(
    ("name", "total", "inherited", "own"),
    [("T-023", 20, 3, 17), ("T-024", 11, 3, 8), ("T-025", 13, 3, 10), ("T-026", 14, 3, 11), ("T-029", 20, 20, 0)],
)
def test_slip_is_parted_into_inherited_and_own(name, total, inherited, own):
    assert tuple(PLAN.tasks[name].slip) == (total, inherited, own)


def test_the_order_of_the_rows_changes_nothing():
    turned = plan(TASKS[::-1], demo.CALENDAR, project_start=demo.START, status_date=demo.STATUS, deadline=demo.DEADLINE)
    assert _without_successors(turned) == _without_successors(PLAN)
    assert list(turned.tasks) == list(PLAN.tasks)[::-1]
    assert turned.slip_days == PLAN.slip_days


def _without_successors(result):
    return {name: replace(planned, successors=()) for name, planned in result.tasks.items()}


def test_a_phase_rolls_up_the_tasks_below_it():
    rows = tasks(
        """
        task   wbs    kind     wd  predecessors  start  finish  begun  ended  %
        T-001  1      summary  0   -             -      -       -      -      0
        T-002  1.1    -        4   -             03-02  03-05   03-02  03-06  100
        T-003  1.2    -        1   T-002         03-06  03-06   -      -      0
        T-004  1.10   -        1   -             03-02  03-02   03-02  03-02  100
        T-005  10     -        9   -             03-02  03-12   -      -      0
        T-006  2      summary  0   -             -      -       -      -      0
    """,
        baseline=True,
        progress=True,
    )
    result = plan(rows, demo.CALENDAR, project_start=demo.START, status_date=date(2026, 3, 6))
    phase = result.tasks["T-001"]
    assert (phase.drawn.start, phase.drawn.finish) == (date(2026, 3, 2), date(2026, 3, 6))
    assert (phase.drawn.total_float, phase.drawn.critical) == (4, False)
    assert (phase.forecast.start, phase.forecast.finish) == (date(2026, 3, 2), date(2026, 3, 9))
    assert phase.slip.total == 1
    assert phase.percent_complete == pytest.approx(500 / 6)
    assert phase.planned_percent == 100
    assert result.tasks["T-006"].drawn is None


def test_tasks_on_a_cycle_get_no_dates_and_everything_else_does():
    rows = tasks("""
        task   wd  predecessors
        T-001  2   -
        T-002  2   T-001;T-003
        T-003  2   T-002
    """)
    result = plan(rows, demo.CALENDAR, project_start=demo.START, status_date=demo.STATUS)
    assert [result.tasks[name].drawn is None for name in ("T-001", "T-002", "T-003")] == [False, True, True]
    assert result.tasks["T-002"].slip == (None, None, None)
    assert result.tasks["T-001"].drawn.finish == date(2026, 3, 3)
    assert (result.finish, result.forecast_finish, result.figures.percent_complete) == (None, None, None)
    assert [(problem.kind.value, problem.related) for problem in result.problems] == [("cycle", ("T-002", "T-003"))]


def test_cancelled_tasks_are_not_in_the_plan_and_push_nobody():
    rows = tasks("""
        task   wd  predecessors
        T-001  20  -
        T-002  2   T-001
    """)
    result = plan(
        [replace(rows[0], cancelled=True), rows[1]],
        demo.CALENDAR,
        project_start=demo.START,
        status_date=date(2026, 3, 1),
    )
    assert list(result.tasks) == ["T-002"]
    assert result.finish == date(2026, 3, 3)


def test_successors_are_the_tasks_that_name_a_task():
    assert PLAN.tasks["T-017"].successors == ("T-018", "T-019", "T-020", "T-023")
    assert PLAN.tasks["T-050"].successors == ()


def test_no_tasks_give_a_plan_without_dates():
    empty = plan([], demo.CALENDAR, project_start=demo.START, status_date=demo.STATUS, deadline=demo.DEADLINE)
    assert (empty.start, empty.finish, empty.forecast_finish, empty.slip_days, empty.deadline_slip_days) == (None,) * 5

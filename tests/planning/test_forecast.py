"""The status date is Friday 2026-01-16 unless a test says otherwise; the project starts on Monday 2026-01-05."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from automation.model.links import Link
from automation.planning.calendar import WorkCalendar
from automation.planning.plan import plan
from automation.planning.work import Reason
from tests.planning.tables import DAY, day, read, task, tasks

FRIDAY = date(2026, 1, 16)


def computed(table, status=FRIDAY, **changes):
    rows = [
        replace(task(row, baseline="start" in row, progress=True), **changes.get(row["task"].replace("-", ""), {}))
        for row in read(table)
    ]
    return plan(rows, WorkCalendar(), project_start=date(2026, 1, 5), status_date=status).tasks


def dates(planned):
    return [(f"{each.forecast.start:%m-%d}", f"{each.forecast.finish:%m-%d}") for each in planned.values()]


def test_finished_keep_their_dates_running_continue_after_the_status_date_and_the_rest_follows():
    planned = computed("""
        task   wd  predecessors  begun  ended  %    left
        T-001  5   -             01-06  01-13  100  -
        T-002  5   T-001         01-14  -      40   -
        T-003  5   T-001         01-14  -      40   1
        T-004  2   T-002;T-003   -      -      0    -
        T-005  2   -             -      -      0    -
    """)
    assert dates(planned) == [
        ("01-06", "01-13"),
        ("01-14", "01-21"),
        ("01-14", "01-19"),
        ("01-22", "01-23"),
        ("01-19", "01-20"),
    ]
    assert [each.forecast.driver for each in planned.values()] == [
        Reason.ACTUAL,
        Reason.STATUS_DATE,
        Reason.STATUS_DATE,
        Link("T-002"),
        Reason.STATUS_DATE,
    ]
    assert [each.forecast.critical for each in planned.values()] == [False, True, False, True, False]
    assert [each.forecast.total_float for each in planned.values()] == [0, 0, 2, 0, 3]


def test_primavera_s_answer_for_a_running_task():
    # Primavera P6 23.12, case 08-in-progress-retained-logic of the MIT-licensed cpp-cpm-engine; data date 2026-01-12
    planned = computed(
        """
        task   wd  predecessors  begun  %   left
        T-001  10  -             01-06  30  7
        T-002  5   T-001         -      0   -
        """,
        status=date(2026, 1, 11),
    )
    assert dates(planned) == [("01-06", "01-20"), ("01-21", "01-27")]


def test_primavera_s_answer_for_a_finished_successor():
    # the same source, case 09: a finished successor does not hold back its predecessor
    planned = computed(
        """
        task   wd  predecessors  begun       ended       %
        T-001  5   -             -           -           0
        T-002  11  T-001         2025-12-15  2025-12-30  100
        """,
        status=date(2026, 1, 4),
    )
    assert dates(planned) == [("01-05", "01-09"), ("12-15", "12-30")]
    assert planned["T-001"].forecast.total_float == 0


def test_what_is_left_of_a_task_begun_too_early_waits_for_its_predecessor():
    planned = computed("""
        task   wd  predecessors  begun  %   left
        T-001  8   -             01-12  50  -
        T-002  4   T-001         01-14  25  -
    """)
    assert dates(planned) == [("01-12", "01-22"), ("01-14", "01-27")]


def test_a_milestone_not_reached_waits_for_the_next_working_day():
    planned = computed("""
        task   wd  predecessors  begun  ended  %
        T-001  5   -             01-06  01-13  100
        T-002  0   T-001         -      -      0
        T-003  0   T-001         -      01-14  100
        T-004  0   T-001         01-15  -      0
    """)
    assert dates(planned)[1:] == [("01-19", "01-19"), ("01-14", "01-14"), ("01-15", "01-15")]


def test_work_done_on_a_day_off_keeps_its_dates():
    planned = computed("""
        task   wd  predecessors  begun  ended  %
        T-001  5   -             01-10  01-11  100
        T-002  1   T-001         01-11  -      50
    """)
    assert dates(planned) == [("01-10", "01-11"), ("01-11", "01-19")]


def test_a_task_with_nothing_left_has_finished_by_the_status_date():
    planned = computed("""
        task   wd  predecessors  begun  %    left
        T-001  5   -             01-06  100  -
        T-002  5   -             01-06  90   0
        T-003  1   T-001         -      0    -
    """)
    assert dates(planned) == [("01-06", "01-16"), ("01-06", "01-16"), ("01-19", "01-19")]
    assert not planned["T-001"].forecast.critical


def test_a_project_that_starts_after_the_status_date_is_forecast_as_drawn():
    planned = computed(
        """
        task   wd  predecessors
        T-001  5   -
        T-002  1   T-001
        """,
        status=date(2025, 12, 1),
    )
    assert dates(planned) == [("01-05", "01-09"), ("01-12", "01-12")]
    assert planned["T-001"].forecast.driver is Reason.PROJECT_START


def test_constraints_and_availability_hold_in_the_forecast_as_well():
    planned = computed(
        """
        task   wd  constraint
        T-001  1   snet 01-21
        T-002  1   snet 01-12
        T-003  1   -
        """,
        T003={"available_from": date(2026, 1, 24)},
    )
    assert dates(planned) == [("01-21", "01-21"), ("01-19", "01-19"), ("01-26", "01-26")]


def test_actual_dates_may_carry_a_time_of_day():
    planned = computed(
        """
        task   wd  predecessors
        T-001  1   -
        T-002  1   T-001
        """,
        T001={"actual_start": datetime(2026, 1, 19, 8, 0), "actual_finish": datetime(2026, 1, 19, 12, 0)},
    )
    assert dates(planned) == [("01-19", "01-19"), ("01-19", "01-20")]


@pytest.mark.parametrize(
    ("begun", "ended", "expected"),
    [
        ("01-12", "01-14", (0, 0, 0)),  # as planned
        ("01-13", "01-15", (1, 0, 1)),  # begun a day late
        ("01-12", "01-16", (2, 0, 2)),  # took two days longer
        ("01-08", "01-13", (-1, 0, -1)),  # a day early
    ],
)
def test_slip_without_late_predecessors_is_the_task_s_own(begun, ended, expected):
    planned = computed(f"""
        task   wd  predecessors  start  finish  begun    ended    %
        T-001  5   -             01-05  01-09   01-05    01-09    100
        T-002  3   T-001         01-12  01-14   {begun}  {ended}  100
    """)
    assert tuple(planned["T-002"].slip) == expected


def test_slip_that_predecessors_cause_is_inherited_and_what_is_caught_up_is_negative():
    planned = computed("""
        task   wd  predecessors  start  finish  begun  ended  %
        T-001  5   -             01-05  01-09   01-05  01-13  100
        T-002  3   T-001         01-12  01-14   01-14  01-15  100
        T-003  2   T-001SS+5     01-12  01-13   01-12  01-13  100
        T-004  1   T-002FF+1     01-15  01-15   -      -      0
        T-005  0   T-001         01-09  01-09   -      01-13  100
    """)
    assert {name: tuple(each.slip) for name, each in planned.items()} == {
        "T-001": (2, 0, 2),
        "T-002": (1, 2, -1),
        "T-003": (0, 0, 0),
        "T-004": (2, 1, 1),
        "T-005": (2, 2, 0),
    }


def test_slip_needs_a_baseline_and_its_parts_a_baseline_start():
    table = """
        task   wd  predecessors
        T-001  5   -
    """
    assert tuple(computed(table)["T-001"].slip) == (None, None, None)
    half = computed(table, T001={"baseline_finish": day("01-09")})
    assert tuple(half["T-001"].slip) == (10, None, None)


def test_minutes_survive_a_task_that_is_nearly_done():
    planned = plan(
        [*tasks("task   wd\nT-001  1"), replace(task(read("task  wd\nT-2    1")[0]), percent_complete=99)],
        WorkCalendar(),
        project_start=date(2026, 1, 5),
        status_date=FRIDAY,
    )
    place = planned.network.place["T-2"]
    assert planned.forecast.finish[place] - planned.forecast.start[place] == round(DAY / 100)

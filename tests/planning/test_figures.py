from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from automation.planning.calendar import WorkCalendar
from automation.planning.figures import figures, planned_percent
from tests.planning.tables import tasks

FRIDAY = date(2026, 1, 16)
TABLE = """
    task   kind     wd  start  finish  begun  ended  %
    T-000  summary  0   01-05  01-16   -      -      90
    T-001  -        6   01-05  01-12   01-05  01-12  100
    T-002  -        3   01-12  01-14   01-12  01-15  100
    T-003  -        5   01-14  01-20   01-14  -      20
    T-004  -        6   01-19  01-26   -      -      0
    T-005  -        0   01-16  01-16   -      -      0
"""


def test_shares_are_weighted_with_durations_and_leave_out_milestones_and_summaries():
    result = figures(tasks(TABLE, baseline=True, progress=True), WorkCalendar(), status_date=FRIDAY)
    assert result.percent_complete == pytest.approx((6 * 100 + 3 * 100 + 5 * 20) / 20)
    assert result.planned_percent == pytest.approx((6 * 100 + 3 * 100 + 5 * 60) / 20)
    assert (result.completion_rate, result.on_time_rate) == (50, 50)


def test_cancelled_tasks_do_not_count():
    rows = [replace(each, cancelled=each.id == "T-004") for each in tasks(TABLE, baseline=True, progress=True)]
    result = figures(rows, WorkCalendar(), status_date=FRIDAY)
    assert result.percent_complete == pytest.approx(1000 / 14)
    assert result.completion_rate == pytest.approx(200 / 3)


def test_tasks_without_baseline_are_left_out_of_the_planned_share():
    rows = tasks(TABLE, baseline=True, progress=True)
    rows[4] = replace(rows[4], baseline_start=None)
    assert figures(rows, WorkCalendar(), status_date=FRIDAY).planned_percent == pytest.approx(1200 / 14)


def test_without_tasks_or_anything_done_there_is_nothing_to_divide_by():
    assert tuple(figures([], WorkCalendar(), status_date=FRIDAY)) == (None, None, None, None)
    assert figures(tasks(TABLE), WorkCalendar(), status_date=FRIDAY).on_time_rate is None


@pytest.mark.parametrize(
    ("status", "expected"),
    [("2026-01-13", 0), ("2026-01-14", 20), ("2026-01-18", 60), ("2026-01-19", 80), ("2026-01-20", 100)],
)
def test_the_planned_share_grows_by_working_days_until_their_end(status, expected):
    running = tasks(TABLE, baseline=True)[3]
    assert planned_percent(running, WorkCalendar(), status_date=date.fromisoformat(status)) == expected


def test_a_milestone_is_planned_from_its_day_on():
    milestone = tasks(TABLE, baseline=True)[5]
    shares = [planned_percent(milestone, WorkCalendar(), status_date=date(2026, 1, on)) for on in (15, 16, 17)]
    assert shares == [0, 100, 100]

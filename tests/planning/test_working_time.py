"""Days off, working periods and service windows as calendars; the arithmetic in cells is tested with the functions."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from automation.planning import workbook
from automation.planning.working_time import (
    MAKE_UP,
    calendar_of_days,
    periods_of,
    service_clock,
    service_due,
    service_hours,
)
from tests.tables import sample

HOURS = ("08:30-12:00", "13:00-17:30")
HOLIDAY, WORKED_SATURDAY = date(2026, 6, 19), date(2026, 6, 20)
DAYS = ((HOLIDAY, "statutory_holiday"), (WORKED_SATURDAY, MAKE_UP))


def test_days_of_every_kind_but_make_up_are_off():
    calendar = calendar_of_days((*DAYS, (date(2026, 6, 18), "company_day_off")))
    assert [day for day in range(15, 23) if calendar.is_working(date(2026, 6, day))] == [15, 16, 17, 20, 22]


def test_it_is_the_calendar_that_plans_are_computed_with():
    project = sample(
        "status date 2026-06-12\ncalendar\n date | kind\n" + "\n".join(f" {day} | {kind}" for day, kind in DAYS)
    ).case.project
    theirs, ours = workbook.calendar_of(project), calendar_of_days(DAYS)
    assert [theirs.is_working(date(2026, 6, day)) for day in range(1, 31)] == [
        ours.is_working(date(2026, 6, day)) for day in range(1, 31)
    ]


def test_working_hours_are_minutes_since_midnight():
    assert periods_of(HOURS) == ((510, 720), (780, 1050))
    assert periods_of(("8:30-24:00",)) == ((510, 1440),)


@pytest.mark.parametrize(
    ("window", "begin", "end", "hours"),
    [
        ("5x8", "2026-06-18 17:00", "2026-06-20 09:00", 1),  # a holiday between, and a Saturday that is worked
        ("24x7", "2026-06-18 17:00", "2026-06-20 09:00", 40),
        ("5x8", "2026-06-18 11:59", "2026-06-18 13:01", 2 / 60),
        ("5x8", "2026-06-18 13:01", "2026-06-18 11:59", -2 / 60),
        ("24x7", "2026-06-18 17:00:59", "2026-06-18 17:01:00", 1 / 60),  # to the minute
    ],
)
def test_hours_inside_a_service_window(window, begin, end, hours):
    clock = service_clock(window, DAYS, HOURS)
    assert service_hours(clock, datetime.fromisoformat(begin), datetime.fromisoformat(end)) == pytest.approx(hours)


@pytest.mark.parametrize(
    ("window", "begin", "hours", "due"),
    [
        ("5x8", "2026-06-18 17:00", 0.5, "2026-06-18 17:30"),  # the end of the day, not the next morning
        ("5x8", "2026-06-18 17:00", 1, "2026-06-20 09:00"),
        ("5x8", "2026-06-19 10:00", 0, "2026-06-19 10:00"),
        ("24x7", "2026-06-19 10:00", 14, "2026-06-20 00:00"),
        ("5x8", "2026-06-18 09:00", 1 / 3, "2026-06-18 09:20"),
        ("5x8", "2026-06-18 09:00", 0.01, "2026-06-18 09:01"),  # parts of a minute count in full
    ],
)
def test_when_a_time_limit_ends(window, begin, hours, due):
    clock = service_clock(window, DAYS, HOURS)
    assert service_due(clock, datetime.fromisoformat(begin), hours) == datetime.fromisoformat(due)

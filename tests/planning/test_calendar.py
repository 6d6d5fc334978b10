from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.base.errors import AutomationError
from automation.planning.calendar import STANDARD_WEEK, WorkCalendar
from automation.planning.layout import finish_day, instant, moment_of
from tests.planning import demo

SIX_DAYS = (((8 * 60, 12 * 60), (13 * 60, 17 * 60)),) * 6 + ((),)
DAYS = st.dates(date(2024, 1, 1), date(2029, 12, 31))
CALENDARS = st.builds(
    WorkCalendar.from_days,
    st.lists(DAYS, max_size=40),
    st.lists(DAYS, max_size=10),
    week=st.sampled_from([STANDARD_WEEK, SIX_DAYS, (((0, 1440),),) * 7]),
)


def at(text):
    return instant(datetime.fromisoformat(text))


def shown(minutes):
    return moment_of(minutes).isoformat(sep=" ", timespec="minutes")


def test_the_calendar_of_2026_knows_holidays_and_the_make_up_day_of_may():
    calendar = demo.CALENDAR
    assert [day for day in range(1, 13) if calendar.is_working(date(2026, 5, day))] == [6, 7, 8, 9, 11, 12]
    assert not calendar.is_working(date(2026, 6, 19))
    assert calendar.is_working(date(2026, 9, 20))
    assert calendar.is_working(date(2026, 10, 10))
    assert calendar.next_working(date(2026, 5, 1)) == date(2026, 5, 6)
    assert calendar.next_working(date(2026, 5, 9)) == date(2026, 5, 9)


def test_holidays_and_make_up_days_give_the_working_days_of_each_month_of_2026():
    months = [(month, date(2026, month, 1)) for month in range(3, 11)]
    ends = [date(2026, month + 1, 1) - timedelta(days=1) for month, _ in months]
    counts = [demo.CALENDAR.count(first, last) for (_, first), last in zip(months, ends, strict=True)]
    # weekdays of the month, less holidays on weekdays, plus make-up days
    assert counts == [22, 22 - 1, 21 - 3 + 1, 22 - 1, 23, 21, 22 - 1 + 1, 22 - 5 + 1]


@pytest.mark.parametrize(
    ("day", "days", "expected"),
    [
        ("2026-05-08", 1, "2026-05-09"),
        ("2026-05-09", 1, "2026-05-11"),
        ("2026-04-30", 1, "2026-05-06"),
        ("2026-05-06", -1, "2026-04-30"),
        ("2026-05-02", 1, "2026-05-06"),
        ("2026-05-02", -1, "2026-04-30"),
        ("2026-05-02", 0, "2026-05-02"),
        ("2026-06-18", 3, "2026-06-24"),
    ],
)
def test_adding_days_steps_over_days_off(day, days, expected):
    assert demo.CALENDAR.add_days(date.fromisoformat(day), days) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("earlier", "later", "expected"),
    [
        ("2026-08-28", "2026-09-17", 14),
        ("2026-09-10", "2026-09-17", 5),
        ("2026-05-08", "2026-05-11", 2),
        ("2026-05-11", "2026-05-08", -2),
        ("2026-05-01", "2026-05-05", 0),
        ("2026-05-01", "2026-05-01", 0),
    ],
)
def test_days_between_counts_the_later_day_and_not_the_earlier(earlier, later, expected):
    assert demo.CALENDAR.days_between(date.fromisoformat(earlier), date.fromisoformat(later)) == expected


def test_count_includes_both_ends_and_is_zero_backwards():
    assert demo.CALENDAR.count(date(2026, 5, 8), date(2026, 5, 11)) == 3
    assert demo.CALENDAR.count(date(2026, 5, 8), date(2026, 5, 8)) == 1
    assert demo.CALENDAR.count(date(2026, 5, 11), date(2026, 5, 8)) == 0
    assert demo.CALENDAR.count(date(2026, 5, 2), date(2026, 5, 4)) == 0


@pytest.mark.parametrize(
    ("start", "minutes", "expected"),
    [
        ("2026-01-05 08:00", 480, "2026-01-05 17:00"),
        ("2026-01-05 08:00", 240, "2026-01-05 12:00"),
        ("2026-01-05 08:00", 241, "2026-01-05 13:01"),
        ("2026-01-09 17:00", 480, "2026-01-12 17:00"),
        ("2026-01-10 10:00", 1, "2026-01-12 08:01"),
        ("2026-01-12 17:00", -480, "2026-01-12 08:00"),
        ("2026-01-12 08:00", -480, "2026-01-09 08:00"),
        ("2026-01-12 08:00", -240, "2026-01-09 13:00"),
        ("2026-01-10 10:00", 0, "2026-01-10 10:00"),
    ],
)
def test_adding_minutes_ends_at_a_finish_and_taking_away_at_a_start(start, minutes, expected):
    assert shown(WorkCalendar().add(at(start), minutes)) == expected


def test_friday_evening_and_monday_morning_are_one_position():
    calendar = WorkCalendar()
    friday, monday = at("2026-01-09 17:00"), at("2026-01-12 08:00")
    assert calendar.between(friday, monday) == 0
    assert calendar.next_start(friday) == monday
    assert calendar.prev_finish(monday) == friday
    assert calendar.next_start(monday) == monday
    assert calendar.prev_finish(friday) == friday


def test_a_day_off_opens_and_closes_at_the_hours_of_a_normal_day():
    calendar = WorkCalendar()
    saturday = date(2026, 1, 10)
    assert (shown(calendar.opening(saturday)), shown(calendar.closing(saturday))) == (
        "2026-01-10 08:00",
        "2026-01-10 17:00",
    )
    assert shown(calendar.opening(datetime(2026, 1, 10, 9, 30))) == "2026-01-10 09:30"


def test_midnight_belongs_to_the_day_that_ends():
    always = WorkCalendar((((0, 1440),),) * 7)
    finish = always.add(at("2026-01-10 00:00"), 1440)
    assert finish_day(finish) == date(2026, 1, 10)


def test_far_away_dates_are_reached_and_absurd_ones_refused_in_both_languages():
    calendar = WorkCalendar()
    assert calendar.add_days(date(2026, 1, 5), 52_000) == date(2026, 1, 5) + timedelta(weeks=52_000 // 5)
    with pytest.raises(AutomationError) as caught:
        calendar.add_days(date(2026, 1, 5), 10_000_000)
    assert "1900" in caught.value.in_("zh")
    assert "1900" in caught.value.in_("en")


@pytest.mark.parametrize(
    "week",
    [((),) * 7, STANDARD_WEEK[:5], (((480, 720), (700, 800)),) * 7, (((480, 480),),) * 7, (((480, 1500),),) * 7],
)
def test_a_week_that_makes_no_sense_is_refused(week):
    with pytest.raises(ValueError, match="work"):
        WorkCalendar(week)


@given(CALENDARS, st.integers(min_value=13_000_000, max_value=14_000_000), st.integers(min_value=1, max_value=99_999))
def test_taking_away_undoes_adding(calendar, moment, minutes):
    assert calendar.sub(calendar.add(moment, minutes), minutes) == calendar.next_start(moment)
    assert calendar.add(calendar.sub(moment, minutes), minutes) == calendar.prev_finish(moment)
    assert calendar.between(moment, calendar.add(moment, minutes)) == minutes


@given(CALENDARS, DAYS, st.integers(min_value=-900, max_value=900))
def test_so_many_days_on_lie_so_many_days_between(calendar, day, days):
    assert calendar.days_between(day, calendar.add_days(day, days)) in {days, days + 1 if days < 0 else days}


@given(CALENDARS, DAYS, DAYS)
def test_days_are_counted_as_one_would_on_the_fingers(calendar, first, last):
    span = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    assert calendar.count(first, last) == sum(calendar.is_working(day) for day in span)
    assert calendar.days_between(first, last) == -calendar.days_between(last, first)


@given(CALENDARS, st.lists(st.integers(min_value=0, max_value=30_000_000), min_size=2, max_size=6))
def test_positions_do_not_change_when_more_days_are_laid_out(calendar, moments):
    before = [calendar.position(moment) for moment in moments]
    assert [calendar.position(moment) for moment in moments] == before


def test_a_calendar_in_tenths_of_minutes_counts_ten_times_as_much():
    whole, tenths = WorkCalendar(), WorkCalendar(ticks=10)
    start = datetime(2026, 3, 6, 16, 30)
    assert tenths.day_minutes == 10 * whole.day_minutes
    assert tenths.opening(start) == 10 * whole.opening(start)
    assert tenths.closing(start.date()) == 10 * whole.closing(start.date())
    for minutes in (1, 480, -480, 12345):
        assert tenths.add(tenths.opening(start), 10 * minutes) == 10 * whole.add(whole.opening(start), minutes)
    assert tenths.opening(datetime(2026, 3, 6, 16, 30, 48)) - tenths.opening(start) == 8


def test_many_positions_are_looked_up_as_single_ones_are():
    calendar = WorkCalendar()
    positions = [0, 480, -480, 481, 10_000, 5_000_000, -700_000]
    assert calendar.starts_at(positions) == [calendar.start_at(position) for position in positions]
    assert calendar.finishes_at(positions) == [calendar.finish_at(position) for position in positions]
    assert calendar.starts_at([]) == calendar.finishes_at([]) == []

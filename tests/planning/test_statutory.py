"""China's holidays and make-up days: our own table against two packages that others keep, and how far it reaches."""

from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest

from automation.front import library
from automation.planning.statutory import HOLIDAY, calendar_rows, known_until
from automation.planning.working_time import MAKE_UP, calendar_of_days

ROWS = library.calendar_rows()
DAYS = [date(2024, 1, 1) + timedelta(days=number) for number in range(366 + 365 + 365)]


def test_every_day_of_three_years_is_worked_or_not_as_two_packages_say():
    calendar = calendar_of_days(tuple((row["date"], row["kind"]) for row in ROWS))
    china = holidays.country_holidays("CN", years=(2024, 2025, 2026))
    wrong = [
        day
        for day in DAYS
        if not calendar.is_working(day) == chinese_calendar.is_workday(day) == china.is_working_day(day)
    ]
    assert wrong == []


def test_make_up_days_are_weekends():
    assert all(row["date"].weekday() >= 5 for row in ROWS if row["kind"] == MAKE_UP)
    assert [sum(row["date"].year == year and row["kind"] == MAKE_UP for row in ROWS) for year in (2024, 2025, 2026)] == [
        8, 5, 6,
    ]  # fmt: skip


def test_no_day_stands_twice_and_days_come_in_order():
    days = [row["date"] for row in ROWS]
    assert days == sorted(set(days))


def test_the_days_of_the_demonstration_project_are_these():
    demo = {row["date"]: row["kind"] for row in library.demo_rows()["calendar"]}
    ours = {row["date"]: {HOLIDAY: "法定假日", MAKE_UP: "调休上班"}[row["kind"]] for row in ROWS}
    assert {day: ours.get(day) for day in demo} == demo


def test_a_festival_is_one_row_a_day_and_one_for_each_make_up_day():
    festival = {
        "zh": "节",
        "en": "Day",
        "from": date(2027, 1, 1),
        "to": date(2027, 1, 2),
        "make_up": [date(2027, 1, 9)],
    }
    rows = calendar_rows([{"year": 2027, "notice": "x", "festivals": [{**festival, "greeting": date(2027, 1, 1)}]}])
    assert [(row["date"].day, row["kind"], row["greeting_day"]) for row in rows] == [
        (1, HOLIDAY, "yes"),
        (2, HOLIDAY, "no"),
        (9, MAKE_UP, "no"),
    ]


@pytest.mark.parametrize(
    ("days", "last"),
    [
        ([], None),
        ([(date(2027, 5, 1), "company_day_off")], None),
        ([(date(2025, 1, 1), HOLIDAY), (date(2026, 10, 7), HOLIDAY), (date(2027, 1, 2), MAKE_UP)], date(2026, 12, 31)),
    ],
)
def test_holidays_are_known_to_the_end_of_the_last_year_that_has_any(days, last):
    assert known_until(days) == last

"""Columns of time: which scale fits, where columns begin, what is cut, what stands above them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.base.errors import UsageError
from automation.commands.time_columns import SCALES, scale_of, time_columns

FIRST = date(2026, 6, 3)


def days(number):
    return FIRST + timedelta(days=number)


@pytest.mark.parametrize(
    ("last", "scale"), [(0, "day"), (76, "day"), (77, "week"), (800, "week"), (829, "week"), (831, "month")]
)
def test_the_scale_follows_from_the_length(last, scale):
    assert time_columns(FIRST, days(last), most=119).scale == scale


def test_weeks_begin_on_monday_and_months_on_their_first_day():
    assert time_columns(FIRST, days(12), most=9, scale="week").starts == (
        date(2026, 6, 1),
        date(2026, 6, 8),
        date(2026, 6, 15),
    )
    found = time_columns(FIRST, date(2026, 12, 31), most=9, scale="month")
    assert (found.starts[0], found.starts[-1], found.end) == (date(2026, 6, 1), date(2026, 12, 1), date(2027, 1, 1))


def test_headings_are_numbers_under_a_band_of_months_or_years():
    weeks = time_columns(date(2026, 5, 25), date(2026, 6, 14), most=9, scale="week")
    assert weeks.headings() == ("25", "1", "8")
    assert weeks.band("zh") == ("2026年5月", "2026年6月", None)
    assert weeks.band("en") == ("May 2026", "Jun 2026", None)
    months = time_columns(date(2026, 11, 1), date(2027, 1, 5), most=9, scale="month")
    assert months.headings() == ("11", "12", "1")
    assert months.band("zh") == ("2026年", None, "2027年")
    assert months.band("en") == ("2026", None, "2027")


def test_what_is_too_long_is_cut_to_what_lies_shortly_before_the_day_of_interest_and_after_it():
    found = time_columns(FIRST, days(400), most=100, scale="day", around=days(100))
    assert found.cut
    assert (found.starts[0], found.starts[-1], len(found.starts)) == (days(86), days(185), 100)
    near_the_end = time_columns(FIRST, days(400), most=100, scale="day", around=days(390))
    assert near_the_end.starts[-1] == days(400)
    early = time_columns(FIRST, days(400), most=100, scale="day")
    assert early.starts[0] == FIRST


@given(st.integers(0, 3000), st.integers(2, 120), st.sampled_from([None, *SCALES]), st.integers(-50, 3100))
def test_columns_follow_each_other_without_gaps_and_never_exceed_what_there_is(length, most, scale, around):
    found = time_columns(FIRST, days(length), most=most, scale=scale, around=days(around))
    assert 0 < len(found.starts) <= most
    edges = [*found.starts, found.end]
    assert edges == sorted(set(edges))
    assert all(found.column(start) == number for number, start in enumerate(found.starts))
    assert all(found.column(edge - timedelta(days=1)) == number for number, edge in enumerate(edges[1:]))
    assert found.column(found.end) is None
    assert found.column(found.starts[0] - timedelta(days=1)) is None
    if not found.cut:
        assert found.column(FIRST) == 0
        assert found.column(days(length)) == len(found.starts) - 1


@pytest.mark.parametrize(("text", "scale"), [("", None), ("week", "week"), (" Month ", "month")])
def test_a_scale_is_named_by_its_word(text, scale):
    assert scale_of(text) == scale


def test_another_word_is_refused_with_those_that_are_known():
    with pytest.raises(UsageError) as caught:
        scale_of("year")
    assert caught.value.text.zh == "--scale 应为 day、week 或 month，而不是“year”。"
    assert caught.value.text.en == "--scale takes day, week or month, not “year”."

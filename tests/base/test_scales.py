"""Marks of an axis: days that begin something, few, and inside it. Steps of values: ``tests/word/charts/test_values.py``."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.base.scales import day_marks

FIRST = date(2026, 6, 10)


@given(first=st.dates(date(1990, 1, 1), date(2080, 1, 1)), days=st.integers(0, 9000), most=st.integers(4, 12))
def test_marks_are_few_ascending_and_inside(first, days, most):
    last = first + timedelta(days=days)
    found = day_marks(first, last, most=most)
    assert 1 <= len(found) <= most
    assert found == sorted(set(found))
    assert first <= found[0] <= found[-1] <= last


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (2, [FIRST, date(2026, 6, 11), date(2026, 6, 12)]),
        (40, [date(2026, 6, day) for day in (15, 22, 29)] + [date(2026, 7, day) for day in (6, 13, 20)]),
        (400, [date(2026, 7, 1), date(2026, 10, 1), date(2027, 1, 1), date(2027, 4, 1), date(2027, 7, 1)]),
        (1500, [date(2027, 1, 1), date(2028, 1, 1), date(2029, 1, 1), date(2030, 1, 1)]),
    ],
)
def test_marks_begin_weeks_months_quarters_and_years(days, expected):
    assert day_marks(FIRST, FIRST + timedelta(days=days)) == expected

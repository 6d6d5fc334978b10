"""What a cell can hold: exact numbers, dates of both date systems, text that fits; the rest is refused."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from automation.base.errors import WriteRefusedError
from automation.excel.storing import is_same_number, serial, stored

LONG = "长" * 32_767


def held(value, *, shows_day=True, is_1904=False):
    return stored(value, shows_day=shows_day, is_1904=is_1904, sheet="S", cell="B4")


@pytest.mark.parametrize("value", ["text", "=1+1", LONG, True, False, 7, 2**60, 1.5, Decimal("1.50")])
def test_text_and_numbers_stay_what_they_are(value):
    assert (held(value), type(held(value))) == (value, type(value))


def test_empty_text_is_an_empty_cell():
    assert (held(""), held(None)) == (None, None)


@pytest.mark.parametrize(
    ("value", "since_1900", "since_1904"),
    [
        (dt.date(2026, 5, 8), 46150.0, 44688.0),
        (dt.datetime(2026, 5, 8, 6, 0), 46150.25, 44688.25),
        (dt.date(1904, 1, 1), 1462.0, 0.0),
        (dt.date(1900, 3, 1), 61.0, None),
        (dt.date(1900, 2, 28), 59.0, None),
        (dt.date(1900, 1, 1), 1.0, None),
    ],
)
def test_dates_are_serial_numbers_of_the_date_system(value, since_1900, since_1904):
    assert held(value) == since_1900
    if since_1904 is not None:
        assert held(value, is_1904=True) == since_1904


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (LONG + "字", "text-too-long"),
        ("😀" * 16_384, "text-too-long"),
        ("\ud800", "bad-value"),
        (float("nan"), "bad-value"),
        (Decimal("Infinity"), "bad-value"),
        (Decimal("sNaN"), "bad-value"),
        (2**60 + 1, "bad-value"),
        (10**400, "bad-value"),
        (dt.datetime(2026, 5, 8, tzinfo=dt.UTC), "bad-value"),
        (dt.date(1899, 12, 31), "date-out-of-range"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 20 and value.isascii() else type(value).__name__,
)
def test_what_no_cell_can_hold_is_refused(value, code):
    with pytest.raises(WriteRefusedError) as caught:
        held(value)
    assert caught.value.code == code


def test_a_date_needs_a_cell_that_shows_dates():
    with pytest.raises(WriteRefusedError) as caught:
        held(dt.date(2026, 5, 8), shows_day=False)
    assert caught.value.code == "not-date-cell"


def test_a_date_before_the_date_system_is_negative():
    assert serial(dt.date(1903, 12, 31), is_1904=True) < 0
    assert serial(dt.date(1899, 12, 31), is_1904=False) < 0


@pytest.mark.parametrize(
    ("present", "value", "same"),
    [
        (46150.0, dt.date(2026, 5, 8), True),
        (46150.25, dt.date(2026, 5, 8), False),
        (46150.25 + 1e-10, dt.datetime(2026, 5, 8, 6, 0), True),
        (46150.0, dt.datetime(2026, 5, 8, tzinfo=dt.UTC), False),
        (float(2**60), 2**60 + 1, False),
        (0.1, Decimal("0.1"), True),
        (1.0, 10**400, False),
    ],
)
def test_a_number_is_compared_by_what_it_means(present, value, same):
    assert is_same_number(present, value, is_1904=False) is same

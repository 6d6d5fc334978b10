"""Amounts added up over working days. June 2026 starts on a Monday; the 19th is a holiday here, the 20th is worked."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from automation.planning.calendar import WorkCalendar
from automation.planning.earning import Accrual, share_by
from automation.planning.value_curve import cumulative, working_days

CALENDAR = WorkCalendar.from_days([date(2026, 6, 19)], [date(2026, 6, 20)])
ONE = Decimal(1)


def june(day):
    return date(2026, 6, day)


def test_a_run_begins_and_ends_with_worked_days_and_leaves_days_off_out():
    assert [day.day for day in working_days(june(13), june(22), CALENDAR).days] == [15, 16, 17, 18, 20, 22]
    assert [day.day for day in working_days(june(13), june(19), CALENDAR).days] == [15, 16, 17, 18, 20]


def test_weeks_end_on_their_last_worked_day_and_one_without_work_has_none():
    run = working_days(june(1), june(23), CALENDAR)
    assert [day.day for day in run.week_ends()] == [5, 12, 20, 23]
    closed = WorkCalendar.from_days([june(8) + timedelta(days=day) for day in range(5)])
    assert [day.day for day in working_days(june(1), june(19), closed).week_ends()] == [5, 19]


def test_amounts_accrue_evenly_over_worked_days_and_at_once_on_a_single_one():
    run = working_days(june(17), june(22), CALENDAR)
    evenly, at_once = Accrual(ONE, june(18), june(22)), Accrual(Decimal("0.5"), june(20), june(20))
    assert cumulative([(Decimal(30), evenly)], run) == [0, 0, 10, 20, 30]
    assert cumulative([(Decimal(30), at_once)], run) == [0, 0, 0, 15, 15]
    off = Accrual(ONE, june(19), june(19))
    assert cumulative([(Decimal(30), off)], run) == [0, 0, 0, 30, 30]


def test_what_lies_outside_counts_at_the_ends():
    run = working_days(june(17), june(22), CALENDAR)
    accruals = [(ONE, Accrual(ONE, june(1), june(1))), (ONE, Accrual(ONE, june(29), june(29)))]
    assert cumulative(accruals, run) == [0, 1, 1, 1, 2]


@given(
    st.lists(
        st.tuples(st.decimals(0, 10**6, places=2), st.integers(1, 30), st.integers(0, 29)), min_size=1, max_size=10
    )
)
def test_the_curve_is_the_sum_of_the_shares_by_each_day_and_ends_with_everything(parts):
    accruals = [(amount, Accrual(ONE, june(first), june(min(first + length, 30)))) for amount, first, length in parts]
    run = working_days(june(1), june(30), CALENDAR)
    curve = cumulative(accruals, run)
    assert curve == sorted(curve)
    assert curve[-1] == sum(amount for amount, _ in accruals)
    for place, day in enumerate(run.days[:-1]):  # what falls on a day off after it counts with the next worked one
        expected = sum(amount * share_by([one], day, CALENDAR) for amount, one in accruals)
        assert abs(curve[place + 1] - expected) <= Decimal("0.01")

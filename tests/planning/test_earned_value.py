"""Earned value against printed answers, and laws that hold for all sums.

The printed cases, rounded there as here: Gray & Larson, status report at the end of period 12 (IE5411 homework 9,
coursehero.com/file/pbt8e); "project control and monitoring" examples of beta.arizval.app (month 6, atypical variance,
TCPI); Schwalbe, chapter 7 exercise (mycoursehelp.com/QA 122105). One figure is not as printed: the first page has 0.71
for the CPI of 148 / 210, which is 0.7048.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.planning.earned_value import EarnedValue, Outlook, share_of

GRAY_LARSON = """
task  EV  AC  PV
1     8   10  8
2     40  50  40
3     30  40  30
4     20  40  20
5     20  30  20
6     30  40  40
"""
PRINTED = """
case          BAC      PV      EV       AC       figure   printed
gray-larson   248      158     148      210      CV       -62
gray-larson   248      158     148      210      SV       -10
gray-larson   248      158     148      210      SPI      0.94
gray-larson   248      158     148      210      CPI      0.70
gray-larson   248      158     148      210      PCIB     0.6
gray-larson   248      158     148      210      EAC      352
gray-larson   248      158     148      210      VAC      -104
month-6       1000000  500000  450000   480000   CV       -30000
month-6       1000000  500000  450000   480000   SV       -50000
month-6       1000000  500000  450000   480000   CPI      0.94
month-6       1000000  500000  450000   480000   SPI      0.9
atypical      2000000  -       1000000  1100000  ATYP     2100000
tcpi          5000000  -       2000000  2500000  TCPI     1.2
schwalbe      200000   120000  100000   90000    CV       10000
schwalbe      200000   120000  100000   90000    SV       -20000
schwalbe      200000   120000  100000   90000    CPI      1.11
schwalbe      200000   120000  100000   90000    SPI      0.83
schwalbe      200000   120000  100000   90000    EAC      180000
"""
FIGURES = {
    "CV": lambda value: value.cost_variance,
    "SV": lambda value: value.schedule_variance,
    "CPI": lambda value: value.cost_index,
    "SPI": lambda value: value.schedule_index,
    "PCIB": lambda value: value.earned / value.budget,
    "EAC": lambda value: value.at_completion(),
    "VAC": lambda value: value.budget - value.at_completion(),
    "ATYP": lambda value: value.at_completion(Outlook.ATYPICAL),
    "TCPI": lambda value: value.to_complete_index(value.budget),
}


def rows(text):
    header, *lines = (line.split() for line in text.strip().splitlines())
    return [dict(zip(header, line, strict=True)) for line in lines]


def value_of(row):
    sums = [Decimal(0 if row[name] == "-" else row[name]) for name in ("BAC", "PV", "EV", "AC")]
    return EarnedValue(*sums)


@pytest.mark.parametrize("row", rows(PRINTED), ids=lambda row: f"{row['case']}-{row['figure']}")
def test_a_printed_answer_comes_out(row):
    printed = Decimal(row["printed"])
    assert FIGURES[row["figure"]](value_of(row)).quantize(printed) == printed


def test_the_sums_of_the_printed_report_are_those_of_its_tasks():
    sums = {name: sum(int(row[name]) for row in rows(GRAY_LARSON)) for name in ("EV", "AC", "PV")}
    assert sums == {"EV": 148, "AC": 210, "PV": 158}


def test_what_would_divide_by_nothing_is_none():
    nothing = EarnedValue(*map(Decimal, (100, 0, 0, 0)))
    assert nothing.schedule_index is None
    assert nothing.cost_index is None
    assert nothing.at_completion() is None
    assert nothing.at_completion(Outlook.COMBINED) is None
    assert nothing.at_completion(Outlook.ATYPICAL) == 100


def test_a_spent_target_cannot_be_kept_and_finished_work_needs_nothing_more():
    assert EarnedValue(*map(Decimal, (100, 50, 50, 120))).to_complete_index(Decimal(100)) is None
    finished = EarnedValue(*map(Decimal, (100, 100, 100, 120)))
    assert finished.to_complete_index(Decimal(100)) == 0
    assert finished.at_completion() == 120


AMOUNTS = st.decimals(min_value=1, max_value=10**9, places=2)
SHARES = st.decimals(min_value=Decimal("0.01"), max_value=Decimal("0.99"), places=2)


@st.composite
def values(draw):
    budget = draw(AMOUNTS)
    return EarnedValue(budget, budget * draw(SHARES), budget * draw(SHARES), draw(AMOUNTS))


def close(one, other):
    return one == pytest.approx(other, rel=Decimal("1e-20"), abs=Decimal("1e-12"))


@given(values())
def test_at_the_forecast_pace_the_index_of_the_rest_is_the_index_so_far(value):
    assert close(value.to_complete_index(value.at_completion()), value.cost_index)
    assert close(value.at_completion() * value.cost_index, value.budget)


@given(values())
def test_the_forecasts_stand_in_the_order_of_their_pessimism(value):
    typical, atypical, combined = (value.at_completion(outlook) for outlook in Outlook)
    assert (typical > atypical) == (value.cost_index < 1) or close(typical, atypical)
    assert (combined > typical) == (value.schedule_index < 1) or close(combined, typical)


@given(values(), st.integers(2, 1000))
def test_another_currency_changes_no_index(value, rate):
    other = EarnedValue(*(part * rate for part in (value.budget, value.planned, value.earned, value.actual)))
    assert close(other.cost_index, value.cost_index)
    assert close(other.schedule_index, value.schedule_index)
    assert close(other.at_completion(), value.at_completion() * rate)


@given(st.lists(st.tuples(AMOUNTS, st.decimals(0, 100, places=1)), max_size=8))
def test_a_share_lies_between_nothing_and_everything_and_cents_are_exact(parts):
    total = sum((amount for amount, _ in parts), Decimal(0))
    assert 0 <= share_of(parts) <= total
    assert share_of((amount, Decimal(100)) for amount, _ in parts) == total
    assert share_of(parts) == sum(share_of([part]) for part in parts)

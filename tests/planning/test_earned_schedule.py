"""Earned schedule against worked examples that others have printed, and laws that hold for every plan.

"Earned Schedule Explained" (Optimize All, a guide with illustrative numbers): ten months, status at the end of the
eleventh. Drill tower (Ellingsen, Project Manager's Handbook, chapter 2): month 8 of 12. The linear plan of 52 weeks at
week 30 is the example of calculator.city, "Earned Schedule Calculation Example".
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.planning.earned_schedule import EarnedSchedule, earned_schedule

GUIDE = (0, 40, 110, 220, 360, 520, 680, 820, 920, 975, 1000)


def amounts(*values):
    return [Decimal(value) for value in values]


def test_the_guide_s_project_is_two_and_a_half_months_late_although_spi_is_95_percent():
    found = earned_schedule(amounts(*GUIDE), Decimal(950), elapsed=11)
    assert round(found.earned, 2) == 8.55
    assert round(found.variance, 2) == -2.45
    assert round(found.performance_index, 2) == 0.78
    assert round(found.at_completion, 2) == 12.87
    assert round(found.at_completion_as_planned, 2) == 12.45


def test_the_drill_tower_needs_thirteen_months_instead_of_twelve():
    found = EarnedSchedule(7.4, 8, 12)
    assert round(found.variance, 2) == -0.6
    assert round(found.performance_index, 4) == 0.925
    assert round(found.at_completion, 1) == 13.0


def test_half_of_a_linear_plan_of_52_weeks_is_26_weeks_of_it():
    planned = [Decimal(5_300_000) * week / 52 for week in range(53)]
    found = earned_schedule(planned, Decimal(2_650_000), elapsed=30)
    assert (found.earned, found.variance) == (pytest.approx(26), pytest.approx(-4))


def test_a_pause_in_the_plan_counts_as_passed_once_what_comes_before_it_is_earned():
    planned = amounts(0, 10, 10, 10, 20)
    assert earned_schedule(planned, Decimal(10), elapsed=2).earned == 3
    assert earned_schedule(planned, Decimal(9), elapsed=2).earned == 0.9
    assert earned_schedule(planned, Decimal(15), elapsed=2).earned == 3.5


def test_finished_work_has_earned_the_whole_plan_and_its_index_says_how_late_it_was():
    found = earned_schedule(amounts(0, 50, 100), Decimal(100), elapsed=4)
    assert found == EarnedSchedule(2.0, 4, 2)
    assert (found.performance_index, found.at_completion, found.to_complete_index(2)) == (0.5, 4.0, 0.0)


def test_what_would_divide_by_nothing_is_none():
    assert EarnedSchedule(0.0, 0, 10).performance_index is None
    assert EarnedSchedule(0.0, 0, 10).at_completion is None
    assert EarnedSchedule(0.0, 3, 10).at_completion is None
    assert EarnedSchedule(5.0, 10, 10).to_complete_index(10) is None
    assert EarnedSchedule(5.0, 8, 10).to_complete_index(10) == 2.5


@st.composite
def plans(draw):
    steps = draw(st.lists(st.integers(0, 1000), min_size=1, max_size=30))
    total = [0]
    for step in steps:
        total.append(total[-1] + step)
    return amounts(*total)


@given(plans(), st.integers(0, 30))
def test_work_exactly_on_plan_has_earned_at_least_the_time_that_passed(planned, day):
    day = min(day, len(planned) - 1)
    found = earned_schedule(planned, planned[day], elapsed=day)
    assert found.earned >= day
    assert planned[int(found.earned)] == planned[day]


@given(plans(), st.integers(0, 30_000), st.integers(0, 30_000))
def test_more_work_earns_no_less_time_and_never_more_than_the_plan(planned, one, other):
    less, more = sorted((one, other))
    found = [earned_schedule(planned, Decimal(value), elapsed=1).earned for value in (less, more)]
    assert 0 <= found[0] <= found[1] <= len(planned) - 1

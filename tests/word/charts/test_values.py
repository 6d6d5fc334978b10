"""Values: round steps that hold what is shown, places that do not touch, numbers as people read them."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.base.findings import Text
from automation.base.scales import steps
from automation.word.charts.values import ValueScale, amount, counted, money, percent, spread


@given(low=st.floats(-1e9, 1e9), high=st.floats(-1e9, 1e9), most=st.integers(2, 9), whole=st.booleans())
def test_steps_are_equal_few_and_hold_all_values(low, high, most, whole):
    found = steps(low, high, most=most, whole=whole)
    size = max(abs(low), abs(high), 1.0)
    assert found[0] <= min(low, high) + 1e-6 * size
    assert found[-1] >= max(low, high) - 1e-6 * size
    assert 2 <= len(found) <= most + 2
    distances = [after - before for before, after in pairwise(found)]
    assert max(distances) - min(distances) <= 1e-6 * size
    if whole:
        assert all(abs(value - round(value)) < 1e-6 for value in found)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 100, [0, 20, 40, 60, 80, 100]),
        (0, 1_980_000, [0, 500_000, 1_000_000, 1_500_000, 2_000_000]),
        (0, 0, [0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        (-3, 12.5, [-5, 0, 5, 10, 15]),
    ],
)
def test_steps_are_round(low, high, expected):
    found = steps(low, high)
    assert found == pytest.approx(expected) or (found[0] == expected[0] and len(found) <= 7)


@given(wanted=st.lists(st.floats(0, 60), max_size=12), gap=st.floats(0.5, 6))
def test_places_keep_their_order_their_distance_and_their_bounds(wanted, gap):
    found = spread(wanted, gap, 0, 60)
    assert len(found) == len(wanted)
    order = sorted(range(len(wanted)), key=lambda number: wanted[number])
    least = min(gap, 60 / max(1, len(wanted) - 1))
    for before, after in pairwise(order):
        assert found[after] - found[before] >= least - 1e-6
    assert all(-1e-6 <= place <= 60 + 1e-6 for place in found)


def test_places_that_do_not_touch_stay_where_they_are():
    assert spread([5, 30, 12], 3, 0, 60) == [5, 30, 12]
    assert spread([10, 10], 4, 0, 60) == [8, 12]
    assert spread([0, 0], 4, 0, 60) == [0, 4]


def test_a_value_stands_between_the_ends():
    scale = ValueScale(0, 200, 80, 10)
    assert [scale.at(value) for value in (0, 100, Decimal(200))] == [80, 45, 10]


@pytest.mark.parametrize(("share", "shown"), [(0, "0%"), (0.004, "<1%"), (0.555, "56%"), (0.997, ">99%"), (1, "100%")])
def test_a_share_that_is_not_quite_all_or_nothing_does_not_look_so(share, shown):
    assert percent(share) == shown


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (0, "0", "0"),
        (950, "950", "950"),
        (8_000, "8,000", "8k"),
        (43_200, "4.32万", "43.2k"),
        (432_000, "43.2万", "432k"),
        (1_980_000, "198万", "1.98M"),
        (2_217_391, "222万", "2.22M"),
        (123_400_000, "1.23亿", "123M"),
        (99_950_000, "9,995万", "100M"),
        (2_500_000_000, "25亿", "2.5bn"),
        (-26_000, "-2.6万", "-26k"),
        (Decimal("0.4"), "0", "0"),
    ],
)
def test_amounts_are_short_and_in_the_units_of_the_language(value, zh, en):
    assert (amount(value, "zh"), amount(value, "en")) == (zh, en)


def test_money_has_its_currency_where_the_language_puts_it():
    yuan = Text("元", "CNY")
    assert (money(1_980_000, "zh", yuan), money(1_980_000, "en", yuan)) == ("198万元", "CNY 1.98M")
    assert (money(5, "zh", Text("", "")), money(5, "en", Text("", ""))) == ("5", "5")


def test_one_is_singular():
    assert [counted(number, "task") for number in (0, 1, 2)] == ["0 tasks", "1 task", "2 tasks"]

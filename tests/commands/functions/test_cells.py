"""Cells into values: what Excel hands over, what people type, and the sentences about everything else."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.commands.functions.cells import InputError, day_of, each, moment_in, number_in
from automation.model.tables import CellError
from tests.commands.functions.formulas import call, facts, one

PLAUSIBLE = st.datetimes(datetime(1990, 1, 1), datetime(2199, 12, 30)).map(lambda moment: moment.replace(microsecond=0))


def days_since(epoch, moment):
    return (moment - epoch).total_seconds() / 86_400


@pytest.mark.parametrize(
    "cell",
    [
        date(2026, 6, 12),
        datetime(2026, 6, 12),
        datetime(2026, 6, 12, 17, 45),
        46185,
        46185.0,
        46185.75,
        46184.9999999999,
        "2026-06-12",
        " 2026.6.12 ",
        "2026年6月12日",
        "２０２６/６/１２",
        "20260612",
        "2026-06-12 17:45",
    ],
)
def test_all_these_are_the_twelfth_of_june(cell):
    assert day_of(cell) == date(2026, 6, 12)


@pytest.mark.parametrize("cell", [None, "", "  ", "\u3000"])
def test_a_blank_cell_is_no_date_and_no_number(cell):
    assert day_of(cell) is None
    assert number_in(cell) is None


@given(PLAUSIBLE)
def test_a_serial_number_of_either_date_system_is_the_moment_to_the_second(moment):
    assert moment_in(days_since(datetime(1899, 12, 30), moment)) == moment
    assert moment_in(days_since(datetime(1904, 1, 1), moment), date_1904=True) == moment


@pytest.mark.parametrize(
    ("cell", "zh", "en"),
    [
        (
            "abc",
            "日期无法识别：“abc”，请输入日期，例如 2026-06-12",
            "Not a date: “abc”; type a date such as 2026-06-12",
        ),
        ("2026-13-45", "日期无法识别：“2026-13-45”，请输入日期，例如 2026-06-12", "Not a date: “2026-13-45”;"),
        (True, "日期无法识别：“TRUE”，请输入日期，例如 2026-06-12", "Not a date: “TRUE”;"),
        (-1.0, "日期无法识别：“-1”，请输入日期，例如 2026-06-12", "Not a date: “-1”;"),
        (1e10, "日期无法识别：“10000000000”，请输入日期，例如 2026-06-12", "Not a date: “10000000000”;"),
        (
            5.0,
            "“5”不是 1990 年至 2199 年之间的日期，请输入日期，例如 2026-06-12",
            "“5” is no date of the years 1990 to 2199;",
        ),
        (
            date(2260, 6, 12),
            "“2260-06-12”不是 1990 年至 2199 年之间的日期，请输入日期，例如 2026-06-12",
            "“2260-06-12” is no date",
        ),
        (
            CellError("#REF!"),
            "引用的单元格是错误值 #REF!，请先更正它",
            "The cell referred to holds #REF!; correct that first",
        ),
        ("x" * 60, f"日期无法识别：“{'x' * 40}…”，请输入日期，例如 2026-06-12", "Not a date: “xxx"),
    ],
)
def test_what_is_no_date_says_what_to_type(cell, zh, en):
    assert one("DB_ISWORKDAY", cell) == f"#{zh}"
    assert one("DB_ISWORKDAY", cell, known=facts("en")).startswith(f"#{en}")


@pytest.mark.parametrize(("cell", "number"), [(5, 5), (5.5, 5.5), ("5", 5), ("１,２００", 1200), (" -3 ", -3)])
def test_numbers_are_taken_also_as_text(cell, number):
    assert number_in(cell) == number


@pytest.mark.parametrize("cell", ["five", True, datetime(2026, 6, 12), float("inf"), float("nan")])
def test_what_is_no_number_is_refused(cell):
    with pytest.raises(InputError) as caught:
        number_in(cell)
    assert caught.value.in_("zh").startswith("不是数字：“")
    assert caught.value.in_("en").endswith("type one such as 5")


def test_the_error_of_another_function_is_shown_as_it_is():
    first = one("DB_WORKDAY", "abc", 1.0)
    assert one("DB_WORKDAY", first, 1.0) == first == "#日期无法识别：“abc”，请输入日期，例如 2026-06-12"


def test_a_short_text_of_ones_own_with_the_sign_is_refused_like_any_other():
    assert one("DB_WORKDAY", "#12", 1.0) == "#日期无法识别：“#12”，请输入日期，例如 2026-06-12"


def test_a_wrong_cell_of_a_column_leaves_the_others_as_they_are():
    found = call("DB_WORKDAY", [["2026-06-12"], ["abc"], [None], [46185.0]], 1.0)
    assert found == [
        [date(2026, 6, 15)],
        ["#日期无法识别：“abc”，请输入日期，例如 2026-06-12"],
        [None],
        [date(2026, 6, 15)],
    ]


SIZES = st.integers(1, 4)


@given(SIZES, SIZES)
def test_a_row_and_a_column_give_a_block_and_one_cell_goes_with_all(height, width):
    column, row = [[number] for number in range(height)], [list(range(width))]
    expected = [[(down, across) for across in range(width)] for down in range(height)]
    assert each(lambda *pair: pair, column, row, language="zh") == expected
    assert each(lambda *pair: pair, expected, [[7]], language="zh") == [[(one, 7) for one in line] for line in expected]


def test_ranges_of_different_size_are_refused():
    found = call("DB_WORKDAY", [["2026-06-12"]] * 3, [[1.0]] * 2)
    assert found == [["#各区域的行数或列数不同，请选择同样大小的区域，例如 A2:A10 和 B2:B10"]]

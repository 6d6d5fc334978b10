"""Functions for cells on the side of Excel: what arrives becomes plain cells, and what xlwings needs is there."""

from __future__ import annotations

import inspect
from datetime import datetime
from decimal import Decimal

import pytest

from automation.excel.live.functions import TALLEST, CallingBook, Parameter, UsedRows, worksheet_function
from automation.model.tables import CellError, RawSheet

PARAMETERS = [Parameter("start", "First day"), Parameter("calendar", "Days off", optional=True)]


def made(answer):
    return worksheet_function("DB_TEST", "A test", PARAMETERS, answer)


def test_a_function_has_the_name_the_help_and_the_arguments_that_excel_shows():
    function = made(lambda blocks: [[len(blocks)]])
    assert (function.__name__, function.__doc__) == ("DB_TEST", "A test")
    assert str(inspect.signature(function)) == "(start, calendar=None)"
    assert function([[1.0]], None) == [[2]]


@pytest.mark.parametrize(
    ("value", "block"),
    [
        (1.5, [[1.5]]),
        ([[1.5, None], ["a", True]], [[1.5, None], ["a", True]]),
        ([1.5, 2.5], [[1.5, 2.5]]),
        ([[Decimal("12.50")]], [[12.5]]),
        ([["#N/A"], ["#1 in the list"]], [[CellError("#N/A")], ["#1 in the list"]]),
        (-2146826243, [[CellError("#SPILL!")]]),
        (datetime(2026, 6, 12), [[datetime(2026, 6, 12)]]),
        (None, None),
    ],
)
def test_what_arrives_is_a_block_of_plain_cells_and_nothing_where_it_was_left_out(value, block):
    given = []
    made(lambda blocks: given.append(blocks) or [[None]])([[0.0]], value)
    assert given == [([[0.0]], block)]


class Range:
    """A range of a sheet, as far as cutting it needs."""

    def __init__(self, sheet, row, column, height, width):
        self.sheet, self.row, self.column, self.shape = sheet, row, column, (height, width)


class Sheet:
    """A sheet of which a range is used."""

    def __init__(self, first, last):
        self.used_range = Range(self, first, 1, last - first + 1, 9)

    def range(self, first, last):
        return Range(self, *first, last[0] - first[0] + 1, last[1] - first[1] + 1)


@pytest.mark.parametrize(
    ("row", "height", "used", "rows"),
    [
        (1, 1_048_576, (1, 300), (1, 300)),
        (2, 1_048_575, (5, 300), (2, 299)),
        (1, 1_048_576, (1, 1), (1, 1)),
        (500, TALLEST, (1, 300), (500, 1)),
        (1, TALLEST - 1, (1, 300), (1, TALLEST - 1)),
        (1, TALLEST, (1, 50_000), (1, TALLEST)),
    ],
)
def test_of_a_whole_column_the_used_rows_are_taken(row, height, used, rows):
    found = UsedRows().expand(Range(Sheet(*used), row, 3, height, 2))
    assert (found.row, found.shape) == (rows[0], (rows[1], 2))
    assert found.column == 3


class Book:
    """An open workbook as xlwings gives it, with two sheets that both hold one cell in C2."""

    class Used:
        row, column = 2, 3

        def __init__(self):
            self.value = [["#REF!"]]

        def options(self, **_options):
            return self

    def __init__(self, api):
        self.api = api
        self.sheets = [type("Sheet", (), {"name": name, "used_range": self.Used()})() for name in ("one", "two")]


def test_sheets_that_are_not_wanted_come_empty():
    book = CallingBook("book.xlsx", Book(api=None))
    raw = book.sheets({"two"})
    assert raw.sheets == (RawSheet("one", []), RawSheet("two", [[CellError("#REF!")]], 2, 3))
    assert (raw.path, book.names()) == ("book.xlsx", ["one", "two"])


def test_a_workbook_of_the_other_date_system_says_so_where_the_platform_tells():
    assert CallingBook("", Book(api=type("Api", (), {"Date1904": True})())).date_1904()
    assert not CallingBook("", Book(api=object())).date_1904()

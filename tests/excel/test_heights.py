"""Rows that the program adds or rewrites are as high as their text needs; a height set by hand stays."""

import io

import openpyxl
import pytest
import xlsxwriter

from automation.excel.heights import MOST_LINES, lines_needed, points
from automation.excel.writer import apply
from automation.model.effects import AppendRows, CellEdit, ReplaceRows


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [("", 10, 1), ("short", 10, 1), ("a" * 40, 10, 4), ("中" * 10, 10, 2), ("one\ntwo", 30, 2), ("x", 0.1, 1)],
)
def test_lines_are_estimated_from_the_width(text, width, lines):
    assert lines_needed(text, width) == lines


def test_very_long_texts_do_not_fill_the_screen():
    assert points(500) == points(MOST_LINES)


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        wrap = workbook.add_format({"text_wrap": True})
        sheet = workbook.add_worksheet("S")
        sheet.set_column(0, 0, 10, wrap)
        sheet.set_column(1, 1, 10)
        sheet.add_table(0, 0, 1, 1, {"columns": [{"header": "A"}, {"header": "B"}]})
        for column in range(2):
            sheet.write_blank(1, column, None, wrap if column == 0 else None)
    return path


def heights(data):
    sheet = openpyxl.load_workbook(io.BytesIO(data))["S"]
    return {row: sheet.row_dimensions[row].height for row in range(2, sheet.max_row + 1)}


def test_an_added_row_is_as_high_as_its_wrapping_text(book):
    rows = ({1: "a" * 35, 2: "x"}, {1: "short", 2: "b" * 80})
    assert heights(apply(book, [AppendRows("S", rows)]).data) == {2: points(4), 3: None}


def test_a_replaced_row_follows_its_text_up_and_down(book):
    first = apply(book, [ReplaceRows("S", (("a" * 35, "x"), ("a", "y")))], book)
    assert heights(first.data) == {2: points(4), 3: None}
    second = apply(book, [ReplaceRows("S", (("a", "x"), ("a" * 25, "y")))], book)
    assert heights(second.data) == {2: None, 3: points(3)}
    assert not apply(book, [ReplaceRows("S", (("a", "x"), ("a" * 25, "y")))]).changed


def test_a_height_set_by_hand_stays(book):
    workbook = openpyxl.load_workbook(book)
    workbook["S"].row_dimensions[2].height = 33
    workbook.save(book)
    assert heights(apply(book, [ReplaceRows("S", (("a" * 35, "x"),))]).data) == {2: 33}


def test_an_edit_of_one_cell_leaves_the_row_as_it_is(book):
    assert heights(apply(book, [CellEdit("S", "A2", "a" * 35)]).data) == {2: None}

"""Reading: values with Excel's own row and column numbers, nothing lost that calamine loses."""

from __future__ import annotations

import datetime as dt
import hashlib
import time

import pytest
import xlsxwriter

from automation.base.errors import WorkbookError
from automation.excel.reader import read
from automation.model.tables import CellError
from tests.excel.books import MAIN, part_book, parts_of, zip_of


def values(sheet):
    """Everything that is not empty, by A1 row and column."""
    return {
        (sheet.first_row + row, sheet.first_column + column): value
        for row, cells in enumerate(sheet.rows)
        for column, value in enumerate(cells)
        if value is not None
    }


def test_a_sheet_that_starts_at_b3_keeps_its_row_and_column_numbers(tmp_path):
    path = tmp_path / "b.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("计划")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    clock = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    sheet.write("B3", "编号")
    sheet.write("D5", 28)
    sheet.write("D6", 0)
    sheet.write("E5", True)
    sheet.write("E6", False)
    sheet.write_datetime("F5", dt.date(2026, 3, 2), day)
    sheet.write_datetime("F6", dt.datetime(2026, 3, 2, 8, 30), clock)
    sheet.write_datetime("G5", dt.time(9, 30), book.add_format({"num_format": "hh:mm"}))
    sheet.write("G6", 1.5, book.add_format({"num_format": "[h]:mm"}))
    book.close()
    (found,) = read(path).sheets
    assert values(found) == {
        (3, 2): "编号",
        (5, 4): 28.0,
        (6, 4): 0.0,
        (5, 5): True,
        (6, 5): False,
        (5, 6): dt.date(2026, 3, 2),
        (6, 6): dt.datetime(2026, 3, 2, 8, 30),
        (5, 7): "09:30",
        (6, 7): 1.5,
    }
    assert type(values(found)[5, 4]) is float
    assert "" not in [value for row in found.rows for value in row]


def test_error_cells_are_kept_as_errors_at_their_place(tmp_path):
    path = part_book(
        tmp_path / "b.xlsx",
        '<row r="4"><c r="C4" t="e"><v>#REF!</v></c><c r="D4"><v>1</v></c></row>'
        '<row r="7"><c r="D7" s="1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="F7" t="e"><v>#N/A</v></c></row>',
    )
    (sheet,) = read(path).sheets
    assert values(sheet) == {
        (4, 3): CellError("#REF!"),
        (4, 4): 1.0,
        (7, 4): CellError("#DIV/0!"),
        (7, 6): CellError("#N/A"),
    }


def test_error_cells_are_found_with_prefixes_and_apostrophes(tmp_path):
    path = part_book(tmp_path / "b.xlsx", "<row r='2'><c r='B2' t='e'><v>#NAME?</v></c></row>", prefix="x")
    assert values(read(path).sheets[0]) == {(2, 2): CellError("#NAME?")}


def test_an_error_cell_between_two_pieces_of_the_stream_is_found(tmp_path):
    filler = "".join(f'<row r="{row}"><c r="A{row}"><v>{row * 7919 % 100003}</v></c></row>' for row in range(1, 40000))
    path = part_book(tmp_path / "b.xlsx", filler + '<row r="50000"><c r="A50000" t="e"><v>#NUM!</v></c></row>')
    assert values(read(path).sheets[0])[50000, 1] == CellError("#NUM!")


def test_an_error_cell_without_a_value_takes_none_from_its_neighbour(tmp_path):
    path = part_book(
        tmp_path / "b.xlsx", '<row r="1"><c r="A1" t="e"/><c r="B1"><v>5</v></c><c r="C1" t="e"><v>#N/A</v></c></row>'
    )
    assert values(read(path).sheets[0]) == {(1, 2): 5.0, (1, 3): CellError("#N/A")}


def test_error_cells_behind_the_cells_cost_nothing(tmp_path):
    behind = '<c t="e">#' * 200_000
    sheet = (
        f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="e"><v>#N/A</v></c></row></sheetData>'
        f"<!--{behind}--></worksheet>"
    )
    began = time.process_time()
    path = part_book(tmp_path / "b.xlsx", sheet, rows_only=False)
    assert values(read(path).sheets[0]) == {(1, 1): CellError("#N/A")}
    assert time.process_time() - began < 5


@pytest.mark.parametrize(("number", "expected"), [("-5", -5.0), ("0", 0.0), ("0.25", 0.25), ("1", dt.date(1900, 1, 1))])
def test_a_number_that_is_no_date_stays_a_number_in_a_date_cell(tmp_path, number, expected):
    path = part_book(tmp_path / "b.xlsx", f'<row r="3"><c r="B3" s="1"><v>{number}</v></c></row>')
    assert values(read(path).sheets[0]) == {(3, 2): expected}


@pytest.mark.parametrize("name", ["xl/styles.xml", "xl/worksheets/sheet1.xml"])
def test_a_part_that_is_named_and_missing_is_damage(tmp_path, name):
    path = part_book(tmp_path / "b.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row>')
    parts = parts_of(path)
    del parts[name]
    with pytest.raises(WorkbookError) as caught:
        read(zip_of(path, parts))
    assert caught.value.code == "damaged"


def test_all_worksheets_are_read_hidden_ones_too_and_charts_left_out(tmp_path):
    path = tmp_path / "b.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("一").write("A1", 1)
    chart_sheet = book.add_chartsheet("图")
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=一!$A$1"})
    chart_sheet.set_chart(chart)
    book.add_worksheet("空")
    hidden = book.add_worksheet("藏")
    hidden.very_hidden()
    hidden.write("A1", "x")
    book.close()
    raw = read(path)
    assert [sheet.name for sheet in raw.sheets] == ["一", "空", "藏"]
    assert raw.sheets[1].rows == []
    assert raw.digest == hashlib.sha256(path.read_bytes()).hexdigest()
    assert raw.path == str(path)


def test_a_far_cell_is_refused_instead_of_filling_the_memory(tmp_path):
    for far in ("XFD1048576", "ZZ1048576"):
        rows = f'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="{far}"><v>1</v></c></row>'
        with pytest.raises(WorkbookError) as caught:
            read(part_book(tmp_path / f"{far}.xlsx", rows))
        assert caught.value.code == "far-cell"
        assert f"S!{far}" in caught.value.text.zh


def test_a_wide_sheet_and_a_tall_sheet_are_read(tmp_path):
    wide = part_book(tmp_path / "w.xlsx", '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row>')
    assert values(read(wide).sheets[0]) == {(1, 1): 1.0, (1, 16384): 2.0}
    tall = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="B1048576"><v>2</v></c></row>'
    assert values(read(part_book(tmp_path / "t.xlsx", tall)).sheets[0]) == {(1, 1): 1.0, (1048576, 2): 2.0}


def test_a_damaged_sheet_is_refused_with_a_code(tmp_path):
    path = part_book(tmp_path / "b.xlsx", '<row r="1"><c r="A1"><v>1</v></row>')
    with pytest.raises(WorkbookError) as caught:
        read(path)
    assert caught.value.code == "damaged"


def test_a_utf16_sheet_is_refused_instead_of_read_as_empty(tmp_path):
    path = part_book(tmp_path / "b.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row>')
    parts = parts_of(path)
    name = "xl/worksheets/sheet1.xml"
    with pytest.raises(WorkbookError) as caught:
        read(zip_of(path, parts | {name: parts[name].decode().encode("utf-16")}))
    assert caught.value.code == "encoding"


def test_a_workbook_without_worksheets_is_refused(tmp_path):
    path = part_book(tmp_path / "b.xlsx", "")
    parts = parts_of(path)
    name = "xl/_rels/workbook.xml.rels"
    parts[name] = parts[name].replace(b'/worksheet"', b'/chartsheet"')
    with pytest.raises(WorkbookError) as caught:
        read(zip_of(path, parts))
    assert caught.value.code == "no-sheets"


@pytest.mark.parametrize("number", range(60))
def test_a_flipped_byte_anywhere_gives_the_same_values_or_a_code(tmp_path, number):
    rows = "".join(
        f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c><c r="B{row}"><v>{row}</v></c></row>' for row in (1, 2)
    )
    path = part_book(tmp_path / "b.xlsx", rows, strings="<si><t>text</t></si>")
    good = read(path)
    data = bytearray(path.read_bytes())
    data[number * 9973 % len(data)] ^= 1 << number % 8
    path.write_bytes(data)
    try:
        found = read(path)
    except WorkbookError:
        return
    assert found.sheets == good.sheets


def test_a_duration_of_more_days_than_there_are_is_refused_with_a_code(tmp_path):
    path = tmp_path / "b.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet().write("A1", 1e10, book.add_format({"num_format": "[h]:mm"}))
    book.close()
    with pytest.raises(WorkbookError) as caught:
        read(path)
    assert caught.value.code == "damaged"

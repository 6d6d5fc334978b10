"""Reading in a child process: the same cells, and one sentence where the library behind it gives up."""

import datetime as dt

import pytest
import xlsxwriter

from automation.base import confined
from automation.base.confined import Limits
from automation.base.errors import WorkbookError
from automation.excel import reader
from automation.excel.guarded import guarded_sheets
from automation.excel.package import open_package
from automation.excel.reader import read
from automation.excel.sheets import Worksheet, sheets
from automation.model.tables import CellError
from tests.excel.books import part_book


@pytest.fixture
def book(tmp_path):
    """A workbook with every kind of value."""
    path = tmp_path / "b.xlsx"
    made = xlsxwriter.Workbook(str(path))
    sheet = made.add_worksheet("表 1")
    day, moment, clock = (made.add_format({"num_format": code}) for code in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm", "hh:mm"))
    sheet.write("B2", '文字 "x"\n第二行 \u2028😀')
    sheet.write("C2", 0.1 + 0.2)
    sheet.write("D2", True)
    sheet.write_datetime("E2", dt.date(2026, 3, 2), day)
    sheet.write_datetime("F2", dt.datetime(2026, 3, 2, 8, 30), moment)
    sheet.write_datetime("G2", dt.time(9, 30), clock)
    sheet.write_formula("H5", "=1/0", None, "#DIV/0!")
    made.add_worksheet("空")
    made.close()
    return path


def worksheets(path):
    return [Worksheet(part.name, part.part, has_errors=True) for part in open_package(path).sheets()]


@pytest.mark.parametrize("can_fork", [True, False])
def test_a_child_reads_the_same_cells(book, monkeypatch, can_fork):
    if not can_fork:
        monkeypatch.setattr(confined, "_can_fork", lambda: False)
    package = open_package(book)
    found = guarded_sheets(package, worksheets(book))
    assert found == sheets(package, worksheets(book))
    assert type(found[0].rows[0][3]) is dt.date
    assert found[0].rows[3][6] == CellError("#DIV/0!")


ODD = [
    '<row r="1"><c r="a1"><v>1</v></c></row><row r="1048576"><c r="xfd1048576"><v>1</v></c></row>',
    "<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
    '<row><c s="0" r="A1"><v>1</v></c></row><row><c s="0" r="XFD1048576"><v>1</v></c></row>',
]


@pytest.mark.parametrize("rows", ODD)
def test_an_abort_of_the_library_is_one_sentence(tmp_path, rows):
    path = part_book(tmp_path / "b.xlsx", rows)
    with pytest.raises(WorkbookError) as caught:
        read(path)
    assert caught.value.code == "too-much"
    assert caught.value.text.zh == "读取“b.xlsx”需要的内存超过上限，可能是恶意或损坏的文件；请核实来源，或拆分工作簿。"


def test_an_odd_sheet_that_is_harmless_is_read_like_any_other(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(reader, "guarded_sheets", lambda *given: asked.append(given) or guarded_sheets(*given))
    path = part_book(tmp_path / "b.xlsx", "<row><c><v>1</v></c><c t='e'><v>#N/A</v></c></row>", prefix="x")
    assert read(path).sheets[0].rows[0][0] == 1.0
    assert len(asked) == 1


def test_an_ordinary_workbook_is_read_in_this_process(book, monkeypatch):
    monkeypatch.setattr(reader, "guarded_sheets", lambda *given: pytest.fail(str(given)))
    assert [sheet.name for sheet in read(book).sheets] == ["表 1", "空"]


def test_one_long_text_shown_everywhere_is_too_much(tmp_path):
    rows = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 20_001))
    path = part_book(tmp_path / "b.xlsx", rows, strings=f"<si><t>{'x' * 100_000}</t></si>")
    assert path.stat().st_size < 300_000
    with pytest.raises(WorkbookError) as caught:
        read(path)
    assert caught.value.code == "too-much"


def test_one_long_text_shown_once_is_nothing_special(tmp_path, monkeypatch):
    monkeypatch.setattr(reader, "guarded_sheets", lambda *given: pytest.fail(str(given)))
    rows = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>{row > 1:d}</v></c></row>' for row in range(1, 20_001))
    path = part_book(tmp_path / "b.xlsx", rows, strings=f"<si><t>{'x' * 100_000}</t></si><si><t>y</t></si>")
    assert [len(row[0]) for row in read(path).sheets[0].rows[:2]] == [100_000, 1]


def test_a_reading_that_takes_too_long_is_one_sentence(book):
    with pytest.raises(WorkbookError) as caught:
        guarded_sheets(open_package(book), worksheets(book), limits=Limits(1, 0.0001, 800))
    assert caught.value.code == "too-slow"

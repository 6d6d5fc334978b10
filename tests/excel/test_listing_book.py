"""Lists as a workbook: names that Excel takes, texts that stay texts, charts over the right rows."""

import io
import zipfile
from datetime import date

from openpyxl import load_workbook

from automation.base.findings import Text
from automation.excel.listing_book import listing_book
from automation.model.listing import Link, ListChart, ListColumn, Listing, Tag

ABOUT = Text("说明", "about")
DAY = ListColumn("day", Text("日期", "Day"), "date")
VALUE = ListColumn("value", Text("数", "Number"), "whole")


def made(*listings, language="zh"):
    return listing_book(listings, language, title=Text("题", "title"))


def test_names_of_sheets_are_accepted_by_excel_and_differ():
    names = ("项目/甲:一?", "", "x" * 40, "X" * 40, "x" * 40)
    data = made(*(Listing(Text(name, name), ABOUT, (VALUE,), ((1,),)) for name in names))
    found = load_workbook(io.BytesIO(data)).sheetnames
    assert found[:2] == ["项目 甲 一", "Sheet"]
    assert len({name.lower() for name in found}) == 5
    assert all(0 < len(name) <= 31 for name in found)


def test_an_empty_list_is_a_sheet_with_its_heading(tmp_path, ooxml_validator):
    path = tmp_path / "empty.xlsx"
    path.write_bytes(made(Listing(Text("空", "empty"), ABOUT, (DAY, VALUE), ())))
    assert ooxml_validator(path) == []
    assert [cell.value for cell in load_workbook(path).worksheets[0][4]] == ["日期", "数"]


def test_texts_that_look_like_formulas_or_links_stay_texts():
    rows = (("=1+1",), ("http://x.example",), (Text("中", "en"),))
    sheet = load_workbook(
        io.BytesIO(made(Listing(ABOUT, ABOUT, (ListColumn("a", ABOUT),), rows), language="en"))
    ).worksheets[0]
    assert [(sheet[f"A{row}"].value, sheet[f"A{row}"].data_type) for row in (5, 6, 7)] == [
        ("=1+1", "s"),
        ("http://x.example", "s"),
        ("en", "s"),
    ]
    assert sheet["A6"].hyperlink is None


def test_a_chart_shows_the_rows_it_was_asked_for():
    rows = tuple((date(2026, 6, day), day) for day in range(1, 10))
    chart = ListChart(Text("图", "chart"), "day", ("value",), 2, 5)
    with zipfile.ZipFile(io.BytesIO(made(Listing(Text("表", "list"), ABOUT, (DAY, VALUE), rows, (chart,))))) as package:
        text = package.read("xl/charts/chart1.xml").decode()
    assert "<c:f>表!$B$7:$B$10</c:f>" in text
    assert "<c:f>表!$A$7:$A$10</c:f>" in text


def test_the_same_lists_give_the_same_bytes():
    one = Listing(Text("表", "list"), ABOUT, (DAY, VALUE), ((date(2026, 6, 1), 1),))
    assert made(one) == made(one)


def test_tags_links_and_bars_along_days(tmp_path, ooxml_validator):
    columns = (
        ListColumn("a", ABOUT),
        ListColumn("b", Text("乙", "b")),
        DAY,
        ListColumn("n", Text("天", "Days"), "whole"),
        ListColumn("m", Text("晚", "Late"), "whole"),
    )
    rows = (
        (Tag("red", Text("红", "red")), Link(Text("甲", "A"), "/p/甲 1.xlsx"), date(2026, 6, 1), 20, 3),
        (Tag("other", Text("别的", "other")), Link(Text("", ""), "/p/b.xlsx"), date(2026, 6, 5), 9, 0),
    )
    chart = ListChart(Text("图", "chart"), "b", ("day", "n", "m"), 0, 1, "spans")
    path = tmp_path / "spans.xlsx"
    path.write_bytes(made(Listing(Text("表", "list"), ABOUT, columns, rows, (chart,))))
    assert ooxml_validator(path) == []
    sheet = load_workbook(path).worksheets[0]
    assert (sheet["A5"].value, sheet["A5"].fill.fgColor.rgb) == ("红", "FFC93A32")
    assert (sheet["B5"].hyperlink.target, sheet["B6"].hyperlink) == ("\\p\\甲%201.xlsx", None)
    with zipfile.ZipFile(path) as package:
        text = package.read("xl/charts/chart1.xml").decode()
    assert '<c:barDir val="bar"/><c:grouping val="stacked"/>' in text
    assert text.count("<a:noFill/>") >= 1
    first = (date(2026, 6, 1) - date(1899, 12, 30)).days
    assert f'<c:max val="{first + 23 + 7}"/><c:min val="{first - 7}"/>' in text


def test_a_text_longer_than_excel_takes_is_cut_and_not_lost():
    sheet = load_workbook(
        io.BytesIO(made(Listing(ABOUT, ABOUT, (ListColumn("a", ABOUT),), (("字" * 40_000,),))))
    ).worksheets[0]
    assert len(sheet["A5"].value) == 32_767
    assert sheet["A5"].value.endswith("字…")

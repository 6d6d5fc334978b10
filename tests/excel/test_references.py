"""References that grow with a table: those that Excel would grow when somebody types below it, and no others."""

from __future__ import annotations

import re

import openpyxl
import pytest
import xlsxwriter

from automation.excel.areas import Area
from automation.excel.references import grown
from automation.excel.writer import apply
from automation.model.effects import AppendRows, CellEdit, ReplaceRows
from tests.excel.books import parts_of

DATA = Area(top=2, left=1, bottom=51, right=6)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("计划!$A$1:$F$51", "计划!$A$1:$F$53"),
        ("'计划'!$A$2:$F$51", "'计划'!$A$2:$F$53"),
        ("计划!C2:C51", "计划!C2:C53"),
        ("SUM(计划!$C$2:$C$51)/2", "SUM(计划!$C$2:$C$53)/2"),
        ("计划!$A$1:$B$51,计划!$D$1:$E$51", "计划!$A$1:$B$53,计划!$D$1:$E$53"),
        ("计划!$C$51:$C$2", "计划!$C$53:$C$2"),
        ("计划!$A$3:$F$51", "计划!$A$3:$F$51"),
        ("计划!$A$1:$F$50", "计划!$A$1:$F$50"),
        ("计划!$A$1:$F$52", "计划!$A$1:$F$52"),
        ("计划!$H$1:$J$51", "计划!$H$1:$J$51"),
        ("计划!$A$2", "计划!$A$2"),
        ("计划!$A:$F", "计划!$A:$F"),
        ("旧计划!$A$1:$F$51", "旧计划!$A$1:$F$51"),
        ("'旧 计划'!$A$1:$F$51", "'旧 计划'!$A$1:$F$51"),
        ("[1]计划!$A$1:$F$51", "[1]计划!$A$1:$F$51"),
        ('IF(TRUE,"计划!$A$1:$F$51","")', 'IF(TRUE,"计划!$A$1:$F$51","")'),
        ("计划!$A$1:$F$511", "计划!$A$1:$F$511"),
    ],
)
def test_a_reference_grows_when_it_covers_the_rows_to_the_last(formula, expected):
    assert grown(formula, "计划", DATA, last_row=53) == expected


def test_a_quote_in_the_name_of_the_sheet_is_doubled():
    assert grown("'it''s'!A1:F51", "it's", DATA, last_row=60) == "'it''s'!A1:F60"


@pytest.fixture
def book(tmp_path):
    """A table of two rows, a name and a print area over it, a chart of it on another sheet and on a chart sheet."""
    book = xlsxwriter.Workbook(str(tmp_path / "b.xlsx"))
    sheet = book.add_worksheet("计划")
    sheet.add_table("A1:B3", {"columns": [{"header": "名称"}, {"header": "数"}], "data": [["甲", 1], ["乙", 2]]})
    sheet.print_area("A1:B3")
    book.define_name("数列", "=计划!$B$2:$B$3")
    book.define_name("别处", "=其他!$B$2:$B$3")
    other = book.add_worksheet("其他")
    for place in (other, book.add_chartsheet("图")):
        chart = book.add_chart({"type": "column"})
        chart.add_series({"categories": "=计划!$A$2:$A$3", "values": "=计划!$B$2:$B$3", "name": "=计划!$B$1"})
        place.insert_chart("D2", chart) if place is other else place.set_chart(chart)
    book.close()
    return tmp_path / "b.xlsx"


def references(parts, part):
    return re.findall(r"<c:f>([^<]*)</c:f>", parts[part].decode())


def test_names_print_areas_and_charts_reach_the_new_rows(book):
    written = apply(book, [AppendRows("计划", ({1: "丙", 2: 3}, {1: "丁", 2: 4}))], book)
    parts = parts_of(written.data)
    for chart in ("xl/charts/chart1.xml", "xl/charts/chart2.xml"):
        assert references(parts, chart) == ["计划!$B$1", "计划!$A$2:$A$5", "计划!$B$2:$B$5"]
    names = parts["xl/workbook.xml"].decode()
    assert "'计划'!$A$1:$B$5<" in names or "计划!$A$1:$B$5<" in names
    assert ">计划!$B$2:$B$5<" in names
    assert ">其他!$B$2:$B$3<" in names
    assert openpyxl.load_workbook(book)["计划"].print_area == "'计划'!$A$1:$B$5"


def test_a_table_whose_rows_are_replaced_takes_them_along_both_ways(book):
    apply(book, [ReplaceRows("计划", (("丙", 1),))], book)
    parts = parts_of(book)
    assert references(parts, "xl/charts/chart1.xml") == ["计划!$B$1", "计划!$A$2:$A$2", "计划!$B$2:$B$2"]
    assert openpyxl.load_workbook(book)["计划"].print_area == "'计划'!$A$1:$B$2"
    apply(book, [ReplaceRows("计划", (("丙", 1), ("丁", 2), ("戊", 3)))], book)
    assert references(parts_of(book), "xl/charts/chart2.xml") == ["计划!$B$1", "计划!$A$2:$A$4", "计划!$B$2:$B$4"]


def test_edits_of_cells_leave_them_alone(book):
    written = apply(book, [CellEdit("计划", "B3", 7)])
    before, after = parts_of(book), parts_of(written.data)
    assert {name for name in before if before[name] != after[name]} == {"xl/worksheets/sheet1.xml"}

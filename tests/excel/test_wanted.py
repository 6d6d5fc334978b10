"""What edits of whole rows want of a table's cells, the same for files and open workbooks."""

from __future__ import annotations

import openpyxl
import pytest
import xlsxwriter

from automation.base.errors import WriteRefusedError
from automation.excel.areas import LAST_ROW, Area
from automation.excel.tables import Column, Formula, Table
from automation.excel.wanted import appended, check_may_grow, last_row_of, replaced, replaced_links, uses_addresses
from automation.excel.writer import apply
from automation.model.effects import AppendRows, ReplaceRows

TABLE = Table("T", Area(3, 2, 5, 4), 1, 0, (Column("id", ""), Column("n", ""), Column("twice", "[@n]*2")))


def code(call, *values, **named):
    with pytest.raises(WriteRefusedError) as caught:
        call(*values, **named)
    return caught.value.code


def test_rows_added_have_their_values_and_the_formulas_of_calculated_columns():
    edit = AppendRows("S", ({2: "a", 3: 1}, {4: 9}))
    twice = Formula("[@n]*2")
    assert appended(TABLE, edit, start=6) == {(6, 2): "a", (6, 3): 1, (6, 4): twice, (7, 4): 9}
    assert code(appended, TABLE, AppendRows("S", ({5: 1},)), start=6) == "outside-table"


def test_rows_replaced_empty_those_left_over():
    wanted = replaced(TABLE, ReplaceRows("S", (("a",),)))
    assert wanted == {(4, 2): "a", (5, 2): None, (5, 3): None, (5, 4): None}


def test_calculated_columns_go_on_in_rows_that_a_table_gains():
    rows = tuple((name,) for name in "abc")
    assert replaced(TABLE, ReplaceRows("S", rows)) == {(4, 2): "a", (5, 2): "b", (6, 2): "c", (6, 4): Formula("[@n]*2")}
    given = ReplaceRows("S", tuple((name, 1, 5) for name in "abc"))
    assert replaced(TABLE, given)[6, 4] == 5


def test_a_calculated_column_that_a_company_added_goes_on_in_a_file(tmp_path):
    path = tmp_path / "b.xlsx"
    book = xlsxwriter.Workbook(str(path))
    columns = [{"header": "id"}, {"header": "twice", "formula": "=LEN([@id])"}]
    book.add_worksheet("S").add_table("A1:B2", {"columns": columns})
    book.close()
    apply(path, [ReplaceRows("S", (("a",), ("b",)))], path)
    sheet = openpyxl.load_workbook(path)["S"]
    assert sheet["B3"].value == sheet["B2"].value
    assert sheet["B3"].value.startswith("=LEN(")


def test_the_table_ends_with_its_last_row_and_has_one_at_least():
    assert [last_row_of(TABLE, ReplaceRows("S", ((1,),) * count)) for count in (0, 1, 4)] == [4, 4, 7]
    assert code(last_row_of, TABLE, ReplaceRows("S", ((1, 2, 3, 4),))) == "outside-table"


def test_links_are_told_by_the_cells_that_have_them():
    assert replaced_links(TABLE, ReplaceRows("S", (), {(1, 2): "A!A1"})) == {(5, 4): "A!A1"}


def test_a_table_cannot_grow_beyond_the_sheet():
    check_may_grow(TABLE, last_row=LAST_ROW, sheet="S")
    assert code(check_may_grow, TABLE, last_row=LAST_ROW + 1, sheet="S") == "sheet-full"


@pytest.mark.parametrize(
    ("formula", "uses"),
    [
        ("[@n]*2", False),
        ("T[[#This Row],[A1]]*2", False),
        ('IF([@n]>1,"B2","")', False),
        ("LOG10([@n])", False),
        ("B4*2", True),
        ("SUM($B$4:C5)", True),
        ("'S 1'!C3+[@n]", True),
    ],
)
def test_a_formula_uses_addresses_or_names_of_columns(formula, uses):
    assert uses_addresses(formula) is uses

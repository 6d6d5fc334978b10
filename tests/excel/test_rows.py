"""Rows of tables: added below and replaced as a whole, with everything that grows or shrinks along."""

from __future__ import annotations

import datetime as dt
import re

import openpyxl
import pytest

from automation.base.errors import WriteRefusedError
from automation.base.findings import Severity
from automation.excel.writer import apply
from automation.model.effects import AppendRows, CellEdit, Marks, ReplaceRows
from tests.excel.books import parts_of, sheet_of, table_book, zip_of

DAY = dt.date(2026, 3, 2)
TWO = [["a", "甲", DAY, 1], ["b", "乙", DAY, 2]]


def append(*rows):
    return AppendRows("Tasks", tuple(rows))


def replace(*rows, links=None):
    return ReplaceRows("Tasks", tuple(rows), links or {})


def after(path, *edits):
    """The sheet as openpyxl sees it after the edits, which are made in the file."""
    path.write_bytes(apply(path, list(edits)).data)
    return openpyxl.load_workbook(path)["Tasks"]


def values(sheet):
    return [[cell.value for cell in row] for row in sheet["B4:E9"]]


def refusal(path, edit):
    before = path.read_bytes()
    with pytest.raises(WriteRefusedError) as caught:
        apply(path, [edit])
    assert path.read_bytes() == before
    return caught.value.code


def table_xml(path):
    return parts_of(path)["xl/tables/table1.xml"].decode()


def edited_part(path, name, old, new):
    """Change the XML of one part of a fixture by hand."""
    parts = parts_of(path)
    assert old in parts[name].decode()
    zip_of(path, parts | {name: parts[name].decode().replace(old, new).encode()})


@pytest.fixture
def book(tmp_path):
    return table_book(tmp_path / "b.xlsx", TWO)


def test_rows_are_added_under_the_last_one_and_the_table_grows(book):
    sheet = after(book, append({2: "c", 3: "丙", 4: DAY, 5: 3}, {2: "d", 5: 9}))
    assert values(sheet)[:4] == [
        ["a", "甲", dt.datetime(2026, 3, 2), 1],
        ["b", "乙", dt.datetime(2026, 3, 2), 2],
        ["c", "丙", dt.datetime(2026, 3, 2), 3],
        ["d", None, None, 9],
    ]
    assert sheet.tables["tblTasks"].ref == "B3:E7"
    assert table_xml(book).count('ref="B3:E7"') == 2
    assert '<dimension ref="B3:E7"/>' in sheet_of(book)


def test_new_cells_look_like_the_row_above(book):
    sheet = after(book, append({2: "c", 4: DAY, 5: 3}))
    assert sheet["B6"].font.b
    assert sheet["D6"].number_format == "yyyy-mm-dd"
    assert sheet["E6"].number_format == "General"


def test_empty_cells_of_new_rows_keep_the_look_for_what_is_typed_later(book):
    sheet = after(book, append({2: "c"}))
    assert (sheet["D6"].value, sheet["D6"].number_format) == (None, "yyyy-mm-dd")
    assert after(book, append({2: "d", 4: DAY}))["D7"].value == dt.datetime(2026, 3, 2)
    assert apply(book, [append({5: 1})]).cells == {"Tasks": ("E8",)}


def test_drop_downs_and_conditional_formats_reach_the_new_rows(book):
    sheet = after(book, append({2: "c"}, {2: "d"}))
    assert [str(item.sqref) for item in sheet.data_validations.dataValidation] == ["B4:B7"]
    assert [str(item.sqref) for item in sheet.conditional_formatting] == ["E4:E7"]


def test_ranges_that_end_elsewhere_stay(book):
    name = "xl/worksheets/sheet1.xml"
    edited_part(book, name, 'sqref="B4:B5"', 'sqref="B4:B1000"')
    edited_part(book, name, '<conditionalFormatting sqref="E4:E5">', '<conditionalFormatting sqref="E5 G4:G5 C4:E5">')
    sheet = after(book, append({2: "c"}))
    assert [str(item.sqref) for item in sheet.data_validations.dataValidation] == ["B4:B1000"]
    assert 'sqref="E5 G4:G5 C4:E6"' in sheet_of(book)


def test_our_marks_do_not_grow(book):
    sheet = after(book, Marks("Tasks", {"B4": Severity.LOW, "B5": Severity.LOW}), append({2: "c"}))
    assert sorted(str(item.sqref) for item in sheet.conditional_formatting) == ["B4:B5", "E4:E6"]


def test_a_single_empty_row_is_filled_first(tmp_path):
    book = table_book(tmp_path / "b.xlsx", [[None, None, None, None]])
    sheet = after(book, append({2: "a", 4: DAY}))
    assert values(sheet)[0] == ["a", None, dt.datetime(2026, 3, 2), None]
    assert sheet.tables["tblTasks"].ref == "B3:E4"
    sheet = after(book, append({2: "b", 4: DAY}))
    assert sheet["B5"].value == "b"
    assert sheet["D5"].number_format == "yyyy-mm-dd"
    assert sheet.tables["tblTasks"].ref == "B3:E5"


def test_a_table_whose_row_does_not_exist_yet_is_filled(tmp_path):
    book = table_book(tmp_path / "b.xlsx", [])
    sheet = after(book, append({2: "a"}, {2: "b"}))
    assert [sheet["B4"].value, sheet["B5"].value] == ["a", "b"]
    assert sheet.tables["tblTasks"].ref == "B3:E5"


def test_rows_added_in_two_steps_give_the_same_as_in_one(tmp_path):
    first = table_book(tmp_path / "a.xlsx", TWO)
    second = table_book(tmp_path / "b.xlsx", TWO)
    rows = [{2: "c", 5: 1}, {2: "d", 5: 2}]
    after(first, append(*rows))
    after(second, append(rows[0]), append(rows[1]))
    assert parts_of(first) == parts_of(second)


def test_cells_can_be_edited_in_rows_just_added(book):
    sheet = after(book, append({2: "c"}), CellEdit("Tasks", "C6", "later"))
    assert [sheet["B6"].value, sheet["C6"].value] == ["c", "later"]


def test_something_below_a_totals_row_or_no_table_is_refused(tmp_path, book):
    totals = [
        {"header": name, **({"total_function": "sum"} if name == "hours" else {})}
        for name in ("id", "name", "due", "hours")
    ]
    with_totals = table_book(tmp_path / "t.xlsx", TWO, last=6, total_row=True, columns=totals)
    assert refusal(with_totals, append({2: "c"})) == "totals-row"
    assert refusal(book, AppendRows("Other", ({1: "x"},))) == "no-table"
    assert refusal(book, append({6: "x"})) == "outside-table"
    assert refusal(book, append({1: "x"})) == "outside-table"
    book.write_bytes(apply(book, [CellEdit("Tasks", "C12", "a note")]).data)
    assert refusal(book, append({2: "x"})) == "below-table"


def test_an_owned_table_with_a_totals_row_keeps_its_size(tmp_path):
    book = table_book(tmp_path / "b.xlsx", [*TWO, [None] * 4], total_row=True)
    assert refusal(book, replace(["x"])) == "totals-row"
    assert refusal(book, replace(["x"], ["y"], ["z"])) == "totals-row"
    sheet = after(book, replace(["x"], ["y"]))
    assert (sheet["B4"].value, sheet["B5"].value, sheet.tables["tblTasks"].ref) == ("x", "y", "B3:E6")


def test_a_width_that_is_no_number_is_refused(book):
    edited_part(book, "xl/worksheets/sheet1.xml", 'width="30.7109375"', 'width="wide"')
    assert refusal(book, append({2: "c"})) == "bad-xml"


def test_something_beside_or_styled_but_empty_below_is_no_hindrance(book):
    sheet = after(book, CellEdit("Tasks", "H9", "beside"), append({2: "c"}))
    assert sheet["H9"].value == "beside"
    edited_part(book, "xl/worksheets/sheet1.xml", '<row r="9"><c r="H9"', '<row r="9"><c r="B9" s="1"/><c r="H9"')
    assert after(book, append({2: "d"}))["B7"].value == "d"


def test_a_height_set_by_hand_goes_on_and_one_excel_chose_does_not(book):
    name = "xl/worksheets/sheet1.xml"
    edited_part(book, name, '<row r="5" spans="2:5">', '<row r="5" spans="2:5" ht="40" customHeight="1">')
    after(book, append({2: "c"}))
    assert '<row r="6" ht="40" customHeight="1">' in sheet_of(book)
    edited_part(book, name, '<row r="6" ht="40" customHeight="1">', '<row r="6" ht="40">')
    after(book, append({2: "d"}))
    assert '<row r="7">' in sheet_of(book)


def test_calculated_columns_go_on_when_they_name_columns(tmp_path):
    columns = [
        {"header": "id"},
        {"header": "name"},
        {"header": "due"},
        {"header": "hours", "formula": "=LEN(tblTasks[[#This Row],[name]])*2"},
    ]
    rows = [["a", "甲", DAY, None]]
    book = table_book(tmp_path / "b.xlsx", rows, columns=columns)
    sheet = after(book, append({2: "b", 3: "乙"}, {2: "c", 5: 7}))
    assert sheet["E5"].value == "=LEN(tblTasks[[#This Row],[name]])*2"
    assert sheet["E6"].value == 7
    assert b"fullCalcOnLoad" in parts_of(book)["xl/workbook.xml"]
    edited_part(book, "xl/tables/table1.xml", "LEN(tblTasks[[#This Row],[name]])*2", "LEN(C4)*2")
    assert refusal(book, append({2: "d"})) == "calculated-column"


def test_replacing_rows_writes_only_what_differs(book):
    same = replace(("a", "甲", DAY, 1), ("b", "乙", DAY, 2))
    assert apply(book, [same]).data == book.read_bytes()
    one = apply(book, [replace(("a", "甲", DAY, 1), ("b", "new", DAY, 2))])
    assert one.cells == {"Tasks": ("C5",)}


def test_fewer_rows_empty_the_rest_and_shrink_the_table(book):
    sheet = after(book, replace(("x", "y", DAY, 5)))
    assert values(sheet)[:2] == [["x", "y", dt.datetime(2026, 3, 2), 5], [None] * 4]
    assert sheet.tables["tblTasks"].ref == "B3:E4"
    assert sheet["D5"].number_format == "yyyy-mm-dd"
    sheet = after(book, replace())
    assert values(sheet)[0] == [None] * 4
    assert sheet.tables["tblTasks"].ref == "B3:E4"


def test_shrinking_and_growing_again_keeps_the_look(book):
    after(book, replace(("x", "y", DAY, 5)))
    sheet = after(book, replace(("x", "y", DAY, 5), ("z", "y", DAY, 5), ("w", "y", DAY, 5)))
    assert sheet.tables["tblTasks"].ref == "B3:E6"
    assert [sheet[f"B{row}"].value for row in (4, 5, 6)] == ["x", "z", "w"]
    assert sheet["B6"].font.b
    assert sheet["D6"].number_format == "yyyy-mm-dd"
    assert [str(item.sqref) for item in sheet.conditional_formatting] == ["E4:E6"]


def test_a_column_that_a_company_added_is_left_alone(book):
    sheet = after(book, replace(("x", "y", DAY), ("z", "y", DAY)))
    assert [row[3] for row in values(sheet)[:2]] == [1, 2]


def test_a_formula_typed_into_an_owned_table_is_replaced_and_the_chain_dropped(tmp_path):
    book = table_book(tmp_path / "b.xlsx", TWO)
    edited_part(
        book, "xl/worksheets/sheet1.xml", "<v>2</v></c></row></sheetData>", "<f>1+1</f><v>2</v></c></row></sheetData>"
    )
    parts = parts_of(book)
    chain = '<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="E5" i="1"/></calcChain>'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
    relations, types = "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
    parts["xl/calcChain.xml"] = chain.encode()
    parts[relations] = parts[relations].replace(
        b"</Relationships>", f'<Relationship Id="rId99" Type="{kind}" Target="calcChain.xml"/></Relationships>'.encode()
    )
    parts[types] = parts[types].replace(
        b"</Types>",
        b'<Override PartName="/xl/calcChain.xml" ContentType='
        b'"application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"/></Types>',
    )
    zip_of(book, parts)
    sheet = after(book, replace(("a", "甲", DAY, 1), ("b", "乙", DAY, 2)))
    assert sheet["E5"].value == 2
    left = parts_of(book)
    assert "xl/calcChain.xml" not in left
    assert b"calcChain" not in left[relations] + left[types]


def links(path):
    return re.findall(r"<hyperlink [^>]*>", sheet_of(path))


def test_links_inside_the_table_are_replaced_and_others_stay(book):
    name = "xl/worksheets/sheet1.xml"
    kept = '<hyperlink ref="A1" location="Other!A1"/>'
    place = "<pageMargins"
    edited_part(book, name, place, f'<hyperlinks>{kept}<hyperlink ref="B5" location="Other!A9"/></hyperlinks>{place}')
    after(book, replace(*map(tuple, TWO), links={(0, 0): "'计划'!D5", (1, 2): "Other!B2"}))
    assert links(book) == [
        kept,
        '<hyperlink ref="B4" location="\'计划\'!D5" display="\'计划\'!D5"/>',
        '<hyperlink ref="D5" location="Other!B2" display="Other!B2"/>',
    ]
    again = apply(book, [replace(*map(tuple, TWO), links={(1, 2): "Other!B2", (0, 0): "'计划'!D5"})])
    assert not again.changed
    after(book, replace(*map(tuple, TWO)))
    assert links(book) == [kept]


def test_the_last_link_takes_its_holder_with_it(book):
    after(book, replace(*map(tuple, TWO), links={(0, 0): "Other!A1"}))
    assert "<hyperlinks>" in sheet_of(book)
    after(book, replace(*map(tuple, TWO)))
    assert "hyperlinks" not in sheet_of(book)


def test_links_of_rows_left_over_go_when_the_table_shrinks(book):
    after(book, replace(*map(tuple, TWO), links={(1, 0): "Other!A1"}))
    after(book, replace(tuple(TWO[0])))
    assert links(book) == []


def test_the_results_are_valid_and_open(tmp_path, ooxml_validator, libreoffice):
    book = table_book(tmp_path / "b.xlsx", TWO)
    marks = Marks("Tasks", {"B4": Severity.ERROR, "C5": Severity.LOW, "E6": Severity.HIGH})
    after(book, append({2: "c", 4: DAY, 5: 12}), marks, CellEdit("Other", "D9", "x"))
    assert ooxml_validator(book) == []
    after(book, replace(("x", "=1", DAY, 5), links={(0, 0): "'Other'!A1"}), Marks("Tasks", {}))
    assert ooxml_validator(book) == []
    assert libreoffice(book).stat().st_size > 1000

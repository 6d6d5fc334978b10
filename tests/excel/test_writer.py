"""Writing cells: only what is named changes, what cannot be done safely is refused, twice is the same as once."""

from __future__ import annotations

import datetime as dt
import random
import re
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from automation.base.errors import WorkbookError, WriteRefusedError
from automation.excel.package import open_package
from automation.excel.reader import read
from automation.excel.writer import apply
from automation.model.effects import CellEdit, Marks
from automation.model.tables import address
from tests.excel.books import MAIN, part_book, parts_of, sheet_of, table_book, zip_of

ROW = '<row r="2"><c r="B2" s="2"><v>28</v></c><c r="D2" t="s"><v>0</v></c></row>'
STRINGS = "<si><t>text</t></si>"


def edits(**cells):
    return [CellEdit("S", cell, value) for cell, value in cells.items()]


def refusal(path, *made):
    before = path.read_bytes()
    with pytest.raises(WriteRefusedError) as caught:
        apply(path, list(made))
    assert path.read_bytes() == before
    assert all("{" not in half and "\n" not in half for half in caught.value.text)
    return caught.value.code


def rows_after(path, **cells):
    return re.search(r"(?s)<sheetData>(.*)</sheetData>", sheet_of(apply(path, edits(**cells)).data)).group(1)


@pytest.fixture
def book(tmp_path):
    return part_book(tmp_path / "b.xlsx", ROW, strings=STRINGS)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (29, '<c r="B2" s="2"><v>29</v></c>'),
        (29.0, '<c r="B2" s="2"><v>29</v></c>'),
        (29.5, '<c r="B2" s="2"><v>29.5</v></c>'),
        (0.1 + 0.2, '<c r="B2" s="2"><v>0.30000000000000004</v></c>'),
        (Decimal("29.10"), '<c r="B2" s="2"><v>29.1</v></c>'),
        (Decimal(2900), '<c r="B2" s="2"><v>2900</v></c>'),
        (Decimal("1E+3"), '<c r="B2" s="2"><v>1000</v></c>'),
        (True, '<c r="B2" s="2" t="b"><v>1</v></c>'),
        (None, '<c r="B2" s="2"/>'),
        ("", '<c r="B2" s="2"/>'),
        ("=1+1", '<c r="B2" s="2" t="inlineStr"><is><t>=1+1</t></is></c>'),
        ('a<&>"b', '<c r="B2" s="2" t="inlineStr"><is><t>a&lt;&amp;&gt;"b</t></is></c>'),
        (" a\nb", '<c r="B2" s="2" t="inlineStr"><is><t xml:space="preserve"> a\nb</t></is></c>'),
        (
            "_x0041_\x01\r",
            '<c r="B2" s="2" t="inlineStr"><is><t xml:space="preserve">_x005F_x0041__x0001__x000D_</t></is></c>',
        ),
    ],
)
def test_a_value_replaces_one_element_and_keeps_its_style(book, value, expected):
    assert rows_after(book, B2=value) == ROW.replace('<c r="B2" s="2"><v>28</v></c>', expected)


@pytest.mark.parametrize(
    ("cell", "value"), [("B2", 28), ("B2", 28.0), ("B2", Decimal("28.00")), ("D2", "text"), ("C2", None), ("Z99", "")]
)
def test_a_value_that_is_there_already_changes_no_byte(book, cell, value):
    written = apply(book, [CellEdit("S", cell, value)])
    assert written.data == book.read_bytes()
    assert not written.changed
    assert written.cells == {}


def test_rich_text_with_the_same_words_stays_rich(tmp_path):
    rich = '<si><r><rPr><b/></rPr><t>te</t></r><r><t xml:space="preserve">xt</t></r><rPh sb="0" eb="1"><t>no</t></rPh></si>'
    book = part_book(tmp_path / "b.xlsx", ROW, strings=rich)
    assert not apply(book, edits(D2="text")).changed
    assert apply(book, edits(D2="no")).changed


def test_new_cells_and_rows_go_to_their_place_in_order(book):
    assert rows_after(book, C2=1, A2=2, E2=3, A1=4, B9=5, A9=6) == (
        '<row r="1"><c r="A1"><v>4</v></c></row>'
        '<row r="2"><c r="A2"><v>2</v></c><c r="B2" s="2"><v>28</v></c><c r="C2"><v>1</v></c>'
        '<c r="D2" t="s"><v>0</v></c><c r="E2"><v>3</v></c></row>'
        '<row r="9"><c r="A9"><v>6</v></c><c r="B9"><v>5</v></c></row>'
    )


def test_new_cells_take_the_style_of_their_row_or_column(tmp_path):
    sheet = (
        f'<worksheet xmlns="{MAIN}"><dimension ref="A1"/><cols><col min="2" max="3" style="2"/></cols>'
        '<sheetData><row r="1" s="1" customFormat="1"/><row r="2" s="1"/></sheetData></worksheet>'
    )
    book = part_book(tmp_path / "b.xlsx", sheet, rows_only=False)
    after = sheet_of(apply(book, edits(B1=1, B2=2, C5=3, D5=4)).data)
    assert '<row r="1" s="1" customFormat="1"><c r="B1" s="1"><v>1</v></c></row>' in after
    assert '<row r="2" s="1"><c r="B2" s="2"><v>2</v></c></row>' in after
    assert '<row r="5"><c r="C5" s="2"><v>3</v></c><c r="D5"><v>4</v></c></row>' in after
    assert '<dimension ref="A1:D5"/>' in after


@pytest.mark.parametrize("rows", ["", None])
def test_an_empty_sheet_gets_its_first_row(tmp_path, rows):
    whole = f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'
    book = part_book(tmp_path / "b.xlsx", whole if rows is None else rows, rows_only=rows is not None)
    assert '<sheetData><row r="3"><c r="B3"><v>1</v></c></row></sheetData>' in sheet_of(apply(book, edits(B3=1)).data)


def test_self_closing_rows_and_cells_are_filled(tmp_path):
    book = part_book(tmp_path / "b.xlsx", '<row r="1"/><row r="2" spans="1:2"><c r="A2" s="2"/></row><row r="3"/>')
    assert rows_after(book, A1=1, A2=2, C2=3, A3=4) == (
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="2"><c r="A2" s="2"><v>2</v></c><c r="C2"><v>3</v></c></row><row r="3"><c r="A3"><v>4</v></c></row>'
    )


def test_prefixed_xml_stays_prefixed(tmp_path):
    book = part_book(tmp_path / "b.xlsx", ROW, strings=STRINGS, prefix="x")
    after = sheet_of(apply(book, edits(B2="甲", C2=1, A5=None, A6=2)).data)
    assert '<x:c r="B2" s="2" t="inlineStr"><x:is><x:t>甲</x:t></x:is></x:c><x:c r="C2"><x:v>1</x:v></x:c>' in after
    assert '<x:row r="6"><x:c r="A6"><x:v>2</x:v></x:c></x:row>' in after


def test_a_byte_order_mark_comments_and_cdata_do_no_harm(tmp_path):
    rows = (
        '<!-- <row r="9"><c r="A9"/></row> --><row r="1"><c r="A1" t="inlineStr"><is><t><![CDATA[<row r="7"> & ]]></t></is></c>'
        '</row><?pi <row r="8"/>?><row r="2"><c r="A2"><v>1</v></c></row>'
    )
    path = part_book(tmp_path / "b.xlsx", rows)
    parts = parts_of(path)
    name = "xl/worksheets/sheet1.xml"
    zip_of(path, parts | {name: b"\xef\xbb\xbf" + parts[name]})
    assert not apply(path, edits(A1='<row r="7"> & ')).changed
    after = sheet_of(apply(path, edits(A2=5)).data)
    assert after == "\ufeff" + parts[name].decode().replace("<v>1</v>", "<v>5</v>")


def test_rows_and_cells_without_addresses_are_counted(tmp_path):
    book = part_book(tmp_path / "b.xlsx", "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")
    after = rows_after(book, B1=9, A2=8, B2=7)
    assert after == ('<row><c><v>1</v></c><c><v>9</v></c></row><row><c><v>8</v></c><c r="B2"><v>7</v></c></row>')


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="2"><c r="A2"/></row><row r="1"/>',
        '<row r="2"><c r="A2"/></row><row r="2"/>',
        '<row r="2"><c r="B2"/><c r="A2"/></row>',
        '<row r="2"><c r="A2"/><c r="A2"/></row>',
    ],
)
def test_rows_or_cells_out_of_order_are_refused(tmp_path, rows):
    assert refusal(part_book(tmp_path / "b.xlsx", rows), CellEdit("S", "A2", 1)) == "rows-disordered"


FORMULAS = (
    '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f t="shared" ref="B1:B3" si="0">A1</f><v>2</v></c>'
    '<c r="C1"><f t="array" ref="C1:C3">A1:A3</f><v>2</v></c><c r="D1" cm="1"><f t="array" ref="D1">A1</f><v>1</v></c>'
    '<c r="E1" t="e" vm="1"><v>#VALUE!</v></c><c r="F1"><v>1</v><extLst><ext uri="x"/></extLst></c></row>'
    '<row r="2"><c r="B2"><f t="shared" si="0"/><v>2</v></c><c r="C2"><v>2</v></c>'
    '<c r="G2"><f t="dataTable" ref="G2:G3" r1="A1"/><v>2</v></c></row><row r="3"><c r="G3"><v>2</v></c></row>'
)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("A1", "formula-cell"),
        ("B1", "shared-formula"),
        ("B2", "formula-cell"),
        ("C1", "array-formula"),
        ("C2", "spilled-cell"),
        ("C3", "spilled-cell"),
        ("D1", "array-formula"),
        ("E1", "rich-value"),
        ("F1", "cell-extension"),
        ("G2", "data-table"),
        ("G3", "data-table"),
    ],
)
def test_formulas_and_what_they_fill_are_never_overwritten(tmp_path, cell, expected):
    assert refusal(part_book(tmp_path / "b.xlsx", FORMULAS), CellEdit("S", cell, 7)) == expected


def test_low_level_refusals_have_their_codes(book, tmp_path):
    assert refusal(book, CellEdit("没有", "A1", 1)) == "unknown-sheet"
    for cell in ("A0", "1A", "XFE1", "A1048577", "A1:B2", ""):
        assert refusal(book, CellEdit("S", cell, 1)) == "bad-address"
    assert refusal(book, CellEdit("S", "A1", "x" * 32768)) == "text-too-long"
    assert refusal(book, CellEdit("S", "A1", "😀" * 16384)) == "text-too-long"
    for value in (float("nan"), float("inf"), 2**53 + 1, "\ud800"):
        assert refusal(book, CellEdit("S", "A1", value)) == "bad-value"
    signed = part_book(tmp_path / "s.xlsx", ROW, strings=STRINGS, extra={"_xmlsignatures/origin.sigs": "x"})
    assert refusal(signed, CellEdit("S", "A1", 1)) == "signed"


def test_merged_cells_may_only_be_written_at_their_top_left(tmp_path):
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData/><mergeCells><mergeCell ref="B2:C3"/></mergeCells></worksheet>'
    book = part_book(tmp_path / "b.xlsx", sheet, rows_only=False)
    assert refusal(book, CellEdit("S", "C3", 1)) == "merged-cell"
    assert apply(book, edits(B2=1)).changed


def test_a_sheet_in_another_encoding_or_with_a_dtd_is_refused(book):
    parts = parts_of(book)
    name = "xl/worksheets/sheet1.xml"
    zip_of(book, parts | {name: b'<?xml version="1.0" encoding="gbk"?>' + parts[name]})
    assert refusal(book, CellEdit("S", "A1", 1)) == "encoding"
    zip_of(book, parts | {name: b"<!DOCTYPE a>" + parts[name]})
    assert refusal(book, CellEdit("S", "A1", 1)) == "document-type"
    zip_of(book, parts | {name: parts[name].replace(b"</row>", b"")})
    assert refusal(book, CellEdit("S", "A2", 1)) == "bad-xml"


@pytest.mark.parametrize(
    ("is_1904", "value", "expected"),
    [
        (False, dt.date(2026, 3, 2), "46083"),
        (False, dt.date(1900, 3, 1), "61"),
        (False, dt.date(1900, 2, 28), "59"),
        (False, dt.date(1900, 1, 1), "1"),
        (False, dt.datetime(2026, 3, 2, 12), "46083.5"),
        (True, dt.date(2026, 3, 2), "44621"),
        (True, dt.date(1904, 1, 1), "0"),
    ],
)
def test_dates_are_day_numbers_of_the_workbooks_own_system(tmp_path, is_1904, value, expected):
    properties = '<workbookPr date1904="1"/>' if is_1904 else ""
    book = part_book(tmp_path / "b.xlsx", '<row r="1"><c r="A1" s="1"/></row>', workbook=properties)
    written = apply(book, edits(A1=value))
    assert f'<c r="A1" s="1"><v>{expected}</v></c>' in sheet_of(written.data)
    book.write_bytes(written.data)
    assert not apply(book, edits(A1=value)).changed


def test_dates_need_a_date_cell_and_a_day_that_excel_knows(book, tmp_path):
    assert refusal(book, CellEdit("S", "B2", dt.date(2026, 3, 2))) == "not-date-cell"
    assert refusal(book, CellEdit("S", "A9", dt.date(2026, 3, 2))) == "not-date-cell"
    dated = part_book(tmp_path / "d.xlsx", '<row r="1"><c r="A1" s="1"/></row>')
    assert refusal(dated, CellEdit("S", "A1", dt.date(1899, 12, 31))) == "date-out-of-range"
    with_zone = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
    assert refusal(dated, CellEdit("S", "A1", with_zone)) == "bad-value"


def test_a_fault_in_a_row_that_is_not_edited_is_the_workbooks_not_ours(tmp_path):
    rows = '<row r="1"><c r="A1"/></row><row r="2"><c r="A2"><v>1</c></row><row r="3"/>'
    assert refusal(part_book(tmp_path / "b.xlsx", rows), CellEdit("S", "A1", 1)) == "bad-xml"


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/worksheets/sheet1.xml", 's="2"', 's="two"'),
        ("xl/worksheets/sheet1.xml", 'r="D2"', 'r="D"'),
        ("xl/worksheets/sheet1.xml", 'row r="2"', 'row r="2nd"'),
        ("xl/styles.xml", 'numFmtId="14"', 'numFmtId=""'),
    ],
)
def test_attributes_that_make_no_sense_are_refused(tmp_path, part, old, new):
    book = part_book(tmp_path / "b.xlsx", '<row r="2"><c r="B2" s="2"><v>28</v></c><c r="D2" s="1"/></row>')
    parts = parts_of(book)
    assert old in parts[part].decode()
    zip_of(book, parts | {part: parts[part].decode().replace(old, new).encode()})
    assert refusal(book, CellEdit("S", "B2", dt.date(2026, 1, 1))) == "bad-xml"


def test_a_column_element_of_a_drawing_is_not_a_column_of_the_sheet(tmp_path):
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData/><controls xmlns:x="d"><x:col>2</x:col></controls></worksheet>'
    assert apply(part_book(tmp_path / "b.xlsx", sheet, rows_only=False), edits(A1=1)).changed


def test_an_address_that_is_no_text_is_refused(tmp_path):
    book = part_book(tmp_path / "b.xlsx", FORMULAS)
    parts = parts_of(book)
    name = "xl/worksheets/sheet1.xml"
    zip_of(book, parts | {name: parts[name].replace(b'ref="C1:C3"', b'ref="C1:C\xe3"')})
    assert refusal(book, CellEdit("S", "A9", 1)) == "bad-xml"


def test_a_workbook_with_a_damaged_part_is_not_copied(tmp_path):
    book = table_book(tmp_path / "b.xlsx", [["a", "b", None, 1]])
    data = bytearray(book.read_bytes())
    data[data.find(bytes(open_package(book).compressed("xl/theme/theme1.xml"))) + 200] ^= 1
    book.write_bytes(data)
    with pytest.raises(WorkbookError) as caught:
        apply(book, [CellEdit("Tasks", "H1", 1)])
    assert caught.value.code == "damaged"


def test_edits_that_undo_each_other_change_nothing(book, tmp_path):
    made = [CellEdit("S", "B2", 29), Marks("S", {}), CellEdit("S", "B2", 28)]
    written = apply(book, made)
    assert (written.changed, written.data) == (False, book.read_bytes())


def test_a_table_header_keeps_its_text(tmp_path):
    book = table_book(tmp_path / "b.xlsx", [["a", "b", None, 1]])
    assert refusal(book, CellEdit("Tasks", "B3", "other")) == "header-cell"
    assert not apply(book, [CellEdit("Tasks", "B3", "id")]).changed


def test_only_a_workbook_with_formulas_is_recalculated_when_opened(tmp_path):
    plain = part_book(tmp_path / "p.xlsx", ROW, strings=STRINGS)
    assert apply(plain, edits(A1=1)).parts == ("xl/worksheets/sheet1.xml",)
    formulas = part_book(tmp_path / "f.xlsx", FORMULAS)
    written = apply(formulas, edits(A9=1))
    assert set(written.parts) == {"xl/worksheets/sheet1.xml", "xl/workbook.xml"}
    assert parts_of(written.data)["xl/workbook.xml"].endswith(b'</sheets><calcPr fullCalcOnLoad="1"/></workbook>')
    formulas.write_bytes(written.data)
    assert apply(formulas, edits(A9=2)).parts == ("xl/worksheets/sheet1.xml",)


def test_a_protected_sheet_is_written_and_noted(tmp_path):
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData/><sheetProtection sheet="1"/></worksheet>'
    written = apply(part_book(tmp_path / "b.xlsx", sheet, rows_only=False), edits(A1=1))
    assert written.cells == {"S": ("A1",)}
    assert "“S”" in written.notices[0].zh


def test_of_two_edits_to_a_cell_the_later_counts(book):
    assert '<c r="B2" s="2"><v>2</v></c>' in sheet_of(apply(book, [*edits(B2=1), *edits(B2=2)]).data)


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**9), 10**9),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40),
    st.decimals(-(10**6), 10**6, places=4),
)


@settings(max_examples=120, deadline=None)
@given(st.dictionaries(st.tuples(st.integers(1, 8), st.integers(1, 6)), VALUES, min_size=1, max_size=25))
def test_what_is_written_is_read_back_and_writing_it_again_changes_nothing(tmp_path_factory, wanted):
    path = tmp_path_factory.getbasetemp() / "law.xlsx"
    part_book(path, ROW, strings=STRINGS)
    made = [CellEdit("S", address(*place), value) for place, value in wanted.items()]
    path.write_bytes(apply(path, made).data)
    assert not apply(path, made).changed
    (sheet,) = read(path).sheets
    found = {
        (sheet.first_row + row, sheet.first_column + column): value
        for row, cells in enumerate(sheet.rows)
        for column, value in enumerate(cells)
    }
    for place, value in wanted.items():
        expected = float(value) if isinstance(value, Decimal) else value if value != "" else None
        assert found.get(place) == expected, (place, value)


@pytest.mark.parametrize("seed", range(12))
def test_many_random_edits_change_no_other_cell_and_no_other_part(tmp_path, seed):
    chance = random.Random(seed)
    rows = [
        [f"T-{number}", chance.choice(["甲", "乙", None]), dt.date(2026, 1, 1 + number % 28), number / 4]
        for number in range(40)
    ]
    path = table_book(tmp_path / "b.xlsx", rows)
    wanted = {}
    for _ in range(25):
        row, column = chance.randrange(1, 60), chance.choice([1, 2, 3, 5, 6, 30])
        if not (row == 3 and 2 <= column <= 5):
            wanted[row, column] = chance.choice([None, "x", "=A1", 7, 7.25, True, chance.random()])
    written = apply(
        path, [CellEdit("Tasks", address(*place), value) for place, value in wanted.items()], tmp_path / "o.xlsx"
    )
    before, after = (openpyxl.load_workbook(file, rich_text=True)["Tasks"] for file in (path, tmp_path / "o.xlsx"))
    for row in range(1, 62):
        for column in range(1, 32):
            old, new = before.cell(row, column), after.cell(row, column)
            assert new.value == wanted.get((row, column), old.value), (row, column)
            if (row, column) not in wanted:
                assert (new.data_type, new.number_format) == (old.data_type, old.number_format)
    old_parts, new_parts = parts_of(path), parts_of(tmp_path / "o.xlsx")
    assert list(old_parts) == list(new_parts)
    assert {name for name in old_parts if old_parts[name] != new_parts[name]} == set(written.parts)
    assert set(written.parts) <= {"xl/worksheets/sheet1.xml", "xl/workbook.xml"}
    old_package, new_package = open_package(path), open_package(tmp_path / "o.xlsx")
    for name in old_package.names():
        if name not in written.parts:
            assert old_package.compressed(name) == new_package.compressed(name)
    assert zipfile.ZipFile(tmp_path / "o.xlsx").testzip() is None


@pytest.mark.parametrize("seed", range(80))
def test_a_damaged_workbook_is_refused_or_written_without_harm(tmp_path, seed):
    chance = random.Random(seed)
    path = table_book(tmp_path / "b.xlsx", [["a", "b", None, 1]])
    data = bytearray(path.read_bytes())
    for _ in range(chance.randrange(1, 4)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)
    try:
        written = apply(path, [CellEdit("Tasks", "C4", "new")])
    except (WorkbookError, WriteRefusedError):
        return
    path.write_bytes(written.data)
    assert not apply(path, [CellEdit("Tasks", "C4", "new")]).changed


def test_microsofts_validator_finds_nothing_wrong(tmp_path, ooxml_validator):
    path = table_book(tmp_path / "b.xlsx", [["a", "b", dt.date(2026, 1, 2), 1]])
    made = [
        CellEdit("Tasks", "A1", " 文字 <&>"),
        CellEdit("Tasks", "Z99", 1.5),
        CellEdit("Tasks", "D4", dt.date(2026, 5, 5)),
        CellEdit("Other", "A1", None),
        CellEdit("Other", "B7", True),
    ]
    apply(path, made, tmp_path / "o.xlsx")
    assert ooxml_validator(tmp_path / "o.xlsx") == []

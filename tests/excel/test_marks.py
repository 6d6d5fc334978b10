"""Marks on cells: conditional formats of our own that never touch styles and always are the complete set."""

from __future__ import annotations

import random
import re

import openpyxl
import pytest

from automation.base.errors import WriteRefusedError
from automation.base.findings import Severity
from automation.excel.marks import COLOURS, runs
from automation.excel.writer import apply
from automation.model.effects import Marks
from tests.excel.books import MAIN, part_book, parts_of, sheet_of, table_book, zip_of

BLOCK = re.compile(
    r'<conditionalFormatting sqref="([^"]*)"><cfRule type="expression" dxfId="(\d+)" priority="(\d+)">'
    r'<formula>N\("deliverybook:(\w+)"\)=0</formula></cfRule></conditionalFormatting>'
)
OTHER = (
    '<conditionalFormatting sqref="A1:A9"><cfRule type="cellIs" priority="{}" operator="equal"><formula>1</formula></cfRule>'
    "</conditionalFormatting>"
)


def whole(*after, before=""):
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData/>{"".join(after)}</worksheet>'


def marked(path, cells):
    path.write_bytes(apply(path, [Marks("S", cells)]).data)
    return BLOCK.findall(sheet_of(path))


@pytest.fixture
def book(tmp_path):
    return part_book(tmp_path / "b.xlsx", whole(), rows_only=False)


def test_a_styles_part_that_holds_nothing_is_refused(book):
    zip_of(book, parts_of(book) | {"xl/styles.xml": f'<styleSheet xmlns="{MAIN}"/>'})
    with pytest.raises(WriteRefusedError) as caught:
        marked(book, {"A1": Severity.HIGH})
    assert caught.value.code == "no-styles"


def test_each_severity_has_one_block_and_neighbours_are_merged(book):
    cells = {"B2": Severity.HIGH, "A1": Severity.HIGH, "A2": Severity.HIGH, "B1": Severity.HIGH, "C9": Severity.ERROR}
    assert marked(book, cells) == [("C9", "0", "1", "error"), ("A1:B2", "1", "2", "high")]


def test_the_fills_are_those_of_the_severities(book):
    marked(book, {f"A{severity.value}": severity for severity in Severity})
    rules = openpyxl.load_workbook(book)["S"].conditional_formatting
    found = {str(item.sqref): item.rules[0].dxf.fill.bgColor.rgb for item in rules}
    assert found == {f"A{severity.value}": f"FF{COLOURS[severity]}" for severity in Severity}
    assert {code: COLOURS[Severity[code.upper()]] for code in ("error", "high", "medium", "low", "reminder")} == {
        "error": "FFC7CE",
        "high": "FFD8B0",
        "medium": "FFF2CC",
        "low": "DDEBF7",
        "reminder": "E2F0D9",
    }


def test_the_same_marks_again_change_no_byte(book):
    cells = {"B2": Severity.HIGH, "C2": Severity.LOW}
    marked(book, cells)
    written = apply(book, [Marks("S", dict(reversed(cells.items())))])
    assert written.data == book.read_bytes()


def test_new_marks_replace_the_old_and_none_take_them_away(book):
    clean = sheet_of(book)
    marked(book, {"B2": Severity.HIGH})
    styles = parts_of(book)["xl/styles.xml"]
    assert marked(book, {"C3": Severity.HIGH}) == [("C3", "0", "1", "high")]
    assert parts_of(book)["xl/styles.xml"] == styles
    assert marked(book, {}) == []
    assert sheet_of(book) == clean
    assert not apply(book, [Marks("S", {})]).changed


def test_the_users_formats_stay_behind_ours(tmp_path):
    book = part_book(tmp_path / "b.xlsx", whole(OTHER.format(1), OTHER.format(2)), rows_only=False)
    found = marked(book, {"A1": Severity.HIGH, "A2": Severity.LOW})
    assert [priority for *_, priority, _ in found] == ["1", "2"]
    assert re.findall(r'type="cellIs" priority="(\d+)"', sheet_of(book)) == ["9", "10"]
    marked(book, {f"A{severity.value}": severity for severity in Severity})
    assert re.findall(r'type="cellIs" priority="(\d+)"', sheet_of(book)) == ["9", "10"]
    priorities = re.findall(r'priority="(\d+)"', sheet_of(book))
    assert len(priorities) == len(set(priorities)) == 7


def test_the_largest_priority_and_the_look_of_the_xml_are_kept(tmp_path):
    first, last = OTHER.format(1).replace(" priority", "\n  priority"), OTHER.format(2**31 - 1)
    book = part_book(tmp_path / "b.xlsx", whole(first, last), rows_only=False)
    marked(book, {"A1": Severity.HIGH})
    assert re.findall(r'type="cellIs"(\s+)priority="(\d+)"', sheet_of(book)) == [("\n  ", "9"), (" ", "10")]


def test_blocks_stand_where_the_format_demands_it(tmp_path):
    before, after = '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>', '<pageMargins left="1"/>'
    book = part_book(tmp_path / "b.xlsx", whole(before, after), rows_only=False)
    marked(book, {"A2": Severity.LOW})
    assert re.search(r"</mergeCells><conditionalFormatting .*</conditionalFormatting><pageMargins", sheet_of(book))


def test_prefixed_sheets_get_prefixed_blocks(tmp_path):
    book = part_book(tmp_path / "b.xlsx", "", prefix="x")
    book.write_bytes(apply(book, [Marks("S", {"A2": Severity.LOW})]).data)
    assert '<x:formula>N("deliverybook:low")=0</x:formula></x:cfRule></x:conditionalFormatting>' in sheet_of(book)
    assert not apply(book, [Marks("S", {"A2": Severity.LOW})]).changed


def test_long_lists_are_cut_into_blocks(book):
    cells = {f"{letter}{row}": Severity.LOW for letter in "ACEG" for row in range(1, 1000, 2)}
    found = marked(book, cells)
    assert len(found) > 2
    assert all(len(sqref) <= 4000 for sqref, *_ in found)
    assert sorted(" ".join(sqref for sqref, *_ in found).split()) == sorted(cells)


def test_no_cell_and_no_style_of_a_cell_is_touched(tmp_path):
    book = table_book(tmp_path / "b.xlsx", [["a", "b", None, 1]])
    before = parts_of(book)
    written = apply(book, [Marks("Tasks", {"B4": Severity.HIGH, "Z99": Severity.LOW})])
    after = parts_of(written.data)
    assert {name for name in before if before[name] != after[name]} == {"xl/worksheets/sheet1.xml", "xl/styles.xml"}
    data = [
        re.search(rb"<sheetData>.*</sheetData>", parts["xl/worksheets/sheet1.xml"]).group() for parts in (before, after)
    ]
    assert data[0] == data[1]
    outside = [re.sub(rb"<dxfs.*</dxfs>", b"", parts["xl/styles.xml"]) for parts in (before, after)]
    assert outside[0] == outside[1]
    assert written.cells == {}


def test_a_wrong_address_is_refused(book):
    with pytest.raises(WriteRefusedError) as caught:
        apply(book, [Marks("S", {"2B": Severity.LOW})])
    assert caught.value.code == "bad-address"


@pytest.mark.parametrize("seed", range(30))
def test_runs_cover_the_cells_exactly_and_never_overlap(seed):
    chance = random.Random(seed)
    places = {(chance.randrange(1, 9), chance.randrange(1, 7)) for _ in range(chance.randrange(1, 40))}
    covered = [
        (row, column)
        for area in runs(places)
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
    ]
    assert sorted(covered) == sorted(places)

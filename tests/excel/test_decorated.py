"""Our own workbook with everything office staff add to it, through every command that writes: nothing of theirs changes.

Each step's copy is compared part by part with the one before (``compare``, which shares no code with the writer).
"""

from __future__ import annotations

import contextlib
import io
import re
import warnings
from functools import cache
from typing import NamedTuple

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from automation.excel.package import open_package
from automation.excel.writer import apply
from automation.front import demo, library
from automation.front.cli import main
from automation.model.effects import AppendRows, CellEdit
from automation.model.tables import column_letters
from tests.excel import compare
from tests.excel.decorations import MACRO, OWN_COLUMN, OWN_NAME, decorate, sheet_parts, table_sheet

PLAN = "计划"
OWNED = {"检查结果", "日志"}
"""Sheets whose rows are the program's own."""
BASELINE = {"基线开始", "基线完成", "进度基线日期", "状态"}
COLUMNS = len(library.Library().catalogue().sheets["plan"].columns)
LAST, OWN, BESIDE = (column_letters(COLUMNS + further) for further in range(3))
"""The last column of the plan, the company's own after it, and one outside of the table."""
REPAIRED = ("AD10", f"{BESIDE}10")
STEPS = (
    ("reschedule", "--status-date", "2026-03-02"),
    ("baseline", "--status-date", "2026-03-02"),
    ("forecast", "--status-date", "2026-06-12"),
    ("check", "--write"),
    ("repair",),
    ("baseline", "--change", "CHG-001"),
    ("check", "--write"),
)
THEIRS = (
    "xl/vbaProject.bin",
    "xl/worksheets/sheet90.xml",
    "xl/pivotTables/pivotTable90.xml",
    "xl/pivotCache/pivotCacheDefinition90.xml",
    "xl/pivotCache/pivotCacheRecords90.xml",
    "xl/slicers/slicer90.xml",
    "xl/slicerCaches/slicerCache90.xml",
    "xl/threadedComments/threadedComment90.xml",
    "xl/persons/person.xml",
    "xl/comments90.xml",
    "xl/drawings/drawing90.xml",
    "xl/drawings/vmlDrawing90.vml",
    "xl/drawings/vmlDrawing91.vml",
    "xl/ctrlProps/ctrlProp90.xml",
    "xl/media/image90.png",
)
ON_THE_SHEET = (
    '<cfRule type="colorScale" ',
    '<cfRule type="containsText" ',
    "&amp;C&amp;G",
    "<drawing r:id=",
    "<legacyDrawing r:id=",
    "<legacyDrawingHF r:id=",
    "<controls>",
    "<x14:sparklineGroups ",
    "<x14:slicerList ",
)


class Step(NamedTuple):
    """One command: its words, the workbook before and after."""

    words: tuple[str, ...]
    before: bytes
    after: bytes


def call(*words):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = main([*map(str, words), "--format", "json"])
    assert code in {0, 1}, out.getvalue()


@pytest.fixture(scope="module")
def decorated(tmp_path_factory):
    """The demonstration workbook with everything added, one cell of the plan typed with a blank too many."""
    folder = tmp_path_factory.mktemp("decorated")
    rows = library.demo_rows()
    demo.build(folder / "plain.xlsx", library.Library().catalogue(), "zh", rows)
    path = decorate(folder / "plain.xlsx", folder / "book.xlsm", PLAN)
    apply(path, [CellEdit(PLAN, "AD10", " 进行中 "), CellEdit(PLAN, f"{OWN}10", "自己的话")], path)
    return path


@pytest.fixture(scope="module")
def steps(decorated):
    """Every command in turn on the one workbook."""
    made = []
    path = decorated.with_name("worked.xlsm")
    path.write_bytes(decorated.read_bytes())
    for words in STEPS:
        before = path.read_bytes()
        call(words[0], path, *words[1:])
        made.append(Step(words, before, path.read_bytes()))
    return made


@cache
def cells(data):
    """The value of every cell, by sheet and address, as calamine finds them."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    found = {}
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        top, left = sheet.start or (0, 0)
        for down, row in enumerate(sheet.to_python(), start=top + 1):
            for across, value in enumerate(row, start=left + 1):
                if value != "":
                    found[name, f"{compare.letters(across)}{down}"] = value
    return found


def touched(before, after):
    """The addresses that differ, by sheet."""
    old, new = cells(before), cells(after)
    found = {}
    for sheet, address in old.keys() | new.keys():
        if old.get((sheet, address)) != new.get((sheet, address)):
            found.setdefault(sheet, set()).add(address)
    return found


def test_the_decorated_workbook_is_valid_and_has_everything(decorated, ooxml_validator):
    parts = compare.unpacked(decorated.read_bytes())
    assert set(THEIRS) <= set(parts)
    xml = parts[table_sheet(parts, PLAN).part].decode()
    assert [text for text in ON_THE_SHEET if text not in xml] == []
    assert ooxml_validator(decorated) == []


def test_every_step_writes_something(steps):
    assert [step.words[0] for step in steps if step.before == step.after] == []


@pytest.mark.parametrize("number", range(len(STEPS)), ids=[" ".join(words) for words in STEPS])
def test_nothing_of_theirs_changes(steps, number):
    step = steps[number]
    changed = touched(step.before, step.after)
    parts = sheet_parts(compare.unpacked(step.before))
    found = []
    before, after = compare.unpacked(step.before), compare.unpacked(step.after)
    old_raw, new_raw = compare.packed(step.before), compare.packed(step.after)
    assert list(before) == list(after)
    names = {part: name for name, part in parts.items()}
    tables = {table_sheet(before, name).table for name in OWNED}
    for part in before:
        if old_raw[part] == new_raw[part] or part in tables:
            continue
        name = names.get(part)
        if part == "xl/workbook.xml":
            found += (
                []
                if compare.CALCULATION.sub(b"", before[part]) == compare.CALCULATION.sub(b"", after[part])
                else [part]
            )
        elif part == "xl/styles.xml":
            found += compare.styles_collateral(part, before[part], after[part])
        elif name in OWNED:
            found += owned(part, before[part], after[part])
        elif name:
            found += compare.sheet_collateral(part, before[part], after[part], changed.get(name, set()), marked=True)
        else:
            found.append(part)
    assert found == []
    assert not set(THEIRS) & {part for part in before if old_raw[part] != new_raw[part]}


def owned(part, old, new):
    """What differs on a sheet of the program's own outside its rows, links and ranges."""
    data = re.compile(rb"(?s)<sheetData.*</sheetData>|<hyperlinks>.*</hyperlinks>|<dimension [^>]*>")
    one, other = (compare.RANGES.sub(b"", data.sub(b"", compare.OUR_MARK.sub(b"", xml))) for xml in (old, new))
    return [] if one == other else [part]


def test_only_columns_that_are_computed_are_written_and_no_cell_of_theirs(steps):
    catalogue = library.Library().catalogue()
    computed = {
        sheet.label.zh: {column.label.zh for column in sheet.columns if column.need == "computed"}
        for sheet in catalogue.sheets.values()
    }
    for step in steps:
        after = cells(step.after)
        for sheet, addresses in touched(step.before, step.after).items():
            if sheet in OWNED or sheet == "看板":
                continue
            headers = {after[sheet, re.sub(r"\d+", "1", address)] for address in addresses}
            allowed = computed[sheet] | (BASELINE if step.words[0] in {"baseline", "repair"} else set())
            assert headers <= allowed, (step.words, sheet, headers - allowed)
            assert OWN_COLUMN not in headers


def test_what_they_put_on_the_sheet_stands_there_byte_for_byte(steps):
    first, last = (compare.unpacked(data) for data in (steps[0].before, steps[-1].after))
    part = table_sheet(first, PLAN).part
    tail = re.compile(rb"(?s)<printOptions.*")
    assert tail.search(first[part])[0] == tail.search(last[part])[0]
    for text in ON_THE_SHEET:
        assert last[part].count(text.encode()) == first[part].count(text.encode())
    assert last["xl/vbaProject.bin"].startswith(MACRO)


def test_the_worked_workbook_is_still_valid_and_opens_elsewhere(steps, tmp_path, ooxml_validator, libreoffice):
    path = tmp_path / "worked.xlsm"
    path.write_bytes(steps[-1].after)
    assert ooxml_validator(path) == []
    assert openpyxl_cell(path, PLAN, f"{OWN}3") == "乙 <&>"
    assert cells(libreoffice(path, to="xlsx").read_bytes())[PLAN, f"{OWN}3"] == "乙 <&>"


def openpyxl_cell(path, sheet, address):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(path, keep_vba=True)[sheet][address].value


def test_the_same_command_again_leaves_the_file_alone(steps, tmp_path):
    path = tmp_path / "again.xlsm"
    path.write_bytes(steps[-1].after)
    call("check", path, "--write")
    assert path.read_bytes() == steps[-1].after


@pytest.fixture(scope="module")
def grown(steps, tmp_path_factory):
    """The workbook before and after two rows under the plan's table."""
    path = tmp_path_factory.mktemp("grown") / "book.xlsm"
    path.write_bytes(steps[-1].after)
    rows = ({1: "T-901", 5: "新任务"}, {1: "T-902", 5: "再一个"})
    return steps[-1].after, apply(path, [AppendRows(PLAN, rows)]).data


class TestNewRows:
    """Rows added under the plan's table, beside a column, a print area and a name of theirs."""

    def test_no_part_changes_but_the_sheet_its_table_and_the_names(self, grown):
        before, after = grown
        raw, raw_after = compare.packed(before), compare.packed(after)
        sheet = table_sheet(compare.unpacked(before), PLAN)
        assert list(raw) == list(raw_after)
        assert {part for part in raw if raw[part] != raw_after[part]} == {sheet.part, sheet.table, "xl/workbook.xml"}

    def test_the_sheet_beyond_the_new_rows_stays(self, grown):
        before, after = (compare.unpacked(data) for data in grown)
        sheet = table_sheet(before, PLAN)
        assert {re.sub("[A-Z]", "", address) for address in touched(*grown)[PLAN]} == {"52", "53"}
        styled = {f"{column}{row}" for row in (52, 53) for column in map(compare.letters, range(1, COLUMNS + 2))}
        one, other = (compare.RANGES.sub(b"", compare.without(xml[sheet.part], styled)) for xml in (before, after))
        assert one == other

    def test_the_table_the_print_area_and_the_name_reach_the_new_rows(self, grown):
        before, after = (compare.unpacked(data) for data in grown)
        table = table_sheet(before, PLAN).table
        assert after[table] == before[table].replace(f"A1:{OWN}51".encode(), f"A1:{OWN}53".encode())
        book = before["xl/workbook.xml"].decode()
        expected = book.replace(f"!$A$1:${LAST}$51<", f"!$A$1:${LAST}$53<").replace("!$E$2:$E$51<", "!$E$2:$E$53<")
        assert after["xl/workbook.xml"].decode() == expected != book
        assert f"name=\"{OWN_NAME}\">'{PLAN}'!$E$2:$E$53<" in expected

    def test_it_is_valid(self, grown, tmp_path, ooxml_validator):
        path = tmp_path / "grown.xlsm"
        path.write_bytes(grown[1])
        assert ooxml_validator(path) == []
        assert len(open_package(path).sheets()) == len(library.Library().catalogue().sheets) + 2

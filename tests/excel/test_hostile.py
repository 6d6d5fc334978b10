"""Every small bad file of the collection: refused with its code, or read with what is wrong among the findings.

The big ones, and the whole way through ``deliverybook check`` with time and memory, are measured by ``bench/hostile.py``.
"""

from __future__ import annotations

import html
import re
from datetime import date

import pytest

from automation.base.errors import WorkbookError
from automation.checks.registry import checked
from automation.excel.package import open_package
from automation.excel.reader import read
from automation.excel.writer import edited
from automation.front import demo, library
from automation.model.effects import AppendRows, CellEdit, ReplaceRows
from automation.model.project import build
from tests.excel.books import parts_of
from tests.excel.hostile_cells import CASES, INJECTIONS
from tests.excel.hostile_files import Book
from tests.tables import catalogue

REFUSED = {
    "damaged": "truncated-1 truncated-2 zeroed target-outside no-book-rels no-sheet no-strings negative-string bad-string "
    "string-count row-zero odd-type open-tag open-strings bad-utf8 no-styles",
    "bad-xml": "laughs-late laughs-late-styles open-workbook deep-workbook",
    "empty-file": "empty",
    "html": "html",
    "csv": "csv csv-gbk",
    "text": "text",
    "not-workbook": "noise",
    "old-xls": "old-xls",
    "encrypted": "password zip-password",
    "binary-workbook": "xlsb",
    "word-file": "docx",
    "powerpoint-file": "pptx",
    "open-document": "ods",
    "no-workbook": "no-types wrong-types no-rels no-workbook",
    "no-sheets": "no-sheets",
    "duplicate-entry": "twice",
    "unsafe-name": "traversal absolute backslash drive",
    "too-big": "many-parts",
    "document-type": "laughs-sheet laughs-strings laughs-styles laughs-workbook laughs-types quadratic xxe-file xxe-web xxe-parameter",
    "encoding": "utf16-sheet utf16-strings gbk-strings",
    "far-cell": "far far-column far-row far-spaces far-no-row far-first wide-band",
    "too-much": "far-quotes far-lower far-beyond far-column-beyond",
    "NOT_OURS": "not-ours",
}
CODES = {name: code for code, names in REFUSED.items() for name in names.split()}
FOUND = {
    "no-values": "V01",
    "long-text": "V02",
    "nan": "V02",
    "infinite": "V02",
    "huge-number": "V02",
    "not-number": "V02",
    "number-text": "V02",
    "errors": "V02",
    "date-negative": "V02",
    "date-zero": "V02",
    "date-beyond": "V02",
    "date-absurd": "V02",
    "date-iso-bad": "V02",
    "header-twice": "V04",
    "header-merged": "V01",
    "header-gone": "V01",
    "header-changed": "V01",
    "renamed": "V01",
    "renamed-odd": "V01",
    "name-twice": "V04",
    "cell-order": "V02",
}
"""The rule of a finding that the good workbook has not."""
SAME = [
    "trailing",
    "leading",
    "sheet-type",
    "strict",
    "many-attributes",
    "dimension",
    "dimension-small",
    "hidden",
    "ranges",
    "renamed-english",
    "columns-moved",
    "header-moved",
    "date-iso",
    "deep-styles",
    "injection",
    "controls",
]
"""Files that read like the good workbook: same number of rows and the same findings."""
SMALL = [case for case in CASES if not case.big]


@pytest.fixture(scope="session")
def good(tmp_path_factory):
    """The demonstration workbook before any command has run on it."""
    path = tmp_path_factory.mktemp("good") / "good.xlsx"
    demo.build(path, catalogue(), "zh", library.demo_rows())
    return path


@pytest.fixture(scope="session")
def book(good):
    return Book(good)


def findings(path):
    """The findings on a workbook by rule, sheet, key and column, and the number of its requirements."""
    project, notes = build(read(path), catalogue())
    found = checked(project, catalogue(), date(2026, 6, 12)).findings
    places = {(one.rule, one.place.sheet, one.place.key, one.place.column) for one in (*notes, *found)}
    return places, len(project.tables["requirements"])


def outcome(path):
    """The refusal of a workbook, or its findings."""
    try:
        return None, findings(path)
    except WorkbookError as error:
        return error, None


@pytest.fixture(scope="session")
def of_good(good):
    return findings(good)


@pytest.mark.parametrize("case", SMALL, ids=[case.name for case in SMALL])
def test_a_bad_file_is_refused_with_its_code_or_read_with_findings(case, book, of_good, tmp_path):
    path = tmp_path / f"{case.name}.xlsx"
    path.write_bytes(case.make(book))
    refusal, read_in = outcome(path)
    if refusal is not None:
        assert refusal.code == CODES.get(case.name) or case.name.startswith(("bits", "fuzz")), refusal
        assert "\n" not in refusal.text.zh + refusal.text.en
        return
    assert case.name not in CODES, "was read"
    places, count = read_in
    before, rows = of_good
    if case.name in FOUND:
        assert FOUND[case.name] in {rule for rule, *_ in places - before}
    elif case.name in SAME or case.name.startswith("bits"):
        assert (places, count) == (before, rows)


def test_no_case_is_listed_that_does_not_exist():
    names = {case.name for case in CASES}
    assert {*CODES, *FOUND, *SAME} <= names
    assert len(names) == len(CASES)


VALUES = [text.replace("&quot;", '"') for text in INJECTIONS]


def formulas(data):
    """Texts of all formulas in the worksheets."""
    sheets = (content for name, content in parts_of(data).items() if name.startswith("xl/worksheets/sheet"))
    return [formula for content in sheets for formula in re.findall(rb"<f[^>]*>([^<]*)</f>", content)]


class TestTextIsNeverAFormula:
    def test_when_a_cell_is_written(self, good):
        name = catalogue().sheets["requirements"].label.zh
        edits = [CellEdit(name, f"C{row}", value) for row, value in enumerate(VALUES, start=2)]
        self.check(good, edited(open_package(good), edits).data)

    def test_when_rows_are_added(self, good):
        name = catalogue().sheets["requirements"].label.zh
        rows = tuple({1: f"REQ-9{number:02}", 3: value} for number, value in enumerate(VALUES))
        self.check(good, edited(open_package(good), [AppendRows(name, rows)]).data)

    def test_when_findings_quote_it(self, good):
        sheet = catalogue().sheets["findings"]
        width = len(sheet.columns)
        rows = tuple(tuple([value] * width) for value in VALUES)
        self.check(good, edited(open_package(good), [ReplaceRows(sheet.label.zh, rows)]).data)

    def check(self, good, data):
        assert formulas(data) == formulas(good.read_bytes())
        content = b"".join(parts_of(data).values()).decode("utf-8", "replace")
        assert "<t>=1+1</t>" in content

    def test_when_a_workbook_is_built(self, tmp_path):
        rows = dict(library.demo_rows())
        rows["projects"] = [{**rows["projects"][0], "name": '=1+1"&EVIL()&"'}]
        rows["customers"] = [{**row, "name": '"&EVIL()&"'} for row in rows["customers"]]
        rows["calendar"] = [{**row, "note": "=EVIL()"} for row in rows["calendar"]]
        demo.build(tmp_path / "b.xlsx", catalogue(), "zh", rows)
        for formula in formulas((tmp_path / "b.xlsx").read_bytes()):
            # The cover's formulas hold the names as they were when it was built, as quoted text.
            outside = re.sub(r'"(?:[^"]|"")*"', "", html.unescape(formula.decode()))
            assert "EVIL" not in outside


def test_a_workbook_that_quotes_formulas_in_its_findings_stays_text(book, tmp_path):
    case = next(case for case in CASES if case.name == "injection")
    path = tmp_path / "b.xlsx"
    path.write_bytes(case.make(book))
    rows = next(sheet.rows for sheet in read(path).sheets if sheet.name == "需求")
    assert [row[2] for row in rows[1:4]] == ["=1+1", "=cmd|'/c calc'!A1", "+1+1"]

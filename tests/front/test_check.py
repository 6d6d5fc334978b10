"""Check, repair and the data checks through the command line, on copies of the demonstration workbook."""

import hashlib
import json
import re
import zipfile

import pytest
import yaml
from python_calamine import CalamineWorkbook

from automation.excel.writer import apply
from automation.front.library import DEMO_DATA, Library
from automation.model.effects import AppendRows
from automation.model.tables import column_letters


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def cell_of(book, sheet, key, header):
    """The address of a column of the row with that key."""
    rows = CalamineWorkbook.from_path(str(book)).get_sheet_by_name(sheet).to_python()
    row = next(number for number, row in enumerate(rows, 1) if row[0] == key)
    return f"{column_letters(rows[0].index(header) + 1)}{row}"


def marked(book):
    """The addresses of all marked cells, whatever the sheet (only single cells and not ranges are looked for)."""
    with zipfile.ZipFile(book) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name]
    blocks = re.findall(r'<conditionalFormatting sqref="([^"]*)">(?:(?!</cond).)*deliverybook:', "".join(sheets))
    return " ".join(blocks).split()


def put(run, book, *cells):
    """Write cells as (sheet, address, value) through the low-level command."""
    wanted = [{"sheet": sheet, "cell": cell, "value": value} for sheet, cell, value in cells]
    path = book.with_suffix(".json")
    path.write_text(json.dumps(wanted), encoding="utf-8")
    assert run("write", book, "--cells", path).exit == 0


class TestTwice:
    def test_second_run_changes_no_byte_and_everything_is_continuing(self, run, book):
        run("check", book, "--write", "--format", "json")
        before, time = digest(book), book.stat().st_mtime_ns
        second = run("check", book, "--write", "--format", "json").json
        assert digest(book) == before
        assert book.stat().st_mtime_ns == time
        assert {one["status"] for one in second["findings"]} == {"continuing"}
        assert second["edits"] == 0

    def test_check_alone_reads_only(self, run, book):
        before, time = digest(book), book.stat().st_mtime_ns
        assert run("check", book).exit == 1
        assert (digest(book), book.stat().st_mtime_ns) == (before, time)

    def test_a_repaired_cause_is_resolved_and_its_mark_goes(self, run, book):
        cell = cell_of(book, "计划", "T-025", "延期原因")
        other = cell_of(book, "计划", "T-025", "纠偏措施")
        put(run, book, ("计划", cell, "技术问题"), ("计划", other, "增派一名工程师"))
        result = run("check", book, "--write", "--format", "json").json
        found = {(one["rule"], one["key"]): one["status"] for one in result["findings"]}
        assert found["PLN-06", "T-025"] == "resolved"
        assert found["PLN-06", "T-026"] == "continuing"
        assert cell not in marked(book)
        assert cell_of(book, "计划", "T-026", "纠偏措施") in marked(book)

    def test_a_waived_finding_stays_waived_with_its_reason(self, run, book):
        rows = CalamineWorkbook.from_path(str(book)).get_sheet_by_name("检查结果").to_python()
        number = next(n for n, row in enumerate(rows, 1) if row[1] == "REQ-05")
        status, reason = (column_letters(rows[0].index(name) + 1) for name in ("状态", "豁免理由"))
        put(run, book, ("检查结果", f"{status}{number}", "已豁免"), ("检查结果", f"{reason}{number}", "客户书面接受"))
        result = run("check", book, "--write", "--format", "json").json
        finding = next(one for one in result["findings"] if one["rule"] == "REQ-05")
        assert finding["status"] == "waived"
        before = digest(book)
        run("check", book, "--write")
        assert digest(book) == before


class TestBadRows:
    """The four spoiled rows of the demonstration's bad copy, all in one workbook."""

    CASES = yaml.safe_load((DEMO_DATA / "bad_rows.yaml").read_text(encoding="utf-8"))
    CATALOGUE = Library().catalogue()

    @pytest.fixture
    def spoiled(self, run, book):
        for case in self.CASES.values():
            sheet = self.CATALOGUE.sheets[case["sheet"]]
            if case["action"] == "change":
                header = sheet.column(case["column"]).label.zh
                put(run, book, (sheet.label.zh, cell_of(book, sheet.label.zh, case["key"], header), case["value"]))
            else:
                row = {sheet.column(name).order: value for name, value in case["row"].items()}
                apply(book, [AppendRows(sheet.label.zh, (row,))], book)
        return book

    def found(self, run, book):
        found = run("check", book, "--format", "json").json["findings"]
        return {one["rule"]: one for one in found if one["rule"].startswith("V0")}

    @pytest.mark.parametrize("rule", ["V02", "V03", "V04", "V05"])
    def test_each_gives_its_finding_at_the_right_cell(self, run, spoiled, rule):
        case = self.CASES[rule]
        finding = self.found(run, spoiled)[rule]
        sheet = self.CATALOGUE.sheets[case["sheet"]]
        key = case.get("key") or case["row"][sheet.key]
        assert (finding["sheet"], finding["key"], finding["column"]) == (case["sheet"], key, case["column"])
        assert finding["severity"] == "error"
        rows = CalamineWorkbook.from_path(str(spoiled)).get_sheet_by_name(sheet.label.zh).to_python()
        column = rows[0].index(sheet.column(case["column"]).label.zh) + 1
        number = max(number for number, row in enumerate(rows, 1) if row[0] == key)
        assert finding["cell"] == f"{column_letters(column)}{number}"

    def test_nothing_else_is_wrong(self, run, spoiled):
        assert set(self.found(run, spoiled)) == {"V02", "V03", "V04", "V05"}

    def test_repairs_are_offered_and_settle_what_can_be_repaired(self, run, spoiled):
        found = self.found(run, spoiled)
        assert {rule: found[rule]["repair"] for rule in self.CASES} == {
            rule: None if case["repair"] is None else str(case["repair"]) for rule, case in self.CASES.items()
        }
        assert self.CASES["V03"]["repair"] in found["V03"]["hint"]
        before = digest(spoiled)
        assert run("repair", spoiled, "--dry-run", "--format", "json").json["edits"] == 2
        assert digest(spoiled) == before
        assert run("repair", spoiled, "--format", "json").json["edits"] == 2
        assert set(self.found(run, spoiled)) == {"V04", "V05"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_messages_come_in_the_language_asked_for(run, book, language):
    text = run("check", book, "--lang", language, "--format", "json").json["findings"][0]["message"]
    assert any("一" <= character <= "鿿" for character in text) or language == "en"

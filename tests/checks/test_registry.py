from __future__ import annotations

import subprocess
import sys

from automation.base.findings import Severity
from automation.checks.registry import check, checked, failed_cells
from tests.checks.books import STATUS_DATE, result
from tests.tables import catalogue

MANY = "requirements\nreq_id | importance\n" + "\n".join(f"REQ-{number:03} | 9" for number in range(1, 31))


def test_the_findings_of_one_column_are_cut_and_the_rest_is_counted():
    found = result(MANY, most=10)
    assert [finding.place.cell for finding in found.findings[:10]] == [f"B{row}" for row in range(2, 12)]
    rest = found.findings[10:]
    assert [(one.rule, one.severity, one.place.cell, one.value) for one in rest] == [("V02", Severity.ERROR, "", 20)]
    assert rest[0].message.zh == "“需求”表的“重要性”列还有 20 个同类问题，没有逐条列出。"
    assert rest[0].message.en == (
        "Column “Importance 1-5” of sheet “需求” has 20 more problems of this kind, not listed here."
    )
    assert rest[0].hint.zh == "请先改正已列出的问题，再重新检查。"
    assert rest[0].hint.en == "Correct those that are listed first, then check again."


def test_exactly_as_many_as_are_named_leave_no_rest():
    assert len(result(MANY, most=30).findings) == 30


def test_failed_cells_are_complete_even_where_findings_are_cut():
    assert result(MANY, most=10).failed == {("requirements", row, "importance") for row in range(2, 32)}


def test_failed_cells_of_findings_are_those_of_errors():
    found = result("requirements\nreq_id | priority | importance | title\nREQ-001 | High | 9 | #REF!")
    cells = failed_cells((*found.read, *found.findings), found.project)
    assert {(row, column) for _, row, column in cells if row > 1} == {(2, "importance"), (2, "title")}
    assert cells >= found.failed


def test_check_gives_the_findings_alone():
    project = result(MANY).project
    assert check(project, catalogue(), STATUS_DATE) == checked(project, catalogue(), STATUS_DATE).findings


def test_findings_keep_their_identity_when_rows_move():
    first = result("requirements\nreq_id | importance\nREQ-001 | 3\nREQ-002 | 9").one()
    second = result("requirements\nreq_id | importance\nREQ-002 | 9\nREQ-001 | 3").one()
    assert (first.place.cell, second.place.cell) == ("B3", "B2")
    assert first.id == second.id


def test_sheets_come_in_order_and_within_a_sheet_rows_before_links_before_contradictions():
    book = """
requirements
req_id | project_id | raised_on | importance
REQ-001 | PRJ-009 | 2026-06-13 | 9
REQ-001 | PRJ-001 | 2026-06-01 | 3

projects
project_id | name
PRJ-001 | -
"""
    assert [rule for rule, _, _ in result(book).cells()] == ["V01", "V02", "V04", "V05", "V06"]


def test_sheets_written_by_commands_are_not_checked_but_calendar_and_permissions_are():
    book = """
projects
project_id
PRJ-001

calendar
date | kind
2026-06-19 | 放假

findings
finding_id | severity
X | 巨大
"""
    assert result(book).cells() == [("V03", "calendar", "B2")]


def test_a_check_loads_no_office_library_and_no_data_frame():
    code = "import sys, automation.checks.registry; print(sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    for name in ("openpyxl", "numpy", "pandas", "xlsxwriter", "docx", "jsonschema"):
        assert f"'{name}'" not in loaded

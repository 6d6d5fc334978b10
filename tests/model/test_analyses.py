"""Where the parts of an analysis sheet stand, as it is built and after people have moved them."""

from __future__ import annotations

from automation.model.analyses import GRID_MARK, analysis_place
from automation.model.project import build
from automation.model.tables import Raw, RawSheet
from tests.analyses import with_sample

HEADER = ["月份", "计划", "实际", "达成率", "等级", "日期", GRID_MARK, "6-01"]
PROJECTS = RawSheet("项目", [["项目编号"]])


def place(rows, **where):
    return analysis_place(RawSheet("走势", rows, **where), with_sample().sheets["trend"])


def test_the_header_is_found_wherever_it_stands():
    found = place([["走势"], ["截至"], HEADER, ["2026-05", 90.0]], first_row=4, first_column=3)
    assert (found.name, found.header_row, found.grid) == ("走势", 6, 10)
    assert found.columns == {"month": 3, "planned": 4, "actual": 5, "share": 6, "level": 7, "day": 8}
    assert (found.value(7, 4), found.value(7, 9), found.value(1, 1)) == (90.0, None, None)


def test_english_headers_and_a_column_between_are_known():
    found = place([["Month", "Planned", "our own", "Actual", "Share", "Level", "Day", GRID_MARK]])
    assert (found.columns["actual"], found.grid) == (4, 9)


def test_without_the_mark_there_is_no_grid_and_without_header_no_place():
    assert place([HEADER[:6]]).grid == 0
    assert place([["anything"]]) is None


def test_cells_that_hold_something_are_told():
    found = place([HEADER, ["2026-05", None, None, None, None, None, None, 1.0, None, 2.0]])
    assert list(found.filled(2, 8, 9)) == [(2, 8)]
    assert list(found.filled(1, 8, 10)) == [(1, 8), (2, 8), (2, 10)]


def test_a_project_has_no_rows_of_an_analysis_sheet_and_no_findings_on_it():
    raw = Raw("b.xlsx", (PROJECTS, RawSheet("走势", [HEADER, [" 乱 ", "x"]])))
    project, findings = build(raw, with_sample())
    assert "trend" not in project.tables
    assert project.analyses["trend"].name == "走势"
    assert all(finding.place.sheet != "trend" for finding in findings)

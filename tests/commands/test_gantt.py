"""The Gantt command: rows, caption, grid, what it says; several projects; scales; workbooks without the sheet."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from automation.base.errors import NotAllowedError, UsageError
from automation.commands.gantt import gantt_chart
from automation.commands.gantt_bars import chart_of
from automation.commands.permissions import check_allowed
from automation.commands.request import Request
from automation.excel.master.building import build as build_book
from automation.excel.reader import read
from automation.excel.writer import apply
from automation.model.project import build
from tests.tables import catalogue, project_of, settings

DAY = date(2026, 6, 12)
PLAN = """
projects
 project_id | name | name_en  | start_planned | finish_deadline | project_manager | status
 PRJ-001    | 改造 | Refit    | 2026-06-01    | 2026-07-10      | RES-001         | running
 PRJ-002    | 旧   | Old      | 2026-01-05    |                 | RES-001         | closed
resources
 resource_id | name   | windows_user | access_role
 RES-001     | 王志强 | wang         | read_only
plan
 task_id | wbs | name     | name_en | phase                  | kind      | owner   | duration | predecessors | actual_start | actual_finish | percent_complete | baseline_start | baseline_finish | project_id
 T-001   | 1.1 | 启动     | Kick-off | initiation            | task      | RES-001 | 5        |              | 2026-06-01   | 2026-06-05    | 100              | 2026-06-01     | 2026-06-05      | PRJ-001
 T-002   | 1.2 | 设计     |         | initiation             | task      | RES-009 | 10       | T-001        | 2026-06-08   |               | 40               | 2026-06-08     | 2026-06-12      | PRJ-001
 T-003   | 1.3 | 设计冻结 | Frozen  | initiation             | milestone |         | 0        | T-002        |              |               | 0                | 2026-06-12     | 2026-06-12      | PRJ-001
 T-004   | 2.1 | 开发     | Build   | design_and_development | task      | RES-001 | 5        |              |              |               | 0                |                |                 | PRJ-001
 T-900   | 1   | 很久以前 | Old     | initiation             | task      | RES-001 | 5        |              |              |               | 0                |                |                 | PRJ-002
"""


def request(tables=PLAN, **parameters):
    return Request(project_of(tables), (), catalogue(), settings(), DAY, parameters)


def workbook(folder, tables=PLAN, language="zh"):
    """A master workbook that holds the rows of the tables."""
    rows = {
        name: [{column.id: cell(row, column) for column in table.sheet.columns} for row in table.rows]
        for name, table in project_of(tables).tables.items()
        if table.rows
    }
    target = BytesIO()
    build_book(catalogue(), language=language, path=target, rows=rows)
    path = folder / "book.xlsx"
    path.write_bytes(target.getvalue())
    return path


def cell(row, column):
    """A model value as the builder takes it."""
    value = getattr(row, column.id)
    return ";".join(value) if isinstance(value, tuple) else value


def drawn(path, **parameters):
    """The command on a workbook file and what the writer made of its edits."""
    asked = Request(build(read(path), catalogue())[0], (), catalogue(), settings(), DAY, parameters)
    outcome = gantt_chart(asked)
    return outcome, apply(path, outcome.edits, path)


def sheet_of(path, name="甘特图"):
    return openpyxl.load_workbook(path)[name]


def rows_of(sheet):
    return [[cell.value for cell in row[:8]] for row in sheet.iter_rows(min_row=7, max_row=sheet.max_row, max_col=13)]


def test_the_sheet_has_a_row_for_each_task_under_its_phase_in_wbs_order(tmp_path):
    path = workbook(tmp_path)
    drawn(path)
    found = [
        [str(value).partition(" 00:")[0] if value is not None else "" for value in row]
        for row in rows_of(sheet_of(path))
    ]
    assert found == [
        ["", "1", "项目启动", "", "2026-06-01", "2026-06-22", "60", "6"],
        ["T-001", "1.1", "   启动", "王志强", "2026-06-01", "2026-06-05", "100", "0"],
        ["T-002", "1.2", "   设计", "RES-009", "2026-06-08", "2026-06-22", "40", "6"],
        ["T-003", "1.3", "   设计冻结", "", "2026-06-22", "2026-06-22", "0", "6"],
        ["", "2", "设计与开发", "", "2026-06-15", "2026-06-19", "0", ""],
        ["T-004", "2.1", "   开发", "王志强", "2026-06-15", "2026-06-19", "0", ""],
    ]


def test_folded_columns_hold_what_the_formats_need(tmp_path):
    path = workbook(tmp_path)
    drawn(path)
    folded = [[cell.value for cell in row] for row in sheet_of(path)["I8:M9"]]
    assert [row[:2] for row in folded] == [["任务", "是"], ["任务", "是"]]
    assert folded[1][4].date() == date(2026, 6, 11)
    assert sheet_of(path).column_dimensions["I"].hidden


def test_a_short_plan_is_shown_by_days_with_the_days_off_flagged(tmp_path):
    path = workbook(tmp_path)
    drawn(path)
    sheet = sheet_of(path)
    assert sheet["A2"].value == "改造　·　状态日期 2026-06-12　·　每格一天"
    assert sheet["N3"].value.date() == DAY
    assert [sheet.cell(row, 15).value for row in (3, 4, 5, 6)] == [-11, None, "2026年6月", "1"]
    assert [sheet.cell(4, column).value for column in range(15, 29)] == [*[None] * 5, "off", "off"] * 2
    assert sheet.cell(3, 15 + 22).value == 11
    assert sheet.cell(6, 15 + 22).value is None


def test_milestones_are_signs_in_the_grid_and_their_baseline_too(tmp_path):
    path = workbook(tmp_path)
    drawn(path)
    sheet = sheet_of(path)
    signs = {
        cell.coordinate: cell.value for row in sheet.iter_rows(min_row=7, min_col=15) for cell in row if cell.value
    }
    assert signs == {"Z10": "◇", "AJ10": "◆"}
    assert (sheet["Z6"].value, sheet["AJ6"].value) == ("12", "22")


@pytest.mark.parametrize(("scale", "headings"), [("week", ["1", "8", "15", "22"]), ("month", ["6"])])
def test_the_scale_can_be_set(tmp_path, scale, headings):
    path = workbook(tmp_path)
    drawn(path)
    outcome, _ = drawn(path, scale=scale)
    sheet = sheet_of(path)
    assert [sheet.cell(6, column).value for column in range(15, 40) if sheet.cell(6, column).value] == headings
    assert outcome.figures["scale"] == scale


def test_the_same_again_changes_no_byte(tmp_path):
    path = workbook(tmp_path)
    drawn(path)
    assert not drawn(path)[1].changed


def test_an_english_workbook_is_english(tmp_path):
    path = workbook(tmp_path, language="en")
    outcome, _ = drawn(path)
    sheet = sheet_of(path, "Gantt")
    assert sheet["A2"].value == "Refit  ·  status date 2026-06-12  ·  a day per column"
    assert [sheet[f"C{row}"].value for row in range(7, 11)] == ["Initiation", "   Kick-off", "   设计", "   Frozen"]
    assert sheet["O5"].value == "Jun 2026"
    assert outcome.goto == "'Gantt'!A7"


def test_it_says_what_it_drew_and_hands_the_bars_to_programs(tmp_path):
    outcome, _ = drawn(workbook(tmp_path))
    assert [line.zh for line in outcome.lines] == [
        "甘特图：3 个任务(其中关键 2 个)、1 个里程碑，2026-06-01 至 2026-06-22，已写入“甘特图”表。"
    ]
    assert [line.en for line in outcome.lines] == [
        "Gantt: 3 tasks (2 critical) and 1 milestone, 2026-06-01 to 2026-06-22, on sheet Gantt."
    ]
    bar = outcome.tables["bars"][2]
    assert (bar["task"], bar["level"], bar["start"], bar["done_until"], bar["critical"]) == (
        "T-002",
        1,
        date(2026, 6, 8),
        date(2026, 6, 11),
        True,
    )
    assert len(outcome.tables["bars"]) == 6


def test_a_task_leads_to_its_row_of_the_plan(tmp_path):
    path = workbook(tmp_path)
    drawn(path)
    assert sheet_of(path)["A9"].hyperlink.location == "'计划'!A3"


def test_only_projects_that_stand_are_drawn_unless_one_is_named():
    keys = [bar["task"] for bar in gantt_chart(request()).tables["bars"]]
    assert "T-900" not in keys
    assert [bar["task"] for bar in gantt_chart(request(project="prj-002")).tables["bars"]] == ["", "T-900"]


def test_several_projects_stand_one_below_the_other_each_under_its_name():
    bars = gantt_chart(request(PLAN.replace("closed", "running"))).tables["bars"]
    assert [(bar["task"], bar["level"]) for bar in bars] == [
        ("PRJ-001", 0),
        ("", 1),
        ("T-001", 2),
        ("T-002", 2),
        ("T-003", 2),
        ("", 1),
        ("T-004", 2),
        ("PRJ-002", 0),
        ("", 1),
        ("T-900", 2),
    ]
    assert (bars[0]["name"], bars[0]["start"], bars[0]["finish"]) == ("Refit", date(2026, 6, 1), date(2026, 6, 22))


def test_a_workbook_without_the_sheet_gets_a_notice_and_the_bars_in_words():
    outcome = gantt_chart(request())
    assert outcome.edits == ()
    assert outcome.notices[0].en.startswith("This workbook has no sheet “Gantt”")
    assert outcome.lines[2].zh == "    T-001 启动  2026-06-01 … 2026-06-05  100%"
    assert outcome.lines[4].en == "    T-003 Frozen  2026-06-22  0%"


def test_a_plan_too_long_for_the_scale_says_so():
    outcome = gantt_chart(request(PLAN.replace("| 5        |              |              |", "| 300      |              |              |"), scale="day"))  # fmt: skip
    assert outcome.notices[-1].zh == (
        "计划太长，只画出从 2026-06-01 起到 2026-09-27 的 119 格；要看全部，请加 --scale week。"
    )


@pytest.mark.parametrize(("status_date", "shown"), [("2026-07-10", "2026-07-10"), ("2027-07-15", "2026-06-15")])
def test_a_status_date_far_from_the_plan_does_not_lengthen_the_chart(status_date, shown):
    project = "projects\n project_id | start_planned\n PRJ-001 | 2026-06-01\n"
    done = "plan\n task_id | duration | actual_start | actual_finish | percent_complete\n"
    done += " T-001 | 11 | 2026-06-01 | 2026-06-15 | 100\n"
    asked = Request(project_of(project + done), (), catalogue(), settings(), date.fromisoformat(status_date))
    assert gantt_chart(asked).figures["to"] == date.fromisoformat(shown)


def test_what_is_named_must_be_there():
    with pytest.raises(UsageError) as caught:
        gantt_chart(request(project="PRJ-777"))
    assert caught.value.text.en == "There is no project 'PRJ-777': choose one of PRJ-001, PRJ-002."
    with pytest.raises(UsageError) as caught:
        gantt_chart(request("plan\n task_id | project_id\n"))
    assert caught.value.code == "NOTHING_TO_DRAW"


def test_dates_that_are_unknown_leave_a_row_without_a_bar_and_a_notice():
    looped = PLAN.replace("| 10       | T-001 ", "| 10       | T-002 ")
    outcome = gantt_chart(request(looped))
    bars = {bar["task"]: bar for bar in outcome.tables["bars"]}
    assert (bars["T-002"]["start"], bars["T-002"]["baseline_start"]) == (None, date(2026, 6, 8))
    assert any("T-002" in notice.zh for notice in outcome.notices)


def test_who_may_not_generate_from_the_plan_may_not_draw_it():
    rights = "\npermissions\n access_role | sheet | permission\n read_only   | plan  | read\n"
    asked = request(PLAN + rights)
    outcome = gantt_chart(asked)
    with pytest.raises(NotAllowedError):
        check_allowed(asked.project, asked.catalogue, "wang", outcome.needs)
    check_allowed(asked.project, asked.catalogue, "somebody", outcome.needs)


def test_pictures_get_the_same_rows():
    asked = request()
    found = chart_of(asked, asked.project.rows.projects[0])
    assert [row.key or row.name.zh for row in found.rows] == [
        "项目启动",
        "T-001",
        "T-002",
        "T-003",
        "设计与开发",
        "T-004",
    ]
    assert (found.project.en, found.deadline) == ("Refit", date(2026, 7, 10))
    assert chart_of(request(PLAN.replace("2026-06-01    | 2026-07-10", "              | 2026-07-10")), asked.project.rows.projects[0]).rows == ()  # fmt: skip

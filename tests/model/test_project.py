from __future__ import annotations

from datetime import date

import pytest

from automation.base.errors import WorkbookError
from automation.base.findings import Severity
from automation.model.project import build
from automation.model.rows import ROW_TYPES, Rows
from automation.model.tables import CellError, Raw, RawSheet
from tests.tables import catalogue


def book(*rows, name="需求", first_row=1, first_column=1):
    return build(Raw("book.xlsx", (RawSheet(name, [list(row) for row in rows], first_row, first_column),)), catalogue())


def said(findings, sheet="requirements"):
    return [(one.message.zh, one.hint.zh) for one in findings if one.place.sheet == sheet]


def test_rows_have_codes_dates_numbers_and_their_row_number():
    project, _ = book(
        ["需求编号", "优先级", "提出日期", "重要性", "冲突需求"],
        ["REQ-001", "高", date(2026, 6, 1), 4.0, "REQ-002;REQ-003"],
    )
    row = project.rows.requirements[0]
    assert (row.row, row.req_id, row.priority, row.raised_on, row.importance) == (
        2,
        "REQ-001",
        "high",
        date(2026, 6, 1),
        4,
    )
    assert row.conflict_with == ("REQ-002", "REQ-003")
    assert (row.title, row.est_cost) == (None, None)


def test_columns_that_the_workbook_lacks_are_empty_in_rows():
    project, _ = book(["需求编号"], ["REQ-001"])
    row = project.rows.requirements[0]
    assert row.conflict_with == ()
    assert all(value is None for name, value in row._asdict().items() if name not in {"row", "req_id", "conflict_with"})


def test_the_order_of_columns_and_columns_of_ones_own_do_not_matter():
    first, _ = book(["需求编号", "状态", "优先级"], ["REQ-001", "已收集", "高"])
    second, findings = book(["优先级", "自用", "需求编号", "状态"], ["高", "x", "REQ-001", "已收集"])
    assert first.rows.requirements == second.rows.requirements
    assert all("自用" not in message for message, _ in said(findings))


def test_empty_rows_are_left_out_and_the_others_keep_their_numbers():
    project, _ = book(["需求编号", "自用"], ["REQ-001", 1.0], [None, "x"], ["  ", None], ["REQ-004", None])
    table = project.table("requirements")
    assert (table.numbers, table.keys) == ([2, 5], ("REQ-001", "REQ-004"))
    assert [row.row for row in table.rows] == [2, 5]


def test_a_row_in_which_only_computed_cells_stand_is_empty():
    project, _ = book(["需求编号", "优先级分"], ["REQ-001", 16.0], [None, 20.0])
    assert project.table("requirements").numbers == [2]


def test_rows_may_be_shorter_than_the_header():
    project, _ = book(["需求编号", "状态", "优先级"], ["REQ-001"], [], ["REQ-003", "已收集", "高"])
    assert [(row.req_id, row.priority) for row in project.rows.requirements] == [("REQ-001", None), ("REQ-003", "high")]


def test_places_are_those_of_excel_wherever_the_table_begins():
    project, _ = book(["标题", None], ["状态", "需求编号"], ["已收集", "REQ-001"], first_row=4, first_column=28)
    table = project.table("requirements")
    place = table.place(0, "status")
    assert (place.cell, place.row, place.key, place.column) == ("AB6", 6, "REQ-001", "status")
    assert table.place_of(table.rows[0], "req_id").cell == "AC6"
    assert table.place(0, "title").cell == ""
    assert table.place(0).cell == ""


def test_the_first_of_rows_with_the_same_key_is_found_by_it():
    project, _ = book(["需求编号", "需求名称"], ["REQ-001", "甲"], ["REQ-001", "乙"], [None, "丙"])
    table = project.table("requirements")
    assert table.by_key["REQ-001"].title == "甲"
    assert set(table.by_key) == {"REQ-001"}
    assert len(table) == 3


def test_every_sheet_has_a_table_even_if_the_workbook_lacks_it():
    project, _ = book(["需求编号"], ["REQ-001"])
    assert set(project.tables) == set(ROW_TYPES)
    assert project.rows._fields == Rows._fields
    assert (len(project.table("plan")), project.rows.plan, project.table("plan").keys) == (0, (), ())


def test_a_workbook_of_someone_else_is_refused_with_a_sentence():
    with pytest.raises(WorkbookError) as error:
        book(["a"], name="Sheet1")
    assert error.value.code == "NOT_OURS"
    assert error.value.in_("zh").startswith("book.xlsx 里没有交付簿的工作表（如项目、")
    assert "book.xlsx has none of Deliverybook's sheets (such as Projects, " in error.value.in_("en")


def test_missing_sheets_and_columns_are_said_once_and_required_ones_are_errors():
    _, findings = book(["需求编号", "需求描术"], ["REQ-001", "x"])
    by_column = {one.place.column: one for one in findings if one.place.sheet == "requirements"}
    assert (by_column["description"].severity, by_column["description"].place.cell) == (Severity.ERROR, "B1")
    assert by_column["description"].message.zh == ("“需求”表 B1 的标题“需求描术”不是已知的列，最接近的是“需求描述”。")
    assert by_column["owner"].severity is Severity.ERROR
    assert by_column["title_en"].severity is Severity.LOW
    assert by_column["owner"].message.zh == "“需求”表缺少列“负责人”。"
    assert [one.message.zh for one in findings if one.place.sheet == "plan"] == [
        "工作簿中没有“计划”表，与它有关的检查和计算都没有进行。"
    ]
    assert not [one for one in findings if one.place.sheet == "settings"]


def test_a_sheet_without_a_header_row_is_not_called_missing():
    project, findings = book(["甲", "乙"], ["丙", "丁"])
    assert said(findings) == [
        (
            "“需求”表中找不到标题行，整张表没有读取，与它有关的检查和计算都没有进行。",
            "请把标题行放在表的最上方，至少包含“需求编号”一列。",
        )
    ]
    assert len(project.table("requirements")) == 0


def test_a_heading_twice_and_a_sheet_twice_are_said_with_both_places():
    header = [column.label.zh for column in catalogue().sheets["requirements"].columns]
    sheets = (RawSheet("需求", [[*header, "状态"]]), RawSheet("Requirements", [header]))
    _, findings = build(Raw("book.xlsx", sheets), catalogue())
    place = header.index("状态")
    letter = chr(ord("A") + place)
    assert [message for message, _ in said(findings)] == [
        "工作表“Requirements”与“需求”都是“需求”表，只读取“需求”。",
        f"“需求”表的标题“状态”在 {letter}1 和 AJ1 重复出现，只读取 {letter}1。",
    ]


def test_tidy_ups_are_mild_and_carry_their_repair():
    _, findings = book(["需求编号", "优先级", "需求名称"], ["ＲＥＱ-001", "High", " 标题"])
    notes = {one.place.cell: one for one in findings if one.repair}
    assert {cell: (one.rule, one.severity, one.repair.value) for cell, one in notes.items()} == {
        "A2": ("V02", Severity.LOW, "REQ-001"),
        "B2": ("V03", Severity.LOW, "高"),
        "C2": ("V02", Severity.LOW, "标题"),
    }
    assert notes["A2"].place.key == "REQ-001"
    assert notes["B2"].message.en == (
        "Cell B2 “Priority” holds “High”, the wording of the other language; this workbook uses “高”."
    )


def test_a_label_in_other_letters_is_tidied_too():
    _, findings = build(
        Raw("b.xlsx", (RawSheet("Requirements", [["Requirement ID", "Priority"], ["REQ-001", "HIGH"]]),)), catalogue()
    )
    note = next(one for one in findings if one.repair)
    assert (note.severity, note.repair.value) == (Severity.LOW, "High")
    assert note.hint.en == "Change it to “High”, or choose from the drop-down list: High, Medium, Low."


def test_error_values_are_errors_and_unreadable_cells_are_kept_for_the_checks():
    project, findings = book(
        ["需求编号", "需求名称", "重要性", "提出日期"], ["REQ-001", CellError("#REF!"), "'x", "2026.6.1"]
    )
    errors = [one for one in findings if one.severity is Severity.ERROR and one.place.row > 1]
    assert [(one.rule, one.place.cell, one.value) for one in errors] == [("V02", "B2", "#REF!")]
    table = project.table("requirements")
    assert table.failed == {(0, "title")}
    assert table.proposals == {(0, "raised_on"): date(2026, 6, 1)}
    assert table.values["importance"] == ["'x"]
    assert table.rows[0].importance is None


def test_the_language_decides_which_label_is_the_other_one():
    sheet = RawSheet("Requirements", [["Requirement ID", "Priority"], ["REQ-001", "高"], ["REQ-002", "Low"]])
    project, findings = build(Raw("book.xlsx", (sheet,)), catalogue())
    assert (project.language, project.table("requirements").language) == ("en", "en")
    assert [(one.place.cell, one.repair.value) for one in findings if one.repair] == [("B2", "High")]


def test_what_commands_quote_is_never_offered_for_tidying():
    needed = RawSheet("需求", [["需求编号"]])
    log = RawSheet("日志", [["时间", "原值"], [date(2026, 6, 1), " 进行中 "]])
    findings_sheet = RawSheet("检查结果", [["问题编号", "实测值"], ["F-1", " 进行中 "]])
    project, findings = build(Raw("book.xlsx", (needed, log, findings_sheet)), catalogue())
    assert [one for one in findings if one.place.cell and one.place.sheet in {"log", "findings"}] == []
    assert {"log", "findings"} <= {name for name, table in project.tables.items() if table.numbers}


def test_a_missing_sheet_is_an_error_where_most_computations_need_it():
    _, findings = book(["需求编号"], ["REQ-001"])
    missing = {one.place.sheet: one.severity for one in findings if one.place.sheet != "requirements"}
    errors = {name for name, severity in missing.items() if severity is Severity.ERROR}
    assert errors == {"projects", "plan", "risks", "customers", "contacts", "resources"}
    assert missing["deals"] is Severity.MEDIUM

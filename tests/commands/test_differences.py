"""Differences between two workbooks: by key and by value, never by position or by language."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from automation.commands.difference_tables import tables
from automation.commands.difference_text import LINES, lines, summaries
from automation.commands.difference_views import Version, views
from automation.commands.differences import differences
from automation.deviations.examples import example
from automation.model.project import build
from automation.model.tables import CellError, Raw, RawSheet
from tests.tables import _sheet, catalogue

HEADERS = {
    "计划": ["任务编号", "任务名称", "工期(工作日)", "前置任务"],
    "需求": ["需求编号", "需求名称", "优先级", "冲突需求"],
    "Requirements": ["Requirement ID", "Title", "Priority", "Conflicts with"],
}


def version(text):
    """A workbook of text tables, as in the tests of rules."""
    return of(*(_sheet(table) for table in example(text).tables))


def of(*sheets):
    raw = Raw("book.xlsx", tuple(sheets))
    return Version(raw, build(raw, catalogue())[0])


def sheet(name, *rows, header=None):
    return RawSheet(name, [list(header or HEADERS[name]), *map(list, rows)])


def requirement(key="REQ-001", title="甲", priority="高", conflicts=None):
    return [key, title, priority, conflicts]


def task(key="T-001", name="接口", duration=4.0, before=None):
    return [key, name, duration, before]


def found(old, new):
    return differences(old, new, catalogue())


def said(old, new, language="zh", **options):
    return [line.in_(language) for line in lines(found(old, new), catalogue(), **options)]


def changes(old, new):
    """The changed cells: sheet, key, column, kind, old, new."""
    return [
        (one.id, row.key, cell.heading.name, cell.kind, cell.old, cell.new)
        for one in found(old, new).sheets
        for row in one.rows
        for cell in row.cells
    ]


class TestCells:
    def test_a_change_names_sheet_row_column_and_both_values(self):
        old = version("plan\n task_id | name | duration\n T-029 | A | 3\n T-030 | B | 4")
        new = version("plan\n task_id | name | duration\n T-029 | A | 3\n T-030 | B | 6")
        assert said(old, new) == ["计划：改动 1 行（1 个单元格）", "  计划 T-030 工期(工作日)：4 → 6"]
        assert said(old, new, "en") == ["Plan: 1 row changed (1 cell)", "  Plan T-030 Duration (wd): 4 → 6"]

    def test_list_values_are_codes_and_are_shown_as_labels(self):
        old, new = of(sheet("需求", requirement())), of(sheet("需求", requirement(priority="低")))
        assert changes(old, new) == [("requirements", "REQ-001", "priority", "value", "high", "low")]
        assert said(old, new)[1] == "  需求 REQ-001 优先级：高 → 低"
        assert said(old, new, "en")[1] == "  Requirements REQ-001 Priority: High → Low"

    def test_a_cell_filled_or_emptied(self):
        old, new = of(sheet("计划", task())), of(sheet("计划", task(name=None, before="T-002")))
        assert said(old, new)[1:] == ["  计划 T-001 任务名称：接口 → （空）", "  计划 T-001 前置任务：（空） → T-002"]
        assert said(old, new, "en")[1].endswith("接口 → (empty)")

    def test_an_unreadable_value_and_an_error_in_a_cell_are_seen(self):
        old, new = of(sheet("计划", task(duration="many"))), of(sheet("计划", task(duration=CellError("#REF!"))))
        assert changes(old, new) == [("plan", "T-001", "duration", "value", "many", "#REF!")]
        assert changes(of(sheet("计划", task(duration=None))), new)[0][4:] == (None, "#REF!")

    def test_numbers_agree_to_twelve_digits(self):
        assert not found(of(sheet("计划", task(duration=0.1 + 0.2))), of(sheet("计划", task(duration=0.3))))
        assert found(of(sheet("计划", task(duration=0.3))), of(sheet("计划", task(duration=0.3000001))))

    def test_money_percentages_and_dates_are_shown_as_people_read_them(self):
        rows = [["PRJ-001", "甲", 1980000.0, 55.25, date(2026, 5, 25)], ["PRJ-001", "甲", 265000.5, 60.0, None]]
        columns = catalogue().sheets["projects"].by_id
        header = [
            columns[name].label.zh
            for name in ("project_id", "name", "budget_total", "percent_complete", "start_planned")
        ]
        old, new = (of(sheet("项目", row, header=header)) for row in rows)
        values = [line.partition("：")[2] for line in said(old, new)[1:]]
        assert values == ["2026-05-25 → （空）", "1,980,000.00 → 265,000.50", "55.25% → 60%"]

    def test_a_long_text_is_shown_around_its_change_unless_all_is_asked_for(self):
        old, new = (of(sheet("需求", requirement(title="前" * 100 + word + "后" * 100))) for word in ("甲", "乙"))
        short, full = said(old, new)[1], said(old, new, complete=True)[1]
        assert "…前前前前前前前前前前前前甲后" in short
        assert len(short) < 160
        assert "前" * 100 + "乙" + "后" * 100 in full


class TestSpelling:
    @pytest.mark.parametrize(
        ("column", "cell", "other"),
        [
            ("priority", "高", " 高"),
            ("priority", "高", "High"),
            ("title", "甲", "甲 "),
            ("key", "REQ-001", "ＲＥＱ-001"),
            ("conflicts", "REQ-002;REQ-003", "REQ-003；REQ-002"),
        ],
    )
    def test_the_same_value_typed_differently_is_no_change_of_value(self, column, cell, other):
        old, new = (of(sheet("需求", requirement(**{column: text}))) for text in (cell, other))
        ((_, _, _, kind, before, after),) = changes(old, new)
        assert (kind, before, after) == ("written", cell, other)
        assert found(old, new).figures["cells_changed"] == 0
        assert found(old, new).figures["cells_written_differently"] == 1

    def test_a_number_typed_as_text_and_links_in_another_order(self):
        old = of(sheet("计划", task(duration=4.0, before="T-002;T-003FS+2")))
        new = of(sheet("计划", task(duration="4", before="t-003fs+2, T-002")))
        assert said(old, new) == [
            "计划：仅写法不同 2 个单元格",
            "  计划 T-001 工期(工作日)（仅写法不同）：4 → “4”",
            "  计划 T-001 前置任务（仅写法不同）：“T-002;T-003FS+2” → “t-003fs+2, T-002”",
        ]

    def test_a_workbook_in_the_other_language_is_the_same(self):
        old = of(sheet("需求", requirement(conflicts="REQ-002")))
        new = of(sheet("Requirements", requirement(priority="High", conflicts="REQ-002")))
        assert (old.project.language, new.project.language) == ("zh", "en")
        assert said(old, new) == ["单元格内容相同，没有差异。"]
        assert said(old, new, "en") == ["No cell differs."]
        changed = of(sheet("Requirements", requirement(priority="Low", conflicts="REQ-002")))
        assert changes(old, changed) == [("requirements", "REQ-001", "priority", "value", "high", "low")]


class TestRows:
    def test_rows_and_columns_that_stand_elsewhere_are_no_change(self):
        rows = [task(f"T-{number:03}", duration=float(number)) for number in range(1, 6)]
        old = of(sheet("计划", *rows))
        header = HEADERS["计划"][::-1]
        new = of(RawSheet("计划", [["总表"], [], header, *(row[::-1] for row in rows[::-1])], 2, 3))
        assert not found(old, new)

    def test_added_and_removed_rows_with_what_they_hold(self):
        old, new = of(sheet("计划", task(), task("T-002", "旧"))), of(sheet("计划", task("T-003", "新"), task()))
        assert said(old, new) == [
            "计划：新增 1 行，删除 1 行",
            "  + 计划 T-003“新”：工期(工作日) 4",
            "  - 计划 T-002“旧”：工期(工作日) 4",
        ]
        assert said(old, new, "en")[2] == '  - Plan T-002 "旧": Duration (wd) 4'

    def test_rows_with_the_same_key_are_matched_by_content(self):
        old = of(sheet("计划", task(name="甲"), task(name="乙"), task("T-002")))
        new = of(sheet("计划", task("T-002"), task(name="乙", duration=9.0), task(name="甲")))
        assert changes(old, new) == [("plan", "T-001", "duration", "value", 4, 9)]
        assert said(old, new)[1] == "  计划 T-001（第 3 行） 工期(工作日)：4 → 9"

    def test_a_copy_of_a_row_is_one_added_row(self):
        (change,) = found(of(sheet("计划", task())), of(sheet("计划", task(), task()))).sheets
        assert [(row.change, row.numbers) for row in change.rows] == [("added", (None, 3))]

    def test_rows_without_a_key_are_the_same_only_when_alike(self):
        old = of(sheet("计划", task(None, "甲", 4.0), task(None, "乙", 5.0)))
        alike = of(sheet("计划", task(None, "乙", 6.0), task(None, "甲", 4.0)))
        assert [row.change for row in found(old, alike).sheets[0].rows] == ["changed"]
        other = of(sheet("计划", task(None, "丙", 7.0), task(None, "甲", 4.0)))
        assert [row.change for row in found(old, other).sheets[0].rows] == ["added", "removed"]
        assert said(old, other)[1].startswith("  + 计划 第 2 行（无编号）“丙”")

    def test_a_single_row_without_a_key_is_not_taken_for_any_other(self):
        old, new = of(sheet("计划", task(None, "甲", 4.0))), of(sheet("计划", task(None, "乙", 5.0)))
        assert [row.change for row in found(old, new).sheets[0].rows] == ["added", "removed"]

    def test_very_many_rows_with_one_key_are_matched_by_content_too(self):
        rows = [task(name=f"任务 {number}") for number in range(150)]
        assert not found(of(sheet("计划", *rows)), of(sheet("计划", *rows[::-1])))

    def test_rows_of_sheets_whose_key_is_a_pair_of_columns(self):
        names = ("access_role", "sheet", "permission")
        header = [catalogue().sheets["permissions"].by_id[name].label.zh for name in names]
        roles = [
            value.label.zh
            for value in catalogue().lists[catalogue().sheets["permissions"].by_id["access_role"].list].values
        ]
        rows = [[roles[0], "计划", None], [roles[1], "计划", None], [roles[0], "风险", None]]
        old, new = (of(sheet("计划", task()), sheet("权限", *part, header=header)) for part in (rows, rows[1:][::-1]))
        (change,) = found(old, new).sheets
        assert [(row.change, row.numbers) for row in change.rows] == [("removed", (2, None))]
        assert roles[0] in said(old, new)[1]

    def test_names_of_sheets_are_values_too(self):
        names = ("access_role", "sheet", "permission")
        known = catalogue().sheets["permissions"].by_id
        old, new = (
            of(
                sheet(plan, header=HEADERS[plan]),
                sheet(
                    name,
                    [catalogue().lists["access_role"].values[0].label.in_(language), sheet_name, None],
                    header=[known[one].label.in_(language) for one in names],
                ),
            )
            for language, plan, name, sheet_name in (
                ("zh", "需求", "权限", "风险"),
                ("en", "Requirements", "Permissions", "Risks"),
            )
        )
        assert not found(old, new)


class TestShape:
    def test_columns_that_only_one_workbook_has(self):
        old = of(sheet("计划", task(before="T-002"), task("T-002")))
        new = of(
            sheet("计划", ["T-001", "接口", "甲"], ["T-002", "接口", None], header=["任务编号", "任务名称", "车间"])
        )
        assert said(old, new) == [
            "计划：新增 1 列，缺少 2 列",
            "  新增列“车间”（1 个单元格有内容）",
            "  缺少列“工期(工作日)”（原有 2 个单元格有内容）",
            "  缺少列“前置任务”（原有 1 个单元格有内容）",
        ]
        assert "  计划 T-001 车间：（空） → 甲" in said(old, new, complete=True)
        assert said(old, new, "en")[2] == "  column 'Duration (wd)' is gone (2 cells were filled)"

    def test_columns_of_the_company_are_compared_by_their_header(self):
        old = of(sheet("计划", ["T-001", "甲", "x", 1.0], header=["任务编号", "任务名称", "车间", "班 次"]))
        new = of(sheet("计划", ["T-001", 2.0, "甲", "x "], header=["任务编号", "班次", "任务名称", " 车间"]))
        assert [one[2:] for one in changes(old, new)] == [("车间", "written", "x", "x "), ("班次", "value", 1.0, 2.0)]

    def test_two_columns_of_the_same_header_and_one_without(self):
        header = ["任务编号", "备注", "备注", None]
        old, new = (of(sheet("计划", ["T-001", *cells], header=header)) for cells in (["a", "b", "c"], ["a", "B", "C"]))
        assert [one[2:] for one in changes(old, new)] == [("备注 (2)", "value", "b", "B"), ("D", "value", "c", "C")]

    def test_a_sheet_that_only_one_workbook_has(self):
        one, two = of(sheet("计划", task())), of(sheet("计划", task()), sheet("需求", requirement()))
        assert said(one, two) == ["需求：新增的工作表（1 行）"]
        assert said(two, one) == ["需求：工作表已不存在（原有 1 行）"]
        assert "  - 需求 REQ-001“甲”：优先级 高" in said(two, one, complete=True)
        assert said(two, one, "en") == ["Requirements: the sheet is gone (it had 1 row)"]

    def test_worksheets_of_the_company_are_compared_cell_by_cell(self):
        plan = sheet("计划", task())
        memo = RawSheet("备忘", [["a", 1.0], ["b"]])
        moved = RawSheet("备忘", [["a", 2.0], ["b"], [None, "c"]])
        assert said(of(plan, memo), of(plan, moved)) == ["备忘：2 个单元格不同（按位置比较）"]
        assert said(of(plan, memo), of(plan)) == ["备忘：工作表已不存在"]
        assert said(of(plan), of(plan, memo), "en") == ["备忘: new sheet"]

    def test_sheets_that_commands_write_come_last_and_are_only_counted(self):
        columns = catalogue().sheets["log"].by_id
        header = [columns[name].label.zh for name in ("time", "user", "action")]
        rows = [[datetime(2026, 6, 12, 9, minute), "li", "check"] for minute in (1, 2)]
        old, new = (
            of(sheet("日志", *part, header=header), sheet("计划", row))
            for part, row in ((rows[:1], task()), (rows, task(duration=5.0)))
        )
        assert said(old, new)[-1] == "日志：新增 1 行"
        assert said(old, new, complete=True)[-1] == "  + 日志 2026-06-12 09:02“check”：用户 li"
        assert found(old, new).figures["rows_added"] == 0
        assert [text.zh for text in summaries(found(old, new))] == ["计划：改动 1 行（1 个单元格）", "日志：新增 1 行"]

    def test_computed_columns_follow_in_one_line_a_row(self):
        header = [*HEADERS["计划"], "预测开始", "预测完成"]
        old, new = (
            of(sheet("计划", [*task(duration=days), date(2026, 6, 1), day], header=header))
            for days, day in ((4.0, date(2026, 6, 4)), (5.0, date(2026, 6, 5)))
        )
        assert said(old, new)[1:] == [
            "  计划 T-001 工期(工作日)：4 → 5",
            "  计划 T-001（计算列）预测完成：2026-06-04 → 2026-06-05",
        ]

    def test_a_long_list_is_cut_with_a_line_that_says_so(self):
        old, new = (
            of(sheet("计划", *(task(f"T-{one:03}", duration=days) for one in range(LINES + 7)))) for days in (1.0, 2.0)
        )
        assert said(old, new)[-1] == "  …… 还有 7 处，加 --all 全部列出"
        assert len(said(old, new)) == LINES + 2
        assert len(said(old, new, complete=True)) == LINES + 8


def test_values_for_programs():
    old, new = (
        of(sheet("需求", requirement(conflicts="REQ-002;REQ-003"))),
        of(sheet("需求", requirement(priority="低"))),
    )
    value = tables(found(old, new), catalogue(), "en")
    (row,) = value["rows"]
    assert (row["sheet"], row["key"], row["change"], row["old_row"], row["new_row"]) == (
        "requirements",
        "REQ-001",
        "changed",
        2,
        2,
    )
    priority, conflicts = row["cells"]
    assert (priority["old"], priority["new"], priority["old_text"], priority["new_text"]) == (
        "high",
        "low",
        "High",
        "Low",
    )
    assert (conflicts["old"], conflicts["new"], conflicts["old_cell"]) == ("REQ-002;REQ-003", None, "D2")
    assert value["sheets"][0]["cells"] == 2


# Laws

KEYS = st.sampled_from(["REQ-001", "REQ-002", "REQ-003", "REQ-004", None])
CELLS = st.one_of(
    st.none(), st.sampled_from(["高", "High", "低", " 低 ", "x", "4", "REQ-001;REQ-002"]), st.integers(0, 3).map(float)
)
COLUMNS = ["需求编号", "需求名称", "优先级", "重要性", "冲突需求", "车间", "预测"]


@st.composite
def workbooks(draw):
    own = draw(st.lists(st.sampled_from(COLUMNS[1:]), unique=True, min_size=1))
    header = draw(st.permutations([COLUMNS[0], *own]))
    rows = draw(
        st.lists(st.fixed_dictionaries({name: KEYS if name == COLUMNS[0] else CELLS for name in header}), max_size=6)
    )
    return of(RawSheet("需求", [list(header), *([row[name] for name in header] for row in rows)]))


def content(book):
    """The rows of a workbook by row number: the values of the filled cells by column, in a comparable form."""
    view = views(book, catalogue())["requirements"]
    return {
        number: {name: view.compared[name][index] for name in view.headings if view.values[name][index] is not None}
        for index, number in enumerate(view.table.numbers)
    }


def applied(old, new, change):
    """The contents of the old workbook's rows with the differences carried out, without regard to order."""
    rows, view = content(old), views(new, catalogue())["requirements"]
    for one in change.sheets:
        for row in one.rows:
            before, after = row.numbers
            target = rows.pop(before) if before else {}
            if after is None:
                continue
            for cell in row.cells:
                name, at = cell.heading.id, view.table.numbers.index(after)
                if cell.kind == "written":
                    assert (cell.old, cell.new) != (None, None)
                elif cell.new is None:
                    del target[name]
                else:
                    assert cell.new == view.values[name][at]
                    target[name] = view.compared[name][at]
            rows[f"new {after}"] = target
    return rows.values()


def sorted_rows(rows):
    return sorted(repr(sorted((name, repr(value)) for name, value in row.items())) for row in rows)


@settings(deadline=None, max_examples=40)
@given(workbooks())
def test_a_workbook_does_not_differ_from_itself(book):
    assert not found(book, book)


@settings(deadline=None, max_examples=100)
@given(workbooks(), workbooks())
def test_the_differences_carried_out_on_the_old_workbook_give_the_new_one(old, new):
    assert sorted_rows(applied(old, new, found(old, new))) == sorted_rows(content(new).values())


@settings(deadline=None, max_examples=40)
@given(workbooks(), workbooks())
def test_there_and_back_are_the_same_rows(old, new):
    there, back = found(old, new).figures, found(new, old).figures
    assert (there["rows_added"], there["rows_removed"]) == (back["rows_removed"], back["rows_added"])
    assert there["columns_added"] == back["columns_missing"]
    assert there["sheets_added"] == back["sheets_missing"] == 0

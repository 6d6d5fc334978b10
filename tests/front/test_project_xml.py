"""Plans given to Microsoft Project and taken back: export and import as a user types them."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import settings as profile
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from automation.exchange.mspdi import read_plan
from automation.exchange.mspdi_writing import plan_xml
from automation.model.links import LagUnit, Link, LinkKind
from automation.planning.calendar import STANDARD_WEEK
from automation.planning.filed import Assignment, FiledCalendar, FiledPlan, FiledResource, FiledTask
from automation.planning.tasks import Constraint


def plan_sheet(book):
    header, *rows = CalamineWorkbook.from_path(str(book)).get_sheet_by_name("计划").to_python()
    return {row[0]: dict(zip(header, row, strict=True)) for row in rows if row[0]}


@pytest.fixture
def exported(run, book, tmp_path):
    assert run("export", book, "--out", tmp_path / "out").exit == 0
    (path,) = (tmp_path / "out").glob("*.xml")
    return path


class TestExport:
    def test_the_file_schedules_to_the_workbooks_own_forecast(self, run, book, exported):
        sheet = plan_sheet(book)
        tasks = run("reschedule", exported, "--policy", "data-date", "--format", "json").json["tasks"]
        assert len(tasks) == 50
        for task in tasks:
            row = sheet[f"T-{task['uid']:03}"]
            assert (task["start"][:10], task["finish"][:10]) == (str(row["预测开始"]), str(row["预测完成"])), task

    def test_a_second_export_gives_the_same_bytes(self, run, book, exported, tmp_path):
        first = exported.read_bytes()
        assert run("export", book, "--out", tmp_path / "again").exit == 0
        assert next((tmp_path / "again").glob("*.xml")).read_bytes() == first

    def test_calendar_baseline_resources_and_own_numbers_are_in_it(self, exported):
        plan = read_plan(exported.read_bytes())
        assert plan.calendars["1"].exceptions[date(2026, 6, 19)] == ()
        task = next(one for one in plan.tasks if one.code == "T-030")
        assert task.baseline_finish is not None
        assert {plan.resources[one.resource].name for one in task.assignments} == {"陈浩", "孙丽"}
        assert plan.status_date == datetime(2026, 6, 12, 17)

    def test_an_unknown_project_is_refused(self, run, book):
        assert run("export", book, "--project", "PRJ-099").exit == 2


class TestImport:
    def test_taking_a_file_back_changes_nothing(self, run, book, exported):
        before = book.read_bytes()
        result = run("import", exported, book, "--format", "json").json
        assert (result["figures"]["new"], result["figures"]["changed"], result["edits"]) == (0, 0, 0)
        assert book.read_bytes() == before

    def test_what_changed_in_project_is_shown_and_taken_over_and_nothing_else(self, run, book, exported):
        reason = plan_sheet(book)["T-024"]["延期原因"]
        text = exported.read_text("utf-8").replace("<Name>系统集成</Name>", "<Name>系统集成与联调</Name>")
        exported.write_text(text, "utf-8")
        preview = run("import", exported, book, "--dry-run", "--format", "json").json
        assert preview["tables"]["changes"] == [
            {"task": "T-031", "column": "name", "old": "系统集成", "new": "系统集成与联调"}
        ]
        assert plan_sheet(book)["T-031"]["任务名称"] == "系统集成"
        assert run("import", exported, book).exit == 0
        after = plan_sheet(book)
        assert (after["T-031"]["任务名称"], after["T-024"]["延期原因"]) == ("系统集成与联调", reason)

    def test_new_tasks_become_rows_and_a_second_time_they_are_known(self, run, book, tmp_path):
        path = tmp_path / "plan.xml"
        path.write_bytes(plan_xml(small_plan()))
        first = run("import", path, book, "--format", "json").json
        assert first["figures"]["new"] == 3
        sheet = plan_sheet(book)
        rows = [row for row in sheet.values() if row["任务名称"] in {"设计", "安装", "完成"}]
        assert [row["工期(工作日)"] for row in rows] == [5, 2.5, 0]
        assert rows[1]["前置任务"] == f"{rows[0]['任务编号']}FS+1"
        again = run("import", path, book, "--format", "json").json
        assert (again["figures"]["new"], again["figures"]["changed"]) == (0, 0)
        assert "T-001" in again["figures"]["not_in_file"]

    def test_what_the_workbook_cannot_hold_is_named_with_its_tasks(self, run, book, tmp_path):
        plan = small_plan(elapsed=True, constraint=Constraint.AS_LATE)
        path = tmp_path / "plan.xml"
        path.write_bytes(
            plan_xml(plan).replace(b"<DurationFormat>7</DurationFormat>", b"<DurationFormat>8</DurationFormat>")
        )
        notices = " ".join(run("import", path, book, "--format", "json").json["notices"])
        for words in ("按自然时间计的工期：T-051", "约束类型：T-052", "没有的资源，未带入分配：张三"):
            assert words in notices

    @pytest.mark.parametrize(
        ("file", "code"),
        [
            (("a.mpp", b"\xd0\xcf"), "SOURCE"),
            (("a.docx", b"PK"), "SOURCE"),
            (("a.xml", b""), "plan-xml"),
            (("a.xml", b"<Project><StartDate>"), "plan-xml"),
            (("a.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><Project>&a;</Project>'), "plan-"),
            (("a.xml", b"<Other/>"), "plan-"),
        ],
    )
    def test_files_that_are_no_plan_leave_the_workbook_as_it_was(self, run, book, tmp_path, file, code):
        path = tmp_path / file[0]
        path.write_bytes(file[1])
        before = book.read_bytes()
        result = run("import", path, book)
        assert (result.exit, code in result.err) == (2, True), result.err
        assert book.read_bytes() == before


def small_plan(*, elapsed=False, constraint=Constraint.NONE):
    day = 4800
    return FiledPlan(
        name="计划",
        start=datetime(2026, 6, 15, 8),
        tasks=(
            FiledTask("1", 1, "设计", duration=5 * day, elapsed=elapsed, assignments=(Assignment("1", 1.0),)),
            FiledTask(
                "2", 2, "安装", duration=5 * day // 2, links=(Link("1", LinkKind.FS, day),), constraint=constraint
            ),
            FiledTask("3", 3, "完成", milestone=True, links=(Link("2"),)),
        ),
        calendars={"1": FiledCalendar("1", "标准", STANDARD_WEEK, {date(2026, 6, 19): ()})},
        calendar="1",
        resources={"1": FiledResource("1", "张三")},
    )


names = (
    st.text(st.characters(min_codepoint=32, max_codepoint=0xD7FF), min_size=1, max_size=20).map(str.strip).filter(bool)
)


@profile(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            names, st.integers(0, 20_000), st.sampled_from(LinkKind), st.integers(-5000, 9000), st.sampled_from(LagUnit)
        ),
        min_size=1,
        max_size=8,
    )
)
def test_a_plan_that_is_written_and_read_is_the_same_plan(rows):
    tasks = tuple(
        FiledTask(
            str(number),
            number,
            name,
            duration=6 * length,
            fixed_duration=True,
            remaining=6 * length,
            code=f"T-{number:03}",
            links=(Link(str(number - 1), kind, lag, unit),) if number > 1 else (),
        )
        for number, (name, length, kind, lag, unit) in enumerate(rows, start=1)
    )
    plan = FiledPlan("P", datetime(2026, 6, 1, 8), tasks, {"1": FiledCalendar("1", "C", STANDARD_WEEK, {})}, "1")
    found = read_plan(plan_xml(plan))
    assert found.doubts == ()
    assert [(one.name, one.duration, one.code, one.links) for one in found.tasks] == [
        (one.name, one.duration, one.code, one.links) for one in tasks
    ]

"""One workbook's task in this process: what its run tells, and which cells it says were changed."""

import shutil
from datetime import UTC, date, datetime, timedelta

import openpyxl
import pytest

from automation.front import circumstances, state
from automation.front.batch import tasks
from automation.front.batch.tasks import Task, run_id, worked
from automation.model.runs import RunOutcome
from automation.store.writing import digest_of


@pytest.fixture
def book(company, planned):
    return shutil.copy(planned, company.folder / "plan.xlsx")


def task(book, *commands, **more):
    return Task("1", "B", "nightly", str(book), commands or (("check",),), date(2026, 6, 12), **more)


def test_the_run_tells_what_was_read_found_and_done(book):
    digest = digest_of(book)
    run = worked(task(book, ("check", "--write"), ("reschedule",)))
    assert (run.outcome, run.exit, run.digest) == (RunOutcome.DONE, 1, digest)
    assert run.status_date == date(2026, 6, 12)
    assert run.findings
    assert run.edits > 0
    assert run.started_at.tzinfo is UTC
    assert digest_of(book) != digest


def test_changed_cells_are_named_by_row_and_column_with_old_and_new_values(book):
    run = worked(task(book, ("reschedule",)))
    changed = {(one.sheet, one.key, one.column): (one.old, one.new, one.command) for one in run.alterations}
    assert changed["plan", "T-001", "calc_start"] == ("", "2026-03-02", "reschedule")
    assert changed["plan", "T-001", "critical"] == ("", "是", "reschedule")
    assert len(run.alterations) == run.edits
    assert {one.who for one in run.alterations} == {circumstances.user()}
    again = worked(task(book, ("reschedule",), after=run.started_at + timedelta(hours=1)))
    assert (again.edits, again.alterations) == (0, ())


def test_what_people_changed_since_the_last_run_comes_from_the_log(book):
    workbook = openpyxl.load_workbook(book)
    sheet = workbook["日志"]
    header = {cell.value: number for number, cell in enumerate(sheet[1], start=1)}
    for hour, key in ((9, "T-001"), (18, "T-002")):
        row = {
            "时间": datetime(2026, 6, 12, hour),
            "用户": "zhangsan",
            "操作": "repair",
            "工作表": "plan",
            "行编号": key,
        }
        row |= {"列": "percent_complete", "原值": "10", "新值": "20"}
        at = 2 if hour == 9 else 3
        for name, value in row.items():
            sheet.cell(at, header[name], value)
    workbook.save(book)
    after = datetime(2026, 6, 12, 12).astimezone(UTC)
    (one,) = worked(task(book, after=after)).alterations
    assert (one.who, one.command, one.sheet, one.key, one.old, one.new) == (
        "zhangsan",
        "repair",
        "plan",
        "T-002",
        "10",
        "20",
    )
    assert one.at == datetime(2026, 6, 12, 18).astimezone(UTC)
    assert len(worked(task(book)).alterations) == 2


def test_a_workbook_that_is_gone_or_none_of_ours_is_a_reason(company):
    run = worked(task(company.folder / "gone.xlsx"))
    assert (run.outcome, run.exit, run.digest) == (RunOutcome.FAILED, 2, "")
    assert "gone.xlsx" in run.reason.zh
    assert run.code


def test_a_bug_is_logged_and_named(company, monkeypatch):
    company.add("a")
    monkeypatch.setattr(tasks, "perform", lambda *_, **__: 1 / 0)
    run = worked(task(company.folder / "a.xlsx"))
    assert (run.outcome, run.exit) == (RunOutcome.CRASHED, 3)
    assert str(state.folder() / "error.log") in run.reason.en
    assert "ZeroDivisionError" in (state.folder() / "error.log").read_text("utf-8")


def test_want_of_memory_is_told(company, monkeypatch):
    company.add("a")

    def full(*_, **__):
        raise MemoryError

    monkeypatch.setattr(tasks, "perform", full)
    assert worked(task(company.folder / "a.xlsx")).outcome == RunOutcome.OUT_OF_MEMORY


def test_opened_in_the_middle_it_is_read_or_left_out(book, monkeypatch):
    """Excel opens the workbook after we looked and before we write."""
    mark = book.with_name(f"~${book.name}")
    looked = []

    def owner(path):
        found = None if not looked else owner_of(path)
        looked.append(path)
        mark.write_bytes(b"\x03Ann" + bytes(161))
        return found

    owner_of = tasks.owner_of
    monkeypatch.setattr(tasks, "owner_of", owner)
    run = worked(task(book, ("check", "--write")))
    assert (run.outcome, run.edits) == (RunOutcome.DONE, 0)
    assert "Ann has had it open since" in run.reason.en
    mark.unlink()
    looked.clear()
    run = worked(task(book, ("check", "--write"), opened="skip"))
    assert (run.outcome, run.code) == (RunOutcome.SKIPPED, "in-use")


def test_the_configuration_beside_a_workbook_wins_over_that_of_the_batch(company):
    company.add("a")
    company.config.write_text("settings: {language: en}\nrules: {V01: {severity: error}}\n", encoding="utf-8")
    found = worked(task(company.folder / "a.xlsx", config=str(company.config)))
    assert found.outcome == RunOutcome.DONE
    (company.folder / "config.yaml").write_text("settings: {fail_on: nothing}\n", encoding="utf-8")
    found = worked(task(company.folder / "a.xlsx", config=str(company.config)))
    assert [one.place.key for one in found.findings if one.rule == "CONFIG"] == ["fail_on"]


def test_the_same_batch_job_and_workbook_have_the_same_identity():
    assert run_id("b", "j", "x.xlsx") == run_id("b", "j", "x.xlsx")
    assert len({run_id("b", "j", "x"), run_id("b2", "j", "x"), run_id("b", "j2", "x"), run_id("b", "j", "y")}) == 4

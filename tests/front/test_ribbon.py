"""A click in Excel from the id to the changed cells, Excel played on paper: what is said, asked, kept and logged."""

import json
import shutil
from pathlib import Path

import pytest

from automation.base.errors import AutomationError
from automation.base.findings import Text
from automation.base.records import replace
from automation.excel.reader import read
from automation.front import circumstances, ribbon, state
from automation.store.backups import backups_of
from tests.excel.live.paper import carried_out, taken
from tests.front.live import cells, spoil


class PaperExcel:
    """The open workbook, with everything that a person sees of a click."""

    def __init__(self, live, folder):
        self.live, self.folder = live, folder
        self.said, self.asked, self.went = [], [], []
        self.answer = True
        self.error = None
        self.busy = False

    def caller(self):
        return self

    def status(self, _book, text):
        self.said.append(text)
        self.told = _book

    def ask(self, _book, text):
        self.asked.append(text)
        return self.answer

    def go_to(self, _book, place):
        if self.busy:
            raise AutomationError(Text("Excel 正忙。", "Excel is busy."), code="EXCEL_BUSY")
        self.went.append(place)

    def folder_of(self, _book):
        return self.folder

    def take(self, _book):
        return self.live

    def save_copy(self, _book, path):
        if self.folder is None:
            raise AutomationError(Text("工作簿还没有保存到这台电脑。", "Not saved here."), code="NO_FOLDER")
        path.parent.mkdir(exist_ok=True)
        path.write_bytes((self.folder / "book.xlsx").read_bytes())

    def while_closed(self, book, work, opened):
        self.closed = True
        try:
            work(Path(self.live.path))
        finally:
            self.closed = False
            opened("again")

    def carry_out(self, _book, actions, *, taken_before=None):
        assert taken_before is not None
        if self.error:
            raise self.error
        self.live = carried_out(self.live, actions)


@pytest.fixture(scope="module")
def spoiled(demo, tmp_path_factory):
    path = spoil(Path(shutil.copy(demo.book, tmp_path_factory.mktemp("ribbon") / "book.xlsx")))
    return taken(path), path


@pytest.fixture
def excel(spoiled, tmp_path, monkeypatch):
    live, path = spoiled
    copy = Path(shutil.copy(path, tmp_path / "book.xlsx"))
    paper = PaperExcel(replace(live, path=str(copy)), tmp_path)
    monkeypatch.setattr(ribbon, "asking", paper)
    monkeypatch.setattr(ribbon, "office", paper)
    monkeypatch.setattr(circumstances, "user", lambda: "somebody")
    monkeypatch.setenv("DELIVERYBOOK_STATE", str(tmp_path / "state"))
    return paper


def log():
    return [json.loads(line) for line in (state.folder() / "clicks.log").read_text(encoding="utf-8").splitlines()]


def test_a_check_says_what_it_does_and_found_and_leads_to_the_findings(excel):
    ribbon.click("check")
    assert excel.said[0].startswith("交付簿：正在读取")
    assert excel.said[-1].startswith("检查全部 · ")
    assert "修改" in excel.said[-1]
    assert excel.went == ["'检查结果'!A2"]
    assert excel.asked == []


def test_the_log_of_clicks_splits_the_time(excel):
    ribbon.click("check")
    (entry,) = log()
    assert entry["control"] == "check"
    assert entry["milliseconds"].keys() == {"reading", "computing", "writing"}
    assert entry["cells"] > 0
    assert Path(entry["before"]).exists()


def test_a_repair_is_made_only_after_yes(excel):
    before = cells(excel.live)
    excel.answer = False
    ribbon.click("repair")
    assert cells(excel.live) == before
    assert excel.said[-1] == "没有执行，工作簿保持原样。"
    excel.answer = True
    ribbon.click("repair")
    assert cells(excel.live) != before
    assert len(excel.asked) == 2


def test_an_undo_puts_back_what_the_click_before_changed(excel):
    before = cells(excel.live)
    ribbon.click("reschedule")
    ribbon.click("undo")
    after = cells(excel.live)
    assert [place for place in before if before[place] != after.get(place)] == []


def test_a_backup_says_where_the_copy_lies_and_the_log_has_a_row(excel):
    saved = (excel.folder / "book.xlsx").read_bytes()
    ribbon.click("backup")
    (copy,) = (excel.folder / "backups").iterdir()
    assert copy.read_bytes() == saved
    assert excel.said[-1] == f"备份：{copy}"
    assert backups_of(excel.folder / "book.xlsx") == (copy,)
    assert "backup" in cells(excel.live).values()


def test_a_workbook_in_the_cloud_cannot_be_copied_and_nothing_is_logged_in_it(excel):
    excel.folder = None
    before = cells(excel.live)
    ribbon.click("backup")
    assert excel.said[-1].startswith("✖ 工作簿还没有保存到这台电脑")
    assert cells(excel.live) == before


def test_what_cannot_be_done_is_one_line_in_the_status_bar(excel):
    ribbon.click("baseline")
    assert excel.said[-1].startswith("✖ 项目 PRJ-001 已于 2026-03-02 设过基线")


def test_a_busy_excel_is_said_and_nothing_is_kept_for_an_undo(excel):
    excel.error = AutomationError(Text("Excel 正忙。", "Excel is busy."), code="EXCEL_BUSY")
    ribbon.click("reschedule")
    assert excel.said[-1] == "✖ Excel 正忙。"
    assert not list(state.folder("undo").rglob("*.json"))


def test_a_bug_is_logged_and_never_raised(excel, monkeypatch):
    monkeypatch.setattr(ribbon, "clicked", lambda *_: 1 / 0)
    ribbon.click("check")
    assert "error.log" in excel.said[-1]
    assert "ZeroDivisionError" in (state.folder() / "error.log").read_text(encoding="utf-8")


def test_without_a_workbook_nothing_is_raised_either(excel, monkeypatch):
    def caller():
        raise AutomationError(Text("没有工作簿。", "No workbook."), code="NO_CALLER")

    monkeypatch.setattr(excel, "caller", caller)
    ribbon.click("check")
    assert excel.said == []


def test_a_refused_click_is_said_and_only_the_log_changes(excel, monkeypatch):
    monkeypatch.setattr(circumstances, "user", lambda: "DEMO\\li")
    excel.live = replace(excel.live, active="项目")
    before = cells(excel.live)
    ribbon.click("new_row")
    changed = {place: value for place, value in cells(excel.live).items() if before.get(place) != value}
    assert excel.said[-1].startswith("DEMO\\li 的角色“编辑”没有“项目”表的“编辑”权限")
    assert {sheet for sheet, _ in changed} == {"日志"}
    assert "new-row (refused)" in changed.values()


def test_an_excel_that_is_busy_only_when_all_is_written_is_no_failure(excel):
    excel.busy = True
    ribbon.click("check")
    assert excel.said[-1].startswith("检查全部 · ")
    assert log()[0]["cells"] > 0


def test_changes_that_cannot_be_kept_are_a_notice_and_the_click_has_happened(excel, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(ribbon, "remember", full)
    before = cells(excel.live)
    ribbon.click("reschedule")
    assert cells(excel.live) != before
    assert excel.said[-1].endswith("无法保存修改记录，这次不能撤销")


def test_errors_speak_the_language_of_the_workbook_and_both_while_it_is_not_known(excel, monkeypatch):
    asked = ribbon.clicked

    def in_english(*given):
        found = asked(*given)
        return replace(found, result=replace(found.result, language="en"))

    monkeypatch.setattr(ribbon, "clicked", in_english)
    excel.error = AutomationError(Text("Excel 正忙。", "Excel is busy."), code="EXCEL_BUSY")
    ribbon.click("reschedule")
    assert excel.said[-1] == "✖ Excel is busy."
    monkeypatch.setattr(excel, "take", lambda _: (_ for _ in ()).throw(AutomationError(excel.error.text)))
    ribbon.click("reschedule")
    assert excel.said[-1] == "✖ Excel 正忙。 Excel is busy."


def test_a_click_imports_no_heavy_library():
    import subprocess
    import sys

    heavy = ["xlwings", "openpyxl", "xlsxwriter", "numpy", "pandas", "lxml", "docx", "docxtpl", "tqdm", "cryptography"]
    code = f"import sys, automation.front.ribbon; print([name for name in {heavy} if name in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )


def test_the_language_is_switched_while_the_workbook_is_closed_and_said_in_the_one_opened_again(excel):
    path = excel.folder / "book.xlsx"
    before = path.read_bytes()
    excel.answer = False
    ribbon.click("switch_language")
    assert excel.said[-1] == "没有执行，工作簿保持原样。"
    assert path.read_bytes() == before
    excel.answer = True
    ribbon.click("switch_language")
    assert "先保存、关闭" in excel.asked[-1]
    assert excel.told == "again"
    assert excel.said[-1].startswith("工作簿切换为英文")
    assert "Requirements" in [sheet.name for sheet in read(path).sheets]
    (backup,) = backups_of(path)
    assert backup.read_bytes() == before
    assert [entry["control"] for entry in log()] == ["switch_language"]


def test_a_switch_that_fails_leaves_the_file_and_opens_it_again(excel, monkeypatch):
    path = excel.folder / "book.xlsx"
    before = path.read_bytes()

    def fails(*_arguments, **_named):
        raise AutomationError(Text("不行。", "No."), code="X")

    monkeypatch.setattr("automation.front.runner.perform", fails)
    ribbon.click("switch_language")
    assert (excel.told, excel.said[-1], excel.closed) == ("again", "✖ 不行。", False)
    assert path.read_bytes() == before


def test_a_workbook_in_no_folder_of_this_computer_is_not_closed(excel):
    excel.folder = None
    ribbon.click("switch_language")
    assert "另存为" in excel.said[-1]
    assert excel.asked == []

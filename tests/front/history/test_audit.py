"""``audit`` as a user types it: who changed what, from the workbooks' logs and the history, in every form."""

import csv
import io
from datetime import datetime

import pytest
from openpyxl import load_workbook

from automation.excel.master.building import build
from automation.front import library

LOG = (
    {"time": "2026-06-01T09:30:00", "user": "zhang", "action": "new-row", "sheet": "requirements", "row_key": "REQ-001"},
    {
        "time": "2026-06-12T17:05:09", "user": "李四", "action": "import", "sheet": "plan", "row_key": "T-003",
        "column": "owner", "old": '=HYPERLINK("http://x")', "new": "ftp://li:geheim@host/x",
    },
    {"time": "2026-06-12T17:05:09", "user": "李四", "action": "check"},
)  # fmt: skip


@pytest.fixture(scope="module")
def logged(tmp_path_factory):
    """A workbook whose log has three rows, made once."""
    path = tmp_path_factory.mktemp("logged") / "logged.xlsx"
    build(library.Library().catalogue(), language="zh", path=path, rows={"log": LOG})
    return path


def test_the_log_of_a_workbook_in_words(run, home, logged):
    lines = run("audit", logged).out.splitlines()
    assert lines[1].split() == ["时间", "用户", "操作", "工作簿", "工作表", "行编号", "列", "原值", "新值"]
    assert lines[2].split() == [
        "2026-06-01",
        "09:30:00",
        "zhang",
        "new-row",
        "logged.xlsx",
        "需求",
        "REQ-001",
        "-",
        "-",
        "-",
    ]
    assert lines[3].split()[3:7] == ["import", "logged.xlsx", "计划", "T-003"]
    assert lines[3].split()[7] == "负责人"
    assert len(lines) == 5


def test_changes_can_be_asked_for_by_person_and_day(run, home, logged):
    found = run("audit", logged, "--who", "ZHANG", "--format", "json").json["changes"]
    assert [(one["who"], one["command"], one["sheet"]) for one in found] == [("zhang", "new-row", "requirements")]
    assert datetime.fromisoformat(found[0]["at"]).utcoffset() is not None
    assert len(run("audit", logged, "--since", "2026-06-12", "--format", "json").json["changes"]) == 2
    assert "没有符合条件的变更记录" in run("audit", logged, "--who", "nobody").out


def test_what_runs_changed_comes_from_the_history(run, nights):
    found = run("audit", "--format", "json").json["changes"]
    assert [one["key"] for one in found] == ["T-0", "T-0", "T-1", "T-1", "T-2", "T-2", "T-3", "T-3"]
    assert {one["who"] for one in found} == {"batch"}
    assert "north/b.xlsx" in run("audit").out


def test_a_row_that_the_history_took_from_the_log_comes_once(run, home, logged, company_run):
    company_run(logged)
    found = run("audit", logged, "--format", "json").json["changes"]
    assert [one["command"] for one in found] == ["new-row", "import", "check"]


@pytest.fixture
def company_run(home):
    """Keeps a run over a workbook as a batch would have, with what its log notes."""
    from automation.front import state
    from automation.front.batch.changed import logged as noted
    from automation.front.runner import open_book
    from automation.front.session import Common
    from automation.store.history import History
    from tests.store.history.conftest import run as kept_run

    def keep(book):
        request = open_book(book, Common(status_date=datetime(2026, 6, 12).date()))
        history = History.open(path=state.folder("batch") / "history.sqlite")
        history.record(kept_run(1, book=str(book), alterations=tuple(noted(request, after=None))))
        history.close()

    return keep


def test_csv_opens_in_excel_and_nothing_in_it_runs(run, home, logged):
    ended = run("audit", logged, "--format", "csv", "--out", home / "changes.csv")
    assert f"文件：{home / 'changes.csv'}" in ended.out
    data = (home / "changes.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows[0][:4] == ["时间", "用户", "操作", "工作簿"]
    assert rows[2] == [
        "2026-06-12 17:05:09", "李四", "import", "logged.xlsx", "计划", "T-003", "负责人", "'=HYPERLINK(\"http://x\")",
        "ftp://li:***@host/x",
    ]  # fmt: skip
    shown = run("audit", logged, "--format", "csv", "--lang", "en")
    assert shown.out.startswith('"Time","User",')


def test_a_workbook_of_changes_holds_texts(run, home, logged, ooxml_validator):
    ended = run("audit", logged, "--format", "xlsx", "--out", home / "out", "--lang", "en")
    path = home / "out" / "audit.xlsx"
    assert f"File: {path}" in ended.out
    assert ooxml_validator(path) == []
    sheet = load_workbook(path).worksheets[0]
    assert [cell.value for cell in sheet[4]][:3] == ["Time", "User", "Action"]
    assert sheet["A6"].value == datetime(2026, 6, 12, 17, 5, 9)
    assert (sheet["H6"].value, sheet["H6"].data_type) == ('=HYPERLINK("http://x")', "s")


def test_no_password_is_shown_in_any_form(run, home, logged):
    for form in ("text", "json", "csv"):
        assert "geheim" not in run("audit", logged, "--format", form).out
    run("audit", logged, "--format", "xlsx", "--out", home / "x.xlsx")
    values = [cell.value for row in load_workbook(home / "x.xlsx").worksheets[0].iter_rows() for cell in row]
    assert "ftp://li:***@host/x" in values


def test_a_folder_is_read_and_what_cannot_be_read_is_named(run, home, logged):
    folder = home / "projects"
    (folder / "good.xlsx").write_bytes(logged.read_bytes())
    (folder / "bad.xlsx").write_text("no workbook", "utf-8")
    ended = run("audit", folder, "--format", "json")
    assert ended.exit == 1
    assert len(ended.json["changes"]) == 3
    assert "bad.xlsx" in ended.json["notices"][0]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("nowhere.xlsx",), "NO_FILE", "没有找到 nowhere.xlsx"),
        (("--format", "pdf"), "USAGE", "--format"),
        (("--format", "xlsx", "--out", "there.txt"), "", "--out 请写 .xlsx 文件或文件夹"),
    ],
)
def test_what_cannot_be_told_is_said(run, home, words, code, said):
    (home / "there.txt").write_text("x", "utf-8")
    ended = run("audit", *words)
    assert (ended.exit, said in ended.err, code in ended.err) == (2, True, True)


def test_other_commands_have_no_such_forms(run, home, logged):
    assert run("check", logged, "--format", "csv").exit == 2

"""Check of one sheet, new rows, copies, settings, help and permissions through the command line."""

import hashlib
import json

import pytest
from python_calamine import CalamineWorkbook

from automation.front import circumstances, state


def rows(book, sheet):
    return CalamineWorkbook.from_path(str(book)).get_sheet_by_name(sheet).to_python()


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def user(monkeypatch):
    """Sign in as somebody."""

    def sign_in(name):
        monkeypatch.setattr(circumstances.getpass, "getuser", lambda: name)

    return sign_in


def test_a_sheet_checked_alone_reports_its_own_findings_and_those_only(run, book):
    every = run("check", book, "--format", "json").json["findings"]
    one = run("check-sheet", book, "需求", "--format", "json").json["findings"]
    assert one == [finding for finding in every if finding["sheet"] == "requirements"]
    assert one


def test_a_sheet_written_alone_keeps_the_findings_of_the_others(run, book):
    run("check", book, "--write", "--quiet")
    before = rows(book, "检查结果")
    assert run("check-sheet", book, "requirements", "--write", "--format", "json").json["edits"] == 0
    assert rows(book, "检查结果") == before


def test_a_new_row_has_the_next_id_the_owner_and_a_line_in_the_log(run, book, user):
    user("li")
    result = run("new-row", book, "需求", "--format", "json").json
    header, *body = rows(book, "需求")
    added = dict(zip(header, body[-1], strict=True))
    assert result["figures"]["key"] == added["需求编号"] == "REQ-033"
    assert added["项目"] == "PRJ-001"
    assert added["负责人"] == "RES-002"
    log = rows(book, "日志")[-1]
    assert log[1:4] == ["li", "编辑", "new-row"]


def test_two_new_rows_are_numbered_one_after_the_other(run, book):
    keys = [run("new-row", book, "risks", "--format", "json").json["figures"]["key"] for _ in range(2)]
    first, second = (int(key.rpartition("-")[2]) for key in keys)
    assert second == first + 1


def test_a_backup_is_the_file_as_it_was_and_the_log_says_so(run, book):
    before = digest(book)
    result = run("backup", book, "--format", "json").json
    copy = next((book.parent / "backups").iterdir())
    assert result["backup"] == str(copy)
    assert digest(copy) == before
    assert rows(book, "日志")[-1][3] == "backup"


def test_settings_and_help_are_shown_and_change_nothing(run, book):
    before = digest(book)
    assert "[fail_on]" in run("settings", book, "--lang", "en").out
    assert "REQ-001" in run("guide", book, "--sheet", "requirements", "--lang", "en").out
    assert digest(book) == before


class TestPermissions:
    def test_a_role_without_the_right_is_refused_and_the_refusal_is_kept(self, run, book, user, tmp_path, monkeypatch):
        monkeypatch.setenv("DELIVERYBOOK_STATE", str(tmp_path / "state"))
        user("DEMO\\li")
        before = digest(book)
        refused = run("baseline", book, "--change", "CHG-001", "--lang", "zh")
        assert refused.exit == 2
        assert "[NOT_ALLOWED]" in refused.err
        assert digest(book) == before
        (line,) = (state.folder() / "refused.log").read_text(encoding="utf-8").splitlines()
        assert {"user": "DEMO\\li", "action": "baseline"}.items() <= json.loads(line).items()

    def test_who_is_not_listed_is_not_held_back(self, run, book, user):
        user("somebody")
        assert run("reschedule", book, "--quiet").exit in {0, 1}

    def test_checking_needs_no_right(self, run, book, user):
        user("DEMO\\li")
        assert run("check", book, "--write", "--quiet").exit == 1

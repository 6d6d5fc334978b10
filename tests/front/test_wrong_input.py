"""Wrong input: one line that says what to do, exit code 2, and the file as it was."""

import hashlib
import os
import stat
import zipfile

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from automation.excel.writer import apply
from automation.model.effects import CellEdit

OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def text_file(folder):
    path = folder / "text.xlsx"
    path.write_text("not a workbook\n" * 20)
    return path


def old_workbook(folder):
    path = folder / "old.xls"
    path.write_bytes(OLE + b"\0" * 504 + "Workbook".encode("utf-16-le") + b"\0" * 1000)
    return path


def encrypted(folder):
    path = folder / "secret.xlsx"
    path.write_bytes(OLE + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 1000)
    return path


def foreign(folder):
    path = folder / "foreign.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Sales").write(0, 0, "Region")
    return path


def damaged(folder):
    path = foreign(folder)
    path.write_bytes(path.read_bytes()[:-200])
    return path


def no_workbook(folder):
    path = folder / "archive.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")
    return path


MAKERS = [text_file, old_workbook, encrypted, foreign, damaged, no_workbook]
COMMANDS = [("check",), ("check", "--write"), ("reschedule",), ("repair",), ("document", "D01")]


def refused(done, *said):
    """Exit code 2 with one line on stderr that holds these words, and nothing on stdout."""
    assert done.exit == 2
    assert done.out == ""
    line, *rest = done.err.splitlines()
    assert rest == []
    assert line.startswith("deliverybook: ")
    for word in said:
        assert word in line
    return line


def words_of(command, book):
    name, *options = command
    return (name, book, *options)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("make", MAKERS)
def test_unreadable_books_are_refused_and_left_alone(run, tmp_path, make, command):
    path = make(tmp_path)
    before, time = hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns
    refused(run(*words_of(command, path)))
    assert (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns) == (before, time)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("make", "zh", "en"),
    [
        (text_file, "文本文件", "text file"),
        (old_workbook, ".xls", ".xls"),
        (encrypted, "密码", "password"),
        (foreign, "没有交付簿的工作表", "none of Deliverybook's sheets"),
        (no_workbook, "没有工作簿内容", "no workbook"),
    ],
)
def test_the_sentence_says_what_is_wrong(run, tmp_path, make, zh, en):
    path = make(tmp_path)
    refused(run("check", path, "--lang", "zh"), zh, path.name)
    refused(run("check", path, "--lang", "en"), en, path.name)


def test_missing_file_and_folder(run, tmp_path):
    refused(run("check", tmp_path / "nowhere.xlsx"), "nowhere.xlsx")
    refused(run("check", tmp_path), "文件夹")


class TestWriting:
    def test_open_in_excel(self, run, book):
        before = book.read_bytes()
        name = b"Zhou Ming"
        owner = bytes([len(name)]) + name.ljust(54, b" ") + len("Zhou Ming").to_bytes(2, "little")
        owner += "Zhou Ming".encode("utf-16-le").ljust(108, b" ")
        book.with_name(f"~${book.name}").write_bytes(owner)
        refused(run("check", book, "--write"), "Zhou Ming", book.name)
        assert book.read_bytes() == before
        assert run("check", book).exit == 1

    def test_read_only_folder(self, run, book):
        before, folder = book.read_bytes(), book.parent
        mode = folder.stat().st_mode
        folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
        try:
            refused(run("check", book, "--write"), str(folder))
        finally:
            folder.chmod(mode)
        assert book.read_bytes() == before

    def test_read_only_file(self, run, book):
        before = book.read_bytes()
        book.chmod(stat.S_IRUSR)
        refused(run("check", book, "--write"), book.name)
        assert book.read_bytes() == before


class TestWords:
    def test_unknown_command_option_and_date_are_one_line(self, run, book):
        refused(run("chekc", book))
        refused(run("check", book, "--wirte"))
        refused(run("check", book, "--status-date", "12.6.2026"))
        refused(run("document", book, "D99"), "D99")

    def test_cells_file_is_checked_first(self, run, book, tmp_path):
        before = book.read_bytes()
        bad = tmp_path / "cells.json"
        for text in ("{", "{}", '[{"sheet": "计划"}]', '[{"sheet": "没有", "cell": "A1", "value": 1}]'):
            bad.write_text(text, encoding="utf-8")
            refused(run("write", book, "--cells", bad))
        refused(run("write", book, "--cells", tmp_path / "none.json"))
        assert book.read_bytes() == before

    def test_a_broken_configuration_is_named_with_its_line(self, run, book, tmp_path):
        config = tmp_path / "broken.yaml"
        config.write_text("settings:\n  language: [zh\n", encoding="utf-8")
        refused(run("check", book, "--config", config), "broken.yaml", "YAML")

    def test_an_unknown_setting_is_a_finding_with_the_nearest_name(self, run, book, tmp_path):
        config = tmp_path / "config.yaml"
        config.write_text("settings:\n  req_confirm_day: 5\n", encoding="utf-8")
        found = run("check", book, "--config", config, "--format", "json").json["findings"]
        finding = next(one for one in found if one["rule"] == "CONFIG")
        assert "req_confirm_days" in finding["hint"]

    def test_a_status_date_that_cannot_be_read_is_quoted_with_its_cell(self, run, book):
        cell = status_date_cell(book)
        put(book, cell, "next week")
        refused(run("check", book, "--lang", "zh"), f"“参数”表 {cell}", "“next week”")
        refused(run("check", book, "--lang", "en"), f"Cell {cell} of the 'Settings' sheet", "'next week'")
        assert run("check", book, "--status-date", "2026-06-12").exit == 1

    @pytest.mark.parametrize("day", ["1900-01-01", "9999-12-31"])
    def test_a_status_date_that_cannot_be_meant_is_quoted(self, run, book, day):
        refused(run("check", book, "--status-date", day), day, "1990", "2199")

    def test_a_project_from_1900_to_9999_is_two_findings(self, run, book):
        apply(book, [CellEdit("项目", "P2", 1), CellEdit("项目", "Q2", 2958465)], book)
        done = run("check", book, "--format", "json")
        assert done.exit == 1
        found = [(one["rule"], one["cell"]) for one in done.json["findings"] if one["severity"] == "error"]
        assert sorted(found) == [("V02", "P2"), ("V02", "Q2")]

    def test_a_status_date_typed_as_text_is_understood(self, run, book):
        put(book, status_date_cell(book), "2026年6月12日")
        assert run("check", book, "--format", "json").json["status_date"] == "2026-06-12"


def status_date_cell(book):
    rows = CalamineWorkbook.from_path(str(book)).get_sheet_by_name("参数").to_python()
    return f"B{next(number for number, row in enumerate(rows, 1) if row[0] == 'status_date')}"


def put(book, cell, value):
    apply(book, [CellEdit("参数", cell, value)], book)


def test_new_refuses_an_existing_workbook(run, tmp_path):
    assert run("new", tmp_path / "one", "--name", "甲").exit == 0
    made = next((tmp_path / "one").glob("*.xlsx"))
    before = made.read_bytes()
    refused(run("new", tmp_path / "one", "--name", "甲"), made.name)
    assert made.read_bytes() == before


def test_a_bug_is_logged_and_exits_three(run, book, monkeypatch, tmp_path):
    monkeypatch.setenv("DELIVERYBOOK_STATE", str(tmp_path / "state"))
    monkeypatch.setattr("automation.front.cli._run", lambda options: 1 / 0)
    done = run("check", book)
    assert done.exit == 3
    assert "error.log" in done.err
    assert "ZeroDivisionError" in (tmp_path / "state" / "error.log").read_text(encoding="utf-8")
    assert os.linesep not in done.err.strip()


class TestAnswers:
    def test_the_reason_has_its_code_and_programs_get_it_as_json(self, run, tmp_path):
        done = run("check", tmp_path / "none.xlsx", "--format", "json")
        assert done.exit == 2
        assert done.err.endswith("[missing]\n")
        assert done.json["error"]["code"] == "missing"
        assert done.json["exit"] == 2

    def test_an_english_workbook_is_answered_in_english(self, run, demo_en):
        assert "There is no document" in run("document", demo_en.book, "D99").err
        assert "没有编号为" in run("document", demo_en.book, "D99", "--lang", "zh").err

    def test_complaints_about_words_are_in_chinese(self, run, monkeypatch):
        monkeypatch.setenv("LANG", "zh_CN.UTF-8")
        assert "缺少 BOOK" in run("check").err
        assert "不认识 --wirte" in run("check", "x", "--wirte").err
        assert "可以是 'text', 'json'" in run("check", "x", "--format", "xml").err

    def test_an_output_folder_that_is_a_file_is_refused(self, run, book):
        refused(run("document", book, "D12", "--out", book), book.name)

    def test_unsound_schemas_of_a_company_say_how_to_find_out(self, run, book):
        own = book.parent / "schemas" / "sheets"
        own.mkdir(parents=True)
        (own / "risks.yaml").write_text("$id: risks\nproperties: {}\n", encoding="utf-8")
        refused(run("check", book), "schema check")

"""Writing commands hold the workbook from reading to save; what a run that died left is told; places are told."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import openpyxl
import pytest

from automation.front import held as holding
from automation.front import runner, state
from automation.front.held import OUTCOMES, interrupted
from automation.store.locks import Interruption, locked
from automation.store.writing import digest_of

ROOT = Path(__file__).resolve().parents[2]
POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows ends a process instead of signalling it")


@pytest.fixture(autouse=True)
def own_state(tmp_path, monkeypatch):
    """Locks and notes of these tests lie in a folder of their own."""
    monkeypatch.setenv("DELIVERYBOOK_STATE", str(tmp_path / "state"))
    return tmp_path / "state"


@pytest.fixture
def sheet(tmp_path):
    """A workbook that is none of ours, with one sheet."""
    path = tmp_path / "books" / "工时.xlsx"
    path.parent.mkdir()
    book = openpyxl.Workbook()
    book.active.title = "Edits"
    book.active["D1"] = "start"
    book.save(path)
    return path


def cells_file(folder, cell, value):
    path = folder / f"{cell}.json"
    path.write_text(json.dumps([{"sheet": "Edits", "cell": cell, "value": value}]), encoding="utf-8")
    return path


def command(*words):
    return [sys.executable, "-m", "automation", *map(str, words)]


def died(book, what="check"):
    """A process that held the workbook and was killed in the middle of its save."""
    program = (
        "import os, pathlib, sys\n"
        "from automation.store.locks import announce, locked\n"
        "from automation.store.writing import temporary_of\n"
        "book, state = map(pathlib.Path, sys.argv[1:3])\n"
        "with locked(book, state=state, what=sys.argv[3]):\n"
        "    temporary = temporary_of(book)\n"
        "    announce(book, state=state, before=sys.argv[4], after='0', temporaries=(temporary,))\n"
        "    temporary.write_bytes(b'half')\n"
        "    os._exit(9)\n"
    )
    words = [sys.executable, "-c", program, book, state.folder("locks"), what, digest_of(book)]
    assert subprocess.run(list(map(str, words)), cwd=ROOT, check=False).returncode == 9


def test_two_processes_editing_one_workbook_lose_no_edit(sheet, tmp_path):
    def work(writer):
        for number in range(1, 4):
            cells = cells_file(tmp_path, f"{writer}{number}", f"{writer}-{number}")
            subprocess.run(command("write", sheet, "--cells", cells), cwd=ROOT, check=True, capture_output=True)

    writers = [threading.Thread(target=work, args=(name,)) for name in "AB"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    found = openpyxl.load_workbook(sheet).active
    cells = [f"{name}{number}" for name in "AB" for number in range(1, 4)]
    assert [found[cell].value for cell in cells] == [f"{cell[0]}-{cell[1:]}" for cell in cells]
    assert found["D1"].value == "start"


def test_an_edit_made_between_reading_and_saving_is_refused_not_lost(sheet, tmp_path, monkeypatch, run):
    def slow(package, edits):
        book = openpyxl.load_workbook(sheet)
        book.active["C1"] = "their work"
        book.save(sheet)
        return edited(package, edits)

    edited = runner.edited
    monkeypatch.setattr(runner, "edited", slow)
    ended = run("write", sheet, "--cells", cells_file(tmp_path, "A1", "ours"), "--lang", "en")
    assert ended.exit == 2
    assert ended.err.strip().endswith("their work is kept. Run it again. [changed-meanwhile]")
    assert openpyxl.load_workbook(sheet).active["C1"].value == "their work"


def test_the_workbook_is_held_while_a_writing_command_reads_and_computes(book, monkeypatch, run):
    held_by = []

    def reading(path, common):
        notes = list(state.folder("locks").glob("*.note"))
        held_by.extend(json.loads(note.read_text(encoding="utf-8"))["what"] for note in notes)
        return open_book(path, common)

    open_book = runner.open_book
    monkeypatch.setattr(runner, "open_book", reading)
    assert run("reschedule", book).exit == 0
    assert held_by == ["reschedule"]
    assert run("check", book).exit == 1
    assert run("reschedule", book, "--dry-run").exit == 0
    assert held_by == ["reschedule"]
    assert list(state.folder("locks").glob("*.note")) == []


def test_a_command_that_waits_too_long_says_for_whom(sheet, tmp_path, monkeypatch, run):
    monkeypatch.setattr(holding, "WAIT_SECONDS", 0.1)
    taken, done = threading.Event(), threading.Event()

    def hold():
        with locked(sheet, state=state.folder("locks"), what="reschedule"):
            taken.set()
            done.wait(30)

    thread = threading.Thread(target=hold)
    thread.start()
    taken.wait(30)
    before = digest_of(sheet)
    ended = run("write", sheet, "--cells", cells_file(tmp_path, "A1", 1), "--lang", "en")
    done.set()
    thread.join()
    assert ended.exit == 2
    assert f"(reschedule, process {os.getpid()}, since " in ended.err
    assert digest_of(sheet) == before


@pytest.mark.parametrize("words", [("check",), ("check", "--write"), ("reschedule",)])
def test_the_next_run_says_what_happened_and_cleans_up(book, run, words):
    died(book)
    name, *options = words
    result = run(name, book, *options, "--format", "json", "--lang", "en").json
    (notice,) = [notice for notice in result["notices"] if "interrupted" in notice]
    assert notice.startswith("An earlier run (check) on book.xlsx was interrupted at 2")
    assert "the file is intact, it is as it was before that run. Removed temporary files: .book.xlsx." in notice
    assert [item.name for item in book.parent.iterdir() if item.suffix == ".tmp"] == []
    again = run(name, book, *options, "--format", "json", "--lang", "en").json
    assert not any("interrupted" in notice for notice in again["notices"])


def test_a_dry_run_touches_nothing(book, run):
    died(book)
    before = sorted(book.parent.iterdir())
    run("check", book, "--write", "--dry-run")
    assert sorted(book.parent.iterdir()) == before


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_the_sentence_about_a_run_that_died_is_the_same_in_both_languages(outcome):
    seen = dt.datetime(2026, 11, 22, 1, 30, 5, tzinfo=dt.UTC)
    shown = seen.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    text = interrupted(Interruption("主计划.xlsx", "check", seen, outcome, (".a.tmp", ".b.tmp")))
    assert text.zh == (
        f"“主计划.xlsx”上一次的运行（check）在 {shown} 中断：文件完好，{OUTCOMES[outcome].zh}。"
        "已清理临时文件：.a.tmp, .b.tmp。"
    )
    assert text.en == (
        f"An earlier run (check) on 主计划.xlsx was interrupted at {shown}: the file is intact, "
        f"{OUTCOMES[outcome].en}. Removed temporary files: .a.tmp, .b.tmp."
    )
    bare = interrupted(Interruption("主计划.xlsx", "", seen, outcome, ()))
    assert bare.zh == f"“主计划.xlsx”上一次的运行在 {shown} 中断：文件完好，{OUTCOMES[outcome].zh}。"
    assert bare.en == (
        f"An earlier run on 主计划.xlsx was interrupted at {shown}: the file is intact, {OUTCOMES[outcome].en}."
    )


@pytest.mark.parametrize("case", [("network", "another computer"), ("synced", "synchronised"), ("local", "")])
def test_writing_to_a_network_or_a_synchronised_folder_is_told(sheet, tmp_path, monkeypatch, run, case):
    kind, word = case
    monkeypatch.setattr(holding, "kind_of", lambda _: kind)
    cells = cells_file(tmp_path, "A1", "x")
    result = run("write", sheet, "--cells", cells, "--format", "json", "--lang", "en").json
    assert [word in notice for notice in result["notices"]] == ([True] if word else [])


def test_conflict_copies_stop_the_writing_but_not_the_reading(book, run):
    copy = book.with_name("book (张三 的冲突副本 2026-11-20).xlsx")
    copy.write_bytes(b"theirs")
    before = digest_of(book)
    ended = run("reschedule", book)
    assert ended.exit == 2
    assert copy.name in ended.err
    assert digest_of(book) == before
    assert run("check", book).exit == 1


def test_the_settings_of_backups_are_honoured(book, run, tmp_path):
    config = tmp_path / "own.yaml"
    config.write_text("settings:\n  backup_folder: 归档\n  backup_keep: 2\n", encoding="utf-8")
    sheet = openpyxl.load_workbook(book, read_only=True)["参数"]
    rows = {row[0].value: row for row in sheet.iter_rows() if row[0].value}
    edits = [
        {"sheet": "参数", "cell": cell.coordinate, "value": None}
        for key in ("backup_folder", "backup_keep")
        for cell in rows[key][1:2] + tuple(one for one in rows[key] if one.value in {"backups", "backup", 20})
        if cell.value in {"backups", "backup", 20}
    ]
    empty = tmp_path / "empty.json"
    empty.write_text(json.dumps(edits), encoding="utf-8")
    assert run("write", book, "--cells", empty).exit == 0
    for day in (15, 16, 17, 18):
        words = ("check", book, "--write", "--status-date", f"2026-06-{day}", "--config", config)
        assert run(*words).exit == 1
    assert len(list((book.parent / "归档").iterdir())) == 2


@POSIX
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_a_signal_to_stop_leaves_the_workbook_as_it_was_and_says_so_in_one_line(book, monkeypatch, run, name, code):
    def reading(path, common):
        request = open_book(path, common)
        signal.raise_signal(getattr(signal, name))
        return request

    open_book, before = runner.open_book, digest_of(book)
    monkeypatch.setattr(runner, "open_book", reading)
    ended = run("check", book, "--write", "--status-date", "2026-06-15", "--lang", "en")
    assert (ended.exit, ended.err) == (code, "deliverybook: interrupted; the workbook is as it was.\n")
    assert digest_of(book) == before
    assert list(state.folder("locks").glob("*.note")) == []
    monkeypatch.setattr(runner, "open_book", open_book)
    assert run("check", book, "--write", "--status-date", "2026-06-15").exit == 1


@POSIX
def test_a_signal_after_the_save_says_that_the_writing_is_complete(book, monkeypatch, run):
    def saving(path, data, **options):
        saved = save(path, data, **options)
        signal.raise_signal(signal.SIGTERM)
        return saved

    save, before = runner.files.save, digest_of(book)
    monkeypatch.setattr(runner.files, "save", saving)
    ended = run("check", book, "--write", "--status-date", "2026-06-15", "--lang", "en")
    assert (ended.exit, ended.err) == (143, "deliverybook: interrupted; what had been written before is complete.\n")
    assert digest_of(book) != before


@POSIX
def test_a_process_that_gets_sigterm_ends_with_143_and_leaves_nothing(book, own_state):
    words = command("check", book, "--write", "--status-date", "2026-06-15", "--quiet", "--lang", "en")
    job = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    before = digest_of(book)
    while job.poll() is None and not list((own_state / "locks").glob("*.note")):
        time.sleep(0.005)
    job.terminate()
    _, error = job.communicate(timeout=60)
    assert (job.returncode, error) == (143, "deliverybook: interrupted; the workbook is as it was.\n")
    assert digest_of(book) == before
    assert list(own_state.rglob("*.note")) == []
    assert [item.name for item in book.parent.iterdir() if item.suffix == ".tmp"] == []


def test_nothing_of_a_lock_lies_beside_the_workbook(sheet, tmp_path, run):
    with contextlib.suppress(FileNotFoundError):
        run("write", sheet, "--cells", cells_file(tmp_path, "A1", "x"))
    assert sorted(item.name for item in sheet.parent.iterdir()) == ["backups", "工时.xlsx"]

"""Saving: the file always holds its old bytes or its new ones, and nobody's work is lost."""

from __future__ import annotations

import datetime as dt
import errno
import os
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from automation.base.errors import WriteRefusedError
from automation.store import files
from automation.store.files import backups_of, check_writable, create, digest_of, locked, save, sweep
from automation.store.reasons import REASONS

NOW = dt.datetime(2026, 11, 22, 9, 30, 5)


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "主计划.xlsx"
    path.write_bytes(b"old")
    return path


def refusal(act, *arguments, **options):
    with pytest.raises(WriteRefusedError) as caught:
        act(*arguments, **options)
    assert all("{" not in half and "\n" not in half for half in caught.value.text)
    return caught.value


def names(folder):
    """What lies in a folder, lock files left out."""
    return sorted(item.name for item in folder.iterdir() if not item.name.endswith(".lock"))


def test_a_save_replaces_the_file_and_keeps_the_old_bytes(book):
    digest = digest_of(book)
    saved = save(book, b"new", expected=digest, now=NOW)
    assert book.read_bytes() == b"new"
    assert saved.changed
    assert saved.digest == digest_of(book)
    assert saved.backup == book.parent / "backups" / f"主计划.20261122T093005.{digest[:12]}.xlsx"
    assert saved.backup.read_bytes() == b"old"
    assert names(book.parent) == ["backups", "主计划.xlsx"]


def test_the_same_bytes_leave_even_the_time_alone(book):
    os.utime(book, (1, 1))
    saved = save(book, b"old", expected=digest_of(book), now=NOW)
    assert (saved.changed, saved.backup) == (False, None)
    assert book.stat().st_mtime == 1
    assert names(book.parent) == ["主计划.xlsx"]


def test_a_file_that_someone_saved_meanwhile_is_not_overwritten(book):
    digest = digest_of(book)
    book.write_bytes(b"their work")
    assert refusal(save, book, b"new", expected=digest, now=NOW).code == "changed-meanwhile"
    assert book.read_bytes() == b"their work"


def test_a_file_saved_by_someone_while_we_write_is_not_overwritten(book, monkeypatch):
    write = files._write

    def slow(path, data, *, mode):
        write(path, data, mode=mode)
        if data == b"new":
            book.write_bytes(b"their work")

    monkeypatch.setattr(files, "_write", slow)
    assert refusal(save, book, b"new", expected=digest_of(book), now=NOW).code == "changed-meanwhile"
    assert book.read_bytes() == b"their work"
    assert [name for name in names(book.parent) if name.endswith(".tmp")] == []


def test_a_file_open_in_excel_is_left_alone_and_the_message_says_by_whom(book):
    mark = book.parent / f"~${book.name}"
    mark.write_bytes(b"\x04Li S" + b" " * 50 + b"\x02\x00" + "李四".encode("utf-16-le") + b"\0" * 106)
    error = refusal(save, book, b"new", expected=digest_of(book), now=NOW)
    assert error.code == "in-use"
    assert "李四" in error.text.zh
    assert mark.name in error.text.en
    assert book.read_bytes() == b"old"
    assert mark.exists()


def test_read_only_files_and_folders_are_refused(book):
    book.chmod(0o444)
    assert refusal(check_writable, book).code == "read-only-file"
    book.chmod(0o644)
    book.parent.chmod(0o555)
    try:
        assert refusal(check_writable, book).code == "read-only-folder"
        assert refusal(save, book, b"new", expected=digest_of(book), now=NOW).code == "read-only-folder"
    finally:
        book.parent.chmod(0o755)
    assert refusal(check_writable, book.with_name("none.xlsx")).code == "missing"


def test_the_mode_of_the_file_is_kept(book):
    book.chmod(0o640)
    save(book, b"new", expected=digest_of(book), now=NOW)
    assert stat.S_IMODE(book.stat().st_mode) == 0o640


def test_only_so_many_backups_are_kept_and_those_of_other_books_stay(book):
    other = book.parent / "backups" / "别的.20200101T000000.0123456789ab.xlsx"
    other.parent.mkdir()
    other.write_bytes(b"x")
    for number in range(6):
        later = NOW + dt.timedelta(seconds=number)
        save(book, b"new %d" % number, expected=digest_of(book), now=later, keep=3)
    kept = backups_of(book)
    assert [path.read_bytes() for path in kept] == [b"new 4", b"new 3", b"new 2"]
    assert other.exists()


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "disk-full"), (errno.EACCES, "held"), (errno.EROFS, "read-only-folder"), (errno.EIO, "not-saved")],
)
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_whatever_fails_the_old_file_stays_and_nothing_is_left_behind(book, monkeypatch, step, number, code):
    def fail(*_):
        raise OSError(number, "simulated")

    if step == "fsync":
        monkeypatch.setattr(os, "fsync", fail)
    else:
        monkeypatch.setattr(Path, "replace", fail)
    assert refusal(save, book, b"new", expected=digest_of(book), now=NOW).code == code
    assert book.read_bytes() == b"old"
    assert [name for name in names(book.parent) if name.endswith(".tmp")] == []


def test_the_steps_of_a_save_come_in_the_safe_order(book, monkeypatch):
    steps = []
    fsync, replace = os.fsync, Path.replace
    monkeypatch.setattr(os, "fsync", lambda number: (steps.append("fsync"), fsync(number))[1])
    monkeypatch.setattr(
        Path, "replace", lambda old, new: (steps.append(f"replace {Path(new).name}"), replace(old, new))[1]
    )
    saved = save(book, b"new", expected=digest_of(book), now=NOW)
    backup = f"replace {saved.backup.name}"
    assert steps == ["fsync", "fsync", backup, "fsync", f"replace {book.name}", "fsync"]


def test_left_over_temporary_files_are_swept(book):
    (book.parent / f".{book.name}.0123456789abcdef.deliverybook.tmp").write_bytes(b"half")
    (book.parent / ".other.xlsx.0123456789abcdef.deliverybook.tmp").write_bytes(b"not ours")
    assert sweep(book) == 1
    assert names(book.parent) == [".other.xlsx.0123456789abcdef.deliverybook.tmp", "主计划.xlsx"]


def test_the_lock_keeps_another_process_out_and_dies_with_its_holder(book):
    program = textwrap.dedent(f"""
        import pathlib, sys
        from automation.store.files import locked
        with locked(pathlib.Path({str(book)!r})):
            print("held", flush=True)
            sys.stdin.read()
    """)
    other = subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert other.stdout.readline() == "held\n"

        def take():
            with locked(book, seconds=0.2):
                pass

        assert refusal(take).code == "job-running"
        other.kill()
        other.wait()
        take()
    finally:
        other.kill()
        other.communicate()


def test_the_lock_can_be_taken_twice_by_its_holder_and_lie_elsewhere(book, tmp_path):
    state = tmp_path / "state"
    with locked(book, state=state), locked(book, state=state):
        save(book, b"new", expected=digest_of(book), now=NOW, state=state)
    assert names(book.parent) == ["backups", "state", "主计划.xlsx"]
    assert not list(book.parent.glob(".*.lock"))


def test_three_jobs_at_once_lose_no_update(book):
    book.write_text("0")
    program = textwrap.dedent(f"""
        import datetime, pathlib
        from automation.store.files import digest_of, locked, save
        book = pathlib.Path({str(book)!r})
        for _ in range(20):
            with locked(book, seconds=60):
                digest, number = digest_of(book), int(book.read_text())
                now = datetime.datetime(2026, 1, 1)
                save(book, str(number + 1).encode(), expected=digest, now=now, keep=0)
    """)
    jobs = [subprocess.Popen([sys.executable, "-c", program]) for _ in range(3)]
    assert [job.wait(timeout=120) for job in jobs] == [0, 0, 0]
    assert book.read_text() == "60"


def test_a_kill_at_any_moment_leaves_the_old_or_the_new_file(book):
    program = textwrap.dedent(f"""
        import datetime, itertools, pathlib
        from automation.store.files import digest_of, save
        book = pathlib.Path({str(book)!r})
        print("go", flush=True)
        for number in itertools.count():
            save(book, b"%d" % (number % 10) * 200_000, expected=digest_of(book), now=datetime.datetime(2026, 1, 1), keep=2)
    """)
    for number in range(12):
        job = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
        job.stdout.readline()
        with pytest.raises(subprocess.TimeoutExpired):
            job.wait(timeout=0.01 * number)
        job.kill()
        job.communicate()
        data = book.read_bytes()
        assert data == b"old" or (len(data) == 200_000 and len(set(data)) == 1)
    sweep(book)
    assert [name for name in names(book.parent) if name.endswith(".tmp")] == []


def test_a_new_file_is_made_in_one_step_and_never_over_another(tmp_path):
    path = create(tmp_path / "report.docx", b"1")
    assert path.read_bytes() == b"1"
    assert refusal(create, path, b"2").code == "exists"
    assert create(path, b"2", overwrite=True).read_bytes() == b"2"
    assert names(tmp_path) == ["report.docx"]


def test_every_sentence_is_one_line_in_both_languages_and_ends():
    for text in REASONS.values():
        assert text.zh.endswith("。")
        assert text.en.endswith(".")
        places = [{part.partition("}")[0] for part in half.split("{")[1:]} for half in text]
        assert places[0] == places[1]

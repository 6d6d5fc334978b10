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

from automation import store
from automation.base.errors import WriteRefusedError
from automation.store import files
from automation.store.backups import backups_of
from automation.store.files import check_writable, create, save
from automation.store.reasons import REASONS
from automation.store.writing import digest_of

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


@pytest.mark.parametrize("step", ["files.write_new", "backups.back_up"])
def test_a_file_saved_by_someone_while_we_write_is_not_overwritten(book, monkeypatch, step):
    def slow(*arguments, **options):
        done = work(*arguments, **options)
        book.write_bytes(b"their work")
        return done

    module, name = step.split(".")
    work = getattr(getattr(store, module), name)
    monkeypatch.setattr(f"automation.store.{step}", slow)
    assert refusal(save, book, b"new", expected=digest_of(book), now=NOW).code == "changed-meanwhile"
    assert book.read_bytes() == b"their work"
    assert [name for name in names(book.parent) if name.endswith(".tmp")] == []
    assert all(path.read_bytes() == b"old" for path in backups_of(book))


@pytest.mark.parametrize("way", ["in place", "by another file"])
def test_a_file_saved_in_the_moment_before_the_replacement_is_not_overwritten(book, monkeypatch, way):
    def digest(path):
        result = digest_of(path)
        looked_at.append(path)
        if looked_at.count(book) == 2:
            other = book.parent / "other"
            (book if way == "in place" else other).write_bytes(b"their work")
            if way == "by another file":
                other.replace(book)
        return result

    looked_at = []
    monkeypatch.setattr(files, "digest_of", digest)
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


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "disk-full"), (errno.EACCES, "held"), (errno.EROFS, "read-only-folder"), (errno.EIO, "not-saved")],
)
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_whatever_fails_the_old_file_stays_and_nothing_is_left_behind(book, monkeypatch, step, number, code):
    def fail(*_):
        raise OSError(number, "simulated")

    def fail_on_the_book(old, new):
        return fail() if new == book else replace(old, new)

    replace = Path.replace
    if step == "fsync":
        monkeypatch.setattr(os, "fsync", fail)
    else:
        monkeypatch.setattr(Path, "replace", fail_on_the_book)
    assert refusal(save, book, b"new", expected=digest_of(book), now=NOW).code == code
    assert book.read_bytes() == b"old"
    assert [name for name in names(book.parent) if name.endswith(".tmp")] == []


def test_a_link_to_a_workbook_stays_a_link(book):
    link = book.parent / "links" / "link.xlsx"
    link.parent.mkdir()
    link.symlink_to(book)
    saved = save(link, b"new", expected=digest_of(link), now=NOW)
    assert link.is_symlink()
    assert book.read_bytes() == b"new"
    assert saved.backup.parent == book.parent / "backups"


def test_the_longest_names_can_be_saved(tmp_path):
    book = tmp_path / f"{'项' * 83}.xlsx"
    book.write_bytes(b"old")
    saved = save(book, b"new", expected=digest_of(book), now=NOW)
    assert book.read_bytes() == b"new"
    assert backups_of(book) == (saved.backup,)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only the administrator may give files away")
def test_the_owner_and_group_of_the_file_are_kept(book):
    os.chown(book, 1234, 2345)
    save(book, b"new", expected=digest_of(book), now=NOW)
    assert (book.stat().st_uid, book.stat().st_gid) == (1234, 2345)


def test_extended_attributes_are_kept(book):
    try:
        os.setxattr(book, "user.deliverybook", b"kept")
    except (AttributeError, OSError):
        pytest.skip("no extended attributes here")
    save(book, b"new", expected=digest_of(book), now=NOW)
    assert os.getxattr(book, "user.deliverybook") == b"kept"


def test_content_that_does_not_reach_the_disk_whole_is_not_put_in_place(book, monkeypatch):
    write = files.write_new
    monkeypatch.setattr(files, "write_new", lambda path, data, **options: write(path, data[:-1], **options))
    assert refusal(save, book, b"new", expected=digest_of(book), now=NOW).code == "not-written"
    assert names(book.parent) == ["主计划.xlsx"]
    assert book.read_bytes() == b"old"


def test_a_workbook_beside_its_conflict_copies_is_not_written(book):
    for copy in ("主计划 (张三 的冲突副本 2026-11-20).xlsx", "主计划-DESKTOP-4F7K2QX.xlsx"):
        (book.parent / copy).write_bytes(b"theirs")
    error = refusal(save, book, b"new", expected=digest_of(book), now=NOW)
    assert error.code == "conflict-copies"
    assert all(copy in half for half in error.text for copy in ("张三 的冲突副本", "DESKTOP-4F7K2QX.xlsx"))
    assert book.read_bytes() == b"old"


def test_three_jobs_at_once_lose_no_update(book):
    book.write_text("0")
    program = textwrap.dedent(f"""
        import datetime, pathlib
        from automation.store.files import digest_of, save
        from automation.store.locks import locked
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


def test_a_new_file_is_made_in_one_step_and_never_over_another(tmp_path):
    path = create(tmp_path / "report.docx", b"1")
    assert path.read_bytes() == b"1"
    assert refusal(create, path, b"2").code == "exists"
    assert create(path, b"2", overwrite=True).read_bytes() == b"2"
    assert names(tmp_path) == ["report.docx"]


def test_a_new_file_sweeps_what_a_run_that_died_left_of_it(tmp_path):
    (tmp_path / ".report.docx.0123456789abcdef.deliverybook.tmp").write_bytes(b"half")
    create(tmp_path / "report.docx", b"1", state=tmp_path / "state")
    assert names(tmp_path) == ["report.docx", "state"]


def test_every_sentence_is_one_line_in_both_languages_and_ends():
    for text in REASONS.values():
        assert text.zh.endswith("。")
        assert text.en.endswith(".")
        places = [{part.partition("}")[0] for part in half.split("{")[1:]} for half in text]
        assert places[0] == places[1]

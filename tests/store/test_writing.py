"""Order of system calls, names of temporary files, meanings of system errors."""

from __future__ import annotations

import datetime as dt
import errno
import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from automation.store.files import save
from automation.store.writing import digest_of, reason, short, temporaries_of, temporary_of
from tests.judges import give_up

NOW = dt.datetime(2026, 11, 22, 9, 30, 5)
TRACED = "openat,open,write,fsync,rename,renameat,renameat2,unlink,unlinkat"
CALL = re.compile(r"(?:\[pid +\d+\] |\d+ +)?(\w+)\((.*)\) += (\d+)")


def trace(tmp_path, book):
    """The system calls of one save on files of ours, in order: name of the call and what it is done to."""
    program = textwrap.dedent(f"""
        import datetime, pathlib
        from automation.store.files import save
        from automation.store.writing import digest_of
        book, state = pathlib.Path({str(book)!r}), pathlib.Path({str(tmp_path / "state")!r})
        save(book, b"new" * 1000, expected=digest_of(book), now=datetime.datetime(2026, 11, 22), state=state)
    """)
    log = tmp_path / "trace"
    command = ["strace", "-f", "-y", "-s", "4096", "-e", f"trace={TRACED}", "-o", str(log)]
    subprocess.run([*command, sys.executable, "-c", program], check=True, env={**os.environ, "PYTHONUTF8": "1"})
    calls = []
    for line in log.read_text(encoding="utf-8").splitlines():
        match = CALL.match(line)
        if match and str(book.parent) in line:
            calls.append((match[1].replace("at2", "").removesuffix("at"), role(match[2], book)))
    return [call for call in calls if call[1]]


def role(arguments, book):
    """What a system call is done to."""
    names = re.findall(rf"{re.escape(str(book.parent))}[^\">]*", arguments)
    kinds = []
    for name in names:
        kind = {str(book): "book", str(book.parent): "folder", str(book.parent / "backups"): "backups"}.get(name)
        if kind is None:
            kind = "temporary" if name.endswith(".tmp") else "backup"
            kind = f"backup {kind}" if kind == "temporary" and "/backups/" in name else kind
        kinds.append(kind)
    text = " -> ".join(dict.fromkeys(kinds))
    return f"{text} exclusive" if "O_CREAT|O_EXCL" in arguments else text


@pytest.mark.skipif(sys.platform != "linux", reason="system calls are traced on Linux")
def test_the_system_calls_of_a_save_come_in_the_safe_order(tmp_path):
    if not shutil.which("strace"):
        give_up("strace: apt-get install strace")
    book = tmp_path / "books" / "b.xlsx"
    book.parent.mkdir()
    book.write_bytes(b"old" * 1000)
    steps = [
        ("open", "temporary exclusive"),
        ("write", "temporary"),
        ("fsync", "temporary"),
        ("open", "backup temporary exclusive"),
        ("write", "backup temporary"),
        ("fsync", "backup temporary"),
        ("rename", "backup temporary -> backup"),
        ("fsync", "backups"),
        ("rename", "temporary -> book"),
        ("fsync", "folder"),
    ]
    wanted = set(steps) | {("write", "book"), ("unlink", "book"), ("open", "book exclusive")}
    assert [call for call in trace(tmp_path, book) if call in wanted] == steps


def test_the_steps_of_a_save_come_in_the_safe_order_on_every_system(tmp_path, monkeypatch):
    book = tmp_path / "b.xlsx"
    book.write_bytes(b"old")
    steps = []
    fsync, replace = os.fsync, Path.replace
    monkeypatch.setattr(os, "fsync", lambda number: (steps.append("fsync"), fsync(number))[1])
    monkeypatch.setattr(
        Path, "replace", lambda old, new: (steps.append(f"replace {Path(new).name}"), replace(old, new))[1]
    )
    saved = save(book, b"new", expected=digest_of(book), now=NOW)
    backup = f"replace {saved.backup.name}"
    folders = [] if os.name == "nt" else ["fsync"]
    assert steps == ["fsync", "fsync", backup, *folders, f"replace {book.name}", *folders]


def test_temporary_files_are_found_by_the_workbook_they_belong_to(tmp_path):
    for name in ("b.xlsx", "bb.xlsx", "项" * 84 + ".xls"):
        book = tmp_path / name
        left = temporary_of(book)
        left.write_bytes(b"")
        assert temporaries_of(book) == (left,)


def test_long_names_are_cut_at_whole_characters_and_stay_distinct():
    first, second = short("项" * 80 + "一"), short("项" * 80 + "二")
    assert first != second
    assert len(os.fsencode(first)) <= 150
    assert first.startswith("项项")
    assert short("短.xlsx") == "短.xlsx"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk-full"),
        (errno.EDQUOT, "disk-full"),
        (errno.EFBIG, "disk-full"),
        (errno.EACCES, "held"),
        (errno.EROFS, "read-only-folder"),
        (errno.EIO, "not-saved"),
    ],
)
def test_system_errors_become_refusals_with_a_code(tmp_path, number, code):
    assert reason(OSError(number, "simulated"), tmp_path / "b.xlsx").code == code


def test_the_digest_is_that_of_sha256(tmp_path):
    path = tmp_path / "b.xlsx"
    path.write_bytes(b"abc")
    assert digest_of(path) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

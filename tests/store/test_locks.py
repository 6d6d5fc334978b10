"""One process at a time, and what is known of a run that died."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import textwrap
import time

import pytest

from automation.base.errors import WriteRefusedError
from automation.store.files import save
from automation.store.locks import locked, recover
from automation.store.writing import digest_of

NOW = dt.datetime(2026, 11, 22, 9, 30, 5)


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "books" / "主计划.xlsx"
    path.parent.mkdir()
    path.write_bytes(b"old")
    return path


@pytest.fixture
def state(tmp_path):
    return tmp_path / "state"


@pytest.fixture
def holder(book, state):
    """Another process that holds the workbook as ``check`` until it is told to end or killed."""
    program = textwrap.dedent(f"""
        import pathlib, sys
        from automation.store.locks import locked
        with locked(pathlib.Path({str(book)!r}), state=pathlib.Path({str(state)!r}), what="check"):
            print("held", flush=True)
            sys.stdin.readline()
    """)
    job = subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert job.stdout.readline() == "held\n"
    yield job
    job.kill()
    job.communicate()


def names(folder):
    return sorted(item.name for item in folder.iterdir() if item.suffix != ".lock")


def die_in_save(book, state, *, step):
    """A process that dies in a save, as by kill -9, at the step of this name."""
    program = textwrap.dedent(f"""
        import datetime, os, pathlib
        from automation.store import backups, files
        from automation.store.locks import locked
        from automation.store.writing import digest_of
        book, state = pathlib.Path({str(book)!r}), pathlib.Path({str(state)!r})
        replace, write, step = pathlib.Path.replace, backups.write_new, {step!r}

        def dying(old, new):
            if step == "before the rename" and new == book:
                os._exit(9)
            done = replace(old, new)
            if step == "after the rename" and new == book:
                os._exit(9)
            return done

        def half(path, data, **options):
            write(path, data[:1], **options)
            os._exit(9)

        pathlib.Path.replace = dying
        if step == "in the backup":
            backups.write_new = half
        if step == "in the new file":
            files.write_new = half
        with locked(book, state=state, what="check"):
            if step == "while reading":
                os._exit(9)
            files.save(book, b"new", expected=digest_of(book), now=datetime.datetime(2026, 11, 22), state=state)
    """)
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 9


def test_another_process_waits_and_is_told_who_holds_the_workbook(book, state, holder):
    waited = []

    def wait_for(job):
        waited.append(job)
        holder.stdin.write("\n")
        holder.stdin.flush()

    with locked(book, state=state, seconds=30, waiting=wait_for) as earlier:
        assert earlier is None
    assert [(job.what, job.process) for job in waited] == [("check", holder.pid)]
    assert abs(waited[0].since.timestamp() - time.time()) < 60


def test_who_waits_too_long_is_refused_and_told_by_whom(book, state, holder):
    with pytest.raises(WriteRefusedError) as caught, locked(book, state=state, seconds=0.1):
        pass
    assert caught.value.code == "job-named"
    for half in caught.value.text:
        assert "check" in half
        assert str(holder.pid) in half
        assert book.name in half


def test_a_holder_that_is_killed_frees_the_workbook_and_the_next_one_is_told(book, state, holder):
    holder.kill()
    holder.wait()
    with locked(book, state=state, seconds=0) as earlier:
        assert (earlier.file, earlier.what, earlier.outcome, earlier.removed) == (book.name, "check", "old", ())
    with locked(book, state=state) as earlier:
        assert earlier is None
    assert names(state) == []


@pytest.mark.parametrize(
    ("step", "outcome", "left_over"),
    [
        ("while reading", "old", 0),
        ("in the new file", "old", 1),
        ("in the backup", "old", 2),
        ("before the rename", "old", 1),
        ("after the rename", "new", 0),
    ],
)
def test_wherever_a_save_dies_the_next_run_tidies_up_and_knows_how_the_file_stands(
    book, state, step, outcome, left_over
):
    die_in_save(book, state, step=step)
    assert book.read_bytes() == {"old": b"old", "new": b"new"}[outcome]
    with locked(book, state=state) as earlier:
        assert (earlier.outcome, len(earlier.removed)) == (outcome, left_over)
    assert [name for folder in (book.parent, state) for name in names(folder)] in (
        ["主计划.xlsx"],
        ["backups", "主计划.xlsx"],
    )
    assert all(item.suffix == ".xlsx" for item in (book.parent / "backups").glob("*"))


def test_a_file_that_changed_after_the_crash_is_not_said_to_be_old_or_new(book, state):
    die_in_save(book, state, step="after the rename")
    book.write_bytes(b"saved in Excel since")
    with locked(book, state=state) as earlier:
        assert earlier.outcome == "other"


def test_left_over_files_are_found_without_a_note_and_dated(book, state):
    left = book.parent / f".{book.name}.0123456789abcdef.deliverybook.tmp"
    left.write_bytes(b"half")
    other = book.parent / ".other.xlsx.0123456789abcdef.deliverybook.tmp"
    other.write_bytes(b"of another workbook")
    moment = dt.datetime(2026, 11, 20, 8, 0, tzinfo=dt.UTC)
    os.utime(left, (moment.timestamp(), moment.timestamp()))
    saved = save(book, b"new", expected=digest_of(book), now=NOW, state=state)
    assert saved.earlier == (book.name, "", moment, "other", (left.name,))
    assert names(book.parent) == [other.name, "backups", "主计划.xlsx"]


def test_any_run_tidies_up_after_all_that_died_but_leaves_the_living_alone(book, state, holder):
    dead = book.with_name("别的.xlsx")
    dead.write_bytes(b"old")
    die_in_save(dead, state, step="in the new file")
    found = recover(state)
    assert [(one.file, one.what, len(one.removed)) for one in found] == [(dead.name, "check", 1)]
    assert recover(state) == ()
    assert len(names(state)) == 1
    assert names(book.parent) == ["主计划.xlsx", "别的.xlsx"]


def test_a_note_cannot_make_us_delete_what_is_not_ours(book, state):
    precious = book.with_name("precious.docx")
    precious.write_bytes(b"x")
    with locked(book, state=state):
        note = next(state.glob("*.note"))
        content = note.read_text(encoding="utf-8")
    note.write_text(content[:-1] + f', "temporaries": ["{precious}"]}}', encoding="utf-8")
    assert len(recover(state)) == 1
    assert precious.exists()


def test_a_note_that_cannot_be_read_costs_nothing(book, state):
    with locked(book, state=state):
        note = next(state.glob("*.note"))
    note.write_text('{"file":', encoding="utf-8")
    assert recover(state) == ()
    with locked(book, state=state) as earlier:
        assert earlier.outcome == "other"
    assert names(state) == []


@pytest.mark.parametrize("next_run", ["recover", "locked"])
def test_a_note_that_was_never_finished_goes_without_a_word(book, state, next_run):
    with locked(book, state=state):
        note = next(state.glob("*.note"))
    note.with_suffix(".part").write_text("{", encoding="utf-8")
    if next_run == "recover":
        assert recover(state) == ()
    else:
        with locked(book, state=state) as earlier:
            assert earlier is None
    assert names(state) == []


def test_a_run_does_not_take_its_own_note_for_one_left_over(book, state):
    with locked(book, state=state):
        assert recover(state) == ()
        assert len(list(state.glob("*.note"))) == 1


def test_the_lock_can_be_taken_twice_by_its_holder_and_lies_elsewhere(book, state):
    with locked(book, state=state), locked(book, state=state) as inner:
        assert inner is None
        save(book, b"new", expected=digest_of(book), now=NOW, state=state)
        assert len(list(state.glob("*.note"))) == 1
    assert [item.name for item in sorted(book.parent.iterdir())] == ["backups", "主计划.xlsx"]
    assert names(state) == []


def test_the_lock_without_a_state_folder_keeps_another_process_out(book):
    program = (
        "import pathlib, sys\nfrom automation.store.locks import locked\n"
        f"with locked(pathlib.Path({str(book)!r})):\n print('held', flush=True)\n sys.stdin.read()"
    )
    other = subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(WriteRefusedError) as caught, locked(book, seconds=0.2):
            pass
        assert caught.value.code == "job-running"
        other.kill()
        other.wait()
        with locked(book, seconds=0):
            pass
    finally:
        other.kill()
        other.communicate()

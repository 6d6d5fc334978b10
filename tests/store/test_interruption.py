"""Ctrl-C and signals: the work stops at once, a replacement that has begun is finished first."""

from __future__ import annotations

import datetime as dt
import os
import signal
import threading
from pathlib import Path

import pytest

from automation.store.files import save
from automation.store.interruption import Interrupted, finishing, interruptible
from automation.store.writing import digest_of

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows ends a process instead of signalling it")
NOW = dt.datetime(2026, 11, 22, 9, 30, 5)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_every_signal_to_stop_stops_the_work_and_handlers_are_put_back(number):
    before = signal.getsignal(number)
    with pytest.raises(Interrupted) as caught, interruptible():
        signal.raise_signal(number)
    assert (caught.value.number, caught.value.saved) == (number, False)
    assert signal.getsignal(number) is before


def test_a_signal_that_the_caller_ignores_stays_ignored():
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with interruptible():
            signal.raise_signal(signal.SIGHUP)
    finally:
        signal.signal(signal.SIGHUP, before)


def test_other_threads_leave_signals_alone():
    before = signal.getsignal(signal.SIGTERM)
    seen = []

    def work():
        with interruptible():
            seen.append(signal.getsignal(signal.SIGTERM))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [before]


def test_a_replacement_is_finished_first_and_then_said_to_be_done():
    steps = []
    with pytest.raises(Interrupted) as caught, interruptible(), finishing():
        steps.append(signal.raise_signal(signal.SIGTERM))
    assert steps == [None]
    assert caught.value.saved


def test_a_signal_after_a_replacement_says_that_it_was_done():
    def work():
        with finishing():
            pass
        signal.raise_signal(signal.SIGTERM)

    with pytest.raises(Interrupted) as caught, interruptible():
        work()
    assert caught.value.saved


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_signal_in_a_save_leaves_the_old_or_the_new_file_and_nothing_beside(tmp_path, monkeypatch, step):
    book = tmp_path / "b.xlsx"
    book.write_bytes(b"old")
    fsync, replace = os.fsync, Path.replace

    def signalled_fsync(number):
        fsync(number)
        if step == "fsync":
            signal.raise_signal(signal.SIGTERM)

    def signalled_replace(old, new):
        done = replace(old, new)
        if step == "replace" and new == book:
            signal.raise_signal(signal.SIGTERM)
        return done

    monkeypatch.setattr(os, "fsync", signalled_fsync)
    monkeypatch.setattr(Path, "replace", signalled_replace)
    with pytest.raises(Interrupted) as caught, interruptible():
        save(book, b"new", expected=digest_of(book), now=NOW, state=tmp_path / "state")
    assert caught.value.saved == (step == "replace")
    assert book.read_bytes() == (b"new" if caught.value.saved else b"old")
    left = [item.name for item in tmp_path.rglob("*") if item.suffix in {".tmp", ".note", ".part"}]
    assert left == []

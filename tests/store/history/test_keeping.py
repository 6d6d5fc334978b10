"""The history: each run kept once, whole or not at all, whoever writes beside it and whatever kills it; old ones forgotten."""

import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, date, timedelta
from pathlib import Path

import pytest

from automation.base.errors import AutomationError
from automation.model.runs import Alteration, RunOutcome
from automation.model.trends import Change
from automation.store.history import History
from tests.store.history.conftest import START, facts, finding, run

ROOT = Path(__file__).resolve().parents[3]


def test_a_run_is_kept_once_however_often_it_is_handed_in(history):
    assert history.record(run(1)) is True
    assert history.record(run(1, "abc")) is False
    assert [one.id for one in history.runs()] == ["r1"]
    assert history.moved("/p/a.xlsx")[0].open == 2
    assert history.last("/p/a.xlsx").started_at == START + timedelta(days=1)
    assert history.last("/p/other.xlsx") is None


def test_everything_that_is_known_of_a_project_comes_back(history):
    history.record(run(1, status_date=date(2026, 6, 12)))
    (point,) = history.trend("/p/a.xlsx")
    wanted = facts(date(2026, 9, 18))
    assert point.day == date(2026, 6, 12)
    shared = set(point._fields) - {"at", "day"}
    assert {name: getattr(point, name) for name in shared} == {name: getattr(wanted, name) for name in shared}
    (stone,) = history.milestones("/p/a.xlsx")
    assert (stone.task_id, stone.baseline, stone.forecast, stone.percent) == (
        "T-9",
        date(2026, 8, 28),
        date(2026, 9, 18),
        40.0,
    )


def test_runs_can_be_asked_for_by_workbook_job_and_moment(history):
    for number in range(3):
        history.record(run(number, job="weekly" if number == 2 else "nightly"))
    history.record(run(7, book="/p/b.xlsx"))
    assert [one.id for one in history.runs()] == ["r7", "r2", "r1", "r0"]
    assert [one.id for one in history.runs(job="weekly")] == ["r2"]
    assert [one.id for one in history.runs(book="/p/a.xlsx", since=START + timedelta(days=1), most=1)] == ["r2"]
    history.record(run(8, digest="", outcome=RunOutcome.FAILED))
    assert history.last("/p/a.xlsx").id == "r8"
    assert history.last("/p/a.xlsx", read=True).id == "r2"
    assert history.books() == ["/p/a.xlsx", "/p/b.xlsx"]


def test_what_was_changed_can_be_asked_for(history):
    history.record(run(1))
    (found,) = history.changes(book="/p/a.xlsx")
    assert found == Change(START, "甲", "check", "/p/a.xlsx", "plan", "T-1", "forecast_finish", "", "2026-09-17")
    assert history.changes(since=START + timedelta(seconds=1)) == history.changes(book="/p/other.xlsx") == []


def test_what_people_type_is_never_too_long_or_too_odd_to_be_kept(history):
    odd = "列\0名" * 500
    book = "/p/\udce4.xlsx"
    altered = (Alteration(START, odd, odd, odd, odd, odd, odd, odd),)
    assert history.record(run(1, book=book, job="任务" * 500, alterations=altered, projects=(facts(None, "P" * 300),)))
    assert history.last(book).id == "r1"
    (found,) = history.changes(book=book)
    assert found.column == "列\\x00名" * 500
    assert history.trend(book)[0].forecast_finish is None
    assert len(history.moved(book)) == 1


def test_old_runs_are_forgotten_but_the_newest_of_each_workbook_stays(history, monkeypatch):
    monkeypatch.setattr("automation.store.history.keeping.FORGOTTEN_AT_ONCE", 2)
    for number in range(8):
        history.record(run(number))
    history.record(run(9, book="/p/b.xlsx", at=START - timedelta(days=400)))
    assert history.retain(2, START + timedelta(days=7)) == 5
    assert {one.id for one in history.runs()} == {"r5", "r6", "r7", "r9"}
    assert len(history.changes()) == 4
    assert history.retain(2, START + timedelta(days=7)) == 0


def test_the_last_check_of_a_workbook_stays_when_later_runs_told_nothing_of_its_findings(history):
    history.record(run(1, "ab"))
    history.record(run(2, "", judged=False))
    history.record(run(3, "", outcome=RunOutcome.FAILED))
    assert history.retain(1, START + timedelta(days=100)) == 1
    assert {one.id for one in history.runs()} == {"r1", "r3"}


def test_a_run_that_cannot_be_kept_whole_leaves_nothing(history):
    with pytest.raises(AutomationError) as caught:
        history.record(run(1, findings=(finding("a"), finding(None))))
    assert caught.value.code == "HISTORY"
    assert list(history.runs()) == []
    assert history.record(run(1)) is True


def many(where, first, count):
    history = History.open(**where)
    for number in range(first, first + count):
        history.record(run(number))
    history.close()


def test_two_processes_may_write_at_once(where):
    context = multiprocessing.get_context("spawn")
    both = [context.Process(target=many, args=(where, first, 20)) for first in (0, 10)]
    for one in both:
        one.start()
    for one in both:
        one.join(60)
    assert [one.exitcode for one in both] == [0, 0]
    history = History.open(**where)
    assert sorted(one.id for one in history.runs()) == sorted(f"r{number}" for number in range(30))
    history.close()


WRITER = """
import sys
from automation.store.history import History
from tests.store.history.conftest import run
history = History.open(**eval(sys.argv[1].replace("PosixPath", "__import__('pathlib').Path")))
print("open", flush=True)
for number in range(int(sys.argv[2]), 10_000):
    history.record(run(number, [str(key) for key in range(200)]))
    print(number, flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_a_kill_in_the_middle_of_keeping_loses_nothing_and_doubles_nothing(where):
    chance, said = random.Random(8), 0
    for _ in range(4 if "path" in where else 2):
        words = [sys.executable, "-c", WRITER, repr(where), str(said)]
        child = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert child.stdout.readline() == "open\n"
        told = [] if said else [int(child.stdout.readline())]
        time.sleep(chance.random() * 0.06)
        child.send_signal(signal.SIGKILL)
        told += [int(line) for line in child.communicate()[0].split() if line.isdigit()]
        history = History.open(**where)
        kept = [int(one.id[1:]) for one in history.runs()]
        assert len(kept) == len(set(kept))
        said = max([said, *(number + 1 for number in told)])
        assert set(range(said)) <= set(kept)  # what was said to be kept is there
        assert len(kept) - said in {0, 1}  # and at most one that could not be said any more
        for number in kept[:3]:
            assert history.record(run(number)) is False
        history.close()
    history = History.open(**where)
    assert {one.open for one in history.moved("/p/a.xlsx", zone=UTC)} == {200}
    assert len(history.changes()) == len(list(history.runs()))
    history.close()

"""The history: each run kept once, whole or not at all; what it tells; nothing secret shown."""

import multiprocessing
import sqlite3
from datetime import UTC, date, datetime, timedelta

import pytest

from automation.base.errors import AutomationError
from automation.base.findings import Finding, FindingStatus, Place, Severity, Text
from automation.model.runs import Alteration, BookRun, ProjectFacts, RunOutcome
from automation.store.history import History

START = datetime(2026, 6, 10, 22, 30, tzinfo=UTC)


def finding(key, status=FindingStatus.NEW):
    return Finding(
        "PLN-01",
        Severity.HIGH,
        Place("plan", key, "name", "B2", 2),
        Text("迟", "late"),
        Text("催", "ask"),
        status=status,
    )


def facts(day):
    return ProjectFacts(
        "PRJ-001", Text("甲", "A"), Text("乙", "B"), "王", "running", "red", 55.2, 71.4, None, day, 14, 0.78, 0.77,
        None, None, None, "CNY", 6, 3.7,
    )  # fmt: skip


def run(number, keys="ab", *, book="/p/a.xlsx", at=None):
    return BookRun(
        id=f"r{number}",
        batch=f"b{number}",
        job="nightly",
        book=book,
        started_at=at or START + timedelta(days=number),
        seconds=1.5,
        outcome=RunOutcome.DONE,
        exit=1,
        digest="d" * 64,
        findings=tuple(finding(key) for key in keys),
        projects=(facts(date(2026, 9, 17) + timedelta(days=number)),),
        alterations=(Alteration(START, "甲", "check", "plan", "T-1", "forecast_finish", "", "2026-09-17"),),
    )


@pytest.fixture
def history(tmp_path):
    found = History.open(path=tmp_path / "history.sqlite")
    yield found
    found.close()


def test_a_run_is_kept_once_however_often_it_is_handed_in(history):
    assert history.record(run(1)) is True
    assert history.record(run(1)) is False
    assert [one.id for one in history.runs()] == ["r1"]
    assert history.last("/p/a.xlsx").started_at == START + timedelta(days=1)
    assert history.last("/p/other.xlsx") is None


def test_findings_opened_and_closed_by_day_and_the_forecast_over_time(history):
    for number, keys in enumerate(("ab", "bcd", "d")):
        history.record(run(number, keys))
    assert [(one.open, one.opened, one.closed) for one in history.moved("/p/a.xlsx")] == [
        (2, 2, 0),
        (3, 2, 1),
        (1, 0, 2),
    ]
    assert [one.forecast_finish.day for one in history.trend("/p/a.xlsx")] == [17, 18, 19]


def test_of_several_runs_on_a_day_the_last_counts(history):
    history.record(run(1, "abc", at=START))
    history.record(run(2, "a", at=START + timedelta(minutes=30)))
    assert [(one.open, one.opened) for one in history.moved("/p/a.xlsx")] == [(1, 1)]


def test_what_was_changed_can_be_asked_for(history):
    history.record(run(1))
    (found,) = history.alterations(book="/p/a.xlsx")
    assert (found["who"], found["column"], found["new"], found["at"]) == ("甲", "forecast_finish", "2026-09-17", START)


def test_old_runs_are_forgotten_but_the_newest_of_each_workbook_stays(history):
    for number in range(5):
        history.record(run(number))
    history.record(run(9, book="/p/b.xlsx", at=START - timedelta(days=400)))
    assert history.retain(2, START + timedelta(days=4)) == 2
    assert {one.id for one in history.runs()} == {"r2", "r3", "r4", "r9"}
    assert len(history.alterations()) == 4


def test_a_run_that_cannot_be_kept_whole_leaves_nothing(history):
    broken = run(1)
    object.__setattr__(broken, "findings", (finding("a"), "no finding"))
    with pytest.raises(AttributeError):
        history.record(broken)
    assert list(history.runs()) == []
    assert history.record(run(1)) is True


def many(path, first):
    history = History.open(path=path)
    for number in range(first, first + 20):
        history.record(run(number))
    history.close()


def test_two_processes_may_write_at_once(tmp_path):
    path = tmp_path / "history.sqlite"
    context = multiprocessing.get_context("spawn")
    both = [context.Process(target=many, args=(path, first)) for first in (0, 10)]
    for one in both:
        one.start()
    for one in both:
        one.join(60)
    assert [one.exitcode for one in both] == [0, 0]
    history = History.open(path=path)
    assert sorted(one.id for one in history.runs()) == sorted(f"r{number}" for number in range(30))
    history.close()


def test_a_database_that_is_none_or_cannot_be_reached_is_one_clear_error_without_the_password(tmp_path, monkeypatch):
    path = tmp_path / "history.sqlite"
    path.write_bytes(b"no database at all, but long enough to look like a file of some kind" * 20)
    with pytest.raises(AutomationError) as caught:
        History.open(path=path)
    assert caught.value.code == "HISTORY"
    monkeypatch.setenv("DELIVERYBOOK_DATABASE_PASSWORD", "s3cr3t-word")
    with pytest.raises(AutomationError) as caught:
        History.open("postgresql+psycopg://me@127.0.0.1:1/nothing")
    assert "s3cr3t-word" not in caught.value.text.zh + caught.value.text.en


def test_the_tables_are_of_a_version_that_is_noted(tmp_path):
    path = tmp_path / "history.sqlite"
    for _ in range(2):
        History.open(path=path).close()
    with sqlite3.connect(path) as connection:
        assert connection.execute("select version from schema_version").fetchall() == [(1,)]

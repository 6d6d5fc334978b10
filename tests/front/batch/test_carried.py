"""What a batch that died leaves for its reports and mails: whole runs, whatever the moment of its end left half written."""

from datetime import UTC, date, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from automation.base.findings import OPEN, Finding, FindingStatus, Place, Severity, Text
from automation.base.records import replace
from automation.front.batch.carried import Carried
from automation.front.batch.keeping import FORGOTTEN_SECONDS, Journal
from automation.front.batch.sent import Identity, Sent
from automation.model.runs import BookRun, RunOutcome
from tests.front.overview.views import RUNS, facts

DAY = date(2026, 6, 12)
TEXTS = st.builds(Text, st.text(max_size=20), st.text(max_size=20))
FINDINGS = st.builds(
    Finding,
    st.text(max_size=8),
    st.sampled_from(Severity),
    st.builds(Place, st.just("plan"), st.text(max_size=8), st.just("status"), st.just("A2"), st.integers(0, 9)),
    TEXTS,
    TEXTS,
    owner=st.sampled_from(["RES-001", "RES-002"]),
    status=st.sampled_from(FindingStatus),
)


def a_run(identity, *findings, book="/p/a.xlsx", **parts):
    return BookRun(
        identity, "b", "nightly", book, datetime(2026, 6, 12, tzinfo=UTC), 0.0, RunOutcome.DONE, 1, findings=findings,
        status_date=DAY, owners={"RES-001": ("王志强", "wang@example.com")}, **parts,
    )  # fmt: skip


@given(st.lists(FINDINGS, max_size=4), st.one_of(st.none(), TEXTS), st.text(max_size=10))
def test_what_mails_need_comes_back_as_it_was(tmp_path_factory, findings, reason, name):
    carried = Carried(tmp_path_factory.mktemp("state") / "b.done")
    due = {one.id: DAY for one in findings}
    run = a_run("r", *findings, book=f"/p/{name}\udcff.xlsx", reason=reason, due=due, customers=frozenset({"a@b.cn"}))
    carried.add(run)
    assert list(carried.runs({"r"})) == [replace(run, findings=tuple(one for one in findings if one.status in OPEN))]


def test_half_a_line_costs_that_run_alone_and_one_done_again_counts_once(tmp_path):
    carried = Carried(tmp_path / "b.done")
    carried.add(a_run("1"))
    with carried.path.open("a", encoding="ascii") as stream:
        stream.write('\n{"id": "2", "ba')
    carried.add(a_run("3", book="/p/old.xlsx"))
    carried.add(a_run("3", book="/p/new.xlsx"))
    assert [(run.id, run.book) for run in carried.runs({"1", "2", "3"})] == [("1", "/p/a.xlsx"), ("3", "/p/old.xlsx")]
    assert [run.id for run in carried.runs({"3"})] == ["3"]
    assert list(Carried(tmp_path / "other.done").runs({"1"})) == []


def test_notes_of_sent_mails_survive_half_a_line(tmp_path, monkeypatch):
    monkeypatch.setenv("DELIVERYBOOK_STATE", str(tmp_path))
    first, second = Identity("a" * 32, "b" * 32), Identity("c" * 32, "d" * 32)
    Sent(DAY).note(first)
    with Sent(DAY).path.open("a", encoding="ascii") as stream:
        stream.write("\nccc")
    notes = Sent(DAY)
    assert (notes.has(first), notes.has(second)) == (True, False)
    notes.note(second)
    again = Sent(DAY)
    assert again.has(second)
    assert again.has(Identity("e" * 32, "d" * 32))
    assert not Sent(date(2026, 6, 13)).has(first)


def test_what_a_batch_left_goes_with_its_journal_and_old_notes_are_forgotten(tmp_path, monkeypatch):
    import os
    import time

    monkeypatch.setenv("DELIVERYBOOK_STATE", str(tmp_path))
    journal = Journal("now")
    carried = Carried(journal.path)
    carried.add(a_run("1"))
    Sent(DAY).note(Identity("a" * 32, "b" * 32))
    old = journal.path.parent / "old.runs"
    notes = journal.path.parent / "mails-2020-01-01.sent"
    for path in (old, notes):
        path.touch()
        past = time.time() - FORGOTTEN_SECONDS - 60
        os.utime(path, (past, past))
    journal.close()
    assert sorted(path.name for path in journal.path.parent.iterdir()) == [f"mails-{DAY}.sent"]


PROJECT = replace(facts(), budget=Decimal("1980000.00"), estimate_at_completion=Decimal("2221838.19"), start=None)
WHOLE = [replace(run, id=f"r{number}", book=f"/p/\udcff{number}.xlsx") for number, run in enumerate(RUNS)]
WHOLE[1] = replace(WHOLE[1], projects=(PROJECT,), customers=frozenset({"a@example.com"}))


def test_runs_come_back_as_reports_need_them(tmp_path):
    carried = Carried(tmp_path / "b.done")
    for run in WHOLE:
        carried.add(run)
    found = list(carried.runs({run.id for run in WHOLE[1:]}))
    assert [run.id for run in found] == ["r1", "r2"]
    for before, after in zip(WHOLE[1:], found, strict=True):
        same = (
            "book",
            "outcome",
            "exit",
            "reason",
            "projects",
            "owners",
            "customers",
            "started_at",
            "seconds",
            "status_date",
        )
        assert [getattr(after, name) for name in same] == [getattr(before, name) for name in same]
        assert list(after.findings) == [replace(one, value=None) for one in before.findings if one.status in OPEN]

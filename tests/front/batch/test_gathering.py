"""Runs in memory that does not grow with what is found: every count is true, and what is named is the gravest."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from automation.base.findings import OPEN, Finding, FindingStatus, Place, Severity, Text, counts
from automation.base.records import replace
from automation.front.batch.gathering import Gathered
from tests.front.overview.views import RUNS, run

OWNERS = ("RES-001", "RES-002", "")
FOUND = st.tuples(
    st.sampled_from(list(Severity)), st.sampled_from(list(FindingStatus)), st.sampled_from(OWNERS), st.integers(0, 999)
)


def finding(severity, status, owner, number):
    text = Text(f"{number}", f"{number}")
    return Finding("R", severity, Place("plan", f"T-{number}"), text, text, owner=owner, status=status)


def rank(one):
    return int(one.severity), one.status == FindingStatus.NEW


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(FOUND, max_size=12), max_size=5), st.integers(1, 8), st.integers(1, 4))
def test_counts_are_of_all_and_what_is_kept_is_the_gravest(books, most, each):
    whole = [run(*(finding(*one) for one in found), book=f"/p/{number}.xlsx") for number, found in enumerate(books)]
    gathered = Gathered(whole, most=most, most_each=each).runs()
    assert [one.book for one in gathered] == [one.book for one in whole]
    for before, after in zip(whole, gathered, strict=True):
        assert after.tally.by_severity() == counts(before.findings)
        assert after.tally.new == sum(one.status == FindingStatus.NEW for one in before.findings)
        assert after.tallies == before.tallies
    everything = [one for before in whole for one in before.findings if one.status in OPEN]
    kept = [one for after in gathered for one in after.findings]
    assert not Counter(kept) - Counter(everything)
    by_rank = sorted(map(rank, everything), reverse=True)
    assert Counter(by_rank[:most]) - Counter(map(rank, kept)) == Counter()
    for owner in OWNERS[:2]:
        own = sorted((rank(one) for one in everything if one.owner == owner), reverse=True)
        assert Counter(own[:each]) - Counter(rank(one) for one in kept if one.owner == owner) == Counter()
    assert len(kept) <= most + 2 * each


def test_few_findings_are_all_kept_in_their_order():
    gathered = Gathered(RUNS).runs()
    expected = [tuple(one for one in before.findings if one.status in OPEN) for before in RUNS]
    assert [after.findings for after in gathered] == expected
    assert [replace(after, findings=(), counted=None, counted_by_owner={}) for after in gathered] == [
        replace(before, findings=()) for before in RUNS
    ]


def test_what_is_let_go_is_not_held_any_more():
    gathered = Gathered(most=5, most_each=3)
    for _ in range(50):
        gathered.add(run(*(finding(Severity.HIGH, FindingStatus.NEW, OWNERS[at % 3], at) for at in range(40))))
    assert len(gathered._kept) <= 5 + 2 * 3
    assert len(gathered.runs()) == len(gathered) == 50
    assert sum(one.tally.high for one in gathered.runs()) == 2000

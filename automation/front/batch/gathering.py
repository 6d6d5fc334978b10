"""The runs of a batch as its reports need them, in memory that does not grow with what is found: all counts, the gravest findings.

Findings that neither an overview nor a mail would name are let go as soon as others are graver; the history and the workbooks
have all. Not here: keeping runs (``keeping``).
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from automation.base.findings import OPEN, FindingStatus
from automation.base.records import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from automation.base.findings import Finding
    from automation.model.runs import BookRun

MOST = 10_000
"""So many findings are kept, the gravest of all workbooks: as many as an overview shows."""
MOST_EACH = 300
"""And so many of each owner, for the mail."""

Entry = tuple[int, bool, int, int]
"""Of a finding: severity, whether it is new, minus its place in the order of all, which tells like ones apart, its run."""


class Gathered:
    """Runs as they come; ``runs`` gives them back, each with the findings that are kept."""

    def __init__(self, runs: Iterable[BookRun] = (), *, most: int = MOST, most_each: int = MOST_EACH) -> None:
        self._most, self._most_each = most, most_each
        self._runs: list[BookRun] = []
        self._kept: dict[int, Finding] = {}
        self._holders: Counter[int] = Counter()
        self._gravest: list[Entry] = []
        self._owned: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        self._order = 0
        for run in runs:
            self.add(run)

    def __len__(self) -> int:
        return len(self._runs)

    def add(self, run: BookRun) -> None:
        """Take a run; its cells that were changed are in the history and not needed here."""
        number = len(self._runs)
        own = replace(run, findings=(), alterations=(), counted=run.tally, counted_by_owner=run.tallies)
        self._runs.append(own)
        for one in run.findings:
            if one.status in OPEN:
                self._take(one, run, number)

    def _take(self, one: Finding, run: BookRun, number: int) -> None:
        self._order += 1
        entry = (int(one.severity), one.status == FindingStatus.NEW, -self._order, number)
        self._kept[self._order] = one
        self._holders[self._order] = 1 + bool(one.owner)
        _hold(self._gravest, entry, self._most, self._let_go)
        if one.owner:
            owner = run.owners.get(one.owner, (one.owner, ""))
            _hold(self._owned[owner], entry, self._most_each, self._let_go)

    def _let_go(self, entry: Entry) -> None:
        place = -entry[2]
        self._holders[place] -= 1
        if not self._holders[place]:
            del self._holders[place], self._kept[place]

    def runs(self) -> tuple[BookRun, ...]:
        """The runs in their order; of findings those kept, in theirs."""
        entries = {*self._gravest, *(entry for held in self._owned.values() for entry in held)}
        found: dict[int, list[Finding]] = defaultdict(list)
        for _, _, place, number in sorted(entries, key=lambda entry: -entry[2]):
            found[number].append(self._kept[-place])
        return tuple(replace(run, findings=tuple(found[number])) for number, run in enumerate(self._runs))


def _hold(held: list[Entry], entry: Entry, most: int, let_go: Callable[[Entry], None]) -> None:
    """Keep the largest entries, at most so many; what goes is told."""
    if len(held) < most:
        heapq.heappush(held, entry)
    else:
        let_go(heapq.heappushpop(held, entry))

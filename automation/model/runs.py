"""One unattended run over one workbook, as values: what the history keeps and the overview shows.

Not here: running (``front.batch``), keeping (``store.history``), showing (``commands.overview``).
"""

from __future__ import annotations

import enum
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from automation.base.findings import OPEN, FindingStatus, Severity, Text
from automation.base.records import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime
    from decimal import Decimal

    from automation.base.findings import Finding


class RunOutcome(enum.StrEnum):
    """How a run over a workbook ended. ``SKIPPED``: it was open or busy; ``CRASHED``: its process ended by itself."""

    DONE = "done"
    SKIPPED = "skipped"
    FAILED = "failed"
    CRASHED = "crashed"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"


OUTCOMES = {
    RunOutcome.DONE: Text("已完成", "Done"),
    RunOutcome.SKIPPED: Text("已跳过", "Left out"),
    RunOutcome.FAILED: Text("无法处理", "Could not be done"),
    RunOutcome.CRASHED: Text("异常中断", "Crashed"),
    RunOutcome.TIMED_OUT: Text("超时", "Took too long"),
    RunOutcome.OUT_OF_MEMORY: Text("内存超限", "Took too much memory"),
}
"""How a run ended, as it is called in lines and lists."""
HEALTH = {"red": Text("红", "red"), "amber": Text("黄", "amber"), "green": Text("绿", "green")}
"""What the health of a project is called, the worst first."""


class Tally(NamedTuple):
    """How many findings are open, by severity; how many of all are new, and how many of those that are high or above."""

    error: int = 0
    high: int = 0
    medium: int = 0
    low: int = 0
    reminder: int = 0
    new: int = 0
    grave_new: int = 0

    @property
    def open(self) -> int:
        """All of them."""
        return self.error + self.high + self.medium + self.low + self.reminder

    @property
    def grave(self) -> int:
        """Those that are high or above."""
        return self.error + self.high

    def by_severity(self) -> dict[str, int]:
        """How many there are of each severity, the gravest first."""
        return {grade.code: int(getattr(self, grade.code)) for grade in sorted(Severity, reverse=True)}


def tally_of(findings: Iterable[Finding]) -> Tally:
    """The tally of findings; those that are resolved or waived do not count."""
    found: Counter[str] = Counter()
    for one in findings:
        if one.status in OPEN:
            new = one.status == FindingStatus.NEW
            found[one.severity.code] += 1
            found["new"] += new
            found["grave_new"] += new and one.severity >= Severity.HIGH
    return Tally(**found)


@dataclass(frozen=True, slots=True)
class MilestoneFacts:
    """A milestone of a project; ``percent`` 0 to 100."""

    task_id: str
    name: Text
    baseline: date | None
    forecast: date | None
    percent: float


@dataclass(frozen=True, slots=True)
class LoadFacts:
    """Demand of one workbook for a person in the week that begins on ``week`` (a Monday), in whole days of the person.

    ``there`` are the days on which the person can be had that week. People of several workbooks are the same when their
    names are.
    """

    resource: str
    week: date
    asked: float
    there: float


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """What a portfolio shows of one project at a status date; ``None`` where the workbook cannot tell.

    Percentages 0 to 100, ``slip_days`` working days (positive: late), money in ``currency``, ``satisfaction`` as scored.
    """

    project_id: str
    name: Text
    customer: Text
    manager: str
    status: str
    health: str
    percent_complete: float | None
    planned_percent: float | None
    baseline_finish: date | None
    forecast_finish: date | None
    slip_days: int | None
    spi: float | None
    cpi: float | None
    budget: Decimal | None
    actual_cost: Decimal | None
    estimate_at_completion: Decimal | None
    currency: str
    high_risks: int
    satisfaction: float | None
    milestones: tuple[MilestoneFacts, ...] = ()
    start: date | None = None


@dataclass(frozen=True, slots=True)
class Alteration:
    """A cell of a workbook that was changed, for the audit: by whom, when (UTC where known), from what to what."""

    at: datetime
    who: str
    command: str
    sheet: str
    key: str
    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class BookRun:
    """One run of a job over one workbook.

    ``id`` is the same for the same batch, job and workbook, so that a row is kept once however often it is handed in.
    ``digest`` is the SHA-256 of the file as read, empty where it could not be read; ``started_at`` is in UTC.
    ``exit`` is the exit code of the command line for this workbook alone; ``code`` that of the error where there was one.
    Where ``counted`` is given, ``findings`` are only some of them, and it and ``counted_by_owner`` count all.
    """

    id: str
    batch: str
    job: str
    book: str
    started_at: datetime
    seconds: float
    outcome: RunOutcome
    exit: int
    digest: str = ""
    status_date: date | None = None
    reason: Text | None = None
    findings: tuple[Finding, ...] = ()
    projects: tuple[ProjectFacts, ...] = ()
    edits: int = 0
    documents: tuple[str, ...] = ()
    alterations: tuple[Alteration, ...] = ()
    peak_megabytes: float = 0.0
    code: str = ""
    judged: bool = True
    """Whether ``findings`` are those of a check of the workbook; a run that only made documents tells nothing of them."""
    owners: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Name and mail address (``""`` without one) of each owner of findings."""
    due: Mapping[str, date] = field(default_factory=dict)
    """The day on which the row of a finding that has an owner is due, by the finding's id, where the row says one."""
    customers: frozenset[str] = frozenset()
    """Mail addresses of customers and their contacts in the workbook, in small letters: nothing is ever sent to them."""
    counted: Tally | None = None
    counted_by_owner: Mapping[str, Tally] = field(default_factory=dict)

    @property
    def tally(self) -> Tally:
        """How many findings are open."""
        return tally_of(self.findings) if self.counted is None else self.counted

    @property
    def tallies(self) -> Mapping[str, Tally]:
        """How many are open of each owner."""
        if self.counted is not None:
            return self.counted_by_owner
        owned: dict[str, list[Finding]] = {}
        for one in self.findings:
            if one.owner and one.status in OPEN:
                owned.setdefault(one.owner, []).append(one)
        return {owner: tally_of(found) for owner, found in owned.items()}

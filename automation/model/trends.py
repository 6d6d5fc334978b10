"""What the history of runs tells, as values: runs at a glance, projects and findings day by day, changes for the audit.

Not here: keeping it (``store.history``), what is made of it for people (``commands.trending``, ``commands.auditing``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

    from automation.base.findings import Text


class Kept(NamedTuple):
    """A run at a glance; ``started_at`` in UTC."""

    id: str
    job: str
    book: str
    started_at: datetime
    outcome: str
    exit: int
    digest: str


class Point(NamedTuple):
    """A project of a workbook as one run saw it: ``at`` in UTC, ``day`` the status date, percentages 0 to 100."""

    at: datetime
    day: date
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
    high_risks: int | None
    satisfaction: float | None
    start: date | None = None


class MilestonePoint(NamedTuple):
    """A milestone as one run saw it; ``day`` is the status date, ``percent`` 0 to 100."""

    day: date
    project_id: str
    task_id: str
    name: Text
    baseline: date | None
    forecast: date | None
    percent: float


class Moved(NamedTuple):
    """Findings of a workbook on a day: how many are open after its last check, how many its checks opened and closed.

    The rest are those that are open, by severity.
    """

    day: date
    open: int
    opened: int
    closed: int
    error: int = 0
    high: int = 0
    medium: int = 0
    low: int = 0
    reminder: int = 0


class Change(NamedTuple):
    """A cell or a step that somebody or a run changed in a workbook; ``at`` in UTC."""

    at: datetime
    who: str
    command: str
    book: str
    sheet: str
    key: str
    column: str
    old: str
    new: str


class BookTrend(NamedTuple):
    """A workbook over time: its findings by day, its projects and milestones at the status dates of its runs, ascending."""

    book: str
    days: tuple[Moved, ...]
    points: tuple[Point, ...]
    milestones: tuple[MilestonePoint, ...] = ()

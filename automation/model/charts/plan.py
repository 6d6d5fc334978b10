"""What pictures of a plan show: its bars, how likely its finishes are and what they depend on, milestones, loads.

Days are inclusive. Texts are in both languages; who draws picks one. Not here: the drawing (``word.charts``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from automation.base.records import dataclass

if TYPE_CHECKING:
    from datetime import date

    from automation.base.findings import Text

RowKind = Literal["phase", "task", "milestone"]


@dataclass(frozen=True, slots=True)
class GanttRow:
    """One row of a Gantt chart; a phase stands before the rows below it, which have a greater ``level``.

    ``start`` and ``finish`` are the actual days where there are such, else the forecast ones; without both nothing is
    drawn but the name. ``percent`` is 0 to 100. ``slip_days`` are working days behind the baseline, negative if early.
    """

    key: str
    name: Text
    kind: RowKind = "task"
    level: int = 0
    start: date | None = None
    finish: date | None = None
    baseline_start: date | None = None
    baseline_finish: date | None = None
    percent: float = 0
    critical: bool = False
    slip_days: int | None = None


@dataclass(frozen=True, slots=True)
class Gantt:
    """The rows of a plan in order, with the days that are drawn through all of them.

    ``days_off`` are the days on which nobody works, weekends among them, between the first and last day shown,
    ascending.
    """

    project: Text
    rows: tuple[GanttRow, ...]
    status_date: date
    deadline: date | None = None
    days_off: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Finishes:
    """How often a simulated project finishes on which day.

    ``days`` are pairs of a day and its iterations, ascending. ``planned`` is the finish of the plan itself, and
    ``deadline_chance`` the share (0 to 1) of iterations that keep the deadline.
    """

    project: Text
    days: tuple[tuple[date, int], ...]
    p50: date
    p80: date
    planned: date | None = None
    deadline: date | None = None
    deadline_chance: float | None = None


@dataclass(frozen=True, slots=True)
class TaskDriver:
    """A task that the finish depends on: ``correlation`` of its time with the finish (-1 to 1), ``criticality`` 0 to 1."""

    key: str
    name: Text
    correlation: float
    criticality: float


@dataclass(frozen=True, slots=True)
class RiskDriver:
    """A risk: how likely it is (0 to 1), and how many working days later it finishes on average when it occurs."""

    key: str
    name: Text
    chance: float
    delay_days: float


@dataclass(frozen=True, slots=True)
class Drivers:
    """What the finish of a simulated project depends on, the gravest first."""

    project: Text
    tasks: tuple[TaskDriver, ...]
    risks: tuple[RiskDriver, ...] = ()


@dataclass(frozen=True, slots=True)
class TrendedMilestone:
    """A milestone with the finish that was forecast for it at each status date, ascending.

    ``reached`` is the day on which it was reached, ``baseline`` the day that was agreed.
    """

    key: str
    name: Text
    forecasts: tuple[tuple[date, date], ...]
    baseline: date | None = None
    reached: date | None = None


@dataclass(frozen=True, slots=True)
class MilestoneTrend:
    """The milestones of a project over its status dates."""

    project: Text
    milestones: tuple[TrendedMilestone, ...]
    status_date: date
    deadline: date | None = None


@dataclass(frozen=True, slots=True)
class LoadedResource:
    """A resource with its load in each week in percent of its capacity; ``None`` in a week in which it has no task."""

    key: str
    name: Text
    loads: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class ResourceLoad:
    """The loads of resources over calendar weeks, named by their Mondays; as many loads a resource as weeks."""

    project: Text
    weeks: tuple[date, ...]
    resources: tuple[LoadedResource, ...]
    status_date: date
    limit: float = 100
    """The percent above which a load is too much."""

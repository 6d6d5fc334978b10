"""A plan as the file of another program holds it: calendars, tasks, resources and assignments, as values.

Durations, lags and delays are in tenths of minutes (``layout.TENTHS``). Not here: reading files (``exchange``), what a
plan comes to (``filing``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from automation.base.records import dataclass, field
from automation.planning.tasks import Constraint

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from automation.base.findings import Text
    from automation.model.links import Link
    from automation.planning.layout import Periods


@dataclass(frozen=True, slots=True)
class FiledCalendar:
    """A calendar with everything that it inherits: the periods of Monday to Sunday and of single dates."""

    id: str
    name: str
    week: tuple[Periods, ...]
    exceptions: Mapping[date, Periods]


class Assignment(NamedTuple):
    """A resource at a task: its share of a full day and its work and delay, in tenths of minutes.

    ``overtime`` is the part of the work that takes none of the task's duration, ``done`` the part that is done,
    ``resume`` when the rest of a started one goes on.
    """

    resource: str
    units: float = 1.0
    work: int | None = None
    delay: int = 0
    overtime: int = 0
    done: int | None = None
    resume: datetime | None = None


@dataclass(frozen=True, slots=True)
class FiledResource:
    """A resource; only one that works (``works``), not material or cost, decides when tasks end."""

    id: str
    name: str
    works: bool = True
    calendar: str | None = None
    max_units: float = 1.0


@dataclass(frozen=True, slots=True)
class FiledTask:
    """One row of the plan, in the order of the file; ``level`` is its depth in the outline."""

    id: str
    row: int
    name: str
    level: int = 1
    duration: int = 0
    elapsed: bool = False
    fixed_duration: bool = False
    milestone: bool = False
    active: bool = True
    manual: bool = False
    calendar: str | None = None
    ignore_resource_calendars: bool = False
    constraint: Constraint = Constraint.NONE
    constraint_date: datetime | None = None
    deadline: datetime | None = None
    levelling_delay: int = 0
    levelling_elapsed: bool = True
    priority: int = 500
    percent_complete: float = 0
    actual_start: datetime | None = None
    actual_finish: datetime | None = None
    remaining: int | None = None
    resume: datetime | None = None
    start: datetime | None = None
    finish: datetime | None = None
    """The dates in the file, which a task that is scheduled by hand keeps."""
    baseline_start: datetime | None = None
    baseline_finish: datetime | None = None
    links: tuple[Link, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    worked: tuple[tuple[datetime, datetime], ...] = ()
    """The stretches in which the file has work done on the task, in order; more than one where it is split."""
    code: str = ""
    """The number that the task has in a workbook, where the file knows it."""
    wbs: str = ""
    summary: bool = False


class Doubt(NamedTuple):
    """Something in a file that was left out because it cannot be right; ``task`` is empty for the whole plan."""

    task: str
    column: str
    value: str
    text: Text


@dataclass(frozen=True, slots=True)
class FiledPlan:
    """A whole plan; ``tasks`` are in the order of the file, each behind the summary that it belongs to."""

    name: str
    start: datetime
    tasks: tuple[FiledTask, ...]
    calendars: Mapping[str, FiledCalendar]
    calendar: str | None = None
    """The project's calendar; the standard week if it is ``None``."""
    resources: Mapping[str, FiledResource] = field(default_factory=dict)
    finish: datetime | None = None
    from_start: bool = True
    status_date: datetime | None = None
    day_minutes: int = 480
    slack_limit_days: float = 0
    separate_ends: bool = False
    honour_constraints: bool = True
    doubts: tuple[Doubt, ...] = ()

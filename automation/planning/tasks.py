"""Tasks as planning takes them, independent of sheets and of files: what a row of any plan comes down to.

Not here: how tasks hang together (``network``), how a workbook's rows become tasks (who calls ``plan``).
"""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, NamedTuple

from automation.base.records import dataclass

if TYPE_CHECKING:
    from datetime import date, datetime

    from automation.model.links import Link
    from automation.planning.calendar import WorkCalendar


class TaskKind(enum.StrEnum):
    """What a row of the plan is; the values are the codes of the list ``task_kind``."""

    TASK = "task"
    MILESTONE = "milestone"
    SUMMARY = "summary"


class Constraint(enum.Enum):
    """A wish about a date. Early dates wait for it, late dates are held back by it; links win over it.

    ``AS_LATE`` (as late as possible) is understood by the rules of Microsoft Project (``microsoft``) only, where
    the other constraints may also win over links.
    """

    NONE = "none"
    START_NO_EARLIER = "snet"
    START_NO_LATER = "snlt"
    FINISH_NO_EARLIER = "fnet"
    FINISH_NO_LATER = "fnlt"
    START_ON = "mso"
    FINISH_ON = "mfo"
    AS_LATE = "alap"


class Crew(NamedTuple):
    """Work that one resource does at a task: so many minutes in its own calendar, ``delay`` minutes after the start.

    ``done`` are the minutes of it that are done, ``resume`` is when the rest goes on; ``None`` where it is not said.
    """

    calendar: WorkCalendar
    minutes: int
    delay: int = 0
    done: int | None = None
    resume: datetime | None = None


class Break(NamedTuple):
    """A split of a task: once ``after`` minutes of work are done nothing is done for ``length`` working minutes."""

    after: int
    length: int


@dataclass(frozen=True, slots=True)
class Detail:
    """What only the files of other programs say of a task, and only the rules of Microsoft Project look at."""

    elapsed: bool = False
    """The duration is wall-clock time; the task's calendar is one that works round the clock."""
    levelling_delay: int = 0
    levelling_elapsed: bool = True
    crews: tuple[Crew, ...] = ()
    """The resources whose calendars decide when the work ends; none if the task's own calendar does."""
    manual: tuple[datetime, datetime] | None = None
    """The dates of a task that is scheduled by hand."""
    resume: datetime | None = None
    """When the remaining work of a started task goes on."""
    breaks: tuple[Break, ...] = ()
    """The splits of the task, the first one first; they move with it."""


@dataclass(frozen=True, slots=True)
class Task:
    """One row of a plan. Durations are working minutes; a ``date`` means the whole day, a ``datetime`` its minute.

    ``calendar`` is the task's own one, if it has one. ``available_from`` and ``available_to`` bound the time of its
    owner. ``remaining_minutes`` is what is still to do; if it is ``None``, duration x (1 - %) is. A summary takes
    its dates from the tasks whose ``wbs`` begins with its own; its duration and progress are not looked at.
    """

    id: str
    duration_minutes: int = 0
    links: tuple[Link, ...] = ()
    kind: TaskKind = TaskKind.TASK
    wbs: tuple[str, ...] = ()
    constraint: Constraint = Constraint.NONE
    constraint_date: date | None = None
    deadline: date | None = None
    calendar: WorkCalendar | None = None
    available_from: date | None = None
    available_to: date | None = None
    baseline_start: date | None = None
    baseline_finish: date | None = None
    actual_start: date | None = None
    actual_finish: date | None = None
    percent_complete: float = 0
    remaining_minutes: int | None = None
    cancelled: bool = False
    detail: Detail | None = None


def remaining_minutes(task: Task) -> int:
    """The work still to do: the task's own figure, else duration x (1 - %), to the minute."""
    if task.remaining_minutes is not None:
        return task.remaining_minutes
    return round(task.duration_minutes * (100 - task.percent_complete) / 100)

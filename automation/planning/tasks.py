"""Tasks as planning takes them, independent of sheets and of files: what a row of any plan comes down to.

Not here: how tasks hang together (``network``), how a workbook's rows become tasks (who calls ``plan``).
"""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from automation.base.records import dataclass

if TYPE_CHECKING:
    from datetime import date

    from automation.model.links import Link
    from automation.planning.calendar import WorkCalendar


class TaskKind(enum.StrEnum):
    """What a row of the plan is; the values are the codes of the list ``task_kind``."""

    TASK = "task"
    MILESTONE = "milestone"
    SUMMARY = "summary"


class Constraint(enum.Enum):
    """A wish about a date. Early dates wait for it, late dates are held back by it; links win over it.

    As late as possible needs a pass of its own and is not among them.
    """

    NONE = "none"
    START_NO_EARLIER = "snet"
    START_NO_LATER = "snlt"
    FINISH_NO_EARLIER = "fnet"
    FINISH_NO_LATER = "fnlt"
    START_ON = "mso"
    FINISH_ON = "mfo"


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


def remaining_minutes(task: Task) -> int:
    """The work still to do: the task's own figure, else duration x (1 - %), to the minute."""
    if task.remaining_minutes is not None:
        return task.remaining_minutes
    return round(task.duration_minutes * (100 - task.percent_complete) / 100)

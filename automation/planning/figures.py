"""Completion figures of a project and of its tasks (C06).

Not here: dates (``passes``, ``forecast``), cost and earned value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from automation.planning.forecast import as_day
from automation.planning.tasks import TaskKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from automation.planning.calendar import WorkCalendar
    from automation.planning.tasks import Task


class Figures(NamedTuple):
    """Shares in percent (0 to 100), unrounded; ``None`` where there is nothing to divide by."""

    percent_complete: float | None
    """Sum of duration x % over sum of durations."""
    planned_percent: float | None
    """The same with the planned %, over the tasks that have a baseline."""
    completion_rate: float | None
    """Tasks done over all tasks."""
    on_time_rate: float | None
    """Tasks done by their baseline finish over tasks done that have one."""


NO_FIGURES = Figures(None, None, None, None)


def figures(tasks: Iterable[Task], calendar: WorkCalendar, *, status_date: date) -> Figures:
    """The completion figures of a project at the end of the status date.

    Milestones, summaries and cancelled tasks do not count.
    """
    counted = [task for task in tasks if task.kind is TaskKind.TASK and not task.cancelled]
    planned = [(task.duration_minutes, planned_percent(task, calendar, status_date=status_date)) for task in counted]
    finished = [task for task in counted if task.actual_finish is not None]
    on_time = [
        as_day(task.actual_finish) <= as_day(task.baseline_finish)
        for task in finished
        if task.actual_finish is not None and task.baseline_finish is not None
    ]
    return Figures(
        percent_complete=weighted((task.duration_minutes, task.percent_complete) for task in counted),
        planned_percent=weighted(planned),
        completion_rate=100 * len(finished) / len(counted) if counted else None,
        on_time_rate=100 * sum(on_time) / len(on_time) if on_time else None,
    )


def planned_percent(task: Task, calendar: WorkCalendar, *, status_date: date) -> float | None:
    """The share of a task's baseline working days that have passed at the end of the status date, 0 to 100.

    A milestone stands at 100 from its baseline day on. ``None`` without a baseline.
    """
    if task.baseline_start is None or task.baseline_finish is None:
        return None
    own = task.calendar or calendar
    finish = as_day(task.baseline_finish)
    days = own.count(as_day(task.baseline_start), finish)
    if status_date >= finish:
        return 100.0
    if not days or not task.duration_minutes:
        return 0.0
    return 100 * own.count(as_day(task.baseline_start), status_date) / days


def weighted(shares: Iterable[tuple[int, float | None]]) -> float | None:
    """The mean of shares weighted with minutes; shares of ``None`` are left out. ``None`` if nothing has weight."""
    known = [(minutes, share) for minutes, share in shares if share is not None]
    total = sum(minutes for minutes, _ in known)
    return sum(minutes * share for minutes, share in known) / total if total else None

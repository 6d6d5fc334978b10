"""When a task's budget is planned to be earned, and when it was: the measurement methods of earned value.

Methods and names of the PMBOK Guide, sixth edition (section 7.4.2), and of the Practice Standard for Earned Value
Management (PMI, 2nd edition, chapter 5): percent complete, the fixed formulas 0/100 and 50/50, weighted milestones.
Not here: how much money a task has (``task_budgets``) and the sums (``earned_value``).
"""

from __future__ import annotations

import enum
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from automation.planning.forecast import as_day
from automation.planning.tasks import TaskKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from automation.planning.calendar import WorkCalendar
    from automation.planning.plan import PlannedTask

NOTHING, HALF, WHOLE = Decimal(0), Decimal("0.5"), Decimal(1)
COMPLETE = 100


class Method(enum.StrEnum):
    """How a task earns its budget; the values are the codes of the list ``ev_method``."""

    PERCENT_COMPLETE = "percent_complete"
    """Evenly over its days; as much as its % complete says."""
    ZERO_HUNDRED = "zero_hundred"
    """All of it on the day it finishes."""
    FIFTY_FIFTY = "fifty_fifty"
    """Half on the day it starts, half on the day it finishes."""
    MILESTONE_WEIGHTS = "milestone_weights"
    """The weight of each of its milestones on the day that this is reached."""


class Accrual(NamedTuple):
    """A share of a budget (0 to 1) that accrues evenly over the working days from ``first`` to ``last``, both included.

    With one day for both, or without a working day between them, all of it accrues on ``last``.
    """

    share: Decimal
    first: date
    last: date


class Weighted(NamedTuple):
    """A milestone of a task with its weight, in any unit."""

    milestone: PlannedTask
    weight: Decimal


def planned_days(planned: PlannedTask) -> tuple[date, date] | None:
    """The first and last day that a task was planned to take: its baseline, else the plan without progress.

    ``None`` where neither is known.
    """
    task = planned.task
    if task.baseline_start is not None and task.baseline_finish is not None:
        return as_day(task.baseline_start), as_day(task.baseline_finish)
    return None if planned.drawn is None else (planned.drawn.start, planned.drawn.finish)


def planned_accruals(
    planned: PlannedTask, method: Method, milestones: Sequence[Weighted] = ()
) -> tuple[Accrual, ...] | None:
    """When the budget of a task was planned to be earned, by its method; the shares add up to 1.

    ``milestones`` are those of a task with weights. ``None`` where planned days are not known.
    """
    if method is Method.MILESTONE_WEIGHTS:
        days = [planned_days(one.milestone) for one in milestones]
        shares = _shares(milestones)
        known = [Accrual(share, day[1], day[1]) for share, day in zip(shares, days, strict=True) if day is not None]
        return tuple(known) if len(known) == len(milestones) else None
    span = planned_days(planned)
    if span is None:
        return None
    first, last = span
    if method is Method.FIFTY_FIFTY and planned.task.kind is TaskKind.TASK:
        return Accrual(HALF, first, first), Accrual(HALF, last, last)
    evenly = method is Method.PERCENT_COMPLETE and planned.task.duration_minutes
    return (Accrual(WHOLE, first if evenly else last, last),)


def earned_accruals(
    planned: PlannedTask, method: Method, milestones: Sequence[Weighted] = (), *, status_date: date
) -> tuple[Accrual, ...]:
    """What a task has earned of its budget by the end of the status date, and when.

    How much is what the method says. When it was earned is known for its start and finish only: in between it is
    taken to have been earned evenly, up to the status date while the task runs.
    """
    if method is Method.MILESTONE_WEIGHTS:
        shares = zip(milestones, _shares(milestones), strict=True)
        days = ((share, _finished(one.milestone, status_date)) for one, share in shares)
        return tuple(Accrual(share, day, day) for share, day in days if day is not None)
    finished = _finished(planned, status_date)
    begun = _begun(planned, status_date)
    if method is Method.PERCENT_COMPLETE and planned.task.kind is TaskKind.TASK:
        share = Decimal(str(planned.task.percent_complete)) / COMPLETE
        last = finished or status_date
        return (Accrual(share, min(begun or last, last), last),) if share else ()
    halves = method is Method.FIFTY_FIFTY and planned.task.kind is TaskKind.TASK
    if halves and begun is not None:
        at_start = Accrual(HALF, begun, begun)
        return (at_start,) if finished is None else (at_start, Accrual(HALF, finished, finished))
    return () if finished is None else (Accrual(WHOLE, finished, finished),)


def share_by(accruals: Iterable[Accrual], day: date, calendar: WorkCalendar) -> Decimal:
    """The share (0 to 1) that has accrued by the end of a day."""
    return sum((one.share * _part(one, day, calendar) for one in accruals), NOTHING)


def _part(accrual: Accrual, day: date, calendar: WorkCalendar) -> Decimal:
    if day >= accrual.last:
        return WHOLE
    days = calendar.count(accrual.first, accrual.last)
    return Decimal(calendar.count(accrual.first, day)) / days if days else NOTHING


def _shares(milestones: Sequence[Weighted]) -> list[Decimal]:
    """The weights as shares of their sum."""
    total = sum((one.weight for one in milestones), NOTHING)
    return [one.weight / total for one in milestones]


def _begun(planned: PlannedTask, status_date: date) -> date | None:
    """The day a task started, by the status date at the latest; ``None`` if it has not."""
    task = planned.task
    if task.actual_start is not None:
        return min(as_day(task.actual_start), status_date)
    return status_date if task.percent_complete else None


def _finished(planned: PlannedTask, status_date: date) -> date | None:
    """The day a task was finished, by the status date at the latest; ``None`` if it is not."""
    task = planned.task
    reached = task.actual_finish or (None if task.duration_minutes else task.actual_start)
    if reached is not None:
        return min(as_day(reached), status_date)
    return status_date if task.percent_complete >= COMPLETE else None

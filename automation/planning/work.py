"""The work that is to be scheduled: how much, from when on, and within which limits.

Not here: progress (``forecast``), the passes over the work (``passes``).
"""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, NamedTuple

from automation.planning.tasks import Constraint

if TYPE_CHECKING:
    from datetime import date

    from automation.planning.calendar import WorkCalendar
    from automation.planning.network import Network
    from automation.planning.tasks import Task

_START_FLOORS = frozenset({Constraint.START_NO_EARLIER, Constraint.START_ON})
_FINISH_FLOORS = frozenset({Constraint.FINISH_NO_EARLIER, Constraint.FINISH_ON})
_START_CAPS = frozenset({Constraint.START_NO_LATER, Constraint.START_ON})
_FINISH_CAPS = frozenset({Constraint.FINISH_NO_LATER, Constraint.FINISH_ON})


class Reason(enum.StrEnum):
    """What other than a link fixes a task's early dates."""

    PROJECT_START = "project_start"
    STATUS_DATE = "status_date"
    CONSTRAINT = "constraint"
    AVAILABILITY = "availability"
    CALENDAR = "calendar"
    """The task's own calendar, which has no working time where the project's has."""
    ACTUAL = "actual"
    LEVELLING = "levelling"
    """A delay that levelling of resources gave the task; by the rules of Microsoft Project only."""


class Work(NamedTuple):
    """What is to be scheduled, at the places of a network; positions are those of the task's calendar.

    Work of ``minutes`` is placed from the position ``floor`` on. ``begun`` holds the instants at which tasks have
    started, ``ended`` those at which they have finished. ``finish_floor`` and the caps hold the positions, where
    there are any, of the earliest finish, the latest start and the latest finish that constraints, deadline and
    owner allow.
    """

    minutes: list[int]
    floor: list[int]
    reason: Reason
    """Why work does not begin before its floor, unless ``reasons`` says otherwise."""
    reasons: dict[int, Reason]
    begun: dict[int, int]
    ended: dict[int, int]
    finish_floor: dict[int, int]
    start_cap: dict[int, int]
    finish_cap: dict[int, int]


def as_drawn(network: Network, project_start: date) -> Work:
    """The work of a plan of which nothing has begun: every task in full, from the project's start on."""
    opening = network.calendar.opening(project_start)
    minutes = [task.duration_minutes for task in network.tasks]
    return bounded(network, positions(network, opening), minutes=minutes, reason=Reason.PROJECT_START)


def positions(network: Network, moment: int) -> list[int]:
    """The position of an instant in the calendar of each task."""
    floor = [network.calendar.position(moment)] * len(network.tasks)
    for place in network.own:
        floor[place] = network.calendars[place].position(moment)
    return floor


def bounded(
    network: Network,
    floor: list[int],
    *,
    minutes: list[int],
    reason: Reason,
    begun: dict[int, int] | None = None,
    ended: dict[int, int] | None = None,
) -> Work:
    """The work within the limits of constraints, deadlines and owners; what has begun is only held to a finish."""
    work = Work(minutes, floor, reason, {}, begun or {}, ended or {}, {}, {}, {})
    for place in network.limited:
        if place in work.ended:
            continue
        limits = _limits(network.tasks[place], network.calendars[place])
        if limits.finish_caps:
            work.finish_cap[place] = min(limits.finish_caps)
        if limits.finish_floor is not None:
            work.finish_floor[place] = limits.finish_floor
        if place in work.begun:
            continue
        if limits.start_cap is not None:
            work.start_cap[place] = limits.start_cap
        for position, cause in limits.start_floors:
            if position > floor[place]:
                floor[place], work.reasons[place] = position, cause
    return work


class _Limits(NamedTuple):
    start_floors: list[tuple[int, Reason]]
    start_cap: int | None
    finish_floor: int | None
    finish_caps: list[int]


def _limits(task: Task, calendar: WorkCalendar) -> _Limits:
    """Between which positions a task's own dates want it to start and to finish."""
    closings = [calendar.closing(day) for day in (task.deadline, task.available_to) if day is not None]
    finish_caps = [calendar.position(closing) for closing in closings]
    start_floors: list[tuple[int, Reason]] = []
    start_cap = finish_floor = None
    if task.available_from is not None:
        start_floors.append((calendar.position(calendar.opening(task.available_from)), Reason.AVAILABILITY))
    if task.constraint_date is not None:
        opening = calendar.position(calendar.opening(task.constraint_date))
        closing = calendar.position(calendar.closing(task.constraint_date))
        if task.constraint in _START_FLOORS:
            start_floors.append((opening, Reason.CONSTRAINT))
        if task.constraint in _START_CAPS:
            start_cap = opening
        if task.constraint in _FINISH_FLOORS:
            finish_floor = closing
        if task.constraint in _FINISH_CAPS:
            finish_caps.append(closing)
    return _Limits(start_floors, start_cap, finish_floor, finish_caps)

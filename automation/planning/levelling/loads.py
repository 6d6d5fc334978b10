"""Over-allocations: on which days a resource is asked for more than there is, by which tasks.

Not here: what could be done about it (``proposal``).
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from automation.planning.layout import finish_day, start_day
from automation.planning.levelling.resources import ALMOST, FOREVER, Resource, uses_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from automation.planning.calendar import WorkCalendar
    from automation.planning.levelling.resources import Job, Use


class Overload(NamedTuple):
    """One resource on one working day: the most that is asked of it at once, what there is, and who asks."""

    resource: str
    day: date
    load: float
    capacity: float
    tasks: tuple[str, ...]


def overloads(
    jobs: Sequence[Job], uses: Mapping[str, Mapping[str, float]], resources: Mapping[str, Resource]
) -> tuple[Overload, ...]:
    """The over-allocations of the work that is left, by resource (in their order) and day.

    Tasks that follow each other within a day do not add up. Outside its time of availability there is nothing of a
    resource; one that is used but not listed is there in full.
    """
    if not jobs:
        return ()
    calendar = jobs[0].network.calendar
    found = uses_in(jobs, uses)
    names = [name for name in resources if name in found] + [name for name in found if name not in resources]
    return tuple(
        overload for name in names for overload in _of_one(found[name], resources.get(name) or Resource(name), calendar)
    )


def _of_one(taken: list[Use], resource: Resource, calendar: WorkCalendar) -> Iterator[Overload]:
    days: dict[date, Overload] = {}
    there = resource.window(calendar)
    for begin, end, active in _stretches(taken, there):
        load = sum(use.share for use in active)
        capacity = resource.capacity if there[0] <= begin < there[1] else 0
        if load <= capacity + ALMOST:
            continue
        for day in _days(begin, end, calendar):
            tasks = dict.fromkeys(use.task for use in active)
            before = days.get(day)
            if before is not None:
                tasks = dict.fromkeys((*before.tasks, *tasks))
                load, capacity = max(load, before.load), min(capacity, before.capacity)
            days[day] = Overload(resource.id, day, round(load, 6), capacity, tuple(tasks))
    return iter([days[day] for day in sorted(days)])


def _stretches(taken: list[Use], there: tuple[int, int]) -> Iterator[tuple[int, int, list[Use]]]:
    """The stretches of time between which nothing changes, with the uses in them; empty ones are left out."""
    edges = sorted(
        {edge for use in taken for edge in (use.begin, use.end)} | {edge for edge in there if abs(edge) < FOREVER}
    )
    starting = sorted(range(len(taken)), key=lambda index: taken[index].begin)
    active: list[int] = []
    following = 0
    for begin, end in pairwise(edges):
        while following < len(starting) and taken[starting[following]].begin <= begin:
            active.append(starting[following])
            following += 1
        active = [index for index in active if taken[index].end > begin]
        if active:
            yield begin, end, [taken[index] for index in sorted(active)]


def _days(begin: int, end: int, calendar: WorkCalendar) -> Iterator[date]:
    """The working days in which a stretch of time has working time; its first day if none of them is worked."""
    day = start_day(calendar.next_start(begin) // calendar.ticks)
    last = finish_day(-(-calendar.prev_finish(end) // calendar.ticks))
    if day > last:
        yield start_day(begin // calendar.ticks)
    while day <= last:
        yield day
        day = calendar.add_days(day, 1)

"""The forward pass: where each task's work begins and ends at the earliest, and what puts it there (C02).

Positions are those of each task's own calendar. Not here: the backward pass, instants of ordinary tasks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from automation.model.links import Link, LinkKind
from automation.planning.work import Reason

if TYPE_CHECKING:
    from automation.planning.calendar import WorkCalendar
    from automation.planning.network import Arc, Network
    from automation.planning.work import Work

Driver = Link | Reason
"""What fixes a task's early dates: the link that comes last, or another reason."""
NO_LINK = -1
"""The governor of a task that no plain link governs."""


class Early(NamedTuple):
    """What the forward pass finds, at the places of a network."""

    begin: list[int]
    """The position at which the work begins."""
    end: list[int]
    """The position at which it ends."""
    fixed: dict[int, int]
    """The instant at which tasks stand that take no time or have finished."""
    governor: list[int]
    drivers: dict[int, Driver]


def forward(network: Network, work: Work) -> Early:
    """Begin and end of each task at the earliest."""
    early = Early([], [], {}, [], {})
    begin, end, _, governor, _ = early
    floors, all_minutes = work.floor, work.minutes
    special = {place for place, minutes in enumerate(all_minutes) if not minutes}
    special.update(work.ended, work.finish_floor, work.reasons, network.bent)
    for place, predecessors in enumerate(network.plain):
        position, latest = floors[place], NO_LINK
        for predecessor in predecessors:
            if end[predecessor] > position:
                position, latest = end[predecessor], predecessor
        if place in special:
            position, latest = _special(network, work, early, place=place, position=position, governor=latest)
        begin.append(position)
        end.append(position + all_minutes[place])
        governor.append(latest)
    return early


def _special(
    network: Network, work: Work, early: Early, *, place: int, position: int, governor: int
) -> tuple[int, int]:
    """The position at which the work begins and its governor, for a task that plain links alone do not decide."""
    calendar = network.calendars[place]
    if place in work.ended:
        early.fixed[place], early.drivers[place] = work.ended[place], Reason.ACTUAL
        return calendar.position(work.ended[place]), NO_LINK
    minutes = work.minutes[place]
    driver: Driver | None = work.reasons.get(place)
    for arc in network.arcs[place]:
        bound = _reached(network, work, early, arc, calendar) - (minutes if arc.kind >= LinkKind.FF else 0)
        if bound > position:
            position, governor, driver = bound, NO_LINK, arc.link
    if place in work.finish_floor and work.finish_floor[place] - minutes > position:
        position, governor, driver = work.finish_floor[place] - minutes, NO_LINK, Reason.CONSTRAINT
    if not minutes:
        early.fixed[place] = _standing(network, work, early, place=place, position=position)
    elif calendar is not network.calendar:
        moment = _standing(network, work, early, place=place, position=position)
        if calendar.start_at(position) > network.calendar.next_start(moment):
            governor, driver = NO_LINK, Reason.CALENDAR
    if driver is not None and governor == NO_LINK:
        early.drivers[place] = driver
    return position, governor


def _reached(network: Network, work: Work, early: Early, arc: Arc, calendar: WorkCalendar) -> int:
    """The position in the successor's calendar that a predecessor and the lag lead to."""
    if arc.alike and not (arc.kind & 1 and arc.predecessor in work.begun):
        return (early.begin if arc.kind & 1 else early.end)[arc.predecessor] + arc.lag
    return calendar.position(later(_governing(network, work, early, arc), arc, calendar))


def _governing(network: Network, work: Work, early: Early, arc: Arc) -> int:
    """The instant at which the end of the predecessor that governs the link stands."""
    place, at_start = arc.predecessor, arc.kind & 1
    if at_start and place in work.begun:
        return work.begun[place]
    if place in early.fixed:
        return early.fixed[place]
    calendar = network.calendars[place]
    return calendar.start_at(early.begin[place]) if at_start else calendar.finish_at(early.end[place])


def _standing(network: Network, work: Work, early: Early, *, place: int, position: int) -> int:
    """The instant at which a task stands that takes no time: the last one of those that put it at its position.

    Where predecessors finish it stands at their finish, never moved to the next working time; where it waits for
    a date or a start it stands at a start.
    """
    calendar = network.calendars[place]
    moments = [calendar.start_at(position)] if work.floor[place] == position else []
    if work.finish_floor.get(place) == position:
        moments.append(calendar.finish_at(position))
    at_position = (predecessor for predecessor in network.plain[place] if early.end[predecessor] == position)
    moments.extend(early.fixed.get(predecessor, calendar.finish_at(position)) for predecessor in at_position)
    reached = (later(_governing(network, work, early, arc), arc, calendar) for arc in network.arcs[place])
    moments.extend(moment for moment in reached if calendar.position(moment) == position)
    return max(moments, default=calendar.start_at(position))


def later(moment: int, arc: Arc, calendar: WorkCalendar) -> int:
    """An instant of the predecessor moved by the lag: a start stays a start, a finish a finish."""
    if arc.elapsed or not arc.lag:
        return moment + arc.lag
    position = calendar.position(moment) + arc.lag
    return calendar.start_at(position) if arc.kind & 1 else calendar.finish_at(position)

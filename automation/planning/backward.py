"""The backward pass: where each task's work begins at the latest, and its free float (C02).

Positions are those of each task's own calendar. Not here: the forward pass, late dates as instants.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.model.links import LinkKind
from automation.planning.work import positions

if TYPE_CHECKING:
    from automation.planning.forward import Early
    from automation.planning.network import Arc, Network
    from automation.planning.work import Work

UNBOUND = 1 << 60
"""The free float of a task without successors."""


def backward(network: Network, work: Work, early: Early, *, project_finish: int) -> tuple[list[int], list[int]]:
    """The latest positions of ``begin``, and by how much each task may move before a direct successor must.

    Finished successors bind nobody, and nothing binds a start that has happened.
    """
    count = len(network.tasks)
    begin, end = early.begin, early.end
    late, free = [0] * count, [UNBOUND] * count
    limit = positions(network, project_finish)
    for place, cap in work.finish_cap.items():
        limit[place] = min(limit[place], cap)
    start_limit = dict(work.start_cap)
    ended, all_minutes, plain, arcs = work.ended, work.minutes, network.plain, network.arcs
    for place in range(count - 1, -1, -1):
        if place in ended:
            late[place] = begin[place]
            continue
        first = limit[place] - all_minutes[place]
        if place in start_limit:
            first = min(first, start_limit[place])
        late[place] = first
        now = begin[place]
        for predecessor in plain[place]:
            if first < limit[predecessor]:  # noqa: PLR1730 - min is slower here, and below
                limit[predecessor] = first
            gap = now - end[predecessor]
            if gap < free[predecessor]:  # noqa: PLR1730
                free[predecessor] = gap
        for arc in arcs[place]:
            _hold_back(network, work, early, arc, place=place, late=first, free=free, limits=(limit, start_limit))
    return late, free


def _hold_back(
    network: Network,
    work: Work,
    early: Early,
    arc: Arc,
    *,
    place: int,
    late: int,
    free: list[int],
    limits: tuple[list[int], dict[int, int]],
) -> None:
    """Hold the predecessor of a link to the late position of its successor, and to the early one for free float."""
    predecessor = arc.predecessor
    if predecessor in work.ended or (arc.kind & 1 and predecessor in work.begun):
        return
    needed = _needed(network, work, early, arc, late, place=place)
    gap = _needed(network, work, early, arc, early.begin[place], place=place)
    limit, start_limit = limits
    if arc.kind & 1:
        gap -= early.begin[predecessor]
        start_limit[predecessor] = min(start_limit.get(predecessor, needed), needed)
    else:
        gap -= early.end[predecessor]
        limit[predecessor] = min(limit[predecessor], needed)
    if arc.direct:
        free[predecessor] = min(free[predecessor], gap)


def _needed(network: Network, work: Work, early: Early, arc: Arc, begin: int, *, place: int) -> int:
    """The position in the predecessor's calendar at which a successor beginning at a position needs it."""
    position = begin if arc.kind < LinkKind.FF else begin + work.minutes[place]
    if arc.alike:
        return position - arc.lag
    calendar = network.calendars[place]
    if not arc.elapsed:
        position -= arc.lag
    at_finish = not work.minutes[place] and early.fixed[place] == calendar.finish_at(early.begin[place])
    moment = calendar.finish_at(position) if at_finish else calendar.start_at(position)
    return network.calendars[arc.predecessor].position(moment - arc.lag if arc.elapsed else moment)

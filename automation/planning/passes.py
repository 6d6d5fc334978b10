"""The schedule: early and late dates, total and free float, critical tasks, and what drives each (C02).

Forward and backward pass serve the plan as drawn (``work``) and the forecast (``forecast``). They count on positions,
that is on the working minutes of each task's own calendar, so that a link between tasks of one calendar costs an
addition; instants are looked up at the end. Not here: the passes themselves, progress, slip, days.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from automation.model.links import LinkKind
from automation.planning.backward import UNBOUND, backward
from automation.planning.forward import NO_LINK, forward, later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from automation.model.links import Link
    from automation.planning.forward import Driver
    from automation.planning.network import Network
    from automation.planning.work import Reason, Work


class Schedule(NamedTuple):
    """Dates (instants) and floats (working minutes of the task's calendar) at the places of a network.

    A started task has float at its finish only; a finished one has none and is not critical. ``governor`` is the
    place of the predecessor whose plain link comes last, ``drivers`` what else fixes dates (see ``driver``).
    """

    start: list[int]
    finish: list[int]
    late_start: list[int]
    late_finish: list[int]
    total_float: list[int]
    free_float: list[int]
    critical: list[bool]
    done: list[bool]
    governor: list[int]
    drivers: dict[int, Driver]
    reason: Reason
    """What fixes every other task's dates."""
    project_start: int
    project_finish: int


def schedule(network: Network, work: Work) -> Schedule:
    """Early and late dates, floats, critical tasks and drivers of a network.

    Links win over late constraints: what they cannot keep shows as negative float. Open ends may last until the
    latest finish of all. A task is critical while it is not finished and has no float.
    """
    early = forward(network, work)
    start, finish = _instants(network, early.begin, early.end)
    for place, moment in early.fixed.items():
        start[place] = finish[place] = moment
    for place, moment in work.begun.items():
        start[place] = moment
    project_finish = max(finish, default=0)
    late, free = backward(network, work, early, project_finish=project_finish)
    ends = [position + minutes for position, minutes in zip(late, work.minutes, strict=True)]
    late_start, late_finish = _instants(network, late, ends)
    for place, moment in early.fixed.items():
        calendar = network.calendars[place]
        if place in work.ended:
            late_start[place], late_finish[place] = start[place], moment
        elif calendar.finish_at(early.begin[place]) == moment:  # what stands at a finish moves to a finish
            late_start[place] = late_finish[place]
        else:
            late_finish[place] = late_start[place]
    for place, moment in work.begun.items():
        late_start[place] = moment
    total = [after - before for after, before in zip(late, early.begin, strict=True)]
    done = [False] * len(total)
    for place in work.ended:
        total[place], free[place], done[place] = 0, 0, True
    return Schedule(
        start=start,
        finish=finish,
        late_start=late_start,
        late_finish=late_finish,
        total_float=total,
        free_float=[max(0, rest if gap == UNBOUND else gap) for gap, rest in zip(free, total, strict=True)],
        critical=[minutes <= 0 and not is_done for minutes, is_done in zip(total, done, strict=True)],
        done=done,
        governor=early.governor,
        drivers=early.drivers,
        reason=work.reason,
        project_start=min(start, default=0),
        project_finish=project_finish,
    )


def driver(network: Network, schedule: Schedule, place: int) -> Driver:
    """What fixes the early dates of the task at a place."""
    governor = schedule.governor[place]
    if governor == NO_LINK:
        return schedule.drivers.get(place, schedule.reason)
    return _plain_link(network, governor, place)


def _plain_link(network: Network, predecessor: int, place: int) -> Link:
    """The link from finish to start without lag between the tasks at two places."""
    name, links = network.tasks[predecessor].id, network.tasks[place].links
    return next(link for link in links if link.predecessor == name and link.kind is LinkKind.FS and not link.lag)


def behind(network: Network, schedule: Schedule, place: int) -> Link | None:
    """The link that comes last at a task by the dates of its predecessors, whatever else fixed its own; ``None`` without.

    It is what a task would wait for that levelling delays further.
    """
    task, calendar = network.tasks[place], network.calendars[place]
    reached = [(schedule.finish[before], _plain_link(network, before, place)) for before in network.plain[place]]
    for arc in network.arcs[place]:
        moment = later((schedule.start if arc.kind & 1 else schedule.finish)[arc.predecessor], arc, calendar)
        if arc.kind >= LinkKind.FF:
            moment = calendar.add(moment, -task.duration_minutes)
        reached.append((moment, arc.link))
    return max(reached, key=itemgetter(0))[1] if reached else None


def ends(schedule: Schedule, places: Sequence[int]) -> tuple[int, int]:
    """Of the tasks below a summary the one that fixes its start and the one that fixes its finish, the first of equals.

    ``places`` are theirs and not empty. What drives the summary is what drives these two (``driver``).
    """
    return min(places, key=schedule.start.__getitem__), max(places, key=schedule.finish.__getitem__)


def earliest(network: Network, schedule: Schedule, place: int, *, floor: int) -> tuple[int, int | None]:
    """The earliest start, not before ``floor``, and the earliest finish, if a link governs it, by these dates."""
    start, finish, calendar = schedule.start, schedule.finish, network.calendars[place]
    begin, end = floor, None
    for predecessor in network.plain[place]:
        begin = max(begin, finish[predecessor])
    for arc in network.arcs[place]:
        moment = later((start if arc.kind & 1 else finish)[arc.predecessor], arc, calendar)
        if arc.kind < LinkKind.FF:
            begin = max(begin, moment)
        else:
            end = moment if end is None else max(end, moment)
    return begin, end


def _instants(network: Network, begin: list[int], end: list[int]) -> tuple[list[int], list[int]]:
    """The starts and finishes at positions."""
    start, finish = network.calendar.starts_at(begin), network.calendar.finishes_at(end)
    for place in network.own:
        start[place] = network.calendars[place].start_at(begin[place])
        finish[place] = network.calendars[place].finish_at(end[place])
    return start, finish

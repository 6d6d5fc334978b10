"""The forward pass by Microsoft Project's rules: early dates, what logic alone would say, and what drives each task.

Tasks that work by the project's calendar and that nothing but links decides are placed on positions (see ``layout``),
all others on instants, because Microsoft Project keeps some of them outside working time. Not here: the backward pass
(``microsoft_backward``), what happens to one task (``microsoft_placing``), the rules of the workbook (``forward``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from automation.model.links import Link, LinkKind
from automation.planning.forward import NO_LINK
from automation.planning.microsoft_placing import (
    NO_DETAIL,
    back,
    constrained,
    delayed,
    going_on,
    lag_calendar,
    later,
    run,
    same_position,
)
from automation.planning.tasks import Constraint, remaining_minutes
from automation.planning.work import Reason

if TYPE_CHECKING:
    from automation.planning.calendar import WorkCalendar
    from automation.planning.forward import Driver
    from automation.planning.network import Arc, Network
    from automation.planning.tasks import Task

AS_LATE = Constraint.AS_LATE  # looked up once: members of enums are slow to reach
LONG_AGO = -(1 << 60)
"""Before everything: only tasks without predecessors wait for the project to begin."""
FINISH_TO, SF = int(LinkKind.FF), LinkKind.SF
"""Links from ``FINISH_TO`` on govern the successor's finish."""


class Instants(dict[int, int]):
    """Instants of one calendar by position, looked up once: starts or finishes."""

    def __init__(self, calendar: WorkCalendar, *, finish: bool) -> None:
        super().__init__()
        self._look_up = calendar.finish_at if finish else calendar.start_at

    def __missing__(self, position: int) -> int:
        moment = self[position] = self._look_up(position)
        return moment


class Frame(NamedTuple):
    """What holds for the whole plan: its start (an instant), and whether hard constraints win over links."""

    start: int
    honour: bool
    pinned: dict[int, int]
    """The instants before which tasks do not start that are to be as late as possible, once those are known."""


class Dates(NamedTuple):
    """What the forward pass finds, at the places of a network.

    ``begin`` and ``end`` are positions in the project's calendar. ``start`` and ``finish`` hold the instants of the
    ``special`` tasks; those of the others follow from their positions (``starts``, ``finishes``). ``logic`` holds start
    and finish as the links alone would have them, where a constraint pulled a task before them. ``left`` is the work
    left of started tasks that are not finished, ``done`` are the finished ones.
    """

    begin: list[int]
    end: list[int]
    special: frozenset[int]
    start: dict[int, int]
    finish: dict[int, int]
    logic: dict[int, tuple[int, int]]
    left: dict[int, int]
    done: set[int]
    governor: list[int]
    drivers: dict[int, Driver]
    starts: Instants
    finishes: Instants

    def start_of(self, place: int) -> int:
        """The instant at which a task starts."""
        return self.start[place] if place in self.special else self.starts[self.begin[place]]

    def finish_of(self, place: int) -> int:
        """The instant at which a task finishes."""
        return self.finish[place] if place in self.special else self.finishes[self.end[place]]


def special_places(network: Network) -> frozenset[int]:
    """The places of the tasks that cannot be placed on positions of the project's calendar alone."""
    special = {*network.own, *network.limited}
    special.update(
        place
        for place, task in enumerate(network.tasks)
        if not task.duration_minutes
        or task.detail is not None
        or task.actual_start is not None
        or task.actual_finish is not None
        or task.constraint is AS_LATE
    )
    for place in network.bent:
        for arc in network.arcs[place]:
            if arc.elapsed or arc.kind is SF or (arc.kind & 1 and not arc.direct):
                special.add(place)
    return frozenset(special)


def forward(network: Network, frame: Frame, special: frozenset[int]) -> Dates:
    """Early dates of every task."""
    calendar = network.calendar
    begin: list[int] = []
    end: list[int] = []
    governor: list[int] = []
    lookups = Instants(calendar, finish=False), Instants(calendar, finish=True)
    dates = Dates(begin, end, special, {}, {}, {}, {}, set(), governor, {}, *lookups)
    floor = calendar.position(frame.start)
    tasks, all_arcs = network.tasks, network.arcs
    for place, predecessors in enumerate(network.plain):
        if place in special:
            _place_special(network, frame, dates, place)
            continue
        arcs = all_arcs[place]
        minutes = tasks[place].duration_minutes
        position, latest = (LONG_AGO if predecessors or arcs else floor), NO_LINK
        for predecessor in predecessors:
            if end[predecessor] > position:
                position, latest = end[predecessor], predecessor
        for arc in arcs:
            kind = arc.kind
            bound = (begin if kind & 1 else end)[arc.predecessor] + arc.lag
            if kind >= FINISH_TO:
                bound = max(bound - minutes, floor)
            if bound > position:
                position, latest, dates.drivers[place] = bound, NO_LINK, arc.link
        begin.append(position)
        end.append(position + minutes)
        governor.append(latest)
    return dates


def _place_special(network: Network, frame: Frame, dates: Dates, place: int) -> None:
    """Put a task at its instants, and note what put it there."""
    task, calendar = network.tasks[place], network.calendars[place]
    given = _given(task, calendar, dates, place)
    governor: int = NO_LINK
    driver: Driver
    if given is not None:
        start, finish, driver = given
    else:
        start, finish, governor, driver = _computed(network, frame, dates, place)
    dates.start[place], dates.finish[place] = start, finish
    position = network.calendar.position(start)
    dates.begin.append(position)
    dates.end.append(position if finish == start else network.calendar.position(finish))
    dates.governor.append(governor)
    if governor == NO_LINK and driver is not Reason.PROJECT_START:
        dates.drivers[place] = driver


def _given(task: Task, calendar: WorkCalendar, dates: Dates, place: int) -> tuple[int, int, Reason] | None:
    """Start and finish of a task that has begun or is scheduled by hand; ``None`` for every other."""
    if task.actual_finish is not None:
        dates.done.add(place)
        finish = calendar.opening(task.actual_finish)
        start = back(task, calendar, finish) if task.actual_start is None else calendar.opening(task.actual_start)
        return start, finish, Reason.ACTUAL
    if task.actual_start is not None:
        left = remaining_minutes(task)
        if left:
            dates.left[place] = left
        else:
            dates.done.add(place)
        start = calendar.opening(task.actual_start)
        return start, going_on(task, calendar, start), Reason.ACTUAL
    if task.detail is not None and task.detail.manual is not None:
        first, last = task.detail.manual
        return calendar.opening(first), calendar.opening(last), Reason.CONSTRAINT
    return None


def _computed(network: Network, frame: Frame, dates: Dates, place: int) -> tuple[int, int, int, Driver]:
    """Start, finish, governor and driver of a task as links, delays, calendars and constraints have it."""
    task, calendar = network.tasks[place], network.calendars[place]
    free = not network.plain[place] and not network.arcs[place]
    bound = _bound(network, frame, dates, place, free=free)
    moment, governor, driver = delayed(task, calendar, bound.moment), bound.governor, bound.driver
    start, finish = run(task, calendar, moment)
    if moment > bound.moment and not same_position(calendar, moment, bound.moment):
        governor, driver = NO_LINK, Reason.LEVELLING
    if bound.finish is not None and bound.finish > start and same_position(calendar, finish, bound.finish):
        finish = bound.finish  # a finish that waits for a start stands at that start
    waits = calendar is not network.calendar or (task.detail is not None and task.detail.crews)
    if waits and start > moment and start > network.calendar.next_start(moment):
        governor, driver = NO_LINK, Reason.CALENDAR
    wanted = constrained(task, calendar, (start, finish), honour=frame.honour, free=free)
    if wanted is not None:
        if wanted[0] < start and not free:
            dates.logic[place] = start, finish
        (start, finish), governor, driver = wanted, NO_LINK, Reason.CONSTRAINT
    if frame.pinned.get(place, start) > start:
        start, finish = run(task, calendar, frame.pinned[place])
        governor, driver = NO_LINK, Reason.CONSTRAINT
    return start, finish, governor, driver


class _Bound(NamedTuple):
    """The earliest start that the links allow, with what decides it, and the finish if a start (SF) decides that."""

    moment: int
    governor: int
    driver: Driver
    finish: int | None


def _bound(network: Network, frame: Frame, dates: Dates, place: int, *, free: bool) -> _Bound:
    """What the links of a task allow; what they say of its finish cannot put it before the project's start."""
    moment, governor = (frame.start if free else LONG_AGO), NO_LINK
    driver: Driver = Reason.PROJECT_START
    for predecessor in network.plain[place]:
        reached = dates.finish_of(predecessor)
        if reached > moment:
            moment, governor = reached, predecessor
    if not network.arcs[place]:
        return _Bound(moment, governor, driver, None)
    task, calendar = network.tasks[place], network.calendars[place]
    stands: int | None = None
    for arc, reached in _reached(network, dates, place):
        start = reached if arc.kind < FINISH_TO else max(back(task, calendar, reached), frame.start)
        if start > moment:
            moment, governor, driver = start, NO_LINK, arc.link
            stands = reached if arc.kind is SF else None
    return _Bound(moment, governor, driver, stands)


def _reached(network: Network, dates: Dates, place: int) -> list[tuple[Arc, int]]:
    """The arcs of a task with the instants that they lead to; of those from a summary's start only the first one."""
    calendar = lag_calendar(network, place)
    reached: list[tuple[Arc, int]] = []
    first: dict[Link, tuple[Arc, int]] = {}
    for arc in network.arcs[place]:
        at_start = arc.kind & 1
        moment = dates.start_of(arc.predecessor) if at_start else dates.finish_of(arc.predecessor)
        found = arc, later(moment, arc.lag, calendar, elapsed=arc.elapsed)
        if at_start and not arc.direct and network.tasks[arc.predecessor].id != arc.link.predecessor:
            if arc.link not in first or found[1] < first[arc.link][1]:
                first[arc.link] = found
        else:
            reached.append(found)
    return [*reached, *first.values()] if first else reached


__all__ = ["NO_DETAIL", "Dates", "Frame", "forward", "special_places"]

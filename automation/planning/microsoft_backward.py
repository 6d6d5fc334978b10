"""The backward pass by Microsoft Project's rules: late dates, and by how much tasks may move before a successor must.

Not here: the forward pass (``microsoft_forward``), total slack (``microsoft``), the rules of the workbook (``backward``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from automation.model.links import LinkKind
from automation.planning.backward import UNBOUND
from automation.planning.microsoft_placing import (
    NO_DETAIL,
    back,
    capped,
    delayed,
    lag_calendar,
    later,
    run,
    working_end,
)

if TYPE_CHECKING:
    from automation.model.links import Link
    from automation.planning.microsoft_forward import Dates
    from automation.planning.network import Arc, Network

FINISH_TO = int(LinkKind.FF)


class Late(NamedTuple):
    """Late dates at the places of a network: positions in the project's calendar, instants of special tasks.

    The late start of a started task is where the rest of it must begin. ``free`` is the slack until the first direct
    successor, ``UNBOUND`` without any; finished successors need nothing.
    """

    begin: list[int]
    end: list[int]
    start: dict[int, int]
    finish: dict[int, int]
    free: list[int]


class _Pass(NamedTuple):
    """What the pass works on: by when successors need the tasks, as positions and, of special tasks, as instants."""

    network: Network
    dates: Dates
    late: Late
    end: list[int]
    begin: dict[int, int]
    finish: dict[int, int]
    start: dict[int, int]
    by_summary: dict[tuple[int, Link], int]
    last: int
    """The project's finish."""


def backward(  # noqa: C901, PLR0912 - the one loop that every task goes through; calls would double its time
    network: Network, dates: Dates, *, project_finish: int, separate_ends: bool = False
) -> Late:
    """Late dates; open ends may last until the project's finish, or only to their own (``separate_ends``)."""
    count = len(network.tasks)
    late = Late([0] * count, [0] * count, {}, {}, [UNBOUND] * count)
    ends = [network.calendar.position(project_finish)] * count
    going = _Pass(network, dates, late, ends, {}, {}, {}, {}, project_finish)
    if separate_ends:
        _own_ends(going)
    special, tasks, all_arcs, all_plain = dates.special, network.tasks, network.arcs, network.plain
    early_begin, early_end, free, begins = dates.begin, dates.end, late.free, going.begin
    for place in range(count - 1, -1, -1):
        if place in special:
            _place_special(going, place)
            continue
        minutes = tasks[place].duration_minutes
        begin = ends[place] - minutes
        if place in begins:
            begin = min(begin, begins[place])
        late.begin[place], late.end[place] = begin, begin + minutes
        now = early_begin[place]
        for predecessor in all_plain[place]:
            if begin < ends[predecessor]:  # noqa: PLR1730 - min is slower here, and below
                ends[predecessor] = begin
            gap = now - early_end[predecessor]
            if gap < free[predecessor]:  # noqa: PLR1730
                free[predecessor] = gap
            if predecessor in special:
                _finish_by(going, predecessor, dates.starts[begin])
        for arc in all_arcs[place]:
            predecessor, kind = arc.predecessor, arc.kind
            if predecessor in special or not arc.direct:
                _hold(going, arc, place)
                continue
            offset = (minutes if kind >= FINISH_TO else 0) - arc.lag
            if kind & 1:
                begins[predecessor] = min(begins.get(predecessor, begin + offset), begin + offset)
                gap = now + offset - early_begin[predecessor]
            else:
                ends[predecessor] = min(ends[predecessor], begin + offset)
                gap = now + offset - early_end[predecessor]
            if gap < free[predecessor]:  # noqa: PLR1730
                free[predecessor] = gap
    for (predecessor, _), gap in going.by_summary.items():
        free[predecessor] = min(free[predecessor], gap)
    return late


def _own_ends(going: _Pass) -> None:
    """Let every task without successors last to its own finish only."""
    network, dates = going.network, going.dates
    followed = {predecessor for before in network.plain for predecessor in before}
    followed.update(arc.predecessor for arcs in network.arcs for arc in arcs)
    for place in range(len(network.tasks)):
        if place not in followed:
            going.end[place] = dates.end[place]
            if place in dates.special:
                going.finish[place] = dates.finish[place]


def _finish_by(going: _Pass, place: int, moment: int) -> None:
    known = going.finish.get(place)
    if known is None or moment < known:
        going.finish[place] = moment


def _place_special(going: _Pass, place: int) -> None:
    """The late dates of a special task, and what it needs of its predecessors."""
    network, dates, late = going.network, going.dates, going.late
    done = place in dates.done
    start, finish = (dates.start[place], dates.finish[place]) if done else _late_dates(going, place)
    position = network.calendar.position
    late.start[place], late.finish[place] = start, finish
    late.begin[place] = position(start)
    late.end[place] = late.begin[place] if start == finish else position(finish)
    if done:
        return
    task = network.tasks[place]
    delayed_by_levelling = task.detail is not None and task.detail.levelling_delay and place not in dates.left
    if network.plain[place]:
        begin = late.begin[place]
        if delayed_by_levelling:
            start = delayed(task, network.calendars[place], start, backwards=True)
            begin = position(start)
        simple = network.calendars[place] is network.calendar and not delayed_by_levelling
        now = dates.begin[place]
        for predecessor in network.plain[place]:
            going.end[predecessor] = min(going.end[predecessor], begin)
            if predecessor in dates.special:
                _finish_by(going, predecessor, start)
            if simple:
                gap = now - dates.end[predecessor]
            else:
                gap = _gap(going, predecessor, place, kind=LinkKind.FS, lag=0, elapsed=False)
            late.free[predecessor] = min(late.free[predecessor], gap)
    for arc in network.arcs[place]:
        _hold(going, arc, place)


def _late_dates(going: _Pass, place: int) -> tuple[int, int]:
    """Late start and finish of a special task that is not finished."""
    task, calendar = going.network.tasks[place], going.network.calendars[place]
    left = going.dates.left.get(place)
    finish = min(going.finish.get(place, going.last), going.last)
    if place in going.start and left is None:
        finish = min(finish, run(task, calendar, going.start[place])[1])
    finish = working_end(task, calendar, capped(task, calendar, finish, started=left is not None))
    return back(task, calendar, finish, left), finish


def _hold(going: _Pass, arc: Arc, place: int) -> None:
    """Hold the predecessor of an arc to the late dates of its successor, and to the early ones for free slack."""
    network, dates, late = going.network, going.dates, going.late
    predecessor, to_finish = arc.predecessor, arc.kind >= FINISH_TO
    detail = network.tasks[place].detail
    by_position = (not arc.lag or (not arc.elapsed and network.calendars[place] is network.calendar)) and (
        detail is None or not detail.levelling_delay
    )
    if by_position:
        position = (late.end if to_finish else late.begin)[place] - (0 if arc.elapsed else arc.lag)
    if predecessor in dates.special or not by_position:
        moment = _needed(going, arc, place)
        if not by_position:
            position = network.calendar.position(moment)
        if not arc.kind & 1:
            _finish_by(going, predecessor, moment)
        elif moment < going.start.get(predecessor, moment + 1):
            going.start[predecessor] = moment
    if not arc.kind & 1:
        going.end[predecessor] = min(going.end[predecessor], position)
    elif position < going.begin.get(predecessor, position + 1):
        going.begin[predecessor] = position
    if arc.direct or network.tasks[predecessor].id == arc.link.predecessor:
        _free(going, arc, place, by_position=by_position)


def _needed(going: _Pass, arc: Arc, place: int) -> int:
    """The instant at which a successor needs the predecessor of an arc at the latest."""
    late, dates = going.late, going.dates
    if place in dates.special:
        moment = (late.finish if arc.kind >= FINISH_TO else late.start)[place]
        if place not in dates.left:
            moment = delayed(going.network.tasks[place], going.network.calendars[place], moment, backwards=True)
    elif arc.kind >= FINISH_TO:
        moment = dates.finishes[late.end[place]]
    else:
        moment = dates.starts[late.begin[place]]
    return later(moment, -arc.lag, lag_calendar(going.network, place), elapsed=arc.elapsed)


def _free(going: _Pass, arc: Arc, place: int, *, by_position: bool) -> None:
    """Note how far the predecessor of an arc may move before its successor must."""
    network, dates, predecessor = going.network, going.dates, arc.predecessor
    whole = network.calendar
    if (
        by_position
        and (network.calendars[predecessor] is whole or network.calendars[place] is whole)
        and not _elapsed(network, predecessor)
    ):
        reached = (dates.begin if arc.kind & 1 else dates.end)[predecessor]
        gap = (dates.end if arc.kind >= FINISH_TO else dates.begin)[place] - arc.lag - reached
    else:
        gap = _gap(going, predecessor, place, kind=arc.kind, lag=arc.lag, elapsed=arc.elapsed)
    if arc.direct or arc.kind < FINISH_TO:
        going.late.free[predecessor] = min(going.late.free[predecessor], gap)
    else:  # a summary finishes with the last task below it
        key = predecessor, arc.link
        going.by_summary[key] = max(going.by_summary.get(key, gap), gap)


def _elapsed(network: Network, place: int) -> bool:
    return (network.tasks[place].detail or NO_DETAIL).elapsed


def _gap(going: _Pass, predecessor: int, place: int, *, kind: LinkKind, lag: int, elapsed: bool) -> int:
    """The working time between a predecessor and when its successor needs it, by their early dates.

    It is counted in the successor's calendar, but for predecessors that know no calendar or only the project's.
    """
    network, dates = going.network, going.dates
    if kind < FINISH_TO:
        moment = delayed(network.tasks[place], network.calendars[place], dates.start_of(place), backwards=True)
    else:
        moment = dates.finish_of(place)
    moment = later(moment, -lag, lag_calendar(network, place), elapsed=elapsed)
    own = dates.start_of(predecessor) if kind & 1 else dates.finish_of(predecessor)
    calendar = network.calendars[predecessor]
    if calendar is not network.calendar and not _elapsed(network, predecessor):
        calendar = network.calendars[place]
    return calendar.between(own, moment)

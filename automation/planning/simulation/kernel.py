"""The passes of ``planning.forward`` and ``planning.backward`` over all iterations at once, a row of them a task.

Every rule is the same as there, so that an iteration with the planned durations gives the plan. Not here: the drawing
of durations (``sampling``), what the iterations come to (``results``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from automation.model.links import LinkKind
from automation.planning.passes import schedule
from automation.planning.simulation.clock import Clock

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from automation.planning.network import Arc, Network
    from automation.planning.simulation.clock import Row
    from automation.planning.simulation.sampling import Matrix
    from automation.planning.work import Work

_NEVER = np.int32(-(2**31))


class Passed(NamedTuple):
    """What the forward pass finds, by place and iteration: positions, and instants of what takes no time."""

    minutes: Matrix
    begin: Matrix
    end: Matrix
    fixed: dict[int, Row]
    """Where tasks stand that have finished or, in iterations in which they take no time, finish at."""


class Kernel:
    """A network with the work that is left, ready for many iterations; ``longest`` bounds the minutes of each place.

    Raises AutomationError where the longest last too long to be computed.
    """

    def __init__(self, network: Network, work: Work, longest: Sequence[int]) -> None:
        self._network, self._work = network, work
        first, last = _reach(network, work, longest)
        clocks = {id(one): Clock(one, first, last) for one in (network.calendar, *network.calendars)}
        self._clocks = [clocks[id(one)] for one in network.calendars]
        self._clock = clocks[id(network.calendar)]
        self._own = frozenset(network.own)
        self._standing = {place for place, minutes in enumerate(work.minutes) if not minutes}
        self._special = self._standing.union(work.ended, work.finish_floor, network.bent)
        self._ends = _open_ends(network, work)
        self._room: tuple[Matrix, Matrix] | None = None

    def forward(self, minutes: Matrix) -> Passed:
        """Begin and end of each task at the earliest, in each iteration; they hold until the next call.

        The memory of one block of iterations serves the next: to touch new memory takes longer than the passes.
        """
        if self._room is None or self._room[0].shape[1] < minutes.shape[1]:
            self._room = np.empty_like(minutes), np.empty_like(minutes)
        begins, ends = (matrix[:, : minutes.shape[1]] for matrix in self._room)
        passed = Passed(minutes, begins, ends, {})
        _, begin, end, _ = passed
        floors, special = self._work.floor, self._special
        for place, predecessors in enumerate(self._network.plain):
            row = begin[place]
            if predecessors:
                np.maximum(end[predecessors[0]], floors[place], out=row)
                for predecessor in predecessors[1:]:
                    np.maximum(row, end[predecessor], out=row)
            else:
                row.fill(floors[place])
            if place in special:
                self._bend(passed, place)
            np.add(row, minutes[place], out=end[place])
            if place in self._standing and place not in self._work.ended:
                passed.fixed[place] = self._stand(passed, place)
        return passed

    def latest(self, passed: Passed, places: Iterable[int]) -> Row:
        """The instant at which the last of some tasks finishes, in each iteration."""
        last = np.full(passed.begin.shape[1], _NEVER, dtype=np.int32)
        shared: Row | None = None
        for place in places:
            if place in passed.fixed:
                np.maximum(last, passed.fixed[place], out=last)
            elif place in self._own:
                np.maximum(last, self._clocks[place].finishes(passed.end[place]), out=last)
            elif shared is None:
                shared = passed.end[place].copy()
            else:
                np.maximum(shared, passed.end[place], out=shared)
        return last if shared is None else np.maximum(last, self._clock.finishes(shared))

    def project_finish(self, passed: Passed) -> Row:
        """The instant at which the project finishes, in each iteration."""
        return self.latest(passed, self._ends)

    def finish_positions(self, passed: Passed, finish: Row) -> Row:
        """The position of the project's finish in its calendar, in each iteration."""
        return self._clock.positions(finish) if self._own else _latest_position(passed, self._ends)

    def critical(self, passed: Passed, finish: Row) -> list[int]:
        """In how many iterations each task is critical; uses up the ends, which become late finishes."""
        network, work = self._network, self._work
        minutes, begin, limit, _ = passed
        limit[:] = self.finish_positions(passed, finish)
        for place in network.own:
            limit[place] = self._clocks[place].positions(finish)
        for place, cap in work.finish_cap.items():
            np.minimum(limit[place], cap, out=limit[place])
        start_limit: dict[int, Row] = {}
        counts = [0] * len(begin)
        for place in range(len(begin) - 1, -1, -1):
            if place in work.ended:
                continue
            late = limit[place]
            late -= minutes[place]
            if place in work.start_cap:
                np.minimum(late, work.start_cap[place], out=late)
            if place in start_limit:
                np.minimum(late, start_limit.pop(place), out=late)
            counts[place] = int(np.count_nonzero(late <= begin[place]))
            for predecessor in network.plain[place]:
                np.minimum(limit[predecessor], late, out=limit[predecessor])
            for arc in network.arcs[place]:
                self._hold_back(passed, arc, place, start_limit)
        return counts

    def _bend(self, passed: Passed, place: int) -> None:
        """The position at which the work begins, for a task that plain links alone do not decide."""
        work, row = self._work, passed.begin[place]
        if place in work.ended:
            moment = work.ended[place]
            row.fill(self._network.calendars[place].position(moment))
            passed.fixed[place] = np.broadcast_to(np.int32(moment), row.shape)
            return
        for arc in self._network.arcs[place]:
            bound = self._reached(passed, arc, place)
            if arc.kind >= LinkKind.FF:
                bound -= passed.minutes[place]
            np.maximum(row, bound, out=row)
        if place in work.finish_floor:
            np.maximum(row, work.finish_floor[place] - passed.minutes[place], out=row)

    def _reached(self, passed: Passed, arc: Arc, place: int) -> Row:
        """The position in the successor's calendar that a predecessor and the lag lead to, as a row of its own."""
        if arc.alike and not (arc.kind & 1 and arc.predecessor in self._work.begun):
            ends: Row = (passed.begin if arc.kind & 1 else passed.end)[arc.predecessor]
            return ends + np.int32(arc.lag)
        return self._clocks[place].positions(self._later(self._governing(passed, arc), arc, place))

    def _governing(self, passed: Passed, arc: Arc) -> Row:
        """The instant at which the end of the predecessor that governs the link stands."""
        place, at_start = arc.predecessor, arc.kind & 1
        if at_start and place in self._work.begun:
            return np.broadcast_to(np.int32(self._work.begun[place]), passed.begin[place].shape)
        if not at_start:
            return passed.fixed[place] if place in passed.fixed else self._clocks[place].finishes(passed.end[place])
        if place not in passed.fixed:
            return self._clocks[place].starts(passed.begin[place])
        if place in self._work.ended or not passed.minutes[place].any():
            return passed.fixed[place]
        starts = self._clocks[place].starts(passed.begin[place])
        return np.where(passed.minutes[place] == 0, passed.fixed[place], starts)

    def _later(self, moments: Row, arc: Arc, place: int) -> Row:
        """Instants of the predecessor moved by the lag: a start stays a start, a finish a finish."""
        if arc.elapsed or not arc.lag:
            return moments + np.int32(arc.lag)
        clock = self._clocks[place]
        reached = clock.positions(moments)
        reached += np.int32(arc.lag)
        return clock.starts(reached) if arc.kind & 1 else clock.finishes(reached)

    def _stand(self, passed: Passed, place: int) -> Row:
        """The instant at which a task stands that takes no time; where it does take time, at which it finishes."""
        network, work, clock, row = self._network, self._work, self._clocks[place], passed.begin[place]
        starts, finishes = clock.starts(row), clock.finishes(row)
        last = np.where(row == work.floor[place], starts, _NEVER)
        if place in work.finish_floor:
            np.maximum(last, finishes, out=last, where=row == work.finish_floor[place])
        for predecessor in network.plain[place]:
            moments = passed.fixed.get(predecessor, finishes)
            np.maximum(last, moments, out=last, where=passed.end[predecessor] == row)
        for arc in network.arcs[place]:
            moments = self._later(self._governing(passed, arc), arc, place)
            np.maximum(last, moments, out=last, where=clock.positions(moments) == row)
        np.copyto(last, starts, where=last == _NEVER)
        taken = passed.minutes[place]
        if taken.any():
            np.copyto(last, clock.finishes(passed.end[place]), where=taken > 0)
        return last

    def _hold_back(self, passed: Passed, arc: Arc, place: int, start_limit: dict[int, Row]) -> None:
        """Hold the predecessor of a link to the late position of its successor."""
        predecessor, work = arc.predecessor, self._work
        if predecessor in work.ended or (arc.kind & 1 and predecessor in work.begun):
            return
        needed = self._needed(passed, arc, place)
        if arc.kind & 1:
            start_limit[predecessor] = np.minimum(start_limit.get(predecessor, needed), needed)
        else:
            np.minimum(passed.end[predecessor], needed, out=passed.end[predecessor])

    def _needed(self, passed: Passed, arc: Arc, place: int) -> Row:
        """The position in the predecessor's calendar at which the successor needs it; its late begin is in ``end``."""
        late: Row = passed.end[place]
        position = late if arc.kind < LinkKind.FF else late + passed.minutes[place]
        if arc.alike:
            return position - np.int32(arc.lag)
        clock = self._clocks[place]
        if not arc.elapsed:
            position = position - np.int32(arc.lag)
        moments = clock.starts(position)
        if place in self._standing:
            stands = passed.fixed[place] == clock.finishes(passed.begin[place])
            stands &= passed.minutes[place] == 0
            np.copyto(moments, clock.finishes(position), where=stands)
        if arc.elapsed:
            moments -= np.int32(arc.lag)
        return self._clocks[arc.predecessor].positions(moments)


def _reach(network: Network, work: Work, longest: Sequence[int]) -> tuple[int, int]:
    """The first instant that can come up, and the last finish where all work is at its longest."""
    last = schedule(network, work._replace(minutes=list(longest))).project_finish
    opening = min(
        (clock.start_at(floor) for clock, floor in zip(network.calendars, work.floor, strict=True)), default=0
    )
    first = min((opening, *work.begun.values(), *work.ended.values()))
    return first, max(first, last)


def _open_ends(network: Network, work: Work) -> list[int]:
    """The places after which no open task begins at the finish: one of them is the last of all."""
    followed: set[int] = set()
    for place, predecessors in enumerate(network.plain):
        if place not in work.ended:
            followed.update(predecessors)
    return [place for place in range(len(network.tasks)) if place not in followed]


def _latest_position(passed: Passed, places: Sequence[int]) -> Row:
    """The position at which the last task ends, of tasks that all have one calendar."""
    last: Row = passed.end[places[0]].copy()
    for place in places[1:]:
        np.maximum(last, passed.end[place], out=last)
    return last

"""Levelling a problem: the shortest schedule found within a budget of seconds or of schedules tried.

Not here: how schedules are found (``search``), plans with calendars (``proposal``).
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from automation.base.records import dataclass
from automation.planning.levelling.bounds import lower_bound
from automation.planning.levelling.problem import compiled
from automation.planning.levelling.search import search

if TYPE_CHECKING:
    from collections.abc import Callable

    from automation.planning.levelling.problem import Problem

SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Levelled:
    """A schedule that keeps links and capacities: the start of each activity and the end of all, from 0 on.

    ``bound`` is what no schedule can undercut; a makespan equal to it is proved best. ``schedules`` counts those
    tried, each justified backwards and forwards.
    """

    starts: tuple[int, ...]
    makespan: int
    bound: int
    schedules: int

    @property
    def proved(self) -> bool:
        """Whether no shorter schedule exists."""
        return self.makespan == self.bound


def level(
    problem: Problem,
    *,
    seconds: float = SECONDS,
    seed: int = 0,
    iterations: int | None = None,
    clock: Callable[[], float] = time.perf_counter,
) -> Levelled:
    """The shortest schedule found within so many seconds or, if ``iterations`` is given, so many schedules tried.

    At least one schedule is tried. The same seed and number of schedules give the same result.

    Raises:
        AutomationError: the problem has no schedule (see ``problem.compiled``).
    """
    until = clock() + seconds
    net = compiled(problem)
    bound = lower_bound(problem, net)
    best, tried = None, 0
    for found in search(net, seed=seed):
        tried += 1
        if best is None or found.makespan < best.makespan:
            best = found
        if best.makespan <= bound or (clock() >= until if iterations is None else tried >= iterations):
            break
    assert best is not None
    starts = [finish - duration for finish, duration in zip(best.finishes, net.durations, strict=True)]
    return Levelled(
        starts=tuple(start * net.unit for start in starts),
        makespan=best.makespan * net.unit,
        bound=bound * net.unit,
        schedules=tried,
    )

"""In which orders tasks are placed: by priority rules, and as the best schedule of a simpler problem has them.

Not here: the placing (``placing``). The simpler problem knows links from finish to start, when work can start at the
earliest and capacities; other links and calendars of single tasks are left to the placing, which keeps them all.
"""

from __future__ import annotations

from math import gcd
from typing import TYPE_CHECKING

from automation.model.links import LinkKind
from automation.planning.levelling.level import level
from automation.planning.levelling.placing import is_fixed
from automation.planning.levelling.problem import Activity, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from automation.planning.levelling.placing import Spot
    from automation.planning.levelling.resources import Job, Resource

NORMAL = 500
"""The priority of a task of which nothing is said; 1000 goes first, 0 last, as in Microsoft Project."""
UNITS = 20_000
"""Into how many units of time the simpler problem divides its work, at most about."""


def by_rules(jobs: Sequence[Job], priorities: Mapping[str, int]) -> Iterator[dict[Spot, tuple[float, ...]]]:
    """Ranks by latest start, by float, and by the plan as it stands; fixed tasks first, then by priority."""
    rules: tuple[Callable[[Job, int], tuple[float, ...]], ...] = (
        lambda job, place: (job.schedule.late_start[place], job.schedule.total_float[place]),
        lambda job, place: (job.schedule.total_float[place], job.schedule.late_finish[place]),
        lambda job, place: (job.schedule.start[place], job.schedule.total_float[place]),
    )
    for rule in rules:
        yield {
            spot: (*_first(jobs[spot[0]], spot[1], priorities), *rule(jobs[spot[0]], spot[1])) for spot in _spots(jobs)
        }


def by_search(
    jobs: Sequence[Job],
    uses: Mapping[str, Mapping[str, float]],
    resources: Mapping[str, Resource],
    priorities: Mapping[str, int],
    *,
    seconds: float,
    iterations: int | None,
    seed: int,
) -> dict[Spot, tuple[float, ...]]:
    """Ranks by the starts of the shortest schedule found for the simpler problem."""
    spots = [spot for spot in _spots(jobs) if spot[1] not in jobs[spot[0]].work.ended]
    found = level(_simpler(jobs, spots, uses, resources), seconds=seconds, iterations=iterations, seed=seed)
    starts = dict(zip(spots, found.starts, strict=False))
    return {
        spot: (
            *_first(jobs[spot[0]], spot[1], priorities),
            starts.get(spot, 0),
            jobs[spot[0]].schedule.late_start[spot[1]],
        )
        for spot in _spots(jobs)
    }


def _spots(jobs: Sequence[Job]) -> Iterator[Spot]:
    return ((number, place) for number, job in enumerate(jobs) for place in range(len(job.network.tasks)))


def _first(job: Job, place: int, priorities: Mapping[str, int]) -> tuple[float, float]:
    return (not is_fixed(job, place), -priorities.get(job.network.tasks[place].id, NORMAL))


def _simpler(
    jobs: Sequence[Job],
    spots: Sequence[Spot],
    uses: Mapping[str, Mapping[str, float]],
    resources: Mapping[str, Resource],
) -> Problem:
    """The tasks that are left, then activities without demands that stand for lags and for earliest starts."""
    minutes = [jobs[number].work.minutes[place] for number, place in spots]
    floors = [jobs[number].work.floor[place] for number, place in spots]
    opening = min(floors, default=0)
    lags = sum(max(0, arc.lag) for number, place in spots for arc in jobs[number].network.arcs[place])
    unit = max(gcd(*minutes), (sum(minutes) + lags + sum({floor - opening for floor in floors})) // UNITS, 1)
    names = sorted({name for number, place in spots for name in uses.get(jobs[number].network.tasks[place].id, ())})
    most = {name: int(resources[name].capacity) if name in resources else 100 for name in names}
    index = {spot: at for at, spot in enumerate(spots)}
    waits = _Waits(len(spots), unit)
    activities: list[Activity] = []
    for at, (number, place) in enumerate(spots):
        network = jobs[number].network
        shares = uses.get(network.tasks[place].id, {})
        demands = [round(shares.get(name, 0)) for name in names]
        before = [index[number, other] for other in network.plain[place] if (number, other) in index]
        before += [
            waits.after(index[number, arc.predecessor], arc.lag)
            for arc in network.arcs[place]
            if arc.kind is LinkKind.FS and (number, arc.predecessor) in index
        ]
        if floors[at] > opening:
            before.append(waits.after(None, floors[at] - opening))
        fitting = tuple(demand if 0 <= demand <= most[name] else 0 for demand, name in zip(demands, names, strict=True))
        activities.append(Activity(-(-minutes[at] // unit), fitting, tuple(before)))
    return Problem((*activities, *waits.activities), tuple(most[name] for name in names))


class _Waits:
    """Activities that only take time, one for each predecessor and time."""

    def __init__(self, first: int, unit: int) -> None:
        self.activities: list[Activity] = []
        self._first, self._unit = first, unit
        self._known: dict[tuple[int | None, int], int] = {}

    def after(self, predecessor: int | None, minutes: int) -> int:
        """The activity that ends so long after another, which is that other one if there is no time between."""
        units = -(-minutes // self._unit)
        if predecessor is not None and units <= 0:
            return predecessor
        key = (predecessor, units)
        if key not in self._known:
            self._known[key] = self._first + len(self.activities)
            self.activities.append(Activity(units, (), () if predecessor is None else (predecessor,)))
        return self._known[key]

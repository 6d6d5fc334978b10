"""The simulation of one plan and what it comes to: percentiles, chances, criticality, what drives the finish.

Everything handed out is plain numbers and days. Not here: the passes (``kernel``), the sentences (``commands``).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from automation.base.records import dataclass
from automation.planning.layout import MINUTES_OF_DAY, day_number, finish_day
from automation.planning.simulation.kernel import Kernel
from automation.planning.simulation.sampling import Sampler
from automation.planning.simulation.uncertainty import Drawing, hits, longest, spreads
from automation.planning.tasks import TaskKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from automation.planning.network import Network
    from automation.planning.simulation.clock import Row
    from automation.planning.simulation.sampling import Draw
    from automation.planning.simulation.uncertainty import Estimate, Hit, RiskEvent
    from automation.planning.work import Work

PERCENTS = (10, 50, 80, 90)
"""The percentiles that are shown: P80 is the day by which it is done in 80 of 100 iterations."""
BLOCK, WIDTH, MOST = 5_000_000, 2_000, 40_000_000
"""Iterations run in blocks of so many tasks x iterations, wider ones where that makes rows of less than WIDTH; more
than MOST are never held at once."""
_SMALLEST = 1e-6
"""A variance below which nothing varies."""


class Bar(NamedTuple):
    """The iterations that finish from one day to another, both included, and the share that has finished by then."""

    first: date
    last: date
    iterations: int
    cumulative: float


class Finishes:
    """The instants at which something finishes in the iterations, in so many ticks a minute."""

    def __init__(self, instants: Row, ticks: int = 1) -> None:
        self._sorted = np.sort(instants)
        self._ticks = ticks

    def instant(self, percent: float) -> int:
        """The least instant by which it has finished in so many percent of the iterations."""
        return int(self._sorted[max(0, math.ceil(len(self._sorted) * percent / 100) - 1)])

    def day(self, percent: float) -> date:
        """The day of that instant."""
        return finish_day(-(-self.instant(percent) // self._ticks))

    def share_by(self, day: date) -> float:
        """The share of iterations in which it finishes on a day or before."""
        midnight = (day_number(day) + 1) * MINUTES_OF_DAY * self._ticks
        return int(np.searchsorted(self._sorted, midnight, side="right")) / len(self._sorted)

    def histogram(self, bars: int = 24) -> list[Bar]:
        """How often it finishes when, in at most so many stretches of equally many days, and the sum so far."""
        days = (self._sorted - 1) // (MINUTES_OF_DAY * self._ticks)
        width = max(1, math.ceil((int(days[-1]) - int(days[0]) + 1) / bars))
        found, done = [], 0
        for first in range(int(days[0]), int(days[-1]) + 1, width):
            count = int(np.searchsorted(days, first + width)) - done
            done += count
            edges = first * MINUTES_OF_DAY + 1, min(first + width - 1, int(days[-1])) * MINUTES_OF_DAY + 1
            found.append(Bar(finish_day(edges[0]), finish_day(edges[1]), count, done / len(days)))
        return found


class Effect(NamedTuple):
    """What a risk does: in which share of the iterations it occurs, and how many working days later they finish.

    The delay is that of the mean finish against the iterations in which it does not occur; ``None`` if there are
    none of either.
    """

    event: RiskEvent
    share: float
    delay_days: float | None


@dataclass(frozen=True, slots=True)
class Simulation:
    """What the iterations come to; tasks that are finished or cannot be computed are not among ``criticality``.

    ``criticality`` is the share of iterations in which a task is critical as in the plan: not finished and without
    float. ``cruciality`` is the correlation of the time that it takes with the finish of the project, ``None`` where
    one of them does not vary.
    """

    iterations: int
    uncertain: int
    """The tasks with a spread."""
    project: Finishes
    tasks: Mapping[str, Finishes]
    """Milestones and summaries by number."""
    criticality: Mapping[str, float]
    cruciality: Mapping[str, float | None]
    effects: tuple[Effect, ...]


def simulate(
    network: Network,
    work: Work,
    *,
    estimates: Mapping[str, Estimate],
    events: Sequence[RiskEvent] = (),
    drawing: Drawing | None = None,
) -> Simulation:
    """Many ways in which the work that is left may go, from the very network and work that the forecast is made of.

    Without estimates and events every iteration is the forecast. The network must not be empty.
    """
    drawing = drawing or Drawing()
    spread, hit = spreads(network, work, estimates), hits(network, work, events)
    kernel = Kernel(network, work, longest(work, spread, hit))
    sampler = Sampler(work.minutes, spread, hit, drawing)
    watched = _watched(network)
    finishes = np.empty((len(watched) + 1, drawing.iterations), dtype=np.int32)
    sums = _Sums(network, work, hit)
    block = _block(len(network.tasks))
    for first in range(0, drawing.iterations, block):
        draw = sampler.draw(min(block, drawing.iterations - first))
        passed = kernel.forward(draw.minutes)
        columns = slice(first, first + draw.minutes.shape[1])
        finishes[-1, columns] = kernel.project_finish(passed)
        for row, places in enumerate(watched.values()):
            finishes[row, columns] = kernel.latest(passed, places)
        positions = kernel.finish_positions(passed, finishes[-1, columns])
        sums.add(draw, positions)
        sums.critical += np.array(kernel.critical(passed, finishes[-1, columns]))
    left = [(place, task.id) for place, task in enumerate(network.tasks) if place not in work.ended]
    cruciality, ticks = sums.correlations(), network.calendar.ticks
    return Simulation(
        iterations=drawing.iterations,
        uncertain=len(spread),
        project=Finishes(finishes[-1], ticks),
        tasks={name: Finishes(finishes[row], ticks) for row, name in enumerate(watched)},
        criticality={name: int(sums.critical[place]) / drawing.iterations for place, name in left},
        cruciality={name: cruciality[place] for place, name in left},
        effects=sums.effects(network.calendar.day_minutes),
    )


def _block(tasks: int) -> int:
    """The iterations that are held at once."""
    return max(1, BLOCK // tasks, min(WIDTH, MOST // tasks))


def _watched(network: Network) -> dict[str, list[int]]:
    """The places whose last finish is that of a milestone (or what takes no time) or a summary, by its number."""
    milestones = {
        task.id: [place]
        for place, task in enumerate(network.tasks)
        if task.kind is TaskKind.MILESTONE or not task.duration_minutes
    }
    return milestones | {name: places for name, places in network.children.items() if places}


class _Sums:
    """What is added up over blocks of iterations, for means and correlations; minutes count from what is likely."""

    def __init__(self, network: Network, work: Work, hit: Sequence[Hit]) -> None:
        count = len(network.tasks)
        self.critical = np.zeros(count, dtype=np.int64)
        self._likely = work.minutes
        self._iterations = 0
        self._shift: float | None = None
        self._finish, self._finish_square = 0.0, 0.0
        self._taken, self._square, self._product = (np.zeros(count) for _ in range(3))
        self._hit = hit
        self._occurred = [(0, 0.0)] * len(hit)

    def add(self, draw: Draw, positions: Row) -> None:
        """Add a block, with the position at which the project finishes in each iteration."""
        if self._shift is None:
            self._shift = float(positions.mean())
        finish = (positions - self._shift).astype(np.float32)
        self._iterations += len(finish)
        self._finish += float(finish.sum(dtype=np.float64))
        self._finish_square += float(np.dot(finish.astype(np.float64), finish))
        for place, minutes in enumerate(draw.minutes):
            if minutes[0] == minutes[-1] and not np.ptp(minutes):
                taken = float(minutes[0]) - self._likely[place]
                self._taken[place] += taken * len(minutes)
                self._square[place] += taken * taken * len(minutes)
                self._product[place] += taken * float(finish.sum(dtype=np.float64))
                continue
            row = (minutes - self._likely[place]).astype(np.float32)
            self._taken[place] += float(row.sum())
            self._square[place] += float(np.dot(row, row))
            self._product[place] += float(np.dot(row, finish))
        for number, occurs in enumerate(draw.occurs):
            count, total = self._occurred[number]
            self._occurred[number] = count + int(occurs.sum()), total + float(finish[occurs].sum(dtype=np.float64))

    def correlations(self) -> list[float | None]:
        """The correlation of the minutes at each place with the project's finish."""
        count = self._iterations
        finish = self._finish_square / count - (self._finish / count) ** 2
        taken = self._taken / count
        square, product = self._square / count - taken**2, self._product / count - taken * (self._finish / count)
        found: list[float | None] = []
        for one, both in zip(square, product, strict=True):
            varies = finish > _SMALLEST and one > _SMALLEST
            found.append(max(-1.0, min(1.0, float(both) / math.sqrt(finish * float(one)))) if varies else None)
        return found

    def effects(self, day_minutes: int) -> tuple[Effect, ...]:
        """What each risk does to the finish."""
        found = []
        for (event, _), (count, total) in zip(self._hit, self._occurred, strict=True):
            without = self._iterations - count
            delay = total / count - (self._finish - total) / without if count and without else None
            found.append(Effect(event, count / self._iterations, None if delay is None else delay / day_minutes))
        return tuple(found)

"""The search for a short schedule: a population that crosses schedules in windows of time and justifies every child.

Each child is generated backwards and forwards (double justification: Valls, Ballestin and Quintanilla 2005). A
child has one parent's order within a window of time and the other's around it (Debels and Vanhoucke 2007); many are
shaken besides. What the search does never depends on how long it may go on, so more time is never worse.
Not here: schedule generation (``serial``), the budget of time (``level``).
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, NamedTuple

from automation.planning.levelling.serial import RULES, backward, by_rule, forward, generate, listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from automation.planning.levelling.problem import Compiled

SMALLEST, LARGEST, EFFORT = 40, 80, 5_000
"""The population holds EFFORT / activities schedules within these limits: as many as a second can make use of."""
SHAKEN = 0.6
"""The share of children that are shaken."""
MOVED = 0.06
"""The share of activities that move when a child is shaken."""
SPREAD = 0.8
"""How far the first schedules stray from the priority rule, at most, in lengths of the longest chain."""
GOLDEN = (5**0.5 - 1) / 2
"""Its multiples fill the interval from 0 to 1 evenly, however many there are: strays differ from the first on."""
APART = 1 << 40
"""Parts the activities outside a window from those in it."""


class Found(NamedTuple):
    """A schedule: its makespan and the finish of each activity."""

    makespan: int
    finishes: list[int]


def search(net: Compiled, *, seed: int) -> Iterator[Found]:
    """Schedules without end, each after two or three passes of generation; the caller keeps the best and stops."""
    dice = random.Random(seed)  # noqa: S311 - chance for a search, not for secrets
    size = max(SMALLEST, min(LARGEST, EFFORT // max(1, len(net.durations))))
    population = _Population(size, dice.random)
    for found in _first(net, size, dice.random):
        population.add(found)
        yield found
    while True:
        one, other = population.parents()
        found = _child(net, one, other, dice.random)
        population.add(found)
        yield found


def _first(net: Compiled, size: int, chance: Callable[[], float]) -> Iterator[Found]:
    """Schedules by each priority rule, then by latest start with more or less chance in it, all justified."""
    for _, rule in RULES:
        yield _justified(by_rule(rule(net), net), net)
    length = max(net.tails, default=0)
    for number in range(size):
        reach = SPREAD * length * (number * GOLDEN % 1)
        yield _justified(by_rule([reach * chance() - tail for tail in net.tails], net), net)


def _justified(finishes: list[int], net: Compiled) -> Found:
    better = forward(backward(finishes, net), net)
    return Found(max(better, default=0), better)


def _child(net: Compiled, one: Found, other: Found, chance: Callable[[], float]) -> Found:
    """A schedule with the order of one parent in a window of time and that of the other around it."""
    makespan, mine = one
    length = makespan * (0.25 + 0.5 * chance())
    begin = chance() * (makespan - length)
    end = begin + length
    keys = [
        theirs - APART if own < begin else theirs + APART if own > end else own
        for own, theirs in zip(mine, other.finishes, strict=True)
    ]
    order = sorted(net.back, key=keys.__getitem__, reverse=True)
    if one is other or chance() < SHAKEN:
        order = _shaken(order, net, chance)
    better = forward(generate(order, net, net.predecessors), net)
    return Found(max(better, default=0), better)


def _shaken(order: list[int], net: Compiled, chance: Callable[[], float]) -> list[int]:
    """The backward order with some activities moved, still each after its successors."""
    count = len(order)
    ranks = [0.0] * count
    for rank, place in enumerate(order):
        ranks[place] = rank
    for _ in range(max(1, int(MOVED * count))):
        ranks[int(chance() * count)] += (chance() - 0.5) * count
    return listed(ranks, net.successors, net.predecessors)


class _Population:
    """The best schedules met, no two alike; a new one takes the place of one of the worst."""

    def __init__(self, size: int, chance: Callable[[], float]) -> None:
        self._size, self._chance = size, chance
        self._found: list[Found] = []
        self._known: set[tuple[int, ...]] = set()

    def add(self, found: Found) -> None:
        key = tuple(found.finishes)
        if key in self._known:
            return
        if len(self._found) < self._size:
            self._found.append(found)
        else:
            worst = max(member.makespan for member in self._found)
            if found.makespan > worst:
                return
            places = [place for place, member in enumerate(self._found) if member.makespan == worst]
            place = places[int(self._chance() * len(places))]
            self._known.discard(tuple(self._found[place].finishes))
            self._found[place] = found
        self._known.add(key)

    def parents(self) -> tuple[Found, Found]:
        """Two members, each the better of two met by chance."""
        return self._picked(), self._picked()

    def _picked(self) -> Found:
        found, chance = self._found, self._chance
        one, other = found[int(chance() * len(found))], found[int(chance() * len(found))]
        return other if other.makespan < one.makespan else one

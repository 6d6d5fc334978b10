"""Serial schedule generation: activities one after another, each as early as links and capacities allow.

Schedules are lists of finish times. Run on the successors in place of the predecessors the same function schedules
backwards in time. Not here: which order is good (``search``).
"""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from automation.planning.levelling.problem import Compiled


def generate(order: Sequence[int], net: Compiled, followers: Sequence[Sequence[int]]) -> list[int]:
    """The finish of each activity, taken in an order that keeps the links.

    A place of an activity is tried from its end backwards: a full unit of time rules out every start before it.
    """
    durations, demands, guards = net.durations, net.demands, net.guards
    use = [net.empty] * net.horizon
    earliest = [0] * len(durations)
    finishes = [0] * len(durations)
    for place in order:
        start, duration = earliest[place], durations[place]
        end = start + duration
        demand = demands[place]
        if demand:
            time = end
            while time > start:
                time -= 1
                if use[time] + demand & guards:
                    start = time + 1
                    time = end = start + duration
            for time in range(start, end):
                use[time] += demand
        finishes[place] = end
        for follower in followers[place]:
            if earliest[follower] < end:  # noqa: PLR1730 - max is slower here
                earliest[follower] = end
    return finishes


def backward(finishes: Sequence[float], net: Compiled) -> list[int]:
    """The schedule from the end of time, activities that finish last taken first; times count back from that end."""
    order = sorted(net.back, key=finishes.__getitem__, reverse=True)
    return generate(order, net, net.predecessors)


def forward(finishes: Sequence[float], net: Compiled) -> list[int]:
    """The schedule from the start, out of a backward one: what starts first there is taken first."""
    order = sorted(net.order, key=finishes.__getitem__, reverse=True)
    return generate(order, net, net.successors)


def listed(ranks: Sequence[float], befores: Sequence[Sequence[int]], followers: Sequence[Sequence[int]]) -> list[int]:
    """The activities by rank, the smallest first, none before those that must come before it."""
    waiting = [len(before) for before in befores]
    ready = [(ranks[place], place) for place, count in enumerate(waiting) if not count]
    heapify(ready)
    order = []
    while ready:
        place = heappop(ready)[1]
        order.append(place)
        for follower in followers[place]:
            waiting[follower] -= 1
            if not waiting[follower]:
                heappush(ready, (ranks[follower], follower))
    return order


def _latest_start(net: Compiled) -> list[int]:
    return [-tail for tail in net.tails]


def _latest_finish(net: Compiled) -> list[int]:
    return [duration - tail for duration, tail in zip(net.durations, net.tails, strict=True)]


def _least_slack(net: Compiled) -> list[int]:
    return [-head - tail for head, tail in zip(net.heads, net.tails, strict=True)]


def _greatest_rank(net: Compiled) -> list[int]:
    durations = net.durations
    return [
        -durations[place] - sum(durations[follower] for follower in followers)
        for place, followers in enumerate(net.successors)
    ]


RULES: tuple[tuple[str, Callable[[Compiled], list[int]]], ...] = (
    ("latest finish first", _latest_finish),
    ("latest start first", _latest_start),
    ("least slack first", _least_slack),
    ("greatest rank positional weight first", _greatest_rank),
)
"""Priority rules by name: ranks of which the smallest goes first."""


def by_rule(ranks: Sequence[float], net: Compiled) -> list[int]:
    """The schedule of one serial pass with these ranks."""
    return generate(listed(ranks, net.predecessors, net.successors), net, net.successors)

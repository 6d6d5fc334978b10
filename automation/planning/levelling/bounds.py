"""What no schedule can undercut: the longest chain, and the work of each resource between heads and tails.

Not here: schedules. A schedule that reaches the bound is proved best and ends the search.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from automation.planning.levelling.problem import Compiled, Problem

MOST_PAIRS = 300_000
"""Above so many pairs of a head and an activity only the whole work of a resource is looked at."""


def lower_bound(problem: Problem, net: Compiled) -> int:
    """A makespan, in the compiled unit, that no schedule can undercut.

    All activities that cannot start before a head h and leave at least a tail t after them need
    h + work / capacity + t on each resource.
    """
    bound = max(net.tails, default=0)
    for resource, capacity in enumerate(problem.capacities):
        work = {
            place: activity.demands[resource] * net.durations[place]
            for place, activity in enumerate(problem.activities)
            if resource < len(activity.demands) and activity.demands[resource] and net.durations[place]
        }
        if work:
            bound = max(bound, _of_resource(net, work, capacity))
    return bound


def _of_resource(net: Compiled, work: dict[int, int], capacity: int) -> int:
    after = {place: net.tails[place] - net.durations[place] for place in work}
    by_tail = sorted(work, key=after.__getitem__, reverse=True)
    heads = sorted({net.heads[place] for place in work})
    if len(heads) * len(work) > MOST_PAIRS:
        heads = heads[:1]
    bound = 0
    for head in heads:
        total = 0
        for place in by_tail:
            if net.heads[place] >= head:
                total += work[place]
                bound = max(bound, head - (-total // capacity) + after[place])
    return bound

"""A levelling problem as values, and the same compiled for fast schedule generation.

Times are whole numbers of any unit. Not here: schedules (``serial``), their search (``search``), tasks with calendars
(``proposal``).
"""

from __future__ import annotations

from math import gcd
from typing import TYPE_CHECKING, NamedTuple

from automation.base.errors import AutomationError
from automation.base.findings import Text
from automation.base.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 2_000_000
"""The most units of time that all activities may take one after another, once divided by what they have in common."""


@dataclass(frozen=True, slots=True)
class Activity:
    """Work of a duration that occupies so much of each resource (in their order; none named is 0) while it lasts.

    ``predecessors`` are the places of the activities that must have finished before.
    """

    duration: int
    demands: tuple[int, ...] = ()
    predecessors: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Activities and the capacity of each resource at any time."""

    activities: tuple[Activity, ...]
    capacities: tuple[int, ...] = ()


class Compiled(NamedTuple):
    """A problem ready for schedule generation; the lists hold something for each activity.

    The use of all resources in one unit of time is one integer with a field for each resource. A field begins at
    what its capacity lacks to a full field, so that one unit too much sets the bit above it, its guard: one addition
    and one look at the guards tell whether an activity fits.
    """

    durations: list[int]
    demands: list[int]
    """What each activity needs, packed."""
    empty: int
    """The packed use of a unit of time in which nothing happens."""
    guards: int
    predecessors: list[list[int]]
    successors: list[list[int]]
    order: list[int]
    """Each activity after its predecessors."""
    back: list[int]
    """The same from the end on: each activity before its predecessors."""
    heads: list[int]
    """When each can start at the earliest, by links alone."""
    tails: list[int]
    """The time from each start to the end of all, by links alone."""
    horizon: int
    """No schedule that leaves no gap needs more time."""
    unit: int
    """What one unit of the durations here is in units of the problem."""


def compiled(problem: Problem) -> Compiled:
    """The problem compiled.

    Raises:
        AutomationError: an activity precedes itself, needs more than there is, names what does not exist, or times
            are negative or too long.
    """
    activities = problem.activities
    for number, activity in enumerate(activities, 1):
        _check(number, activity, problem)
    unit = gcd(*(activity.duration for activity in activities)) or 1
    durations = [activity.duration // unit for activity in activities]
    if sum(durations) > LONGEST:
        raise _cannot("活动总工期太长，无法平衡。", "The activities take too long to be levelled.", code="level-long")
    predecessors = [sorted(set(activity.predecessors)) for activity in activities]
    successors: list[list[int]] = [[] for _ in activities]
    for place, before in enumerate(predecessors):
        for predecessor in before:
            successors[predecessor].append(place)
    order = _order(predecessors, successors)
    heads, tails = [0] * len(order), [0] * len(order)
    for place in order:
        heads[place] = max((heads[other] + durations[other] for other in predecessors[place]), default=0)
    for place in reversed(order):
        tails[place] = durations[place] + max((tails[other] for other in successors[place]), default=0)
    demands, empty, guards = _packed(problem)
    horizon = sum(durations) + 1
    return Compiled(
        durations, demands, empty, guards, predecessors, successors, order, order[::-1], heads, tails, horizon, unit
    )


def _check(number: int, activity: Activity, problem: Problem) -> None:
    if activity.duration < 0 or any(demand < 0 for demand in activity.demands):
        raise _cannot(
            f"活动 {number} 的工期或需求为负数。",
            f"Activity {number} has a negative duration or demand.",
            code="level-negative",
        )
    if any(not 0 <= place < len(problem.activities) for place in activity.predecessors):
        raise _cannot(
            f"活动 {number} 的前置活动不存在。",
            f"A predecessor of activity {number} does not exist.",
            code="level-link",
        )
    if len(activity.demands) > len(problem.capacities):
        raise _cannot(
            f"活动 {number} 用到的资源多于所列资源。",
            f"Activity {number} uses more resources than there are.",
            code="level-resource",
        )
    for resource, (demand, capacity) in enumerate(zip(activity.demands, problem.capacities, strict=False), 1):
        if demand > capacity and activity.duration:
            raise _cannot(
                f"活动 {number} 需要资源 {resource} 的 {demand} 个单位，而总共只有 {capacity} 个，无法安排。",
                f"Activity {number} needs {demand} of resource {resource}, of which there are only {capacity}: "
                "it can never be scheduled.",
                code="level-demand",
            )


def _order(predecessors: Sequence[Sequence[int]], successors: Sequence[Sequence[int]]) -> list[int]:
    waiting = [len(before) for before in predecessors]
    order = [place for place, count in enumerate(waiting) if not count]
    for place in order:  # grows while it is walked
        for follower in successors[place]:
            waiting[follower] -= 1
            if not waiting[follower]:
                order.append(follower)
    if len(order) < len(waiting):
        stuck = next(place for place, count in enumerate(waiting, 1) if count)
        raise _cannot(
            f"活动的先后关系有循环(涉及活动 {stuck})，请先改正。",
            f"The activities precede each other in a cycle (activity {stuck} is in or behind it): correct them first.",
            code="level-cycle",
        )
    return order


def _packed(problem: Problem) -> tuple[list[int], int, int]:
    """The demands, the use of an empty unit of time and the guards; a resource that cannot run short has no field."""
    demands = [0] * len(problem.activities)
    shift = empty = guards = 0
    for resource, capacity in enumerate(problem.capacities):
        needed = [
            activity.demands[resource] if resource < len(activity.demands) and activity.duration else 0
            for activity in problem.activities
        ]
        if sum(needed) <= capacity:
            continue
        width = capacity.bit_length()
        empty |= ((1 << width) - 1 - capacity) << shift
        guards |= 1 << (shift + width)
        for place, demand in enumerate(needed):
            demands[place] |= demand << shift
        shift += width + 1
    return demands, empty, guards


def _cannot(zh: str, en: str, *, code: str) -> AutomationError:
    return AutomationError(Text(zh, en), code=code)

"""Tasks of one or more plans placed one after another, each as early as its links and its resources allow.

Links, lags, calendars and constraints are the planning engine's own. Not here: in which order tasks are placed
(``orders``), what is made of it (``proposal``).
"""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

from automation.planning.levelling.resources import FOREVER, Profile, Resource, Use
from automation.planning.passes import earliest
from automation.planning.tasks import Constraint

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from automation.planning.levelling.resources import Job
    from automation.planning.passes import Schedule

Spot = tuple[int, int]
"""A task: the number of its job and its place in the network."""
FIXED = frozenset({Constraint.START_ON, Constraint.FINISH_ON})
"""Constraints that keep levelling from delaying a task."""


class Delayed(NamedTuple):
    """A task that waits for a resource: from where links alone would put it, to where it fits; instants."""

    spot: Spot
    wanted: int
    start: int
    resource: str
    waits_for: tuple[str, ...]
    """The tasks whose end lets it start; none if the resource is not there before."""


class Placed(NamedTuple):
    """Every task placed: the instants by job and place, the delayed tasks, and those that fit nowhere."""

    finishes: list[list[int]]
    delayed: list[Delayed]
    homeless: list[tuple[Spot, str]]
    """Tasks that would need more of a resource than there is in all time to come."""


def is_fixed(job: Job, place: int) -> bool:
    """Whether levelling leaves a task where its links put it: it runs already, or somebody wants it there."""
    task = job.network.tasks[place]
    return place in job.work.begun or place in job.work.ended or task.constraint in FIXED or task.id in job.kept


def placed(
    jobs: Sequence[Job],
    ranks: Mapping[Spot, tuple[float, ...]],
    uses: Mapping[str, Mapping[str, float]],
    resources: Mapping[str, Resource],
) -> Placed:
    """All tasks in the order of their ranks, the smallest first, each after those that it is linked to."""
    profiles: dict[str, Profile] = {}
    found = Placed([list(job.schedule.finish) for job in jobs], [], [])
    moved = [
        job.schedule._replace(start=list(job.schedule.start), finish=found.finishes[index])
        for index, job in enumerate(jobs)
    ]
    for spot in _listed(jobs, ranks):
        job = jobs[spot[0]]
        if spot[1] not in job.work.ended:
            _place(job, moved[spot[0]], spot, _Room(uses, resources, profiles, found))
    return found


class _Room(NamedTuple):
    uses: Mapping[str, Mapping[str, float]]
    resources: Mapping[str, Resource]
    profiles: dict[str, Profile]
    found: Placed

    def profile(self, name: str, job: Job) -> Profile:
        if name not in self.profiles:
            resource = self.resources.get(name) or Resource(name)
            self.profiles[name] = Profile(resource.capacity, resource.window(job.network.calendar))
        return self.profiles[name]


def _place(job: Job, moved: Schedule, spot: Spot, room: _Room) -> None:
    """Give a task its place among those that have one."""
    network, work = job.network, job.work
    place = spot[1]
    calendar, minutes = network.calendars[place], work.minutes[place]
    begin, end = earliest(network, moved, place, floor=calendar.start_at(work.floor[place]))
    position = calendar.position(begin)
    if end is not None:
        position = max(position, calendar.position(end) - minutes)
    position = max(position, work.finish_floor.get(place, position + minutes) - minutes)
    if not minutes:
        moment = max(begin, end or begin)
        if calendar.position(moment) < position:
            moment = calendar.finish_at(position)
        moved.start[place] = moved.finish[place] = moment
        return
    shares = {name: share for name, share in room.uses.get(network.tasks[place].id, {}).items() if share > 0}
    if not is_fixed(job, place):
        position = _delayed(job, spot, position, shares, room)
    start, finish = calendar.start_at(position), calendar.finish_at(position + minutes)
    for name, share in shares.items():
        room.profile(name, job).take(Use(start, finish, share, network.tasks[place].id))
    moved.start[place] = work.begun.get(place, start)
    moved.finish[place] = finish


def _delayed(job: Job, spot: Spot, wanted: int, shares: Mapping[str, float], room: _Room) -> int:
    """The first position from the wanted one on at which all resources are free for the whole task.

    A resource of which there will never be enough is left out, and the task is noted.
    """
    calendar, minutes = job.network.calendars[spot[1]], job.work.minutes[spot[1]]
    position, cause, until = wanted, "", 0
    left = dict(shares)
    clashing = True
    while clashing:
        clashing = False
        for name, share in list(left.items()):
            start, finish = calendar.start_at(position), calendar.finish_at(position + minutes)
            free = room.profile(name, job).clash(start, finish, share)
            if free >= FOREVER:
                room.found.homeless.append((spot, name))
                del left[name]
                position, cause, clashing = wanted, "", True
                break
            if free > start:
                position, cause, until, clashing = calendar.position(free), name, free, True
    if cause:
        waits_for = room.profile(cause, job).taken_until(until)
        start = calendar.start_at(position)
        room.found.delayed.append(Delayed(spot, calendar.start_at(wanted), start, cause, waits_for))
    return position


def _listed(jobs: Sequence[Job], ranks: Mapping[Spot, tuple[float, ...]]) -> list[Spot]:
    waiting: dict[Spot, int] = {}
    followers: dict[Spot, list[Spot]] = {}
    for number, job in enumerate(jobs):
        for place, plain in enumerate(job.network.plain):
            before = {*plain, *(arc.predecessor for arc in job.network.arcs[place])}
            waiting[number, place] = len(before)
            for predecessor in before:
                followers.setdefault((number, predecessor), []).append((number, place))
    ready = [(ranks[spot], spot) for spot, count in waiting.items() if not count]
    heapify(ready)
    order = []
    while ready:
        spot = heappop(ready)[1]
        order.append(spot)
        for follower in followers.get(spot, ()):
            waiting[follower] -= 1
            if not waiting[follower]:
                heappush(ready, (ranks[follower], follower))
    return order

"""A proposal that ends over-allocations by delaying tasks: who waits how long, for what, and what it does to the finish.

Nothing is written: the dates are those that the planning engine gives with the delays. Not here: how tasks are placed
(``placing``) and in which orders that is tried (``orders``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from automation.base.records import dataclass
from automation.planning.layout import finish_day, start_day
from automation.planning.levelling.loads import overloads
from automation.planning.levelling.orders import by_rules, by_search
from automation.planning.levelling.placing import placed
from automation.planning.passes import schedule
from automation.planning.work import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from automation.planning.levelling.loads import Overload
    from automation.planning.levelling.placing import Delayed, Placed
    from automation.planning.levelling.resources import Job, Resource

SECONDS = 1.0


class Delay(NamedTuple):
    """One task that is to wait: working days after its links would let it start, and why.

    ``waits_for`` are the tasks whose end frees the resource; none if the resource is not there before.
    """

    task: str
    days: float
    resource: str
    waits_for: tuple[str, ...]
    start_before: date
    """Where the plan has it now."""
    start: date
    finish: date


@dataclass(frozen=True, slots=True)
class Proposal:
    """What levelling would do, in the order of the new starts; finishes are those of each job."""

    delays: tuple[Delay, ...]
    before: tuple[Overload, ...]
    after: tuple[Overload, ...]
    """Over-allocations that no delay ends: work that runs or is fixed, or needs more than there is."""
    finishes_before: tuple[date | None, ...]
    finishes: tuple[date | None, ...]
    homeless: tuple[tuple[str, str], ...]
    """Tasks that need more of a resource than there will ever be, with the resource."""
    jobs: tuple[Job, ...]
    """The plans with the delays, scheduled by the engine."""


def propose(
    jobs: Sequence[Job],
    uses: Mapping[str, Mapping[str, float]],
    resources: Mapping[str, Resource],
    *,
    priorities: Mapping[str, int] | None = None,
    seconds: float = SECONDS,
    iterations: int | None = None,
    seed: int = 0,
) -> Proposal:
    """The delays with which the projects together finish earliest, of those tried; without over-allocations none.

    ``priorities`` say which tasks go first (1000) or last (0) where they compete. Work that runs, has finished or has
    a prescribed date is never delayed.
    """
    before = overloads(jobs, uses, resources)
    if not before:
        days = _finishes(jobs)
        return Proposal((), (), (), days, days, (), tuple(jobs))
    tried = _tried(jobs, uses, resources, priorities or {}, seconds=seconds, iterations=iterations, seed=seed)
    best = min(tried, key=lambda found: _cost(jobs, found))
    levelled = tuple(_with_delays(job, number, best.delayed) for number, job in enumerate(jobs))
    return Proposal(
        delays=tuple(
            sorted((_delay(jobs, levelled, delayed) for delayed in best.delayed), key=lambda one: (one.start, one.task))
        ),
        before=before,
        after=overloads(levelled, uses, resources),
        finishes_before=_finishes(jobs),
        finishes=_finishes(levelled),
        homeless=tuple((jobs[number].network.tasks[place].id, name) for (number, place), name in best.homeless),
        jobs=levelled,
    )


def _tried(
    jobs: Sequence[Job],
    uses: Mapping[str, Mapping[str, float]],
    resources: Mapping[str, Resource],
    priorities: Mapping[str, int],
    *,
    seconds: float,
    iterations: int | None,
    seed: int,
) -> Iterator[Placed]:
    for ranks in by_rules(jobs, priorities):
        yield placed(jobs, ranks, uses, resources)
    ranks = by_search(jobs, uses, resources, priorities, seconds=seconds, iterations=iterations, seed=seed)
    yield placed(jobs, ranks, uses, resources)


def _cost(jobs: Sequence[Job], found: Placed) -> tuple[int, int, int]:
    """First the finishes of the projects, then all delay together, then how many tasks are delayed."""
    late = delay = 0
    for job, finishes in zip(jobs, found.finishes, strict=True):
        late += max((job.network.calendar.position(moment) for moment in finishes), default=0)
    for one in found.delayed:
        calendar = jobs[one.spot[0]].network.calendars[one.spot[1]]
        delay += calendar.between(one.wanted, one.start)
    return late, delay, len(found.delayed)


def _with_delays(job: Job, number: int, delayed: Sequence[Delayed]) -> Job:
    """The job scheduled by the engine with the delayed tasks held back to where they fit."""
    network, work = job.network, job.work
    floor, reasons = list(work.floor), dict(work.reasons)
    for one in delayed:
        if one.spot[0] == number:
            place = one.spot[1]
            position = network.calendars[place].position(one.start)
            if position > floor[place]:
                floor[place], reasons[place] = position, Reason.AVAILABILITY
    changed = work._replace(floor=floor, reasons=reasons)
    return job._replace(work=changed, schedule=schedule(network, changed))


def _delay(jobs: Sequence[Job], levelled: Sequence[Job], delayed: Delayed) -> Delay:
    number, place = delayed.spot
    network = jobs[number].network
    calendar, ticks = network.calendars[place], network.calendar.ticks
    dates = levelled[number].schedule
    return Delay(
        task=network.tasks[place].id,
        days=calendar.between(delayed.wanted, delayed.start) / calendar.day_minutes,
        resource=delayed.resource,
        waits_for=delayed.waits_for,
        start_before=start_day(jobs[number].schedule.start[place] // ticks),
        start=start_day(dates.start[place] // ticks),
        finish=finish_day(-(-dates.finish[place] // ticks)),
    )


def _finishes(jobs: Sequence[Job]) -> tuple[date | None, ...]:
    return tuple(
        finish_day(-(-job.schedule.project_finish // job.network.calendar.ticks)) if job.network.tasks else None
        for job in jobs
    )

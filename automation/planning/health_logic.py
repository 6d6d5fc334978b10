"""Points of a plan's health on its logic: open ends, leads, lags, kinds of links, constraints, resources.

Numbers and limits are those of the DCMA 14-Point Assessment (Defense Contract Management Agency, Earned Value
Management System Program Analysis Pamphlet, section 4); what goes beyond it follows the GAO Schedule Assessment Guide
(GAO-16-89G), best practices 2 and 9. Only tasks that are not finished count, as there. Not here: dates (``health_dates``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.model.links import LagUnit, LinkKind
from automation.planning.doubts import is_finished
from automation.planning.forecast import as_day
from automation.planning.health_case import Point, none_of, share
from automation.planning.tasks import Constraint, TaskKind

if TYPE_CHECKING:
    from automation.model.links import Link
    from automation.planning.health_case import Examined, Limits
    from automation.planning.network import Network
    from automation.planning.tasks import Task

HARD = frozenset({Constraint.START_ON, Constraint.FINISH_ON, Constraint.START_NO_LATER, Constraint.FINISH_NO_LATER})
"""Constraints that hold dates back whatever the logic says (DCMA point 5)."""
MINUTES_OF_DAY = 1440


def missing_logic(plan: Examined, limits: Limits) -> Point:
    """Point 1: tasks without a predecessor or without a successor, as a share of open tasks.

    A link to a summary counts for the tasks below it. The first task that nothing precedes and the last one that nothing
    follows are the plan's two ends and do not count (GAO best practice 2).
    """
    before, after = _neighbours(plan.network)
    start, finish = plan.schedule.start, plan.schedule.finish
    heads = {place for place, links in enumerate(before) if not links}
    tails = {place for place, links in enumerate(after) if not links}
    first = min(sorted(heads - tails or heads), key=lambda place: (start[place], finish[place]), default=None)
    last = max(sorted(tails - heads or tails), key=lambda place: (finish[place], start[place]), default=None)
    loose = (heads - {first}) | (tails - {last})
    tasks = list(plan.open())
    return share("missing_logic", 1, [task.id for place, task in tasks if place in loose], len(tasks), limits.share_max)


def dangling(plan: Examined) -> Point:
    """Beyond the 14: tasks of which no link governs the start, or no link waits for the finish (GAO best practice 2).

    With predecessors by FF and SF alone nothing says when the task starts; with successors by SS and SF alone nothing
    is delayed when it takes longer. Tasks without any link on that side are open ends (point 1).
    """
    before, after = _neighbours(plan.network)
    tasks = plan.work()
    found = [
        task.id
        for place, task in tasks
        if (before[place] and before[place] <= {LinkKind.FF, LinkKind.SF})
        or (after[place] and after[place] <= {LinkKind.SS, LinkKind.SF})
    ]
    return none_of("dangling", None, found, len(tasks))


def leads(plan: Examined) -> Point:
    """Point 2: links with a negative lag; none are allowed. They let a task begin before what it waits for."""
    links = _links(plan)
    return none_of("leads", 2, [task.id for task, link in links if link.lag < 0], len(links))


def lags(plan: Examined, limits: Limits) -> Point:
    """Point 3: links with a positive lag, as a share of the links of open tasks."""
    links = _links(plan)
    found = [task.id for task, link in links if link.lag > 0]
    return share("lags", 3, found, len(links), limits.share_max, count=len(found))


def long_lags(plan: Examined, limits: Limits) -> Point:
    """Beyond the 14: lags longer than the limit stand for work that nobody sees (GAO best practice 2)."""
    links = _links(plan)
    found = [task.id for task, link in links if _lag_days(plan, link) > limits.lag_max]
    return none_of("long_lags", None, found, len(links))


def link_kinds(plan: Examined, limits: Limits) -> Point:
    """Point 4: links from finish to start, as a share of the links of open tasks: at least the limit."""
    links = _links(plan)
    if not links:
        return Point("link_kinds", 4, None, limits.fs_min, "percent", None, at_least=True)
    others = tuple(dict.fromkeys(task.id for task, link in links if link.kind is not LinkKind.FS))
    value = 100 * sum(link.kind is LinkKind.FS for _, link in links) / len(links)
    return Point(
        "link_kinds", 4, value, limits.fs_min, "percent", value >= limits.fs_min, others, len(links), at_least=True
    )


def hard_constraints(plan: Examined, limits: Limits) -> Point:
    """Point 5: tasks that must start or finish on a date or no later than it, as a share of open tasks."""
    tasks = list(plan.open())
    found = [task.id for _, task in tasks if task.constraint in HARD and task.constraint_date is not None]
    return share("hard_constraints", 5, found, len(tasks), limits.share_max)


def resources(plan: Examined) -> Point:
    """Point 10: open tasks that take time and have nobody to do them; none are allowed."""
    tasks = plan.work()
    return none_of("resources", 10, [task.id for _, task in tasks if task.id not in plan.resourced], len(tasks))


def summary_links(plan: Examined) -> Point:
    """Beyond the 14: links typed at a summary, from it or to it; they hide what waits for what (GAO best practice 2)."""
    summaries = {task.id for task in plan.tasks if task.kind is TaskKind.SUMMARY}
    found = [
        task.id
        for task in plan.tasks
        if task.links and (task.id in summaries or any(link.predecessor in summaries for link in task.links))
    ]
    return none_of("summary_links", None, found, len(summaries))


def out_of_sequence(plan: Examined) -> Point:
    """Beyond the 14: tasks whose progress is ahead of their logic (GAO best practice 9).

    The task has started although a predecessor by FS is not finished, or finished after that start; likewise for the
    ends that SS, FF and SF join. Days are compared, one day for both is in sequence; links with a lead are not judged.
    """
    tasks = {task.id: task for task in plan.tasks}
    begun = [task for task in plan.tasks if task.kind is not TaskKind.SUMMARY and has_started(task)]
    found = [
        task.id
        for task in begun
        for link in task.links
        if link.lag >= 0 and link.predecessor in tasks and _is_ahead(task, tasks[link.predecessor], link)
    ]
    return none_of("out_of_sequence", None, found, len(begun))


def has_started(task: Task) -> bool:
    """Whether there is any progress on a task."""
    return task.actual_start is not None or task.percent_complete > 0 or is_finished(task)


def _is_ahead(task: Task, before: Task, link: Link) -> bool:
    if before.kind is TaskKind.SUMMARY:
        return False
    ends_later = link.kind >= LinkKind.FF
    if ends_later and not is_finished(task):
        return False
    from_start = bool(link.kind & 1)
    if not (has_started(before) if from_start else is_finished(before)):
        return True
    gave = before.actual_start if from_start else before.actual_finish
    took = task.actual_finish if ends_later else task.actual_start
    return gave is not None and took is not None and as_day(gave) > as_day(took)


def _links(plan: Examined) -> list[tuple[Task, Link]]:
    """The links typed at open tasks that lead from another task of the plan."""
    known = {task.id for task in plan.tasks}
    return [(task, link) for _, task in plan.open() for link in task.links if link.predecessor in known]


def _lag_days(plan: Examined, link: Link) -> float:
    if link.unit is LagUnit.PERCENT:
        place = plan.network.place.get(link.predecessor)
        return 0 if place is None else plan.days(plan.network.tasks[place].duration_minutes * link.lag / 100)
    if link.unit is LagUnit.ELAPSED:
        return link.lag / (MINUTES_OF_DAY * plan.network.calendar.ticks)
    return plan.days(link.lag)


def _neighbours(network: Network) -> tuple[list[set[LinkKind]], list[set[LinkKind]]]:
    """By which kinds of links each place waits for others, and by which others wait for it."""
    before: list[set[LinkKind]] = [set() for _ in network.tasks]
    after: list[set[LinkKind]] = [set() for _ in network.tasks]
    for place, (plain, arcs) in enumerate(zip(network.plain, network.arcs, strict=True)):
        for source, kind in (*((one, LinkKind.FS) for one in plain), *((arc.predecessor, arc.kind) for arc in arcs)):
            before[place].add(kind)
            after[source].add(kind)
    return before, after

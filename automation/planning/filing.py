"""From a plan of another program's file to its schedule: the network, one of two policies, the dates of every row.

``ms`` follows Microsoft Project's rules (``microsoft``), ``data-date`` those of the workbook (``passes``): what is left
is done from the status date on. Not here: reading files (``exchange``), showing what comes out (``front``).
"""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, NamedTuple

from automation.base.records import replace
from automation.model.links import LagUnit, LinkKind
from automation.planning import microsoft
from automation.planning.filed_calendars import Calendars
from automation.planning.filed_tasks import held_by_summaries, task_of
from automation.planning.forecast import left_after
from automation.planning.layout import TENTHS, tick_of
from automation.planning.network import network
from automation.planning.passes import driver, ends, schedule

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from automation.planning.filed import FiledPlan, FiledTask
    from automation.planning.forward import Driver
    from automation.planning.network import Network
    from automation.planning.passes import Schedule
    from automation.planning.problems import Problem
    from automation.planning.tasks import Task

COMPLETE = 100


class Policy(enum.StrEnum):
    """Whose rules a plan follows."""

    MICROSOFT = "ms"
    DATA_DATE = "data-date"


class Row(NamedTuple):
    """What is computed for one row: instants and slacks in tenths of minutes.

    A summary has no driver: its dates are those of the tasks that ``ends`` names, the one below it that starts first
    and the one that finishes last.
    """

    task: FiledTask
    summary: bool
    start: int
    finish: int
    late_start: int
    late_finish: int
    total_slack: int
    free_slack: int
    critical: bool
    driver: Driver | None
    ends: tuple[str, str] | None = None


class Filing(NamedTuple):
    """The schedule of a file: the rows that have dates, in the order of the file, and what else there is to it."""

    plan: FiledPlan
    policy: Policy
    rows: tuple[Row, ...]
    network: Network
    schedule: Schedule
    problems: tuple[Problem, ...]


class Compiled(NamedTuple):
    """The network of a file's plan, with the rows that are active and what lies directly below each summary."""

    network: Network
    tasks: tuple[Task, ...]
    active: tuple[FiledTask, ...]
    summaries: frozenset[str]


def filing(plan: FiledPlan, policy: Policy, *, status: datetime | None = None) -> Filing:
    """The schedule of a plan; ``status`` is the moment up to which progress is known (default: the file's own).

    Raises AutomationError where a calendar has no working time or the plan leaves the years that can be computed.
    """
    compiled = compile_plan(plan, policy)
    net = compiled.network
    moment = status or plan.status_date
    if policy is Policy.MICROSOFT:
        result = microsoft.schedule(net, rules_of(plan))
    else:
        since = tick_of(plan.start if moment is None else moment, TENTHS)
        result = schedule(net, left_after(net, beginning=tick_of(plan.start, TENTHS), since=since))
    rows = _rows(plan, compiled, result)
    return Filing(plan, policy, rows, net, result, net.problems)


def rules_of(plan: FiledPlan) -> microsoft.Rules:
    """The options of a plan for Microsoft Project's rules."""
    backwards = not plan.from_start and plan.finish is not None
    return microsoft.Rules(
        start=tick_of(plan.start, TENTHS),
        finish=tick_of(plan.finish, TENTHS) if backwards and plan.finish is not None else None,
        honour_constraints=plan.honour_constraints,
        separate_ends=plan.separate_ends,
        slack_limit=round(plan.slack_limit_days * plan.day_minutes * TENTHS),
    )


def compile_plan(plan: FiledPlan, policy: Policy) -> Compiled:
    """The network of a plan's active tasks."""
    calendars = Calendars(plan)
    active = tuple(task for task in plan.tasks if task.active)
    paths, summaries = _outline(active)
    tasks = tuple(task_of(task, plan, calendars, path=paths[task.id], summary=task.id in summaries) for task in active)
    tasks = held_by_summaries(tasks, plan.start)
    inactive = frozenset(task.id for task in plan.tasks if not task.active)
    if inactive:
        tasks = tuple(_without(task, inactive) for task in tasks)
    return Compiled(
        network(tasks, calendars.project, summary_starts=policy is Policy.MICROSOFT), tasks, active, summaries
    )


def _outline(tasks: Sequence[FiledTask]) -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
    """The way from the top of the outline to each task, and which tasks have others below them."""
    paths: dict[str, tuple[str, ...]] = {}
    summaries: set[str] = set()
    open_tasks: list[FiledTask] = []
    for task in tasks:
        while open_tasks and open_tasks[-1].level >= task.level:
            open_tasks.pop()
        if open_tasks:
            summaries.add(open_tasks[-1].id)
        open_tasks.append(task)
        paths[task.id] = tuple(each.id for each in open_tasks)
    return paths, frozenset(summaries)


def _without(task: Task, names: frozenset[str]) -> Task:
    links = tuple(link for link in task.links if link.predecessor not in names)
    return task if links == task.links else replace(task, links=links)


# The rows


def _rows(plan: FiledPlan, compiled: Compiled, result: Schedule) -> tuple[Row, ...]:
    """The rows of the file that have dates; those of summaries are made of the tasks below them."""
    net = compiled.network
    limit = rules_of(plan).slack_limit
    rows: dict[str, Row] = {}
    for task in compiled.active:
        place = net.place.get(task.id)
        if task.id in compiled.summaries:
            row = _summary(task, net, result, net.children.get(task.id, []), limit=limit)
            if row is not None:
                rows[task.id] = row
        elif place is not None:
            rows[task.id] = Row(
                task,
                False,  # noqa: FBT003 - a column of the row
                result.start[place],
                result.finish[place],
                result.late_start[place],
                result.late_finish[place],
                result.total_float[place],
                result.free_float[place],
                result.critical[place],
                driver(net, result, place),
            )
    _hold_summaries(compiled, rows)
    return tuple(rows.values())


def _summary(task: FiledTask, net: Network, result: Schedule, places: Sequence[int], *, limit: int) -> Row | None:
    if not places:
        return None
    start, finish = min(result.start[place] for place in places), max(result.finish[place] for place in places)
    late_start = min(result.late_start[place] for place in places)
    late_finish = max(result.late_finish[place] for place in places)
    done = all(result.done[place] for place in places)
    between = net.calendar.between
    total = 0 if done else min(between(start, late_start), between(finish, late_finish))
    critical = total <= limit and not done
    first, last = ends(result, places)
    names = net.tasks[first].id, net.tasks[last].id
    return Row(task, True, start, finish, late_start, late_finish, total, max(0, total), critical, None, names)  # noqa: FBT003


def _hold_summaries(compiled: Compiled, rows: dict[str, Row]) -> None:
    """Hold the free slack of summaries to the links typed at them; without any it is their total slack."""
    calendar = compiled.network.calendar
    for task in compiled.tasks:
        for link in task.links:
            before, after = rows.get(link.predecessor), rows.get(task.id)
            if before is None or after is None or not before.summary or after.task.percent_complete >= COMPLETE:
                continue
            lag = link.lag
            if link.unit is LagUnit.PERCENT:
                lag = round(calendar.between(before.start, before.finish) * link.lag / 100)
            moment = after.start if link.kind < LinkKind.FF else after.finish
            moment = moment - lag if link.unit is LagUnit.ELAPSED else calendar.add(moment, -lag)
            gap = calendar.between(before.start if link.kind & 1 else before.finish, moment)
            rows[link.predecessor] = before._replace(free_slack=max(0, min(gap, before.free_slack)))

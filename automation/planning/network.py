"""The network that tasks form: in the order of their links, ready for the passes.

A network leaves out what cannot be computed (cancelled tasks, tasks on or behind a cycle) and says so as problems.
Not here: dates (``passes``), the finding of cycles (``cycles``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from automation.base.errors import AutomationError
from automation.base.findings import Text
from automation.model.links import LagUnit, Link, LinkKind
from automation.planning.cycles import cycles
from automation.planning.problems import MAXIMUM_MINUTES, Problem, ProblemKind
from automation.planning.tasks import TaskKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from automation.planning.calendar import WorkCalendar
    from automation.planning.tasks import Task

FS, SUMMARY = LinkKind.FS, TaskKind.SUMMARY  # looked up once: members of enums are slow to reach
MOST_ARCS = 2_000_000
"""Arcs that one link between two summaries may come to."""
_NO_DATES = (None, None, None, None)


class Arc(NamedTuple):
    """A link that is not plain; ``predecessor`` is a place in the network, ``lag`` is in minutes."""

    predecessor: int
    kind: LinkKind
    lag: int
    elapsed: bool
    """The lag is wall-clock time."""
    alike: bool
    """Both tasks have one calendar and the lag is working time."""
    direct: bool
    """Typed at the task itself, from a task; not inherited from a summary."""
    link: Link


class Network(NamedTuple):
    """Tasks to compute, each after its predecessors; the lists hold something for each, at the same places.

    A link is plain if it goes directly from finish to start, without lag, between tasks of one calendar. Nearly
    all are; the passes treat them apart from the others, the arcs.
    """

    tasks: list[Task]
    plain: list[list[int]]
    """The places of the predecessors by plain links."""
    arcs: list[list[Arc]]
    """The other links."""
    calendars: list[WorkCalendar]
    own: list[int]
    """The places of tasks with a calendar that is not the project's."""
    bent: list[int]
    """The places of tasks with arcs or an own calendar."""
    limited: list[int]
    """The places of tasks with a constraint, a deadline or an owner who is not always there."""
    place: dict[str, int]
    """The place of each task by its number."""
    children: dict[str, list[int]]
    """The places of the tasks below each summary."""
    calendar: WorkCalendar
    """The project's calendar."""
    problems: tuple[Problem, ...]


_Found = list[list[tuple[int, Link, bool]]]


def network(tasks: Sequence[Task], calendar: WorkCalendar, *, summary_starts: bool = False) -> Network:
    """The network of one project's tasks, whatever the order of the rows.

    A link to or from a summary holds for every task below it. With ``summary_starts`` links from the start of a
    summary (SS, SF) are kept too, as arcs from every task below it; the pass must take the first of them.
    """
    problems: list[Problem] = []
    rows = _rows(tasks, problems)
    below = _below(rows)
    incoming = _incoming(rows, below, problems, MAXIMUM_MINUTES * calendar.ticks, summary_starts=summary_starts)
    order = _order(rows, incoming, problems, MAXIMUM_MINUTES * calendar.ticks)
    place = [-1] * len(rows)
    for index, row in enumerate(order):
        place[row] = index
    ordered = [rows[row] for row in order]
    calendars = [task.calendar or calendar for task in ordered]
    plain: list[list[int]] = []
    arcs: list[list[Arc]] = []
    for row, own in zip(order, calendars, strict=True):
        before: list[int] = []
        others: list[Arc] = []
        for source, link, direct in incoming[row]:
            at = place[source]
            alike = calendars[at] is own
            if alike and direct and not link.lag and link.kind is FS:
                before.append(at)
            else:
                others.append(_arc(rows[source], link, at, alike=alike, direct=direct))
        plain.append(before)
        arcs.append(others)
    own_places = [index for index, own in enumerate(calendars) if own is not calendar]
    return Network(
        tasks=ordered,
        plain=plain,
        arcs=arcs,
        calendars=calendars,
        own=own_places,
        bent=[*own_places, *(index for index, others in enumerate(arcs) if others)],
        limited=[index for index, task in enumerate(ordered) if _is_limited(task)],
        place={task.id: index for index, task in enumerate(ordered)},
        children={summary: [place[row] for row in leaves if place[row] >= 0] for summary, leaves in below.items()},
        calendar=calendar,
        problems=tuple(problems),
    )


def _order(rows: list[Task], incoming: _Found, problems: list[Problem], most: int) -> list[int]:
    """The rows that can be computed, each after its predecessors."""
    followers: list[list[int]] = [[] for _ in rows]
    waiting = [len(found) for found in incoming]
    for row, found in enumerate(incoming):
        for predecessor, _, _ in found:
            followers[predecessor].append(row)
    for row, task in enumerate(rows):
        if task.kind is SUMMARY or task.cancelled:
            waiting[row] = -1
        elif _is_too_long(task, most):
            waiting[row] = -1
            problems.append(Problem(ProblemKind.TOO_LONG, task.id))
    order = [row for row, count in enumerate(waiting) if not count]
    for row in order:  # grows while it is walked
        for follower in followers[row]:
            waiting[follower] -= 1
            if not waiting[follower]:
                order.append(follower)
    if len(order) < len(rows):
        problems += _left_out(rows, incoming, waiting)
    return order


def _rows(tasks: Sequence[Task], problems: list[Problem]) -> list[Task]:
    """The tasks to plan, the first of each number, cancelled ones left out."""
    rows: dict[str, Task] = {}
    for task in tasks:
        if task.id in rows:
            problems.append(Problem(ProblemKind.DUPLICATE_TASK, task.id))
        else:
            rows[task.id] = task
    return list(rows.values())


def _below(rows: list[Task]) -> dict[str, list[int]]:
    """The rows of the tasks below each summary, by its number."""
    below: dict[str, list[int]] = {task.id: [] for task in rows if task.kind is SUMMARY and not task.cancelled}
    if below:
        summaries = {task.wbs: task.id for task in rows if task.id in below and task.wbs}
        for row, task in enumerate(rows):
            if task.kind is not SUMMARY:
                for depth in range(1, len(task.wbs)):
                    summary = summaries.get(task.wbs[:depth])
                    if summary is not None:
                        below[summary].append(row)
    return below


def _incoming(
    rows: list[Task], below: dict[str, list[int]], problems: list[Problem], most: int, *, summary_starts: bool
) -> _Found:
    """For each row the rows of its predecessors, the link, and whether it was typed there and from a task."""
    row_of = {task.id: row for row, task in enumerate(rows)}
    incoming: _Found = [[] for _ in rows]
    for row, task in enumerate(rows):
        if task.cancelled:
            continue
        found = incoming[row]
        for link in task.links:
            predecessor = row_of.get(link.predecessor)
            if predecessor is None:
                problems.append(Problem(ProblemKind.UNKNOWN_PREDECESSOR, task.id, (link.predecessor,)))
            elif rows[predecessor].cancelled:
                problems.append(Problem(ProblemKind.CANCELLED_PREDECESSOR, task.id, (link.predecessor,)))
            elif link.predecessor in below or task.id in below:
                problems += _spread(
                    task, link, below, incoming, rows=(predecessor, row), most=most, starts=summary_starts
                )
            else:
                found.append((predecessor, link, True))
    return incoming


def _spread(
    task: Task,
    link: Link,
    below: dict[str, list[int]],
    incoming: _Found,
    *,
    rows: tuple[int, int],
    most: int,
    starts: bool,
) -> list[Problem]:
    """Give a link to or from a summary to the tasks below it; what keeps it from that.

    A link between a summary and a task below it is a cycle of the two. A lag that is too long is left out.
    """
    if task.id in below and abs(link.lag) > most:
        return [Problem(ProblemKind.TOO_LONG, task.id)]
    sources, targets = below.get(link.predecessor, [rows[0]]), below.get(task.id, [rows[1]])
    if not set(sources).isdisjoint(targets):
        return [Problem(ProblemKind.CYCLE, task.id, (link.predecessor, task.id))]
    if link.predecessor in below and not starts and link.kind in {LinkKind.SS, LinkKind.SF}:
        return [Problem(ProblemKind.SUMMARY_START, task.id, (link.predecessor,))]
    if len(sources) * len(targets) > MOST_ARCS:
        raise AutomationError(
            Text(
                zh=f"摘要任务{link.predecessor}与{task.id}之间的链接涉及的任务过多，无法计算；请改为链接到里程碑。",
                en=f"The link between the summaries {link.predecessor} and {task.id} concerns too many tasks to be "
                "computed; link them through a milestone instead.",
            ),
            code="summary-links",
        )
    for target in targets:
        incoming[target] += [(source, link, False) for source in sources]
    return []


def _is_limited(task: Task) -> bool:
    dates = (task.constraint_date, task.deadline, task.available_from, task.available_to)
    return dates != _NO_DATES


def _is_too_long(task: Task, most: int) -> bool:
    left = task.remaining_minutes
    return (
        not 0 <= task.duration_minutes <= most
        or (left is not None and not 0 <= left <= most)
        or any(abs(link.lag) > most for link in task.links if link.lag)
    )


def _left_out(rows: list[Task], incoming: _Found, waiting: list[int]) -> list[Problem]:
    """The cycles among the rows that still wait, and the rows that only wait behind something."""
    stuck = {row for row, count in enumerate(waiting) if count > 0}
    if not stuck:
        return []
    paths = cycles({row: [source for source, _, _ in incoming[row] if source in stuck] for row in sorted(stuck)})
    problems = [Problem(ProblemKind.CYCLE, rows[path[0]].id, tuple(rows[row].id for row in path)) for path in paths]
    on_cycle = {row for path in paths for row in path}
    for row in sorted(stuck - on_cycle):
        behind = dict.fromkeys(rows[source].id for source, _, _ in incoming[row] if waiting[source])
        problems.append(Problem(ProblemKind.NOT_COMPUTED, rows[row].id, tuple(behind)))
    return problems


def _arc(predecessor: Task, link: Link, place: int, *, alike: bool, direct: bool) -> Arc:
    elapsed, lag = link.unit is LagUnit.ELAPSED, link.lag
    if link.unit is LagUnit.PERCENT:
        lag = round(predecessor.duration_minutes * lag / 100)
    return Arc(place, link.kind, lag, elapsed, alike and not elapsed, direct, link)

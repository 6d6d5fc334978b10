"""Which dates of a plan cannot be told, because a task cannot be computed or its inputs are wrong.

A date that rests on a wrong input looks like any other date; so neither the task's dates nor those of the tasks that
depend on it are given out, nor what the plan as a whole comes to. Not here: the computation (``passes``), the
sentences about it (``commands``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from automation.planning.problems import ProblemKind
from automation.planning.tasks import TaskKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from automation.planning.network import Network
    from automation.planning.tasks import Task

COMPLETE = 100
_LINK_LEFT_OUT = frozenset({ProblemKind.UNKNOWN_PREDECESSOR, ProblemKind.SUMMARY_START})
_NO_CAUSE = frozenset({ProblemKind.NOT_COMPUTED, ProblemKind.CANCELLED_PREDECESSOR})
"""What follows from another problem, and what is computed as meant: nobody waits for a cancelled task."""


class Doubt(NamedTuple):
    """One thing that makes dates unknown: at a task, or, with ``task`` empty, at rows that could not become tasks.

    ``columns`` names wrong or missing inputs, ``kind`` and ``related`` stand for a problem of the network.
    ``drawn`` and ``forecast`` say which of the two schedules is in doubt, ``whole`` that it is every task's input.
    """

    task: str
    columns: tuple[str, ...] = ()
    kind: ProblemKind | None = None
    related: tuple[str, ...] = ()
    drawn: bool = True
    forecast: bool = True
    whole: bool = False


class Unknown(NamedTuple):
    """The tasks whose dates are unknown in each schedule, and the doubts that they come from, in row order."""

    drawn: frozenset[str]
    forecast: frozenset[str]
    doubts: tuple[Doubt, ...]

    @property
    def all_drawn(self) -> bool:
        """Whether the plan as drawn is known for every task."""
        return not any(doubt.drawn for doubt in self.doubts)

    @property
    def all_forecast(self) -> bool:
        """Whether the forecast is known for every task."""
        return not any(doubt.forecast for doubt in self.doubts)


def unknown(tasks: Sequence[Task], network: Network, given: Iterable[Doubt]) -> Unknown:
    """What is unknown in a plan: the doubts given, those of the network's problems, and what depends on them.

    The forecast of a finished task is its actual dates, so no doubt about a predecessor reaches it.
    """
    rows: dict[str, Task] = {}
    for task in tasks:
        rows.setdefault(task.id, task)
    found = [*(doubt for doubt in given if not _is_cancelled(rows, doubt)), *_structural(rows, network)]
    if not found:
        return Unknown(frozenset(), frozenset(), ())
    order = {name: number for number, name in enumerate(rows)}
    found.sort(key=lambda doubt: order.get(doubt.task, -1))
    without = {name for name, task in rows.items() if name not in network.place and task.kind is not TaskKind.SUMMARY}
    done = {name for name, task in rows.items() if is_finished(task)}
    drawn = {name for doubt in found if doubt.drawn for name in (rows if doubt.whole else (doubt.task,))}
    forecast = {name for doubt in found if doubt.forecast for name in (rows if doubt.whole else (doubt.task,))}
    drawn = _reached(network, drawn | without, kept=frozenset())
    forecast = _reached(network, forecast | without, kept=frozenset(done))
    return Unknown(_with_summaries(rows, network, drawn), _with_summaries(rows, network, forecast), tuple(found))


def is_finished(task: Task) -> bool:
    """Whether a task has an actual finish or stands at 100 %."""
    return task.actual_finish is not None or task.percent_complete >= COMPLETE


def _is_cancelled(rows: Mapping[str, Task], doubt: Doubt) -> bool:
    task = rows.get(doubt.task)
    return task is not None and task.cancelled


def _structural(rows: Mapping[str, Task], network: Network) -> list[Doubt]:
    """The doubts that the network's problems raise; one that only left out a link of a finished task spares it."""
    doubts = []
    for problem in network.problems:
        if problem.kind not in _NO_CAUSE:
            spared = problem.kind in _LINK_LEFT_OUT and is_finished(rows[problem.task])
            doubts.append(Doubt(problem.task, (), problem.kind, problem.related, forecast=not spared))
    return doubts


def _reached(network: Network, names: set[str], *, kept: frozenset[str]) -> set[str]:
    """The names with every task that depends on one of them; ``kept`` are tasks that nothing reaches by a link."""
    bad = set(names)
    for name in names:
        bad.update(network.tasks[place].id for place in network.children.get(name, ()))
    places = {network.place[name] for name in bad if name in network.place}
    for place, task in enumerate(network.tasks):
        if place in places or task.id in kept:
            continue
        before = (*network.plain[place], *(arc.predecessor for arc in network.arcs[place]))
        if not places.isdisjoint(before):
            places.add(place)
            bad.add(task.id)
    return bad


def _with_summaries(rows: Mapping[str, Task], network: Network, bad: set[str]) -> frozenset[str]:
    """The tasks of these that the plan has, and the summaries above any of them."""
    wbs = {rows[name].wbs for name in bad if name in rows and not rows[name].cancelled}
    above = {one[:depth] for one in wbs for depth in range(1, len(one))}
    summaries = {name for name in network.children if rows[name].wbs in above}
    return frozenset(bad | summaries)

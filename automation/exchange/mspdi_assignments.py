"""Assignments of Microsoft Project XML, and from their time-phased data the stretches in which a task is worked on.

Not here: the tasks (``mspdi``), whether a stretch without work is a split (``planning.filing``).
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from automation.base.days import LAST_YEAR
from automation.exchange.mspdi_values import FIRST_YEAR
from automation.planning.filed import Assignment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from automation.exchange.markup import Node
    from automation.exchange.mspdi_values import Reading

WORK_KINDS = frozenset({"1", "2"})
"""Time-phased data on work: what remains and what is done."""
NOTHING = frozenset({"", "PT0H0M0S"})
Stretch = tuple[datetime, datetime]


def assignments_of(root: Node, reading: Reading) -> dict[str, tuple[Assignment, ...]]:
    """The assignments of each task, by its number."""
    found: dict[str, list[Assignment]] = {}
    for node in root.all("Assignments", "Assignment"):
        values = node.values()
        task = values.get("TaskUID", "")
        found.setdefault(task, []).append(_assignment(task, values, reading))
    return {task: tuple(each) for task, each in found.items()}


def _assignment(task: str, values: dict[str, str], reading: Reading) -> Assignment:
    work, done, overtime = (values.get(name, "") for name in ("Work", "ActualWork", "OvertimeWork"))
    return Assignment(
        values.get("ResourceUID", ""),
        reading.number(task, "Units", values.get("Units", ""), 1),
        reading.duration(task, "Work", work) if work else None,
        reading.whole(task, "Delay", values.get("Delay", ""), 0),
        reading.duration(task, "OvertimeWork", overtime) if overtime else 0,
        reading.duration(task, "ActualWork", done) if done else None,
        reading.moment(task, "Resume", values.get("Resume", "")),
    )


def worked_of(root: Node) -> dict[str, tuple[Stretch, ...]]:
    """The stretches in which each task is worked on, in order; of those that are worked on without a pause, none."""
    found: dict[str, list[Stretch]] = {}
    for node in root.all("Assignments", "Assignment"):
        stretches = list(_stretches(node))
        if stretches:
            found.setdefault(node.values().get("TaskUID", ""), []).extend(stretches)
    joined = ((task, _joined(stretches)) for task, stretches in found.items())
    return {task: stretches for task, stretches in joined if len(stretches) > 1}


def _stretches(node: Node) -> Iterator[Stretch]:
    """The spans of an assignment's time-phased work; one that cannot be read counts for nothing."""
    for item in node.all("TimephasedData"):
        values = item.values()
        if values.get("Type") not in WORK_KINDS or values.get("Value", "") in NOTHING:
            continue
        try:
            begin, end = (datetime.fromisoformat(values.get(name, "")) for name in ("Start", "Finish"))
        except ValueError:
            continue
        if FIRST_YEAR <= begin.year <= end.year <= LAST_YEAR:
            yield begin.replace(tzinfo=None), end.replace(tzinfo=None)


def _joined(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """Stretches in order, those that touch or overlap made one."""
    joined: list[Stretch] = []
    for begin, end in sorted(stretches):
        if joined and begin <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        elif begin < end:
            joined.append((begin, end))
    return tuple(joined)

"""Instances of the PSPLIB, ``.sm`` files of one mode (Kolisch and Sprecher 1996): bytes in, a levelling problem out.

Not here: levelling. Sections are found by their headings, jobs by their numbers; whatever else stands in the file is
passed over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.errors import AutomationError
from automation.base.findings import Text
from automation.planning.levelling.problem import Activity, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

_PRECEDENCE, _REQUESTS, _AVAILABLE = "PRECEDENCE RELATIONS", "REQUESTS/DURATIONS", "RESOURCEAVAILABILITIES"
_BEFORE_SUCCESSORS, _BEFORE_DEMANDS = 3, 3
"""Numbers before the successors (job, modes, how many) and before the demands (job, mode, duration)."""
MOST_JOBS = 100_000
MOST_BYTES = 50_000_000


def read_problem(data: bytes) -> Problem:
    """The jobs of an instance in the order of the file, dummies included, with the renewable resources.

    Raises:
        AutomationError: this is not such an instance.
    """
    if len(data) > MOST_BYTES:
        raise _not_an_instance("文件太大", "it is too large")
    lines = data.decode("ascii", errors="replace").splitlines()
    followed = {row[0]: row for row in _section(lines, _PRECEDENCE)}
    requested = {row[0]: row for row in _section(lines, _REQUESTS)}
    capacities = next(_section(lines, _AVAILABLE), [])
    if not requested or followed.keys() != requested.keys() or len(requested) > MOST_JOBS:
        raise _not_an_instance("作业的紧后关系与工期不一致或缺失", "jobs lack successors or durations")
    place = {job: index for index, job in enumerate(requested)}
    before: dict[int, list[int]] = {job: [] for job in requested}
    for job, (_, modes, count, *successors) in _checked(followed, _BEFORE_SUCCESSORS):
        if modes != 1 or count != len(successors):
            raise _not_an_instance(
                f"作业 {job} 不是单一模式或紧后作业数不符", f"job {job} has several modes or miscounted successors"
            )
        for successor in successors:
            if successor not in before:
                raise _not_an_instance(f"作业 {successor} 不存在", f"there is no job {successor}")
            before[successor].append(place[job])
    activities: list[Activity] = []
    for job, (_, _, duration, *demands) in _checked(requested, _BEFORE_DEMANDS):
        if len(demands) != len(capacities):
            raise _not_an_instance(f"作业 {job} 的资源数不符", f"job {job} names another number of resources")
        activities.append(Activity(duration, tuple(demands), tuple(before[job])))
    return Problem(tuple(activities), tuple(capacities))


def _checked(rows: dict[int, list[int]], least: int) -> Iterator[tuple[int, list[int]]]:
    for job, row in rows.items():
        if len(row) < least:
            raise _not_an_instance(f"作业 {job} 的行不完整", f"the line of job {job} is cut short")
        yield job, row


def _section(lines: list[str], heading: str) -> Iterator[list[int]]:
    """The lines of whole numbers under a heading, up to the next line of stars."""
    inside = False
    for line in lines:
        if line.startswith("*"):
            inside = False
        elif line.upper().startswith(heading):
            inside = True
        elif inside:
            words = line.split()
            if words and all(word.isdecimal() and len(word) < 10 for word in words):  # noqa: PLR2004 - nine digits are enough
                yield [int(word) for word in words]


def _not_an_instance(zh: str, en: str) -> AutomationError:
    return AutomationError(
        Text(
            f"这不是 PSPLIB 单模式实例(.sm)：{zh}。请换一个文件。",
            f"This is no PSPLIB instance of one mode (.sm): {en}. Choose another file.",
        ),
        code="psplib",
    )

"""What the health of a plan is judged by: the plan as examined, the limits, and what each point comes to.

Not here: the points themselves (``health``, ``health_logic``, ``health_dates``), their words (``commands``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from automation.planning.doubts import is_finished
from automation.planning.layout import moment_of
from automation.planning.tasks import TaskKind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from datetime import date

    from automation.planning.network import Network
    from automation.planning.passes import Schedule
    from automation.planning.tasks import Task

Unit = Literal["percent", "count", "days", "index"]


class Limits(NamedTuple):
    """The thresholds; those of the DCMA 14-Point Assessment unless a company sets others. Days are working days."""

    share_max: float = 5
    """The percentage of tasks that most points allow."""
    fs_min: float = 90
    """The percentage of links that are finish to start, at least."""
    float_max: float = 44
    duration_max: float = 44
    lag_max: float = 10
    index_min: float = 0.95


class Examined(NamedTuple):
    """A plan that is examined.

    ``tasks`` are all that are not cancelled, summaries too; ``network`` and ``schedule`` hold those that can be computed,
    as they stand at the end of ``status``. Without a status date nothing that needs one is judged; where ``known`` is
    false no date is. ``resourced`` are the tasks that have somebody to do them.
    ``delayed(place, minutes)`` is the schedule if the task at that place took so much longer.
    """

    tasks: Sequence[Task]
    network: Network
    schedule: Schedule
    status: date | None
    resourced: Collection[str]
    delayed: Callable[[int, int], Schedule]
    known: bool = True

    def open(self) -> Iterator[tuple[int, Task]]:
        """The places and tasks (milestones too, summaries not) that are not finished."""
        return ((place, task) for place, task in enumerate(self.network.tasks) if not is_finished(task))

    def work(self) -> list[tuple[int, Task]]:
        """Those of them that take time."""
        return [(place, task) for place, task in self.open() if task.kind is TaskKind.TASK and task.duration_minutes]

    def days(self, minutes: float) -> float:
        """Working minutes as working days."""
        return minutes / self.network.calendar.day_minutes

    def start_day(self, place: int) -> date:
        """The day on which a task starts."""
        return moment_of(self.schedule.start[place], self.network.calendar.ticks).date()

    def finish_day(self, place: int) -> date:
        """The last day of a task: one that ends at midnight ends on the day before."""
        return moment_of(self.schedule.finish[place] - 1, self.network.calendar.ticks).date()


class Point(NamedTuple):
    """What one point comes to: a value against its limit, which is the most, or with ``at_least`` the least allowed.

    ``passed`` is ``None`` where there is nothing to judge by. ``tasks`` are the numbers of those concerned, ``of`` how
    many things were looked at. ``number`` is the point's in the DCMA 14-Point Assessment, ``None`` for one beyond it.
    """

    id: str
    number: int | None
    value: float | None
    limit: float
    unit: Unit
    passed: bool | None
    tasks: tuple[str, ...] = ()
    of: int = 0
    at_least: bool = False


def share(
    name: str, number: int | None, tasks: Collection[str], of: int, limit: float, *, count: int | None = None
) -> Point:
    """A point that allows a percentage: ``tasks`` (or ``count`` things at them) of so many; not judged of none.

    Exactly the limit is allowed.
    """
    found = tuple(dict.fromkeys(tasks))
    if not of:
        return Point(name, number, None, limit, "percent", None)
    value = 100 * (len(found) if count is None else count) / of
    return Point(name, number, value, limit, "percent", value <= limit, found, of)


def none_of(name: str, number: int | None, tasks: Collection[str], of: int) -> Point:
    """A point that allows no task at all; not judged of none."""
    found = tuple(dict.fromkeys(tasks))
    if not of:
        return Point(name, number, None, 0, "count", None)
    return Point(name, number, len(found), 0, "count", not found, found, of)


def index(
    name: str, number: int | None, value: float | None, limit: float, *, of: int = 0, tasks: Collection[str] = ()
) -> Point:
    """A point whose index is at least the limit; not judged without a value."""
    passed = None if value is None else value >= limit
    return Point(name, number, value, limit, "index", passed, tuple(tasks), of, at_least=True)

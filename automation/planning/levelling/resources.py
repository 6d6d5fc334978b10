"""People and things with limited time, who uses how much of them, and how busy they are from instant to instant.

Shares and capacities are percentages of full time. Not here: over-allocations by day (``loads``), what is delayed
(``placing``).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from automation.base.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from automation.planning.calendar import WorkCalendar
    from automation.planning.network import Network
    from automation.planning.passes import Schedule
    from automation.planning.work import Work

ALMOST = 1e-6
"""Percentages that differ by less are equal."""
FOREVER = 1 << 60


@dataclass(frozen=True, slots=True)
class Resource:
    """What there is of one person or thing: percent of full time, on the days from one to another (inclusive)."""

    id: str
    capacity: float = 100
    available_from: date | None = None
    available_to: date | None = None

    def window(self, calendar: WorkCalendar) -> tuple[int, int]:
        """The instants between which it is there."""
        begin = -FOREVER if self.available_from is None else calendar.opening(self.available_from)
        end = FOREVER if self.available_to is None else calendar.closing(self.available_to)
        return begin, max(begin, end)


class Job(NamedTuple):
    """One project's plan: its network, the work that is left and when the engine schedules it."""

    network: Network
    work: Work
    schedule: Schedule
    kept: frozenset[str] = frozenset()
    """The numbers of tasks that levelling must not delay."""


class Use(NamedTuple):
    """A share of one resource that a task takes from one instant to another."""

    begin: int
    end: int
    share: float
    task: str


def uses_in(jobs: Sequence[Job], uses: Mapping[str, Mapping[str, float]]) -> dict[str, list[Use]]:
    """What is used of each resource by the work that is left, in the order of the jobs."""
    found: dict[str, list[Use]] = {}
    for network, work, schedule, _ in jobs:
        for place, task in enumerate(network.tasks):
            shares = uses.get(task.id)
            if shares and work.minutes[place] and place not in work.ended:
                end, calendar = schedule.finish[place], network.calendars[place]
                begin = calendar.start_at(calendar.position(end) - work.minutes[place])
                for resource, share in shares.items():
                    found.setdefault(resource, []).append(Use(begin, end, share, task.id))
    return found


class Profile:
    """How much of one resource is taken from instant to instant."""

    __slots__ = ("_levels", "_times", "capacity", "taken")

    def __init__(self, capacity: float, window: tuple[int, int]) -> None:
        self.capacity = capacity
        self.taken: list[Use] = []
        begin, end = window
        self._times = [-2 * FOREVER, begin, end]
        self._levels = [float("inf"), 0.0, float("inf")]

    def clash(self, begin: int, end: int, share: float) -> int:
        """The instant until which the first clash with a use from ``begin`` to ``end`` lasts, ``begin`` if there is none.

        ``FOREVER`` if it never ends.
        """
        times, levels, most = self._times, self._levels, self.capacity - share + ALMOST
        index = bisect_right(times, begin) - 1
        while index < len(times) and times[index] < end:
            if levels[index] > most:
                while index < len(times) and levels[index] > most:
                    index += 1
                return times[index] if index < len(times) else FOREVER
            index += 1
        return begin

    def take(self, use: Use) -> None:
        """Note a use, whether it fits or not."""
        self.taken.append(use)
        if use.begin < use.end:
            first, last = self._edge(use.begin), self._edge(use.end)
            for index in range(first, last):
                self._levels[index] += use.share

    def taken_until(self, moment: int) -> tuple[str, ...]:
        """The tasks whose use of it ends at an instant."""
        return tuple(dict.fromkeys(use.task for use in self.taken if use.end == moment))

    def _edge(self, moment: int) -> int:
        """The index of the step that begins at an instant, which is made if there is none."""
        index = bisect_left(self._times, moment)
        if index == len(self._times) or self._times[index] != moment:
            self._times.insert(index, moment)
            self._levels.insert(index, self._levels[index - 1])
        return index

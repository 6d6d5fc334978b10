"""Where tasks and summaries lie, in days: instants of a schedule turned into inclusive working days.

Not here: how the instants come about (``passes``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.records import dataclass
from automation.planning.layout import finish_day, start_day
from automation.planning.passes import driver

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from automation.planning.forward import Driver
    from automation.planning.network import Network
    from automation.planning.passes import Schedule


@dataclass(frozen=True, slots=True)
class Span:
    """Where a task lies in one schedule: inclusive working days; floats in working days, negative if it is late.

    A milestone starts and finishes on one day, the finish day of its predecessors. A finished task has no float
    and is not critical. ``free_float`` and ``driver`` of a summary are ``None``.
    """

    start: date
    finish: date
    late_start: date
    late_finish: date
    total_float: float
    free_float: float | None
    critical: bool
    driver: Driver | None


def span(network: Network, schedule: Schedule, place: int) -> Span:
    """Where the task at a place of the network lies."""
    start, finish = schedule.start[place], schedule.finish[place]
    late_start, late_finish = schedule.late_start[place], schedule.late_finish[place]
    day_minutes = network.calendar.day_minutes
    last, late_last = finish_day(finish), finish_day(late_finish)
    return Span(
        start=min(start_day(start), last),
        finish=last,
        late_start=min(start_day(late_start), late_last),
        late_finish=late_last,
        total_float=schedule.total_float[place] / day_minutes,
        free_float=schedule.free_float[place] / day_minutes,
        critical=schedule.critical[place],
        driver=driver(network, schedule, place),
    )


def summary_span(network: Network, schedule: Schedule, places: Sequence[int]) -> Span | None:
    """Where a summary lies: from the first start to the last finish of the tasks below it, ``None`` without any.

    Its float is the smaller of the floats at its rolled-up start and finish; it is critical while any task below
    it is not finished and it has no float, which is not the same as having a critical task below.
    """
    if not places:
        return None
    calendar = network.calendar
    start, finish = min(schedule.start[place] for place in places), max(schedule.finish[place] for place in places)
    late_start = min(schedule.late_start[place] for place in places)
    late_finish = max(schedule.late_finish[place] for place in places)
    total = min(calendar.between(start, late_start), calendar.between(finish, late_finish))
    days = [span(network, schedule, place) for place in places]
    return Span(
        start=min(day.start for day in days),
        finish=max(day.finish for day in days),
        late_start=min(day.late_start for day in days),
        late_finish=max(day.late_finish for day in days),
        total_float=total / calendar.day_minutes,
        free_float=None,
        critical=total <= 0 and not all(schedule.done[place] for place in places),
        driver=None,
    )

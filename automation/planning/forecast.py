"""The forecast from the status date (C04), and the slip against the baseline (C05).

Finished tasks keep their actual dates. A running task keeps its actual start; what is left of it is done from the
next working day after the status date on, and still after its predecessors. The rest starts at the earliest on the
next working day after the status date. Not here: completion rates (``figures``).
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from automation.planning.layout import MINUTES_OF_DAY, day_number, finish_day, moment_of
from automation.planning.passes import earliest
from automation.planning.tasks import remaining_minutes
from automation.planning.work import Reason, Work, bounded, positions

if TYPE_CHECKING:
    from datetime import date

    from automation.planning.calendar import WorkCalendar
    from automation.planning.network import Network
    from automation.planning.passes import Schedule
    from automation.planning.tasks import Task


class Slip(NamedTuple):
    """Working days of delay against the baseline finish; negative is early, ``None`` cannot be said.

    ``inherited`` is the delay that would be there if the task had followed its predecessors' actual or forecast
    dates at once, not before its baseline start, and had taken exactly its baseline time. ``own`` is the rest: what
    a late start and a longer time added, or, negative, what was caught up.
    """

    total: int | None
    inherited: int | None
    own: int | None


NO_SLIP = Slip(None, None, None)


def progressed(network: Network, *, project_start: date, status_date: date) -> Work:
    """The work that is left at the end of the status date."""
    midnight = (day_number(status_date) + 1) * MINUTES_OF_DAY
    beginning = network.calendar.opening(project_start)
    return _left(network, beginning=beginning, since=midnight, status_date=status_date)


def left_after(network: Network, *, beginning: int, since: int) -> Work:
    """The work that is left at an instant, of a project that begins at another; nothing of it is done before.

    What has nothing left but no actual finish has finished by then; what is said to start or to resume only later goes
    on there. An instant is meant to the minute: one in the morning leaves the day to work, one at its end does not.
    """
    work = _left(network, beginning=beginning, since=since, status_date=moment_of(since, network.calendar.ticks))
    for place, moment in work.begun.items():
        calendar, detail = network.calendars[place], network.tasks[place].detail
        position = calendar.position(moment)
        if detail is not None and detail.resume is not None:
            position = max(position, calendar.position(calendar.opening(detail.resume)))
        if position > work.floor[place]:
            work.floor[place], work.reasons[place] = position, Reason.ACTUAL
    return work


def _left(network: Network, *, beginning: int, since: int, status_date: date) -> Work:
    minutes: list[int] = []
    begun: dict[int, int] = {}
    ended: dict[int, int] = {}
    for place, task in enumerate(network.tasks):
        left = remaining_minutes(task)
        if task.actual_start is not None:
            begun[place] = network.calendars[place].opening(task.actual_start)
        if not left or task.actual_finish is not None:
            end = _ended(task, network.calendars[place], status_date=status_date)
            if end is not None:
                ended[place], left = end, 0
        minutes.append(left)
    return bounded(
        network,
        positions(network, max(beginning, since)),
        minutes=minutes,
        reason=Reason.STATUS_DATE if since > beginning else Reason.PROJECT_START,
        begun=begun,
        ended=ended,
    )


def slip(network: Network, place: int, forecast: Schedule) -> Slip:
    """The slip of one task, all of it, inherited and own."""
    task, calendar = network.tasks[place], network.calendars[place]
    if task.baseline_finish is None:
        return NO_SLIP
    total = calendar.days_between(task.baseline_finish, finish_day(forecast.finish[place]))
    if task.baseline_start is None:
        return Slip(total, None, None)
    closing = calendar.closing(task.baseline_finish)
    opening = calendar.opening(task.baseline_start) if task.duration_minutes else closing
    begin, end = earliest(network, forecast, place, floor=opening)
    minutes = max(0, calendar.between(opening, closing))
    position, _, following = calendar.run_from(begin, minutes)
    if end is not None and calendar.position(end) > position + minutes:
        following = end
    inherited = max(0, calendar.days_between(task.baseline_finish, finish_day(following)))
    return Slip(total, inherited, total - inherited)


def as_day(moment: date) -> date:
    """The day of a date or of a datetime."""
    return moment.date() if isinstance(moment, datetime) else moment


def _ended(task: Task, calendar: WorkCalendar, *, status_date: date) -> int | None:
    """The instant at which a task finished, ``None`` if it has not.

    A milestone is reached once it has any actual date. A task with nothing left to do but without an actual finish
    has finished by the status date, on it at the latest.
    """
    if task.actual_finish is not None:
        return calendar.closing(task.actual_finish)
    if not task.duration_minutes and task.actual_start is not None:
        return calendar.closing(task.actual_start)
    if task.percent_complete >= 100 or (task.duration_minutes and not remaining_minutes(task)):  # noqa: PLR2004
        latest = calendar.prev_finish(calendar.closing(status_date))
        return latest if task.actual_start is None else max(latest, calendar.closing(task.actual_start))
    return None

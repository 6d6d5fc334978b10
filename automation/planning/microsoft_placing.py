"""One task by Microsoft Project's rules: where its work runs, backwards and forwards, and what its constraint does.

Not here: links and the order of tasks (``microsoft_forward``, ``microsoft_backward``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.planning.tasks import Constraint, Detail, remaining_minutes

if TYPE_CHECKING:
    from automation.planning.calendar import WorkCalendar
    from automation.planning.network import Network
    from automation.planning.tasks import Crew, Task

NO_DETAIL = Detail()
_BY_START = frozenset({Constraint.START_NO_EARLIER, Constraint.START_NO_LATER, Constraint.START_ON})
_EARLIEST = frozenset({Constraint.START_NO_EARLIER, Constraint.FINISH_NO_EARLIER})
_LATEST = frozenset({Constraint.START_NO_LATER, Constraint.FINISH_NO_LATER})
_NONE = frozenset({Constraint.NONE, Constraint.AS_LATE})


def run(task: Task, calendar: WorkCalendar, moment: int) -> tuple[int, int]:
    """Start and finish of a task's work from an instant on; a task without duration stays where it is."""
    minutes = task.duration_minutes
    if not minutes:
        return moment, moment
    detail = task.detail
    idle = 0 if detail is None or not detail.breaks else _idle(task, 0)
    if detail is None or not detail.crews:
        position = calendar.position(moment)
        return calendar.start_at(position), calendar.finish_at(position + minutes + idle)
    ways = [_crew_run(crew, moment, idle) for crew in detail.crews]
    return min(way[0] for way in ways), max(way[1] for way in ways)


def _crew_run(crew: Crew, moment: int, idle: int) -> tuple[int, int]:
    position = crew.calendar.position(moment) + crew.delay
    return crew.calendar.start_at(position), crew.calendar.finish_at(position + crew.minutes + idle)


def _idle(task: Task, done: int) -> int:
    """The time in splits that lie ahead once so much of the work is done; the one just reached is over."""
    breaks = task.detail.breaks if task.detail is not None else ()
    return sum(each.length for each in breaks if each.after > done)


def back(task: Task, calendar: WorkCalendar, moment: int, minutes: int | None = None) -> int:
    """The latest start from which a task's work (or so much of it) is done by an instant."""
    whole = task.duration_minutes
    minutes = whole if minutes is None else minutes
    if not minutes:
        return moment
    detail = task.detail
    idle = 0 if detail is None or not detail.breaks else _idle(task, whole - minutes)
    if detail is None or not detail.crews:
        return calendar.start_at(calendar.position(moment) - minutes - idle)
    return min(
        crew.calendar.start_at(
            crew.calendar.position(moment) - crew.delay - _share(crew.minutes, minutes, whole) - idle
        )
        for crew in detail.crews
    )


def going_on(task: Task, calendar: WorkCalendar, start: int) -> int:
    """When a started task finishes: what is left of it from where it goes on."""
    detail = task.detail or NO_DETAIL
    if detail.resume is None or not task.duration_minutes:
        return run(task, calendar, start)[1]
    left = remaining_minutes(task)
    moment = max(calendar.opening(detail.resume), start)
    if not left:
        return moment
    idle = _idle(task, task.duration_minutes - left)
    if not detail.crews:
        return calendar.finish_at(calendar.position(moment) + left + idle)
    longest = max(crew.minutes for crew in detail.crews)
    return max(_crew_end(crew, start, moment, _share(crew.minutes, left, longest) + idle) for crew in detail.crews)


def _crew_end(crew: Crew, start: int, moment: int, rest: int) -> int:
    """When a resource ends its part of a started task that goes on at an instant.

    Where it is said what it has done, its own rest counts, and that goes on once what is done could be done.
    """
    calendar = crew.calendar
    if crew.done is None:
        return calendar.finish_at(calendar.position(moment) + rest)
    position = max(calendar.position(moment), calendar.position(start) + crew.delay + crew.done)
    if crew.resume is not None:
        position = max(position, calendar.position(calendar.opening(crew.resume)))
    return calendar.finish_at(position + crew.minutes - crew.done)


def _share(minutes: int, part: int, whole: int) -> int:
    """What a part of the whole duration is of a crew's time."""
    return minutes if part == whole else max(1, minutes * part // whole) if whole else part


def working_end(task: Task, calendar: WorkCalendar, moment: int) -> int:
    """The last instant, up to this one, at which a task can finish; one without duration may finish at any."""
    if not task.duration_minutes:
        return moment
    crews = task.detail.crews if task.detail is not None else ()
    if not crews:
        return calendar.prev_finish(moment)
    return max(crew.calendar.prev_finish(moment) for crew in crews)


def constrained(
    task: Task, calendar: WorkCalendar, dates: tuple[int, int], *, honour: bool, free: bool
) -> tuple[int, int] | None:
    """Start and finish if the constraint decides them, ``None`` if it does not.

    ``dates`` are those that the links allow. Hard constraints win over links where they are honoured. A task
    that is ``free``, without predecessors, may even start before the project.
    """
    constraint = task.constraint
    if task.constraint_date is None or constraint in _NONE:
        return None
    date = calendar.opening(task.constraint_date)
    if constraint in _BY_START:
        wanted = run(task, calendar, date)
    else:
        start, finish = run(task, calendar, back(task, calendar, date))
        wanted = start, (date if date >= start and same_position(calendar, finish, date) else finish)
    if constraint in _LATEST:
        takes = honour and wanted[0] < dates[0]
    elif constraint in _EARLIEST:
        takes = free or wanted[0] > dates[0]
    else:
        takes = honour or wanted[0] > dates[0]
    return wanted if takes else None


def capped(task: Task, calendar: WorkCalendar, finish: int, *, started: bool) -> int:
    """The late finish after constraint and deadline; a start that has happened is not held to anything."""
    if task.constraint_date is not None:
        date = calendar.opening(task.constraint_date)
        if task.constraint is Constraint.FINISH_ON:
            finish = date
        elif task.constraint is Constraint.FINISH_NO_LATER:
            finish = min(finish, date)
        elif task.constraint is Constraint.START_ON and not started:
            finish = run(task, calendar, date)[1]
        elif task.constraint is Constraint.START_NO_LATER and not started:
            finish = min(finish, run(task, calendar, date)[1])
    if task.deadline is not None:
        finish = min(finish, calendar.opening(task.deadline))
    return finish


def later(moment: int, minutes: int, calendar: WorkCalendar, *, elapsed: bool) -> int:
    """An instant moved by a lag or a delay, forwards or backwards."""
    if not minutes:
        return moment
    return moment + minutes if elapsed else calendar.add(moment, minutes)


def delayed(task: Task, calendar: WorkCalendar, moment: int, *, backwards: bool = False) -> int:
    """An instant moved by the task's levelling delay."""
    detail = task.detail
    if detail is None or not detail.levelling_delay:
        return moment
    delay = -detail.levelling_delay if backwards else detail.levelling_delay
    return later(moment, delay, calendar, elapsed=detail.levelling_elapsed)


def lag_calendar(network: Network, place: int) -> WorkCalendar:
    """The calendar in which a lag before the task at a place is counted: the task's, or the project's."""
    detail = network.tasks[place].detail
    return network.calendar if detail is not None and detail.elapsed else network.calendars[place]


def same_position(calendar: WorkCalendar, one: int, other: int) -> bool:
    """Whether no work lies between two instants."""
    return one == other or calendar.position(one) == calendar.position(other)

"""One task of a plan file as planning takes it: calendar, resources whose calendars matter, splits.

Not here: the network of tasks and its schedule (``filing``), reading files (``exchange``).
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from automation.base.records import replace
from automation.planning.layout import TENTHS, tick_of
from automation.planning.tasks import Break, Constraint, Crew, Detail, Task, TaskKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from automation.planning.calendar import WorkCalendar
    from automation.planning.filed import Assignment, FiledPlan, FiledTask
    from automation.planning.filed_calendars import Calendars

_PLAIN = Detail()
_OF_SUMMARIES = frozenset({Constraint.START_NO_EARLIER, Constraint.FINISH_NO_LATER})


def task_of(task: FiledTask, plan: FiledPlan, calendars: Calendars, *, path: tuple[str, ...], summary: bool) -> Task:
    """A row of a plan file as a task; ``path`` is its way from the top of the outline."""
    own = calendars.round_the_clock() if task.elapsed else calendars.of(task.calendar) if task.calendar else None
    by_hand = (task.start, task.finish) if task.manual and task.start is not None and task.finish is not None else None
    crews = () if summary else _crews(task, plan, calendars, own or calendars.project)
    detail = Detail(
        elapsed=task.elapsed,
        levelling_delay=task.levelling_delay,
        levelling_elapsed=task.levelling_elapsed,
        crews=crews,
        manual=by_hand,
        resume=task.resume if task.actual_start is not None and task.actual_finish is None else None,
        breaks=breaks_of(task, crews[0].calendar if len(crews) == 1 else own or calendars.project),
    )
    return Task(
        id=task.id,
        duration_minutes=task.duration,
        links=task.links,
        kind=TaskKind.SUMMARY if summary else TaskKind.TASK,
        wbs=path,
        constraint=task.constraint,
        constraint_date=task.constraint_date if task.constraint not in {Constraint.NONE, Constraint.AS_LATE} else None,
        deadline=task.deadline,
        calendar=own,
        actual_start=task.actual_start,
        actual_finish=task.actual_finish,
        percent_complete=task.percent_complete,
        remaining_minutes=task.remaining if task.actual_start is not None else None,
        detail=None if detail == _PLAIN else detail,
    )


def held_by_summaries(tasks: Sequence[Task], start: datetime) -> tuple[Task, ...]:
    """The tasks with what the constraints of the summaries above them ask.

    "Start no earlier than" holds for every task below that has no constraint of another kind, the latest date of all;
    one up to the project's ``start`` asks nothing. "Finish no later than" limits their late finish as a deadline does.
    """
    summaries = {
        task.wbs: (task.constraint, task.constraint_date)
        for task in tasks
        if task.kind is TaskKind.SUMMARY
        and task.constraint in _OF_SUMMARIES
        and isinstance(task.constraint_date, datetime)
    }
    if not summaries:
        return tuple(tasks)
    return tuple(_held(task, summaries, start) if task.kind is not TaskKind.SUMMARY else task for task in tasks)


def _held(task: Task, summaries: Mapping[tuple[str, ...], tuple[Constraint, datetime]], start: datetime) -> Task:
    above = [summaries[task.wbs[:depth]] for depth in range(1, len(task.wbs)) if task.wbs[:depth] in summaries]
    floors = [date for constraint, date in above if constraint is Constraint.START_NO_EARLIER and date > start]
    caps = [date for constraint, date in above if constraint is Constraint.FINISH_NO_LATER]
    if floors and task.constraint in {Constraint.NONE, Constraint.START_NO_EARLIER}:
        if isinstance(task.constraint_date, datetime):
            floors.append(task.constraint_date)
        task = replace(task, constraint=Constraint.START_NO_EARLIER, constraint_date=max(floors))
    if caps:
        if isinstance(task.deadline, datetime):
            caps.append(task.deadline)
        task = replace(task, deadline=min(caps))
    return task


def _crews(task: FiledTask, plan: FiledPlan, calendars: Calendars, own: WorkCalendar) -> tuple[Crew, ...]:
    """The resources whose calendars decide when a task ends; none where they are the task's own."""
    if task.elapsed or task.ignore_resource_calendars or not task.duration or task.fixed_duration:
        return ()
    working = [
        (assignment, calendar)
        for assignment in task.assignments
        if (calendar := _calendar_at(task, assignment, plan, calendars, own)) is not None and assignment.work != 0
    ]
    if all(calendar is own for _, calendar in working):
        return ()
    if len({id(calendar) for _, calendar in working}) == 1:
        return (Crew(working[0][1], task.duration),)
    crews = (
        Crew(
            calendar,
            _minutes(task, assignment),
            assignment.delay,
            _done(assignment) if task.actual_start is not None else None,
            assignment.resume,
        )
        for assignment, calendar in working
    )
    return tuple(crew for crew in crews if crew.minutes > 0)


def _minutes(task: FiledTask, assignment: Assignment) -> int:
    if not assignment.work or assignment.units <= 0:
        return task.duration
    return round((assignment.work - min(assignment.overtime, assignment.work)) / assignment.units)


def _done(assignment: Assignment) -> int | None:
    """How much of its time a resource has worked; ``None`` where the file does not say."""
    if assignment.done is None or not assignment.work or assignment.units <= 0:
        return None
    ordinary = assignment.work - min(assignment.overtime, assignment.work)
    return round(ordinary * min(1.0, assignment.done / assignment.work) / assignment.units)


def breaks_of(task: FiledTask, calendar: WorkCalendar) -> tuple[Break, ...]:
    """The splits of a task that its stretches of work show.

    They are believed where the file bears them out: its dates are apart by the duration and the splits together.
    """
    if len(task.worked) < 2 or task.elapsed or task.start is None or task.finish is None:  # noqa: PLR2004 - a pause
        return ()
    position = calendar.position
    found: list[Break] = []
    done, end = 0, None
    for first, last in task.worked:
        begin = position(tick_of(first, TENTHS))
        if end is not None and begin > end:
            found.append(Break(done, begin - end))
        done += max(0, position(tick_of(last, TENTHS)) - max(begin, begin if end is None else end))
        end = position(tick_of(last, TENTHS))
    idle = sum(each.length for each in found)
    apart = calendar.between(tick_of(task.start, TENTHS), tick_of(task.finish, TENTHS))
    return tuple(found) if abs(apart - task.duration - idle) <= TENTHS else ()


def _calendar_at(
    task: FiledTask, assignment: Assignment, plan: FiledPlan, calendars: Calendars, own: WorkCalendar
) -> WorkCalendar | None:
    resource = plan.resources.get(assignment.resource)
    if resource is None or not resource.works:
        return None
    if resource.calendar is None:
        return own
    return calendars.shared(task.calendar, resource.calendar) if task.calendar else calendars.of(resource.calendar)

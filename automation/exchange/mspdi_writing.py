"""Microsoft Project XML written: a plan as values in, bytes out, the elements in the order of Microsoft's schema.

The same plan gives the same bytes. A task's own number stands in Project's field Text1, so that it comes back with the
file. Not here: reading (``mspdi``), where the plan comes from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from automation.exchange.mspdi import CONSTRAINTS, LINKS
from automation.exchange.mspdi_values import OWN_NUMBER
from automation.model.links import LagUnit
from automation.planning.layout import MINUTES_OF_DAY, TENTHS
from automation.planning.tasks import Constraint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from automation.model.links import Link
    from automation.planning.filed import FiledCalendar, FiledPlan, FiledTask
    from automation.planning.layout import Periods

NAMESPACE = "http://schemas.microsoft.com/project"
_LINKS = {kind: code for code, kind in LINKS.items()}
_CONSTRAINTS = {kind: code for code, kind in CONSTRAINTS.items()}
_STYLES = {LagUnit.WORKING: "7", LagUnit.ELAPSED: "8", LagUnit.PERCENT: "19"}
_SUNDAY = 6
_MOST = 30
"""A calendar's exceptions that follow each other day by day and are alike stand as one; at most so many days."""


def plan_xml(plan: FiledPlan) -> bytes:
    """The plan as a file that Microsoft Project opens."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
        f'<Project xmlns="{NAMESPACE}">',
        *_put("SaveVersion", "14"),
        *_put("Name", plan.name),
        *_put("Title", plan.name),
        *_put("ScheduleFromStart", _flag(plan.from_start)),
        *_put("StartDate", _moment(plan.start)),
        *_put("FinishDate", _moment(plan.finish)),
        *_put("CriticalSlackLimit", f"{plan.slack_limit_days:g}"),
        *_put("CalendarUID", plan.calendar),
        *_put("DefaultStartTime", "08:00:00"),
        *_put("DefaultFinishTime", "17:00:00"),
        *_put("MinutesPerDay", str(plan.day_minutes)),
        *_put("MinutesPerWeek", str(5 * plan.day_minutes)),
        *_put("DaysPerMonth", "20"),
        *_put("HonorConstraints", _flag(plan.honour_constraints)),
        *_put("MultipleCriticalPathsEnabled", _flag(plan.separate_ends)),
        *_put("StatusDate", _moment(plan.status_date)),
        "<ExtendedAttributes><ExtendedAttribute>",
        *_put("FieldID", OWN_NUMBER),
        *_put("FieldName", "Text1"),
        *_put("Alias", "Deliverybook ID"),
        "</ExtendedAttribute></ExtendedAttributes>",
        "<Calendars>",
        *(line for calendar in plan.calendars.values() for line in _calendar(calendar)),
        "</Calendars>",
        "<Tasks>",
        *(line for task in plan.tasks for line in _task(task)),
        "</Tasks>",
        "<Resources>",
        *(
            line
            for one in plan.resources.values()
            for line in (
                "<Resource>",
                *_put("UID", one.id),
                *_put("ID", one.id),
                *_put("Name", one.name),
                *_put("Type", "1" if one.works else "0"),
                *_put("MaxUnits", f"{one.max_units:g}"),
                "</Resource>",
            )
        ),
        "</Resources>",
        "<Assignments>",
        *_assignments(plan.tasks),
        "</Assignments>",
        "</Project>",
    ]
    return "\n".join(lines).encode()


def _put(name: str, value: str | None) -> Iterator[str]:
    if value is not None:
        kept = "".join(sign for sign in value if sign >= " " or sign in "\t\n")
        yield f"<{name}>{escape(kept)}</{name}>"


def _flag(value: bool) -> str:
    return "1" if value else "0"


def _moment(value: datetime | None) -> str | None:
    return None if value is None else value.strftime("%Y-%m-%dT%H:%M:%S").rjust(19, "0")


def _duration(tenths: int) -> str:
    seconds = tenths * 60 // TENTHS
    return f"PT{seconds // 3600}H{seconds // 60 % 60}M{seconds % 60}S"


def _calendar(calendar: FiledCalendar) -> Iterator[str]:
    yield "<Calendar>"
    yield from _put("UID", calendar.id)
    yield from _put("Name", calendar.name)
    yield from _put("IsBaseCalendar", "1")
    yield from _put("BaseCalendarUID", "-1")
    yield "<WeekDays>"
    for number, periods in enumerate((calendar.week[_SUNDAY], *calendar.week[:_SUNDAY]), start=1):
        yield "<WeekDay>"
        yield from _put("DayType", str(number))
        yield from _worked(periods)
        yield "</WeekDay>"
    yield "</WeekDays>"
    if calendar.exceptions:
        yield "<Exceptions>"
        for day, periods in sorted(calendar.exceptions.items()):
            yield "<Exception>"
            yield from _put("EnteredByOccurrences", "0")
            yield "<TimePeriod>"
            yield from _put("FromDate", f"{day}T00:00:00")
            yield from _put("ToDate", f"{day}T23:59:00")
            yield "</TimePeriod>"
            yield from _put("Occurrences", "1")
            yield from _put("Name", day.isoformat())
            yield from _put("Type", "1")
            yield from _worked(periods)
            yield "</Exception>"
        yield "</Exceptions>"
    yield "</Calendar>"


def _worked(periods: Periods) -> Iterator[str]:
    yield from _put("DayWorking", _flag(bool(periods)))
    if periods:
        yield "<WorkingTimes>"
        for begin, end in periods:
            yield f"<WorkingTime><FromTime>{_clock(begin)}</FromTime><ToTime>{_clock(end)}</ToTime></WorkingTime>"
        yield "</WorkingTimes>"


def _clock(minute: int) -> str:
    inside = minute % MINUTES_OF_DAY
    return f"{inside // 60:02d}:{inside % 60:02d}:00"


def _task(task: FiledTask) -> Iterator[str]:
    remaining = task.duration if task.remaining is None else task.remaining
    yield "<Task>"
    yield from _put("UID", task.id)
    yield from _put("ID", str(task.row))
    yield from _put("Name", task.name)
    yield from _put("Active", _flag(task.active))
    yield from _put("Manual", "0")
    yield from _put("Type", "1")
    yield from _put("WBS", task.wbs or None)
    yield from _put("OutlineLevel", str(task.level))
    yield from _put("Priority", str(task.priority))
    yield from _put("Start", _moment(task.start))
    yield from _put("Finish", _moment(task.finish))
    yield from _put("Duration", _duration(task.duration))
    yield from _put("DurationFormat", "7")
    yield from _put("Milestone", _flag(task.milestone))
    yield from _put("Summary", _flag(task.summary))
    yield from _put("PercentComplete", f"{task.percent_complete:g}")
    yield from _put("ActualStart", _moment(task.actual_start))
    yield from _put("ActualFinish", _moment(task.actual_finish))
    yield from _put("ActualDuration", _duration(max(task.duration - remaining, 0)) if task.actual_start else None)
    yield from _put("RemainingDuration", _duration(0 if task.actual_finish else remaining))
    yield from _put("ConstraintType", _CONSTRAINTS.get(task.constraint, "0"))
    yield from _put("CalendarUID", "-1")
    dated = task.constraint is not Constraint.NONE
    yield from _put("ConstraintDate", _moment(task.constraint_date) if dated else None)
    yield from _put("Deadline", _moment(task.deadline))
    for link in task.links:
        yield from _link(link)
    if task.code:
        yield "<ExtendedAttribute>"
        yield from _put("FieldID", OWN_NUMBER)
        yield from _put("Value", task.code)
        yield "</ExtendedAttribute>"
    if task.baseline_start is not None and task.baseline_finish is not None:
        yield "<Baseline>"
        yield from _put("Number", "0")
        yield from _put("Start", _moment(task.baseline_start))
        yield from _put("Finish", _moment(task.baseline_finish))
        yield "</Baseline>"
    yield "</Task>"


def _link(link: Link) -> Iterator[str]:
    yield "<PredecessorLink>"
    yield from _put("PredecessorUID", link.predecessor)
    yield from _put("Type", _LINKS[link.kind])
    yield from _put("CrossProject", "0")
    yield from _put("LinkLag", str(link.lag))
    yield from _put("LagFormat", _STYLES[link.unit])
    yield "</PredecessorLink>"


def _assignments(tasks: Iterable[FiledTask]) -> Iterator[str]:
    number = 0
    for task in tasks:
        for one in task.assignments:
            number += 1
            yield "<Assignment>"
            yield from _put("UID", str(number))
            yield from _put("TaskUID", task.id)
            yield from _put("ResourceUID", one.resource)
            yield from _put("Units", f"{one.units:g}")
            yield "</Assignment>"

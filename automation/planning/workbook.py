"""From the rows of a workbook to calendars, tasks and plans.

Not here: the computation (``plan``) and what is done with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.model.links import parse_links
from automation.planning.calendar import WorkCalendar
from automation.planning.plan import plan
from automation.planning.tasks import Constraint, Task, TaskKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from automation.model.project import Project
    from automation.model.rows import PlanRow, ResourcesRow
    from automation.planning.plan import Plan

MAKE_UP = "make_up_day"
KINDS = {"milestone": TaskKind.MILESTONE, "phase": TaskKind.SUMMARY}
CONSTRAINTS = {
    "start_no_earlier_than": Constraint.START_NO_EARLIER,
    "must_start_on": Constraint.START_ON,
    "finish_no_later_than": Constraint.FINISH_NO_LATER,
}


def calendar_of(project: Project) -> WorkCalendar:
    """The working days of the calendar sheet: Monday to Friday, less days off, plus make-up days."""
    days = [(row.date, row.kind) for row in project.rows.calendar if row.date is not None]
    return WorkCalendar.from_days(
        [day for day, kind in days if kind != MAKE_UP], [day for day, kind in days if kind == MAKE_UP]
    )


def plans_of(project: Project, calendar: WorkCalendar, status_date: date) -> Mapping[str, Plan]:
    """The plan of each project that has a row and a planned start, by project id."""
    resources = {row.resource_id: row for row in project.rows.resources if row.resource_id}
    return {
        row.project_id: plan(
            list(tasks_of(row.project_id, project.rows.plan, resources, calendar)),
            calendar,
            project_start=row.start_planned,
            status_date=status_date,
            deadline=row.finish_deadline,
        )
        for row in project.rows.projects
        if row.project_id and row.start_planned
    }


def tasks_of(
    project_id: str, rows: Iterable[PlanRow], resources: Mapping[str, ResourcesRow], calendar: WorkCalendar
) -> Iterable[Task]:
    """The tasks of one project in row order; rows without a number are left out."""
    for row in rows:
        if row.task_id and row.project_id == project_id:
            yield _task(row, resources.get(row.owner or ""), calendar.day_minutes)


def _task(row: PlanRow, owner: ResourcesRow | None, day_minutes: int) -> Task:
    return Task(
        id=row.task_id or "",
        duration_minutes=_minutes(row.duration or 0, day_minutes),
        links=parse_links(row.predecessors or "", day_minutes=day_minutes)[0],
        kind=KINDS.get(row.kind or "", TaskKind.TASK),
        wbs=tuple((row.wbs or "").split(".")),
        constraint=CONSTRAINTS.get(row.constraint_kind or "", Constraint.NONE),
        constraint_date=row.constraint_date,
        deadline=row.deadline,
        available_from=owner.available_from if owner else None,
        available_to=owner.available_to if owner else None,
        baseline_start=row.baseline_start,
        baseline_finish=row.baseline_finish,
        actual_start=row.actual_start,
        actual_finish=row.actual_finish,
        percent_complete=row.percent_complete or 0,
        remaining_minutes=None if row.remaining_days is None else _minutes(row.remaining_days, day_minutes),
        cancelled=row.status == "cancelled",
    )


def _minutes(days: float, day_minutes: int) -> int:
    return round(days * day_minutes)

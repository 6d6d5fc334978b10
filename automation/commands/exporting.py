"""A project's plan as values for another program's file: calendar, tasks, links, progress, baseline, resources.

Not here: the writing of the file (``exchange.mspdi_writing``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from automation.base.errors import UsageError
from automation.base.filenames import safe_file_name
from automation.base.findings import Text
from automation.base.records import replace
from automation.commands.plan_notices import plan_notices
from automation.model.effects import FileRequest, LogEntry, Need, Outcome
from automation.model.links import LagUnit
from automation.planning.calendar import STANDARD_DAY, STANDARD_WEEK
from automation.planning.filed import Assignment, FiledCalendar, FiledPlan, FiledResource, FiledTask
from automation.planning.layout import TENTHS, moment_of
from automation.planning.levelling.shares import WHOLE, shares_of
from automation.planning.tasks import Constraint, TaskKind
from automation.planning.working_time import MAKE_UP

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from automation.commands.request import Request
    from automation.model.rows import PlanRow, ProjectsRow
    from automation.planning.calendar import WorkCalendar
    from automation.planning.plan import Plan, PlannedTask

CALENDAR = "1"


def export_plan(request: Request) -> Outcome:
    """The plan of a project as a Microsoft Project XML file.

    Parameter: ``project`` (default: the only one that is not closed). Raises UsageError when it has no plan.
    """
    project = _project(request)
    plan = request.plans.get(project.project_id or "")
    if plan is None or not plan.network.tasks:
        raise UsageError(
            Text(
                f"项目 {project.project_id} 没有可导出的计划。", f"Project {project.project_id} has no plan to export."
            ),
            code="NO_PLAN",
        )
    filed = filed_plan(request, project, plan)
    away = [task.id for task in plan.network.tasks if task.available_from or task.available_to]
    notices = list(plan_notices(request))
    if away:
        names = ", ".join(away[:12]) + (" …" if len(away) > 12 else "")  # noqa: PLR2004 - so many can be read
        notices.append(
            Text(
                f"负责人有可用期的任务，导出的文件不含这一限制：{names}。",
                f"The file does not hold the times of availability of owners; tasks concerned: {names}.",
            )
        )
    stem = safe_file_name(f"{project.project_id} {project.name or ''}".strip(), instead="_").replace(" ", "_")
    return Outcome(
        files=(FileRequest(f"{stem}.xml", filed, request.settings.language),),
        figures={"tasks": len(filed.tasks), "resources": len(filed.resources)},
        lines=(
            Text(
                f"{project.project_id}：{len(filed.tasks)} 个任务，{len(filed.resources)} 个资源。",
                f"{project.project_id}: {len(filed.tasks)} tasks, {len(filed.resources)} resources.",
            ),
        ),
        notices=tuple(notices),
        log=(LogEntry("export", "plan", project.project_id or ""),),
        needs=(Need("generate", "plan"),),
    )


def _project(request: Request) -> ProjectsRow:
    key = str(request.parameters.get("project") or "")
    rows = [row for row in request.project.rows.projects if row.project_id]
    found = (
        [row for row in rows if row.project_id == key]
        if key
        else [row for row in rows if request.case.stands(row.project_id)]
    )
    if len(found) == 1:
        return found[0]
    names = ", ".join(row.project_id or "" for row in rows) or "—"
    raise UsageError(
        Text(f"请用 --project 指定项目：现有 {names}。", f"Name the project with --project: there are {names}."),
        code="NO_SUCH_ROW",
    )


def filed_plan(request: Request, project: ProjectsRow, plan: Plan) -> FiledPlan:
    """The plan of one project; tasks are numbered by the digits of their ids, so that a second file numbers them alike."""
    rows = {row.task_id or "": row for row in request.project.rows.plan if row.project_id == project.project_id}
    numbers = _numbers([task.id for task in plan.network.tasks])
    resources = {
        row.resource_id or "": FiledResource(
            str(place),
            row.name or row.resource_id or "",
            max_units=float(row.capacity if row.capacity is not None else WHOLE) / WHOLE,
        )
        for place, row in enumerate(request.project.rows.resources, start=1)
        if row.resource_id
    }
    shared = _Rows(request.calendar, numbers, resources)
    tasks = tuple(
        _task(shared, plan.tasks[task.id], rows[task.id], place)
        for place, task in enumerate(plan.network.tasks, start=1)
        if task.id in rows
    )
    begin = project.start_planned or request.status_date
    return FiledPlan(
        name=project.name or project.project_id or "",
        start=moment_of(request.calendar.opening(begin)),
        tasks=tasks,
        calendars={CALENDAR: _calendar(request)},
        calendar=CALENDAR,
        resources={one.id: one for one in resources.values()},
        status_date=moment_of(request.calendar.closing(request.status_date)),
        day_minutes=request.calendar.day_minutes,
    )


def _numbers(names: list[str]) -> Mapping[str, str]:
    """A number for each task: the digits of its own where they are one of a kind, else its place from a million on."""
    digits = ["".join(sign for sign in name if sign.isdecimal()).lstrip("0") for name in names]
    return {
        name: number if number and digits.count(number) == 1 else str(1_000_000 + place)
        for place, (name, number) in enumerate(zip(names, digits, strict=True))
    }


def _calendar(request: Request) -> FiledCalendar:
    days = {
        row.date: STANDARD_DAY if row.kind == MAKE_UP else ()
        for row in request.project.rows.calendar
        if row.date is not None
    }
    return FiledCalendar(
        CALENDAR, Text("交付簿日历", "Deliverybook calendar").in_(request.language), STANDARD_WEEK, days
    )


class _Rows(NamedTuple):
    """What all tasks share: calendar, their numbers in the file, resources by id."""

    calendar: WorkCalendar
    numbers: Mapping[str, str]
    resources: Mapping[str, FiledResource]


def _task(shared: _Rows, planned: PlannedTask, row: PlanRow, place: int) -> FiledTask:
    calendar, numbers, resources = shared
    task = planned.task
    span = planned.forecast or planned.drawn
    links = tuple(
        replace(
            link,
            predecessor=numbers[link.predecessor],
            lag=link.lag if link.unit is LagUnit.PERCENT else link.lag * TENTHS,
        )
        for link in task.links
        if link.predecessor in numbers
    )
    shares = shares_of(row.resource_use or "") or ({row.owner: WHOLE} if row.owner and row.owner in resources else {})
    late = task.constraint is Constraint.FINISH_NO_LATER

    def opens(day: date | None) -> datetime | None:
        return None if day is None else moment_of(calendar.opening(day))

    def closes(day: date | None) -> datetime | None:
        return None if day is None else moment_of(calendar.closing(day))

    milestone = task.kind is TaskKind.MILESTONE
    return FiledTask(
        id=numbers[task.id],
        row=place,
        name=row.name or task.id,
        level=1,
        duration=0 if milestone else task.duration_minutes * TENTHS,
        fixed_duration=True,
        milestone=milestone,
        constraint=task.constraint,
        constraint_date=closes(task.constraint_date) if late else opens(task.constraint_date),
        deadline=closes(task.deadline),
        percent_complete=float(task.percent_complete),
        actual_start=closes(task.actual_start) if milestone else opens(task.actual_start),
        actual_finish=closes(task.actual_finish),
        remaining=None if task.remaining_minutes is None else task.remaining_minutes * TENTHS,
        start=None if span is None else closes(span.start) if milestone else opens(span.start),
        finish=None if span is None else closes(span.finish),
        baseline_start=closes(task.baseline_start) if milestone else opens(task.baseline_start),
        baseline_finish=closes(task.baseline_finish),
        links=links,
        assignments=tuple(
            Assignment(resources[name].id, float(share) / WHOLE) for name, share in shares.items() if name in resources
        ),
        code=task.id,
        wbs=row.wbs or "",
    )

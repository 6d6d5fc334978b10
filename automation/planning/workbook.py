"""From the rows of a workbook to calendars, tasks and plans.

Not here: the computation (``plan``) and what is done with it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from automation.model.links import parse_links
from automation.planning.doubts import COMPLETE, Doubt
from automation.planning.plan import plan
from automation.planning.tasks import Constraint, Task, TaskKind
from automation.planning.working_time import calendar_of_days

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from automation.model.project import Project
    from automation.model.rows import PlanRow, ResourcesRow
    from automation.planning.calendar import WorkCalendar
    from automation.planning.plan import Plan

CANCELLED = "cancelled"
KINDS = {"milestone": TaskKind.MILESTONE, "phase": TaskKind.SUMMARY}
CONSTRAINTS = {
    "start_no_earlier_than": Constraint.START_NO_EARLIER,
    "must_start_on": Constraint.START_ON,
    "finish_no_later_than": Constraint.FINISH_NO_LATER,
}
DRAWN_INPUTS = ("duration", "predecessors", "constraint_kind", "constraint_date")
PROGRESS_INPUTS = ("actual_start", "actual_finish", "percent_complete", "remaining_days")
NEEDED = ("task_id", "project_id", "kind", "status", *DRAWN_INPUTS, *PROGRESS_INPUTS)
"""Columns of the plan sheet without which no plan can be computed."""
_OF_FINISHED = frozenset({"duration", "actual_finish", "percent_complete"})
"""Inputs that matter to forecast and figures even when the task is finished."""
_LONGEST_DAYS = 1e9
"""What a larger number of days is read as: far above what is computed, and it still fits an integer."""
Cell = tuple[str, int, str]
"""Sheet, row number in Excel and column."""


def calendar_of(project: Project) -> WorkCalendar:
    """The working days of the calendar sheet: Monday to Friday, less days off, plus make-up days."""
    return calendar_of_days(tuple((row.date, row.kind or "") for row in project.rows.calendar if row.date is not None))


def plans_of(
    project: Project, calendar: WorkCalendar, status_date: date, *, failed: frozenset[Cell] = frozenset()
) -> Mapping[str, Plan]:
    """The plan of each project that has a row and a planned start, by project id.

    ``failed`` are cells with a data error; dates that rest on one are left out of the plan, see ``planning.doubts``.
    """
    resources = {row.resource_id: row for row in project.rows.resources if row.resource_id}
    rows: dict[str | None, list[PlanRow]] = defaultdict(list)
    for task in project.rows.plan:
        rows[task.project_id].append(task)
    wrong: dict[int, set[str]] = defaultdict(set)
    for sheet, number, column in failed:
        if sheet == "plan":
            wrong[number].add(column)
    lacking = _lacking(project)
    return {
        row.project_id: plan(
            list(tasks_of(row.project_id, rows.get(row.project_id, ()), resources, calendar)),
            calendar,
            project_start=row.start_planned,
            status_date=status_date,
            deadline=row.finish_deadline,
            doubts=(*lacking, *_doubts(rows.get(row.project_id, ()), wrong)),
        )
        for row in project.rows.projects
        if row.project_id and row.start_planned
    }


def _lacking(project: Project) -> tuple[Doubt, ...]:
    """The doubt about a plan sheet that lacks columns; rows without a project may belong to any."""
    table = project.tables["plan"]
    missing = tuple(name for name in NEEDED if name not in table.columns) if table.columns else ()
    if missing:
        return (Doubt("", missing, drawn=not set(missing) <= set(PROGRESS_INPUTS), whole=True),)
    if any(row.project_id is None and row.status != CANCELLED for row in table.rows):
        return (Doubt("", ("project_id",)),)
    return ()


def _doubts(rows: Iterable[PlanRow], wrong: Mapping[int, set[str]]) -> Iterator[Doubt]:
    """The doubts about the inputs of one project's rows, cell by cell those with a data error or without a value."""
    for row in rows:
        if row.status == CANCELLED:
            continue
        bad = wrong.get(row.row, set())
        if row.duration is None and row.kind not in KINDS:
            bad = bad | {"duration"}
        if not row.task_id:
            yield Doubt("", ("task_id",))
        drawn = tuple(name for name in DRAWN_INPUTS if name in bad)
        progress = tuple(name for name in PROGRESS_INPUTS if name in bad)
        finished = row.actual_finish is not None or (row.percent_complete or 0) >= COMPLETE
        forecast = bool(bad & _OF_FINISHED) if finished else bool(drawn or progress)
        if row.task_id and (drawn or forecast):
            yield Doubt(row.task_id, (*drawn, *progress), drawn=bool(drawn), forecast=forecast)


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
        cancelled=row.status == CANCELLED,
    )


def _minutes(days: float, day_minutes: int) -> int:
    return round(max(-_LONGEST_DAYS, min(days, _LONGEST_DAYS)) * day_minutes)

"""The bars of the plans in a workbook: which projects, under what names, with owners and what is done.

Not here: the rows of a plan (``planning.gantt``), the sheet they are drawn on (``gantt``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.base.records import replace
from automation.model.charts.plan import Gantt, GanttRow
from automation.planning.gantt import Label, Row, done_until, gantt, rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from automation.commands.request import Request
    from automation.model.rows import ProjectsRow

SHOWN = 12
"""How many projects an error names."""


class Bar(NamedTuple):
    """A row of the sheet: the row shown, WBS number, owner, and the last day of what is done."""

    shown: GanttRow
    wbs: str
    owner: str
    done_until: date | None


def chart_of(request: Request, project: ProjectsRow) -> Gantt:
    """The chart of one project for pictures; without rows when it has no plan."""
    name = project_name(project)
    plan = request.plans.get(project.project_id or "")
    if plan is None:
        return Gantt(name, (), request.status_date, project.finish_deadline)
    return gantt(
        plan,
        _labels(request, project.project_id),
        request.calendar,
        project=name,
        status_date=request.status_date,
        deadline=project.finish_deadline,
    )


def projects_of(request: Request) -> list[ProjectsRow]:
    """The projects that are shown, in the order of their sheet: the one named (parameter ``project``), or those that stand.

    Raises UsageError for a project that is not there. Where none stands, all are shown.
    """
    wanted = str(request.parameters.get("project") or "").strip().upper()
    there = [row for row in request.project.rows.projects if row.project_id]
    if wanted:
        named = [row for row in there if (row.project_id or "").upper() == wanted]
        if not named:
            raise _no_project(wanted, [row.project_id or "" for row in there])
        return named[:1]
    standing = [row for row in there if request.case.stands(row.project_id) and row.project_id in request.plans]
    return standing or there


def bars_of(request: Request, project: ProjectsRow, *, many: bool) -> Iterator[Bar]:
    """The bars of one project; of several each begins with a bar of its own."""
    plan = request.plans.get(project.project_id or "")
    if plan is None:
        return
    found = rows(plan, _labels(request, project.project_id), request.calendar)
    if many:
        yield _project_bar(request, project, found)
    owners = _owners(request, project.project_id)
    for row in found:
        shown = replace(row.shown, level=row.shown.level + 1) if many else row.shown
        yield Bar(shown, row.wbs, owners.get(shown.key, ""), done_until(shown, request.calendar))


def _project_bar(request: Request, project: ProjectsRow, found: Sequence[Row]) -> Bar:
    plan = request.plans[project.project_id or ""]
    below = [row.shown for row in found]
    starts = [row.start for row in below if row.start]
    planned = [row.baseline_start for row in below if row.baseline_start]
    shown = GanttRow(
        key=project.project_id or "",
        name=project_name(project),
        kind="phase",
        start=min(starts, default=None) if plan.forecast_finish else None,
        finish=plan.forecast_finish,
        baseline_start=min(planned, default=None),
        baseline_finish=plan.baseline_finish,
        percent=plan.figures.percent_complete or 0,
        slip_days=plan.slip_days,
    )
    return Bar(shown, "", _owner_name(request, project.project_manager), done_until(shown, request.calendar))


def _labels(request: Request, project_id: str | None) -> dict[str, Label]:
    phases = request.catalogue.sheets["plan"].column("phase")
    lists = request.catalogue.lists[phases.list]
    return {
        row.task_id: Label(
            Text(row.name or row.task_id, row.name_en or row.name or row.task_id),
            Text(lists.label(row.phase, "zh"), lists.label(row.phase, "en")) if row.phase else None,
        )
        for row in request.project.rows.plan
        if row.task_id and row.project_id == project_id
    }


def _owners(request: Request, project_id: str | None) -> dict[str, str]:
    return {
        row.task_id: _owner_name(request, row.owner)
        for row in request.project.rows.plan
        if row.task_id and row.project_id == project_id
    }


def _owner_name(request: Request, number: str | None) -> str:
    row = request.project.tables["resources"].by_key.get(number or "")
    return str((row.name if row else None) or number or "")


def project_name(project: ProjectsRow) -> Text:
    """What a project is called, by its number where it has no name."""
    number = project.project_id or ""
    return Text(project.name or number, project.name_en or project.name or number)


def _no_project(wanted: str, known: Sequence[str]) -> UsageError:
    names = ", ".join(known[:SHOWN]) or "—"
    return UsageError(
        Text(f"没有项目“{wanted}”：可选 {names}。", f"There is no project '{wanted}': choose one of {names}."),
        code="NO_SUCH_PROJECT",
    )

"""Plan health: the schedule-quality points of each project, as lines, for programs, and on the sheet ``plan_health``.

Not here: the points (``planning.health``), their words (``plan_health_text``), plan files (``front.health_plans``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.commands.analysis_sheets import filled
from automation.commands.gantt_bars import project_name, projects_of
from automation.commands.plan_health_text import (
    WORDS,
    counts,
    limit_of,
    lines_of,
    point_value,
    value_of,
)
from automation.commands.plan_notices import plan_notices
from automation.deviations.plan_health import limits_of, points_of
from automation.model.effects import LogEntry, Need, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from automation.commands.request import Request
    from automation.model.rows import ProjectsRow
    from automation.planning.health_case import Point

SHEET = "plan_health"
MOST = 200
"""Tasks that a cell names; JSON has all."""


def plan_health(request: Request) -> Outcome:
    """The points of every project that stands, or of the one named by the parameter ``project``.

    The plan is judged as it stands at the end of the status date. Raises UsageError for an unknown project and when no
    project has a plan.
    """
    limits = limits_of(request.settings)
    found: list[tuple[ProjectsRow, tuple[Point, ...]]] = []
    for project in projects_of(request):
        points = points_of(request.case, project.project_id or "", limits)
        if points:
            found.append((project, points))
    if not found:
        raise UsageError(
            Text(
                "没有可以检查的计划：请先在“项目”表填写计划开始日期，在“计划”表填写任务。",
                "There is no plan to check: fill in a planned start on the Projects sheet and tasks on the Plan sheet.",
            ),
            code="NO_PLAN",
        )
    sheet = filled(
        request,
        SHEET,
        [_row(project.project_id or "", point) for project, points in found for point in points],
        caption=Text(
            f"状态日期 {request.status_date} 的计划质量，按 DCMA 14 点评估及其他检查。",
            f"Quality of the plan at {request.status_date}, by the DCMA 14-Point Assessment and further checks.",
        ),
    )
    of_each = {project.project_id or "": counts(points) for project, points in found}
    return Outcome(
        edits=sheet.edits,
        figures={**next(iter(of_each.values())), "projects": of_each},
        lines=tuple(_lines(request, found)),
        notices=(*sheet.notices, *plan_notices(request)),
        tables={
            "points": [
                {"project": project.project_id, **point_value(point)} for project, points in found for point in points
            ]
        },
        log=(LogEntry("plan_health", SHEET),),
        goto=sheet.goto,
        needs=(Need("generate", "plan"),),
    )


def _row(project: str, point: Point) -> dict[str, Any]:
    words = WORDS[point.id]
    return {
        "point_id": f"{project}.{point.number or point.id}",
        "project_id": project,
        "number": point.number,
        "name": words.name,
        "value": value_of(point),
        "limit": limit_of(point),
        "passed": None if point.passed is None else "yes" if point.passed else "no",
        "task_count": len(point.tasks),
        "tasks": ";".join(point.tasks[:MOST]) + (";…" if len(point.tasks) > MOST else ""),
        "advice": words.advice if point.passed is False else None,
    }


def _lines(request: Request, found: Sequence[tuple[ProjectsRow, tuple[Point, ...]]]) -> Iterator[Text]:
    names: Mapping[str, str] = {row.task_id: row.name or "" for row in request.project.rows.plan if row.task_id}
    for project, points in found:
        name = project_name(project)
        yield Text(
            f"{project.project_id} {name.zh}，状态日期 {request.status_date}：",
            f"{project.project_id} {name.en}, status date {request.status_date}:",
        )
        yield from lines_of(points, names)

"""The health of the plans in a workbook: the points of ``planning.health`` under the settings, and problems made of them.

Not here: the points, the rules (``plan_health_tasks``, ``plan_health_figures``), the command that shows them (``commands.plan_health``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.rules import Problem
from automation.planning.forecast import progressed
from automation.planning.health import POINTS, assess, examined
from automation.planning.health_case import Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from automation.base.settings import Settings
    from automation.deviations.case import Case
    from automation.planning.health_case import Examined, Point


def limits_of(settings: Settings) -> Limits:
    """The thresholds that a company has set."""
    return Limits(
        share_max=settings.number("health_share_max"),
        fs_min=settings.number("health_fs_min"),
        float_max=settings.number("health_float_max"),
        duration_max=settings.number("health_duration_max"),
        lag_max=settings.number("health_lag_max"),
        index_min=settings.number("health_index_min"),
    )


def points_of(case: Case, project_id: str, limits: Limits) -> tuple[Point, ...]:
    """The points of one project at the status date; none where it has no plan or no task."""
    plan = examined_plan(case, project_id)
    return () if plan is None else assess(plan, limits)


def examined_plan(case: Case, project_id: str) -> Examined | None:
    """The plan of one project, to be examined; ``None`` where there is none or it has no task.

    A task has somebody to do it if its row names an owner or resources.
    """
    plan, project = case.plans.get(project_id), case.find("projects", project_id)
    if plan is None or project is None or project.start_planned is None or not plan.tasks:
        return None
    work = progressed(plan.network, project_start=project.start_planned, status_date=case.status_date)
    resourced = frozenset(
        row.task_id
        for row in case.project.rows.plan
        if row.task_id and row.project_id == project_id and (row.owner or row.resource_use)
    )
    return examined(plan, work, status=case.status_date, resourced=resourced)


def failed_tasks(
    case: Case,
    name: str,
    column: str,
    value: Callable[[Examined, int], float] | None = None,
    *,
    limit: float | None = None,
) -> Iterator[Problem]:
    """A problem for each task concerned of a point that failed, at a column of the plan sheet, in row order.

    ``value`` tells what is shown of the task at a place of the network.
    """
    plans = {key: examined_plan(case, key) for key in case.plans if case.stands(key)}
    limits = limits_of(case.settings)
    concerned = {
        (key, task): plan
        for key, plan in plans.items()
        if plan is not None and (point := POINTS[name](plan, limits)).passed is False
        for task in point.tasks
    }
    for row in case.rows.plan:
        found = concerned.pop((row.project_id or "", row.task_id or ""), None)
        if found is not None:
            place = found.network.place.get(row.task_id or "")
            shown = None if value is None or place is None else value(found, place)
            yield Problem(row, column, value=shown, threshold=limit, owner=row.owner or "")


def failed_projects(case: Case, name: str) -> Iterator[Problem]:
    """A problem for each project of which a point failed, with its value and limit and the first task concerned."""
    limits = limits_of(case.settings)
    for row in case.rows.projects:
        plan = examined_plan(case, row.project_id or "") if case.stands(row.project_id) else None
        point = None if plan is None else POINTS[name](plan, limits)
        if point is not None and point.passed is False and point.value is not None:
            # an index is told to two decimals, anything else as sentences tell numbers
            exact = point.unit == "index"
            fields = {
                "task": next(iter(point.tasks), ""),
                "value": f"{point.value:.2f}" if exact else point.value,
                "limit": f"{point.limit:.2f}" if exact else point.limit,
            }
            owner = row.project_manager or ""
            yield Problem(row, value=point.value, threshold=point.limit, owner=owner, fields=fields)

"""The figures of the dashboard sheet: computed results of the (first) project, as edits of their cells.

Not here: the computations, the page and its charts (``excel``). A figure that nobody computes yet stays empty.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from automation.commands import sales_figures, scheduling, service_columns
from automation.deviations import costs, derived, quality
from automation.model.effects import CellEdit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from automation.commands.request import Request
    from automation.model.rows import ProjectsRow

ACCEPTED = "accepted"


def figures(request: Request) -> Mapping[str, Any]:
    """Computed results by name: schedule, cost, scope and quality of the first project; ``None`` where unknown.

    ``projects`` holds schedule, cost and scope of every project by its id.
    """
    return request.once("figures", lambda: _figures(request))


def _figures(request: Request) -> dict[str, Any]:
    found = {**scheduling.figures(request), **sales_figures.figures(request), **service_columns.figures(request)}
    rows = request.project.rows
    project = next((row for row in rows.projects if row.project_id), None)
    if project is None:
        return found
    each = {
        name: {**values, **_of_project(request, request.project.tables["projects"].by_key[name])}
        for name, values in found.get("projects", {}).items()
    }
    together = {
        **found,
        **_of_project(request, project),
        "scope_growth": _scope_growth(request, project.req_baseline_on),
        "fulfilment_rate": _fulfilment(request),
        "first_pass_yield": _first_pass_yield(request),
        "projects": each,
    }
    from automation.commands.earned_value_figures import with_earned_value  # noqa: PLC0415 - only a check waits for it

    return with_earned_value(request, together)


def _of_project(request: Request, project: ProjectsRow) -> dict[str, Any]:
    """Cost and scope of one project; no estimate at completion while its percent complete is in doubt."""
    rows = request.project.rows
    own = [row for row in rows.costs if row.project_id == project.project_id]
    plan = request.plans.get(project.project_id or "")
    percent = plan.figures.percent_complete if plan else None
    known = plan is None or plan.forecast_known
    growth = None
    if project.req_baseline_on is not None:
        requirements = [row for row in rows.requirements if row.project_id == project.project_id]
        changes = [row for row in rows.changes if row.project_id == project.project_id]
        growth = derived.scope_growth(requirements, changes, baseline_on=project.req_baseline_on).percent
    return {
        "budget_used": scheduling.rounded(costs.budget_used(own)),
        "estimate_at_completion": costs.estimate_at_completion(own, percent, request.settings) if known else None,
        "scope_growth": scheduling.rounded(growth),
    }


def edits(request: Request, values: Mapping[str, Any]) -> Iterator[CellEdit]:
    """Edits of the dashboard's cells whose figure differs from what they show.

    Cells whose figure is unknown because the plan is in doubt keep what they hold.
    """
    project = next((row for row in request.project.rows.projects if row.project_id), None)
    plan = request.plans.get(project.project_id or "") if project else None
    doubtful = plan is not None and bool(plan.doubts)
    for name, place in request.project.figures.items():
        value = _shown(values.get(name))
        if name in values and value != place.value and not (doubtful and value is None):
            yield CellEdit(place.sheet, place.cell, value)


def _shown(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, (int, float, Decimal)) else value


def _scope_growth(request: Request, baseline_on: date | None) -> float | None:
    if baseline_on is None:
        return None
    rows = request.project.rows
    return scheduling.rounded(derived.scope_growth(rows.requirements, rows.changes, baseline_on=baseline_on).percent)


def _fulfilment(request: Request) -> float | None:
    """Requirements accepted over those confirmed and later, in percent (C11)."""
    confirmed = [row for row in request.project.rows.requirements if row.status in derived.CONFIRMED]
    if not confirmed:
        return None
    return scheduling.rounded(100 * sum(row.status == ACCEPTED for row in confirmed) / len(confirmed))


def _first_pass_yield(request: Request) -> float | None:
    """First executions that passed over all first executions, in percent (C15)."""
    percent = quality.first_pass(request.project.rows.checks).percent
    return None if percent is None else scheduling.rounded(percent)

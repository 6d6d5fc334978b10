"""The figures of the dashboard sheet: computed results of the (first) project, as edits of their cells.

Not here: the computations, the page and its charts (``excel``). A figure that nobody computes yet stays empty.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from automation.commands import scheduling
from automation.deviations import costs, derived
from automation.model.effects import CellEdit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from automation.commands.request import Request

ACCEPTED = "accepted"


def figures(request: Request) -> dict[str, Any]:
    """Computed results by name: schedule, cost, scope and quality of the first project; ``None`` where unknown."""
    found = scheduling.figures(request)
    rows = request.project.rows
    project = next((row for row in rows.projects if row.project_id), None)
    if project is None:
        return found
    own = [row for row in rows.costs if row.project_id == project.project_id]
    plan = request.plans.get(project.project_id or "")
    percent = plan.figures.percent_complete if plan else None
    return {
        **found,
        "budget_used": scheduling.rounded(costs.budget_used(own)),
        "estimate_at_completion": costs.estimate_at_completion(own, percent, request.settings),
        "scope_growth": _scope_growth(request, project.req_baseline_on),
        "fulfilment_rate": _fulfilment(request),
        "first_pass_yield": _first_pass_yield(request),
    }


def edits(request: Request, values: dict[str, Any]) -> Iterator[CellEdit]:
    """Edits of the dashboard's cells whose figure differs from what they show."""
    for name, place in request.project.figures.items():
        value = _shown(values.get(name))
        if name in values and value != place.value:
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
    first = [
        row
        for row in request.project.rows.checks
        if row.recheck_of is None and row.result not in {None, "not_executed"}
    ]
    if not first:
        return None
    return scheduling.rounded(100 * sum(row.result in derived.PASSED for row in first) / len(first))

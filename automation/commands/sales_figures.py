"""Computed columns of customers and deals (C21 to C24), and the sales figures of the dashboard.

Not here: the computations (``deviations.customers``, ``deviations.deals``), the edits (``commands.computed``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.commands.scheduling import rounded
from automation.deviations import customers, deals

if TYPE_CHECKING:
    from collections.abc import Mapping

    from automation.commands.request import Request

RowValues = dict[int, dict[str, Any]]


def values(request: Request) -> Mapping[str, RowValues]:
    """New values by sheet, row number and column, list values as codes."""
    return {"customers": _customers(request), "deals": _deals(request)}


def figures(request: Request) -> dict[str, Any]:
    """Sales figures by name: win rate and attainment in percent, the pipeline as a whole, by stage and by owner.

    ``sales_attainment`` is that of the whole company, pro rata of the period; ``None`` where nothing is known.
    """
    rows = request.project.rows
    whole = deals.pipeline(rows.deals)
    return {
        "win_rate": rounded(deals.win_rate(rows.deals)),
        "weighted_pipeline": whole.weighted if rows.deals else None,
        "sales_attainment": _attainment(request),
        "pipeline": {
            "deals": whole.deals,
            "amount": whole.amount,
            "weighted": whole.weighted,
            "stages": [
                {"stage": name, **one._asdict()} for name, one in deals.pipeline_by(rows.deals, "stage").items()
            ],
            "owners": [
                {"owner": name, **one._asdict()} for name, one in deals.pipeline_by(rows.deals, "owner").items()
            ],
        },
    }


def _customers(request: Request) -> RowValues:
    rows = request.project.rows
    found = customers.customer_values(rows, request.status_date)
    tiers = customers.suggested_tiers(rows.customers, found, request.settings, status_date=request.status_date)
    table = request.project.tables["customers"]
    columns = customers.profile_columns(request.settings, table.sheet, table.columns)
    return {
        row.row: {
            "revenue_total": found[row.customer_id].revenue,
            "orders_count": found[row.customer_id].orders,
            "last_contact": found[row.customer_id].last_contact,
            "tier_suggested": tiers[row.customer_id],
            "profile_complete": rounded(customers.profile_completeness(row, columns)),
        }
        for row in rows.customers
        if row.customer_id
    }


def _deals(request: Request) -> RowValues:
    return {
        row.row: {"weighted_amount": deals.weighted_amount(row), "margin": rounded(deals.margin(row))}
        for row in request.project.rows.deals
    }


def _attainment(request: Request) -> float | None:
    for row in deals.latest_targets(request.project.rows.metrics, request.status_date):
        found = deals.attainment(row, request.calendar, status_date=request.status_date)
        if row.scope_kind == "company" and found is not None:
            return rounded(found.percent)
    return None

"""Computed columns of single rows: priority scores, feasibility, traceability counts, exposure, cost variance.

Not here: the computations (``deviations.derived``, ``planning``), the edits that come of them (``commands.computed``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.commands.scheduling import rounded
from automation.deviations import costs, derived

if TYPE_CHECKING:
    from collections.abc import Mapping

    from automation.base.settings import Settings
    from automation.model.rows import Rows

RowValues = dict[int, dict[str, Any]]


def values(rows: Rows, settings: Settings) -> Mapping[str, RowValues]:
    """New values by sheet, row number and column (C07, C09, C10, C11, C14), list values as codes."""
    return {
        "requirements": _requirements(rows),
        "risks": _risks(rows, settings),
        "costs": _costs(rows),
        "projects": _projects(rows),
        "improvements": {
            row.row: {"priority_score": derived.priority_score(row.importance, row.urgency)}
            for row in rows.improvements
        },
    }


def _requirements(rows: Rows) -> RowValues:
    tasks = derived.tasks_by_requirement(rows.plan)
    checks = derived.checks_by_requirement(rows.checks)
    return {
        row.row: {
            "priority_score": derived.priority_score(row.importance, row.urgency),
            "feasibility": derived.feasibility(row),
            "task_count": len(tasks.get(row.req_id or "", ())),
            "check_state": derived.check_state(checks.get(row.req_id or "", ())),
        }
        for row in rows.requirements
    }


def _risks(rows: Rows, settings: Settings) -> RowValues:
    result: RowValues = {}
    for row in rows.risks:
        exposure = derived.exposure(row)
        result[row.row] = {
            "exposure": exposure,
            "level": derived.risk_level(exposure, settings),
            "next_review": derived.next_review(row, settings),
        }
    return result


def _projects(rows: Rows) -> RowValues:
    return {
        row.row: {"budget_used": rounded(used)}
        for row in rows.projects
        if (used := costs.budget_used(cost for cost in rows.costs if cost.project_id == row.project_id)) is not None
    }


def _costs(rows: Rows) -> RowValues:
    return {
        row.row: {"variance": row.actual_amount - row.planned_amount}
        for row in rows.costs
        if row.actual_amount is not None and row.planned_amount is not None
    }

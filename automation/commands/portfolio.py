"""What a portfolio shows of the projects of a workbook: health, dates, progress, money, risks, satisfaction.

Not here: the figures (``dashboard``, ``deviations``), many workbooks together (``front.batch``).
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from automation.base.findings import Text
from automation.commands import dashboard, findings_sheet
from automation.commands.dashboard_page import reasons
from automation.deviations import derived, feedback
from automation.deviations.loads import week_loads
from automation.model.runs import LoadFacts, MilestoneFacts, ProjectFacts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from automation.commands.request import Request
    from automation.model.rows import ProjectsRow

GRAVE = frozenset({"high", "very_high"})
_LITTLE = 1e-6
_OVER = frozenset({"closed"})


def facts(request: Request) -> tuple[ProjectFacts, ...]:
    """The facts of every project of a workbook at its status date."""
    figures = dashboard.figures(request).get("projects", {})
    health = reasons(request, findings_sheet.followed(request).findings)
    return tuple(
        _facts(request, row, figures.get(row.project_id, {}), health[row.project_id]["health"])
        for row in request.project.rows.projects
        if row.project_id
    )


def loads(request: Request) -> tuple[LoadFacts, ...]:
    """What the work that is left in a workbook asks of each person, week by week."""
    found = week_loads(request.project.rows, request.plans, request.calendar, request.status_date)
    return tuple(LoadFacts(_name(request, one.resource), one.week, one.asked, one.there) for one in found)


class Conflict(NamedTuple):
    """A person of whom several workbooks together ask more days in a week than there are; ``books`` with their days."""

    resource: str
    week: date
    asked: float
    there: float
    books: tuple[tuple[str, float], ...]


def conflicts(books: Mapping[str, Iterable[LoadFacts]]) -> tuple[Conflict, ...]:
    """People asked for by more than one workbook in a week, and for more than they have, by week and name."""
    weeks: dict[tuple[date, str], dict[str, LoadFacts]] = defaultdict(dict)
    for book, found in books.items():
        for one in found:
            weeks[one.week, one.resource][book] = one
    return tuple(
        Conflict(name, week, asked, there, tuple((book, one.asked) for book, one in each.items()))
        for (week, name), each in sorted(weeks.items())
        if len(each) > 1
        and (asked := sum(one.asked for one in each.values()))
        > (there := max(one.there for one in each.values())) + _LITTLE
    )


def _facts(request: Request, row: ProjectsRow, found: dict[str, Any], health: str) -> ProjectFacts:
    customer = request.project.tables["customers"].by_key.get(row.customer_id or "")
    budget = [cost.planned_amount for cost in request.project.rows.costs if cost.project_id == row.project_id]
    spent = [cost.actual_amount for cost in request.project.rows.costs if cost.project_id == row.project_id]
    return ProjectFacts(
        project_id=row.project_id or "",
        name=Text(row.name or "", row.name_en or row.name or ""),
        customer=Text(customer.name or "", customer.name or "") if customer else Text("", ""),
        manager=_name(request, row.project_manager or ""),
        status=row.status or "",
        health=health,
        percent_complete=found.get("percent_complete"),
        planned_percent=found.get("planned_percent"),
        baseline_finish=found.get("baseline_finish"),
        forecast_finish=found.get("forecast_finish"),
        slip_days=found.get("slip_days"),
        spi=found.get("spi"),
        cpi=found.get("cpi"),
        budget=row.budget_total or _sum(budget),
        actual_cost=_sum(spent),
        estimate_at_completion=found.get("estimate_at_completion"),
        currency=request.settings.text("currency"),
        high_risks=sum(
            risk.project_id == row.project_id
            and risk.status not in _OVER
            and derived.risk_level(derived.exposure(risk), request.settings) in GRAVE
            for risk in request.project.rows.risks
        ),
        satisfaction=feedback.latest_satisfaction(request.project.rows.feedback).get(row.customer_id or ""),
        milestones=tuple(
            MilestoneFacts(
                one["key"] or "",
                _task_name(request, one["key"]),
                one["baseline_finish"],
                one["forecast_finish"],
                _percent(request, one["key"]),
            )
            for one in found.get("milestones", ())
        ),
        start=row.start_planned or _first_start(request, row.project_id or ""),
    )


def _first_start(request: Request, project: str) -> date | None:
    tasks = (task for task in request.project.rows.plan if task.project_id == project)
    return min((day for task in tasks if (day := task.actual_start or task.calc_start) is not None), default=None)


def _name(request: Request, key: str) -> str:
    row = request.project.tables["resources"].by_key.get(key)
    return (row.name if row else None) or key


def _task_name(request: Request, key: str) -> Text:
    row = request.project.tables["plan"].by_key.get(key)
    name = (row.name if row else None) or ""
    return Text(name, (row.name_en if row else None) or name)


def _percent(request: Request, key: str) -> float:
    row = request.project.tables["plan"].by_key.get(key)
    return float((row.percent_complete if row else None) or 0)


def _sum(amounts: list[Any]) -> Decimal | None:
    known = [Decimal(str(amount)) for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None

"""Earned value of a workbook's projects as figures and tables for programs, and the points of its S-curve.

Not here: the computation (``planning.performance``), the command and its sentences (``earned_value``).
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from automation.deviations import derived
from automation.planning.earned_value import Outlook
from automation.planning.earning import Method
from automation.planning.evm_curve import evm_curve
from automation.planning.performance import Inputs, performance

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from automation.commands.request import Request
    from automation.model.rows import CostsRow, PlanRow
    from automation.planning.earned_value import EarnedValue
    from automation.planning.evm_curve import CurvePoint
    from automation.planning.performance import Performance

CENT, INDEX = Decimal("0.01"), Decimal("0.0001")
NEEDED = ("project_id", "category", "planned_amount", "actual_amount")
"""Columns of the costs sheet without which a row cannot be counted."""
METHOD = ("ev_method", "ev_milestones")
NAMES = (
    "budget_at_completion",
    "planned_value",
    "earned_value",
    "actual_cost",
    "schedule_variance",
    "cost_variance",
    "spi",
    "cpi",
    "eac_typical",
    "eac_atypical",
    "eac_combined",
    "variance_at_completion",
    "tcpi",
    "tcpi_eac",
    "planned_duration_days",
    "actual_time_days",
    "earned_schedule_days",
    "schedule_variance_days",
    "spi_time",
    "forecast_duration_days",
    "forecast_finish_earned_schedule",
)
"""Every figure of earned value; the names of those that the rules use (C07) are others."""


def performance_of(request: Request, project: str) -> Performance | None:
    """The earned value of a project at the status date; ``None`` without plan or costs, or while its progress is in doubt.

    Costs rows with an error are left out (``left_out``); a method with an error counts as empty.
    """
    return performances(request, (project,))[project]


def performances(request: Request, projects: Iterable[str]) -> dict[str, Performance | None]:
    """The earned value of several projects by their ids, see ``performance_of``."""
    rows = request.project.rows
    plans, costs = derived.by_project(rows.plan), derived.by_project(rows.costs)
    resources = {row.resource_id: row for row in rows.resources if row.resource_id}
    usual = Method(request.settings.text("ev_method"))
    found: dict[str, Performance | None] = {}
    for project in projects:
        plan = request.plans.get(project)
        own = [row for row in costs.get(project, ()) if not _wrong(request, row)]
        found[project] = None
        if plan is not None and own:
            tasks = [_with_sound_method(request, row) for row in plans.get(project, ())]
            inputs = Inputs(plan, tasks, own, resources, usual)
            found[project] = performance(inputs, request.calendar, status_date=request.status_date)
    return found


def curve_of(request: Request, project: str) -> tuple[CurvePoint, ...]:
    """The S-curve of a project; no points where its earned value is not known."""
    found = performance_of(request, project)
    return () if found is None else _curve(request, project, found)


def left_out(request: Request, project: str) -> tuple[str, ...]:
    """The costs rows of a project that do not count because of an error."""
    return tuple(
        row.cost_id or f"{request.project.tables['costs'].name}!{row.row}"
        for row in request.project.rows.costs
        if row.project_id == project and _wrong(request, row)
    )


def figures_of(found: Performance | None) -> dict[str, Any]:
    """The figures of a project by name: money in cents, indices to four decimals, days to two; ``None`` if unknown."""
    if found is None:
        return dict.fromkeys(NAMES)
    schedule = found.schedule
    times: dict[str, Any] = {}
    if schedule is not None:
        times = {
            "planned_duration_days": schedule.planned,
            "actual_time_days": schedule.elapsed,
            "earned_schedule_days": _days(schedule.earned),
            "schedule_variance_days": _days(schedule.variance),
            "spi_time": _ratio(schedule.performance_index),
            "forecast_duration_days": _days(schedule.at_completion),
            "forecast_finish_earned_schedule": found.forecast_finish,
        }
    return {**dict.fromkeys(NAMES), **sums_of(found.value, planned_known=found.planned_known), **times}


def with_earned_value(request: Request, figures: Mapping[str, Any]) -> dict[str, Any]:
    """Figures with those of earned value added: to each of ``projects``, and those of the first of them at the top."""
    projects = figures.get("projects") or {}
    if not projects:
        return dict(figures)
    found = {name: figures_of(one) for name, one in performances(request, projects).items()}
    first = next(iter(found.values()), {})
    return {**figures, **first, "projects": {name: {**projects[name], **found[name]} for name in projects}}


def sums_of(value: EarnedValue, *, planned_known: bool) -> dict[str, Any]:
    """The figures of a project, phase or task that rest on its four sums."""
    eac = {outlook: value.at_completion(outlook) for outlook in Outlook}
    typical = eac[Outlook.TYPICAL]
    return {
        "budget_at_completion": _money(value.budget),
        "planned_value": _money(value.planned) if planned_known else None,
        "earned_value": _money(value.earned),
        "actual_cost": _money(value.actual),
        "schedule_variance": _money(value.schedule_variance) if planned_known else None,
        "cost_variance": _money(value.cost_variance),
        "spi": _index(value.schedule_index) if planned_known else None,
        "cpi": _index(value.cost_index),
        "eac_typical": _money(typical),
        "eac_atypical": _money(eac[Outlook.ATYPICAL]),
        "eac_combined": _money(eac[Outlook.COMBINED]) if planned_known else None,
        "variance_at_completion": _money(value.variance_at_completion()),
        "tcpi": _index(value.to_complete_index(value.budget)),
        "tcpi_eac": None if typical is None else _index(value.to_complete_index(typical)),
    }


def tables_of(request: Request, project: str, found: Performance) -> dict[str, Any]:
    """Rows for programs and pictures: phases, tasks, and the S-curve by week."""
    names = {row.task_id: row for row in reversed(request.project.rows.plan) if row.project_id == project}
    return {
        "phases": [
            {"phase": phase, **sums_of(value, planned_known=found.planned_known)}
            for phase, value in found.phases.items()
        ],
        "tasks": [
            {
                "task": name,
                "name": names[name].name,
                "name_en": names[name].name_en,
                "phase": names[name].phase,
                **sums_of(value, planned_known=found.planned_known),
            }
            for name, value in found.tasks.items()
        ],
        "curve": [point._asdict() for point in _curve(request, project, found)],
    }


def _curve(request: Request, project: str, found: Performance) -> tuple[CurvePoint, ...]:
    return evm_curve(found, request.plans[project], request.calendar, status_date=request.status_date)


def _wrong(request: Request, row: CostsRow) -> bool:
    return _has_error(request, "costs", row.row, NEEDED)


def _with_sound_method(request: Request, row: PlanRow) -> PlanRow:
    """The row without a method or milestones that cannot be relied on."""
    wrong: dict[str, Any] = {
        name: None for name in METHOD if getattr(row, name) and _has_error(request, "plan", row.row, (name,))
    }
    return row._replace(**wrong) if wrong else row


def _has_error(request: Request, sheet: str, number: int, columns: Iterable[str]) -> bool:
    return any((sheet, number, column) in request.failed for column in columns)


def _money(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else amount.quantize(CENT)


def _index(index: Decimal | None) -> float | None:
    return None if index is None else float(index.quantize(INDEX))


def _ratio(index: float | None) -> float | None:
    return None if index is None else round(index, 4)


def _days(days: float | None) -> float | None:
    return None if days is None else round(days, 2)

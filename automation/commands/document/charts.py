"""The pictures that documents show: what the figures of the workbook are drawn from.

Not here: the drawing (``word.charts``), where a picture stands (templates), the Gantt chart (``gantt_bars``).
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.commands.earned_value_figures import curve_of, performance_of
from automation.commands.gantt_bars import chart_of, project_name
from automation.deviations import feedback, services
from automation.deviations.loads import week_loads
from automation.model.charts.delivery import CategoryCost, Costs, RatedRisk, RiskMatrix, ValueCurve, ValuePoint
from automation.model.charts.plan import LoadedResource, ResourceLoad
from automation.model.charts.service import AttainedMonth, Attainment, Satisfaction, Scored, ScoredDimension
from automation.planning.earned_value import Outlook

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from automation.commands.document.source import Source
    from automation.deviations.risk_review import Reviewed
    from automation.deviations.services import Kept
    from automation.model.charts.plan import Gantt
    from automation.model.rows import FeedbackRow

WEEKS = 12
"""So many weeks of load are drawn."""
MONTHS = 12
"""So many months of service are drawn."""


def gantt_chart(source: Source) -> Gantt | None:
    """The project's plan as bars; ``None`` when there is nothing to draw."""
    if source.home is None or source.plan is None:
        return None
    found = chart_of(source.request, source.home)
    return found if found.rows else None


def value_chart(source: Source) -> ValueCurve | None:
    """Planned value, earned value and actual cost over time; ``None`` while they are not known."""
    key = (source.home.project_id if source.home else None) or ""
    found = performance_of(source.request, key)
    points = curve_of(source.request, key) if found is not None else ()
    if source.home is None or found is None or not points:
        return None
    value = found.value
    return ValueCurve(
        project_name(source.home),
        tuple(ValuePoint(**point._asdict()) for point in points),
        source.status_date,
        value.budget,
        value.at_completion(Outlook.TYPICAL),
        _ratio(value.schedule_index) if found.planned_known else None,
        _ratio(value.cost_index),
        _currency(source),
    )


def _ratio(index: Decimal | None) -> float | None:
    return None if index is None else float(index)


def _currency(source: Source) -> Text:
    code = source.currency
    return Text("元", code) if code == "CNY" else Text(code, code)


def cost_chart(source: Source) -> Costs | None:
    """Planned and actual cost by category; ``None`` without costs."""
    sums: dict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for row in source.own(source.rows.costs):
        if row.category:
            sums[row.category][0] += row.planned_amount or 0
            sums[row.category][1] += row.actual_amount or 0
    labels = source.catalogue.lists["cost_category"].by_code
    if source.home is None or not sums:
        return None
    found = tuple(CategoryCost(labels[code].label, *sums[code]) for code in labels if code in sums)
    return Costs(project_name(source.home), found, source.status_date, _currency(source)) if found else None


def load_chart(source: Source) -> ResourceLoad | None:
    """The load of every resource in the coming weeks; ``None`` when nobody is asked for."""
    request = source.request
    loads = week_loads(request.project.rows, request.plans, request.calendar, source.status_date, weeks=WEEKS)
    if source.home is None or not loads:
        return None
    weeks: tuple[date, ...] = tuple(sorted({one.week for one in loads}))
    by_name: dict[str, dict[date, float | None]] = defaultdict(dict)
    for one in loads:
        by_name[one.resource][one.week] = one.percent
    people = tuple(
        LoadedResource(name, Text(source.person(name), source.person(name)), tuple(map(found.get, weeks)))
        for name, found in by_name.items()
    )
    limit = request.settings.number("load_max")
    return ResourceLoad(project_name(source.home), weeks, people, source.status_date, limit)


def risk_chart(source: Source, found: Iterable[Reviewed]) -> RiskMatrix | None:
    """The assessed risks by probability and impact; ``None`` when none is assessed."""
    rated = tuple(
        RatedRisk(one.row.risk_id or "", int(one.row.probability), int(one.row.impact))
        for one in found
        if one.row.probability is not None and one.row.impact is not None
    )
    if source.home is None or not rated:
        return None
    settings = source.request.settings
    limits = [settings.whole(name) for name in ("risk_very_high", "risk_high", "risk_medium")]
    return RiskMatrix(project_name(source.home), rated, *limits)


def attainment_chart(source: Source, last: str) -> Attainment | None:
    """How far the service levels of the customer were kept, up to a month such as ``2026-05``; ``None`` with no requests."""
    customer = source.customer
    months: dict[str, list[Kept]] = defaultdict(list)
    for one in services.kept(source.rows, source.request.settings, source.status_date):
        month = one.request.received_at.isoformat()[:7] if one.request.received_at else ""
        if customer and one.request.customer_id == customer.customer_id and month and month <= last:
            months[month].append(one)
    if customer is None or not months:
        return None
    name = Text(customer.name or "", customer.name or "")
    target = source.request.settings.number("sla_min")
    points = tuple(
        AttainedMonth(month, len(found), _kept(one.response for one in found), _kept(one.resolve for one in found))
        for month, found in sorted(months.items())[-MONTHS:]
    )
    return Attainment(name, points, target)


def _kept(judged: Iterable[bool | None]) -> float | None:
    """The percent kept of those that can be judged."""
    known = [one for one in judged if one is not None]
    return 100 * sum(known) / len(known) if known else None


def satisfaction_chart(source: Source, rows: Iterable[FeedbackRow]) -> Satisfaction | None:
    """The scores of surveys by dimension and period, the overall one first; ``None`` without any."""
    scores: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row.kind == feedback.SURVEY and row.score is not None and row.period and row.dimension:
            scores[row.dimension][row.period].append(float(row.score))
    labels = source.catalogue.lists["dimension"].by_code
    dimensions = tuple(
        ScoredDimension(
            labels[code].label,
            tuple(
                Scored(period, sum(values) / len(values), len(values))
                for period, values in sorted(scores[code].items())
            ),
        )
        for code in labels
        if code in scores
    )
    if source.customer is None or not dimensions or feedback.OVERALL not in scores:
        return None
    name = source.customer.name or ""
    return Satisfaction(Text(name, name), dimensions, source.request.settings.number("sat_target"))

"""The internal annex to the progress report (D07I): budget, earned value and load, never for the customer.

Not here: its look (``templates/*/D07I.docx``) and the report itself (``progress``).
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from automation.base.findings import Text
from automation.commands.dashboard_page import reasons
from automation.commands.document.amounts import money
from automation.commands.document.charts import cost_chart, load_chart, value_chart
from automation.commands.document.frame import frame
from automation.commands.document.source import EMPTY, number, pair
from automation.commands.earned_value_figures import figures_of, performance_of
from automation.deviations import costs
from automation.deviations.loads import week_loads

if TYPE_CHECKING:
    from automation.commands.document.source import Source

TITLE = Text("进度报告内部附件", "Progress report: internal annex")


def progress_annex(source: Source) -> dict[str, Any]:
    """The context of D07I for the source's project."""
    return {
        **frame(source, "D07I", TITLE, signed=False),
        "budget": _budget(source),
        "categories": _categories(source),
        "value": _value(source),
        "loads": _loads(source),
        "limit": number(source.request.settings.number("load_max")),
        "findings": _findings(source),
        "charts": {"value": value_chart(source), "costs": cost_chart(source), "load": load_chart(source)},
    }


def _percent(value: float | None) -> str:
    return EMPTY if value is None else f"{value:.1f}%"


def _budget(source: Source) -> list[dict[str, str]]:
    own = source.own(source.rows.costs)
    plan = source.plan
    percent = plan.figures.percent_complete if plan and plan.forecast_known else None
    estimate = costs.estimate_at_completion(own, percent, source.request.settings) if percent is not None else None
    planned = costs.planned(own)
    over = None if estimate is None else Decimal(str(estimate)) - planned
    return [
        pair(source, "项目预算", "Budget of the project", money(source, source.project.budget_total)),
        pair(source, "计划成本合计", "Planned cost", money(source, planned)),
        pair(source, "实际成本合计", "Actual cost", money(source, costs.actual(own))),
        pair(source, "预算使用率", "Budget used", _percent(costs.budget_used(own))),
        pair(source, "实际完成率", "Complete", _percent(percent)),
        pair(source, "完工估算", "Estimate at completion", money(source, estimate)),
        pair(source, "预计超出（负数为节余）", "Expected overrun (negative: saving)", money(source, over)),
    ]


def _categories(source: Source) -> list[dict[str, str]]:
    sums: dict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for row in source.own(source.rows.costs):
        sums[row.category or ""][0] += row.planned_amount or 0
        sums[row.category or ""][1] += row.actual_amount or 0
    return [
        {
            "name": source.label("costs", "category", code or None),
            "planned": money(source, planned),
            "actual": money(source, actual),
            "used": _percent(float(100 * actual / planned) if planned else None),
            "over": "over" if actual > planned else "",
        }
        for code, (planned, actual) in sums.items()
    ]


def _value(source: Source) -> list[dict[str, str]]:
    figures = figures_of(performance_of(source.request, source.project.project_id or ""))
    names = (
        ("planned_value", "计划价值 PV", "Planned value (PV)"),
        ("earned_value", "挣值 EV", "Earned value (EV)"),
        ("actual_cost", "实际成本 AC", "Actual cost (AC)"),
        ("spi", "进度绩效指数 SPI", "Schedule performance index (SPI)"),
        ("cpi", "成本绩效指数 CPI", "Cost performance index (CPI)"),
        ("eac_typical", "完工估算 EAC（按目前绩效）", "Estimate at completion (EAC, at today's performance)"),
        ("tcpi", "完工尚需绩效指数 TCPI", "To-complete performance index (TCPI)"),
    )
    return [pair(source, zh, en, _shown(source, figures.get(name))) for name, zh, en in names]


def _shown(source: Source, value: Any) -> str | None:
    if value is None:
        return None
    return money(source, value) if isinstance(value, Decimal) else f"{value:.2f}"


def _loads(source: Source) -> list[dict[str, str]]:
    """Weeks in which somebody is asked for more than the limit, with the tasks that ask."""
    request = source.request
    limit = request.settings.number("load_max")
    names = {row.task_id: source.pick(row) for row in source.rows.plan}
    return [
        {
            "name": source.person(one.resource),
            "week": source.day(one.week),
            "load": EMPTY if one.percent is None else f"{one.percent:.0f}%",
            "tasks": source.joined(names.get(task.task) or task.task for task in one.tasks),
        }
        for one in week_loads(request.project.rows, request.plans, request.calendar, source.status_date)
        if one.percent is None or one.percent > limit + 1e-6
    ]


def _findings(source: Source) -> list[dict[str, str]]:
    """The rules behind the project's colour, with how many findings each has."""
    request = source.request
    open_ones = [one for one in request.findings if request.is_open(one)]
    found = reasons(request, open_ones).get(source.project.project_id or "", {"because": {}})
    messages = request.catalogue.rule_messages
    return [
        {"rule": rule, "name": messages[rule].name.in_(source.language), "count": str(count)}
        for rule, count in found["because"].items()
        if rule in messages
    ]

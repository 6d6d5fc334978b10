"""The dashboard brought up to date (B21): the computed columns and figures that its page reads, and why it is red.

Not here: the figures (``dashboard``), the page (``excel.master.dashboard``).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from automation.base.findings import Severity, Text
from automation.commands import dashboard, findings_sheet
from automation.commands.checking import HEALTH_RULES, computed_edits, project_of
from automation.commands.plan_notices import plan_notices
from automation.model.effects import LogEntry, Need, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from automation.base.findings import Finding
    from automation.commands.request import Request

SHOWN: tuple[tuple[str, Text, str], ...] = (
    ("percent_complete", Text("实际完成率", "complete"), "%"),
    ("planned_percent", Text("计划完成率", "planned"), "%"),
    ("forecast_finish", Text("预测完成日", "forecast finish"), ""),
    ("slip_days", Text("预测延期(工作日)", "slip (working days)"), ""),
    ("budget_used", Text("预算使用率", "budget used"), "%"),
    ("estimate_at_completion", Text("完工估算", "estimate at completion"), ""),
    ("fulfilment_rate", Text("需求实现率", "requirements fulfilled"), "%"),
    ("first_pass_yield", Text("一次通过率", "first-pass yield"), "%"),
    ("sla_attainment", Text("SLA 达成率", "SLA attainment"), "%"),
    ("satisfaction", Text("客户满意度", "satisfaction"), ""),
    ("win_rate", Text("签约率", "win rate"), "%"),
    ("weighted_pipeline", Text("加权商机金额", "weighted pipeline"), ""),
)
"""The figures that are told in text, in the order of the page."""
_COLOURS = {"red": Text("红", "red"), "amber": Text("黄", "amber"), "green": Text("绿", "green")}


def show(request: Request) -> Outcome:
    """Every figure of the dashboard and the computed columns that it reads, written where they differ."""
    followed = findings_sheet.follow(
        request.findings, request.project, request.catalogue, request.status_date, skipped=request.judged.skipped
    )
    figures = dashboard.figures(request)
    health = reasons(request, followed.findings)
    place = next(iter(request.project.figures.values()), None)
    return Outcome(
        edits=(*computed_edits(request, followed.findings), *dashboard.edits(request, figures)),
        figures={**figures, "health": health},
        lines=(*_health_lines(request, health), *_figure_lines(figures)),
        notices=plan_notices(request),
        log=(LogEntry("dashboard", "dashboard"),),
        goto=f"'{place.sheet}'!A1" if place else "",
        needs=(Need("generate", "projects"),),
    )


def reasons(request: Request, findings: Sequence[Finding]) -> dict[str, dict[str, Any]]:
    """The health of each project with its reasons (C33): how many findings of which rule give it its colour."""
    found: dict[str, dict[str, Any]] = {}
    for row in request.project.rows.projects:
        key = row.project_id or ""
        counted = [
            one
            for one in findings
            if one.rule.startswith(HEALTH_RULES) and request.is_open(one) and project_of(request, one) == key
        ]
        grade = max((one.severity for one in counted), default=Severity.REMINDER)
        colour = "red" if grade >= Severity.HIGH else "amber" if grade >= Severity.MEDIUM else "green"
        worst = Counter(one.rule for one in counted if one.severity == grade) if colour != "green" else Counter()
        found[key] = {"health": colour, "because": dict(worst)}
    return found


def _health_lines(request: Request, health: Mapping[str, dict[str, Any]]) -> Iterator[Text]:
    messages = request.catalogue.rule_messages
    for key, one in health.items():
        colour = _COLOURS[one["health"]]
        zh = "、".join(f"{messages[rule].name.zh}({number})" for rule, number in one["because"].items())
        en = ", ".join(f"{messages[rule].name.en} ({number})" for rule, number in one["because"].items())
        yield Text(
            f"{key} 健康度：{colour.zh}" + (f"，因为 {zh}" if zh else ""),
            f"{key} health: {colour.en}" + (f", because of {en}" if en else ""),
        )


def _figure_lines(figures: Mapping[str, Any]) -> Iterator[Text]:
    for name, label, unit in SHOWN:
        value = figures.get(name)
        text = "—" if value is None else f"{value:,.0f}" if name in _MONEY else f"{value}{unit}"
        yield Text(f"  {label.zh}：{text}", f"  {label.en}: {text}")


_MONEY = frozenset({"estimate_at_completion", "weighted_pipeline"})

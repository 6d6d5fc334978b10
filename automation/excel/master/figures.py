"""What the dashboard shows: tiles, chart series and figures, as data.

Not here: where they stand and how they look (``dashboard``, ``charts``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from automation.base.findings import Text
from automation.excel.master.tally import Sum, Tally, Where, any_of, open_findings, tally

if TYPE_CHECKING:
    from collections.abc import Mapping


class Figure(NamedTuple):
    """One row of ``tbl_dashboard``: a computed result that a command writes by its identifier."""

    id: str
    section: Text
    label: Text
    unit: Text


class Ratio(NamedTuple):
    """A tile that shows one count, or a part of a whole in percent; ``detail`` explains both numbers."""

    label: Text
    part: Tally | Sum
    whole: Tally | Sum | None
    detail: Text


_SCHEDULE: Final = Text("进度", "Schedule")
_COST: Final = Text("成本", "Cost")
_SCOPE: Final = Text("需求", "Requirements")
_QUALITY: Final = Text("质量", "Quality")
_SERVICE: Final = Text("服务", "Service")
_SALES: Final = Text("销售", "Sales")
_PERCENT: Final = Text("%", "%")

FIGURES: Final = (
    Figure("planned_percent", _SCHEDULE, Text("计划完成率", "Planned % complete"), _PERCENT),
    Figure("percent_complete", _SCHEDULE, Text("实际完成率", "Actual % complete"), _PERCENT),
    Figure("on_time_rate", _SCHEDULE, Text("任务按期完成率", "On-time task rate"), _PERCENT),
    Figure("forecast_finish", _SCHEDULE, Text("预测完成日", "Forecast finish"), Text("日期", "date")),
    Figure("slip_days", _SCHEDULE, Text("预测延期", "Forecast slip"), Text("工作日", "wd")),
    Figure("budget_used", _COST, Text("预算使用率", "Budget used"), _PERCENT),
    Figure("estimate_at_completion", _COST, Text("完工估算", "Estimate at completion"), Text("元", "CNY")),
    Figure("scope_growth", _SCOPE, Text("范围增长率", "Scope growth"), _PERCENT),
    Figure("fulfilment_rate", _SCOPE, Text("需求实现率", "Requirement fulfilment"), _PERCENT),
    Figure("first_pass_yield", _QUALITY, Text("一次通过率", "First-pass yield"), _PERCENT),
    Figure("sla_attainment", _SERVICE, Text("SLA达成率", "SLA attainment"), _PERCENT),
    Figure("satisfaction", _SERVICE, Text("客户满意度", "Customer satisfaction"), Text("分", "points")),
    Figure("win_rate", _SALES, Text("签约率", "Win rate"), _PERCENT),
    Figure("weighted_pipeline", _SALES, Text("加权商机金额", "Weighted pipeline"), Text("元", "CNY")),
)
"""Rows of ``tbl_dashboard``, by identifier; their values are empty in a fresh workbook."""

BLOCKS: Final = {
    "progress": Text("进度与预算对比（%）", "Progress against plan and budget (%)"),
    "tasks": Text("任务状态", "Tasks by status"),
    "slips": Text("里程碑偏差（工作日）", "Milestone slips (working days)"),
    "findings": Text("未关闭的检查结果", "Open findings by severity"),
    "requirements": Text("需求状态", "Requirements by status"),
    "checks": Text("检查与测试结果", "Checks by result"),
    "costs": Text("成本：预算与实际", "Cost: planned and actual"),
    "risks": Text("风险矩阵（未关闭）", "Risk matrix (open risks)"),
    "milestones": Text("里程碑", "Milestones"),
    "scope": Text("需求燃起图（条）", "Requirements raised and realised (burn-up)"),
    "pipeline": Text("商机金额（按阶段）", "Pipeline by stage"),
    "requests": Text("服务请求状态", "Service requests by status"),
}
"""Titles of the dashboard's blocks and of their data."""

_OPEN_RISK: Final = Where("status", "closed", "<>")
_MILESTONE: Final = Where("kind", "milestone")
REALISED: Final = ("realised", "verified", "accepted")
"""States of a requirement that count as done in the burn-up."""
WITHDRAWN: Final = ("deferred", "cancelled")
"""States of a requirement that is out of scope."""
_CONFIRMED: Final = ("confirmed", "in_realisation", "realised", "verified", "accepted")
_LIVE: Final = ("collected", "analysed", *_CONFIRMED)

TILES: Final = (
    Ratio(
        Text("已确认需求", "Requirements confirmed"),
        any_of("requirements", "status", _CONFIRMED),
        any_of("requirements", "status", _LIVE),
        Text("已确认 / 有效需求", "Confirmed / live"),
    ),
    Ratio(
        Text("已验收需求", "Requirements accepted"),
        tally("requirements", status="accepted"),
        any_of("requirements", "status", _CONFIRMED),
        Text("已验收 / 已确认", "Accepted / confirmed"),
    ),
    Ratio(
        Text("检查通过率", "Checks passed"),
        any_of("checks", "result", ("passed", "passed_with_conditions")),
        any_of("checks", "result", ("passed", "passed_with_conditions", "failed")),
        Text("通过 / 已执行", "Passed / executed"),
    ),
    Ratio(
        Text("延期里程碑", "Milestones late"),
        Tally("plan", (_MILESTONE, Where("slip_days", 0, ">"))),
        None,
        Text("里程碑总数 {}", "Of {} milestones"),
    ),
    Ratio(
        Text("高风险（未关闭）", "High risks open"),
        any_of("risks", "level", ("very_high", "high"), _OPEN_RISK),
        None,
        Text("未关闭风险 {}", "Of {} open risks"),
    ),
    Ratio(
        Text("SLA解决达标率", "Resolved within SLA"),
        tally("requests", sla_resolve="yes"),
        any_of("requests", "sla_resolve", ("yes", "no")),
        Text("达标 / 已评估", "In time / judged"),
    ),
)
COUNT_TOTALS: Final[Mapping[str, Tally]] = {
    "plan": Tally("plan", (_MILESTONE,)),
    "risks": Tally("risks", (_OPEN_RISK,)),
}
"""The total that stands under a tile that shows a count, by sheet."""


def task_count(status: str) -> Tally:
    """Tasks (no milestones, no phases) with that status."""
    return Tally("plan", (Where("kind", "task"), Where("status", status)))


def requirement_count(status: str) -> Tally:
    """Requirements with that status."""
    return tally("requirements", status=status)


def check_count(result: str) -> Tally:
    """Checks with that result."""
    return tally("checks", result=result)


def finding_count(severity: str) -> Sum:
    """Open findings of that severity."""
    return open_findings(severity)


def cost_sum(category: str, column: str) -> Tally:
    """Planned or actual money of that category."""
    return tally("costs", total=column, category=category)


def deal_sum(stage: str) -> Tally:
    """Quoted money of deals in that stage."""
    return tally("deals", total="quote_amount", stage=stage)


def request_count(status: str) -> Tally:
    """Service requests with that status."""
    return tally("requests", status=status)


def risk_count(probability: int, impact: int) -> Tally:
    """Open risks with that probability and impact, both 1 to 5."""
    return Tally("risks", (Where("probability", probability), Where("impact", impact), _OPEN_RISK))

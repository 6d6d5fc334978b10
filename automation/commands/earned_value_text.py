"""The sentences and the table by phase of the command earned-value. Not here: the figures (``earned_value_figures``)."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from automation.base.findings import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal

    from automation.commands.request import Request
    from automation.model.rows import ProjectsRow
    from automation.planning.earned_value import EarnedValue
    from automation.planning.performance import Performance

SHOWN = 10
"""How many rows or tasks a notice names."""
UNKNOWN = "—"
_HEADS = ("BAC", "PV", "EV", "AC", "SV", "CV", "SPI", "CPI")
_MONEY = (
    "budget_at_completion",
    "planned_value",
    "earned_value",
    "actual_cost",
    "schedule_variance",
    "cost_variance",
    "eac_typical",
    "eac_atypical",
    "eac_combined",
    "variance_at_completion",
    "estimate_at_completion",
)
_PHASE, _WHOLE, _NO_PHASE = Text("阶段", "Phase"), Text("合计", "Total"), Text("（未填阶段）", "(no phase)")


def value_lines(
    request: Request, project: ProjectsRow, found: Performance, figures: Mapping[str, Any]
) -> Iterator[Text]:
    """What the earned value of one project comes to, in lines, and a table of its phases."""
    name, name_en = project.name or "", project.name_en or project.name or ""
    currency = request.settings.text("currency")
    yield Text(
        f"项目 {project.project_id} {name}（{currency}，状态日期 {request.status_date}）",
        f"Project {project.project_id} {name_en} ({currency}, status date {request.status_date})",
    )
    yield from _cost_lines(found, figures)
    if found.schedule is not None:
        yield from _schedule_lines(request, project, figures)
    yield from _table(request, found)


def no_earned_value(project: str) -> Text:
    """Nothing can be said of a project."""
    return Text(
        f"项目 {project} 没有可以计算挣值的计划或成本，未计算；请填写计划和预算与成本表，并先处理检查结果中的计划问题。",
        f"Project {project} has no plan or costs that earned value can be computed from; fill in the sheets Plan and "
        "Costs, and solve the findings on the plan first.",
    )


def no_baseline(project: str) -> Text:
    """Without a baseline nothing was planned by a date."""
    return Text(
        f"项目 {project} 没有完整的进度基线，无法给出计划价值 PV、SPI 和挣得进度；请先“设为基线”。",
        f"Project {project} has no complete baseline, so there is no planned value, SPI or earned schedule; set the "
        "baseline first.",
    )


def cost_rows_left_out(project: str, rows: Sequence[str]) -> Text:
    """Costs rows with errors do not count."""
    zh, en = _few(rows)
    return Text(
        f"项目 {project} 的 {len(rows)} 行成本有数据错误，没有计入挣值：{zh}；请先更正。",
        f"{len(rows)} costs row(s) of project {project} have data errors and do not count: {en}; correct them first.",
    )


def milestones_not_used(tasks: Sequence[str]) -> Text:
    """Weighted milestones that cannot be used."""
    zh, en = _few(tasks)
    return Text(
        f"这些任务的挣值里程碑无法采用，已按完成百分比计算：{zh}。",
        f"The EV milestones of these tasks cannot be used, so they earn by percent complete: {en}.",
    )


def _few(names: Sequence[str]) -> tuple[str, str]:
    more = " …" if len(names) > SHOWN else ""
    return "、".join(names[:SHOWN]) + more, ", ".join(names[:SHOWN]) + more


def _cost_lines(found: Performance, figures: Mapping[str, Any]) -> Iterator[Text]:
    money = {name: _amount(figures[name]) for name in _MONEY}
    reserve, spread = _amount(found.money.reserve), _amount(found.money.spread_budget)
    yield Text(
        f"  完工预算 BAC {money['budget_at_completion']}（不含风险预留 {reserve}）；"
        f"计划价值 PV {money['planned_value']}，挣值 EV {money['earned_value']}，实际成本 AC {money['actual_cost']}",
        f"  Budget at completion BAC {money['budget_at_completion']} (without the risk reserve {reserve}); "
        f"planned value PV {money['planned_value']}, earned value EV {money['earned_value']}, actual cost AC {money['actual_cost']}",
    )
    if found.planned_known:
        spi = _ratio(figures["spi"])
        yield Text(
            f"  进度偏差 SV {money['schedule_variance']}，SPI {spi}{_verdict(figures['spi'], '落后', '提前')}",
            f"  Schedule variance SV {money['schedule_variance']}, SPI {spi}{_verdict(figures['spi'], 'behind', 'ahead')}",
        )
    cpi = _ratio(figures["cpi"])
    yield Text(
        f"  成本偏差 CV {money['cost_variance']}，CPI {cpi}{_verdict(figures['cpi'], '超支', '节省')}",
        f"  Cost variance CV {money['cost_variance']}, CPI {cpi}{_verdict(figures['cpi'], 'over cost', 'under cost')}",
    )
    yield Text(
        f"  完工估算 EAC：效率不变 {money['eac_typical']}，余下按计划 {money['eac_atypical']}，"
        f"成本和进度效率都不变 {money['eac_combined']}；按成本类别(规则所用) {money['estimate_at_completion']}",
        f"  Estimate at completion EAC: at the CPI so far {money['eac_typical']}, the rest as planned {money['eac_atypical']}, "
        f"at CPI x SPI {money['eac_combined']}; by cost category (as the rules use it) {money['estimate_at_completion']}",
    )
    yield Text(
        f"  完工偏差 VAC {money['variance_at_completion']}；完工尚需绩效指数 TCPI：按预算 {_ratio(figures['tcpi'])}，按估算 {_ratio(figures['tcpi_eac'])}",
        f"  Variance at completion VAC {money['variance_at_completion']}; to-complete index TCPI: for the budget {_ratio(figures['tcpi'])}, "
        f"for the estimate {_ratio(figures['tcpi_eac'])}",
    )
    if found.money.spread_budget:
        yield Text(
            f"  预算中 {spread} 没有写明任务，已按工作量(工期×投入×费率)分摊到各任务，其实际成本按已完成的工作量分摊",
            f"  {spread} of the budget names no task: spread over the tasks by effort (duration x people x rate), its actual "
            "cost by the effort done",
        )


def _schedule_lines(request: Request, project: ProjectsRow, figures: Mapping[str, Any]) -> Iterator[Text]:
    earned, elapsed = figures["earned_schedule_days"], figures["actual_time_days"]
    variance, index = f"{figures['schedule_variance_days']:+.1f}", _ratio(figures["spi_time"])
    finish = figures["forecast_finish_earned_schedule"] or UNKNOWN
    network = request.plans[project.project_id or ""].forecast_finish
    yield Text(
        f"  挣得进度 ES {earned:.1f} 个工作日，实际用时 AT {elapsed} 个工作日，SV(t) {variance}，SPI(t) {index}；"
        f"照此速度 {finish} 完成（按任务间关系推算为 {network}）",
        f"  Earned schedule ES {earned:.1f} working days in AT {elapsed}, SV(t) {variance}, SPI(t) {index}; "
        f"at this pace finished on {finish} (forecast from the links: {network})",
    )


def _table(request: Request, found: Performance) -> Iterator[Text]:
    values = [*found.phases.items(), (None, found.value)]
    cells = [_cells(value, planned_known=found.planned_known) for _, value in values]
    names = [_WHOLE if phase is None else _phase(request, phase) for phase, _ in values]
    zh = _aligned([(_PHASE.zh, *_HEADS), *((name.zh, *row) for name, row in zip(names, cells, strict=True))])
    en = _aligned([(_PHASE.en, *_HEADS), *((name.en, *row) for name, row in zip(names, cells, strict=True))])
    yield from (Text(f"  {one}", f"  {other}") for one, other in zip(zh, en, strict=True))


def _cells(value: EarnedValue, *, planned_known: bool) -> tuple[str, ...]:
    planned = (value.planned, value.schedule_variance, value.schedule_index) if planned_known else (None, None, None)
    amounts = (value.budget, planned[0], value.earned, value.actual, planned[1], value.cost_variance)
    return (*map(_amount, amounts), _ratio(planned[2]), _ratio(value.cost_index))


def _phase(request: Request, phase: str) -> Text:
    if not phase:
        return _NO_PHASE
    column = request.catalogue.sheets["plan"].column("phase")
    return Text(request.catalogue.label(column, phase, "zh"), request.catalogue.label(column, phase, "en"))


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows of cells with the first column to the left and the others to the right, as wide as a terminal shows them."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell + " " * (width - _width(cell)) if place == 0 else " " * (width - _width(cell)) + cell
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _amount(amount: Decimal | None) -> str:
    """An amount in whole units of the currency with thousands."""
    return UNKNOWN if amount is None else f"{amount:,.0f}"


def _ratio(index: Decimal | float | None) -> str:
    return UNKNOWN if index is None else f"{index:.2f}"


def _verdict(index: float | None, below: str, above: str) -> str:
    """What an index says, in brackets; nothing at 1."""
    if index is None or round(index, 2) == 1:
        return ""
    word = below if index < 1 else above
    return f"（{word}）" if not word.isascii() else f" ({word})"

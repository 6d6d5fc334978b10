"""Process analysis (C25, C30; B22): the five analyses of each step, the funnel of needs, effects proposed.

Not here: the figures (``deviations.processes``, ``deviations.improvements``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.commands.analysis_sheets import filled
from automation.commands.scheduling import rounded
from automation.deviations import improvements, processes
from automation.model.effects import LogEntry, Need, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from automation.commands.request import Request
    from automation.deviations.improvements import Proposal, Stage
    from automation.deviations.processes import Process, Step

SHEET = "process_analysis"
NOTHING = Text("—", "—")


def process_analysis(request: Request) -> Outcome:
    """Customer, resource, bottleneck, control and stability of each step; the funnel; effects that indicators propose.

    Parameter: ``process`` a code such as P-SVC (default: all). Raises UsageError for an unknown one.
    """
    rows = request.project.rows
    wanted = str(request.parameters.get("process") or "")
    found = processes.processes(rows.processes, rows.metrics, request.settings)
    known = [one.code for one in found]
    if wanted and wanted not in known:
        names = ", ".join(known) or "—"
        raise UsageError(
            Text(f"没有流程“{wanted}”：现有 {names}。", f"There is no process “{wanted}”: there are {names}."),
            code="NO_SUCH_ROW",
        )
    shown = [one for one in found if not wanted or one.code == wanted]
    stages = [value.code for value in request.catalogue.lists["funnel"].values]
    funnel = improvements.funnel(rows.improvements, stages, request.status_date)
    effects = improvements.effects(rows.improvements, rows.metrics)
    table = [_row(request, process, step) for process in shown for step in process.steps]
    sheet = filled(request, SHEET, table, caption=_caption(request))
    return Outcome(
        edits=sheet.edits,
        figures={
            "processes": {one.code: _process(one) for one in shown},
            "funnel": {one.stage: one.number for one in funnel},
            "needs": sum(one.number for one in funnel),
        },
        lines=(*_lines(shown), *_funnel_lines(request, funnel), *_effect_lines(request, effects)),
        tables={
            "steps": [_value(process, step) for process in shown for step in process.steps],
            "funnel": [{**one._asdict(), "mean_days": rounded(one.mean_days)} for one in funnel],
            "effects": [_effect(one) for one in effects],
        },
        notices=sheet.notices,
        log=(LogEntry("process-analysis", SHEET),),
        goto=sheet.goto,
        needs=(Need("generate", "processes"),),
    )


def _row(request: Request, process: Process, step: Step) -> dict[str, Any]:
    row = step.row
    hours = f"{row.standard_hours:g}" if row.standard_hours is not None else "—"
    cost = "" if row.cost_per_run is None else f"{row.cost_per_run:,.0f}"
    used = "" if step.utilisation is None else f"{step.utilisation:g}%"
    zh = "；".join(
        part for part in (f"标准 {hours} 小时", cost and f"每次 {cost} 元", used and f"利用率 {used}") if part
    )
    en = "; ".join(part for part in (f"standard {hours} h", cost and f"{cost} a run", used and f"used {used}") if part)
    return {
        "step_id": row.step_id,
        "process": process.name,
        "step": f"{row.step_no or ''} {row.step_name or ''}".strip(),
        "customer": "：".join(part for part in (row.served_customer, row.customer_need) if part) or None,
        "resource": Text(zh, en),
        "bottleneck": _bottleneck(process, step),
        "control": _control(request, step),
        "stability": _stability(request, step),
        "avg_hours": rounded(step.hours, 2),
        "standard_hours": None if row.standard_hours is None else float(row.standard_hours),
    }


def _bottleneck(process: Process, step: Step) -> Text:
    if step.ratio is None:
        return NOTHING
    if step is process.bottleneck:
        return Text(f"瓶颈：为标准的 {step.ratio:.1f} 倍", f"Bottleneck: {step.ratio:.1f} times the standard")
    return Text(f"为标准的 {step.ratio:.1f} 倍", f"{step.ratio:.1f} times the standard")


def _control(request: Request, step: Step) -> Text:
    if step.row.control_point != "yes":
        return Text("非控制点", "no control point")
    if step.compliance is None:
        return Text("控制点，未测量", "control point, not measured")
    limit = request.settings.number("control_min")
    low = step.compliance < limit
    return Text(
        f"遵守率 {step.compliance:g}%" + (f"，低于 {limit:g}%" if low else ""),
        f"kept {step.compliance:g} %" + (f", below {limit:g} %" if low else ""),
    )


def _stability(request: Request, step: Step) -> Text:
    if step.variation is None:
        return NOTHING
    steady = step.variation <= request.settings.number("cv_max")
    return Text(
        f"变异系数 {step.variation:.2f}" + ("" if steady else "，不稳定"),
        f"variation {step.variation:.2f}" + ("" if steady else ", unsteady"),
    )


def _caption(request: Request) -> Text:
    return Text(
        f"状态日期 {request.status_date}：实测值取各指标最近一期；比值最高且超过上限的步骤为瓶颈。",
        f"At {request.status_date}: measured values of the last period; the highest ratio above the limit is the bottleneck.",
    )


def _process(one: Process) -> dict[str, Any]:
    return {
        "cycle_hours": rounded(one.cycle_hours, 2),
        "standard_hours": rounded(one.standard_hours, 2),
        "cost_per_run": one.cost,
        "bottleneck": one.bottleneck.row.step_id if one.bottleneck else None,
    }


def _value(process: Process, step: Step) -> dict[str, Any]:
    return {
        "process": process.code,
        "step": step.row.step_id,
        "customer": step.row.served_customer,
        "resource": rounded(step.utilisation),
        "bottleneck": rounded(step.ratio, 2),
        "control": rounded(step.compliance),
        "stability": rounded(step.variation, 3),
        "hours": rounded(step.hours, 2),
        "share": rounded(process.share(step)),
    }


def _lines(found: Sequence[Process]) -> Iterator[Text]:
    if not found:
        yield Text("没有流程。", "There are no processes.")
    for one in found:
        slow = one.bottleneck
        name = f"{slow.row.step_id} {slow.row.step_name or ''}" if slow else "—"
        ratio = f" {slow.ratio:.1f}x" if slow and slow.ratio else ""
        yield Text(
            f"{one.code} {one.name}：周期 {one.cycle_hours:g} 小时(标准 {one.standard_hours:g})，每次成本 {one.cost:,.0f}，瓶颈 {name}{ratio}",
            f"{one.code} {one.name}: cycle {one.cycle_hours:g} h (standard {one.standard_hours:g}), cost of a run {one.cost:,.0f}, "
            f"bottleneck {name}{ratio}",
        )


def _funnel_lines(request: Request, funnel: Sequence[Stage]) -> Iterator[Text]:
    column = request.catalogue.sheets["improvements"].column("funnel")
    parts_zh, parts_en = (
        [f"{request.catalogue.label(column, one.stage, language)} {one.number}" for one in funnel if one.number]
        for language in ("zh", "en")
    )
    if parts_zh:
        yield Text(f"优化需求漏斗：{'、'.join(parts_zh)}", f"Funnel of needs: {', '.join(parts_en)}")


def _effect_lines(request: Request, effects: Sequence[Proposal]) -> Iterator[Text]:
    column = request.catalogue.sheets["improvements"].column("effect")
    for one in effects:
        zh, en = (request.catalogue.label(column, one.effect, language) for language in ("zh", "en"))
        moved = f"{one.before.period} {one.before.actual:g} → {one.after.period} {one.after.actual:g}"
        yield Text(
            f"{one.row.action_id} {one.row.title or ''}：{moved}，建议效果：{zh}",
            f"{one.row.action_id} {one.row.title or ''}: {moved}, proposed effect: {en}",
        )


def _effect(one: Proposal) -> dict[str, Any]:
    return {
        "action": one.row.action_id,
        "indicator": one.after.indicator,
        "before": one.before.actual,
        "after": one.after.actual,
        "period": one.after.period,
        "effect": one.effect,
    }

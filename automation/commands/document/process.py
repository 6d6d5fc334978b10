"""A process: its description for staff (D21) and its analysis with the needs for improvement (D22).

Not here: their look (``templates/*/D21.docx``, ``D22.docx``), the figures (``deviations.processes``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.base.findings import Text
from automation.commands.document.amounts import money
from automation.commands.document.frame import frame
from automation.commands.document.source import EMPTY, number, pair
from automation.deviations import improvements, processes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from automation.commands.document.source import Source
    from automation.deviations.processes import Process, Step
    from automation.model.rows import ImprovementsRow, ProcessesRow

DESCRIPTION = Text("流程说明书", "Process document")
ANALYSIS = Text("流程分析与优化报告", "Process analysis and optimisation")


def process_description(source: Source) -> dict[str, Any]:
    """The context of D21 for the source's process."""
    found = _process(source)
    rows = [step.row for step in found.steps]
    return {
        **frame(source, "D21", DESCRIPTION, signed=False),
        "process": _facts(source, found),
        "overview": [_line(source, row) for row in rows],
        "steps": [_step(source, row) for row in rows],
    }


def process_analysis(source: Source) -> dict[str, Any]:
    """The context of D22 for the source's process."""
    found = _process(source)
    needs = _needs(source, found)
    return {
        **frame(source, "D22", ANALYSIS, signed=False),
        "process": _facts(source, found),
        "customers": [_customer(source, step.row) for step in found.steps],
        "resources": [_resources(source, found, step) for step in found.steps],
        "bottleneck": _bottleneck(source, found),
        "control": [_control(source, step) for step in found.steps],
        "stability": [_stability(source, step) for step in found.steps],
        "funnel": _funnel(source),
        "needs": [_need(source, row) for row in needs],
        "effects": list(_effects(source, needs)),
        "gaps": _gaps(source, found),
    }


def _process(source: Source) -> Process:
    rows = [row for row in source.rows.processes if row.process_code == source.key]
    (found,) = processes.processes(rows, source.rows.metrics, source.request.settings)
    return found


def _hours(value: float | None) -> str:
    return EMPTY if value is None else number(round(float(value), 2))


def _facts(source: Source, found: Process) -> list[dict[str, str]]:
    first = found.steps[0].row
    reviews = [row for step in found.steps if (row := processes.next_review(step.row, source.request.settings))]
    return [
        pair(source, "流程编号", "Process", found.code),
        pair(source, "流程名称", "Name", found.name),
        pair(source, "流程类型", "Kind", source.label("processes", "process_kind", first.process_kind)),
        pair(source, "流程版本", "Process version", first.version),
        pair(source, "步骤数", "Steps", str(len(found.steps))),
        pair(source, "标准时长合计（小时）", "Standard hours", _hours(found.standard_hours)),
        pair(source, "下次评审", "Next review", source.day(min(reviews, default=None))),
    ]


def _no(row: ProcessesRow) -> str:
    return EMPTY if row.step_no is None else str(int(row.step_no))


def _line(source: Source, row: ProcessesRow) -> dict[str, str]:
    return {
        "no": _no(row),
        "name": row.step_name or EMPTY,
        "owner": source.person(row.owner),
        "input": row.input or EMPTY,
        "output": row.output or EMPTY,
        "hours": _hours(None if row.standard_hours is None else float(row.standard_hours)),
    }


def _step(source: Source, row: ProcessesRow) -> dict[str, str]:
    return {
        **_line(source, row),
        "id": row.step_id or EMPTY,
        "served": row.served_customer or EMPTY,
        "need": row.customer_need or EMPTY,
        "instruction": "\n".join(source.items(row.instruction)) or EMPTY,
        "resources": row.resources_needed or EMPTY,
        "condition": row.transition_condition or EMPTY,
        "control": source.label("processes", "control_point", row.control_point),
        "measure": row.control_measure or EMPTY,
        "exception": row.exception_handling or EMPTY,
    }


def _customer(source: Source, row: ProcessesRow) -> dict[str, str]:
    missing = "" if row.served_customer and row.customer_need else "missing"
    need = row.customer_need or source.say("未填写", "not stated")
    return {
        "no": _no(row),
        "name": row.step_name or EMPTY,
        "served": row.served_customer or EMPTY,
        "need": need,
        "missing": missing,
    }


def _resources(source: Source, found: Process, step: Step) -> dict[str, str]:
    share = found.share(step)
    row = step.row
    return {
        "no": _no(row),
        "name": row.step_name or EMPTY,
        "standard": _hours(None if row.standard_hours is None else float(row.standard_hours)),
        "measured": _hours(step.hours),
        "share": EMPTY if share is None else f"{share:.0f}%",
        "use": EMPTY if step.utilisation is None else f"{step.utilisation:.0f}%",
        "cost": money(source, row.cost_per_run),
    }


def _bottleneck(source: Source, found: Process) -> str:
    step = found.bottleneck
    if step is None or step.hours is None:
        return source.say("没有步骤的实测时长明显超过标准。", "No step takes clearly longer than its standard.")
    row = step.row
    standard, hours = _hours(float(row.standard_hours or 0)), _hours(step.hours)
    ratio = f"{step.ratio:.1f}" if step.ratio is not None else EMPTY
    return source.say(
        f"瓶颈为第 {_no(row)} 步“{row.step_name}”（{row.step_id}）：实测 {hours} 小时，标准 {standard} 小时，为标准的 {ratio} 倍。",
        f"The bottleneck is step {_no(row)}, “{row.step_name}” ({row.step_id}): {hours} hours measured, {standard} standard, "
        f"{ratio} times as long.",
    )


def _control(source: Source, step: Step) -> dict[str, str]:
    row = step.row
    low = step.compliance is not None and step.compliance < source.request.settings.number("control_min")
    return {
        "no": _no(row),
        "name": row.step_name or EMPTY,
        "point": source.label("processes", "control_point", row.control_point),
        "measure": row.control_measure or EMPTY,
        "compliance": EMPTY if step.compliance is None else f"{step.compliance:.0f}%",
        "low": "low" if low else "",
    }


def _stability(source: Source, step: Step) -> dict[str, str]:
    limit = source.request.settings.number("cv_max")
    unstable = step.variation is not None and step.variation > limit
    return {
        "no": _no(step.row),
        "name": step.row.step_name or EMPTY,
        "variation": EMPTY if step.variation is None else f"{step.variation:.2f}",
        "limit": number(limit),
        "unstable": "unstable" if unstable else "",
        "verdict": EMPTY
        if step.variation is None
        else source.say("不稳定", "unstable")
        if unstable
        else source.say("稳定", "stable"),
    }


def _needs(source: Source, found: Process) -> list[ImprovementsRow]:
    steps = {step.row.step_id for step in found.steps}
    rows = [row for row in source.rows.improvements if row.step_id in steps]
    return sorted(rows, key=lambda row: -((row.importance or 0) * (row.urgency or 0)))


def _funnel(source: Source) -> list[dict[str, str]]:
    stages = [value.code for value in source.catalogue.lists["funnel"].values]
    return [
        {
            "stage": source.label("improvements", "funnel", one.stage),
            "count": str(one.number),
            "drivers": source.joined(
                f"{source.label('improvements', 'driver', driver or None)} {count}"
                for driver, count in one.by_driver.items()
            ),
            "days": EMPTY if one.mean_days is None else f"{one.mean_days:.0f}",
        }
        for one in improvements.funnel(source.rows.improvements, stages, source.status_date)
    ]


def _need(source: Source, row: ImprovementsRow) -> dict[str, str]:
    score = None if row.importance is None or row.urgency is None else row.importance * row.urgency
    return {
        "id": row.action_id or EMPTY,
        "title": source.pick(row, "title"),
        "score": number(score),
        "stage": source.label("improvements", "funnel", row.funnel),
        "measure": row.measure or EMPTY,
        "expected": row.expected_effect or EMPTY,
        "effect": source.label("improvements", "effect", row.effect),
    }


def _effects(source: Source, needs: list[ImprovementsRow]) -> Iterator[str]:
    """What the indicators say of improvements that are done."""
    for one in improvements.effects(needs, source.rows.metrics):
        label = source.label("improvements", "effect", one.effect)
        name = source.pick(one.row, "title")
        yield source.say(
            f"{one.row.action_id}“{name}”：按指标判断为“{label}”。", f"{one.row.action_id} “{name}”: {label}."
        )


def _gaps(source: Source, found: Process) -> list[str]:
    gaps = processes.gaps(found.steps)
    lines = []
    if gaps["missing"]:
        names = source.joined(map(str, gaps["missing"]))
        lines.append(source.say(f"步骤序号缺少 {names}。", f"Step numbers are missing: {names}."))
    if gaps["twice"]:
        names = source.joined(map(str, gaps["twice"]))
        lines.append(source.say(f"步骤序号重复：{names}。", f"Step numbers stand twice: {names}."))
    return lines

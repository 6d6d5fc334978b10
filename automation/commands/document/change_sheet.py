"""The change request with its impact analysis (D08): before and after, what is affected, what we advise.

Not here: its look (``templates/*/D08.docx``) and the what-if itself (``deviations.what_if``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.base.findings import Text
from automation.commands.document.amounts import money
from automation.commands.document.frame import frame
from automation.commands.document.source import EMPTY, number, pair
from automation.deviations import derived
from automation.deviations.what_if import Impact, impact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from automation.commands.document.source import Source
    from automation.model.rows import ChangesRow

TITLE = Text("需求变更影响分析单", "Change request and impact analysis")
TICKED, UNTICKED = "☑", "☐"


def change_sheet(source: Source) -> dict[str, Any]:
    """The context of D08 for the source's change."""
    row: ChangesRow = source.subject
    found = _impact(source, row)
    return {
        **frame(source, "D08", TITLE),
        "facts": _facts(source, row),
        "reason": source.items(row.reason),
        "computed": "computed" if found is not None else "",
        "comparison": list(_comparison(source, row, found)),
        "judged": _judged(source, row),
        "tasks": _tasks(source, row),
        "requirements": _requirements(source, row, found),
        "risks": _risks(source, row),
        "advice": _advice(source, row, found),
        "decision": _decision(source, row),
    }


def _impact(source: Source, row: ChangesRow) -> Impact | None:
    """What the change would do to the plan; ``None`` when its effort is not known or it is part of the plan already."""
    if row.added_effort is None or row.implemented_on is not None or source.plan is None:
        return None
    request = source.request
    return impact(request.project, [row], source.plan, request.calendar, request.status_date)


def _facts(source: Source, row: ChangesRow) -> list[dict[str, str]]:
    requirement = source.request.project.table("requirements").by_key.get(row.req_id or "")
    name = f"{row.req_id} {source.pick(requirement, 'title')}" if requirement else row.req_id
    effort = row.added_effort
    days = None if effort is None else source.say(f"{number(effort)} 人天", f"{number(effort)} person-days")
    return [
        pair(source, "变更编号", "Change", row.change_id),
        pair(source, "变更内容", "What changes", source.pick(row, "title")),
        pair(source, "变更类型", "Kind", source.label("changes", "kind", row.kind)),
        pair(source, "相关需求", "Requirement", name),
        pair(source, "提出人", "Raised by", source.contact(row.raised_by, title=True)),
        pair(source, "提出日期", "Raised on", source.day(row.raised_on)),
        pair(source, "优先级", "Priority", source.label("changes", "priority", row.priority)),
        pair(source, "增减工作量", "Effort added", days),
        pair(source, "评估人", "Assessed by", source.person(row.assessed_by)),
        pair(source, "评估日期", "Assessed on", source.day(row.assessed_on)),
    ]


def _comparison(source: Source, row: ChangesRow, found: Impact | None) -> Iterator[dict[str, str]]:
    """Before and after the change: finish, milestones that move, budget of the change."""
    if found is not None:
        yield _compared(
            source.say("项目预测完成日", "Forecast finish of the project"),
            source.day(found.finish_before),
            source.day(found.finish_after),
            _days(source, found.days),
        )
        for moved in found.moved:
            name = source.pick(moved.row)
            yield _compared(name, source.day(moved.before), source.day(moved.after), _days(source, moved.days))
    else:
        yield _compared(source.say("进度", "Schedule"), EMPTY, EMPTY, _days(source, row.impact_days))
    effort = source.say("工作量", "Effort")
    change = EMPTY if row.added_effort is None else _signed(float(row.added_effort))
    yield _compared(effort, EMPTY, EMPTY, change + source.say(" 人天", " person-days") if change != EMPTY else EMPTY)
    cost = EMPTY if row.impact_cost is None else money(source, row.impact_cost)
    yield _compared(source.say("费用", "Cost"), EMPTY, EMPTY, cost)


def _compared(item: str, before: str, after: str, change: str) -> dict[str, str]:
    return {"item": item, "before": before, "after": after, "change": change}


def _signed(value: float) -> str:
    return f"+{number(value)}" if value > 0 else number(value)


def _days(source: Source, days: float | None) -> str:
    if days is None:
        return EMPTY
    if not days:
        return source.say("不变", "none")
    if abs(days) == 1:
        return source.say(f"{_signed(days)} 个工作日", f"{_signed(days)} working day")
    return source.say(f"{_signed(days)} 个工作日", f"{_signed(days)} working days")


def _judged(source: Source, row: ChangesRow) -> list[dict[str, str]]:
    return [
        pair(source, "对质量的影响", "Quality", row.impact_quality),
        pair(source, "对风险的影响", "Risk", row.impact_risk),
    ]


def _tasks(source: Source, row: ChangesRow) -> list[dict[str, str]]:
    rows = source.request.project.table("plan").by_key
    found = []
    for name in row.affected_tasks:
        task = rows.get(name)
        planned = source.plan.tasks.get(name) if source.plan else None
        forecast = planned.forecast if planned else None
        found.append(
            {
                "id": name,
                "name": source.pick(task) if task else EMPTY,
                "owner": source.person(task.owner) if task else EMPTY,
                "status": source.label("plan", "status", task.status) if task else EMPTY,
                "finish": source.day(forecast.finish if forecast else None),
            }
        )
    return found


def _requirements(source: Source, row: ChangesRow, found: Impact | None) -> list[dict[str, str]]:
    names = found.requirements if found is not None else tuple(filter(None, (row.req_id,)))
    rows = source.request.project.table("requirements").by_key
    return [
        {
            "id": name,
            "title": source.pick(rows[name], "title"),
            "status": source.label("requirements", "status", rows[name].status),
            "criterion": rows[name].acceptance_criterion or EMPTY,
        }
        for name in dict.fromkeys(names)
        if name in rows
    ]


def _risks(source: Source, row: ChangesRow) -> list[dict[str, str]]:
    """Open risks of the tasks that the change touches."""
    settings = source.request.settings
    return [
        {
            "id": risk.risk_id or EMPTY,
            "title": source.pick(risk, "title"),
            "level": source.label("risks", "level", derived.risk_level(derived.exposure(risk), settings)),
            "response": "\n".join(source.items(risk.response_plan)) or EMPTY,
        }
        for risk in source.own(source.rows.risks)
        if set(risk.task_ids) & set(row.affected_tasks) and risk.status != "closed"
    ]


def _advice(source: Source, row: ChangesRow, found: Impact | None) -> list[str]:
    """What speaks for and against, from the figures alone."""
    days = found.days if found is not None else row.impact_days
    lines = []
    if row.added_effort is None:
        return [
            source.say(
                "尚未评估工作量，请先完成影响分析再作决定。",
                "The effort is not assessed yet; please complete the analysis before deciding.",
            )
        ]
    if row.implemented_on is not None:
        day = source.day(row.implemented_on)
        lines.append(
            source.say(f"该变更已于{day}实施，现行计划已包含。", f"Implemented on {day}; part of the present plan.")
        )
    elif days is not None and days > 0:
        lines.append(
            source.say(
                f"同意本变更即同意完成日推迟 {number(days)} 个工作日；如完成日不能推迟，建议放入后续阶段或减少其他范围。",
                f"Agreeing means that the finish moves by {number(days)} working days. If it must not, we advise a later "
                "stage, or less scope elsewhere.",
            )
        )
    elif days is not None:
        lines.append(
            source.say(
                "按现行计划测算，完成日不会推迟，可以在本期实施。",
                "By the present plan the finish is not delayed, so it can be done in this stage.",
            )
        )
    if row.priority == "high":
        lines.append(source.say("本变更优先级为高，建议尽快决定。", "The priority is high: please decide soon."))
    if found is not None and found.critical:
        names = _named(source, found.critical)
        lines.append(source.say(f"变更后 {names} 成为关键任务。", f"After the change {names} become critical."))
    if found is not None and found.finished:
        names = _named(source, found.finished)
        lines.append(
            source.say(f"{names} 已完成，返工量未计入。", f"{names} are done already; rework on them is not counted.")
        )
    return lines


def _named(source: Source, keys: tuple[str, ...]) -> str:
    """Tasks by number and name."""
    rows = source.request.project.table("plan").by_key
    return source.joined(f"{key} {source.pick(rows[key])}" if key in rows else key for key in keys)


def _decision(source: Source, row: ChangesRow) -> dict[str, Any]:
    codes = ("approved", "rejected", "deferred")
    return {
        "boxes": {code: TICKED if row.decision == code else UNTICKED for code in codes},
        "by": source.contact(row.approved_by, title=True),
        "on": source.day(row.approved_on),
        "told": source.day(row.communicated_on),
        "made": "" if row.decision in {None, "pending"} else "made",
    }

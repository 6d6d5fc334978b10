"""The risk plan and register (D10) for management, and its short form for the customer (D10C).

Not here: their look (``templates/*/D10*.docx``), levels and trends (``deviations.risk_review``).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from automation.base.findings import Text
from automation.commands.document.amounts import money
from automation.commands.document.charts import risk_chart
from automation.commands.document.frame import frame
from automation.commands.document.source import EMPTY, number, pair
from automation.deviations.derived import exposure
from automation.deviations.risk_review import reserve, review

if TYPE_CHECKING:
    from automation.commands.document.source import Source
    from automation.deviations.risk_review import Reviewed
    from automation.model.rows import RisksRow

TITLE = Text("风险管理计划与登记册", "Risk plan and register")
SHORT = Text("项目风险说明", "Project risks")
TRENDS = {
    "rising": Text("上升", "rising"),
    "falling": Text("下降", "falling"),
    "unchanged": Text("不变", "unchanged"),
    "new": Text("新增", "new"),
}
_LEVELS = ("very_high", "high", "medium", "low")
_GRAVE = frozenset({"very_high", "high"})


def risk_register(source: Source) -> dict[str, Any]:
    """The context of D10 for the source's project."""
    found = _open(source)
    return {
        **frame(source, "D10", TITLE, signed=False),
        "method": _method(source),
        "levels": _levels(source, found),
        "risks": [_risk(source, one) for one in found],
        "reviews": [_reviewed(source, one) for one in found],
        "closed": [_closed(source, row) for row in source.own(source.rows.risks) if row.status == "closed"],
        "reserve": money(source, reserve(found)),
        "trainings": _trainings(source),
        "charts": {"risks": risk_chart(source, found)},
    }


def risks_for_customer(source: Source) -> dict[str, Any]:
    """The context of D10C for the source's project: the grave risks, and what both sides do about them."""
    found = _open(source)
    grave = [one for one in found if one.level in _GRAVE]
    return {
        **frame(source, "D10C", SHORT, signed=False),
        "total": len(found),
        "risks": [_risk(source, one) for one in grave],
        "charts": {"risks": risk_chart(source, found)},
    }


def _open(source: Source) -> list[Reviewed]:
    """The open risks, gravest first; those that are not assessed last."""
    found = review(source.own(source.rows.risks), source.request.settings, source.status_date)
    return sorted(found, key=lambda one: (one.exposure is None, -(one.exposure or 0), one.row.row))


def _method(source: Source) -> list[dict[str, str]]:
    settings = source.request.settings
    limits = {name: number(settings.number(f"risk_{name}")) for name in ("very_high", "high", "medium")}
    label = {code: source.label("risks", "level", code) for code in _LEVELS}
    cycles = {code: number(settings.number(f"risk_cycle_{code}")) for code in _LEVELS}
    join = source.say("；", "; ").join
    return [
        pair(
            source,
            "风险值",
            "Exposure",
            source.say("概率（1 至 5）× 影响（1 至 5）", "Probability (1 to 5) × impact (1 to 5)"),
        ),
        pair(
            source,
            "级别",
            "Levels",
            join(source.say(f"{label[name]}：{limits[name]} 及以上", f"{label[name]}: {limits[name]} or more")
                 for name in ("very_high", "high", "medium"))
            + source.say(f"；其余为{label['low']}", f"; otherwise {label['low'].lower()}"),
        ),
        pair(
            source,
            "评审周期",
            "Review cycle",
            join(source.say(f"{label[code]} {cycles[code]} 天", f"{label[code]}: {cycles[code]} days") for code in _LEVELS),
        ),
    ]  # fmt: skip


def _levels(source: Source, found: list[Reviewed]) -> list[dict[str, str]]:
    counted = Counter(one.level for one in found)
    rows = [(source.label("risks", "level", code), counted[code]) for code in _LEVELS]
    rows.append((source.say("未评估", "not assessed"), counted[None]))
    return [{"level": name, "count": str(count)} for name, count in rows]


def _risk(source: Source, one: Reviewed) -> dict[str, str]:
    row = one.row
    tasks = {task.task_id: source.pick(task) for task in source.own(source.rows.plan)}
    text = source.pick(row, "description")
    return {
        "id": row.risk_id or EMPTY,
        "title": source.pick(row, "title"),
        "text": text,
        "category": source.label("risks", "category", row.category),
        "exposure": EMPTY if one.exposure is None else f"{row.probability} × {row.impact} = {one.exposure}",
        "level": source.label("risks", "level", one.level),
        "grave": "grave" if one.level in _GRAVE else "",
        "trend": TRENDS[one.trend].in_(source.language),
        "response": source.label("risks", "response", row.response),
        "plan": "\n".join(source.items(row.response_plan)) or source.say("待定", "to be decided"),
        "contingency": "\n".join(source.items(row.contingency)) or EMPTY,
        "trigger": row.trigger or EMPTY,
        "owner": source.person(row.owner),
        "due": source.day(row.due),
        "status": source.label("risks", "status", row.status),
        "tasks": source.joined(tasks.get(name) or name for name in row.task_ids),
    }


def _reviewed(source: Source, one: Reviewed) -> dict[str, str]:
    return {
        "id": one.row.risk_id or EMPTY,
        "title": source.pick(one.row, "title"),
        "last": source.day(one.row.last_review),
        "next": source.day(one.next_review),
        "due": "due" if one.due else "",
        "trend": TRENDS[one.trend].in_(source.language),
        "owner": source.person(one.row.owner),
    }


def _closed(source: Source, row: RisksRow) -> dict[str, str]:
    residual = None
    if row.residual_probability is not None and row.residual_impact is not None:
        residual = row.residual_probability * row.residual_impact
    was = exposure(row)
    return {
        "id": row.risk_id or EMPTY,
        "title": source.pick(row, "title"),
        "was": EMPTY if was is None else str(was),
        "residual": EMPTY if residual is None else str(residual),
        "plan": "\n".join(source.items(row.response_plan)) or EMPTY,
    }


def _trainings(source: Source) -> list[dict[str, str]]:
    """Trainings of our staff on risks: those whose subject names them."""
    words = ("风险", "risk")
    return [
        {
            "subject": source.pick(row, "subject"),
            "date": source.day(row.held_on or row.planned_on),
            "state": source.label("events", "status", row.status),
            "effect": row.effect or EMPTY,
        }
        for row in source.own(source.rows.events)
        if row.kind == "staff_training" and any(word in (row.subject or "").casefold() for word in words)
    ]

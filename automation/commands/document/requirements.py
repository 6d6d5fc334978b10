"""The requirements specification (D01): what each chapter shows.

Not here: its look (``templates/*/D01.docx``), cover and signatures (``frame``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from automation.base.findings import Text
from automation.commands.document.frame import frame
from automation.commands.document.glossary import glossary
from automation.commands.document.source import EMPTY, lines, number
from automation.commands.document.trace import UNCONFIRMED, in_scope, links, withdrawn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from automation.commands.document.source import Source
    from automation.commands.document.trace import Links
    from automation.model.rows import RequirementsRow

TITLE = Text("需求规格说明书", "Requirements specification")
_FEASIBILITY = ("not_feasible", "not_assessed", "feasible_with_conditions", "feasible")
"""From the worst on: the overall feasibility is the worst of the three."""

_TARGET = re.compile(
    r"^(?:(?P<measure>\D*?)(?P<target>(?:[≥≤=<>]|at least|at most|no more than|不低于|不少于|不高于|不超过|达到)?\s*\d[\d.,]*\s*"
    r"(?:[%％]|[\u4e00-\u9fff]{0,3}))|(?P<count>\d[\d.,]*)\s+(?P<counted>.+))$"
)
"""A goal with its target: UAT一次通过率≥90%, or 0 critical or major defects."""


def requirements_specification(source: Source) -> dict[str, Any]:
    """The context of D01 for the source's project."""
    rows = in_scope(source)
    traced = links(source)
    context: dict[str, Any] = {
        **frame(source, "D01", TITLE, changing=True),
        "scope": {
            "included": source.items(source.project.scope_in),
            "excluded": source.items(source.project.scope_out),
            "constraints": source.items(source.project.constraints),
        },
        "overview": _overview(source),
        "functional": _groups(source, rows, "functional"),
        "non_functional": _groups(source, rows, "non_functional"),
        "interfaces": _brief(source, rows, {"interface"}),
        "data": _brief(source, rows, {"data"}),
        "conflicts": _conflicts(source, rows),
        "assumptions": _assumptions(source, rows),
        "open_points": _open_points(source, rows),
        "withdrawn": withdrawn(source),
        "trace": [_trace_row(source, entry) for entry in traced],
        "figures": _figures(source, traced),
    }
    context["glossary"] = glossary(" ".join(_texts(context)), source.language)
    return context


def _overview(source: Source) -> dict[str, Any]:
    customer = source.customer
    columns = (
        "industry",
        "company_size",
        "business_scope",
        "main_products",
        "market_position",
        "it_status",
        "dev_plan",
    )
    situation = []
    for name in columns if customer else ():
        value = getattr(customer, name)
        if value is not None:
            label = source.catalogue.sheets["customers"].column(name).label.in_(source.language)
            situation.append({"label": label, "text": source.label("customers", name, value)})
    project = source.project
    goals = [
        {
            "objective": project.objective or EMPTY,
            "measure": project.objective_measure or EMPTY,
            "target": number(project.objective_target),
        }
    ]
    for goal in lines(project.quality_goal):
        match = _TARGET.match(goal)
        measure, target = (
            (match["measure"] or match["counted"], match["target"] or match["count"]) if match else (goal, "")
        )
        goals.append({
            "objective": source.say("质量目标", "Quality"), "measure": measure.strip(), "target": target.strip() or EMPTY,
        })  # fmt: skip
    return {
        "situation": situation,
        "problems": source.items(customer.pain_points if customer else None),
        "goals": goals,
    }


def _groups(source: Source, rows: Sequence[RequirementsRow], category: str) -> list[dict[str, Any]]:
    """Requirements of one category by sub-type, sub-types in the order of their list."""
    chosen = [row for row in rows if row.category == category]
    column = source.catalogue.sheets["requirements"].column("subtype")
    order = source.catalogue.lists[column.list]
    subtypes = sorted({row.subtype or "" for row in chosen}, key=order.position)
    return [
        {
            "name": source.label("requirements", "subtype", subtype) if subtype else source.say("其他", "Other"),
            "requirements": [_requirement(source, row) for row in chosen if (row.subtype or "") == subtype],
        }
        for subtype in subtypes
    ]


def _requirement(source: Source, row: RequirementsRow) -> dict[str, str]:
    pending = source.say("待补充", "to be agreed")
    confirmed = source.say("尚未确认", "not yet confirmed")
    if row.confirmed_on:
        who = source.contact(row.confirmed_by, title=True)
        confirmed = source.say(f"{who}，{source.day(row.confirmed_on)}", f"{who}, {source.day(row.confirmed_on)}")
    return {
        "id": row.req_id or EMPTY,
        "title": source.pick(row, "title"),
        "text": row.description or EMPTY,
        "priority": source.label("requirements", "priority", row.priority),
        "status": source.label("requirements", "status", row.status),
        "owner": source.person(row.owner),
        "source": _origin(source, row),
        "feasibility": _feasibility(source, row),
        "criterion": row.acceptance_criterion or pending,
        "performance": row.performance_target or "",
        "method": pending
        if row.verify_method is None
        else source.label("requirements", "verify_method", row.verify_method),
        "confirmed": confirmed,
    }


def _origin(source: Source, row: RequirementsRow) -> str:
    parts = [source.label("requirements", "source_channel", row.source_channel)]
    if row.source_contact:
        parts.append(source.contact(row.source_contact, title=True))
    parts.append(source.day(row.raised_on))
    return source.say("，", ", ").join(parts)


def _feasibility(source: Source, row: RequirementsRow) -> str:
    codes = (row.feas_technical, row.feas_cost, row.feas_time)
    overall = row.feasibility or next((code for code in _FEASIBILITY if code in codes), None)
    names = (source.say("技术", "technical"), source.say("成本", "cost"), source.say("时间", "time"))
    told = [
        source.say(f"{name}{label}", f"{name}: {label[:1].lower()}{label[1:]}")
        for name, label in zip(names, (source.label("requirements", "feas_cost", code) for code in codes), strict=True)
    ]
    total = source.label("requirements", "feas_cost", overall)
    return source.say(f"{total}（{'，'.join(told)}）", f"{total} ({'; '.join(told)})")


def _brief(source: Source, rows: Sequence[RequirementsRow], subtypes: set[str]) -> list[dict[str, str]]:
    return [
        {
            "id": row.req_id or EMPTY,
            "title": source.pick(row, "title"),
            "text": row.description or EMPTY,
            "status": source.label("requirements", "status", row.status),
        }
        for row in rows
        if row.subtype in subtypes
    ]


def _pairs(rows: Sequence[RequirementsRow]) -> list[tuple[RequirementsRow, RequirementsRow, str]]:
    """Each conflicting pair once, with its resolution (``""`` while there is none)."""
    known = {row.req_id: row for row in rows}
    pairs: dict[frozenset[str | None], tuple[RequirementsRow, RequirementsRow, str]] = {}
    for row in rows:
        for name in row.conflict_with:
            other = known.get(name)
            if other is not None and other is not row:
                resolution = row.conflict_resolution or other.conflict_resolution or ""
                pairs.setdefault(frozenset({row.req_id, name}), (row, other, resolution))
    return list(pairs.values())


def _named(source: Source, row: RequirementsRow) -> str:
    return f"{row.req_id} {source.pick(row, 'title')}"


def _conflicts(source: Source, rows: Sequence[RequirementsRow]) -> list[dict[str, str]]:
    return [
        {
            "first": _named(source, first),
            "second": _named(source, second),
            "resolution": resolution or source.say("尚无解决办法", "no resolution yet"),
            "state": source.say("已解决", "settled") if resolution else source.say("待解决", "open"),
        }
        for first, second, resolution in _pairs(rows)
    ]


def _assumptions(source: Source, rows: Sequence[RequirementsRow]) -> list[dict[str, str]]:
    result = []
    for row in rows:
        columns = ("feas_technical", "feas_cost", "feas_time")
        found = {name: getattr(row, name) for name in columns}
        conditional = [name for name, code in found.items() if code == "feasible_with_conditions"]
        if conditional and row.status not in UNCONFIRMED and "not_feasible" not in found.values():
            sheet = source.catalogue.sheets["requirements"]
            names = source.joined(sheet.column(name).label.in_(source.language) for name in conditional)
            text = source.say(
                f"{names}为“有条件可行”，条件由双方在设计阶段确认",
                f"{names}: feasible with conditions, which both parties settle during design",
            )
            result.append({"id": row.req_id or EMPTY, "title": source.pick(row, "title"), "text": text})
    return result


def _open_points(source: Source, rows: Sequence[RequirementsRow]) -> list[dict[str, str]]:
    points = []
    for row in rows:
        points += [
            (row.req_id or EMPTY, source.pick(row, "title"), text, row.raised_on) for text in _open_of(source, row)
        ]
    for first, second, resolution in _pairs(rows):
        if not resolution:
            text = source.say(
                f"与“{_named(source, second)}”冲突，须商定解决办法",
                f"Contradicts {_named(source, second)}: a resolution is to be agreed",
            )
            points.append((first.req_id or EMPTY, source.pick(first, "title"), text, first.raised_on))
    for change in source.own(source.rows.changes):
        if change.decision == "pending":
            text = source.say("变更待客户决定", "Change awaits the customer's decision")
            points.append((change.change_id or EMPTY, source.pick(change, "title"), text, change.raised_on))
    return [
        {"id": key, "title": title, "text": text, "date": source.day(raised)} for key, title, text, raised in points
    ]


def _open_of(source: Source, row: RequirementsRow) -> list[str]:
    """What is open about one requirement."""
    found = []
    if row.status in UNCONFIRMED:
        status = source.label("requirements", "status", row.status)
        return [source.say(f"尚未确认（{status}）", f"Not yet confirmed ({status.lower()})")]
    if not row.acceptance_criterion:
        found.append(source.say("已确认但缺少验收标准", "Confirmed without an acceptance criterion"))
    if "not_feasible" in (row.feas_technical, row.feas_cost, row.feas_time):
        found.append(source.say("评估为不可行，须重新商定", "Assessed as not feasible: to be agreed again"))
    return found


def _trace_row(source: Source, entry: Links) -> dict[str, str]:
    row = entry.requirement
    return {
        "id": row.req_id or EMPTY,
        "title": source.pick(row, "title"),
        "tasks": "\n".join(task.task_id or EMPTY for task in entry.tasks) or EMPTY,
        "checks": "\n".join(
            f"{check.check_id} {source.label('checks', 'result', check.result)}" for check in entry.checks
        )
        or EMPTY,
        "deliverables": "\n".join(row.deliverable_id or EMPTY for row in entry.deliverables) or EMPTY,
        "gaps": "\n".join(_gaps(source, entry)),
    }


def _gaps(source: Source, entry: Links) -> list[str]:
    if entry.requirement.status in UNCONFIRMED:
        return [source.say("未确认", "not confirmed")]
    found = (
        (entry.tasks, source.say("无任务", "no task")),
        (entry.checks, source.say("无检查", "no check")),
        (entry.deliverables, source.say("无交付物", "no deliverable")),
    )
    return [text for rows, text in found if not rows]


def _figures(source: Source, traced: Sequence[Links]) -> dict[str, Any]:
    rows = [entry.requirement for entry in traced]
    confirmed = [row for row in rows if row.status not in UNCONFIRMED]
    accepted = sum(row.status == "accepted" for row in confirmed)
    share = f"{accepted / len(confirmed):.0%}" if confirmed else EMPTY
    return {
        "total": len(rows),
        "functional": sum(row.category == "functional" for row in rows),
        "non_functional": sum(row.category == "non_functional" for row in rows),
        "withdrawn": len(withdrawn(source)),
        "with_task": sum(bool(entry.tasks) for entry in traced),
        "with_check": sum(bool(entry.checks) for entry in traced),
        "with_deliverable": sum(bool(entry.deliverables) for entry in traced),
        "accepted": accepted,
        "fulfilment": share,
    }


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for entry in value.values() for text in _texts(entry)]
    return [text for entry in value for text in _texts(entry)] if isinstance(value, list) else []

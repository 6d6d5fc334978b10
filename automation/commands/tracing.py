"""Traceability (C11; B08): from each requirement to tasks, checks, deliverables and acceptance, with the gaps, and back.

Not here: the links of single rows (``deviations.derived``), the matrix of the specification (``document.trace``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from automation.base.findings import Text
from automation.commands.analysis_sheets import filled
from automation.commands.scheduling import rounded
from automation.deviations import derived
from automation.model.effects import LogEntry, Need, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from automation.commands.request import Request
    from automation.model.rows import DeliverablesRow, PlanRow, RequirementsRow

SHEET = "traceability"
_WITHDRAWN = frozenset({"deferred", "cancelled"})
_ACCEPTED = frozenset({"accepted", "accepted_with_conditions"})
GAPS = {
    "task": Text("无任务", "no task"),
    "check": Text("无检查", "no check"),
    "failed": Text("检查不合格", "check failed"),
    "deliverable": Text("无交付物", "no deliverable"),
}


class Traced(NamedTuple):
    """One requirement with what realises, verifies and delivers it; ``gaps`` are keys of ``GAPS``."""

    row: RequirementsRow
    tasks: tuple[str, ...]
    checks: tuple[str, ...]
    state: str | None
    deliverables: tuple[DeliverablesRow, ...]
    gaps: tuple[str, ...]


def trace(request: Request) -> Outcome:
    """The matrix of every requirement in scope, the fulfilment rate, and what has no requirement behind it.

    A gap is missed from confirmed on only. Tasks of start-up, test and closing phases need no requirement: only those
    of design and development are looked at on the way back. Parameter: ``project`` (default: all).
    """
    wanted = str(request.parameters.get("project") or "")
    rows = request.project.rows
    found = [
        _traced(row, *links)
        for row, *links in _links(request)
        if row.status not in _WITHDRAWN and (not wanted or row.project_id == wanted)
    ]
    sheet = filled(
        request, SHEET, [_row(one) for one in found], caption=_caption(request, found), links=_goals(request, found)
    )
    loose = _loose(rows.plan, wanted)
    confirmed = [one for one in found if one.row.status in derived.CONFIRMED]
    accepted = sum(one.row.status == "accepted" for one in confirmed)
    return Outcome(
        edits=sheet.edits,
        figures={
            "requirements": len(found),
            "with_gaps": sum(bool(one.gaps) for one in found),
            "fulfilment_rate": rounded(100 * accepted / len(confirmed)) if confirmed else None,
            "without_task": [one.row.req_id for one in found if "task" in one.gaps],
            "tasks_without_requirement": len(loose),
        },
        lines=tuple(_lines(found, loose)),
        tables={"matrix": [_value(one) for one in found], "tasks_without_requirement": [row.task_id for row in loose]},
        notices=sheet.notices,
        log=(LogEntry("trace", SHEET),),
        goto=sheet.goto,
        needs=(Need("generate", "requirements"),),
    )


def _links(request: Request) -> Iterator[tuple[Any, ...]]:
    rows = request.project.rows
    tasks, checks = derived.tasks_by_requirement(rows.plan), derived.checks_by_requirement(rows.checks)
    delivered: dict[str, list[DeliverablesRow]] = {}
    for one in rows.deliverables:
        for name in one.req_ids:
            delivered.setdefault(name, []).append(one)
    for row in rows.requirements:
        key = row.req_id or ""
        yield row, tasks.get(key, ()), checks.get(key, ()), tuple(delivered.get(key, ()))


def _traced(row: RequirementsRow, tasks: Any, checks: Any, deliverables: tuple[DeliverablesRow, ...]) -> Traced:
    state = derived.check_state(checks)
    gaps = []
    if row.status in derived.CONFIRMED:
        gaps = [
            name for name, there in (("task", tasks), ("check", checks), ("deliverable", deliverables)) if not there
        ]
        if state == "failed":
            gaps.insert(0, "failed")
    names = tuple(one.task_id or "" for one in tasks), tuple(one.check_id or "" for one in checks)
    return Traced(row, *names, state, deliverables, tuple(gaps))


def _loose(plan: Sequence[PlanRow], wanted: str) -> list[PlanRow]:
    """Tasks of design and development that name no requirement."""
    return [
        row
        for row in plan
        if row.kind == "task"
        and row.phase == "design_and_development"
        and not row.req_ids
        and row.status != "cancelled"
        and (not wanted or row.project_id == wanted)
    ]


def _row(one: Traced) -> dict[str, Any]:
    taken = [row.accept_status in _ACCEPTED for row in one.deliverables]
    words = [GAPS[name] for name in one.gaps]
    return {
        "req_id": one.row.req_id,
        "title": Text(one.row.title or "", one.row.title_en or one.row.title or ""),
        "priority": one.row.priority,
        "status": one.row.status,
        "tasks": "; ".join(one.tasks) or None,
        "checks": "; ".join(one.checks) or None,
        "check_state": one.state,
        "deliverables": "; ".join(row.deliverable_id or "" for row in one.deliverables) or None,
        "accepted": f"{sum(taken)}/{len(taken)}" if taken else None,
        "gaps": Text("、".join(word.zh for word in words), ", ".join(word.en for word in words)) if words else None,
    }


def _goals(request: Request, found: Sequence[Traced]) -> dict[tuple[int, str], str]:
    table = request.project.tables["requirements"]
    cells = ((number, table.cell(one.row.row, "req_id")) for number, one in enumerate(found))
    return {(number, "req_id"): f"'{table.name}'!{cell}" for number, cell in cells if cell}


def _caption(request: Request, found: Sequence[Traced]) -> Text:
    gaps = sum(bool(one.gaps) for one in found)
    return Text(
        f"状态日期 {request.status_date}：需求 {len(found)} 项，有缺口 {gaps} 项(已确认及之后的才计缺口)。",
        f"At {request.status_date}: {len(found)} requirements, {gaps} with gaps (counted from confirmed on).",
    )


def _lines(found: Sequence[Traced], loose: Sequence[PlanRow]) -> Iterator[Text]:
    if not found:
        yield Text("没有需求。", "There are no requirements.")
    for one in found:
        if one.gaps:
            zh = "、".join(GAPS[name].zh for name in one.gaps)
            en = ", ".join(GAPS[name].en for name in one.gaps)
            title = Text(one.row.title or "", one.row.title_en or one.row.title or "")
            yield Text(f"! {one.row.req_id} {title.zh}：{zh}", f"! {one.row.req_id} {title.en}: {en}")
    if loose:
        names = [row.task_id or "" for row in loose]
        yield Text(
            f"没有对应需求的开发任务：{'、'.join(names)}",
            f"Tasks of development without a requirement: {', '.join(names)}",
        )


def _value(one: Traced) -> dict[str, Any]:
    return {
        "requirement": one.row.req_id,
        "tasks": list(one.tasks),
        "checks": list(one.checks),
        "result": one.state,
        "deliverables": [row.deliverable_id for row in one.deliverables],
        "gaps": list(one.gaps),
    }

"""The acceptance report (D12): facts, results item by item, residual issues and the proposed conclusion (C16).

Not here: its look (``templates/*/D12.docx``), cover and signatures (``frame``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.base.findings import Text
from automation.commands.document.frame import agreed_changes, frame, registered
from automation.commands.document.source import EMPTY, lines, number, pair
from automation.commands.document.trace import links, withdrawn
from automation.deviations import quality

if TYPE_CHECKING:
    from collections.abc import Sequence

    from automation.commands.document.source import Source
    from automation.commands.document.trace import Links
    from automation.deviations.quality import Conclusion, Verdict
    from automation.model.rows import ChecksRow, DealsRow

TITLE = Text("验收报告", "Acceptance report")
TICKED, UNTICKED = "☑", "☐"
_VERDICTS: dict[Verdict, Text] = {
    "accepted": Text("通过验收", "accepted"),
    "with_conditions": Text("有条件通过", "accepted with conditions"),
    "not_accepted": Text("不通过", "not accepted"),
}
_PAPERS = frozenset({"document", "proposal", "report", "contract"})
_TAKEN = frozenset({"accepted", "accepted_with_conditions"})


def conclusion(source: Source) -> Conclusion:
    """The proposed verdict on the source's project (C16)."""
    return quality.conclusion(source.own(source.rows.requirements), source.own(source.rows.checks))


def acceptance_report(source: Source) -> dict[str, Any]:
    """The context of D12 for the source's project."""
    traced = links(source)
    found = conclusion(source)
    return {
        **frame(source, "D12", TITLE),
        "facts": _facts(source),
        "scope": {"included": source.items(source.project.scope_in)},
        "contract": _contract(source, source.deal),
        "documents": _documents(source),
        "changes": _changes(source),
        "deliverables": _deliverables(source),
        "results": [row for entry in traced for row in _results(source, entry)],
        "withdrawn": withdrawn(source),
        "residual": _residual(source, found),
        "conclusion": _concluded(source, found),
        "handover": _handover(source),
        "figures": _figures(source, traced),
    }


def _facts(source: Source) -> list[dict[str, str]]:
    project = source.project
    manager = source.person(project.project_manager)
    goal = source.say("：", ": ").join((project.objective_measure or EMPTY, number(project.objective_target)))
    if project.objective_actual is not None:
        actual = number(project.objective_actual)
        goal += source.say(f"（实际：{actual}）", f" (actual: {actual})")
    return [
        pair(source, "项目编号", "Project number", project.project_id),
        pair(source, "项目名称", "Project name", source.pick(project)),
        pair(source, "项目经理", "Project manager", manager),
        pair(source, "客户负责人", "Customer's representative", source.contact(project.customer_owner, title=True)),
        pair(source, "计划开始", "Planned start", source.day(project.start_planned)),
        pair(source, "合同交付截止", "Contract deadline", source.day(project.finish_deadline)),
        pair(source, "项目目标", "Objective", project.objective),
        pair(source, "目标指标", "Measure and target", goal),
        pair(source, "质量目标", "Quality goal", "\n".join(lines(project.quality_goal))),
    ]


def _contract(source: Source, deal: DealsRow | None) -> list[dict[str, str]]:
    if deal is None:
        return []
    until = source.say("至", " to ")
    amount = None if deal.contract_amount is None else f"{source.currency} {deal.contract_amount:,.2f}".strip()
    return [
        pair(source, "合同编号", "Contract number", deal.contract_no),
        pair(source, "合同名称", "Contract", deal.name),
        pair(source, "签订日期", "Signed on", source.day(deal.signed_on)),
        pair(source, "合同期限", "Term", f"{source.day(deal.contract_start)}{until}{source.day(deal.contract_end)}"),
        pair(source, "合同金额", "Contract amount", amount),
        pair(source, "交货周期", "Delivery terms", deal.delivery_terms),
        pair(source, "售后条款", "After-sales terms", deal.service_terms),
    ]


def _documents(source: Source) -> list[dict[str, str]]:
    own = registered(source, TITLE)
    return [
        {
            "id": row.deliverable_id or EMPTY,
            "name": source.pick(row),
            "version": row.version or EMPTY,
            "status": _accepted(source, row),
        }
        for row in source.own(source.rows.deliverables)
        if row.kind in _PAPERS and row is not own and row.delivered_on
    ]


def _accepted(source: Source, row: Any) -> str:
    label = source.label("deliverables", "accept_status", row.accept_status)
    if row.accepted_on is None:
        return label
    return source.say(f"{label}（{source.day(row.accepted_on)}）", f"{label} ({source.day(row.accepted_on)})")


def _changes(source: Source) -> list[dict[str, str]]:
    return [
        {
            "id": row.change_id or EMPTY,
            "title": source.pick(row, "title"),
            "requirement": row.req_id or EMPTY,
            "agreed": f"{source.contact(row.approved_by)}\n{source.day(row.approved_on)}",
            "status": source.label("changes", "status", row.status),
        }
        for row in agreed_changes(source)
    ]


def _deliverables(source: Source) -> list[dict[str, str]]:
    return [
        {
            "id": row.deliverable_id or EMPTY,
            "name": source.pick(row),
            "kind": source.label("deliverables", "kind", row.kind),
            "quantity": f"{number(row.quantity)} {row.unit or ''}".strip(),
            "version": row.version or EMPTY,
            "delivered": source.day(row.delivered_on),
            "status": source.label("deliverables", "accept_status", row.accept_status),
        }
        for row in source.own(source.rows.deliverables)
    ]


def _results(source: Source, entry: Links) -> list[dict[str, str]]:
    """One row a check; a requirement without a check gets one row that says so."""
    requirement = f"{entry.requirement.req_id}\n{source.pick(entry.requirement, 'title')}"
    priority = source.label("requirements", "priority", entry.requirement.priority)
    if not entry.checks:
        return [
            {
                "requirement": requirement,
                "priority": priority,
                "check": source.say("无检查", "no check"),
                "standard": entry.requirement.acceptance_criterion or EMPTY,
                "result": source.label("checks", "result", "not_executed"),
                "alert": "",
            }
        ]
    return [
        {
            "requirement": requirement,
            "priority": priority,
            "check": f"{check.check_id}\n{source.label('checks', 'kind', check.kind)}",
            "standard": _measured(source, check),
            "result": source.label("checks", "result", check.result),
            "alert": "failed" if check.result == "failed" else "",
        }
        for check in entry.checks
    ]


def _measured(source: Source, check: ChecksRow) -> str:
    standard = check.standard or EMPTY
    if check.actual_value is not None:
        actual = f"{number(check.actual_value)} {check.unit or ''}".strip()
        return f"{standard}\n{source.say(f'实测：{actual}', f'Measured: {actual}')}"
    if check.executed_on is None:
        planned = source.day(check.planned_on)
        return f"{standard}\n{source.say(f'计划：{planned}', f'Planned: {planned}')}"
    return standard


def _residual(source: Source, found: Conclusion) -> list[dict[str, str]]:
    """Open failures first, then requirements of high priority without a passed check, then goods not yet taken over."""
    rows = [
        {
            "id": check.check_id or EMPTY,
            "text": check.problem or check.standard or EMPTY,
            "severity": source.label("checks", "defect_severity", check.defect_severity),
            "owner": source.person(check.rework_owner) if check.rework_owner else source.say("待定", "to be named"),
            "due": source.day(check.rework_due) if check.rework_due else source.say("待定", "to be set"),
        }
        for check in (*found.grave, *found.minor)
    ]
    failed = {check.req_id for check in found.grave}
    waiting = quality.effective(source.own(source.rows.checks))
    for row in found.unproven:
        if row.req_id not in failed:
            title = source.pick(row, "title")
            text = source.say(f"{title}：尚无通过的检查", f"{title}: no passed check yet")
            planned = [check.planned_on for check in waiting if check.req_id == row.req_id and check.planned_on]
            due = source.day(max(planned)) if planned else source.say("待定", "to be set")
            rows.append({
                "id": row.req_id or EMPTY, "text": text, "severity": EMPTY, "owner": source.person(row.owner), "due": due,
            })  # fmt: skip
    own = registered(source, TITLE)
    for row in source.own(source.rows.deliverables):
        if row.accept_status not in _TAKEN and row is not own:
            status = source.label("deliverables", "accept_status", row.accept_status)
            text = source.say(f"{source.pick(row)}：{status}", f"{source.pick(row)}: {status.lower()}")
            rows.append({
                "id": row.deliverable_id or EMPTY, "text": text, "severity": EMPTY, "owner": source.person(row.owner),
                "due": source.day(row.due),
            })  # fmt: skip
    return rows


def _concluded(source: Source, found: Conclusion) -> dict[str, Any]:
    high = [entry for entry in links(source) if entry.requirement.priority == "high"]
    proven = len(high) - len(found.unproven)
    names = source.joined(check.check_id or EMPTY for check in found.grave)
    grave, minor = len(found.grave), len(found.minor)
    reasons = [
        source.say(
            f"高优先级需求 {len(high)} 项，其中 {proven} 项已有通过的检查，{len(found.unproven)} 项没有。",
            f"{proven} of {len(high)} requirements of high priority have a passed check, {len(found.unproven)} have not.",
        ),
        source.say(
            f"未关闭的致命或严重问题 {grave} 项" + (f"：{names}。" if grave else "。"),
            f"{grave} critical or major failures are open" + (f": {names}." if grave else "."),
        ),
        source.say(f"未关闭的一般问题或建议 {minor} 项。", f"{minor} minor failures or suggestions are open."),
    ]
    return {
        "proposal": _VERDICTS[found.verdict].in_(source.language),
        "reasons": reasons,
        "boxes": {name: TICKED if name == found.verdict else UNTICKED for name in _VERDICTS},
    }


def _handover(source: Source) -> dict[str, Any]:
    services = [
        row
        for row in source.rows.services
        if row.customer_id == source.project.customer_id
        and (row.active_to is None or row.active_to >= source.status_date)
    ]
    tasks = [
        row
        for row in source.own(source.rows.plan)
        if row.phase == "delivery_and_deployment" and row.kind == "task" and row.status != "cancelled"
    ]
    owner = services[0].owner if services else source.project.project_manager
    return {
        "owner": source.person(owner),
        "warranty": (source.deal.service_terms if source.deal else None) or EMPTY,
        "services": [
            {
                "name": source.pick(row),
                "window": source.label("services", "window", row.window),
                "response": " / ".join(map(number, (row.response_high, row.response_medium, row.response_low))),
                "resolution": " / ".join(map(number, (row.resolve_high, row.resolve_medium, row.resolve_low))),
                "owner": source.person(row.owner),
            }
            for row in services
        ],
        "tasks": [
            {
                "id": row.task_id or EMPTY,
                "name": source.pick(row),
                "owner": source.person(row.owner),
                "status": source.label("plan", "status", row.status),
            }
            for row in tasks
        ],
    }


def _figures(source: Source, traced: Sequence[Links]) -> dict[str, Any]:
    results = [entry.result for entry in traced]
    high = [entry for entry in traced if entry.requirement.priority == "high"]
    deliverables = source.own(source.rows.deliverables)
    return {
        "total": len(traced),
        "passed": results.count("passed"),
        "conditional": results.count("passed_with_conditions"),
        "failed": results.count("failed"),
        "open": results.count("not_executed"),
        "high": len(high),
        "high_passed": sum(entry.passed for entry in high),
        "deliverables": len(deliverables),
        "deliverables_accepted": sum(row.accept_status in _TAKEN for row in deliverables),
    }

"""The solution proposal (D03): what the customer needs, what we propose, plan, team, risks and price.

Not here: its look (``templates/*/D03.docx``), price and terms (``deal_terms``), dates (``planning``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.base.findings import Text
from automation.commands.document.deal_terms import (
    agreed_terms,
    deal_of,
    item_rows,
    items,
    limit_rows,
    price_of,
    scope_lines,
    service_rows,
    services_of,
    supplier_contact,
    total_of,
)
from automation.commands.document.frame import frame
from automation.commands.document.plan_rows import milestones, phases
from automation.commands.document.source import EMPTY, number, pair
from automation.commands.document.trace import UNCONFIRMED, in_scope
from automation.deviations import deals, derived

if TYPE_CHECKING:
    from automation.commands.document.source import Source
    from automation.model.rows import RisksRow

TITLE = Text("解决方案建议书", "Solution proposal")


def solution_proposal(source: Source) -> dict[str, Any]:
    """The context of D03 for the source's deal; plan, team and risks are those of its project, if there is one."""
    deal = deal_of(source)
    price = price_of(deal)
    return {
        **frame(source, "D03", TITLE, signed=False),
        "facts": _facts(source),
        "needs": scope_lines(source, deal.needs_summary),
        "pains": scope_lines(source, source.customer.pain_points if source.customer else None),
        "goals": _goals(source),
        "solution": scope_lines(source, deal.solution_summary),
        "scope": {
            "included": source.items(source.home.scope_in) if source.home else [],
            "excluded": source.items(source.home.scope_out) if source.home else [],
        },
        "requirements": _requirements(source),
        "basis": _basis(source),
        "services": service_rows(source),
        "limits": limit_rows(source),
        "phases": phases(source),
        "milestones": milestones(source),
        "team": _team(source),
        "risks": _risks(source),
        "items": item_rows(items(source, price)),
        "total": total_of(source, price),
        "terms": [_validity(source), *agreed_terms(source)],
        "contact": supplier_contact(source),
    }


def _facts(source: Source) -> list[dict[str, str]]:
    row = source.customer
    if row is None:
        return []
    known = (
        ("行业", "Industry", row.industry),
        ("业务范围", "Business", row.business_scope),
        ("主要产品或服务", "Products and services", row.main_products),
        ("信息化现状", "Information systems today", row.it_status),
        ("发展规划", "Plans", row.dev_plan),
    )
    return [pair(source, zh, en, text) for zh, en, text in known if text]


def _goals(source: Source) -> list[dict[str, str]]:
    """The measurable goals of the project; none for a deal that has no project yet."""
    row = source.home
    if row is None:
        return []
    found = [pair(source, "项目目标", "Objective", row.objective)]
    if row.objective_measure and row.objective_target is not None:
        text = source.say("：", ": ").join((row.objective_measure, number(row.objective_target)))
        found.append(pair(source, "衡量指标与目标值", "Measure and target", text))
    found.append(pair(source, "质量目标", "Quality goal", "\n".join(source.items(row.quality_goal))))
    return [entry for entry in found if entry["text"] != EMPTY]


def _requirements(source: Source) -> list[dict[str, str]]:
    """The confirmed requirements of high priority, with what proves that they are met."""
    return [
        {"title": source.pick(row, "title"), "criterion": "\n".join(source.items(row.acceptance_criterion)) or EMPTY}
        for row in in_scope(source)
        if row.priority == "high" and row.status not in UNCONFIRMED
    ]


def _basis(source: Source) -> list[str]:
    """What speaks for us and is on record: how long and on how many contracts both have worked, and what services run."""
    own = deal_of(source)
    customer = source.customer
    signed = [
        row
        for row in source.rows.deals
        if customer and row.customer_id == customer.customer_id and row.stage in deals.SIGNED and row is not own
    ]
    found = []
    if customer and customer.since and customer.since <= source.status_date:
        day = source.day(customer.since)
        found.append(source.say(f"双方自{day}起合作。", f"We have worked together since {day}."))
    if signed:
        names = source.say("、", "; ").join(source.pick(row) for row in signed)
        found.append(
            source.say(f"双方已签订的其他合同：{names}。", f"Other contracts that both parties have signed: {names}.")
        )
    round_the_clock = [source.pick(row) for row in services_of(source) if row.window == "24x7"]
    if round_the_clock:
        names = source.joined(round_the_clock)
        found.append(source.say(f"7×24小时提供的服务：{names}。", f"Services round the clock: {names}."))
    return found or [
        source.say("方案由我方项目团队按本建议书实施，效果按约定的标准验收。",
                   "Our team carries the solution out as proposed; the result is accepted by agreed standards.")
    ]  # fmt: skip


def _team(source: Source) -> list[dict[str, str]]:
    """Who works on it: the manager, then everybody who answers for a task or service; the sales contact last."""
    keys = [source.home.project_manager if source.home else None]
    keys += [row.owner for row in source.own(source.rows.plan) if row.status != "cancelled"]
    keys += [row.owner for row in services_of(source)]
    keys.append(deal_of(source).owner)
    rows = [source.people[key] for key in dict.fromkeys(keys) if key in source.people]
    return [
        {
            "name": row.name or EMPTY,
            "role": source.label("resources", "role", row.role),
            "skills": source.joined(source.items(row.skills)),
        }
        for row in rows
    ]


def _risks(source: Source) -> list[dict[str, str]]:
    """The open risks for which there is a response, gravest first."""
    rows = [row for row in source.own(source.rows.risks) if row.status != "closed" and row.response_plan]
    rows.sort(key=lambda row: -(derived.exposure(row) or 0))
    return [_risk(source, row) for row in rows]


def _risk(source: Source, row: RisksRow) -> dict[str, str]:
    level = derived.risk_level(derived.exposure(row), source.request.settings)
    return {
        "title": source.pick(row, "title"),
        "level": source.label("risks", "level", level),
        "response": "\n".join(source.items(row.response_plan)),
        "owner": source.person(row.owner),
    }


def _validity(source: Source) -> dict[str, str]:
    deal = deal_of(source)
    if deal.contract_no:
        return pair(source, "对应合同", "Contract", deal.contract_no)
    day = deal.quote_valid_until
    text = None if day is None else source.say(f"至{source.day(day)}（含当日）", f"Until {source.day(day)}, inclusive")
    return pair(source, "报价有效期", "Validity", text, otherwise=source.say("见正式报价单", "See the quotation"))

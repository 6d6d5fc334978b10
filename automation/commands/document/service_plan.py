"""The service plan with its service level agreement (D14): catalogue, process, limits, windows, maintenance, escalation.

Not here: its look (``templates/*/D14.docx``), service and limit rows (``deal_terms``), how limits are judged
(``deviations.services``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.base.findings import Text
from automation.commands.document.deal_terms import (
    deal_of,
    limit_rows,
    period,
    service_rows,
    services_of,
)
from automation.commands.document.frame import frame
from automation.commands.document.source import EMPTY, number, pair
from automation.deviations import services

if TYPE_CHECKING:
    from automation.commands.document.source import Source
    from automation.model.rows import ProcessesRow

TITLE = Text("服务方案与SLA说明书", "Service plan and SLA")
UPGRADE = "upgrade"
_MANAGER = "manager"


def service_plan(source: Source) -> dict[str, Any]:
    """The context of D14 for the source's deal."""
    deal = deal_of(source)
    return {
        **frame(source, "D14", TITLE, signed=False),
        "contract": [
            pair(source, "合同名称", "Contract", source.pick(deal)),
            pair(source, "合同编号", "Contract number", deal.contract_no),
            pair(source, "服务期限", "Term", period(source, deal.contract_start, deal.contract_end)),
        ],
        "services": service_rows(source),
        "limits": limit_rows(source),
        "processes": _processes(source),
        "channels": _channels(source),
        "maintenance": _maintenance(source),
        "upgrades": _upgrades(source),
        "team": _team(source),
        "customer_contacts": _customer_contacts(source),
        "escalation": _escalation(source),
        "complaint_days": _working_days(source, source.request.settings.whole("answer_days_complaint")),
        "attainment_least": f"{number(source.request.settings.number('sla_min'))}%",
    }


def _working_days(source: Source, days: int) -> str:
    return source.say(f"{days} 个工作日", f"{days} working day{'' if days == 1 else 's'}")


def _processes(source: Source) -> list[dict[str, Any]]:
    """The processes that the services follow, in their order, each with its steps by number."""
    codes = dict.fromkeys(row.process_code for row in services_of(source) if row.process_code)
    found = []
    for code in codes:
        steps = [row for row in source.rows.processes if row.process_code == code]
        steps.sort(key=lambda row: (row.step_no is None, row.step_no or 0))
        if steps:
            found.append(
                {"name": source.pick(steps[0], "process_name"), "steps": [_step(source, row) for row in steps]}
            )
    return found


def _step(source: Source, row: ProcessesRow) -> dict[str, str]:
    return {
        "no": EMPTY if row.step_no is None else number(row.step_no),
        "name": source.pick(row, "step_name"),
        "owner": source.person(row.owner),
        "input": row.input or EMPTY,
        "output": row.output or EMPTY,
        "hours": number(row.standard_hours),
    }


def _channels(source: Source) -> str:
    """The channels through which requests for these services have come in, the most used first; a dash without any."""
    keys = {row.service_id for row in services_of(source)}
    used = [row.channel for row in source.rows.requests if row.service_id in keys and row.channel]
    ranked = sorted(dict.fromkeys(used), key=used.count, reverse=True)
    return source.joined(source.label("requests", "channel", code) for code in ranked)


def _maintenance(source: Source) -> list[dict[str, str]]:
    return [
        {
            "name": source.pick(row),
            "content": row.content or EMPTY,
            "cycle": source.say(f"每 {row.maintenance_cycle} 天", f"every {row.maintenance_cycle} days"),
            "next": source.day(services.next_maintenance(row, source.rows.requests, source.status_date)),
            "owner": source.person(row.owner),
        }
        for row in services_of(source)
        if row.maintenance_cycle is not None
    ]


def _upgrades(source: Source) -> list[dict[str, str]]:
    return [
        {
            "name": source.pick(row),
            "content": row.content or EMPTY,
            "window": source.label("services", "window", row.window),
            "owner": source.person(row.owner),
        }
        for row in services_of(source)
        if row.kind == UPGRADE
    ]


def _team(source: Source) -> list[dict[str, str]]:
    """Everybody who answers for a service, then the account manager."""
    keys = [row.owner for row in services_of(source)]
    keys.append(source.customer.account_manager if source.customer else None)
    found = []
    for key in dict.fromkeys(key for key in keys if key):
        row = source.people.get(key)
        found.append(
            {
                "name": source.person(key),
                "role": source.label("resources", "role", row.role) if row else EMPTY,
                "email": (row.email if row else None) or EMPTY,
            }
        )
    return found


def _customer_contacts(source: Source) -> list[dict[str, str]]:
    customer = source.customer.customer_id if source.customer else None
    return [
        {
            "name": row.name or EMPTY,
            "title": row.title or EMPTY,
            "role": source.label("contacts", "role", row.role),
            "reach": "\n".join(part for part in (row.phone, row.email) if part) or EMPTY,
        }
        for row in source.rows.contacts
        if customer and row.customer_id == customer and row.active != "no"
    ]


def _escalation(source: Source) -> list[dict[str, str]]:
    """Service owners, account manager, management: whom to turn to next when the step before did not help."""
    owners = source.joined(dict.fromkeys(source.person(row.owner) for row in services_of(source) if row.owner))
    account = source.person(source.customer.account_manager if source.customer else None)
    managers = source.joined(
        row.name for row in source.rows.resources if row.role == _MANAGER and row.name and row.resource_id
    )
    steps = (
        (
            source.say("服务负责人", "Service owner"),
            owners,
            source.say("对响应、处理过程或结果有疑问", "Questions about response, handling or result"),
        ),
        (
            source.say("客户经理", "Account manager"),
            account,
            source.say("服务负责人未在时限内解决，或对服务提出投诉", "Not settled in time, or a complaint"),
        ),
        (
            source.say("公司管理层", "Management"),
            managers,
            source.say("客户经理答复后仍未达成一致", "No agreement after the account manager's answer"),
        ),
    )
    return [
        {"level": str(level), "role": role, "person": person, "when": when}
        for level, (role, person, when) in enumerate(steps, 1)
        if person != EMPTY or role != source.say("公司管理层", "Management")
    ]

"""The draft of a service contract (D05): parties, services, time, people, fee and quality of a deal.

Always a draft, which a lawyer must check. Not here: its clauses and look (``word.design.bodies.d05``), price and limits
(``deal_terms``).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from automation.base.findings import Text
from automation.commands.document.deal_terms import (
    BLANK,
    agreed_terms,
    customer_facts,
    deal_of,
    item_rows,
    items,
    limit_rows,
    period,
    price_of,
    scope_lines,
    service_rows,
    services_of,
    total_of,
)
from automation.commands.document.frame import frame
from automation.commands.document.source import EMPTY, number, pair

if TYPE_CHECKING:
    from automation.commands.document.source import Source

TITLE = Text("服务合同（草稿）", "Service contract (draft)")


def contract_draft(source: Source) -> dict[str, Any]:
    """The context of D05 for the source's deal."""
    source = replace(source, draft=True)
    deal = deal_of(source)
    price = price_of(deal)
    return {
        **frame(source, "D05", TITLE),
        "contract": _contract(source),
        "parties": _parties(source),
        "needs": scope_lines(source, deal.needs_summary),
        "content": _content(source),
        "services": service_rows(source),
        "term": _term(source),
        "staff": _staff(source),
        "items": item_rows(items(source, price)),
        "total": total_of(source, price),
        "terms": agreed_terms(source, otherwise=BLANK),
        "limits": limit_rows(source),
        "accuracy": _accuracy(source),
        "blank": BLANK,
    }


def _contract(source: Source) -> list[dict[str, str]]:
    deal = deal_of(source)
    return [
        pair(source, "合同名称", "Contract", source.pick(deal)),
        pair(source, "合同编号", "Contract number", deal.contract_no, otherwise=BLANK),
        pair(source, "签订地点", "Place of signature", None, otherwise=BLANK),
    ]


def _parties(source: Source) -> list[dict[str, str]]:
    """Both parties row by row, with blanks for what the workbook does not hold."""
    known = customer_facts(source)
    customer = (source.customer.name if source.customer else None) or BLANK
    row = source.people.get(source.responsible)

    def line(zh: str, en: str, theirs: str, ours: str) -> dict[str, str]:
        blank = {EMPTY: BLANK, "": BLANK}
        return {
            "label": source.say(zh, en),
            "customer": blank.get(theirs, theirs),
            "supplier": blank.get(ours, ours),
        }

    return [
        line("单位名称", "Organisation", customer, source.company.in_(source.language) or source.company.zh),
        line("住所", "Address", known["address"], ""),
        line("法定代表人", "Legal representative", "", ""),
        line("统一社会信用代码", "Registration number", "", ""),
        line("联系人", "Contact", known["person"], source.person(source.responsible)),
        line("电话", "Phone", known["phone"], ""),
        line("电子邮箱", "E-mail", known["email"], (row.email if row else None) or ""),
    ]


def _content(source: Source) -> list[str]:
    """What is agreed in words: the deal's solution and, for a project, its scope."""
    scope = source.items(source.home.scope_in) if source.home else []
    return list(dict.fromkeys([*scope_lines(source, deal_of(source).solution_summary), *scope]))


def _term(source: Source) -> str:
    deal = deal_of(source)
    agreed = period(source, deal.contract_start, deal.contract_end)
    return source.say(f"自{BLANK}起至{BLANK}止", f"from {BLANK} to {BLANK}") if agreed == EMPTY else agreed


def _staff(source: Source) -> list[dict[str, str]]:
    """Who renders the services: the project's manager, the owners of the services, the owner of the deal."""
    manager = source.home.project_manager if source.home else None
    roles: dict[str, list[str]] = {}
    if manager:
        roles.setdefault(manager, []).append(source.say("项目管理", "Project management"))
    for service in services_of(source):
        if service.owner:
            roles.setdefault(service.owner, []).append(source.pick(service))
    owner = deal_of(source).owner
    if owner:
        roles.setdefault(owner, []).append(source.say("商务联系", "Commercial contact"))
    found = []
    for key, tasks in roles.items():
        row = source.people.get(key)
        role = source.label("resources", "role", row.role) if row else EMPTY
        found.append({"name": source.person(key), "role": role, "task": source.joined(tasks)})
    return found


def _accuracy(source: Source) -> str:
    """The least target of accuracy of the services; empty when none is set."""
    targets = [row.accuracy_target for row in services_of(source) if row.accuracy_target is not None]
    return f"{number(min(targets))}%" if targets else ""

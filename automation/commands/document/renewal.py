"""Renewal of a contract: notice and advice for the account manager (D27) and the letter to the customer (D27C).

Not here: their look (``templates/*/D27*.docx``), the figures (``renewal_record``), the advice (``renewal_advice``).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from automation.base.findings import Text
from automation.commands.document.amounts import money
from automation.commands.document.deal_terms import (
    BLANK,
    deal_of,
    period,
    price_of,
    services_of,
    whole_months,
)
from automation.commands.document.frame import frame
from automation.commands.document.renewal_advice import advice
from automation.commands.document.renewal_record import complaints, days_left, notice_days, received, record, scores
from automation.commands.document.source import EMPTY, pair
from automation.deviations import deals

if TYPE_CHECKING:
    from datetime import date

    from automation.commands.document.renewal_record import Record
    from automation.commands.document.source import Source
    from automation.deviations.services import Kept
    from automation.model.rows import DealsRow, ServicesRow

TITLE = Text("合同续签提醒与建议", "Renewal notice and proposal")
LETTER = Text("关于合同续签的函", "Renewal of our contract")
_MONTHS_OF_YEAR = 12
_LAST_DAY_OF_EVERY_MONTH = 28


def renewal_notice(source: Source) -> dict[str, Any]:
    """The context of D27 for the source's deal."""
    deal = deal_of(source)
    found = received(source)
    return {
        **frame(source, "D27", TITLE, signed=False),
        "state": _state(source, deal),
        "contract": _contract(source, deal),
        "services": _services(source, found),
        "record": _told(record(found)),
        "complaints": len(complaints(source, deal)),
        "satisfaction": _satisfaction(source),
        "advice": advice(source, deal, found),
        "proposal": _proposal(source, deal),
    }


def renewal_letter(source: Source) -> dict[str, Any]:
    """The context of D27C for the source's deal: what the customer may see of contract, record and proposal.

    A draft with a blank for the day while the contract has no end.
    """
    deal = deal_of(source)
    if deal.contract_end is None:
        source = replace(source, draft=True)
    whole = record(received(source))
    over = deal.contract_end is not None and deal.contract_end < source.status_date
    return {
        **frame(source, "D27C", LETTER, signed=False),
        "contract": {
            "name": source.pick(deal),
            "number": deal.contract_no or EMPTY,
            "end": source.day(deal.contract_end) if deal.contract_end else BLANK,
            "over": "over" if over else "",
        },
        "record": _told(whole),
        "services": source.joined(source.pick(row) for row in services_of(source)),
        "next_term": _next_term(source, deal),
        "mail": source.people[source.responsible].email or EMPTY if source.responsible in source.people else EMPTY,
    }


def _percent(value: float | None) -> str:
    return EMPTY if value is None else f"{value:.1f}%"


def _renewal(source: Source, deal: DealsRow) -> DealsRow | None:
    key = deal.renewal_deal_id
    return next((row for row in source.rows.deals if key and row.deal_id == key), None)


def _state(source: Source, deal: DealsRow) -> str:
    """When the contract ends, how far that is off, and how renewal stands."""
    left = days_left(source, deal)
    if left is None:
        return source.say("合同未填写到期日，请先补充。", "The contract has no end date: please fill it in first.")
    end = source.day(deal.contract_end)
    renewal = _renewal(source, deal)
    if renewal is None:
        stands = source.say("尚无续签商机", "there is no renewal deal")
    else:
        stage = source.label("deals", "stage", renewal.stage)
        stands = source.say(
            f"续签商机{renewal.deal_id}处于“{stage}”阶段", f"renewal deal {renewal.deal_id}: {stage.lower()}"
        )
    if left < 0:
        return source.say(
            f"合同已于{end}到期，至今 {-left} 天；{stands}。",
            f"The contract ended on {end}, {-left} days ago; {stands}.",
        )
    return source.say(
        f"合同将于{end}到期，还有 {left} 天；{stands}。", f"The contract ends on {end}, in {left} days; {stands}."
    )


def _contract(source: Source, deal: DealsRow) -> list[dict[str, str]]:
    notice = notice_days(source, deal)
    since = deal.contract_end - timedelta(days=notice) if deal.contract_end else None
    margin = deals.margin(deal)
    return [
        pair(source, "合同名称", "Contract", source.pick(deal)),
        pair(source, "合同编号", "Contract number", deal.contract_no),
        pair(source, "合同期限", "Term", period(source, deal.contract_start, deal.contract_end)),
        pair(source, "合同金额", "Amount", money(source, price_of(deal))),
        pair(source, "毛利率（报价时）", "Margin when quoted", EMPTY if margin is None else f"{margin:.1f}%"),
        pair(
            source,
            "续签提醒起始日",
            "Renewal due from",
            None
            if since is None
            else source.say(f"{source.day(since)}（提前 {notice} 天）", f"{source.day(since)} ({notice} days ahead)"),
        ),
        pair(source, "销售负责人", "Sales owner", source.person(deal.owner)),
        pair(source, "客户联系人", "Customer's contact", _contact(source)),
    ]


def _contact(source: Source) -> str:
    row = source.addressee
    return source.contact(row.contact_id, title=True) if row else EMPTY


def _services(source: Source, found: tuple[Kept, ...]) -> list[dict[str, str]]:
    """What each service of the deal achieved; low attainment or accuracy stands out."""
    return [_service(source, row, found) for row in services_of(source)]


def _service(source: Source, row: ServicesRow, found: tuple[Kept, ...]) -> dict[str, str]:
    own = record(one for one in found if one.service is row)
    least = source.request.settings.number("sla_min")
    return {
        "name": source.pick(row),
        "received": str(own.received),
        "judged": str(own.judged),
        "in_time": str(own.in_time),
        "attainment": _percent(own.attainment),
        "low": "low" if own.attainment is not None and own.attainment < least else "",
        "accuracy": _percent(own.accuracy),
        "wrong": "low" if own.accuracy is not None and own.accuracy < (row.accuracy_target or 0) else "",
    }


def _told(found: Record) -> dict[str, str]:
    return {
        "received": str(found.received) if found.received else "",
        "judged": str(found.judged) if found.judged else "",
        "in_time": str(found.in_time),
        "attainment": _percent(found.attainment),
        "accuracy": "" if found.accuracy is None else _percent(found.accuracy),
    }


def _satisfaction(source: Source) -> list[dict[str, str]]:
    return [{"period": source.month(name), "score": f"{value:.1f}"} for name, value in scores(source).items()]


def next_term(deal: DealsRow) -> tuple[date, date] | None:
    """The term that follows the contract's and is as long; ``None`` without both dates.

    Whole months are followed by as many months, other terms by as many days; both ends are included.
    """
    if deal.contract_start is None or deal.contract_end is None or deal.contract_end < deal.contract_start:
        return None
    first = deal.contract_end + timedelta(days=1)
    months = whole_months(deal.contract_start, deal.contract_end)
    if months is None or first.day > _LAST_DAY_OF_EVERY_MONTH:
        return first, first + (deal.contract_end - deal.contract_start)
    years, month = divmod(first.month - 1 + months, _MONTHS_OF_YEAR)
    return first, first.replace(year=first.year + years, month=month + 1) - timedelta(days=1)


def _next_term(source: Source, deal: DealsRow) -> str:
    term = next_term(deal)
    return period(source, *term) if term else EMPTY


def _proposal(source: Source, deal: DealsRow) -> list[dict[str, str]]:
    names = source.joined(source.pick(row) for row in services_of(source))
    return [
        pair(source, "建议续签期限", "Proposed term", _next_term(source, deal)),
        pair(source, "续签服务", "Services", names),
        pair(source, "价格基础", "Price to start from", money(source, price_of(deal))),
    ]

"""The quotation (D04) for the customer and its annex for the house (D04I): cost, reserve, margin and reviews.

Not here: its look (``templates/*/D04*.docx``), the lines of the price (``deal_terms``), the margin (``deviations.deals``).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from automation.base.findings import Text
from automation.commands.document.amounts import money
from automation.commands.document.deal_terms import (
    agreed_terms,
    deal_of,
    item_rows,
    items,
    services_of,
    supplier_contact,
    total_of,
)
from automation.commands.document.frame import frame
from automation.commands.document.reviews import FINANCIAL, LEGAL, PASSED, TECHNICAL, open_reviews
from automation.commands.document.source import EMPTY, number, pair
from automation.deviations import deals

if TYPE_CHECKING:
    from automation.commands.document.source import Source
    from automation.model.rows import DealsRow

TITLE = Text("报价单", "Quotation")
ANNEX = Text("报价单内部附表", "Quotation: internal annex")
_REVIEWS = (("tech_review", TECHNICAL), ("finance_review", FINANCIAL), ("legal_review", LEGAL))
_SALES_RULES = ("SAL-01", "SAL-02", "SAL-03", "SAL-04", "SAL-05", "SAL-08")


def quotation(source: Source) -> dict[str, Any]:
    """The context of D04 for the source's deal; a draft while there is no amount to quote."""
    deal = deal_of(source)
    if deal.quote_amount is None:
        source = replace(source, draft=True)
    return {
        **frame(source, "D04", TITLE, signed=False),
        "needs": deal.needs_summary or EMPTY,
        "items": item_rows(items(source, deal.quote_amount)),
        "total": total_of(source, deal.quote_amount),
        "terms": [_validity(source, deal), *agreed_terms(source)],
        "notes": _notes(source, deal),
        "contact": supplier_contact(source),
    }


def _validity(source: Source, deal: DealsRow) -> dict[str, str]:
    day = deal.quote_valid_until
    text = None if day is None else source.say(f"至{source.day(day)}（含当日）", f"Until {source.day(day)}, inclusive")
    return pair(source, "报价有效期", "Validity", text, otherwise=source.say("待定", "To be set"))


def _notes(source: Source, deal: DealsRow) -> list[str]:
    found = []
    if deal.quote_valid_until is not None and deal.quote_valid_until < source.status_date:
        day = source.day(deal.quote_valid_until)
        found.append(
            source.say(
                f"本报价已于{day}到期，价格与交货周期须重新确认后方为有效。",
                f"This quotation expired on {day}: price and delivery must be confirmed anew before they hold.",
            )
        )
    return [
        *found,
        source.say(
            "本报价仅涵盖上表所列内容；超出部分另行报价。",
            "The quotation covers what the table lists and nothing else; anything beyond is quoted separately.",
        ),
        source.say(
            "报价是否含税、税率及发票类型，以双方签订的合同为准。",
            "Whether tax is included, at which rate, and the kind of invoice are settled in the contract.",
        ),
        source.say(
            "本报价单不构成合同；双方的权利和义务以签订的合同为准。",
            "The quotation is not a contract: rights and duties follow from the contract both parties sign.",
        ),
    ]


def quotation_annex(source: Source) -> dict[str, Any]:
    """The context of D04I for the source's deal."""
    deal = deal_of(source)
    return {
        **frame(source, "D04I", ANNEX, signed=False),
        "calculation": _calculation(source, deal),
        "services": _services(source),
        "comparison": _comparison(source, deal),
        "reviews": _reviews(source, deal),
        "findings": _findings(source),
        "ready": _ready(source, deal),
        "total": total_of(source, deal.quote_amount),
    }


def _calculation(source: Source, deal: DealsRow) -> list[dict[str, str]]:
    margin = deals.margin(deal)
    limit = number(source.request.settings.number("margin_min"))
    profit = None
    if deal.quote_amount is not None and deal.est_cost is not None:
        profit = deal.quote_amount - deal.est_cost - (deal.risk_reserve or deals.NOTHING)
    share = EMPTY if margin is None else f"{margin:.1f}%"
    if margin is not None and margin < source.request.settings.number("margin_min"):
        share += source.say(f"（低于下限 {limit}%）", f" (below the limit of {limit}%)")
    return [
        pair(source, "报价金额", "Quoted amount", money(source, deal.quote_amount)),
        pair(source, "成本估算", "Estimated cost", money(source, deal.est_cost)),
        pair(source, "风险预留", "Risk reserve", money(source, deal.risk_reserve)),
        pair(source, "毛利（报价－成本－风险预留）", "Margin (quotation - cost - reserve)", money(source, profit)),
        pair(source, "毛利率", "Margin in percent", share),
        pair(source, "毛利率下限", "Least margin", f"{limit}%"),
    ]


def _comparison(source: Source, deal: DealsRow) -> list[dict[str, str]]:
    gap = deals.market_distance(deal)
    distance = EMPTY if gap is None else f"{gap:+.1f}%"
    total = sum((row.price or deals.NOTHING for row in services_of(source)), deals.NOTHING)
    return [
        pair(source, "市场参考价", "Market price", money(source, deal.market_price)),
        pair(source, "报价与市场价之差", "Quotation against the market", distance),
        pair(source, "竞争对手", "Competitors", deal.competitors),
        pair(source, "服务目录月价合计", "Monthly prices of services", money(source, total) if total else None),
    ]


def _services(source: Source) -> list[dict[str, str]]:
    """Monthly price, cost and margin of every service of the deal."""
    found = []
    for row in services_of(source):
        margin = None
        if row.price and row.cost_budget is not None:
            margin = float(100 * (row.price - row.cost_budget) / row.price)
        found.append(
            {
                "name": source.pick(row),
                "price": money(source, row.price),
                "cost": money(source, row.cost_budget),
                "margin": EMPTY if margin is None else f"{margin:.1f}%",
            }
        )
    return found


def _reviews(source: Source, deal: DealsRow) -> list[dict[str, str]]:
    before = (
        source.say("报价发出前", "before the quotation goes out"),
        source.say("报价发出前", "before the quotation goes out"),
        source.say("合同签订前", "before the contract is signed"),
    )
    return [
        {
            "name": _capital(name.in_(source.language)),
            "state": source.label("deals", column, getattr(deal, column) or "not_reviewed"),
            "alert": "" if getattr(deal, column) == PASSED else "open",
            "needed": needed,
        }
        for (column, name), needed in zip(_REVIEWS, before, strict=True)
    ]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _ready(source: Source, deal: DealsRow) -> str:
    missing = source.joined(name.in_(source.language) for name in open_reviews(deal))
    if deal.quote_amount is None:
        return source.say("尚无报价金额，不能发出。", "There is no amount yet: the quotation cannot go out.")
    if missing != EMPTY:
        return source.say(
            f"{missing}尚未通过，报价单暂不得发给客户。",
            f"Not passed yet: {missing}. The quotation must not go out to the customer.",
        )
    return source.say("技术评审和财务评审均已通过，可以发出。", "Both reviews have passed: the quotation may go out.")


def _findings(source: Source) -> list[dict[str, str]]:
    """What the sales rules say about this deal."""
    return [
        {
            "severity": source.label("findings", "severity", finding.severity.code),
            "message": finding.message.in_(source.language),
            "hint": finding.hint.in_(source.language),
        }
        for finding in source.request.findings
        if finding.rule in _SALES_RULES and finding.place.sheet == "deals" and finding.place.key == source.key
    ]

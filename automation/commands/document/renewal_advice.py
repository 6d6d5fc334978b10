"""What to do before and in the renewal of a contract, from its timing, record, the customer's voice and its margin.

Not here: the figures (``renewal_record``) and the rest of the notice (``renewal``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.commands.document.deal_terms import services_of
from automation.commands.document.renewal_record import days_left, is_due, record, scores
from automation.commands.document.source import EMPTY, number
from automation.deviations import deals
from automation.deviations.requests import candidates, repeated_faults

if TYPE_CHECKING:
    from automation.commands.document.source import Source
    from automation.deviations.services import Kept
    from automation.model.rows import DealsRow


def advice(source: Source, deal: DealsRow, found: tuple[Kept, ...]) -> list[str]:
    """What to do before and in the renewal, from the contract, the record and the customer's voice."""
    return [
        *_timing(source, deal),
        *_performance(source, found),
        *_voice(source),
        *_commerce(source, deal, found),
    ] or [
        source.say(
            "未发现续签前须先解决的问题，可按现有条款续签。",
            "Nothing needs to be settled first: the contract can be renewed on the same terms.",
        )
    ]


def _timing(source: Source, deal: DealsRow) -> list[str]:
    left = days_left(source, deal)
    if left is None or not is_due(source):
        return []
    if left < 0:
        return [
            source.say(
                "合同已到期：继续服务之前，先与客户签订续签合同或书面延期。",
                "The contract is over: agree a renewal or a written extension before services go on.",
            )
        ]
    return [
        source.say(
            f"本周内建立续签商机并约客户面谈，争取在到期前 {left} 天内完成报价、评审和签约。",
            f"Open a renewal deal and meet the customer this week: {left} days remain for quotation, reviews and signature.",
        )
    ]


def _performance(source: Source, found: tuple[Kept, ...]) -> list[str]:
    least = source.request.settings.number("sla_min")
    weak = []
    for row in services_of(source):
        rate = record(one for one in found if one.service is row).attainment
        if rate is not None and rate < least:
            weak.append(f"{source.pick(row)} {rate:.1f}%")
    lines = []
    if weak:
        names = source.joined(weak)
        lines.append(
            source.say(
                f"以下服务的达成率低于 {number(least)}%，面谈时应主动说明原因和改进措施：{names}。",
                f"Attainment below {number(least)}%: explain causes and remedies before the customer asks: {names}.",
            )
        )
    days = source.request.settings.whole("repeat_fault_days")
    many = source.request.settings.number("repeat_faults")
    repeated = repeated_faults((one.request for one in found), source.status_date, days)
    names = source.joined(
        source.pick(row) for row in services_of(source) if len(repeated.get(row.service_id or "", ())) >= many
    )
    if names != EMPTY:
        lines.append(
            source.say(
                f"近 {days} 天同类故障反复出现：{names}。续签方案中应包含根治措施。",
                f"Faults recurred within {days} days: {names}. The renewal should hold a lasting remedy.",
            )
        )
    return lines


def _voice(source: Source) -> list[str]:
    values = list(scores(source).values())
    target = source.request.settings.number("sat_target")
    if not values or values[-1] >= target:
        return []
    return [
        source.say(
            f"最近一次总体满意度 {values[-1]:.1f} 分，低于 {number(target)} 分：先由客户经理回访，落实改进后再谈续签。",
            f"Latest overall satisfaction is {values[-1]:.1f}, below {number(target)}: visit the customer and settle what is "
            "wrong before negotiating.",
        )
    ]


def _commerce(source: Source, deal: DealsRow, found: tuple[Kept, ...]) -> list[str]:
    lines = []
    margin, least = deals.margin(deal), source.request.settings.number("margin_min")
    if margin is not None and margin < least:
        lines.append(
            source.say(
                f"原合同毛利率 {margin:.1f}%，低于 {number(least)}%：按本期实际成本重新测算价格。",
                f"The margin was {margin:.1f}%, below {number(least)}%: calculate the price anew from this term's actual cost.",
            )
        )
    asked = candidates(one.request for one in found)
    names = source.joined(source.pick(row) for row in services_of(source) if row.service_id in asked)
    if names != EMPTY:
        lines.append(
            source.say(
                f"以下服务的请求以咨询为主，可建议客户增加培训服务：{names}。",
                f"Most requests are questions; training may help the customer: {names}.",
            )
        )
    return lines

"""The profile of a customer (D20): who it is, what it bought, how it is served, how satisfied it is, what to do next.

Not here: its look (``templates/*/D20.docx``), the figures (``deviations.customers`` and others).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from automation.base.findings import Text
from automation.commands.document.amounts import money
from automation.commands.document.charts import satisfaction_chart
from automation.commands.document.frame import frame
from automation.commands.document.source import EMPTY, pair
from automation.deviations import customers, feedback, services
from automation.deviations.reminders import history

if TYPE_CHECKING:
    from collections.abc import Iterator

    from automation.commands.document.source import Source
    from automation.model.rows import CustomersRow, DealsRow, RequestsRow

TITLE = Text("客户档案与分析", "Customer profile")
_OPEN_STAGES_END = frozenset({"lost", "signed", "closed", "won"})
_LATEST = 15


def profile(source: Source) -> dict[str, Any]:
    """The context of D20 for the source's customer."""
    row: CustomersRow = source.subject
    own = [one for one in source.rows.feedback if one.customer_id == row.customer_id]
    return {
        **frame(source, "D20", TITLE, signed=False),
        "basics": _basics(source, row),
        "business": _business(source, row),
        "contacts": _contacts(source, row),
        "projects": _projects(source, row),
        "deals": [_deal(source, one) for one in _deals(source, row)],
        "service": _service(source, row),
        "satisfaction": _satisfaction(source, row),
        "voices": [_voice(source, one) for one in feedback.by_day(own) if one.kind != feedback.SURVEY][-10:],
        "history": _history(source, row),
        "tier": _tier(source, row),
        "advice": list(_advice(source, row)),
        "charts": {"satisfaction": satisfaction_chart(source, own)},
    }


def _basics(source: Source, row: CustomersRow) -> list[dict[str, str]]:
    return [
        pair(source, "客户编号", "Customer number", row.customer_id),
        pair(source, "名称", "Name", row.name),
        pair(source, "类型", "Kind", source.label("customers", "customer_type", row.customer_type)),
        pair(source, "行业", "Industry", row.industry),
        pair(source, "规模", "Size", source.label("customers", "company_size", row.company_size)),
        pair(source, "地址", "Address", row.address),
        pair(source, "电话", "Phone", row.phone),
        pair(source, "状态", "Status", source.label("customers", "status", row.status)),
        pair(source, "合作开始", "Customer since", source.day(row.since)),
        pair(source, "客户经理", "Account manager", source.person(row.account_manager)),
    ]


def _business(source: Source, row: CustomersRow) -> list[dict[str, str]]:
    return [
        pair(source, "业务范围", "Business", row.business_scope),
        pair(source, "主要产品", "Products", row.main_products),
        pair(source, "市场地位", "Market position", row.market_position),
        pair(source, "信息化现状", "Information systems", row.it_status),
        pair(source, "痛点", "Pains", "\n".join(source.items(row.pain_points))),
        pair(source, "发展规划", "Plans", row.dev_plan),
        pair(source, "偏好", "Preferences", row.preferences),
    ]


def _contacts(source: Source, row: CustomersRow) -> list[dict[str, str]]:
    return [
        {
            "name": one.name or EMPTY,
            "title": source.say(" ", ", ").join(filter(None, (one.department, one.title))) or EMPTY,
            "role": source.label("contacts", "role", one.role),
            "channel": source.label("contacts", "preferred_channel", one.preferred_channel),
            "reach": one.email or one.phone or EMPTY,
        }
        for one in source.rows.contacts
        if one.customer_id == row.customer_id and one.active != "no"
    ]


def _projects(source: Source, row: CustomersRow) -> list[dict[str, str]]:
    found = []
    for one in source.rows.projects:
        if one.customer_id != row.customer_id:
            continue
        plan = source.request.plans.get(one.project_id or "")
        percent = plan.figures.percent_complete if plan else None
        found.append(
            {
                "id": one.project_id or EMPTY,
                "name": source.pick(one),
                "status": source.label("projects", "status", one.status),
                "percent": EMPTY if percent is None else f"{percent:.1f}%",
                "finish": source.day(plan.forecast_finish if plan else None),
                "manager": source.person(one.project_manager),
            }
        )
    return found


def _deals(source: Source, row: CustomersRow) -> list[DealsRow]:
    return [one for one in source.rows.deals if one.customer_id == row.customer_id]


def _deal(source: Source, one: DealsRow) -> dict[str, str]:
    return {
        "id": one.deal_id or EMPTY,
        "name": source.pick(one),
        "stage": source.label("deals", "stage", one.stage),
        "amount": money(source, one.contract_amount or one.quote_amount or one.expected_amount),
        "end": source.day(one.contract_end),
        "next": one.next_step or EMPTY,
    }


def _requests(source: Source, row: CustomersRow) -> list[RequestsRow]:
    return [one for one in source.rows.requests if one.customer_id == row.customer_id]


def _service(source: Source, row: CustomersRow) -> list[dict[str, str]]:
    own = _requests(source, row)
    kept = [
        one
        for one in services.kept(source.rows, source.request.settings, source.status_date)
        if one.request.customer_id == row.customer_id and one.in_time is not None
    ]
    in_time = sum(one.in_time is True for one in kept)
    kinds = Counter(one.kind or "" for one in own).most_common(3)
    named = source.joined(f"{source.label('requests', 'kind', kind or None)} {count}" for kind, count in kinds)
    open_ones = sum(one.status not in services.SOLVED | {services.MISSED} for one in own)
    ratings = [float(one.rating) for one in own if one.rating is not None]
    return [
        pair(source, "服务请求", "Service requests", str(len(own))),
        pair(source, "主要类型", "Mostly", named),
        pair(source, "未解决", "Open", str(open_ones)),
        pair(source, "SLA 达成率", "SLA attainment", f"{100 * in_time / len(kept):.1f}%" if kept else None),
        pair(source, "平均评分", "Mean rating", f"{sum(ratings) / len(ratings):.2f}" if ratings else None),
    ]


def _satisfaction(source: Source, row: CustomersRow) -> list[dict[str, str]]:
    periods = feedback.overall_by_period(source.rows.feedback).get(row.customer_id or "", {})
    target = source.request.settings.number("sat_target")
    return [
        {
            "period": source.month(period),
            "score": f"{mean.value:.1f}",
            "answers": str(mean.number),
            "low": "low" if mean.value < target else "",
        }
        for period, mean in periods.items()
    ]


def _voice(source: Source, row: Any) -> dict[str, str]:
    return {
        "date": source.day(row.received_on),
        "kind": source.label("feedback", "kind", row.kind),
        "content": row.content or EMPTY,
        "status": source.label("feedback", "status", row.status),
    }


def _history(source: Source, row: CustomersRow) -> list[dict[str, str]]:
    sheets = source.catalogue.sheets
    return [
        {
            "date": source.day(one.day),
            "kind": source.label(one.sheet, "kind", one.kind)
            if one.kind
            else sheets[one.sheet].label.in_(source.language),
            "title": f"{one.key} {one.title}".strip(),
            "owner": source.person(one.owner or None),
        }
        for one in history(source.request.case, row.customer_id or "")[:_LATEST]
    ]


def _tier(source: Source, row: CustomersRow) -> list[dict[str, str]]:
    day = source.status_date
    value = customers.customer_values(source.rows, day).get(row.customer_id or "")
    suggested = _suggested(source, row)
    return [
        pair(source, "分层（填写）", "Tier (typed)", source.label("customers", "tier", row.tier)),
        pair(source, "建议分层", "Suggested tier", source.label("customers", "tier", suggested)),
        pair(source, "签约总额", "Contracts in total", money(source, value.revenue) if value else None),
        pair(source, "签约次数", "Contracts", str(value.orders) if value else None),
        pair(source, "最近联系", "Last contact", source.day(value.last_contact if value else None)),
        pair(
            source,
            "是否复购",
            "Bought again",
            source.say("是", "yes") if value and value.repurchase else source.say("否", "no"),
        ),
    ]


def _suggested(source: Source, row: CustomersRow) -> str | None:
    values = customers.customer_values(source.rows, source.status_date)
    settings, day = source.request.settings, source.status_date
    return customers.suggested_tiers(source.rows.customers, values, settings, status_date=day).get(
        row.customer_id or ""
    )


def _advice(source: Source, row: CustomersRow) -> Iterator[str]:
    """What to do, from what the workbook says: contracts that end, open deals, low scores, open complaints, silence."""
    settings, day = source.request.settings, source.status_date
    for deal in _deals(source, row):
        ends = deal.contract_end
        notice = deal.renewal_notice_days
        if ends and ends >= day and notice is not None and (ends - day).days <= notice and not deal.renewal_deal_id:
            name = source.pick(deal)
            yield source.say(
                f"“{name}”将于{source.day(ends)}到期，尚无续签商机，请尽快商谈续签。",
                f"“{name}” ends on {source.day(ends)} and nothing is under way: talk about renewal now.",
            )
        elif deal.next_step and deal.stage not in _OPEN_STAGES_END and deal.contract_no is None:
            yield source.say(
                f"跟进商机“{source.pick(deal)}”：{deal.next_step}。", f"Follow “{source.pick(deal)}”: {deal.next_step}."
            )
    scores = list(feedback.overall_by_period(source.rows.feedback).get(row.customer_id or "", {}).values())
    if scores and scores[-1].value < settings.number("sat_target"):
        yield source.say(
            f"最近一期满意度 {scores[-1].value:.1f}，低于目标 {settings.number('sat_target'):.1f}：请拜访客户了解原因，商定改进措施。",
            f"The latest score is {scores[-1].value:.1f}, below {settings.number('sat_target'):.1f}: visit, find the cause, "
            "agree on measures.",
        )
    waiting = [
        one.feedback_id or EMPTY
        for one in source.rows.feedback
        if one.customer_id == row.customer_id and one.kind == feedback.COMPLAINT and one.replied_on is None
    ]
    if waiting:
        names = source.joined(waiting)
        yield source.say(f"尚有投诉未答复：{names}。", f"Complaints not answered yet: {names}.")
    suggested = _suggested(source, row)
    if suggested and row.tier and suggested != row.tier:
        was, now = (source.label("customers", "tier", code) for code in (row.tier, suggested))
        yield source.say(f"建议把分层由 {was} 调整为 {now}。", f"Consider tier {now} instead of {was}.")

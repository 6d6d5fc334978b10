"""The monthly service report (D15): requests, service levels kept and missed, faults, maintenance, ratings, actions.

Not here: its look (``templates/*/D15.docx``), the figures (``deviations.services``, ``deviations.requests``).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from automation.base.findings import Text
from automation.commands.document.charts import attainment_chart
from automation.commands.document.frame import frame
from automation.commands.document.source import EMPTY, number, pair
from automation.deviations import requests, services

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from automation.commands.document.source import Source
    from automation.deviations.services import Kept
    from automation.model.rows import RequestsRow, ServicesRow

TITLE = Text("服务报告", "Service report")
_UPKEEP = frozenset({"maintenance_visit", "upgrade"})
_MISSED_SHOWN = 40
_OVER = frozenset({"standardised", "rejected"})


def service_report(source: Source) -> dict[str, Any]:
    """The context of D15 for the source's customer and the last month that is over, else the running one.

    The status date chooses the month: of an earlier month the report is made with a day of the month after it.
    """
    month = reported_month(source)
    rows = [row for row in _requests(source) if _in(row, month)]
    kept = [one for one in _kept(source) if _in(one.request, month)]
    return {
        **frame(source, "D15", TITLE, signed=False),
        "month": source.month(month),
        "summary": _summary(source, month, rows, kept),
        "kinds": _kinds(source, rows),
        "levels": _levels(source, kept),
        "missed": [_missed(source, one) for one in kept if one.in_time is False][:_MISSED_SHOWN],
        "missed_more": max(sum(one.in_time is False for one in kept) - _MISSED_SHOWN, 0),
        "faults": _faults(source),
        "fault_days": _fault_days(source),
        "upkeep": [_upkeep(source, row) for row in rows if row.kind in _UPKEEP],
        "next_visits": _next_visits(source),
        "ratings": _ratings(source, rows),
        "actions": _actions(source),
        "charts": {"attainment": attainment_chart(source, month)},
    }


def reported_month(source: Source) -> str:
    """The last month with requests that is over, such as 2026-05; the running one where there is none."""
    months = {row.received_at.isoformat()[:7] for row in _requests(source) if row.received_at}
    over = [month for month in months if services.ended(month, source.status_date)]
    return max(over, default=source.status_date.isoformat()[:7])


def _requests(source: Source) -> list[RequestsRow]:
    customer = source.customer.customer_id if source.customer else None
    end = services.end_of(source.status_date)
    return [
        row for row in source.rows.requests if row.customer_id == customer and row.received_at and row.received_at < end
    ]


def _kept(source: Source) -> list[Kept]:
    customer = source.customer.customer_id if source.customer else None
    found = services.kept(source.rows, source.request.settings, source.status_date)
    return [one for one in found if one.request.customer_id == customer]


def _in(row: RequestsRow, month: str) -> bool:
    return row.received_at is not None and row.received_at.isoformat().startswith(month)


def _percent(value: float | None) -> str:
    return EMPTY if value is None else f"{value:.1f}%"


def _summary(source: Source, month: str, rows: Sequence[RequestsRow], kept: Sequence[Kept]) -> list[dict[str, str]]:
    judged = [one for one in kept if one.in_time is not None]
    in_time = sum(one.in_time is True for one in judged)
    missed = sum(row.status == services.MISSED for row in rows)
    solved = sum(row.status in services.SOLVED for row in rows)
    ratings = [float(row.rating) for row in rows if row.rating is not None]
    mean = sum(ratings) / len(ratings) if ratings else None
    limit = source.request.settings.number("sla_min")
    return [
        pair(source, "受理请求", "Requests received", str(len(rows) - missed)),
        pair(source, "其中已解决", "Of these solved", str(solved)),
        *_hotline(source, month, missed),
        pair(source, "SLA 达成率", "SLA attainment", _percent(100 * in_time / len(judged) if judged else None)),
        pair(source, "达成率目标", "Target", _percent(limit)),
        pair(source, "客户评分（1 至 5 分）", "Mean rating (1 to 5)", None if mean is None else _rating(source, mean, len(ratings))),
    ]  # fmt: skip


def _rating(source: Source, mean: float, count: int) -> str:
    return source.say(f"{mean:.2f}（{count} 次评分）", f"{mean:.2f} ({count} rating{'s' * (count != 1)})")


def _hotline(source: Source, month: str, missed: int) -> list[dict[str, str]]:
    """Calls not answered and the answer rate of the hotline; nothing in a month without calls."""
    found = [one for one in requests.call_centre(_requests(source)) if one.month == month]
    return [
        row
        for one in found
        for row in (
            pair(source, "未接通来电", "Calls not answered", str(missed)),
            pair(source, "热线接通率", "Calls answered", _percent(one.answer_rate)),
        )
    ]


def _kinds(source: Source, rows: Sequence[RequestsRow]) -> list[dict[str, str]]:
    counted = Counter(row.kind or "" for row in rows if row.status != services.MISSED)
    solved = Counter(row.kind or "" for row in rows if row.status in services.SOLVED)
    return [
        {
            "kind": source.label("requests", "kind", kind or None),
            "count": str(count),
            "solved": str(solved[kind]),
            "open": str(count - solved[kind]),
        }
        for kind, count in counted.most_common()
    ]


def _levels(source: Source, kept: Sequence[Kept]) -> list[dict[str, str]]:
    """Attainment and accuracy by service; what is below its limit stands out."""
    limit = source.request.settings.number("sla_min")
    found = []
    for service in _own_services(source):
        own = services.attainments([one for one in kept if one.service is service])
        one = own[0] if own else None
        target = None if service.accuracy_target is None else float(service.accuracy_target)
        percent, accuracy = (one.percent, one.accuracy) if one else (None, None)
        found.append(
            {
                "name": source.pick(service),
                "judged": str(one.judged if one else 0),
                "in_time": str(one.in_time if one else 0),
                "percent": _percent(percent),
                "low": "low" if percent is not None and percent < limit else "",
                "accuracy": _percent(accuracy),
                "target": _percent(target),
                "wrong": "wrong" if accuracy is not None and target is not None and accuracy < target else "",
            }
        )
    return found


def _own_services(source: Source) -> list[ServicesRow]:
    customer = source.customer.customer_id if source.customer else None
    return [
        row
        for row in source.rows.services
        if row.customer_id == customer and services.is_active(row, source.status_date)
    ]


def _missed(source: Source, one: Kept) -> dict[str, str]:
    late = []
    if one.response is False:
        late.append(source.say(f"响应 {number(round(one.response_hours, 2))} 小时（约定 {number(one.response_limit)}）",
                               f"response {number(round(one.response_hours, 2))} h (agreed {number(one.response_limit)})"))  # fmt: skip
    if one.resolve is False:
        late.append(source.say(f"解决 {number(round(one.resolve_hours, 2))} 小时（约定 {number(one.resolve_limit)}）",
                               f"solution {number(round(one.resolve_hours, 2))} h (agreed {number(one.resolve_limit)})"))  # fmt: skip
    row = one.request
    return {
        "id": row.request_id or EMPTY,
        "subject": source.pick(row, "subject"),
        "priority": source.label("requests", "priority", row.priority),
        "late": "\n".join(late),
        "cause": row.cause or source.say("未记录", "not recorded"),
        "solution": row.solution or EMPTY,
    }


def _faults(source: Source) -> list[dict[str, str]]:
    """Services with more faults than the limit within the days set."""
    settings = source.request.settings
    found = requests.repeated_faults(_requests(source), source.status_date, settings.whole("repeat_fault_days"))
    names = {row.service_id: source.pick(row) for row in source.rows.services}
    return [
        {
            "service": names.get(service) or service,
            "count": str(len(rows)),
            "requests": "\n".join(
                f"{row.request_id} {source.pick(row, 'subject')}"
                + source.say(f"（{source.day(_received(row))}）", f" ({source.day(_received(row))})")
                for row in rows
            ),
        }
        for service, rows in found.items()
        if len(rows) >= settings.whole("repeat_faults")
    ]


def _received(row: RequestsRow) -> date | None:
    return row.received_at.date() if row.received_at else None


def _fault_days(source: Source) -> str:
    """Over which days and from how many on faults count as repeated."""
    settings = source.request.settings
    days, least = settings.whole("repeat_fault_days"), settings.whole("repeat_faults")
    return source.say(
        f"截至{source.day(source.status_date)}的 {days} 天内，同一服务发生 {least} 次及以上的故障：",
        f"Services with {least} faults or more in the {days} days up to {source.day(source.status_date)}:",
    )


def _upkeep(source: Source, row: RequestsRow) -> dict[str, str]:
    return {
        "kind": source.label("requests", "kind", row.kind),
        "subject": source.pick(row, "subject"),
        "date": source.day(row.resolved_at.date() if row.resolved_at else None),
        "result": row.solution or source.label("requests", "status", row.status),
    }


def _next_visits(source: Source) -> list[dict[str, str]]:
    own = _requests(source)
    found = []
    for service in _own_services(source):
        day = services.next_maintenance(service, own, source.status_date)
        if day is not None:
            late = day < source.status_date
            found.append({"service": source.pick(service), "date": source.day(day), "late": "late" if late else ""})
    return found


def _ratings(source: Source, rows: Sequence[RequestsRow]) -> list[dict[str, str]]:
    counted = Counter(int(float(row.rating) + 0.5) for row in rows if row.rating is not None)
    stars = source.say("分", "")
    return (
        [{"score": f"{score} {stars}".strip(), "count": str(counted[score])} for score in range(5, 0, -1)]
        if counted
        else []
    )


def _actions(source: Source) -> list[dict[str, str]]:
    """Improvements of services that are not over: those that came from requests, feedback or checks of this customer."""
    keys = {row.request_id for row in _requests(source)}
    customer = source.customer.customer_id if source.customer else None
    keys |= {row.feedback_id for row in source.rows.feedback if row.customer_id == customer}
    keys |= {row.check_id for row in source.rows.checks if row.kind == "service_sample_check"}
    return [
        {
            "id": row.action_id or EMPTY,
            "measure": row.measure or source.pick(row, "title"),
            "owner": source.person(row.owner),
            "due": source.day(row.due),
        }
        for row in source.rows.improvements
        if row.source_ref and row.source_ref in keys and row.funnel not in _OVER
    ]

"""Service figures (C17, C18, C19; B17): attainment and accuracy by service and month, requests, agents, the hotline.

Not here: the figures (``deviations.services``, ``deviations.requests``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.base.findings import Text
from automation.commands.analysis_sheets import filled
from automation.commands.scheduling import rounded
from automation.commands.service_columns import figures
from automation.deviations import requests, services
from automation.model.effects import LogEntry, Need, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from automation.commands.request import Request
    from automation.deviations.requests import CallCentre
    from automation.deviations.services import Attainment

SHEET = "service_figures"


def service_figures(request: Request) -> Outcome:
    """Attainment and accuracy by service and month, frequency by kind, agents, repeated faults, the hotline.

    Parameter: ``month`` such as 2026-05 (default: all).
    """
    rows, settings, day = request.project.rows, request.settings, request.status_date
    month = str(request.parameters.get("month") or "")
    kept = [
        one
        for one in services.kept(rows, settings, day)
        if not month or (one.request.received_at is not None and f"{one.request.received_at:%Y-%m}" == month)
    ]
    months = services.attainments(kept)
    hotline = [one for one in requests.call_centre(rows.requests) if not month or one.month == month]
    faults = requests.repeated_faults(rows.requests, day, settings.whole("repeat_fault_days"))
    names = _names(request)
    found = filled(
        request, SHEET, [_row(one, names, settings.number("sla_min")) for one in months], caption=_caption(request)
    )
    return Outcome(
        edits=found.edits,
        figures=figures(request),
        lines=tuple(_lines(request, months, hotline, names)),
        tables={
            "services": [_value(one) for one in months],
            "requests_by_kind": {one: dict(kinds) for one, kinds in requests.by_kind(rows.requests).items()},
            "agents": [one._asdict() for one in requests.agents(kept)],
            "call_centre": [_hotline(one) for one in hotline],
            "faults": {name: [row.request_id for row in members] for name, members in faults.items()},
            "candidates": dict(requests.candidates(rows.requests)),
        },
        notices=found.notices,
        log=(LogEntry("service-figures", SHEET),),
        goto=found.goto,
        needs=(Need("generate", "requests"),),
    )


def _names(request: Request) -> dict[str, Text]:
    return {
        row.service_id or "": Text(row.name or "", row.name_en or row.name or "")
        for row in request.project.rows.services
    }


def _row(one: Attainment, names: dict[str, Text], limit: float) -> dict[str, Any]:
    name = names.get(one.service, Text("", ""))
    return {
        "label": Text(f"{name.zh or one.service} {one.month}", f"{name.en or one.service} {one.month}"),
        "service_id": one.service,
        "month": one.month,
        "requests": one.judged,
        "in_time": one.in_time,
        "attainment": rounded(one.percent),
        "accuracy": rounded(one.accuracy),
        "target": limit,
    }


def _caption(request: Request) -> Text:
    return Text(
        f"状态日期 {request.status_date}：按受理月份统计；响应和解决都按时才算达成，时间按各服务的服务时段计算。",
        f"At {request.status_date}, by month of reception; both limits must be kept, hours count inside the service window.",
    )


def _lines(
    request: Request, months: Sequence[Attainment], hotline: Sequence[CallCentre], names: dict[str, Text]
) -> Iterator[Text]:
    if not months and not hotline:
        yield Text("没有服务请求。", "There are no service requests.")
    limit = request.settings.number("sla_min")
    for one in months:
        name = names.get(one.service, Text("", ""))
        mark = "! " if one.percent is not None and one.percent < limit else "  "
        accuracy = "—" if one.accuracy is None else f"{one.accuracy:.1f}%"
        percent = "—" if one.percent is None else f"{one.percent:.1f}%"
        yield Text(
            f"{mark}{one.month} {one.service} {name.zh}：判定 {one.judged} 件，按时 {one.in_time} 件，达成率 {percent}，准确率 {accuracy}",
            f"{mark}{one.month} {one.service} {name.en}: {one.judged} judged, {one.in_time} in time, attainment {percent}, "
            f"accuracy {accuracy}",
        )
    low = request.settings.number("answer_min")
    for call in hotline:
        mark = "! " if call.answer_rate < low else "  "
        rate = "—" if call.resolution_rate is None else f"{call.resolution_rate:.1f}%"
        yield Text(
            f"{mark}{call.month} 热线：来电 {call.calls}，接听 {call.answered}，接听率 {call.answer_rate:.1f}%，解决率 {rate}",
            f"{mark}{call.month} hotline: {call.calls} calls, {call.answered} answered, {call.answer_rate:.1f} %, solved {rate}",
        )


def _value(one: Attainment) -> dict[str, Any]:
    return {**one._asdict(), "attainment": rounded(one.percent), "accuracy": rounded(one.accuracy)}


def _hotline(one: CallCentre) -> dict[str, Any]:
    return {
        "month": one.month,
        "calls": one.calls,
        "answered": one.answered,
        "answer_rate": rounded(one.answer_rate),
        "resolution_rate": rounded(one.resolution_rate),
        "first_contact_rate": rounded(one.first_contact_rate),
        "rating": rounded(one.rating, 2),
    }

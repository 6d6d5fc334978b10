"""Computed columns of services, requests, feedback, contacts, indicators, processes and resources, and their figures.

C08, C17, C19, C20, C25, C26, C29, C34. Not here: the computations (``deviations``), the edits (``commands.computed``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.commands.scheduling import rounded
from automation.deviations import feedback, indicators, loads, processes, reminders, requests, services

if TYPE_CHECKING:
    from collections.abc import Mapping

    from automation.commands.request import Request

RowValues = dict[int, dict[str, Any]]
_YES_NO = {True: "yes", False: "no", None: None}


def values(request: Request) -> Mapping[str, RowValues]:
    """New values by sheet, row number and column, list values as codes."""
    rows, settings, day = request.project.rows, request.settings, request.status_date
    latest = feedback.latest_satisfaction(rows.feedback)
    peaks = loads.peaks(loads.week_loads(rows, request.plans, request.calendar, day))
    return {
        "requests": {
            one.request.row: {
                "response_hours": rounded(one.response_hours, 2) if one.request.responded_at else None,
                "resolve_hours": rounded(one.resolve_hours, 2) if one.request.resolved_at else None,
                "sla_response": _YES_NO[one.response],
                "sla_resolve": _YES_NO[one.resolve],
            }
            for one in services.kept(rows, settings, day)
        },
        "feedback": {row.row: {"due": feedback.due(row, request.calendar, settings)} for row in rows.feedback},
        "customers": {
            row.row: {"satisfaction_latest": rounded(latest.get(row.customer_id or ""), 2)} for row in rows.customers
        },
        "services": {
            row.row: {"next_maintenance": services.next_maintenance(row, rows.requests, day)} for row in rows.services
        },
        "contacts": {row.row: {"next_greeting": reminders.next_greeting(row, day)} for row in rows.contacts},
        "metrics": {
            one.row.row: {
                "previous": rounded(one.previous, 4),
                "achievement": rounded(one.achievement),
                "trend": one.trend,
            }
            for one in indicators.standings(rows.metrics)
        },
        "processes": _processes(request),
        "resources": {
            row.row: {"peak_load": rounded(peaks[row.resource_id])}
            for row in rows.resources
            if row.resource_id in peaks
        },
    }


def _processes(request: Request) -> RowValues:
    found: RowValues = {}
    rows = request.project.rows
    for process in processes.processes(rows.processes, rows.metrics, request.settings):
        for step in process.steps:
            slow = None if step.ratio is None else "yes" if step is process.bottleneck else "no"
            found[step.row.row] = {"avg_hours": rounded(step.hours, 2), "bottleneck": slow}
    return found


def figures(request: Request) -> dict[str, Any]:
    """Service figures by name: attainment of the last month that is over, satisfaction, the hotline's answer rate."""
    rows = request.project.rows
    months = services.attainments(services.kept(rows, request.settings, request.status_date))
    over = [one for one in months if services.ended(one.month, request.status_date)]
    last = max((one.month for one in over), default=None)
    judged = [one for one in over if one.month == last]
    total = sum(one.judged for one in judged)
    calls = [one for one in requests.call_centre(rows.requests) if services.ended(one.month, request.status_date)]
    latest = list(feedback.latest_satisfaction(rows.feedback).values())
    return {
        "sla_attainment": rounded(100 * sum(one.in_time for one in judged) / total) if total else None,
        "sla_month": last,
        "satisfaction": rounded(sum(latest) / len(latest), 2) if latest else None,
        "answer_rate": rounded(calls[-1].answer_rate) if calls else None,
        "service": [
            {"service": one.service, "month": one.month, "judged": one.judged, "attainment": rounded(one.percent)}
            for one in months
        ],
    }

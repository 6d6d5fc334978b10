"""Service figures: hours inside the service window, limits kept or not, attainment, accuracy, maintenance (C17).

Not here: frequency and handling of requests (``requests``), the rules (``service_rules``).
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from automation.planning.working_time import ROUND_THE_CLOCK, WORKING_HOURS, service_clock, service_due, service_hours

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from automation.base.settings import Settings
    from automation.deviations.case import Case
    from automation.model.rows import RequestsRow, Rows, ServicesRow
    from automation.planning.calendar import WorkCalendar

MISSED = "missed_call"
FAULT = "fault"
SOLVED = frozenset({"resolved", "closed"})
WHOLE = 100
_KEPT_FROM = ("services", "requests", "calendar")


def end_of(day: date) -> datetime:
    """The moment up to which everything of a status date is known: its end."""
    return datetime.combine(day + timedelta(days=1), time())


def clocks(rows: Rows, settings: Settings) -> Mapping[str, WorkCalendar]:
    """The clock of each service window, by its code."""
    days = tuple((row.date, row.kind or "") for row in rows.calendar if row.date is not None)
    hours = settings.words("working_hours")
    return {window: service_clock(window, days, hours) for window in (ROUND_THE_CLOCK, WORKING_HOURS)}


class Kept(NamedTuple):
    """How one request stands against its service's limits.

    Hours count inside the service window, to the moment of the answer or, while there is none, to the end of the status
    date. ``response`` and ``resolve`` say whether the limit was kept: ``None`` while the time still runs.
    """

    request: RequestsRow
    service: ServicesRow
    response_hours: float
    resolve_hours: float
    response_limit: float | None
    resolve_limit: float | None
    response: bool | None
    resolve: bool | None

    @property
    def in_time(self) -> bool | None:
        """Whether both limits were kept; ``None`` while one may still be."""
        if self.response is False or self.resolve is False:
            return False
        return None if self.response is None or self.resolve is None else True


def kept(rows: Rows, settings: Settings, status_date: date) -> tuple[Kept, ...]:
    """Every request with a service and a moment of reception, in row order; missed calls are none (C17)."""
    services = {row.service_id: row for row in rows.services if row.service_id}
    clock, now = clocks(rows, settings), end_of(status_date)
    found = []
    for row in rows.requests:
        service = services.get(row.service_id or "")
        if service is None or row.received_at is None or row.status == MISSED or row.received_at > now:
            continue
        window = clock.get(service.window or "", clock[WORKING_HOURS])
        found.append(_kept(row, service, window, now))
    return tuple(found)


def kept_in(case: Case) -> tuple[Kept, ...]:
    """Every request against its limits, in the rows that a rule may judge."""
    return case.once("kept", lambda: kept(case.rows, case.settings, case.status_date), _KEPT_FROM)


def attainments_in(case: Case) -> tuple[Attainment, ...]:
    """Attainment and accuracy by service and month, in the rows that a rule may judge."""
    return case.once("attainments", lambda: attainments(kept_in(case)), _KEPT_FROM)


def _kept(row: RequestsRow, service: ServicesRow, clock: WorkCalendar, now: datetime) -> Kept:
    received = row.received_at or now
    response = service_hours(clock, received, row.responded_at or now)
    resolve = service_hours(clock, received, row.resolved_at or now)
    response_limit = limit_of(service, "response", row.priority)
    resolve_limit = limit_of(service, "resolve", row.priority)
    return Kept(
        row,
        service,
        round(response, 4),
        round(resolve, 4),
        response_limit,
        resolve_limit,
        _in_time(response, response_limit, done=row.responded_at is not None),
        _in_time(resolve, resolve_limit, done=row.resolved_at is not None),
    )


def limit_of(service: ServicesRow, what: str, priority: str | None) -> float | None:
    """The hours agreed for ``response`` or ``resolve`` at a priority; ``None`` without either."""
    value = getattr(service, f"{what}_{priority}", None) if priority else None
    return None if value is None else float(value)


def _in_time(hours: float, limit: float | None, *, done: bool) -> bool | None:
    if limit is None:
        return None
    if hours > limit + 1e-9:
        return False
    return True if done else None


def due(one: Kept, clock: Mapping[str, WorkCalendar]) -> datetime | None:
    """The moment by which a request should be solved; ``None`` without a limit."""
    if one.resolve_limit is None or one.request.received_at is None:
        return None
    window = clock.get(one.service.window or "", clock[WORKING_HOURS])
    return service_due(window, one.request.received_at, one.resolve_limit)


class Attainment(NamedTuple):
    """Requests of one service in one month: how many were judged, and how many kept both limits."""

    service: str
    month: str
    judged: int
    in_time: int
    correct: int
    checked: int

    @property
    def percent(self) -> float | None:
        """SLA attainment in percent, ``None`` when nothing was judged."""
        return WHOLE * self.in_time / self.judged if self.judged else None

    @property
    def accuracy(self) -> float | None:
        """Correct of those judged as correct or not, in percent; ``None`` when none was."""
        return WHOLE * self.correct / self.checked if self.checked else None


def attainments(found: Iterable[Kept]) -> tuple[Attainment, ...]:
    """Attainment and accuracy by service and month of reception, ascending by service and month."""
    groups: dict[tuple[str, str], list[Kept]] = {}
    for one in found:
        if one.request.received_at is not None:
            place = (one.service.service_id or "", one.request.received_at.isoformat()[:7])
            groups.setdefault(place, []).append(one)
    return tuple(
        Attainment(
            service,
            month,
            sum(one.in_time is not None for one in members),
            sum(one.in_time is True for one in members),
            sum(one.request.accurate == "yes" for one in members),
            sum(one.request.accurate in {"yes", "no"} for one in members),
        )
        for (service, month), members in sorted(groups.items())
    )


def ended(month: str, status_date: date) -> bool:
    """Whether a month such as ``2026-05`` is over at the end of the status date."""
    return month < f"{status_date + timedelta(days=1):%Y-%m}"


def is_active(service: ServicesRow, status_date: date) -> bool:
    """Whether a service runs on a day; one without dates does."""
    begun = service.active_from is None or service.active_from <= status_date
    return begun and (service.active_to is None or service.active_to >= status_date)


def next_maintenance(service: ServicesRow, requests: Sequence[RequestsRow], status_date: date) -> date | None:
    """The last maintenance visit, else the beginning of the service, plus its cycle in days; ``None`` without a cycle."""
    if service.maintenance_cycle is None:
        return None
    visits = [
        row.resolved_at.date()
        for row in requests
        if row.service_id == service.service_id
        and row.kind == "maintenance_visit"
        and row.resolved_at is not None
        and row.resolved_at.date() <= status_date
    ]
    since = max(visits, default=service.active_from)
    return None if since is None else since + timedelta(days=service.maintenance_cycle)

"""The communication plan expanded (C28; B20): a row for each date of what recurs, up to a horizon. Nothing is sent.

Not here: the dates (``deviations.communication``).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from automation.base.days import date_of
from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.commands.new_row import next_id
from automation.commands.subjects import continued
from automation.deviations import communication
from automation.model.effects import AppendRows, LogEntry, Need, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from automation.commands.request import Request
    from automation.model.rows import EventsRow

SHEET = "events"
KEPT = (
    "project_id",
    "customer_id",
    "contact_id",
    "kind",
    "subject",
    "audience",
    "channel",
    "frequency",
    "owner",
    "participants",
)
"""Columns that a new date takes over from the row it continues."""


def expand_plan(request: Request) -> Outcome:
    """New rows on the events sheet for each date of a recurring series after its newest row, moved to working days.

    Parameter: ``until`` a day (default: the status date plus the setting ``event_horizon_days``). A date for which the
    series has a row already gets none, so that a second run adds nothing. Raises UsageError for a day that is none.
    """
    until = _until(request)
    table = request.project.tables[SHEET]
    rows, dates = [], []
    for number, (newest, day, step) in enumerate(_new_dates(request, until)):
        row = _next(newest, day, step)
        key = next_id(table.sheet, table, after=number)
        rows.append(_values(request, row, day, key))
        dates.append((key, row, day))
    edits = (AppendRows(table.name, tuple(rows)),) if rows and table.columns else ()
    return Outcome(
        edits=edits,
        figures={"new_events": len(rows), "until": until},
        lines=tuple(
            Text(f"{day} {row.subject or ''} → {key}", f"{day} {row.subject or ''} -> {key}") for key, row, day in dates
        )
        or (Text(f"到 {until} 为止的例行沟通都已有日期。", f"Everything that recurs has its dates up to {until}."),),
        tables={"events": [{"event": key, "day": day, "continues": row.event_id} for key, row, day in dates]},
        log=tuple(LogEntry("expand-plan", SHEET, key, new=day.isoformat()) for key, _, day in dates),
        needs=(Need("edit", SHEET),),
        question=_question(len(rows), until),
    )


def _question(number: int, until: date) -> Text:
    if not number:
        return Text("", "")
    return Text(
        f"在“沟通与活动”表增加 {number} 行，到 {until} 为止？",
        f"Add {number} {'row' if number == 1 else 'rows'} to Events, up to {until}?",
    )


def _until(request: Request) -> date:
    text = str(request.parameters.get("until") or "")
    if not text:
        return request.status_date + timedelta(days=request.settings.whole("event_horizon_days"))
    day = date_of(text)
    if day is None:
        raise UsageError(
            Text(
                f"--until 应为日期，例如 2026-08-31，而不是“{text}”。",
                f"--until takes a day such as 2026-08-31, not “{text}”.",
            ),
            code="NOT_A_DATE",
        )
    return day


def _next(newest: EventsRow, day: date, step: int) -> EventsRow:
    """The row that a date continues, called as the meeting on that date is."""
    if not newest.subject or newest.planned_on is None:
        return newest
    return newest._replace(subject=continued(newest.subject, old=newest.planned_on, new=day, step=step))


def _new_dates(request: Request, until: date) -> Iterator[tuple[EventsRow, date, int]]:
    """The dates that have no row yet: each with the row that it continues, and how many dates after that it is."""
    rows = [row for row in request.project.rows.events if request.case.stands(row.project_id)]
    taken: dict[tuple[Any, ...], set[date]] = {}
    for row in rows:
        if row.planned_on is not None:
            taken.setdefault(_series(row), set()).add(row.planned_on)
    for one in communication.series(rows, request.status_date):
        begin = one.newest.planned_on
        if begin is None:
            continue
        days = communication.dates_after(begin, one.frequency, request.calendar, until=until)
        for step, day in enumerate(days, start=1):
            if day > request.status_date and day not in taken[_series(one.newest)]:
                taken[_series(one.newest)].add(day)
                yield one.newest, day, step


def _series(row: EventsRow) -> tuple[Any, ...]:
    return row.project_id, row.customer_id, row.kind


def _values(request: Request, row: EventsRow, day: date, key: str) -> dict[int, Any]:
    table = request.project.tables[SHEET]
    values: dict[str, Any] = {name: getattr(row, name) for name in KEPT}
    values |= {"event_id": key, "planned_on": day, "status": "planned"}
    shown = {}
    for name, value in values.items():
        column = table.sheet.column(name)
        if name in table.columns and value is not None:
            label = request.catalogue.label(column, value, request.language) if column.kind == "enum" else value
            shown[table.columns[name]] = label
    return shown

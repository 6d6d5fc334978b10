"""Events with dates of their own: recurring series, next dates, birthdays and greeting days (C28, parts of C29).

Not here: the rules (``communication_rules``, ``care_rules``).
"""

from __future__ import annotations

from calendar import isleap
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from automation.model.rows import EventsRow
    from automation.planning.calendar import WorkCalendar

INTERVALS: Mapping[str, int] = {"weekly": 7, "fortnightly": 14, "monthly": 30, "quarterly": 91}
"""Calendar days between two events of a series, as far as gaps are judged by them."""
_MONTHS: Mapping[str, int] = {"monthly": 1, "quarterly": 3}
TRAININGS = frozenset({"staff_training", "customer_training"})
_LAST_OF_FEBRUARY = 28


class Series(NamedTuple):
    """The events of one kind that recur, for one project and customer: the newest row, and when it was last held.

    ``since`` is the day of the last event held, else that of the first one planned.
    """

    newest: EventsRow
    frequency: str
    since: date
    held: bool


def series(rows: Iterable[EventsRow], status_date: date) -> tuple[Series, ...]:
    """Every recurring series by project, customer and kind, in the order of its first row; cancelled events left out."""
    groups: dict[tuple[str | None, str | None, str | None], list[EventsRow]] = {}
    for row in rows:
        if row.frequency in INTERVALS and row.status != "cancelled" and row.planned_on is not None:
            groups.setdefault((row.project_id, row.customer_id, row.kind), []).append(row)
    found = []
    for members in groups.values():
        newest = max(members, key=lambda row: row.planned_on or date.min)
        held = [row.held_on for row in members if row.held_on is not None and row.held_on <= status_date]
        first = min(row.planned_on for row in members if row.planned_on is not None)
        found.append(Series(newest, newest.frequency or "", max(held, default=first), bool(held)))
    return tuple(found)


def dates_after(day: date, frequency: str, calendar: WorkCalendar, *, until: date) -> Iterator[date]:
    """The dates of a series after a day up to another, both excluded and included; a day off gives the next working day.

    Each is counted from ``day``, so that one moved by a holiday does not move those after it.
    """
    number = 1
    while True:
        planned = _step(day, frequency, number)
        if planned > until:
            return
        moved = planned if calendar.is_working(planned) else calendar.next_working(planned)
        if moved <= until:
            yield moved
        number += 1


def _step(day: date, frequency: str, number: int) -> date:
    months = _MONTHS.get(frequency)
    if months is None:
        return day + timedelta(days=INTERVALS[frequency] * number)
    place = day.month - 1 + months * number
    year, month = day.year + place // 12, place % 12 + 1
    following = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + timedelta(days=day.day - 1), following - timedelta(days=1))


def next_birthday(birthday: date, status_date: date) -> date:
    """The next birthday on or after a day; one on 29 February is on the 28th in other years."""
    found = _in_year(birthday, status_date.year)
    return found if found >= status_date else _in_year(birthday, status_date.year + 1)


def _in_year(birthday: date, year: int) -> date:
    leap_day = (birthday.month, birthday.day) == (2, 29)
    return date(year, 2, _LAST_OF_FEBRUARY) if leap_day and not isleap(year) else birthday.replace(year=year)


def greeted(rows: Iterable[EventsRow], kind: str, day: date, notice: int) -> tuple[set[str], set[str]]:
    """Contacts and customers with a greeting of that kind, planned or held in the notice period up to some days after it."""
    first, last = day - timedelta(days=notice), day + timedelta(days=notice)
    contacts: set[str] = set()
    customers: set[str] = set()
    for row in rows:
        on = row.held_on or row.planned_on
        if row.kind == kind and row.status != "cancelled" and on is not None and first <= on <= last:
            contacts.add(row.contact_id or "")
            customers.add(row.customer_id or "")
    return contacts, customers

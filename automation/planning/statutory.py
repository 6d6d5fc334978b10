"""Statutory holidays of a country as rows of the calendar sheet, and how far they are known.

The days are data (``calendars/china.yaml``) with the number of the notice that announced them, read elsewhere
(``front.library``). Not here: the arithmetic of working days (``calendar``).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from automation.planning.working_time import MAKE_UP

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

HOLIDAY = "statutory_holiday"
ENDING = (12, 31)
"""Month and day at which the year of a notice ends."""


def calendar_rows(years: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows of the calendar sheet, in the order of days, with codes of lists: one for each holiday and make-up day."""
    rows = [row for year in years for festival in year["festivals"] for row in _festival_rows(festival)]
    return sorted(rows, key=lambda row: row["date"])


def _festival_rows(festival: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    first, last, greeting = festival["from"], festival["to"], festival.get("greeting")
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        said = {"name_zh": festival["zh"], "name_en": festival["en"]}
        yield {"date": day, "kind": HOLIDAY, **said, "greeting_day": "yes" if day == greeting else "no"}
    for day in festival["make_up"]:
        said = {"name_zh": f"{festival['zh']}调休", "name_en": f"Make-up day, {festival['en']}"}
        yield {"date": day, "kind": MAKE_UP, **said, "greeting_day": "no"}


def known_until(days: Iterable[tuple[date, str]]) -> date | None:
    """The last day of the last year of which a calendar has statutory holidays; ``None`` when it has none.

    ``days`` are dates with the code of their kind. What lies later is counted in ordinary weeks, and provisional.
    """
    years = [day.year for day, kind in days if kind == HOLIDAY]
    return date(max(years), *ENDING) if years else None

"""Days and moments as people type them, and which of them can be meant at all.

Not here: the days of a calendar (``planning.calendar``).
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time

FIRST_YEAR = 1990
LAST_YEAR = 2199
"""Years between which (inclusive) a day of a project can lie; what lies outside is a typing error."""


def is_plausible(day: date, first_year: int = FIRST_YEAR) -> bool:
    """Whether a day or moment lies from the first of January of a year to 2199-12-31, both included."""
    return first_year <= day.year <= LAST_YEAR


_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_TIME = re.compile(r"(\d{1,2})\s*[::时]\s*(\d{1,2})(?:\s*[::分]\s*(\d{1,2}))?\s*[分秒]?")


def date_of(text: str) -> date | None:
    """The day that a text plainly means, such as ``2026.6.12``, ``2026年6月12日`` or ``20260612``; else ``None``."""
    plain = unicodedata.normalize("NFKC", text).strip()
    match = _DATE.fullmatch(plain) or re.fullmatch(r"(\d{4})(\d{2})(\d{2})", plain)
    return _day(match) if match else None


def datetime_of(text: str) -> datetime | None:
    """The moment that a text plainly means, such as ``2026-06-08 9:10``; a day alone is its midnight."""
    plain = unicodedata.normalize("NFKC", text).strip().replace("T", " ")
    match = _DATE.match(plain)
    day = _day(match) if match else None
    if match is None or day is None:
        return None
    rest = plain[match.end() :].strip()
    if not rest:
        return datetime.combine(day, time())
    clock = _TIME.fullmatch(rest)
    if clock is None:
        return None
    hour, minute, second = (int(part or 0) for part in clock.groups())
    if hour > 23 or minute > 59 or second > 59:  # noqa: PLR2004 - the limits of a clock
        return None
    return datetime.combine(day, time(hour, minute, second))


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None

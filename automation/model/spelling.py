"""What texts plainly mean: numbers, days, moments, ids; and texts as they are compared.

Not here: whole columns (``model.normalise``) and what is allowed (``checks``).
"""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, datetime, time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from automation.model.tables import CellError, RawValue


def fold(text: str) -> str:
    """A text as compared with labels: compatibility forms unified, case and all white space dropped."""
    folded = "".join(text.casefold().split())
    while not folded.isascii():  # what normalising, folding or dropping a space leaves may be folded again
        again = "".join(unicodedata.normalize("NFKC", folded).casefold().split())
        if again == folded:
            break
        folded = again
    return folded


def as_text(cell: RawValue | CellError) -> str:
    """A cell as the text that a user sees: whole numbers without a decimal point, dates in ISO form."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="minutes")
    return str(cell)


_SEPARATORS = re.compile(r"[;；,，、\s]+")


def ids_of(text: str) -> tuple[str, ...]:
    """The ids of a cell that lists several, separated by semicolons (commas and line breaks are understood)."""
    return tuple(part for part in _SEPARATORS.split(text) if part)


_NUMBER = re.compile(r"[-+]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")


def number_of(text: str) -> float | None:
    """The number that a text plainly means (full-width digits, thousands commas), or ``None``."""
    plain = unicodedata.normalize("NFKC", text).strip()
    number = float(plain.replace(",", "")) if _NUMBER.fullmatch(plain) else math.inf
    return number if math.isfinite(number) else None


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

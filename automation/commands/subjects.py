"""What the next meeting of a series is called: the numbers of weeks, rounds, months and quarters in its name go on.

Not here: its date (``deviations.communication``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

_QUARTERS = "一二三四"
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_ROUND = re.compile(
    r"(?P<before>第\s*|\b[Ww]eek\s+|\b[Rr]ound\s+|\b[Nn]o\.\s*)(?P<number>\d{1,4})(?P<after>\s*[周次期轮回]|\b(?!\s*季))"
)
_YEAR_MONTH = re.compile(r"(?P<year>\d{4})(?P<between>\s*年\s*)(?P<month>1[0-2]|0?[1-9])(?P<after>\s*月)(?!\s*\d)")
_MONTH = re.compile(r"(?<![\d年])(?P<month>1[0-2]|[1-9])(?P<after>\s*月)(?![\s\d]*\d+\s*[日号])")
_ENGLISH_MONTH = re.compile(rf"\b(?P<month>{'|'.join(_MONTHS)})\b(?!\s+\d{{1,2}}\b(?!\d))")
_QUARTER = re.compile(
    r"(?:(?P<year>\d{4})(?P<between>\s*年\s*))?(?P<before>第\s*)(?P<quarter>[一二三四1-4])(?P<after>\s*季度)"
)
_ENGLISH_QUARTER = re.compile(r"\bQ(?P<quarter>[1-4])(?P<between>\s+)?(?P<year>\d{4})?\b")


def continued(subject: str, *, old: date, new: date, step: int) -> str:
    """The name of the meeting on ``new`` in a series whose meeting on ``old``, ``step`` dates before, had this name.

    第16周 two dates later is 第18周; 5月 and 2026年第二季度 move with the calendar. A day (5月12日) stays as it is.
    """
    months = (new.year - old.year) * 12 + new.month - old.month
    quarters = (new.year - old.year) * 4 + (new.month - 1) // 3 - (old.month - 1) // 3
    changes: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
        (_ROUND, lambda found: f"{found['before']}{int(found['number']) + step}{found['after']}"),
        (_YEAR_MONTH, lambda found: _year_month(found, months)),
        (_MONTH, lambda found: f"{_shifted(int(found['month']), months, 12)[1]}{found['after']}"),
        (_ENGLISH_MONTH, lambda found: _MONTHS[_shifted(_MONTHS.index(found["month"]) + 1, months, 12)[1] - 1]),
        (_QUARTER, lambda found: _quarter(found, quarters)),
        (_ENGLISH_QUARTER, lambda found: _english_quarter(found, quarters)),
    )
    for pattern, change in changes:
        subject = pattern.sub(change, subject)
    return subject


def _shifted(number: int, by: int, of: int) -> tuple[int, int]:
    """Years passed and the number from 1 to ``of`` after so many steps."""
    years, place = divmod(number - 1 + by, of)
    return years, place + 1


def _year_month(found: re.Match[str], by: int) -> str:
    years, month = _shifted(int(found["month"]), by, 12)
    return f"{int(found['year']) + years}{found['between']}{month}{found['after']}"


def _quarter(found: re.Match[str], by: int) -> str:
    chinese = found["quarter"] in _QUARTERS
    years, quarter = _shifted(_QUARTERS.index(found["quarter"]) + 1 if chinese else int(found["quarter"]), by, 4)
    year = f"{int(found['year']) + years}{found['between']}" if found["year"] else ""
    return f"{year}{found['before']}{_QUARTERS[quarter - 1] if chinese else quarter}{found['after']}"


def _english_quarter(found: re.Match[str], by: int) -> str:
    years, quarter = _shifted(int(found["quarter"]), by, 4)
    year = f"{found['between']}{int(found['year']) + years}" if found["year"] else found["between"] or ""
    return f"Q{quarter}{year}"

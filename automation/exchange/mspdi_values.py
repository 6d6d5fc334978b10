"""Single values of Microsoft Project XML: dates, durations, numbers, and the doubts about them.

Not here: which elements hold them (``mspdi``).
"""

from __future__ import annotations

import re
from datetime import datetime

from automation.base.days import LAST_YEAR
from automation.base.findings import Text
from automation.planning.filed import Doubt

TENTHS_OF_HOUR = 600
TENTHS_OF_DAY = 14_400
FIRST_YEAR = 1950
"""The earliest year of a plan; older dates are typing errors. Microsoft Project itself begins in 1984."""
ELAPSED = frozenset({"4", "6", "8", "10", "12", "20", "36", "38", "40", "42", "44", "52"})
"""Formats of durations and lags that count wall-clock time (with and without question mark)."""
PERCENT = frozenset({"19", "20", "51", "52"})
"""Formats of lags that are a percentage of the predecessor's duration."""
MOST_TENTHS = 10**10
OWN_NUMBER = "188743731"
"""Project's number of the field Text1, in which a file that we wrote keeps a task's number in the workbook."""
_DURATION = re.compile(
    r"(-)?P(?:(\d{1,9})Y)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:\.\d+)?)D)?"
    r"(?:T(?:(\d{1,9}(?:\.\d+)?)H)?(?:(\d{1,9}(?:\.\d+)?)M)?(?:(\d{1,9}(?:\.\d+)?)S)?)?"
)
NEVER = {"", "NA", "1984-01-01T00:00:00"}


class Reading:
    """Reads values and remembers what could not be right; what is left out reads as empty."""

    def __init__(self) -> None:
        self.doubts: list[Doubt] = []

    def doubt(self, task: str, column: str, value: str, zh: str, en: str) -> None:
        """Remember a doubt."""
        self.doubts.append(Doubt(task, column, value[:80], Text(zh, en)))

    def moment(self, task: str, column: str, text: str) -> datetime | None:
        """A date-time without time zone, ``None`` where there is none or none that can be meant."""
        if text in NEVER:
            return None
        try:
            moment = datetime.fromisoformat(text).replace(tzinfo=None)
        except ValueError:
            self.doubt(task, column, text, "不是有效的日期，未计入", "is not a date and left out")
            return None
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            self.doubt(
                task,
                column,
                text,
                f"日期不在{FIRST_YEAR}年至{LAST_YEAR}年之间，未计入",
                f"lies outside the years {FIRST_YEAR} to {LAST_YEAR} and is left out",
            )
            return None
        return moment

    def duration(self, task: str, column: str, text: str) -> int:
        """A duration such as ``PT8H0M0S`` in tenths of minutes."""
        if not text:
            return 0
        match = _DURATION.fullmatch(text)
        if match is None or match[2] or match[3]:
            self.doubt(task, column, text, "不是有效的时长，按 0 计", "is not a duration and read as none")
            return 0
        days, hours, minutes, seconds = (float(part or 0) for part in match.groups()[3:])
        tenths = round(days * TENTHS_OF_DAY + hours * TENTHS_OF_HOUR + minutes * 10 + seconds / 6)
        if match[1] and tenths:
            self.doubt(task, column, text, "时长为负，按 0 计", "is negative and read as none")
            return 0
        return min(tenths, MOST_TENTHS)

    def number(self, task: str, column: str, text: str, default: float) -> float:
        """A number, the default where there is none."""
        if not text:
            return default
        try:
            number = float(text)
        except ValueError:
            number = float("nan")
        if not abs(number) <= MOST_TENTHS:
            self.doubt(task, column, text, "不是有效的数字，未计入", "is not a number and left out")
            return default
        return number

    def whole(self, task: str, column: str, text: str, default: int) -> int:
        """A whole number, the default where there is none."""
        return round(self.number(task, column, text, default))

    def flag(self, text: str, *, default: bool = False) -> bool:
        """A yes or no."""
        return text.lower() in {"1", "true", "yes"} if text else default

    def pair(
        self, task: str, column: str, start: datetime | None, finish: datetime | None
    ) -> tuple[datetime | None, datetime | None]:
        """Start and finish that can be true together; a finish before its start, named ``column``, is left out."""
        if start is not None and finish is not None and finish < start:
            self.doubt(
                task,
                column,
                finish.isoformat(),
                "早于对应的开始日期，未计入",
                "lies before its start and is left out",
            )
            return start, None
        return start, finish

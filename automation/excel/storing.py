"""What a cell can hold of a value, closed file or open workbook: exact numbers, dates as serial numbers, text that fits.

Not here: how it is written into a file (``values``) or typed in Excel (``live.typed``), which cells may change.
"""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from automation.excel.refusals import refused

if TYPE_CHECKING:
    from decimal import Decimal

    from automation.base.findings import Value

TEXT_LIMIT = 32_767
"""UTF-16 units that one cell may hold."""
HALF_MILLISECOND = 0.0005 / 86_400
EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - Excel's dates have no time zone
EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001 - Excel's dates have no time zone
LEAP_DAY_THAT_NEVER_WAS = datetime(1900, 3, 1)  # noqa: DTZ001 - Excel's dates have no time zone


def serial(value: date | datetime, *, is_1904: bool) -> float:
    """The day number of a date, with the time as a fraction; negative for dates that Excel cannot show."""
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)  # noqa: DTZ001
    if is_1904:
        return (moment - EPOCH_1904) / timedelta(days=1)
    # Excel counts a 29 February 1900 that never was, so days before it are one less.
    shift = 0 if moment >= LEAP_DAY_THAT_NEVER_WAS else 1
    days = (moment - EPOCH) / timedelta(days=1) - shift
    return days if days >= 1 else -1.0


def is_same_number(present: float, value: float | Decimal | date, *, is_1904: bool) -> bool:
    """Whether the number in a cell means the same as a number or a date."""
    if not isinstance(value, date):
        return present == value if isinstance(value, int) else present == float(value)
    if isinstance(value, datetime) and value.tzinfo is not None:
        return False
    return abs(present - serial(value, is_1904=is_1904)) < HALF_MILLISECOND


def stored(
    value: Value, *, shows_day: bool, is_1904: bool, sheet: str, cell: str
) -> str | float | bool | Decimal | None:
    """What a cell holds for a value: a date becomes its serial number, ``""`` becomes ``None``, all else stays.

    Refused are text that is too long, numbers that a double cannot hold, and dates where the cell shows no date.
    """
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return _text(value, sheet=sheet, cell=cell)
    if isinstance(value, bool):
        return value
    if isinstance(value, date):
        return _day(value, shows_day=shows_day, is_1904=is_1904, sheet=sheet, cell=cell)
    if not _is_exact(value):
        raise refused("bad-value", sheet=sheet, cell=cell, detail=str(value))
    return value


def _text(value: str, *, sheet: str, cell: str) -> str:
    """The text when a cell can hold it."""
    try:
        units = len(value.encode("utf-16-le")) // 2
    except UnicodeEncodeError as error:
        raise refused("bad-value", sheet=sheet, cell=cell, detail=ascii(value)) from error
    if units > TEXT_LIMIT:
        raise refused("text-too-long", sheet=sheet, cell=cell, detail=f"{units:,}")
    return value


def _day(value: date, *, shows_day: bool, is_1904: bool, sheet: str, cell: str) -> float:
    """The serial number of a date when the cell can show it."""
    if not shows_day:
        raise refused("not-date-cell", sheet=sheet, cell=cell)
    if isinstance(value, datetime) and value.tzinfo is not None:
        raise refused("bad-value", sheet=sheet, cell=cell, detail=value.isoformat())
    days = serial(value, is_1904=is_1904)
    if days < 0:
        raise refused("date-out-of-range", sheet=sheet, cell=cell, detail=value.isoformat())
    return days


def _is_exact(value: float | Decimal) -> bool:
    """Whether a double holds the number: it is finite, and whole numbers keep their last digit."""
    try:
        return math.isfinite(value) and (not isinstance(value, int) or int(float(value)) == value)
    except (OverflowError, ValueError):  # a whole number beyond all doubles, a signalling NaN
        return False

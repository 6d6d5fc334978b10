"""Values of cells to and from the text of the file: numbers, dates of both date systems, text, equality.

Not here: where the cells stand (``scan``) and how they are replaced (``cells``).
"""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from automation.excel.markup import TEXT_LIMIT, cell_text, element_text
from automation.excel.refusals import refused

if TYPE_CHECKING:
    from automation.base.findings import Value
    from automation.excel.book import Book
    from automation.excel.scan import Cell

SECONDS_A_DAY = 86_400
HALF_MILLISECOND = 0.0005 / SECONDS_A_DAY
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


def number_text(value: float | Decimal) -> str:
    """A number as the shortest text that reads back the same: ``28``, ``28.5``, ``1e+22``."""
    if isinstance(value, Decimal):
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:  # noqa: PLR2004 - digits a double holds
        return str(int(value))
    return repr(value)


def is_same(cell: Cell, value: Value, book: Book) -> bool:
    """Whether the value already stands in the cell; never so for a formula, whatever its result."""
    if cell.formula is not None:
        return False
    if value is None or value == "":
        return cell.raw is None or book.text(cell) == ""
    if isinstance(value, str):
        return book.text(cell) == value
    if cell.raw is None:
        return False
    if isinstance(value, bool):
        return cell.kind == "b" and (cell.raw in {"1", "true"}) == value
    return _is_same_number(cell.kind, cell.raw, value, is_1904=book.is_1904)


def _is_same_number(kind: str, raw: str, value: float | Decimal | date, *, is_1904: bool) -> bool:
    """Whether the text of a cell means the same number or date as a value."""
    midnight = "T00:00:00"
    if kind == "d":
        return isinstance(value, date) and raw.removesuffix(midnight) == value.isoformat().removesuffix(midnight)
    try:
        present = float(raw) if kind == "n" else math.nan
    except ValueError:
        return False
    if isinstance(value, date):
        return abs(present - serial(value, is_1904=is_1904)) < HALF_MILLISECOND
    return present == float(value)


def content(value: Value, book: Book, *, sheet: str, cell: str, style: int) -> tuple[bytes, bytes]:
    """The ``t`` attribute (``b""`` for a number) and the inner XML, unprefixed, that hold a value.

    Refused are text that is too long, numbers that a double cannot hold, and dates where the style shows no date.
    """
    if value is None or value == "":
        return b"", b""
    if isinstance(value, str):
        return b"inlineStr", _text(value, sheet=sheet, cell=cell)
    if isinstance(value, bool):
        return b"b", b"<v>1</v>" if value else b"<v>0</v>"
    if isinstance(value, date):
        if style not in book.date_styles:
            raise refused("not-date-cell", sheet=sheet, cell=cell)
        if isinstance(value, datetime) and value.tzinfo is not None:
            raise refused("bad-value", sheet=sheet, cell=cell, detail=value.isoformat())
        days = serial(value, is_1904=book.is_1904)
        if days < 0:
            raise refused("date-out-of-range", sheet=sheet, cell=cell, detail=value.isoformat())
        return b"", f"<v>{number_text(days)}</v>".encode()
    if not math.isfinite(value) or (isinstance(value, int) and int(float(value)) != value):
        raise refused("bad-value", sheet=sheet, cell=cell, detail=str(value))
    return b"", f"<v>{number_text(value)}</v>".encode()


def _text(value: str, *, sheet: str, cell: str) -> bytes:
    """An inline string; it is never a formula, whatever it begins with."""
    try:
        units = len(value.encode("utf-16-le")) // 2
    except UnicodeEncodeError as error:
        raise refused("bad-value", sheet=sheet, cell=cell, detail=ascii(value)) from error
    if units > TEXT_LIMIT:
        raise refused("text-too-long", sheet=sheet, cell=cell, detail=f"{units:,}")
    keeps = b' xml:space="preserve"' if value != value.strip() or "\n" in value or "  " in value else b""
    return b"<is><t" + keeps + b">" + element_text(cell_text(value)) + b"</t></is>"

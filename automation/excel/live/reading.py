"""An open workbook as raw sheets: the very values that ``excel.reader`` gives for the same workbook in a closed file.

Not here: the taking of the workbook (see ``state``) and the meaning of columns (``model``).
"""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from typing import TYPE_CHECKING

from automation.excel.storing import EPOCH
from automation.excel.styles import reading_of, shows_day
from automation.model.tables import Raw, RawSheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from automation.excel.live.state import LiveBook, LiveSheet
    from automation.model.tables import CellError, RawValue

    Converter = Callable[[float], RawValue]
    Rows = list[list[RawValue | CellError]]

EPOCH_ORDINAL = EPOCH.toordinal()
DAY_MILLISECONDS = 86_400_000
LONGEST_DAYS = 1_000_000_000
"""Durations of more days are no durations but numbers."""
MINUTES_A_DAY = 1_440
LAST_DAY = 2_958_466
"""The serial number (days since 1899-12-30) of the first day after 9999-12-31."""
DAYS_BETWEEN_SYSTEMS = 1_462
LEAP_DAY_THAT_NEVER_WAS = 60
"""The serial number that Excel gives to 29 February 1900; days before it are one more than in the calendar."""


def raw_of(book: LiveBook) -> Raw:
    """The worksheets of an open workbook, hidden ones too, as ``excel.reader.read`` gives them for a file.

    ``path`` is where the workbook lies, its name when it was never saved; ``digest`` that of all values, so that it
    is the same as long as no value changes.
    """
    converters = _Converters(is_1904=book.date_1904)
    sheets = tuple(_sheet(sheet, converters) for sheet in book.sheets)
    return Raw(book.path or book.name, sheets, _digest(sheets))


class _Converters(dict[str, "Converter | None"]):
    """What turns numbers into what they mean, by number format; ``None`` where they are plain numbers."""

    def __init__(self, *, is_1904: bool) -> None:
        super().__init__()
        self.is_1904 = is_1904

    def __missing__(self, code: str) -> Converter | None:
        self[code] = found = _converter(code, is_1904=self.is_1904)
        return found


def _sheet(sheet: LiveSheet, converters: _Converters) -> RawSheet:
    """One sheet, cut to the rectangle around the cells that hold something."""
    rows: Rows = [
        [
            value if type(value) is not float or (convert := converters[code]) is None else convert(value)
            for value, code in zip(values, formats, strict=True)
        ]
        for values, formats in zip(sheet.values, sheet.formats, strict=True)
    ]
    return _cut(sheet, rows)


def _cut(sheet: LiveSheet, rows: Rows) -> RawSheet:
    """The rows without empty ones above and below and empty columns on both sides, empty texts as empty cells."""
    tops, lefts, rights = [], [], []
    for number, row in enumerate(rows):
        if row.count(None) == len(row):
            continue
        if "" in row:
            # The empty result of a formula counts as a cell, as it does in a file; other empty texts are empty cells.
            known = [
                formula is not None or value != "" for value, formula in zip(row, sheet.formulas[number], strict=True)
            ]
            filled = [index for index, value in enumerate(row) if value is not None and known[index]]
            rows[number] = [None if value == "" else value for value in row]
        else:
            filled = [index for index, value in enumerate(row) if value is not None]
        if filled:
            tops.append(number)
            lefts.append(filled[0])
            rights.append(filled[-1])
    if not tops:
        return RawSheet(sheet.name, [])
    left, right = min(lefts), max(rights) + 1
    cut = [row[left:right] for row in rows[tops[0] : tops[-1] + 1]]
    return RawSheet(sheet.name, cut, sheet.area.top + tops[0], sheet.area.left + left)


def _converter(code: str, *, is_1904: bool) -> Converter | None:
    """What turns numbers in cells of a number format into what they mean, ``None`` where they are plain numbers."""
    reading = reading_of(code)
    if reading == "number":
        return None
    is_day = shows_day(code)
    if reading == "days":
        least = 1 if is_day else 0
        return lambda number: _whole_milliseconds(number) if least <= number < LONGEST_DAYS else number
    return lambda number: _moment(number, is_day=is_day, is_1904=is_1904)


def _whole_milliseconds(days: float) -> float:
    """A duration in days, to the nearest millisecond as in files."""
    return int(days * DAY_MILLISECONDS + 0.5) / DAY_MILLISECONDS


def _moment(number: float, *, is_day: bool, is_1904: bool) -> RawValue:
    """A date, a date with time, the text of a time of day; the number where the calendar has no such day."""
    days = number + DAYS_BETWEEN_SYSTEMS if is_1904 else number
    if number < 0 or days >= LAST_DAY:
        return number
    if number < 1:
        return number if is_day else _clock(int(number * DAY_MILLISECONDS + 0.5))
    if not is_1904 and number < LEAP_DAY_THAT_NEVER_WAS:
        days += 1
    if number.is_integer():
        return date.fromordinal(EPOCH_ORDINAL + int(days))
    try:
        return EPOCH + timedelta(milliseconds=int(days * DAY_MILLISECONDS + 0.5))
    except OverflowError:
        return number


def _clock(milliseconds: int) -> str:
    """The text of a time of day such as ``09:30`` or ``09:30:15``."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes % MINUTES_A_DAY, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}" if seconds else f"{hours:02}:{minutes:02}"


def _digest(sheets: tuple[RawSheet, ...]) -> str:
    """The SHA-256 of names, places and values of all cells."""
    total = hashlib.sha256()
    for sheet in sheets:
        total.update(repr((sheet.name, sheet.first_row, sheet.first_column, sheet.rows)).encode("utf-8", "replace"))
    return total.hexdigest()

"""Cells as a worksheet function is handed them, into values, and whole blocks at a time.

A block is a rectangle of cells, row by row: one cell, a column, a row or more. Serial numbers are taken as dates where
a date is expected, because that is what a formula such as ``A1+1`` hands over. What cannot be understood is an
``InputError``; ``each`` writes it into the cell concerned. Not here: the functions, and where the cells come from.
"""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from automation.base.days import FIRST_YEAR, LAST_YEAR, date_of, datetime_of, is_plausible
from automation.base.errors import AutomationError
from automation.base.findings import Text
from automation.model.spelling import as_text, number_of
from automation.model.tables import CellError, RawValue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from automation.base.findings import Language, Value

Cell = RawValue | CellError
Block = list[list[Any]]
"""Cells row by row, all rows equally long."""

ERROR_SIGN = "#"
"""What every error in a cell begins with, ours and Excel's own."""
SHORTEST_SENTENCE = 12
"""No error of ours is shorter; a shorter text that begins with the sign is somebody's own."""
SHOWN = 40
"""How many characters of a wrong cell an error quotes."""

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - workbook dates have no zone
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001 - workbook dates have no zone
_FIRST_SERIAL, _LAST_SERIAL = 1, 2_958_465
"""1900-01-01 and 9999-12-31: the days that Excel knows."""


class InputError(AutomationError):
    """A worksheet function cannot work with what it was handed; the text says what to type, without a full stop."""


class PassedOnError(InputError):
    """The cell holds the error of another of our functions, which says itself what to do."""


def is_blank(cell: Cell) -> bool:
    """Whether nothing stands in a cell; white space counts as nothing."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def day_of(cell: Cell, *, date_1904: bool = False) -> date | None:
    """The day in a cell, its time of day dropped; ``None`` for a blank one. Raises InputError."""
    moment = moment_in(cell, date_1904=date_1904)
    return None if moment is None else moment.date()


def moment_in(cell: Cell, *, date_1904: bool = False) -> datetime | None:
    """The moment in a cell, to the second; a day alone is its midnight, a blank cell ``None``. Raises InputError."""
    if is_blank(cell):
        return None
    found = _moment(_sound(cell), date_1904=date_1904)
    if found is None or not is_plausible(found):
        raise InputError(_no_date(cell, found), code="DATE")
    return found


def number_in(cell: Cell) -> float | None:
    """The number in a cell, also one stored as text; ``None`` for a blank one. Raises InputError."""
    if is_blank(cell):
        return None
    value = _sound(cell)
    if isinstance(value, str):
        found = number_of(value)
    else:
        found = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
    if found is None or not math.isfinite(found):
        raise InputError(
            Text(
                f"不是数字：“{_quoted(cell)}”，请输入数字，例如 5",
                f"Not a number: “{_quoted(cell)}”; type one such as 5",
            ),
            code="NUMBER",
        )
    return found


def text_in(cell: Cell) -> str:
    """The text in a cell as a user sees it, without spaces around it; ``""`` for a blank one. Raises InputError."""
    return as_text(_sound(cell)).strip() if not is_blank(cell) else ""


def each(compute: Callable[..., Value], *blocks: Block, language: Language) -> Block:
    """What a function of single cells gives for blocks of them, in the shape of the largest.

    A single cell, row or column goes with every row or column of the others, as in Excel. A cell for which it raises
    an InputError gets its text. Raises InputError when the shapes do not go together.
    """
    height, width = max(map(len, blocks)), max(len(block[0]) for block in blocks)
    if any(len(block) not in {1, height} or len(block[0]) not in {1, width} for block in blocks):
        raise InputError(
            Text(
                "各区域的行数或列数不同，请选择同样大小的区域，例如 A2:A10 和 B2:B10",
                "The ranges differ in rows or columns; choose ranges of one size, such as A2:A10 and B2:B10",
            ),
            code="SIZES",
        )
    rows = [[block[row % len(block)] for block in blocks] for row in range(height)]
    return [
        [_one(compute, [line[column % len(line)] for line in row], language) for column in range(width)] for row in rows
    ]


def flat(block: Block) -> Iterator[Cell]:
    """The cells of a block one after the other, row by row."""
    return (cell for row in block for cell in row)


def error_text(error: AutomationError, language: Language) -> str:
    """What a cell shows instead of a result."""
    text = error.in_(language).rstrip("。.")
    return text if isinstance(error, PassedOnError) else f"{ERROR_SIGN}{text}"


def _one(compute: Callable[..., Value], cells: list[Cell], language: Language) -> Value:
    try:
        return compute(*cells)
    except InputError as error:
        return error_text(error, language)


def _sound(cell: Cell) -> RawValue:
    """The cell, if it is no error. Raises InputError."""
    if isinstance(cell, CellError):
        raise InputError(
            Text(f"引用的单元格是错误值 {cell}，请先更正它", f"The cell referred to holds {cell}; correct that first"),
            code="ERROR_VALUE",
        )
    if isinstance(cell, str) and cell.startswith(ERROR_SIGN) and len(cell) >= SHORTEST_SENTENCE:
        raise PassedOnError(Text(cell, cell), code="ERROR_VALUE")
    return cell


def _moment(value: RawValue, *, date_1904: bool) -> datetime | None:
    """The moment that a value means, seconds rounded: serial numbers and Excel's own times are off by microseconds."""
    if isinstance(value, datetime):
        return _to_second(value.replace(tzinfo=None))
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001 - workbook dates have no zone
    if isinstance(value, str):
        day = date_of(value)
        return datetime_of(value) if day is None else datetime(day.year, day.month, day.day)  # noqa: DTZ001 - as above
    if isinstance(value, bool) or value is None or not _FIRST_SERIAL <= value < _LAST_SERIAL:
        return None
    return _to_second((_EPOCH_1904 if date_1904 else _EPOCH) + timedelta(days=value))


def _to_second(moment: datetime) -> datetime:
    return (moment + timedelta(microseconds=500_000)).replace(microsecond=0)


def _no_date(cell: Cell, found: datetime | None) -> Text:
    if found is None:
        return Text(
            f"日期无法识别：“{_quoted(cell)}”，请输入日期，例如 2026-06-12",
            f"Not a date: “{_quoted(cell)}”; type a date such as 2026-06-12",
        )
    return Text(
        f"“{_quoted(cell)}”不是 {FIRST_YEAR} 年至 {LAST_YEAR} 年之间的日期，请输入日期，例如 2026-06-12",
        f"“{_quoted(cell)}” is no date of the years {FIRST_YEAR} to {LAST_YEAR}; type a date such as 2026-06-12",
    )


def _quoted(cell: Cell) -> str:
    text = as_text(cell).strip()
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"

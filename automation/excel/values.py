"""Values of cells to and from the text of the file: numbers, dates of both date systems, text, equality.

Not here: what a cell can hold (``storing``), where the cells stand (``scan``) and how they are replaced (``cells``).
"""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from automation.excel.markup import cell_text, element_text
from automation.excel.storing import is_same_number, stored

if TYPE_CHECKING:
    from automation.base.findings import Value
    from automation.excel.book import Book
    from automation.excel.scan import Cell


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
    return is_same_number(present, value, is_1904=is_1904)


def content(value: Value, book: Book, *, sheet: str, cell: str, style: int) -> tuple[bytes, bytes]:
    """The ``t`` attribute (``b""`` for a number) and the inner XML, unprefixed, that hold a value.

    Refused are text that is too long, numbers that a double cannot hold, and dates where the style shows no date.
    """
    shows_day = isinstance(value, date) and style in book.date_styles
    held = stored(value, shows_day=shows_day, is_1904=book.is_1904, sheet=sheet, cell=cell)
    if held is None:
        return b"", b""
    if isinstance(held, str):
        return b"inlineStr", _text(held)
    if isinstance(held, bool):
        return b"b", b"<v>1</v>" if held else b"<v>0</v>"
    return b"", f"<v>{number_text(held)}</v>".encode()


def _text(value: str) -> bytes:
    """An inline string; it is never a formula, whatever it begins with."""
    keeps = b' xml:space="preserve"' if value != value.strip() or "\n" in value or "  " in value else b""
    return b"<is><t" + keeps + b">" + element_text(cell_text(value)) + b"</t></is>"

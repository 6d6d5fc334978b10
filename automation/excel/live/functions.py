"""Worksheet functions on the side of Excel: plain Python functions that xlwings calls from cells, and their workbook.

xlwings knows functions in cells on Windows only; elsewhere its decorators do nothing and the functions stay plain ones.
Not here: what the functions compute (``commands.functions``) and which there are (``front.udf``).
"""

from __future__ import annotations

import inspect
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from automation.base.records import dataclass
from automation.excel.live.windows import ERROR_BASE, ERRORS
from automation.model.tables import CellError, Raw, RawSheet

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Sequence

    from automation.model.tables import RawValue

    Block = list[list[Any]]

CATEGORY = "Deliverybook"
"""Where the function wizard lists them."""
TALLEST = 10_000
"""Rows from which on a range is cut to the used part of its sheet: whole columns have a million."""

_ERROR_TEXTS = frozenset(ERRORS.values())


class Parameter(NamedTuple):
    """One argument as Excel sees it."""

    name: str
    words: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class CallingBook:
    """The open workbook whose cell calls: ``address`` is where it lies, a path or an address, its name if never saved."""

    address: str
    book: Any

    def sheets(self, wanted: Container[str]) -> Raw:
        """All worksheets by name, those wanted with their cells, the others empty."""
        sheets = tuple(_raw(sheet) if sheet.name in wanted else RawSheet(sheet.name, []) for sheet in self.book.sheets)
        return Raw(self.address, sheets)

    def names(self) -> list[str]:
        """The names of the worksheets in order."""
        return [sheet.name for sheet in self.book.sheets]

    def date_1904(self) -> bool:
        """Whether its serial numbers count days from 1904."""
        return bool(_native(self.book, "Date1904", default=False))


def calling_book() -> CallingBook:
    """The workbook whose cell is being computed, as the VBA wrapper names it."""
    import xlwings  # noqa: PLC0415 - only Excel's own call waits for it

    book = xlwings.Book.caller()
    return CallingBook(str(_native(book, "FullName", default="") or book.fullname), book)


def worksheet_function(
    name: str, words: str, parameters: Sequence[Parameter], answer: Callable[[tuple[Block | None, ...]], Block]
) -> Callable[..., Block]:
    """A function that xlwings calls from a cell: blocks in, ``None`` for what was left out, a block out."""
    import xlwings  # noqa: PLC0415 - only Excel's own call waits for it

    def call(*values: Any) -> Block:
        return answer(tuple(None if value is None else _cells(value) for value in values))

    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    made: Any = call
    made.__name__ = made.__qualname__ = name
    made.__doc__ = words
    made.__annotations__ = {}
    made.__signature__ = inspect.Signature(
        [
            inspect.Parameter(one.name, kind, default=None if one.optional else inspect.Parameter.empty)
            for one in parameters
        ]
    )
    for one in parameters:
        made = xlwings.arg(one.name, ndim=2, err_to_str=True, expand=UsedRows(), doc=one.words)(made)
    found: Callable[..., Block] = xlwings.func(category=CATEGORY)(made)
    return found


class UsedRows:
    """What xlwings is to take of a range: all of it, but of a whole column only the rows that the sheet uses."""

    def expand(self, found: Any) -> Any:
        """The range, or its first rows down to the last used one of its sheet, one at least."""
        if found.shape[0] < TALLEST:
            return found
        used = found.sheet.used_range
        last = max(found.row, min(found.row + found.shape[0], used.row + used.shape[0]) - 1)
        corner = (last, found.column + found.shape[1] - 1)
        return found.sheet.range((found.row, found.column), corner)


def _raw(sheet: Any) -> RawSheet:
    used = sheet.used_range
    return RawSheet(sheet.name, _cells(used.options(ndim=2, err_to_str=True).value), used.row, used.column)


def _cells(values: Any) -> Block:
    """The cells of a block as ``model.tables`` holds them; a single value is a block of one."""
    if not isinstance(values, list | tuple):
        return [[_cell(values)]]
    rows = values if values and isinstance(values[0], list | tuple) else [values]
    return [[_cell(value) for value in row] for row in rows]


def _cell(value: Any) -> RawValue | CellError:
    """One cell: amounts of money arrive as Decimal, errors as text or, the newer ones, as whole numbers."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, str):
        return CellError(value) if value in _ERROR_TEXTS else value
    if isinstance(value, int) and not isinstance(value, bool) and value - ERROR_BASE in ERRORS:
        return CellError(ERRORS[value - ERROR_BASE])
    cell: RawValue = value
    return cell


def _native(book: Any, name: str, *, default: object) -> object:
    """A property of Excel's own workbook object, where the platform has one."""
    try:
        return getattr(book.api, name)
    except (AttributeError, NotImplementedError):
        return default

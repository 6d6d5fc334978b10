"""Raw sheets: what a reader hands over, cells with their places and nothing interpreted.

Not here: the meaning of columns (``model.project``).
"""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from automation.base.records import dataclass

RawValue = str | float | int | bool | date | datetime | None
"""A cell as read: ``None`` for empty, ``float`` for numbers, ``date`` or ``datetime`` for date cells."""


@dataclass(frozen=True, slots=True)
class CellError:
    """An error value that stands in a cell, such as ``#REF!``."""

    code: str

    def __str__(self) -> str:
        return self.code


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One worksheet as read.

    ``rows[0]`` is the row ``first_row`` of the sheet and ``rows[i][0]`` its column ``first_column``
    (both counted from 1, as in Excel). Rows may be shorter than the widest one.
    """

    name: str
    rows: list[list[RawValue | CellError]]
    first_row: int = 1
    first_column: int = 1


@dataclass(frozen=True, slots=True)
class Raw:
    """A whole workbook as read, sheets in workbook order. ``digest`` is the SHA-256 of the file's bytes."""

    path: str
    sheets: tuple[RawSheet, ...]
    digest: str = ""


@lru_cache(maxsize=1024)
def column_letters(column: int) -> str:
    """The letters of a column counted from 1: 1 is ``A``, 28 is ``AB``."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """The A1 address of a row and a column, both counted from 1."""
    return f"{column_letters(column)}{row}"

"""Cell addresses and rectangles of cells, in Excel's own numbers. Not here: what stands in the cells (``scan``)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from automation.excel.markup import MarkupError
from automation.excel.refusals import refused
from automation.model.tables import address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Place = tuple[int, int]
"""Row and column of a cell, both from 1."""
ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")
LAST_ROW = 1_048_576
LAST_COLUMN = 16_384


class Area(NamedTuple):
    """A rectangle of cells, rows and columns counted from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        """Whether the cell lies inside."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    def meets(self, other: Area) -> bool:
        """Whether the two share a cell."""
        return (
            self.top <= other.bottom
            and other.top <= self.bottom
            and self.left <= other.right
            and other.left <= self.right
        )

    def text(self) -> str:
        """The range as A1 text; a single cell without colon."""
        first = address(self.top, self.left)
        last = address(self.bottom, self.right)
        return first if first == last else f"{first}:{last}"


def place_of(text: str) -> tuple[int, int]:
    """Row and column (both from 1) of an A1 address that someone gave; refused when it is none."""
    place = _place(text)
    if place is None:
        raise refused("bad-address", cell=text)
    return place


def place_in_file(text: str) -> tuple[int, int]:
    """Row and column (both from 1) of an A1 address that stands in a part; ``MarkupError`` when it is none."""
    place = _place(text)
    if place is None:
        raise MarkupError(text)
    return place


def area_of(text: str) -> Area:
    """The area of a range that stands in a part, such as ``A1:C5``, ``B2``, ``A:C`` or ``2:5``."""
    first, _, last = text.replace("$", "").partition(":")
    last = last or first
    if first.isdecimal() and last.isdecimal():
        return Area(int(first[:7]), 1, int(last[:7]), LAST_COLUMN)
    if first.isalpha():
        return Area(1, place_in_file(f"{first}1")[1], LAST_ROW, place_in_file(f"{last}1")[1])
    (top, left), (bottom, right) = place_in_file(first), place_in_file(last)
    return Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def runs(places: Iterable[tuple[int, int]]) -> Iterator[Area]:
    """Cells (row, column) as few areas: neighbours in a column joined, then equal runs of neighbouring columns.

    The areas do not overlap and come in the order of columns and rows.
    """
    tall: dict[tuple[int, int], list[int]] = {}
    top = bottom = column = 0
    for here, row in [*sorted((column, row) for row, column in set(places)), (0, 0)]:
        if column and here == column and row == bottom + 1:
            bottom = row
            continue
        if column:
            tall.setdefault((top, bottom), []).append(column)
        column, top, bottom = here, row, row
    found = []
    for (first, last), columns in tall.items():
        left = right = columns[0]
        for next_column in [*columns[1:], 0]:
            if next_column == right + 1:
                right = next_column
                continue
            found.append(Area(first, left, last, right))
            left = right = next_column
    yield from sorted(found, key=lambda area: (area.left, area.top))


def rectangles(places: Iterable[Place]) -> list[Area]:
    """Cells as few areas as joining them by columns or by rows first gives, by rows and columns."""
    cells = set(places)
    tall = list(runs(cells))
    wide = [Area(area.left, area.top, area.right, area.bottom) for area in runs((column, row) for row, column in cells)]
    return sorted(wide if len(wide) <= len(tall) else tall)


def _place(text: str) -> tuple[int, int] | None:
    """Row and column of an A1 address, ``None`` when it is none."""
    match = ADDRESS.fullmatch(text)
    if match is None:
        return None
    letters, digits = match.groups()
    row, column = int(digits), _column(letters)
    return (row, column) if row <= LAST_ROW and column <= LAST_COLUMN else None


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    """The column, from 1, that has these letters."""
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return column

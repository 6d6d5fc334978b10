"""Rows of cells as lines of equal columns, as wide as a terminal shows Chinese. Not here: what the rows are."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

GAP = "  "


def aligned(rows: Sequence[Sequence[str]], *, left: Collection[int] = (0,)) -> list[str]:
    """The rows with the columns ``left`` to the left and the others to the right; all rows have as many cells."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    return [
        GAP.join(_padded(cell, widths[place], left=place in left) for place, cell in enumerate(row)).rstrip()
        for row in rows
    ]


def width(text: str) -> int:
    """The columns of a terminal that a text takes."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _padded(cell: str, wanted: int, *, left: bool) -> str:
    blanks = " " * (wanted - width(cell))
    return cell + blanks if left else blanks + cell

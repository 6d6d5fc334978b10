"""Heights of rows whose cells wrap: estimated from the text and the widths of columns.

Excel fits such rows again when they are edited; LibreOffice and WPS show them as they are told. A height that a
person set by hand is left alone. Not here: the text (``cells``), which rows are new (``rows``).
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from automation.excel.markup import MarkupError, splice, tag_with
from automation.excel.scan import Worksheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from automation.excel.book import Book
    from automation.excel.markup import Node
    from automation.excel.scan import Row

LINE_POINTS = 16
"""Height of a line of text in points, and what a row adds to it."""
MOST_LINES = 12
"""Beyond this many lines a row grows no further."""
MARGIN_POINTS = 1.5
NARROW, WIDE = 0.92, 1.9
WIDE_FROM = "‐"
"""From this character on, letters of Chinese text and its punctuation take two places."""


def lines_needed(text: str, width: float) -> int:
    """Lines that a text takes in a column of that width in characters, estimated."""
    room = max(1.0, width - 0.5)
    return sum(
        max(1, ceil(sum(WIDE if letter >= WIDE_FROM else NARROW for letter in line) / room))
        for line in text.split("\n")
    )


def points(lines: int) -> float:
    """The height in points of a row whose fullest cell takes that many lines."""
    return LINE_POINTS * min(lines, MOST_LINES) + MARGIN_POINTS


def fitted(xml: bytes, book: Book, name: str, rows: Iterable[int]) -> bytes:
    """The worksheet's bytes with the heights of these rows fitted to their text; the same bytes when they fit."""
    sheet = Worksheet(xml, name)
    widths = column_widths(sheet)
    pieces = []
    for row in sheet.rows(rows).values():
        start, end = row.node.start, row.node.inner
        before = xml[start:end]
        if row.node.attributes.get("customHeight") in {"1", "true"}:
            continue
        lines = _lines(row, book, widths)
        after = tag_with(before, {b"ht": f"{points(lines):g}".encode() if lines > 1 else None})
        if after != before:
            pieces.append((start, end, after))
    return splice(xml, pieces) if pieces else xml


def column_widths(sheet: Worksheet) -> Mapping[int, float]:
    """The widths in characters of the columns that have one of their own; hidden columns have none."""
    columns = sheet.root.child("cols")
    return {
        column: _width(node)
        for node in (columns.children if columns else ())
        if "width" in node.attributes and node.attributes.get("hidden") not in {"1", "true"}
        for column in range(node.number("min"), min(node.number("max"), node.number("min") + 255) + 1)
    }


def _width(node: Node) -> float:
    """The width of a column as ``<col>`` gives it; ``MarkupError`` when it is no number."""
    try:
        return float(node.required("width"))
    except ValueError as error:
        raise MarkupError(node.required("width")) from error


def _lines(row: Row, book: Book, widths: Mapping[int, float]) -> int:
    """The lines of the row's fullest wrapping cell."""
    found = 1
    for cell in row.cells:
        if cell.style in book.wrapping_styles and cell.column in widths:
            text = book.text(cell)
            if text:
                found = max(found, lines_needed(text, widths[cell.column]))
    return found

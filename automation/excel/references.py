"""References elsewhere in the workbook that end where a table ends: names, print areas and charts grow with it.

They shrink with a table whose rows are all replaced. Excel does the same when somebody types below a table. Formulas in
cells, sparklines and pivot tables are left alone: who wants those to follow writes the table's name, not addresses. Not
here: ranges on the sheet itself (``ranges``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from automation.excel.areas import area_of
from automation.excel.markup import element_text, splice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from automation.excel.areas import Area
    from automation.excel.book import Book
    from automation.excel.markup import Node
    from automation.excel.package import SheetPart

CELLS = r"(\$?[A-Z]{1,3}\$?)([0-9]{1,7}):(\$?[A-Z]{1,3}\$?)([0-9]{1,7})(?![0-9A-Za-z_.(:])"
NOT_GROWN = "_xlnm._FilterDatabase"
"""The name that Excel keeps for a filter outside of tables; it must agree with the sheet's own filter."""


def grow_references(book: Book, sheet: SheetPart, data: Area, *, last_row: int) -> None:
    """Let names and charts that cover rows of ``data`` from its first or a higher row to its last end at ``last_row``.

    References that begin lower, end elsewhere or lie beside the table stay as they are.
    """
    mark = b"$%d" % data.bottom
    if mark in book.xml(book.package.main):
        names = book.tree(book.package.main).child("definedNames")
        nodes = [node for node in (names.children if names else ()) if node.attributes.get("name") != NOT_GROWN]
        _grow(book, book.package.main, nodes, name=sheet.name, data=data, last_row=last_row)
    for part in _charts(book):
        if mark in book.xml(part):
            _grow(book, part, list(book.tree(part).all("f")), name=sheet.name, data=data, last_row=last_row)


def _grow(book: Book, part: str, nodes: list[Node], *, name: str, data: Area, last_row: int) -> None:
    """Put the grown texts into the nodes of a part that change; nodes that hold other elements are left alone."""
    pieces = []
    for node in nodes:
        text = grown(node.text, name, data, last_row=last_row)
        if text != node.text and not node.children:
            pieces.append((node.inner, node.close, element_text(text)))
    if pieces:
        book.put(part, splice(book.xml(part), pieces))


def grown(formula: str, name: str, data: Area, *, last_row: int) -> str:
    """A formula whose references to the sheet ``name`` that reach the last row of ``data`` reach ``last_row``."""
    quoted = re.escape("'" + name.replace("'", "''") + "'")
    # Texts in quotes come first, so that nothing inside them is taken for a reference.
    pattern = re.compile(rf'"[^"]*"|(?<![\w\].\'])({quoted}|{re.escape(name)})!{CELLS}', re.IGNORECASE)

    def change(match: re.Match[str]) -> str:
        sheet, left, top, right, bottom = match.groups()
        if sheet is None:
            return match[0]
        area = area_of(f"{left}{top}:{right}{bottom}")
        if area.bottom != data.bottom or area.top > data.top or not area.meets(data):
            return match[0]
        if int(bottom) == area.bottom:
            return f"{sheet}!{left}{top}:{right}{last_row}"
        return f"{sheet}!{left}{last_row}:{right}{bottom}"

    return pattern.sub(change, formula)


def _charts(book: Book) -> Iterator[str]:
    """The chart parts of the workbook, those of chart sheets included."""
    seen: set[str] = set()
    for sheet in book.sheets.values():
        for drawing in _related(book, sheet.part, {"drawing"}):
            for chart in _related(book, drawing, {"chart", "chartEx"}):
                if chart.lower() not in seen:
                    seen.add(chart.lower())
                    yield chart


def _related(book: Book, part: str, kinds: set[str]) -> Iterator[str]:
    """The parts that a part calls by relationships of these kinds."""
    for relation in book.package.relations(part):
        if relation.kind in kinds and not relation.external and book.package.has(relation.target):
            yield relation.target

"""Parts of a workbook in which references follow new names: formulas wherever they stand, links, tables, names of ranges.

Not here: the texts of cells and pages (``switching``), pivot tables and slicers (``pivots``).
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from automation.excel.language.formulas import Renaming, renamed
from automation.excel.markup import attribute_text, element_text, parse, plain_text, splice, tag_with

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from automation.excel.cells import Piece
    from automation.excel.markup import Node
    from automation.excel.scan import Worksheet

FORMULAS = frozenset(
    {"f", "formula", "formula1", "formula2", "calculatedColumnFormula", "totalsRowFormula", "definedName"}
)
"""Elements that hold a formula, in whatever part and namespace."""
IN_ATTRIBUTES = frozenset({"textlink", "fmlaLink", "fmlaRange", "fmlaGroup", "fmlaTxbx", "location"})
"""Attributes that hold one: of shapes, of controls, of links to places."""


def followed(xml: bytes, names: Renaming) -> bytes:
    """A part in which every reference has the new names."""
    return splice(xml, [piece for node in nodes(parse(xml)) for piece in follow(xml, node, names)])


def follow(xml: bytes, node: Node, names: Renaming) -> Iterator[Piece]:
    """What changes in one element, its children left out."""
    if node.name in FORMULAS and node.text and not node.children:
        new = renamed(node.text, names)
        if new != node.text:
            yield node.inner, node.close, element_text(new)
    given = {name: value for name, value in node.attributes.items() if name in IN_ATTRIBUTES and value}
    changes = {name: new for name, value in given.items() if (new := renamed(value, names)) != value}
    if changes:
        yield node.start, node.inner, with_attributes(xml, node, changes)


def with_attributes(xml: bytes, node: Node, changes: Mapping[str, str]) -> bytes:
    """The start tag of an element with new texts of attributes."""
    return tag_with(
        xml[node.start : node.inner], {name.encode(): attribute_text(text) for name, text in changes.items()}
    )


def nodes(root: Node) -> Iterator[Node]:
    """An element and everything under it, in document order."""
    yield root
    for child in root.children:
        yield from nodes(child)


def followed_cells(sheet: Worksheet, names: Renaming, seen: Callable[[str, int], None]) -> list[Piece]:
    """What changes in the formulas of a worksheet's cells; ``seen`` is told each formula with its offset."""
    pattern = re.compile(
        rb"<" + re.escape(sheet.prefix) + rb"f(?:\s[^<>]*)?(?<!/)>([^<]+)</" + re.escape(sheet.prefix) + rb"f\s*>"
    )
    pieces: list[Piece] = []
    known: dict[bytes, bytes] = {}
    for match in pattern.finditer(sheet.xml, sheet.inner, sheet.close):
        raw = match.group(1)
        text = html.unescape(raw.decode())
        seen(text, match.start())
        if raw not in known:
            new = renamed(text, names)
            known[raw] = raw if new == text else element_text(new)
        if known[raw] != raw:
            pieces.append((match.start(1), match.end(1), known[raw]))
    return pieces


def renamed_table(
    xml: bytes, headings: Mapping[int, tuple[str, str]], values: Mapping[int, Mapping[str, str]]
) -> bytes:
    """A table part whose columns (index from 0) have new names, and whose filters choose by new texts."""
    root = parse(xml)
    pieces: list[Piece] = []
    holder = root.child("tableColumns")
    for at, node in enumerate(holder.children if holder else ()):
        old, new = headings.get(at, ("", ""))
        if new and plain_text(node.attributes.get("name", "")) == old:
            pieces.append((node.start, node.inner, with_attributes(xml, node, {"name": new})))
    for column in root.all("filterColumn"):
        known = values.get(column.number("colId", -1), {})
        for node in (*column.all("filter"), *column.all("customFilter")):
            found = known.get(node.attributes.get("val", ""))
            if found is not None:
                pieces.append((node.start, node.inner, with_attributes(xml, node, {"val": found})))
    return splice(xml, pieces)

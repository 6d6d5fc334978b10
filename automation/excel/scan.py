"""A worksheet part as places: its rows and cells with byte offsets, merged ranges, formula areas, table and links.

Rows are found by their tags alone, which is exact because in well-formed XML without comments every ``<`` begins
a tag (``markup.blanked``); only rows that are asked for are parsed.
Not here: any change (``cells``, ``rows``, ``marks``), other parts (``package``, ``book``).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from automation.base.records import dataclass
from automation.excel.areas import LAST_ROW, Area, area_of, place_in_file
from automation.excel.markup import (
    ATTRIBUTE,
    TAG,
    MarkupError,
    Node,
    blanked,
    is_self_closing,
    parse,
    plain_text,
    prefix_of,
)
from automation.excel.refusals import refused
from automation.model.tables import address

if TYPE_CHECKING:
    from collections.abc import Iterable

MAIN_SPACES = frozenset(
    {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    }
)


class FormulaArea(NamedTuple):
    """Cells filled by one formula: ``kind`` is ``array`` or ``dataTable``."""

    kind: str
    area: Area


@dataclass(slots=True)
class Cell:
    """One ``<c>`` element of a parsed row."""

    row: int
    column: int
    node: Node
    style: int
    kind: str
    formula: Node | None
    raw: str | None
    """The text of ``<v>``, or of ``<is>`` for inline text; ``None`` when the cell holds no value."""

    @property
    def is_empty(self) -> bool:
        """Whether the cell holds neither value nor formula."""
        return self.formula is None and not self.raw


@dataclass(slots=True)
class Row:
    """One ``<row>`` element: its number, its tags' places, and its cells in order."""

    number: int
    node: Node
    cells: list[Cell]

    def cell(self, column: int) -> Cell | None:
        """The cell in a column counted from 1, ``None`` when the row has none."""
        return next((cell for cell in self.cells if cell.column == column), None)


class Worksheet:
    """The bytes of one worksheet part and what stands where in them. ``name`` is the sheet's name, for messages."""

    def __init__(self, xml: bytes, name: str) -> None:
        self.xml = xml
        self.name = name
        self._clean = blanked(xml)
        tag = re.compile(rb"<(?:[^\s/>:]+:)?sheetData(?=[\s/>])").search(self._clean)
        opening = TAG.match(self._clean, tag.start()) if tag else None
        if tag is None or opening is None:
            raise refused("bad-xml", detail=name)
        self.inner = opening.end()
        self.close = self.inner
        if not is_self_closing(self._clean, self.inner):
            self.close = self._clean.find(b"</" + tag.group()[1:], self.inner)
        try:
            self.root = _skeleton(xml, self.inner, self.close)
        except MarkupError as error:
            raise refused("bad-xml", detail=name) from error
        data = self.root.child("sheetData")
        if data is None or self.root.space not in MAIN_SPACES:
            raise refused("bad-xml", detail=name)
        self.data = data
        self.prefix = prefix_of(xml, data)
        self._numbers: list[int] | None = None
        self._starts: list[int] = []

    @property
    def numbers(self) -> list[int]:
        """The numbers of all rows present, ascending; refused when they are not."""
        if self._numbers is None:
            self._index_rows()
        return self._numbers or []

    def row_start(self, number: int) -> int:
        """The offset where a row of this number stands or would have to be inserted."""
        place = bisect_left(self.numbers, number)
        return self._starts[place] if place < len(self._starts) else self.close

    def rows(self, wanted: Iterable[int]) -> dict[int, Row]:
        """The rows of these numbers that are present, parsed, by number ascending."""
        numbers = self.numbers
        found = []
        for number in sorted(set(wanted)):
            place = bisect_left(numbers, number)
            if place < len(numbers) and numbers[place] == number:
                found.append((number, self._starts[place]))
        if not found:
            return {}
        opening = self.xml[self.root.start : self.root.inner] + self.xml[self.data.start : self.data.inner]
        fragment = [opening]
        spans = []
        length = len(opening)
        for number, start in found:
            end = self._row_end(start)
            spans.append((number, start - length))
            fragment.append(self.xml[start:end])
            length += end - start
        fragment.append(
            b"</" + self.prefix + b"sheetData></" + prefix_of(self.xml, self.root) + self.root.name.encode() + b">"
        )
        try:
            nodes = parse(b"".join(fragment)).children[0].children
        except MarkupError as error:
            raise refused("bad-xml", detail=self.name) from error
        if len(nodes) != len(spans):
            raise refused("bad-xml", detail=self.name)
        return {
            number: self._row(number, _moved(node, shift)) for node, (number, shift) in zip(nodes, spans, strict=True)
        }

    def merges(self) -> list[Area]:
        """The merged ranges."""
        merged = self.root.child("mergeCells")
        return [area_of(node.required("ref")) for node in merged.children] if merged else []

    def formula_areas(self) -> list[FormulaArea]:
        """The ranges of array formulas and what-if data tables."""
        tag = b"<" + self.prefix + b"f"
        found = []
        for kind in (b"array", b"dataTable"):
            if kind not in self._clean:
                continue
            for match in re.finditer(re.escape(tag) + rb"(?=\s)[^>]*>", self._clean[self.inner : self.close]):
                values = {name: value[1:-1] for name, value in ATTRIBUTE.findall(match.group())}
                if values.get(b"t") == kind and b"ref" in values:
                    found.append(FormulaArea(kind.decode(), area_of(values[b"ref"].decode("utf-8", "replace"))))
        return found

    def column_style(self, column: int) -> int:
        """The style index that ``<cols>`` gives a column, 0 when it gives none."""
        columns = self.root.child("cols")
        for node in columns.children if columns else ():
            if node.number("min") <= column <= node.number("max"):
                return node.number("style", 0)
        return 0

    def is_protected(self) -> bool:
        """Whether the sheet is protected against changes by hand."""
        node = self.root.child("sheetProtection")
        return node is not None and node.attributes.get("sheet") in {"1", "true"}

    def _index_rows(self) -> None:
        """Find every row's number and offset by its tag."""
        numbers: list[int] = []
        starts: list[int] = []
        number = 0
        pattern = re.compile(
            rb"<"
            + re.escape(self.prefix)
            + rb"""row(?=[\s/>])(?:\s+r="(\d{1,9})"|([^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*)>)"""
        )
        for match in pattern.finditer(self._clean, self.inner, self.close):
            plain, rest = match.groups()
            before = number
            if plain is None:
                values = dict(ATTRIBUTE.findall(rest))
                given = values.get(b"r", b'""')[1:-1]
                if given and not given.isdigit():
                    raise refused("bad-xml", detail=self.name)
                number = int(given[:9]) if given else number + 1
            else:
                number = int(plain)
            if not before < number <= LAST_ROW:
                raise refused("rows-disordered", sheet=self.name, detail=str(number))
            numbers.append(number)
            starts.append(match.start())
        self._numbers, self._starts = numbers, starts

    def _row_end(self, start: int) -> int:
        """The offset behind the row that begins at ``start``."""
        tag = TAG.match(self._clean, start)
        if tag is None:
            raise refused("bad-xml", detail=self.name)
        if is_self_closing(self._clean, tag.end()):
            return tag.end()
        close = self._clean.find(b"</" + self.prefix + b"row", tag.end())
        return self._clean.find(b">", close) + 1

    def _row(self, number: int, node: Node) -> Row:
        """A parsed row with its cells; refused when the cells are out of order."""
        cells: list[Cell] = []
        column = 0
        for child in node.children:
            if child.name != "c":
                continue
            place = child.attributes.get("r")
            row_of_cell, here = place_in_file(place) if place else (number, column + 1)
            if here <= column or row_of_cell != number:
                raise refused("rows-disordered", sheet=self.name, detail=place or address(number, here))
            column = here
            cells.append(_cell(number, column, child))
        return Row(number, node, cells)


def text_of(node: Node) -> str:
    """The plain text of a shared or inline string: its runs joined, phonetic hints left out, escapes resolved."""
    parts = []
    for child in node.children:
        if child.name == "t":
            parts.append(child.text)
        elif child.name == "r":
            parts += [part.text for part in child.children if part.name == "t"]
    return plain_text("".join(parts))


def _cell(row: int, column: int, node: Node) -> Cell:
    """One cell from its element."""
    kind = node.attributes.get("t", "n")
    formula = raw = None
    for child in node.children:
        if child.name == "v" and kind != "inlineStr":
            raw = child.text
        elif child.name == "is" and kind == "inlineStr":
            raw = text_of(child)
        elif child.name == "f":
            formula = child
    return Cell(row, column, node, node.number("s", 0), kind, formula, raw)


def _skeleton(xml: bytes, inner: int, close: int) -> Node:
    """The tree of the worksheet without its rows, with offsets of the whole part."""
    root = parse(xml[:inner] + xml[close:])
    gap = close - inner
    pending = [root]
    while pending:
        node = pending.pop()
        node.start += gap if node.start >= inner and gap else 0
        node.inner += gap if node.inner > inner else 0
        node.close += gap if node.close >= inner else 0
        node.end += gap if node.end >= inner else 0
        pending += node.children
    return root


def _moved(node: Node, shift: int) -> Node:
    """The node with everything under it, its offsets moved by ``shift``."""
    pending = [node]
    while pending:
        item = pending.pop()
        item.start += shift
        item.inner += shift
        item.close += shift
        item.end += shift
        pending += item.children
    return node

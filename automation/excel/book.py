"""A workbook in the making of its copy: parts as they are now, strings, styles and tables looked up when asked for.

Not here: the zip (``package``) and the edits (``cells``, ``rows``, ``marks``).
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from automation.base.errors import WorkbookError
from automation.excel.markup import (
    TAG,
    WHOLE,
    MarkupError,
    Node,
    blanked,
    parse,
    plain_text,
    prefix_of,
    splice,
    tag_with,
)
from automation.excel.package import Package, SheetPart, relations_part
from automation.excel.refusals import REFUSED, refused
from automation.excel.scan import Cell, text_of
from automation.excel.styles import date_styles, wrapping_styles
from automation.excel.tables import table_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from automation.base.findings import Value
    from automation.excel.tables import Formula, Table

AFTER_CALCULATION = frozenset(
    {
        "oleSize",
        "customWorkbookViews",
        "pivotCaches",
        "smartTagPr",
        "smartTagTypes",
        "webPublishing",
        "fileRecoveryPr",
        "webPublishObjects",
        "extLst",
    }
)
"""Children of ``<workbook>`` that come after ``<calcPr>``."""


FORMULA = re.compile(rb"<(?:[^\s/>:]+:)?f[\s/>]")
OVERLAP = 64
"""Bytes looked at twice between two pieces, so that no tag that spans them is missed."""


class Book:
    """An opened package with the parts changed so far."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.changed: dict[str, bytes] = {}
        self.dropped: set[str] = set()
        self.removed_formula = False
        self.expected: dict[str, dict[tuple[int, int], Value | Formula]] = {}

    def xml(self, part: str) -> bytes:
        """The current bytes of an XML part; refused when it is not plain UTF-8 XML."""
        if part in self.changed:
            return self.changed[part]
        try:
            return self.package.xml(part)
        except WorkbookError as error:
            if error.code in REFUSED:
                raise refused(error.code, detail=part) from error
            raise

    def tree(self, part: str) -> Node:
        """The tree of a part's current bytes."""
        try:
            return parse(self.xml(part))
        except MarkupError as error:
            raise refused("bad-xml", detail=part) from error

    def put(self, part: str, content: bytes) -> None:
        """Remember new content of a part; a part that is again what it was in the file counts as unchanged."""
        if self.package.is_same(part, content):
            self.changed.pop(part, None)
        else:
            self.changed[part] = content

    def expect(self, part: str, wanted: Mapping[tuple[int, int], Value | Formula]) -> None:
        """Remember what the cells (row, column) of a worksheet part must hold in the end; later values win."""
        self.expected.setdefault(part, {}).update(wanted)

    @cached_property
    def sheets(self) -> Mapping[str, SheetPart]:
        """The sheets by name."""
        return {sheet.name: sheet for sheet in self.package.sheets()}

    def sheet(self, name: str) -> SheetPart:
        """The worksheet of a name; refused when there is none."""
        found = self.sheets.get(name)
        if found is None:
            same = [sheet for sheet in self.sheets.values() if sheet.name.casefold() == name.casefold()]
            found = same[0] if len(same) == 1 else None
        if found is None:
            raise refused("unknown-sheet", sheet=name)
        if found.kind != "worksheet":
            raise refused("not-worksheet", sheet=name)
        return found

    def tables(self, sheet: SheetPart) -> list[Table]:
        """The tables that stand on a worksheet, as they are now."""
        return [
            table_of(relation.target, self.tree(relation.target))
            for relation in self.package.relations(sheet.part)
            if relation.kind == "table" and self.package.has(relation.target)
        ]

    @cached_property
    def is_1904(self) -> bool:
        """Whether days are counted from 1904-01-01 instead of 1900."""
        properties = self.tree(self.package.main).child("workbookPr")
        return properties is not None and properties.attributes.get("date1904") in {"1", "true"}

    @cached_property
    def date_styles(self) -> frozenset[int]:
        """The cell style indices that show a date."""
        part = self.part_of("styles")
        return date_styles(self.tree(part)) if part else frozenset()

    @cached_property
    def wrapping_styles(self) -> frozenset[int]:
        """The cell style indices that break long text into lines."""
        part = self.part_of("styles")
        return wrapping_styles(self.tree(part)) if part else frozenset()

    def part_of(self, kind: str) -> str:
        """The workbook's part of one relationship kind (``styles``, ``sharedStrings``, ``calcChain``), or ``""``."""
        for relation in self.package.relations(self.package.main):
            if relation.kind == kind and self.package.has(relation.target):
                return relation.target
        return ""

    def text(self, cell: Cell) -> str | None:
        """The text of a text cell, ``None`` when the cell holds no text."""
        if cell.raw is None:
            return None
        if cell.kind == "s":
            return self._shared(int(cell.raw)) if WHOLE.fullmatch(cell.raw) else None
        if cell.kind == "str":
            return plain_text(cell.raw)
        return cell.raw if cell.kind == "inlineStr" else None

    @cached_property
    def _shared_strings(self) -> tuple[bytes, bytes, list[int]]:
        """The shared strings part, its root's start tag, and where each string begins."""
        part = self.part_of("sharedStrings")
        xml = self.xml(part) if part else b""
        clean = blanked(xml)
        root = re.compile(rb"<(?:[^\s/>:]+:)?sst(?=[\s/>])").search(clean)
        opening = TAG.match(clean, root.start()) if root else None
        pattern = re.compile(rb"<(?:[^\s/>:]+:)?si(?=[\s/>])")
        return xml, opening.group() if opening else b"", [match.start() for match in pattern.finditer(clean)]

    def _shared(self, index: int) -> str | None:
        """The text of one shared string, ``None`` when the part has no such string."""
        xml, opening, starts = self._shared_strings
        tag = TAG.match(xml, starts[index]) if 0 <= index < len(starts) else None
        if tag is None or not opening:
            return None
        end = tag.end()
        if not tag.group().endswith(b"/>"):
            name = _name(tag.group())
            end = xml.find(b">", xml.find(b"</" + name, end)) + 1
        try:
            return text_of(parse(opening + xml[tag.start() : end] + b"</" + _name(opening) + b">").children[0])
        except MarkupError:
            return None

    def recalculate_when_opened(self) -> None:
        """Ask Excel to compute all formulas when it opens the workbook, if there are any formulas."""
        if not self._has_formulas():
            return
        part = self.package.main
        xml = self.xml(part)
        root = self.tree(part)
        node = root.child("calcPr")
        if node is not None:
            if node.attributes.get("fullCalcOnLoad") in {"1", "true"}:
                return
            tag = tag_with(xml[node.start : node.inner], {b"fullCalcOnLoad": b"1"})
            self.put(part, splice(xml, [(node.start, node.inner, tag)]))
            return
        after = next((child for child in root.children if child.name in AFTER_CALCULATION), None)
        place = after.start if after else root.close
        tag = b"<" + prefix_of(xml, root) + b'calcPr fullCalcOnLoad="1"/>'
        self.put(part, splice(xml, [(place, place, tag)]))

    def drop_calculation_chain(self) -> None:
        """Take out the calculation chain, which Excel builds anew; a stale entry would make Excel repair the file."""
        chain = self.part_of("calcChain")
        if not chain:
            return
        self._take_out(relations_part(self.package.main), "Type", lambda kind: kind.endswith("/calcChain"))
        self._take_out("[Content_Types].xml", "PartName", lambda name: name.lstrip("/").lower() == chain.lower())
        self.dropped.add(chain)

    def _take_out(self, part: str, name: str, is_it: Callable[[str], bool]) -> None:
        """Take the children out of a part whose attribute ``name`` is the one meant."""
        nodes = [node for node in self.tree(part).children if is_it(node.attributes.get(name, ""))]
        self.put(part, splice(self.xml(part), [(node.start, node.end, b"") for node in nodes]))

    def _has_formulas(self) -> bool:
        """Whether any worksheet holds a formula."""
        if self.part_of("calcChain"):
            return True
        return any(self._has_formula(sheet.part) for sheet in self.sheets.values() if sheet.kind == "worksheet")

    def _has_formula(self, part: str) -> bool:
        """Whether a worksheet part holds a formula; a part as it is in the file is looked through piece by piece."""
        tail = b""
        for piece in [self.changed[part]] if part in self.changed else self.package.chunks(part):
            if FORMULA.search(tail + piece if tail else piece):
                return True
            tail = piece[-OVERLAP:]
        return False


def _name(tag: bytes) -> bytes:
    """The name of a start tag as written, prefix included."""
    return re.split(rb"[\s/>]", tag[1:], maxsplit=1)[0]

"""Marks on cells that never touch the cells' styles: conditional formats of our own, replaced as a whole.

A mark's block holds one rule whose formula is always true and names the severity, which is how our blocks are
told from the user's. Not here: which cells are marked (``commands``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from automation.base.findings import Severity
from automation.excel.areas import place_of, runs
from automation.excel.markup import splice, tag_with
from automation.excel.order import place_for
from automation.excel.refusals import refused
from automation.excel.scan import Worksheet
from automation.excel.styles import fill_of, with_fills

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from automation.excel.areas import Area
    from automation.excel.book import Book
    from automation.excel.markup import Node
    from automation.model.effects import Marks

    MarkedAreas = tuple[tuple[Severity, tuple[Area, ...]], ...]

COLOURS = {
    Severity.ERROR: "FFC7CE",
    Severity.HIGH: "FFD8B0",
    Severity.MEDIUM: "FFF2CC",
    Severity.LOW: "DDEBF7",
    Severity.REMINDER: "E2F0D9",
}
"""Fill of each severity, ``RRGGBB``."""
OURS = re.compile(r'N\("deliverybook:([a-z]+)"\)=0')
SQREF_LIMIT = 4_000
"""Characters of ranges that one block may list."""
PRIORITIES_KEPT = 8
"""Priorities kept free for our blocks, so that the user's rules are renumbered once and not at every run."""


def formula_of(severity: Severity) -> str:
    """The formula of our conditional format of a severity, without the equals sign; it is always true."""
    return f'N("deliverybook:{severity.code}")=0'


def is_ours(node: Node) -> bool:
    """Whether a ``<conditionalFormatting>`` block is one of our marks."""
    rules = [child for child in node.children if child.name == "cfRule"]
    formula = rules[0].child("formula") if len(rules) == 1 else None
    return formula is not None and OURS.fullmatch(formula.text.strip()) is not None


def put_marks(book: Book, edit: Marks) -> None:
    """Give a worksheet exactly these marks; nothing changes when it has them already."""
    part = book.sheet(edit.sheet)
    sheet = Worksheet(book.xml(part.part), part.name)
    styles_part = book.part_of("styles")
    wanted = list(_blocks(edit))
    ours = [node for node in sheet.root.children if node.name == "conditionalFormatting" and is_ours(node)]
    styles = book.tree(styles_part) if styles_part else None
    if wanted and (styles is None or styles.is_empty_tag):
        raise refused("no-styles")
    if styles is not None and [_shown(node, styles) for node in ours] == [
        (sqref, severity.code, COLOURS[severity]) for severity, sqref in wanted
    ]:
        return
    fills: dict[str, int] = {}
    if wanted and styles is not None:
        colours = list(dict.fromkeys(COLOURS[severity] for severity, _ in wanted))
        xml, fills = with_fills(book.xml(styles_part), styles, colours)
        book.put(styles_part, xml)
    prefix = sheet.prefix
    added = b"".join(
        _block(prefix, sqref, severity, fills[COLOURS[severity]], priority)
        for priority, (severity, sqref) in enumerate(wanted, start=1)
    )
    place = place_for(sheet.root, "conditionalFormatting")
    pieces = [(node.start, node.end, b"") for node in ours]
    pieces += _renumbered(sheet, ours, len(wanted))
    book.put(part.part, splice(sheet.xml, [*pieces, (place, place, added)]))


def marked_areas(cells: Mapping[str, Severity]) -> MarkedAreas:
    """The marked cells (A1 addresses) as areas of each severity that occurs, gravest first."""
    by_severity: dict[Severity, list[tuple[int, int]]] = {}
    for cell, severity in cells.items():
        by_severity.setdefault(severity, []).append(place_of(cell))
    return tuple((severity, tuple(runs(by_severity[severity]))) for severity in sorted(by_severity, reverse=True))


def _blocks(edit: Marks) -> Iterator[tuple[Severity, str]]:
    """Severity and ranges of each block that is wanted, gravest first, ranges cut into bearable lengths."""
    for severity, areas in marked_areas(edit.cells):
        line: list[str] = []
        length = 0
        for area in areas:
            text = area.text()
            if line and length + len(text) > SQREF_LIMIT:
                yield severity, " ".join(line)
                line, length = [], 0
            line.append(text)
            length += len(text) + 1
        yield severity, " ".join(line)


def _block(prefix: bytes, sqref: str, severity: Severity, fill: int, priority: int) -> bytes:
    """The bytes of one block."""
    text = (
        f'<conditionalFormatting sqref="{sqref}"><cfRule type="expression" dxfId="{fill}" priority="{priority}">'
        f"<formula>{formula_of(severity)}</formula></cfRule></conditionalFormatting>"
    ).encode()
    return re.sub(rb"<(/?)", lambda match: b"<" + match.group(1) + prefix, text)


def _shown(node: Node, styles: Node) -> tuple[str, str, str]:
    """Ranges, severity code and fill of one of our blocks as it stands."""
    rule = next(child for child in node.children if child.name == "cfRule")
    formula = rule.child("formula")
    code = OURS.fullmatch(formula.text.strip()) if formula else None
    fill = fill_of(styles, rule.number("dxfId", -1))
    return node.attributes.get("sqref", ""), code.group(1) if code else "", fill


def _renumbered(sheet: Worksheet, ours: list[Node], count: int) -> list[tuple[int, int, bytes]]:
    """Pieces that move the user's rules behind ours, in their order; none when they are behind already."""
    own = {id(rule) for node in ours for rule in node.children}
    rules = [node for node in sheet.root.all("cfRule") if "priority" in node.attributes and id(node) not in own]
    present = sorted({rule.number("priority") for rule in rules})
    if not present or present[0] > count:
        return []
    first = max(count, PRIORITIES_KEPT) + 1
    numbers = {old: first + place for place, old in enumerate(present)}
    pieces = []
    for rule in rules:
        number = b"%d" % numbers[rule.number("priority")]
        tag = tag_with(sheet.xml[rule.start : rule.inner], {b"priority": number})
        pieces.append((rule.start, rule.inner, tag))
    return pieces

"""Links from cells to places in the same workbook, on sheets that the program owns.

Not here: links out of the workbook, which are never touched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.excel.areas import area_of
from automation.excel.markup import attribute_text, splice
from automation.excel.order import place_for
from automation.model.tables import address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from automation.excel.areas import Area
    from automation.excel.markup import Node
    from automation.excel.scan import Worksheet


def put_links(sheet: Worksheet, data: Area, links: Mapping[tuple[int, int], str]) -> bytes:
    """The worksheet's bytes with exactly these inner links inside ``data``; the same bytes when they are there.

    ``links`` maps (row, column) to a place such as ``'计划'!D5``. Links outside ``data`` and links to files or the
    web stay, and a cell that has one of these gets no second.
    """
    holder = sheet.root.child("hyperlinks")
    present = holder.children if holder else []
    ours = [node for node in present if _is_inner(node) and _inside(node, data)]
    taken = {node.attributes.get("ref", "") for node in present if node not in ours}
    wanted = {address(*place): text for place, text in sorted(links.items()) if address(*place) not in taken}
    if {node.required("ref"): node.attributes.get("location", "") for node in ours} == wanted:
        return sheet.xml
    prefix = sheet.prefix
    added = b"".join(
        b"<"
        + prefix
        + b'hyperlink ref="'
        + ref.encode()
        + b'" location="'
        + attribute_text(text.removeprefix("#"))
        + b'" display="'
        + attribute_text(text.removeprefix("#"))
        + b'"/>'
        for ref, text in wanted.items()
    )
    opening, closing = b"<" + prefix + b"hyperlinks>", b"</" + prefix + b"hyperlinks>"
    if holder is None:
        place = place_for(sheet.root, "hyperlinks")
        return splice(sheet.xml, [(place, place, opening + added + closing)])
    if not added and len(ours) == len(present):
        return splice(sheet.xml, [(holder.start, holder.end, b"")])
    if holder.is_empty_tag:
        return splice(sheet.xml, [(holder.start, holder.end, opening + added + closing)])
    pieces = [(node.start, node.end, b"") for node in ours]
    return splice(sheet.xml, [*pieces, (holder.close, holder.close, added)])


def _is_inner(node: Node) -> bool:
    """Whether a link leads to a place in the workbook and nowhere else."""
    return "location" in node.attributes and not any(name.endswith(" id") for name in node.attributes)


def _inside(node: Node, data: Area) -> bool:
    """Whether the link's cells all lie inside an area."""
    area = area_of(node.attributes.get("ref", "A1"))
    return data.holds(area.top, area.left) and data.holds(area.bottom, area.right)

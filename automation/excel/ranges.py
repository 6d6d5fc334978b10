"""Ranges beside the rows that end where a table ends: data validations and conditional formats grow with it.

Not here: our own marks (``marks``), which never grow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.excel.areas import area_of
from automation.excel.marks import is_ours
from automation.excel.markup import attribute_text, element_text, splice, tag_with

if TYPE_CHECKING:
    from automation.excel.areas import Area
    from automation.excel.markup import Node
    from automation.excel.scan import Worksheet


def stretched(sheet: Worksheet, data: Area, *, last_row: int) -> bytes:
    """The worksheet's bytes, ranges that cover columns of ``data`` down to its last row going down to ``last_row``.

    Ranges that end higher up, reach further already, or begin below the first data row stay as they are.
    """
    pieces = []
    for name in ("conditionalFormatting", "dataValidation"):
        for node in sheet.root.all(name):
            if name == "conditionalFormatting" and is_ours(node):
                continue
            pieces += _attribute(sheet.xml, node, data, last_row)
            # Extended validations and formats keep their ranges in an element.
            holder = node.child("sqref")
            if holder is not None:
                text = _grown(holder.text, data, last_row)
                if text != holder.text:
                    pieces.append((holder.inner, holder.close, element_text(text)))
    return splice(sheet.xml, pieces)


def _attribute(xml: bytes, node: Node, data: Area, last_row: int) -> list[tuple[int, int, bytes]]:
    """The piece for an element that keeps its ranges in an attribute; none when nothing grows."""
    text = node.attributes.get("sqref", "")
    grown = _grown(text, data, last_row)
    if grown == text:
        return []
    tag = tag_with(xml[node.start : node.inner], {b"sqref": attribute_text(grown)})
    return [(node.start, node.inner, tag)]


def _grown(text: str, data: Area, last_row: int) -> str:
    """A list of ranges parted by spaces, those that reach the data's end but not ``last_row`` going down to it."""
    ranges = []
    for item in text.split():
        area = area_of(item)
        is_short = data.bottom <= area.bottom < last_row and area.top <= data.top and area.meets(data)
        ranges.append(area._replace(bottom=last_row).text() if is_short else item)
    return " ".join(ranges)

"""The order that the format demands of the children of ``<worksheet>``, and where a new one goes.

Source: ECMA-376 part 1, ``CT_Worksheet``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from automation.excel.markup import Node

ORDER = (
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
)
"""The children up to the last one that the program adds; all others come after these."""


def place_for(root: Node, name: str) -> int:
    """The offset where a new child of this name belongs: behind the last child that may stand before it."""
    before = set(ORDER[: ORDER.index(name) + 1])
    return max(node.end for node in root.children if node.name in before)

"""Where the figures of the dashboard sheet stand: found by the header of their table, wherever it lies.

Not here: the values (``commands.dashboard``) and the look of the page (``excel``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from automation.model.spelling import as_text, fold
from automation.model.tables import RawValue, address

if TYPE_CHECKING:
    from automation.model.tables import CellError, RawSheet
    from automation.schema.catalogue import Sheet


class FigureCell(NamedTuple):
    """The cell that shows one figure: worksheet, A1 address, what stands there now."""

    sheet: str
    cell: str
    value: RawValue | CellError


def figure_cells(worksheet: RawSheet, sheet: Sheet) -> dict[str, FigureCell]:
    """The cells of the dashboard's figures by identifier; none when the sheet has no such table."""
    keys = {fold(text) for text in (*sheet.column("figure").label, "figure")}
    values = {fold(text) for text in (*sheet.column("value").label, "value")}
    for index, row in enumerate(worksheet.rows):
        names = [fold(cell) if isinstance(cell, str) else "" for cell in row]
        key = next((place for place, name in enumerate(names) if name in keys), None)
        value = next((place for place, name in enumerate(names) if name in values), None)
        if key is not None and value is not None:
            return _below(worksheet, index, key, value)
    return {}


def _below(worksheet: RawSheet, header: int, key: int, value: int) -> dict[str, FigureCell]:
    found: dict[str, FigureCell] = {}
    for index in range(header + 1, len(worksheet.rows)):
        row = worksheet.rows[index]
        name = as_text(row[key]).strip() if key < len(row) else ""
        if not name:
            break
        cell = address(worksheet.first_row + index, worksheet.first_column + value)
        found[name] = FigureCell(worksheet.name, cell, row[value] if value < len(row) else None)
    return found

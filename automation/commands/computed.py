"""Computed columns: the values that functions own, as edits of the cells that differ.

Not here: the computations (``planning``, ``deviations.derived``). A value equal to what stands in the cell is no edit.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from automation.model.effects import CellEdit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from automation.model.project import Project
    from automation.schema.catalogue import Catalogue


def cell_edits(
    project: Project, catalogue: Catalogue, sheet: str, values: Mapping[int, Mapping[str, Any]]
) -> Iterator[CellEdit]:
    """Edits for one sheet; ``values`` maps a row number to the new values of its columns (model values, codes)."""
    table = project.tables[sheet]
    rows = {row.row: row for row in table.rows}
    for number, columns in values.items():
        for name, value in columns.items():
            cell = table.cell(number, name)
            if cell and not _same(getattr(rows[number], name), value):
                column = table.sheet.column(name)
                shown = catalogue.label(column, value, project.language) if value is not None else None
                yield CellEdit(table.name, cell, shown)


def _same(old: Any, new: Any) -> bool:
    if isinstance(old, (int, float, Decimal)) and isinstance(new, (int, float, Decimal)):
        return abs(float(old) - float(new)) < 1e-9  # noqa: PLR2004 - below what a cell can show
    if isinstance(old, datetime) or isinstance(new, datetime):
        return bool(old == new)
    if isinstance(old, date) and isinstance(new, date):
        return old == new
    return bool((old or None) == (new or None))

"""Differences as plain values for programs. Not here: the same in words (``commands.difference_text``)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from automation.commands.difference_rows import plain, shown

if TYPE_CHECKING:
    from automation.base.findings import Language
    from automation.commands.difference_rows import CellChange, RowChange
    from automation.commands.differences import Differences, SheetChange
    from automation.schema.catalogue import Catalogue


def tables(found: Differences, catalogue: Catalogue, language: Language) -> dict[str, list[dict[str, Any]]]:
    """The differences as plain values: ``sheets``, ``columns``, ``rows`` with their cells, ``other_sheets``.

    ``old`` and ``new`` of a cell are codes, ISO dates and numbers, ``old_text`` and ``new_text`` what people read.
    """
    return {
        "sheets": [sheet_value(sheet, language) for sheet in found.sheets],
        "columns": [
            {
                "sheet": sheet.id,
                "column": one.heading.name,
                "label": one.heading.label.in_(language),
                "own": one.heading.column is None,
                "change": one.presence,
                "filled": one.filled,
            }
            for sheet in found.sheets
            for one in sheet.columns
        ],
        "rows": [_row_value(sheet, row, catalogue, language) for sheet in found.sheets for row in sheet.rows],
        "other_sheets": [{"name": one.name, "change": one.presence, "cells": one.cells} for one in found.others],
    }


def sheet_value(sheet: SheetChange, language: Language) -> dict[str, Any]:
    """Counts of one sheet: rows added, removed and changed, cells of rows that both have."""
    return {
        "sheet": sheet.id,
        "label": sheet.label.in_(language),
        "change": "changed" if sheet.presence == "both" else sheet.presence,
        "added": sheet.count("added"),
        "removed": sheet.count("removed"),
        "changed": sheet.count("changed"),
        "cells": sheet.cells("value"),
        "written_differently": sheet.cells("written"),
    }


def _row_value(sheet: SheetChange, row: RowChange, catalogue: Catalogue, language: Language) -> dict[str, Any]:
    return {
        "sheet": sheet.id,
        "key": row.key,
        "title": row.title,
        "change": row.change,
        "old_row": row.numbers[0],
        "new_row": row.numbers[1],
        "cells": [_cell_value(cell, catalogue, language) for cell in row.cells],
    }


def _cell_value(cell: CellChange, catalogue: Catalogue, language: Language) -> dict[str, Any]:
    old, new = (
        "" if value is None else shown(value, cell.heading, catalogue).in_(language) for value in (cell.old, cell.new)
    )
    return {
        "column": cell.heading.name,
        "label": cell.heading.label.in_(language),
        "own": cell.heading.column is None,
        "computed": cell.heading.is_computed,
        "change": cell.kind,
        "old": _value(cell.old),
        "new": _value(cell.new),
        "old_text": old,
        "new_text": new,
        "old_cell": cell.places[0],
        "new_cell": cell.places[1],
    }


def _value(value: Any) -> str | int | float | bool | None:
    """A value as JSON has it: several ids are one text, sums of money are numbers, days and moments are ISO texts."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime):
        return value.isoformat()
    return value if value is None or isinstance(value, (bool, int, float)) else plain(value)

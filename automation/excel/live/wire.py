"""An open workbook and what is to be done to it as JSON, for the task pane (Office.js).

A workbook is an object with the fields of ``LiveBook``, each sheet one with those of ``LiveSheet``, each table one with
those of ``LiveTable``. Ranges are A1 text without sheet name (``"B3:E5"``). Values are JSON's own, an error value is
``{"error": "#DIV/0!"}``, an empty cell ``null`` or ``""``. ``formulas`` may be ``range.formulas`` as Office.js gives it: what is
no text with a leading ``=``, or the same as the cell's value, counts as no formula. The keys of a table's ``formulas`` are
the column numbers as text; ``marks`` map ranges to codes of severities. Fields with a default in ``state`` may be left out,
others that nobody knows may not be there.

An action is an object with ``action`` (``put_values``, ``put_formulas``, ``resize_table``, ``copy_look``, ``put_links``,
``put_marks``), ``sheet`` and the fields of its class. The values of ``put_values`` are what is handed to Excel (apostrophes
before texts that it would read as something else); the cells under ``general`` get the format ``General`` before and ``@``
after. Each mark of ``put_marks`` has its ``severity``, ``formula``, ``colour`` (``#RRGGBB``) and ``areas``.
Not here: the checks of what comes in (``received``), the transport and who may use it (``front``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.excel.live.actions import CopyLook, PutFormulas, PutLinks, PutMarks, PutValues, ResizeTable
from automation.excel.live.received import book_from
from automation.excel.live.typed import numbers_as_text, typed_values
from automation.excel.marks import COLOURS, formula_of
from automation.model.tables import CellError, address

if TYPE_CHECKING:
    from collections.abc import Iterable

    from automation.base.findings import Severity
    from automation.excel.areas import Area
    from automation.excel.live.actions import Action
    from automation.excel.live.state import LiveBook, LiveSheet, LiveTable

__all__ = ["action_values", "book_from", "book_value"]


def book_value(book: LiveBook) -> dict[str, Any]:
    """The workbook as a value that JSON can hold and that ``book_from`` takes."""
    return {
        "name": book.name,
        "path": book.path,
        "active": book.active,
        "selection": book.selection,
        "date_1904": book.date_1904,
        "sheets": [_sheet_value(sheet) for sheet in book.sheets],
    }


def action_values(actions: Iterable[Action]) -> list[dict[str, Any]]:
    """The actions in order as values that JSON can hold."""
    return [_action_value(action) for action in actions]


def _action_value(action: Action) -> dict[str, Any]:
    """One action as a value that JSON can hold."""
    found: dict[str, Any]
    match action:
        case PutValues():
            general = [address(*place) for place in numbers_as_text(action)]
            found = {"action": "put_values", "values": typed_values(action), "general": general}
        case PutFormulas():
            found = {"action": "put_formulas", "formula": action.formula}
        case ResizeTable():
            found = {"action": "resize_table", "table": action.table}
        case CopyLook():
            found = {"action": "copy_look", "source": action.source.text(), "target": action.target.text()}
        case PutLinks():
            found = {"action": "put_links", "links": dict(action.links)}
        case PutMarks():
            found = {"action": "put_marks", "marks": [_mark_value(*mark) for mark in action.areas]}
    if not isinstance(action, CopyLook | PutMarks):
        found["area"] = action.area.text()
    return {"sheet": action.sheet} | found


def _mark_value(severity: Severity, areas: Iterable[Area]) -> dict[str, Any]:
    """The marks of one severity as a value that JSON can hold."""
    return {
        "severity": severity.code,
        "formula": f"={formula_of(severity)}",
        "colour": f"#{COLOURS[severity]}",
        "areas": [area.text() for area in areas],
    }


def _sheet_value(sheet: LiveSheet) -> dict[str, Any]:
    """One sheet as a value that JSON can hold."""
    return {
        "name": sheet.name,
        "area": sheet.area.text(),
        "values": [
            [{"error": cell.code} if isinstance(cell, CellError) else cell for cell in row] for row in sheet.values
        ],
        "formulas": sheet.formulas,
        "formats": sheet.formats,
        "tables": [_table_value(table) for table in sheet.tables],
        "merges": [area.text() for area in sheet.merges],
        "arrays": [area.text() for area in sheet.arrays],
        "links": dict(sheet.links),
        "marks": {ref: severity.code for ref, severity in sheet.marks.items()},
        "visible": sheet.visible,
        "protected": sheet.protected,
    }


def _table_value(table: LiveTable) -> dict[str, Any]:
    """One table as a value that JSON can hold."""
    return {
        "name": table.name,
        "area": table.area.text(),
        "columns": list(table.columns),
        "header_rows": table.header_rows,
        "totals_rows": table.totals_rows,
        "formulas": {str(column): formula for column, formula in table.formulas.items()},
    }

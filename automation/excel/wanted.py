"""What edits of whole rows want of the cells of a table, closed file or open workbook: places, values, refusals.

Not here: what stands below a table and how cells are changed (``rows`` for files, ``live.planned_rows``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from automation.excel.areas import LAST_ROW
from automation.excel.refusals import refused
from automation.excel.tables import Formula

if TYPE_CHECKING:
    from collections.abc import Mapping

    from automation.base.findings import Value
    from automation.excel.areas import Place
    from automation.excel.tables import Table
    from automation.model.effects import AppendRows, ReplaceRows

CELL_REFERENCE = re.compile(r"(?<![\w.])\$?[A-Z]{1,3}\$?\d{1,7}(?![\w(\]])")
BRACKETED = re.compile(r'"[^"]*"|\[[^\[\]]*\]|\'[^\']*\'')


def appended(table: Table, edit: AppendRows, *, start: int) -> dict[Place, Value | Formula]:
    """The cells of rows that are added from the row ``start`` on, formulas of calculated columns included."""
    wanted: dict[Place, Value | Formula] = {}
    for offset, values in enumerate(edit.rows):
        for column, value in values.items():
            if not table.area.left <= column <= table.area.right:
                raise refused("outside-table", sheet=edit.sheet, detail=str(column))
            wanted[start + offset, column] = value
        for column, formula in _calculated(table, edit.sheet).items():
            wanted.setdefault((start + offset, column), formula)
    return wanted


def last_row_of(table: Table, edit: ReplaceRows) -> int:
    """The row with which the table ends when its rows are replaced; refused when they are too wide for it."""
    width = table.area.right - table.area.left + 1
    if any(len(row) > width for row in edit.rows):
        raise refused("outside-table", sheet=edit.sheet, detail=str(table.area.right + 1))
    last = table.first_row + max(len(edit.rows), 1) - 1
    if table.totals_rows and last != table.last_row:
        raise refused("totals-row", sheet=edit.sheet)
    return last


def replaced(table: Table, edit: ReplaceRows) -> dict[Place, Value | Formula]:
    """The cells of rows that take the place of a table's rows; those of rows left over are emptied.

    In rows that the table gains, calculated columns to the right of the given ones go on, as they do in Excel.
    """
    wanted: dict[Place, Value | Formula] = {}
    calculated = {
        table.area.left + index: Formula(column.formula)
        for index, column in enumerate(table.columns)
        if column.formula and not uses_addresses(column.formula)
    }
    for offset, row in enumerate(edit.rows):
        number = table.first_row + offset
        for index, value in enumerate(row):
            wanted[number, table.area.left + index] = value
        if number > table.last_row:
            for column, formula in calculated.items():
                wanted.setdefault((number, column), formula)
    for row_number in range(table.first_row + len(edit.rows), table.last_row + 1):
        for column in range(table.area.left, table.area.right + 1):
            wanted[row_number, column] = None
    return wanted


def replaced_links(table: Table, edit: ReplaceRows) -> dict[Place, str]:
    """The links of rows that take the place of a table's rows, by the cell that has them."""
    return {(table.first_row + row, table.area.left + column): place for (row, column), place in edit.links.items()}


def check_may_grow(table: Table, *, last_row: int, sheet: str) -> None:
    """Nothing when the table itself may end at ``last_row``, else the refusal; what stands below is another matter."""
    if table.totals_rows:
        raise refused("totals-row", sheet=sheet)
    if last_row > LAST_ROW:
        raise refused("sheet-full", sheet=sheet)


def uses_addresses(formula: str) -> bool:
    """Whether a formula names cells by their addresses, and so reads differently in every row."""
    return CELL_REFERENCE.search(_unbracketed(formula)) is not None


def _calculated(table: Table, sheet: str) -> Mapping[int, Formula]:
    """The formulas that new rows get in calculated columns, by column; refused when they use cell addresses."""
    found = {}
    for index, column in enumerate(table.columns):
        if not column.formula:
            continue
        if uses_addresses(column.formula):
            raise refused("calculated-column", sheet=sheet, detail=column.name)
        found[table.area.left + index] = Formula(column.formula)
    return found


def _unbracketed(formula: str) -> str:
    """A formula without texts, sheet names and bracketed column names, innermost brackets first."""
    while True:
        shorter = BRACKETED.sub("", formula)
        if shorter == formula:
            return formula
        formula = shorter

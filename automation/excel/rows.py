"""Rows of a table: added below it, or all replaced on a sheet that the program owns.

The table's range and its filter grow or shrink with it, and so do names, print areas and charts that end where it ends;
validations and conditional formats only grow.
Not here: single cells (``cells``), the table part itself (``tables``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.excel.areas import LAST_ROW, Area
from automation.excel.cells import Look, limits_of, put_values
from automation.excel.heights import fitted
from automation.excel.links import put_links
from automation.excel.markup import parse
from automation.excel.ranges import stretched
from automation.excel.references import grow_references
from automation.excel.refusals import refused
from automation.excel.scan import Worksheet
from automation.excel.tables import resized
from automation.excel.wanted import appended, check_may_grow, last_row_of, replaced, replaced_links
from automation.model.tables import address

if TYPE_CHECKING:
    from automation.base.findings import Value
    from automation.excel.areas import Place
    from automation.excel.book import Book
    from automation.excel.package import SheetPart
    from automation.excel.scan import Row
    from automation.excel.tables import Formula, Table
    from automation.model.effects import AppendRows, ReplaceRows


def append_rows(book: Book, edit: AppendRows) -> list[Place]:
    """Add rows directly under the sheet's table, columns counted from 1 as on the sheet; the cells written.

    A table whose only data row is wholly empty is filled from that row. Refused when something stands below the
    table's columns, or the table has a totals row.
    """
    if not edit.rows:
        return []
    part, table, sheet = _opened(book, edit.sheet)
    start = table.first_row if _is_blank(table, sheet) else table.last_row + 1
    last = max(start + len(edit.rows) - 1, table.last_row)
    _check_room(table, sheet, last)
    return _put(book, part, table, sheet, appended(table, edit, start=start), last_row=last)


def replace_rows(book: Book, edit: ReplaceRows) -> list[Place]:
    """Make the sheet's table hold exactly these rows, and these links; the cells that changed.

    Rows left over are emptied and the table shrinks, to one empty row at least. Columns to the right of the
    given ones, which a company may have added, are left alone except in rows left over; calculated ones go on in rows
    that are new. Refused when a totals row would have to move.
    """
    part, table, sheet = _opened(book, edit.sheet)
    last = last_row_of(table, edit)
    if last > table.last_row:
        _check_room(table, sheet, last)
    wanted = replaced(table, edit)
    changed = _put(book, part, table, sheet, wanted, last_row=last, may_replace_formulas=True)
    data = table.data._replace(bottom=max(table.last_row, last))
    links = replaced_links(table, edit)
    book.put(part.part, put_links(Worksheet(book.xml(part.part), part.name), data, links))
    return changed


def _opened(book: Book, name: str) -> tuple[SheetPart, Table, Worksheet]:
    """The sheet's part, its one table and its rows; refused when there is no or more than one table."""
    part = book.sheet(name)
    tables = book.tables(part)
    if len(tables) != 1:
        raise refused("several-tables" if tables else "no-table", sheet=name)
    return part, tables[0], Worksheet(book.xml(part.part), part.name)


def _put(
    book: Book,
    part: SheetPart,
    table: Table,
    sheet: Worksheet,
    wanted: dict[Place, Value | Formula],
    *,
    last_row: int,
    may_replace_formulas: bool = False,
) -> list[Place]:
    """Write the values, let the table end at ``last_row`` and stretch what ended with it."""
    changed: list[Place] = []
    xml = sheet.xml
    look = _look(table, sheet, last_row)
    # Empty cells of new rows get their look as well: borders show, and a date typed later is one.
    wanted = dict.fromkeys(look.styles) | wanted
    if wanted:
        limits = limits_of(sheet, wanted, fixed=table.fixed, may_replace_formulas=may_replace_formulas)
        xml, changed = put_values(sheet, book, wanted, limits=limits, look=look)
        book.expect(part.part, wanted)
    if last_row != table.last_row:
        if last_row > table.last_row:
            xml = stretched(Worksheet(xml, part.name), table.data, last_row=last_row)
        content = book.xml(table.part)
        book.put(table.part, resized(content, parse(content), last_row=last_row))
        grow_references(book, part, table.data, last_row=last_row)
    book.put(part.part, fitted(xml, book, part.name, {row for row, _ in changed}))
    return changed


def _look(table: Table, sheet: Worksheet, last_row: int) -> Look:
    """New rows look like the table's last row: the style of each cell, and a height set by hand."""
    if last_row <= table.last_row:
        return Look()
    model = sheet.rows([table.last_row]).get(table.last_row)
    if model is None:
        return Look()
    styles = {
        (row, cell.column): cell.style
        for row in range(table.last_row + 1, last_row + 1)
        for cell in model.cells
        if table.area.left <= cell.column <= table.area.right
    }
    return Look(styles, dict.fromkeys(range(table.last_row + 1, last_row + 1), _row_attributes(model)))


def _row_attributes(row: Row) -> bytes:
    """The attributes that a row gives to new rows below it; a height that Excel chose is left for Excel to choose."""
    given = row.node.attributes
    names = ["s", "customFormat"] if given.get("customFormat") in {"1", "true"} else []
    names += ["ht", "customHeight"] if given.get("customHeight") in {"1", "true"} else []
    return b"".join(f' {name}="{given[name]}"'.encode() for name in names if name in given)


def _is_blank(table: Table, sheet: Worksheet) -> bool:
    """Whether the table has one data row and nothing stands in it but formulas of calculated columns."""
    if table.first_row != table.last_row:
        return False
    row = sheet.rows([table.first_row]).get(table.first_row)
    calculated = {table.area.left + index for index, column in enumerate(table.columns) if column.formula}
    return row is None or all(
        cell.is_empty or (cell.formula is not None and cell.column in calculated)
        for cell in row.cells
        if table.area.left <= cell.column <= table.area.right
    )


def _check_room(table: Table, sheet: Worksheet, last_row: int) -> None:
    """Nothing when the table may grow to ``last_row``, else the refusal."""
    check_may_grow(table, last_row=last_row, sheet=sheet.name)
    below = Area(table.last_row + 1, table.area.left, LAST_ROW, table.area.right)
    for merged in sheet.merges():
        if merged.meets(below):
            raise refused("below-table", sheet=sheet.name, cell=merged.text())
    numbers = [number for number in sheet.numbers if number > table.last_row]
    for row in sheet.rows(numbers).values():
        for cell in row.cells:
            if below.holds(cell.row, cell.column) and not cell.is_empty:
                raise refused("below-table", sheet=sheet.name, cell=address(cell.row, cell.column))

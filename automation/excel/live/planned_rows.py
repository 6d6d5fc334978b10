"""Rows of a table in an open workbook, on its grid: added below it, or all replaced on a sheet that the program owns.

Not here: single cells (``planned_cells``), what the rows want (``excel.wanted``), the actions (``planned``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.records import replace
from automation.excel.areas import LAST_ROW, Area, area_of
from automation.excel.live.grid import inside, table_of
from automation.excel.live.planned_cells import put_values
from automation.excel.refusals import refused
from automation.excel.tables import Formula
from automation.excel.wanted import appended, check_may_grow, last_row_of, replaced, replaced_links
from automation.model.tables import address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from automation.base.findings import Value
    from automation.excel.areas import Place
    from automation.excel.live.grid import Grid
    from automation.excel.tables import Table
    from automation.model.effects import AppendRows, ReplaceRows


def append_rows(grid: Grid, edit: AppendRows, *, is_1904: bool) -> list[Place]:
    """Add rows directly under the sheet's table, columns counted from 1 as on the sheet; the cells written.

    A table whose only data row is wholly empty is filled from that row. Refused when something stands below the
    table's columns, or the table has a totals row.
    """
    if not edit.rows:
        return []
    table = _table(grid)
    start = table.first_row if _is_blank(grid, table) else table.last_row + 1
    last = max(start + len(edit.rows) - 1, table.last_row)
    _check_room(grid, table, last)
    wanted = appended(table, edit, start=start)
    _grow(grid, table, last, wanted)
    return put_values(grid, wanted, fixed=table.fixed, is_1904=is_1904)


def replace_rows(grid: Grid, edit: ReplaceRows, *, is_1904: bool) -> list[Place]:
    """Make the sheet's table hold exactly these rows, and these links; the cells that changed.

    Rows left over are emptied and the table shrinks, to one empty row at least. Columns to the right of the given ones
    are left alone except in rows left over; calculated ones go on in rows that are new. Refused when a totals row would
    have to move.
    """
    table = _table(grid)
    last = last_row_of(table, edit)
    if last > table.last_row:
        _check_room(grid, table, last)
    wanted = replaced(table, edit)
    _grow(grid, table, last, wanted)
    changed = put_values(grid, wanted, fixed=table.fixed, is_1904=is_1904, may_replace_formulas=True)
    untouchable = [area for area in (*grid.sheet.merges, *grid.sheet.arrays) if area.meets(table.area)]
    grid.owned.update(place for place in wanted if not any(area.holds(*place) for area in untouchable))
    _put_links(grid, table.data._replace(bottom=max(table.last_row, last)), replaced_links(table, edit))
    return changed


def _table(grid: Grid) -> Table:
    """The sheet's one table; refused when there is no or more than one."""
    if len(grid.tables) != 1:
        raise refused("several-tables" if grid.tables else "no-table", sheet=grid.sheet.name)
    return table_of(next(iter(grid.tables.values())))


def _is_blank(grid: Grid, table: Table) -> bool:
    """Whether the table has one data row and nothing stands in it but formulas of calculated columns."""
    if table.first_row != table.last_row:
        return False
    return all(
        grid.is_empty(table.first_row, table.area.left + index)
        or (column.formula and grid.formula(table.first_row, table.area.left + index) is not None)
        for index, column in enumerate(table.columns)
    )


def _check_room(grid: Grid, table: Table, last_row: int) -> None:
    """Nothing when the table may grow to ``last_row``, else the refusal."""
    check_may_grow(table, last_row=last_row, sheet=grid.sheet.name)
    below = Area(table.last_row + 1, table.area.left, LAST_ROW, table.area.right)
    for merged in grid.sheet.merges:
        if merged.meets(below):
            raise refused("below-table", sheet=grid.sheet.name, cell=merged.text())
    for row in range(below.top, grid.area().bottom + 1):
        for column in range(below.left, below.right + 1):
            if not grid.is_empty(row, column):
                raise refused("below-table", sheet=grid.sheet.name, cell=address(row, column))


def _grow(grid: Grid, table: Table, last_row: int, wanted: Mapping[Place, Value | Formula]) -> None:
    """Let the table end at ``last_row``; rows that it gains look like its last and have its calculated columns."""
    if last_row == table.last_row:
        return
    live = grid.tables[table.part]
    grid.tables[table.part] = replace(live, area=live.area._replace(bottom=last_row + table.totals_rows))
    if last_row < table.last_row:
        return
    added = Area(table.last_row + 1, table.area.left, last_row, table.area.right)
    grid.copy_look(added._replace(top=table.last_row, bottom=table.last_row), added)
    for column in live.formulas:
        for row in range(added.top, added.bottom + 1):
            # Excel fills the calculated columns of new rows by itself: what shall have no formula is told.
            if (row, column) in wanted and not isinstance(wanted[row, column], Formula):
                grid.put((row, column), None)


def _put_links(grid: Grid, data: Area, links: Mapping[Place, str]) -> None:
    """Give an area exactly these links to places in the workbook; a cell that has another link gets no second."""
    ours = [ref for ref, place in grid.links.items() if place and inside(ref, data)]
    others = [area_of(ref) for ref in grid.links if ref not in ours]
    wanted = {
        address(*place): text.removeprefix("#")
        for place, text in sorted(links.items())
        if not any(area.holds(*place) for area in others)
    }
    if {ref: grid.links[ref] for ref in ours} == wanted:
        return
    for ref in ours:
        del grid.links[ref]
    grid.links |= wanted
    grid.linked.append((data, wanted))

"""Values put into cells of an open workbook, on its grid: whether they may be, with the refusals of the file writer.

Not here: whole rows of a table (``planned_rows``), the actions that come of it (``planned``).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from automation.excel.areas import place_of
from automation.excel.live.grid import table_of
from automation.excel.refusals import refused
from automation.excel.storing import is_same_number, stored
from automation.excel.styles import shows_day
from automation.excel.tables import Formula
from automation.model.tables import address

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from automation.base.findings import Value
    from automation.excel.areas import Area, Place
    from automation.excel.live.grid import Grid
    from automation.model.effects import CellEdit

DATA_TABLE = "=TABLE("
"""How the formula of a what-if data table begins; nobody can type one."""


def edit_cells(grid: Grid, edits: Iterable[CellEdit], *, is_1904: bool) -> list[Place]:
    """Make single-cell edits to one sheet; of two edits to one cell the later counts. The cells that changed."""
    wanted = {place_of(edit.cell): edit.value for edit in edits}
    fixed = [area for table in grid.tables.values() for area in table_of(table).fixed]
    return put_values(grid, wanted, fixed=fixed, is_1904=is_1904)


def put_values(
    grid: Grid,
    wanted: Mapping[Place, Value | Formula],
    *,
    fixed: Sequence[Area],
    is_1904: bool,
    may_replace_formulas: bool = False,
) -> list[Place]:
    """Put values and formulas that do not stand there yet; the cells that changed, by rows and columns.

    ``fixed`` are the header and totals cells, which must agree with their tables.
    """
    changed = []
    for place in sorted(wanted):
        value = wanted[place]
        if _is_there(grid, place, value, is_1904=is_1904):
            continue
        _guard(grid, place, fixed, may_replace_formulas=may_replace_formulas)
        if isinstance(value, Formula):
            grid.put_formula(place, f"={value.text}")
        else:
            _put(grid, place, value, is_1904=is_1904)
        changed.append(place)
    return changed


def _put(grid: Grid, place: Place, value: Value, *, is_1904: bool) -> None:
    """Give a cell what it holds for a value; refused when it cannot hold it."""
    shows = isinstance(value, date) and shows_day(grid.format(*place))
    held = stored(value, shows_day=shows, is_1904=is_1904, sheet=grid.sheet.name, cell=address(*place))
    grid.put(place, held if held is None or isinstance(held, str | bool) else float(held))


def _is_there(grid: Grid, place: Place, value: Value | Formula, *, is_1904: bool) -> bool:
    """Whether a cell holds the value already; never so for a formula, whatever its result."""
    has_formula = grid.formula(*place) is not None
    if isinstance(value, Formula) or has_formula:
        return isinstance(value, Formula) and has_formula
    present = grid.value(*place)
    if value is None or value == "":
        return present is None or present == ""
    if isinstance(value, str | bool):
        return type(present) is type(value) and present == value
    if not isinstance(present, float | int) or isinstance(present, bool):
        return False
    return is_same_number(present, value, is_1904=is_1904)


def _guard(grid: Grid, place: Place, fixed: Iterable[Area], *, may_replace_formulas: bool) -> None:
    """Nothing when the cell may change, else the refusal."""
    sheet, where = grid.sheet.name, address(*place)
    if any(area.holds(*place) for area in fixed):
        raise refused("header-cell", sheet=sheet, cell=where)
    for area in grid.sheet.merges:
        if area.holds(*place) and place != (area.top, area.left):
            raise refused("merged-cell", sheet=sheet, cell=where, range=area.text())
    for area in grid.sheet.arrays:
        if area.holds(*place):
            first = (area.top, area.left)
            code = "array-formula" if place == first else "spilled-cell"
            if (grid.formula(*first) or "").startswith(DATA_TABLE):
                code = "data-table"
            raise refused(code, sheet=sheet, cell=where, range=area.text())
    if grid.formula(*place) is not None and not may_replace_formulas:
        raise refused("formula-cell", sheet=sheet, cell=where)

"""Edits to an open workbook as actions: the same meaning and the same refusals as in a closed file (``excel.writer``).

All edits are judged on a copy before any action exists, so one refusal stops all. A value that stands there already
is no action; only cells that change are written, neighbours together in one rectangle.
Not here: how edits change cells and rows (``planned_cells``, ``planned_rows``), the carrying out of actions.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from automation.base.records import dataclass, replace
from automation.excel.areas import area_of, rectangles
from automation.excel.live.actions import CopyLook, PutFormulas, PutLinks, PutMarks, PutValues, ResizeTable
from automation.excel.live.grid import Grid
from automation.excel.live.planned_cells import edit_cells
from automation.excel.live.planned_rows import append_rows, replace_rows
from automation.excel.marks import marked_areas
from automation.excel.refusals import refused
from automation.model.effects import AppendRows, CellEdit, Marks, ReplaceRows, SwitchLanguage
from automation.model.tables import address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from automation.base.findings import Severity, Text
    from automation.excel.areas import Area, Place
    from automation.excel.live.actions import Action, Constant
    from automation.excel.live.state import LiveBook, LiveSheet
    from automation.excel.marks import MarkedAreas
    from automation.model.effects import BookEdit


@dataclass(frozen=True, slots=True)
class Planned:
    """What comes of the edits.

    ``actions`` are to be carried out in order; ``cells`` are the cells whose values change, by sheet, as A1 addresses
    in the order of rows; ``notices`` what a user should know; ``after`` the workbook as it will be, where cells with
    new formulas have no value yet.
    """

    actions: tuple[Action, ...]
    cells: dict[str, tuple[str, ...]]
    notices: tuple[Text, ...]
    after: LiveBook


def planned(book: LiveBook, edits: Sequence[BookEdit]) -> Planned:
    """The actions that make the edits in order to an open workbook; none when all are true already.

    Raises ``WriteRefusedError`` with the codes of the file writer, and ``protected-sheet`` for what Excel would refuse.
    """
    if any(isinstance(edit, SwitchLanguage) for edit in edits):
        raise refused("closed-only")
    sheets = {sheet.name: sheet for sheet in book.sheets}
    grids: dict[str, Grid] = {}
    cells: dict[str, dict[Place, None]] = {}
    for (name, _kind), group in groupby(edits, key=lambda edit: (edit.sheet, type(edit))):
        sheet = _sheet(sheets, name)
        grid = grids.setdefault(sheet.name, Grid(sheet))
        places = _edit(grid, list(group), is_1904=book.date_1904)
        cells.setdefault(sheet.name, {}).update(dict.fromkeys(places))
    actions: list[Action] = []
    for grid in grids.values():
        found = list(_actions(grid))
        if found and grid.sheet.protected:
            raise refused("protected-sheet", sheet=grid.sheet.name)
        actions += found
    named = {}
    for name, touched in cells.items():
        changed = tuple(address(*place) for place in sorted(touched) if grids[name].differs(*place))
        if changed:
            named[name] = changed
    after = tuple(grids[sheet.name].after() if sheet.name in grids else sheet for sheet in book.sheets)
    return Planned(tuple(actions), named, (), replace(book, sheets=after) if actions else book)


def _sheet(sheets: Mapping[str, LiveSheet], name: str) -> LiveSheet:
    """The sheet of a name; refused when there is none."""
    if name in sheets:
        return sheets[name]
    same = [sheet for sheet in sheets.values() if sheet.name.casefold() == name.casefold()]
    if len(same) != 1:
        raise refused("unknown-sheet", sheet=name)
    return same[0]


def _edit(grid: Grid, edits: list[BookEdit], *, is_1904: bool) -> list[Place]:
    """Make the edits of one kind to one sheet and give the cells whose values change."""
    if isinstance(edits[0], CellEdit):
        return edit_cells(grid, [edit for edit in edits if isinstance(edit, CellEdit)], is_1904=is_1904)
    changed: list[Place] = []
    for edit in edits:
        if isinstance(edit, AppendRows):
            changed += append_rows(grid, edit, is_1904=is_1904)
        elif isinstance(edit, ReplaceRows):
            changed += replace_rows(grid, edit, is_1904=is_1904)
        elif isinstance(edit, Marks):
            grid.marked = marked_areas(edit.cells)
    return changed


def _actions(grid: Grid) -> Iterator[Action]:
    """The actions that make a sheet what its grid says, in the order in which Excel cannot upset them."""
    name = grid.sheet.name
    for table in grid.sheet.tables:
        if grid.tables[table.name].area != table.area:
            yield ResizeTable(name, table.name, grid.tables[table.name].area)
    for source, target in _joined(grid.looks):
        yield CopyLook(name, source, target)
    yield from _formulas(grid)
    for area in _written(grid):
        rows, columns = range(area.top, area.bottom + 1), range(area.left, area.right + 1)
        values = tuple(tuple(_constant(grid, row, column) for column in columns) for row in rows)
        formats = tuple(tuple(grid.format(row, column) for column in columns) for row in rows)
        yield PutValues(name, area, values, formats)
    for area, links in grid.linked:
        yield PutLinks(name, area, links)
    if grid.marked is not None and not _is_marked(grid.sheet, grid.marked):
        yield PutMarks(name, grid.marked)


def _joined(looks: Iterable[tuple[Area, Area]]) -> list[tuple[Area, Area]]:
    """Looks copied one after the other, those that go on where the one before ended joined to one."""
    found: list[tuple[Area, Area]] = []
    for source, target in looks:
        if found and found[-1][1]._replace(top=source.top) == source:
            found[-1] = (found[-1][0], found[-1][1]._replace(bottom=target.bottom))
        else:
            found.append((source, target))
    return found


def _formulas(grid: Grid) -> Iterator[PutFormulas]:
    """The formulas of new rows, each column's neighbours together."""
    by_formula: dict[tuple[int, str], list[Place]] = {}
    for place, formula in grid.formulas.items():
        if grid.differs(*place):
            by_formula.setdefault((place[1], formula), []).append(place)
    for (_, formula), places in by_formula.items():
        for area in rectangles(places):
            yield PutFormulas(grid.sheet.name, area, formula)


def _written(grid: Grid) -> list[Area]:
    """The ranges that are written: of cells that change, or fewer ones with unchanged cells of replaced rows between."""
    changed = set(_changed(grid))
    exact = rectangles(changed)
    if len(exact) <= 1:
        return exact
    around = {place for place in grid.owned if grid.formula(*place) is None}
    wide = [area for area in rectangles(changed | around) if any(area.holds(*place) for place in changed)]
    return min(exact, wide, key=len)


def _constant(grid: Grid, row: int, column: int) -> Constant:
    """What is written into a cell: the new constant, or the one that is there."""
    value = grid.value(row, column)
    return value if isinstance(value, str | float | int) and value != "" else None


def _changed(grid: Grid) -> Iterator[Place]:
    """The cells that need a constant: it differs from what is there, or Excel would fill in a formula."""
    gained = [
        (column, table.area.bottom, grid.tables[table.name].area.bottom)
        for table in grid.sheet.tables
        for column in table.formulas
    ]
    for place in grid.values:
        if grid.differs(*place) or any(place[1] == column and old < place[0] <= new for column, old, new in gained):
            yield place


def _is_marked(sheet: LiveSheet, wanted: MarkedAreas) -> bool:
    """Whether a sheet has exactly these marks, however their ranges are cut."""
    present: dict[Severity, list[Area]] = {}
    for text, severity in sheet.marks.items():
        present.setdefault(severity, []).extend(area_of(item) for item in text.replace(",", " ").split())
    return {severity: _covered(areas) for severity, areas in wanted} == {
        severity: _covered(areas) for severity, areas in present.items()
    }


def _covered(areas: Iterable[Area]) -> set[tuple[int, int, int]]:
    """The cells of areas, as pieces of columns that do not touch: column, first row, last row."""
    columns: dict[int, list[tuple[int, int]]] = {}
    for area in areas:
        for column in range(area.left, area.right + 1):
            columns.setdefault(column, []).append((area.top, area.bottom))
    found = set()
    for column, pieces in columns.items():
        first, last = 0, -1
        for top, bottom in sorted(pieces):
            if top > last + 1:
                if last > 0:
                    found.add((column, first, last))
                first = top
            last = max(last, bottom)
        found.add((column, first, last))
    return found

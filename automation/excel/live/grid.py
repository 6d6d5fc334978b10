"""A sheet of an open workbook in the making of what it will be: present cells, changes laid over them, the sheet after.

Not here: which changes are wanted and whether they may be made (``planned_cells``, ``planned_rows``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from automation.base.records import replace
from automation.excel.areas import Area, area_of
from automation.excel.refusals import refused
from automation.excel.tables import Column, Table
from automation.model.tables import address

if TYPE_CHECKING:
    from automation.excel.areas import Place
    from automation.excel.live.actions import Constant
    from automation.excel.live.state import LiveSheet, LiveTable
    from automation.excel.marks import MarkedAreas
    from automation.model.tables import CellError, RawValue

Cell = TypeVar("Cell")
GENERAL = "General"
NEAR_CELLS = 5_000_000
"""Cells that the used block of a sheet may come to hold; Excel itself slows down long before."""


class Grid:
    """One sheet with the changes planned so far; the sheet it began with is never touched."""

    def __init__(self, sheet: LiveSheet) -> None:
        self.sheet = sheet
        self.values: dict[Place, Constant] = {}
        """Constants put, by cell; they take the place of formulas."""
        self.formulas: dict[Place, str] = {}
        """Formulas put, by cell."""
        self.looks: list[tuple[Area, Area]] = []
        """Rows that get the formats of a row: one row, and those below it."""
        self.formats: dict[Place, str] = {}
        self.owned: set[Place] = set()
        """Cells of replaced rows, which may be written once more with what they hold, so that writes are few."""
        self.tables = {table.name: table for table in sheet.tables}
        self.links = dict(sheet.links)
        self.linked: list[tuple[Area, dict[str, str]]] = []
        """Ranges whose links change, and the links that they have afterwards."""
        self.marked: MarkedAreas | None = None
        """The complete set of marks wanted; ``None`` when nothing was said about marks."""

    def value(self, row: int, column: int) -> RawValue | CellError:
        """What stands in a cell: a constant, or the last result of a formula."""
        if (row, column) in self.values:
            return self.values[row, column]
        return None if (row, column) in self.formulas else self._first_value(row, column)

    def formula(self, row: int, column: int) -> str | None:
        """The formula of a cell, ``None`` when it has none."""
        if (row, column) in self.values:
            return None
        return self.formulas.get((row, column)) or self._first_formula(row, column)

    def differs(self, row: int, column: int) -> bool:
        """Whether a cell holds anything else than in the beginning."""
        formula, first_formula = self.formula(row, column), self._first_formula(row, column)
        if formula is not None or first_formula is not None:
            return formula != first_formula
        value, first = self.value(row, column), self._first_value(row, column)
        if value is None:
            return first is not None and first != ""
        return value != first or type(value) is not type(first)

    def format(self, row: int, column: int) -> str:
        """The number format of a cell."""
        if (row, column) in self.formats:
            return self.formats[row, column]
        if not self.sheet.area.holds(row, column):
            return GENERAL
        return self.sheet.formats[row - self.sheet.area.top][column - self.sheet.area.left]

    def is_empty(self, row: int, column: int) -> bool:
        """Whether a cell holds neither value nor formula."""
        return self.formula(row, column) is None and self.value(row, column) in {None, ""}

    def put(self, place: Place, value: Constant) -> None:
        """Give a cell a constant."""
        self.formulas.pop(place, None)
        self.values[place] = value

    def put_formula(self, place: Place, formula: str) -> None:
        """Give a cell a formula; one that has it from the beginning keeps its result."""
        self.values.pop(place, None)
        if formula != self._first_formula(*place):
            self.formulas[place] = formula

    def copy_look(self, source: Area, target: Area) -> None:
        """Give rows the formats of a row above them."""
        for column in range(source.left, source.right + 1):
            code = self.format(source.top, column)
            for row in range(target.top, target.bottom + 1):
                self.formats[row, column] = code
        self.looks.append((source, target))

    def _first_value(self, row: int, column: int) -> RawValue | CellError:
        """What stood in a cell in the beginning."""
        area = self.sheet.area
        return self.sheet.values[row - area.top][column - area.left] if area.holds(row, column) else None

    def _first_formula(self, row: int, column: int) -> str | None:
        """The formula of a cell in the beginning."""
        area = self.sheet.area
        return self.sheet.formulas[row - area.top][column - area.left] if area.holds(row, column) else None

    def area(self) -> Area:
        """The block of cells that are used now or were before."""
        area = self.sheet.area
        places = [*self.values, *self.formulas, *self.formats]
        if not places:
            return area
        rows, columns = [row for row, _ in places], [column for _, column in places]
        return Area(min(area.top, *rows), min(area.left, *columns), max(area.bottom, *rows), max(area.right, *columns))

    def after(self) -> LiveSheet:
        """The sheet as it will be. Results of new formulas are not known yet: their cells have no value."""
        marks = self.sheet.marks
        if self.marked is not None:
            marks = {" ".join(area.text() for area in areas): severity for severity, areas in self.marked}
        beside = replace(self.sheet, tables=tuple(self.tables.values()), links=self.links, marks=marks)
        if not (self.values or self.formulas or self.formats):
            return beside
        area = self.area()
        if (area.bottom - area.top + 1) * (area.right - area.left + 1) > NEAR_CELLS and area != self.sheet.area:
            raise refused("far-cell", sheet=self.sheet.name, cell=address(area.bottom, area.right))
        values = _grown(self.sheet.values, self.sheet.area, area, None)
        formulas = _grown(self.sheet.formulas, self.sheet.area, area, None)
        formats = _grown(self.sheet.formats, self.sheet.area, area, GENERAL)
        for (row, column), value in self.values.items():
            values[row - area.top][column - area.left] = value
            formulas[row - area.top][column - area.left] = None
        for (row, column), formula in self.formulas.items():
            values[row - area.top][column - area.left] = None
            formulas[row - area.top][column - area.left] = formula
        for (row, column), code in self.formats.items():
            formats[row - area.top][column - area.left] = code
        return replace(beside, area=area, values=values, formulas=formulas, formats=formats)


def table_of(table: LiveTable) -> Table:
    """The table in the form that a closed file's has, so that both are asked the same questions."""
    columns = tuple(
        Column(name, table.formulas.get(table.area.left + index, "").removeprefix("="))
        for index, name in enumerate(table.columns)
    )
    return Table(table.name, table.area, table.header_rows, table.totals_rows, columns)


def inside(ref: str, area: Area) -> bool:
    """Whether the cells of a range lie all inside an area."""
    cells = area_of(ref)
    return area.holds(cells.top, cells.left) and area.holds(cells.bottom, cells.right)


def _grown(rows: list[list[Cell]], old: Area, new: Area, empty: Cell) -> list[list[Cell]]:
    """A copy of a block with room for a larger area."""
    left, right = [empty] * (old.left - new.left), [empty] * (new.right - old.right)
    width = new.right - new.left + 1
    above = [[empty] * width for _ in range(old.top - new.top)]
    below = [[empty] * width for _ in range(new.bottom - old.bottom)]
    return [*above, *(left + row + right for row in rows), *below]

"""A stand-in for Excel on paper: a workbook file taken as an open workbook, and actions carried out on it.

It shares no code with the planner. It does what Excel does of its own accord where that matters (a table that grows
fills its calculated columns) and refuses, with ``Nonsense``, what a host would refuse or what would do damage.
"""

from __future__ import annotations

import datetime as dt
from copy import deepcopy
from typing import TYPE_CHECKING

import openpyxl
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from automation.base.findings import Severity
from automation.excel.areas import Area
from automation.excel.live.actions import CopyLook, PutFormulas, PutLinks, PutMarks, PutValues, ResizeTable
from automation.excel.live.state import LiveBook, LiveSheet, LiveTable
from automation.model.tables import CellError, address

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from automation.excel.live.actions import Action

EMPTY = (None, "")


class NonsenseError(Exception):
    """The action cannot be carried out, or would do damage."""


def taken(path: Path) -> LiveBook:
    """The workbook file as if it were open: raw values, formulas, formats, tables and all that ``state`` asks for."""
    values = openpyxl.load_workbook(path, data_only=True)
    formulas = openpyxl.load_workbook(path, rich_text=False)
    is_1904 = formulas.epoch == openpyxl.utils.datetime.CALENDAR_MAC_1904
    sheets = tuple(_sheet(values[sheet.title], sheet, is_1904=is_1904) for sheet in formulas.worksheets)
    return LiveBook(path.name, str(path), sheets, formulas.active.title, "A1", date_1904=is_1904)


def _sheet(values, sheet, *, is_1904):
    area = Area(*_corners(sheet.calculate_dimension()))
    found = [[None] * (area.right - area.left + 1) for _ in range(area.top, area.bottom + 1)]
    written = deepcopy(found)
    formats = [[_format(sheet, row, column) for column in range(area.left, area.right + 1)] for row in _rows(area)]
    arrays, links = [], {}
    for row in sheet.iter_rows(area.top, area.bottom, area.left, area.right):
        for cell in row:
            down, across = cell.row - area.top, cell.column - area.left
            if type(cell).__name__ != "MergedCell":
                found[down][across] = _raw(values[cell.coordinate], is_1904=is_1904)
            content = cell.value
            link = getattr(cell, "hyperlink", None)
            if link is not None:
                links[link.ref] = (link.location or "") if link.id is None else ""
            if isinstance(content, ArrayFormula):
                arrays.append(_area(content.ref))
                written[down][across] = content.text
            elif isinstance(content, DataTableFormula):
                arrays.append(_area(content.ref))
                written[down][across] = "=TABLE(,)"
            elif cell.data_type == "f":
                written[down][across] = content
    tables = tuple(
        LiveTable(
            table.displayName,
            _area(table.ref),
            tuple(column.name for column in table.tableColumns),
            1 if table.headerRowCount is None else table.headerRowCount,
            table.totalsRowCount or 0,
            {
                _area(table.ref).left + index: "=" + column.calculatedColumnFormula.attr_text
                for index, column in enumerate(table.tableColumns)
                if column.calculatedColumnFormula is not None
            },
        )
        for table in sheet.tables.values()
    )
    return LiveSheet(
        sheet.title,
        area,
        found,
        written,
        formats,
        tables,
        tuple(_area(str(merged)) for merged in sheet.merged_cells.ranges),
        tuple(arrays),
        links,
        _marks(sheet),
        visible=sheet.sheet_state == "visible",
        protected=bool(sheet.protection.sheet),
    )


def _marks(sheet):
    found = {}
    for ranges in sheet.conditional_formatting:
        for rule in ranges.rules:
            formula = rule.formula[0] if rule.formula else ""
            if formula.startswith('N("deliverybook:'):
                found[str(ranges.sqref)] = Severity[formula.split(":")[1].split('"')[0].upper()]
    return found


def _format(sheet, row, column):
    if (row, column) in sheet._cells:
        return sheet._cells[row, column].number_format
    for number, width in sheet.column_dimensions.items():
        if width.min and width.min <= column <= width.max and number:
            return width.number_format or "General"
    return "General"


def _raw(cell, *, is_1904):
    value = cell.value
    if cell.data_type == "e":
        return CellError(value)
    if isinstance(value, dt.time | dt.datetime | dt.date | dt.timedelta):
        epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904 if is_1904 else openpyxl.utils.datetime.CALENDAR_WINDOWS_1900
        return float(
            openpyxl.utils.datetime.to_excel(value, epoch)
            if not isinstance(value, dt.timedelta)
            else value / dt.timedelta(days=1)
        )
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _corners(text):
    left, top, right, bottom = range_boundaries(text)
    return top, left, bottom, right


def _area(text):
    return Area(*_corners(text))


def _rows(area):
    return range(area.top, area.bottom + 1)


def _places(area):
    return [(row, column) for row in _rows(area) for column in range(area.left, area.right + 1)]


class _Paper:
    """One sheet as dictionaries from places to what stands there."""

    def __init__(self, sheet: LiveSheet) -> None:
        self.sheet = sheet
        self.values, self.formulas, self.formats = {}, {}, {}
        for row, column in _places(sheet.area):
            down, across = row - sheet.area.top, column - sheet.area.left
            self.values[row, column] = sheet.values[down][across]
            self.formulas[row, column] = sheet.formulas[down][across]
            self.formats[row, column] = sheet.formats[down][across]
        self.tables = {table.name: table for table in sheet.tables}
        self.links = dict(sheet.links)
        self.marks = dict(sheet.marks)

    def carry_out(self, action: Action) -> None:
        if self.sheet.protected:
            raise NonsenseError("the sheet is protected")
        {
            PutValues: self.put_values,
            PutFormulas: self.put_formulas,
            ResizeTable: self.resize,
            CopyLook: self.copy_look,
            PutLinks: self.put_links,
            PutMarks: self.put_marks,
        }[type(action)](action)

    def _check_cell(self, place):
        for area in self.sheet.arrays:
            if area.holds(*place):
                raise NonsenseError(f"part of an array: {place}")
        for area in self.sheet.merges:
            if area.holds(*place) and place != area[:2]:
                raise NonsenseError(f"inside a merged range: {place}")
        for table in self.tables.values():
            head = table.area.top <= place[0] < table.area.top + table.header_rows
            foot = table.area.bottom - table.totals_rows < place[0] <= table.area.bottom
            if table.area.holds(*place) and (head or foot):
                raise NonsenseError(f"a header or totals cell: {place}")

    def put_values(self, action):
        shape = (action.area.bottom - action.area.top + 1, action.area.right - action.area.left + 1)
        for matrix in (action.values, action.formats):
            if len(matrix) != shape[0] or {len(row) for row in matrix} != {shape[1]}:
                raise NonsenseError("shape")
        changes = False
        for row, column in _places(action.area):
            self._check_cell((row, column))
            value = action.values[row - action.area.top][column - action.area.left]
            if type(value) not in {str, float, bool, type(None)} or value == "":
                raise NonsenseError(f"not a constant: {value!r}")
            if isinstance(value, float) and value - value != 0:
                raise NonsenseError(f"not finite: {value!r}")
            code = action.formats[row - action.area.top][column - action.area.left]
            if code != self.formats.get((row, column), "General"):
                raise NonsenseError(f"format: {code!r}")
            present = self.values.get((row, column))
            changes |= self.formulas.get((row, column)) is not None or repr(present) != repr(value)
            self.values[row, column] = value
            self.formulas[row, column] = None
        if not changes:
            raise NonsenseError(f"nothing to do: {action.area}")

    def put_formulas(self, action):
        if not action.formula.startswith("="):
            raise NonsenseError(action.formula)
        for place in _places(action.area):
            self._check_cell(place)
            if not any(table.area.holds(*place) for table in self.tables.values()):
                raise NonsenseError("a formula of a calculated column outside of tables")
            self.formulas[place] = action.formula
            self.values[place] = None

    def resize(self, action):
        table = self.tables[action.table]
        old, new = table.area, action.area
        if (new.top, new.left, new.right) != (old.top, old.left, old.right) or new.bottom <= new.top:
            raise NonsenseError("only the last row of a table may move")
        if table.totals_rows:
            raise NonsenseError("a totals row would have to move")
        added = Area(old.bottom + 1, old.left, new.bottom, old.right)
        others = [other.area for name, other in self.tables.items() if name != action.table]
        if any(area.meets(new) for area in [*others, *self.sheet.merges, *self.sheet.arrays]):
            raise NonsenseError("the table would grow into something")
        for place in _places(added):
            if self.values.get(place) not in EMPTY or self.formulas.get(place):
                raise NonsenseError("the table would grow over cells")
            # Excel fills the calculated columns of rows that a table gains.
            if place[1] in table.formulas:
                self.formulas[place] = table.formulas[place[1]]
        self.tables[action.table] = LiveTable(
            table.name, new, table.columns, table.header_rows, table.totals_rows, table.formulas
        )

    def copy_look(self, action):
        source, target = action.source, action.target
        if source.top != source.bottom or target.top <= source.top or source[1::2] != target[1::2]:
            raise NonsenseError("a look is copied from one row to rows below")
        for row, column in _places(target):
            self.formats[row, column] = self.formats.get((source.top, column), "General")

    def put_links(self, action):
        for ref in list(self.links):
            area = _area(ref)
            inside = action.area.holds(area.top, area.left) and action.area.holds(area.bottom, area.right)
            if inside and self.links[ref]:
                del self.links[ref]
        for ref, place in action.links.items():
            if not action.area.holds(*_area(ref)[:2]) or not place or place.startswith("#"):
                raise NonsenseError(f"link {ref} to {place}")
            if any(_area(other).holds(*_area(ref)[:2]) for other in self.links):
                raise NonsenseError(f"a second link at {ref}")
            self.links[ref] = place

    def put_marks(self, action):
        seen = set()
        if sorted((severity for severity, _ in action.areas), reverse=True) != [one for one, _ in action.areas]:
            raise NonsenseError("gravest first")
        self.marks = {}
        for severity, areas in action.areas:
            for area in areas:
                if seen & set(_places(area)):
                    raise NonsenseError("a cell with two marks")
                seen |= set(_places(area))
                self.marks[area.text()] = severity

    def finished(self) -> LiveSheet:
        sheet = self.sheet
        rows, columns = zip(*[*self.values, *self.formats, *self.formulas], strict=True)
        area = Area(min(rows), min(columns), max(rows), max(columns))

        def block(cells, default):
            across = range(area.left, area.right + 1)
            return [[cells.get((row, column), default) for column in across] for row in _rows(area)]

        return LiveSheet(
            sheet.name,
            area,
            block(self.values, None),
            block(self.formulas, None),
            block(self.formats, "General"),
            tuple(self.tables.values()),
            sheet.merges,
            sheet.arrays,
            self.links,
            self.marks,
            visible=sheet.visible,
            protected=sheet.protected,
        )


def carried_out(book: LiveBook, actions: Iterable[Action]) -> LiveBook:
    """The workbook after the actions; raises ``NonsenseError`` and leaves everything as it was."""
    papers = {sheet.name: _Paper(sheet) for sheet in book.sheets}
    for action in actions:
        papers[action.sheet].carry_out(action)
    sheets = tuple(paper.finished() for paper in papers.values())
    return LiveBook(book.name, book.path, sheets, book.active, book.selection, book.date_1904)


def content(book: LiveBook) -> dict[str, object]:
    """Everything of a workbook in a form that does not depend on how large the taken areas are."""
    return {sheet.name: _content(sheet) for sheet in book.sheets}


def _content(sheet):
    paper = _Paper(sheet)
    return {
        "values": {address(*at): value for at, value in paper.values.items() if value not in EMPTY},
        "formulas": {address(*at): formula for at, formula in paper.formulas.items() if formula},
        "formats": {address(*at): code for at, code in paper.formats.items() if code != "General"},
        "tables": sheet.tables,
        "links": dict(sheet.links),
        "marks": {
            address(*at): severity
            for ref, severity in sheet.marks.items()
            for part in ref.replace(",", " ").split()
            for at in _places(_area(part))
        },
    }

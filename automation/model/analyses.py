"""Where the parts of an analysis sheet stand in a workbook: its table's header, its caption, its grid.

They are looked for where they are now, because a company may insert rows and columns. Nothing of an analysis sheet is
read by checks and rules; only the commands that fill it come here. Not here: the filling (``commands.analysis_sheets``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from automation.model.headers import header_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from automation.model.tables import CellError, RawSheet, RawValue
    from automation.schema.catalogue import Sheet

GRID_MARK = "▸"
"""Stands in the header row in the column before the grid's first one, in white on white."""
CAPTION_ABOVE, OFFSETS_ABOVE, FLAGS_ABOVE, BAND_ABOVE = 4, 3, 2, 1
"""How many rows above the header the caption, the two hidden rows and the band stand."""


class AnalysisPlace(NamedTuple):
    """One analysis sheet of a workbook. Rows and columns are counted from 1 as in Excel.

    ``columns`` maps column identifiers to column numbers. ``grid`` is the first column of the grid, 0 when it has none.
    """

    name: str
    header_row: int
    columns: Mapping[str, int]
    grid: int
    worksheet: RawSheet

    def value(self, row: int, column: int) -> RawValue | CellError:
        """What stands in a cell now."""
        down, across = row - self.worksheet.first_row, column - self.worksheet.first_column
        rows = self.worksheet.rows
        if not 0 <= down < len(rows) or not 0 <= across < len(rows[down]):
            return None
        return rows[down][across]

    def filled(self, first_row: int, first_column: int, last_column: int) -> Iterator[tuple[int, int]]:
        """The cells that hold something, from a row on, between two columns (both included)."""
        for number, row in enumerate(self.worksheet.rows, start=self.worksheet.first_row):
            if number < first_row:
                continue
            for column, cell in enumerate(row, start=self.worksheet.first_column):
                if cell is not None and first_column <= column <= last_column:
                    yield number, column


def analysis_place(worksheet: RawSheet, sheet: Sheet) -> AnalysisPlace | None:
    """Where the sheet's parts stand; ``None`` when the worksheet has no header row."""
    header = header_of(worksheet, sheet)
    if header is None:
        return None
    cells = worksheet.rows[header.row - worksheet.first_row]
    marked = next((place for place, cell in enumerate(cells) if cell == GRID_MARK), None)
    grid = 0 if marked is None or not sheet.view.grid else worksheet.first_column + marked + 1
    return AnalysisPlace(worksheet.name, header.row, header.columns, grid, worksheet)

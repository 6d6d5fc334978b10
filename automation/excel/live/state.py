"""An open workbook as it was taken in one go: what reader and planner of the live side work on, whoever took it.

xlwings takes it from Excel, the task pane sends it as JSON; both give these very values:

- ``values`` are raw, as ``Range.Value2`` of Excel and ``range.values`` of Office.js give them, nothing converted: numbers
  as ``float``, dates and times of day as the serial numbers of the workbook's date system, ``str``, ``bool``, ``None``
  for an empty cell, ``CellError`` for an error value. ``""`` means the same as ``None`` where no formula stands. What is
  a date is seen from ``formats``, by ``reading.raw_of``. Never a ``date`` or ``datetime``.
- ``formulas`` hold text with a leading ``=`` where a formula stands, in English and with commas (``Range.Formula``);
  ``None`` for everything else. Constant text that begins with ``=`` is no formula and stands in ``values`` alone.
- ``formats`` are the number formats of all cells in English (``Range.NumberFormat``), ``General`` where there is none.
- ``area`` is at least the used cells (``UsedRange``), more does no harm. A cell outside of it is taken for empty, without
  formula, in the format ``General``. A sheet without any used cell has the area A1 and one row with one ``None``.
- ``arrays`` are whole ranges, each named once: of array formulas (Ctrl+Shift+Enter), of spills with the cell that
  spills, and of what-if data tables (their ``formulas`` begin with ``=TABLE(``). Their first cell has the formula;
  whether the others repeat it or have ``None`` is all the same.
- ``links`` map the range of each link as A1 text to the place in this workbook it leads to, such as ``'计划'!D5``, without
  ``#``; to ``""`` when it leads anywhere else: such a link is never touched.
- ``marks`` map ranges as A1 text (several parted by commas or spaces) to the severity of our own conditional formats,
  those whose one formula is ``=N("deliverybook:high")=0`` with the severity's code.
- ``merges`` are at least those below tables; a taker who gives no others looks at cells before they are written.
- Outside of tables ``formats`` may be ``General`` wherever no number stands.
- ``tables`` have sheet coordinates. The formula of a calculated column is what its cells have in common, see ``LiveTable``.
- ``visible`` is false for hidden and very hidden sheets, ``protected`` true when cells are locked against changes by hand.

Only worksheets are taken; chart and macro sheets are left out.
Not here: the taking (``excel.live.office``, ``front``) and what is done to the workbook (``actions``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.records import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Mapping

    from automation.base.findings import Severity
    from automation.excel.areas import Area
    from automation.model.tables import CellError, RawValue


@dataclass(frozen=True, slots=True)
class LiveTable:
    """A table of a sheet: its whole range, header and totals rows included, and its columns from the left.

    ``formulas`` are those of calculated columns by sheet column (from 1), as text with a leading ``=``. An open
    workbook does not tell them: a column is calculated when all its data cells hold one and the same formula in the
    R1C1 notation; given is what ``Range.Formula`` has for its first data cell.
    """

    name: str
    area: Area
    columns: tuple[str, ...]
    header_rows: int = 1
    totals_rows: int = 0
    formulas: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LiveSheet:
    """One worksheet: the block of its used cells, row by row, and what stands on it.

    ``values``, ``formulas`` and ``formats`` have the shape of ``area``; what they and the rest hold is said above.
    """

    name: str
    area: Area
    values: list[list[RawValue | CellError]]
    formulas: list[list[str | None]]
    formats: list[list[str]]
    tables: tuple[LiveTable, ...] = ()
    merges: tuple[Area, ...] = ()
    arrays: tuple[Area, ...] = ()
    links: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, Severity] = field(default_factory=dict)
    visible: bool = True
    protected: bool = False


@dataclass(frozen=True, slots=True)
class LiveBook:
    """An open workbook: its name, where its file lies (a path or an address, ``""`` when never saved), its sheets.

    ``selection`` is the selected range on the sheet ``active``, as A1 text without sheet name.
    """

    name: str
    path: str
    sheets: tuple[LiveSheet, ...]
    active: str = ""
    selection: str = ""
    date_1904: bool = False

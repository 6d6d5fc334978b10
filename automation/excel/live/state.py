"""An open workbook as it was taken in one go: what reader and planner of the live side work on, whoever took it.

xlwings takes it from Excel, the task pane sends it as JSON; both give these very values.
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

    ``formulas`` are those of calculated columns by sheet column (from 1), as text with a leading ``=``.
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

    ``values``, ``formulas`` and ``formats`` have the shape of ``area``: values as ``model.tables.RawSheet`` holds
    them, formulas as text with a leading ``=`` (``None`` for a constant), number formats as Excel writes them
    (English). ``arrays`` are the ranges of array formulas and their spills, ``marks`` our own conditional formats.
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

"""What is asked of an open workbook beyond what xlwings gives on every platform: one interface, one class a platform.

Addresses are ``Area``; blocks are rows of cells. Questions about several cells at once answer ``None`` when the cells
differ. Not here: what the answers mean together (``taking``) and how each platform gives them (``windows``, ``mac``).
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from automation.model.tables import CellError, RawValue

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from automation.base.findings import Severity
    from automation.excel.areas import Area
    from automation.excel.live.actions import Constant
    from automation.excel.live.busy import Waiting

Cell = RawValue | CellError
"""What a cell holds as ``state`` wants it: never a date, although the type allows it."""
Font = tuple[Any, ...]
"""Name, size, bold, italic, underline and colour of cells, each ``None`` where they differ; only to be put back."""


class Table(NamedTuple):
    """A table as the platform tells it."""

    name: str
    area: Area
    has_header: bool
    has_totals: bool


class Link(NamedTuple):
    """A link of cells: the file or address it leads to (``""``: this workbook) and the place there."""

    area: Area
    address: str
    place: str


class Mark(NamedTuple):
    """One of our conditional formats."""

    severity: Severity
    areas: tuple[Area, ...]


class NativeSheet(Protocol):
    """One worksheet of an open workbook."""

    name: str

    def is_visible(self) -> bool:
        """Whether the sheet's tab is shown."""

    def is_protected(self) -> bool:
        """Whether cells are locked against changes."""

    def used(self) -> Area:
        """The rectangle of used cells, formatted ones included; A1 when there are none."""

    def filled(self, area: Area) -> int:
        """How many cells hold anything."""

    def values(self, area: Area) -> list[list[Cell]]:
        """Values, nothing converted: dates are serial numbers."""

    def formulas(self, area: Area) -> list[list[str]]:
        """What each cell would show in the formula bar of an English Excel: formulas with ``=``, constants as text."""

    def relative_formulas(self, area: Area) -> list[list[str]]:
        """The same in the R1C1 notation, in which a formula filled down is the same in every row."""

    def number_format(self, area: Area) -> str | None:
        """The number format in English."""

    def is_merged(self, area: Area) -> bool | None:
        """Whether the cells are parts of merged ranges."""

    def merged_at(self, area: Area) -> Area:
        """The merged range that the first cell is part of."""

    def is_array(self, area: Area) -> bool | None:
        """Whether the cells belong to array formulas."""

    def array_at(self, area: Area) -> Area:
        """The range of the array formula that the first cell belongs to."""

    def is_spilled(self, area: Area) -> bool | None:
        """Whether the cells belong to spills; ``False`` in an Excel without spills."""

    def spill_at(self, area: Area) -> Area:
        """The range of the spill that the first cell belongs to, with the cell that spills."""

    def tables(self) -> list[Table]:
        """The tables (Insert > Table)."""

    def column_names(self, table: str) -> list[str]:
        """The names of a table's columns, for tables that hide their header row."""

    def links(self) -> list[Link]:
        """The links of cells."""

    def marks(self) -> list[Mark]:
        """Our conditional formats."""

    def put(self, area: Area, block: Sequence[Sequence[Constant]]) -> None:
        """Cells get what a person would type, in one write; ``None`` empties."""

    def put_formula(self, area: Area, formula: str) -> None:
        """Cells get a formula, relative to the first one."""

    def put_number_format(self, area: Area, number_format: str) -> None:
        """Cells get a number format."""

    def resize(self, table: str, area: Area) -> None:
        """A table gets another range."""

    def copy_look(self, source: Area, target: Area) -> None:
        """Cells get the formats of a row above them."""

    def is_plain(self, area: Area) -> bool:
        """Whether the cells have no look of their own."""

    def clear_look(self, area: Area) -> None:
        """Cells lose their look."""

    def add_link(self, area: Area, place: str) -> None:
        """A cell gets a link to a place in this workbook."""

    def clear_links(self, area: Area) -> None:
        """Cells lose their links, not their looks."""

    def font(self, area: Area) -> Font:
        """The font of cells."""

    def put_font(self, area: Area, font: Font) -> None:
        """Cells get a font back."""

    def put_marks(self, marks: Iterable[Mark]) -> None:
        """The sheet gets exactly these marks, the first before all other conditional formats."""


class NativeBook(Protocol):
    """An open workbook."""

    name: str

    def path(self) -> str:
        """Where the file lies: a path or an address, ``""`` when it was never saved."""

    def sheets(self) -> Sequence[NativeSheet]:
        """The worksheets in their order."""

    def active(self) -> str:
        """The name of the active sheet."""

    def selection(self) -> str:
        """The selected range as A1 text, ``""`` when none is."""

    def date_1904(self) -> bool:
        """Whether days are counted from 1904."""

    def save_copy(self, path: Path) -> None:
        """Save the workbook as it is now as another file; the open one stays what it is."""

    def quiet(self) -> AbstractContextManager[None]:
        """While inside, Excel neither draws nor runs event macros nor grows tables by itself; calculation stays."""


def native(book: Any, waiting: Waiting) -> NativeBook:
    """The platform's side of an ``xlwings.Book``."""
    if sys.platform == "darwin":
        from automation.excel.live.mac import MacBook  # noqa: PLC0415 - needs appscript, which only a Mac has

        return MacBook(book, waiting)
    from automation.excel.live.windows import WindowsBook  # noqa: PLC0415 - as above, one side a platform

    return WindowsBook(book, waiting)

"""An open workbook on Windows: Excel's own objects (COM), as xlwings hands them out by ``api``.

Each line is one or two round trips to Excel, so blocks are read and written whole. Names and numbers are Excel's own
(Microsoft Learn, Excel VBA reference). Not here: what is read or written when (``office``).
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from automation.base.errors import AutomationError
from automation.base.findings import Severity
from automation.excel.areas import Area, area_of
from automation.excel.live.busy import SECONDS_TO_UNDO, Patient, is_absent
from automation.excel.live.native import Link, Mark, Table
from automation.excel.marks import COLOURS
from automation.model.tables import CellError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from automation.excel.live.actions import Constant
    from automation.excel.live.busy import Waiting
    from automation.excel.live.native import Cell, Font

VISIBLE = -1
BY_FORMULA = 2
NO_FILL, NO_LINE = -4142, -4142
FILL_FORMATS = 3
PASTE_FORMATS = -4122
ERROR_BASE = -2146828288
"""An error value arrives as the whole number 0x800A0000 plus Excel's number of the error."""
ERRORS = {
    2000: "#NULL!",
    2007: "#DIV/0!",
    2015: "#VALUE!",
    2023: "#REF!",
    2029: "#NAME?",
    2036: "#NUM!",
    2042: "#N/A",
    2043: "#GETTING_DATA",
    2045: "#SPILL!",
    2046: "#CONNECT!",
    2047: "#BLOCKED!",
    2048: "#UNKNOWN!",
    2049: "#FIELD!",
    2050: "#CALC!",
}
OUR_RULE = re.compile(r'^=\w+\("deliverybook:([a-z]+)"\)=0$')
"""The formula of our marks; Excel shows rules in the language of its menus, in which N may be called otherwise."""
ADDRESS_LIMIT = 255
"""Characters of an address that ``Range`` takes and ``Address`` gives; what is longer is cut off."""


class WindowsSheet:
    """One worksheet."""

    def __init__(self, api: Any) -> None:
        self._api = api
        self.name: str = api.Name

    def is_visible(self) -> bool:
        """Whether the sheet's tab is shown."""
        return bool(self._api.Visible == VISIBLE)

    def is_protected(self) -> bool:
        """Whether cells are locked against changes."""
        return bool(self._api.ProtectContents)

    def used(self) -> Area:
        """The rectangle of used cells."""
        return area_of(self._api.UsedRange.Address)

    def filled(self, area: Area) -> int:
        """How many cells hold anything."""
        return int(self._api.Application.WorksheetFunction.CountA(self._range(area)))

    def values(self, area: Area) -> list[list[Cell]]:
        """Values as ``Value2`` gives them, which knows neither dates nor currencies."""
        return [[_cell(value) for value in row] for row in _block(self._range(area).Value2)]

    def formulas(self, area: Area) -> list[list[str]]:
        """Formulas with ``=``, constants as text."""
        return [[str(text) for text in row] for row in _block(self._range(area).Formula)]

    def relative_formulas(self, area: Area) -> list[list[str]]:
        """The same in the R1C1 notation."""
        return [[str(text) for text in row] for row in _block(self._range(area).FormulaR1C1)]

    def number_format(self, area: Area) -> str | None:
        """The number format in English, ``None`` when the cells differ."""
        found: str | None = self._range(area).NumberFormat
        return found

    def is_merged(self, area: Area) -> bool | None:
        """Whether the cells are parts of merged ranges."""
        found: bool | None = self._range(area).MergeCells
        return found

    def merged_at(self, area: Area) -> Area:
        """The merged range that the first cell is part of."""
        return area_of(self._first(area).MergeArea.Address)

    def is_array(self, area: Area) -> bool | None:
        """Whether the cells belong to array formulas."""
        found: bool | None = self._range(area).HasArray
        return found

    def array_at(self, area: Area) -> Area:
        """The range of an array formula."""
        return area_of(self._first(area).CurrentArray.Address)

    def is_spilled(self, area: Area) -> bool | None:
        """Whether the cells belong to spills; Excel 2019 and older have none and do not know the word."""
        try:
            found: bool | None = self._range(area).HasSpill
        except Exception as error:
            if not is_absent(error):
                raise
            return False
        return found

    def spill_at(self, area: Area) -> Area:
        """The range of a spill."""
        return area_of(self._first(area).SpillParent.SpillingToRange.Address)

    def tables(self) -> list[Table]:
        """The tables."""
        return [
            Table(item.Name, area_of(item.Range.Address), bool(item.ShowHeaders), bool(item.ShowTotals))
            for item in _each(self._api.ListObjects)
        ]

    def column_names(self, table: str) -> list[str]:
        """The names of a table's columns."""
        return [item.Name for item in _each(self._table(table).ListColumns)]

    def links(self) -> list[Link]:
        """The links of cells; those of shapes are not among them."""
        return [
            Link(area_of(item.Range.Address), item.Address or "", item.SubAddress or "")
            for item in _each(self._api.Cells.Hyperlinks)
        ]

    def marks(self) -> list[Mark]:
        """Our conditional formats."""
        return [Mark(severity, _areas(rule.AppliesTo)) for rule, severity in self._our_rules()]

    def put(self, area: Area, block: Sequence[Sequence[Constant]]) -> None:
        """Cells get what a person would type; an empty text empties a cell."""
        rows = tuple(tuple("" if value is None else value for value in row) for row in block)
        self._range(area).Value2 = rows if area.text().find(":") > 0 else rows[0][0]

    def put_formula(self, area: Area, formula: str) -> None:
        """Cells get a formula, relative to the first one."""
        self._range(area).Formula = formula

    def put_number_format(self, area: Area, number_format: str) -> None:
        """Cells get a number format."""
        self._range(area).NumberFormat = number_format

    def resize(self, table: str, area: Area) -> None:
        """A table gets another range."""
        self._table(table).Resize(self._range(area))

    def copy_look(self, source: Area, target: Area) -> None:
        """Cells get the formats of a row above them; filling spares the clipboard where the rows touch."""
        if target.top == source.bottom + 1:
            whole = self._range(source._replace(bottom=target.bottom))
            self._range(source).AutoFill(Destination=whole, Type=FILL_FORMATS)
            return
        self._range(source).Copy()
        self._range(target).PasteSpecial(Paste=PASTE_FORMATS)
        self._api.Application.CutCopyMode = False

    def is_plain(self, area: Area) -> bool:
        """Whether the cells have no look of their own."""
        cells = self._range(area)
        style = cells.Style
        return bool(
            style is not None
            and style.Name == "Normal"
            and cells.NumberFormat == "General"
            and cells.Interior.ColorIndex == NO_FILL
            and cells.Borders.LineStyle == NO_LINE
        )

    def clear_look(self, area: Area) -> None:
        """Cells lose their look."""
        self._range(area).ClearFormats()

    def add_link(self, area: Area, place: str) -> None:
        """A cell gets a link to a place in this workbook."""
        cell = self._range(area)
        cell.Hyperlinks.Add(Anchor=cell, Address="", SubAddress=place)

    def clear_links(self, area: Area) -> None:
        """Cells lose their links; ``Hyperlinks.Delete`` would take their looks too."""
        self._range(area).ClearHyperlinks()

    def font(self, area: Area) -> Font:
        """The font of cells."""
        font = self._range(area).Font
        return font.Name, font.Size, font.Bold, font.Italic, font.Underline, font.Color

    def put_font(self, area: Area, font: Font) -> None:
        """Cells get a font back; what differed among them stays as it is."""
        there = self._range(area).Font
        for name, value in zip(("Name", "Size", "Bold", "Italic", "Underline", "Color"), font, strict=True):
            if value is not None:
                setattr(there, name, value)

    def put_marks(self, marks: Iterable[Mark]) -> None:
        """The sheet gets exactly these marks.

        Old rules go from the last to the first, so that none is renumbered before its turn; each new rule goes to the
        top, so the gravest comes last.
        """
        for rule, _ in reversed(list(self._our_rules())):
            rule.Delete()
        for mark in reversed(list(marks)):
            for addresses in reversed(list(listed(mark.areas))):
                rule = self._api.Range(addresses).FormatConditions.Add(
                    Type=BY_FORMULA, Formula1=f'=N("deliverybook:{mark.severity.code}")=0'
                )
                rule.Interior.Color = _bgr(COLOURS[mark.severity])
                rule.StopIfTrue = False
                rule.SetFirstPriority()

    def _range(self, area: Area) -> Any:
        return self._api.Range(area.text())

    def _table(self, name: str) -> Any:
        return self._api.ListObjects.Item(name)

    def _first(self, area: Area) -> Any:
        return self._range(area._replace(bottom=area.top, right=area.left))

    def _our_rules(self) -> Iterator[tuple[Any, Severity]]:
        """Our conditional formats."""
        for rule in _each(self._api.Cells.FormatConditions):
            if rule.Type != BY_FORMULA:
                continue
            match = OUR_RULE.search(str(rule.Formula1))
            if match is not None and match[1].upper() in Severity.__members__:
                yield rule, Severity[match[1].upper()]


class WindowsBook:
    """An open workbook."""

    def __init__(self, book: Any, waiting: Waiting) -> None:
        self._waiting = waiting
        self._api = Patient(book.api, waiting)
        self.name: str = self._api.Name

    def path(self) -> str:
        """Where the file lies, ``""`` when it was never saved."""
        return str(self._api.FullName) if self._api.Path else ""

    def sheets(self) -> list[WindowsSheet]:
        """The worksheets in their order."""
        return [WindowsSheet(item) for item in _each(self._api.Worksheets)]

    def active(self) -> str:
        """The name of the active sheet."""
        return str(self._api.ActiveSheet.Name)

    def selection(self) -> str:
        """The selected range of the book's first window; ``""`` when it shows a chart sheet or there is no window.

        Cells stay selected behind a selected shape.
        """
        try:
            return str(self._api.Windows(1).RangeSelection.Address).replace("$", "")
        except AutomationError:
            raise
        except Exception:  # noqa: BLE001 - Excel's error for this is the one that it has for everything
            return ""

    def date_1904(self) -> bool:
        """Whether days are counted from 1904."""
        return bool(self._api.Date1904)

    def save_copy(self, path: Path) -> None:
        """Save the workbook as it is now as another file."""
        self._api.SaveCopyAs(str(path))

    @contextmanager
    def quiet(self) -> Iterator[None]:
        """No drawing, no event macros, no tables that grow and no columns that fill by themselves."""
        application = self._api.Application
        correct = application.AutoCorrect
        switches = (
            (application, "ScreenUpdating"),
            (application, "EnableEvents"),
            (correct, "AutoExpandListRange"),
            (correct, "AutoFillFormulasInLists"),
        )
        before = [(thing, name, getattr(thing, name)) for thing, name in switches]
        try:
            for thing, name in switches:
                setattr(thing, name, False)
            yield
        finally:
            self._waiting.extend(SECONDS_TO_UNDO)
            for thing, name, value in reversed(before):
                setattr(thing, name, value)


def _each(collection: Any) -> Iterator[Any]:
    """The items of a collection by number: an enumeration that a busy Excel cuts short could not be taken up again."""
    for number in range(1, int(collection.Count) + 1):
        yield collection.Item(number)


def _block(found: Any) -> tuple[tuple[Any, ...], ...]:
    """Rows of cells; a single cell comes without rows."""
    return found if isinstance(found, tuple) else ((found,),)


def _cell(value: Any) -> Cell:
    """A value of ``Value2``: whole numbers are only ever errors there."""
    if isinstance(value, int) and not isinstance(value, bool):
        code = ERRORS.get(value - ERROR_BASE)
        return CellError(code) if code else float(value)
    cell: Cell = value
    return cell


def _areas(cells: Any) -> tuple[Area, ...]:
    """The areas of a range; one by one where its address may have been cut off."""
    text = str(cells.Address)
    if len(text) < ADDRESS_LIMIT - len("$XFD$1048576:$XFD$1048576,"):
        return tuple(map(area_of, text.split(",")))
    return tuple(area_of(item.Address) for item in _each(cells.Areas))


def listed(areas: Iterable[Area]) -> Iterator[str]:
    """Addresses parted by commas, each line short enough for ``Range``."""
    line = ""
    for area in areas:
        if line and len(line) + 1 + len(area.text()) > ADDRESS_LIMIT:
            yield line
            line = ""
        line += ("," if line else "") + area.text()
    if line:
        yield line


def _bgr(colour: str) -> int:
    """A colour ``RRGGBB`` as Excel's number, whose lowest byte is red."""
    red, green, blue = (int(colour[start : start + 2], 16) for start in (0, 2, 4))
    return red + 256 * green + 65_536 * blue

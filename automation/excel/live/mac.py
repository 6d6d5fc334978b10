"""An open workbook on macOS: Excel's AppleScript terms through appscript, as xlwings hands them out by ``api``.

Less is to be had than on Windows: AppleScript knows no spills (cells that a formula spilled over count as constants),
no switches for tables that grow by themselves, and no error values inside blocks (their texts are read beside them).
Terms are those of ``xlwings.mac_dict``. Not here: what is read or written when (``office``).
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

from automation.base.errors import AutomationError
from automation.base.findings import Severity, Text
from automation.excel.areas import Area, area_of
from automation.excel.live.busy import SECONDS_TO_UNDO
from automation.excel.live.native import Link, Mark, Table
from automation.excel.live.windows import ERRORS, OUR_RULE, listed
from automation.excel.marks import COLOURS
from automation.model.tables import CellError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from automation.excel.live.actions import Constant
    from automation.excel.live.busy import Waiting
    from automation.excel.live.native import Cell, Font

k: Any = import_module("appscript").k
"""AppleScript's words for what is not a text or a number; the module exists on a Mac only."""
ERROR_TEXTS = frozenset(ERRORS.values())


class MacSheet:
    """One worksheet; each question and each change waits while Excel is busy."""

    def __init__(self, api: Any, waiting: Waiting) -> None:
        self._api = api
        self._waiting = waiting
        self.name: str = waiting(api.name.get)

    def is_visible(self) -> bool:
        """Whether the sheet's tab is shown."""
        return bool(self._waiting(self._api.visible.get) == k.sheet_visible)

    def is_protected(self) -> bool:
        """Whether cells are locked against changes."""
        return bool(self._waiting(self._api.protect_contents.get))

    def used(self) -> Area:
        """The rectangle of used cells."""
        return area_of(self._waiting(self._api.used_range.get_address))

    def filled(self, area: Area) -> int:
        """How many cells hold anything: AppleScript has no CountA, so the block is read."""
        return sum(text != "" for row in self.formulas(area) for text in row)

    def values(self, area: Area) -> list[list[Cell]]:
        """Values as ``value2`` gives them; error values are seen by what the cells show."""
        values = _block(self._waiting(self._range(area).value2.get), area)
        shown = _block(self._waiting(self._range(area).string_value.get), area)
        return [
            [_cell(value, text) for value, text in zip(row, beside, strict=True)]
            for row, beside in zip(values, shown, strict=True)
        ]

    def formulas(self, area: Area) -> list[list[str]]:
        """Formulas with ``=``, constants as text."""
        return [[_text(text) for text in row] for row in _block(self._waiting(self._range(area).formula.get), area)]

    def relative_formulas(self, area: Area) -> list[list[str]]:
        """The same in the R1C1 notation."""
        found = self._waiting(self._range(area).formula_r1c1.get)
        return [[_text(text) for text in row] for row in _block(found, area)]

    def number_format(self, area: Area) -> str | None:
        """The number format in English, ``None`` when the cells differ."""
        found: str | None = _same(self._waiting(self._range(area).number_format.get))
        return found

    def is_merged(self, area: Area) -> bool | None:
        """Whether the cells are parts of merged ranges."""
        found: bool | None = _same(self._waiting(self._range(area).merge_cells.get))
        return found

    def merged_at(self, area: Area) -> Area:
        """The merged range that the first cell is part of."""
        return area_of(self._waiting(self._range(area).merge_area.get_address))

    def is_array(self, area: Area) -> bool | None:
        """Whether the cells belong to array formulas."""
        found: bool | None = _same(self._waiting(self._range(area).has_array.get))
        return found

    def array_at(self, area: Area) -> Area:
        """The range of an array formula."""
        return area_of(self._waiting(self._range(area).current_array.get_address))

    def is_spilled(self, area: Area) -> bool | None:  # noqa: ARG002 - AppleScript knows no spills
        """Never: AppleScript knows no spills."""
        return False

    def spill_at(self, area: Area) -> Area:
        """The cell alone, never asked for."""
        return area

    def tables(self) -> list[Table]:
        """The tables."""
        found = []
        for number in range(1, self._count(self._api, k.list_object) + 1):
            item = self._api.list_objects[number]
            area = area_of(self._waiting(item.range_object.get_address))
            has_header, has_totals = self._waiting(item.show_headers.get), self._waiting(item.total.get)
            found.append(Table(self._waiting(item.name.get), area, bool(has_header), bool(has_totals)))
        return found

    def column_names(self, table: str) -> list[str]:
        """The names of a table's columns."""
        item = self._api.list_objects[table]
        numbers = range(1, self._count(item, k.list_column) + 1)
        return [str(self._waiting(item.list_columns[number].name.get)) for number in numbers]

    def links(self) -> list[Link]:
        """The links of cells."""
        found = []
        for number in range(1, self._count(self._api, k.hyperlink) + 1):
            item = self._api.hyperlinks[number]
            if self._waiting(item.hyperlink_type.get) != k.hyperlink_type_text_range:
                continue
            area = area_of(self._waiting(item.range_object.get_address))
            file, place = self._waiting(item.address.get), self._waiting(item.sub_address.get)
            found.append(Link(area, _text(file), _text(place)))
        return found

    def marks(self) -> list[Mark]:
        """Our conditional formats."""
        found = []
        for rule, severity in self._our_rules():
            text = self._waiting(rule.applies_to.get_address)
            found.append(Mark(severity, tuple(map(area_of, text.split(",")))))
        return found

    def put(self, area: Area, block: Sequence[Sequence[Constant]]) -> None:
        """Cells get what a person would type; whole numbers arrive only as floats."""
        rows = [[_typed(value) for value in row] for row in block]
        is_one = (area.top, area.left) == (area.bottom, area.right)
        self._waiting(lambda: self._range(area).value.set(rows[0][0] if is_one else rows))

    def put_formula(self, area: Area, formula: str) -> None:
        """Cells get a formula, relative to the first one."""
        self._waiting(lambda: self._range(area).formula.set(formula))

    def put_number_format(self, area: Area, number_format: str) -> None:
        """Cells get a number format."""
        self._waiting(lambda: self._range(area).number_format.set(number_format))

    def resize(self, table: str, area: Area) -> None:
        """A table gets another range."""
        self._waiting(lambda: self._api.list_objects[table].resize(range=self._range(area)))

    def copy_look(self, source: Area, target: Area) -> None:
        """Cells get the formats of a row above them."""
        if target.top == source.bottom + 1:
            whole = self._range(source._replace(bottom=target.bottom))
            self._waiting(lambda: self._range(source).autofill(destination=whole, type=k.fill_formats))
            return
        self._waiting(self._range(source).copy_range)
        self._waiting(lambda: self._range(target).paste_special(what=k.paste_formats))

    def is_plain(self, area: Area) -> bool:  # noqa: ARG002 - see below
        """Never known for sure, so looks are taken back by their number formats only."""
        return False

    def clear_look(self, area: Area) -> None:
        """Cells lose their look."""
        self._waiting(self._range(area).clear_formats)

    def add_link(self, area: Area, place: str) -> None:
        """A cell gets a link to a place in this workbook."""
        cell = self._range(area)
        properties = {k.address: "", k.sub_address: place}
        self._waiting(lambda: cell.make(at=cell, new=k.hyperlink, with_properties=properties))

    def clear_links(self, area: Area) -> None:
        """Cells lose their links, not their looks."""
        self._waiting(self._range(area).clear_hyperlinks)

    def font(self, area: Area) -> Font:
        """The font of cells."""
        font = self._range(area).font_object
        terms = (font.name, font.font_size, font.bold, font.italic, font.underline, font.color)
        return tuple(_same(self._waiting(term.get)) for term in terms)

    def put_font(self, area: Area, font: Font) -> None:
        """Cells get a font back; what differed among them stays as it is."""
        there = self._range(area).font_object
        terms = (there.name, there.font_size, there.bold, there.italic, there.underline, there.color)
        for term, value in zip(terms, font, strict=True):
            if value is not None:
                self._set(term, value)

    def put_marks(self, marks: Iterable[Mark]) -> None:
        """The sheet gets exactly these marks. Each new rule goes to the top, so the gravest comes last."""
        for rule, _ in reversed(list(self._our_rules())):
            self._waiting(rule.delete)
        for mark in reversed(list(marks)):
            for addresses in reversed(list(listed(mark.areas))):
                self._add_rule(self._api.cells[addresses], mark.severity)

    def _add_rule(self, cells: Any, severity: Severity) -> None:
        properties = {k.format_condition_type: k.expression, k.formula_1: f'=N("deliverybook:{severity.code}")=0'}
        rule = self._waiting(lambda: cells.make(at=cells, new=k.format_condition, with_properties=properties))
        self._waiting(rule.set_first_priority)
        first = cells.format_conditions[1]
        colour = COLOURS[severity]
        self._set(first.interior_object.color, [int(colour[start : start + 2], 16) for start in (0, 2, 4)])
        self._set(first.stop_if_true, value=False)

    def _our_rules(self) -> Iterator[tuple[Any, Severity]]:
        """Our conditional formats, by their places among all of the sheet."""
        cells = self._api.used_range
        for number in range(1, self._count(cells, k.format_condition) + 1):
            rule = cells.format_conditions[number]
            if self._waiting(rule.format_condition_type.get) != k.expression:
                continue
            match = OUR_RULE.search(_text(self._waiting(rule.formula_1.get)))
            if match is not None and match[1].upper() in Severity.__members__:
                yield rule, Severity[match[1].upper()]

    def _range(self, area: Area) -> Any:
        return self._api.cells[area.text()]

    def _count(self, holder: Any, kind: Any) -> int:
        count: Callable[[], int] = lambda: holder.count(each=kind)  # noqa: E731 - typed for the waiting
        return self._waiting(count)

    def _set(self, term: Any, value: object) -> None:
        self._waiting(lambda: term.set(value))


class MacBook:
    """An open workbook."""

    def __init__(self, book: Any, waiting: Waiting) -> None:
        self._api = book.api
        self._application = book.app.api
        self._waiting = waiting
        self.name: str = waiting(self._api.name.get)

    def path(self) -> str:
        """Where the file lies, ``""`` when it was never saved; the properties come at once, as xlwings asks for them."""
        found = self._waiting(self._api.properties.get)
        return _text(found.get(k.full_name)) if _text(found.get(k.path)) else ""

    def sheets(self) -> list[MacSheet]:
        """The worksheets in their order."""
        count: Callable[[], int] = lambda: self._api.count(each=k.worksheet)  # noqa: E731 - typed for the waiting
        numbers = range(1, self._waiting(count) + 1)
        names = [self._waiting(self._api.worksheets[number].name.get) for number in numbers]
        return [MacSheet(self._api.worksheets[name], self._waiting) for name in names]

    def active(self) -> str:
        """The name of the active sheet."""
        return str(self._waiting(self._api.active_sheet.name.get))

    def selection(self) -> str:
        """The selected range of the book's first window."""
        found: str = self._waiting(self._api.windows[1].range_selection.get_address)
        return found.replace("$", "")

    def date_1904(self) -> bool:
        """Whether days are counted from 1904."""
        return bool(self._waiting(self._api.date_1904.get))

    def save_copy(self, path: Path) -> None:
        """Copy the file: AppleScript cannot save a copy, so a workbook with changes must be saved first."""
        if not self._waiting(self._api.saved.get):
            raise AutomationError(
                Text(
                    "工作簿有未保存的修改：请先保存，再点一次。",
                    "The workbook has unsaved changes: save it, then click again.",
                ),
                code="SAVE_FIRST",
            )
        shutil.copyfile(self.path(), path)

    @contextmanager
    def quiet(self) -> Iterator[None]:
        """No drawing and no event macros."""
        switches = (self._application.screen_updating, self._application.enable_events)
        before = [(switch, self._waiting(switch.get)) for switch in switches]
        try:
            for switch in switches:
                self._set(switch, value=False)
            yield
        finally:
            self._waiting.extend(SECONDS_TO_UNDO)
            for switch, value in reversed(before):
                self._set(switch, value=value)

    def _set(self, switch: Any, *, value: object) -> None:
        self._waiting(lambda: switch.set(value))


def _block(found: Any, area: Area) -> list[list[Any]]:
    """Rows of cells; a single cell comes bare, a single row without rows."""
    if not isinstance(found, list):
        return [[found]]
    if found and not isinstance(found[0], list):
        return [found] if area.top == area.bottom else [[value] for value in found]
    return found


def _same(found: Any) -> Any:
    """An answer about several cells, ``None`` when they differ."""
    return None if found == k.missing_value else found


def _text(found: Any) -> str:
    """A text, empty when there is none."""
    return "" if found is None or found == k.missing_value else str(found)


def _cell(value: Any, shown: Any) -> Cell:
    """A value with what the cell shows of it."""
    if isinstance(shown, str) and shown in ERROR_TEXTS and value != shown:
        return CellError(shown)
    if value in ("", k.missing_value):
        return None
    cell: Cell = float(value) if isinstance(value, int) and not isinstance(value, bool) else value
    return cell


def _typed(value: Constant) -> Constant:
    """What appscript hands over: large whole numbers get lost unless they are floats."""
    if value is None:
        return ""
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value

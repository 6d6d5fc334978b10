"""Values put into cells of a worksheet, with every other byte left alone; what cannot be done safely is refused.

Not here: whole rows of a table (``rows``), marks (``marks``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from automation.base.records import dataclass, field
from automation.excel.areas import Area, area_of
from automation.excel.markup import element_text, splice, tag_with
from automation.excel.refusals import refused
from automation.excel.tables import Formula
from automation.excel.values import content, is_same
from automation.model.tables import address

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from automation.base.findings import Value
    from automation.excel.areas import Place
    from automation.excel.book import Book
    from automation.excel.scan import Cell, FormulaArea, Row, Worksheet

Piece = tuple[int, int, bytes]
SPAN = re.compile(r"([0-9]{1,5}):([0-9]{1,5})")
ELEMENT = re.compile(rb"<(/?)(?=[a-z])")


@dataclass(frozen=True, slots=True)
class Limits:
    """What an edit must respect: formula areas, merged ranges, header and totals cells; and what it may replace."""

    areas: tuple[FormulaArea, ...] = ()
    merges: tuple[Area, ...] = ()
    fixed: tuple[Area, ...] = ()
    may_replace_formulas: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """How new cells look: the style of each place that is given one, the attributes of each new row."""

    styles: Mapping[Place, int] = field(default_factory=dict)
    rows: Mapping[int, bytes] = field(default_factory=dict)


def put_values(
    sheet: Worksheet, book: Book, wanted: Mapping[Place, Value | Formula], *, limits: Limits, look: Look | None = None
) -> tuple[bytes, list[Place]]:
    """The worksheet's bytes with the values in place, and the cells that changed; the same bytes when none did."""
    editor = _Editor(sheet, book, limits, look or Look())
    by_row: dict[int, dict[int, Value | Formula]] = {}
    for (row, column), value in sorted(wanted.items(), key=lambda item: item[0]):
        by_row.setdefault(row, {})[column] = value
    rows = sheet.rows(by_row)
    for number, values in by_row.items():
        editor.put_row(number, rows.get(number), values)
    if not editor.changed and not editor.created:
        return sheet.xml, []
    return splice(sheet.xml, [*editor.finished(), *_dimension(sheet, editor.created)]), editor.changed


class _Editor:
    """Collects the pieces that replace or insert cells, row by row."""

    def __init__(self, sheet: Worksheet, book: Book, limits: Limits, look: Look) -> None:
        self.sheet = sheet
        self.book = book
        self.limits = limits
        self.look = look
        self.pieces: list[Piece] = []
        self.changed: list[Place] = []
        self.created: list[Place] = []
        self.new_rows: list[tuple[int, bytes]] = []

    def put_row(self, number: int, row: Row | None, values: Mapping[int, Value | Formula]) -> None:
        """Put values, by column ascending, into one row that may not exist yet."""
        cells = {cell.column: cell for cell in row.cells} if row else {}
        inserted: dict[int, list[bytes]] = {}
        end = row.node.close if row else 0
        for column, value in values.items():
            cell = cells.get(column)
            if cell is not None:
                if not self._is_there(cell, value):
                    self._replace(cell, value)
                continue
            style = self._new_style(number, column, row)
            is_empty = value is None or value == ""
            if is_empty and self.look.styles.get((number, column), 0) in {0, self._default_style(column, row)}:
                continue
            self._guard(number, column, None)
            place = next((item.node.start for item in row.cells if item.column > column), end) if row else 0
            inserted.setdefault(place, []).append(self._cell(number, column, b"", value, style))
            self.created.append((number, column))
            self.changed += [] if is_empty else [(number, column)]
        if inserted and row:
            self._insert(row, inserted)
        elif inserted:
            extra = self.look.rows.get(number, b"")
            name = self.sheet.prefix + b"row"
            cells_xml = b"".join(inserted[0])
            opening = b"<" + name + b' r="%d"' % number + extra + b">"
            self.new_rows.append((number, opening + cells_xml + b"</" + name + b">"))

    def finished(self) -> list[Piece]:
        """All pieces, new rows included."""
        if not self.new_rows:
            return self.pieces
        data = self.sheet.data
        if data.is_empty_tag:
            tag = self.sheet.xml[data.start : data.inner][:-2].rstrip()
            rows = b"".join(xml for _, xml in self.new_rows)
            piece = tag + b">" + rows + b"</" + self.sheet.prefix + b"sheetData>"
            return [*self.pieces, (data.start, data.end, piece)]
        places = [(self.sheet.row_start(number), xml) for number, xml in self.new_rows]
        return [*self.pieces, *((place, place, xml) for place, xml in places)]

    def _is_there(self, cell: Cell, value: Value | Formula) -> bool:
        """Whether the cell holds the value already."""
        if isinstance(value, Formula):
            return cell.formula is not None
        return is_same(cell, value, self.book)

    def _replace(self, cell: Cell, value: Value | Formula) -> None:
        """Replace one cell, keeping its attributes."""
        self._guard(cell.row, cell.column, cell)
        if cell.formula is not None:
            self.book.removed_formula = True
        tag = self.sheet.xml[cell.node.start : cell.node.inner]
        style = cell.style
        given = self.look.styles.get((cell.row, cell.column))
        if given is not None and given != style:
            style = given
            tag = tag_with(tag, {b"s": b"%d" % style})
        piece = self._cell(cell.row, cell.column, tag, value, style)
        self.pieces.append((cell.node.start, cell.node.end, piece))
        self.changed.append((cell.row, cell.column))

    def _insert(self, row: Row, inserted: Mapping[int, list[bytes]]) -> None:
        """Insert new cells into an existing row."""
        tag = self.sheet.xml[row.node.start : row.node.inner]
        fresh = tag
        spans = SPAN.fullmatch(row.node.attributes.get("spans", ""))
        columns = [column for number, column in self.created if number == row.number]
        if spans is None or not int(spans[1]) <= min(columns) <= max(columns) <= int(spans[2]):
            # The attribute only helps Excel to read faster; without it nothing is wrong.
            fresh = tag_with(tag, {b"spans": None})
        if row.node.is_empty_tag:
            name = self.sheet.prefix + b"row"
            cells = b"".join(inserted[row.node.close])
            piece = fresh[:-2].rstrip() + b">" + cells + b"</" + name + b">"
            self.pieces.append((row.node.start, row.node.end, piece))
            return
        if fresh != tag:
            self.pieces.append((row.node.start, row.node.inner, fresh))
        self.pieces += [(place, place, b"".join(cells)) for place, cells in inserted.items()]

    def _cell(self, row: int, column: int, tag: bytes, value: Value | Formula, style: int) -> bytes:
        """The bytes of a whole ``<c>`` element; ``tag`` is the start tag it had, empty for a new cell."""
        prefix = self.sheet.prefix
        where = address(row, column)
        if isinstance(value, Formula):
            kind, inner = b"", b"<f>" + element_text(value.text) + b"</f>"
        else:
            kind, inner = content(value, self.book, sheet=self.sheet.name, cell=where, style=style)
        if prefix:
            inner = _prefixed(inner, prefix)
        if tag:
            head = tag_with(tag, {b"t": kind or None}).rstrip(b"/>").rstrip()
        else:
            head = b"<" + prefix + b'c r="' + where.encode() + b'"'
            head += b' s="%d"' % style if style else b""
            head += b' t="' + kind + b'"' if kind else b""
        return head + b">" + inner + b"</" + prefix + b"c>" if inner else head + b"/>"

    def _new_style(self, row: int, column: int, present: Row | None) -> int:
        """The style of a cell that does not exist yet: given, the row's, or the column's."""
        given = self.look.styles.get((row, column))
        return self._default_style(column, present) if given is None else given

    def _default_style(self, column: int, present: Row | None) -> int:
        """The style that an empty place shows without a cell of its own: the row's, or the column's."""
        if present is not None and present.node.attributes.get("customFormat") in {"1", "true"}:
            return present.node.number("s", 0)
        return self.sheet.column_style(column)

    def _guard(self, row: int, column: int, cell: Cell | None) -> None:
        """Nothing when the cell may change, else the refusal."""
        where = address(row, column)
        sheet = self.sheet.name
        for area in self.limits.fixed:
            if area.holds(row, column):
                raise refused("header-cell", sheet=sheet, cell=where)
        for area in self.limits.merges:
            if area.holds(row, column) and (row, column) != (area.top, area.left):
                raise refused("merged-cell", sheet=sheet, cell=where, range=area.text())
        if cell is not None:
            self._guard_cell(cell, where)
        for kind, area in self.limits.areas:
            if area.holds(row, column):
                code = "spilled-cell" if kind == "array" else "data-table"
                raise refused(code, sheet=sheet, cell=where, range=area.text())

    def _guard_cell(self, cell: Cell, where: str) -> None:
        """Nothing when what stands in the cell may go, else the refusal."""
        sheet = self.sheet.name
        attributes = cell.formula.attributes if cell.formula is not None else {}
        kind = attributes.get("t", "normal")
        span = attributes.get("ref", where)
        if kind == "shared" and "ref" in attributes:
            raise refused("shared-formula", sheet=sheet, cell=where)
        if kind == "array":
            raise refused("array-formula", sheet=sheet, cell=where, range=span)
        if kind == "dataTable":
            raise refused("data-table", sheet=sheet, cell=where, range=span)
        if cell.formula is not None and not self.limits.may_replace_formulas:
            raise refused("formula-cell", sheet=sheet, cell=where)
        if {"vm", "cm"} & cell.node.attributes.keys():
            raise refused("rich-value", sheet=sheet, cell=where)
        if cell.node.child("extLst") is not None:
            raise refused("cell-extension", sheet=sheet, cell=where)


def limits_of(
    sheet: Worksheet, places: Iterable[Place], *, fixed: Iterable[Area] = (), may_replace_formulas: bool = False
) -> Limits:
    """The limits that matter for cells at ``places``: those that meet the rectangle around them."""
    rows, columns = zip(*places, strict=True)
    around = Area(min(rows), min(columns), max(rows), max(columns))
    return Limits(
        tuple(area for area in sheet.formula_areas() if area.area.meets(around)),
        tuple(area for area in sheet.merges() if area.meets(around)),
        tuple(area for area in fixed if area.meets(around)),
        may_replace_formulas,
    )


def _dimension(sheet: Worksheet, created: Iterable[Place]) -> list[Piece]:
    """The piece that makes ``<dimension>`` hold the new cells; none when it does already or there is none."""
    node = sheet.root.child("dimension")
    places = list(created)
    if node is None or not places:
        return []
    area = area_of(node.attributes.get("ref", "A1"))
    rows, columns = zip(*places, strict=True)
    grown = Area(min(area.top, *rows), min(area.left, *columns), max(area.bottom, *rows), max(area.right, *columns))
    if grown == area:
        return []
    tag = tag_with(sheet.xml[node.start : node.inner], {b"ref": grown.text().encode()})
    return [(node.start, node.inner, tag)]


def _prefixed(inner: bytes, prefix: bytes) -> bytes:
    """The inner XML with the namespace prefix of the worksheet on every element."""
    return ELEMENT.sub(lambda match: b"<" + match.group(1) + prefix, inner)

"""Analysis sheets filled: all rows of the table, the caption above it, and the grid beside it, as edits.

A workbook made before there was such a sheet gets no edit and one notice; what was found is shown all the same.
Not here: what is found (the commands), where the parts of a sheet stand (``model.analyses``).
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from automation.base.findings import EMPTY, Text
from automation.base.records import dataclass, field
from automation.model.analyses import BAND_ABOVE, CAPTION_ABOVE, FLAGS_ABOVE, OFFSETS_ABOVE, analysis_place
from automation.model.effects import CellEdit, ReplaceRows
from automation.model.tables import address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from automation.base.findings import Value
    from automation.commands.request import Request
    from automation.model.analyses import AnalysisPlace
    from automation.model.effects import BookEdit
    from automation.schema.catalogue import Column, Sheet


class Filled(NamedTuple):
    """Edits that fill a sheet (none when the workbook lacks it), notices, and where a person goes on."""

    edits: tuple[BookEdit, ...] = ()
    notices: tuple[Text, ...] = ()
    goto: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """What stands in the grid beside the table.

    ``headings`` and ``band`` are the texts of the columns from the left (a band's text stands where it begins, the
    others are ``None``), ``cells`` maps (row of the table from 0, column of the grid from 0) to a value. ``offsets`` and
    ``flags`` stand in two hidden rows for formulas: days from ``day``, which stands there too, and words such as ``off``.
    """

    headings: Sequence[Value] = ()
    band: Sequence[Value] = ()
    cells: Mapping[tuple[int, int], Value] = field(default_factory=dict)
    offsets: Sequence[Value] = ()
    flags: Sequence[Value] = ()
    day: date | None = None


def grid_columns(request: Request, sheet_id: str) -> int:
    """How many columns the grid of that sheet has."""
    return int(request.catalogue.sheets[sheet_id].view.grid.get("columns", 0))


def filled(
    request: Request,
    sheet_id: str,
    rows: Sequence[Mapping[str, Any]],
    *,
    caption: Text = EMPTY,
    grid: Grid | None = None,
    links: Mapping[tuple[int, str], str] | None = None,
) -> Filled:
    """Edits that make the table of an analysis sheet hold exactly these rows, and its grid what is given.

    ``rows`` map column identifiers to model values: list codes become labels, a ``Text`` speaks the workbook's
    language, several ids (a tuple) are parted by ``;``. ``links`` maps (row from 0, column identifier) to a place such
    as ``'计划'!D5``. The caption says in a line what is shown, and as of when. Without the sheet, without its header or
    without one of its columns nothing is written, and a notice says how to get it.
    """
    sheet = request.catalogue.sheets[sheet_id]
    worksheet = request.project.analyses.get(sheet_id)
    place = analysis_place(worksheet, sheet) if worksheet else None
    missing = [column for column in sheet.columns if place is not None and column.id not in place.columns]
    if place is None or missing or (sheet.view.grid and not place.grid):
        return Filled(notices=(_lacking(sheet, place, missing),))
    first = min(place.columns.values())
    by_number = {number: sheet.column(name) for name, number in place.columns.items()}
    numbers = range(first, max(by_number) + 1)
    table = tuple(tuple(_cell(request, by_number.get(number), row) for number in numbers) for row in rows)
    led = {(index, place.columns[name] - first): goal for (index, name), goal in (links or {}).items()}
    edits: list[BookEdit] = [ReplaceRows(place.name, table, led)]
    if caption != EMPTY and place.header_row > CAPTION_ABOVE:
        where = address(place.header_row - CAPTION_ABOVE, first)
        edits.append(CellEdit(place.name, where, caption.in_(request.language)))
    if sheet.view.grid:
        edits += _grid_edits(place, grid or Grid(), sheet.view.grid["columns"])
    return Filled(tuple(edits), goto=f"'{place.name}'!{address(place.header_row + 1, first)}")


def _cell(request: Request, column: Column | None, row: Mapping[str, Any]) -> Value:
    """A value as its cell shows it; a column of a company's own, which stands between ours, stays empty."""
    value = row.get(column.id) if column else None
    if column is None or value is None:
        return None
    if isinstance(value, Text):
        return value.in_(request.language) or None
    if isinstance(value, tuple):
        return ";".join(value) or None
    if isinstance(value, str):
        return request.catalogue.label(column, value, request.language) or None
    return value  # type: ignore[no-any-return]


def _grid_edits(place: AnalysisPlace, grid: Grid, columns: int) -> Iterator[CellEdit]:
    """Edits of the grid's cells: what is given, and empty where something else stands now."""
    header, first, last = place.header_row, place.grid, place.grid + columns - 1
    wanted: dict[tuple[int, int], Value] = {}
    for row, values in (
        (header - OFFSETS_ABOVE, grid.offsets),
        (header - FLAGS_ABOVE, grid.flags),
        (header - BAND_ABOVE, grid.band),
        (header, grid.headings),
    ):
        wanted |= {(row, first + number): value for number, value in enumerate(values) if value is not None}
    wanted |= {(header + 1 + row, first + column): value for (row, column), value in grid.cells.items()}
    there = [cell for cell in place.filled(header - OFFSETS_ABOVE, first, last) if cell not in wanted]
    if grid.day is not None:
        wanted[header - OFFSETS_ABOVE, first - 1] = grid.day
    for row, column in sorted({*wanted, *there}):
        value = wanted.get((row, column))
        if not _same(place.value(row, column), value):
            yield CellEdit(place.name, address(row, column), value)


def _same(present: object, wanted: Value) -> bool:
    """Whether a cell holds the value already, as far as can be told from what was read; in doubt it is written."""
    if isinstance(wanted, (int, float, Decimal)) and not isinstance(wanted, bool):
        return isinstance(present, float) and present == float(wanted)
    return type(present) is type(wanted) and present == wanted


def _lacking(sheet: Sheet, place: AnalysisPlace | None, missing: Sequence[Column]) -> Text:
    """What the workbook lacks, and how to get it."""
    label = sheet.label
    if place is None:
        return Text(
            f"此工作簿没有“{label.zh}”表(建于较早的版本)，没有写入；可把数据移入用 deliverybook new 新建的工作簿。"
            "结果显示如下。",
            f"This workbook has no sheet “{label.en}” (it was made by an earlier version), so nothing was written: move the "
            "data to a workbook made by 'deliverybook new'. The results are shown here.",
        )
    lacks = Text("右侧的图形区", "the area to the right of its table")
    if missing:
        zh = "、".join(f"“{column.label.zh}”" for column in missing)
        en = ", ".join(f"“{column.label.en}”" for column in missing)
        lacks = Text(f"列{zh}", f"the column(s) {en}")
    return Text(
        f"“{place.name}”表缺少{lacks.zh}，没有写入；请恢复，或改用 deliverybook new 新建的工作簿。结果显示如下。",
        f"Sheet {place.name} lacks {lacks.en} and was not written: restore it, or use a workbook made by "
        "'deliverybook new'. The results are shown here.",
    )

"""One worksheet of an open workbook taken in few questions: a block for values, one for formulas, and what stands on it.

Each question is a round trip to another process. Number formats, merged ranges and arrays are asked for whole areas,
and only areas whose cells differ are halved. Not here: how a platform answers (``windows``, ``mac``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from automation.base.errors import WorkbookError
from automation.base.findings import Text
from automation.excel.areas import Area, runs
from automation.excel.live.state import LiveSheet, LiveTable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from automation.excel.live.native import Cell, NativeSheet, Table

Answer = TypeVar("Answer")
NEAR_CELLS = 200_000
"""A larger used range is first looked at for rows at its end that are only formatted."""
CELLS_LIMIT = 5_000_000
"""Cells that a sheet may have up to the last one with content, as for closed files."""
GENERAL = "General"
WHAT_IF = "=TABLE("


def taken(sheet: NativeSheet) -> LiveSheet:
    """The sheet as values, see ``state``. Raises WorkbookError when it is too large."""
    tables = sheet.tables()
    area = _area(sheet, [table.area for table in tables])
    values = sheet.values(area)
    formulas = formulas_of(sheet.formulas(area), values)
    _put_empty_results(values, formulas)
    return LiveSheet(
        name=sheet.name,
        area=area,
        values=values,
        formulas=formulas,
        formats=formats_of(sheet, area, tables=[table.area for table in tables], values=values),
        tables=tuple(_table(sheet, table, area, values, formulas) for table in tables),
        merges=tuple(_merges(sheet, area, [table.area for table in tables])),
        arrays=tuple(_arrays(sheet, area, formulas)),
        links={link.area.text(): "" if link.address else link.place for link in sheet.links()},
        marks={" ".join(map(Area.text, mark.areas)): mark.severity for mark in sheet.marks()},
        visible=sheet.is_visible(),
        protected=sheet.is_protected(),
    )


def formulas_of(texts: list[list[str]], values: list[list[Cell]]) -> list[list[str | None]]:
    """The formulas of a block, ``None`` for constants: text that begins with ``=`` and is its own value is no formula."""
    return [
        [text if text.startswith("=") and text != value else None for text, value in zip(row, beside, strict=True)]
        for row, beside in zip(texts, values, strict=True)
    ]


def _put_empty_results(values: list[list[Cell]], formulas: list[list[str | None]]) -> None:
    """Let formulas without a result have an empty text, in place: macOS does not tell it from an empty cell."""
    for number, row in enumerate(formulas):
        if any(row):
            values[number] = [
                "" if value is None and formula else value for value, formula in zip(values[number], row, strict=True)
            ]


def formats_of(
    sheet: NativeSheet, area: Area, *, tables: Sequence[Area] = (), values: list[list[Cell]] | None = None
) -> list[list[str]]:
    """The number format of every cell of an area, as far as it matters.

    With ``values``, parts outside of ``tables`` without any number are not asked for and count as ``General``: nothing
    there is read by its format, and what is written there is looked at afterwards. In tables a column has one format as a
    rule, so they are parted at their headers and ends and then by columns.
    """
    found = [[GENERAL] * (area.right - area.left + 1) for _ in range(area.bottom - area.top + 1)]

    def ask(part: Area) -> str | None:
        if values is None or any(table.meets(part) for table in tables) or _any_number(values, area, part):
            return sheet.number_format(part)
        return GENERAL

    cuts = {row for table in tables for row in (table.top, table.top + 1, table.bottom + 1)}
    for part, code in pieces(area, ask, cuts=cuts, by_column=bool(tables)):
        if code and code != GENERAL:
            for row in range(part.top - area.top, part.bottom - area.top + 1):
                found[row][part.left - area.left : part.right - area.left + 1] = [code] * (part.right - part.left + 1)
    return found


def pieces(
    area: Area, ask: Callable[[Area], Answer | None], *, cuts: Iterable[int] = (), by_column: bool = False
) -> Iterator[tuple[Area, Answer | None]]:
    """Areas that together cover ``area``, each with the one answer for its cells.

    Where cells differ (``None``), the area is parted above the rows ``cuts``, or else halved: its longer side, with
    ``by_column`` its columns as long as there are several.
    """
    found = ask(area)
    if found is not None or (area.top, area.left) == (area.bottom, area.right):
        yield area, found
        return
    inner = sorted(row for row in set(cuts) if area.top < row <= area.bottom)
    for part in _parts(area, inner, by_column=by_column):
        yield from pieces(part, ask, cuts=inner, by_column=by_column)


def _parts(area: Area, cuts: list[int], *, by_column: bool) -> list[Area]:
    """An area of several cells in pieces: at the rows given, or two halves."""
    if cuts:
        tops = [area.top, *cuts]
        return [
            area._replace(top=top, bottom=below - 1) for top, below in zip(tops, [*cuts, area.bottom + 1], strict=True)
        ]
    wide, tall = area.right - area.left, area.bottom - area.top
    if wide and (by_column or wide >= tall):
        middle = (area.left + area.right) // 2
        return [area._replace(right=middle), area._replace(left=middle + 1)]
    middle = (area.top + area.bottom) // 2
    return [area._replace(bottom=middle), area._replace(top=middle + 1)]


def _any_number(values: list[list[Cell]], area: Area, part: Area) -> bool:
    """Whether a number stands in a part of an area."""
    left, right = part.left - area.left, part.right - area.left + 1
    return any(float in map(type, row[left:right]) for row in values[part.top - area.top : part.bottom - area.top + 1])


def _area(sheet: NativeSheet, tables: list[Area]) -> Area:
    """The used range, without rows at its end that are formatted and nothing else; tables always lie inside."""
    used = sheet.used()
    if _count(used) > NEAR_CELLS:
        used = used._replace(bottom=_last_filled(sheet, used))
    for table in tables:
        used = Area(
            min(used.top, table.top),
            min(used.left, table.left),
            max(used.bottom, table.bottom),
            max(used.right, table.right),
        )
    if _count(used) > CELLS_LIMIT:
        raise WorkbookError(
            Text(
                f"工作表“{sheet.name}”一直用到 {used.text()}，超出可以处理的范围；请删除空白的带格式行列，或拆分工作簿。",
                f"The sheet {sheet.name} is in use up to {used.text()}, more than can be read; delete empty formatted rows "
                "and columns, or split the workbook.",
            ),
            code="too-many",
        )
    return used


def _last_filled(sheet: NativeSheet, area: Area) -> int:
    """The last row with any content, found by halving; the first row when there is none."""
    first, last = area.top, area.bottom
    while first < last:
        middle = (first + last) // 2
        if sheet.filled(area._replace(top=middle + 1, bottom=last)):
            first = middle + 1
        else:
            last = middle
    return first


def _table(
    sheet: NativeSheet, table: Table, area: Area, values: list[list[Cell]], formulas: list[list[str | None]]
) -> LiveTable:
    """A table with its column names, which its header cells show, and the formulas of its calculated columns."""
    top, left, right = table.area.top - area.top, table.area.left - area.left, table.area.right - area.left
    names = (
        [str(value) for value in values[top][left : right + 1]] if table.has_header else sheet.column_names(table.name)
    )
    data = table.area._replace(top=table.area.top + table.has_header, bottom=table.area.bottom - table.has_totals)
    rows = range(data.top - area.top, data.bottom - area.top + 1)
    calculated = {}
    for column in range(data.left, data.right + 1):
        texts = [formulas[row][column - area.left] for row in rows]
        if texts and None not in texts and _is_one_formula(sheet, data._replace(left=column, right=column)):
            calculated[column] = texts[0] or ""
    return LiveTable(table.name, table.area, tuple(names), int(table.has_header), int(table.has_totals), calculated)


def _is_one_formula(sheet: NativeSheet, column: Area) -> bool:
    """Whether the formulas of a column are one and the same, filled down."""
    return column.top == column.bottom or len({row[0] for row in sheet.relative_formulas(column)}) == 1


def _arrays(sheet: NativeSheet, area: Area, formulas: list[list[str | None]]) -> Iterator[Area]:
    """The ranges of array formulas, of spills and of what-if data tables."""
    tables: dict[str, list[tuple[int, int]]] = {}
    any_formula = False
    for down, row in enumerate(formulas):
        for across, text in enumerate(row):
            if text is not None:
                any_formula = True
                if text.startswith(WHAT_IF):
                    tables.setdefault(text, []).append((area.top + down, area.left + across))
    if not any_formula:
        return
    found = [part for places in tables.values() for part in runs(places)]
    found += wholes(area, sheet.is_array, sheet.array_at, without=found)
    found += wholes(area, sheet.is_spilled, sheet.spill_at, without=found)
    yield from found


def _merges(sheet: NativeSheet, area: Area, tables: list[Area]) -> list[Area]:
    """The merged ranges below tables, which may not grow over them.

    Nothing else is asked: a cover or a dashboard has merged ranges by the hundred, and cells that are written anywhere are
    looked at before (``carrying.check_not_merged``).
    """
    below = [
        Area(table.bottom + 1, table.left, area.bottom, table.right) for table in tables if table.bottom < area.bottom
    ]
    return list(
        dict.fromkeys(one for part in below for one in wholes(part, sheet.is_merged, sheet.merged_at, without=tables))
    )


def wholes(
    area: Area, ask: Callable[[Area], bool | None], whole_at: Callable[[Area], Area], *, without: Iterable[Area]
) -> list[Area]:
    """The ranges that cells belong to, each once: merged ranges, arrays. Cells in ``without`` belong to none."""
    before = list(without)
    found: list[Area] = []

    def is_part(part: Area) -> bool | None:
        return False if any(_covers(one, part) for one in (*before, *found)) else ask(part)

    for part, answer in pieces(area, is_part):
        if not answer:
            continue
        for row in range(part.top, part.bottom + 1):
            for column in range(part.left, part.right + 1):
                if not any(one.holds(row, column) for one in (*before, *found)):
                    found.append(whole_at(Area(row, column, row, column)))
    return found


def _covers(whole: Area, part: Area) -> bool:
    """Whether one area lies wholly in another."""
    return whole.holds(part.top, part.left) and whole.holds(part.bottom, part.right)


def _count(area: Area) -> int:
    """The cells of an area."""
    return (area.bottom - area.top + 1) * (area.right - area.left + 1)

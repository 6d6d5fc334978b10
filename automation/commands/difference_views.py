"""Sheets as they are compared: the columns that one has, company's own ones too, and the value of every cell.

Not here: which rows belong together (``commands.difference_rows``) and what is said about them
(``commands.difference_text``).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, time
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from automation.base.findings import Text
from automation.model.headers import matched_sheets
from automation.model.links import parse_links
from automation.model.spelling import as_text, fold, ids_of
from automation.model.tables import CellError, address, column_letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from automation.model.project import Project, Table
    from automation.model.tables import Raw, RawSheet
    from automation.schema.catalogue import Catalogue, Column, Sheet

NUMBERS = frozenset({"int", "num", "money", "pct"})
DIGITS = 12
"""Significant digits in which two numbers must agree to be the same."""

SHEET = "sheet"
"""The column of system sheets that holds the name of a sheet, in the language of the workbook."""

Key = tuple[Any, ...]


class Version(NamedTuple):
    """One state of a workbook: as read, and as the project built from that."""

    raw: Raw
    project: Project


class Heading(NamedTuple):
    """A column of one sheet: ``column`` is ``None`` for a company's own, which is known by its header alone.

    ``id`` is the column's identifier, or ``own/`` and the header as compared; ``number`` its place from 1.
    """

    id: str
    label: Text
    column: Column | None
    number: int

    @property
    def name(self) -> str:
        """The identifier of a column, the header of a company's own."""
        return self.column.id if self.column else self.label.zh

    @property
    def is_computed(self) -> bool:
        """Whether functions own its values, not people."""
        return self.column is not None and self.column.need == "computed"


@dataclass(frozen=True)
class View:
    """The rows of one sheet of one workbook.

    Three lists a column, one entry a row: ``cells`` as read, ``values`` as a person would say them (codes, dates,
    numbers; what stands there where it cannot be read; ``None`` for empty) and ``compared`` in a form that is equal
    when the values are.
    """

    table: Table
    headings: Mapping[str, Heading]
    cells: Mapping[str, Sequence[Any]]
    values: Mapping[str, Sequence[Any]]
    compared: Mapping[str, Sequence[Any]]
    labels: Mapping[str, Mapping[str, str]]

    def __len__(self) -> int:
        return len(self.table.numbers)

    @cached_property
    def identity(self) -> tuple[str, ...]:
        """The columns that tell a row from the others, of those that are there."""
        return tuple(name for name in identity_of(self.table.sheet) if name in self.headings)

    def without_rows(self) -> View:
        """The same columns without any row."""
        none: dict[str, Sequence[Any]] = dict.fromkeys(self.headings, ())
        models: dict[str, list[Any]] = {name: [] for name in self.table.models}
        table = replace(self.table, numbers=[], values=models, models=models, proposals={})
        return View(table, self.headings, none, none, none, self.labels)

    def keys(self, columns: Sequence[str]) -> list[Key]:
        """What each row is found by, ``()`` where nothing of it is filled in."""
        if not columns:
            return [()] * len(self)
        empty = (None,) * len(columns)
        found = zip(*(self.compared[name] for name in columns), strict=True)
        return [() if key == empty else key for key in found]

    def written(self, name: str, index: int) -> object:
        """How a cell is spelt: the text typed, but ``None`` for all that Excel shows in a form of its own.

        A list value that stands there as the workbook's own label has no spelling of its own either.
        """
        cell = self.cells[name][index]
        if not isinstance(cell, str) or not cell.strip():
            return None
        known = self.labels.get(name)
        return None if known is not None and known.get(self.values[name][index]) == cell else cell

    def address(self, name: str, index: int) -> str:
        """The A1 address of a cell, ``""`` when the sheet lacks the column."""
        heading = self.headings.get(name)
        return address(self.table.numbers[index], heading.number) if heading else ""


def identity_of(sheet: Sheet) -> tuple[str, ...]:
    """The columns that tell a row of a sheet from the others: the number that a row carries, if it has one."""
    if sheet.by_id[sheet.key].kind != "id" and sheet.unique:
        return sheet.unique[0]
    return (sheet.key,)


def views(version: Version, catalogue: Catalogue) -> dict[str, View]:
    """The views of the sheets that a workbook has, by sheet identifier."""
    worksheets = matched_sheets(version.raw, catalogue)
    return {
        name: _view(table, worksheets[name], catalogue)
        for name, table in version.project.tables.items()
        if table.columns and name in worksheets
    }


def _view(table: Table, worksheet: RawSheet, catalogue: Catalogue) -> View:
    headings = {heading.id: heading for heading in (*_known(table), *_own(table, worksheet))}
    rows = [worksheet.rows[number - worksheet.first_row] for number in table.numbers]
    cells = {name: _column(rows, heading.number - worksheet.first_column) for name, heading in headings.items()}
    values = {name: _values(heading, table, cells[name]) for name, heading in headings.items()}
    if SHEET in table.columns:
        sheets = {fold(text): one.id for one in catalogue.sheets.values() for text in (*one.label, one.id)}
        values[SHEET] = [sheets.get(fold(str(value)), value) for value in values[SHEET]]
    compared = {name: _compared(heading, values[name]) for name, heading in headings.items()}
    lists = {name: heading.column.list for name, heading in headings.items() if heading.column and heading.column.list}
    labels = {
        name: {value.code: value.label.in_(table.language) for value in catalogue.lists[values_of].values}
        for name, values_of in lists.items()
    }
    labels[SHEET] = {one.id: one.label.in_(table.language) for one in catalogue.sheets.values()}
    return View(table, headings, cells, values, compared, labels)


def _known(table: Table) -> Iterator[Heading]:
    for column in table.sheet.columns:
        if column.id in table.columns:
            yield Heading(column.id, column.label, column, table.columns[column.id])


def _own(table: Table, worksheet: RawSheet) -> Iterator[Heading]:
    """Columns that the sheet's description does not know, those without a header but with content too."""
    headers = worksheet.rows[table.header_row - worksheet.first_row]
    rows = [worksheet.rows[number - worksheet.first_row] for number in table.numbers]
    taken = set(table.columns.values())
    seen: Counter[str] = Counter()
    for offset in range(max(map(len, [headers, *rows]))):
        number = worksheet.first_column + offset
        header = " ".join(as_text(headers[offset]).split()) if offset < len(headers) else ""
        if number in taken or not (header or any(cell is not None for cell in _column(rows, offset))):
            continue
        header = header or column_letters(number)
        seen[fold(header)] += 1
        times = seen[fold(header)]
        shown = header if times == 1 else f"{header} ({times})"
        yield Heading(f"own/{fold(header)}/{times}", Text(shown, shown), None, number)


def _column(rows: Sequence[Sequence[Any]], offset: int) -> list[Any]:
    return [row[offset] if offset < len(row) else None for row in rows]


def _values(heading: Heading, table: Table, cells: Sequence[Any]) -> list[Any]:
    if heading.column is None:
        return [_plain(cell) for cell in cells]
    values = [None if value == () else value for value in table.models[heading.id]]
    for index, value in enumerate(values):
        if value is None and cells[index] is not None:
            meant = table.proposals.get((index, heading.id))
            values[index] = as_text(cells[index]).strip() or None if meant is None else meant
    return values


def _plain(cell: Any) -> Any:
    """The value of a cell of which nothing is known: text without spaces around it, a day, or a number."""
    if isinstance(cell, (bool, CellError, str)):
        return as_text(cell).strip() or None
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date()
    return cell


def _compared(heading: Heading, values: Sequence[Any]) -> Sequence[Any]:
    column = heading.column
    if column is None or column.kind in NUMBERS:
        rounded = {value: _rounded(value) for value in set(values) if isinstance(value, (int, float, Decimal))}
        return [rounded.get(value, value) for value in values]
    if column.kind == "mref" or column.format == "ids":
        return [None if value is None else _ids(value) for value in values]
    if column.format == "links":
        return [_links(value) if isinstance(value, str) else value for value in values]
    return values


def _rounded(value: float | Decimal) -> float:
    return float(f"{value:.{DIGITS}g}")


def _ids(value: str | tuple[str, ...]) -> frozenset[str]:
    return frozenset(ids_of(value) if isinstance(value, str) else value)


def _links(value: str) -> object:
    links, unreadable = parse_links(value)
    return value if unreadable else frozenset(links)

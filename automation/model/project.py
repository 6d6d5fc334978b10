"""A workbook's content as frozen tables: what every check, rule, plan and document reads.

Not here: cell conversion (``model.normalise``), header matching (``model.headers``), findings of reading
(``model.reading``), row types (``model.rows``).
"""

from __future__ import annotations

from functools import cached_property, partial
from itertools import compress
from typing import TYPE_CHECKING, Any

from automation.base.errors import WorkbookError
from automation.base.findings import Place, Text
from automation.base.records import dataclass, field
from automation.model import normalise
from automation.model.figures import FigureCell, figure_cells
from automation.model.headers import header_of, matched_sheets, second_sheets, workbook_language
from automation.model.reading import header_findings, missing_sheet, note_finding, second_sheet
from automation.model.rows import ROW_TYPES, Rows
from automation.model.tables import address

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from automation.base.findings import Finding, Language
    from automation.model.headers import Header
    from automation.model.normalise import ColumnValues, Note
    from automation.model.tables import Raw, RawSheet
    from automation.schema.catalogue import Catalogue, Column, Sheet


WRITTEN_BY_COMMANDS = frozenset({"findings", "log"})
"""Sheets that quote what stood in cells, stray spaces included; tidying them would falsify what they report."""


ROWS_TURNED = 512
"""Rows turned into columns at a time, so that they stay in the processor's cache."""


@dataclass(frozen=True)
class Table:
    """The rows of one sheet with their places.

    ``numbers`` are the Excel row numbers of the rows, ``values`` maps a column identifier to its JSON values (one a
    row, ``None`` for empty), ``models`` to its model values, ``columns`` to its column number in Excel; columns that
    the workbook lacks are in none of the three. ``proposals`` maps (row index, column) of an unreadable cell to what
    a repair would write, ``None`` where that cannot be told; ``failed`` are cells that already have a finding.
    ``language`` is that of the labels in its cells.
    """

    sheet: Sheet
    name: str
    header_row: int
    columns: Mapping[str, int]
    numbers: list[int]
    values: Mapping[str, list[Any]]
    models: Mapping[str, list[Any]]
    proposals: Mapping[tuple[int, str], Any] = field(default_factory=dict)
    failed: frozenset[tuple[int, str]] = frozenset()
    language: Language = "zh"

    def __len__(self) -> int:
        return len(self.numbers)

    @cached_property
    def rows(self) -> tuple[Any, ...]:
        """The rows as instances of the sheet's row type, made when first asked for."""
        empty: list[Any] = [None] * len(self.numbers)
        nothing: list[Any] = [()] * len(self.numbers)
        columns = [
            self.models.get(column.id, nothing if column.kind == "mref" else empty) for column in self.sheet.columns
        ]
        make = partial(tuple.__new__, ROW_TYPES[self.sheet.id])
        return tuple(map(make, zip(self.numbers, *columns, strict=True)))

    @cached_property
    def by_key(self) -> Mapping[str, Any]:
        """Rows by key; of several rows with the same key the first one."""
        found: dict[str, Any] = {}
        for key, row in zip(self.keys, self.rows, strict=True):
            if key:
                found.setdefault(key, row)
        return found

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The key of every row as text, ``""`` where it is empty."""
        keys = self.models.get(self.sheet.key)
        return ("",) * len(self.numbers) if keys is None else tuple("" if key is None else str(key) for key in keys)

    def place(self, index: int, column: str = "") -> Place:
        """The place of a cell (or of a whole row) by the row's index from 0."""
        number = self.numbers[index]
        return Place(self.sheet.id, self.keys[index], column, self.cell(number, column), number)

    def place_of(self, row: Any, column: str = "") -> Place:
        """The place of a cell (or of a whole row) by the row itself."""
        key = getattr(row, self.sheet.key)
        return Place(self.sheet.id, "" if key is None else str(key), column, self.cell(row.row, column), row.row)

    def cell(self, row: int, column: str) -> str:
        """The A1 address of a column in an Excel row; ``""`` when the workbook lacks the column."""
        number = self.columns.get(column)
        return address(row, number) if number else ""


@dataclass(frozen=True)
class Project:
    """The content of one workbook: ``tables`` by sheet identifier, ``language`` of its labels.

    ``figures`` are the cells of the dashboard's figures by identifier, ``analyses`` the analysis sheets as read: what
    stands there is written by commands and nobody asks for it but they.
    """

    path: str
    digest: str
    language: Language
    tables: Mapping[str, Table]
    figures: Mapping[str, FigureCell] = field(default_factory=dict)
    analyses: Mapping[str, RawSheet] = field(default_factory=dict)

    @cached_property
    def rows(self) -> Rows:
        """The typed rows of every sheet."""
        return Rows(*(self.tables[name].rows for name in Rows._fields))

    def table(self, sheet: str) -> Table:
        """The table of a sheet, without rows when the workbook lacks the sheet."""
        return self.tables[sheet]


def build(raw: Raw, catalogue: Catalogue) -> tuple[Project, tuple[Finding, ...]]:
    """The project of a workbook as read, with findings on headers and on cells that a repair would tidy.

    Raises WorkbookError (code ``NOT_OURS``) when not a single business sheet is there.
    """
    found = matched_sheets(raw, catalogue)
    if not any(sheet.id in found for sheet in catalogue.business):
        raise WorkbookError(_not_ours(raw.path, catalogue), code="NOT_OURS")
    language = workbook_language(found, catalogue)
    findings = [second_sheet(name, found[name], second, catalogue) for name, second in second_sheets(raw, catalogue)]
    tables: dict[str, Table] = {}
    for sheet in catalogue.sheets.values():
        worksheet = found.get(sheet.id)
        if sheet.id not in ROW_TYPES:
            continue
        header = header_of(worksheet, sheet) if worksheet else None
        if worksheet is None or header is None:
            findings += missing_sheet(sheet, worksheet, catalogue)
            tables[sheet.id] = Table(sheet, sheet.label.in_(language), 1, {}, [], {}, {}, language=language)
            continue
        findings += header_findings(worksheet, sheet, header, catalogue)
        table, notes = _table(worksheet, sheet, header, catalogue, language)
        tables[sheet.id] = table
        if sheet.id not in WRITTEN_BY_COMMANDS:
            findings += [note_finding(table, column, note, catalogue) for column, note in notes]
    figures = figure_cells(found["dashboard"], catalogue.sheets["dashboard"]) if "dashboard" in found else {}
    analyses = {sheet.id: found[sheet.id] for sheet in catalogue.analyses if sheet.id in found}
    return Project(raw.path, raw.digest, language, tables, figures, analyses), tuple(findings)


def _not_ours(path: str, catalogue: Catalogue) -> Text:
    zh = "、".join(sheet.label.zh for sheet in catalogue.business[:4])
    en = ", ".join(sheet.label.en for sheet in catalogue.business[:4])
    name = path.replace("\\", "/").rpartition("/")[2]
    return Text(
        f"{name} 里没有交付簿的工作表（如{zh}）：请选择由“deliverybook new”生成的工作簿。",
        f"{name} has none of Deliverybook's sheets (such as {en}): choose a workbook made by 'deliverybook new'.",
    )


def _table(
    worksheet: RawSheet, sheet: Sheet, header: Header, catalogue: Catalogue, language: Language
) -> tuple[Table, list[tuple[Column, Note]]]:
    present = [column for column in sheet.columns if column.id in header.columns]
    numbers, cells = _body(worksheet, header, present)
    converted: dict[str, ColumnValues] = {}
    notes: list[tuple[Column, Note]] = []
    for column in present:
        known = normalise.lookup(catalogue.lists[column.list], language) if column.list else None
        values = converted[column.id] = normalise.convert(column, cells[column.id], known)
        notes += [(column, note) for note in values.soft]
        notes += [(column, note) for note in values.hard if note.kind == normalise.ERROR_VALUE]
    table = Table(
        sheet=sheet,
        name=worksheet.name,
        header_row=header.row,
        columns=header.columns,
        numbers=numbers,
        values={name: values.json for name, values in converted.items()},
        models={name: values.model for name, values in converted.items()},
        proposals={
            (note.at, name): note.proposal
            for name, values in converted.items()
            for note in values.hard
            if note.kind != normalise.ERROR_VALUE
        },
        failed=frozenset((note.at, column.id) for column, note in notes if note.kind == normalise.ERROR_VALUE),
        language=language,
    )
    return table, notes


def _body(worksheet: RawSheet, header: Header, present: list[Column]) -> tuple[list[int], dict[str, Sequence[Any]]]:
    """Row numbers and cells by column of the rows under the header in which a person has typed anything."""
    offset = header.row - worksheet.first_row + 1
    rows = worksheet.rows[offset:]
    width = max(header.columns.values()) - worksheet.first_column + 1
    if any(length < width for length in set(map(len, rows))):
        rows = [row + [None] * (width - len(row)) for row in rows]
    columns = _turned(rows, width)
    cells: dict[str, Sequence[Any]] = {
        column.id: columns[header.columns[column.id] - worksheet.first_column] for column in present
    }
    typed = [cells[column.id] for column in present if column.need != "computed"] or list(cells.values())
    blank = {index for index in _blanks(typed[0]) if all(_is_blank(column[index]) for column in typed)}
    numbers = list(range(header.row + 1, header.row + 1 + len(rows)))
    if not blank:
        return numbers, cells
    kept = [index not in blank for index in range(len(rows))]
    return list(compress(numbers, kept)), {name: list(compress(column, kept)) for name, column in cells.items()}


def _turned(rows: list[list[Any]], width: int) -> list[list[Any]]:
    """The first columns of rows that are long enough, some hundred rows at a time: half as long as all at once."""
    columns: list[list[Any]] = [[] for _ in range(width)]
    for start in range(0, len(rows), ROWS_TURNED):
        for column, values in zip(columns, zip(*rows[start : start + ROWS_TURNED], strict=False), strict=False):
            column.extend(values)
    return columns


def _blanks(cells: Sequence[Any]) -> list[int]:
    try:
        if all(map(str.strip, cells)):
            return []
    except TypeError:  # not all of them are texts
        pass
    return [index for index, cell in enumerate(cells) if _is_blank(cell)]


def _is_blank(cell: Any) -> bool:
    return cell is None or (type(cell) is str and not cell.strip())

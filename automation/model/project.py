"""A workbook's content as frozen tables: what every check, rule, plan and document reads.

Not here: cell conversion (``model.normalise``), header matching (``model.headers``), row types (``model.rows``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from automation.base.errors import WorkbookError
from automation.base.findings import Finding, Language, Place, Repair, Severity, Text
from automation.model import normalise
from automation.model.headers import header_of, matched_sheets, workbook_language
from automation.model.rows import ROW_TYPES, Rows
from automation.model.tables import address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from automation.model.headers import Header
    from automation.model.normalise import ColumnValues, Note
    from automation.model.tables import Raw, RawSheet
    from automation.schema.catalogue import Catalogue, Column, Sheet


@dataclass(frozen=True)
class Table:
    """The rows of one sheet with their places.

    ``rows`` are instances of the sheet's row type, ``values`` maps a column identifier to its JSON values (one a
    row, ``None`` for empty), ``columns`` to its column number in Excel. ``proposals`` maps (row index, column) of
    an unreadable cell to what a repair would write; ``failed`` are cells that already have a finding.
    """

    sheet: Sheet
    name: str
    header_row: int
    columns: Mapping[str, int]
    rows: tuple[Any, ...]
    values: Mapping[str, list[Any]]
    proposals: Mapping[tuple[int, str], Any] = field(default_factory=dict)
    failed: frozenset[tuple[int, str]] = frozenset()

    @cached_property
    def by_key(self) -> Mapping[str, Any]:
        """Rows by key; of several rows with the same key the first one."""
        found: dict[str, Any] = {}
        for row in self.rows:
            key = getattr(row, self.sheet.key)
            if key is not None:
                found.setdefault(str(key), row)
        return found

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The key of every row as text, ``""`` where it is empty."""
        position = self.sheet.by_id[self.sheet.key].order
        return tuple("" if row[position] is None else str(row[position]) for row in self.rows)

    def place(self, index: int, column: str = "") -> Place:
        """The place of a cell (or of a whole row) by the row's index from 0."""
        number = self.rows[index].row
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
    """The content of one workbook: ``tables`` by sheet identifier, ``rows`` typed, ``language`` of its labels."""

    path: str
    digest: str
    language: Language
    tables: Mapping[str, Table]
    rows: Rows

    def table(self, sheet: str) -> Table:
        """The table of a sheet; KeyError when the workbook lacks the sheet."""
        return self.tables[sheet]


def build(raw: Raw, catalogue: Catalogue) -> tuple[Project, tuple[Finding, ...]]:
    """The project of a workbook as read, with findings on headers and on cells that a repair would tidy.

    Raises WorkbookError (code ``NOT_OURS``) when not a single business sheet is there.
    """
    found = matched_sheets(raw, catalogue)
    if not any(sheet.id in found for sheet in catalogue.business):
        raise WorkbookError(_not_ours(raw.path, catalogue), code="NOT_OURS")
    language = workbook_language(found, catalogue)
    findings: list[Finding] = []
    tables: dict[str, Table] = {}
    for sheet in catalogue.sheets.values():
        worksheet = found.get(sheet.id)
        if sheet.id not in ROW_TYPES:
            continue
        header = header_of(worksheet, sheet) if worksheet else None
        if worksheet is None or header is None:
            findings += _missing_sheet(sheet, catalogue)
            tables[sheet.id] = Table(sheet, sheet.label.in_(language), 1, {}, (), {})
            continue
        findings += _header_findings(worksheet, sheet, header, catalogue)
        table, notes = _table(worksheet, sheet, header, catalogue, language)
        tables[sheet.id] = table
        findings += [_note_finding(table, column, note, catalogue) for column, note in notes]
    rows = Rows(*(tables[name].rows for name in Rows._fields))
    return Project(raw.path, raw.digest, language, tables, rows), tuple(findings)


def _not_ours(path: str, catalogue: Catalogue) -> Text:
    zh = "、".join(sheet.label.zh for sheet in catalogue.business[:4])
    en = ", ".join(sheet.label.en for sheet in catalogue.business[:4])
    return Text(
        f"{path} 里没有交付簿的工作表(如{zh}):请选择由“deliverybook new”生成的工作簿。",
        f"{path} has none of Deliverybook's sheets (such as {en}): choose a workbook made by 'deliverybook new'.",
    )


def _table(
    worksheet: RawSheet, sheet: Sheet, header: Header, catalogue: Catalogue, language: Language
) -> tuple[Table, list[tuple[Column, Note]]]:
    offset = header.row - worksheet.first_row + 1
    width = worksheet.first_column - 1
    present = [column for column in sheet.columns if column.id in header.columns]
    positions = [header.columns[column.id] - width - 1 for column in present]
    body = [
        (worksheet.first_row + offset + index, row)
        for index, row in enumerate(worksheet.rows[offset:])
        if any(position < len(row) and row[position] is not None for position in positions)
    ]
    numbers = [number for number, _ in body]
    converted: dict[str, ColumnValues] = {}
    notes: list[tuple[Column, Note]] = []
    for column, position in zip(present, positions, strict=True):
        cells = [row[position] if position < len(row) else None for _, row in body]
        known = normalise.lookup(catalogue.lists[column.list], language) if column.list else None
        values = converted[column.id] = normalise.convert(column, cells, known)
        notes += [(column, note) for note in values.soft]
        notes += [(column, note) for note in values.hard if note.kind == normalise.ERROR_VALUE]
    table = Table(
        sheet=sheet,
        name=worksheet.name,
        header_row=header.row,
        columns=header.columns,
        rows=tuple(_rows(sheet, numbers, converted)),
        values={name: values.json for name, values in converted.items()},
        proposals={
            (note.at, name): note.proposal
            for name, values in converted.items()
            for note in values.hard
            if note.kind != normalise.ERROR_VALUE
        },
        failed=frozenset((note.at, column.id) for column, note in notes if note.kind == normalise.ERROR_VALUE),
    )
    return table, notes


def _rows(sheet: Sheet, numbers: list[int], converted: Mapping[str, ColumnValues]) -> Iterator[Any]:
    empty: list[Any] = [None] * len(numbers)
    nothing: list[Any] = [()] * len(numbers)
    columns = [
        converted[column.id].model if column.id in converted else (nothing if column.kind == "mref" else empty)
        for column in sheet.columns
    ]
    return map(ROW_TYPES[sheet.id]._make, zip(numbers, *columns, strict=True))


def _missing_sheet(sheet: Sheet, catalogue: Catalogue) -> list[Finding]:
    if sheet.kind != "business":
        return []
    message, hint = catalogue.messages["sheet_missing"].filled(sheet=sheet.label)
    return [Finding("V01", Severity.MEDIUM, Place(sheet.id), message, hint)]


def _header_findings(worksheet: RawSheet, sheet: Sheet, header: Header, catalogue: Catalogue) -> list[Finding]:
    findings = []
    for column, nearest in header.missing:
        kind = "header_missing" if nearest is None else "header_unknown"
        cell = address(header.row, nearest[1]) if nearest else ""
        message, hint = catalogue.messages[kind].filled(
            sheet=worksheet.name, label=column.label, cell=cell, nearest=nearest[0] if nearest else ""
        )
        severity = Severity.ERROR if column.need == "required" else Severity.LOW
        place = Place(sheet.id, "", column.id, cell, header.row)
        findings.append(Finding("V01", severity, place, message, hint, value=nearest[0] if nearest else None))
    for identifier, text, number in header.duplicates:
        cell = address(header.row, number)
        message, hint = catalogue.messages["header_duplicate"].filled(sheet=worksheet.name, label=text, cell=cell)
        place = Place(sheet.id, "", identifier, cell, header.row)
        findings.append(Finding("V04", Severity.MEDIUM, place, message, hint, value=text))
    return findings


_RULE_OF_NOTE = {
    normalise.OTHER_LANGUAGE: ("V03", Severity.LOW),
    normalise.STRAY_SPACES: ("V02", Severity.LOW),
    normalise.FULL_WIDTH: ("V02", Severity.LOW),
    normalise.ERROR_VALUE: ("V02", Severity.ERROR),
}


def _note_finding(table: Table, column: Column, note: Note, catalogue: Catalogue) -> Finding:
    rule, severity = _RULE_OF_NOTE[note.kind]
    place = table.place(note.at, column.id)
    message, hint = catalogue.messages[note.kind].filled(
        cell=place.cell, label=column.label, value=note.found, nearest=note.proposal, expected=note.proposal
    )
    repair = Repair(note.proposal) if note.proposal is not None else None
    return Finding(rule, severity, place, message, hint, value=note.found, repair=repair)

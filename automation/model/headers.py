"""Which worksheet is which sheet, and which column of it is which: by label in either language or identifier.

Not here: the values under the headers (``model.normalise``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from automation.model.spelling import as_text, fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from automation.base.findings import Language
    from automation.model.tables import Raw, RawSheet
    from automation.schema.catalogue import Catalogue, Column, Sheet

HEADER_ROWS = 12
"""How many rows from the top are searched for the header row."""

NEAR = 0.6
"""From this similarity on (0 to 1) an unknown header is offered for a missing column."""


class Header(NamedTuple):
    """The header row of a worksheet.

    ``row`` is Excel's row number, ``columns`` maps column identifiers to column numbers (from 1), ``missing`` are
    columns without a header with the nearest unknown header (text and column number) or ``None``,
    ``duplicates`` are headers that stand twice (identifier, text, column number of the second).
    """

    row: int
    columns: Mapping[str, int]
    missing: tuple[tuple[Column, tuple[str, int] | None], ...]
    duplicates: tuple[tuple[str, str, int], ...]


def matched_sheets(raw: Raw, catalogue: Catalogue) -> dict[str, RawSheet]:
    """The worksheets that are ours, by sheet identifier; a worksheet is found by label or identifier."""
    found: dict[str, RawSheet] = {}
    for identifier, worksheet in _ours(raw, catalogue):
        found.setdefault(identifier, worksheet)
    return found


def second_sheets(raw: Raw, catalogue: Catalogue) -> list[tuple[str, RawSheet]]:
    """Worksheets that are not read because an earlier one is the same sheet, with the sheet's identifier."""
    first = matched_sheets(raw, catalogue)
    return [
        (identifier, worksheet) for identifier, worksheet in _ours(raw, catalogue) if worksheet is not first[identifier]
    ]


def _ours(raw: Raw, catalogue: Catalogue) -> list[tuple[str, RawSheet]]:
    names: dict[str, str] = {}
    for sheet in catalogue.sheets.values():
        for name in (sheet.label.zh, sheet.label.en, sheet.id):
            names.setdefault(fold(name), sheet.id)
    pairs = [(names.get(fold(worksheet.name)), worksheet) for worksheet in raw.sheets]
    return [(identifier, worksheet) for identifier, worksheet in pairs if identifier is not None]


def workbook_language(found: Mapping[str, RawSheet], catalogue: Catalogue) -> Language:
    """The language of a workbook: the one in which most of its worksheets are named, Chinese when in doubt."""
    english = sum(fold(worksheet.name) == fold(catalogue.sheets[name].label.en) for name, worksheet in found.items())
    return "en" if english * 2 > len(found) else "zh"


def header_of(worksheet: RawSheet, sheet: Sheet) -> Header | None:
    """The header of a worksheet: the row near the top that names most columns; ``None`` when none names any."""
    names: dict[str, str] = {}
    for column in sheet.columns:
        for text in (column.label.zh, column.label.en, column.id):
            names.setdefault(fold(text), column.id)
    best_index, best_hits = -1, 0
    for index, row in enumerate(worksheet.rows[:HEADER_ROWS]):
        hits = sum(isinstance(cell, str) and fold(cell) in names for cell in row)
        if hits > best_hits:
            best_index, best_hits = index, hits
    if best_index < 0:
        return None
    return _header(worksheet, sheet, best_index, names)


def _header(worksheet: RawSheet, sheet: Sheet, index: int, names: Mapping[str, str]) -> Header:
    columns: dict[str, int] = {}
    duplicates: list[tuple[str, str, int]] = []
    unknown: dict[str, int] = {}
    for offset, cell in enumerate(worksheet.rows[index]):
        text = as_text(cell).strip()
        number = worksheet.first_column + offset
        identifier = names.get(fold(text))
        if not text:
            continue
        if identifier is None:
            unknown[text] = number
        elif identifier in columns:
            duplicates.append((identifier, text, number))
        else:
            columns[identifier] = number
    missing = [(column, _nearest(column, unknown)) for column in sheet.columns if column.id not in columns]
    return Header(worksheet.first_row + index, columns, tuple(missing), tuple(duplicates))


def _nearest(column: Column, unknown: Mapping[str, int]) -> tuple[str, int] | None:
    if not unknown:
        return None
    import difflib  # noqa: PLC0415 - only what is misspelt waits for it

    best: tuple[float, str] = (0.0, "")
    for text in unknown:
        score = max(
            difflib.SequenceMatcher(None, fold(label), fold(text)).ratio()
            for label in (column.label.zh, column.label.en, column.id)
        )
        best = max(best, (score, text))
    return (best[1], unknown[best[1]]) if best[0] >= NEAR else None

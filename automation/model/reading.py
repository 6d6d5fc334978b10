"""Findings of reading a workbook: sheets, headings, and cells that a repair would tidy.

Not here: findings on values (``checks``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Finding, Place, Repair, Severity, Text
from automation.model import normalise
from automation.model.tables import address

if TYPE_CHECKING:
    from automation.model.headers import Header
    from automation.model.normalise import Note
    from automation.model.project import Table
    from automation.model.tables import RawSheet
    from automation.schema.catalogue import Catalogue, Column, Sheet


ESSENTIAL = frozenset({"projects", "requirements", "plan", "risks", "customers", "contacts", "resources"})
"""Sheets without which most checks and computations say nothing; that one is missing is an error."""


def second_sheet(name: str, first: RawSheet, second: RawSheet, catalogue: Catalogue) -> Finding:
    """The finding for a worksheet that is not read because an earlier one is the same sheet."""
    message, hint = catalogue.messages["sheet_duplicate"].filled(
        sheet=catalogue.sheets[name].label, value=second.name, other=first.name
    )
    return Finding("V04", Severity.MEDIUM, Place(name), message, hint, value=second.name)


def missing_sheet(sheet: Sheet, worksheet: RawSheet | None, catalogue: Catalogue) -> list[Finding]:
    """The finding for a sheet, or its header row, that the workbook lacks; nothing for system sheets."""
    if sheet.kind != "business":
        return []
    kind = "sheet_missing" if worksheet is None else "header_row_missing"
    message, hint = catalogue.messages[kind].filled(sheet=sheet.label, label=sheet.by_id[sheet.key].label)
    severity = Severity.ERROR if sheet.id in ESSENTIAL else Severity.MEDIUM
    return [Finding("V01", severity, Place(sheet.id), message, hint)]


def header_findings(worksheet: RawSheet, sheet: Sheet, header: Header, catalogue: Catalogue) -> list[Finding]:
    """Findings on headings that are missing, misspelt or there twice; a required column that is missing is an error."""
    findings = []
    for column, nearest in header.missing:
        kind = "header_missing" if nearest is None else "header_unknown_near"
        text, number = nearest or ("", 0)
        cell = address(header.row, number) if number else ""
        message, hint = catalogue.messages[kind].filled(
            sheet=worksheet.name, label=column.label, cell=cell, value=text, nearest=column.label
        )
        severity = Severity.ERROR if column.need == "required" else Severity.LOW
        place = Place(sheet.id, "", column.id, cell, header.row)
        findings.append(Finding("V01", severity, place, message, hint, value=text or None))
    for identifier, text, number in header.duplicates:
        cell = address(header.row, number)
        message, hint = catalogue.messages["header_duplicate"].filled(
            sheet=worksheet.name, value=text, cell=cell, other=address(header.row, header.columns[identifier])
        )
        place = Place(sheet.id, "", identifier, cell, header.row)
        findings.append(Finding("V04", Severity.MEDIUM, place, message, hint, value=text))
    return findings


_RULE_OF_NOTE = {
    normalise.OTHER_LANGUAGE: ("V03", Severity.LOW),
    normalise.NEAR_MATCH: ("V03", Severity.LOW),
    normalise.STRAY_SPACES: ("V02", Severity.LOW),
    normalise.FULL_WIDTH: ("V02", Severity.LOW),
    normalise.ERROR_VALUE: ("V02", Severity.ERROR),
}


def note_finding(table: Table, column: Column, note: Note, catalogue: Catalogue) -> Finding:
    """The finding for an odd cell, with what a repair would write."""
    rule, severity = _RULE_OF_NOTE[note.kind]
    place = table.place(note.at, column.id)
    message, hint = catalogue.messages[note.kind].filled(
        cell=place.cell,
        label=column.label,
        value=note.found,
        nearest=note.proposal,
        expected=_choices(column, catalogue),
    )
    repair = Repair(note.proposal) if note.proposal is not None else None
    return Finding(rule, severity, place, message, hint, value=note.found, repair=repair)


def _choices(column: Column, catalogue: Catalogue) -> Text:
    return catalogue.lists[column.list].choices if column.list else Text("", "")

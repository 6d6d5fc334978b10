"""What the pane is told, as values for JSON: buttons, results of clicks, errors; every text in both languages.

Not here: the transport (``server``), what a click comes to (``front.clicks``), how actions are written (``live.wire``).
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from automation import __version__
from automation.base.findings import FindingStatus, Severity, counts
from automation.commands.buttons import open_buttons
from automation.commands.command import GROUPS
from automation.excel.live.wire import action_values
from automation.excel.marks import COLOURS
from automation.front import output
from automation.front.library import Library
from automation.front.pane import icons
from automation.model.headers import header_of, matched_sheets
from automation.model.spelling import as_text
from automation.model.tables import Raw, RawSheet

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from automation.base.errors import AutomationError
    from automation.base.findings import Finding, Text
    from automation.excel.live.state import LiveBook
    from automation.front.clicks import Clicked
    from automation.schema.catalogue import Catalogue


def both(text: Text) -> dict[str, str]:
    """A text by language."""
    return {"zh": text.zh, "en": text.en}


def error_value(error: AutomationError) -> dict[str, Any]:
    """An error as the one sentence that it is, with its code."""
    return {"error": {"code": error.code, **both(error.text)}}


def buttons_value() -> dict[str, Any]:
    """What the pane shows before any click: groups and buttons of the registry, names and colours of severities."""
    catalogue = Library().catalogue()
    lists, found = catalogue.lists, catalogue.sheets["findings"]
    return {
        "version": __version__,
        # The cells whose links are ours; asking Excel for all links would take long.
        "links": {"sheets": [*found.label, found.id], "columns": [*found.by_id["cell"].label, "cell"]},
        "groups": [{"id": name, "label": both(label)} for name, label in GROUPS],
        "buttons": [
            {
                "id": one.id,
                "label": both(one.label),
                "tip": both(one.tip),
                "group": one.look.group,
                "large": one.look.large,
                "menu": one.menu,
                "is_menu": one.is_menu,
                "command": one.command.id,
                "picture": icons.picture_of(one.command.id, one.look.group),
            }
            for one in open_buttons()
        ],
        "severities": [
            {
                "code": severity.code,
                "zh": lists["severity"].label(severity.code, "zh"),
                "en": lists["severity"].label(severity.code, "en"),
                "colour": f"#{COLOURS[severity]}",
            }
            for severity in sorted(Severity, reverse=True)
        ],
        "statuses": [
            {
                "code": status.value,
                "zh": lists["finding_status"].label(status.value, "zh"),
                "en": lists["finding_status"].label(status.value, "en"),
            }
            for status in FindingStatus
        ],
        "figures": [{"name": name, "unit": unit, **both(label)} for name, label, unit in output.FIGURES],
    }


def click_value(done: Clicked, book: LiveBook, folder: Path | None, links: Mapping[Path, str]) -> dict[str, Any]:
    """What a click comes to: the JSON object of the command line, its texts in both languages, and the actions.

    ``links`` are the addresses at which the pane gets the documents that were made.
    """
    result = done.result
    names = _Names(book, Library(folder).catalogue())
    return {
        "command": result.command,
        "exit": result.exit,
        "status_date": result.status_date,
        "language": result.language,
        "message": both(done.message),
        "findings": [names.finding(finding) for finding in result.findings],
        "counts": counts(result.findings),
        "figures": dict(result.figures),
        "edits": result.edits,
        "cells": {sheet: len(cells) for sheet, cells in done.cells.items()},
        "actions": action_values(done.actions),
        "goto": done.goto,
        "keeps_copy": done.keeps_copy,
        "question": both(done.question),
        "lines": [both(line) for line in result.lines],
        "notices": [both(notice) for notice in result.notices],
        "documents": [{"name": path.name, "link": links[path]} for path in result.documents],
        "dry_run": result.dry_run,
    }


def plain(value: object) -> Any:
    """What JSON has no form for: days in ISO form, money as a number, the rest as text."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    return str(value)


class _Names:
    """What sheets, columns and people of a workbook are called, there and in either language."""

    def __init__(self, book: LiveBook, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        sheets = tuple(RawSheet(one.name, one.values, one.area.top, one.area.left) for one in book.sheets)
        self.worksheets = matched_sheets(Raw(book.path, sheets), catalogue)
        self.people = self._people()

    def finding(self, finding: Finding) -> dict[str, Any]:
        """One finding; ``worksheet`` is the name of the sheet in the workbook, ``""`` when it has no such sheet."""
        place = finding.place
        sheet = self.catalogue.sheets.get(place.sheet)
        column = sheet.by_id.get(place.column) if sheet else None
        worksheet = self.worksheets.get(place.sheet)
        return {
            **output.finding_value(finding, "zh"),
            "message": both(finding.message),
            "hint": both(finding.hint),
            "worksheet": worksheet.name if worksheet else "",
            "sheet_label": both(sheet.label) if sheet else {"zh": place.sheet, "en": place.sheet},
            "column_label": both(column.label) if column else {"zh": place.column, "en": place.column},
            "owner_name": self.people.get(finding.owner, finding.owner),
            "reason": finding.reason,
        }

    def _people(self) -> dict[str, str]:
        """Names of people by their ids, from the sheet of resources as it stands."""
        worksheet, sheet = self.worksheets.get("resources"), self.catalogue.sheets["resources"]
        header = header_of(worksheet, sheet) if worksheet else None
        if worksheet is None or header is None or not {sheet.key, "name"} <= header.columns.keys():
            return {}
        key, name = (header.columns[column] - worksheet.first_column for column in (sheet.key, "name"))
        return {
            as_text(row[key]).strip(): as_text(row[name]).strip()
            for row in worksheet.rows[header.row - worksheet.first_row + 1 :]
            if row[key] is not None and row[name] is not None
        }

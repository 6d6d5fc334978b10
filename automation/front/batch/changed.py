"""What was changed in a workbook, cell by cell, for the audit: by this run, and by people through its log sheet.

Not here: keeping it (``store.history``).
"""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from automation.model.effects import CellEdit
from automation.model.runs import Alteration
from automation.model.tables import address

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from automation.commands.request import Request
    from automation.model.effects import BookEdit
    from automation.model.project import Table


def altered(
    request: Request, edits: tuple[BookEdit, ...], *, at: datetime, who: str, command: str
) -> Iterator[Alteration]:
    """The cells of business sheets that a command changes, with what stood in them. Lists of its own are left out."""
    tables = {table.name: table for table in request.project.tables.values()}
    cells: dict[str, dict[str, tuple[str, str, str]]] = {}
    for edit in edits:
        if not isinstance(edit, CellEdit):
            continue
        table = tables.get(edit.sheet)
        if table is None:
            yield Alteration(at, who, command, edit.sheet, "", edit.cell, "", _shown(edit.value))
            continue
        if edit.sheet not in cells:
            cells[edit.sheet] = _cells(table, request)
        key, column, old = cells[edit.sheet].get(edit.cell, ("", edit.cell, ""))
        yield Alteration(at, who, command, table.sheet.id, key, column, old, _shown(edit.value))


def logged(request: Request, *, after: datetime | None) -> Iterator[Alteration]:
    """What the log sheet notes from the second of ``after`` on (UTC; ``None``: all).

    Its local times are taken as those of this computer; they have no parts of seconds, so that what was noted in that second
    may come twice, but is never lost.
    """
    begin = after and after.replace(microsecond=0)
    for row in request.project.rows.log:
        if row.time is None:
            continue
        at = row.time.astimezone(UTC)
        if begin is None or at >= begin:
            sheet, key, column = row.sheet or "", row.row_key or "", row.column or ""
            yield Alteration(at, row.user or "?", row.action or "", sheet, key, column, row.old or "", row.new or "")


def _cells(table: Table, request: Request) -> dict[str, tuple[str, str, str]]:
    """Key of the row, column, and what stands in each cell of a table, by its address."""
    label, language = request.catalogue.label, request.project.language
    columns = [(table.sheet.column(name), number) for name, number in table.columns.items()]
    return {
        address(row.row, number): (
            str(getattr(row, table.sheet.key, None) or ""),
            column.id,
            "" if (value := getattr(row, column.id, None)) is None else _shown(label(column, value, language)),
        )
        for row in table.rows
        for column, number in columns
    }


def _shown(value: object) -> str:
    return "" if value is None else str(value)

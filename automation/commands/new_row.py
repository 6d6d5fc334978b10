"""New row: the next id, the usual values, the person who asks as owner; what only a person knows stays empty.

Not here: where the row goes in the sheet (``excel``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.commands.permissions import person
from automation.commands.sheet_names import sheet_named
from automation.model.effects import AppendRows, LogEntry, Need, Outcome

if TYPE_CHECKING:
    from automation.commands.request import Request
    from automation.model.project import Table
    from automation.schema.catalogue import Column, Sheet

DIGITS = 3
"""Digits that an id has at least, as in ``REQ-001``."""
OWNER = "owner"
PROJECT = "project_id"
STATUS_DATE = "status_date"
"""The default that stands for the day at which everything stands."""


def new_row(request: Request) -> Outcome:
    """One row more on a business sheet. Parameters: ``sheet``; ``user``, the sign-in name of who asks.

    Raises UsageError for a sheet that people do not fill in, or that has lost its id column.
    """
    sheet = sheet_named(request, str(request.parameters.get("sheet") or ""))
    table = request.project.tables[sheet.id]
    if sheet.key not in table.columns:
        label = sheet.column(sheet.key).label
        raise UsageError(
            Text(
                f"“{table.name}”表缺少“{label.zh}”列，无法编号：请先恢复该列标题。",
                f"Sheet {table.name} lacks its column '{label.en}', so rows cannot be numbered: restore the heading.",
            ),
            code="NO_ID_COLUMN",
        )
    key = next_id(sheet, table)
    values = {sheet.key: key} | {
        column.id: value for column in sheet.columns if (value := usual(request, column)) is not None
    }
    row = {table.columns[name]: value for name, value in values.items() if name in table.columns}
    return Outcome(
        edits=(AppendRows(table.name, (row,)),),
        log=(LogEntry("new-row", sheet.id, key, new=key),),
        figures={"key": key},
        lines=(Text(f"“{table.name}”新增一行 {key}。", f"New row {key} on sheet {table.name}."),),
        needs=(Need("edit", sheet.id),),
    )


def next_id(sheet: Sheet, table: Table, *, after: int = 0) -> str:
    """One more than the highest number that any id of the sheet has; ids that are no numbers do not count.

    ``after`` so many rows that are new too.
    """
    numbered = re.compile(rf"{re.escape(sheet.prefix)}-(\d+)", re.IGNORECASE)
    numbers = [int(match[1]) for key in table.keys if (match := numbered.fullmatch(key.strip()))]
    return f"{sheet.prefix}-{max(numbers, default=0) + 1 + after:0{DIGITS}}"


def usual(request: Request, column: Column) -> Any:
    """What a new row usually holds in a column, as a cell shows it; ``None`` for nothing."""
    if column.id == PROJECT and column.reference is not None:
        projects = [row.project_id for row in request.project.rows.projects if row.project_id]
        return projects[0] if len(projects) == 1 else None
    if column.id == OWNER:
        row = person(request.project, str(request.parameters.get("user") or ""))
        return row.resource_id if row else None
    if column.default == STATUS_DATE:
        return request.status_date
    if column.default is None:
        return None
    return request.catalogue.label(column, column.default, request.language)

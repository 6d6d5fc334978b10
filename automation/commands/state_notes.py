"""States noted in the log, so that the next run can see what moved: all of a sheet once, then what changed.

Not here: what steps are allowed (``checks.transitions``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.checks.transitions import CHANGED, NOTED, last_steps, written
from automation.model.effects import LogEntry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from automation.commands.request import Request
    from automation.model.project import Table

MOST = 30_000
"""Signs that a cell of the log holds at most; Excel allows 32,767."""


def state_notes(request: Request) -> Iterator[LogEntry]:
    """Entries for every column whose values have allowed steps, on each business sheet."""
    steps = last_steps(request.project, request.catalogue)
    for sheet in request.catalogue.business:
        table = request.project.tables[sheet.id]
        known = steps.get(sheet.id)
        for column in sheet.columns:
            if column.list in request.catalogue.transitions and column.id in table.models:
                noted = {key: code for (key, name), code in known.noted.items() if name == column.id} if known else {}
                yield from _changed(table, column.id, noted) if noted else _all(table, column.id)


def _all(table: Table, column: str) -> Iterator[LogEntry]:
    """All states of a column, in as many entries as their length asks for."""
    states: dict[str, list[str]] = {}
    length = 0
    for key, code in zip(table.keys, table.models[column], strict=True):
        if key and code:
            states.setdefault(code, []).append(key)
            length += len(key) + len(code) + 2
            if length > MOST:
                yield LogEntry(NOTED, table.sheet.id, column=column, new=written(states))
                states, length = {}, 0
    if states:
        yield LogEntry(NOTED, table.sheet.id, column=column, new=written(states))


def _changed(table: Table, column: str, noted: dict[str, str]) -> Iterator[LogEntry]:
    """The states that differ from what was noted, and those of new rows."""
    fresh: dict[str, list[str]] = {}
    for key, code in zip(table.keys, table.models[column], strict=True):
        if not key or not code or noted.get(key) == code:
            continue
        if key in noted:
            yield LogEntry(CHANGED, table.sheet.id, key, column, noted[key], code)
        else:
            fresh.setdefault(code, []).append(key)
    if fresh:
        yield LogEntry(NOTED, table.sheet.id, column=column, new=written(fresh)[:MOST])

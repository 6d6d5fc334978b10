"""What a click changes, kept in a file of the user's: Excel cannot undo what a program writes, so ``undo`` needs it.

A cell is known by the key of its row and its column, so that it is found again after rows were sorted, inserted or
deleted. Sheets that the program owns (findings, log) are made anew by the next check and are not kept. Not here: which
of it is put back (``commands.undoing``), and backups of whole workbooks (``store``).
"""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.commands.undoing import GONE
from automation.excel.areas import place_of
from automation.front import state
from automation.model.project import WRITTEN_BY_COMMANDS
from automation.model.tables import CellError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from automation.base.findings import Value
    from automation.model.project import Project, Table
    from automation.model.tables import Raw, RawValue

KEPT = 20
"""How many clicks on one workbook are kept, the newest."""

Change = dict[str, Any]
"""One cell that a click changed: ``sheet`` (its name), ``cell``, ``key`` and ``column`` of its row (``""`` where it has
none), ``old`` and ``new``."""


def changes(project: Project, before: Raw, after: Raw, cells: Mapping[str, tuple[str, ...]]) -> tuple[Change, ...]:
    """What a click changes in these cells, by sheet; ``project`` is that of the workbook before."""
    old, new = _Cells(before), _Cells(after)
    tables = {table.name: table for table in project.tables.values() if table.columns}
    analyses = {worksheet.name for worksheet in project.analyses.values()}
    found = []
    for name, changed in cells.items():
        table = tables.get(name)
        if name in analyses or (table is not None and table.sheet.id in WRITTEN_BY_COMMANDS):
            continue
        for cell in changed:
            key, column = _row_and_column(table, new, cell) if table else ("", "")
            entry = {"sheet": name, "cell": cell, "key": key, "column": column}
            found.append({**entry, "old": _plain(old.value(name, cell)), "new": _plain(new.value(name, cell))})
    return tuple(found)


def keep(book: str, changed: Sequence[Change], *, moment: datetime) -> Path | None:
    """The file with what a click changed in the workbook at ``book``.

    ``None`` when there is nothing to keep, or when the workbook was never saved and nobody could find it again.
    """
    if not changed or not book:
        return None
    folder = _folder(book)
    stamp = f"{moment:%Y%m%dT%H%M%S}"
    path = folder / f"{stamp}-{len(list(folder.glob(f'{stamp}-*.json'))):02}.json"
    entries = [{**entry, "old": _written(entry["old"]), "new": _written(entry["new"])} for entry in changed]
    path.write_text(json.dumps(entries, ensure_ascii=False), encoding="utf-8")
    for surplus in sorted(folder.glob("*.json"))[:-KEPT]:
        surplus.unlink(missing_ok=True)
    return path


def used(book: str) -> None:
    """Forget the last click on a workbook, because it has been undone; the next undo takes the one before."""
    newest = _newest(book)
    if newest is not None:
        newest.unlink(missing_ok=True)


def with_kept(parameters: Mapping[str, Any], project: Project, now: Raw) -> dict[str, Any]:
    """The parameters of ``undo`` with the changes of the file that they name (default: of the last click).

    Each has the ``cell`` where it stands now and what stands there (``now``), which is ``GONE`` when its row is gone.
    Raises UsageError for a file that is none of ours.
    """
    file = str(parameters.get("kept") or "")
    found = Path(file) if file else _newest(now.path)
    return {**parameters, "kept": _found_again(found, project, now) if found else []}


def _found_again(file: Path, project: Project, now: Raw) -> list[Change]:
    tables = {table.name: table for table in project.tables.values() if table.columns}
    present = _Cells(now)
    found = []
    try:
        for entry in json.loads(file.read_text(encoding="utf-8")):
            sheet, cell = entry["sheet"], entry["cell"]
            if entry["key"]:
                table = tables.get(sheet)
                row = table.by_key.get(entry["key"]) if table else None
                cell = table.cell(row.row, entry["column"]) if table and row else ""
            stands = _plain(present.value(sheet, cell)) if cell else GONE
            values = {"old": _read(entry["old"]), "new": _read(entry["new"]), "now": stands}
            found.append({**entry, **values, "cell": cell or entry["cell"]})
    except (OSError, ValueError, KeyError, TypeError):
        raise UsageError(
            Text(
                f"{file} 不是交付簿的修改记录：请从 {file.parent} 中选择，或不加 --kept。",
                f"{file} is no record of changes: choose one of {file.parent}, or leave out --kept.",
            ),
            code="BAD_RECORD",
        ) from None
    return found


class _Cells:
    """The values of a workbook by the name of the sheet and the address."""

    def __init__(self, raw: Raw) -> None:
        self._sheets = {sheet.name: sheet for sheet in raw.sheets}

    def value(self, name: str, cell: str) -> RawValue | CellError:
        """What stands there, ``None`` for nothing and for a sheet that is not there."""
        return self.at(name, *place_of(cell))

    def at(self, name: str, row: int, column: int) -> RawValue | CellError:
        """The same by row and column, both from 1."""
        sheet = self._sheets.get(name)
        if sheet is None:
            return None
        down, across = row - sheet.first_row, column - sheet.first_column
        if not 0 <= down < len(sheet.rows) or not 0 <= across < len(sheet.rows[down]):
            return None
        return sheet.rows[down][across]


def _row_and_column(table: Table, cells: _Cells, cell: str) -> tuple[str, str]:
    """The key of a cell's row and the identifier of its column, both ``""`` for a cell that has not both."""
    row, number = place_of(cell)
    column = next((name for name, at in table.columns.items() if at == number), "")
    key = (
        cells.at(table.name, row, table.columns.get(table.sheet.key, 0)) if column and row > table.header_row else None
    )
    return (str(key), column) if key is not None else ("", "")


def _folder(book: str) -> Path:
    """Where the changes of a workbook are kept; it is known by where it lies."""
    place = book if "://" in book else str(Path(book).absolute())
    return state.folder(f"undo/{hashlib.sha256(place.encode()).hexdigest()[:16]}")


def _newest(book: str) -> Path | None:
    return max(_folder(book).glob("*.json"), default=None) if book else None


def _plain(value: RawValue | CellError) -> Any:
    """A value that can be written; an error value is the text that it shows."""
    return str(value) if isinstance(value, CellError) else value


def _written(value: Any) -> Any:
    return {"date": value.isoformat()} if isinstance(value, date) else value


def _read(value: Any) -> Value:
    if not isinstance(value, dict):
        return value  # type: ignore[no-any-return]
    text: str = value["date"]
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)

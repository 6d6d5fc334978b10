"""What a click changes, kept in a file of the user's: Excel cannot undo what a program writes, so ``undo`` needs it.

Not here: which of it is put back (``commands.undoing``), and backups of whole workbooks (``store``).
"""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.excel.areas import place_of
from automation.front import state
from automation.model.tables import CellError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from automation.base.findings import Value
    from automation.model.tables import Raw, RawValue

KEPT = 20
"""How many clicks on one workbook are kept, the newest."""


def keep(before: Raw, after: Raw, cells: Mapping[str, tuple[str, ...]], *, moment: datetime) -> Path | None:
    """The file with the values of these cells, by sheet, before and after a click; ``None`` when there is none."""
    old, new = _Cells(before), _Cells(after)
    values = [
        {"sheet": name, "cell": cell, "old": _written(old.value(name, cell)), "new": _written(new.value(name, cell))}
        for name, changed in cells.items()
        for cell in changed
    ]
    if not values:
        return None
    folder = _folder(before.path)
    path = folder / f"{moment:%Y%m%dT%H%M%S}.json"
    path.write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")
    for surplus in sorted(folder.glob("*.json"))[:-KEPT]:
        surplus.unlink(missing_ok=True)
    return path


def kept(now: Raw, file: str = "") -> list[dict[str, Any]]:
    """The entries of a file (default: of the last click on this workbook), each with what stands there ``now``.

    Empty when nothing is kept. Raises UsageError for a file that is none of ours.
    """
    found = Path(file) if file else max(_folder(now.path).glob("*.json"), default=None)
    if found is None:
        return []
    present = _Cells(now)
    try:
        entries = json.loads(found.read_text(encoding="utf-8"))
        return [
            {
                "sheet": entry["sheet"],
                "cell": entry["cell"],
                "old": _read(entry["old"]),
                "new": _read(entry["new"]),
                "now": _plain(present.value(entry["sheet"], entry["cell"])),
            }
            for entry in entries
        ]
    except (OSError, ValueError, KeyError, TypeError):
        raise UsageError(
            Text(
                f"{found} 不是交付簿的修改记录：请从 {found.parent} 中选择，或不加 --kept。",
                f"{found} is no record of changes: choose one of {found.parent}, or leave out --kept.",
            ),
            code="BAD_RECORD",
        ) from None


class _Cells:
    """The values of a workbook by the name of the sheet and the address."""

    def __init__(self, raw: Raw) -> None:
        self._sheets = {sheet.name: sheet for sheet in raw.sheets}

    def value(self, name: str, cell: str) -> RawValue | CellError:
        """What stands there, ``None`` for nothing and for a sheet that is not there."""
        sheet = self._sheets.get(name)
        if sheet is None:
            return None
        row, column = place_of(cell)
        down, across = row - sheet.first_row, column - sheet.first_column
        if not 0 <= down < len(sheet.rows) or not 0 <= across < len(sheet.rows[down]):
            return None
        return sheet.rows[down][across]


def _folder(book: str) -> Path:
    """Where the changes of a workbook are kept; it is known by where it lies."""
    place = book if "://" in book or not book else str(Path(book).absolute())
    return state.folder(f"undo/{hashlib.sha256(place.encode()).hexdigest()[:16]}")


def _plain(value: RawValue | CellError) -> Any:
    """A value that can be written; an error value is the text that it shows."""
    return str(value) if isinstance(value, CellError) else value


def _written(value: RawValue | CellError) -> Any:
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return _plain(value)


def _read(value: Any) -> Value:
    if not isinstance(value, dict):
        return value  # type: ignore[no-any-return]
    text: str = value["date"]
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def with_kept(parameters: Mapping[str, Any], now: Raw) -> dict[str, Any]:
    """The parameters of ``undo`` with the entries of the file that they name (default: of the last click)."""
    return {**parameters, "kept": kept(now, str(parameters.get("kept") or ""))}

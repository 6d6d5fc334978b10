"""Worksheets read in a child process with limits, for workbooks that a look at their bytes cannot vouch for.

The Rust library behind the reader ends its process when it gets no memory; here that is one sentence. Which workbooks
need it is told by ``reader``: all of them would cost the third part of a large reading again, for the way back of the
cells. Not here: the child (``base.confined``), the reading (``sheets``).
"""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from automation.base.confined import ConfinedError, Limits, confined
from automation.base.errors import WorkbookError
from automation.excel.package import Package
from automation.excel.refusals import unreadable
from automation.excel.sheets import Worksheet, sheets
from automation.model.tables import CellError, RawSheet

if TYPE_CHECKING:
    from collections.abc import Sequence

LIMITS = Limits(cpu_seconds=7, seconds=30, megabytes=800)
CODES = {"time": "too-slow", "memory": "too-much", "crash": "damaged"}


def guarded_sheets(
    package: Package, worksheets: Sequence[Worksheet], *, limits: Limits = LIMITS
) -> tuple[RawSheet, ...]:
    """The same as ``sheets``, from a child process. Raises WorkbookError when that reaches a limit or dies."""
    head = json.dumps([str(package.path), worksheets]).encode()
    try:
        answer = confined(read_in_child, head + b"\n" + package.data, limits=limits)
    except ConfinedError as error:
        raise unreadable(CODES[error.reason], file=package.file, detail="xml") from None
    return tuple(map(_sheet, answer.splitlines()))


def read_in_child(payload: bytes) -> bytes:
    """One line of JSON for each worksheet; the payload is a line that names them, and the workbook's bytes."""
    head, _, data = payload.partition(b"\n")
    path, worksheets = json.loads(head)
    try:
        read = sheets(Package(Path(path), data), [Worksheet(*worksheet) for worksheet in worksheets])
    except WorkbookError as error:
        if type(error.__cause__).__name__ == "PanicException":  # what Rust makes of a text without memory for it
            raise MemoryError from error
        raise
    return b"\n".join(
        json.dumps([one.name, one.first_row, one.first_column, one.rows], default=_marked).encode() for one in read
    )


def _marked(value: object) -> dict[str, str]:
    """What JSON has no form for: dates, date-times and error values."""
    if isinstance(value, CellError):
        return {"error": value.code}
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    raise TypeError(type(value).__name__)


def _unmarked(marked: dict[str, str]) -> Any:
    kind, text = next(iter(marked.items()))
    if kind == "error":
        return CellError(text)
    return datetime.fromisoformat(text) if kind == "moment" else date.fromisoformat(text)


def _sheet(line: bytes) -> RawSheet:
    name, first_row, first_column, rows = json.loads(line, object_hook=_unmarked)
    return RawSheet(name, rows, first_row, first_column)

"""Undo of the last click: cells get back what they held before, unless somebody has changed them since.

Excel cannot undo what a program writes, so every click keeps what it changed. Not here: the keeping (``front``), and
backups of whole workbooks.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from automation.base.errors import UsageError
from automation.base.findings import EMPTY, Text
from automation.commands.sheet_names import known_sheets
from automation.model.effects import CellEdit, LogEntry, Need, Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from automation.commands.request import Request

ID = "undo"
SHOWN = 6
"""How many cells that somebody changed since are named."""
GONE = object()
"""What stands in a cell whose row is no longer there."""


def undo(request: Request) -> Outcome:
    """What the last click changed is put back. Parameter ``kept``: its cells as ``front.undo_note`` finds them again.

    Each entry has ``sheet`` (its name), ``cell``, ``old`` and ``new``; ``now`` is what stands there, ``GONE`` when the row
    is gone. Raises UsageError when nothing is kept.
    """
    kept: Sequence[Mapping[str, Any]] = request.parameters.get("kept") or ()
    if not kept:
        raise UsageError(
            Text(
                "没有可以撤销的操作：这台电脑上没有保存这个工作簿的修改记录；可用 deliverybook restore 恢复备份。",
                "There is nothing to undo: no changes of this workbook are kept on this computer; "
                "deliverybook restore brings back a backup.",
            ),
            code="NOTHING_TO_UNDO",
        )
    mine = [entry for entry in kept if same(entry["now"], entry["new"]) and not same(entry["now"], entry["old"])]
    others = [f"{entry['sheet']}!{entry['cell']}" for entry in kept if not same(entry["now"], entry["new"])]
    edits = tuple(CellEdit(entry["sheet"], entry["cell"], entry["old"]) for entry in mine)
    sheets = known_sheets(request, (entry["sheet"] for entry in mine))
    return Outcome(
        edits=edits,
        log=(LogEntry("undo"),),
        figures={"undone": len(edits), "changed_since": len(others)},
        notices=_changed_since(others),
        needs=tuple(Need("edit", sheet.id) for sheet in sheets if sheet.kind == "business"),
        question=_question(len(edits)),
    )


def same(one: object, other: object) -> bool:
    """Whether two values of a cell are the same; empty text is an empty cell, numbers are compared as they show."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return abs(one - other) <= 1e-9 * max(abs(one), abs(other), 1)
    if isinstance(one, date) and isinstance(other, date):
        return _moment(one) == _moment(other)
    return (None if one == "" else one) == (None if other == "" else other)


def _moment(day: date) -> datetime:
    return day if isinstance(day, datetime) else datetime(day.year, day.month, day.day)  # noqa: DTZ001 - cells have no zone


def _changed_since(cells: list[str]) -> tuple[Text, ...]:
    if not cells:
        return ()
    more = " …" if len(cells) > SHOWN else ""
    shown = ", ".join(cells[:SHOWN]) + more
    return (
        Text(
            f"{len(cells)} 个单元格之后又被修改过，保持现状：{shown}。",
            f"{len(cells)} cells have been changed since and stay as they are: {shown}.",
        ),
    )


def _question(count: int) -> Text:
    if not count:
        return EMPTY
    return Text(f"撤销上一次操作，恢复 {count} 个单元格？", f"Undo the last click and put {count} cells back?")

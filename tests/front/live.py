"""Clicks beside the command line: the same command on an open workbook and on its closed file, and what each leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.excel.live.reading import raw_of
from automation.excel.reader import read
from automation.excel.writer import apply
from automation.model.effects import CellEdit
from automation.model.tables import address

if TYPE_CHECKING:
    from pathlib import Path

    from automation.excel.live.state import LiveBook
    from automation.model.tables import Raw

SPOILED = (
    ("需求", "REQ-001", "需求名称", " 工单排程 "),
    ("需求", "REQ-002", "优先级", "Very"),
    ("计划", "T-030", "工期(工作日)", 9),
    ("风险", "RISK-001", "识别日期", "2026/1/12"),
)
"""Cells by sheet, key and heading that are spoiled so that every command has something to do."""
SHEETS_WITH_TIMES = frozenset({"日志"})


def spoil(path: Path) -> Path:
    """Write the spoiled cells into a copy of the demonstration workbook."""
    raw = read(path)
    edits = [CellEdit(sheet, cell_of(raw, sheet, key, heading), value) for sheet, key, heading, value in SPOILED]
    apply(path, edits, path)
    return path


def cell_of(raw: Raw, sheet: str, key: str, heading: str) -> str:
    """The address of a cell by sheet, key in the first column, and heading."""
    found = next(one for one in raw.sheets if one.name == sheet)
    column = found.rows[0].index(heading)
    row = next(number for number, row in enumerate(found.rows) if row[0] == key)
    return address(found.first_row + row, found.first_column + column)


def cells(source: Path | LiveBook) -> dict[tuple[str, str], Any]:
    """Every value of a workbook, closed or open, by sheet and address; times of the log are left out."""
    raw = raw_of(source) if hasattr(source, "sheets") else read(source)
    return {
        (sheet.name, address(sheet.first_row + down, sheet.first_column + across)): value
        for sheet in raw.sheets
        for down, row in enumerate(sheet.rows)
        for across, value in enumerate(row)
        if value is not None and not (sheet.name in SHEETS_WITH_TIMES and across == 0)
    }


def differences(one: dict[tuple[str, str], Any], other: dict[tuple[str, str], Any]) -> list[str]:
    """Where two workbooks have different values, as text, the first few."""
    places = sorted(place for place in one.keys() | other.keys() if one.get(place) != other.get(place))
    return [f"{place}: {one.get(place)!r} | {other.get(place)!r}" for place in places][:12]

"""The JSON of the task pane made an open workbook, every field checked: what is wrong is refused and never crashes.

Not here: what the fields mean and the way back to JSON (``wire``).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from automation.base.errors import UsageError
from automation.base.findings import Severity, Text
from automation.excel.areas import LAST_COLUMN, LAST_ROW, Area, area_of
from automation.excel.live.state import LiveBook, LiveSheet, LiveTable
from automation.excel.markup import MarkupError
from automation.model.tables import CellError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import NoReturn, TypeVar

    from automation.model.tables import RawValue

    Item = TypeVar("Item")

SEVERITIES = {severity.code: severity for severity in Severity}


def book_from(value: Mapping[str, Any]) -> LiveBook:
    """The workbook that the task pane sent; raises ``UsageError`` with the code ``wire-format`` when it is none."""
    found = _Object(value, "", LiveBook.__match_args__)
    return LiveBook(
        found.text("name"),
        found.text("path", ""),
        found.each("sheets", _sheet),
        found.text("active", ""),
        found.text("selection", ""),
        date_1904=found.truth("date_1904", default=False),
    )


def _sheet(value: object, where: str) -> LiveSheet:
    """One sheet of the workbook."""
    found = _Object(value, where, LiveSheet.__match_args__)
    area = found.area("area")
    values = found.block("values", area, _cell)
    formulas = found.block("formulas", area, lambda cell, _: cell)
    return LiveSheet(
        found.text("name"),
        area,
        values,
        [
            [_formula(formula, value) for formula, value in zip(*rows, strict=True)]
            for rows in zip(formulas, values, strict=True)
        ],
        found.block("formats", area, _text),
        found.each("tables", _table, optional=True),
        found.each("merges", _area, optional=True),
        found.each("arrays", _area, optional=True),
        {ref: _text(place, at) for ref, (place, at) in found.by_range("links").items()},
        {ref: _severity(code, at) for ref, (code, at) in found.by_range("marks").items()},
        visible=found.truth("visible", default=True),
        protected=found.truth("protected", default=False),
    )


def _table(value: object, where: str) -> LiveTable:
    """One table of a sheet."""
    found = _Object(value, where, LiveTable.__match_args__)
    formulas = found.pairs("formulas")
    for column in formulas:
        if not column.isascii() or not column.isdigit() or not 1 <= int(column[:6]) <= LAST_COLUMN:
            _refuse(f"{where}.formulas")
    return LiveTable(
        found.text("name"),
        found.area("area"),
        found.each("columns", _text),
        found.number("header_rows", 1),
        found.number("totals_rows", 0),
        {int(column): _text(formula, at) for column, (formula, at) in formulas.items()},
    )


class _Object:
    """A JSON object whose fields are taken one by one, each checked; ``where`` says which one it is, for the error."""

    def __init__(self, value: object, where: str, known: tuple[str, ...]) -> None:
        if not isinstance(value, dict) or not all(name in known for name in value):
            _refuse(where or "book")
        self.fields = value
        self.where = where

    def text(self, name: str, default: str | None = None) -> str:
        """A text."""
        return _text(self._field(name, default), self._at(name))

    def truth(self, name: str, *, default: bool) -> bool:
        """A truth value."""
        value = self.fields.get(name, default)
        return value if isinstance(value, bool) else _refuse(self._at(name))

    def number(self, name: str, default: int) -> int:
        """A number of rows."""
        value = self.fields.get(name, default)
        is_count = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LAST_ROW
        return int(value) if is_count else _refuse(self._at(name))

    def area(self, name: str) -> Area:
        """A range."""
        return _area(self._field(name), self._at(name))

    def each(self, name: str, kind: Callable[[object, str], Item], *, optional: bool = False) -> tuple[Item, ...]:
        """A list of things of one kind."""
        value = self._field(name, [] if optional else None)
        if not isinstance(value, list):
            _refuse(self._at(name))
        return tuple(kind(item, f"{self._at(name)}[{number}]") for number, item in enumerate(value))

    def block(self, name: str, area: Area, kind: Callable[[object, str], Item]) -> list[list[Item]]:
        """The cells of a range, row by row."""
        value = self._field(name)
        where = self._at(name)
        width = area.right - area.left + 1
        if not isinstance(value, list) or len(value) != area.bottom - area.top + 1:
            _refuse(where)
        if not all(isinstance(row, list) and len(row) == width for row in value):
            _refuse(where)
        return [[kind(cell, where) for cell in row] for row in value]

    def pairs(self, name: str) -> dict[str, tuple[object, str]]:
        """An object with any keys: each value with the place where it stands."""
        value = self.fields.get(name, {})
        if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
            _refuse(self._at(name))
        return {key: (item, f"{self._at(name)}.{key[:20]}") for key, item in value.items()}

    def by_range(self, name: str) -> dict[str, tuple[object, str]]:
        """An object whose keys are ranges, one or several parted by commas or spaces."""
        found = self.pairs(name)
        for key, (_, where) in found.items():
            parts = key.replace(",", " ").split()
            if not parts:
                _refuse(where)
            for part in parts:
                _area(part, where)
        return found

    def _field(self, name: str, default: object = None) -> object:
        """A field, or the default when it is not there and there is one."""
        return self.fields.get(name, default)

    def _at(self, name: str) -> str:
        """Where a field stands."""
        return f"{self.where}.{name}" if self.where else name


def _text(value: object, where: str) -> str:
    """The text that stands here."""
    return value if isinstance(value, str) else _refuse(where)


def _cell(value: object, where: str) -> RawValue | CellError:
    """The value of a cell that stands here."""
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, int | float):
        try:
            number = float(value)
        except OverflowError:
            _refuse(where)
        return number if math.isfinite(number) else _refuse(where)
    if isinstance(value, dict) and set(value) == {"error"} and isinstance(value["error"], str):
        return CellError(value["error"])
    return _refuse(where)


def _formula(formula: object, value: object) -> str | None:
    """The formula of a cell, ``None`` when what Office.js gives for it is a constant."""
    return formula if isinstance(formula, str) and formula.startswith("=") and formula != value else None


def _severity(value: object, where: str) -> Severity:
    """The severity whose code stands here."""
    return SEVERITIES[value] if isinstance(value, str) and value in SEVERITIES else _refuse(where)


def _area(value: object, where: str) -> Area:
    """The range that stands here."""
    try:
        area = area_of(_text(value, where))
    except MarkupError:
        _refuse(where)
    return area if 1 <= area.top <= area.bottom <= LAST_ROW and area.left <= area.right else _refuse(where)


def _refuse(where: str) -> NoReturn:
    """The error that says where the data cannot be understood."""
    raise UsageError(
        Text(
            f"任务窗格送来的工作簿数据无法使用（{where}），请关闭并重新打开任务窗格；仍然如此，请更新加载项。",
            f"The task pane sent workbook data that cannot be used ({where}); close the pane and open it again, "
            "and update the add-in if that does not help.",
        ),
        code="wire-format",
    )

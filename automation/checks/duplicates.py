"""V04: ids, unique values and unique combinations that stand in more than one row of a sheet.

Not here: anything about other sheets (``checks.links``).
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from automation.base.findings import Text
from automation.checks.wording import Draft, as_shown, cell_value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from automation.model.project import Table
    from automation.schema.catalogue import Catalogue, Column


def duplicate_drafts(table: Table, catalogue: Catalogue) -> Iterator[Draft]:
    """Every later row that repeats an id, a unique value or a unique combination, pointing at the first."""
    for column in table.sheet.columns:
        if column.id not in table.values:
            continue
        if column.id == table.sheet.key and column.kind == "id":
            yield from _keys(table, column)
        elif column.unique:
            yield from _values(table, column)
    for group in table.sheet.unique:
        if all(name in table.values for name in group):
            yield from _groups(table, group, catalogue)


def _repeats(values: Sequence[Any]) -> Iterator[tuple[int, int]]:
    """Row index and index of the first row with the same value, for every later row; ``None`` is no value."""
    filled = [value for value in values if value is not None] if None in values else values
    if len(set(filled)) == len(filled):
        return
    first: dict[Any, int] = {}
    for at, value in enumerate(values):
        if value is not None and first.setdefault(value, at) != at:
            yield at, first[value]


def _cell(table: Table, at: int, column: str) -> str:
    return table.cell(table.numbers[at], column)


def _keys(table: Table, column: Column) -> Iterator[Draft]:
    values = table.values[column.id]
    new: Callable[[], str] | None = None
    for at, first in _repeats(values):
        new = new or _new_keys(values, table.sheet.prefix)
        fields = {"other": _cell(table, first, column.id), "nearest": new()}
        yield Draft("V04", table, at, column.id, "duplicate_key", fields)


def _new_keys(keys: Sequence[Any], prefix: str) -> Callable[[], str]:
    """A function that gives a free id at each call, counting on from the highest."""
    start = f"{prefix}-"
    numbers = [key[len(start) :] for key in keys if key is not None and key.startswith(start)]
    found = [number for number in numbers if number.isdecimal()]
    highest = max(map(int, found), default=0)
    width = max(map(len, found), default=3)

    def new() -> str:
        nonlocal highest
        highest += 1
        return f"{prefix}-{highest:0{width}}"

    return new


def _values(table: Table, column: Column) -> Iterator[Draft]:
    values = [value if value is None else _folded(str(value)) for value in table.values[column.id]]
    for at, first in _repeats(values):
        yield Draft("V04", table, at, column.id, "duplicate_value", {"other": _cell(table, first, column.id)})


def _folded(text: str) -> str:
    """A text as compared for uniqueness: trimmed, full width unified with half width, small with capital letters."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def _groups(table: Table, group: tuple[str, ...], catalogue: Catalogue) -> Iterator[Draft]:
    columns = [table.sheet.by_id[name] for name in group]
    together = zip(*(table.values[name] for name in group), strict=True)
    values = [None if None in row else row for row in together]
    label = Text("、".join(column.label.zh for column in columns), ", ".join(column.label.en for column in columns))
    for at, first in _repeats(values):
        shown = " + ".join(as_shown(cell_value(table, at, column, catalogue)) for column in columns)
        fields = {"label": label, "other": _cell(table, first, group[-1])}
        yield Draft("V04", table, at, group[-1], "duplicate_group", fields, value=shown)

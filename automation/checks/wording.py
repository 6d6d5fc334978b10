"""From what is wrong with a cell to the finding that says so, in both languages.

Not here: how it is found out (``checks.rows``, ``links``, ``consistency``), and the sentences (``messages.yaml``).
"""

from __future__ import annotations

import math
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from automation.base.findings import Finding, Repair, Severity, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from automation.base.findings import Value
    from automation.model.project import Table
    from automation.schema.catalogue import Catalogue, Column, Message


class Draft(NamedTuple):
    """Something wrong with one cell, before it is put into words.

    ``at`` is the row's index from 0. ``kind`` names the message unless ``message`` is one of its own. ``fields``
    fill the message beyond cell, label, key and value; ``value`` is what the user sees, by default the cell's.
    """

    rule: str
    table: Table
    at: int
    column: str
    kind: str
    fields: Mapping[str, object] = {}
    value: Value = None
    repair: Value = None
    message: Message | None = None

    @property
    def cell(self) -> tuple[str, int, str]:
        """Sheet, row number and column."""
        return self.table.sheet.id, self.table.numbers[self.at], self.column


def finding(draft: Draft, catalogue: Catalogue) -> Finding:
    """The finding of a draft, an error with its message, hint and repair."""
    table = draft.table
    column = table.sheet.by_id[draft.column]
    place = table.place(draft.at, draft.column)
    value = cell_value(table, draft.at, column, catalogue) if draft.value is None else draft.value
    message, hint = (draft.message or catalogue.messages[draft.kind]).filled(
        **{"cell": place.cell, "label": column.label, "key": place.key, "value": as_shown(value), **draft.fields}
    )
    return Finding(
        rule=draft.rule,
        severity=Severity.ERROR,
        place=place,
        message=message,
        hint=Text(hint.zh.strip(), hint.en.strip()),
        value=value,
        repair=None if draft.repair is None else Repair(draft.repair),
    )


def cell_value(table: Table, at: int, column: Column, catalogue: Catalogue) -> Value:
    """What stands in a cell: labels instead of codes, ``None`` when it is empty."""
    found: Value = table.values[column.id][at] if column.id in table.values else None
    if column.list and isinstance(found, str):
        return catalogue.label(column, found, table.language)
    if column.kind in {"date", "dt"}:
        model: Value = table.models[column.id][at] if column.id in table.models else None
        return found if model is None else model
    return int(found) if isinstance(found, float) and math.isfinite(found) and found.is_integer() else found


def as_shown(value: Any) -> str:
    """A value as a sentence shows it: days in ISO form, whole numbers without a decimal point, long text cut."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.quantize(Decimal(1)) if value == value.to_integral_value() else value, "f")
    if isinstance(value, float):
        return str(int(value)) if math.isfinite(value) and value.is_integer() else repr(value)
    text = str(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


LONGEST = 60
"""Characters of a value that a message quotes; the rest is an ellipsis."""

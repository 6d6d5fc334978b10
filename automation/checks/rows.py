"""Checks of one row on its own: V01 empty, V02 type and form, V03 lists, V06 conditions between its columns.

Not here: other rows and sheets (``checks.links``), comparisons of two columns (``checks.consistency``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from automation.base.days import LAST_YEAR, datetime_of, is_plausible
from automation.checks.compiled import NO_CONDITION, compiled
from automation.checks.nearest import tidy_ids
from automation.checks.wording import Draft, as_shown, finding
from automation.schema.catalogue import Message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from automation.base.findings import Finding, Text
    from automation.checks.compiled import CompiledSheet, Fault
    from automation.model.project import Table
    from automation.schema.catalogue import Catalogue, Column, ValueList

NUMBERS = frozenset({"int", "num", "pct", "money"})
NEAR = 0.6
"""From this similarity on (0 to 1) a label is named as the nearest."""
REPAIRABLE = 0.75
"""From this similarity on the nearest label is offered as a repair, if no other label is near."""
LIMITS = {
    "minimum": "minimum",
    "maximum": "maximum",
    "exclusiveMinimum": "exclusive_minimum",
    "exclusiveMaximum": "exclusive_maximum",
    "minLength": "min_length",
    "maxLength": "max_length",
}
_LIKE_A_DAY = re.compile(r"\d{4}\D{1,2}\d{1,2}\D{1,2}\d{1,2}\D?")


def check_rows(table: Table, catalogue: Catalogue) -> Iterator[Finding]:
    """Findings of the rows of a table, each row judged on its own."""
    return (finding(draft, catalogue) for draft in row_drafts(table, catalogue))


def row_drafts(table: Table, catalogue: Catalogue) -> Iterator[Draft]:
    """What is wrong with the rows of a table, first by column, then conditions; one draft a cell and rule.

    A cell that is already wrong on its own is not judged again by a condition.
    """
    if not table.numbers:
        return
    schema = compiled(table.sheet, catalogue)
    nearest = _Nearest(table, catalogue)
    unread = dict(table.proposals)
    bad = set(table.failed)
    broken: list[Fault] = []
    seen: set[tuple[int, str]] = set()
    for fault in schema.faults(table.values):
        cell = (fault.at, fault.column)
        if fault.condition != NO_CONDITION:
            broken.append(fault)
        elif cell not in seen and cell not in table.failed:
            seen.add(cell)
            if fault.keyword != "required":
                bad.add(cell)
            yield _of_column(table, fault, unread.pop(cell, None), nearest)
    for (at, column), proposal in unread.items():
        if (at, column) not in seen:
            bad.add((at, column))
            yield _unread(table, at, table.sheet.by_id[column], proposal)
    yield from _of_conditions(table, broken, schema, bad=bad, seen=seen)


def _of_column(table: Table, fault: Fault, proposal: Any, nearest: _Nearest) -> Draft:
    column = table.sheet.by_id[fault.column]
    if fault.keyword == "required":
        return Draft("V01", table, fault.at, column.id, "required", {"expected": nearest.expected(column)})
    if fault.keyword == "enum" and column.list:
        return nearest.draft(table, fault.at, column)
    if fault.keyword in {"type", "format"}:
        return _unread(table, fault.at, column, proposal)
    if fault.keyword in LIMITS:
        fields = {"limit": as_shown(fault.limit), "expected": column.hint}
        return Draft("V02", table, fault.at, column.id, LIMITS[fault.keyword], fields)
    tidy = nearest.tidy(table, column, fault.at) if column.kind == "id" and fault.keyword == "pattern" else None
    if tidy is not None:
        return Draft("V02", table, fault.at, column.id, "id_spelling", {"nearest": tidy}, repair=tidy)
    return Draft("V02", table, fault.at, column.id, "pattern", {"expected": column.hint})


def _unread(table: Table, at: int, column: Column, proposal: Any) -> Draft:
    """A cell that cannot be read as its column's kind, with what a repair would write if that can be told."""
    text = table.values[column.id][at]
    if column.kind in NUMBERS:
        if proposal is not None and (column.kind != "int" or isinstance(proposal, int)):
            nearest = {"nearest": as_shown(proposal)}
            return Draft("V02", table, at, column.id, "text_is_number", nearest, repair=proposal)
        kind = "type_integer" if column.kind == "int" else "type_number"
    elif column.kind in {"date", "dt"}:
        if proposal is not None:
            nearest = {"nearest": as_shown(proposal)}
            return Draft("V02", table, at, column.id, "text_is_date", nearest, repair=proposal)
        day = datetime_of(str(text).removesuffix("Z"))
        if day is not None and not is_plausible(day, column.first_year):
            fields = {"limit": column.first_year, "expected": LAST_YEAR}
            return Draft("V02", table, at, column.id, "implausible_date", fields, value=day.date().isoformat())
        kind = "type_date" if column.kind == "date" else "type_datetime"
        kind = "format_date" if _LIKE_A_DAY.fullmatch(str(text)) else kind
    else:
        kind = "pattern" if isinstance(text, str) else "type_text"
    return Draft("V02", table, at, column.id, kind, {"expected": column.hint})


def _of_conditions(
    table: Table, broken: list[Fault], schema: CompiledSheet, *, bad: set[tuple[int, str]], seen: set[tuple[int, str]]
) -> Iterator[Draft]:
    said = {("V01", *cell) for cell in seen - bad}
    for fault in broken:
        condition = table.sheet.conditions[fault.condition]
        name = condition.column or fault.column
        if condition.rule == "V01" and fault.keyword == "required":
            name = fault.column
        column = table.sheet.by_id.get(name)
        if column is None or name not in table.values or (condition.rule, fault.at, name) in said:
            continue
        if any((fault.at, other) in bad for other in schema.condition_columns(fault.condition)):
            continue
        said.add((condition.rule, fault.at, name))
        fields = {"when": condition.when, "expected": column.hint}
        if condition.message.zh:
            message = Message(condition.message, condition.hint)
            yield Draft(condition.rule, table, fault.at, name, "", fields, message=message)
        else:
            kind = "required_when" if condition.rule == "V01" else "condition"
            yield Draft(condition.rule, table, fault.at, name, kind, fields)


class _Nearest:
    """The labels nearest to values that are in no list, and the right spelling of ids, each worked out once."""

    def __init__(self, table: Table, catalogue: Catalogue) -> None:
        self._language = table.language
        self._catalogue = catalogue
        self._known: dict[tuple[str, str], tuple[str, bool]] = {}
        self._tidy: dict[str, Mapping[str, str]] = {}

    def tidy(self, table: Table, column: Column, at: int) -> str | None:
        """The right spelling of an id that differs from it only in case, width or spaces; else ``None``."""
        values = table.values[column.id]
        if column.id not in self._tidy:
            texts = [value for value in values if isinstance(value, str)]
            self._tidy[column.id] = tidy_ids(texts, str(column.schema["pattern"]))
        return self._tidy[column.id].get(str(values[at]))

    def draft(self, table: Table, at: int, column: Column) -> Draft:
        """The draft for a value that is not in the list of its column."""
        text = str(table.values[column.id][at])
        values = self._catalogue.lists[column.list]
        key = (column.list, text)
        if key not in self._known:
            self._known[key] = self._nearest(text, values)
        label, is_safe = self._known[key]
        fields = {"expected": values.choices, "nearest": label}
        kind = "near_match" if label else "not_in_list"
        return Draft("V03", table, at, column.id, kind, fields, repair=label if is_safe else None)

    def expected(self, column: Column) -> Text:
        """What an empty cell should hold: the column's own hint, else the values of its list."""
        if column.hint.zh or not column.list:
            return column.hint
        choices = self._catalogue.lists[column.list].choices
        return self._catalogue.messages["not_in_list"].filled(cell="", label="", value="", expected=choices)[1]

    def _nearest(self, text: str, values: ValueList) -> tuple[str, bool]:
        """The nearest label, ``""`` when none is near, and whether nothing else can be meant."""
        import difflib  # noqa: PLC0415 - only what is misspelt waits for it

        labels = [value.label.in_(self._language) for value in values.values]
        near = difflib.get_close_matches(text, labels, 2, NEAR)
        if not near:
            return "", False
        score = difflib.SequenceMatcher(None, text, near[0]).ratio()
        return near[0], len(near) == 1 and score >= REPAIRABLE

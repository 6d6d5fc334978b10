"""V06: steps from one state to another that the lists do not allow, as far as the log tells them.

A workbook holds the present state only; the step that led to it stands in the log, where it was written. Not here:
states that do not fit other cells of their row (``checks.rows``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.base.findings import Text
from automation.checks.wording import Draft
from automation.model.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from automation.model.project import Project, Table
    from automation.schema.catalogue import Catalogue, ValueList

Steps = dict[tuple[str, str], tuple[Any, Any]]
"""Old and new value of the last logged change, by row key and column."""


def last_steps(project: Project, catalogue: Catalogue) -> Mapping[str, Steps]:
    """The last logged change of every cell, by sheet identifier; the log stands in the order of time."""
    log = project.tables.get("log")
    if log is None or any(name not in log.models for name in ("sheet", "row_key", "column", "old", "new")):
        return {}
    names = {
        fold(name): sheet.id
        for sheet in catalogue.sheets.values()
        for name in (sheet.id, sheet.label.en, sheet.label.zh)
    }
    found: dict[str, Steps] = {}
    columns = (log.models[name] for name in ("sheet", "row_key", "column", "old", "new"))
    for sheet, key, column, old, new in zip(*columns, strict=True):
        if sheet and key and column:
            found.setdefault(names.get(fold(sheet), sheet), {})[str(key), column] = (old, new)
    return found


def transition_drafts(table: Table, steps: Mapping[str, Steps], catalogue: Catalogue) -> Iterator[Draft]:
    """Rows whose present state was reached by a step that is not allowed."""
    own = steps.get(table.sheet.id)
    if not own:
        return
    for column in table.sheet.columns:
        after = catalogue.transitions.get(column.list)
        if not after or column.id not in table.models:
            continue
        values = catalogue.lists[column.list]
        codes = _codes(values)
        for at, (key, code) in enumerate(zip(table.keys, table.models[column.id], strict=True)):
            old, new = (codes.get(fold(str(value))) for value in own.get((key, column.id), (None, None)))
            if old is None or new is None or new != code or new == old or new in after.get(old, ()):
                continue
            allowed = [values.by_code[one].label for one in after.get(old, ())] or [values.by_code[old].label]
            fields = {
                "other": values.label(old, table.language),
                "expected": Text("、".join(one.zh for one in allowed), ", ".join(one.en for one in allowed)),
            }
            yield Draft("V06", table, at, column.id, "transition", fields)


def _codes(values: ValueList) -> dict[str, str]:
    found: dict[str, str] = {}
    for value in values.values:
        for text in (value.code, value.label.zh, value.label.en):
            found.setdefault(fold(text), value.code)
    return found

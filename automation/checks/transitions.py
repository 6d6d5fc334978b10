"""V06: steps from one state to another that the lists do not allow, as far as the log tells them.

A workbook holds the present state only. The log notes the states of all rows once (action ``states``, one line a sheet) and
then each change that a run finds (action ``state``), so that a run sees the step from the state noted last to the present
one. Between two runs several allowed steps may have been taken; only deals must not jump. Not here: the noting
(``commands.state_notes``), states that do not fit other cells of their row (``checks.rows``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from automation.base.findings import Text
from automation.checks.wording import Draft
from automation.model.spelling import fold, ids_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from automation.model.project import Project, Table
    from automation.schema.catalogue import Catalogue, ValueList

NOTED, CHANGED = "states", "state"
"""Actions of the log: all states of a sheet, and one that changed."""
STRICT = frozenset({"deal_stage"})
"""Lists whose states follow one another step by step, whatever time has passed."""
BACK = {"req_status": "analysed"}
"""States to which a row goes back only by leave; no path leads through them."""


class Steps(NamedTuple):
    """What the log tells of one sheet: the last change and the last state noted of every row, by key and column."""

    changes: dict[tuple[str, str], tuple[Any, Any]]
    noted: dict[tuple[str, str], str]


def last_steps(project: Project, catalogue: Catalogue) -> Mapping[str, Steps]:
    """What the log tells by sheet identifier; the log stands in the order of time."""
    log = project.tables.get("log")
    if log is None or any(name not in log.models for name in ("action", "sheet", "row_key", "column", "old", "new")):
        return {}
    names = {
        fold(name): sheet.id
        for sheet in catalogue.sheets.values()
        for name in (sheet.id, sheet.label.en, sheet.label.zh)
    }
    found: dict[str, Steps] = {}
    columns = (log.models[name] for name in ("action", "sheet", "row_key", "column", "old", "new"))
    for action, sheet, key, column, old, new in zip(*columns, strict=True):
        if not sheet or not column:
            continue
        steps = found.setdefault(names.get(fold(sheet), sheet), Steps({}, {}))
        if action == NOTED:
            steps.noted.update({(name, column): code for name, code in parsed(str(new or ""))})
        elif key:
            steps.changes[str(key), column] = (old, new)
            if action == CHANGED:
                steps.noted[str(key), column] = str(new or "")
    return found


def written(states: Mapping[str, list[str]]) -> str:
    """Keys by state as one text: ``confirmed:REQ-001,REQ-002;analysed:REQ-003``."""
    return ";".join(f"{code}:{','.join(keys)}" for code, keys in states.items())


def parsed(text: str) -> Iterator[tuple[str, str]]:
    """The keys and states of such a text."""
    for part in text.split(";"):
        code, _, keys = part.partition(":")
        for key in keys.split(","):
            if key:
                yield key, code


def transition_drafts(
    table: Table, steps: Mapping[str, Steps], catalogue: Catalogue, project: Project | None = None
) -> Iterator[Draft]:
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
            old = _before(own, codes, (key, column.id), code)
            if old is None or code is None or old == code:
                continue
            allowed = _reaches(after, old, code, column.list)
            if allowed and _has_leave(project, column.list, key, (old, code)):
                continue
            allowed_next = [values.by_code[one].label for one in after.get(old, ())] or [values.by_code[old].label]
            fields = {
                "other": values.label(old, table.language),
                "expected": Text("、".join(one.zh for one in allowed_next), ", ".join(one.en for one in allowed_next)),
            }
            yield Draft("V06", table, at, column.id, "transition", fields)


def _before(own: Steps, codes: Mapping[str, str], place: tuple[str, str], code: str | None) -> str | None:
    """The state before the present one: that noted last if it differs, else the one before the last change.

    A row that is back where it was before its last change has taken no step: somebody put a mistake right.
    """
    noted = codes.get(fold(own.noted.get(place, "")))
    old, new = (codes.get(fold(str(value))) for value in own.changes.get(place, (None, None)))
    if noted is not None and noted != code:
        return None if (old, new) == (code, noted) else noted
    return old if new == code else None


def _reaches(after: Mapping[str, tuple[str, ...]], old: str, new: str, name: str) -> bool:
    """Whether one allowed step, or several where the list does not mind, lead from a state to another."""
    if new in after.get(old, ()):
        return True
    if name in STRICT:
        return False
    shut = BACK.get(name)
    seen, waiting = {old}, [old]
    while waiting:
        for following in after.get(waiting.pop(), ()):
            if following == new:
                return True
            if following not in seen and (following != shut or old not in _PAST_BACK.get(name, ())):
                seen.add(following)
                waiting.append(following)
    return False


_PAST_BACK = {"req_status": frozenset({"confirmed", "in_realisation", "realised", "verified", "accepted"})}
"""States from which nothing goes on through the state of ``BACK``."""


def _has_leave(project: Project | None, name: str, key: str, step: tuple[str, str]) -> bool:
    """Whether a step that needs one has its leave.

    A confirmed requirement is analysed again by an approved change only; a risk that occurred is closed with a done action.
    """
    if project is None:
        return True
    old, new = step
    if name == "req_status" and new == "analysed" and old in _PAST_BACK[name]:
        return any(row.req_id == key and row.decision == "approved" for row in project.rows.changes)
    if name == "risk_status" and step == ("occurred", "closed"):
        done = (row for row in project.rows.improvements if row.done_on is not None)
        return any(key in ids_of(row.source_ref or "") for row in done)
    return True


def _codes(values: ValueList) -> dict[str, str]:
    found: dict[str, str] = {}
    for value in values.values:
        for text in (value.code, value.label.zh, value.label.en):
            found.setdefault(fold(text), value.code)
    return found

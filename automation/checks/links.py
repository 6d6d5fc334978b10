"""V05: references that lead nowhere or to a row that does not fit.

Not here: repeated ids (``checks.duplicates``) and ids written inside a text (``checks.written``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from automation.base.findings import Text
from automation.checks.loops import loops
from automation.checks.nearest import NearestId, Titles
from automation.checks.wording import Draft, as_shown, cell_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from automation.model.project import Project, Table
    from automation.schema.catalogue import Catalogue, Column, Reference


class _Link(NamedTuple):
    """A reference column with the table that it leads to; ``rows`` maps the ids there to row indices."""

    table: Table
    column: Column
    reference: Reference
    target: Table
    rows: Mapping[str, int]


def reference_drafts(table: Table, project: Project, catalogue: Catalogue) -> Iterator[Draft]:
    """What is wrong with the references of a table, one draft a cell.

    A sheet that the workbook lacks is reported as missing and not asked for ids.
    """
    for column in table.sheet.columns:
        reference = column.reference
        if reference is None or column.id not in table.values:
            continue
        target = project.tables.get(reference.sheet)
        if target is None or target.sheet.key not in target.columns:
            continue
        link = _Link(table, column, reference, target, rows_by_key(target))
        said: set[int] = set()
        for draft in _of_column(link, catalogue):
            if draft.at not in said:
                said.add(draft.at)
                yield draft


def rows_by_key(table: Table) -> dict[str, int]:
    """Row indices by key; of several rows with the same key the first one."""
    found: dict[str, int] = {}
    for at, key in enumerate(table.keys):
        found.setdefault(key, at)
    found.pop("", None)
    return found


def known_ids(table: Table) -> NearestId:
    """The ids of a sheet, which are offered in the form that the sheet prescribes, also for a row's title."""
    sheet = table.sheet
    titles = None if sheet.title == sheet.key else table.values.get(sheet.title)
    form = str(sheet.by_id[sheet.key].schema.get("pattern", ""))
    return NearestId(rows_by_key(table), form, None if titles is None else Titles(titles, table.keys))


def _of_column(link: _Link, catalogue: Catalogue) -> Iterator[Draft]:
    values = link.table.values[link.column.id]
    ids = {value: _ids(value, link.reference) for value in set(values) if value is not None}
    unknown = {value: missing for value, parts in ids.items() if (missing := _missing(parts, link.rows))}
    if unknown:
        yield from _unknown(link, unknown)
    reference = link.reference
    if reference.not_itself:
        yield from _itself(link, ids)
    for name, allowed in reference.where.items():
        yield from _where(link, ids, name, allowed, catalogue)
    for name in reference.same:
        if name in link.table.values and name in link.target.values:
            yield from _same(link, ids, name, catalogue)
    if reference.symmetric:
        yield from _one_sided(link, ids)
    if reference.acyclic:
        yield from _cycles(link, ids)


def _ids(value: Any, reference: Reference) -> tuple[str, ...]:
    return tuple(str(value).split(";")) if reference.many else (str(value),)


def _missing(parts: tuple[str, ...], rows: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(part for part in parts if part not in rows)


def _unknown(link: _Link, unknown: Mapping[Any, tuple[str, ...]]) -> Iterator[Draft]:
    nearest = known_ids(link.target)
    for at, value in enumerate(link.table.values[link.column.id]):
        if value in unknown:
            yield unknown_draft(link.table, at, link.column, link.target.sheet.label, (unknown[value], nearest))


def unknown_draft(
    table: Table, at: int, column: Column, sheet: Text, found: tuple[tuple[str, ...], NearestId]
) -> Draft:
    """The draft of a cell that names ids which no row of a sheet carries, with the nearest id of the first.

    The repair replaces all of them, and is offered only where none of them is a guess.
    """
    missing, known = found
    nearest = known.of(missing[0])[0]
    other, expected = known.misspelt(missing[0])
    fields = {"sheet": sheet, "nearest": nearest, "other": other, "expected": expected}
    kind = "unknown_reference_near" if nearest else "unknown_reference_misspelt" if other else "unknown_reference"
    repair = None
    if all(known.of(part)[1] for part in missing):
        repair = _replaced(str(table.values[column.id][at]), {part: known.of(part)[0] for part in missing})
    return Draft("V05", table, at, column.id, kind, fields, value=";".join(missing), repair=repair)


def _replaced(text: str, ids: Mapping[str, str]) -> str | None:
    """A text with ids replaced all at once, whole numbers only; ``None`` when one of them is not written there so."""
    parts = "|".join(map(re.escape, sorted(ids, key=len, reverse=True)))
    found: set[str] = set()

    def put(match: re.Match[str]) -> str:
        found.add(match[0])
        return ids[match[0]]

    replaced = re.sub(rf"(?<![0-9A-Za-z])(?:{parts})(?![0-9])", put, text)
    return replaced if found == set(ids) else None


def _itself(link: _Link, ids: Mapping[Any, tuple[str, ...]]) -> Iterator[Draft]:
    for at, (key, value) in enumerate(zip(link.table.keys, link.table.values[link.column.id], strict=True)):
        if value is not None and key in ids[value]:
            yield Draft("V05", link.table, at, link.column.id, "itself", value=key)


def _where(
    link: _Link, ids: Mapping[Any, tuple[str, ...]], name: str, allowed: tuple[str, ...], catalogue: Catalogue
) -> Iterator[Draft]:
    states = link.target.values.get(name)
    if states is None:
        return
    wrong = {key: at for key, at in link.rows.items() if states[at] is not None and states[at] not in allowed}
    if not wrong:
        return
    column = link.target.sheet.by_id[name]
    labels = [catalogue.lists[column.list].by_code[code].label for code in allowed]
    expected = Text("、".join(label.zh for label in labels), ", ".join(label.en for label in labels))
    for at, value in enumerate(link.table.values[link.column.id]):
        key = next((part for part in ids.get(value, ()) if part in wrong), None)
        if key is not None:
            limit = cell_value(link.target, wrong[key], column, catalogue)
            fields = {
                "other": column.label,
                "limit": as_shown(limit),
                "expected": expected,
                "sheet": link.target.sheet.label,
            }
            yield Draft("V05", link.table, at, link.column.id, "wrong_reference_where", fields, value=key)


def other_owner_draft(
    table: Table, at: int, column: Column, there: tuple[Table, int], *, name: str, catalogue: Catalogue
) -> Draft:
    """The draft of a cell that names a row (``there``: table and row index) which differs from its own in a column."""
    target, row = there
    fields = {
        "other": table.sheet.by_id[name].label,
        "limit": as_shown(cell_value(target, row, target.sheet.by_id[name], catalogue)),
        "expected": as_shown(cell_value(table, at, table.sheet.by_id[name], catalogue)),
    }
    return Draft("V05", table, at, column.id, "wrong_reference_same", fields, value=target.keys[row])


def _same(link: _Link, ids: Mapping[Any, tuple[str, ...]], name: str, catalogue: Catalogue) -> Iterator[Draft]:
    theirs = link.target.values[name]
    by_id = {key: theirs[at] for key, at in link.rows.items()}
    for at, (value, ours) in enumerate(zip(link.table.values[link.column.id], link.table.values[name], strict=True)):
        if value is None or ours is None:
            continue
        for key in ids[value]:
            other = by_id.get(key)
            if other is not None and other != ours:
                there = (link.target, link.rows[key])
                yield other_owner_draft(link.table, at, link.column, there, name=name, catalogue=catalogue)
                break


def _one_sided(link: _Link, ids: Mapping[Any, tuple[str, ...]]) -> Iterator[Draft]:
    values: Sequence[Any] = link.target.values.get(link.column.id, ())
    for at, (key, value) in enumerate(zip(link.table.keys, link.table.values[link.column.id], strict=True)):
        for part in ids.get(value, ()):
            there = link.rows.get(part)
            if key and there is not None and key not in ids.get(values[there], ()):
                other = link.target.cell(link.target.numbers[there], link.column.id)
                yield Draft("V05", link.table, at, link.column.id, "not_symmetric", {"other": other}, value=part)
                break


def _cycles(link: _Link, ids: Mapping[Any, tuple[str, ...]]) -> Iterator[Draft]:
    values = link.table.values[link.column.id]
    leads_to = {key: ids.get(values[at], ()) for key, at in link.rows.items()}
    for path in loops(leads_to):
        shown = " → ".join((*path, path[0]))
        yield Draft("V05", link.table, link.rows[path[0]], link.column.id, "cycle", value=shown)

"""Findings over runs: compared with the findings sheet of the run before, and laid out as its new rows and marks.

A finding that is in the sheet already is continuing, one that is gone is resolved and stays listed for
``KEEP_RESOLVED_DAYS``; one that could not be judged again stays as it was. A row that a person set to waived, with a
reason, stays waived. Not here: the checks.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from automation.base.findings import OPEN, Finding, FindingStatus, Place, Severity, Text, ordered
from automation.base.records import replace
from automation.model.effects import BookEdit, Marks, ReplaceRows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from automation.base.findings import Value
    from automation.commands.request import Request
    from automation.model.project import Project
    from automation.model.rows import FindingsRow
    from automation.schema.catalogue import Catalogue

KEEP_RESOLVED_DAYS = 30


class Followed(NamedTuple):
    """Findings with their status after comparison, and when each was first and last seen, by finding id.

    ``kept`` are the ids of those that could not be judged in this run and stay as they were.
    """

    findings: tuple[Finding, ...]
    first_seen: Mapping[str, date]
    last_seen: Mapping[str, date]
    kept: tuple[str, ...] = ()


def followed(request: Request) -> Followed:
    """The findings of a request compared with its findings sheet, once."""
    return request.once(
        "followed",
        lambda: follow(
            request.findings, request.project, request.catalogue, request.status_date, skipped=request.judged.skipped
        ),
    )


def follow(
    findings: Iterable[Finding],
    project: Project,
    catalogue: Catalogue,
    status_date: date,
    *,
    skipped: Iterable[tuple[str, str, str]] = (),
) -> Followed:
    """Findings of this run compared with the workbook's findings sheet; resolved ones are added at the end.

    ``skipped`` are (rule, sheet, row key) that could not be judged, with an empty key for all rows of a sheet.
    """
    before = {row.finding_id: row for row in project.rows.findings if row.finding_id}
    unique = {finding.id: finding for finding in reversed(list(findings))}
    not_judged = frozenset(skipped)
    past = {name: _before(row, catalogue) for name, row in before.items() if name not in unique}
    kept = {
        name: _as_it_stands(finding, before[name], project)
        for name, finding in past.items()
        if before[name].status != FindingStatus.RESOLVED and not _was_judged(finding, project, not_judged)
    }
    first_seen: dict[str, date] = {}
    last_seen: dict[str, date] = {}
    followed: list[Finding] = []
    for finding in ordered((*unique.values(), *kept.values()), catalogue.sheet_order):
        row = before.get(finding.id)
        last_seen[finding.id] = status_date
        first_seen[finding.id] = (row.first_seen if row else None) or status_date
        if row is None or row.status == FindingStatus.RESOLVED:
            first_seen[finding.id] = status_date
            followed.append(finding)
        elif row.status == FindingStatus.WAIVED and row.waive_reason:
            followed.append(replace(finding, status=FindingStatus.WAIVED, reason=row.waive_reason))
        else:
            followed.append(replace(finding, status=FindingStatus.CONTINUING, reason=row.waive_reason or ""))
        if row is not None and finding.id in kept:
            last_seen[finding.id] = row.last_seen or status_date
    for identity, finding in past.items():
        seen = before[identity].last_seen or status_date
        if identity not in kept and seen >= status_date - timedelta(days=KEEP_RESOLVED_DAYS):
            followed.append(finding)
            first_seen[identity] = before[identity].first_seen or seen
            last_seen[identity] = seen
    return Followed(tuple(followed), first_seen, last_seen, tuple(kept))


def _was_judged(finding: Finding, project: Project, not_judged: frozenset[tuple[str, str, str]]) -> bool:
    """Whether this run could have found the finding again: not without its sheet or column, nor for a row left out."""
    place = finding.place
    table = project.tables.get(place.sheet)
    if table is None:
        return True
    if not table.columns or table.sheet.key not in table.columns:
        return False
    if place.key and not place.key.startswith(f"{table.name}!") and place.key not in table.by_key:
        return True
    if place.column in table.sheet.by_id and place.column not in table.columns:
        return False
    return not {(finding.rule, place.sheet, place.key), (finding.rule, place.sheet, "")} & not_judged


def _as_it_stands(finding: Finding, row: FindingsRow, project: Project) -> Finding:
    """A finding of the run before at the cell where its row stands now."""
    place = finding.place
    table = project.tables[place.sheet]
    found = table.by_key.get(place.key)
    if found is not None:
        place = table.place_of(found, place.column)
    elif not table.columns:
        place = Place(place.sheet, place.key, place.column)
    return replace(finding, place=place, status=FindingStatus.CONTINUING, reason=row.waive_reason or "")


def _before(row: FindingsRow, catalogue: Catalogue) -> Finding:
    """A row of the findings sheet as a finding that is resolved."""
    sheets = {text: sheet.id for sheet in catalogue.sheets.values() for text in (*sheet.label, sheet.id)}
    sheet = sheets.get(row.sheet or "", row.sheet or "")
    columns = catalogue.sheets[sheet].columns if sheet in catalogue.sheets else ()
    column = next((one.id for one in columns if row.column in {*one.label, one.id}), row.column or "")
    return Finding(
        rule=row.rule_id or "",
        severity=Severity[(row.severity or "low").upper()],
        place=Place(sheet, row.row_key or "", column, row.cell or ""),
        message=Text(row.message_zh or "", row.message_en or ""),
        hint=Text(row.hint_zh or "", row.hint_en or ""),
        value=row.value,
        threshold=row.threshold,
        owner=row.owner or "",
        status=FindingStatus.RESOLVED,
        reason=row.waive_reason or "",
    )


def edits(
    followed: Followed, project: Project, catalogue: Catalogue, status_date: date, *, only: str = ""
) -> tuple[BookEdit, ...]:
    """The findings sheet's complete rows and the marks of every business sheet (or ``only`` one) of the workbook."""
    table = project.tables["findings"]
    marks: dict[str, dict[str, Severity]] = defaultdict(dict)
    for finding in followed.findings:
        if finding.status in OPEN and finding.place.cell:
            cells = marks[finding.place.sheet]
            cells[finding.place.cell] = max(finding.severity, cells.get(finding.place.cell, finding.severity))
    marked = tuple(
        Marks(project.tables[sheet.id].name, marks[sheet.id])
        for sheet in catalogue.business
        if project.tables[sheet.id].columns and only in {"", sheet.id}
    )
    if not table.columns:
        return marked
    listed = [finding for finding in followed.findings if finding.id in followed.last_seen]
    rows = tuple(_cells(finding, followed, project, catalogue, status_date) for finding in listed)
    position = table.columns.get("cell", 0) - min(table.columns.values())
    links = {
        (index, position): f"'{project.tables[finding.place.sheet].name}'!{finding.place.cell}"
        for index, finding in enumerate(listed)
        if "cell" in table.columns and finding.place.cell and finding.place.sheet in project.tables
    }
    return (*marked, ReplaceRows(table.name, _arranged(rows, project), links))


def _arranged(rows: Sequence[tuple[Value, ...]], project: Project) -> tuple[tuple[Value, ...], ...]:
    """Rows by the places that the workbook's findings sheet gives its columns; columns of others stay empty."""
    table = project.tables["findings"]
    places = {number: table.sheet.column(name).order - 1 for name, number in table.columns.items()}
    numbers = range(min(places), max(places) + 1)
    return tuple(tuple(row[places[number]] if number in places else None for number in numbers) for row in rows)


def _cells(
    finding: Finding, followed: Followed, project: Project, catalogue: Catalogue, status_date: date
) -> tuple[Value, ...]:
    language = project.language
    sheet = catalogue.sheets.get(finding.place.sheet)
    column = sheet.by_id.get(finding.place.column) if sheet else None
    first, last = followed.first_seen[finding.id], followed.last_seen[finding.id]
    status = finding.status
    if status in OPEN:
        status = FindingStatus.NEW if first == status_date else FindingStatus.CONTINUING
    owner = project.tables["resources"].by_key.get(finding.owner)
    return (
        finding.id,
        finding.rule,
        catalogue.lists["severity"].label(finding.severity.code, language),
        sheet.label.in_(language) if sheet else finding.place.sheet,
        finding.place.key or None,
        column.label.in_(language) if column else finding.place.column or None,
        finding.place.cell or None,
        finding.message.zh,
        finding.message.en,
        finding.hint.zh,
        finding.hint.en,
        as_shown(finding.value),
        as_shown(finding.threshold),
        (owner.name if owner else finding.owner) or None,
        first,
        last,
        catalogue.lists["finding_status"].label(status.value, language),
        finding.reason or None,
    )


def as_shown(value: Value) -> str | None:
    """A measured value or threshold as text: whole numbers without decimals, dates in ISO form."""
    if value is None or value == "":
        return None
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".")
    return str(value)

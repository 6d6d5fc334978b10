"""All data checks of a workbook, in order, with their findings cut where one column has very many.

Not here: the checks, and rules on what the data mean (``deviations``).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from automation.base.findings import Finding, Place, Severity, Text
from automation.checks.consistency import consistency_drafts
from automation.checks.duplicates import duplicate_drafts
from automation.checks.links import reference_drafts
from automation.checks.rows import row_drafts
from automation.checks.scene import Scene
from automation.checks.transitions import transition_drafts
from automation.checks.wording import finding
from automation.checks.written import written_drafts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from automation.checks.wording import Draft
    from automation.model.project import Project, Table
    from automation.schema.catalogue import Catalogue

Cell = tuple[str, int, str]
"""Sheet, row number in Excel and column."""
MOST = 200
"""Findings of one rule in one column that are named one by one."""
SYSTEM_SHEETS_CHECKED = frozenset({"calendar", "permissions"})
"""System sheets that people fill in; the settings have checks of their own and the others are written by commands."""


class Checked(NamedTuple):
    """What the data checks found, and every cell with an error, also those whose findings were cut."""

    findings: tuple[Finding, ...]
    failed: frozenset[Cell]


def checked(project: Project, catalogue: Catalogue, status_date: date, *, most: int = MOST) -> Checked:
    """Findings V01 to V06 of a workbook, sheet by sheet, at most ``most`` of a rule and column, and the failed cells.

    Where there are more, a last finding without a row says how many.
    """
    scene = Scene(project, catalogue, status_date)
    findings: list[Finding] = []
    failed: set[Cell] = set()
    for table in project.tables.values():
        if table.sheet.kind != "business" and table.sheet.id not in SYSTEM_SHEETS_CHECKED:
            continue
        number: Counter[tuple[str, str]] = Counter()
        failed.update((table.sheet.id, table.numbers[at], column) for at, column in table.failed)
        for draft in drafts(table, scene):
            failed.add(draft.cell)
            number[draft.rule, draft.column] += 1
            if number[draft.rule, draft.column] <= most:
                findings.append(finding(draft, catalogue))
        findings += (_rest(table, *what, count - most) for what, count in number.items() if count > most)
    return Checked(tuple(findings), frozenset(failed))


def check(project: Project, catalogue: Catalogue, status_date: date, *, most: int = MOST) -> tuple[Finding, ...]:
    """The findings of ``checked`` alone."""
    return checked(project, catalogue, status_date, most=most).findings


def failed_cells(findings: Iterable[Finding], project: Project) -> frozenset[Cell]:
    """Cells of the project that one of the findings calls an error; cut findings name none (see ``checked``)."""
    return frozenset(
        (one.place.sheet, one.place.row, one.place.column)
        for one in findings
        if one.severity is Severity.ERROR and one.place.column and one.place.sheet in project.tables
    )


def drafts(table: Table, scene: Scene) -> Iterator[Draft]:
    """Everything wrong with the rows of a table: rows, ids, references, ids in texts, contradictions, steps."""
    yield from row_drafts(table, scene.catalogue)
    yield from duplicate_drafts(table, scene.catalogue)
    yield from reference_drafts(table, scene.project, scene.catalogue)
    yield from written_drafts(table, scene.project, scene.catalogue)
    yield from consistency_drafts(table, scene)
    yield from transition_drafts(table, scene.steps, scene.catalogue, scene.project)


def _rest(table: Table, rule: str, column: str, count: int) -> Finding:
    """The closing finding for those of a rule and column that are not named one by one."""
    label = table.sheet.by_id[column].label
    return Finding(
        rule=rule,
        severity=Severity.ERROR,
        place=Place(table.sheet.id, "", column),
        message=Text(
            f"“{table.name}”表的“{label.zh}”列还有 {count} 个同类问题，没有逐条列出。",
            f"Column “{label.en}” of sheet “{table.name}” has {count} more problems of this kind, not listed here.",
        ),
        hint=Text(
            "请先改正已列出的问题，再重新检查。",
            "Correct those that are listed first, then check again.",
        ),
        value=count,
    )

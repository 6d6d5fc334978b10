"""What a workbook tells of the people whom its findings concern: owners with their addresses, days, addresses of customers.

Not here: mails (``drafts``), who may be sent to (``recipients``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from automation.front.batch.recipients import comparable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from automation.base.findings import Finding
    from automation.model.project import Project

DUE = {
    "plan": ("deadline", "calc_finish", "baseline_finish"),
    "risks": ("due",),
    "checks": ("rework_due", "planned_on"),
    "deliverables": ("due",),
    "feedback": ("due",),
    "events": ("planned_on",),
    "improvements": ("due",),
    "deals": ("next_followup",),
    "projects": ("finish_deadline",),
}
"""The columns that say when a row is due; the first that holds a day counts."""
_APART = re.compile(r"[\s,;、<>()]+")
"""What stands between several addresses in a cell, or around one with a name."""


def people_of(project: Project, findings: Sequence[Finding]) -> Mapping[str, Any]:
    """``owners``, ``due`` and ``customers`` of a ``BookRun`` with these findings."""
    return {"owners": _owners(project, findings), "due": _due(project, findings), "customers": _customers(project)}


def _owners(project: Project, findings: Iterable[Finding]) -> dict[str, tuple[str, str]]:
    """Name and mail address of those who own findings, by their ids."""
    wanted = {one.owner for one in findings if one.owner}
    return {
        row.resource_id: (row.name or row.resource_id, row.email or "")
        for row in project.rows.resources
        if row.resource_id and row.resource_id in wanted
    }


def _due(project: Project, findings: Iterable[Finding]) -> dict[str, date]:
    days: dict[str, dict[int, date]] = {}
    found = {}
    for one in findings:
        sheet = one.place.sheet
        if one.owner and sheet in DUE:
            if sheet not in days:
                days[sheet] = {row.row: day for row in project.tables[sheet].rows if (day := _day(row, DUE[sheet]))}
            if one.place.row in days[sheet]:
                found[one.id] = days[sheet][one.place.row]
    return found


def _day(row: Any, columns: Iterable[str]) -> date | None:
    return next((day for column in columns if (day := getattr(row, column)) is not None), None)


def _customers(project: Project) -> frozenset[str]:
    found = [row.email for row in project.rows.customers] + [row.email for row in project.rows.contacts]
    return frozenset(address for cell in found if cell for address in _APART.split(comparable(cell)) if "@" in address)

"""Which errors in the workbook keep a document from being made: those in rows that it may show.

Not here: finding errors (``checks``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.base.findings import Severity
from automation.commands.document.source import source

if TYPE_CHECKING:
    from automation.base.findings import Finding
    from automation.commands.document.kind import Document
    from automation.commands.document.source import Source
    from automation.commands.request import Request

_ONE_ROW = frozenset({"projects", "customers", "deals"})
"""Sheets of which a document about one row shows that row alone."""


def blocking(request: Request, kind: Document, key: str) -> tuple[Finding, ...]:
    """The errors in the sheets of a document, without those in rows of other projects and customers.

    Raises UsageError when the workbook has no row of that key, or several to choose from.
    """
    about = source(request, request.settings.language, sheet=kind.sheet, key=key, internal=True)
    rows = {sheet: {row.row: row for row in request.project.table(sheet).rows} for sheet in kind.sheets}
    return tuple(
        finding
        for finding in request.data_findings
        if finding.severity is Severity.ERROR
        and finding.place.sheet in rows
        and _concerns(rows[finding.place.sheet].get(finding.place.row), finding.place.sheet, about)
    )


def _concerns(row: Any, sheet: str, about: Source) -> bool:
    """Whether a row may be shown by the document; a row that belongs to nobody known may."""
    if row is None:
        return True
    if sheet == about.sheet and sheet in _ONE_ROW:
        return bool(row.row == about.subject.row)
    pairs = (("project_id", about.home, "projects"), ("customer_id", about.customer, "customers"))
    for column, home, known in pairs:
        owner = getattr(row, column, None)
        if owner and home is not None and owner in about.request.project.table(known).by_key:
            return bool(owner == getattr(home, column))
    return True

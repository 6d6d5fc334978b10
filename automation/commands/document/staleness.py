"""Which documents no longer say what the workbook says (DLV-05): their data's checksum in the log against that of today.

Judged are the last version in each language of documents that are meant to last, on the status date that they were made
for. Not here: the rule (``deviations.deliverable_rules``).
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from automation.base.errors import UsageError
from automation.base.records import replace
from automation.commands.document.source import source
from automation.commands.documents import DOCUMENTS, checksum, document_request

if TYPE_CHECKING:
    from automation.base.findings import Language
    from automation.commands.document.kind import Document
    from automation.commands.request import Request
    from automation.model.rows import LogRow

_STEM = re.compile(r"^(?P<key>.+?)-(?P<id>D\d\d[A-Z]?)-(?P<version>V[\d.]+)_(?P<title>.+)$")


def stale(request: Request) -> tuple[LogRow, ...]:
    """The rows of the log whose documents differ from what the workbook would give today."""
    kinds = {kind.id: kind for kind in DOCUMENTS if kind.lasting}
    last: dict[tuple[str, str, Language], LogRow] = {}
    for row in request.project.rows.log:
        match = _STEM.match(row.document or "")
        kind = kinds.get(match["id"]) if match else None
        if match and kind is not None and row.action == "document" and row.checksum:
            last[match["key"], kind.id, _language(kind, match["title"])] = row
    return tuple(
        row for (key, name, language), row in last.items() if _differs(request, kinds[name], key, language, row)
    )


def _language(kind: Document, title: str) -> Language:
    return "zh" if title == kind.name.zh.replace(" ", "_") else "en"


def _differs(request: Request, kind: Document, key: str, language: Language, row: LogRow) -> bool:
    try:
        day = date.fromisoformat(row.new or "")
    except ValueError:
        day = request.status_date
    then = request if day == request.status_date else replace(request, status_date=day)
    try:
        made = source(then, language, sheet=kind.sheet, key=key, internal=kind.audience == "internal")
    except UsageError:
        return False
    return checksum(document_request(kind, made)) != row.checksum

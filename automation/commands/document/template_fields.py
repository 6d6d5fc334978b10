"""The fields that a template may use: what the demonstration's documents hold, and what the shipped templates ask for.

Not here: reading templates (``word.template_check``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.base.errors import UsageError
from automation.commands.document.source import GROUPS, source
from automation.commands.documents import document_request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from automation.base.findings import Language
    from automation.commands.document.kind import Document
    from automation.commands.request import Request

MOST_ROWS = 40
"""So many rows of a sheet are tried, so that lists that are empty for one are filled by another."""


def contexts(request: Request, kind: Document, language: Language) -> Iterator[dict[str, Any]]:
    """The contexts of a document for the rows of the workbook that it can be about."""
    table = request.project.table(kind.sheet)
    keys = table.keys
    if kind.sheet in GROUPS:
        keys = tuple(str(getattr(row, GROUPS[kind.sheet]) or "") for row in table.rows)
    for key in list(dict.fromkeys(filter(None, keys)))[:MOST_ROWS]:
        try:
            made = source(request, language, sheet=kind.sheet, key=key, internal=kind.audience == "internal")
            yield dict(document_request(kind, made).context)
        except UsageError:  # not every row has such a document, such as a greeting without consent
            continue

"""Which documents no longer say what the workbook says (DLV-05): their data's checksum in the log against that of today.

Judged are the last version in each language of documents that are meant to last, on the status date that they were made
for. Not here: the rule (``deviations.deliverable_rules``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.errors import UsageError
from automation.base.records import replace
from automation.commands.document.register import key_in_name, logged
from automation.commands.documents import DOCUMENTS, data_checksum

if TYPE_CHECKING:
    from automation.commands.document.kind import Document
    from automation.commands.document.register import Made, Named
    from automation.commands.request import Request
    from automation.model.rows import LogRow


def stale(request: Request) -> tuple[LogRow, ...]:
    """The rows of the log whose documents differ from what the workbook would give today."""
    kinds = {kind.id: kind for kind in DOCUMENTS if kind.lasting}
    rows = {row.document: row for row in request.project.rows.log}
    return tuple(
        rows[made[-1].stem]
        for named, made in logged(request.project.rows.log, kinds).items()
        if is_stale(request, kinds[named.id], named, made[-1])
    )


def is_stale(request: Request, kind: Document, named: Named, last: Made) -> bool:
    """Whether a document's data differ from those of its last version, on the status date of that version."""
    day = last.on or request.status_date
    then = request if day == request.status_date else replace(request, status_date=day)
    key = next((key for key in request.project.table(kind.sheet).keys if key_in_name(key) == named.key), named.key)
    try:
        return data_checksum(then, kind, named.language, key) != last.checksum
    except UsageError:
        return False

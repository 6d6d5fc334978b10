"""The delivery note (D13): what is handed over, in which version and number, and its receipt.

Not here: its look (``templates/*/D13.docx``) and the noting of a delivery (``commands.registering``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.base.findings import Text
from automation.commands.document.frame import frame
from automation.commands.document.source import EMPTY, number

if TYPE_CHECKING:
    from automation.commands.document.source import Source
    from automation.model.rows import DeliverablesRow

TITLE = Text("交付清单", "Delivery note")
_TAKEN = frozenset({"accepted", "accepted_with_conditions"})


def delivery_note(source: Source) -> dict[str, Any]:
    """The context of D13 for the source's project: what was delivered, and what is still to come."""
    rows = source.own(source.rows.deliverables)
    delivered = [row for row in rows if row.delivered_on is not None]
    waiting = [row for row in rows if row.delivered_on is None]
    return {
        **frame(source, "D13", TITLE),
        "figures": {
            "total": len(rows),
            "delivered": len(delivered),
            "accepted": sum(row.accept_status in _TAKEN for row in rows),
            "waiting": len(waiting),
        },
        "delivered": [_delivered(source, row) for row in delivered],
        "waiting": [_waiting(source, row) for row in waiting],
    }


def _named(source: Source, row: DeliverablesRow) -> dict[str, str]:
    return {
        "id": row.deliverable_id or EMPTY,
        "name": source.pick(row),
        "kind": source.label("deliverables", "kind", row.kind),
        "quantity": f"{number(row.quantity)} {row.unit or ''}".strip(),
        "version": row.version or EMPTY,
    }


def _delivered(source: Source, row: DeliverablesRow) -> dict[str, str]:
    return {
        **_named(source, row),
        "date": source.day(row.delivered_on),
        "recipient": source.contact(row.recipient),
        "remark": row.accept_remark or source.label("deliverables", "accept_status", row.accept_status),
    }


def _waiting(source: Source, row: DeliverablesRow) -> dict[str, str]:
    late = row.due is not None and row.due < source.status_date
    return {
        **_named(source, row),
        "due": source.day(row.due),
        "late": "late" if late else "",
        "standard": row.standard or EMPTY,
    }

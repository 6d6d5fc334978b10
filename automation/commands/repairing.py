"""Repair: the safe replacements that the data checks offer, as edits; nothing else is changed.

Not here: what is offered (``checks``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.model.effects import CellEdit, LogEntry, Outcome

if TYPE_CHECKING:
    from automation.commands.request import Request


def repair(request: Request) -> Outcome:
    """Every safe repair that the checks offer: list spelling, spaces, full-width digits, text that is a date.

    The findings of the outcome are those that the repairs settle. Of two repairs of one cell the later is made: it
    starts from what the earlier one leaves.
    """
    by_cell = {
        (finding.place.sheet, finding.place.cell): finding
        for finding in request.data_findings
        if finding.repair is not None and finding.place.cell and finding.place.sheet in request.project.tables
    }
    settled = tuple(by_cell.values())
    tables = request.project.tables
    edits = tuple(
        CellEdit(tables[finding.place.sheet].name, finding.place.cell, finding.repair.value)
        for finding in settled
        if finding.repair is not None
    )
    log = tuple(
        LogEntry(
            "repair",
            finding.place.sheet,
            finding.place.key,
            finding.place.column,
            finding.value,
            finding.repair.value if finding.repair else None,
        )
        for finding in settled
    )
    return Outcome(findings=settled, edits=edits, log=log, figures={"repairs": len(edits)})

"""Repair: the safe replacements that the data checks offer, as edits; nothing else is changed.

Not here: what is offered (``checks``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.errors import UsageError
from automation.base.findings import EMPTY, Text
from automation.model.effects import CellEdit, LogEntry, Need, Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from automation.base.findings import Finding
    from automation.commands.request import Request
    from automation.model.project import Table

PREVIEWED = 12
"""Repairs that the question before them shows."""


def repair(request: Request) -> Outcome:
    """Every safe repair that the checks offer: list spelling, spaces, full-width digits, text that is a date.

    The findings of the outcome are those that the repairs settle. Of two repairs of one cell the later is made: it
    starts from what the earlier one leaves. Parameter ``only``: ids of findings parted by commas; just these are
    repaired. Raises UsageError when none of them can be.
    """
    only = {word.strip() for word in str(request.parameters.get("only") or "").split(",")} - {""}
    by_cell = {
        (finding.place.sheet, finding.place.cell): finding
        for finding in request.data_findings
        if finding.repair is not None and finding.place.cell and finding.place.sheet in request.project.tables
    }
    settled = tuple(finding for finding in by_cell.values() if not only or finding.id in only)
    if only and not settled:
        raise UsageError(
            Text(
                "所选的问题没有可以采用的修复：请重新检查。",
                "None of the findings chosen can be repaired: please check again.",
            ),
            code="NOTHING_TO_REPAIR",
        )
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
    needs = tuple(Need("edit", sheet) for sheet in dict.fromkeys(finding.place.sheet for finding in settled))
    return Outcome(
        findings=settled,
        edits=edits,
        log=log,
        figures={"repairs": len(edits)},
        needs=needs,
        question=_preview(settled, tables),
    )


def _preview(settled: tuple[Finding, ...], tables: Mapping[str, Table]) -> Text:
    """What would be written where, for the first few cells; empty when there is nothing to repair."""
    if not settled:
        return EMPTY
    shown = [
        f"{tables[one.place.sheet].name}!{one.place.cell}: {one.value} → {one.repair.value if one.repair else ''}"
        for one in settled[:PREVIEWED]
    ]
    shown += [f"… +{len(settled) - PREVIEWED}"] if len(settled) > PREVIEWED else []
    lines = "\n".join(shown)
    count = "1 repair" if len(settled) == 1 else f"{len(settled)} repairs"
    return Text(f"采用 {len(settled)} 项修复建议？\n{lines}", f"Apply {count}?\n{lines}")

"""Findings that can be accepted: waived with a reason on the findings sheet, or taken up again.

Not here: how a waived finding stays waived over runs (``findings_sheet``).
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from automation.base.errors import UsageError
from automation.base.findings import FindingStatus, Severity, Text
from automation.commands.computed import cell_edits
from automation.model.effects import LogEntry, Need, Outcome
from automation.model.spelling import ids_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from automation.commands.request import Request
    from automation.model.rows import FindingsRow

SHEET = "findings"
SHORTEST = 4
"""Signs of a reason that somebody else can understand."""


def waive(request: Request) -> Outcome:
    """Findings set to waived with a reason, or with ``undo`` back to continuing; each is noted in the log.

    Parameters: ``id`` findings parted by semicolons, each by its number (F-...) or by rule and row (PLN-04:PRJ-001);
    ``reason``; ``undo``. An error in the data cannot be waived. Raises UsageError for what is not on the findings sheet.
    """
    undo = bool(request.parameters.get("undo"))
    reason = " ".join(str(request.parameters.get("reason") or "").split())
    rows = _rows(request)
    if not undo:
        _check(rows, reason)
    status = FindingStatus.CONTINUING if undo else FindingStatus.WAIVED
    values = {row.row: {"status": status.value, "waive_reason": None if undo else reason} for row in rows}
    done = Text("恢复", "taken up again") if undo else Text("豁免", "waived")
    return Outcome(
        edits=tuple(cell_edits(request.project, request.catalogue, SHEET, values)),
        log=tuple(
            LogEntry("waive", SHEET, row.finding_id or "", "status", row.status, f"{status.value} {reason}".strip())
            for row in rows
        ),
        figures={"waived": [] if undo else [row.finding_id for row in rows]},
        lines=tuple(
            Text(
                f"{done.zh}：{row.finding_id} {row.rule_id} {row.row_key or ''} {row.message_zh or ''}",
                f"{done.en}: {row.finding_id} {row.rule_id} {row.row_key or ''} {row.message_en or ''}",
            )
            for row in rows
        ),
        needs=(Need("edit", SHEET),),
    )


def _rows(request: Request) -> tuple[FindingsRow, ...]:
    """The rows of the findings that are named."""
    there = [row for row in request.project.rows.findings if row.finding_id and row.status != FindingStatus.RESOLVED]
    if not there:
        raise UsageError(
            Text(
                "“检查结果”表里没有问题：请先运行 check --write。",
                "The findings sheet is empty: run check --write first.",
            ),
            code="NO_FINDINGS",
        )
    names = ids_of(str(request.parameters.get("id") or ""))
    if not names:
        raise UsageError(
            Text(
                "请写明要豁免的问题编号（F-…）或“规则:行编号”，例如 PLN-04:PRJ-001。",
                "Name the finding by its number (F-...) or by rule and row, such as PLN-04:PRJ-001.",
            ),
            code="NO_FINDING",
        )
    return tuple(dict.fromkeys(row for name in names for row in _named(name, there)))


def _named(name: str, there: Sequence[FindingsRow]) -> list[FindingsRow]:
    wanted = name.replace("：", ":").casefold()
    known = {
        word.casefold(): word for row in there for word in (row.finding_id or "", f"{row.rule_id}:{row.row_key or ''}")
    }
    found = [
        row
        for row in there
        if wanted in {(row.finding_id or "").casefold(), f"{row.rule_id}:{row.row_key or ''}".casefold()}
    ]
    if found:
        return found
    near = [known[word] for word in difflib.get_close_matches(wanted, known, n=1)]
    raise UsageError(
        Text(
            f"“检查结果”表里没有未解决的问题 {name}" + (f"，是否为 {near[0]}？" if near else "：请检查编号。"),
            f"The findings sheet has no open finding {name}" + (f": do you mean {near[0]}?" if near else ": check it."),
        ),
        code="NO_FINDING",
    )


def _check(rows: Sequence[FindingsRow], reason: str) -> None:
    if len(reason) < SHORTEST:
        raise UsageError(
            Text(
                "请用 --reason 写明为什么可以接受，例如“客户已书面同意延期”。",
                "Say with --reason why it can be accepted, such as “the customer agreed to the delay in writing”.",
            ),
            code="NO_REASON",
        )
    errors = [row.finding_id or "" for row in rows if row.severity == Severity.ERROR.code]
    if errors:
        raise UsageError(
            Text(
                f"数据错误不能豁免：请改正 {'、'.join(errors)}。",
                f"Errors in the data cannot be waived: correct {', '.join(errors)}.",
            ),
            code="NOT_WAIVABLE",
        )

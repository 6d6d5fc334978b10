"""The requirement confirmation sheet (D02): what waits for the customer's yes, and what is still open.

Not here: its look (``templates/*/D02.docx``) and the noting of the confirmation (``commands.confirming``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.base.findings import Text
from automation.commands.document.frame import frame
from automation.commands.document.source import EMPTY
from automation.commands.document.trace import UNCONFIRMED, in_scope

if TYPE_CHECKING:
    from collections.abc import Iterator

    from automation.commands.document.source import Source
    from automation.model.rows import RequirementsRow

TITLE = Text("需求确认单", "Requirement confirmation sheet")
UNTICKED = "☐"


def confirmation_sheet(source: Source) -> dict[str, Any]:
    """The context of D02 for the source's project: requirements that are not confirmed yet, open points, signatures."""
    rows = in_scope(source)
    waiting = [row for row in rows if row.status in UNCONFIRMED]
    rounds = [int(row.confirm_rounds) for row in waiting if row.confirm_rounds]
    return {
        **frame(source, "D02", TITLE),
        "figures": {"total": len(rows), "waiting": len(waiting), "confirmed": len(rows) - len(waiting)},
        "round": max(rounds, default=0) + 1,
        "baseline": source.day(source.project.req_baseline_on),
        "requirements": [_row(source, row) for row in waiting],
        "open": list(_open(source, rows)),
    }


def _row(source: Source, row: RequirementsRow) -> dict[str, str]:
    return {
        "id": row.req_id or EMPTY,
        "title": source.pick(row, "title"),
        "priority": source.label("requirements", "priority", row.priority),
        "criterion": "\n".join(source.items(row.acceptance_criterion)) or source.say("（待补充）", "(to be added)"),
        "missing": "" if row.acceptance_criterion else "missing",
        "agree": UNTICKED,
        "change": UNTICKED,
    }


def _open(source: Source, rows: tuple[RequirementsRow, ...]) -> Iterator[dict[str, str]]:
    """Conflicts without a resolution, requirements without criterion or method, changes that wait for a decision."""
    seen: set[frozenset[str]] = set()
    for row in rows:
        own = row.req_id or EMPTY
        for other in row.conflict_with:
            if row.conflict_resolution or frozenset({own, other}) in seen:
                continue
            seen.add(frozenset({own, other}))
            yield _point(
                source, own, f"与{other}冲突，尚无解决办法", f"conflicts with {other}, not resolved", row.owner
            )
        if row.status in UNCONFIRMED and not row.acceptance_criterion:
            yield _point(source, own, "验收标准尚未商定", "acceptance criterion not agreed yet", row.owner)
        if row.status in UNCONFIRMED and not row.verify_method:
            yield _point(source, own, "验证方法尚未商定", "method of verification not agreed yet", row.owner)
    for change in source.own(source.rows.changes):
        if change.decision in {None, "pending"}:
            title = source.pick(change, "title")
            yield _point(
                source, change.change_id, f"变更待决定：{title}", f"change to be decided: {title}", change.assessed_by
            )


def _point(source: Source, key: str | None, zh: str, en: str, owner: str | None) -> dict[str, str]:
    return {"id": key or EMPTY, "text": source.say(zh, en[:1].upper() + en[1:]), "owner": source.person(owner)}

"""From each requirement to its tasks, checks and deliverables, and what its checks say.

Not here: how a document shows it (``requirements``, ``acceptance``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from automation.deviations.derived import PASSED
from automation.deviations.quality import WITHDRAWN, effective

if TYPE_CHECKING:
    from automation.commands.document.source import Source
    from automation.model.rows import ChecksRow, DeliverablesRow, PlanRow, RequirementsRow

UNCONFIRMED = frozenset({"collected", "analysed"})


class Links(NamedTuple):
    """A requirement with the rows that name it; ``checks`` leaves out those replaced by an executed recheck."""

    requirement: RequirementsRow
    tasks: tuple[PlanRow, ...]
    checks: tuple[ChecksRow, ...]
    deliverables: tuple[DeliverablesRow, ...]

    @property
    def passed(self) -> bool:
        """Whether it has a check that passed, with or without conditions, and none that failed."""
        results = {check.result for check in self.checks}
        return bool(results & PASSED) and "failed" not in results

    @property
    def result(self) -> str:
        """The code of the overall result: the worst executed check, ``not_executed`` when there is none."""
        results = {check.result for check in self.checks}
        return next(
            (code for code in ("failed", "passed_with_conditions", "passed") if code in results), "not_executed"
        )


def in_scope(source: Source) -> tuple[RequirementsRow, ...]:
    """The project's requirements that are neither deferred nor cancelled."""
    return tuple(row for row in source.own(source.rows.requirements) if row.status not in WITHDRAWN)


def withdrawn(source: Source) -> list[dict[str, str]]:
    """The deferred and cancelled requirements, as rows of a table."""
    return [
        {
            "id": row.req_id or "",
            "title": source.pick(row, "title"),
            "status": source.label("requirements", "status", row.status),
            "date": source.day(row.status_since),
        }
        for row in source.own(source.rows.requirements)
        if row.status in WITHDRAWN
    ]


def links(source: Source) -> tuple[Links, ...]:
    """Every requirement in scope with its tasks, effective checks and deliverables."""
    tasks: dict[str, list[PlanRow]] = {}
    checks: dict[str, list[ChecksRow]] = {}
    deliverables: dict[str, list[DeliverablesRow]] = {}
    for task in source.own(source.rows.plan):
        for name in task.req_ids if task.status != "cancelled" else ():
            tasks.setdefault(name, []).append(task)
    for check in effective(source.own(source.rows.checks)):
        if check.req_id:
            checks.setdefault(check.req_id, []).append(check)
    for deliverable in source.own(source.rows.deliverables):
        for name in deliverable.req_ids:
            deliverables.setdefault(name, []).append(deliverable)
    return tuple(
        Links(
            row,
            tuple(tasks.get(row.req_id or "", ())),
            tuple(checks.get(row.req_id or "", ())),
            tuple(deliverables.get(row.req_id or "", ())),
        )
        for row in in_scope(source)
    )

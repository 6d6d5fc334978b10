"""Quality figures from checks (C15) and the proposed conclusion of an acceptance (C16).

Not here: the state of one requirement (``derived``), the rules (``check_rules``), documents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from automation.deviations.derived import PASSED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from automation.model.rows import ChecksRow, RequirementsRow

EXECUTED = PASSED | {"failed"}
GRAVE = frozenset({"critical", "major"})
WITHDRAWN = frozenset({"deferred", "cancelled"})
Verdict = Literal["accepted", "with_conditions", "not_accepted"]


def expected_result(row: ChecksRow) -> bool | None:
    """Whether the measured value meets the target (C15); ``None`` where nothing is measured or comparison is by eye."""
    if row.actual_value is None or row.target_value is None:
        return None
    if row.compare == "at_least":
        return row.actual_value >= row.target_value
    if row.compare == "at_most":
        return row.actual_value <= row.target_value
    return row.actual_value == row.target_value if row.compare == "equals" else None


def effective(checks: Iterable[ChecksRow]) -> tuple[ChecksRow, ...]:
    """The checks that still count: those not replaced by a later check of the same thing that was executed."""
    rows = tuple(checks)
    replaced = {row.recheck_of for row in rows if row.recheck_of and row.result in EXECUTED}
    return tuple(row for row in rows if row.check_id not in replaced)


def open_failures(checks: Iterable[ChecksRow]) -> tuple[ChecksRow, ...]:
    """The effective checks that failed or passed with conditions: what is left to be settled."""
    return tuple(row for row in effective(checks) if row.result in {"failed", "passed_with_conditions"})


def overdue_rework(checks: Iterable[ChecksRow], status_date: date) -> tuple[ChecksRow, ...]:
    """Failed checks that still count whose rework was due before the status date and is not done."""
    return tuple(
        row
        for row in effective(checks)
        if row.result == "failed"
        and row.rework_due is not None
        and row.rework_due < status_date
        and row.rework_done is None
    )


class Yield(NamedTuple):
    """First-pass yield: of the checks executed the first time, those that passed, in percent."""

    passed: int
    executed: int

    @property
    def percent(self) -> float | None:
        """0 to 100, ``None`` when nothing was executed."""
        return 100 * self.passed / self.executed if self.executed else None


def first_pass(checks: Iterable[ChecksRow]) -> Yield:
    """The first-pass yield of checks (C15); rechecks do not count, conditional passes count as passed."""
    first = [row for row in checks if row.recheck_of is None and row.result in EXECUTED]
    return Yield(sum(row.result in PASSED for row in first), len(first))


def by_month(checks: Iterable[ChecksRow]) -> Mapping[str, list[ChecksRow]]:
    """Executed checks by the month of their execution, such as ``2026-06``, ascending."""
    found: dict[str, list[ChecksRow]] = {}
    for row in checks:
        if row.executed_on is not None and row.result in EXECUTED:
            found.setdefault(f"{row.executed_on:%Y-%m}", []).append(row)
    return dict(sorted(found.items()))


class Conclusion(NamedTuple):
    """The proposed verdict with what it rests on: unproven requirements of high priority and open failures."""

    verdict: Verdict
    unproven: tuple[RequirementsRow, ...]
    grave: tuple[ChecksRow, ...]
    minor: tuple[ChecksRow, ...]


def conclusion(requirements: Iterable[RequirementsRow], checks: Iterable[ChecksRow]) -> Conclusion:
    """The proposed verdict on one project (C16).

    Accepted if every high-priority requirement in scope has a passed check and no critical or major failure is open; with
    conditions if only minor ones are open; else not accepted. A failure without severity counts as major. Without any
    requirement of high priority nothing is proven: not accepted.
    """
    rows = tuple(checks)
    results: dict[str | None, set[str | None]] = {}
    for check in effective(rows):
        results.setdefault(check.req_id, set()).add(check.result)
    high = [row for row in requirements if row.priority == "high" and row.status not in WITHDRAWN]
    unproven = tuple(
        row for row in high if not results.get(row.req_id, set()) & PASSED or "failed" in results.get(row.req_id, set())
    )
    failures = open_failures(rows)
    grave = tuple(row for row in failures if row.defect_severity is None or row.defect_severity in GRAVE)
    minor = tuple(row for row in failures if row not in grave)
    if unproven or grave or not high:
        return Conclusion("not_accepted", unproven, grave, minor)
    return Conclusion("with_conditions" if minor else "accepted", unproven, grave, minor)

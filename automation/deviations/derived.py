"""Computed results that rules need from single rows: C09, C10, C11, C12 and C14 as small pure functions.

Rules never read the stored computed columns, which may be out of date; what these functions return is also what
commands write into those columns. Not here: schedule and cost figures (``planning``), service and sales figures.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from automation.base.settings import Settings
    from automation.model.rows import ChangesRow, ChecksRow, PlanRow, RequirementsRow, RisksRow

CONFIRMED = frozenset({"confirmed", "in_realisation", "realised", "verified", "accepted"})
"""States of a requirement from confirmed on."""
_FEASIBLE_ORDER = ("feasible", "feasible_with_conditions", "not_feasible")
_RESULT_ORDER = ("passed", "passed_with_conditions", "failed")
PASSED = frozenset({"passed", "passed_with_conditions"})
"""Results with which a check counts as passed."""


def priority_score(importance: int | None, urgency: int | None) -> int | None:
    """Importance times urgency (C09), 1 to 25; ``None`` while one of them is missing."""
    return None if importance is None or urgency is None else importance * urgency


def suggested_priority(score: int | None, settings: Settings) -> str | None:
    """The priority that a score suggests (C09), as a code of the list ``priority``."""
    if score is None:
        return None
    if score >= settings.number("score_high"):
        return "high"
    return "medium" if score >= settings.number("score_medium") else "low"


def feasibility(row: RequirementsRow) -> str:
    """The worst of technical, cost and time feasibility (C10); ``not_assessed`` while one of them is missing."""
    parts = (row.feas_technical, row.feas_cost, row.feas_time)
    if any(part not in _FEASIBLE_ORDER for part in parts):
        return "not_assessed"
    return max((part for part in parts if part), key=_FEASIBLE_ORDER.index)


def by_project(rows: Iterable[Any]) -> Mapping[str | None, list[Any]]:
    """Rows by the project that they name, in row order; ``None`` for those that name none."""
    found: dict[str | None, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.project_id].append(row)
    return found


def tasks_by_requirement(plan: Iterable[PlanRow]) -> Mapping[str, tuple[PlanRow, ...]]:
    """The tasks that realise each requirement (C11), in row order; cancelled tasks realise nothing."""
    found: dict[str, list[PlanRow]] = defaultdict(list)
    for row in plan:
        if row.status != "cancelled":
            for requirement in dict.fromkeys(row.req_ids):
                found[requirement].append(row)
    return {requirement: tuple(rows) for requirement, rows in found.items()}


def checks_by_requirement(checks: Iterable[ChecksRow]) -> Mapping[str, tuple[ChecksRow, ...]]:
    """The checks of each requirement (C11), in row order."""
    found: dict[str, list[ChecksRow]] = defaultdict(list)
    for row in checks:
        if row.req_id:
            found[row.req_id].append(row)
    return {requirement: tuple(rows) for requirement, rows in found.items()}


def check_state(checks: Iterable[ChecksRow]) -> str | None:
    """The verification result of one requirement from its checks (C11), as a code of the list ``check_result``.

    The worst result of the executed checks; one that was executed again counts with its recheck only.
    ``not_executed`` while none is executed, ``None`` without checks.
    """
    rows = list(checks)
    executed = [row for row in rows if row.result in _RESULT_ORDER]
    repeated = {row.recheck_of for row in executed}
    results = [row.result for row in executed if row.check_id not in repeated and row.result]
    if results:
        return max(results, key=_RESULT_ORDER.index)
    return "not_executed" if rows else None


def text_digest(description: str | None, acceptance_criterion: str | None) -> str:
    """The digest of what was confirmed (C12): 16 hexadecimal digits of SHA-256 over both texts.

    White space does not count, so that a line break moved by an editor is no change.
    """
    texts = ("".join((text or "").split()) for text in (description, acceptance_criterion))
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()[:16]


def agreed_changes(changes: Iterable[ChangesRow]) -> Mapping[str, tuple[ChangesRow, ...]]:
    """The changes of each requirement that the customer agreed to: approved, with name and date."""
    found: dict[str, list[ChangesRow]] = defaultdict(list)
    for row in changes:
        if row.req_id and row.decision == "approved" and row.approved_by and row.approved_on:
            found[row.req_id].append(row)
    return {requirement: tuple(rows) for requirement, rows in found.items()}


class ScopeGrowth(NamedTuple):
    """How the scope of a project grew after its requirement baseline (C12).

    ``percent`` is added and enlarged requirements over those in the baseline; ``None`` without any in it.
    """

    baseline: int
    added: tuple[str, ...]
    enlarged: tuple[str, ...]
    percent: float | None


def scope_growth(
    requirements: Iterable[RequirementsRow], changes: Iterable[ChangesRow], *, baseline_on: date
) -> ScopeGrowth:
    """The scope growth of one project's requirements (C12); cancelled and deferred ones do not count.

    Added is what was confirmed after the baseline; enlarged what was in it and has an approved change with effort.
    """
    larger = {row.req_id for row in changes if row.decision == "approved" and (row.added_effort or 0) > 0}
    confirmed = {row.req_id or "": row.confirmed_on for row in requirements if row.status in CONFIRMED}
    within = [name for name, day in confirmed.items() if day is not None and day <= baseline_on]
    added = tuple(name for name, day in confirmed.items() if day is not None and day > baseline_on)
    enlarged = tuple(name for name in within if name in larger)
    percent = 100 * (len(added) + len(enlarged)) / len(within) if within else None
    return ScopeGrowth(len(within), added, enlarged, percent)


def exposure(row: RisksRow) -> int | None:
    """Probability times impact (C14), 1 to 25; ``None`` while one of them is missing."""
    return None if row.probability is None or row.impact is None else row.probability * row.impact


def risk_level(value: int | None, settings: Settings) -> str | None:
    """The level of an exposure (C14), as a code of the list ``risk_level``; ``None`` without an exposure."""
    if value is None:
        return None
    for level in ("very_high", "high", "medium"):
        if value >= settings.number(f"risk_{level}"):
            return level
    return "low"


def review_cycle(row: RisksRow, settings: Settings) -> int | None:
    """Days between two reviews: the row's own, else those of its level; ``None`` for a risk without either."""
    if row.review_cycle is not None:
        return row.review_cycle
    level = risk_level(exposure(row), settings)
    return None if level is None else settings.whole(f"risk_cycle_{level}")


def next_review(row: RisksRow, settings: Settings) -> date | None:
    """Last review, or identification, plus the review cycle in calendar days (C14); ``None`` if it cannot be said."""
    since, cycle = row.last_review or row.identified_on, review_cycle(row, settings)
    return None if since is None or cycle is None else since + timedelta(days=cycle)

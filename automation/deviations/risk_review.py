"""Risk review (C14): which risks are due, how each moved, the matrix, what is set aside.

Not here: exposure, level and next review of one risk (``derived``), the rules (``risks``).
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal, NamedTuple

from automation.deviations import derived

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from automation.base.settings import Settings
    from automation.model.rows import RisksRow

CLOSED = "closed"
Trend = Literal["rising", "falling", "unchanged", "new"]


class Reviewed(NamedTuple):
    """One open risk as a review sees it; ``exposure`` and ``level`` are ``None`` while it is not assessed."""

    row: RisksRow
    exposure: int | None
    level: str | None
    trend: Trend
    next_review: date | None
    due: bool


def review(rows: Iterable[RisksRow], settings: Settings, status_date: date) -> tuple[Reviewed, ...]:
    """Every risk that is not closed, in row order; due when its next review is on or before the status date."""
    found = []
    for row in rows:
        if row.status == CLOSED:
            continue
        value, following = derived.exposure(row), derived.next_review(row, settings)
        due = following is not None and following <= status_date
        found.append(Reviewed(row, value, derived.risk_level(value, settings), trend(row), following, due))
    return tuple(found)


def trend(row: RisksRow) -> Trend:
    """How the exposure moved since the review before; ``new`` where there is nothing to compare."""
    value = derived.exposure(row)
    if value is None or row.previous_exposure is None:
        return "new"
    return "rising" if value > row.previous_exposure else "falling" if value < row.previous_exposure else "unchanged"


def matrix(risks: Iterable[Reviewed]) -> Mapping[tuple[int, int], tuple[str, ...]]:
    """The ids of assessed risks by probability and impact, 1 to 5 each."""
    found: dict[tuple[int, int], tuple[str, ...]] = {}
    for one in risks:
        if one.row.probability is not None and one.row.impact is not None:
            place = (one.row.probability, one.row.impact)
            found[place] = (*found.get(place, ()), one.row.risk_id or "")
    return found


def reserve(risks: Iterable[Reviewed]) -> Decimal:
    """The money set aside for these risks together."""
    return sum((one.row.cost_reserve for one in risks if one.row.cost_reserve is not None), Decimal(0))

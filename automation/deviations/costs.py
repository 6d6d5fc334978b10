"""Cost figures of a project (C07): what was used of the budget and what it will have cost at the end.

Not here: rules on costs, and the writing of the figures.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from automation.base.settings import Settings
    from automation.model.rows import CostsRow

LABOUR = "labour"
RESERVE = "risk_reserve"
NOTHING = Decimal(0)


def planned(rows: Iterable[CostsRow]) -> Decimal:
    """The sum of planned amounts."""
    return sum((row.planned_amount or NOTHING for row in rows), NOTHING)


def actual(rows: Iterable[CostsRow]) -> Decimal:
    """The sum of actual amounts."""
    return sum((row.actual_amount or NOTHING for row in rows), NOTHING)


def budget_used(rows: Iterable[CostsRow]) -> float | None:
    """Actual over planned in percent; ``None`` without a planned amount."""
    found = list(rows)
    total = planned(found)
    return float(100 * actual(found) / total) if total else None


def estimate_at_completion(
    rows: Iterable[CostsRow], percent_complete: float | None, settings: Settings
) -> Decimal | None:
    """What the project will have cost: labour so far over % complete, the larger of plan and actual of the rest.

    Below ``eac_from_percent`` complete (and without a %) labour is taken as planned; the risk reserve is left out.
    ``None`` without rows.
    """
    found = [row for row in rows if row.category != RESERVE]
    if not found:
        return None
    labour = [row for row in found if row.category == LABOUR]
    done = percent_complete or 0
    if done >= settings.number("eac_from_percent") and done > 0:
        total = actual(labour) / Decimal(str(done)) * 100
    else:
        total = planned(labour)
    categories = sorted({row.category or "" for row in found} - {LABOUR})
    for category in categories:
        members = [row for row in found if (row.category or "") == category]
        total += max(planned(members), actual(members))
    return total.quantize(Decimal("0.01"))

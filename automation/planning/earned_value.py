"""Earned value: planned value, earned value and actual cost of a piece of work, its indices and forecasts.

Formulas and names of ISO 21508:2018 (Earned value management in project and programme management, annex B) and of
the PMBOK Guide, sixth edition, section 7.4.2. Not here: the estimate at completion by cost category that the rules
use (``deviations.costs``), and where the figures come from.
"""

from __future__ import annotations

import enum
from decimal import Decimal
from typing import TYPE_CHECKING

from automation.base.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

NOTHING = Decimal(0)


class Outlook(enum.StrEnum):
    """What is expected of the work that remains."""

    TYPICAL = "typical"
    """It costs what the work so far has cost: BAC / CPI."""
    ATYPICAL = "atypical"
    """It costs what was planned: AC + (BAC - EV)."""
    COMBINED = "combined"
    """Cost and delay both go on: AC + (BAC - EV) / (CPI x SPI)."""


@dataclass(frozen=True, slots=True)
class EarnedValue:
    """The four sums of a piece of work at a status date, in one currency: BAC, PV, EV and AC.

    An index or forecast that would divide by nothing is ``None``.
    """

    budget: Decimal
    planned: Decimal
    earned: Decimal
    actual: Decimal

    @property
    def schedule_variance(self) -> Decimal:
        """SV = EV - PV; negative when behind schedule."""
        return self.earned - self.planned

    @property
    def cost_variance(self) -> Decimal:
        """CV = EV - AC; negative when over cost."""
        return self.earned - self.actual

    @property
    def schedule_index(self) -> Decimal | None:
        """SPI = EV / PV; below 1 when behind schedule."""
        return _ratio(self.earned, self.planned)

    @property
    def cost_index(self) -> Decimal | None:
        """CPI = EV / AC; below 1 when over cost."""
        return _ratio(self.earned, self.actual)

    def at_completion(self, outlook: Outlook = Outlook.TYPICAL) -> Decimal | None:
        """EAC: what the work will have cost at its end; its actual cost once everything is earned."""
        left = self.budget - self.earned
        if not left:
            return self.actual
        if outlook is Outlook.ATYPICAL:
            return self.actual + left
        efficiency = self.cost_index
        if outlook is Outlook.COMBINED and efficiency is not None:
            efficiency = None if self.schedule_index is None else efficiency * self.schedule_index
        return None if not efficiency else self.actual + left / efficiency

    def variance_at_completion(self, outlook: Outlook = Outlook.TYPICAL) -> Decimal | None:
        """VAC = BAC - EAC; negative when the work will have cost more than its budget."""
        estimate = self.at_completion(outlook)
        return None if estimate is None else self.budget - estimate

    def to_complete_index(self, target: Decimal) -> Decimal | None:
        """TCPI = (BAC - EV) / (target - AC): the CPI that the rest needs so that everything costs the target.

        0 once everything is earned; ``None`` when the target is already spent.
        """
        left, money = self.budget - self.earned, target - self.actual
        if not left:
            return NOTHING
        return left / money if money > 0 else None


def share_of(parts: Iterable[tuple[Decimal, Decimal]]) -> Decimal:
    """The sum of amount x percent (0 to 100): the planned value with planned, the earned value with actual percent."""
    return sum((amount * percent for amount, percent in parts), NOTHING) / 100


def _ratio(dividend: Decimal, divisor: Decimal) -> Decimal | None:
    return dividend / divisor if divisor else None

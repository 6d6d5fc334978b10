"""Earned schedule: schedule performance in working days instead of money, and the finish that it predicts.

Walt Lipke, "Schedule is Different" (The Measurable News, 2003) and "Earned Schedule" (2009); in the Practice Standard
for Earned Value Management (PMI, 2nd edition) as appendix D. Unlike SPI, which ends at 1 however late the project is,
SPI(t) keeps its meaning to the end. Not here: how the planned value comes about (``value_curve``).
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal


class EarnedSchedule(NamedTuple):
    """Where the work done stands on the time axis of the plan; all in periods of the planned values (working days).

    What would divide by nothing is ``None``.
    """

    earned: float
    """ES: the time at which the plan was to have earned what is earned now."""
    elapsed: int
    """AT: the time from the planned start to the status date, or to the end of the work if that is over."""
    planned: int
    """PD: the planned duration."""

    @property
    def variance(self) -> float:
        """SV(t) = ES - AT; negative when behind schedule."""
        return self.earned - self.elapsed

    @property
    def performance_index(self) -> float | None:
        """SPI(t) = ES / AT; below 1 when behind schedule."""
        return self.earned / self.elapsed if self.elapsed > 0 else None

    @property
    def at_completion(self) -> float | None:
        """IEAC(t) = PD / SPI(t): the whole duration if the rest goes on as the work so far did."""
        return self.planned / self.performance_index if self.performance_index else None

    @property
    def at_completion_as_planned(self) -> float:
        """IEAC(t) = AT + (PD - ES): the whole duration if the rest goes on as planned."""
        return self.elapsed + self.planned - self.earned

    def to_complete_index(self, duration: float) -> float | None:
        """TSPI = (PD - ES) / (duration - AT): the SPI(t) that the rest needs so that everything takes that long.

        0 once everything is earned, ``None`` when the time is over already.
        """
        left = self.planned - self.earned
        if left <= 0:
            return 0.0
        return left / (duration - self.elapsed) if duration > self.elapsed else None


def earned_schedule(planned: Sequence[Decimal], earned: Decimal, *, elapsed: int) -> EarnedSchedule:
    """The earned schedule of an earned value: ES = C + (EV - PV[C]) / (PV[C + 1] - PV[C]).

    ``planned`` are the planned values (never falling) at the end of each period, the first one at the start of the
    plan (0). C is the last period whose planned value is not above the earned one.
    """
    last = len(planned) - 1
    complete = bisect_right(planned, earned) - 1
    if complete < 0:
        return EarnedSchedule(0.0, elapsed, last)
    if complete >= last:
        return EarnedSchedule(float(last), elapsed, last)
    before, after = planned[complete], planned[complete + 1]
    return EarnedSchedule(complete + float((earned - before) / (after - before)), elapsed, last)

"""Amounts that accrue over working days, added up day by day: the S-curves of planned, earned and actual values.

Not here: when a task's budget is planned or earned (``earning``), the sums at the status date (``performance``).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from decimal import Decimal
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from automation.planning.task_budgets import CENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from automation.planning.calendar import WorkCalendar
    from automation.planning.earning import Accrual

NOTHING = Decimal(0)


class WorkingDays(NamedTuple):
    """A run of working days without a gap, in order."""

    days: Sequence[date]

    def at(self, day: date) -> int:
        """How many of them have passed at the end of a day."""
        return bisect_right(self.days, day)

    def week_ends(self) -> Iterator[date]:
        """The last working day of each week (Monday to Sunday) of the run."""
        for day, following in zip(self.days, [*self.days[1:], None], strict=True):
            if following is None or following.isocalendar()[:2] != day.isocalendar()[:2]:
                yield day


def working_days(first: date, last: date, calendar: WorkCalendar) -> WorkingDays:
    """The working days from the first to the last day; on a day off the run begins and ends with the next working day."""
    day, until = calendar.next_working(first), calendar.next_working(last)
    days = [day]
    while day < until:
        day = calendar.add_days(day, 1)
        days.append(day)
    return WorkingDays(days)


def cumulative(accruals: Iterable[tuple[Decimal, Accrual]], run: WorkingDays) -> list[Decimal]:
    """What has accrued at the start of a run (0) and at the end of each of its days, in whole cents.

    ``accruals`` are amounts with the share of each and its days; days before and after the run count at its ends.
    """
    size = len(run.days)
    steps = [NOTHING] * size
    rates = [NOTHING] * (size + 1)
    for amount, (share, first, last) in accruals:
        begin, end = bisect_left(run.days, first), bisect_right(run.days, last)
        if end - begin > 1:
            rate = amount * share / (end - begin)
            rates[begin] += rate
            rates[end] -= rate
        else:
            steps[min(begin if end > begin else bisect_left(run.days, last), size - 1)] += amount * share
    daily = (rate + step for rate, step in zip(accumulate(rates), steps, strict=False))
    return [NOTHING, *(value.quantize(CENT) for value in accumulate(daily))]

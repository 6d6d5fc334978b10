"""The S-curve of a project: planned value, earned value and actual cost week by week, and how they go on.

Not here: drawing it (whoever takes the points), the sums at the status date (``performance``).
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from automation.planning.earning import Accrual
from automation.planning.performance import planned_amounts
from automation.planning.task_budgets import CENT
from automation.planning.value_curve import cumulative, working_days

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from automation.planning.calendar import WorkCalendar
    from automation.planning.performance import Performance
    from automation.planning.plan import Plan
    from automation.planning.value_curve import WorkingDays

NOTHING, WHOLE = Decimal(0), Decimal(1)
Amounts = list[tuple[Decimal, Accrual]]


class CurvePoint(NamedTuple):
    """The curve at the end of one day; ``None`` where it says nothing: past values before the status date, and so on.

    ``forecast`` is the earned value and ``forecast_cost`` the cost that are expected from the status date on: the
    rest of each task's budget over its forecast days, at the CPI so far (as planned where there is none).
    """

    day: date
    planned: Decimal | None
    earned: Decimal | None
    actual: Decimal | None
    forecast: Decimal | None
    forecast_cost: Decimal | None


def evm_curve(
    performance: Performance, plan: Plan, calendar: WorkCalendar, *, status_date: date
) -> tuple[CurvePoint, ...]:
    """The curve at the day before the plan starts (all 0), the last working day of each week, and the status date.

    It goes to the planned or the forecast finish, whichever is later. How much was earned at the status date is
    measured; when it was earned is known for starts and finishes, and taken to be even in between. Costs stand on
    the day on which they were booked, those without a day or with a later one on the status date.
    """
    value = performance.value
    earned = [
        (value.budget, one) for name, value in performance.tasks.items() for one in performance.accruals[name].earned
    ]
    spent = [
        (one.amount, Accrual(WHOLE, day, day))
        for one in performance.money.spendings
        for day in (min(one.day or status_date, status_date),)
    ]
    left = _left(performance, plan, status_date)
    planned = planned_amounts(performance.money, performance.accruals) if performance.planned_run else []
    days = [day for _, one in (*earned, *spent, *left, *planned) for day in (one.first, one.last)]
    run = working_days(min(*days, status_date), max(*days, status_date), calendar)
    curves = [cumulative(amounts, run) for amounts in (planned, earned, spent, left)]
    rest = value.budget - value.earned
    eac = value.at_completion() or value.budget
    price = (eac - value.actual) / rest if rest else NOTHING

    def point(day: date) -> CurvePoint:
        planned_value, earned_value, actual, ahead = (curve[run.at(day)] for curve in curves)
        past, to_come = day <= status_date, day >= status_date
        return CurvePoint(
            day=day,
            planned=planned_value if performance.planned_run else None,
            earned=earned_value if past else None,
            actual=actual if past else None,
            forecast=value.earned + ahead if to_come else None,
            forecast_cost=(value.actual + ahead * price).quantize(CENT) if to_come else None,
        )

    return tuple(point(day) for day in _shown(run, status_date))


def _left(performance: Performance, plan: Plan, status_date: date) -> Amounts:
    """What is not earned yet of each task's budget, over its forecast days after the status date."""
    found: Amounts = []
    for name, value in performance.tasks.items():
        span, rest = plan.tasks[name].forecast, value.budget - value.earned
        if rest and span is not None:
            first = max(span.start, status_date + timedelta(days=1))
            found.append((rest, Accrual(WHOLE, first, max(span.finish, first))))
    return found


def _shown(run: WorkingDays, status_date: date) -> Sequence[date]:
    return sorted({run.days[0] - timedelta(days=1), *run.week_ends(), status_date})

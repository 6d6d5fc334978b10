"""Where an axis has its marks: values in round steps, and days that begin something.

Not here: drawing them.
"""

from __future__ import annotations

import math
from datetime import date, timedelta

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_WHOLE_STEPS = (1.0, 2.0, 5.0, 10.0)
_CLOSE = 1e-9
_MONTHS_A_YEAR = 12
_WEEK = 7
_DAYS = (1, 2, 7, 14)
_MONTHS = (1, 3, 6, 12, 24, 60, 120)


def steps(low: float, high: float, *, most: int = 6, whole: bool = False) -> list[float]:
    """Round values in equal steps, at most so many beyond the first, that begin at or below low and end at or above high."""
    low, high = min(low, high), max(low, high)
    span = high - low or abs(high) or 1.0
    size = 10.0 ** math.floor(math.log10(span / most))
    if whole:
        size = max(size, 1.0)
    for factor in (*(_WHOLE_STEPS if whole else _STEPS), 20.0, 50.0, 100.0):
        step = size * factor
        first, last = math.floor(low / step + _CLOSE), math.ceil(high / step - _CLOSE)
        if last - first <= most:
            break
    return [number * step for number in range(first, max(last, first + 1) + 1)]


def day_marks(first: date, last: date, *, most: int = 8) -> list[date]:
    """The days at which an axis from ``first`` to ``last`` (both included) has marks, at most so many.

    They are days, Mondays, or the first days of months, quarters, halves and years.
    """
    for days in _DAYS:
        begin = first if days < _WEEK else first + timedelta(days=-first.weekday() % _WEEK)
        if (last - begin).days // days < most:
            return [begin + timedelta(days=days * number) for number in range((last - begin).days // days + 1)]
    for months in _MONTHS:
        found = _months(first, last, months)
        if len(found) <= most:
            break
    return found


def _months(first: date, last: date, months: int) -> list[date]:
    """The first days of every so many months, counted from the beginning of the era."""
    number = -(-(first.year * _MONTHS_A_YEAR + first.month - (first.day == 1)) // months) * months
    found = []
    while (day := date(number // _MONTHS_A_YEAR, number % _MONTHS_A_YEAR + 1, 1)) <= last:
        found.append(day)
        number += months
    return found

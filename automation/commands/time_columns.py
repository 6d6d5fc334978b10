"""Columns of time for grids beside analysis sheets: days, weeks from Monday, or months, with headings and a band above.

Not here: what is drawn in the columns.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from automation.base.errors import UsageError
from automation.base.findings import Text

if TYPE_CHECKING:
    from automation.base.findings import Language

Scale = Literal["day", "week", "month"]
SCALES: tuple[Scale, ...] = get_args(Scale)
LONGEST_DAYS = 77
"""Calendar days up to which a span is shown day by day: eleven weeks."""
BEFORE = {"day": timedelta(days=14), "week": timedelta(weeks=8), "month": timedelta(days=180)}
"""How much of the past stays in view when a span is too long for the columns there are."""
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class TimeColumns(NamedTuple):
    """Columns of one scale: the first day of each, and the day after the last one. ``cut``: the span goes on beyond them."""

    scale: Scale
    starts: tuple[date, ...]
    end: date
    cut: bool = False

    def column(self, day: date) -> int | None:
        """The column (from 0) that a day lies in, ``None`` outside."""
        place = bisect_right(self.starts, day) - 1
        return place if place >= 0 and day < self.end else None

    def headings(self) -> tuple[str, ...]:
        """The number of each column: the day of the month, of weeks that of Monday, or the month."""
        return tuple(str(start.month if self.scale == "month" else start.day) for start in self.starts)

    def band(self, language: Language) -> tuple[str | None, ...]:
        """The month (of months the year) where it begins, ``None`` in the columns that belong to it."""
        named = [self._name(start, language) for start in self.starts]
        return tuple(name if number == 0 or name != named[number - 1] else None for number, name in enumerate(named))

    def _name(self, day: date, language: Language) -> str:
        if self.scale == "month":
            return Text(f"{day.year}年", f"{day.year}").in_(language)
        return Text(f"{day.year}年{day.month}月", f"{MONTHS[day.month - 1]} {day.year}").in_(language)


def time_columns(
    first: date, last: date, *, most: int, scale: Scale | None = None, around: date | None = None
) -> TimeColumns:
    """The columns that show the days from ``first`` to ``last``, both included, in at most ``most`` columns.

    Without a scale it follows from the length. A span that is too long for its scale is cut: shown is what lies
    shortly before ``around`` (default: its beginning) and after it.
    """
    chosen = scale or _fitting(first, last, most)
    starts = _starts(first, last, chosen)
    if len(starts) <= most:
        return TimeColumns(chosen, tuple(starts), _next(starts[-1], chosen))
    begin = _floor((around or first) - BEFORE[chosen], chosen)
    skipped = sum(start < begin for start in starts)
    shown = starts[min(skipped, len(starts) - most) :][:most]
    return TimeColumns(chosen, tuple(shown), _next(shown[-1], chosen), cut=True)


def scale_of(text: str) -> Scale | None:
    """The scale that somebody names, ``None`` for none named. Raises UsageError for anything else."""
    if not text:
        return None
    for scale in SCALES:
        if text.strip().casefold() == scale:
            return scale
    raise UsageError(
        Text(f"--scale 应为 day、week 或 month，而不是“{text}”。", f"--scale takes day, week or month, not “{text}”."),
        code="NO_SUCH_SCALE",
    )


def _fitting(first: date, last: date, most: int) -> Scale:
    days = (last - first).days + 1
    if days <= min(LONGEST_DAYS, most):
        return "day"
    return "week" if len(_starts(first, last, "week")) <= most else "month"


def _starts(first: date, last: date, scale: Scale) -> list[date]:
    found = [_floor(first, scale)]
    while (after := _next(found[-1], scale)) <= last:
        found.append(after)
    return found


def _floor(day: date, scale: Scale) -> date:
    if scale == "day":
        return day
    return day - timedelta(days=day.weekday()) if scale == "week" else day.replace(day=1)


def _next(start: date, scale: Scale) -> date:
    if scale == "month":
        return (start + timedelta(days=31)).replace(day=1)
    return start + timedelta(days=7 if scale == "week" else 1)

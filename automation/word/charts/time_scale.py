"""Days along a width: where a day stands, and the two levels of an axis over it (weeks and months, months and years).

Not here: the drawing of bars and lines on it.
"""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from automation.base.findings import Text
from automation.word.charts import look

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from automation.word.charts.canvas import Canvas

Unit = Literal["day", "week", "month", "quarter", "year"]
UNITS: tuple[tuple[Unit, int, float], ...] = (
    ("day", 1, 3.2),
    ("week", 7, 2.8),
    ("month", 30, 3.2),
    ("quarter", 91, 4.6),
    ("year", 365, 0),
)
"""The units of the lower level with their days, and the millimetres that one must have; the first that has is taken."""
UPPER: dict[Unit, Unit] = {"day": "month", "week": "month", "month": "year", "quarter": "year"}
LABEL_GAP_MM = 0.7
WEEKEND_MM = 0.5
"""The millimetres that a day must have for single weekends to be shown."""
LONG_BREAK = 3
MONTH_MM, YEAR_MM = 4.4, 6.5
"""The millimetres that the name of a month and the number of a year take."""
_ONE = timedelta(days=1)


class TimeScale(NamedTuple):
    """The days from ``first`` to ``last`` (both included) over so many millimetres from ``left`` on."""

    first: date
    last: date
    left: float
    width: float

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @property
    def day_mm(self) -> float:
        """The millimetres of a day."""
        return self.width / self.days

    def begin(self, day: date) -> float:
        """Where a day begins."""
        return self.left + (day - self.first).days * self.day_mm

    def end(self, day: date) -> float:
        """Where a day ends."""
        return self.begin(day) + self.day_mm

    def middle(self, day: date) -> float:
        """The middle of a day."""
        return self.begin(day) + self.day_mm / 2


class Band(NamedTuple):
    """A stretch of an axis, clipped to the days shown, with what may stand in it, the longest first.

    ``dated`` is what stands there with the year, once at the beginning and in each January.
    """

    first: date
    last: date
    labels: tuple[str, ...]
    dated: str = ""


def draw_axis(canvas: Canvas, scale: TimeScale, top: float, *, level_mm: float = 4.0) -> list[date]:
    """Draw the two levels of an axis from ``top`` downwards; the first days of the upper level's units.

    Labels that have no room are left out, or every second one.
    """
    lower = _lower(scale)
    upper = UPPER.get(lower)
    if upper is not None:
        _draw_level(canvas, scale, list(_bands(scale, upper, canvas)), (top, level_mm), strong=True)
    bands = list(_bands(scale, lower, canvas))
    if lower == "year":
        bands = _together(bands, math.ceil(YEAR_MM / (scale.day_mm * _LONGEST["year"])))
    place = (top + level_mm, level_mm) if upper else (top, 2 * level_mm)
    _draw_level(canvas, scale, bands, place, strong=upper is None)
    return [band.first for band in (_bands(scale, upper, canvas) if upper else bands)]


def _draw_level(
    canvas: Canvas, scale: TimeScale, bands: list[Band], place: tuple[float, float], *, strong: bool
) -> None:
    top, height = place
    size, weight = (look.SMALL, "bold") if strong else (look.NOTE, "normal")
    fill = look.MIST if strong else look.PALE
    right = scale.left + scale.width
    canvas.plane.fill_between((scale.left, right), top, top + height, color=fill, linewidth=0, zorder=0.5)
    taken, has_year = scale.left - 1, False
    for band in bands:
        begin, end = scale.begin(band.first), scale.end(band.last)
        if begin > scale.left:
            line = look.RULE if strong else look.LINE
            canvas.plane.plot((begin, begin), (top, top + height), color=line, linewidth=look.THIN, zorder=1)
        room = end - begin - 0.5
        dated = () if not band.dated or (has_year and band.first.month > 1) else (band.dated,)
        for label in (*dated, *band.labels):
            half = canvas.width_of(label, size, weight=weight) / 2
            if 2 * half <= room and (begin + end) / 2 - half > taken:
                has_year = has_year or label in dated
                taken = (begin + end) / 2 + half + LABEL_GAP_MM
                colour = look.NAVY if strong else look.SLATE
                canvas.write(
                    (begin + end) / 2, top + height / 2, label,
                    size=size, weight=weight, color=colour, ha="center", halo=fill,
                )  # fmt: skip
                break


def _bands(scale: TimeScale, unit: Unit, canvas: Canvas) -> Iterator[Band]:
    start = _STARTS[unit](scale.first)
    while start <= scale.last:
        following = _STARTS[unit](start + timedelta(days=_LONGEST[unit]))
        first, last = max(start, scale.first), min(following - _ONE, scale.last)
        labels = (_month(start, scale),) if unit == "month" else _labels(unit, start)
        dated = ""
        if unit == "month" and UPPER.get(_lower(scale)) == "month":
            dated = canvas.say(Text(f"{start.year}年{start.month}月", f"{_MONTHS[start.month - 1]} {start.year}"))
        yield Band(first, last, tuple(canvas.say(label) for label in labels), dated)
        start = following


def _labels(unit: Unit, start: date) -> tuple[Text, ...]:
    """What may stand for a day, week (its Monday), quarter or year, the longest first."""
    if unit == "quarter":
        return (Text(*[f"Q{(start.month + 2) // 3}"] * 2),)
    if unit == "year":
        return Text(f"{start.year}年", str(start.year)), Text(*[str(start.year)] * 2)
    return (Text(*[f"{start.day:02d}"] * 2),)


def _together(bands: list[Band], count: int) -> list[Band]:
    """So many bands at a time as one, named after the first."""
    groups = [bands[first : first + count] for first in range(0, len(bands), count)]
    return [group[0]._replace(last=group[-1].last) for group in groups]


def _month(start: date, scale: TimeScale) -> Text:
    """The name of a month, its number where months are narrow."""
    if scale.day_mm * _LONGEST["month"] < MONTH_MM:
        return Text(*[str(start.month)] * 2)
    return Text(f"{start.month}月", _MONTHS[start.month - 1])


def _lower(scale: TimeScale) -> Unit:
    """The unit of the lower level."""
    return next(unit for unit, days, least in UNITS if scale.day_mm * days >= least)


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONGEST: dict[Unit, int] = {"day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366}
"""The days after whose number the next unit has certainly begun, and the one after it has not."""
_STARTS: dict[Unit, Callable[[date], date]] = {
    "day": lambda day: day,
    "week": lambda day: day - timedelta(days=day.weekday()),
    "month": lambda day: day.replace(day=1),
    "quarter": lambda day: day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1),
    "year": lambda day: day.replace(month=1, day=1),
}


def breaks(scale: TimeScale, days_off: Iterable[date]) -> list[tuple[date, date]]:
    """The stretches of days off within the scale that are wide enough to be seen: first and last day."""
    found: list[tuple[date, date]] = []
    for day in sorted(day for day in days_off if scale.first <= day <= scale.last):
        if found and found[-1][1] + _ONE == day:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    wide = scale.day_mm >= WEEKEND_MM
    return [(first, last) for first, last in found if wide or (last - first).days + 1 >= LONG_BREAK]

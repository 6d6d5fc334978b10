"""Lines and bars over days as pictures of a page: they take its colours and widths, and their words keep their size.

Pictures of documents and files are drawn elsewhere (``word.charts``). Not here: what is shown (``page``).
"""

from __future__ import annotations

from datetime import date, timedelta
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from automation.base.scales import day_marks, steps

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WIDE = 1000
"""A picture is so many units wide and high, whatever it measures on a screen."""
MOST_DAYS, MOST_LEVELS = 6, 5
TOLD = 60
"""Up to so many points tell their day and value under the pointer."""
SPARE = timedelta(days=7)


class Series(NamedTuple):
    """Values over days, ascending, with their name and how they look (a class of the page's style)."""

    name: str
    look: str
    points: Sequence[tuple[date, float]]


class Axis(NamedTuple):
    """Values from bottom to top: the marks with their texts; the lowest and highest are the ends."""

    marks: Sequence[tuple[float, str]]

    @classmethod
    def of_numbers(cls, values: Sequence[float], *, form: str = ".0f", whole: bool = True) -> Axis:
        """An axis for these numbers."""
        return cls(
            [(mark, f"{mark:{form}}") for mark in steps(min(values), max(values), most=MOST_LEVELS, whole=whole)]
        )

    @classmethod
    def of_days(cls, days: Sequence[date]) -> Axis:
        """An axis for days, as ordinals, with some room."""
        first, last = min(days) - SPARE, max(days) + SPARE
        found = [(float(day.toordinal()), f"{day}") for day in day_marks(first, last, most=MOST_LEVELS)]
        return cls([(float(first.toordinal()), ""), *found, (float(last.toordinal()), "")])

    def at(self, value: float) -> float:
        """Where a value stands, from the top."""
        low, high = self.marks[0][0], self.marks[-1][0]
        return WIDE * (high - value) / (high - low)


class Span(NamedTuple):
    """The days that a picture shows, both ends included."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """Where the middle of a day stands, from the left."""
        return WIDE * ((day - self.first).days + 0.5) / ((self.last - self.first).days + 1)

    def marks(self) -> list[date]:
        """Days with a name."""
        return day_marks(self.first, self.last, most=MOST_DAYS)


def lines(title: str, series: Sequence[Series], axis: Axis, *, values: bool = True) -> str:
    """Lines; ``values`` names the last value of each (numbers), else it is a day."""
    span = _span(series)
    paths = "".join(_line(one, axis, span, numbers=values) for one in series if one.points)
    return _figure(title, series, axis, span, paths, numbers=values)


def bars(title: str, series: Sequence[Series], axis: Axis) -> str:
    """Bars from zero, upwards or downwards, one a day and series."""
    span = _span(series)
    width = 0.7 * WIDE / ((span.last - span.first).days + 1)
    found = []
    for one in series:
        for day, value in one.points:
            top, bottom = sorted((axis.at(0), axis.at(value)))
            left = span.at(day) - width / 2
            shape = f'x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{bottom - top:.1f}"'
            found.append(f'<rect class="{one.look}" {shape}>{_told(one, day, abs(value), numbers=True)}</rect>')
    return _figure(title, series, axis, span, "".join(found), numbers=True)


def _span(series: Sequence[Series]) -> Span:
    days = [day for one in series for day, _ in one.points]
    return Span(min(days), max(days))


def _line(one: Series, axis: Axis, span: Span, *, numbers: bool) -> str:
    places = [(day, value, f"{span.at(day):.1f} {axis.at(value):.1f}") for day, value in one.points]
    way = " ".join(place for _, _, place in places)
    found = f'<path class="{one.look}" d="M{way}"/>'
    if len(places) <= TOLD:
        found += "".join(
            f'<path class="{one.look} dot" d="M{place}h0">{_told(one, day, value, numbers=numbers)}</path>'
            for day, value, place in places
        )
    return found


def _told(one: Series, day: date, value: float, *, numbers: bool) -> str:
    return f"<title>{escape(one.name)} · {day}: {_shown(value, numbers=numbers)}</title>"


def _shown(value: float, *, numbers: bool) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if numbers else str(date.fromordinal(int(value)))


def _figure(title: str, series: Sequence[Series], axis: Axis, span: Span, shapes: str, *, numbers: bool) -> str:
    said = "; ".join(_said(series, numbers=numbers))
    levels = "".join(f'<path class="level" d="M0 {axis.at(value):.1f}H{WIDE}"/>' for value, text in axis.marks if text)
    heights = "".join(
        f'<span class="y" style="top:{axis.at(value) / WIDE:.2%}">{escape(text)}</span>'
        for value, text in axis.marks
        if text
    )
    days = "".join(f'<span class="x" style="left:{span.at(day) / WIDE:.2%}">{day:%m-%d}</span>' for day in span.marks())
    legend = "".join(
        f'<li class="{one.look}">{escape(one.name)} <b>{_shown(abs(one.points[-1][1]), numbers=numbers)}</b></li>'
        for one in series
        if one.points
    )
    return (
        f'<figure class="plot"><figcaption>{escape(title)}</figcaption><div class="area">'
        f'<svg viewBox="0 0 {WIDE} {WIDE}" preserveAspectRatio="none" role="img" aria-label="{escape(title)}: {escape(said)}">'
        f'{levels}{shapes}</svg>{heights}{days}</div><ul class="legend">{legend}</ul></figure>'
    )


def _said(series: Sequence[Series], *, numbers: bool) -> Iterator[str]:
    for one in series:
        if one.points:
            day, value = one.points[-1]
            yield f"{one.name} {_shown(abs(value), numbers=numbers)} ({day})"

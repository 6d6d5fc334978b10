"""Values along a height or a width: lines across, and numbers as people read them.

Not here: round steps (``base.scales``), days (``time_scale``).
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from automation.word.charts import look

if TYPE_CHECKING:
    from collections.abc import Sequence

    from automation.base.findings import Language, Text
    from automation.word.charts.canvas import Canvas

WHOLE = 100


class ValueScale(NamedTuple):
    """Values from ``low`` to ``high`` over a stretch of millimetres, which may run upwards (``end`` below ``begin``)."""

    low: float
    high: float
    begin: float
    end: float

    def at(self, value: float | Decimal) -> float:
        """Where a value stands."""
        return self.begin + (self.end - self.begin) * (float(value) - self.low) / (self.high - self.low)


def draw_levels(
    canvas: Canvas, scale: ValueScale, marks: Sequence[tuple[float, str]], sides: tuple[float, float]
) -> None:
    """A line across at each mark, between two edges, with its text at the left of it; the first one is stronger."""
    left, right = sides
    for number, (value, text) in enumerate(marks):
        y = scale.at(value)
        colour = look.STONE if number == 0 else look.LINE
        canvas.plane.plot((left, right), (y, y), color=colour, linewidth=look.THIN, zorder=0.4)
        canvas.write(left - 1.0, y, text, size=look.SMALL, color=look.SLATE, ha="right")


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places as near as possible to those wanted, in their order, at least ``gap`` apart and between two bounds.

    With more than have room the gap becomes smaller.
    """
    if not wanted:
        return []
    gap = min(gap, (high - low) / max(1, len(wanted) - 1))
    order = sorted(range(len(wanted)), key=lambda number: wanted[number])
    groups: list[list[float]] = []
    for number in order:
        groups.append([wanted[number]])
        while len(groups) > 1 and _middle(groups[-1]) - _half(groups[-1], gap) < _middle(groups[-2]) + _half(
            groups[-2], gap
        ):
            groups[-2:] = [groups[-2] + groups[-1]]
    places: list[float] = []
    for group in groups:
        begin = _middle(group) - gap * (len(group) - 1) / 2
        places += [begin + gap * number for number in range(len(group))]
    for number in range(len(places)):
        places[number] = max(places[number], low + gap * number)
    for number in range(len(places) - 1, -1, -1):
        places[number] = min(places[number], high - gap * (len(places) - 1 - number))
    found = [0.0] * len(wanted)
    for place, number in zip(places, order, strict=True):
        found[number] = place
    return found


def _middle(group: Sequence[float]) -> float:
    return sum(group) / len(group)


def _half(group: Sequence[float], gap: float) -> float:
    return gap * len(group) / 2


def percent(share: float) -> str:
    """A share (0 to 1) in percent; what is not quite all or nothing does not look so."""
    shown = round(WHOLE * share)
    if shown == 0 and share > 0:
        return "<1%"
    if shown == WHOLE and share < 1:
        return ">99%"
    return f"{shown}%"


def counted(number: int, noun: str) -> str:
    """A number with an English noun, such as ``1 task`` and ``2 tasks``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


_ZH = ((Decimal(10**8), "亿"), (Decimal(10**4), "万"))
_EN = ((Decimal(10**9), "bn"), (Decimal(10**6), "M"), (Decimal(10**3), "k"))


def amount(value: Decimal | float, language: Language) -> str:
    """An amount with at most four digits and its unit, such as 222万 and 2.22M, 43.2万 and 432k."""
    exact = Decimal(str(value))
    for size, unit in _ZH if language == "zh" else _EN:
        if abs(exact) >= size:
            number = exact / size
            places = 0 if abs(number) >= WHOLE else 1 if abs(number) >= _TEN else 2
            return f"{_plain(number, places)}{unit}"
    return _plain(exact, 0)


_TEN = 10


def _plain(number: Decimal, places: int) -> str:
    text = f"{number:,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def money(value: Decimal | float, language: Language, currency: Text) -> str:
    """An amount with its currency."""
    unit = currency.in_(language)
    return f"{amount(value, language)}{unit}" if language == "zh" else f"{unit} {amount(value, language)}".strip()

"""Pairs of lying bars with their names at the left and their figures behind them, the first light and the second dark.

Not here: what they stand for (``costs``, ``pipeline``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from automation.base.scales import steps
from automation.word.charts import legend, look
from automation.word.charts.shapes import rectangle
from automation.word.charts.values import ValueScale, amount

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from automation.word.charts.canvas import Canvas

ROW_MM, BAR_MM, SCALE_MM, NAME_SHARE, SHOWN_MM = 10.5, 3.7, 5.0, 0.32, 32.0


class Pair(NamedTuple):
    """Two amounts under a name, with what is written behind each; ``is_marked`` hatches the second one in red."""

    name: str
    values: tuple[Decimal, Decimal]
    shown: tuple[str, str]
    is_marked: bool = False


def height_mm(canvas: Canvas, pairs: Sequence[Pair], entries: Sequence[legend.Entry]) -> float:
    """The millimetres that ``draw`` takes."""
    return ROW_MM * len(pairs) + SCALE_MM + 1.5 + legend.LINE_MM * len(legend.lines(canvas, entries, canvas.width - 2))


def draw(canvas: Canvas, pairs: Sequence[Pair], entries: Sequence[legend.Entry]) -> None:
    """Draw the pairs from the top, a scale below them and the legend."""
    names = max((canvas.width_of(pair.name) for pair in pairs), default=0.0)
    left = min(canvas.width * NAME_SHARE, names + 1.0) + 2.5
    shown = max((canvas.width_of(text, look.SMALL) for pair in pairs for text in pair.shown), default=0.0)
    right = canvas.width - min(SHOWN_MM, shown + 2.0)
    most = max((float(value) for pair in pairs for value in pair.values), default=0.0)
    least = min((float(value) for pair in pairs for value in pair.values), default=0.0)
    marks = steps(min(least, 0), max(most, 1.0))
    scale = ValueScale(marks[0], marks[-1], left, right)
    bottom = ROW_MM * len(pairs)
    for mark in marks:
        x = scale.at(mark)
        colour = look.STONE if mark == 0 else look.LINE
        canvas.plane.plot((x, x), (0, bottom), color=colour, linewidth=look.THIN, zorder=0.4)
        canvas.write(
            x, bottom + SCALE_MM / 2, amount(mark, canvas.language), size=look.SMALL, color=look.SLATE, ha="center"
        )
    for number, pair in enumerate(pairs):
        _draw_pair(canvas, pair, scale, ROW_MM * number, left)
    laid = legend.lines(canvas, entries, canvas.width - 2)
    legend.draw(canvas, laid, left=1.0, top=bottom + SCALE_MM + 1.5)


def _draw_pair(canvas: Canvas, pair: Pair, scale: ValueScale, top: float, left: float) -> None:
    middle = top + ROW_MM / 2
    canvas.write(1.0, middle, canvas.fitted(pair.name, left - 3.0))
    canvas.plane.plot((0, canvas.width), (top + ROW_MM,) * 2, color=look.LINE, linewidth=0.35, zorder=0.3)
    zero = scale.at(0)
    looks = ((look.SKY, look.BLUE, ""), (look.BLUE, look.BLUE, ""))
    if pair.is_marked:
        looks = (looks[0], (look.ROSE, look.DARK_RED, look.CRITICAL_HATCH))
    for number, (value, shown, (fill, edge, hatch)) in enumerate(zip(pair.values, pair.shown, looks, strict=True)):
        y = middle + (number - 1) * BAR_MM
        end = scale.at(value)
        if value:
            rectangle(canvas, (min(zero, end), y + 0.15, abs(end - zero), BAR_MM - 0.3), fill, edge=edge, hatch=hatch)
        colour = look.DARK_RED if number and pair.is_marked else look.INK
        canvas.write(max(zero, end) + 1.0, y + BAR_MM / 2, shown, size=look.SMALL, color=colour, halo=look.WHITE)

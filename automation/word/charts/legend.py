"""The legend of a picture: samples of what is drawn with their names, in lines that fill the width.

Not here: what the samples stand for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from automation.word.charts import look
from automation.word.charts.shapes import rectangle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from automation.word.charts.canvas import Canvas

SAMPLE_MM, GAP_MM, LINE_MM = 6.5, 4.0, 4.2
Sample = Callable[["Canvas", float, float], None]
"""Draws a sample of ``SAMPLE_MM`` from x on, around y."""


class Entry(NamedTuple):
    """A sample and its name; without a sample (``None``) the name says everything."""

    sample: Sample | None
    text: str


def lines(canvas: Canvas, entries: Sequence[Entry], width: float) -> list[list[tuple[float, Entry]]]:
    """The entries by lines, each with where it begins from the left."""
    found: list[list[tuple[float, Entry]]] = []
    x = width + 1
    for entry in entries:
        wide = (SAMPLE_MM + 1 if entry.sample else 0) + canvas.width_of(entry.text, look.SMALL)
        if not found or x + wide > width:
            found.append([])
            x = 0.0
        found[-1].append((x, entry))
        x += wide + GAP_MM
    return found


def draw(canvas: Canvas, laid: Sequence[Sequence[tuple[float, Entry]]], *, left: float, top: float) -> None:
    """Draw lines of entries from the top left corner on."""
    for number, line in enumerate(laid):
        y = top + LINE_MM * (number + 0.5)
        for x, entry in line:
            if entry.sample is not None:
                entry.sample(canvas, left + x, y)
            shift = SAMPLE_MM + 1 if entry.sample else 0
            canvas.write(left + x + shift, y, entry.text, size=look.SMALL, color=look.SLATE)


def stroke(colour: str, dash: Any = "-", *, width: float = look.LINE_WIDTH, marker: str = "") -> Sample:
    """A sample of a line, with its marker."""

    def sample(canvas: Canvas, x: float, y: float) -> None:
        ends, level = (x, x + SAMPLE_MM), (y, y)
        canvas.plane.plot(ends, level, color=colour, linestyle=dash, linewidth=width)
        if marker:
            canvas.plane.plot(x + SAMPLE_MM / 2, y, marker=marker, color=colour, markersize=4)

    return sample


def box(fill: str, edge: str = "none", *, hatch: str = "", height: float = 2.2) -> Sample:
    """A sample of an area."""

    def sample(canvas: Canvas, x: float, y: float) -> None:
        rectangle(canvas, (x, y - height / 2, SAMPLE_MM, height), fill, edge=edge, hatch=hatch)

    return sample

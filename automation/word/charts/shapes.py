"""Shapes on the plane of a picture, in millimetres: rectangles, diamonds, brackets. Not here: what they stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.patches import Polygon, Rectangle

from automation.word.charts import look

if TYPE_CHECKING:
    from automation.word.charts.canvas import Canvas

Place = tuple[float, float, float, float]
"""Left, top, width, height."""


def rectangle(
    canvas: Canvas,
    place: Place,
    fill: str,
    *,
    edge: str = "none",
    hatch: str = "",
    line: float = look.THIN,
    zorder: float = 2,
) -> None:
    """A rectangle; its hatch has the colour of its edge."""
    left, top, width, height = place
    canvas.plane.add_patch(
        Rectangle(
            (left, top),
            width,
            height,
            facecolor=fill,
            edgecolor=edge,
            hatch=hatch or None,
            linewidth=0 if edge == "none" else line,
            zorder=zorder,
        )
    )


def diamond(
    canvas: Canvas, x: float, y: float, size: float, fill: str, *, edge: str, line: float = 1.0, zorder: float = 3
) -> None:
    """A diamond around a point, ``size`` from corner to corner."""
    half = size / 2
    corners = [(x - half, y), (x, y - half), (x + half, y), (x, y + half)]
    canvas.plane.add_patch(
        Polygon(corners, facecolor=fill, edgecolor=edge, linewidth=line, zorder=zorder, joinstyle="miter")
    )


def bracket(canvas: Canvas, place: Place, colour: str, *, zorder: float = 2) -> None:
    """A bar whose ends point down: ``height`` is that of the whole, the bar takes two fifths of it."""
    left, top, width, height = place
    right, bar, tip = left + width, top + height * 0.4, min(height * 0.6, width / 2)
    corners = [
        (left, top), (right, top), (right, top + height), (right - tip, bar), (left + tip, bar), (left, top + height),
    ]  # fmt: skip
    canvas.plane.add_patch(Polygon(corners, facecolor=colour, edgecolor="none", linewidth=0, zorder=zorder))

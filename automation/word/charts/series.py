"""Lines over time or periods with their names behind their ends, so that no name hides another. Not here: their meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from automation.word.charts import look
from automation.word.charts.values import spread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from automation.word.charts.canvas import Canvas

NAME_MM = 3.4


class Series(NamedTuple):
    """A line through points of the plane with its name; ``marker`` stands at each point that is marked."""

    name: str
    points: Sequence[tuple[float, float]]
    colour: str
    dash: Any = "-"
    marker: str = ""
    width: float = look.LINE_WIDTH


def styled(number: int) -> dict[str, Any]:
    """The colour, dash and marker of the series with that number, so that each differs from the others in two of them."""
    return {
        "colour": look.SERIES[number % len(look.SERIES)],
        "dash": look.DASHES[number % len(look.DASHES)],
        "marker": look.MARKERS[number % len(look.MARKERS)],
    }


def draw(canvas: Canvas, series: Series, *, zorder: float = 3) -> None:
    """Draw a line and its markers, without its name."""
    xs, ys = [x for x, _ in series.points], [y for _, y in series.points]
    canvas.plane.plot(
        xs, ys, color=series.colour, linestyle=series.dash, linewidth=series.width, zorder=zorder,
        marker=series.marker or None, markersize=3.6, markeredgecolor="white", markeredgewidth=0.5,
    )  # fmt: skip


def name_ends(canvas: Canvas, series: Sequence[Series], x: float, bounds: tuple[float, float]) -> None:
    """Write the names of series from x to the right edge, as near to their last points as possible."""
    ends = [one.points[-1] for one in series]
    places = spread([y for _, y in ends], NAME_MM, *bounds)
    for one, (end, level), y in zip(series, ends, places, strict=True):
        if abs(y - level) > 0.3 or x - end > 3.0:  # noqa: PLR2004 - millimetres that the eye follows without help
            canvas.plane.plot(
                (end + 0.8, x - 2.2, x - 0.6), (level, level, y), color=one.colour, linewidth=0.4, zorder=1
            )
        name = canvas.fitted(one.name, canvas.width - x, look.SMALL)
        canvas.write(x, y, name, size=look.SMALL)


def names_mm(canvas: Canvas, names: Sequence[str], most: float) -> float:
    """The millimetres that names behind the ends take, at most so many."""
    return min(most, max((canvas.width_of(name, look.SMALL) for name in names), default=0.0) + 0.5)

"""Names of vertical lines above a picture, such as the status date and the deadline, so that none hides another.

Each line rises to its name, which stands at its right or its left; names stand in as few rows as possible, and no line
crosses a name. Not here: what the lines mean.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from automation.word.charts import look

if TYPE_CHECKING:
    from collections.abc import Sequence

    from automation.word.charts.canvas import Canvas

ROW_MM = 3.8
GAP = 1.0
"""Millimetres between a line and its name, and between names."""
_MOST = 7


class Flag(NamedTuple):
    """A vertical line: where it stands, its name, its colour and how it is dashed."""

    x: float
    text: str
    colour: str = look.INK
    dash: Any = "-"
    width: float = look.LINE_WIDTH


class Placed(NamedTuple):
    """A flag with the row of its name (0 is the lowest) and whether it stands at the right of the line."""

    flag: Flag
    row: int
    is_right: bool


def placed(canvas: Canvas, flags: Sequence[Flag], *, size: float = look.SMALL) -> list[Placed]:
    """The flags with their rows and sides; at most seven of them, those beyond are left out."""
    flags = flags[:_MOST]
    widths = [canvas.width_of(flag.text, size, weight="bold") + 2 * GAP for flag in flags]
    best: list[Placed] = []
    for sides in product((True, False), repeat=len(flags)):
        spans = [
            (flag.x, flag.x + width) if right else (flag.x - width, flag.x)
            for flag, width, right in zip(flags, widths, sides, strict=True)
        ]
        if any(begin < 0 or end > canvas.width for begin, end in spans):
            continue
        rows = _rows([flag.x for flag in flags], spans)
        if rows is not None and (not best or max(rows) < max(one.row for one in best)):
            best = [Placed(*one) for one in zip(flags, rows, sides, strict=True)]
    return best or [Placed(flag, row, flag.x < canvas.width / 2) for row, flag in enumerate(flags)]


def band_mm(flags: Sequence[Placed]) -> float:
    """The millimetres that the names take."""
    return ROW_MM * (max(one.row for one in flags) + 1) if flags else 0.0


def draw(canvas: Canvas, flags: Sequence[Placed], *, top: float, bottom: float, size: float = look.SMALL) -> None:
    """Draw the lines from ``bottom`` up to their names, whose lowest row stands on ``top``."""
    for flag, row, is_right in flags:
        head = top - ROW_MM * (row + 1)
        canvas.plane.plot(
            (flag.x, flag.x), (head + 0.5, bottom), color=flag.colour, linestyle=flag.dash, linewidth=flag.width,
            zorder=4, solid_capstyle="butt",
        )  # fmt: skip
        x, side = (flag.x + GAP, "left") if is_right else (flag.x - GAP, "right")
        canvas.write(x, head + ROW_MM / 2, flag.text, size=size, color=flag.colour, ha=side, weight="bold")


def _rows(lines: Sequence[float], spans: Sequence[tuple[float, float]]) -> list[int] | None:
    """The rows of names with these extents, so that no line crosses one; ``None`` when there are no such rows."""
    above: dict[int, set[int]] = {number: set() for number in range(len(lines))}
    for one, (begin, end) in enumerate(spans):
        for other in range(len(lines)):
            if other == one:
                continue
            crosses = begin < lines[other] < end
            touches = begin < spans[other][1] and spans[other][0] < end
            if crosses or (touches and other < one and not spans[other][0] < lines[one] < spans[other][1]):
                above[one].add(other)
    rows: dict[int, int] = {}
    while len(rows) < len(lines):
        ready = [one for one in above if one not in rows and above[one] <= rows.keys()]
        if not ready:
            return None
        for one in ready:
            rows[one] = max((rows[other] + 1 for other in above[one]), default=0)
    return [rows[number] for number in range(len(lines))]

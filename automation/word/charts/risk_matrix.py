"""The risk matrix: risks by probability and impact, the number of those in a cell in a bubble, their ids beside it.

Not here: the assessment of risks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.patches import Ellipse

from automation.base.findings import Text
from automation.word.charts import look
from automation.word.charts.canvas import Canvas
from automation.word.charts.shapes import rectangle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from automation.model.charts.delivery import RatedRisk, RiskMatrix
    from automation.word.charts.canvas import Paper

GRADES = 5
CELL_MM, LEFT_MM, FOOT_MM, TOP_MM = 19.0, 12.0, 9.0, 1.0
BUBBLE_MM, ID_MM = 5.6, 3.0
LEVELS = (
    ("very_high", Text("极高", "Very high"), look.RED, look.WHITE),
    ("high", Text("高", "High"), "#F2B6A6", look.INK),
    ("medium", Text("中", "Medium"), look.FAIR, look.INK),
    ("low", Text("低", "Low"), look.GOOD, look.INK),
)
"""The levels from the gravest on: name, colour of their cells, colour of what is written there."""


def canvases(chart: RiskMatrix, paper: Paper) -> list[Canvas]:
    """The picture of the matrix; grades outside 1 to 5 are left out."""
    caption = Text(f"{chart.project.zh} 风险矩阵", f"Risk matrix of {chart.project.en}")
    canvas = Canvas(paper, TOP_MM + GRADES * CELL_MM + FOOT_MM, caption=caption, alternative=alternative(chart))
    wide = (canvas.width - LEFT_MM - 0.5) / GRADES
    for probability in range(1, GRADES + 1):
        top = TOP_MM + (GRADES - probability) * CELL_MM
        canvas.write(LEFT_MM - 1.5, top + CELL_MM / 2, str(probability), size=look.HEAD, color=look.NAVY, ha="right")
        for impact in range(1, GRADES + 1):
            place = (LEFT_MM + (impact - 1) * wide, top, wide, CELL_MM)
            here = [risk for risk in chart.risks if (risk.probability, risk.impact) == (probability, impact)]
            _cell(canvas, chart, place, probability * impact, here)
    bottom = TOP_MM + GRADES * CELL_MM
    for impact in range(1, GRADES + 1):
        x = LEFT_MM + (impact - 0.5) * wide
        canvas.write(x, bottom + 2.4, str(impact), size=look.HEAD, color=look.NAVY, ha="center")
    canvas.write(
        LEFT_MM + GRADES * wide / 2, bottom + 6.6, canvas.say(Text("影响程度 →", "Impact →")),
        size=look.BODY, weight="bold", color=look.NAVY, ha="center",
    )  # fmt: skip
    canvas.write(
        2.6, TOP_MM + GRADES * CELL_MM / 2, canvas.say(Text("可能性 →", "Probability →")),
        size=look.BODY, weight="bold", color=look.NAVY, ha="center", va="center", rotation=90,
    )  # fmt: skip
    return [canvas]


def level(chart: RiskMatrix, exposure: int) -> int:
    """The place of a level among ``LEVELS``, by the exposure."""
    limits = (chart.very_high, chart.high, chart.medium)
    return next((place for place, limit in enumerate(limits) if exposure >= limit), len(limits))


def _cell(
    canvas: Canvas,
    chart: RiskMatrix,
    place: tuple[float, float, float, float],
    exposure: int,
    risks: Sequence[RatedRisk],
) -> None:
    left, top, width, height = place
    _, name, fill, ink = LEVELS[level(chart, exposure)]
    rectangle(canvas, place, fill, edge=look.WHITE, line=1.6, zorder=1)
    shown = f"{canvas.say(name)} {exposure}"
    canvas.write(left + width - 1.2, top + height - 2.2, shown, size=look.NOTE, color=ink, ha="right")
    if not risks:
        return
    x, y = left + 1.6 + BUBBLE_MM / 2, top + 1.4 + BUBBLE_MM / 2
    canvas.plane.add_patch(
        Ellipse((x, y), BUBBLE_MM, BUBBLE_MM, facecolor=look.WHITE, edgecolor=look.NAVY, linewidth=1.0, zorder=3)
    )
    canvas.write(x, y, str(len(risks)), size=look.HEAD, weight="bold", color=look.NAVY, ha="center", zorder=4)
    begin, lines = left + BUBBLE_MM + 3.2, int((height - 4.6) / ID_MM)
    room = left + width - begin - 1.0
    ids = [canvas.fitted(risk.key, room, look.SMALL) for risk in risks]
    if len(ids) > lines:
        more = Text(f"另 {len(ids) - lines + 1} 项", f"{len(ids) - lines + 1} more")
        ids = [*ids[: lines - 1], canvas.say(more)]
    for number, text in enumerate(ids):
        canvas.write(begin, top + 2.6 + ID_MM * number, text, size=look.SMALL, color=ink)


def alternative(chart: RiskMatrix) -> Text:
    """What the picture shows, in words."""
    by_level: list[list[RatedRisk]] = [[] for _ in LEVELS]
    for risk in chart.risks:
        by_level[level(chart, risk.probability * risk.impact)].append(risk)
    zh = "、".join(f"{name.zh} {len(found)} 项" for (_, name, *_), found in zip(LEVELS, by_level, strict=True))
    en = ", ".join(f"{len(found)} {name.en.lower()}" for (_, name, *_), found in zip(LEVELS, by_level, strict=True))
    grave = sorted(by_level[0] + by_level[1], key=lambda risk: (-risk.probability * risk.impact, risk.key))[:5]
    listed = "、".join(
        f"{risk.key}（{risk.probability}×{risk.impact}={risk.probability * risk.impact}）" for risk in grave
    )
    listed_en = ", ".join(
        f"{risk.key} ({risk.probability}x{risk.impact}={risk.probability * risk.impact})" for risk in grave
    )
    return Text(
        f"{chart.project.zh} 风险矩阵，共 {len(chart.risks)} 项：{zh}" + (f"；最高的是 {listed}。" if grave else "。"),
        f"Risk matrix of {chart.project.en}, {len(chart.risks)} risks: {en}"
        + (f"; the gravest are {listed_en}." if grave else "."),
    )

"""The trend of satisfaction: mean scores by dimension over periods, and the score below which it is too low.

Not here: the surveys.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.word.charts import look, series
from automation.word.charts.canvas import Canvas
from automation.word.charts.shapes import rectangle
from automation.word.charts.values import ValueScale, draw_levels

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from automation.model.charts.service import Satisfaction, Scored
    from automation.word.charts.canvas import Paper

PLOT_MM, TOP_MM, FOOT_MM, LEFT_MM, NAMES_MOST, SCORE_MM = 56.0, 4.0, 6.0, 8.0, 44.0, 6.0
LOW = "#FDF3F1"
MOST_PERIODS, MOST_DIMENSIONS = 24, 8
SCORES = (1, 2, 3, 4, 5)


def canvases(chart: Satisfaction, paper: Paper) -> list[Canvas]:
    """The picture of the last 24 periods and the first 8 dimensions, the first one stronger and with its scores."""
    caption = Text(f"{chart.subject.zh} 满意度趋势", f"Satisfaction of {chart.subject.en}")
    shown = [one for one in chart.dimensions if one.scores][:MOST_DIMENSIONS]
    periods = sorted({score.period for one in shown for score in one.scores})[-MOST_PERIODS:]
    shown = [one for one in shown if any(score.period in periods for score in one.scores)]
    bottom = TOP_MM + PLOT_MM
    canvas = Canvas(paper, bottom + FOOT_MM, caption=caption, alternative=alternative(chart))
    names = [f"{one.scores[-1].score:.1f} {canvas.say(one.name)}" for one in shown]
    right = canvas.width - series.names_mm(canvas, names, NAMES_MOST) - 4.0
    scale = ValueScale(SCORES[0], SCORES[-1], bottom, TOP_MM)
    draw_levels(canvas, scale, [(score, str(score)) for score in SCORES], (LEFT_MM, right))
    step = (right - LEFT_MM) / max(1, len(periods))
    at = {period: LEFT_MM + (number + 0.5) * step for number, period in enumerate(periods)}
    drawn = []
    for number, (one, name) in enumerate(zip(shown, names, strict=True)):
        points = [(at[score.period], scale.at(score.score)) for score in one.scores if score.period in at]
        style = series.styled(number) | ({"width": 2.2, "dash": "-"} if number == 0 else {})
        drawn.append(series.Series(name, points, **style))
        series.draw(canvas, drawn[-1], zorder=4 if number == 0 else 3)
    _write_scores(canvas, drawn[:1], [one.scores for one in shown[:1]], at)
    ends = [*drawn, *_limit(canvas, chart, scale, right)]
    series.name_ends(canvas, ends, right + 3.5, (TOP_MM, bottom))
    taken = 0.0
    for period, x in at.items():
        half = canvas.width_of(period, look.SMALL) / 2
        if x - half > taken:
            canvas.write(x, bottom + 3.0, period, size=look.SMALL, color=look.SLATE, ha="center")
            taken = x + half + 1.0
    return [canvas]


def _write_scores(
    canvas: Canvas, drawn: Sequence[series.Series], scores: Sequence[Sequence[Scored]], at: Mapping[str, float]
) -> None:
    """The scores above the points of a line, from the last one back, as many as have room."""
    for line, found in zip(drawn, scores, strict=True):
        taken = math.inf
        known = [score for score in found if score.period in at]
        for (x, y), score in reversed(list(zip(line.points, known, strict=True))):
            if taken - x >= SCORE_MM:
                text = f"{score.score:.1f}"
                canvas.write(
                    x, y - 2.4, text, size=look.SMALL, weight="bold", ha="center", color=look.NAVY, halo=look.WHITE
                )
                taken = x


def _limit(canvas: Canvas, chart: Satisfaction, scale: ValueScale, right: float) -> list[series.Series]:
    """The line of the limit over the ground of what is too low, named as the series are; none without a limit."""
    if chart.limit is None:
        return []
    y = scale.at(chart.limit)
    rectangle(canvas, (LEFT_MM, y, right - LEFT_MM, scale.begin - y), LOW, zorder=0.2)
    text = canvas.say(Text(f"下限 {chart.limit:g}", f"Limit {chart.limit:g}"))
    line = series.Series(text, [(LEFT_MM, y), (right, y)], look.DARK_RED, (0, (5, 1.5)))
    series.draw(canvas, line, zorder=2)
    return [line]


def alternative(chart: Satisfaction) -> Text:
    """What the picture shows, in words."""
    zh, en = [], []
    for number, one in enumerate(one for one in chart.dimensions if one.scores):
        scores = one.scores if number == 0 else one.scores[-1:]
        zh.append(f"{one.name.zh} " + "、".join(f"{score.period} {score.score:.1f}" for score in scores))
        en.append(f"{one.name.en or one.name.zh} " + ", ".join(f"{score.period} {score.score:.1f}" for score in scores))
    limit = Text("", "")
    if chart.limit is not None:
        limit = Text(f"，下限 {chart.limit:g}", f", limit {chart.limit:g}")
    return Text(
        f"{chart.subject.zh} 满意度趋势（1 至 5 分{limit.zh}）：{'；'.join(zh) or '没有评分'}。",
        f"Satisfaction of {chart.subject.en} (1 to 5{limit.en}): {'; '.join(en) or 'no scores'}.",
    )

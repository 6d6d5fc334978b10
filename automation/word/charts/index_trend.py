"""The indices of schedule and cost performance over status dates, with the line of 1 below which a project is behind or dear.

Not here: how the indices come about (``planning.evm``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.base.findings import Text
from automation.base.scales import steps
from automation.word.charts import look, series
from automation.word.charts.canvas import Canvas
from automation.word.charts.shapes import rectangle
from automation.word.charts.time_scale import TimeScale, draw_axis
from automation.word.charts.values import ValueScale, draw_levels

if TYPE_CHECKING:
    from automation.model.charts.history import IndexPoint, IndexTrend
    from automation.word.charts.canvas import Paper

PLOT_MM, AXIS_MM, LEFT_MM, NAMES_MOST, TOP_MM = 56.0, 8.0, 10.0, 40.0, 3.0
LOW, MARKED = "#FDF3F1", 40
LINES: tuple[tuple[str, Text, str, Any, str], ...] = (
    ("spi", Text("进度绩效 SPI", "Schedule SPI"), look.NAVY, "-", "o"),
    ("cpi", Text("成本绩效 CPI", "Cost CPI"), look.ORANGE, (0, (5, 1.5)), "s"),
)
AS_PLANNED = Text("1.00 按计划", "1.00 as planned")
NOTHING = Text("还没有 SPI 和 CPI 的记录。", "No SPI or CPI is on record yet.")


def canvases(chart: IndexTrend, paper: Paper) -> list[Canvas]:
    """The picture of the indices; without any a sentence that says so."""
    caption = Text(f"{chart.project.zh} 绩效指数趋势", f"Performance indices of {chart.project.en}")
    points = [point for point in chart.points if point.spi is not None or point.cpi is not None]
    if not points:
        canvas = Canvas(paper, 12, caption=caption, alternative=alternative(chart))
        canvas.write(1.0, 6.0, canvas.say(NOTHING), color=look.SLATE)
        return [canvas]
    trial = Canvas(paper, 10, caption=caption)
    names = {
        field: f"{_last(points, field):.2f} {trial.say(text)}" for field, text, *_ in LINES if _known(points, field)
    }
    right = trial.width - series.names_mm(trial, [*names.values(), trial.say(AS_PLANNED)], NAMES_MOST) - 4.0
    bottom = TOP_MM + PLOT_MM
    canvas = Canvas(paper, bottom + AXIS_MM + 0.5, caption=caption, alternative=alternative(chart))
    scale = TimeScale(points[0].day, points[-1].day, LEFT_MM, right - LEFT_MM)
    values = [value for point in points for value in point[1:] if value is not None]
    marks = steps(min(*values, 0.9), max(*values, 1.1))
    levels = ValueScale(marks[0], marks[-1], bottom, TOP_MM)
    draw_levels(canvas, levels, [(mark, f"{mark:.2f}".removesuffix("0")) for mark in marks], (LEFT_MM, right))
    rectangle(canvas, (LEFT_MM, levels.at(1), right - LEFT_MM, bottom - levels.at(1)), LOW, zorder=0.2)
    planned = series.Series(
        canvas.say(AS_PLANNED), [(LEFT_MM, levels.at(1)), (right, levels.at(1))], look.SLATE, (0, (6, 1.5, 1.2, 1.5))
    )
    series.draw(canvas, planned, zorder=2)
    drawn = []
    for field, _, colour, dash, marker in LINES:
        if field in names:
            places = [(scale.middle(point.day), levels.at(getattr(point, field))) for point in _known(points, field)]
            sign = marker if len(places) <= MARKED else ""
            drawn.append(series.Series(names[field], places, colour, dash, sign, look.STRONG))
            series.draw(canvas, drawn[-1])
    series.name_ends(canvas, [*drawn, planned], right + 3.5, (TOP_MM, bottom))
    draw_axis(canvas, scale, bottom, level_mm=AXIS_MM / 2)
    return [canvas]


def _known(points: list[IndexPoint], field: str) -> list[IndexPoint]:
    return [point for point in points if getattr(point, field) is not None]


def _last(points: list[IndexPoint], field: str) -> float:
    return float(getattr(_known(points, field)[-1], field))


def alternative(chart: IndexTrend) -> Text:
    """What the picture shows, in words."""
    zh, en = [], []
    for field, text, *_ in LINES:
        known = _known(list(chart.points), field)
        if known:
            first, last = known[0], known[-1]
            values = f"{getattr(first, field):.2f}", f"{getattr(last, field):.2f}"
            zh.append(f"{text.zh} 由 {first.day} 的 {values[0]} 变为 {last.day} 的 {values[1]}")
            en.append(f"{text.en} went from {values[0]} on {first.day} to {values[1]} on {last.day}")
    return Text(
        f"{chart.project.zh} 绩效指数趋势：{'，'.join(zh) or '还没有记录'}。",
        f"Performance indices of {chart.project.en}: {', '.join(en) or 'none on record'}.",
    )

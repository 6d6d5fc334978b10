"""The burn-up of requirements: how many there are, and how many are confirmed, realised and accepted, over time.

Not here: the counting of requirements.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.base.scales import steps
from automation.word.charts import flags, look, series
from automation.word.charts.canvas import Canvas
from automation.word.charts.time_scale import TimeScale, draw_axis
from automation.word.charts.values import ValueScale, draw_levels

if TYPE_CHECKING:
    from automation.model.charts.delivery import BurnUp
    from automation.word.charts.canvas import Paper

PLOT_MM, AXIS_MM, LEFT_MM, NAMES_MOST = 58.0, 8.0, 9.0, 36.0
LINES = (
    ("total", Text("需求总数", "Requirements"), look.NAVY, "-", 2.0),
    ("confirmed", Text("已确认", "Confirmed"), look.BLUE, (0, (5, 1.5)), 1.5),
    ("realised", Text("已实现", "Realised"), look.ORANGE, (0, (6, 1.5, 1.2, 1.5)), 1.5),
    ("accepted", Text("已验收", "Accepted"), look.TEAL, (0, (1.2, 1.2)), 1.8),
)


def canvases(chart: BurnUp, paper: Paper) -> list[Canvas]:
    """The picture of the burn-up; without points it has its axes alone."""
    caption = Text(f"{chart.project.zh} 需求燃起图", f"Requirements of {chart.project.en}: burn-up")
    trial = Canvas(paper, 10, caption=caption)
    names = [f"{trial.say(text)} {getattr(chart.points[-1], name) if chart.points else 0}" for name, text, *_ in LINES]
    right = trial.width - series.names_mm(trial, names, NAMES_MOST) - 4.0
    days = [point.day for point in chart.points] + [chart.status_date]
    scale = TimeScale(min(days), max(days), LEFT_MM, right - LEFT_MM)
    text = f"{trial.say(Text('状态日期', 'Status date'))} {chart.status_date}"
    raised = flags.placed(trial, [flags.Flag(scale.end(chart.status_date), text, look.RUST, (0, (4, 2)), 1.2)])
    top = flags.band_mm(raised) + 1.0
    bottom = top + PLOT_MM
    canvas = Canvas(paper, bottom + AXIS_MM + 0.5, caption=caption, alternative=alternative(chart))
    marks = steps(0, max([point.total for point in chart.points] or [1]), whole=True)
    levels = ValueScale(marks[0], marks[-1], bottom, top)
    draw_levels(canvas, levels, [(mark, f"{mark:.0f}") for mark in marks], (LEFT_MM, right))
    drawn = []
    for (name, _, colour, dash, width), shown in zip(LINES, names, strict=True):
        points: list[tuple[float, float]] = []
        for point in chart.points:
            x, y = scale.end(point.day), levels.at(getattr(point, name))
            points += [(x, points[-1][1]), (x, y)] if points else [(x, y)]
        if points:
            drawn.append(series.Series(shown, points, colour, dash, "", width))
            series.draw(canvas, drawn[-1])
    series.name_ends(canvas, drawn, right + 3.5, (top, bottom))
    flags.draw(canvas, raised, top=top - 1.0, bottom=bottom)
    draw_axis(canvas, scale, bottom, level_mm=AXIS_MM / 2)
    return [canvas]


def alternative(chart: BurnUp) -> Text:
    """What the picture shows, in words."""
    if not chart.points:
        return Text(f"{chart.project.zh} 需求燃起图：还没有需求。", f"Requirements of {chart.project.en}: none yet.")
    first, last = chart.points[0], chart.points[-1]
    return Text(
        f"{chart.project.zh} 需求燃起图，{first.day} 至 {last.day}：需求由 {first.total} 条变为 {last.total} 条，其中已确认 "
        f"{last.confirmed} 条、已实现 {last.realised} 条、已验收 {last.accepted} 条。",
        f"Requirements of {chart.project.en} from {first.day} to {last.day}: their number went from {first.total} to "
        f"{last.total}, of which {last.confirmed} are confirmed, {last.realised} realised and {last.accepted} accepted.",
    )

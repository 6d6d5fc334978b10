"""Findings over days: above, how many are open and how many of them are grave; below, how many were opened and closed.

Not here: the history that tells of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.base.scales import steps
from automation.word.charts import legend, look, series
from automation.word.charts.canvas import Canvas
from automation.word.charts.shapes import rectangle
from automation.word.charts.time_scale import TimeScale, draw_axis
from automation.word.charts.values import ValueScale, draw_levels

if TYPE_CHECKING:
    from automation.model.charts.history import FindingsTrend
    from automation.model.trends import Moved
    from automation.word.charts.canvas import Paper

OPEN_MM, MOVED_MM, AXIS_MM, GAP_MM, LEFT_MM, NAMES_MOST, TOP_MM = 46.0, 22.0, 8.0, 5.0, 9.0, 36.0, 3.0
WIDEST_MM, NARROWEST_MM, MARKED = 5.0, 0.35, 40
NOTHING = Text("还没有检查记录。", "No check is on record yet.")


def canvases(chart: FindingsTrend, paper: Paper) -> list[Canvas]:
    """The picture of the findings; without checks a sentence that says so."""
    caption = Text(f"{chart.subject.zh} 检查结果趋势", f"Findings of {chart.subject.en} over time")
    if not chart.days:
        return [_empty(chart, paper, caption)]
    trial = Canvas(paper, 10, caption=caption)
    last = chart.days[-1]
    names = [
        trial.say(Text(f"未解决 {last.open}", f"Open {last.open}")),
        trial.say(Text(f"其中高及以上 {grave(last)}", f"High and above {grave(last)}")),
    ]
    right = trial.width - series.names_mm(trial, names, NAMES_MOST) - 4.0
    scale = TimeScale(chart.days[0].day, last.day, LEFT_MM, right - LEFT_MM)
    middle = TOP_MM + OPEN_MM
    bottom = middle + GAP_MM + MOVED_MM
    entries = legend.lines(trial, _legend(trial), paper.width_mm - 2)
    height = bottom + AXIS_MM + 1.5 + legend.LINE_MM * len(entries)
    canvas = Canvas(paper, height, caption=caption, alternative=alternative(chart))
    _draw_open(canvas, chart, names, scale, middle)
    _draw_moved(canvas, chart, scale, (middle + GAP_MM, bottom))
    draw_axis(canvas, scale, bottom, level_mm=AXIS_MM / 2)
    legend.draw(canvas, entries, left=1.0, top=bottom + AXIS_MM + 1.5)
    return [canvas]


def grave(day: Moved) -> int:
    """How many of the open findings of a day are of severity high or above."""
    return day.high + day.error


def _empty(chart: FindingsTrend, paper: Paper, caption: Text) -> Canvas:
    canvas = Canvas(paper, 12, caption=caption, alternative=alternative(chart))
    canvas.write(1.0, 6.0, canvas.say(NOTHING), color=look.SLATE)
    return canvas


def _open(day: Moved) -> int:
    return day.open


def _draw_open(canvas: Canvas, chart: FindingsTrend, names: list[str], scale: TimeScale, bottom: float) -> None:
    marks = steps(0, max([1, *(day.open for day in chart.days)]), most=5, whole=True)
    levels = ValueScale(marks[0], marks[-1], bottom, TOP_MM)
    right = scale.left + scale.width
    draw_levels(canvas, levels, [(mark, f"{mark:.0f}") for mark in marks], (scale.left, right))
    marker = "o" if len(chart.days) <= MARKED else ""
    styles = ((look.NAVY, "-", 2.0, marker), (look.DARK_RED, (0, (5, 1.5)), 1.5, "s" if marker else ""))
    drawn = []
    for name, number, (colour, dash, width, sign) in zip(names, (_open, grave), styles, strict=True):
        points = [(scale.middle(day.day), levels.at(number(day))) for day in chart.days]
        drawn.append(series.Series(name, points, colour, dash, sign, width))
        series.draw(canvas, drawn[-1])
    series.name_ends(canvas, drawn, right + 3.5, (TOP_MM, bottom))


def _draw_moved(canvas: Canvas, chart: FindingsTrend, scale: TimeScale, place: tuple[float, float]) -> None:
    """Bars of what was opened upwards and of what was closed downwards; the first check opens everything and is left out."""
    top, bottom = place
    days = chart.days[1:]
    most = max([1, *(max(day.opened, day.closed) for day in days)])
    marks = steps(-most, most, most=4, whole=True)
    levels = ValueScale(marks[0], marks[-1], bottom, top)
    shown = sorted(marks, key=lambda mark: mark != 0)  # the first line is the stronger one
    right = scale.left + scale.width
    draw_levels(canvas, levels, [(mark, f"{abs(mark):.0f}") for mark in shown], (scale.left, right))
    width = min(WIDEST_MM, max(NARROWEST_MM, scale.day_mm * 0.7))
    zero = levels.at(0)
    for day in days:
        left = scale.middle(day.day) - width / 2
        for number, fill, hatch in ((day.opened, look.ORANGE, ""), (-day.closed, look.TEAL, "")):
            end = levels.at(number)
            rectangle(canvas, (left, min(zero, end), width, abs(end - zero)), fill, hatch=hatch)


def _legend(canvas: Canvas) -> list[legend.Entry]:
    return [
        legend.Entry(legend.box(look.ORANGE), canvas.say(Text("新增（向上）", "Opened (up)"))),
        legend.Entry(legend.box(look.TEAL), canvas.say(Text("解决（向下）", "Closed (down)"))),
    ]


def alternative(chart: FindingsTrend) -> Text:
    """What the picture shows, in words."""
    if not chart.days:
        return Text(
            f"{chart.subject.zh} 检查结果趋势：还没有检查记录。", f"Findings of {chart.subject.en}: no check yet."
        )
    first, last = chart.days[0], chart.days[-1]
    opened, closed = sum(day.opened for day in chart.days[1:]), sum(day.closed for day in chart.days[1:])
    return Text(
        f"{chart.subject.zh} 检查结果趋势，{first.day} 至 {last.day}：未解决由 {first.open} 项变为 {last.open} 项"
        f"（其中高及以上 {grave(last)} 项），其间新增 {opened} 项，解决 {closed} 项。",
        f"Findings of {chart.subject.en} from {first.day} to {last.day}: open ones went from {first.open} to {last.open} "
        f"({grave(last)} of severity high or above), {opened} were opened and {closed} closed.",
    )

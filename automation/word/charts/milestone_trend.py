"""The milestone trend: the finish that was forecast for each milestone at each status date.

A line that runs level keeps its date, one that rises slips; what meets the diagonal is reached. Not here: where the
earlier forecasts are kept.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.word.charts import look, series
from automation.word.charts.canvas import Canvas
from automation.word.charts.time_scale import TimeScale, draw_axis
from automation.word.charts.values import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from automation.model.charts.plan import MilestoneTrend, TrendedMilestone
    from automation.word.charts.canvas import Paper

PLOT_MM, AXIS_MM, LEFT_MM, NAMES_MOST, TOP_MM, NOTE_MM = 78.0, 8.0, 17.0, 52.0, 2.0, 5.0
MOST = 14
"""How many milestones are shown: those to come first, then those reached last."""


def canvases(chart: MilestoneTrend, paper: Paper) -> list[Canvas]:
    """The picture of the trend."""
    caption = Text(f"{chart.project.zh} 里程碑趋势", f"Milestone trend of {chart.project.en}")
    shown = chosen(chart.milestones)
    trial = Canvas(paper, 10, caption=caption)
    names = [_name(trial, one, chart.status_date) for one in shown]
    right = trial.width - series.names_mm(trial, names, NAMES_MOST) - 4.0
    across = [day for one in shown for day, _ in one.forecasts] + [chart.status_date]
    up = [day for one in shown for _, day in one.forecasts] + [
        day for day in (chart.deadline, chart.status_date) if day
    ]
    margin = timedelta(days=max(3, round((max(up) - min(up)).days * 0.04)))
    scale = TimeScale(min(across), max(across), LEFT_MM, right - LEFT_MM)
    bottom = TOP_MM + PLOT_MM
    levels = TimeScale(min(up) - margin, max(up) + margin, 0, PLOT_MM)
    canvas = Canvas(paper, bottom + AXIS_MM + NOTE_MM, caption=caption, alternative=alternative(chart))
    _draw_ground(canvas, chart, scale, levels, bottom)
    drawn = []
    for number, (one, name) in enumerate(zip(shown, names, strict=True)):
        points = [(scale.end(day), bottom - levels.middle(finish)) for day, finish in one.forecasts]
        drawn.append(series.Series(name, points, **series.styled(number)))
        series.draw(canvas, drawn[-1])
    series.name_ends(canvas, drawn, right + 3.5, (TOP_MM + 1, bottom - 1))
    draw_axis(canvas, scale, bottom, level_mm=AXIS_MM / 2)
    note = Text(
        "横轴为状态日期，纵轴为当时预测的完成日期：水平为按期，上升为推迟，到达斜线为已达到。",
        "Across: status date; up: the finish forecast then. Level is on time, rising is later, on the diagonal is reached.",
    )
    canvas.write(1.0, bottom + AXIS_MM + NOTE_MM / 2, canvas.say(note), size=look.SMALL, color=look.SLATE)
    return [canvas]


def chosen(milestones: Sequence[TrendedMilestone]) -> list[TrendedMilestone]:
    """Those that are shown, by their last date."""
    known = [one for one in milestones if one.forecasts]
    first = sorted(known, key=lambda one: (one.reached is not None, -(one.reached or date.min).toordinal()))
    return sorted(first[:MOST], key=lambda one: (one.forecasts[-1][1], one.key))


def _name(canvas: Canvas, milestone: TrendedMilestone, status_date: date) -> str:
    """The last date of a milestone, with its year if it is another one, and its name."""
    day = milestone.forecasts[-1][1]
    shown = f"{day:%m-%d}" if day.year == status_date.year else f"{day}"
    return f"{'✓ ' if milestone.reached else ''}{shown} {canvas.say(milestone.name)}"


def _draw_ground(canvas: Canvas, chart: MilestoneTrend, scale: TimeScale, levels: TimeScale, bottom: float) -> None:
    """Months across the plot, the deadline, and the diagonal on which status date and finish are the same."""
    left, right = scale.left, scale.left + scale.width
    for month, y in _months(levels, bottom):
        canvas.plane.plot((left, right), (y, y), color=look.LINE, linewidth=look.THIN, zorder=0.4)
        canvas.write(left - 1.0, y, f"{month:%Y-%m-%d}", size=look.NOTE, color=look.SLATE, ha="right")
    canvas.plane.plot((left, left), (bottom, bottom - levels.width), color=look.STONE, linewidth=look.THIN)
    first, last = max(scale.first, levels.first), min(scale.last, levels.last)
    if first < last:
        canvas.plane.plot(
            (scale.end(first), scale.end(last)), (bottom - levels.middle(first), bottom - levels.middle(last)),
            color=look.STONE, linewidth=0.9, linestyle=(0, (5, 2)), zorder=1,
        )  # fmt: skip
    if chart.deadline is not None:
        y = bottom - levels.middle(chart.deadline)
        canvas.plane.plot((left, right), (y, y), color=look.DARK_RED, linewidth=1.0, linestyle=(0, (6, 1.5, 1.2, 1.5)))
        text = f"{canvas.say(Text('合同截止', 'Contract deadline'))} {chart.deadline}"
        canvas.write(left + 1.0, y - 1.8, text, size=look.SMALL, color=look.DARK_RED, weight="bold", halo=look.WHITE)


def _months(levels: TimeScale, bottom: float) -> list[tuple[date, float]]:
    """The first days of months (or of every second, third ... month) with where they stand."""
    every = next(step for step in (1, 2, 3, 6, 12, 24, 60, 1200) if levels.day_mm * 30 * step >= 5)  # noqa: PLR2004
    found, day = [], levels.first.replace(day=1)
    while day <= levels.last:
        if day >= levels.first and (day.year * 12 + day.month - 1) % every == 0:
            found.append((day, bottom - levels.middle(day)))
        day = (day + timedelta(days=31)).replace(day=1)
    return found


def alternative(chart: MilestoneTrend) -> Text:
    """What the picture shows, in words."""
    shown = chosen(chart.milestones)
    zh, en = [], []
    for one in shown:
        first, last = one.forecasts[0][1], one.forecasts[-1][1]
        moved = (last - first).days
        state = Text("已达到", "reached") if one.reached else Text("预测", "forecast")
        zh.append(f"{one.name.zh} {state.zh} {last}" + (f"（比 {first} 推迟 {moved} 天）" if moved > 0 else ""))
        en.append(
            f"{one.name.en or one.name.zh} {state.en} {last}"
            + (f" ({counted(moved, 'day')} later than {first})" if moved > 0 else "")
        )
    return Text(
        f"{chart.project.zh} 里程碑趋势，截至 {chart.status_date}：{'；'.join(zh) or '没有里程碑'}。",
        f"Milestone trend of {chart.project.en} at {chart.status_date}: {'; '.join(en) or 'no milestones'}.",
    )

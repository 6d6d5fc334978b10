"""The S-curve of earned value: planned value, earned value and actual cost, with the forecast from the status date on.

Not here: how the values come about (``planning.evm_curve``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.base.findings import Text
from automation.base.scales import steps
from automation.word.charts import flags, legend, look, series
from automation.word.charts.canvas import Canvas
from automation.word.charts.time_scale import TimeScale, draw_axis
from automation.word.charts.values import ValueScale, amount, draw_levels, money

if TYPE_CHECKING:
    from decimal import Decimal

    from automation.model.charts.delivery import ValueCurve, ValuePoint
    from automation.word.charts.canvas import Paper

PLOT_MM, AXIS_MM, LEFT_MM, RIGHT_MM = 70.0, 8.0, 14.0, 24.0
LINES: tuple[tuple[str, Text, str, Any, float], ...] = (
    ("planned", Text("计划值 PV", "Planned value PV"), look.SLATE, (0, (5, 1.5)), 1.4),
    ("earned", Text("挣值 EV", "Earned value EV"), look.BLUE, "-", look.STRONG),
    ("actual", Text("实际成本 AC", "Actual cost AC"), look.ORANGE, (0, (6, 1.5, 1.2, 1.5)), look.STRONG),
    ("forecast", Text("挣值预测", "Forecast value"), look.BLUE, (0, (1.2, 1.2)), 1.4),
    ("forecast_cost", Text("成本预测", "Forecast cost"), look.ORANGE, (0, (1.2, 1.2)), 1.4),
)
"""The lines by the field of a point: name, colour, dash, width."""
_MARKED = {"earned": "o", "actual": "s"}


def canvases(chart: ValueCurve, paper: Paper) -> list[Canvas]:
    """The picture of the curve."""
    caption = Text(f"{chart.project.zh} 挣值曲线", f"Earned value of {chart.project.en}")
    trial = Canvas(paper, 10, caption=caption)
    days = [point.day for point in chart.points] + [chart.status_date]
    scale = TimeScale(min(days), max(days), LEFT_MM, trial.width - LEFT_MM - RIGHT_MM)
    text = f"{trial.say(Text('状态日期', 'Status date'))} {chart.status_date}"
    raised = flags.placed(trial, [flags.Flag(scale.end(chart.status_date), text, look.RUST, (0, (4, 2)), 1.2)])
    entries = legend.lines(trial, _legend(trial, chart), paper.width_mm - 2)
    top = flags.band_mm(raised) + 1.0
    bottom = top + PLOT_MM
    height = bottom + AXIS_MM + 1.5 + legend.LINE_MM * len(entries)
    canvas = Canvas(paper, height, caption=caption, alternative=alternative(chart))
    values = [float(value) for point in chart.points for value in point[1:] if value is not None]
    marks = steps(0, max([*values, float(chart.budget), float(chart.at_completion or 0), 1.0]))
    levels = ValueScale(marks[0], marks[-1], bottom, top)
    draw_levels(
        canvas,
        levels,
        [(mark, amount(mark, canvas.language)) for mark in marks],
        (scale.left, scale.left + scale.width),
    )
    _draw_targets(canvas, chart, scale, levels)
    for name, _, colour, dash, width in LINES:
        points = [
            (scale.end(point.day), levels.at(value))
            for point in chart.points
            for value in [_value(point, name)]
            if value is not None
        ]
        if points:
            series.draw(canvas, series.Series("", points, colour, dash, "", width))
            if name in _MARKED:
                canvas.plane.plot(*points[-1], marker=_MARKED[name], color=colour, markersize=5, zorder=4)
    flags.draw(canvas, raised, top=top - 1.0, bottom=bottom)
    draw_axis(canvas, scale, bottom, level_mm=AXIS_MM / 2)
    legend.draw(canvas, entries, left=1.0, top=bottom + AXIS_MM + 1.5)
    return [canvas]


def _value(point: ValuePoint, name: str) -> Decimal | None:
    found: Decimal | None = getattr(point, name)
    return found


def _draw_targets(canvas: Canvas, chart: ValueCurve, scale: TimeScale, levels: ValueScale) -> None:
    """The budget as a line across, and budget and estimate at completion at the right of the plot."""
    right = scale.left + scale.width
    budget = levels.at(chart.budget)
    canvas.plane.plot((scale.left, right), (budget, budget), color=look.NAVY, linewidth=0.8, linestyle=(0, (1, 2)))
    shown = [series.Series(f"BAC {amount(chart.budget, canvas.language)}", [(right, budget)], look.NAVY)]
    if chart.at_completion is not None:
        level = levels.at(chart.at_completion)
        shown.append(
            series.Series(f"EAC {amount(chart.at_completion, canvas.language)}", [(right, level)], look.ORANGE)
        )
    series.name_ends(canvas, shown, right + 3.0, (levels.end, levels.begin))


def _last(chart: ValueCurve, name: str) -> Decimal | None:
    """The value at the status date, or the last one known before it."""
    known = [
        value
        for point in chart.points
        if point.day <= chart.status_date
        for value in [_value(point, name)]
        if value is not None
    ]
    return known[-1] if known else None


def _legend(canvas: Canvas, chart: ValueCurve) -> list[legend.Entry]:
    entries = []
    for name, text, colour, dash, width in LINES:
        if not any(_value(point, name) is not None for point in chart.points):
            continue
        value = _last(chart, name) if not name.startswith("forecast") else None
        shown = canvas.say(text) + (f" {amount(value, canvas.language)}" if value is not None else "")
        entries.append(legend.Entry(legend.stroke(colour, dash, width=width, marker=_MARKED.get(name, "")), shown))
    if canvas.say(chart.currency):
        entries.append(
            legend.Entry(None, canvas.say(Text(f"单位：{chart.currency.zh}", f"Amounts in {chart.currency.en}")))
        )
    indices = [
        f"{name} {value:.2f}"
        for name, value in (("SPI", chart.schedule_index), ("CPI", chart.cost_index))
        if value is not None
    ]
    return [*entries, *([legend.Entry(None, " · ".join(indices))] if indices else [])]


def alternative(chart: ValueCurve) -> Text:
    """What the picture shows, in words."""
    parts: list[Text] = []
    for name, text, *_ in LINES[:3]:
        value = _last(chart, name)
        if value is not None:
            parts.append(
                Text(
                    f"{text.zh} {money(value, 'zh', chart.currency)}", f"{text.en} {money(value, 'en', chart.currency)}"
                )
            )
    parts.append(
        Text(
            f"完工预算 {money(chart.budget, 'zh', chart.currency)}",
            f"budget {money(chart.budget, 'en', chart.currency)}",
        )
    )
    if chart.at_completion is not None:
        eac = chart.at_completion
        parts.append(
            Text(
                f"完工估算 {money(eac, 'zh', chart.currency)}",
                f"estimate at completion {money(eac, 'en', chart.currency)}",
            )
        )
    for name, index in (("SPI", chart.schedule_index), ("CPI", chart.cost_index)):
        if index is not None:
            parts.append(Text(f"{name} {index:.2f}", f"{name} {index:.2f}"))
    return Text(
        f"{chart.project.zh} 挣值曲线，截至 {chart.status_date}：{'，'.join(part.zh for part in parts)}。",
        f"Earned value of {chart.project.en} at {chart.status_date}: {', '.join(part.en for part in parts)}.",
    )

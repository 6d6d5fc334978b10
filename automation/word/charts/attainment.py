"""Service levels by month: the share of requests answered and resolved in time. Not here: the service hours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.word.charts import legend, look
from automation.word.charts.canvas import Canvas
from automation.word.charts.shapes import rectangle
from automation.word.charts.values import ValueScale, draw_levels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from automation.model.charts.service import AttainedMonth, Attainment
    from automation.word.charts.canvas import Paper

PLOT_MM, TOP_MM, FOOT_MM, YEARS_MM, LEFT_MM, RIGHT_MM, VALUE_MM = 52.0, 3.0, 8.5, 3.2, 11.0, 18.0, 4.0
MOST, COLUMN_MOST = 24, 16.0
LEVELS = (0, 20, 40, 60, 80, 100)
COLUMNS = (
    ("response", Text("及时响应", "Answered in time"), look.BLUE, look.BLUE, ""),
    ("resolution", Text("及时解决", "Resolved in time"), "#FBE3CF", look.ORANGE, "...."),
)


def canvases(chart: Attainment, paper: Paper) -> list[Canvas]:
    """The picture of the last 24 months."""
    caption = Text(f"{chart.subject.zh} 服务水平达成", f"Service levels of {chart.subject.en}")
    trial = Canvas(paper, 10, caption=caption)
    months, entries = chart.months[-MOST:], legend.lines(trial, _legend(trial), paper.width_mm - 2)
    right = trial.width - (RIGHT_MM if chart.target is not None else 1.0)
    step = (right - LEFT_MM) / max(1, len(months))
    short = any(trial.width_of(month.period, look.SMALL) > step - 0.8 for month in months)
    bottom = TOP_MM + PLOT_MM
    foot = bottom + (FOOT_MM if not short else FOOT_MM + YEARS_MM)
    height = foot + legend.LINE_MM * len(entries)
    canvas = Canvas(paper, height, caption=caption, alternative=alternative(chart))
    scale = ValueScale(0, LEVELS[-1], bottom, TOP_MM)
    draw_levels(canvas, scale, [(level, f"{level}%") for level in LEVELS], (LEFT_MM, right))
    for number, month in enumerate(months):
        _draw_month(canvas, month, LEFT_MM + (number + 0.5) * step, min(COLUMN_MOST, step * 0.84), scale)
    _name_months(canvas, months, step, bottom, short=short)
    if chart.target is not None:
        y = scale.at(chart.target)
        canvas.plane.plot(
            (LEFT_MM, right), (y, y), color=look.DARK_RED, linewidth=1.1, linestyle=(0, (5, 1.5)), zorder=3
        )
        text = canvas.say(Text(f"目标 {chart.target:g}%", f"Target {chart.target:g}%"))
        canvas.write(right + 1.0, y, text, size=look.SMALL, color=look.DARK_RED, weight="bold")
    legend.draw(canvas, entries, left=1.0, top=foot)
    return [canvas]


def _draw_month(canvas: Canvas, month: AttainedMonth, middle: float, width: float, scale: ValueScale) -> None:
    """The two columns of a month with their values at the foot, where the line of the target does not run."""
    bottom, half = scale.begin, width / 2
    for number, (name, _, fill, edge, hatch) in enumerate(COLUMNS):
        value = getattr(month, name)
        left = middle - half + number * half
        high = 0.0 if value is None else bottom - scale.at(value)
        if high:
            rectangle(canvas, (left + 0.15, bottom - high, half - 0.3, high), fill, edge=edge, hatch=hatch)
        text = "–" if value is None else f"{value:.0f}"
        turned = canvas.width_of(text, look.NOTE) > half - 0.4
        inside = high > VALUE_MM
        colour = look.WHITE if inside and not hatch else look.INK
        y = bottom - (VALUE_MM / 2 if inside else high + VALUE_MM / 2)
        canvas.write(
            left + half / 2, y, text, size=look.NOTE, color=colour, ha="center", va="center" if turned else "center_baseline",
            rotation=90 if turned else 0, halo=fill if inside else look.WHITE,
        )  # fmt: skip


def _name_months(canvas: Canvas, months: Sequence[AttainedMonth], step: float, top: float, *, short: bool) -> None:
    """The months and their requests below the columns; where months have no room for their year, it stands below them."""
    for number, month in enumerate(months):
        middle = LEFT_MM + (number + 0.5) * step
        year, _, number_of = month.period.partition("-")
        name = canvas.fitted(number_of or year if short else month.period, step - 0.4, look.SMALL)
        canvas.write(middle, top + 2.4, name, size=look.SMALL, ha="center")
        count = f"{month.requests}" if short else f"n={month.requests}"
        canvas.write(
            middle,
            top + 5.8,
            canvas.fitted(count, step - 0.4, look.NOTE),
            size=look.NOTE,
            color=look.SLATE,
            ha="center",
        )
        if short and (number == 0 or number_of == "01"):
            canvas.write(middle, top + 9.0, year, size=look.NOTE, color=look.NAVY, weight="bold", ha="center")


def _legend(canvas: Canvas) -> list[legend.Entry]:
    entries = [
        legend.Entry(legend.box(fill, edge, hatch=hatch), canvas.say(text)) for _, text, fill, edge, hatch in COLUMNS
    ]
    return [*entries, legend.Entry(None, canvas.say(Text("n：当月请求数", "n: requests of the month")))]


def alternative(chart: Attainment) -> Text:
    """What the picture shows, in words."""
    zh, en = [], []
    for month in chart.months[-MOST:]:
        response, resolution = (_shown(value) for value in (month.response, month.resolution))
        zh.append(f"{month.period} 响应 {response}、解决 {resolution}（{month.requests} 件）")
        en.append(f"{month.period} answered {response}, resolved {resolution} ({month.requests})")
    target = Text("", "")
    if chart.target is not None:
        target = Text(f"，目标 {chart.target:g}%", f", target {chart.target:g} %")
    return Text(
        f"{chart.subject.zh} 服务水平达成{target.zh}：{'；'.join(zh) or '没有请求'}。",
        f"Service levels of {chart.subject.en}{target.en}: {'; '.join(en) or 'no requests'}.",
    )


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}%"

"""The simulated finish: how often on which day, the share that has finished by then, and the days that matter.

Not here: what the finish depends on (``drivers``).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from automation.base.findings import Text
from automation.base.scales import steps
from automation.word.charts import flags, legend, look
from automation.word.charts.canvas import Canvas
from automation.word.charts.shapes import rectangle
from automation.word.charts.time_scale import TimeScale, draw_axis
from automation.word.charts.values import WHOLE, percent

if TYPE_CHECKING:
    from automation.model.charts.plan import Finishes
    from automation.word.charts.canvas import Paper

PLOT_MM, AXIS_MM, LEFT_MM, RIGHT_MM = 62.0, 8.0, 14.0, 12.0
MOST_DAILY, MOST_WEEKS = 70, 60
"""Days that are shown one by one; weeks that are shown one by one, beyond which several are taken together."""
WEEK, STEP = 7, 20


class Bar(NamedTuple):
    """The iterations that finish from one day to another, both included, and the share that has finished by then."""

    first: date
    last: date
    iterations: int
    cumulative: float


def canvases(chart: Finishes, paper: Paper) -> list[Canvas]:
    """The picture of the finishes."""
    bars = grouped(chart)
    trial = Canvas(paper, 10, caption=chart.project)
    scale = _scale(chart, trial)
    raised = flags.placed(trial, _flags(trial, chart, scale))
    entries = legend.lines(trial, _legend(trial, bars), paper.width_mm - 2)
    top = flags.band_mm(raised) + 1.0
    bottom = top + PLOT_MM
    height = bottom + AXIS_MM + 1.5 + legend.LINE_MM * len(entries)
    caption = Text(f"{chart.project.zh} 完成日期的模拟分布", f"Simulated finish of {chart.project.en}")
    canvas = Canvas(paper, height, caption=caption, alternative=alternative(chart))
    _draw_grid(canvas, chart, bars, scale, (top, bottom))
    _draw_bars(canvas, bars, scale, (top, bottom))
    flags.draw(canvas, raised, top=top - 1.0, bottom=bottom)
    draw_axis(canvas, scale, bottom, level_mm=AXIS_MM / 2)
    legend.draw(canvas, entries, left=1.0, top=bottom + AXIS_MM + 1.5)
    return [canvas]


def grouped(chart: Finishes) -> list[Bar]:
    """The days as they are, whole weeks from Monday to Sunday for many days, several weeks for very many.

    Weeks, because a few days taken together would hold now more and now fewer working days.
    """
    total = sum(count for _, count in chart.days)
    if not total:
        return []
    first, last = chart.days[0][0], chart.days[-1][0]
    width = 1
    if (last - first).days >= MOST_DAILY:
        first -= timedelta(days=first.weekday())
        width = WEEK * (1 + (last - first).days // (WEEK * MOST_WEEKS))
    counts: dict[int, int] = {}
    for day, count in chart.days:
        counts[(day - first).days // width] = counts.get((day - first).days // width, 0) + count
    found, done = [], 0
    for place in range(max(counts) + 1):
        done += counts.get(place, 0)
        begin = first + timedelta(days=place * width)
        found.append(Bar(begin, begin + timedelta(days=width - 1), counts.get(place, 0), done / total))
    return found


def _scale(chart: Finishes, canvas: Canvas) -> TimeScale:
    days = [
        day for day in (*(day for day, _ in chart.days), chart.p50, chart.p80, chart.planned, chart.deadline) if day
    ]
    margin = timedelta(days=max(2, round((max(days) - min(days)).days * 0.04)))
    first, last = min(days) - margin, max(days) + margin
    return TimeScale(first, last, LEFT_MM, canvas.width - LEFT_MM - RIGHT_MM)


def _flags(canvas: Canvas, chart: Finishes, scale: TimeScale) -> list[flags.Flag]:
    """The days that matter; those that are the same day share a flag."""
    wanted: list[tuple[date, Text, str, Any]] = [
        (chart.p50, Text("P50", "P50"), look.NAVY, (0, (1.2, 1.2))),
        (chart.p80, Text("P80", "P80"), look.NAVY, (0, (5, 2))),
    ]
    if chart.planned is not None:
        wanted.append((chart.planned, Text("计划预测", "Forecast"), look.PINE, (0, (8, 2, 1.2, 2))))
    if chart.deadline is not None:
        wanted.append((chart.deadline, Text("合同截止", "Contract deadline"), look.DARK_RED, "-"))
    chance = None if chart.deadline_chance is None else percent(chart.deadline_chance)
    kept = "" if chance is None else canvas.say(Text(f"（按期可能性 {chance}）", f" (kept: {chance})"))
    by_day: dict[date, list[tuple[Text, str, Any]]] = {}
    for day, name, colour, dash in wanted:
        by_day.setdefault(day, []).append((name, colour, dash))
    found = []
    for day, names in by_day.items():
        text = " · ".join(canvas.say(name) for name, _, _ in names)
        _, colour, dash = names[-1]
        shown = f"{text} {day}{kept if day == chart.deadline else ''}"
        found.append(flags.Flag(scale.end(day), shown, colour, dash, 1.3))
    return found


def _draw_grid(canvas: Canvas, chart: Finishes, bars: list[Bar], scale: TimeScale, place: tuple[float, float]) -> None:
    """Both axes: iterations at the left, the share that has finished at the right, with a line for every 20 %."""
    top, bottom = place
    right = scale.left + scale.width
    for level in range(0, 101, STEP):
        y = bottom - (bottom - top) * level / 100
        line = look.STONE if level == 0 else look.LINE
        canvas.plane.plot((scale.left, right), (y, y), color=line, linewidth=look.THIN, zorder=0.4)
        canvas.write(right + 1.0, y, f"{level}%", size=look.SMALL, color=look.SLATE)
    total, most = sum(count for _, count in chart.days), max((bar.iterations for bar in bars), default=0)
    if not total:
        return
    marks = steps(0, 100 * most / total / BARS, most=5)
    for mark in marks:
        y = bottom - (bottom - top) * BARS * mark * total / (100 * most)
        if y >= top - 1 and mark <= WHOLE:
            canvas.write(scale.left - 1.0, y, f"{mark:g}%", size=look.SMALL, color=look.SLATE, ha="right")


BARS = 0.8
"""How high the highest bar is, of the height of the picture."""


def _draw_bars(canvas: Canvas, bars: list[Bar], scale: TimeScale, place: tuple[float, float]) -> None:
    top, bottom = place
    most = max((bar.iterations for bar in bars), default=0)
    xs: list[float] = []
    ys: list[float] = []
    for bar in bars:
        begin, end = scale.begin(bar.first), scale.end(bar.last)
        height = (bottom - top) * BARS * bar.iterations / most
        if bar.iterations:
            rectangle(canvas, (begin, bottom - height, end - begin, height), look.SKY, edge=look.BLUE, zorder=1.5)
        xs += [begin, end] if not xs else [end]
        ys += (
            [bottom, bottom - (bottom - top) * bar.cumulative] if not ys else [bottom - (bottom - top) * bar.cumulative]
        )
    canvas.plane.plot(xs, ys, color=look.ORANGE, linewidth=look.STRONG, zorder=3, solid_capstyle="round")


def _legend(canvas: Canvas, bars: list[Bar]) -> list[legend.Entry]:
    days = (bars[0].last - bars[0].first).days + 1 if bars else 1
    unit = {
        1: Text("每天完成的占比（左轴）", "Share that finishes on a day (left)"),
        WEEK: Text("每周完成的占比（左轴）", "Share that finishes in a week (left)"),
    }.get(days, Text(f"每 {days // WEEK} 周完成的占比（左轴）", f"Share that finishes in {days // WEEK} weeks (left)"))
    return [
        legend.Entry(legend.box(look.SKY, look.BLUE), canvas.say(unit)),
        legend.Entry(
            legend.stroke(look.ORANGE, width=look.STRONG),
            canvas.say(Text("到当天为止已完成的累计可能性（右轴）", "Chance to have finished by then (right)")),
        ),
    ]


def alternative(chart: Finishes) -> Text:
    """What the picture shows, in words."""
    total = sum(count for _, count in chart.days)
    zh = f"{chart.project.zh} 完成日期的模拟分布（{total:,} 次）：一半的情形在 {chart.p50} 前完成（P50），八成在 {chart.p80} 前完成（P80）"
    en = (
        f"Simulated finish of {chart.project.en} ({total:,} iterations): half of them finish by {chart.p50} (P50), "
        f"four in five by {chart.p80} (P80)"
    )
    if chart.planned is not None:
        zh, en = f"{zh}；计划预测 {chart.planned} 完成", f"{en}; the plan itself forecasts {chart.planned}"
    if chart.deadline is not None and chart.deadline_chance is not None:
        chance = percent(chart.deadline_chance)
        zh = f"{zh}；在合同截止日 {chart.deadline} 前完成的可能性为 {chance}"
        en = f"{en}; the contract deadline {chart.deadline} is kept with a chance of {chance}"
    return Text(f"{zh}。", f"{en}.")

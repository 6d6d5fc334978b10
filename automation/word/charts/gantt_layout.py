"""The layout of a Gantt chart: its columns, its days, the flags above it and its legend, the same on all its pictures.

Not here: the drawing of rows (``gantt``), which rows stand on which picture (``gantt_pages``).
"""

from __future__ import annotations

import math
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from automation.base.findings import Text
from automation.word.charts import flags, legend, look
from automation.word.charts.shapes import bracket, diamond, rectangle
from automation.word.charts.time_scale import TimeScale, breaks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from automation.model.charts.plan import Gantt, GanttRow
    from automation.word.charts.canvas import Canvas

DONE, ONE_YEAR = 100, 366
LANE_LEAST, LANE_MOST = 3.35, 6.0
"""Millimetres of a row."""
AXIS_MM, GAP_MM = 8.0, 1.2
INDENT_MM, DEEPEST, KEY_MOST, NAME_SHARE, PERCENT_MM = 2.0, 6, 20.0, 0.44, 8.5
MARGIN_MM, LABELS_MM, LONG_LABELS_MM = 1.8, 14.0, 19.0
"""Room before the first bar, and behind the last for what is written there without and with years."""
LEAST_DAYS, LEAST_NAME, LEAST_KEY = 14, 16.0, 7.0
FAR = 0.4
"""A status date or deadline further from the plan than this share of its length is not drawn."""


class Columns(NamedTuple):
    """The columns at the left: where names begin and end, where percentages end; the chart begins at ``chart``."""

    name: float
    name_end: float
    percent_end: float
    chart: float


class Layout(NamedTuple):
    """What all pictures of a chart share; ``head_mm`` and ``foot_mm`` are the millimetres above and below the rows."""

    columns: Columns
    scale: TimeScale
    raised: list[flags.Placed]
    legend: list[list[tuple[float, legend.Entry]]]
    lane: float
    size: float

    @property
    def head_mm(self) -> float:
        """The millimetres above the rows."""
        return flags.band_mm(self.raised) + AXIS_MM

    @property
    def foot_mm(self) -> float:
        """The millimetres below the rows."""
        return GAP_MM + legend.LINE_MM * len(self.legend)


def layout(canvas: Canvas, chart: Gantt, *, lane: float) -> Layout:
    """The layout of a chart with rows of so many millimetres; the canvas serves for its width and language alone."""
    size = look.BODY if lane >= LANE_MOST * 0.75 else look.SMALL
    columns = _columns(canvas, chart.rows, size)
    scale = _scale(canvas, chart, columns)
    raised = flags.placed(canvas, _flags(canvas, chart, scale))
    return Layout(
        columns, scale, raised, legend.lines(canvas, list(_legend(canvas, chart, scale)), canvas.width - 2), lane, size
    )


def span(rows: Sequence[GanttRow]) -> tuple[date, date] | None:
    """The first and the last day of any bar or baseline; ``None`` without one."""
    days = [
        day
        for row in rows
        for day in (row.start, row.finish, row.baseline_start, row.baseline_finish)
        if day is not None
    ]
    return (min(days), max(days)) if days else None


def _columns(canvas: Canvas, rows: Sequence[GanttRow], size: float) -> Columns:
    key = min(KEY_MOST, max([LEAST_KEY, *(canvas.width_of(row.key, size) for row in rows)]) + 2.0)
    names = [indent_mm(row) + canvas.width_of(canvas.say(row.name), size, weight=weight_of(row)) for row in rows]
    name_end = min(canvas.width * NAME_SHARE - PERCENT_MM, 1 + key + max([LEAST_NAME, *names]))
    return Columns(1 + key, name_end, name_end + PERCENT_MM, name_end + PERCENT_MM + 1.5)


def _scale(canvas: Canvas, chart: Gantt, columns: Columns) -> TimeScale:
    first, last = span(chart.rows) or (chart.status_date, chart.status_date)
    reach = timedelta(days=round(((last - first).days + 1) * FAR))
    others = [day for day in (chart.status_date, chart.deadline) if day and first - reach <= day <= last + reach]
    first, last = min(first, *others) if others else first, max(last, *others) if others else last
    width = canvas.width - columns.chart - 0.5
    days = max(LEAST_DAYS, (last - first).days + 1)
    right = LABELS_MM if days <= ONE_YEAR else LONG_LABELS_MM
    day_mm = (width - MARGIN_MM - right) / days
    before, after = math.ceil(MARGIN_MM / day_mm), math.ceil(right / day_mm)
    return TimeScale(first - timedelta(before), first + timedelta(days + after - 1), columns.chart, width)


def _flags(canvas: Canvas, chart: Gantt, scale: TimeScale) -> list[flags.Flag]:
    found = []
    if scale.first <= chart.status_date <= scale.last:
        text = canvas.say(Text("状态日期", "Status date"))
        x = scale.end(chart.status_date)
        found.append(flags.Flag(x, f"{text} {chart.status_date}", look.RUST, (0, (4, 2)), 1.2))
    if chart.deadline is not None and scale.first <= chart.deadline <= scale.last:
        text = canvas.say(Text("合同截止", "Contract deadline"))
        x = scale.end(chart.deadline)
        found.append(flags.Flag(x, f"{text} {chart.deadline}", look.DARK_RED, (0, (6, 1.5, 1.2, 1.5)), 1.2))
    return found


def indent_mm(row: GanttRow) -> float:
    """How far a name is moved to the right by its level."""
    return min(row.level, DEEPEST) * INDENT_MM


def weight_of(row: GanttRow) -> str:
    """Phases are bold."""
    return "bold" if row.kind == "phase" else "normal"


def _legend(canvas: Canvas, chart: Gantt, scale: TimeScale) -> Iterator[legend.Entry]:
    """What occurs in the chart, in the order in which it is read."""
    rows = chart.rows
    tasks = [row for row in rows if row.kind == "task"]

    def say(zh: str, en: str) -> str:
        return canvas.say(Text(zh, en))

    if any(row.percent > 0 for row in tasks):
        yield legend.Entry(legend.box(look.BLUE, look.BLUE), say("已完成", "Done"))
    if any(row.percent < DONE and not row.critical for row in tasks):
        yield legend.Entry(legend.box(look.SKY, look.BLUE), say("未完成", "To do"))
    if any(row.critical and row.percent < DONE for row in tasks):
        yield legend.Entry(_critical_sample, say("关键任务（已完成、未完成部分）", "Critical (done, to do)"))
    if any(row.baseline_finish for row in rows):
        yield legend.Entry(legend.box(look.STONE, height=0.9), say("基线", "Baseline"))
    if any(row.kind == "phase" for row in rows):
        yield legend.Entry(_phase_sample, say("阶段", "Phase"))
    if any(row.kind == "milestone" for row in rows):
        yield legend.Entry(_milestone_sample, say("里程碑（未达到、已达到）", "Milestone (to come, reached)"))
    if breaks(scale, chart.days_off):
        yield legend.Entry(legend.box(look.MIST, look.LINE), say("非工作日", "Days off"))
    if any(row.slip_days for row in rows):
        yield legend.Entry(None, say("+n：比基线晚 n 个工作日", "+n: n working days behind the baseline"))


def _critical_sample(canvas: Canvas, x: float, y: float) -> None:
    legend.box(look.ROSE, look.DARK_RED, hatch=look.CRITICAL_HATCH)(canvas, x, y)
    rectangle(canvas, (x, y - 1.1, legend.SAMPLE_MM * 0.4, 2.2), look.DARK_RED)


def _phase_sample(canvas: Canvas, x: float, y: float) -> None:
    bracket(canvas, (x, y - 1, legend.SAMPLE_MM, 2.0), look.NAVY)


def _milestone_sample(canvas: Canvas, x: float, y: float) -> None:
    for place, fill in ((1.6, look.WHITE), (4.9, look.NAVY)):
        diamond(canvas, x + place, y, 2.4, fill, edge=look.NAVY)

"""The Gantt chart: baseline under forecast, what is done, milestones, phases, critical tasks, status date and deadline.

Not here: which rows stand on which page and the words about them (``gantt_pages``).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from automation.base.findings import Text
from automation.word.charts import flags, legend, look
from automation.word.charts.gantt_layout import AXIS_MM, DONE, GAP_MM, ONE_YEAR, indent_mm, weight_of
from automation.word.charts.shapes import bracket, diamond, rectangle
from automation.word.charts.time_scale import breaks, draw_axis

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from automation.model.charts.plan import Gantt, GanttRow
    from automation.word.charts.canvas import Canvas
    from automation.word.charts.gantt_layout import Layout
    from automation.word.charts.time_scale import TimeScale

MOVED_MM = 3.5
"""How far a note behind a bar is moved to let a line pass."""
_SMALLEST = 1e-9


class Frame(NamedTuple):
    """Where the rows of one picture are drawn."""

    canvas: Canvas
    layout: Layout
    days_off: frozenset[date]

    @property
    def scale(self) -> TimeScale:
        """The days."""
        return self.layout.scale

    @property
    def lane(self) -> float:
        """The millimetres of a row."""
        return self.layout.lane


def draw(canvas: Canvas, chart: Gantt, rows: Sequence[GanttRow], laid: Layout) -> None:
    """Draw some rows of a chart on a canvas that is as high as head, rows and foot of the layout."""
    frame, top, lane = Frame(canvas, laid, frozenset(chart.days_off)), laid.head_mm, laid.lane
    bottom = top + lane * len(rows)
    _background(frame, chart, rows, (top, bottom))
    for number, row in enumerate(rows):
        _row(frame, row, top + lane * (number + 0.5), top + lane * number)
    flags.draw(canvas, laid.raised, top=top - AXIS_MM, bottom=bottom)
    legend.draw(canvas, laid.legend, left=1.0, top=bottom + GAP_MM)


def _background(frame: Frame, chart: Gantt, rows: Sequence[GanttRow], place: tuple[float, float]) -> None:
    canvas, scale, (top, bottom) = frame.canvas, frame.scale, place
    for first, last in breaks(scale, chart.days_off):
        rectangle(
            canvas, (scale.begin(first), top, scale.end(last) - scale.begin(first), bottom - top), look.MIST, zorder=0.2
        )
    begun = draw_axis(canvas, scale, top - AXIS_MM, level_mm=AXIS_MM / 2)
    for day in begun[1:]:
        canvas.plane.plot((scale.begin(day),) * 2, (top, bottom), color=look.RULE, linewidth=0.4, zorder=0.4)
    for number in range(len(rows) + 1):
        y = top + frame.lane * number
        strong = number in {0, len(rows)} or rows[number].kind == "phase"
        canvas.plane.plot(
            (0, canvas.width - 0.5), (y, y), color=look.STONE if strong else look.LINE,
            linewidth=0.6 if strong else 0.35, zorder=0.3,
        )  # fmt: skip
    middle = top - AXIS_MM / 4
    heads = ((1.0, Text("编号", "No."), "left"), (frame.layout.columns.name, Text("任务", "Task"), "left"))
    for x, text, side in (*heads, (frame.layout.columns.percent_end, Text("完成%", "Done %"), "right")):
        canvas.write(x, middle, canvas.say(text), size=look.SMALL, color=look.NAVY, weight="bold", ha=side)


def _row(frame: Frame, row: GanttRow, middle: float, top: float) -> None:
    canvas, columns, size = frame.canvas, frame.layout.columns, frame.layout.size
    weight = weight_of(row)
    colour = look.NAVY if row.kind != "task" else look.INK
    canvas.write(1.0, middle, canvas.fitted(row.key, columns.name - 2.0, size), size=size, color=look.SLATE)
    left = columns.name + indent_mm(row)
    name = canvas.fitted(canvas.say(row.name), columns.name_end - left, size, weight=weight)
    canvas.write(left, middle, name, size=size, weight=weight, color=colour)
    canvas.write(columns.percent_end, middle, f"{row.percent:.0f}", size=size, color=look.SLATE, ha="right")
    if row.start is None and row.finish is None:
        text = canvas.say(Text("日期无法计算", "no dates"))
        canvas.write(columns.chart + 1, middle, text, size=look.NOTE, color=look.SLATE)
    elif row.kind == "milestone":
        _milestone(frame, row, middle)
    else:
        _bar(frame, row, middle, top)


def _bar(frame: Frame, row: GanttRow, middle: float, top: float) -> None:
    """The bar of a task or the bracket of a phase, its baseline below it, and its slip behind both."""
    canvas, scale, lane = frame.canvas, frame.scale, frame.lane
    first, last = row.start or row.finish, row.finish or row.start
    assert first is not None
    assert last is not None
    begin, end = scale.begin(first), scale.end(max(first, last))
    height = lane * 0.46
    if row.kind == "phase":
        bracket(canvas, (begin, top + lane * 0.16, end - begin, lane * 0.42), look.NAVY)
    else:
        critical = row.critical and row.percent < DONE
        full, light = (look.DARK_RED, look.ROSE) if critical else (look.BLUE, look.SKY)
        place = (begin, top + lane * 0.14, end - begin, height)
        rectangle(canvas, place, light, edge=full, hatch=look.CRITICAL_HATCH if critical else "", line=0.6)
        done = _done_until(frame, row, first, max(first, last))
        if done is not None:
            rectangle(canvas, (begin, top + lane * 0.14, scale.end(done) - begin, height), full, zorder=2.2)
    right = end
    if row.baseline_start is not None and row.baseline_finish is not None:
        left, right_base = scale.begin(row.baseline_start), scale.end(row.baseline_finish)
        rectangle(canvas, (left, top + lane * 0.69, right_base - left, lane * 0.16), look.STONE, zorder=1.5)
        right = max(end, right_base)
    if row.slip_days:
        _behind(frame, right, middle, f"{row.slip_days:+d}", late=row.slip_days > 0)


def _done_until(frame: Frame, row: GanttRow, first: date, last: date) -> date | None:
    """The last day of the done part: its share of the working days of the bar, as in the workbook's own chart."""
    if row.percent >= DONE:
        return last
    days = [first + timedelta(number) for number in range((last - first).days + 1)]
    worked = [day for day in days if day not in frame.days_off]
    done = int(len(worked) * row.percent / DONE + _SMALLEST)
    return worked[done - 1] if done else None


def _milestone(frame: Frame, row: GanttRow, middle: float) -> None:
    """The diamond of a milestone, filled when it is reached, a small one for its baseline, and its day behind it."""
    canvas, scale, lane = frame.canvas, frame.scale, frame.lane
    day = row.finish or row.start
    assert day is not None
    x, size = scale.middle(day), min(lane * 0.72, 3.2)
    edge = look.DARK_RED if row.critical and row.percent < DONE else look.NAVY
    right = x + size / 2
    if row.baseline_finish is not None and row.baseline_finish != day:
        base = scale.middle(row.baseline_finish)
        diamond(canvas, base, middle, size * 0.62, look.WHITE, edge=look.STONE, line=0.8, zorder=2.5)
        right = max(right, base + size / 2)
    diamond(canvas, x, middle, size, edge if row.percent >= DONE else look.WHITE, edge=edge, line=1.1)
    if row.critical and row.percent < DONE:
        diamond(canvas, x, middle, size * 0.38, edge, edge=edge, line=0, zorder=3.2)
    late = row.slip_days or 0
    shown = f"{day}" if frame.scale.days > ONE_YEAR else f"{day:%m-%d}"
    text = shown + (f" {late:+d}" if late else "")
    _behind(frame, right, middle, text, late=late > 0)


def _behind(frame: Frame, x: float, middle: float, text: str, *, late: bool) -> None:
    """A note behind a bar, past the line of a flag that would run through its beginning."""
    canvas, begin = frame.canvas, x + 0.8
    end = begin + canvas.width_of(text, look.NOTE)
    for line in sorted(one.flag.x for one in frame.layout.raised):
        if begin - 0.5 < line < min(begin + MOVED_MM, end + 0.5):
            begin, end = line + 0.8, line + 0.8 + end - begin
    colour = look.DARK_RED if late else look.SLATE
    canvas.write(begin, middle, text, size=look.NOTE, color=colour, halo=look.WHITE)

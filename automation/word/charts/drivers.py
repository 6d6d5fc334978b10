"""What the simulated finish depends on: a tornado of tasks by correlation and of risks by the delay that they bring.

Not here: the distribution of the finish (``finishes``).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from automation.base.findings import Text
from automation.base.scales import steps
from automation.word.charts import look
from automation.word.charts.canvas import Canvas
from automation.word.charts.shapes import rectangle
from automation.word.charts.values import percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from automation.model.charts.plan import Drivers
    from automation.word.charts.canvas import Paper

MOST_TASKS, MOST_RISKS = 15, 8
LANE_MM, HEAD_MM, SCALE_MM, GAP_MM = 5.2, 6.0, 5.0, 4.0
_LEAST = 0.005
"""A correlation that is smaller would be shown as 0.00 and is left out."""
_SLIGHT = 0.2
"""A correlation of -0.05 (in quarters) is chance and does not deserve a side of its own."""
KEY_MOST, NAME_SHARE, VALUE_MM, NOTE_MM = 22.0, 0.42, 11.0, 16.0


class Line(NamedTuple):
    """A bar with its name: its value, what is written behind it and in the column at the right."""

    key: str
    name: str
    value: float
    shown: str
    note: str


class Panel(NamedTuple):
    """Bars with one scale, from ``least`` to ``most`` with marks at ``ticks``."""

    title: str
    note: str
    lines: Sequence[Line]
    least: float
    most: float
    ticks: tuple[tuple[float, str], ...]
    colour: str
    hatch: str = ""


def canvases(chart: Drivers, paper: Paper) -> list[Canvas]:
    """The picture of the drivers; at most 15 tasks and 8 risks are shown."""
    caption = Text(f"{chart.project.zh} 完成日期的主要影响因素", f"What the finish of {chart.project.en} depends on")
    trial = Canvas(paper, 10, caption=caption)
    panels = [panel for panel in (_tasks(trial, chart), _risks(trial, chart)) if panel is not None]
    heights = [HEAD_MM + LANE_MM * len(panel.lines) + SCALE_MM for panel in panels]
    height = sum(heights) + GAP_MM * max(0, len(panels) - 1) + 1 if panels else 2 * HEAD_MM
    canvas = Canvas(paper, height, caption=caption, alternative=alternative(chart))
    if not panels:
        text = Text("没有会影响完成日期的不确定因素", "Nothing uncertain moves the finish")
        canvas.write(canvas.width / 2, HEAD_MM, canvas.say(text), ha="center", color=look.SLATE)
    left = _name_end(canvas, [line for panel in panels for line in panel.lines])
    top = 0.0
    for panel, high in zip(panels, heights, strict=True):
        _draw(canvas, panel, left, top)
        top += high + GAP_MM
    return [canvas]


def _tasks(canvas: Canvas, chart: Drivers) -> Panel | None:
    lines = [
        Line(one.key, canvas.say(one.name), one.correlation, f"{one.correlation:+.2f}", percent(one.criticality))
        for one in [one for one in chart.tasks if abs(one.correlation) >= _LEAST][:MOST_TASKS]
    ]
    if not lines:
        return None
    quarters = [line.value * 4 for line in lines]
    least, most = min(0, math.floor(min(quarters) + _SLIGHT)), max(1, math.ceil(max(quarters)))
    ticks = tuple((value / 4, f"{value / 4:g}") for value in range(least, most + 1))
    title = Text("任务：工期与完成日期的相关系数", "Tasks: correlation of their time with the finish")
    return Panel(
        canvas.say(title), canvas.say(Text("关键率", "Critical")), lines, least / 4, most / 4, ticks, look.BLUE
    )


def _risks(canvas: Canvas, chart: Drivers) -> Panel | None:
    lines = [
        Line(one.key, canvas.say(one.name), one.delay_days, f"{one.delay_days:+.1f}", percent(one.chance))
        for one in chart.risks[:MOST_RISKS]
    ]
    if not lines:
        return None
    marks = steps(min(0.0, *(line.value for line in lines)), max(0.0, *(line.value for line in lines)))
    ticks = tuple((mark, f"{mark:g}") for mark in marks)
    title = Text("风险：发生时平均推迟完工的工作日", "Risks: working days later, on average, when they occur")
    return Panel(
        canvas.say(title), canvas.say(Text("可能性", "Chance")), lines, marks[0], marks[-1], ticks, look.ORANGE, "...."
    )


def _name_end(canvas: Canvas, lines: Sequence[Line]) -> float:
    """Where the names of all panels end."""
    key = _key_mm(canvas, lines)
    names = [canvas.width_of(line.name) for line in lines]
    return min(canvas.width * NAME_SHARE, key + max(names, default=0.0)) + 2.0


def _key_mm(canvas: Canvas, lines: Sequence[Line]) -> float:
    return min(KEY_MOST, max((canvas.width_of(line.key) for line in lines), default=0.0) + 2.5) + 1.0


def _draw(canvas: Canvas, panel: Panel, left: float, top: float) -> None:
    right = canvas.width - NOTE_MM
    begin, end = left + (VALUE_MM if panel.least < 0 else 0.5), right - VALUE_MM
    unit = (end - begin) / (panel.most - panel.least)
    zero = begin - panel.least * unit
    body, bottom = top + HEAD_MM, top + HEAD_MM + LANE_MM * len(panel.lines)
    canvas.write(1.0, top + HEAD_MM / 2, panel.title, size=look.HEAD, weight="bold", color=look.NAVY)
    canvas.write(
        canvas.width - 1.0, top + HEAD_MM / 2, panel.note, size=look.SMALL, weight="bold", color=look.NAVY, ha="right"
    )
    canvas.plane.plot((0, canvas.width), (body, body), color=look.STONE, linewidth=0.6)
    for value, text in panel.ticks:
        x = zero + value * unit
        strong = value == 0
        canvas.plane.plot(
            (x, x), (body, bottom), color=look.STONE if strong else look.LINE,
            linewidth=0.8 if strong else look.THIN, zorder=0.5,
        )  # fmt: skip
        canvas.write(x, bottom + SCALE_MM / 2, text, size=look.SMALL, color=look.SLATE, ha="center")
    key = _key_mm(canvas, panel.lines)
    for number, line in enumerate(panel.lines):
        y = body + LANE_MM * (number + 0.5)
        canvas.write(1.0, y, canvas.fitted(line.key, key - 2.0), color=look.SLATE)
        canvas.write(key, y, canvas.fitted(line.name, left - 2.0 - key))
        x = zero + max(line.value, panel.least) * unit
        place = (min(zero, x), y - LANE_MM * 0.31, abs(x - zero), LANE_MM * 0.62)
        rectangle(canvas, place, panel.colour, edge=look.WHITE if panel.hatch else panel.colour, hatch=panel.hatch)
        side, behind = ("left", x + 1.0) if x >= zero else ("right", x - 1.0)
        canvas.write(behind, y, line.shown, size=look.SMALL, ha=side, halo=look.WHITE)
        canvas.write(canvas.width - 1.0, y, line.note, size=look.SMALL, color=look.SLATE, ha="right")
        canvas.plane.plot((0, canvas.width), (y + LANE_MM / 2,) * 2, color=look.LINE, linewidth=0.35, zorder=0.3)


def alternative(chart: Drivers) -> Text:
    """What the picture shows, in words."""
    if not chart.tasks and not chart.risks:
        return Text(
            f"{chart.project.zh}：没有会影响完成日期的不确定因素。",
            f"{chart.project.en}: nothing uncertain moves the finish.",
        )
    zh, en = [], []
    if chart.tasks:
        zh.append(
            "影响最大的任务："
            + "、".join(
                f"{one.key} {one.name.zh}（相关系数 {one.correlation:.2f}，关键率 {percent(one.criticality)}）"
                for one in chart.tasks[:3]
            )
        )
        en.append(
            "the tasks that it depends on most are "
            + ", ".join(
                f"{one.key} {one.name.en or one.name.zh} (correlation {one.correlation:.2f}, critical {percent(one.criticality)})"
                for one in chart.tasks[:3]
            )
        )
    if chart.risks:
        zh.append(
            "影响最大的风险："
            + "、".join(
                f"{one.key} {one.name.zh}（可能性 {percent(one.chance)}，发生时平均推迟 {one.delay_days:.1f} 个工作日）"
                for one in chart.risks[:3]
            )
        )
        en.append(
            "the risks are "
            + ", ".join(
                f"{one.key} {one.name.en or one.name.zh} (chance {percent(one.chance)}, {one.delay_days:.1f} working days later)"
                for one in chart.risks[:3]
            )
        )
    return Text(
        f"{chart.project.zh} 完成日期的主要影响因素。{'；'.join(zh)}。",
        f"What the finish of {chart.project.en} depends on: {'; '.join(en)}.",
    )

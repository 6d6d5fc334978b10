"""The pictures of a Gantt chart: which rows stand on which, how high they are, and the words that go with them.

Not here: the drawing of rows (``gantt``).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.base.records import replace
from automation.word.charts import gantt, gantt_layout
from automation.word.charts.canvas import Canvas
from automation.word.charts.values import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from automation.model.charts.plan import Gantt, GanttRow
    from automation.word.charts.canvas import Paper

MOST_ROWS = 60
FILLED = 0.9
"""How full pages are on average when there are several, so that they can end with a phase."""


def canvases(chart: Gantt, paper: Paper) -> list[Canvas]:
    """The pictures of a chart; with more than 60 rows, or as many as the paper is high, there are several."""
    trial = Canvas(paper, paper.height_mm, caption=chart.project)
    tight = gantt_layout.layout(trial, chart, lane=gantt_layout.LANE_LEAST)
    room = paper.height_mm - tight.head_mm - tight.foot_mm
    pages = split(chart.rows, max(1, min(MOST_ROWS, int(room / gantt_layout.LANE_LEAST))))
    lane = min(gantt_layout.LANE_MOST, room / max(1, *map(len, pages)))
    laid = gantt_layout.layout(trial, chart, lane=lane)
    found = []
    for number, rows in enumerate(pages):
        part = Text("", "") if len(pages) == 1 else _part(number + 1, len(pages))
        caption = Text(f"{chart.project.zh} 甘特图{part.zh}", f"Gantt chart of {chart.project.en}{part.en}")
        height = laid.head_mm + lane * len(rows) + laid.foot_mm
        canvas = Canvas(paper, height, caption=caption, alternative=alternative(chart, rows, part))
        gantt.draw(canvas, chart, rows, laid)
        found.append(canvas)
    return found


def split(rows: Sequence[GanttRow], most: int) -> list[list[GanttRow]]:
    """The rows in parts of about the same length, none above ``most``, cut before a phase where one is near.

    A part that begins within a phase repeats the row of the phase. No rows make one empty part.
    """
    parts: list[list[GanttRow]] = []
    rest = list(rows)
    count = 1 if len(rest) <= most else math.ceil(len(rest) / (most * FILLED))
    while len(rest) > most:
        cut = _cut(rest, math.ceil(len(rest) / max(2, count - len(parts))), most)
        parts.append(rest[:cut])
        phase = _phase_of(rest, cut)
        rest = rest[cut:] if phase is None else [phase, *rest[cut:]]
    return [*parts, rest]


def _cut(rows: Sequence[GanttRow], wanted: int, most: int) -> int:
    """Where to cut: before the highest phase near the place wanted, else there."""
    least = max(2, math.floor(wanted * 0.75))
    near = [place for place in range(least, min(most, len(rows) - 1) + 1) if rows[place].kind == "phase"]
    if near:
        return min(near, key=lambda place: (rows[place].level, abs(place - wanted)))
    return max(2, min(wanted, most))


def _phase_of(rows: Sequence[GanttRow], place: int) -> GanttRow | None:
    """The phase within which a row stands, told to be continued; ``None`` for a row within none."""
    row = rows[place]
    for before in reversed(rows[:place]):
        if before.kind == "phase" and before.level < row.level:
            name = before.name
            if not name.zh.endswith(_CONTINUED.zh):
                name = Text(f"{name.zh}{_CONTINUED.zh}", f"{name.en or name.zh}{_CONTINUED.en}")
            return replace(before, name=name)
    return None


_CONTINUED = Text("（续）", " (continued)")


def _part(number: int, count: int) -> Text:
    return Text(f"（{number}/{count}）", f" ({number} of {count})")


def alternative(chart: Gantt, rows: Sequence[GanttRow], part: Text) -> Text:
    """What the picture shows, in words."""
    tasks = [row for row in rows if row.kind == "task"]
    milestones = sum(row.kind == "milestone" for row in rows)
    done = sum(row.percent >= gantt_layout.DONE for row in tasks)
    critical = sum(row.critical and row.percent < gantt_layout.DONE for row in tasks)
    late = sum((row.slip_days or 0) > 0 for row in tasks)
    days = gantt_layout.span(rows)
    zh = [f"{chart.project.zh} 甘特图{part.zh}：{len(tasks)} 个任务、{milestones} 个里程碑"]
    en = [
        f"Gantt chart of {chart.project.en}{part.en}: {counted(len(tasks), 'task')}, {counted(milestones, 'milestone')}"
    ]
    if days is not None:
        zh.append(f"，{days[0]} 至 {days[1]}")
        en.append(f", {days[0]} to {days[1]}")
    zh.append(
        f"。状态日期 {chart.status_date}：{done} 个任务已完成，{critical} 个关键任务未完成，{late} 个任务晚于基线"
    )
    en.append(
        f". At the status date {chart.status_date}: {counted(done, 'task')} done, {critical} critical to do, "
        f"{late} behind the baseline"
    )
    finish = max((row for row in rows if row.finish is not None), key=lambda row: row.finish, default=None)  # type: ignore[arg-type,return-value]
    if finish is not None:
        slip = finish.slip_days
        zh.append(f"；最晚于 {finish.finish} 完成" + (f"，比基线晚 {slip} 个工作日" if slip and slip > 0 else ""))
        en.append(
            f"; the last finish is {finish.finish}"
            + (f", {counted(slip, 'working day')} behind the baseline" if slip and slip > 0 else "")
        )
    if chart.deadline is not None:
        zh.append(f"；合同截止 {chart.deadline}")
        en.append(f"; contract deadline {chart.deadline}")
    return Text("".join(zh) + "。", "".join(en) + ".")

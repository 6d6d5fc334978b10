"""The heat map of resource load: percent of capacity by resource and calendar week; what is too much is framed and bold.

Not here: the loads.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.word.charts import look
from automation.word.charts.canvas import Canvas
from automation.word.charts.shapes import rectangle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from automation.model.charts.plan import LoadedResource, ResourceLoad
    from automation.word.charts.canvas import Paper

MOST_WEEKS, MOST_ROWS = 26, 40
ROW_MM, HEAD_MM, FOOT_MM, KEY_MOST, NAME_SHARE, CELL_MOST = 5.0, 8.0, 5.0, 18.0, 0.34, 9.0
FREE, EASY, FULL = 25, 75, 100
"""Percents up to which a cell has each of the lighter fills."""


def canvases(chart: ResourceLoad, paper: Paper) -> list[Canvas]:
    """The pictures of the loads: 26 weeks and 40 resources each, all weeks of the first resources first."""
    blocks = [chart.resources[first : first + MOST_ROWS] for first in range(0, len(chart.resources), MOST_ROWS)] or [()]
    spans = _spans(len(chart.weeks))
    count = len(blocks) * len(spans)
    found = []
    for number, (rows, (first, last)) in enumerate((rows, span) for rows in blocks for span in spans):
        part = Text(f"（{number + 1}/{count}）", f" ({number + 1} of {count})") if count > 1 else Text("", "")
        caption = Text(f"{chart.project.zh} 资源负荷{part.zh}", f"Resource load of {chart.project.en}{part.en}")
        canvas = Canvas(
            paper,
            HEAD_MM + ROW_MM * len(rows) + FOOT_MM + 1.0,
            caption=caption,
            alternative=alternative(chart, rows, part),
        )
        _draw(canvas, chart, rows, (first, last))
        found.append(canvas)
    return found


def _spans(weeks: int) -> list[tuple[int, int]]:
    """Weeks in parts of about the same length: first and the one after the last."""
    parts = max(1, -(-weeks // MOST_WEEKS))
    size = -(-weeks // parts)
    return [(first, min(first + size, weeks)) for first in range(0, max(weeks, 1), max(size, 1))]


def _draw(canvas: Canvas, chart: ResourceLoad, rows: Sequence[LoadedResource], span: tuple[int, int]) -> None:
    key = min(KEY_MOST, max((canvas.width_of(row.key) for row in rows), default=0.0) + 2.0) + 1.0
    names = max((canvas.width_of(canvas.say(row.name)) for row in rows), default=0.0)
    left = min(canvas.width * NAME_SHARE, key + names + 2.0)
    weeks = chart.weeks[span[0] : span[1]]
    cell = min(CELL_MOST, (canvas.width - left - 0.5) / max(1, len(weeks)))
    _draw_head(canvas, chart, (left, cell), span)
    for number, row in enumerate(rows):
        top = HEAD_MM + ROW_MM * number
        canvas.write(1.0, top + ROW_MM / 2, canvas.fitted(row.key, key - 2.0), color=look.SLATE)
        canvas.write(key, top + ROW_MM / 2, canvas.fitted(canvas.say(row.name), left - key - 1.0))
        for place, load in enumerate(row.loads[span[0] : span[1]]):
            _cell(canvas, (left + place * cell, top, cell, ROW_MM), load, chart.limit)
    note = Text(
        f"数字为占可用能力的百分比；加框加粗的超过 {chart.limit:g}%。",
        f"Percent of capacity; framed and bold is above {chart.limit:g} %.",
    )
    canvas.write(
        1.0, HEAD_MM + ROW_MM * len(rows) + FOOT_MM / 2 + 0.5, canvas.say(note), size=look.SMALL, color=look.SLATE
    )


def _draw_head(canvas: Canvas, chart: ResourceLoad, place: tuple[float, float], span: tuple[int, int]) -> None:
    """The weeks by their Mondays, the months above them; the week of the status date is marked."""
    left, cell = place
    numbered = list(enumerate(chart.weeks[span[0] : span[1]]))
    for month, group in groupby(numbered, key=lambda one: (one[1].year, one[1].month)):
        found = list(group)
        begin, end = left + found[0][0] * cell, left + (found[-1][0] + 1) * cell
        long = Text(f"{month[0]}年{month[1]}月", f"{found[0][1]:%Y-%m}")
        short = Text(f"{month[1]}月", f"{found[0][1]:%m}")
        room = end - begin - 0.5
        text = next(
            (text for text in (long, short) if canvas.width_of(canvas.say(text), look.SMALL, weight="bold") <= room),
            None,
        )
        rectangle(canvas, (begin, 0, end - begin, HEAD_MM / 2), look.MIST, edge=look.WHITE, line=0.8)
        if text is not None:
            canvas.write(
                (begin + end) / 2,
                HEAD_MM / 4,
                canvas.say(text),
                size=look.SMALL,
                weight="bold",
                color=look.NAVY,
                ha="center",
            )
    for number, monday in numbered:
        now = 0 <= (chart.status_date - monday).days < 7  # noqa: PLR2004 - a week
        colour, weight = (look.DARK_RED, "bold") if now else (look.SLATE, "normal")
        canvas.write(
            left + (number + 0.5) * cell, HEAD_MM * 0.75, f"{monday.day:02d}", size=look.NOTE, color=colour, weight=weight,
            ha="center",
        )  # fmt: skip


def _cell(canvas: Canvas, place: tuple[float, float, float, float], load: float | None, limit: float) -> None:
    fills = ((0.5, look.PALE), (FREE, "#E8F0F9"), (EASY, "#C9DCF1"), (FULL, "#93B9E2"))
    above = load is not None and load > limit
    fill = next((fill for most, fill in fills if (load or 0) <= most), "#93B9E2")
    left, top, width, height = place
    rectangle(canvas, place, "#F3B5A5" if above else fill, edge=look.WHITE, line=0.8, zorder=1)
    if above:
        rectangle(canvas, (left + 0.35, top + 0.35, width - 0.7, height - 0.7), "none", edge=look.DARK_RED, line=0.9)
    if load is not None and round(load) > 0:
        text = f"{load:.0f}"
        size = look.NOTE if canvas.width_of(text, look.NOTE, weight="bold") <= width - 0.8 else look.NOTE - 1.2
        weight, colour = ("bold", look.DARK_RED) if above else ("normal", look.INK)
        canvas.write(left + width / 2, top + height / 2, text, size=size, weight=weight, color=colour, ha="center")


def alternative(chart: ResourceLoad, rows: Sequence[LoadedResource], part: Text) -> Text:
    """What the picture shows, in words."""
    peaks = []
    for row in rows:
        known = [(load, week) for load, week in zip(row.loads, chart.weeks, strict=False) if load is not None]
        if known:
            load, week = max(known, key=lambda one: one[0])
            peaks.append((load, week, row))
    above = sorted((one for one in peaks if one[0] > chart.limit), key=lambda one: (-one[0], one[2].key))
    zh, en = f"{len(rows)} 个资源", f"{len(rows)} resources"
    if chart.weeks:
        zh += f"，{chart.weeks[0]} 至 {chart.weeks[-1]} 各周"
        en += f", weeks of {chart.weeks[0]} to {chart.weeks[-1]}"
    if above:
        zh += f"；超负荷 {len(above)} 个：" + "、".join(
            f"{row.key} {row.name.zh} 在 {week} 当周 {load:.0f}%" for load, week, row in above[:5]
        )
        en += f"; {len(above)} above {chart.limit:g} %: " + ", ".join(
            f"{row.key} {row.name.en or row.name.zh} {load:.0f} % in the week of {week}"
            for load, week, row in above[:5]
        )
    else:
        zh, en = f"{zh}；没有超过 {chart.limit:g}%", f"{en}; none above {chart.limit:g} %"
    return Text(f"{chart.project.zh} 资源负荷{part.zh}：{zh}。", f"Resource load of {chart.project.en}{part.en}: {en}.")

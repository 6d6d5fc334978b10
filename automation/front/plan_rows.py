"""The rows of a plan file's schedule: as values for programs, as a table for people.

Not here: the schedule (``planning.filing``), findings (``plan_findings``).
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from automation.base.findings import Text
from automation.model.links import LagUnit, Link
from automation.planning.layout import TENTHS, moment_of
from automation.planning.work import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from automation.planning.filing import Filing, Row

SHOWN = 200
"""Rows that the text form lists; JSON has all."""
NAME_WIDTH = 40
REASONS = {
    Reason.PROJECT_START: Text("项目开始", "project start"),
    Reason.STATUS_DATE: Text("状态日期", "status date"),
    Reason.CONSTRAINT: Text("限制日期", "constraint"),
    Reason.AVAILABILITY: Text("资源可用时间", "availability"),
    Reason.CALENDAR: Text("日历", "calendar"),
    Reason.LEVELLING: Text("资源平衡延迟", "levelling delay"),
    Reason.ACTUAL: Text("实际日期", "actual dates"),
}


# For programs


def value_of(row: Row) -> dict[str, Any]:
    """One row as design section 5 lists its fields."""
    start, finish = _minute(row.start), _minute(row.finish)
    return {
        "uid": _number(row.task.id),
        "name": row.task.name,
        "summary": row.summary,
        "start": start,
        "finish": finish,
        "early_start": start,
        "early_finish": finish,
        "late_start": _minute(row.late_start),
        "late_finish": _minute(row.late_finish),
        "total_slack_minutes": _plain(row.total_slack / TENTHS),
        "free_slack_minutes": _plain(row.free_slack / TENTHS),
        "critical": row.critical,
        "driver": _driver(row),
    }


def _minute(moment: int) -> str:
    """A moment to the minute; parts of one are kept where there are any."""
    when = moment_of(moment, TENTHS)
    return when.strftime("%Y-%m-%dT%H:%M:%S" if when.second else "%Y-%m-%dT%H:%M")


def _plain(number: float) -> float:
    return int(number) if number == int(number) else number


def _number(name: str) -> int | str:
    return int(name) if name.isdecimal() else name


def _driver(row: Row) -> dict[str, Any] | None:
    """What fixes a row's dates; of a summary the tasks below it that fix its start and its finish."""
    driver = row.driver
    if row.ends is not None:
        return {"kind": "tasks", "start": _number(row.ends[0]), "finish": _number(row.ends[1])}
    if driver is None:
        return None
    if not isinstance(driver, Link):
        return {"kind": driver.value}
    value: dict[str, Any] = {"kind": "link", "uid": _number(driver.predecessor), "type": driver.kind.name}
    if driver.lag:
        percent = driver.unit is LagUnit.PERCENT
        value |= {"lag_percent": driver.lag} if percent else {"lag_minutes": _plain(driver.lag / TENTHS)}
        value["lag_unit"] = driver.unit.value
    return value


# For people


def table(found: Filing) -> tuple[Text, ...]:
    """The rows as a table: number, task, start, finish, slack in days, critical, driver."""
    day = found.plan.day_minutes * TENTHS or 1
    rows = [_cells(row, day) for row in found.rows[:SHOWN]]
    zh = _aligned([("编号", "任务", "开始", "完成", "总时差(天)", "关键", "决定因素"), *(row[0] for row in rows)])
    en = _aligned([("UID", "Task", "Start", "Finish", "Slack (d)", "Critical", "Driven by"), *(row[1] for row in rows)])
    lines = [Text(*pair) for pair in zip(zh, en, strict=True)]
    if len(found.rows) > SHOWN:
        rest = len(found.rows) - SHOWN
        lines.append(Text(f"…… 还有{rest}个任务，见 --format json。", f"... and {rest} more tasks: see --format json."))
    return tuple(lines)


def _cells(row: Row, day: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    when = [f"{moment_of(moment, TENTHS):%Y-%m-%d %H:%M}" for moment in (row.start, row.finish)]
    name = "  " * max(0, row.task.level - 1) + row.task.name
    slack = f"{row.total_slack / day:.4g}"
    driver = driver_text(row)
    return (
        (row.task.id, name, *when, slack, "是" if row.critical else "", driver.zh),
        (row.task.id, name, *when, slack, "yes" if row.critical else "", driver.en),
    )


def driver_text(row: Row) -> Text:
    """What fixes a row's dates, in a few words."""
    driver = row.driver
    if row.ends is not None:
        first, last = row.ends
        return Text(first, first) if first == last else Text(f"{first}、{last}", f"{first}, {last}")
    if driver is None:
        return Text("", "")
    if isinstance(driver, Link):
        text = f"{driver.predecessor} {driver.kind.name}"
        if driver.lag and driver.unit is LagUnit.PERCENT:
            text += f" {driver.lag:+d}%"
        elif driver.lag:
            text += f" {driver.lag / TENTHS / 60:+.4g} h"
        return Text(text, text)
    return REASONS[driver]


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows with columns of one width; Chinese characters are two wide."""
    short = [[_cut(cell) for cell in row] for row in rows]
    widths = [max(map(_width, column)) for column in zip(*short, strict=True)]
    return [
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in short
    ]


def _cut(text: str) -> str:
    clean = "".join(character if character.isprintable() else " " for character in text)
    return clean if _width(clean) <= NAME_WIDTH else f"{clean[: NAME_WIDTH // 2]}…"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)

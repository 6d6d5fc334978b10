"""Resource load (C08, B14): who is asked for how much in which week, as a heat map on the sheet ``resource_load``.

Not here: the load (``deviations.loads``), delays that would end an over-allocation (``levelling``).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.commands.analysis_sheets import Grid, filled, grid_columns
from automation.commands.plan_notices import plan_notices
from automation.commands.time_columns import time_columns
from automation.deviations.loads import peaks, week_loads
from automation.model.effects import LogEntry, Need, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from automation.commands.request import Request
    from automation.commands.time_columns import TimeColumns
    from automation.deviations.loads import WeekLoad
    from automation.model.rows import ResourcesRow

SHEET = "resource_load"
_ALMOST = 1e-6
_WEEK = timedelta(days=7)


def load(request: Request) -> Outcome:
    """The weekly load of every resource that is used.

    Parameter: ``weeks`` to show (default: as long as there is work). Raises UsageError for one that is no whole number
    from 1 on.
    """
    loads = week_loads(
        request.project.rows, request.plans, request.calendar, request.status_date, weeks=_weeks(request.parameters)
    )
    by_name: dict[str, list[WeekLoad]] = {}
    for one in loads:
        by_name.setdefault(one.resource, []).append(one)
    rows = {row.resource_id or "": row for row in request.project.rows.resources}
    limit = request.settings.number("load_max")
    columns = _columns(request, loads)
    found = filled(
        request,
        SHEET,
        [_row(name, rows.get(name), weeks, limit) for name, weeks in by_name.items()],
        caption=_caption(request, limit),
        grid=_grid(request, by_name, columns),
    )
    figures = {
        "resources": len(by_name),
        "overloaded_resources": sum(any(_over(one, limit) for one in weeks) for weeks in by_name.values()),
        "overloaded_weeks": sum(_over(one, limit) for one in loads),
        "peak_load": max((one.percent or 0 for one in loads), default=0),
        "limit": limit,
    }
    return Outcome(
        edits=found.edits,
        figures=figures,
        lines=tuple(_lines(by_name, rows, limit)),
        tables={"loads": [_value(one, limit) for one in loads], "peaks": peaks(loads)},
        notices=(*found.notices, *plan_notices(request)),
        log=(LogEntry("load", SHEET),),
        goto=found.goto,
        needs=(Need("generate", "resources"),),
    )


def _weeks(parameters: Mapping[str, Any]) -> int | None:
    text = str(parameters.get("weeks") or "").strip()
    if not text:
        return None
    if not text.isdecimal() or not int(text):
        raise UsageError(
            Text(
                f"--weeks 应为不小于 1 的整数，而不是“{text}”。",
                f"--weeks takes a whole number from 1 on, not “{text}”.",
            ),
            code="NOT_A_NUMBER",
        )
    return int(text)


def _over(one: WeekLoad, limit: float) -> bool:
    return one.percent is None or one.percent > limit + _ALMOST


def _columns(request: Request, loads: Sequence[WeekLoad]) -> TimeColumns | None:
    """The weeks that the grid shows, ``None`` when there is no work."""
    if not loads:
        return None
    first, last = min(one.week for one in loads), max(one.week for one in loads)
    return time_columns(first, last + _WEEK - timedelta(days=1), most=grid_columns(request, SHEET), scale="week")


def _row(name: str, row: ResourcesRow | None, weeks: Sequence[WeekLoad], limit: float) -> dict[str, Any]:
    worst = max(weeks, key=lambda one: one.percent or 0)
    return {
        "resource_id": name,
        "name": row.name if row else None,
        "kind": row.kind if row else None,
        "capacity": row.capacity if row else None,
        "peak": round(worst.percent or 0, 1),
        "peak_week": worst.week,
        "overloaded_weeks": sum(_over(one, limit) for one in weeks),
        "days": round(sum(one.asked for one in weeks), 2),
    }


def _grid(request: Request, by_name: Mapping[str, Sequence[WeekLoad]], columns: TimeColumns | None) -> Grid:
    if columns is None:
        return Grid()
    cells: dict[tuple[int, int], float] = {}
    for number, weeks in enumerate(by_name.values()):
        for one in weeks:
            column = columns.column(one.week)
            if column is not None and one.percent is not None:
                cells[number, column] = round(one.percent, 1)
    return Grid(headings=columns.headings(), band=columns.band(request.language), cells=cells)


def _caption(request: Request, limit: float) -> Text:
    return Text(
        f"状态日期 {request.status_date} 之后各周的负荷(%)，列标题为周一的日期；上限 {limit:g}%。",
        f"Load (%) of the weeks after {request.status_date}; columns are headed by the day of Monday; limit {limit:g} %.",
    )


def _lines(by_name: Mapping[str, Sequence[WeekLoad]], rows: Mapping[str, ResourcesRow], limit: float) -> Iterator[Text]:
    """One line a resource: the heaviest week, with its tasks where it is too heavy."""
    if not by_name:
        yield Text("没有需要投入资源的剩余工作。", "There is no work left that uses resources.")
    for name, weeks in by_name.items():
        worst = max(weeks, key=lambda one: one.percent or 0)
        who = f"{name} {rows[name].name or ''}".strip() if name in rows else name
        over = sum(_over(one, limit) for one in weeks)
        tasks_zh = "、".join(f"{one.task} {one.days:g} 天" for one in worst.tasks)
        tasks_en = ", ".join(f"{one.task} {one.days:g} d" for one in worst.tasks)
        mark = "! " if over else "  "
        yield Text(
            f"{mark}{who}：最高 {worst.percent or 0:.0f}%({worst.week} 起一周：{tasks_zh}；可用 {worst.there:g} 天)"
            + (f"，超负荷 {over} 周" if over else ""),
            f"{mark}{who}: at most {worst.percent or 0:.0f} % (week from {worst.week}: {tasks_en}; {worst.there:g} days "
            "are there)" + (f", {over} {'week' if over == 1 else 'weeks'} overloaded" if over else ""),
        )


def _value(one: WeekLoad, limit: float) -> dict[str, Any]:
    return {
        "resource": one.resource,
        "week": one.week,
        "load": one.percent,
        "asked_days": one.asked,
        "available_days": one.there,
        "working_days": one.working,
        "tasks": {task.task: task.days for task in one.tasks},
        "over": _over(one, limit),
    }

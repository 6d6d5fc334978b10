"""Gantt (B13): the plans of the workbook as bars on the sheet ``gantt``, and as rows for pictures and programs.

The sheet's conditional formats draw the bars from the dates in its table; milestones are signs in the grid. Not here: the
bars (``gantt_bars``), the columns of time (``time_columns``), the look (``excel.master.gantt``).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from automation.base.errors import UsageError
from automation.base.findings import EMPTY, Text
from automation.commands.analysis_sheets import Grid, filled, grid_columns
from automation.commands.gantt_bars import bars_of, chart_of, project_name, projects_of
from automation.commands.picture_files import picture_file
from automation.commands.plan_notices import plan_notices
from automation.commands.time_columns import scale_of, time_columns
from automation.model.effects import LogEntry, Need, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from automation.commands.gantt_bars import Bar
    from automation.commands.request import Request
    from automation.commands.time_columns import TimeColumns
    from automation.model.charts.plan import GanttRow
    from automation.model.effects import FileRequest
    from automation.model.rows import ProjectsRow

SHEET = "gantt"
INDENT = "   "
REACHED, WAS_DUE = "◆", "◇"
NEAR = timedelta(days=28)
"""How far from the plan a status date is shown at least; of a long plan half of its length."""
SHOWN = 60
"""Rows that are listed where no sheet shows them."""


def gantt_chart(request: Request) -> Outcome:
    """The sheet ``gantt`` filled: one row a task in WBS order, bars over columns of days, weeks or months.

    Parameters: ``project`` (default: every project that is not closed), ``scale`` (``day``, ``week`` or ``month``;
    default: by the length), ``pictures`` (also as PNG files, one or more a project). Raises UsageError for an unknown
    project or scale, and when there is nothing to draw.
    """
    scale = scale_of(str(request.parameters.get("scale") or ""))
    projects = projects_of(request)
    bars = [bar for project in projects for bar in bars_of(request, project, many=len(projects) > 1)]
    days = [day for bar in bars for day in _days(bar.shown)]
    if not days:
        raise _nothing()
    first, last = _span(days, request.status_date)
    most = max(grid_columns(request, SHEET) - 1, 1)
    columns = time_columns(first, last, most=most, scale=scale, around=request.status_date)
    found = filled(
        request,
        SHEET,
        [_row(bar) for bar in bars],
        caption=_caption(request, projects, columns),
        grid=_grid(request, bars, columns),
        links=_links(request, bars),
    )
    figures = {
        "tasks": sum(bar.shown.kind == "task" for bar in bars),
        "milestones": sum(bar.shown.kind == "milestone" for bar in bars),
        "critical_tasks": sum(bar.shown.critical and bar.shown.kind == "task" for bar in bars),
        "scale": columns.scale,
        "from": columns.starts[0] if columns.cut else first,
        "to": columns.starts[-1] if columns.cut else last,
    }
    listed = () if found.edits else tuple(_listed(bars))
    return Outcome(
        edits=found.edits,
        figures=figures,
        lines=(_line(request, figures, written=bool(found.edits)), *listed),
        notices=(*found.notices, *_cut(columns), *plan_notices(request)),
        tables={"bars": [_bar_value(bar, request) for bar in bars]},
        log=(LogEntry("gantt", SHEET),),
        goto=found.goto,
        needs=(Need("generate", "plan"),),
        files=_pictures(request, projects),
    )


def _pictures(request: Request, projects: Sequence[ProjectsRow]) -> tuple[FileRequest, ...]:
    """The picture files of the projects that have something to draw, where ``pictures`` asks for them."""
    if not request.parameters.get("pictures"):
        return ()
    charts = [(project.project_id or "", chart_of(request, project)) for project in projects]
    name, language = request.catalogue.sheets[SHEET].label, request.settings.language
    return tuple(
        picture_file(key, name, chart, day=request.status_date, language=language)
        for key, chart in charts
        if chart.rows
    )


def _span(days: Sequence[date], status_date: date) -> tuple[date, date]:
    """The first and last day shown: those of the plan, and the status date unless it lies far away."""
    first, last = min(days), max(days)
    near = max((last - first) / 2, NEAR)
    if first - near <= status_date <= last + near:
        return min(first, status_date), max(last, status_date)
    return first, last


def _days(shown: GanttRow) -> Iterator[date]:
    yield from filter(None, (shown.start, shown.finish, shown.baseline_start, shown.baseline_finish))


def _row(bar: Bar) -> dict[str, Any]:
    shown = bar.shown
    indent = INDENT * shown.level
    return {
        "task_id": shown.key,
        "wbs": bar.wbs or None,
        "name": Text(indent + shown.name.zh, indent + shown.name.en),
        "owner": bar.owner or None,
        "start": shown.start,
        "finish": shown.finish,
        "percent_complete": round(shown.percent, 1),
        "slip_days": shown.slip_days,
        "kind": shown.kind,
        "critical": "yes" if shown.critical else "no",
        "baseline_start": shown.baseline_start,
        "baseline_finish": shown.baseline_finish,
        "done_until": bar.done_until,
    }


def _grid(request: Request, bars: Sequence[Bar], columns: TimeColumns) -> Grid:
    status_date = request.status_date
    edges = (*columns.starts, columns.end)
    off = columns.scale == "day"
    return Grid(
        headings=columns.headings(),
        band=columns.band(request.language),
        cells=dict(_signs(bars, columns)),
        offsets=tuple(float((day - status_date).days) for day in edges),
        flags=tuple("off" if off and not request.calendar.is_working(day) else None for day in columns.starts),
        day=status_date,
    )


def _signs(bars: Iterable[Bar], columns: TimeColumns) -> Iterator[tuple[tuple[int, int], str]]:
    """The diamonds of milestones: where they stand, and where their baseline is if that is another column."""
    for number, bar in enumerate(bars):
        if bar.shown.kind != "milestone":
            continue
        for day, sign in ((bar.shown.baseline_finish, WAS_DUE), (bar.shown.finish, REACHED)):
            column = columns.column(day) if day else None
            if column is not None:
                yield (number, column), sign


def _links(request: Request, bars: Sequence[Bar]) -> Mapping[tuple[int, str], str]:
    """From a task's number to its row of the plan."""
    table = request.project.tables["plan"]
    return {
        (number, "task_id"): f"'{table.name}'!{cell}"
        for number, bar in enumerate(bars)
        if (row := table.by_key.get(bar.shown.key)) is not None and (cell := table.cell(row.row, "task_id"))
    }


def _caption(request: Request, projects: Sequence[ProjectsRow], columns: TimeColumns) -> Text:
    unit = {"day": Text("天", "a day"), "week": Text("周", "a week"), "month": Text("月", "a month")}[columns.scale]
    names = [project_name(row) for row in projects]
    zh, en = "、".join(name.zh for name in names), ", ".join(name.en for name in names)
    return Text(
        f"{zh}　·　状态日期 {request.status_date}　·　每格一{unit.zh}",
        f"{en}  ·  status date {request.status_date}  ·  {unit.en} per column",
    )


def _line(request: Request, figures: Mapping[str, Any], *, written: bool) -> Text:
    tasks, milestones, critical = figures["tasks"], figures["milestones"], figures["critical_tasks"]
    where = request.catalogue.sheets[SHEET].label
    to = Text(f"，已写入“{where.zh}”表", f", on sheet {where.en}") if written else EMPTY
    return Text(
        f"甘特图：{tasks} 个任务(其中关键 {critical} 个)、{milestones} 个里程碑，{figures['from']} 至 {figures['to']}{to.zh}。",
        f"Gantt: {_some(tasks, 'task')} ({critical} critical) and {_some(milestones, 'milestone')}, "
        f"{figures['from']} to {figures['to']}{to.en}.",
    )


def _some(number: int, word: str) -> str:
    return f"{number} {word if number == 1 else f'{word}s'}"


def _listed(bars: Sequence[Bar]) -> Iterator[Text]:
    for bar in bars[:SHOWN]:
        shown = bar.shown
        names = [f"{'  ' * shown.level}{shown.key} {name}".rstrip() for name in shown.name]
        dates = (
            f"{shown.finish or '—'}" if shown.kind == "milestone" else f"{shown.start or '—'} … {shown.finish or '—'}"
        )
        dates += f"  {shown.percent:.0f}%"
        yield Text(*(f"  {name}  {dates}" for name in names))
    rest = len(bars) - SHOWN
    if rest > 0:
        yield Text(f"  ……另有 {rest} 行", f"  … and {rest} more")


def _cut(columns: TimeColumns) -> tuple[Text, ...]:
    if not columns.cut:
        return ()
    first, last = columns.starts[0], columns.starts[-1]
    larger = {"day": "week", "week": "month"}.get(columns.scale)
    advice = Text(f"；要看全部，请加 --scale {larger}", f"; for all of it add --scale {larger}") if larger else EMPTY
    return (
        Text(
            f"计划太长，只画出从 {first} 起到 {last} 的 {len(columns.starts)} 格{advice.zh}。",
            f"The plan is too long for this sheet: drawn are {len(columns.starts)} columns from {first} to {last}{advice.en}.",
        ),
    )


def _bar_value(bar: Bar, request: Request) -> dict[str, Any]:
    """A bar for programs; names in the workbook's language."""
    shown = bar.shown
    return {
        "task": shown.key,
        "wbs": bar.wbs,
        "name": shown.name.in_(request.language),
        "kind": shown.kind,
        "level": shown.level,
        "owner": bar.owner,
        "start": shown.start,
        "finish": shown.finish,
        "baseline_start": shown.baseline_start,
        "baseline_finish": shown.baseline_finish,
        "percent_complete": round(shown.percent, 1),
        "done_until": bar.done_until,
        "critical": shown.critical,
        "slip_days": shown.slip_days,
    }


def _nothing() -> UsageError:
    return UsageError(
        Text(
            "没有可以画出的任务：请先在“项目”表填写计划开始日期，在“计划”表登记任务和工期。",
            "There is no task to draw: enter the planned start on the projects sheet, tasks and durations on the plan sheet.",
        ),
        code="NOTHING_TO_DRAW",
    )

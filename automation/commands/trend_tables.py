"""How workbooks went over time as lists: findings by day, projects by status date, milestones. Not here: pictures (``trending``)."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.commands.trending import by_project, together
from automation.model.listing import ListChart, ListColumn, Listing
from automation.model.runs import HEALTH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from automation.model.trends import BookTrend, Moved, Point

MOST_CHARTS = 20
"""So many charts stand on a sheet at most."""
_BOOK = ListColumn("book", Text("工作簿", "Workbook"), width=30)
_FINDINGS = (
    ListColumn("day", Text("日期", "Day"), "date"),
    ListColumn("open", Text("未解决", "Open"), "whole"),
    ListColumn("opened", Text("新增", "Opened"), "whole"),
    ListColumn("closed", Text("解决", "Closed"), "whole"),
    ListColumn("error", Text("错误", "Error"), "whole"),
    ListColumn("high", Text("高", "High"), "whole"),
    ListColumn("medium", Text("中", "Medium"), "whole"),
    ListColumn("low", Text("低", "Low"), "whole"),
    ListColumn("reminder", Text("提醒", "Reminder"), "whole"),
)
_PROJECT = (
    ListColumn("day", Text("状态日期", "Status date"), "date"),
    ListColumn("health", Text("健康度", "Health")),
    ListColumn("percent_complete", Text("完成率%", "Complete %"), "percent"),
    ListColumn("planned_percent", Text("计划%", "Planned %"), "percent"),
    ListColumn("baseline_finish", Text("基线完成", "Baseline finish"), "date", 14),
    ListColumn("forecast_finish", Text("预测完成", "Forecast finish"), "date", 14),
    ListColumn("slip_days", Text("偏差(工作日)", "Slip (working days)"), "whole", 16),
    ListColumn("spi", Text("SPI", "SPI"), "ratio"),
    ListColumn("cpi", Text("CPI", "CPI"), "ratio"),
    ListColumn("budget", Text("预算", "Budget"), "money", 16),
    ListColumn("actual_cost", Text("实际成本", "Actual cost"), "money", 16),
    ListColumn("estimate_at_completion", Text("完工估算", "Estimate at completion"), "money", 20),
    ListColumn("high_risks", Text("高风险", "High risks"), "whole"),
    ListColumn("satisfaction", Text("满意度", "Satisfaction"), "score"),
)
_NAMED = (
    ListColumn("project_id", Text("项目编号", "Project"), width=12),
    ListColumn("name", Text("项目名称", "Name"), width=34),
)
IN_TEXT = (
    "day", "health", "percent_complete", "planned_percent", "forecast_finish", "slip_days", "spi", "cpi", "satisfaction",
)  # fmt: skip
"""The columns of a project that have room on a terminal."""


def findings_of(days: Sequence[Moved], name: Text) -> Listing:
    """The findings of a workbook, or of several together, by day or week."""
    about = Text(
        "每天最后一次检查后未解决的检查结果，及与上一次相比新增和解决的项数。",
        "Findings open after the last check of each day, and what was opened and closed since the check before.",
    )
    chart = ListChart(Text("未解决的检查结果", "Open findings"), "day", ("open", "high", "error"), 0, len(days) - 1)
    # the first check opens everything, which would hide what came after
    moved = ListChart(Text("新增与解决", "Opened and closed"), "day", ("opened", "closed"), 1, len(days) - 1, "column")
    return Listing(name, about, _FINDINGS, tuple(map(tuple, days)), (chart, moved)[: len(days)])


def project_of(points: Sequence[Point], name: Text) -> Listing:
    """One project by status date."""
    about = Text("各次运行时项目的状态。", "The project as each run saw it.")
    return Listing(name, about, _PROJECT, tuple(map(_project_row, points)))


def sheets(
    trends: Sequence[BookTrend], names: dict[str, str], weekly: Callable[..., tuple[Moved, ...]]
) -> list[Listing]:
    """The lists of a report on these workbooks: findings, by workbook where there are several, projects, milestones.

    ``names`` are those of the workbooks by path; ``weekly`` makes weeks of days, or leaves them.
    """
    whole = findings_of(weekly(together(trends)), Text("检查结果", "Findings"))
    found = [whole]
    if len(trends) > 1:
        rows = tuple((names[one.book], *day) for one in trends for day in weekly(one.days))
        about = Text("各工作簿的检查结果。", "The findings of each workbook.")
        found.append(Listing(Text("检查结果按工作簿", "Findings by workbook"), about, (_BOOK, *_FINDINGS), rows))
    return [*found, _projects(trends, names), _milestones(trends, names)]


def _projects(trends: Sequence[BookTrend], names: dict[str, str]) -> Listing:
    rows = tuple(
        (names[one.book], key, points[-1].name, *_project_row(point))
        for one in trends
        for key, points in by_project(one).items()
        for point in points
    )
    about = Text("各次运行时项目的状态，按项目和状态日期。", "Each project as the runs saw it, by status date.")
    columns = (_BOOK, *_NAMED, *_PROJECT)
    return Listing(Text("项目", "Projects"), about, columns, rows, tuple(_project_charts(rows)))


def _project_charts(rows: Sequence[tuple[object, ...]]) -> Iterator[ListChart]:
    first = made = 0
    for (_, key), group in groupby(rows, key=lambda row: row[:2]):
        last = first + len(list(group)) - 1
        title = (f"{key} 预测完成与基线", f"{key}: forecast and baseline finish")
        indices = (f"{key} 绩效指数", f"{key}: performance indices")
        if made < MOST_CHARTS:
            yield ListChart(Text(*title), "day", ("forecast_finish", "baseline_finish"), first, last)
            yield ListChart(Text(*indices), "day", ("spi", "cpi"), first, last)
            made += 2
        first = last + 1


def _milestones(trends: Sequence[BookTrend], names: dict[str, str]) -> Listing:
    columns = (
        _BOOK,
        _NAMED[0],
        ListColumn("task_id", Text("里程碑编号", "Milestone")),
        ListColumn("name", Text("里程碑", "Name"), width=34),
        ListColumn("day", Text("状态日期", "Status date"), "date"),
        ListColumn("baseline", Text("基线完成", "Baseline finish"), "date", 14),
        ListColumn("forecast", Text("预测完成", "Forecast finish"), "date", 14),
        ListColumn("percent", Text("完成率%", "Complete %"), "percent"),
    )
    rows = {
        (one.book, stone.project_id, stone.task_id, stone.day): (
            names[one.book], stone.project_id, stone.task_id, stone.name, stone.day, stone.baseline, stone.forecast,
            stone.percent,
        )
        for one in trends
        for stone in one.milestones
    }  # fmt: skip
    about = Text(
        "各状态日期预测的里程碑完成日期。", "The finish that was forecast for each milestone at each status date."
    )
    return Listing(Text("里程碑", "Milestones"), about, columns, tuple(rows[key] for key in sorted(rows)))


def _project_row(point: Point) -> tuple[object, ...]:
    values = {column.id: getattr(point, column.id) for column in _PROJECT}
    values["health"] = HEALTH.get(point.health, Text(point.health, point.health))
    return tuple(values.values())

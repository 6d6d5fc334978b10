"""What many runs came to as lists: workbooks, projects, their schedule, findings, people asked for by several.

A page shows them, and a workbook holds them. Not here: how they look (``front.overview``, ``excel.listing_book``), how
workbooks went over time (``trend_tables``).
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from automation.base.findings import OPEN, FindingStatus, Severity, Text
from automation.model.listing import Link, ListChart, ListColumn, Listing, Tag
from automation.model.runs import HEALTH, OUTCOMES, RunOutcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from automation.commands.portfolio import Conflict
    from automation.model.runs import BookRun, ProjectFacts

MOST_BARS = 60
"""So many projects are in the chart of the schedule."""
_OUTCOME_ORDER = {outcome: place for place, outcome in enumerate(reversed(RunOutcome))}
SEVERITIES = {
    Severity.ERROR: Text("错误", "Error"),
    Severity.HIGH: Text("高", "High"),
    Severity.MEDIUM: Text("中", "Medium"),
    Severity.LOW: Text("低", "Low"),
    Severity.REMINDER: Text("提醒", "Reminder"),
}
_HEALTH_ORDER = {code: place for place, code in enumerate(HEALTH)}
_BOOK = ListColumn("book", Text("工作簿", "Workbook"), width=28)
_BOOKS = (
    _BOOK,
    ListColumn("outcome", Text("结果", "Result"), width=22),
    ListColumn("error", Text("错误", "Errors"), "whole", 9),
    ListColumn("high", Text("高", "High"), "whole", 9),
    ListColumn("medium", Text("中", "Medium"), "whole", 9),
    ListColumn("new", Text("新增", "New"), "whole", 9),
    ListColumn("seconds", Text("秒", "Seconds"), "score", 9),
    ListColumn("reason", Text("说明", "Reason"), width=60),
)
_PROJECTS = (
    ListColumn("project", Text("项目", "Project"), width=46),
    ListColumn("health", Text("健康度", "Health"), width=9),
    ListColumn("percent_complete", Text("完成率%", "Complete %"), "percent", 11),
    ListColumn("planned_percent", Text("计划%", "Planned %"), "percent", 11),
    ListColumn("baseline_finish", Text("基线完成", "Baseline"), "date"),
    ListColumn("forecast_finish", Text("预测完成", "Forecast"), "date"),
    ListColumn("slip_days", Text("偏差(工作日)", "Slip (days)"), "whole", 13),
    ListColumn("spi", Text("SPI", "SPI"), "ratio", 8),
    ListColumn("cpi", Text("CPI", "CPI"), "ratio", 8),
    ListColumn("budget", Text("预算", "Budget"), "money", 16),
    ListColumn("estimate_at_completion", Text("完工估算", "At completion"), "money", 16),
    ListColumn("high_risks", Text("高风险", "High risks"), "whole", 11),
    ListColumn("satisfaction", Text("满意度", "Satisfaction"), "score", 12),
    ListColumn("manager", Text("项目经理", "Manager"), width=14),
)
_SCHEDULE = (
    ListColumn("project", Text("项目", "Project"), width=46),
    ListColumn("start", Text("开始", "Start"), "date"),
    ListColumn("baseline_finish", Text("基线完成", "Baseline finish"), "date", 15),
    ListColumn("forecast_finish", Text("预测完成", "Forecast finish"), "date", 15),
    ListColumn("days", Text("基线内天数", "Within baseline (days)"), "whole", 17),
    ListColumn("late", Text("超出基线天数", "Beyond baseline (days)"), "whole", 17),
)
_MILESTONES = (
    ListColumn("project", Text("项目", "Project"), width=46),
    ListColumn("milestone", Text("里程碑", "Milestone"), width=36),
    ListColumn("baseline", Text("基线", "Baseline"), "date"),
    ListColumn("forecast", Text("预测", "Forecast"), "date"),
    ListColumn("days", Text("偏差(天)", "Slip (days)"), "whole"),
    ListColumn("percent", Text("完成率%", "Complete %"), "percent"),
)
_FINDINGS = (
    ListColumn("severity", Text("级别", "Severity"), width=10),
    ListColumn("rule", Text("规则", "Rule"), width=10),
    _BOOK,
    ListColumn("key", Text("行", "Row"), width=14),
    ListColumn("message", Text("内容", "Finding"), width=70),
    ListColumn("hint", Text("建议", "What to do"), width=50),
    ListColumn("owner", Text("负责人", "Owner"), width=12),
    ListColumn("status", Text("状态", "Status"), width=11),
)
_CONFLICTS = (
    ListColumn("resource", Text("人员", "Person"), width=16),
    ListColumn("week", Text("周(星期一)", "Week of"), "date"),
    ListColumn("asked", Text("需要(天)", "Asked (days)"), "score", 13),
    ListColumn("there", Text("可用(天)", "There (days)"), "score", 13),
    ListColumn("books", Text("来自", "By"), width=60),
)


def books_of(runs: Sequence[BookRun]) -> Listing:
    """One row a workbook: how its run ended and what is open in it."""
    about = Text("每个工作簿的结果和未解决的问题数。", "How each workbook ended and how many findings are open.")
    return Listing(Text("工作簿", "Workbooks"), about, _BOOKS, tuple(map(_book_row, runs)))


def _book_row(run: BookRun) -> tuple[Any, ...]:
    own = run.tally
    outcome = Tag(run.outcome.value, OUTCOMES[run.outcome], _OUTCOME_ORDER[run.outcome])
    return (_book(run.book), outcome, own.error, own.high, own.medium, own.new, run.seconds, run.reason)


def projects_of(runs: Sequence[BookRun]) -> Listing:
    """One row a project with its figures, those in danger first."""
    about = Text("各项目在状态日期的情况。", "Each project at its status date.")
    return Listing(Text("项目", "Projects"), about, _PROJECTS, tuple(_project_row(*pair) for pair in ranked(runs)))


def _project_row(run: BookRun, one: ProjectFacts) -> tuple[Any, ...]:
    health = Tag(one.health, HEALTH.get(one.health, Text(one.health, one.health)), _HEALTH_ORDER.get(one.health, 9))
    values = (getattr(one, column.id) for column in _PROJECTS[2:])
    return (project_link(run, one), health, *values)


def ranked(runs: Iterable[BookRun]) -> list[tuple[BookRun, ProjectFacts]]:
    """The projects of all runs, those in danger first, then by slip."""
    found = [(run, one) for run in runs for one in run.projects]
    return sorted(found, key=lambda pair: (_HEALTH_ORDER.get(pair[1].health, 9), -(pair[1].slip_days or 0)))


def schedule_of(runs: Sequence[BookRun]) -> Listing:
    """One row a project from its start to its forecast finish, with a chart of bars; without dates it is left out."""
    rows = tuple(_schedule_row(run, one) for run, one in ranked(runs) if one.start and one.forecast_finish)
    about = Text("各项目从开始到预测完成，超出基线的部分另一种颜色。", "Each project from start to forecast finish.")
    title = Text("从开始到预测完成（橙色：超出基线）", "From start to forecast finish (orange: beyond the baseline)")
    bars = (ListChart(title, "project", ("start", "days", "late"), 0, min(len(rows), MOST_BARS) - 1, "spans"),)
    return Listing(Text("进度", "Schedule"), about, _SCHEDULE, rows, bars if rows else ())


def _schedule_row(run: BookRun, one: ProjectFacts) -> tuple[Any, ...]:
    assert one.start is not None
    assert one.forecast_finish is not None
    whole = max(0, (one.forecast_finish - one.start).days + 1)
    late = max(0, (one.forecast_finish - one.baseline_finish).days) if one.baseline_finish else 0
    late = min(late, whole)
    return (project_link(run, one), one.start, one.baseline_finish, one.forecast_finish, whole - late, late)


def milestones_of(runs: Sequence[BookRun]) -> Listing:
    """One row a milestone of each project; ``days`` are calendar days later than the baseline."""
    rows = (
        (
            project_link(run, one),
            stone.name,
            stone.baseline,
            stone.forecast,
            (stone.forecast - stone.baseline).days if stone.forecast and stone.baseline else None,
            stone.percent,
        )
        for run, one in ranked(runs)
        for stone in one.milestones
    )
    about = Text("各项目的里程碑。", "The milestones of each project.")
    return Listing(Text("里程碑", "Milestones"), about, _MILESTONES, tuple(rows))


def findings_of(runs: Sequence[BookRun], most: int) -> Listing:
    """The open findings of all runs, the gravest first, at most so many."""
    found = [(run, one) for run in runs for one in run.findings if one.status in OPEN]
    found.sort(key=lambda pair: -pair[1].severity)
    new, old = Tag("new", Text("新增", "new")), Tag("continuing", Text("持续", "continuing"), 1)
    rows = (
        (
            Tag(one.severity.code, SEVERITIES[one.severity], -int(one.severity)),
            one.rule,
            _book(run.book),
            one.place.key,
            one.message,
            one.hint,
            run.owners.get(one.owner, (one.owner, ""))[0],
            new if one.status == FindingStatus.NEW else old,
        )
        for run, one in found[:most]
    )
    left = sum(run.tally.open for run in runs) - len(found[:most])
    about = Text("未解决的问题，最严重的在前。", "Open findings, the gravest first.")
    if left:
        rest = Text(f"另有 {left} 条，见各工作簿。", f" {left} more are in the workbooks.")
        about = Text(about.zh + rest.zh, about.en + rest.en)
    return Listing(Text("问题", "Findings"), about, _FINDINGS, tuple(rows))


def conflicts_of(clashes: Sequence[Conflict]) -> Listing:
    """People of whom several workbooks together ask more than there is, by week."""
    about = Text(
        "几个工作簿合起来超出其可用时间的人员。", "People of whom several workbooks together ask more than they have."
    )
    rows = tuple((one.resource, one.week, one.asked, one.there, _asking(one.books)) for one in clashes)
    return Listing(Text("人员冲突", "Conflicts"), about, _CONFLICTS, rows)


def _asking(books: Sequence[tuple[str, float]]) -> str:
    return ", ".join(f"{_name(book)} ({days:.1f})" for book, days in books)


def project_link(run: BookRun, one: ProjectFacts) -> Link:
    """A project by number and name, leading to its workbook."""
    return Link(Text(f"{one.project_id} {one.name.zh}".strip(), f"{one.project_id} {one.name.en}".strip()), run.book)


def _book(path: str) -> Link:
    name = _name(path)
    return Link(Text(name, name), path)


def _name(path: str) -> str:
    """The name of a file; bytes that are no text are spelt out."""
    return PurePath(path.replace("\\", "/")).name.encode("utf-8", "backslashreplace").decode()

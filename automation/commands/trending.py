"""How workbooks went over time: days of a span, by week, several workbooks together, and the pictures of it.

Not here: where the history lies (``store.history``), tables for people (``trend_tables``).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.model.charts.history import FindingsTrend, IndexPoint, IndexTrend
from automation.model.charts.plan import MilestoneTrend, TrendedMilestone
from automation.model.charts.service import Satisfaction, Scored, ScoredDimension
from automation.model.trends import BookTrend, Moved

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from automation.model.charts.chart import Chart
    from automation.model.trends import MilestonePoint, Point

BY_WEEK_FROM = 120
"""From so many days on a picture shows weeks."""
WHOLE = 100
GRADES = ("error", "high", "medium", "low", "reminder")
_FINDINGS = Text("检查结果趋势", "findings")
_FINISH = Text("里程碑趋势", "milestones")
_INDICES = Text("绩效指数趋势", "indices")
_SCORES = Text("满意度趋势", "satisfaction")
_PROJECT_FINISH = Text("项目完成", "Project finish")
_OVERALL = Text("总体满意度", "Overall satisfaction")
_ALL = Text("全部工作簿", "All workbooks")


def since(trend: BookTrend, day: date | None) -> BookTrend:
    """What came on that day or later. Findings that were open before are not opened by the first day of it."""
    if day is None:
        return trend
    return BookTrend(
        trend.book,
        tuple(one for one in trend.days if one.day >= day),
        tuple(one for one in trend.points if one.day >= day),
        tuple(one for one in trend.milestones if one.day >= day),
    )


def after_first(trend: BookTrend) -> BookTrend:
    """The same without what the first check of a workbook opened, which is all there was and hides what came after."""
    first, *later = trend.days or (None,)
    if first is None or first.closed or first.opened != first.open:  # it goes on from checks before
        return trend
    return trend._replace(days=(first._replace(opened=0), *later))


def by_week(days: Sequence[Moved]) -> tuple[Moved, ...]:
    """Weeks, named by their Mondays: open findings after the last check, what was opened and closed in all."""
    weeks: dict[date, Moved] = {}
    for one in days:
        monday = one.day - timedelta(days=one.day.weekday())
        before = weeks.get(monday)
        opened, closed = (before.opened, before.closed) if before else (0, 0)
        weeks[monday] = one._replace(day=monday, opened=opened + one.opened, closed=closed + one.closed)
    return tuple(weeks.values())


def together(trends: Sequence[BookTrend]) -> tuple[Moved, ...]:
    """The findings of several workbooks by day; on days without a check of its own a workbook stands as at its last one."""
    days = sorted({one.day for trend in trends for one in trend.days})
    rows = {trend.book: {one.day: one for one in trend.days} for trend in trends}
    standing: dict[str, Moved] = {}
    found = []
    for day in days:
        checked = {book: own[day] for book, own in rows.items() if day in own}
        standing.update(checked)
        found.append(
            Moved(
                day,
                sum(one.open for one in standing.values()),
                sum(one.opened for one in checked.values()),
                sum(one.closed for one in checked.values()),
                **{grade: sum(getattr(one, grade) for one in standing.values()) for grade in GRADES},
            )
        )
    return tuple(found)


def by_project(trend: BookTrend) -> dict[str, tuple[Point, ...]]:
    """The points of each project by status date, of several runs at one the last, ascending."""
    found: dict[str, dict[date, Point]] = {}
    for one in trend.points:
        found.setdefault(one.project_id, {})[one.day] = one
    return {project: tuple(points[day] for day in sorted(points)) for project, points in sorted(found.items())}


def charts(trend: BookTrend, subject: Text) -> Iterator[tuple[str, Text, Chart]]:
    """The pictures of a workbook: what each belongs to, what it shows, its values. Those with nothing in them are left out.

    ``subject`` names the workbook.
    """
    if trend.days:
        yield "", _FINDINGS, findings_chart(trend.days, subject)
    for key, points in by_project(trend).items():
        name = points[-1].name if points[-1].name.zh else Text(key, key)
        finish = _milestones(key, points, [one for one in trend.milestones if one.project_id == key])
        if any(one.forecasts for one in finish):
            yield key, _FINISH, MilestoneTrend(name, finish, points[-1].day)
        indices = tuple(IndexPoint(one.day, one.spi, one.cpi) for one in points)
        if any(one.spi is not None or one.cpi is not None for one in indices):
            yield key, _INDICES, IndexTrend(name, indices)
        scores = _scores(points)
        if scores:
            yield key, _SCORES, Satisfaction(name, (ScoredDimension(_OVERALL, scores),))


def findings_chart(days: Sequence[Moved], subject: Text = _ALL) -> FindingsTrend:
    """The picture of findings by day, or by week where there are many days."""
    span = (days[-1].day - days[0].day).days if days else 0
    return FindingsTrend(subject, tuple(days) if span < BY_WEEK_FROM else by_week(days))


def _milestones(key: str, points: Sequence[Point], stones: Sequence[MilestonePoint]) -> tuple[TrendedMilestone, ...]:
    """The project's finish, then its milestones by their numbers; one is reached when it was complete, at its date then."""
    finish = tuple((one.day, one.forecast_finish) for one in points if one.forecast_finish)
    found = {key: TrendedMilestone(key, _PROJECT_FINISH, finish, points[-1].baseline_finish)}
    last: dict[str, dict[date, MilestonePoint]] = {}
    for one in stones:
        last.setdefault(one.task_id, {})[one.day] = one
    for task, days in last.items():
        rows = [days[day] for day in sorted(days)]
        forecasts, reached = [], None
        for row in rows:
            if row.forecast is None or reached is not None:
                continue
            forecasts.append((row.day, row.forecast))
            reached = row.forecast if row.percent >= WHOLE else None
        if reached is not None and len(forecasts) == 1:  # it was over before the history began
            continue
        found[task] = TrendedMilestone(task, rows[-1].name, tuple(forecasts), rows[-1].baseline, reached)
    return tuple(found.values())


def _scores(points: Sequence[Point]) -> tuple[Scored, ...]:
    """The score at the end of each month that has one."""
    months = {f"{one.day:%Y-%m}": one.satisfaction for one in points if one.satisfaction is not None}
    return tuple(Scored(month, score) for month, score in months.items())

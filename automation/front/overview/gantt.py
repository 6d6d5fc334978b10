"""The schedule of many projects on one axis: baseline, forecast, what is done, milestones, the day of the report.

Not here: the Gantt chart of one plan (``commands``, ``word.charts``).
"""

from __future__ import annotations

from datetime import date, timedelta
from html import escape
from typing import TYPE_CHECKING

from automation.commands.overview_lists import project_link, ranked
from automation.front.overview.plots import WIDE, Span
from automation.front.overview.tables import link
from automation.front.overview.view import MOST_PROJECTS
from automation.model.runs import HEALTH

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from automation.base.findings import Language
    from automation.model.runs import BookRun, MilestoneFacts, ProjectFacts

BEFORE, AFTER = timedelta(days=730), timedelta(days=1100)
"""So far from the day of the report the axis goes; what is beyond is cut."""
DONE = 100


def gantt(runs: Sequence[BookRun], today: date, language: Language) -> str:
    """The picture; ``""`` when no project has a start and a forecast finish."""
    rows = [(run, one) for run, one in ranked(runs) if one.start and one.forecast_finish]
    if not rows:
        return ""
    span = _span([one for _, one in rows[:MOST_PROJECTS]], today)
    marks = "".join(
        f'<i class="tick" style="left:{_at(span, day)}"><span>{day:%Y-%m}</span></i>'
        for day in span.marks()
        if day.day == 1 or (span.last - span.first).days > 62  # noqa: PLR2004 - two months
    )
    now = f'<i class="now" style="left:{_at(span, today)}"></i>'
    body = "".join(_row(run, one, span, language) for run, one in rows[:MOST_PROJECTS])
    left = len(rows) - MOST_PROJECTS
    zh, en = f"另有 {left} 个项目见下表。", f"{left} more projects are in the table below."
    more = f"<p>{zh if language == 'zh' else en}</p>" if left > 0 else ""
    return f'<div class="gantt"><div class="lanes">{marks}{now}</div><ol>{body}</ol></div>{_legend(runs, today, language)}{more}'


def _span(projects: Sequence[ProjectFacts], today: date) -> Span:
    days = [day for one in projects for day in (one.start, one.baseline_finish, one.forecast_finish) if day]
    first, last = max(min(days), today - BEFORE), min(max(days), today + AFTER)
    return Span(min(first, today) - timedelta(days=3), max(last, today) + timedelta(days=3))


def _at(span: Span, day: date) -> str:
    return f"{min(max(span.at(day) / WIDE, 0.0), 1.0):.2%}"


def _bar(look: str, span: Span, begin: date, end: date, share: float = 1.0) -> str:
    left, right = (min(max(span.at(day) / WIDE, 0.0), 1.0) for day in (begin, end))
    return f'<i class="{look}" style="left:{left:.2%};width:{max(0.0, right - left) * share:.2%}"></i>'


def _row(run: BookRun, one: ProjectFacts, span: Span, language: Language) -> str:
    assert one.start is not None
    assert one.forecast_finish is not None
    health = escape(one.health) if one.health in HEALTH else "none"
    done = min(max((one.percent_complete or 0) / DONE, 0.0), 1.0)
    bars = _bar("base", span, one.start, one.baseline_finish) if one.baseline_finish else ""
    bars += _bar(f"bar {health}", span, one.start, one.forecast_finish)
    bars += _bar(f"part {health}", span, one.start, one.forecast_finish, done)
    stones = "".join(_stones(one.milestones, span, language))
    slip = f"{one.slip_days:+d}" if one.slip_days else ""
    note = " · ".join(part for part in (escape(one.manager), slip) if part)
    said = escape(_said(one, language))
    name = link(project_link(run, one), language)
    return (
        f'<li><div class="who">{name}<small>{note}</small></div>'
        f'<div class="track" role="img" aria-label="{said}" title="{said}">{bars}{stones}</div></li>'
    )


def _stones(stones: Sequence[MilestoneFacts], span: Span, language: Language) -> Iterator[str]:
    for one in stones:
        day = one.forecast or one.baseline
        if day is None or not span.first <= day <= span.last:
            continue
        late = one.forecast is not None and one.baseline is not None and one.forecast > one.baseline
        look = "reached" if one.percent >= DONE else "late" if late else "due"
        title = escape(f"{one.name.in_(language)} · {one.baseline or '-'} → {one.forecast or '-'}")
        yield f'<i class="stone {look}" style="left:{_at(span, day)}" title="{title}"></i>'


def _said(one: ProjectFacts, language: Language) -> str:
    name, percent = one.name.in_(language), f"{one.percent_complete or 0:.0f} %"
    if language == "zh":
        return f"{name}：{one.start} 至 {one.forecast_finish}（基线 {one.baseline_finish or '-'}），完成 {percent}"
    return f"{name}: {one.start} to {one.forecast_finish} (baseline {one.baseline_finish or '-'}), {percent} complete"


def _legend(runs: Sequence[BookRun], today: date, language: Language) -> str:
    entries = (
        ("base", "基线", "Baseline"), ("bar none", "预测", "Forecast"), ("part none", "已完成", "Complete"),
        ("stone reached", "已达到的里程碑", "Milestone reached"), ("stone due", "里程碑", "Milestone"),
        ("stone late", "晚于基线的里程碑", "Milestone late"), ("now", *_status(runs, today)),
    )  # fmt: skip
    items = "".join(f'<li><i class="{look}"></i>{zh if language == "zh" else en}</li>' for look, zh, en in entries)
    return f'<ul class="legend keys">{items}</ul>'


def _status(runs: Sequence[BookRun], today: date) -> tuple[str, str]:
    """What the line of the day is: the status date, or the latest of several."""
    several = len({run.status_date for run in runs if run.projects and run.status_date}) > 1
    return (
        f"{'最近的' if several else ''}状态日期 {today}",
        f"{'Latest status' if several else 'Status'} date {today}",
    )

"""The overview as one HTML page that needs nothing else: how it went, schedule, workbooks, projects, findings to sort and filter.

Not here: style and script (``style``), the lists (``commands.overview_lists``), the workbook (``writing``).
"""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.commands import overview_lists as lists
from automation.commands.trending import findings_chart
from automation.front.overview.gantt import gantt
from automation.front.overview.plots import Axis, Series, bars, lines
from automation.front.overview.style import SCRIPT, STYLE
from automation.front.overview.tables import link, table
from automation.front.overview.view import MOST_COURSES, MOST_FINDINGS
from automation.model.runs import HEALTH, RunOutcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from automation.base.findings import Language
    from automation.front.overview.view import View
    from automation.model.listing import Listing
    from automation.model.runs import BookRun, ProjectFacts
    from automation.model.trends import Moved, Point

    Say = Callable[[str, str], str]

OPEN_BOOK = Text("打开工作簿", "Open the workbook")
LEAST = 2
"""So many days make a line."""


def page(view: View, language: Language) -> str:
    """The page as text; whatever came from a workbook is escaped."""

    def say(zh: str, en: str) -> str:
        return zh if language == "zh" else en

    title = escape(view.title.in_(language))
    parts = [
        _tiles(view.runs, say),
        _trends(view.days, say),
        _part(say("进度", "Schedule"), gantt(view.runs, _today(view.runs), language)),
        _courses(view, language, say),
        _listed(lists.conflicts_of(view.clashes), language) if view.clashes else "",
        _listed(lists.books_of(view.runs), language),
        _listed(lists.projects_of(view.runs), language),
        _folded(lists.milestones_of(view.runs), language),
        f'<label class="find">{say("查找问题", "Find in findings")} <input type="search" id="find"></label>',
        _listed(lists.findings_of(view.runs, MOST_FINDINGS), language, always=True),
    ]
    return (
        f'<!doctype html><html lang="{"zh-CN" if language == "zh" else "en"}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{title}</title><style>{STYLE}</style></head><body><main><h1>{title}</h1><p>{_stamp(view.runs)}</p>"
        f"{''.join(parts)}</main><script>{SCRIPT}</script></body></html>"
    )


def _stamp(runs: Sequence[BookRun]) -> str:
    when = max((run.started_at for run in runs), default=None)
    return f"{when.astimezone():%Y-%m-%d %H:%M}" if when else ""


def _today(runs: Sequence[BookRun]) -> date:
    """The latest status date of a project, else the day of the runs."""
    days = [run.status_date for run in runs if run.status_date and run.projects]
    moment = max((run.started_at for run in runs), default=datetime.now(UTC))
    return max(days, default=moment.astimezone().date())


def _tiles(runs: Sequence[BookRun], say: Say) -> str:
    done = sum(run.outcome == RunOutcome.DONE for run in runs)
    tallies = [run.tally for run in runs]
    colours = [one.health for run in runs for one in run.projects]
    facts = (
        (say("工作簿", "workbooks"), f"{done} / {len(runs)}", ""),
        (say("未完成", "not done"), str(len(runs) - done), "bad" if done < len(runs) else ""),
        (say("红灯项目", "projects in red"), f"{colours.count('red')} / {len(colours)}", ""),
        (say("高级别以上问题", "findings high or above"), str(sum(one.grave for one in tallies)), ""),
        (say("其中新增", "of these new"), str(sum(one.grave_new for one in tallies)), ""),
    )
    tiles = "".join(f'<li class="{look}"><b>{value}</b><span>{label}</span></li>' for label, value, look in facts)
    return f'<ul class="tiles">{tiles}</ul>'


def _part(title: str, body: str) -> str:
    return f"<h2>{title}</h2>{body}" if body else ""


def _listed(listing: Listing, language: Language, *, always: bool = False) -> str:
    """A list under its name; one with nothing in it is left out."""
    if not listing.rows and not always:
        return ""
    return _part(
        escape(listing.name.in_(language)),
        f'<p class="about">{escape(listing.about.in_(language))}</p>{table(listing, language)}',
    )


def _folded(listing: Listing, language: Language) -> str:
    if not listing.rows:
        return ""
    name = f"{escape(listing.name.in_(language))} ({len(listing.rows)})"
    return f"<details><summary>{name}</summary>{table(listing, language)}</details>"


def _trends(days: Sequence[Moved], say: Say) -> str:
    """How findings went; with one day alone there is nothing to compare."""
    if len(days) < LEAST:
        return ""
    shown = findings_chart(days).days
    open_ones = [(day.day, float(day.open)) for day in shown]
    grave = [(day.day, float(day.error + day.high)) for day in shown]
    opened = [(day.day, float(day.opened)) for day in shown]
    closed = [(day.day, -float(day.closed)) for day in shown]
    series = (
        Series(say("未解决", "Open"), "s1", open_ones),
        Series(say("其中高级别以上", "High and above"), "s2", grave),
    )
    found = lines(
        say("未解决的问题", "Open findings"), series, Axis.of_numbers([0.0, 1.0, *(value for _, value in open_ones)])
    )
    moved = (
        Series(say("新增（向上）", "Opened (up)"), "s3", opened),
        Series(say("解决（向下）", "Closed (down)"), "s4", closed),
    )
    numbers = [0.0, 1.0, *(value for one in moved for _, value in one.points)]
    found += bars(say("新增与解决", "Opened and closed"), moved, _upright(Axis.of_numbers(numbers)))
    return _part(say("走势", "How it went"), f'<div class="plots">{found}</div>')


def _upright(axis: Axis) -> Axis:
    """What hangs down is counted as well."""
    return Axis([(value, f"{abs(value):.0f}") for value, _ in axis.marks])


def _courses(view: View, language: Language, say: Say) -> str:
    """Projects over time, folded, those in danger first."""
    found: list[str] = []
    for run, one in lists.ranked(view.runs):
        points = view.courses.get((run.book, one.project_id), ())
        if len({point.day for point in points}) >= LEAST and len(found) < MOST_COURSES:
            plots = "".join(_course(points, say))
            found.append(_course_part(run, one, plots, language) if plots else "")
    return _part(say("项目走势", "Projects over time"), "".join(found))


def _course_part(run: BookRun, one: ProjectFacts, plots: str, language: Language) -> str:
    project = lists.project_link(run, one)
    health = HEALTH.get(one.health)
    tag = f'<span class="{escape(one.health)}">{escape(health.in_(language))}</span>' if health else ""
    name = escape(project.text.in_(language))
    return (
        f"<details><summary>{name} {tag}</summary>"
        f'<p class="about">{link(project._replace(text=OPEN_BOOK), language)}</p><div class="plots">{plots}</div></details>'
    )


def _course(points: Sequence[Point], say: Say) -> Iterator[str]:
    """Forecast against baseline, and the indices, by status date."""
    forecast = _series(say("预测完成", "Forecast finish"), "s1", points, lambda one: _ordinal(one.forecast_finish))
    baseline = _series(say("基线完成", "Baseline finish"), "s5", points, lambda one: _ordinal(one.baseline_finish))
    if len(forecast.points) >= LEAST:
        dates = [one.fromordinal(int(value)) for series in (forecast, baseline) for one, value in series.points]
        yield lines(
            say("预测完成的变化", "Forecast finish over time"), (forecast, baseline), Axis.of_days(dates), values=False
        )
    indices = [_series("SPI", "s1", points, lambda one: one.spi), _series("CPI", "s3", points, lambda one: one.cpi)]
    indices = [one for one in indices if len(one.points) >= LEAST]
    if indices:
        values = [value for one in indices for _, value in one.points]
        axis = Axis.of_numbers([0.9, 1.1, *values], form=".2f", whole=False)
        yield lines(say("绩效指数", "Performance indices"), indices, axis)


def _series(name: str, look: str, points: Sequence[Point], value: Callable[[Point], float | None]) -> Series:
    found = {one.day: number for one in points if (number := value(one)) is not None}
    return Series(name, look, sorted(found.items()))


def _ordinal(day: date | None) -> float | None:
    return None if day is None else float(day.toordinal())

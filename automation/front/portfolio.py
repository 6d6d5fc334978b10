"""Many workbooks in one table: health, progress, forecast, money, risks of each project, and people asked for too often.

Workbooks are only read. Not here: the facts of one (``commands.portfolio``), the page (``overview``).
"""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any

from automation.base.errors import AutomationError, UsageError
from automation.base.findings import Text
from automation.commands.findings_sheet import followed
from automation.commands.portfolio import conflicts, facts, loads
from automation.front import circumstances
from automation.front.batch.running import books_in
from automation.front.output import Result
from automation.front.progress import Progress
from automation.front.runner import open_book
from automation.model.runs import HEALTH, BookRun, RunOutcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from automation.base.findings import Language
    from automation.commands.portfolio import Conflict
    from automation.front.session import Common
    from automation.model.runs import LoadFacts, ProjectFacts

PATTERNS = ("**/*.xlsx", "**/*.xlsm")
NAME = "portfolio"
SHOWN = 30
"""So many conflicts are told in text, the earliest first; JSON has all."""


def portfolio(folder: Path, common: Common) -> Result:
    """The projects of all workbooks below a folder; with ``--out`` also as a page and a workbook there.

    A workbook that cannot be read is named with its reason. Raises UsageError when the folder has none.
    """
    books = books_in((folder,), PATTERNS)
    if not books:
        raise UsageError(
            Text(f"{folder} 里没有工作簿：请检查文件夹。", f"There is no workbook in {folder}: check the folder."),
            code="NO_BOOKS",
        )
    runs: list[BookRun] = []
    asked: dict[str, tuple[LoadFacts, ...]] = {}
    with Progress(len(books), quiet=common.quiet, after=2.0) as progress:
        for book in books:
            progress.step(book.name)
            run, found = _read(book, common)
            runs.append(run)
            asked[str(book)] = found
    clashes = conflicts(asked)
    bad = [run for run in runs if run.outcome is not RunOutcome.DONE]
    return Result(
        command="portfolio",
        book=str(folder),
        exit=int(bool(bad)),
        lines=tuple(_lines(runs, clashes)),
        documents=() if common.dry_run else _files(common, runs, clashes),
        body={
            "projects": [_row(run, one, common.language or "zh") for run in runs for one in run.projects],
            "conflicts": [one._asdict() for one in clashes],
            "unreadable": [
                {"book": run.book, "reason": run.reason and run.reason.in_(common.language or "zh")} for run in bad
            ],
        },
        language=common.language or "zh",
    )


def _read(book: Path, common: Common) -> tuple[BookRun, tuple[LoadFacts, ...]]:
    """A workbook as a run that changed nothing, and what it asks of people."""
    began = circumstances.now().astimezone(UTC)
    base: dict[str, Any] = {"id": str(book), "batch": "", "job": "portfolio", "book": str(book), "started_at": began}
    try:
        request = open_book(book, common)
        run = BookRun(
            **base,
            seconds=(circumstances.now().astimezone(UTC) - began).total_seconds(),
            outcome=RunOutcome.DONE,
            exit=0,
            status_date=request.status_date,
            findings=followed(request).findings,
            projects=facts(request),
            owners={
                row.resource_id: (row.name or row.resource_id, "")
                for row in request.project.rows.resources
                if row.resource_id
            },
        )
        return run, loads(request)
    except AutomationError as error:
        return BookRun(**base, seconds=0.0, outcome=RunOutcome.FAILED, exit=2, reason=error.text), ()


def _files(common: Common, runs: Sequence[BookRun], clashes: Sequence[Conflict]) -> tuple[Path, ...]:
    if common.out is None:
        return ()
    from automation.front.overview import writing  # noqa: PLC0415 - only files wait for it
    from automation.front.overview.view import PORTFOLIO, View  # noqa: PLC0415

    view = View(PORTFOLIO, runs, clashes=clashes)
    return tuple(writing.write(common.out, view, NAME, language=common.language or "zh"))


def _lines(runs: Sequence[BookRun], clashes: Sequence[Conflict]) -> Iterator[Text]:
    for run in runs:
        for one in run.projects:
            yield _project(one)
        if run.reason is not None:
            yield Text(f"! {run.book}：{run.reason.zh}", f"! {run.book}: {run.reason.en}")
    for clash in clashes[:SHOWN]:
        books = [name.replace("\\", "/").rpartition("/")[2] for name, _ in clash.books]
        yield Text(
            f"! {clash.resource} 在 {clash.week} 起的一周被要求 {clash.asked:.1f} 天，只有 {clash.there:.1f} 天：{'、'.join(books)}",
            f"! {clash.resource} is asked for {clash.asked:.1f} days in the week of {clash.week} and has {clash.there:.1f}: "
            f"{', '.join(books)}",
        )


def _project(one: ProjectFacts) -> Text:
    colour = HEALTH.get(one.health, Text(one.health, one.health))
    done = "-" if one.percent_complete is None else f"{one.percent_complete:.1f}"
    planned = "-" if one.planned_percent is None else f"{one.planned_percent:.1f}"
    slip = "" if one.slip_days is None else f"({one.slip_days:+d})"
    spi, cpi = ("-" if value is None else f"{value:.2f}" for value in (one.spi, one.cpi))
    return Text(
        f"[{colour.zh}] {one.project_id} {one.name.zh} · 完成 {done}%(计划 {planned}) · 预测 {one.forecast_finish or '-'}{slip} · "
        f"SPI {spi} CPI {cpi} · 高风险 {one.high_risks} · {one.manager}",
        f"[{colour.en}] {one.project_id} {one.name.en} · {done} % complete (planned {planned}) · forecast "
        f"{one.forecast_finish or '-'} {slip} · SPI {spi} CPI {cpi} · {one.high_risks} high risks · {one.manager}",
    )


def _row(run: BookRun, one: ProjectFacts, language: Language) -> dict[str, Any]:
    names = (
        "project_id", "health", "percent_complete", "planned_percent", "baseline_finish", "forecast_finish", "slip_days",
        "spi", "cpi", "budget", "actual_cost", "estimate_at_completion", "currency", "high_risks", "satisfaction", "manager",
    )  # fmt: skip
    milestones = [
        {"key": stone.task_id, "name": stone.name.in_(language), "baseline": stone.baseline, "forecast": stone.forecast}
        for stone in one.milestones
    ]
    row = {"book": run.book, "name": one.name.in_(language), **{name: getattr(one, name) for name in names}}
    return {**row, "milestones": milestones}

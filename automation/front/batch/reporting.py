"""What is made of the runs of a batch for people: the overview, and the reminders to owners.

A report that cannot be made is told and spoils nothing: the runs are kept already. Not here: the overview itself
(``front.overview``), mails (``drafts``).
"""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from automation.base.errors import AutomationError
from automation.base.findings import Text
from automation.commands.overview_lists import ranked
from automation.front import circumstances
from automation.front.overview.view import BATCH, MOST_COURSES, View
from automation.model.trends import BookTrend

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from automation.base.findings import Language
    from automation.front.batch.keeping import Keeper
    from automation.front.batch.loading import Loaded
    from automation.front.batch.running import JobRun
    from automation.front.session import Common

NAME = "overview"
SINCE = timedelta(days=180)
"""So far back findings are shown day by day or by week."""
REPORTS = "reports"
"""The folder of the overview, beside the configuration, where a job names none."""


def reported(
    loaded: Loaded, done: Sequence[JobRun], common: Common, keeper: Keeper
) -> tuple[tuple[Path, ...], tuple[Text, ...]]:
    """The files made for the runs of jobs, and what could not be made; ``keeper`` tells how workbooks went before."""
    made: list[Path] = []
    notices: list[Text] = []
    if common.dry_run:
        return (), ()
    for one in done:
        if not one.runs:
            continue
        folder = common.out or one.job.reports or loaded.path.parent / REPORTS
        for make in _reports(folder, one, common.language or loaded.language, keeper):
            try:
                made += make()
            except (AutomationError, OSError) as error:
                notices.append(_not_written(one, error))
    return tuple(made), tuple(notices)


def _not_written(one: JobRun, error: AutomationError | OSError) -> Text:
    why = error.text if isinstance(error, AutomationError) else Text(str(error), str(error))
    return Text(
        f"任务“{one.job.name}”的报告没有写成：{why.zh}",
        f"A report of the job '{one.job.name}' was not written: {why.en}",
    )


def _reports(folder: Path, one: JobRun, language: Language, keeper: Keeper) -> Iterator[Callable[[], Sequence[Path]]]:
    """What is to be made, each for itself: one that cannot be spoils none of the others."""
    from automation.front.batch import drafts  # noqa: PLC0415 - only what was run has an overview
    from automation.front.overview import writing  # noqa: PLC0415

    view = cache(lambda: _view(one, keeper))
    yield lambda: [writing.write_page(folder, view(), NAME, language=language)]
    yield lambda: [writing.write_book(folder, view(), NAME, language=language)]
    if "owners" in one.job.tell:
        yield lambda: drafts.write(folder, one.runs, language=language)
    addresses = [word for word in one.job.tell if word != "owners"]
    if addresses:
        yield lambda: [drafts.write_summary(folder, one.runs, addresses, language=language)]


def _view(one: JobRun, keeper: Keeper) -> View:
    """The runs of a job with how its workbooks went in the last months."""
    from automation.commands.trending import after_first, by_project, together  # noqa: PLC0415 - as above

    books = {run.book for run in one.runs}
    moved = keeper.moved_of_all(circumstances.moment() - SINCE)
    days = together([after_first(BookTrend(book, tuple(found), ())) for book, found in moved.items() if book in books])
    shown = dict.fromkeys(run.book for run, _ in ranked(one.runs)[:MOST_COURSES])
    courses = {
        (book, key): points
        for book in shown
        for key, points in by_project(BookTrend(book, (), tuple(keeper.trend(book)))).items()
    }
    return View(BATCH, one.runs, days, courses)

"""What is made of the run of a job for people: the overview, and the mails to owners, as drafts or sent.

A report that cannot be made is told and spoils nothing: the runs are kept already. Not here: the overview itself
(``front.overview``), mails (``drafts``, ``sending``).
"""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from automation.base.errors import AutomationError
from automation.base.filenames import safe_file_name
from automation.base.findings import Text
from automation.commands.overview_lists import ranked
from automation.front import circumstances
from automation.front.overview.view import BATCH, MOST_COURSES, View
from automation.model.trends import BookTrend

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from automation.base.findings import Language
    from automation.front.batch.drafts import Draft
    from automation.front.batch.jobs import Job
    from automation.front.batch.keeping import Keeper
    from automation.front.batch.loading import Loaded
    from automation.front.batch.running import JobRun
    from automation.front.batch.sending import Delivery
    from automation.front.session import Common

NAME = "overview"
SINCE = timedelta(days=180)
"""So far back findings are shown day by day or by week."""
REPORTS = "reports"
"""The folder of the overview, beside the configuration, where a job names none."""


class Report(NamedTuple):
    """The files made for the run of a job, what is said of them, and what became of its mails (``None``: only drafts)."""

    made: tuple[Path, ...] = ()
    notices: tuple[Text, ...] = ()
    delivery: Delivery | None = None

    @property
    def complete(self) -> bool:
        """Whether nothing is left for the next run, since nobody asked to stop in the middle of it."""
        return self.delivery is None or not self.delivery.stopped


def reported(
    loaded: Loaded, one: JobRun, common: Common, keeper: Keeper, stopped: Callable[[], bool] = lambda: False
) -> Report:
    """What is made of the run of a job, of a dry run nothing; ``keeper`` tells how its workbooks went before."""
    if common.dry_run or not (one.runs or one.before):
        return Report()
    folder = folder_of(loaded, one.job, common.out)
    language = common.language or loaded.language
    made: list[Path] = []
    notices: list[Text] = []
    drafts: list[Draft] = []
    for make in _overviews(folder, one, language, keeper):
        try:
            made.append(make())
        except (AutomationError, OSError) as error:
            notices.append(_not_written(one, _NO_OVERVIEW, error))
    try:
        drafts = _drafts(folder, one, loaded, language)
    except (AutomationError, OSError) as error:
        return Report(tuple(made), (*notices, _not_written(one, _NO_DRAFTS, error)))
    delivery, said = _delivered(loaded, one, drafts, stopped)
    return Report((*made, *_paths(drafts, delivery)), (*dict.fromkeys(notices), *said), delivery)


def folder_of(loaded: Loaded, job: Job, out: Path | None = None) -> Path:
    """Where the reports of a job go: its folder, in it one of its own name where other jobs have the same folder."""

    def wanted(one: Job) -> Path:
        return out or one.reports or loaded.path.parent / REPORTS

    alone = sum(wanted(one) == wanted(job) for one in loaded.jobs) == 1
    return wanted(job) if alone else wanted(job) / safe_file_name(job.name, instead="_")


_NO_OVERVIEW = Text("总览没有写成", "the overview was not written")
_NO_DRAFTS = Text("邮件草稿没有写成", "the drafts of mails were not written")


def _not_written(one: JobRun, what: Text, error: AutomationError | OSError) -> Text:
    why = error.text if isinstance(error, AutomationError) else Text(str(error), str(error))
    return _said(one, Text(f"{what.zh}：{why.zh}", f"{what.en}: {why.en}"))


def _overviews(folder: Path, one: JobRun, language: Language, keeper: Keeper) -> Iterator[Callable[[], Path]]:
    """Page and workbook, each for itself: one that cannot be made spoils not the other."""
    from automation.front.overview import writing  # noqa: PLC0415 - only what was run has an overview

    view = cache(lambda: _view(one, keeper))
    yield lambda: writing.write_page(folder, view(), NAME, language=language)
    yield lambda: writing.write_book(folder, view(), NAME, language=language)


def _view(one: JobRun, keeper: Keeper) -> View:
    """The runs of the whole batch, with how its workbooks went in the last months."""
    from automation.commands.trending import after_first, by_project, together  # noqa: PLC0415 - as above

    runs = (*one.before, *one.runs)
    books = {run.book for run in runs}
    moved = keeper.moved_of_all(circumstances.moment() - SINCE)
    days = together([after_first(BookTrend(book, tuple(found), ())) for book, found in moved.items() if book in books])
    shown = dict.fromkeys(run.book for run, _ in ranked(runs)[:MOST_COURSES])
    courses = {
        (book, key): points
        for book in shown
        for key, points in by_project(BookTrend(book, (), tuple(keeper.trend(book)))).items()
    }
    return View(BATCH, runs, days, courses)


def _drafts(folder: Path, one: JobRun, loaded: Loaded, language: Language) -> list[Draft]:
    """Of the whole batch, with what was done before it died."""
    if not one.job.tell:
        return []
    from automation.front.batch import drafts  # noqa: PLC0415 - only what tells somebody has drafts

    runs = (*one.before, *one.runs)
    addresses = [word for word in one.job.tell if word != "owners"]
    made = []
    if "owners" in one.job.tell:
        made += drafts.write(folder, runs, catalogue=loaded.catalogue, language=language)
    if addresses:
        made.append(drafts.write_summary(folder, runs, addresses, language=language))
    return made


def _paths(drafts: Sequence[Draft], delivery: Delivery | None) -> tuple[Path, ...]:
    return delivery.paths if delivery is not None else tuple(one.path for one in drafts)


def _delivered(
    loaded: Loaded, one: JobRun, drafts: Sequence[Draft], stopped: Callable[[], bool]
) -> tuple[Delivery | None, tuple[Text, ...]]:
    """What became of the drafts where they shall be sent, and what is said of it."""
    wanted = loaded.mail.send if one.job.send is None else one.job.send
    if not wanted or not drafts:
        return None, ()
    if loaded.mail.mail is None:
        return None, (_said(one, _WRONG),)
    if one.left:
        return None, (_said(one, _LATER),)
    from automation.front.batch.sending import deliver  # noqa: PLC0415 - smtplib loads only where mails are sent

    customers = frozenset[str]().union(*(run.customers for run in (*one.before, *one.runs)))
    try:
        delivery = deliver(loaded.mail.mail, one, drafts, customers, stopped)
    except OSError as error:
        return None, (_said(one, Text(f"邮件没有全部发出：{error}", f"not all mails were sent: {error}")),)
    return delivery, delivery.notices


_WRONG = Text(
    "config.yaml 的 mail 部分不完整，没有发送邮件，草稿已写好。",
    "the section mail of config.yaml is not right, so no mail was sent; the drafts are there.",
)
_LATER = Text("还有工作簿没有处理，全部处理后再发送邮件。", "workbooks are left, so mails are sent when they are done.")


def _said(one: JobRun, text: Text) -> Text:
    return Text(f"任务“{one.job.name}”：{text.zh}", f"Job '{one.job.name}': {text.en}")

"""Running a job once: its workbooks, each in a process of its own, each run kept as soon as it is over.

What a run that died had kept is not done again: the runs of a batch have the same ids. Not here: when a job is due
(``due``), the processes (``pool``), the command line (``door``).
"""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING, NamedTuple

from automation.excel.listing_mark import is_report
from automation.front.batch.carried import Carried
from automation.front.batch.gathering import Gathered
from automation.front.batch.keeping import Journal
from automation.front.batch.pool import Limits, Pool
from automation.front.batch.tasks import Task, run_id
from automation.store.backups import FOLDER as BACKUPS
from automation.store.backups import STAMPED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from automation.base.findings import Language
    from automation.front.batch.jobs import Job
    from automation.front.batch.keeping import Keeper
    from automation.model.runs import BookRun


class JobRun(NamedTuple):
    """One run of a job: for which moment (UTC), the runs that it made now, and how many workbooks there were.

    ``earlier`` had been done by a run of the same batch that did not end, ``before`` are those runs as far as reports need them;
    ``left`` are those not done because somebody asked to stop.
    """

    job: Job
    batch: str
    moment: datetime
    missed: int
    runs: tuple[BookRun, ...]
    books: int
    earlier: int
    left: int
    before: tuple[BookRun, ...] = ()


class Way(NamedTuple):
    """How a job is run: who keeps the runs, when to stop, who is told of each run, and what goes for all workbooks.

    ``today`` is the status date of jobs that take the day of the run, ``status_date`` one for all, whatever a job says.
    """

    keeper: Keeper
    today: date
    config: Path | None = None
    status_date: date | None = None
    out: Path | None = None
    language: Language | None = None
    dry_run: bool = False
    workers: int = 0
    cluster: str = ""
    stopped: Callable[[], bool] = lambda: False
    told: Callable[[BookRun, int, int], None] = lambda _run, _number, _all: None


def batch_of(job: Job, moment: datetime, config: Path | None) -> str:
    """The identity of the batch in which a job answers a moment: the same however often it is begun."""
    home = hashlib.sha256(os.fsencode(config.resolve() if config else "")).hexdigest()[:8]
    name = hashlib.sha256(job.name.encode()).hexdigest()[:4]
    return f"{moment:%Y%m%dT%H%M%S.%fZ}-{home}{name}"


def run_job(job: Job, moment: datetime, way: Way, *, missed: int = 0) -> JobRun:
    """Run a job over its workbooks; every run is kept before the next is told. Bad workbooks stop nothing."""
    batch = batch_of(job, moment, way.config)
    books = books_of(job)
    journal = Journal(batch)
    done = journal.ids()
    tasks = [task for task in tasks_of(job, books, batch, way) if task.id not in done]
    gathered = Gathered()
    earlier = len(books) - len(tasks)
    carried = Carried(journal.path)
    before = Gathered(carried.runs(done)).runs()
    for run in _mapped(job, tasks, way):
        way.keeper.record(run)
        if not way.dry_run:
            carried.add(run)
            journal.note(run.id)
        gathered.add(run)
        way.told(run, earlier + len(gathered), len(books))
    left = len(tasks) - len(gathered)
    return JobRun(job, batch, moment, missed, gathered.runs(), len(books), earlier, left, before)


def _mapped(job: Job, tasks: Sequence[Task], way: Way) -> Iterator[BookRun]:
    """The runs of tasks, here or on a cluster."""
    limits = Limits(job.seconds, job.megabytes)
    address = way.cluster or job.cluster
    if address:
        from automation.front.batch import cluster  # noqa: PLC0415 - few have one

        yield from cluster.runs(address, tasks, limits, stopped=way.stopped)
    elif tasks:
        size = min(way.workers or job.workers or os.cpu_count() or 1, len(tasks))
        with Pool(size, limits) as pool:
            yield from pool.runs(tasks, stopped=way.stopped)


def tasks_of(job: Job, books: Sequence[Path], batch: str, way: Way) -> Iterator[Task]:
    """What is to be done to each workbook of a job."""
    status_date = way.status_date or (way.today if job.status_date == "today" else None)
    folders = _document_folders(job, books, way.out)
    for book in books:
        last = way.keeper.last(str(book))
        yield Task(
            id=run_id(batch, job.name, str(book)),
            batch=batch,
            job=job.name,
            book=str(book),
            commands=job.commands,
            status_date=status_date,
            config=str(way.config or ""),
            out=folders.get(book, ""),
            opened=job.opened,
            language=way.language,
            after=last.started_at if last else None,
            dry_run=way.dry_run,
        )


def books_of(job: Job) -> tuple[Path, ...]:
    """The workbooks of a job by path, each once."""
    return books_in(job.folders, job.patterns, job.exclude)


def books_in(folders: Iterable[Path], patterns: Sequence[str], exclude: Sequence[str] = ()) -> tuple[Path, ...]:
    """Workbooks by path, each once: no backups, reports of ours, hidden files or files that Excel lays beside open ones."""
    found: dict[Path, None] = {}
    for folder in folders:
        for pattern in patterns:
            for path in folder.glob(pattern):
                inside = path.relative_to(folder)
                if _is_book(path, inside) and not any(inside.match(one) for one in exclude):
                    found[path.resolve()] = None
    return tuple(sorted(found))


def _is_book(path: Path, inside: Path) -> bool:
    return (
        not any(part.startswith((".", "~$")) for part in inside.parts)
        and BACKUPS not in inside.parts[:-1]
        and not STAMPED.fullmatch(path.stem)
        and path.is_file()
        and not is_report(path)
    )


def _document_folders(job: Job, books: Sequence[Path], out: Path | None) -> dict[Path, str]:
    """Where the documents of each workbook go when the job's reports have a folder: one folder a workbook."""
    root = out or job.reports
    if root is None:
        return {}
    names: dict[str, Path] = {}
    for book in books:
        name = book.stem
        if name in names:
            name += f"-{hashlib.sha256(os.fsencode(book)).hexdigest()[:6]}"
        names[name] = book
    return {book: str(root / name) for name, book in names.items()}

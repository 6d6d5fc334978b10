"""What ``batch run`` does: under the one lock of batches, the jobs that are due, and what is made of their runs.

Not here: the resident form (``serving``), the command line (``door``), what a job's run is (``running``), what is said
of a batch (``telling``).
"""

from __future__ import annotations

import contextlib
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from automation.base.errors import AutomationError, UsageError, WriteRefusedError
from automation.base.findings import Text
from automation.front import circumstances, state
from automation.front.batch.due import Due, due
from automation.front.batch.keeping import Journal, Standing
from automation.front.batch.loading import clock_of
from automation.front.batch.reporting import Report, reported
from automation.front.batch.running import JobRun, Way, run_job
from automation.front.batch.telling import Told, interrupted, result_of
from automation.front.progress import Progress
from automation.store.locks import locked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from automation.base.findings import Language
    from automation.front.batch.jobs import Job
    from automation.front.batch.keeping import Keeper
    from automation.front.batch.loading import Loaded
    from automation.front.batch.stopping import Stop
    from automation.front.output import Result
    from automation.front.session import Common
    from automation.model.runs import BookRun
    from automation.store.locks import Interruption


class Wish(NamedTuple):
    """What was asked of a batch beyond its configuration: ``now`` runs jobs that are not due; ``wait`` is in seconds."""

    now: bool = False
    wait: float = 0.0
    workers: int = 0
    cluster: str = ""


@contextlib.contextmanager
def only_batch(seconds: float) -> Iterator[Interruption | None]:
    """The one batch of this user while the block runs; gives what a batch that died had left.

    Raises UsageError when another one still runs after so many seconds.
    """
    folder = state.folder("batch")
    held = locked(folder / "batch", state=folder, seconds=seconds, what="batch")
    try:
        left = held.__enter__()
    except WriteRefusedError as error:
        raise UsageError(
            Text(
                f"另一个批处理正在运行，这次不执行；加上 --wait 可以等它结束。（{error.text.zh}）",
                f"Another batch is running, so this one leaves; with --wait it waits. ({error.text.en})",
            ),
            code="BATCH_RUNNING",
        ) from None
    try:
        yield left
    finally:
        held.__exit__(None, None, None)


def due_jobs(jobs: Sequence[Job], standing: Standing, moment: datetime, *, now: bool) -> Iterator[tuple[Job, Due]]:
    """The jobs to run at a moment with the time that each answers; with ``now`` all of them."""
    for job in jobs:
        found = due(
            job.times, moment, answered=standing.answered(job.name), since=standing.since(job.name), clock=clock_of(job)
        )
        if found is not None:
            yield job, found
        elif now:
            yield job, Due(moment, 0)


class Asked(NamedTuple):
    """A batch as it was asked for: configuration, jobs, options, who keeps the runs, who may stop it."""

    loaded: Loaded
    jobs: Sequence[Job]
    common: Common
    wish: Wish
    keeper: Keeper
    stop: Stop

    @property
    def language(self) -> Language:
        """The language of messages."""
        return self.common.language or self.loaded.language


def batch(asked: Asked) -> Result:
    """One batch from lock to result. Raises UsageError when another one runs."""
    with only_batch(asked.wish.wait) as left:
        began = time.monotonic()
        done, reports = run_due(asked)
        seconds = time.monotonic() - began
        thinned = _thinned(asked, done)
    said = [interrupted(left)] if left is not None else []
    said += [notice for report in reports for notice in report.notices]
    made = tuple(path for report in reports for path in report.made)
    told = Told(
        loaded=asked.loaded,
        done=done,
        stopped=asked.stop.number,
        seconds=seconds,
        dry_run=asked.common.dry_run,
        language=asked.language,
        deliveries=[report.delivery for report in reports if report.delivery is not None],
    )
    return result_of(told, (*said, *thinned), made)


def _thinned(asked: Asked, done: Sequence[JobRun]) -> tuple[Text, ...]:
    """Old runs are forgotten; what is said when they cannot be."""
    if not done or asked.common.dry_run:
        return ()
    try:
        asked.keeper.thin_out()
    except AutomationError as error:
        return (error.text,)
    return ()


def run_due(asked: Asked) -> tuple[list[JobRun], list[Report]]:
    """The runs of the jobs that are due, one job after another, and what was made of each. The lock is held by the caller.

    A job's time is answered when its reports are made and its mails sent: a batch that dies before goes on with them.
    """
    standing = Standing(asked.loaded.path)
    done: list[JobRun] = []
    reports: list[Report] = []
    for job, found in due_jobs(asked.jobs, standing, circumstances.moment(), now=asked.wish.now):
        if asked.stop.asked():
            break
        ended = _run(job, found, asked)
        report = reported(asked.loaded, ended, asked.common, asked.keeper, asked.stop.asked)
        done.append(ended)
        reports.append(report)
        if not ended.left and report.complete and not asked.common.dry_run:
            standing.answer(job.name, found.moment)
            Journal(ended.batch).close()
    return done, reports


def _run(job: Job, found: Due, asked: Asked) -> JobRun:
    common = asked.common
    with Progress(1, quiet=common.quiet) as progress:
        progress.step(job.name)

        def told(run: BookRun, number: int, books: int) -> None:
            progress.reach(number / books)
            progress.say(f"{job.name} {number}/{books} {Path(run.book).name}")

        way = Way(
            keeper=asked.keeper,
            today=clock_of(job).day(circumstances.moment()),
            config=asked.loaded.path,
            status_date=common.status_date,
            out=common.out,
            language=asked.language,
            dry_run=common.dry_run,
            workers=asked.wish.workers,
            cluster=asked.wish.cluster,
            stopped=asked.stop.asked,
            told=told,
        )
        return run_job(job, found.moment, way, missed=found.missed)

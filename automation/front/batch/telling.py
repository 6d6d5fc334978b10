"""What is said of a batch, to people and to programs: lines, counts, exit code.

Not here: the batch (``once``).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from automation.base.findings import Severity, Text
from automation.front import circumstances
from automation.front.batch.due import next_time
from automation.front.batch.loading import clock_of
from automation.front.output import Result
from automation.model.runs import OUTCOMES, RunOutcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from automation.base.findings import Language
    from automation.front.batch.loading import Loaded
    from automation.front.batch.running import JobRun
    from automation.front.batch.sending import Delivery
    from automation.model.runs import BookRun
    from automation.schema.catalogue import Catalogue
    from automation.store.locks import Interruption

INTERRUPTED = 128
BAD = frozenset({RunOutcome.FAILED, RunOutcome.CRASHED, RunOutcome.TIMED_OUT, RunOutcome.OUT_OF_MEMORY})
SHOWN = 200
"""So many workbooks are listed one by one in the text form; JSON has all."""


class Told(NamedTuple):
    """What a batch is told of: configuration, runs of its jobs, the signal that stopped it (0: none), how long it took.

    ``deliveries`` are what became of the mails of jobs that send.
    """

    loaded: Loaded
    done: Sequence[JobRun]
    stopped: int
    seconds: float
    dry_run: bool
    language: Language
    deliveries: Sequence[Delivery] = ()


def result_of(told: Told, notices: Sequence[Text], made: tuple[Path, ...]) -> Result:
    """A batch as it is shown: a line for each workbook that needs a look, counts, the files made of it, exit code."""
    loaded, done = told.loaded, told.done
    runs = [run for one in done for run in one.runs]
    code = max(exit_of(runs), int(any(finding.severity >= Severity.HIGH for finding in loaded.findings)))
    said = [*notices, *([] if done else [_nothing_due(loaded)])]
    if told.stopped:
        code = INTERRUPTED + told.stopped
        said.append(_stopped(sum(one.left for one in done)))
    return Result(
        command="batch",
        book=str(loaded.path),
        exit=code,
        findings=loaded.findings,
        edits=sum(run.edits for run in runs),
        documents=made,
        figures={**figures_of(done, told.seconds), **_mails(told.deliveries)},
        notices=tuple(said),
        lines=tuple(lines_of(done, loaded.catalogue)),
        body={"jobs": [_job_value(one) for one in done], "runs": [run_value(run, told.language) for run in runs]},
        dry_run=told.dry_run,
        language=told.language,
    )


def _mails(deliveries: Sequence[Delivery]) -> dict[str, int]:
    """Counts of mails where jobs send them."""
    names = ("sent", "earlier", "unsent")
    return {f"mails_{name}": sum(getattr(one, name) for one in deliveries) for name in names} if deliveries else {}


def _stopped(left: int) -> Text:
    return Text(
        f"已按要求停止，还有 {left} 个工作簿没有处理；下次运行时继续。",
        f"Stopped as asked; {left} workbooks are not done, the next run goes on with them.",
    )


def figures_of(done: Sequence[JobRun], seconds: float) -> dict[str, Any]:
    """Counts of a batch: workbooks by how their runs ended, time, pace, the most memory that one of them took."""
    runs = [run for one in done for run in one.runs]
    pace = round(len(runs) / seconds, 1) if runs and seconds else None
    return {
        "workbooks": sum(one.books for one in done),
        **{outcome.value: sum(run.outcome == outcome for run in runs) for outcome in RunOutcome},
        "with_findings": sum(run.outcome == RunOutcome.DONE and run.exit == 1 for run in runs),
        "done_before": sum(one.earlier for one in done),
        "left": sum(one.left for one in done),
        "seconds": round(seconds, 2),
        "workbooks_per_second": pace,
        "peak_megabytes": max((run.peak_megabytes for run in runs), default=0.0),
    }


def lines_of(done: Sequence[JobRun], catalogue: Catalogue) -> Iterator[Text]:
    """The text form: each job with its counts, then what is bad, then what was open or has grave findings."""
    for one in done:
        bad = [run for run in one.runs if run.outcome in BAD]
        noted = [run for run in one.runs if run.outcome not in BAD and (run.exit or run.reason)]
        good = len(one.runs) - len(bad)
        missed = Text(f"，补做错过的 {one.missed} 次", f", {one.missed} missed before") if one.missed else Text("", "")
        yield Text(
            f"任务“{one.job.name}”：{one.books} 个工作簿，完成 {good + one.earlier}，有问题 {len(bad)}{missed.zh}",
            f"Job '{one.job.name}': {one.books} workbooks, {good + one.earlier} done, {len(bad)} bad{missed.en}",
        )
        rows = [*bad, *noted]
        for run in rows[:SHOWN]:
            line = line_of(run, catalogue)
            yield Text(f"  {line.zh}", f"  {line.en}")
        if len(rows) > SHOWN:
            rest = len(rows) - SHOWN
            yield Text(f"  …… 还有 {rest} 个，见 --format json。", f"  ... and {rest} more: see --format json.")


def _nothing_due(loaded: Loaded) -> Text:
    moment = circumstances.moment()
    upcoming = [
        (at, job)
        for job in loaded.jobs
        if job.enabled and (at := next_time(job.times, moment, clock_of(job))) is not None
    ]
    if not upcoming:
        return Text("没有到时间的任务；加上 --now 可以立即执行。", "No job is due; with --now they run at once.")
    at, job = min(upcoming, key=lambda one: one[0])
    shown = f"{at.astimezone(job.zone):%Y-%m-%d %H:%M}"
    return Text(
        f"没有到时间的任务；下一个是“{job.name}”，{shown}。加上 --now 可以立即执行。",
        f"No job is due; the next one is '{job.name}' at {shown}. With --now they run at once.",
    )


def _job_value(one: JobRun) -> dict[str, Any]:
    return {
        "job": one.job.name,
        "batch": one.batch,
        "moment": one.moment,
        "missed": one.missed,
        "workbooks": one.books,
        "done_before": one.earlier,
        "left": one.left,
    }


def run_value(run: BookRun, language: Language) -> dict[str, Any]:
    """One workbook's run for programs."""
    return {
        "id": run.id,
        "job": run.job,
        "book": run.book,
        "outcome": run.outcome.value,
        "exit": run.exit,
        "code": run.code,
        "reason": run.reason.in_(language) if run.reason else None,
        "started_at": run.started_at,
        "seconds": run.seconds,
        "peak_megabytes": run.peak_megabytes,
        "status_date": run.status_date,
        "digest": run.digest,
        "counts": run.tally.by_severity(),
        "edits": run.edits,
        "documents": list(run.documents),
    }


def exit_of(runs: Sequence[BookRun]) -> int:
    """The exit code of a batch: 3 when a bug showed, 1 when a workbook is bad or has grave findings, else 0."""
    codes = {run.exit for run in runs}
    return 3 if 3 in codes else int(bool(codes - {0}))  # noqa: PLR2004 - the exit code of a bug


def line_of(run: BookRun, catalogue: Catalogue) -> Text:
    """One workbook in a line: how its run ended and why, or what was found."""
    name = Path(run.book).name
    if run.reason is not None and run.outcome != RunOutcome.DONE:
        word = OUTCOMES[run.outcome]
        return Text(f"{name}：{word.zh}。{run.reason.zh}", f"{name}: {word.en}. {run.reason.en}")
    labels = {value.code: value.label for value in catalogue.lists["severity"].values}
    found = [(labels[code], number) for code, number in run.tally.by_severity().items() if number]
    zh = " · ".join(f"{label.zh} {number}" for label, number in found) or "没有发现问题"
    en = " · ".join(f"{label.en} {number}" for label, number in found) or "nothing found"
    if run.reason is None:
        return Text(f"{name}：{zh}", f"{name}: {en}")
    return Text(f"{name}：{zh}（{run.reason.zh.rstrip('。')}）", f"{name}: {en} ({run.reason.en.rstrip('.')})")


def interrupted(left: Interruption) -> Text:
    """What to know of a batch that died before this one."""
    seen = left.seen.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    return Text(
        f"{seen} 开始的批处理中途中断；没有处理完的工作簿这次继续。",
        f"The batch begun at {seen} was interrupted; this one goes on with the workbooks that were not done.",
    )

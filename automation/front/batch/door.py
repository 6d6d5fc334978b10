"""The command line of batches: ``batch run|serve|jobs|mail|install|uninstall``.

Not here: what they do (``once``, ``serving``, ``mail_door``, ``installing``).
"""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING, Any

from automation.base.findings import Severity, Text
from automation.base.records import replace
from automation.front import circumstances
from automation.front.output import Result, as_json, as_text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from automation.front.batch.jobs import Job
    from automation.front.batch.keeping import Keeper, Standing
    from automation.front.batch.loading import Loaded
    from automation.front.batch.once import Wish
    from automation.front.session import Common
    from automation.schema.catalogue import Catalogue

FOREVER_MINUTES = 24 * 60
BYTE_ORDERS = frozenset({b"\xff\xfe", b"\xfe\xff"})


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``batch``."""
    parser.add_argument(
        "what",
        choices=("run", "serve", "jobs", "mail", "install", "uninstall"),
        help="run 执行到时间的任务 what is due, once;serve 常驻 stay resident;jobs 列出任务 list;"
        "mail 邮件怎样发送 how mails are sent;"
        "install、uninstall 登记到操作系统的计划任务 the entry of the system's scheduler",
    )
    parser.add_argument("--job", action="append", default=[], metavar="NAME", help="只限这个任务 / only this job")
    parser.add_argument("--now", action="store_true", help="不论是否到时间 / whether due or not")
    parser.add_argument("--all", action="store_true", help="全部任务，不论是否到时间 / every job, due or not")
    parser.add_argument(
        "--wait",
        nargs="?",
        type=float,
        const=FOREVER_MINUTES,
        default=0.0,
        metavar="MINUTES",
        help="另一个批处理运行时等待 / wait while another batch runs",
    )
    parser.add_argument("--workers", type=int, default=0, metavar="N", help="同时处理几个工作簿 / workbooks at once")
    parser.add_argument("--cluster", default="", metavar="tcp://HOST:PORT", help="Dask 调度器地址 / a Dask scheduler")
    parser.add_argument(
        "--with",
        dest="system",
        default="",
        choices=("systemd", "cron", "launchd", "windows"),
        help="用哪种计划任务 / which scheduler",
    )
    parser.add_argument(
        "--try",
        dest="address",
        default="",
        metavar="ADDRESS",
        help="与 mail 一起：发一封测试邮件 / with mail: send one mail to see that it works",
    )


def run(options: argparse.Namespace, common: Common) -> tuple[Result | None, Catalogue | None]:
    """What was asked for."""
    from automation.front.batch.loading import load  # noqa: PLC0415 - the parser does not wait for it

    if options.what == "uninstall":
        return _uninstall(options.system, common), None
    loaded = load(common.config)
    common = replace(common, config=loaded.path)
    return _DOING[options.what](options, common, loaded), loaded.catalogue


def _run(options: argparse.Namespace, common: Common, loaded: Loaded) -> Result | None:
    from automation.front.batch.loading import chosen  # noqa: PLC0415 - as above
    from automation.front.batch.once import Asked, batch  # noqa: PLC0415
    from automation.front.batch.stopping import Stop  # noqa: PLC0415

    jobs = chosen(loaded.jobs, options.job)
    with _keeper(common) as keeper, Stop() as stop:
        result = batch(Asked(loaded, jobs, common, _wish(options), keeper, stop))
    idle = not (result.lines or result.findings or stop.number)
    return None if idle and common.quiet and not common.json else result  # a scheduler's log stays empty meanwhile


def _serve(options: argparse.Namespace, common: Common, loaded: Loaded) -> Result:
    from automation.front.batch.once import Asked  # noqa: PLC0415 - as above
    from automation.front.batch.serving import Service, stamped  # noqa: PLC0415
    from automation.front.batch.stopping import Stop  # noqa: PLC0415

    language = common.language or loaded.language

    def say(what: Text | Result) -> None:
        if isinstance(what, Text):
            sys.stderr.write(f"{stamped(what.in_(language))}\n")
        else:
            shown = as_json(what, language) if common.json else stamped(as_text(what, None, language))
            sys.stdout.write(f"{shown}\n")
            sys.stdout.flush()

    with _keeper(common) as keeper, Stop() as stop:
        service = Service(
            Asked(loaded, (), replace(common, quiet=True), _wish(options), keeper, stop), options.job, say
        )
        say(Text(f"批处理服务已启动：{loaded.path}", f"The batch service has started: {loaded.path}"))
        service.serve()
    end = Text("批处理服务已正常停止。", "The batch service has ended cleanly.")
    return Result("batch", str(loaded.path), 0, notices=(end,), language=language)


def _jobs(options: argparse.Namespace, common: Common, loaded: Loaded) -> Result:
    from automation.front.batch.keeping import Standing  # noqa: PLC0415 - as above
    from automation.front.batch.loading import chosen  # noqa: PLC0415

    standing = Standing(loaded.path)
    jobs = chosen(loaded.jobs, options.job) if options.job else loaded.jobs
    rows = [_job_row(job, standing) for job in jobs]
    return Result(
        command="batch",
        book=str(loaded.path),
        exit=int(any(one.severity >= Severity.HIGH for one in loaded.findings)),
        findings=loaded.findings,
        lines=tuple(_job_line(job, row) for job, row in zip(jobs, rows, strict=True)),
        body={"jobs": rows},
        language=common.language or loaded.language,
    )


def _job_row(job: Job, standing: Standing) -> dict[str, Any]:
    from automation.front.batch.due import due, next_time  # noqa: PLC0415 - as above
    from automation.front.batch.loading import clock_of  # noqa: PLC0415
    from automation.front.batch.running import books_of  # noqa: PLC0415

    moment, clock = circumstances.moment(), clock_of(job)
    answered = standing.answered(job.name)
    now = job.enabled and due(job.times, moment, answered=answered, since=standing.since(job.name), clock=clock)
    upcoming = next_time(job.times, moment, clock) if job.enabled else None
    return {
        "job": job.name,
        "enabled": job.enabled,
        "folders": [str(folder) for folder in job.folders],
        "workbooks": len(books_of(job)),
        "commands": [" ".join(words) for words in job.commands],
        "times": list(job.written_times),
        "last": answered and answered.astimezone(job.zone),
        "due_now": bool(now),
        "next": upcoming and upcoming.astimezone(job.zone),
    }


def _job_line(job: Job, row: dict[str, Any]) -> Text:
    last, upcoming = (f"{row[name]:%Y-%m-%d %H:%M}" if row[name] else "-" for name in ("last", "next"))
    times = "; ".join(row["times"]) or "-"
    off = Text("（已停用）", " (switched off)") if not job.enabled else Text("", "")
    due = Text("，现在到时间", ", due now") if row["due_now"] else Text("", "")
    commands = "; ".join(row["commands"])
    return Text(
        f"{job.name}{off.zh}：{row['workbooks']} 个工作簿 · {commands} · {times} · 上次 {last} · 下次 {upcoming}{due.zh}",
        f"{job.name}{off.en}: {row['workbooks']} workbooks · {commands} · {times} · last {last} · next {upcoming}{due.en}",
    )


def _mail(options: argparse.Namespace, common: Common, loaded: Loaded) -> Result:
    from automation.front.batch.mail_door import mail  # noqa: PLC0415 - as above

    return mail(options.address, common, loaded)


def _install(options: argparse.Namespace, common: Common, loaded: Loaded) -> Result:
    from automation.front.batch import installing  # noqa: PLC0415 - once in the life of an installation
    from automation.front.batch.loading import chosen  # noqa: PLC0415

    system, computer = installing.system_of(options.system), installing.this_computer()
    entry = installing.entry_of(loaded.path, chosen(loaded.jobs, ()))
    plan = installing.installed(system, entry, computer)
    if not common.dry_run:
        installing.install(plan, computer)
    said = () if common.dry_run else plan.rest
    minutes = Text(
        f"每 {entry.minutes} 分钟查看一次是否有到时间的任务（{system}）。",
        f"Every {entry.minutes} minutes it is seen whether a job is due ({system}).",
    )
    return _shown(plan, common, loaded.language, notices=(minutes, *said))


def _uninstall(system: str, common: Common) -> Result:
    from automation.front.batch import installing  # noqa: PLC0415 - as above

    computer = installing.this_computer()
    plan = installing.uninstalled(installing.system_of(system), computer)
    if not common.dry_run:
        installing.uninstall(plan, computer)
    done = Text("已从计划任务中移除。", "The entry is gone from the scheduler.")
    return _shown(plan, common, "zh", notices=(done,), contents=False)


def _shown(plan: Any, common: Common, language: Any, *, notices: tuple[Text, ...], contents: bool = True) -> Result:
    """What was written and called, word for word."""
    texts = {str(path): data.decode("utf-16" if data[:2] in BYTE_ORDERS else "utf-8") for path, data in plan.files}
    lines: list[str] = []
    for path, text in texts.items():
        lines += [path, *(f"    {line}" for line in text.splitlines() if contents)]
    for words, text in plan.calls:
        lines += [" ".join(words), *(f"    {line}" for line in text.splitlines())]
    return Result(
        command="batch",
        book="",
        exit=0,
        lines=tuple(Text(line, line) for line in lines),
        body={"files": texts, "calls": [[*words] for words, _ in plan.calls]},
        documents=tuple(path for path, _ in plan.files) if contents and not common.dry_run else (),
        notices=notices,
        dry_run=common.dry_run,
        language=common.language or language,
    )


def _wish(options: argparse.Namespace) -> Wish:
    from automation.front.batch.once import Wish  # noqa: PLC0415 - as above

    return Wish(
        now=options.now or options.all, wait=options.wait * 60, workers=max(options.workers, 0), cluster=options.cluster
    )


@contextlib.contextmanager
def _keeper(common: Common) -> Iterator[Keeper]:
    """Who keeps the runs: the history; of a dry run nothing stays."""
    from automation.front.batch.keeping import Listed  # noqa: PLC0415 - as above

    if common.dry_run:
        yield Listed()
        return
    from automation.front.history.place import Recorder  # noqa: PLC0415 - the database loads only for what is kept

    recorder = Recorder(common.config)
    try:
        yield recorder
    finally:
        recorder.close()


_DOING = {"run": _run, "serve": _serve, "jobs": _jobs, "mail": _mail, "install": _install}

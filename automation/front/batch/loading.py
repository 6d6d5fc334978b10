"""The configuration of batches as it lies on this computer: which file, its jobs, its mails, its language, its working days.

Not here: what its entries mean (``jobs``).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.front import library, state
from automation.front.batch.due import Clock
from automation.front.batch.job_findings import invalid, nearest
from automation.front.batch.jobs import Job, World, jobs_of
from automation.front.batch.mail import NOTHING, Section, mail_of
from automation.front.cli import command_of
from automation.front.history.place import where_of
from automation.planning.working_time import MAKE_UP

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from automation.base.findings import Finding, Language
    from automation.schema.catalogue import Catalogue

NAME = "config.yaml"
EXAMPLE = "jobs: [{name: 每晚检查, folders: [项目], times: 每天 22:30}]"


class Loaded(NamedTuple):
    """A configuration: its file, its jobs that can be run, what is wrong with it, its language, how mails are sent."""

    path: Path
    jobs: tuple[Job, ...]
    findings: tuple[Finding, ...]
    language: Language
    catalogue: Catalogue
    mail: Section = NOTHING


def load(config: Path | None) -> Loaded:
    """The configuration named, else the config.yaml of the current folder, else the one of the user's own folder.

    Raises UsageError when there is none or it has no jobs, SettingsError when it cannot be read.
    """
    path = _place(config).resolve()
    content = library.config_of(path)
    catalogue = library.Library().catalogue()
    settings, findings = library.Library().settings(path, catalogue)
    found = jobs_of(content, path.parent, World(Path.is_dir, ZoneInfo, command_of))
    if not found.jobs and not found.findings:
        raise UsageError(
            Text(
                f"{path} 中没有任务：请加入 jobs 部分，例如 {EXAMPLE}。",
                f"{path} has no jobs: add a section jobs, for example {EXAMPLE}.",
            ),
            code="NO_JOBS",
        )
    _, kept = where_of(content, path.parent)
    mail = mail_of(content, path.parent)
    wrong = (*findings, *kept, *mail.findings, *found.findings, *_without_mail(found.jobs, mail))
    return Loaded(path, found.jobs, wrong, settings.language, catalogue, mail)


def _without_mail(jobs: Sequence[Job], mail: Section) -> Iterator[Finding]:
    """What is wrong with jobs that shall send while the file does not say how."""
    expected = Text("需要写明怎样发送的 mail 部分", "expected a section mail that says how")
    if mail is NOTHING:
        yield from (invalid(job.name, "send", "true", expected, stops=False) for job in jobs if job.send)


def _place(config: Path | None) -> Path:
    if config is not None:
        return config
    for place in (Path.cwd() / NAME, state.folder() / NAME):
        if place.is_file():
            return place
    raise UsageError(
        Text(
            f"没有找到 {NAME}：请用 --config 指定，或放到当前文件夹或 {state.folder()}。",
            f"There is no {NAME}: name it by --config, or put it into the current folder or {state.folder()}.",
        ),
        code="NO_CONFIG",
    )


def chosen(jobs: Sequence[Job], names: Sequence[str]) -> tuple[Job, ...]:
    """The jobs of these names, all when none is named. Raises UsageError for a name that no job has."""
    known = {job.name: job for job in jobs}
    for name in names:
        if name not in known:
            near = nearest(name, known)
            zh, en = (f"，是否应为“{near}”？", f"; did you mean '{near}'?") if near else ("", "")
            listed = "、".join(known) or "-"
            raise UsageError(
                Text(
                    f"没有名为“{name}”且可以执行的任务{zh}（现有：{listed}）。",
                    f"There is no job '{name}' that can be run{en} (there are: {', '.join(known) or '-'}).",
                ),
                code="NO_JOB",
            )
    return tuple(known[name] for name in dict.fromkeys(names)) if names else tuple(job for job in jobs if job.enabled)


def clock_of(job: Job) -> Clock:
    """What the times of a job mean: its zone, and the statutory working days."""
    return Clock(job.zone, works)


def works(day: date) -> bool:
    """Whether a day is a working day by China's holidays and make-up days as far as they are known, else by the week."""
    kind = _special_days().get(day)
    return day.weekday() < 5 if kind is None else kind == MAKE_UP  # noqa: PLR2004 - Saturday


@cache
def _special_days() -> dict[date, str]:
    return {row["date"]: row["kind"] for row in library.calendar_rows()}

"""One workbook of a job: what is to be done, and doing it in this process, whatever happens.

Not here: the process of its own that it runs in (``worker``) and who watches that (``pool``).
"""

from __future__ import annotations

import hashlib
import time
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from automation.base.errors import AutomationError, WriteRefusedError
from automation.base.findings import Text
from automation.base.records import dataclass, replace
from automation.front import circumstances, state
from automation.front.batch.changed import altered, logged
from automation.front.batch.people import people_of
from automation.front.cli import command_of
from automation.front.runner import perform
from automation.model.runs import BookRun, RunOutcome
from automation.store.owners import Owner, owner_of

if TYPE_CHECKING:
    from datetime import date, datetime

    from automation.base.findings import Finding, Language
    from automation.commands.command import Command
    from automation.commands.request import Request
    from automation.front.session import Common
    from automation.model.effects import Outcome
    from automation.model.runs import Alteration, ProjectFacts

OPEN = frozenset({"in-use", "held"})
"""Refusals that mean: somebody has the workbook open."""
CHECK = "check"


@dataclass(frozen=True, slots=True)
class Task:
    """What a job does to one workbook, as plain values that go to another process.

    ``commands`` are words of command lines without the workbook, ``status_date`` ``None`` means that of the workbook,
    ``config`` is the configuration of the batch (``""``: none), ``out`` the folder for documents (``""``: as the workbook
    says). ``after`` is when the run before began (UTC), for what people changed since.
    """

    id: str
    batch: str
    job: str
    book: str
    commands: tuple[tuple[str, ...], ...]
    status_date: date | None = None
    config: str = ""
    out: str = ""
    opened: Literal["read", "skip"] = "read"
    language: Language | None = None
    after: datetime | None = None
    dry_run: bool = False


def run_id(batch: str, job: str, book: str) -> str:
    """The identity of the run of a job over a workbook in a batch."""
    return hashlib.sha256(f"{batch}\x1f{job}\x1f{book}".encode("utf-8", "surrogateescape")).hexdigest()[:32]


def worked(task: Task) -> BookRun:
    """The run of a task in this process; an error or a bug is its outcome and never raised."""
    run = _Run(task)
    try:
        return run.work()
    except AutomationError as error:
        return run.ended(RunOutcome.FAILED, 2, error.text, code=error.code)
    except MemoryError:
        return run.ended(RunOutcome.OUT_OF_MEMORY, 2, Text("内存不足。", "There was not enough memory."))
    except Exception as error:  # noqa: BLE001 - one workbook never stops the others; the bug is logged
        log = state.log_bug(f"batch {task.job} {task.book}")
        reason = Text(
            f"程序内部错误（{type(error).__name__}），详细记录在 {log}，请发给维护人员。",
            f"An internal error ({type(error).__name__}); details are in {log}, please send it to the maintainers.",
        )
        return run.ended(RunOutcome.CRASHED, 3, reason)


class _Run:
    """One run in progress: what has come of it so far."""

    def __init__(self, task: Task) -> None:
        self.task, self.book = task, Path(task.book)
        self.started, self.clock = circumstances.moment(), time.monotonic()
        self.notice: Text | None = None
        self.exit = self.edits = 0
        self.findings: tuple[Finding, ...] = ()
        self.documents: list[str] = []
        self.alterations: list[Alteration] = []
        self.wanted: list[Alteration] = []
        self.digest = ""
        self.status_date = task.status_date
        self.request: Request | None = None
        self.judged = False

    def work(self) -> BookRun:
        """Every command in turn; Raises AutomationError and whatever a bug raises."""
        reading = False
        owner = owner_of(self.book)
        if owner is not None:
            if self.task.opened == "skip":
                return self.ended(RunOutcome.SKIPPED, 0, _left_out(owner))
            reading, self.notice = True, _read_only(owner)
        for words in self.task.commands:
            command, common = _asked(words)
            try:
                self.perform(command, common, reading=reading)
            except WriteRefusedError as error:  # opened since we looked
                if reading or error.code not in OPEN:
                    raise
                if self.task.opened == "skip":
                    return self.ended(RunOutcome.SKIPPED, 0, error.text, code=error.code)
                reading, self.notice = True, _read_only(owner_of(self.book))
                self.perform(command, common, reading=True)
        return self.ended(RunOutcome.DONE, self.exit, self.notice)

    def perform(self, command: Command, common: Common, *, reading: bool) -> None:
        """One command; with ``reading`` what it would write into the workbook is left out."""
        task = self.task
        config = _config_of(self.book, task.config)
        asked = replace(
            common,
            language=common.language or task.language,
            status_date=common.status_date or task.status_date,
            config=common.config or config,
            out=common.out or (Path(task.out) if task.out else None),
            dry_run=common.dry_run or task.dry_run or (reading and command.writes == "always"),
            quiet=True,
            parameters={**common.parameters, **({"write": False} if reading and command.writes == "asked" else {})},
        )
        result, _ = perform(command, self.book, asked, seen=lambda *seen: self.see(command, *seen))
        if command.id == CHECK or (result.findings and not self.judged):  # others tell of what concerns them alone
            self.findings = result.findings
        self.exit = max(self.exit, result.exit)
        self.status_date = result.status_date
        self.documents += map(str, result.documents)
        if not result.dry_run:
            self.edits += result.edits
            self.alterations += self.wanted if result.edits else ()

    def see(self, command: Command, request: Request, outcome: Outcome) -> None:
        """Keep the request that tells most of the workbook, and what the command changes."""
        if not self.digest:
            self.digest = request.project.digest
            self.alterations += logged(request, after=self.task.after)
        if not self.judged:
            self.request = request
            self.judged = command.id == CHECK
        who = circumstances.user()
        self.wanted = [*altered(request, outcome.edits, at=self.started, who=who, command=command.id)]

    def ended(self, outcome: RunOutcome, exit_code: int, reason: Text | None, *, code: str = "") -> BookRun:
        """The run as a value."""
        return BookRun(
            id=self.task.id,
            batch=self.task.batch,
            job=self.task.job,
            book=self.task.book,
            started_at=self.started,
            seconds=round(time.monotonic() - self.clock, 3),
            outcome=outcome,
            exit=exit_code,
            digest=self.digest,
            status_date=self.status_date,
            reason=reason,
            findings=self.findings,
            projects=_facts(self.request) if outcome == RunOutcome.DONE and self.request else (),
            edits=self.edits,
            documents=tuple(self.documents),
            alterations=tuple(self.alterations),
            code=code,
            judged=self.judged,
            **people_of(self.request.project, self.findings) if self.request else {},
        )


@lru_cache(maxsize=64)
def _asked(words: tuple[str, ...]) -> tuple[Command, Common]:
    return command_of(words)


def _config_of(book: Path, config: str) -> Path | None:
    """The configuration for a workbook: its own beside it wins, as with every other command."""
    own = book.resolve().parent / "config.yaml"
    return None if not config or own.is_file() else Path(config)


def _facts(request: Request) -> tuple[ProjectFacts, ...]:
    from automation.commands.portfolio import facts  # noqa: PLC0415 - only what was done has facts

    return facts(request)


def _left_out(owner: Owner) -> Text:
    return Text(
        f"{_opened(owner).zh}：这次跳过，关闭后下次执行。",
        f"{_opened(owner).en}: left out this time; the next run takes it.",
    )


def _read_only(owner: Owner | None) -> Text:
    opened = _opened(owner) if owner else Text("已被打开", "It is open")
    return Text(
        f"{opened.zh}：按已保存的内容检查，没有写入；关闭后下次写入。",
        f"{opened.en}: checked as it was last saved and not written; the next run writes.",
    )


def _opened(owner: Owner) -> Text:
    name = owner.name.strip("? ")
    since = owner.since.astimezone().strftime("%Y-%m-%d %H:%M")
    return Text(
        f"{f'{name} ' if name else '有人'}自 {since} 起打开着", f"{name or 'Somebody'} has had it open since {since}"
    )

"""Performing: the only place where what a command wants is done, to workbooks and documents.

Not here: what the commands want (``commands``), what an outcome comes to at every door (``front.outcomes``), and how
a door is opened (``front.cli``).
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from automation.base.collecting import paused
from automation.base.errors import WriteRefusedError
from automation.base.findings import Text
from automation.base.records import replace
from automation.commands import undoing
from automation.excel.package import Package, open_package
from automation.excel.reader import read
from automation.excel.writer import edited
from automation.front import circumstances, state, undo_note
from automation.front.held import held
from automation.front.outcomes import always_noted, edits_of, log_rows, make_documents, make_files, result_of, run
from automation.front.progress import Progress
from automation.front.session import request_of
from automation.store import backups, files

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from automation.commands.command import Command
    from automation.commands.request import Request
    from automation.front.output import Result
    from automation.front.session import Common
    from automation.model.effects import BookEdit, Outcome
    from automation.schema.catalogue import Catalogue


STAGES = (
    Text("读取工作簿", "reading the workbook"),
    Text("检查和计算", "checking and computing"),
    Text("写入结果", "writing the results"),
)
"""The stages of a command on a workbook; they take about equally long, and the last is left out without writing."""
READ_BYTES_PER_SECOND = 2_000_000
"""About what reading a workbook comes to, for the first guess at the time that remains."""
PROGRESS_AFTER = 2.0
"""Seconds after which progress is shown."""


class Change(NamedTuple):
    """What carrying out edits came to: cells changed, the backup made, what the user should know."""

    cells: int
    backup: Path | None = None
    notices: tuple[Text, ...] = ()


def open_book(book: Path, common: Common) -> Request:
    """The request on a workbook file.

    Raises WorkbookError when it cannot be read or is not ours, SettingsError for an unreadable configuration, and
    UsageError when no status date is set anywhere.
    """
    with paused():
        raw = read(book)
    return request_of(raw, book.resolve().parent, common)


def perform(
    command: Command,
    book: Path,
    common: Common,
    *,
    backup: bool = True,
    seen: Callable[[Request, Outcome], None] | None = None,
) -> tuple[Result, Catalogue]:
    """The result of a command on a workbook, its edits carried out and its documents made.

    A command that writes holds the workbook from the reading to the save, so that no edit of another run is lost.
    ``seen`` is told the request and what the command wants, before anything is done.
    Raises AutomationError when it cannot be done; then the workbook is as it was.
    """
    writes, unwritten = _writes(command, book, common)
    language = common.language or "zh"
    with (
        _progress(book, common, stages=len(STAGES) if writes else len(STAGES) - 1) as progress,
        held(
            book, what=command.id, writes=writes, dry_run=common.dry_run, progress=progress, language=language
        ) as news,
    ):
        progress.step(STAGES[0].in_(language))
        request = open_book(book, replace(common, parameters={"user": circumstances.user(), **common.parameters}))
        if writes and not common.dry_run:
            files.check_writable(book)
        progress.step(STAGES[1].in_(language))
        outcome = run(command, request)
        if seen is not None:
            seen(request, outcome)
        documents: list[Path] = []
        kept: list[Text] = []
        if not common.dry_run:
            folder, say = book.resolve().parent, progress.say
            documents, kept = make_documents(folder, request, outcome.documents, common, step=say)
            documents += make_files(book.resolve().parent, request, outcome.files, common)
        change = Change(0)
        if writes:
            progress.step(STAGES[2].in_(language))
            change = _saved(command, book, request, outcome, common, backup=backup)
    result = result_of(command.id, str(book), request, outcome, common)
    notices = tuple(dict.fromkeys((*news, *outcome.notices, *kept, *unwritten, *change.notices)))
    return replace(
        result, edits=change.cells, documents=tuple(documents), backup=change.backup, notices=notices
    ), request.catalogue


def _writes(command: Command, book: Path, common: Common) -> tuple[bool, tuple[Text, ...]]:
    """Whether the command's edits are carried out, and what to know where they are not although they could be."""
    if command.writes != "when_free":
        return command.writes == "always" or (command.writes == "asked" and bool(common.parameters.get("write"))), ()
    try:
        files.check_writable(book)
    except WriteRefusedError as error:
        return False, (
            Text(
                f"未登记到工作簿（{error.text.zh.rstrip('。')}）：请在可以写入时再运行一次。",
                f"Not entered in the workbook ({error.text.en.rstrip('.')}): run it again when it can be written.",
            ),
        )
    return True, ()


def _saved(command: Command, book: Path, request: Request, outcome: Outcome, common: Common, *, backup: bool) -> Change:
    change = save_edits(
        book,
        edits_of(request, outcome, command.id),
        common=common,
        folder=request.settings.text("backup_folder"),
        keep=max(request.settings.whole("backup_keep"), int(outcome.copy)) if backup else 0,
        keep_days=request.settings.whole("backup_keep_days"),
        expected=request.project.digest,
        log=() if always_noted(outcome) else log_rows(request, outcome.log, command.id),
    )
    if command.id == undoing.ID and not common.dry_run and not common.parameters.get("kept"):
        undo_note.used(request.project.path)
    return change


def _progress(book: Path, common: Common, *, stages: int) -> Progress:
    """A bar over the stages of a command, its first guess made from the size of the file."""
    size = book.stat().st_size if book.is_file() else 0
    pace = READ_BYTES_PER_SECOND / max(size, 1)
    return Progress(stages, quiet=common.quiet, after=PROGRESS_AFTER, pace=pace)


def save_edits(
    book: Path,
    edits: Sequence[BookEdit],
    *,
    common: Common,
    folder: str = backups.FOLDER,
    keep: int = 20,
    keep_days: int = 0,
    expected: str = "",
    log: Sequence[BookEdit] = (),
) -> Change:
    """Carry out edits on a workbook as one safe save; ``log`` only joins when they change anything.

    ``expected`` is the digest of the file when it was read (default: now). Backups go to ``folder``: the ``keep``
    newest stay (0 makes none) unless older than ``keep_days`` (0: any age). Raises WriteRefusedError or WorkbookError
    and leaves the file as it was.
    """
    with held(book, what="write", writes=True, dry_run=common.dry_run) as news:
        package = open_package(book)
        if not common.dry_run:
            files.check_writable(book)
        written = edited(package, edits)
        cells = sum(map(len, written.cells.values()))
        notices = (*news, *written.notices)
        if common.dry_run or not written.changed:
            return Change(cells, None, notices)
        saved = files.save(
            book,
            edited(Package(book, written.data), log).data if log else written.data,
            expected=expected or hashlib.sha256(package.data).hexdigest(),
            now=circumstances.now(),
            folder=folder,
            keep=keep,
            keep_days=keep_days,
            state=state.folder("locks"),
        )
    return Change(cells, saved.backup, notices)

"""Performing: the only place where what a command wants is done, to workbooks and documents.

Not here: what the commands want (``commands``) and how a door is opened (``front.cli``). The clock is read here.
"""

from __future__ import annotations

import getpass
import hashlib
import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from automation.base.errors import AutomationError, NotAllowedError, UsageError
from automation.base.findings import Text
from automation.base.records import replace
from automation.commands.permissions import check_allowed, person
from automation.excel.package import Package, open_package
from automation.excel.writer import edited
from automation.front import state
from automation.front.held import held
from automation.front.library import Library
from automation.front.output import Result, exit_code
from automation.front.progress import Progress
from automation.front.session import open_book
from automation.model.effects import AppendRows, LogEntry
from automation.store import backups, files

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from automation.base.findings import Value
    from automation.commands.registry import Command
    from automation.commands.request import Request
    from automation.front.session import Common
    from automation.model.effects import BookEdit, DocumentRequest, Outcome
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


def now() -> datetime:
    """The local time: for the log, names of backups and the status date of a new workbook, nothing else."""
    return datetime.now().astimezone().replace(tzinfo=None, microsecond=0)


def perform(command: Command, book: Path, common: Common, *, backup: bool = True) -> tuple[Result, Catalogue]:
    """The result of a command on a workbook, its edits carried out and its documents made.

    A command that writes holds the workbook from the reading to the save, so that no edit of another run is lost.
    Raises AutomationError when it cannot be done; then the workbook is as it was.
    """
    writes = command.writes == "always" or (command.writes == "asked" and bool(common.parameters.get("write")))
    language = common.language or "zh"
    with (
        _progress(book, common, stages=len(STAGES) if writes else len(STAGES) - 1) as progress,
        held(
            book, what=command.id, writes=writes, dry_run=common.dry_run, progress=progress, language=language
        ) as news,
    ):
        progress.step(STAGES[0].in_(language))
        request = open_book(book, replace(common, parameters={"user": user(), **common.parameters}))
        if writes and not common.dry_run:
            files.check_writable(book)
        progress.step(STAGES[1].in_(language))
        outcome = run(command, request)
        change = Change(0)
        if writes:
            progress.step(STAGES[2].in_(language))
            change = save_edits(
                book,
                edits_of(request, outcome, command.id),
                common=common,
                folder=request.settings.text("backup_folder"),
                keep=max(request.settings.whole("backup_keep"), int(outcome.copy)) if backup else 0,
                keep_days=request.settings.whole("backup_keep_days"),
                expected=request.project.digest,
                log=() if outcome.copy else log_rows(request, outcome.log, command.id),
            )
        folder = book.resolve().parent
        documents = [] if common.dry_run else make_documents(folder, request, outcome.documents, common)
    result = result_of(command.id, str(book), request, outcome, common)
    notices = tuple(dict.fromkeys((*news, *outcome.notices, *change.notices)))
    return replace(
        result, edits=change.cells, documents=tuple(documents), backup=change.backup, notices=notices
    ), request.catalogue


def result_of(command: str, book: str, request: Request, outcome: Outcome, common: Common) -> Result:
    """What an outcome is shown as, before anything of it is carried out."""
    return Result(
        command=command,
        book=book,
        exit=exit_code(outcome.findings, request.settings.fail_on),
        status_date=request.status_date,
        findings=outcome.findings,
        figures=outcome.figures,
        notices=outcome.notices,
        lines=outcome.lines,
        tables=outcome.tables,
        dry_run=common.dry_run,
        language=common.language or request.settings.language,
    )


def edits_of(request: Request, outcome: Outcome, action: str) -> tuple[BookEdit, ...]:
    """The edits that an outcome wants; of a dated copy the row of the log that notes it."""
    return (*outcome.edits, *log_rows(request, outcome.log, action)) if outcome.copy else outcome.edits


def _progress(book: Path, common: Common, *, stages: int) -> Progress:
    """A bar over the stages of a command, its first guess made from the size of the file."""
    size = book.stat().st_size if book.is_file() else 0
    pace = READ_BYTES_PER_SECOND / max(size, 1)
    return Progress(stages, quiet=common.quiet, after=PROGRESS_AFTER, pace=pace)


def run(command: Command, request: Request) -> Outcome:
    """What the command wants; an error of its own speaks the workbook's language.

    Raises NotAllowedError, noted in the log of refusals, when the person (parameter ``user``) may not do it.
    """
    try:
        outcome = command.run(request)
        name = str(request.parameters.get("user") or "")
        check_allowed(request.project, request.catalogue, name, outcome.needs)
    except AutomationError as error:
        error.language = request.settings.language
        if isinstance(error, NotAllowedError):
            note_refusal(request, command.id, error)
        raise
    return outcome


def note_refusal(request: Request, action: str, error: NotAllowedError) -> None:
    """One line more in this user's log of refused commands."""
    entry = {
        "time": now().isoformat(),
        "user": request.parameters.get("user"),
        "action": action,
        "book": request.project.path,
        "why": error.text.en,
    }
    with (state.folder() / "refused.log").open("a", encoding="utf-8") as stream:
        stream.write(f"{json.dumps(entry, ensure_ascii=False)}\n")


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
            now=now(),
            folder=folder,
            keep=keep,
            keep_days=keep_days,
            state=state.folder("locks"),
        )
    return Change(cells, saved.backup, notices)


def log_rows(request: Request, entries: Sequence[LogEntry], action: str) -> tuple[BookEdit, ...]:
    """Rows for the workbook's log sheet; none when it has no such sheet."""
    table = request.project.tables["log"]
    if not table.columns:
        return ()
    name, moment = str(request.parameters.get("user") or user()), now()
    known = person(request.project, name)
    role = known.access_role if known else None
    rows = []
    for entry in entries or (LogEntry(action),):
        values: Mapping[str, Any] = {
            "time": moment,
            "user": name,
            "role": None if role is None else request.catalogue.lists["access_role"].label(role, request.language),
            "action": entry.action,
            "sheet": entry.sheet,
            "row_key": entry.key,
            "column": entry.column,
            "old": _shown(entry.old),
            "new": _shown(entry.new),
            "document": entry.document,
            "checksum": entry.checksum,
        }
        rows.append({table.columns[name]: value for name, value in values.items() if name in table.columns and value})
    return (AppendRows(table.name, tuple(rows)),)


def _shown(value: Value) -> str | None:
    return None if value is None else str(value)


def user() -> str:
    """The sign-in name of who runs this, ``?`` when the system does not tell."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            Text(
                f"无法在 {folder} 建立输出文件夹（可能是同名文件或没有权限），请用 --out 指定其他文件夹。",
                f"The output folder {folder} cannot be made (a file of that name, or no permission): name another by --out.",
            ),
            code="FOLDER",
        ) from error


def make_documents(
    home: Path | None, request: Request, wanted: Sequence[DocumentRequest], common: Common
) -> list[Path]:
    """The files of the documents that a command wants, made in the output folder. Raises TemplateError.

    ``home`` is the folder of the workbook, whose templates win; ``None`` for one that lies in no folder of this
    computer, whose documents go to the user's own folder.
    """
    if not wanted:
        return []
    from automation.word.pages import heading_pages  # noqa: PLC0415 - Word libraries load only for documents
    from automation.word.pdf import to_pdf  # noqa: PLC0415
    from automation.word.render import Properties, render  # noqa: PLC0415

    near = home or state.folder("documents")
    folder = common.out or near / (request.settings.text("output_folder") or ".")
    _make_folder(folder)
    locks = state.folder("locks")
    made: list[Path] = []
    for document in wanted:
        template = Library(home).template(f"{document.language}/{document.id}.docx")
        described = document.context["properties"]
        properties = Properties(
            **{**described, "on": date.fromisoformat(described["on"]), "language": document.language}
        )
        data = render(template, document.context, properties=properties, page_numbers=heading_pages)
        made.append(files.create(folder / f"{document.stem}.docx", data, overwrite=True, state=locks))
        if common.parameters.get("pdf"):
            made.append(files.create(folder / f"{document.stem}.pdf", to_pdf(data), overwrite=True, state=locks))
    return made

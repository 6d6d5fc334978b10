"""Performing: the only place where what a command wants is done, to workbooks and documents.

Not here: what the commands want (``commands``) and how a door is opened (``front.cli``). The clock is read here.
"""

from __future__ import annotations

import getpass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from automation.excel.package import Package, open_package
from automation.excel.writer import edited
from automation.front import state
from automation.front.library import Library
from automation.front.output import Result, exit_code
from automation.front.session import open_book
from automation.model.effects import AppendRows, LogEntry
from automation.store import files

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from automation.base.findings import Text, Value
    from automation.commands.registry import Command
    from automation.commands.request import Request
    from automation.front.session import Common
    from automation.model.effects import BookEdit, DocumentRequest
    from automation.schema.catalogue import Catalogue


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

    Raises AutomationError when it cannot be done; then the workbook is as it was.
    """
    request = open_book(book, common)
    writes = command.writes == "always" or (command.writes == "asked" and bool(common.parameters.get("write")))
    if writes and not common.dry_run:
        files.check_writable(book)
    outcome = command.run(request)
    change = Change(0)
    if writes:
        keep = request.settings.whole("backup_keep") if backup else 0
        log = _log_rows(request, outcome.log, command.id)
        change = save_edits(book, outcome.edits, common=common, keep=keep, expected=request.project.digest, log=log)
    documents = [] if common.dry_run else make_documents(book, request, outcome.documents, common)
    result = Result(
        command=command.id,
        book=str(book),
        exit=exit_code(outcome.findings, request.settings.fail_on),
        status_date=request.status_date,
        findings=outcome.findings,
        edits=change.cells,
        documents=tuple(documents),
        figures=outcome.figures,
        notices=(*outcome.notices, *change.notices),
        backup=change.backup,
        dry_run=common.dry_run,
        language=common.language or request.settings.language,
    )
    return result, request.catalogue


def save_edits(
    book: Path,
    edits: Sequence[BookEdit],
    *,
    common: Common,
    keep: int = 20,
    expected: str = "",
    log: Sequence[BookEdit] = (),
) -> Change:
    """Carry out edits on a workbook as one safe save; ``log`` only joins when they change anything.

    ``expected`` is the digest of the file when it was read (default: now); ``keep`` is the number of backups, 0 makes
    none. Raises WriteRefusedError or WorkbookError and leaves the file as it was.
    """
    package = open_package(book)
    if not common.dry_run:
        files.check_writable(book)
    expected = expected or files.digest_of(book)
    written = edited(package, edits)
    cells = sum(map(len, written.cells.values()))
    if common.dry_run or not written.changed:
        return Change(cells, None, written.notices)
    data = edited(Package(book, written.data), log).data if log else written.data
    saved = files.save(book, data, expected=expected, now=now(), keep=keep, state=state.folder("locks"))
    return Change(cells, saved.backup, written.notices)


def _log_rows(request: Request, entries: Sequence[LogEntry], action: str) -> tuple[BookEdit, ...]:
    """Rows for the workbook's log sheet; none when it has no such sheet."""
    table = request.project.tables["log"]
    if not table.columns:
        return ()
    user, moment = _user(), now()
    role = next((row.access_role for row in request.project.rows.resources if row.windows_user == user), None)
    rows = []
    for entry in entries or (LogEntry(action),):
        values: Mapping[str, Any] = {
            "time": moment,
            "user": user,
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


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"


def make_documents(book: Path, request: Request, wanted: Sequence[DocumentRequest], common: Common) -> list[Path]:
    """The files of the documents that a command wants, made in the output folder. Raises TemplateError."""
    if not wanted:
        return []
    from automation.word.pages import heading_pages  # noqa: PLC0415 - Word libraries load only for documents
    from automation.word.pdf import to_pdf  # noqa: PLC0415
    from automation.word.render import Properties, render  # noqa: PLC0415

    folder = common.out or book.resolve().parent / (request.settings.text("output_folder") or ".")
    folder.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    for document in wanted:
        template = Library(book.resolve().parent).template(f"{document.language}/{document.id}.docx")
        described = document.context["properties"]
        properties = Properties(
            **{**described, "on": date.fromisoformat(described["on"]), "language": document.language}
        )
        data = render(template, document.context, properties=properties, page_numbers=heading_pages)
        made.append(files.create(folder / f"{document.stem}.docx", data, overwrite=True))
        if common.parameters.get("pdf"):
            made.append(files.create(folder / f"{document.stem}.pdf", to_pdf(data), overwrite=True))
    return made

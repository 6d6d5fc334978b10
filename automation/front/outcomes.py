"""From a command to what its outcome comes to, at every door: allowed or not, result, rows of the log, documents.

Not here: the edits of a workbook, which ``runner`` carries out on closed files and ``ribbon`` and ``pane`` on open ones.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from automation.base.errors import AutomationError, NotAllowedError, UsageError
from automation.base.findings import Text
from automation.commands.permissions import check_allowed, person
from automation.front import circumstances, state
from automation.front.output import Result, exit_code
from automation.model.effects import AppendRows, LogEntry

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from automation.base.findings import Value
    from automation.commands.command import Command
    from automation.commands.request import Request
    from automation.front.session import Common
    from automation.model.effects import BookEdit, DocumentRequest, FileRequest, Outcome


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
        "time": circumstances.now().isoformat(),
        "user": request.parameters.get("user"),
        "action": action,
        "book": request.project.path,
        "why": error.text.en,
    }
    with (state.folder() / "refused.log").open("a", encoding="utf-8") as stream:
        stream.write(f"{json.dumps(entry, ensure_ascii=False)}\n")


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
    """The edits that an outcome wants, with the rows of the log that are to be written even without them."""
    return (*outcome.edits, *log_rows(request, outcome.log, action)) if always_noted(outcome) else outcome.edits


def always_noted(outcome: Outcome) -> bool:
    """Whether the log gets its rows although nothing else may change: of dated copies and of documents."""
    return outcome.copy or outcome.noted


def log_rows(request: Request, entries: Sequence[LogEntry], action: str) -> tuple[BookEdit, ...]:
    """Rows for the workbook's log sheet; none when it has no such sheet."""
    table = request.project.tables["log"]
    if not table.columns:
        return ()
    name, moment = str(request.parameters.get("user") or circumstances.user()), circumstances.now()
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


def make_documents(
    home: Path | None,
    request: Request,
    wanted: Sequence[DocumentRequest],
    common: Common,
    *,
    step: Callable[[str], None] | None = None,
) -> tuple[list[Path], list[Text]]:
    """The files of the documents that a command wants, made in the output folder, and what to know of it.

    A file that is there with other bytes is kept beside under a name with the time. ``step`` is told of each document
    that is filled. Raises TemplateError.

    ``home`` is the folder of the workbook, whose templates win; ``None`` for one that lies in no folder of this
    computer, whose documents go to the user's own folder.
    """
    if not wanted:
        return [], []
    from automation.front.library import Library  # noqa: PLC0415 - only documents need these
    from automation.word.pages import pages_of  # noqa: PLC0415 - Word libraries load only for documents
    from automation.word.pdf import to_pdfs  # noqa: PLC0415
    from automation.word.render import Properties, prepared  # noqa: PLC0415

    folder = _output_folder(home, request, common)
    ready = []
    for document in wanted:
        described = document.context["properties"]
        ready.append(
            prepared(
                Library(home).template(f"{document.language}/{document.id}.docx"),
                document.context,
                properties=Properties(
                    **{**described, "on": date.fromisoformat(described["on"]), "language": document.language}
                ),
                charts=document.charts,
                former=_former(folder, document),
            )
        )
        if step is not None:
            step(document.stem)
    listed = [one for one in ready if one.headings]
    pages = dict(zip(map(id, listed), pages_of([(one.draft(), one.headings) for one in listed]), strict=True))
    contents = [one.finished(pages.get(id(one))) for one in ready]
    return _written(folder, wanted, contents, to_pdfs(contents) if common.parameters.get("pdf") else [])


def _written(
    folder: Path, wanted: Sequence[DocumentRequest], contents: Sequence[bytes], pdfs: Sequence[bytes | None]
) -> tuple[list[Path], list[Text]]:
    """The files of finished documents, each followed by its PDF where one was asked for."""
    from automation.store import files  # noqa: PLC0415 - as above
    from automation.word.pdf import not_made  # noqa: PLC0415

    locks = state.folder("locks")
    made: list[Path] = []
    notices: list[Text] = []
    for number, (document, data) in enumerate(zip(wanted, contents, strict=True)):
        path = folder / f"{document.stem}.docx"
        if not files.holds(path, data):
            kept = files.set_aside(path, now=circumstances.now())
            notices += [] if kept is None else [_kept_notice(path, kept)]
            files.create(path, data, state=locks)
        made.append(path)
        if pdfs:
            pdf = pdfs[number]
            if pdf is None:
                raise not_made()
            made.append(files.create(folder / f"{document.stem}.pdf", pdf, overwrite=True, state=locks))
    return made, notices


def _kept_notice(path: Path, kept: Path) -> Text:
    return Text(
        f"原来的 {path.name} 内容不同，已另存为 {kept.name}。",
        f"The {path.name} that was there differed; it is kept as {kept.name}.",
    )


def _former(folder: Path, document: DocumentRequest) -> bytes | None:
    """The file of the version before, ``None`` where it is not where it was made."""
    path = folder / f"{document.former}.docx"
    return path.read_bytes() if document.former and path.is_file() else None


def make_files(home: Path | None, request: Request, wanted: Sequence[FileRequest], common: Common) -> list[Path]:
    """The other files that a command wants, made where documents go; ``home`` as of ``make_documents``."""
    if not wanted:
        return []
    from automation.front.new_files import write_files  # noqa: PLC0415 - hardly any command makes files

    return write_files(_output_folder(home, request, common), wanted)


def _output_folder(home: Path | None, request: Request, common: Common) -> Path:
    """The folder for documents and other files, made if need be."""
    near = home or state.folder("documents")
    folder = common.out or near / (request.settings.text("output_folder") or ".")
    make_folder(folder)
    return folder


def make_folder(folder: Path) -> None:
    """Make a folder for what is to be written. Raises UsageError when it cannot be made."""
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

"""Documents: which there are, what each shows, and the command that asks for one.

Not here: their look (``templates/``) and the filling of templates (``word.render``).
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from automation.base.errors import UsageError
from automation.base.filenames import safe_file_name
from automation.base.findings import Severity, Text
from automation.commands.document.kinds import project, sales, service, signing, staff
from automation.commands.document.pictures import PICTURES, picture_mark
from automation.commands.document.source import source
from automation.model.effects import DocumentRequest, LogEntry, Need, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from automation.base.findings import Finding, Language
    from automation.commands.document.kind import Document
    from automation.commands.document.source import Source
    from automation.commands.request import Request

_AS_TYPED = Text(
    "文档语言与工作簿不同：没有英文列的内容保持工作簿里的文字。",
    "The document is not in the workbook's language: texts without an English column stand as they were typed.",
)


DOCUMENTS: tuple[Document, ...] = tuple(
    sorted(
        (*project.DOCUMENTS, *signing.DOCUMENTS, *sales.DOCUMENTS, *service.DOCUMENTS, *staff.DOCUMENTS),
        key=lambda kind: kind.id,
    )
)


def document(request: Request) -> Outcome:
    """A Word document of the workbook's data.

    Parameters: ``id`` such as D01; ``for`` the project (default: the only one); ``language`` zh or en (default: the
    one of the messages if it is not the workbook's, else the customer contact's); ``draft``: make it although its
    rows have errors, marked as a draft. Raises UsageError for an unknown document or project.
    """
    kind = document_kind(str(request.parameters.get("id") or ""))
    draft = bool(request.parameters.get("draft"))
    errors = tuple(_errors(request.data_findings, kind))
    if errors and not draft:
        return Outcome(findings=errors, notices=(_blocked(kind, len(errors)),))
    reason = _provisional(request, kind)
    requests, notices = [], [] if reason is None else [reason]
    for language in _languages(request, kind):
        made = source(
            request,
            language,
            sheet=kind.sheet,
            key=_key(request),
            internal=kind.audience == "internal",
            draft=(draft and bool(errors)) or reason is not None,
        )
        requests.append(document_request(kind, made))
        notices += _withheld_notices(made, request)
        if language != request.project.language:
            notices.append(_AS_TYPED)
    log = tuple(
        LogEntry("document", new=request.status_date.isoformat(), document=made.stem, checksum=checksum(made))
        for made in requests
    )
    return Outcome(
        findings=errors,
        documents=tuple(requests),
        log=log,
        notices=tuple(dict.fromkeys(notices)),
        needs=(Need("generate", kind.sheet),),
    )


def document_kind(identifier: str) -> Document:
    """The kind of document with that id, capital letters or not. Raises UsageError when there is none."""
    found = next((kind for kind in DOCUMENTS if kind.id == identifier.strip().upper()), None)
    if found is not None:
        return found
    known_zh = "、".join(f"{kind.id} {kind.name.zh}" for kind in DOCUMENTS)
    known_en = ", ".join(f"{kind.id} {kind.name.en}" for kind in DOCUMENTS)
    raise UsageError(
        Text(
            f"没有编号为“{identifier}”的文档：可以生成 {known_zh}。",
            f"There is no document '{identifier}': there are {known_en}.",
        )
    )


def document_request(kind: Document, made: Source) -> DocumentRequest:
    """The request for one document: its context and the file's name stem such as PRJ-001-D01-V1.0_需求规格说明书.

    What a context calls ``charts`` are the pictures; in the template ``pictures.<name>`` stands for each.
    """
    context = kind.context(made)
    charts = {name: chart for name, chart in context.pop("charts", {}).items() if chart is not None}
    named = {name: picture_mark(name) if name in charts else "" for name in PICTURES}
    title = f"{context['document']['number']}_{kind.name.in_(made.language)}"
    stem = safe_file_name(title, instead="_").replace(" ", "_")
    return DocumentRequest(kind.id, made.language, {**context, "pictures": named}, stem, charts)


def checksum(made: DocumentRequest) -> str:
    """The SHA-256 of a document's data (DLV-05): equal data, equal checksum."""
    data = [made.context, {name: repr(chart) for name, chart in made.charts.items()}]
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _errors(findings: Iterable[Finding], kind: Document) -> Iterable[Finding]:
    return (
        finding for finding in findings if finding.severity is Severity.ERROR and finding.place.sheet in kind.sheets
    )


def _blocked(kind: Document, count: int) -> Text:
    return Text(
        f"未生成{kind.name.zh}：它用到的数据有 {count} 处错误，请先改正；确需先看，可加 --draft 生成草稿。",
        f"{kind.name.en} was not made: its data hold {count} errors; correct them first, or add --draft for a draft.",
    )


def _provisional(request: Request, kind: Document) -> Text | None:
    """Why only a draft may be made of the row, ``None`` where nothing speaks against it."""
    if kind.provisional is None:
        return None
    whole = source(request, request.settings.language, sheet=kind.sheet, key=_key(request), internal=True)
    return kind.provisional(whole.subject)


def _languages(request: Request, kind: Document) -> tuple[Language, ...]:
    """The languages to make a document in: the one asked for, else the reader's."""
    asked = request.parameters.get("language")
    if asked in {"zh", "en"}:
        return (asked,)
    if request.settings.language != request.project.language or kind.audience == "internal":
        return (request.settings.language,)
    whole = source(request, request.settings.language, sheet=kind.sheet, key=_key(request), internal=True)
    wanted = whole.addressee.language if whole.addressee else None
    if wanted == "bilingual":
        return ("zh", "en")
    return ("zh",) if wanted == "chinese" else ("en",) if wanted == "english" else (request.settings.language,)


def _key(request: Request) -> str:
    return str(request.parameters.get("for") or "")


def _withheld_notices(made: Source, request: Request) -> list[Text]:
    notices = []
    for cell in made.withheld:
        sheet = request.catalogue.sheets[cell.sheet]
        label = sheet.column(cell.column).label
        notices.append(
            Text(
                f"“{sheet.label.zh}”表 {cell.key} 的“{label.zh}”提到内部金额，该句未写入客户文档。",
                f"'{label.en}' of {cell.key} on '{sheet.label.en}' names an internal amount: that clause was left out.",
            )
        )
    return notices

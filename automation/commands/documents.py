"""Documents: which there are, what each shows, and the command that asks for one.

Not here: their look (``templates/``) and the filling of templates (``word.render``).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from automation.base.errors import UsageError
from automation.base.filenames import safe_file_name
from automation.base.findings import Severity, Text
from automation.commands.document import acceptance, requirements
from automation.commands.document.acceptance import acceptance_report
from automation.commands.document.requirements import requirements_specification
from automation.commands.document.source import source
from automation.model.effects import DocumentRequest, LogEntry, Need, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from automation.base.findings import Finding, Language
    from automation.commands.document.source import Source
    from automation.commands.request import Request

_AS_TYPED = Text(
    "文档语言与工作簿不同：没有英文列的内容保持工作簿里的文字。",
    "The document is not in the workbook's language: texts without an English column stand as they were typed.",
)


@dataclass(frozen=True, slots=True)
class Document:
    """A kind of Word document.

    ``template`` is the file below ``templates/<language>/``, ``sheet`` the one whose row ``--for`` names, ``sheets``
    those whose rows must be free of errors; ``context`` makes the values.
    """

    id: str
    name: Text
    template: str
    audience: Literal["customer", "internal"]
    context: Callable[[Source], dict[str, Any]]
    sheet: str
    sheets: tuple[str, ...]


DOCUMENTS: tuple[Document, ...] = (
    Document(
        id="D01",
        name=requirements.TITLE,
        template="D01.docx",
        audience="customer",
        context=requirements_specification,
        sheet="projects",
        sheets=("projects", "customers", "requirements", "plan", "checks", "deliverables"),
    ),
    Document(
        id="D12",
        name=acceptance.TITLE,
        template="D12.docx",
        audience="customer",
        context=acceptance_report,
        sheet="projects",
        sheets=("projects", "customers", "contacts", "deals", "deliverables", "requirements", "checks", "changes"),
    ),
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
    requests, notices = [], []
    for language in _languages(request):
        made = source(
            request.project,
            request.catalogue,
            status_date=request.status_date,
            language=language,
            key=str(request.parameters.get("for") or ""),
            company=Text(request.settings.text("company_name"), request.settings.text("company_name_en")),
            draft=draft and bool(errors),
            currency=request.settings.text("currency"),
        )
        requests.append(document_request(kind, made))
        notices += _withheld_notices(made, request)
        if language != request.project.language:
            notices.append(_AS_TYPED)
    log = tuple(LogEntry("document", document=made.stem, checksum=checksum(made.context)) for made in requests)
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
    """The request for one document: its context and the file's name stem such as PRJ-001-D01-V1.0_需求规格说明书."""
    context = kind.context(made)
    title = f"{context['document']['number']}_{kind.name.in_(made.language)}"
    stem = safe_file_name(title, instead="_").replace(" ", "_")
    return DocumentRequest(kind.id, made.language, context, stem)


def checksum(context: Mapping[str, Any]) -> str:
    """The SHA-256 of a document's data (DLV-05): equal data, equal checksum."""
    text = json.dumps(context, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
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


def _languages(request: Request) -> tuple[Language, ...]:
    asked = request.parameters.get("language")
    if asked in {"zh", "en"}:
        return (asked,)
    if request.settings.language != request.project.language:
        return (request.settings.language,)
    key = request.parameters.get("for")
    rows = [row for row in request.project.rows.projects if not key or row.project_id == key]
    owner = rows[0].customer_owner if rows else None
    wanted = next((row.language for row in request.project.rows.contacts if row.contact_id == owner), None)
    if wanted == "bilingual":
        return ("zh", "en")
    return ("zh",) if wanted == "chinese" else ("en",) if wanted == "english" else (request.settings.language,)


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

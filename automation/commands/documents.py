"""Documents: which there are, what each shows, and the command that asks for one.

Not here: their look (``templates/``) and the filling of templates (``word.render``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.base.records import replace
from automation.commands.document.blocking import blocking
from automation.commands.document.frame import registered
from automation.commands.document.kinds import project, sales, service, signing, staff
from automation.commands.document.pictures import PICTURES, picture_mark
from automation.commands.document.register import (
    ACTION,
    Issue,
    Named,
    checksum,
    entered,
    key_in_name,
    logged,
    next_issue,
    register_edits,
    register_values,
    stating,
    stem_of,
)
from automation.commands.document.source import source
from automation.model.effects import DocumentRequest, LogEntry, Need, Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from automation.base.findings import Language
    from automation.commands.document.kind import Document
    from automation.commands.document.source import Source
    from automation.commands.request import Request
    from automation.model.rows import DeliverablesRow

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
    """Word documents of the workbook's data, entered in the log and with the deliverables that they are.

    Parameters: ``id`` such as D01, or several such as D01,D03:DEAL-001 with their rows; ``for`` the row of those that
    name none (default: the only one); ``language`` zh or en (default: the one of the messages if it is not the
    workbook's, else the customer contact's); ``draft``: make it although its rows have errors, marked as a draft;
    ``folder`` where it goes. The same data give the version that they gave before, other data the next one. Raises
    UsageError for an unknown document or row; then none is made.
    """
    asked = _asked(request)
    values: dict[int, Mapping[str, str]] = {}
    made = [_document(_about(request, kind, key), kind, values) for kind, key in asked]
    if len(asked) > 1 and values:
        # Documents that list deliverables show the versions that the others get.
        known = entered(request, values)
        made = [_document(_about(known, kind, key), kind, {}) for kind, key in asked]
    outcome = made[0] if len(asked) == 1 else joined([kind for kind, _ in asked], made)
    return replace(outcome, edits=register_edits(request, values))


def _about(request: Request, kind: Document, key: str) -> Request:
    return replace(request, parameters={**request.parameters, "id": kind.id, "for": key})


def _asked(request: Request) -> list[tuple[Document, str]]:
    """Kinds of documents, each once, with the keys of their rows. Raises UsageError for one that is none."""
    words = re.split(r"[,，、;；\s]+", str(request.parameters.get("id") or "").strip())
    pairs = [re.split("[:：]", word, maxsplit=1) for word in words]
    return list(dict.fromkeys((document_kind(pair[0]), pair[1] if len(pair) > 1 else _key(request)) for pair in pairs))


def _document(request: Request, kind: Document, values: dict[int, Mapping[str, str]]) -> Outcome:
    """One document on the row that the parameters name; ``values`` gets what its deliverable's row is to say."""
    draft = bool(request.parameters.get("draft"))
    errors = blocking(request, kind, _key(request))
    if errors and not draft:
        return Outcome(findings=errors, notices=(_blocked(kind, len(errors)),))
    reason = _provisional(request, kind)
    marked = (draft and bool(errors)) or reason is not None
    all_made = [
        made_now(request, kind, language, _key(request), draft=marked) for language in _languages(request, kind)
    ]
    notices = [] if reason is None else [reason]
    for made in all_made:
        notices += [*_withheld_notices(made.source, request, kind), *_issue_notices(made)]
        if made.request.language != request.project.language:
            notices.append(_AS_TYPED)
    log = tuple(_entry(made, kind) for made in all_made if not made.issue.again)
    first = all_made[0]
    if first.deliverable is not None:
        values[first.deliverable.row] = register_values(first.deliverable, first.issue, _path(request, first.request))
    return Outcome(
        findings=errors,
        documents=tuple(made.request for made in all_made),
        log=log,
        noted=bool(log),
        figures={"documents": [{"file": one.request.stem, "version": one.issue.version} for one in all_made]},
        notices=tuple(dict.fromkeys(notices)),
        needs=(Need("generate", kind.sheet),),
    )


def joined(kinds: Sequence[Document], outcomes: Sequence[Outcome]) -> Outcome:
    """What several documents come to together; what is to be known of some of them begins with their ids."""
    about: dict[Text, dict[str, None]] = {}
    for kind, outcome in zip(kinds, outcomes, strict=True):
        for notice in outcome.notices:
            about.setdefault(notice, {})[kind.id] = None
    return Outcome(
        findings=tuple(dict.fromkeys(finding for one in outcomes for finding in one.findings)),
        documents=tuple(request for one in outcomes for request in one.documents),
        log=tuple(entry for one in outcomes for entry in one.log),
        noted=any(one.noted for one in outcomes),
        figures={"documents": [named for one in outcomes for named in one.figures.get("documents", ())]},
        notices=tuple(
            Text(f"{'、'.join(ids)}：{notice.zh}", f"{', '.join(ids)}: {notice.en}") for notice, ids in about.items()
        ),
        needs=tuple(dict.fromkeys(need for one in outcomes for need in one.needs)),
    )


class MadeNow(NamedTuple):
    """One document as the workbook gives it today: what fills it, its version, the checksum of its data."""

    source: Source
    request: DocumentRequest
    issue: Issue
    checksum: str
    deliverable: DeliverablesRow | None


def made_now(request: Request, kind: Document, language: Language, key: str, *, draft: bool = False) -> MadeNow:
    """The document of a kind on a row in one language. Raises UsageError when there is no such row."""

    def of(asked: Request, issue: Issue | None = None) -> Source:
        internal = kind.audience == "internal"
        return source(asked, language, sheet=kind.sheet, key=key, internal=internal, draft=draft, issue=issue)

    present = of(request)
    row = registered(present, kind.name)
    made = document_request(kind, present)
    neutral = stating(request, row, None)
    data = checksum(made if neutral is request else document_request(kind, of(neutral)))
    before = logged(request.project.rows.log, {kind.id: kind}).get(
        Named(key_in_name(present.key), kind.id, language), ()
    )
    version = made.context["document"]["version"]
    issue = next_issue(before, base=version, checksum=data, on=request.status_date)
    stated = stating(request, row, issue.version)
    final = replace(present, issue=issue) if stated is request else of(stated, issue)
    return MadeNow(final, document_request(kind, final), issue, data, row)


def data_checksum(request: Request, kind: Document, language: Language, key: str) -> str:
    """The checksum of the data that a document would have. Raises UsageError when there is no such row."""
    return made_now(request, kind, language, key).checksum


def _entry(made: MadeNow, kind: Document) -> LogEntry:
    former = made.issue.made[-2].version if len(made.issue.made) > 1 else None
    return LogEntry(
        ACTION,
        kind.sheet,
        made.source.key,
        "",
        former,
        made.issue.on.isoformat(),
        document=made.request.stem,
        checksum=made.checksum,
    )


def _path(request: Request, made: DocumentRequest) -> str:
    folder = str(request.parameters.get("folder") or "")
    return f"{folder}/{made.stem}.docx" if folder else f"{made.stem}.docx"


def _issue_notices(made: MadeNow) -> list[Text]:
    """What somebody should know of the version: that it is the same as before, or what it follows."""
    issue = made.issue
    if issue.again:
        return [
            Text(
                f"{made.request.stem}：数据没有变化，仍为 {issue.version}（{issue.on}）。",
                f"{made.request.stem}: its data have not changed, so it is still {issue.version} ({issue.on}).",
            )
        ]
    if len(issue.made) > 1:
        former = issue.made[-2].version
        return [
            Text(
                f"{made.request.stem}：数据与 {former} 不同，因此为 {issue.version}。",
                f"{made.request.stem}: its data differ from those of {former}, so it is {issue.version}.",
            )
        ]
    return []


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

    What a context calls ``charts`` are the pictures; in the template ``pictures.<name>`` stands for each. What differs
    from the version before (``differences``) is found when the document is made.
    """
    context = kind.context(made)
    charts = {name: chart for name, chart in context.pop("charts", {}).items() if chart is not None}
    named = {name: picture_mark(name) if name in charts else "" for name in PICTURES}
    stem = stem_of(context["document"]["number"], kind.name.in_(made.language))
    former = made.issue.former if made.issue else ""
    return DocumentRequest(
        kind.id, made.language, {**context, "pictures": named, "differences": []}, stem, charts, former
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


def _withheld_notices(made: Source, request: Request, kind: Document) -> list[Text]:
    notices = []
    for cell in (one for one in made.withheld if one.sheet in kind.sheets):
        sheet = request.catalogue.sheets[cell.sheet]
        label = sheet.column(cell.column).label
        notices.append(
            Text(
                f"“{sheet.label.zh}”表 {cell.key} 的“{label.zh}”提到内部金额，该句未写入客户文档。",
                f"'{label.en}' of {cell.key} on '{sheet.label.en}' names an internal amount: that clause was left out.",
            )
        )
    return notices

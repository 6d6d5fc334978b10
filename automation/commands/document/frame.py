"""What every document shares: cover, version, revision history, approvals, signatures, file properties.

Not here: the chapters (each document's own module).
"""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from automation.commands.document.register import ACCEPTED, order
from automation.commands.document.source import EMPTY, GROUP_NAMES

if TYPE_CHECKING:
    from datetime import date

    from automation.base.findings import Text
    from automation.commands.document.source import Source
    from automation.model.rows import ChangesRow, DeliverablesRow

FIRST_DRAFT = "V0.1"
FIRST_ISSUE = "V1.0"
LONGEST_SUBJECT = 40
"""Chinese characters of what a document is about in its header, letters count half; a feedback's name is its text."""
_VERSION = re.compile(r"^[Vv]?(\d+)\.(\d+)$")


class Revision(NamedTuple):
    """One line of the revision history; ``approver`` is empty while nobody has approved it."""

    version: str
    on: date | None
    description: str
    author: str
    approver: str


def frame(
    source: Source, identifier: str, title: Text, *, changing: bool = False, signed: bool = True
) -> dict[str, Any]:
    """The context shared by all documents.

    ``changing`` documents get a new version for every agreed change of requirements after their first issue.
    ``signed`` ones are drafts until the customer has accepted them; the others are issued as they are made.
    """
    deliverable = registered(source, title)
    revisions = _issued(source, _revisions(source, deliverable, changing=changing, signed=signed), deliverable)
    last = revisions[-1]
    issued = source.issue.on if source.issue else source.status_date
    released = (bool(last.approver) or not signed) and not source.draft
    number = f"{source.key}-{identifier}-{last.version}"
    author = (deliverable.owner if deliverable else None) or source.responsible
    supplier = source.company.in_(source.language) or source.company.zh or EMPTY
    customer = (source.customer.name if source.customer else None) or EMPTY
    subject = _subject(source)
    return {
        "document": {
            "id": identifier,
            "title": title.in_(source.language),
            "number": number,
            "version": last.version,
            "date": source.day(issued),
            "classification": _classification(source, deliverable),
            "status": _status(source, released=released, signed=signed),
            "mark": "" if released else source.say("草稿", "DRAFT"),
            "released": released,
            "notice": _notice(source),
        },
        "subject": {"id": source.key, "name": subject},
        "project": {
            "id": (source.home.project_id if source.home else None) or EMPTY,
            "name": source.pick(source.home) if source.home else EMPTY,
        },
        "customer": {"name": customer},
        "supplier": {"name": supplier},
        "addressee": _addressee(source, customer),
        "sender": {
            "organisation": supplier,
            "person": source.person(source.responsible),
            "title": _role(source, source.responsible),
            "email": _mail(source, source.responsible),
        },
        "revisions": [_revision(source, revision, signed=signed) for revision in revisions],
        "approvals": _approvals(source, author, deliverable if released else None, supplier, customer)[
            : None if signed else 2
        ],
        "signatures": _signatures(source, supplier, customer),
        "properties": {
            "title": f"{subject} {title.in_(source.language)}",
            "subject": number,
            "author": source.person(author),
            "company": supplier,
            "category": title.in_(source.language),
            "keywords": f"{source.key}; {identifier}",
            "version": last.version,
            "on": issued.isoformat(),
        },
    }


def _subject(source: Source) -> str:
    """The name of what the document is about: the project's, else that of the row."""
    if source.sheet == "projects":
        return source.pick(source.project)
    column = GROUP_NAMES.get(source.sheet) or source.catalogue.sheets[source.sheet].title or ""
    name = source.pick(source.subject, column) if hasattr(source.subject, column) else source.key
    return _shortened(name)


def _shortened(name: str) -> str:
    """A name no wider than the longest subject."""
    width = 0.0
    for place, sign in enumerate(name):
        width += 1 if unicodedata.east_asian_width(sign) in "WF" else 0.5
        if width > LONGEST_SUBJECT:
            return name[:place].rstrip() + "…"
    return name


def _addressee(source: Source, customer: str) -> dict[str, str]:
    """Whom a letter goes to."""
    row = source.addressee
    return {
        "organisation": customer,
        "person": (row.name if row else None) or EMPTY,
        "title": (row.title if row else None) or EMPTY,
        "email": (row.email if row else None) or EMPTY,
    }


def registered(source: Source, title: Text) -> DeliverablesRow | None:
    """The deliverable that is this document: the one whose name, or English name, is its title or ends with it."""
    wanted = {title.zh.casefold(), title.en.casefold()}
    for exact in (True, False):
        for row in source.own(source.rows.deliverables):
            names = {(name or "").strip().casefold() for name in (row.name, row.name_en)}
            if names & wanted or (not exact and any(name.endswith(tuple(wanted)) for name in names)):
                found: DeliverablesRow = row
                return found
    return None


def agreed_changes(source: Source) -> tuple[ChangesRow, ...]:
    """The changes the customer agreed to, with person and date."""
    return tuple(
        row
        for row in source.own(source.rows.changes)
        if row.decision == "approved" and row.approved_by and row.approved_on and row.approved_on <= source.status_date
    )


def _revisions(source: Source, deliverable: DeliverablesRow | None, *, changing: bool, signed: bool) -> list[Revision]:
    if not signed and (deliverable is None or deliverable.delivered_on is None):
        text = source.say("按工作簿数据生成", "Made from the workbook")
        return [Revision(FIRST_ISSUE, source.status_date, text, source.person(source.responsible), "")]
    if deliverable is None or deliverable.delivered_on is None:
        author = (deliverable.owner if deliverable else None) or source.responsible
        version = (deliverable.version if deliverable else None) or FIRST_DRAFT
        text = source.say("按工作簿数据生成，供审阅", "Made from the workbook for review")
        return [Revision(version, source.status_date, text, source.person(author), "")]
    accepted = deliverable.accept_status in ACCEPTED
    first = Revision(
        deliverable.version or "V1.0",
        deliverable.delivered_on,
        source.say("首次发布", "First issue"),
        source.person(deliverable.owner),
        source.contact(deliverable.accepted_by) if accepted else "",
    )
    match = _VERSION.match(first.version)
    if not changing or match is None:
        return [first]
    later = [row for row in agreed_changes(source) if row.approved_on and row.approved_on > deliverable.delivered_on]
    later.sort(key=lambda row: (row.approved_on or source.status_date, row.change_id or ""))
    result = [first]
    for number, (day, group) in enumerate(groupby(later, key=lambda row: row.approved_on), int(match[2]) + 1):
        rows = list(group)
        text = "\n".join(f"{row.change_id} {source.pick(row, 'title')}" for row in rows)
        author = rows[0].assessed_by or deliverable.owner
        result.append(Revision(f"V{match[1]}.{number}", day, text, source.person(author), ""))
    return result


def _issued(source: Source, known: list[Revision], deliverable: DeliverablesRow | None) -> list[Revision]:
    """The revisions with those that were made from the workbook since; all of these until something was delivered."""
    if source.issue is None:
        return known
    delivered = deliverable is not None and deliverable.delivered_on is not None
    author = (deliverable.owner if deliverable else None) or source.responsible
    text = source.say("按更新后的数据重新生成", "Made again from updated data")
    made = [
        Revision(one.version, one.on, text if number or delivered else known[0].description, source.person(author), "")
        for number, one in enumerate(source.issue.made)
        if not delivered or order(one.version) > order(known[-1].version)
    ]
    return [*known, *made] if delivered else made


def _revision(source: Source, revision: Revision, *, signed: bool) -> dict[str, str]:
    return {
        "version": revision.version,
        "date": source.day(revision.on),
        "description": revision.description,
        "author": revision.author,
        "approver": revision.approver or (source.say("待批准", "pending") if signed else EMPTY),
    }


def _status(source: Source, *, released: bool, signed: bool) -> str:
    if released and not signed:
        return source.say("正式", "Issued")
    if released:
        return source.say("已发布（双方签署）", "Released (signed by both parties)")
    if not signed:
        return source.say("草稿（供审阅）", "DRAFT (for review)")
    return source.say("草稿（供审阅，未签署）", "DRAFT (for review, not signed)")


def _classification(source: Source, deliverable: DeliverablesRow | None) -> str:
    if deliverable is not None and deliverable.confidentiality:
        return source.label("deliverables", "confidentiality", deliverable.confidentiality)
    code = source.customer.confidentiality if source.customer else "internal"
    return source.label("customers", "confidentiality", code)


def _notice(source: Source) -> str:
    """Who may read the document, on its cover."""
    if source.internal:
        return source.say(
            "本文件仅供本公司内部使用，不得提供给客户或其他第三方。",
            "This document is for internal use only. It must not be passed to customers or other third parties.",
        )
    return source.say(
        "本文件供合同双方在本项目中使用，未经双方书面同意不得向第三方提供。",
        "This document is for the two contracting parties within this project. It may be passed to third parties only "
        "with the written consent of both.",
    )


def _approvals(
    source: Source, author: str | None, signed: DeliverablesRow | None, supplier: str, customer: str
) -> list[dict[str, str]]:
    manager = source.responsible
    reviewer = manager if author != manager else _quality(source) or manager
    contact = source.addressee
    rows = [
        (source.say("编制", "Prepared"), supplier, source.person(author), _role(source, author)),
        (source.say("审核", "Reviewed"), supplier, source.person(reviewer), _role(source, reviewer)),
        (
            source.say("批准（客户）", "Approved (customer)"),
            customer,
            (contact.name if contact else None) or EMPTY,
            (contact.title if contact else None) or EMPTY,
        ),
    ]
    dates = ["", "", source.day(signed.accepted_on) if signed else ""]
    names = ("step", "organisation", "person", "title", "date")
    return [dict(zip(names, (*row, day), strict=True)) for row, day in zip(rows, dates, strict=True)]


def _quality(source: Source) -> str | None:
    return next((row.resource_id for row in source.rows.resources if row.role == "quality"), None)


def _role(source: Source, identifier: str | None) -> str:
    row = source.people.get(identifier)
    return source.label("resources", "role", row.role) if row else EMPTY


def _mail(source: Source, identifier: str | None) -> str:
    row = source.people.get(identifier)
    return (row.email if row else None) or EMPTY


def _signatures(source: Source, supplier: str, customer: str) -> dict[str, dict[str, str]]:
    contact = source.addressee
    return {
        "customer": {
            "organisation": customer,
            "person": (contact.name if contact else None) or EMPTY,
            "title": (contact.title if contact else None) or EMPTY,
        },
        "supplier": {
            "organisation": supplier,
            "person": source.person(source.responsible),
            "title": _role(source, source.responsible),
        },
    }

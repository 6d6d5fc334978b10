"""Drafts of mails: to owners what is open for each of them in the workbooks of a batch, to addresses a summary.

Not here: their words (``mail_text``), sending those that may be sent (``sending``), the overview (``overview``).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from automation.base.filenames import safe_file_name
from automation.base.findings import OPEN, Text
from automation.front.batch.mail_text import Part, Words, one_line
from automation.front.batch.recipients import is_address
from automation.model.runs import Tally
from automation.store import files

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from automation.base.findings import Finding, Language
    from automation.model.runs import BookRun
    from automation.schema.catalogue import Catalogue

FOLDER = "drafts"
SUMMARY = "summary"
UNSENT = "X-Unsent"
"""The header by which mail programs open a file as a mail that is still to be sent."""


class Draft(NamedTuple):
    """A mail as it lies in the folder of drafts: for whom it is, and the addresses as they were typed."""

    path: Path
    mail: EmailMessage
    name: str
    addresses: tuple[str, ...]


def write(folder: Path, runs: Sequence[BookRun], *, catalogue: Catalogue, language: Language) -> list[Draft]:
    """One draft (.eml) for each owner of open findings, in a folder of their own, over earlier ones.

    An owner is a person: name and address in the workbooks; without an address the draft has none.
    """
    place = _place(folder)
    names: set[str] = {SUMMARY}
    made = []
    for (owner, address), parts in _by_owner(runs):
        mail = draft(Words(owner, parts, catalogue, language), address)
        path = place / f"{_file_name(owner, address, names)}.eml"
        made.append(Draft(_written(path, mail), mail, owner, (address,) if address else ()))
    return made


def write_summary(folder: Path, runs: Sequence[BookRun], addresses: Sequence[str], *, language: Language) -> Draft:
    """One draft to all the addresses: each workbook with what came of it and how many findings are grave."""
    mail = EmailMessage()
    mail["Subject"] = Text(f"项目工作簿检查结果：{len(runs)} 个", f"Project workbooks checked: {len(runs)}").in_(
        language
    )
    mail["To"] = ", ".join(address for address in addresses if is_address(address))
    mail[UNSENT] = "1"
    lines = []
    for run in runs:
        grave = run.tally.grave
        done = Text(f"高级别以上问题 {grave} 个", f"{grave} findings high or above")
        lines.append(f"{one_line(Path(run.book).name)}: {(run.reason or done).in_(language)}")
    mail.set_content("\n".join(lines), cte="base64")
    return Draft(_written(_place(folder) / f"{SUMMARY}.eml", mail), mail, "", tuple(addresses))


def draft(words: Words, address: str) -> EmailMessage:
    """The mail to one owner, the gravest findings of each workbook first."""
    mail = EmailMessage()
    mail["Subject"] = words.subject()
    if is_address(address):
        mail["To"] = address
    mail[UNSENT] = "1"
    mail.set_content(words.plain(), cte="base64")
    mail.add_alternative(words.page(), subtype="html", cte="base64")
    return mail


def _by_owner(runs: Sequence[BookRun]) -> Iterator[tuple[tuple[str, str], list[Part]]]:
    """Each owner's name and address with what is open by workbook, all in order."""
    found: dict[tuple[str, str], dict[str, Part]] = defaultdict(dict)
    for run in runs:
        named: dict[str, list[Finding]] = defaultdict(list)
        for one in run.findings:
            if one.status in OPEN:
                named[one.owner].append(one)
        for owner, tally in run.tallies.items():
            books = found[run.owners.get(owner, (owner, ""))]
            before = books.get(run.book, Part(run, (), Tally()))
            added = Tally(*(one + other for one, other in zip(before.tally, tally, strict=True)))
            books[run.book] = Part(run, (*before.findings, *named[owner]), added)
    for owner_name, books in sorted(found.items()):
        yield owner_name, [books[book] for book in sorted(books)]


def _file_name(owner: str, address: str, names: set[str]) -> str:
    """A name of a file that no other draft has; two people may have the same name."""
    name = safe_file_name(owner) or "mail"
    if name.casefold() in names:
        name += f"-{hashlib.sha256(f'{owner}{address}'.encode()).hexdigest()[:6]}"
    names.add(name.casefold())
    return name


def _place(folder: Path) -> Path:
    place = folder / FOLDER
    place.mkdir(parents=True, exist_ok=True)
    return place


def _written(path: Path, mail: EmailMessage) -> Path:
    return files.create(path, bytes(mail), overwrite=True)

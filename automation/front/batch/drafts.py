"""Drafts of mails to owners: what is open for each of them in the workbooks of a batch. People send them; nothing is sent here.

Not here: the overview (``overview``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING

from automation.base.filenames import safe_file_name
from automation.base.findings import FindingStatus, Severity, Text
from automation.store import files

if TYPE_CHECKING:
    from collections.abc import Sequence

    from automation.base.findings import Finding, Language
    from automation.model.runs import BookRun

FOLDER = "drafts"
SUMMARY = "summary.eml"
_OPEN = frozenset({FindingStatus.NEW, FindingStatus.CONTINUING})
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def write(folder: Path, runs: Sequence[BookRun], *, language: Language) -> list[Path]:
    """One draft (.eml) for each owner of open findings, in a folder of their own, over earlier ones.

    An owner is a person: name and address in the workbooks; without an address the draft has none.
    """
    found: dict[tuple[str, str], dict[str, list[Finding]]] = defaultdict(lambda: defaultdict(list))
    for run in runs:
        for one in run.findings:
            if one.owner and one.status in _OPEN:
                found[run.owners.get(one.owner, (one.owner, ""))][run.book].append(one)
    place = folder / FOLDER
    place.mkdir(parents=True, exist_ok=True)
    return [
        files.create(
            place / f"{safe_file_name(owner)}.eml",
            bytes(draft(owner, address, books, language)),
            overwrite=True,
        )
        for (owner, address), books in sorted(found.items())
    ]


def write_summary(folder: Path, runs: Sequence[BookRun], addresses: Sequence[str], *, language: Language) -> Path:
    """One draft to all the addresses: each workbook with what came of it and how many findings are grave."""
    mail = EmailMessage()
    mail["Subject"] = Text(f"项目工作簿检查结果：{len(runs)} 个", f"Project workbooks checked: {len(runs)}").in_(
        language
    )
    mail["To"] = ", ".join(address for address in addresses if _ADDRESS.fullmatch(address))
    mail["X-Unsent"] = "1"
    lines = []
    for run in runs:
        grave = sum(one.status in _OPEN and one.severity >= Severity.HIGH for one in run.findings)
        done = Text(f"高级别以上问题 {grave} 个", f"{grave} findings high or above")
        lines.append(f"{Path(run.book).name}: {(run.reason or done).in_(language)}")
    mail.set_content("\n".join(lines), cte="base64")
    place = folder / FOLDER
    place.mkdir(parents=True, exist_ok=True)
    return files.create(place / SUMMARY, bytes(mail), overwrite=True)


def draft(owner: str, address: str, books: dict[str, list[Finding]], language: Language) -> EmailMessage:
    """The mail to one owner, the gravest findings of each workbook first."""
    count = sum(map(len, books.values()))
    graves = sum(one.severity >= Severity.HIGH for found in books.values() for one in found)
    mail = EmailMessage()
    mail["Subject"] = Text(
        f"请处理：{count} 个项目问题（其中 {graves} 个为高级别以上）",
        f"For you to do: {count} findings in projects ({graves} of them high or above)",
    ).in_(language)
    if _ADDRESS.fullmatch(address):
        mail["To"] = address
    mail["X-Unsent"] = "1"
    lines: list[str] = []
    for book, found in sorted(books.items()):
        lines += [Path(book).name, ""]
        for one in sorted(found, key=lambda finding: -finding.severity):
            lines += [f"[{one.rule}] {one.place.key}  {one.message.in_(language)}", f"    → {one.hint.in_(language)}"]
        lines.append("")
    greeting = Text(f"{owner}，您好：", f"Dear {owner},").in_(language)
    mail.set_content("\n".join([greeting, "", *lines]), cte="base64")
    return mail

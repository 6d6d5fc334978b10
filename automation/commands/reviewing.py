"""Requirements reviewed: what was never read, what changed since, and which links are suspect; noting a review.

Not here: fingerprints and suspect links themselves (``deviations.requirement_reviews``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.deviations.requirement_reviews import (
    ACTION,
    Link,
    Reviews,
    changed_fields,
    fingerprint,
    links,
    reviews,
    suspect,
)
from automation.model.effects import LogEntry, Need, Outcome
from automation.model.spelling import ids_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from automation.commands.request import Request
    from automation.model.rows import RequirementsRow

SHEET = "requirements"
_OUT = frozenset({"deferred", "cancelled"})
_NOTHING = Text("", "")
_LINKED = ("plan", "checks", "deliverables")
_LONGEST = 30_000
"""Signs that a cell of the log holds at most; Excel allows 32,767."""


class Open(NamedTuple):
    """What is to be reviewed: requirements never read, those changed since (with the columns), and suspect links."""

    fresh: tuple[RequirementsRow, ...]
    changed: tuple[tuple[RequirementsRow, tuple[str, ...]], ...]
    suspects: tuple[tuple[Link, tuple[str, ...]], ...]


def review(request: Request) -> Outcome:
    """What is to be reviewed; with the edits to note it as reviewed today by this user.

    Parameters: ``only`` requirements parted by semicolons (default: all that are to be reviewed), ``clear`` tasks, checks
    and deliverables that were looked at and agree with their requirements. Deferred and cancelled requirements need no
    review. Raises UsageError for an id that is not there.
    """
    known = reviews(request.project.rows)
    found = _open(request, known)
    cleared, wanted = _cleared(request), _wanted(request, found)
    log = (
        [_clearing(request, known, key) for key in cleared]
        if cleared
        else [_entry(request, known, row) for row in wanted]
    )
    return Outcome(
        lines=tuple(_lines(request, found)),
        figures={
            "unreviewed": [row.req_id for row in found.fresh],
            "changed": [row.req_id for row, _ in found.changed],
            "suspect": [link.key for link, _ in found.suspects],
            "reviewed": cleared or [row.req_id for row in wanted],
        },
        tables={
            "changed": [{"requirement": row.req_id, "columns": list(names)} for row, names in found.changed],
            "suspect": [{**link._asdict(), "columns": list(names)} for link, names in found.suspects],
        },
        log=tuple(log),
        noted=bool(log),
        needs=(Need("edit", SHEET),),
        question=_question(request, cleared, wanted),
    )


def _open(request: Request, known: Reviews) -> Open:
    rows = [row for row in request.project.rows.requirements if row.req_id and row.status not in _OUT]
    changed = [
        (row, changed_fields(known.requirements[row.req_id].fingerprint, fingerprint(row)))
        for row in rows
        if row.req_id and row.req_id in known.requirements
    ]
    return Open(
        tuple(row for row in rows if row.req_id not in known.requirements),
        tuple((row, names) for row, names in changed if names),
        tuple(suspect(request.project.rows, known)),
    )


def _wanted(request: Request, found: Open) -> list[RequirementsRow]:
    """The requirements to note: those named, else all that are to be reviewed."""
    names = ids_of(str(request.parameters.get("only") or ""))
    table = request.project.tables[SHEET]
    _check(request, [name for name in names if name not in table.by_key])
    return [table.by_key[name] for name in names] if names else [*found.fresh, *(row for row, _ in found.changed)]


def _cleared(request: Request) -> list[str]:
    names = ids_of(str(request.parameters.get("clear") or ""))
    there = {key for sheet in _LINKED for key in request.project.tables[sheet].by_key}
    _check(request, [name for name in names if name not in there])
    return list(dict.fromkeys(names))


def _check(request: Request, missing: Sequence[str]) -> None:
    if missing:
        sheets = [request.catalogue.sheets[name].label for name in (SHEET, *_LINKED)]
        raise UsageError(
            Text(
                f"没有编号 {'、'.join(missing)}：请检查（{'、'.join(one.zh for one in sheets)}）。",
                f"There is no {', '.join(missing)}: check the ids ({', '.join(one.en for one in sheets)}).",
            ),
            code="NO_SUCH_ROW",
        )


def _entry(request: Request, known: Reviews, row: RequirementsRow) -> LogEntry:
    """The review of a requirement with what agrees with it: all that is new, and what agreed with the same text before."""
    key, mark = row.req_id or "", fingerprint(row)
    agreeing = [
        link.key
        for link in links(request.project.rows)
        if link.requirement == key and known.links.get((key, link.key), mark) == mark
    ]
    before = known.requirements.get(key)
    return LogEntry(
        ACTION, SHEET, key, old=before.fingerprint if before else None, new=" ".join([mark, *agreeing])[:_LONGEST]
    )


def _clearing(request: Request, known: Reviews, key: str) -> LogEntry:
    """The review of a task, check or deliverable, with the text of its requirements that it agrees with."""
    own = [link for link in links(request.project.rows) if link.key == key]
    marks = [
        f"{link.requirement}={known.requirements[link.requirement].fingerprint}"
        for link in own
        if link.requirement in known.requirements
    ]
    if not marks:
        raise UsageError(
            Text(
                f"{key} 对应的需求还没有评审过：请先评审需求。",
                f"No requirement of {key} has been reviewed: review the requirements first.",
            ),
            code="NOT_REVIEWED",
        )
    return LogEntry(ACTION, own[0].sheet, key, new=" ".join(marks))


def _question(request: Request, cleared: Sequence[str], wanted: Sequence[RequirementsRow]) -> Text:
    day = request.status_date
    if cleared:
        return Text(
            f"确认已核对 {'、'.join(cleared)}，与需求一致（{day}）？",
            f"Note that {', '.join(cleared)} was looked at and agrees with its requirements ({day})?",
        )
    if not wanted:
        return _NOTHING
    return Text(
        f"确认已评审这 {len(wanted)} 条需求（{day}）？", f"Note these {len(wanted)} requirements as reviewed ({day})?"
    )


def _lines(request: Request, found: Open) -> Iterator[Text]:
    if not any(found):
        yield Text("全部需求都已评审，没有待核对的链接。", "Every requirement is reviewed, and no link is suspect.")
    if found.fresh:
        names = [f"{row.req_id} {row.title or ''}".strip() for row in found.fresh]
        yield Text(f"未评审 {len(names)} 条：{'、'.join(names)}", f"Not reviewed, {len(names)}: {', '.join(names)}")
    for row, columns in found.changed:
        zh, en = _named(request, columns)
        yield Text(
            f"! {row.req_id} {row.title or ''}：评审后改动了{zh}",
            f"! {row.req_id} {row.title or ''}: changed since its review: {en}",
        )
    for link, columns in found.suspects:
        zh, en = _named(request, columns)
        yield Text(
            f"! {link.key}：对应需求 {link.requirement} 改动了{zh}，待核对",
            f"! {link.key}: its requirement {link.requirement} changed ({en}), look at it",
        )


def _named(request: Request, columns: Sequence[str]) -> tuple[str, str]:
    labels = [request.catalogue.sheets[SHEET].column(name).label for name in columns]
    return "、".join(label.zh for label in labels), ", ".join(label.en for label in labels)

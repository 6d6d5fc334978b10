"""Reviewed requirements: fingerprints of what was read, and links that became suspect because it was changed since.

A review is noted in the log: of a requirement with the tasks, checks and deliverables that agreed with it, of one of those
with the requirements that it agrees with. The fingerprint stored with the link is Doorstop's idea. Not here: the command
that notes a review (``commands.reviewing``).
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from automation.base.findings import Severity, Text
from automation.base.rules import Problem, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from automation.deviations.case import Case
    from automation.model.rows import RequirementsRow, Rows

ACTION = "review"
"""What the log calls a review."""
FIELDS = ("title", "description", "acceptance_criterion", "performance_target", "verify_method", "priority")
"""The columns of a requirement that a review reads: what is wanted, how it is judged, how much it matters."""
_DIGITS = 4
_OUT = frozenset({"deferred", "cancelled"})
NAMED = 5
"""So many rows are named in a message."""


class Reviewed(NamedTuple):
    """The last review of a requirement: the fingerprint of what was read, when and by whom."""

    fingerprint: str
    time: datetime | None
    user: str


class Reviews(NamedTuple):
    """The reviews in a log: of each requirement the last, of each link (requirement, other row) the fingerprint it agrees with."""

    requirements: Mapping[str, Reviewed]
    links: Mapping[tuple[str, str], str]


def fingerprint(row: RequirementsRow) -> str:
    """Four hexadecimal digits of SHA-256 for each of ``FIELDS``, parted by dots; white space does not count."""
    texts = ("".join(str(getattr(row, name) or "").split()) for name in FIELDS)
    return ".".join(hashlib.sha256(text.encode()).hexdigest()[:_DIGITS] for text in texts)


def changed_fields(before: str, after: str) -> tuple[str, ...]:
    """The columns in which two fingerprints differ."""
    pairs = zip(FIELDS, before.split("."), after.split("."), strict=False)
    return tuple(name for name, old, new in pairs if old != new)


def reviews(rows: Rows) -> Reviews:
    """What the log tells of reviews, later entries over earlier ones."""
    requirements: dict[str, Reviewed] = {}
    links: dict[tuple[str, str], str] = {}
    for entry in rows.log:
        if entry.action != ACTION or not entry.row_key or not entry.new:
            continue
        words = entry.new.split()
        if "=" in words[0]:
            pairs = (word.partition("=") for word in words)
            links.update({(requirement, entry.row_key): mark for requirement, _, mark in pairs})
        else:
            mark, *others = words
            requirements[entry.row_key] = Reviewed(mark, entry.time, entry.user or "")
            links.update({(entry.row_key, other): mark for other in others})
    return Reviews(requirements, links)


class Link(NamedTuple):
    """A task, check or deliverable (``sheet`` and ``key``) made for a requirement."""

    requirement: str
    sheet: str
    key: str


def links(rows: Rows) -> Iterator[Link]:
    """Every link from a requirement to what was made for it."""
    for task in rows.plan:
        yield from (Link(name, "plan", task.task_id) for name in dict.fromkeys(task.req_ids) if task.task_id)
    for check in rows.checks:
        if check.req_id and check.check_id:
            yield Link(check.req_id, "checks", check.check_id)
    for made in rows.deliverables:
        keys = dict.fromkeys(made.req_ids)
        yield from (Link(name, "deliverables", made.deliverable_id) for name in keys if made.deliverable_id)


def suspect(rows: Rows, known: Reviews) -> Iterator[tuple[Link, tuple[str, ...]]]:
    """The links that agree with an earlier review of their requirement than the last, and what has changed since."""
    for link in links(rows):
        last, agreed = known.requirements.get(link.requirement), known.links.get((link.requirement, link.key))
        if last is not None and agreed is not None and agreed != last.fingerprint:
            yield link, changed_fields(agreed, last.fingerprint)


def check_reviewed_again(case: Case) -> Iterator[Problem]:
    """A requirement that changed after its review is reviewed again, and so is what was made for it.

    A client's requirement that was changed quietly leaves tests and tasks behind that prove something else. Nothing is
    reported where nothing was ever reviewed. A changed requirement is one finding; once it is reviewed again, each task,
    check and deliverable that agreed with the earlier text is one, until it is looked at.

    需求评审之后又有改动的，应重新评审；为它安排的任务、检查和交付物也应重新核对。
    悄悄改动的需求，会让后面的任务和测试证明的是另一回事。从未做过评审的不报；需求改动报一条，重新评审后，仍按旧内容
    安排的任务、检查、交付物各报一条，直到核对为止。

    Options: none.

    Passes::

        requirements
          req_id  | title    | description
          REQ-001 | 数据采集 // Data acquisition | 每秒采集一次 // Once a second
        log
          time             | action | sheet        | row_key | new
          2026-06-01 09:00 | review | requirements | REQ-001 | 64bf.6d8d.e3b0.e3b0.e3b0.e3b0 CHK-001
        checks
          check_id | req_id
          CHK-001  | REQ-001

    Fails::

        requirements
          req_id  | title    | description
        > REQ-001 | 数据采集 // Data acquisition | 每分钟采集一次 // Once a minute
        log
          time             | action | sheet        | row_key | new
          2026-06-01 09:00 | review | requirements | REQ-001 | 64bf.6d8d.e3b0.e3b0.e3b0.e3b0 CHK-001
        checks
          check_id | req_id
          CHK-001  | REQ-001
    """
    known = reviews(case.project.rows)
    if not known.requirements:
        return
    standing = {
        row.req_id: row for row in case.rows.requirements if row.status not in _OUT and case.stands(row.project_id)
    }
    changed = set()
    for name, row in standing.items():
        last = known.requirements.get(name or "")
        if last is not None and last.fingerprint != fingerprint(row):
            changed.add(name)
            yield _changed(case, row, last)
    for link, fields in suspect(case.rows, known):
        if link.requirement in standing and link.requirement not in changed:
            made = case.project.tables[link.sheet].by_key.get(link.key)
            if made is not None:
                yield _suspect(case, link, made, fields)


def _changed(case: Case, row: RequirementsRow, last: Reviewed) -> Problem:
    keys = [link.key for link in links(case.rows) if link.requirement == row.req_id]
    more = len(keys) > NAMED
    named = Text("、".join(keys[:NAMED]) + ("等" if more else ""), ", ".join(keys[:NAMED]) + (" …" if more else ""))
    fields = {
        "columns": _names(case, changed_fields(last.fingerprint, fingerprint(row))),
        "date": last.time.date() if last.time else "",
        "links": named if keys else Text("没有", "none"),
    }
    return Problem(row, "description", owner=row.owner or "", fields=fields)


def _suspect(case: Case, link: Link, row: object, fields: tuple[str, ...]) -> Problem:
    column = "req_id" if link.sheet == "checks" else "req_ids"
    owner = getattr(row, "owner", None) or getattr(row, "executor", None) or ""
    return Problem(
        row,
        column,
        value=link.requirement,
        severity=Severity.LOW,
        owner=owner,
        sheet=link.sheet,
        variant="link",
        fields={"requirement": link.requirement, "columns": _names(case, fields), "other": link.key},
    )


def _names(case: Case, columns: tuple[str, ...]) -> Text:
    sheet = case.catalogue.sheets["requirements"]
    labels = [sheet.column(name).label for name in columns]
    return Text("、".join(label.zh for label in labels), ", ".join(label.en for label in labels))


RULES: tuple[Rule, ...] = (
    Rule(
        "REQ-15",
        check_reviewed_again,
        "requirements",
        Severity.MEDIUM,
        ("requirements.title", "requirements.description"),
        (),
        "should",
    ),
)

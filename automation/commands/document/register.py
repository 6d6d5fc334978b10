"""Versions of documents: which were made, as the log has it, which one comes next, what a deliverable's row should say.

Not here: what changed between two versions (``word.differences``) and the command (``commands.documents``).
"""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from automation.base.filenames import safe_file_name
from automation.base.records import replace
from automation.commands.computed import cell_edits
from automation.model.changed import with_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from automation.base.findings import Language
    from automation.commands.document.kind import Document
    from automation.commands.request import Request
    from automation.model.effects import CellEdit, DocumentRequest
    from automation.model.rows import DeliverablesRow, LogRow

ACTION = "document"
"""What the log calls the making of a document."""
SHEET = "deliverables"
ACCEPTED = frozenset({"accepted", "accepted_with_conditions"})

_STEM = re.compile(r"^(?P<key>.+?)-(?P<id>D\d\d[A-Z]?)-(?P<version>[Vv]?\d+(?:\.\d+)*)_(?P<title>.+)$")
_VERSION = re.compile(r"^[Vv]?(\d+(?:\.\d+)*)$")
_IDENTITY = {
    "document": ("number", "version", "date", "status", "mark", "released"),
    "properties": ("subject", "version", "on"),
}
"""What tells one version from another, and is no part of a document's data."""


class Made(NamedTuple):
    """A version that was made: on which status date, with which checksum of its data, under which file name stem."""

    version: str
    on: date | None
    checksum: str
    stem: str


class Named(NamedTuple):
    """What the name of a document's file says: the key of its row, its kind, its language."""

    key: str
    id: str
    language: Language


class Issue(NamedTuple):
    """The version to make: ``on`` the status date of its data; ``made`` all versions up to it, ascending, it included.

    ``former`` is the file name stem of the version before, ``""`` for none; ``again`` says that it was made before.
    """

    version: str
    on: date
    made: tuple[Made, ...]
    former: str
    again: bool


def stem_of(number: str, title: str) -> str:
    """The stem of a document's file name, such as PRJ-001-D01-V1.0_需求规格说明书."""
    return safe_file_name(f"{number}_{title}", instead="_").replace(" ", "_")


def key_in_name(key: str) -> str:
    """A row's key as it stands in file names."""
    return stem_of(key, "")[:-1]


def logged(rows: Iterable[LogRow], kinds: Mapping[str, Document]) -> dict[Named, tuple[Made, ...]]:
    """The versions of every document of these kinds that the log tells of, each once, in the order made."""
    found: dict[Named, dict[str, Made]] = {}
    for row in rows:
        match = _STEM.match(row.document or "")
        kind = kinds.get(match["id"]) if match else None
        if match is None or kind is None or row.action != ACTION or not row.checksum:
            continue
        language: Language = "zh" if match["title"] == stem_of("", kind.name.zh)[1:] else "en"
        versions = found.setdefault(Named(match["key"], kind.id, language), {})
        versions.pop(match["version"], None)
        versions[match["version"]] = Made(match["version"], _day(row.new), row.checksum, row.document or "")
    return {named: tuple(versions.values()) for named, versions in found.items()}


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def order(version: str) -> tuple[int, ...]:
    """Where a version stands among others; nothing for what is none."""
    match = _VERSION.match(version.strip())
    return tuple(map(int, match[1].split("."))) if match else ()


def following(version: str) -> str:
    """The version after one: V1.0 becomes V1.1, V3 becomes V3.1."""
    numbers = list(order(version))
    if len(numbers) == 1:
        numbers.append(0)
    return "V" + ".".join(map(str, [*numbers[:-1], numbers[-1] + 1])) if numbers else "V0.1"


def next_issue(made: tuple[Made, ...], *, base: str, checksum: str, on: date) -> Issue:
    """The version that a document with this checksum has: the last one if its data are the same, else the next.

    ``base`` is the least it can be: what is typed for the deliverable, or what agreed changes have made of it.
    """
    last = made[-1] if made else None
    if last is not None and order(last.version) >= order(base):
        if last.checksum == checksum:
            former = made[-2].stem if len(made) > 1 else ""
            return Issue(last.version, last.on or on, made, former, again=True)
        base = following(last.version)
    this = Made(base, on, checksum, "")
    return Issue(base, on, (*made, this), last.stem if last else "", again=False)


def checksum(made: DocumentRequest) -> str:
    """The SHA-256 of a document's data (DLV-05): equal data, equal checksum, whatever the version and its day."""
    context: dict[str, Any] = {
        name: {key: value for key, value in part.items() if key not in _IDENTITY[name]} if name in _IDENTITY else part
        for name, part in made.context.items()
        if name not in {"revisions", "approvals"}
    }
    data = [context, {name: repr(chart) for name, chart in made.charts.items()}]
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def stating(request: Request, row: DeliverablesRow | None, version: str | None) -> Request:
    """The request with a deliverable's version as it will be, so that a document that lists itself lists that.

    What is delivered stands as it was delivered.
    """
    if row is None or row.delivered_on is not None:
        return request
    changed = with_values(request.project, SHEET, row.row, {"version": version, "file_path": None})
    return replace(request, project=changed)


def register_values(row: DeliverablesRow | None, issue: Issue, path: str) -> dict[str, str]:
    """Version and file of the deliverable that a document is, where its cells are empty or hold an earlier version's.

    What is delivered or accepted is not touched, nor what somebody typed there.
    """
    if row is None or row.delivered_on is not None or row.accept_status in ACCEPTED:
        return {}
    earlier = {order(one.version) for one in issue.made}
    files = {one.stem for one in issue.made}
    values: dict[str, str] = {}
    if not row.version or order(row.version) in earlier:
        values["version"] = issue.version
    stem = (row.file_path or "").replace("\\", "/").rpartition("/")[2].removesuffix(".docx")
    if not row.file_path or stem in files:
        values["file_path"] = path
    return values


def register_edits(request: Request, values: Mapping[int, Mapping[str, str]]) -> tuple[CellEdit, ...]:
    """The edits of the rows of deliverables that documents are, by row number."""
    return tuple(cell_edits(request.project, request.catalogue, SHEET, values))


def entered(request: Request, values: Mapping[int, Mapping[str, str]]) -> Request:
    """The request as it is once the versions and files of documents stand in their deliverables' rows."""
    project = request.project
    for row, changes in values.items():
        project = with_values(project, SHEET, row, changes)
    return replace(request, project=project)

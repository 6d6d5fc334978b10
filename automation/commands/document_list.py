"""Which documents a workbook can give: rows that they may be about, versions made, what has changed since.

Not here: making them (``commands.documents``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from automation.base.findings import Text
from automation.commands.document.blocking import blocking
from automation.commands.document.register import logged
from automation.commands.document.source import keys_of
from automation.commands.document.staleness import is_stale
from automation.commands.documents import DOCUMENTS
from automation.model.effects import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from automation.commands.document.kind import Document
    from automation.commands.document.register import Made, Named
    from automation.commands.request import Request

NAMED = 6
"""So many rows are named in the text form; JSON has all."""
_AUDIENCE = {"customer": Text("客户", "customer"), "internal": Text("内部", "internal")}


class Last(NamedTuple):
    """The last version of a document that was made, and whether its data have changed since."""

    named: Named
    made: Made
    changed: bool


class Listed(NamedTuple):
    """A kind of document: the keys of the rows that it may be about, how many errors stop it, what was made of it.

    ``errors`` is ``None`` where there is no row, or several to choose from.
    """

    kind: Document
    keys: tuple[str, ...]
    errors: int | None
    last: tuple[Last, ...]


def documents(request: Request) -> Outcome:
    """Every kind of document with its rows, last versions and what keeps it from being made; changes nothing."""
    made = logged(request.project.rows.log, {kind.id: kind for kind in DOCUMENTS})
    found = [_listed(request, kind, made) for kind in DOCUMENTS]
    return Outcome(lines=tuple(_lines(request, found)), tables={"documents": [_row(one) for one in found]})


def _listed(request: Request, kind: Document, made: dict[Named, tuple[Made, ...]]) -> Listed:
    keys = keys_of(request, kind.sheet)
    last = tuple(
        Last(named, versions[-1], is_stale(request, kind, named, versions[-1]))
        for named, versions in made.items()
        if named.id == kind.id
    )
    return Listed(kind, keys, len(blocking(request, kind, keys[0])) if len(keys) == 1 else None, last)


def _lines(request: Request, found: Sequence[Listed]) -> Iterator[Text]:
    for one in found:
        kind = one.kind
        sheet = request.catalogue.sheets[kind.sheet].label
        audience = _AUDIENCE[kind.audience]
        more = " …" if len(one.keys) > NAMED else ""
        keys = ", ".join(one.keys[:NAMED]) + more if one.keys else ""
        yield Text(
            f"{kind.id:<4} {kind.name.zh}（{audience.zh}） {sheet.zh}：{keys or '没有数据'}",
            f"{kind.id:<4} {kind.name.en} ({audience.en}) {sheet.en}: {keys or 'no rows'}",
        )
        if one.errors:
            many = (
                "1 error in its data: until it is"
                if one.errors == 1
                else f"{one.errors} errors in its data: until they are"
            )
            yield Text(
                f"     ! 数据有 {one.errors} 处错误，改正之前只能用 --draft 生成草稿",
                f"     ! {many} corrected it can only be made with --draft",
            )
        for last in one.last:
            yield _version(last)


def _version(last: Last) -> Text:
    mark = "! " if last.changed else "  "
    state = (
        Text("数据已变，请重新生成", "its data have changed: make it again")
        if last.changed
        else Text("最新", "up to date")
    )
    tongue = {"zh": Text("中文", "Chinese"), "en": Text("英文", "English")}[last.named.language]
    start = f"     {mark}{last.named.key} {last.made.version}"
    return Text(
        f"{start} {tongue.zh} {last.made.on or ''}：{state.zh}", f"{start} {tongue.en} {last.made.on or ''}: {state.en}"
    )


def _row(one: Listed) -> dict[str, Any]:
    return {
        "id": one.kind.id,
        "name": one.kind.name.en,
        "name_zh": one.kind.name.zh,
        "audience": one.kind.audience,
        "sheet": one.kind.sheet,
        "keys": list(one.keys),
        "errors": one.errors,
        "made": [
            {
                "key": last.named.key,
                "language": last.named.language,
                "version": last.made.version,
                "on": last.made.on,
                "changed": last.changed,
            }
            for last in one.last
        ],
    }

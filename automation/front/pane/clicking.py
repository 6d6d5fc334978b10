"""A click of the pane: from what it sent to what it is told, the very click that the ribbon makes.

Not here: the transport (``server``), what a click comes to (``front.clicks``), how it is told (``answers``).
"""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit
from urllib.request import url2pathname

from automation.base.errors import UsageError
from automation.base.findings import EMPTY, Text
from automation.base.records import replace
from automation.excel.live.wire import book_from
from automation.front import circumstances
from automation.front.clicks import Click, clicked, remember
from automation.front.pane import answers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


class Shown(NamedTuple):
    """What the pane has shown of a repair: the old and the new value of the cell."""

    value: object
    repair: object


class Answered(NamedTuple):
    """What the pane is told, and what is to be done once it has carried that out (``None``: nothing)."""

    value: dict[str, Any]
    when_done: Callable[[], object] | None


def answer(body: bytes, offer: Callable[[Path], str]) -> Answered:
    """What a click comes to; ``body`` is ``{"control", "language", "dry_run", "only", "book"}`` as JSON.

    ``only`` are the repairs that the pane has shown, each ``{"id", "value", "repair"}`` with the finding's id and the
    old and the new value: just these are made. ``offer`` gives the address at which a document that was made can be
    fetched. Raises UsageError for a body that cannot be read and when a repair is no longer the one that was shown, and
    every error of the command.
    """
    asked = _asked(body)
    shown = _shown(asked.get("only"))
    book = book_from(asked.get("book") or {})
    folder = folder_of(book.path)
    language = asked.get("language")
    click = Click(
        control=str(asked.get("control", "")),
        user=circumstances.user(),
        language=language if language in {"zh", "en"} else None,
        folder=folder,
        dry_run=asked.get("dry_run") is True,
        parameters={} if shown is None else {"only": ",".join(shown)},
    )
    done = clicked(book, click)
    if shown is not None:
        done = replace(done, question=EMPTY)  # the pane has shown these very repairs before
    links = {path: offer(path) for path in done.result.documents}
    value = answers.click_value(done, book, folder, links)
    if shown is not None:
        _compare(value["findings"], shown)
    changes = done.actions and done.undoable and book.path  # a workbook never saved cannot be found again
    return Answered(value, (lambda: remember(book, done)) if changes else None)


def folder_of(path: str) -> Path | None:
    """The folder on this computer in which a workbook lies, ``None`` when it lies elsewhere or was never saved."""
    if path.startswith("file:"):
        path = url2pathname(urlsplit(path).path)
    with contextlib.suppress(OSError, ValueError):
        if path and Path(path).is_absolute() and Path(path).is_file():
            return Path(path).parent
    return None


def _shown(only: object) -> dict[str, Shown] | None:
    """Old and new value of the repairs that the pane has shown, by the id of the finding; ``None`` without a choice."""
    if not isinstance(only, list):
        return None
    if not all(isinstance(one, dict) for one in only):
        raise _unreadable()
    return {str(one.get("id", "")): Shown(one.get("value"), one.get("repair")) for one in only}


def _compare(findings: Iterable[Mapping[str, Any]], shown: Mapping[str, Shown]) -> None:
    """Raises UsageError when something else would be written than was shown: a finding outlives changes of its cell."""
    for one in findings:
        before = shown.get(one["id"])
        if before and _same(before.value, one["value"]) and _same(before.repair, one["repair"]):
            continue
        place = f"{one['worksheet']}!{one['cell']}"
        raise UsageError(
            Text(
                f"{place} 在显示修复内容之后有变化，没有写入任何内容：请重新检查。",
                f"{place} has changed since its repair was shown, nothing was written: please check again.",
            ),
            code="NOT_AS_SHOWN",
        )


def _same(shown: object, value: object) -> bool:
    """Whether a value that came back from the pane is this one, as it is sent to the pane."""
    sent = json.loads(json.dumps(value, default=answers.plain))
    return bool(shown == sent) and isinstance(shown, bool) == isinstance(sent, bool)


def _asked(body: bytes) -> dict[str, Any]:
    with contextlib.suppress(ValueError, RecursionError):
        value = json.loads(body)
        if isinstance(value, dict):
            return value
    raise _unreadable()


def _unreadable() -> UsageError:
    return UsageError(
        Text(
            "窗格发来的内容无法读取，窗格与程序版本可能不一致：请关闭窗格再打开。",
            "What the pane sent cannot be read, pane and program may differ: close the pane and open it again.",
        ),
        code="BAD_REQUEST",
    )

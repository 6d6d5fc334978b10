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
    from collections.abc import Callable


class Answered(NamedTuple):
    """What the pane is told, and what is to be done once it has carried that out."""

    value: dict[str, Any]
    when_done: Callable[[], object]


def answer(body: bytes, offer: Callable[[Path], str]) -> Answered:
    """What a click comes to; ``body`` is ``{"control", "language", "dry_run", "only", "book"}`` as JSON.

    ``only`` are ids of findings: just these are repaired. ``offer`` gives the address at which a document that was
    made can be fetched. Raises UsageError for a body that cannot be read, and every error of the command.
    """
    asked = _asked(body)
    book = book_from(asked.get("book") or {})
    folder = folder_of(book.path)
    language, only = asked.get("language"), asked.get("only")
    click = Click(
        control=str(asked.get("control", "")),
        user=circumstances.user(),
        language=language if language in {"zh", "en"} else None,
        folder=folder,
        dry_run=asked.get("dry_run") is True,
        parameters={"only": ",".join(map(str, only))} if isinstance(only, list) else {},
    )
    done = clicked(book, click)
    if isinstance(only, list):  # the pane has shown these very repairs before
        done = replace(done, question=EMPTY)
    links = {path: offer(path) for path in done.result.documents}
    return Answered(answers.click_value(done, book, folder, links), lambda: remember(book, done))


def folder_of(path: str) -> Path | None:
    """The folder on this computer in which a workbook lies, ``None`` when it lies elsewhere or was never saved."""
    if path.startswith("file:"):
        path = url2pathname(urlsplit(path).path)
    with contextlib.suppress(OSError, ValueError):
        if path and Path(path).is_absolute() and Path(path).is_file():
            return Path(path).parent
    return None


def _asked(body: bytes) -> dict[str, Any]:
    with contextlib.suppress(ValueError, RecursionError):
        value = json.loads(body)
        if isinstance(value, dict):
            return value
    raise UsageError(
        Text(
            "窗格发来的内容无法读取，窗格与程序版本可能不一致：请关闭窗格再打开。",
            "What the pane sent cannot be read, pane and program may differ: close the pane and open it again.",
        ),
        code="BAD_REQUEST",
    )

"""A click in Excel: what the one VBA callback calls, with nothing but the id of the control.

Takes the open workbook in one go, asks ``front.clicks`` what the click comes to, and has it carried out. Whatever
happens is said in the status bar, errors too; a box appears for questions only. Not here: any decision.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from automation.base.errors import AutomationError
from automation.base.findings import Text
from automation.base.records import replace
from automation.excel.live import asking, office
from automation.front import circumstances, state
from automation.front.clicks import Click, clicked, message, remember
from automation.front.session import Common
from automation.store import backups

if TYPE_CHECKING:
    from automation.excel.live.state import LiveBook
    from automation.front.clicks import Clicked

READING = Text("交付簿：正在读取工作簿……", "Deliverybook: reading the workbook ...")
COMPUTING = Text("交付簿：正在检查和计算……", "Deliverybook: checking and computing ...")
WRITING = Text("交付簿：正在写入结果……", "Deliverybook: writing the results ...")
NOT_KEPT = Text("无法保存修改记录，这次不能撤销", "what it changed could not be kept, so it cannot be undone")
NOT_DONE = Text("没有执行，工作簿保持原样。", "Not done; the workbook is as it was.")


def click(control: str) -> None:
    """Do what the button with that id stands for to the workbook from which it was clicked. Never raises.

    What went wrong is said in the status bar; a bug is logged, and the line says where.
    """
    seen: list[Any] = []
    try:
        seen.append(asking.caller())
        found = carried_out(seen[0], control, seen=seen)
        said = found.message.in_(found.result.language)
    except AutomationError as error:
        said = f"✖ {error.text.in_(error.language) if error.language else _both(error.text)}"
    except Exception:  # noqa: BLE001 - the one catch-all of this door: a bug is logged, never shown as a trace
        said = _both(_bug(control))
    if seen:
        asking.status(seen[-1], said)


def carried_out(book: Any, control: str, *, seen: list[Any] | None = None) -> Clicked:
    """What the click came to, after all of it has been carried out in the open workbook (``xlwings.Book``).

    ``seen`` gets the workbook once more when it had to be closed and is open again as another object. Raises AutomationError, in the language of the workbook once it is known; then the workbook is as it was.
    """
    times = [time.perf_counter()]
    asking.status(book, _both(READING))
    taken = office.take(book)
    times.append(time.perf_counter())
    asking.status(book, _both(COMPUTING))
    found = clicked(taken, Click(control, circumstances.user(), folder=asking.folder_of(book), can_close=True))
    times.append(time.perf_counter())
    language = found.result.language
    try:
        if found.question.zh and not asking.ask(book, found.question.in_(language)):
            return replace(found, actions=(), cells={}, goto="", message=NOT_DONE)
        if found.closes:
            return _while_closed(book, control, found, times, [] if seen is None else seen)
        if found.keeps_copy:
            found = _copied(book, taken, found)
        if found.actions:
            asking.status(book, WRITING.in_(language))
            office.carry_out(book, found.actions, taken_before=taken)
    except AutomationError as error:
        error.language = error.language or language
        raise
    return _finished(book, control, taken, found, times)


def _while_closed(book: Any, control: str, found: Clicked, times: list[float], seen: list[Any]) -> Clicked:
    """The click done to the file as the command line does it, while the workbook is closed."""
    from automation.front.runner import perform  # noqa: PLC0415 - one click in a hundred waits for it

    command, results = found.closes, []
    assert command is not None
    asking.status(book, WRITING.in_(found.result.language))

    def work(path: Path) -> None:
        results.append(perform(command, path, Common(quiet=True))[0])

    asking.while_closed(book, work, seen.append)
    times.append(time.perf_counter())
    with contextlib.suppress(OSError):
        _note(control, found, times, None)
    return replace(found, result=results[0], message=message(command.name, results[0]))


def _finished(book: Any, control: str, taken: LiveBook, found: Clicked, times: list[float]) -> Clicked:
    """What is left to do when everything is written; none of it can take that back, so none of it may fail."""
    note = None
    if found.actions:
        try:
            note = remember(taken, found)
        except OSError:
            found = replace(found, message=_and(found.message, NOT_KEPT))
    if found.goto:
        with contextlib.suppress(AutomationError):  # a cell is being edited: the person is busy elsewhere already
            asking.go_to(book, found.goto)
    times.append(time.perf_counter())
    with contextlib.suppress(OSError):
        _note(control, found, times, note)
    return found


def _copied(book: Any, taken: LiveBook, found: Clicked) -> Clicked:
    """The click with the dated copy that it asked for, named and thinned out as the backups of closed files are.

    Raises AutomationError when none can be made.
    """
    moment = circumstances.now()
    folder = asking.folder_of(book)
    path = Path(taken.path) if folder else Path(taken.name)
    place = backups.folder_of(path, found.copies.folder)
    temporary = place / f"{moment:%Y%m%dT%H%M%S}.copying{path.suffix}"
    asking.save_copy(book, temporary)
    digest = hashlib.sha256(temporary.read_bytes()).hexdigest()
    copy = temporary.replace(place / backups.name_of(path, digest=digest, now=moment))
    kept = found.copies
    backups.thin_out(path, folder=kept.folder, keep=kept.keep, days=kept.keep_days, now=moment, fresh=copy)
    said = Text(f"备份：{copy}", f"Backup: {copy}")
    return replace(found, result=replace(found.result, backup=copy), message=said)


def _both(text: Text) -> str:
    """A sentence in both languages, while that of the workbook is not known."""
    return f"{text.zh} {text.en}"


def _and(one: Text, other: Text) -> Text:
    return Text(f"{one.zh} · {other.zh}", f"{one.en} · {other.en}")


def _note(control: str, found: Clicked, times: list[float], note: Any) -> None:
    """One line more in this user's log of clicks: what, how it ended, and how long reading, computing, writing took."""
    spent = [round(1000 * (later - earlier)) for earlier, later in itertools.pairwise(times)]
    entry = {
        "time": circumstances.now().isoformat(),
        "control": control,
        "book": found.result.book,
        "exit": found.result.exit,
        "cells": found.result.edits,
        "milliseconds": dict(zip(("reading", "computing", "writing"), spent, strict=True)),
        "before": str(note) if note else None,
    }
    with (state.folder() / "clicks.log").open("a", encoding="utf-8") as stream:
        stream.write(f"{json.dumps(entry, ensure_ascii=False)}\n")


def _bug(control: str) -> Text:
    """Log a bug; the sentence that says where."""
    log = state.log_bug(f"click {control}")
    return Text(
        f"✖ 程序内部错误；详细记录在 {log}，请把它发给维护人员。",
        f"✖ An internal error; details are in {log}, please send it to the maintainers.",
    )

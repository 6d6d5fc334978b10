"""Being asked to stop: Ctrl-C and the signals of a shutdown stop the work at once, except while a file is replaced.

Signals belong to the whole process, so what was asked is kept here once. Not here: the replacing (``files``) and
what is said about it (``front``).
"""

from __future__ import annotations

import contextlib
import signal
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""The signals that ask to stop, as far as the system has them: the keyboard, a shutdown, a closed terminal."""


class Interrupted(KeyboardInterrupt):
    """Somebody asked to stop: by signal ``number``; ``saved`` when a workbook had been replaced completely by then."""

    def __init__(self, number: int, *, saved: bool) -> None:
        super().__init__()
        self.number = number
        self.saved = saved


class _Asked:
    """What was asked of this process, and whether it has to wait."""

    finishing = 0
    number = 0
    saved = False


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """While the block runs, every signal to stop raises Interrupted; one that the caller ignores stays ignored.

    Does nothing outside the main thread, which alone may set signals.
    """
    _Asked.number, _Asked.saved = 0, False
    before = {}
    if threading.current_thread() is threading.main_thread():
        for name in NAMES:
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) not in {signal.SIG_IGN, None}:
                before[number] = signal.signal(number, _stop)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        _Asked.number = 0


@contextlib.contextmanager
def finishing() -> Iterator[None]:
    """While the block runs, signals to stop wait; one that came is raised at its end. The block replaces a workbook."""
    _Asked.finishing += 1
    try:
        yield
        _Asked.saved = True
    finally:
        _Asked.finishing -= 1
    if _Asked.number and not _Asked.finishing:
        raise Interrupted(_Asked.number, saved=True)


def _stop(number: int, _frame: FrameType | None) -> None:
    _Asked.number = number
    if not _Asked.finishing:
        raise Interrupted(number, saved=_Asked.saved)

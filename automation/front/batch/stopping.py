"""Being asked to stop in the middle of a job: what runs may end, nothing new begins; asked twice, stop at once.

Not here: what ends (``running``, ``serving``).
"""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING, Any, Self

from automation.store.interruption import NAMES, Interrupted

if TYPE_CHECKING:
    from types import FrameType, TracebackType


class Stop:
    """While this context lasts, a signal to stop only makes ``asked`` true; the second one raises Interrupted.

    ``number`` is the signal that came, 0 for none. Outside the main thread no signal is caught. A signal that the caller
    ignores stays ignored.
    """

    def __init__(self) -> None:
        self.number = 0
        self._event = threading.Event()
        self._before: dict[int, Any] = {}

    def asked(self) -> bool:
        """Whether somebody asked to stop."""
        return self._event.is_set()

    def wait(self, seconds: float) -> None:
        """Wait so long, or until somebody asks to stop."""
        self._event.wait(max(seconds, 0.0))

    def stop(self, number: int = signal.SIGTERM) -> None:
        """Ask to stop."""
        self.number = number
        self._event.set()

    def _caught(self, number: int, _frame: FrameType | None) -> None:
        if self.asked():
            raise Interrupted(number, saved=False)
        self.stop(number)

    def __enter__(self) -> Self:
        """Catch the signals."""
        if threading.current_thread() is threading.main_thread():
            for name in NAMES:
                number = getattr(signal, name, None)
                if number is not None and signal.getsignal(number) not in {signal.SIG_IGN, None}:
                    self._before[number] = signal.signal(number, self._caught)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Give the signals back."""
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._before.clear()

"""Progress on the terminal: a bar with elapsed and remaining time, on stderr, and only when a person watches.

The bar moves by itself between steps, at the pace of the steps so far. Not here: the steps.
"""

from __future__ import annotations

import sys
import threading
import time
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from types import TracebackType

REFRESH_SECONDS = 0.3
NEARLY = 0.95
"""A step that lasts longer than expected stops here and waits for its end."""
FORM = "{desc} |{bar:24}| {percentage:3.0f}% {elapsed}<{remaining}"


class Progress:
    """A bar over work of the size ``total`` (in any unit); silent when ``quiet`` or when stderr is no terminal.

    It appears when the work has lasted ``after`` seconds, so that short work shows and costs nothing. ``pace`` is
    what gets done in a second as far as is known before the first step is over (0: unknown).
    """

    def __init__(self, total: float, *, quiet: bool, after: float = 0.0, pace: float = 0.0) -> None:
        self._total = total
        self._after = after
        self._pace = pace
        self._text = ""
        self._done = self._size = 0.0
        self._started = self._stepped = time.monotonic()
        self._over = threading.Event()
        watched = not quiet and sys.stderr.isatty()
        self._painter = threading.Thread(target=self._paint, daemon=True) if watched else None

    def step(self, text: str, *, size: float = 1.0) -> None:
        """Say what begins now and how large it is; the step before is done."""
        self._done, self._size = min(self._done + self._size, self._total), size
        self._stepped = time.monotonic()
        self._text = text

    def say(self, text: str) -> None:
        """Change what is said about the step that runs."""
        self._text = text

    def reach(self, share: float) -> None:
        """Say that this share (0 to 1) of the whole work is done; what goes on is estimated no further."""
        self._done, self._size = share * self._total, 0.0
        self._stepped = time.monotonic()

    def shown(self, moment: float) -> float:
        """How much is done at a moment of the monotonic clock, the running step estimated by the pace so far."""
        before = self._stepped - self._started
        pace = self._done / before if self._done and before > 0 else self._pace
        return min(self._done + min((moment - self._stepped) * pace, self._size * NEARLY), self._total)

    def _paint(self) -> None:
        """Draw the bar until the work is over; runs beside it."""
        if self._over.wait(max(self._after - (time.monotonic() - self._started), 0)):
            return
        from tqdm import tqdm  # noqa: PLC0415 - 30 ms that only long, watched work pays

        bar: Any = tqdm(total=self._total, file=sys.stderr, leave=False, bar_format=FORM, delay=1e-9)
        bar.start_t -= time.monotonic() - self._started
        while True:
            bar.n = self.shown(time.monotonic())
            bar.set_description_str(self._text)
            if self._over.wait(REFRESH_SECONDS):
                break
        bar.close()

    def __enter__(self) -> Self:
        """Begin."""
        self._started = self._stepped = time.monotonic()
        if self._painter is not None:
            self._painter.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Remove the bar."""
        self._over.set()
        if self._painter is not None:
            self._painter.join()

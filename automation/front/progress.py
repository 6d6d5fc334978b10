"""Progress on the terminal: a bar over steps, on stderr, and only when a person watches.

Not here: the steps.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from types import TracebackType


class Progress:
    """A bar of ``total`` steps; silent when ``quiet`` or when stderr is no terminal."""

    def __init__(self, total: int, *, quiet: bool) -> None:
        self._bar: Any = None
        if not quiet and sys.stderr.isatty():
            from tqdm import tqdm  # noqa: PLC0415 - 30 ms that only a watched terminal pays

            self._bar = tqdm(total=total, file=sys.stderr, leave=False, bar_format="{desc} |{bar}| {n}/{total}")

    def step(self, text: str) -> None:
        """Show what begins now."""
        if self._bar is not None:
            self._bar.set_description_str(text)
            self._bar.update(1)

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Remove the bar."""
        if self._bar is not None:
            self._bar.close()

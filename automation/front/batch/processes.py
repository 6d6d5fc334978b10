"""Processes as the operating system sees them: the memory that one takes, ending one with all that it started.

Not here: which is ended and why (``pool``).
"""

from __future__ import annotations

import contextlib
import os
import signal
from pathlib import Path

MEGABYTE = 1 << 20


def resident_megabytes(number: int | None = None) -> float:
    """What a process (``None``: this one) holds of the computer's memory, 0 when it is gone."""
    try:
        pages = int(Path(f"/proc/{number or 'self'}/statm").read_text("ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / MEGABYTE
    except (OSError, ValueError, IndexError, AttributeError):
        if Path("/proc/self/statm").exists():
            return 0.0
    import psutil  # noqa: PLC0415 - Linux tells it without

    try:
        return float(psutil.Process(number).memory_info().rss) / MEGABYTE
    except psutil.Error:
        return 0.0


def end_group(number: int) -> None:
    """End a process that leads a group of its own, and what it started; nothing when it is gone."""
    if os.name != "nt":
        with contextlib.suppress(OSError):
            os.killpg(number, signal.SIGKILL)
        return
    import psutil  # noqa: PLC0415 - Windows has no groups of processes to end

    with contextlib.suppress(psutil.Error):
        head = psutil.Process(number)
        for process in (*head.children(recursive=True), head):
            with contextlib.suppress(psutil.Error):
                process.kill()

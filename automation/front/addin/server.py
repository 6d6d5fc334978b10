"""``deliverybook addin server``: one Python that stays and answers Excel, so that Excel starts no process itself.

It registers xlwings' COM server under its fixed class id; an add-in configured with USE UDF SERVER and DEBUG UDFS
connects to it. A lock in the state folder tells that it runs. Not here: the COM server (xlwings), the configuration
and the log-on entry (``setup``).
"""

from __future__ import annotations

import contextlib
import gc
import sys
from typing import TYPE_CHECKING

from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.excel.live.serving import serve as serve_excel
from automation.front.output import Result

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from automation.base.findings import Language
    from automation.front.addin.places import Places

LOCK, LOG = "addin-server.lock", "addin-server.log"


def run(places: Places, *, language: Language = "zh") -> Result:
    """Serve Excel until the process is ended. Raises UsageError when one runs already."""
    if not places.windows:
        raise UsageError(
            Text(
                "常驻服务只用于 Windows：macOS 上每次点击都直接启动 Python，不需要它。",
                "The persistent server is for Windows: on macOS each click starts Python itself and needs none.",
            ),
            code="ADDIN_PLATFORM",
        )
    _speak_into(places.state / LOG)
    gc.enable()  # a single command is over before it matters, and pauses it
    with held(places):
        serve_excel()
    ended = Text("常驻服务已结束。", "The persistent server has ended.")
    return Result("addin server", str(places.addin), 0, lines=(ended,), language=language)


@contextlib.contextmanager
def held(places: Places) -> Iterator[None]:
    """Hold the lock of the running server. Raises UsageError when another process has it."""
    from filelock import FileLock, Timeout  # noqa: PLC0415 - it brings asyncio

    places.state.mkdir(parents=True, exist_ok=True)
    lock = FileLock(places.state / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise UsageError(
            Text(
                "常驻服务已经在运行，不需要再启动。",
                "The persistent server runs already; nothing more is to be started.",
            ),
            code="ADDIN_SERVER_RUNS",
        ) from None
    try:
        yield
    finally:
        lock.release()


def is_running(places: Places) -> bool:
    """Whether a server runs for this person: whether somebody holds its lock."""
    if not (places.state / LOCK).exists():
        return False
    try:
        with held(places):
            return False
    except UsageError:
        return True


def _speak_into(log: Path) -> None:
    """Without a console (``pythonw``) what is printed from now on goes to a log."""
    if sys.stdout is None or sys.stderr is None:
        log.parent.mkdir(parents=True, exist_ok=True)
        sys.stdout = sys.stderr = log.open("a", encoding="utf-8", buffering=1)

"""The process that works on workbooks one after another: takes a task on its standard input, answers with a run.

It is used again for speed; who watches it replaces it when it hangs, eats memory or dies (``pool``). It ends by itself
when nobody listens any more, and by an alarm when a task takes too long, even if whoever started it is gone.
"""

from __future__ import annotations

import contextlib
import faulthandler
import gc
import os
import pickle
import signal
import struct
import sys
import threading
from itertools import count
from pathlib import Path
from typing import IO, Any

from automation.front.batch.processes import resident_megabytes

LENGTH = struct.Struct("!Q")
GRACE_SECONDS = 5
"""How much later than its watcher the worker ends itself."""
COLLECTED = 8
"""After so many workbooks garbage is collected: looking for it all the time costs a sixth of the time and more."""
SPARE_MEGABYTES = 512
"""Address space beyond the limit of memory: what libraries reserve and never touch."""


def send(stream: IO[bytes], value: Any) -> None:
    """Write a value as one message. Raises OSError when nobody reads."""
    data = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(LENGTH.pack(len(data)) + data)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """The next message. Raises EOFError when there is none, whole or half."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        raise EOFError
    (length,) = LENGTH.unpack(head)
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return pickle.loads(data)  # noqa: S301 - from the process that we started or that started us


def main(arguments: list[str]) -> None:
    """Work until the input ends; the arguments are the limits: seconds and megabytes."""
    seconds, megabytes = int(arguments[0]), int(arguments[1])
    tasks, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what libraries print goes to the log
    faulthandler.enable()
    from automation.front.batch.tasks import worked  # noqa: PLC0415 - the streams come first

    _limit(megabytes)
    gc.disable()
    for number in count(1):
        try:
            task = receive(tasks)
        except EOFError:
            return
        with _alarm(seconds + GRACE_SECONDS):
            run = worked(task)
        try:
            send(answers, (run, resident_megabytes()))
        except OSError:
            return
        if number % COLLECTED == 0:
            gc.collect()


def _limit(megabytes: int) -> None:
    """Bound the address space, so that one large request for memory fails before the computer suffers."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not there on Windows

    with contextlib.suppress(OSError, ValueError, IndexError):
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        most = pages * resource.getpagesize() + ((megabytes + SPARE_MEGABYTES) << 20)
        resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@contextlib.contextmanager
def _alarm(seconds: int) -> Any:
    """End this process when the block takes longer, even one that no longer runs Python."""
    if hasattr(signal, "alarm"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(seconds)
        try:
            yield
        finally:
            signal.alarm(0)
        return
    timer = threading.Timer(seconds, os._exit, (1,))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


if __name__ == "__main__":
    main(sys.argv[1:])

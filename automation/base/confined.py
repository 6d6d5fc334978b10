"""Work on files that come from outside, done in a child process with limits on time and memory.

A library that aborts, hangs or eats memory takes the child with it and not the process that holds the user's work.
Linux forks, which costs some milliseconds; elsewhere, and where other threads run, a fresh interpreter is started.
Windows limits the time only. Not here: what the work is (``excel.guarded``, ``word.filling``).
"""

from __future__ import annotations

import contextlib
import faulthandler
import gc
import importlib
import json
import os
import select
import signal
import subprocess
import sys
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, NoReturn

from automation.base import errors
from automation.base.findings import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    Work = Callable[[bytes], bytes]

DONE, STOPPED, MEMORY, BUG = b"D", b"S", b"M", b"B"
PIECE = 1 << 20


class Limits(NamedTuple):
    """What a child may use: seconds of processor time, seconds by the clock, megabytes more than it began with."""

    cpu_seconds: int
    seconds: float
    megabytes: int


class ConfinedError(Exception):
    """The child reached a limit or ended by itself; ``reason`` says which."""

    def __init__(self, reason: Literal["time", "memory", "crash"]) -> None:
        super().__init__(reason)
        self.reason = reason


def confined(work: Work, payload: bytes, *, limits: Limits) -> bytes:
    """What ``work(payload)`` returns, worked out in a child process; ``work`` is a function of a module.

    Raises ConfinedError at a limit or when the child dies, the AutomationError that the work raised, and RuntimeError
    with the trace of any other error.
    """
    answer, status = (_forked if _can_fork() else _started)(work, payload, limits)
    kind, content = answer[:1], answer[1:]
    if kind == DONE:
        return content
    if kind == STOPPED:
        name, code, zh, en = json.loads(content)
        raise getattr(errors, name)(Text(zh, en), code=code)
    if kind == BUG:
        raise RuntimeError(content.decode("utf-8", "replace"))
    raise ConfinedError("memory" if kind == MEMORY else _reason(status))


def _can_fork() -> bool:
    """Whether a fork is safe and cheap: on Linux, as long as this process has one thread."""
    try:
        return sys.platform == "linux" and len(list(Path("/proc/self/task").iterdir())) == 1
    except OSError:
        return False


def _reason(status: int) -> Literal["time", "memory", "crash"]:
    """Why a child ended; the parent kills it with SIGKILL itself only for the time, and says so with status 0."""
    if os.name == "nt":
        return "time" if status == 0 else "crash"
    if status in {0, -signal.SIGXCPU}:
        return "time"
    # Rust aborts when it gets no memory, C libraries stumble over the missing piece.
    return "memory" if status in {-signal.SIGABRT, -signal.SIGKILL, -signal.SIGSEGV} else "crash"


def _forked(work: Work, payload: bytes, limits: Limits) -> tuple[bytes, int]:
    """Answer and exit status of a forked child; status 0 without an answer when it took too long."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _serve(work, payload, limits, writing)
    os.close(writing)
    deadline = time.monotonic() + limits.seconds
    pieces: list[bytes] = []
    try:
        while True:
            ready, _, _ = select.select([reading], [], [], max(0.0, deadline - time.monotonic()))
            if not ready:
                return b"", 0
            piece = os.read(reading, PIECE)
            if not piece:
                break
            pieces.append(piece)
        _, status = os.waitpid(child, 0)
        child = 0
        return b"".join(pieces), os.waitstatus_to_exitcode(status) or 1
    finally:
        os.close(reading)
        if child:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def _started(work: Work, payload: bytes, limits: Limits) -> tuple[bytes, int]:
    """The same of a fresh interpreter, which gets the payload on its standard input."""
    command = [sys.executable, "-m", __name__, f"{work.__module__}:{work.__qualname__}", *map(str, limits)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(entry or str(Path.cwd()) for entry in sys.path)}
    try:
        ended = subprocess.run(  # noqa: S603 - our own interpreter and module
            command,
            input=payload,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.seconds,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return b"", 0
    return ended.stdout, ended.returncode or 1


def _serve(work: Work, payload: bytes, limits: Limits, answer: int) -> NoReturn:
    """The child's whole life: limits, work, one answer on the pipe ``answer``."""
    status = 1
    try:
        faulthandler.disable()
        gc.disable()  # a collection would look at, and thereby copy, all that the parent has in memory
        _limit(limits)
        with open(os.devnull, "wb") as silence:  # noqa: PTH123 - libraries that abort write to the terminal
            os.dup2(silence.fileno(), 2)
        content = _answer(work, payload)
        with open(answer, "wb") as pipe:
            pipe.write(content)
        status = 0
    finally:
        os._exit(status)


def _answer(work: Work, payload: bytes) -> bytes:
    """What the work came to, as bytes of which the first tells the kind."""
    try:
        return DONE + work(payload)
    except errors.AutomationError as error:
        return STOPPED + json.dumps([type(error).__name__, error.code, error.text.zh, error.text.en]).encode()
    except MemoryError:
        return MEMORY
    except BaseException as error:  # noqa: BLE001 - panics of Rust are no Exceptions; the parent raises what it was
        return MEMORY if "memory" in str(error).lower() else BUG + traceback.format_exc().encode("utf-8", "replace")


def _limit(limits: Limits) -> None:
    """Take the limits on, as far as the system has them."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not there on Windows

    wanted = [(resource.RLIMIT_CPU, limits.cpu_seconds), (resource.RLIMIT_CORE, 0)]
    with contextlib.suppress(OSError, ValueError, IndexError):
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        wanted.append((resource.RLIMIT_AS, pages * resource.getpagesize() + (limits.megabytes << 20)))
    for kind, most in wanted:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(kind, (most, resource.getrlimit(kind)[1]))


def main(arguments: list[str]) -> NoReturn:
    """The fresh interpreter: work, limits and payload as ``_started`` gives them."""
    module, _, function = arguments[0].partition(":")
    limits = Limits(int(arguments[1]), float(arguments[2]), int(arguments[3]))
    work = getattr(importlib.import_module(module), function)
    _serve(work, sys.stdin.buffer.read(), limits, os.dup(1))


if __name__ == "__main__":
    main(sys.argv[1:])

"""Workers that are watched: each task in one of a few processes, which is replaced when it hangs, eats memory or dies.

A task that takes a worker with it costs that task alone. Not here: the workers' own side (``worker``), what a task is
(``tasks``).
"""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple, Self

from automation.base.findings import Text
from automation.base.records import replace
from automation.front import circumstances, state
from automation.front.batch import worker
from automation.front.batch.processes import end_group, resident_megabytes
from automation.model.runs import BookRun, RunOutcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from automation.front.batch.tasks import Task

WATCH_SECONDS = 0.05
TASKS = 500
"""After so many a worker is replaced, since memory that is set free is not always given back."""
FULL = 0.6
"""So is one that holds more than this part of the memory it may use although it has nothing to do."""
TRIES = 2
"""How often a task is tried whose worker died by itself: the first time somebody else may have ended it."""
PATIENCE_SECONDS = 3.0
STOPPING_SECONDS = 30.0
"""When asked to stop, what runs gets so long to end; then it is stopped, unharmed and not counted as done."""


class Limits(NamedTuple):
    """What one workbook may take: seconds by the clock, megabytes of memory."""

    seconds: int = 120
    megabytes: int = 1024


class _Worker:
    """One process with its reader; ``task`` is what it works on, ``None`` when it waits."""

    def __init__(self, limits: Limits, answers: queue.Queue[tuple[_Worker, Any]], log: IO[bytes]) -> None:
        self.limits = limits
        self.task: Task | None = None
        self.done = 0
        self.deadline = self.peak = 0.0
        self.started = circumstances.moment()
        self.verdict: RunOutcome | None = None
        words = [sys.executable, "-m", worker.__name__, str(limits.seconds), str(limits.megabytes)]
        paths = os.pathsep.join(entry or str(Path.cwd()) for entry in sys.path)
        self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            words,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            env={"OPENBLAS_NUM_THREADS": "1", **os.environ, "PYTHONPATH": paths, "PYTHONIOENCODING": "utf-8"},
            start_new_session=True,  # Ctrl-C is for us: we let it finish
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),  # the same on Windows
        )
        threading.Thread(target=self._read, args=(answers,), daemon=True).start()

    def _read(self, answers: queue.Queue[tuple[_Worker, Any]]) -> None:
        assert self.process.stdout is not None
        while True:
            try:
                answers.put((self, worker.receive(self.process.stdout)))
            except (EOFError, OSError, ValueError):
                answers.put((self, None))
                return

    def give(self, task: Task) -> None:
        """Let it work on a task; if it is dead already, its reader will tell."""
        self.task, self.verdict, self.peak = task, None, 0.0
        self.started, self.deadline = circumstances.moment(), time.monotonic() + self.limits.seconds
        assert self.process.stdin is not None
        with contextlib.suppress(OSError):
            worker.send(self.process.stdin, task)

    def watch(self) -> None:
        """Kill it when its task has reached a limit."""
        if self.task is None or self.verdict is not None:
            return
        self.peak = max(self.peak, resident_megabytes(self.process.pid))
        if self.peak > self.limits.megabytes:
            self.verdict = RunOutcome.OUT_OF_MEMORY
        elif time.monotonic() > self.deadline:
            self.verdict = RunOutcome.TIMED_OUT
        if self.verdict is not None:
            self.kill()

    def kill(self) -> None:
        """End it and what it started."""
        end_group(self.process.pid)

    def retire(self) -> None:
        """Let it end by itself."""
        assert self.process.stdin is not None
        with contextlib.suppress(OSError):
            self.process.stdin.close()

    def bury(self) -> int:
        """Wait for its end and give its exit status."""
        self.retire()
        status = self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()
        return status


class Pool:
    """Some workers with the same limits; use it as a context, at whose end they are gone."""

    def __init__(self, size: int, limits: Limits) -> None:
        self.size = size
        self.limits = limits
        self._answers: queue.Queue[tuple[_Worker, Any]] = queue.Queue()
        self._workers: list[_Worker] = []
        self._tries: dict[str, int] = {}
        self.log = state.folder("batch") / "workers.log"
        self._log = self.log.open("ab")

    def runs(self, tasks: Iterable[Task], *, stopped: Callable[[], bool] = lambda: False) -> Iterator[BookRun]:
        """The run of each task, in the order in which they end; after ``stopped()`` no further one is begun."""
        waiting = iter(tasks)
        end = 0.0
        while True:
            self._hand_out(waiting, stopped)
            if not any(one.task for one in self._workers):
                return
            end = end or (time.monotonic() + STOPPING_SECONDS if stopped() else 0.0)
            if end and time.monotonic() > end:
                return
            try:
                one, answer = self._answers.get(timeout=WATCH_SECONDS)
            except queue.Empty:
                one, answer = None, None
            for other in self._workers:
                other.watch()
            run = None if one is None else self._answered(one, answer)
            if run is not None:
                self._hand_out(waiting, stopped)
                yield run

    def _hand_out(self, waiting: Iterator[Task], stopped: Callable[[], bool]) -> None:
        while not stopped() and sum(one.task is not None for one in self._workers) < self.size:
            task = next(waiting, None)
            if task is None:
                return
            self._idle().give(task)

    def _idle(self) -> _Worker:
        for one in self._workers:
            if one.task is None:
                return one
        one = _Worker(self.limits, self._answers, self._log)
        self._workers.append(one)
        return one

    def _answered(self, one: _Worker, answer: Any) -> BookRun | None:
        """What a message of a worker means: a run, or its end."""
        task, one.task = one.task, None
        if answer is not None:
            run: BookRun = answer[0]
            resident: float = answer[1]
            one.done += 1
            if one.done >= TASKS or resident > FULL * self.limits.megabytes:
                self._workers.remove(one)
                one.retire()
                threading.Thread(target=one.bury, daemon=True).start()
            return replace(run, peak_megabytes=round(max(one.peak, resident), 1))
        if one in self._workers:
            self._workers.remove(one)
        if task is None:
            return None
        status = one.bury()
        tried = self._tries[task.id] = self._tries.get(task.id, 0) + 1
        if one.verdict is None and tried < TRIES and task.id:
            self._idle().give(task)
            return None
        return self._died(one, task, status)

    def _died(self, one: _Worker, task: Task, status: int) -> BookRun:
        outcome = one.verdict or RunOutcome.CRASHED
        if outcome == RunOutcome.CRASHED and one.peak > FULL * self.limits.megabytes:
            outcome = RunOutcome.OUT_OF_MEMORY
        return BookRun(
            id=task.id,
            batch=task.batch,
            job=task.job,
            book=task.book,
            started_at=one.started,
            seconds=round((circumstances.moment() - one.started).total_seconds(), 3),
            outcome=outcome,
            exit=3 if outcome == RunOutcome.CRASHED else 2,
            status_date=task.status_date,
            reason=self._reason(outcome, status),
            peak_megabytes=round(one.peak, 1),
            code=outcome.value,
        )

    def _reason(self, outcome: RunOutcome, status: int) -> Text:
        seconds, megabytes = self.limits
        if outcome == RunOutcome.TIMED_OUT:
            return Text(
                f"{seconds} 秒内没有完成，已停止；工作簿保持完好。",
                f"It did not end within {seconds} seconds and was stopped; the workbook is intact.",
            )
        if outcome == RunOutcome.OUT_OF_MEMORY:
            return Text(
                f"占用的内存超过 {megabytes} MB，已停止；工作簿保持完好。",
                f"It took more than {megabytes} MB of memory and was stopped; the workbook is intact.",
            )
        return Text(
            f"处理它的进程意外结束（{status}）；工作簿保持完好，详细记录在 {self.log}。",
            f"The process that worked on it ended by itself ({status}); the workbook is intact, details are in {self.log}.",
        )

    def close(self) -> None:
        """End the workers: those that wait by themselves, the others at once."""
        for one in self._workers:
            one.retire()
            if one.task is not None:
                one.kill()
        deadline = time.monotonic() + PATIENCE_SECONDS
        for one in self._workers:
            with contextlib.suppress(subprocess.TimeoutExpired):
                one.process.wait(max(deadline - time.monotonic(), 0.01))
                continue
            one.kill()
        for one in self._workers:
            one.bury()
        self._workers.clear()
        self._log.close()

    def __enter__(self) -> Self:
        """The pool."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the workers."""
        self.close()

"""What the running of jobs wants of whoever keeps the runs, and how far each job has got.

Not here: the history itself (``store.history``).
"""

from __future__ import annotations

import hashlib
import json
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol

from automation.front import circumstances, state

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from automation.model.runs import BookRun
    from automation.model.trends import Moved, Point


FORGOTTEN_SECONDS = 30 * 86_400
RUNS = ".runs"
"""The suffix of what lies beside a journal and goes with it (``carried``)."""
SENT = ".sent"
"""The suffix of notes of mails that were sent; they stay for a while."""


class Kept(Protocol):
    """What a keeper tells of a run."""

    @property
    def started_at(self) -> datetime:
        """When it began (UTC)."""


class Keeper(Protocol):
    """Keeps runs, each once."""

    def record(self, run: BookRun) -> bool:
        """Keep a run; ``False`` when one of its id is kept already."""

    def last(self, book: str) -> Kept | None:
        """The newest kept run that could read a workbook, ``None`` when there is none."""

    def thin_out(self) -> int:
        """Forget runs that are older than they shall be kept; how many that were."""

    def moved_of_all(self, since: datetime) -> Mapping[str, Sequence[Moved]]:
        """The findings of every workbook by path and day, by checks that began at a moment (UTC, inclusive) or later."""

    def trend(self, book: str) -> Sequence[Point]:
        """The projects of a workbook, run by run, from the oldest on."""


class Listed:
    """A keeper in memory, for runs of which nothing shall stay."""

    def __init__(self) -> None:
        self.runs: dict[str, BookRun] = {}

    def record(self, run: BookRun) -> bool:
        """Keep a run; ``False`` when one of its id is kept already."""
        return self.runs.setdefault(run.id, run) is run

    def last(self, book: str) -> BookRun | None:
        """The newest run that could read a workbook."""
        own = (run for run in self.runs.values() if run.book == book and run.digest)
        return max(own, key=lambda run: run.started_at, default=None)

    def thin_out(self) -> int:
        """Nothing: they go with this process."""
        return 0

    def moved_of_all(self, since: datetime) -> Mapping[str, Sequence[Moved]]:  # noqa: ARG002 - as every keeper
        """Nothing: there is no time before these runs."""
        return {}

    def trend(self, book: str) -> Sequence[Point]:  # noqa: ARG002 - as every keeper
        """Nothing, as above."""
        return ()


class Journal:
    """Which runs of a batch in progress are kept, so that it can go on after it died; gone when the batch is over.

    A run is noted after it was kept: what is in the journal is in the history, and what is missing is done again and
    kept once. It need not survive a power cut for that. Journals that nobody went on with are deleted after a while.
    """

    def __init__(self, batch: str) -> None:
        self.path = state.folder("batch") / f"{batch}.done"

    def ids(self) -> frozenset[str]:
        """The ids of the runs that are kept."""
        try:
            return frozenset(self.path.read_text(encoding="ascii").split("\n")[:-1])  # the last line may be half a one
        except (OSError, ValueError):
            return frozenset()

    def note(self, identity: str) -> None:
        """Note that a run is kept."""
        with self.path.open("a", encoding="ascii") as stream:
            stream.write(f"{identity}\n")

    def close(self) -> None:
        """The batch is over and its time answered."""
        self.path.unlink(missing_ok=True)
        oldest = circumstances.moment().timestamp() - FORGOTTEN_SECONDS
        self.path.with_suffix(RUNS).unlink(missing_ok=True)
        for suffix in (self.path.suffix, RUNS, SENT):
            for other in self.path.parent.glob(f"*{suffix}"):
                if other.stat().st_mtime < oldest:
                    other.unlink(missing_ok=True)


class Standing:
    """When each job of a configuration was first looked after, and which of its times the last run answered (UTC).

    Kept in this user's own folder, one file for each configuration; whoever changes it holds the lock of batches.
    """

    def __init__(self, config: Path) -> None:
        name = hashlib.sha256(os.fsencode(config.resolve())).hexdigest()[:16]
        self.path = state.folder("batch") / f"{name}.json"
        self._jobs: dict[str, dict[str, Any]] = {}
        self.read()

    def read(self) -> None:
        """Take on what the file says; nothing is known when it is not there or not readable."""
        try:
            content = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            content = {}
        jobs = content.get("jobs") if isinstance(content, dict) else None
        self._jobs = (
            {name: job for name, job in jobs.items() if isinstance(job, dict)} if isinstance(jobs, dict) else {}
        )

    def since(self, job: str) -> datetime | None:
        """When the job was first looked after by a service, ``None`` when none did."""
        return _moment(self._jobs.get(job, {}).get("since"))

    def answered(self, job: str) -> datetime | None:
        """The time that the job's last complete run answered, ``None`` when there was none."""
        return _moment(self._jobs.get(job, {}).get("answered"))

    def is_known(self, job: str) -> bool:
        """Whether the job was looked after or run before, so that what was missed since then is known."""
        return self.since(job) is not None or self.answered(job) is not None

    def look_after(self, job: str, moment: datetime) -> None:
        """Note that a service looks after the job from this moment on."""
        if not self.is_known(job):
            self._note(job, "since", moment)

    def answer(self, job: str, moment: datetime) -> None:
        """Note that the job's time of this moment is answered."""
        self._note(job, "answered", moment)

    def _note(self, job: str, what: str, moment: datetime) -> None:
        self._jobs.setdefault(job, {})[what] = moment.astimezone(UTC).isoformat()
        part = self.path.with_suffix(f".{os.getpid()}.part")
        with part.open("w", encoding="utf-8") as stream:
            json.dump({"jobs": self._jobs}, stream, ensure_ascii=False)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(self.path)


def _moment(text: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return found if found.tzinfo is not None else None

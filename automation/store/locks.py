"""One process at a time on a workbook: the lock, the note of who holds it, and what a run that died left behind.

The note lies beside the lock in the user's state folder: what runs, in which process, and from the save on the
digests before and after and the temporary files. It goes when the lock is released; a note that nobody holds is
that of a run that died. The lock protects on one computer and for one user; between others the comparison of
digests in ``files`` does. Not here: the saving (``files``).
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from automation.base.errors import WriteRefusedError
from automation.store.reasons import not_saved
from automation.store.writing import TEMPORARY, digest_of, reason, remove, short, temporaries_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

POLL_SECONDS = 0.02
PATIENT_SECONDS = 1.0
"""Waiting so long is said aloud."""


class Job(NamedTuple):
    """Who holds a workbook: what runs (a command's name, or ``?``), its process number (0: unknown), since (UTC)."""

    what: str
    process: int
    since: datetime


class Interruption(NamedTuple):
    """A run that died: the file it worked on, what ran (``""``: unknown), when it was last seen (UTC).

    ``outcome`` says how the file stands: ``old`` as before that run, ``new`` as that run wanted it, ``other`` when it
    has changed since or nothing is known. ``removed`` are the names of the temporary files that were deleted.
    """

    file: str
    what: str
    seen: datetime
    outcome: Literal["old", "new", "other"]
    removed: tuple[str, ...]


@contextlib.contextmanager
def locked(
    path: Path,
    *,
    state: Path | None = None,
    seconds: float = 10.0,
    what: str = "",
    waiting: Callable[[Job], None] | None = None,
) -> Iterator[Interruption | None]:
    """Hold the workbook's lock; gives what an earlier run that died had left, now tidied, ``None`` if nothing.

    The lock lies in the folder ``state``, else (without note) beside the workbook. Others queue for ``seconds`` at
    most, then are refused; ``waiting`` is told once whom they wait for. The kernel releases the lock when a process
    dies. Taking it again in the same thread is fine.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - it brings asyncio, which commands that only read must not pay

    place = path.resolve()
    note = _note_of(place, state)
    mark = note.with_suffix(".lock") if note else place.with_name(f".{short(place.name)}.deliverybook.lock")
    lock = FileLock(mark, is_singleton=True)
    outermost = not lock.is_locked
    try:
        mark.parent.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(timeout=min(seconds, PATIENT_SECONDS), poll_interval=POLL_SECONDS)
        except Timeout:
            if waiting is not None:
                waiting(_holder(note))
            lock.acquire(timeout=max(seconds - PATIENT_SECONDS, 0), poll_interval=POLL_SECONDS)
    except Timeout as error:
        raise _busy(place, _holder(note), seconds) from error
    except OSError as error:
        raise reason(error, place) from error
    try:
        earlier = _tidy(place, note) if outermost else None
        if outermost and note:
            _write(note, {"file": str(place), "what": what, "process": os.getpid()})
        yield earlier
    finally:
        if outermost and note:
            remove(note)
        lock.release()


def announce(path: Path, *, state: Path | None, before: str, after: str, temporaries: tuple[Path, ...]) -> None:
    """Note, for the case of a crash, the digests before and after a save and its temporary files."""
    note = _note_of(path.resolve(), state)
    if note:
        saving = {"before": before, "after": after, "temporaries": [str(item) for item in temporaries]}
        _write(note, {**_content(note), **saving})


def recover(state: Path) -> tuple[Interruption, ...]:
    """Tidy up after all runs that died, whatever file they worked on; what they were. Costs nothing when none did."""
    names = {item.stem for item in state.iterdir() if item.suffix in {".note", ".part"}} if state.is_dir() else set()
    if not names:
        return ()
    from filelock import FileLock, Timeout  # noqa: PLC0415 - as above

    found = []
    for name in sorted(names):
        note = state / f"{name}.note"
        lock = FileLock(note.with_suffix(".lock"), is_singleton=True)
        if lock.is_locked:
            continue  # Held by this very run.
        try:
            lock.acquire(timeout=0)
        except (Timeout, OSError):
            continue
        try:
            file = _content(note).get("file")
            remove(note.with_suffix(".part"))
            if isinstance(file, str) and _note_of(Path(file), state) == note:
                found.append(_tidy(Path(file), note))
        finally:
            lock.release()
    return tuple(one for one in found if one is not None)


def _tidy(path: Path, note: Path | None) -> Interruption | None:
    """Delete what a run that died left of this workbook; the lock is held, so whatever is there is left over."""
    content = _content(note) if note else {}
    if note:
        remove(note.with_suffix(".part"))
    listed = [Path(item) for item in content.get("temporaries", ()) if str(item).endswith(f".{TEMPORARY}")]
    found = [item for item in dict.fromkeys((*listed, *temporaries_of(path))) if item.exists()]
    if not found and not (note and note.exists()):
        return None
    times = [item.stat().st_mtime for item in (*found, *([note] if note and note.exists() else []))]
    removed = tuple(item.name for item in found if remove(item))
    if note:
        remove(note)
    seen = datetime.fromtimestamp(max(times), UTC)
    return Interruption(path.name, str(content.get("what", "")), seen, _outcome(path, content), removed)


def _outcome(path: Path, content: dict[str, Any]) -> Literal["old", "new", "other"]:
    """How the file stands after a run that died."""
    if "after" not in content:
        return "old" if content else "other"
    try:
        digest = digest_of(path)
    except WriteRefusedError:
        return "other"
    return "new" if digest == content["after"] else "old" if digest == content.get("before") else "other"


def _note_of(place: Path, state: Path | None) -> Path | None:
    """Where the note of a resolved path lies; none without a state folder."""
    return state / f"{hashlib.sha256(os.fsencode(place)).hexdigest()[:24]}.note" if state else None


def _content(note: Path) -> dict[str, Any]:
    """What a note says; nothing when it is missing or being written."""
    try:
        content = json.loads(note.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _write(note: Path, content: dict[str, Any]) -> None:
    """Write a note; a full disk does not stop the work, which then ends at the save if there is anything to save."""
    part = note.with_suffix(".part")
    try:
        part.write_text(json.dumps(content), encoding="utf-8")
        part.replace(note)
    except OSError:
        remove(part)


def _holder(note: Path | None) -> Job:
    """Who holds the lock of a note, as far as the note tells."""
    content = _content(note) if note else {}
    try:
        since = datetime.fromtimestamp(note.stat().st_mtime if note else 0, UTC)
    except OSError:
        since = datetime.fromtimestamp(0, UTC)
    return Job(str(content.get("what") or "?"), int(content.get("process", 0)), since)


def _busy(path: Path, job: Job, seconds: float) -> WriteRefusedError:
    if not job.process:
        return not_saved("job-running", file=path.name)
    since = job.since.astimezone().strftime("%H:%M:%S")
    return not_saved(
        "job-named", file=path.name, what=job.what, process=str(job.process), since=since, seconds=f"{seconds:g}"
    )

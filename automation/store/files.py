"""Files replaced safely: owner check, lock, comparison, backup, temporary file, flush, atomic replacement.

At every moment the file holds its old bytes or its new bytes. The time stamp of backups is passed in.
Not here: what the bytes are (``excel``, ``word``).
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import secrets
import stat
from typing import TYPE_CHECKING, NamedTuple

from automation.store.owners import owner_of
from automation.store.reasons import not_saved

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from automation.base.errors import WriteRefusedError

BACKUP_FOLDER = "backups"
TEMPORARY = "deliverybook.tmp"
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
DENIED = frozenset({errno.EACCES, errno.EPERM})
STAMP = "%Y%m%dT%H%M%S"
PART = 1 << 20


class Saved(NamedTuple):
    """What a save did: whether the file changed, its digest now, the backup made (``None`` when none was)."""

    changed: bool
    digest: str
    backup: Path | None


def digest_of(path: Path) -> str:
    """The SHA-256 of a file's bytes in hexadecimal; refused when the file is missing."""
    total = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while part := file.read(PART):
                total.update(part)
    except FileNotFoundError as error:
        raise not_saved("missing", file=path.name) from error
    except OSError as error:
        raise _reason(error, path) from error
    return total.hexdigest()


def check_writable(path: Path) -> None:
    """Nothing when the file may be replaced, else the refusal: missing, open elsewhere, read-only file or folder."""
    if not path.is_file():
        raise not_saved("missing", file=path.name)
    owner = owner_of(path)
    if owner is not None:
        since = owner.since.astimezone().strftime("%Y-%m-%d %H:%M")
        raise not_saved("in-use", file=path.name, owner=owner.name, since=since, mark=owner.mark.name)
    if not path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(path, os.W_OK):
        raise not_saved("read-only-file", file=path.name)
    check_folder(path.absolute().parent)


def check_folder(folder: Path) -> None:
    """Nothing when files may be made in the folder, else the refusal."""
    is_open = folder.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) if folder.is_dir() else 0
    if not is_open or not os.access(folder, os.W_OK):
        raise not_saved("read-only-folder", folder=str(folder))


@contextlib.contextmanager
def locked(path: Path, *, state: Path | None = None, seconds: float = 10.0) -> Iterator[None]:
    """Hold the workbook's lock; one process at a time, released when a process dies.

    The lock file lies in the folder ``state``, else beside the workbook. Waits ``seconds`` at most, then refuses.
    Taking it again in the same thread is fine. It protects on one computer only, not across a network drive.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - it brings asyncio, which commands that only read must not pay

    place = path.absolute()
    if state is None:
        check_folder(place.parent)
        mark = place.with_name(f".{place.name}.deliverybook.lock")
    else:
        state.mkdir(parents=True, exist_ok=True)
        mark = state / f"{hashlib.sha256(os.fsencode(place.resolve())).hexdigest()[:24]}.lock"
    lock = FileLock(mark, is_singleton=True)
    try:
        lock.acquire(timeout=seconds)
    except Timeout as error:
        raise not_saved("job-running", file=path.name) from error
    except OSError as error:
        raise _reason(error, path) from error
    try:
        yield
    finally:
        lock.release()


def save(path: Path, data: bytes, *, expected: str, now: datetime, keep: int = 20, state: Path | None = None) -> Saved:
    """Replace a file by ``data`` if it still has the digest ``expected``; its old bytes become a backup.

    Equal bytes change nothing, not even the time of the file. ``now`` stamps the backup; of the backups of this
    file the ``keep`` newest stay, 0 makes none. Every failure is a ``WriteRefusedError`` and leaves the file alone.
    """
    check_writable(path)
    with locked(path, state=state):
        _sweep(path)
        digest = hashlib.sha256(data).hexdigest()
        if digest_of(path) != expected:
            raise not_saved("changed-meanwhile", file=path.name)
        if digest == expected:
            return Saved(changed=False, digest=digest, backup=None)
        temporary = _temporary(path)
        try:
            _write(temporary, data, mode=stat.S_IMODE(path.stat().st_mode))
            backup = _back_up(path, digest=expected, now=now) if keep else None
            if digest_of(path) != expected:
                raise not_saved("changed-meanwhile", file=path.name)
            temporary.replace(path)
            _flush_folder(path.absolute().parent)
        except OSError as error:
            raise _reason(error, path) from error
        finally:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
        for old in backups_of(path)[keep:] if keep else ():
            with contextlib.suppress(OSError):
                old.unlink()
        return Saved(changed=True, digest=digest, backup=backup)


def create(path: Path, data: bytes, *, overwrite: bool = False) -> Path:
    """Write a file of our own making in one step and give its path; refused when it exists and may not be replaced."""
    folder = path.absolute().parent
    check_folder(folder)
    if path.exists():
        if not overwrite:
            raise not_saved("exists", file=path.name)
        check_writable(path)
    temporary = _temporary(path)
    try:
        _write(temporary, data, mode=0o644)
        temporary.replace(path)
        _flush_folder(folder)
    except OSError as error:
        raise _reason(error, path) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
    return path


def backups_of(path: Path) -> tuple[Path, ...]:
    """The backups of a file, newest first."""
    folder = path.absolute().parent / BACKUP_FOLDER
    pattern = re.compile(re.escape(path.stem) + r"\.\d{8}T\d{6}\.[0-9a-f]{12}" + re.escape(path.suffix))
    found = [item for item in folder.iterdir() if pattern.fullmatch(item.name)] if folder.is_dir() else []
    return tuple(sorted(found, key=lambda item: item.name, reverse=True))


def sweep(path: Path, *, state: Path | None = None) -> int:
    """Delete temporary files that a crash left beside the workbook; how many there were."""
    with locked(path, state=state):
        return _sweep(path)


def _sweep(path: Path) -> int:
    """Delete our temporary files of this workbook; only the holder of the lock makes any, so all are left-overs."""
    pattern = re.compile(re.escape(f".{path.name}.") + rf"[0-9a-f]{{16}}\.{re.escape(TEMPORARY)}")
    found = [item for item in path.absolute().parent.iterdir() if pattern.fullmatch(item.name)]
    for item in found:
        with contextlib.suppress(OSError):
            item.unlink()
    return len(found)


def _temporary(path: Path) -> Path:
    """The name of a new temporary file in the same folder."""
    return path.absolute().with_name(f".{path.name}.{secrets.token_hex(8)}.{TEMPORARY}")


def _write(path: Path, data: bytes, *, mode: int) -> None:
    """Write a file that must not exist yet, give it its mode, and make sure that it is on the disk."""
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(number, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(mode)


def _back_up(path: Path, *, digest: str, now: datetime) -> Path:
    """Copy the file into the backup folder, on the disk when this returns."""
    folder = path.absolute().parent / BACKUP_FOLDER
    folder.mkdir(exist_ok=True)
    backup = folder / f"{path.stem}.{now.strftime(STAMP)}.{digest[:12]}{path.suffix}"
    if not backup.exists():
        temporary = _temporary(backup)
        try:
            _write(temporary, path.read_bytes(), mode=0o644)
            temporary.replace(backup)
        finally:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
        _flush_folder(folder)
    return backup


def _flush_folder(folder: Path) -> None:
    """Make sure that a renaming in the folder is on the disk; Windows has no way to ask for it."""
    if os.name == "nt":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _reason(error: OSError, path: Path) -> WriteRefusedError:
    """The refusal that an error of the operating system means."""
    if error.errno in FULL:
        return not_saved("disk-full", file=path.name)
    if error.errno == errno.EROFS:
        return not_saved("read-only-folder", folder=str(path.absolute().parent))
    if error.errno in DENIED:
        return not_saved("held", file=path.name)
    return not_saved("not-saved", file=path.name, detail=os.strerror(error.errno) if error.errno else "?")

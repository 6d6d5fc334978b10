"""Files replaced safely: owner check, lock, comparison, backup, temporary file, flush, atomic replacement.

At every moment the file holds its old bytes or its new bytes. The time stamp of backups is passed in.
Not here: what the bytes are (``excel``, ``word``), locks (``locks``), copies (``backups``), flushing (``writing``).
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from typing import TYPE_CHECKING, NamedTuple

from automation.store import backups
from automation.store.interruption import finishing
from automation.store.locks import Interruption, announce, locked
from automation.store.owners import owner_of
from automation.store.places import conflict_copies
from automation.store.reasons import not_saved
from automation.store.writing import digest_of, flush_folder, identity, reason, remove, temporary_of, write_new

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

__all__ = ["Saved", "check_folder", "check_writable", "create", "digest_of", "save"]
ANYONE_MAY_WRITE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
COPIES_SHOWN = 5


class Saved(NamedTuple):
    """What a save did: whether the file changed, its digest now, the backup made (``None`` when none was).

    ``earlier`` is a run that died before and was tidied up after, ``None`` when there was none.
    """

    changed: bool
    digest: str
    backup: Path | None
    earlier: Interruption | None = None


def check_writable(path: Path) -> None:
    """Nothing when the file may be replaced, else the refusal.

    Missing, open elsewhere, beside conflict copies of a synchronising service, read-only file or folder.
    """
    place = path.resolve()
    if not place.is_file():
        raise not_saved("missing", file=path.name)
    owner = owner_of(path.absolute()) or owner_of(place)
    if owner is not None:
        since = owner.since.astimezone().strftime("%Y-%m-%d %H:%M")
        raise not_saved("in-use", file=path.name, owner=owner.name, since=since, mark=owner.mark.name)
    copies = [copy.name for copy in conflict_copies(place)]
    if copies:
        more = " …" if len(copies) > COPIES_SHOWN else ""
        raise not_saved("conflict-copies", file=path.name, copies=", ".join(copies[:COPIES_SHOWN]) + more)
    if not place.stat().st_mode & ANYONE_MAY_WRITE or not os.access(place, os.W_OK):
        raise not_saved("read-only-file", file=path.name)
    check_folder(place.parent)


def check_folder(folder: Path) -> None:
    """Nothing when files may be made in the folder, else the refusal."""
    is_open = folder.is_dir() and folder.stat().st_mode & ANYONE_MAY_WRITE
    if not is_open or not os.access(folder, os.W_OK):
        raise not_saved("read-only-folder", folder=str(folder))


def save(
    path: Path,
    data: bytes,
    *,
    expected: str,
    now: datetime,
    folder: str = backups.FOLDER,
    keep: int = 20,
    keep_days: int = 0,
    state: Path | None = None,
) -> Saved:
    """Replace a file by ``data`` if it still has the digest ``expected``; its old bytes become a backup.

    Equal bytes change nothing, not even the time of the file. ``now`` stamps the backup in ``folder`` (relative to
    the file); of the file's backups the ``keep`` newest stay (0 makes none) unless older than ``keep_days`` (0: any
    age stays), the newest always. A link is followed. Every failure is a ``WriteRefusedError`` and leaves the file
    alone.
    """
    check_writable(path)
    path = path.resolve()
    with locked(path, state=state) as earlier:
        digest = hashlib.sha256(data).hexdigest()
        if digest_of(path) != expected:
            raise not_saved("changed-meanwhile", file=path.name)
        if digest == expected:
            return Saved(changed=False, digest=digest, backup=None, earlier=earlier)
        backup = None
        if keep:
            backup = backups.folder_of(path, folder) / backups.name_of(path, digest=expected, now=now)
        temporary, copy = temporary_of(path), temporary_of(backup or path)
        announce(path, state=state, before=expected, after=digest, temporaries=(temporary, copy))
        try:
            write_new(temporary, data, mode=stat.S_IMODE(path.stat().st_mode), like=path)
            if digest_of(temporary) != digest:
                raise not_saved("not-written", file=path.name)
            if backup:
                backups.back_up(path, to=backup, temporary=copy, digest=expected)
            seen = identity(path)
            if digest_of(path) != expected:
                raise not_saved("changed-meanwhile", file=path.name)
            with finishing():
                if identity(path) != seen:  # Reading the file took a moment; this leaves microseconds.
                    raise not_saved("changed-meanwhile", file=path.name)
                temporary.replace(path)
                flush_folder(path.parent)
                if backup:
                    backups.thin_out(path, folder=folder, keep=keep, days=keep_days, now=now, fresh=backup)
        except OSError as error:
            raise reason(error, path) from error
        finally:
            remove(temporary)
        return Saved(changed=True, digest=digest, backup=backup, earlier=earlier)


def holds(path: Path, data: bytes) -> bool:
    """Whether the file is there with just these bytes."""
    return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data


def set_aside(path: Path, *, now: datetime) -> Path | None:
    """Give the file a name with the time, so that its own is free, and give the new path; ``None`` when there is none.

    Raises WriteRefusedError when it is in use.
    """
    if not path.exists():
        return None
    check_writable(path)
    kept = path.with_name(f"{path.stem} ({now:%Y%m%d-%H%M%S}){path.suffix}")
    try:
        return path.rename(kept)
    except OSError as error:
        raise reason(error, path) from error


def create(path: Path, data: bytes, *, overwrite: bool = False, state: Path | None = None) -> Path:
    """Write a file of our own making in one step and give its path; refused when it exists and may not be replaced.

    With ``state`` one process at a time does so, and what a run that died left of it is deleted.
    """
    folder = path.absolute().parent
    check_folder(folder)
    if path.exists():
        if not overwrite:
            raise not_saved("exists", file=path.name)
        check_writable(path)
    with locked(path, state=state) if state else contextlib.nullcontext():
        temporary = temporary_of(path)
        announce(path, state=state, before="", after=hashlib.sha256(data).hexdigest(), temporaries=(temporary,))
        try:
            write_new(temporary, data, mode=0o644)
            temporary.replace(path)
            flush_folder(folder)
        except OSError as error:
            raise reason(error, path) from error
        finally:
            remove(temporary)
    return path

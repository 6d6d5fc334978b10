"""Numbered copies of a workbook as it was before each writing: made, listed, thinned out.

A copy is called ``name.20261122T093005.<12 digits of its SHA-256>.xlsx``. Not here: when one is made (``files``).
"""

from __future__ import annotations

import hashlib
import os
import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from automation.store.reasons import not_saved
from automation.store.writing import FULL, flush_folder, reason, remove, short, write_new

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "backups"
STAMP = "%Y%m%dT%H%M%S"
STAMPED = re.compile(r".*\.(\d{8}T\d{6})\.[0-9a-f]{12}")


def folder_of(path: Path, folder: str = FOLDER) -> Path:
    """The folder of a workbook's backups; ``folder`` is relative to the workbook, ``""`` is the default.

    A folder elsewhere may serve several workbooks of the same name, so each gets a folder of its own in it.
    """
    home = path.absolute().parent
    wanted = home / (folder.strip() or FOLDER)
    if os.path.normpath(wanted).startswith(os.path.join(home, "")):  # noqa: PTH118 - a trailing separator is wanted
        return wanted
    return wanted / f"{home.name}-{hashlib.sha256(os.fsencode(home)).hexdigest()[:8]}"


def name_of(path: Path, *, digest: str, now: datetime) -> str:
    """The name of a backup made now of a file with this digest."""
    return f"{short(path.stem)}.{now.strftime(STAMP)}.{digest[:12]}{path.suffix}"


def backups_of(path: Path, *, folder: str = FOLDER) -> tuple[Path, ...]:
    """The backups of a file, newest first."""
    place = folder_of(path, folder)
    pattern = re.compile(re.escape(short(path.stem)) + r"\.\d{8}T\d{6}\.[0-9a-f]{12}" + re.escape(path.suffix))
    found = [item for item in place.iterdir() if pattern.fullmatch(item.name)] if place.is_dir() else []
    return tuple(sorted(found, key=lambda item: (_stamp(item), item.stat().st_mtime_ns), reverse=True))


def back_up(path: Path, *, to: Path, temporary: Path, digest: str) -> Path:
    """Copy a file that has this digest to a new backup, on the disk when this returns; an equal one is left alone.

    Refused when the folder cannot be used or the file has changed.
    """
    if to.exists():
        return to
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != digest:
        raise not_saved("changed-meanwhile", file=path.name)
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        write_new(temporary, data, mode=0o644)
        temporary.replace(to)
        flush_folder(to.parent)
    except OSError as error:
        if error.errno in FULL:
            raise reason(error, path) from error
        raise not_saved(
            "no-backup", file=path.name, folder=str(to.parent), detail=os.strerror(error.errno or 0)
        ) from error
    finally:
        remove(temporary)
    return to


def thin_out(path: Path, *, folder: str, keep: int, days: int, now: datetime, fresh: Path) -> tuple[Path, ...]:
    """Delete backups beyond the ``keep`` newest and those older than ``days`` (0: any age stays); the ones deleted.

    The newest and the one just made (``fresh``) always stay.
    """
    oldest = (now - timedelta(days=days)).strftime(STAMP) if days else ""
    every = backups_of(path, folder=folder)
    surplus = [
        item
        for number, item in enumerate(every)
        if number and item.name != fresh.name and (number >= keep or _stamp(item) < oldest)
    ]
    return tuple(item for item in surplus if remove(item))


def _stamp(backup: Path) -> str:
    """The time in a backup's name, in a form that sorts."""
    match = STAMPED.fullmatch(backup.stem)
    return match.group(1) if match else ""

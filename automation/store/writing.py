"""Bytes brought to the disk: new files, temporary files and their names, flushed folders, meanings of system errors.

Not here: the order of a safe replacement (``files``).
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import secrets
from typing import TYPE_CHECKING

from automation.store.reasons import not_saved

if TYPE_CHECKING:
    from pathlib import Path

    from automation.base.errors import WriteRefusedError

TEMPORARY = "deliverybook.tmp"
LONGEST = 150
"""Bytes of a name that our longer names may begin with; file systems take 255 for the whole."""
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
DENIED = frozenset({errno.EACCES, errno.EPERM})
PART = 1 << 20


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
        raise reason(error, path) from error
    return total.hexdigest()


def identity(path: Path) -> tuple[int, ...]:
    """What differs, as far as the file system tells at once, when another file or content takes a file's place."""
    now = path.stat()
    return now.st_dev, now.st_ino, now.st_size, now.st_mtime_ns


def short(name: str) -> str:
    """A name, cut and made distinct by its digest when longer names made of it would not fit a file system."""
    data = os.fsencode(name)
    if len(data) <= LONGEST:
        return name
    return f"{data[: LONGEST - 13].decode(errors='ignore')}~{hashlib.sha256(data).hexdigest()[:12]}"


def temporary_of(path: Path) -> Path:
    """The name of a new temporary file in the same folder."""
    return path.absolute().with_name(f".{short(path.name)}.{secrets.token_hex(8)}.{TEMPORARY}")


def temporaries_of(path: Path) -> tuple[Path, ...]:
    """The temporary files of this file that lie beside it; empty when the folder cannot be listed."""
    pattern = re.compile(re.escape(f".{short(path.name)}.") + rf"[0-9a-f]{{16}}\.{re.escape(TEMPORARY)}")
    try:
        return tuple(item for item in path.absolute().parent.iterdir() if pattern.fullmatch(item.name))
    except OSError:
        return ()


def write_new(path: Path, data: bytes, *, mode: int, like: Path | None = None) -> None:
    """Write a file that must not exist yet and make sure that it is on the disk, with its mode.

    Owner, group and extended attributes become those of ``like`` where the system allows it.
    """
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(number, "wb") as file:
        file.write(data)
        file.flush()
        if like is not None:
            _take_after(path, like)
        path.chmod(mode)
        os.fsync(file.fileno())


def _take_after(path: Path, like: Path) -> None:
    """Give a file the owner, group and extended attributes (access lists among them) of another, as far as allowed."""
    if hasattr(os, "chown"):
        wanted, given = like.stat(), path.stat()
        if (wanted.st_uid, wanted.st_gid) != (given.st_uid, given.st_gid):
            with contextlib.suppress(OSError):
                os.chown(path, wanted.st_uid, wanted.st_gid)
    if hasattr(os, "listxattr"):
        with contextlib.suppress(OSError):
            for name in os.listxattr(like):
                with contextlib.suppress(OSError):
                    os.setxattr(path, name, os.getxattr(like, name))


def flush_folder(folder: Path) -> None:
    """Make sure that a renaming in the folder is on the disk; Windows has no way to ask for it."""
    if os.name == "nt":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def remove(path: Path) -> bool:
    """Delete a file if it is there and may be deleted; whether it is gone by this."""
    try:
        path.unlink()
    except OSError:
        return False
    return True


def reason(error: OSError, path: Path) -> WriteRefusedError:
    """The refusal that an error of the operating system means."""
    if error.errno in FULL:
        return not_saved("disk-full", file=path.name)
    if error.errno == errno.EROFS:
        return not_saved("read-only-folder", folder=str(path.absolute().parent))
    if error.errno in DENIED:
        return not_saved("held", file=path.name)
    return not_saved("not-saved", file=path.name, detail=os.strerror(error.errno) if error.errno else "?")

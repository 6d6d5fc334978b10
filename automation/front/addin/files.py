"""Files put into Excel's folders and taken away again: what was there first is kept, what was put is recorded.

The record (``addin.json`` in the state folder) lists path and SHA-256 of every file written and every folder made, so
that taking away removes these and nothing else. Not here: which files and with what content (``setup``).
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from automation.base.errors import UsageError
from automation.base.findings import EMPTY, Text
from automation.store.writing import remove, temporary_of, write_new

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from automation.front.addin.places import Places

GUARDED = frozenset({"com.microsoft.Excel", "UBF8T346G9.Office"})
"""Folders of Excel on macOS that the system guards against other programs."""
Done = Literal["written", "replaced", "unchanged", "kept", "removed", "left", "gone"]


class Wanted(NamedTuple):
    """A file as it should be; ``shared`` ones may belong to other programs too, if they were there before."""

    what: Text
    path: Path
    data: bytes
    shared: bool = False


class Step(NamedTuple):
    """What was done with one file; ``copy`` is where the file went that stood there before."""

    what: Text
    path: Path
    done: Done
    copy: Path | None = None


class Record(NamedTuple):
    """What was installed: SHA-256 by path, and folders made, outer ones first."""

    files: Mapping[str, str]
    folders: tuple[str, ...]
    exists: bool = True


def digest(data: bytes) -> str:
    """The SHA-256 of bytes in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def read_record(places: Places) -> Record:
    """What is known to be installed; nothing when there is no record or it cannot be understood."""
    try:
        value = json.loads(places.record.read_text(encoding="utf-8"))
        files = {str(path): str(sha) for path, sha in value["files"].items()}
        return Record(files, tuple(str(folder) for folder in value["folders"]))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return Record({}, (), exists=False)


def content(path: Path) -> bytes | None:
    """The bytes of a file, ``None`` when there is none. Raises UsageError when it may not be read."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise _refused(error, path) from error


def put(places: Places, wanted: Sequence[Wanted]) -> list[Step]:
    """Bring every file to its place, in this order, and take away what an earlier set had beyond it.

    A file that was there and is not ours is kept aside first. Raises UsageError when a file is in use or a folder may
    not be written; files before it are then done and recorded, so doing it again goes on.
    """
    steps = [_put_one(places, one) for one in wanted]
    names = {str(one.path) for one in wanted}
    retired = [path for path in read_record(places).files if path not in names]
    return steps + [take_away(places, Path(path)) for path in retired]


def _put_one(places: Places, wanted: Wanted) -> Step:
    before, record = content(wanted.path), read_record(places)
    known = record.files.get(str(wanted.path))
    if before == wanted.data:
        if known != digest(wanted.data) and not (known is None and wanted.shared):
            _note(places, record, files={**record.files, str(wanted.path): digest(wanted.data)})
        return Step(wanted.what, wanted.path, "unchanged")
    made = _make_folders(wanted.path.parent)
    copy = keep(places, wanted.path, before) if before is not None and digest(before) != known else None
    replace(places, wanted.path, wanted.data)
    files = {**record.files, str(wanted.path): digest(wanted.data)}
    _note(places, record, files=files, folders=(*record.folders, *made))
    return Step(wanted.what, wanted.path, "written" if before is None else "replaced", copy)


def take_away(places: Places, path: Path) -> Step:
    """Remove one recorded file; a copy is kept when somebody has changed it since. Raises UsageError when in use."""
    record, now = read_record(places), content(path)
    copy = keep(places, path, now) if now is not None and digest(now) != record.files.get(str(path)) else None
    if now is not None:
        try:
            path.unlink()
        except OSError as error:
            raise _refused(error, path) from error
    forget(places, path)
    done: Done = "gone" if now is None else "kept" if copy else "removed"
    return Step(EMPTY, path, done, copy)


def forget(places: Places, path: Path) -> None:
    """Strike a file off the record."""
    record = read_record(places)
    if str(path) in record.files:
        _note(places, record, files={name: sha for name, sha in record.files.items() if name != str(path)})


def close(places: Places) -> None:
    """Remove the folders that were made, where they are empty, and the record itself."""
    for folder in reversed(read_record(places).folders):
        with contextlib.suppress(OSError):
            Path(folder).rmdir()
    remove(places.record)


def keep(places: Places, path: Path, data: bytes) -> Path:
    """Keep a copy of a file that is about to go, outside Excel's folders; the same content is kept once."""
    copy = places.kept / f"{path.stem}.{digest(data)[:12]}{path.suffix}"
    if content(copy) != data:
        try:
            _make_folders(copy.parent)
            copy.write_bytes(data)
        except OSError as error:
            raise _refused(error, copy) from error
    return copy


def replace(places: Places, path: Path, data: bytes) -> None:
    """Write a file whole or not at all; the temporary file lies where Excel does not look."""
    folder = path.parent.parent if path.parent == places.startup else path.parent
    temporary = temporary_of(folder / path.name)
    try:
        write_new(temporary, data, mode=0o644)
        temporary.replace(path)
    except OSError as error:
        remove(temporary)
        raise _refused(error, path) from error


def _make_folders(folder: Path) -> list[str]:
    """Make a folder with those above it; the ones that were missing, outer ones first."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _refused(error, folder) from error
    return [str(one) for one in reversed(missing)]


def _note(places: Places, record: Record, *, files: Mapping[str, str], folders: tuple[str, ...] | None = None) -> None:
    value: dict[str, Any] = {"files": dict(files), "folders": list(record.folders if folders is None else folders)}
    _make_folders(places.record.parent)
    replace(places, places.record, json.dumps(value, ensure_ascii=False, indent=1).encode())


def _refused(error: OSError, path: Path) -> UsageError:
    """The error that a failed write means to the person who installs."""
    if isinstance(error, PermissionError) and not GUARDED.isdisjoint(path.parts):
        return UsageError(
            Text(
                f"macOS 不允许写入 {path}：请退出 Excel，在“系统设置 > 隐私与安全性 > App 管理(或完全磁盘访问权限)”中允许终端，再运行一次。",
                f"macOS does not allow writing {path}: quit Excel, allow Terminal under System Settings > Privacy & Security "
                "> App Management (or Full Disk Access), then run it again.",
            ),
            code="ADDIN_PRIVACY",
        )
    if isinstance(error, PermissionError):
        return UsageError(
            Text(
                f"{path} 正被使用或不可写：请关闭所有 Excel 窗口(任务管理器里也没有 Excel)，再运行一次。",
                f"{path} is in use or may not be written: close every Excel window (none left in Task Manager), then run it again.",
            ),
            code="ADDIN_OPEN",
        )
    return UsageError(
        Text(
            f"无法写入 {path}({error.strerror})：请检查磁盘空间和文件夹，再运行一次。",
            f"Cannot write {path} ({error.strerror}): check disk space and the folder, then run it again.",
        ),
        code="ADDIN_WRITE",
    )

"""Where a workbook lies: on another computer, in a folder that a service synchronises, beside conflict copies.

Names only are looked at, and the system's list of mounts; nothing is asked over a network. Not here: what is done
about it (``files`` refuses conflict copies, ``front`` tells the rest).
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import PurePath

NETWORK_TYPES = re.compile(
    r"cifs|smb[23]|smbfs|nfs[34]?|afpfs|webdav|davfs|afs|ncpfs|ceph|glusterfs|lustre|"
    r"fuse\.(sshfs|davfs2|rclone|glusterfs|gvfsd-fuse|s3fs|smbnetfs)"
)
"""Types of mounts that lie on another computer, as Linux and macOS name them."""
SYNC_FOLDERS = re.compile(
    r"OneDrive( ?- ?.+)?|Dropbox( \(.+\))?|Google ?Drive|GoogleDrive-.+|My Drive|我的云端硬盘|Nutstore.*|我的坚果云|坚果云.*|"
    r"WPS ?云盘|WPSDrive|BaiduSyncdisk|百度网盘同步空间|Nextcloud|ownCloud|SynologyDrive|Seafile|CloudStorage|"
    r"com~apple~CloudDocs|Mobile Documents|iCloud ?Drive|Box Sync",
    re.IGNORECASE,
)
"""Names of folders in which services keep what they synchronise."""
SYNC_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
CONFLICT = re.compile(
    r"冲突副本|冲突文件|冲突的副本|版本冲突|[(（\[]\s*冲突\s*[)）\]]|conflict(ed|ing) (copy|version)|sync-conflict-\d{8}|"
    r"[_-]conflict(-\d{8}.*|$)|[(\[]([a-z ]+ )?conflict[ 0-9]*[)\]]",
    re.IGNORECASE,
)
"""What services put into the name of the second copy when two people changed a file."""
COMPUTER = re.compile(
    r"(DESKTOP-[A-Z0-9]{7}|LAPTOP-[A-Z0-9]{8}|WIN-[A-Z0-9]{11}|([A-Z0-9]+-)*PC(-?\d+)?|([A-Z0-9-]+-)?(MACBOOK|IMAC)[A-Z0-9-]*)",
    re.IGNORECASE,
)
"""Names of computers as Windows, macOS and people give them; OneDrive appends the name to its second copy."""


def conflict_copies(path: Path, *, computer: str = "") -> tuple[Path, ...]:
    """The copies beside a file that a service made because two people changed it, in the order of their names.

    ``computer`` is this computer's name (default: as the system says).
    """
    this = (computer or _computer()).lower()
    try:
        beside = [item for item in path.absolute().parent.iterdir() if item.suffix.lower() == path.suffix.lower()]
    except OSError:
        return ()
    return tuple(sorted(item for item in beside if _is_copy(item.stem, path.stem, this)))


def _is_copy(stem: str, original: str, computer: str) -> bool:
    if not stem.startswith(original) or stem == original:
        return False
    rest = stem[len(original) :]
    if CONFLICT.search(rest):
        return True
    name = re.fullmatch(r"-(.+?)(-\d+)?", rest)
    return bool(name and (name[1].lower() == computer or COMPUTER.fullmatch(name[1])))


def _computer() -> str:
    """This computer's own name, without its domain."""
    name = os.environ.get("COMPUTERNAME", "") if sys.platform == "win32" else os.uname().nodename
    return name.partition(".")[0]


def kind_of(path: Path) -> Literal["network", "synced", "local"]:
    """Whether a file lies on another computer, in a synchronised folder, or on this computer only."""
    place = path.resolve()
    if is_remote(place):
        return "network"
    return "synced" if is_synced(place, [os.environ.get(name, "") for name in SYNC_VARIABLES]) else "local"


def is_synced(place: PurePath, roots: Iterable[str] = ()) -> bool:
    """Whether a path lies in a folder that a service synchronises, by the names of folders or below ``roots``."""
    if any(root and place.is_relative_to(root) for root in roots):
        return True
    return any(SYNC_FOLDERS.fullmatch(part) for part in place.parent.parts)


def is_remote(place: Path) -> bool:
    """Whether an absolute path lies on another computer, as far as the system tells."""
    if is_unc(place):
        return True
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - for Windows only

        remote = 4
        return bool(place.drive and ctypes.windll.kernel32.GetDriveTypeW(f"{place.drive}\\") == remote)
    return bool(NETWORK_TYPES.fullmatch(mount_type(place, _mounts())))


def is_unc(place: PurePath) -> bool:
    r"""Whether a path names another computer: ``\\server\share\...``, not ``\\?\C:\...``."""
    text = str(place)
    return text.startswith("\\\\") and (not text.startswith(("\\\\?\\", "\\\\.\\")) or text[4:8].upper() == "UNC\\")


def mount_type(place: PurePath, mounts: str) -> str:
    """The type of the mount that a path lies on, ``""`` when it is unknown.

    ``mounts`` is the text of Linux's ``/proc/mounts`` or what ``mount`` prints on macOS.
    """
    best, kind = "", ""
    for line in mounts.splitlines():
        if match := re.fullmatch(r"\S.* on (/.*) \((\w+)[,)].*", line):
            point, found = match[1], match[2]
        else:
            fields = [*line.split(" "), "", "", ""]
            point, found = re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), fields[1]), fields[2]
        if point and len(point) >= len(best) and place.is_relative_to(point):
            best, kind = point, found
    return kind


def _mounts() -> str:
    """The system's list of mounts, ``""`` where there is none."""
    try:
        if sys.platform == "darwin":
            import subprocess  # noqa: PLC0415 - for macOS only

            return subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=False).stdout
        return Path("/proc/mounts").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""

"""Who has a workbook open: the owner files that Excel and LibreOffice lay beside it.

They are only read, never made and never deleted. Excel's is 165 bytes: the length of the name, the name in the
computer's own encoding padded to 54 bytes, a 16-bit length, the name in UTF-16 (as LibreOffice's source,
``svl/source/misc/msodocumentlockfile.cxx``, describes it). LibreOffice's is one line of fields with commas.
Not here: what is done about it (``files``).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

ANSI_FIELD = 55
FIELD = re.compile(r"((?:\\.|[^,;\\])*)[,;]")


class Owner(NamedTuple):
    """Who has a workbook open, since when (UTC, the time of the owner file), and the owner file that says so."""

    name: str
    since: datetime
    mark: Path


def owner_of(path: Path) -> Owner | None:
    """Who has the workbook open, ``None`` when no owner file lies beside it; the name is ``?`` when it has none."""
    for mark, read_name in (
        (path.with_name(f"~${path.name}"), excel_name),
        (path.with_name(f".~lock.{path.name}#"), libreoffice_name),
    ):
        try:
            since = datetime.fromtimestamp(mark.stat().st_mtime, UTC)
        except OSError:
            continue
        try:
            data = mark.read_bytes()
        except OSError:
            data = b""  # Excel on Windows may deny reading; that the file is there says enough.
        return Owner(read_name(data) or "?", since, mark)
    return None


def excel_name(data: bytes) -> str:
    """The user's name in an owner file of Excel, ``""`` when there is none."""
    wide = data[ANSI_FIELD:]
    length = int.from_bytes(wide[:2], "little")
    name = wide[2 : 2 + 2 * length].decode("utf-16-le", "replace").strip("\0 ") if length <= ANSI_FIELD else ""
    if name:
        return name
    return data[1 : 1 + data[0]].decode("utf-8", "replace").strip("\0 ") if data else ""


def libreoffice_name(data: bytes) -> str:
    """The user's name in an owner file of LibreOffice, or the computer account and host, ``""`` when there is none."""
    fields = [re.sub(r"\\(.)", r"\1", field) for field in FIELD.findall(data.decode("utf-8", "replace"))]
    name, account, host = (field.strip() for field in [*fields, "", "", ""][:3])
    return name or "@".join(part for part in (account, host) if part)

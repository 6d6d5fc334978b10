"""One file out of a zip that came from outside (.reqifz), unpacked only when it is no bomb.

Not here: workbooks, whose zip is ``excel.package``'s.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from automation.base.errors import UsageError
from automation.base.findings import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_ENTRIES = 20_000
MOST_BYTES = 200_000_000
"""Bytes that the one file may unpack to."""
MOST_RATIO = 500
"""Times that a file of more than a megabyte may be larger unpacked than packed; bombs come near 1,000."""
RATIO_FROM = 1_000_000
ENCRYPTED = 0x1


def unpacked(data: bytes, name: str, ending: str) -> bytes:
    """The file with that ending in a zip, of several the largest.

    Raises UsageError when the zip is damaged, locked with a password, holds no such file, or unpacks to far too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entry = _chosen(archive.infolist(), name, ending)
            with archive.open(entry) as stream:
                content = stream.read(MOST_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, NotImplementedError, OSError) as error:
        raise UsageError(
            Text(f"{name} 已损坏，无法解压：请重新获取。", f"{name} is damaged and cannot be unpacked: get it again."),
            code="DAMAGED",
        ) from error
    if len(content) > MOST_BYTES:
        raise _too_large(name)
    return content


def _chosen(entries: Sequence[zipfile.ZipInfo], name: str, ending: str) -> zipfile.ZipInfo:
    found = [entry for entry in entries if entry.filename.lower().endswith(ending)]
    if not found:
        raise UsageError(
            Text(f"{name} 中没有 {ending} 文件。", f"{name} holds no file that ends in {ending}."), code="EMPTY"
        )
    entry = max(found, key=lambda one: one.file_size)
    if entry.flag_bits & ENCRYPTED:
        raise UsageError(
            Text(
                f"{name} 设有密码：请解压后导入其中的 {ending} 文件。",
                f"{name} needs a password: unpack it and import the {ending} file in it.",
            ),
            code="ENCRYPTED",
        )
    suspicious = entry.file_size > RATIO_FROM and entry.file_size > MOST_RATIO * max(entry.compress_size, 1)
    if suspicious or entry.file_size > MOST_BYTES or len(entries) > MOST_ENTRIES:
        raise _too_large(name)
    return entry


def _too_large(name: str) -> UsageError:
    return UsageError(
        Text(
            f"{name} 解压后过大，可能是恶意文件：请核实来源。",
            f"{name} unpacks to far too much and may be malicious: ask where it came from.",
        ),
        code="TOO_LARGE",
    )

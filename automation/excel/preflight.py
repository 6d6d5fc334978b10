"""Checks on a package before anything in it is believed: kind of file, entry names, sizes, DTD, encoding.

Not here: reading of parts (``package``).
"""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from typing import TYPE_CHECKING

from automation.excel.refusals import unreadable

if TYPE_CHECKING:
    from collections.abc import Sequence

OLE_SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")
ENTRY_SIGNATURE = b"PK\x01\x02"
ENTRIES_LIMIT = 20_000
TOTAL_LIMIT = 2_000_000_000
"""Bytes that a whole workbook may unpack to."""
RATIO_FROM = 50_000_000
"""Parts smaller than this many bytes are never taken for a zip bomb."""
RATIO_LIMIT = 500
"""Times that one large part may be bigger unpacked than packed.

Worksheets that say the same in every row reach 120 as Excel packs them and 260 at most; zip bombs come near 1,000.
"""
PROLOG = 65_536
ROOT = re.compile(rb"(?>\s+|<\?(?>.*?\?>)|<!--(?>.*?-->))*+<[A-Za-z_]", re.DOTALL)
"""What may stand in front of the first element, and its beginning."""
ENCRYPTED = 0x1
NOT_READABLE = 0x20 | 0x40
"""Patched data and strong encryption, which no Office program writes and no zip library reads."""


def check_signature(data: bytes, *, file: str) -> None:
    """Nothing when the bytes begin as a zip does; else the error that tells what the file really is."""
    if not data:
        raise unreadable("empty-file", file=file)
    if data.startswith(OLE_SIGNATURE):
        encrypted = "EncryptedPackage".encode("utf-16-le") in data
        raise unreadable("encrypted" if encrypted else "old-xls", file=file)
    if zipfile.is_zipfile(io.BytesIO(data)):
        if data.count(ENTRY_SIGNATURE) > 2 * ENTRIES_LIMIT:  # even the list of them would be too much
            raise unreadable("too-big", file=file, detail="zip")
        return
    if data.startswith(b"PK"):
        raise unreadable("damaged", file=file, detail="zip")
    raise unreadable(_kind_of_text(data[:4096]), file=file)


def is_suspicious(size: int, packed: int) -> bool:
    """Whether a part of so many bytes is packed more tightly than any Office program's parts are."""
    return size > RATIO_FROM and size > RATIO_LIMIT * max(packed, 1)


def check_entries(entries: Sequence[zipfile.ZipInfo], *, file: str, size: int) -> None:
    """Nothing when the directory of a zip of ``size`` bytes is sane; else the error for the first wrong thing."""
    seen: set[str] = set()
    total = 0
    if len(entries) > ENTRIES_LIMIT:
        raise unreadable("too-big", file=file, detail=f"{len(entries)} parts")
    if sum(entry.compress_size for entry in entries) > size:  # parts that lie over one another
        raise unreadable("damaged", file=file, detail="zip")
    for entry in entries:
        name = entry.orig_filename
        if name.lower() in seen:
            raise unreadable("duplicate-entry", file=file, detail=name)
        seen.add(name.lower())
        if name.startswith("/") or "\\" in name or "\0" in name or ".." in name.split("/") or ":" in name:
            raise unreadable("unsafe-name", file=file, detail=name.replace("\0", "?"))
        if entry.flag_bits & ENCRYPTED:
            raise unreadable("encrypted", file=file)
        if entry.flag_bits & NOT_READABLE or entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise unreadable("damaged", file=file, detail=name)
        total += entry.file_size
        if is_suspicious(entry.file_size, entry.compress_size):
            raise unreadable("too-big", file=file, detail=f"{name}: {entry.file_size:,} bytes")
    if total > TOTAL_LIMIT:
        raise unreadable("too-big", file=file, detail=f"{total:,} bytes")


def check_text(content: bytes) -> str:
    """The code of what is wrong with the beginning of an XML part, ``""`` when nothing is."""
    head = content[:PROLOG].removeprefix(b"\xef\xbb\xbf")
    if not head.lstrip().startswith(b"<") or b"\0" in head[:64]:
        return "encoding" if head[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in head[:64] else "bad-xml"
    if b"<!DOCTYPE" in head:
        return "document-type"
    if not ROOT.match(head):  # a DTD may stand behind a comment that long
        return "bad-xml"
    declared = re.match(rb"""\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']+)["']""", head)
    if declared and declared.group(1).lower() not in {b"utf-8", b"utf8", b"us-ascii", b"ascii"}:
        return "encoding"
    return ""


def _kind_of_text(head: bytes) -> str:
    """The code for a file that is no zip, judged by its first bytes."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<head", b"<meta")) or b"<html" in start:
        return "html"
    if b"\0" in head:
        return "not-workbook"
    lines = [line for line in head.splitlines()[:5] if line.strip()]
    if any(lines and all(mark in line for line in lines) for mark in (b",", b"\t", b";")):
        return "csv"
    for encoding in ("utf-8", "gb18030"):
        try:
            codecs.getincrementaldecoder(encoding)().decode(head)
        except UnicodeDecodeError:
            continue
        return "text"
    return "not-workbook"

"""The copy of a package in which changed parts are new and all others keep their compressed bytes.

Not here: what is changed (``writer``).
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from automation.excel.package import LOCAL_HEADER, raw_name
from automation.excel.preflight import is_suspicious

if TYPE_CHECKING:
    from collections.abc import Mapping

    from automation.excel.package import Package

CENTRAL_HEADER = struct.Struct("<4s6H3L5H2L")
END_RECORD = struct.Struct("<4s4H2LH")
DATA_DESCRIPTOR = 0x8
LEVEL = 4
STRATEGIES = (zlib.Z_DEFAULT_STRATEGY, zlib.Z_HUFFMAN_ONLY)
"""Ways of packing from the tightest on; the last one never packs more than eight to one."""


def repack(package: Package, changed: Mapping[str, bytes], *, dropped: frozenset[str] = frozenset()) -> bytes:
    """The bytes of a copy: parts in ``changed`` get new content, parts in ``dropped`` go, all others stay raw.

    Names are matched without regard to case. Order, dates and attributes of the entries are kept.
    """
    fresh = {name.lower(): content for name, content in changed.items()}
    gone = {name.lower() for name in dropped}
    chunks: list[bytes | memoryview] = []
    directory: list[bytes] = []
    offset = 0
    positions: dict[str, int] = {}
    for key, entry in sorted(package.entries.items(), key=lambda item: item[1].header_offset):
        if key in gone:
            continue
        packed, crc, size, method = _content(package, entry, fresh.get(key))
        name = raw_name(entry)
        flags = entry.flag_bits & ~DATA_DESCRIPTOR
        stamp = _stamp(entry)
        sizes = (crc, len(packed), size)
        header = LOCAL_HEADER.pack(b"PK\x03\x04", entry.extract_version, flags, method, *stamp, *sizes, len(name), 0)
        chunks += [header, name, packed]
        positions[key] = len(directory)
        directory.append(
            CENTRAL_HEADER.pack(
                b"PK\x01\x02",
                entry.create_version | entry.create_system << 8,
                entry.extract_version,
                flags,
                method,
                *stamp,
                *sizes,
                len(name),
                0,
                len(entry.comment),
                0,
                entry.internal_attr,
                entry.external_attr,
                offset,
            )
            + name
            + entry.comment
        )
        offset += len(header) + len(name) + len(packed)
    listed = [directory[positions[key]] for key in package.entries if key not in gone]
    central = b"".join(listed)
    end = END_RECORD.pack(b"PK\x05\x06", 0, 0, len(listed), len(listed), len(central), offset, 0)
    return b"".join([*chunks, central, end])


def _content(
    package: Package, entry: zipfile.ZipInfo, content: bytes | None
) -> tuple[bytes | memoryview, int, int, int]:
    """Compressed bytes, checksum, unpacked size and method of one entry of the copy."""
    if content is None:
        return package.compressed(entry.filename), entry.CRC, entry.file_size, entry.compress_type
    return _packed(content), zlib.crc32(content), len(content), zipfile.ZIP_DEFLATED


def _packed(content: bytes) -> bytes:
    """The content deflated, less tightly where that would make the copy look like a zip bomb to ourselves and others."""
    packed = b""
    for strategy in STRATEGIES:
        packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -15, zlib.DEF_MEM_LEVEL, strategy)
        packed = packer.compress(content) + packer.flush()
        if not is_suspicious(len(content), len(packed)):
            break
    return packed


def _stamp(entry: zipfile.ZipInfo) -> tuple[int, int]:
    """Time and date of an entry in the form of the zip format."""
    year, month, day, hour, minute, second = entry.date_time
    return hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day

"""Zip packages with the same bytes for the same parts: what every Word file is written through.

Not here: the parts themselves (``design``, ``render``).
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

CONTENT_TYPES = "[Content_Types].xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_READABLE = 0o644 << 16


def parts_of(document: Any) -> dict[str, bytes]:
    """The parts of a python-docx document by name, as its ``save`` would write them, without the zip around them."""
    from docx.opc.pkgwriter import PackageWriter  # noqa: PLC0415 - only documents wait for Word libraries

    package: Any = document.part.package
    found: Any = _Parts()
    parts = package.parts
    for part in parts:
        part.before_marshal()
    for write, what in (
        (PackageWriter._write_content_types_stream, parts),  # noqa: SLF001 - the steps of its ``write``, which zips
        (PackageWriter._write_pkg_rels, package.rels),  # noqa: SLF001 - as above
        (PackageWriter._write_parts, parts),  # noqa: SLF001 - as above
    ):
        write(found, what)
    parts_found: dict[str, bytes] = found.parts
    return parts_found


class _Parts:
    """What python-docx takes for a zip file to write to."""

    def __init__(self) -> None:
        self.parts: dict[str, bytes] = {}

    def write(self, uri: Any, blob: bytes | str) -> None:
        """Keep a part."""
        self.parts[uri.membername] = blob.encode() if isinstance(blob, str) else blob


def zipped(parts: Mapping[str, bytes], *, level: int = 6) -> bytes:
    """A zip package of the parts by name: content types first, the rest by name, all dated 1980-01-01."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as package:
        for name in sorted(parts, key=lambda part: (part != CONTENT_TYPES, not part.startswith("_rels/"), part)):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = _UNIX
            entry.external_attr = _READABLE
            package.writestr(entry, parts[name])
    return target.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """The parts of a zip package by name. Raises zipfile.BadZipFile when it is none."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}

"""The zip package of a workbook: pre-flight, parts, relationships.

What is read is checked first (kind of file, damage, doubled or unsafe names, size when unpacked, DTD, encoding);
what is wrong becomes one ``WorkbookError`` with a code of ``refusals.UNREADABLE``.
Not here: the changed copy (``repack``), and what stands inside a worksheet (``scan``).
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from automation.excel.markup import MarkupError, parse
from automation.excel.preflight import check_entries, check_signature, check_text
from automation.excel.refusals import unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from automation.excel.markup import Node

LOCAL_HEADER = struct.Struct("<4s5H3L2H")
UTF8_NAME = 0x800
TREE_LIMIT = 30_000_000
"""Bytes of a part that is read as a tree; each makes about ten in memory."""
FILE_LIMIT = 200_000_000
"""Bytes of a packed workbook."""
CHUNK = 32_768
"""Packed bytes unpacked at a time; small pieces stay in the processor's cache and are twice as fast."""


class Relation(NamedTuple):
    """One relationship of a part; ``target`` is a part name without leading slash, or an address when external."""

    id: str
    kind: str
    target: str
    external: bool


class SheetPart(NamedTuple):
    """One sheet of the workbook: its name, its part, and the last word of its type (``worksheet``, ``chartsheet``)."""

    name: str
    part: str
    kind: str


class Package:
    """An opened workbook package. ``data`` are the file's bytes, ``main`` the name of the workbook part."""

    def __init__(self, path: Path, data: bytes) -> None:
        self.path = path
        self.data = data
        self.file = path.name
        check_signature(data, file=self.file)
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                entries = archive.infolist()
        except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError, OverflowError) as error:
            raise unreadable("damaged", file=self.file, detail="zip") from error
        check_entries(entries, file=self.file, size=len(data))
        self.entries = {entry.filename.lower(): entry for entry in entries}
        self.main = self._find_main()

    def has(self, part: str) -> bool:
        """Whether the package holds this part; case does not matter."""
        return part.lower() in self.entries

    def size(self, part: str) -> int:
        """The bytes of a part when unpacked, 0 when the package does not hold it; compared when it is read."""
        return self.entries[part.lower()].file_size if self.has(part) else 0

    def names(self) -> tuple[str, ...]:
        """The names of all parts in the order of the zip directory."""
        return tuple(entry.filename for entry in self.entries.values())

    def compressed(self, part: str) -> memoryview:
        """The bytes of a part as they stand in the file, still compressed."""
        entry = self.entries[part.lower()]
        offset = entry.header_offset
        try:
            fields = LOCAL_HEADER.unpack_from(self.data, offset)
        except struct.error as error:
            raise unreadable("damaged", file=self.file, detail=part) from error
        start = offset + LOCAL_HEADER.size + fields[9] + fields[10]
        name = self.data[offset + LOCAL_HEADER.size : offset + LOCAL_HEADER.size + fields[9]]
        end = start + entry.compress_size
        if fields[0] != b"PK\x03\x04" or name != raw_name(entry) or end > len(self.data):
            raise unreadable("damaged", file=self.file, detail=part)
        return memoryview(self.data)[start:end]

    def chunks(self, part: str) -> Iterator[bytes]:
        """The unpacked bytes of a part in pieces; size and checksum are compared at the end."""
        entry = self.entries[part.lower()]
        packed = self.compressed(part)
        unpacker = zlib.decompressobj(-15) if entry.compress_type == zipfile.ZIP_DEFLATED else None
        crc = size = 0
        for start in range(0, len(packed), CHUNK):
            piece = packed[start : start + CHUNK]
            try:
                content = unpacker.decompress(piece) if unpacker else bytes(piece)
            except zlib.error as error:
                raise unreadable("damaged", file=self.file, detail=part) from error
            size += len(content)
            if size > entry.file_size:
                break
            crc = zlib.crc32(content, crc)
            yield content
        if size != entry.file_size or crc != entry.CRC:
            raise unreadable("damaged", file=self.file, detail=part)

    def read(self, part: str) -> bytes:
        """The unpacked bytes of a part, its checksum compared."""
        return b"".join(self.chunks(part))

    def is_same(self, part: str, content: bytes) -> bool:
        """Whether the part unpacks to exactly this content; it is never held as a whole."""
        place = 0
        view = memoryview(content)
        for piece in self.chunks(part):
            if view[place : place + len(piece)] != piece:
                return False
            place += len(piece)
        return place == len(content)

    def xml(self, part: str) -> bytes:
        """The unpacked bytes of an XML part: UTF-8, without document type declaration."""
        if not self.has(part):
            raise unreadable("damaged", file=self.file, detail=part)
        content = self.read(part)
        code = check_text(content)
        if code:
            raise unreadable(code, file=self.file, detail=part)
        return content

    def tree(self, part: str) -> Node:
        """An XML part as a tree; refused when it is so large that the tree would not fit."""
        if self.size(part) > TREE_LIMIT:
            raise unreadable("too-big", file=self.file, detail=f"{part}: {self.size(part):,} bytes")
        try:
            return parse(self.xml(part))
        except MarkupError as error:
            raise unreadable("bad-xml", file=self.file, detail=part) from error

    def relations(self, part: str) -> tuple[Relation, ...]:
        """The relationships of a part in file order; empty when it has none. ``""`` means the package itself."""
        name = relations_part(part)
        if not self.has(name):
            return ()
        root = self.tree(name)
        found = []
        for node in root.children:
            external = node.attributes.get("TargetMode") == "External"
            target = node.attributes.get("Target", "")
            if not external:
                target = resolve(part, target)
            kind = node.attributes.get("Type", "").rpartition("/")[2]
            found.append(Relation(node.attributes.get("Id", ""), kind, target, external))
        return tuple(found)

    def sheets(self) -> tuple[SheetPart, ...]:
        """All sheets in workbook order, hidden ones and chart sheets included."""
        relations = {relation.id: relation for relation in self.relations(self.main)}
        root = self.tree(self.main)
        sheets = root.child("sheets")
        found: dict[str, SheetPart] = {}
        for node in sheets.children if sheets else ():
            identifier = next((value for name, value in node.attributes.items() if name.endswith(" id")), "")
            relation = relations.get(identifier)
            sheet = node.attributes.get("name", "")
            if relation is None or not self.has(relation.target) or relation.target.lower() in found:
                raise unreadable("damaged", file=self.file, detail=sheet)
            found[relation.target.lower()] = SheetPart(sheet, relation.target, relation.kind)
        return tuple(found.values())

    def is_signed(self) -> bool:
        """Whether the package carries a digital signature of the whole file."""
        return any(name.startswith("_xmlsignatures/") for name in self.entries)

    def _find_main(self) -> str:
        """The name of the workbook part; another kind of Office file is told by its content type."""
        if not self.has("[Content_Types].xml"):
            is_ods = self.has("mimetype") and b"opendocument" in self.read("mimetype")
            raise unreadable("open-document" if is_ods else "no-workbook", file=self.file)
        mains = [relation.target for relation in self.relations("") if relation.kind == "officeDocument"]
        if not mains or not self.has(mains[0]):
            raise unreadable("no-workbook", file=self.file)
        types = self.xml("[Content_Types].xml").decode("utf-8", "replace")
        declared = re.search(rf'<[^<>]*PartName\s*=\s*["\']/{re.escape(mains[0])}["\'][^<>]*>', types, re.IGNORECASE)
        kind = declared.group(0) if declared else types
        for mark, code in (
            ("wordprocessingml", "word-file"),
            ("ms-word", "word-file"),
            ("presentationml", "powerpoint-file"),
            ("ms-powerpoint", "powerpoint-file"),
            ("sheet.binary", "binary-workbook"),
        ):
            if mark in kind and "spreadsheetml" not in kind:
                raise unreadable(code, file=self.file)
        if "spreadsheetml" not in kind and "ms-excel" not in kind:
            raise unreadable("no-workbook", file=self.file)
        return mains[0]


def open_package(path: Path | str) -> Package:
    """The package of the workbook at ``path``; a ``WorkbookError`` with a code says why it cannot be opened."""
    place = Path(path)
    try:
        if place.is_dir():
            raise unreadable("directory", file=place.name)
        if place.exists() and not place.is_file():  # a device or a pipe might never end
            raise unreadable("not-workbook", file=place.name)
        if place.exists() and place.stat().st_size > FILE_LIMIT:
            raise unreadable("too-big", file=place.name, detail=f"{place.stat().st_size:,} bytes")
        data = place.read_bytes()
    except FileNotFoundError as error:
        raise unreadable("missing", file=place.name) from error
    except NotADirectoryError as error:
        raise unreadable("missing", file=place.name) from error
    except OSError as error:
        raise unreadable("no-access", file=place.name) from error
    return Package(place, data)


def relations_part(part: str) -> str:
    """The name of the part that holds a part's relationships."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def resolve(part: str, target: str) -> str:
    """The part a relationship's target means, seen from ``part``; without leading slash."""
    if target.startswith("/"):
        return target.lstrip("/")
    path = posixpath.normpath(posixpath.join(posixpath.dirname(part), target))
    return path if "%" not in path else unquote(path)


def raw_name(entry: zipfile.ZipInfo) -> bytes:
    """The name of an entry as its bytes stand in the zip."""
    return entry.orig_filename.encode("utf-8" if entry.flag_bits & UTF8_NAME else "cp437")

"""Zip packages of the add-in and of workbooks with macros: parts in, the same bytes for the same parts out.

Dates, order, attributes and compression of the entries are fixed, so that a package can be compared with one that was
made on another computer. Compression itself may differ between zlib libraries; ``contents`` is what stays equal.
Not here: the VBA project (``project``) and the sheets (``excel.master``).
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Final, Literal

from automation.excel.addin.ribbon import NAMESPACES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from automation.excel.addin.ribbon import Schema

Kind = Literal["xlsx", "xlsm", "xlam"]
MAIN_TYPES: Final[dict[Kind, str]] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "xlsm": "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    "xlam": "application/vnd.ms-excel.addin.macroEnabled.main+xml",
}
RIBBON_PARTS: Final[dict[Schema, str]] = {"2006": "customUI/customUI.xml", "2009": "customUI/customUI14.xml"}
RIBBON_RELATIONS: Final[dict[Schema, str]] = {
    "2006": "http://schemas.microsoft.com/office/2006/relationships/ui/extensibility",
    "2009": "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility",
}
CONTENT_TYPES: Final = "[Content_Types].xml"
RELATIONS: Final = "_rels/.rels"
_RIBBON: Final = "ui/extensibility"
_MAIN: Final = re.compile(r'(<Override\b[^>]*\bPartName="/xl/workbook\.xml"[^>]*\bContentType=")([^"]+)(")')
_DATE: Final = (1980, 1, 1, 0, 0, 0)
_LEVEL: Final = 9


def contents(package: bytes) -> dict[str, bytes]:
    """The unpacked parts of a package by name, in its order."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A package of these parts: content types and relationships of the package first, the rest by name."""
    first = (CONTENT_TYPES, RELATIONS)
    names = [*(name for name in first if name in parts), *sorted(name for name in parts if name not in first)]
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            entry = zipfile.ZipInfo(name, _DATE)
            entry.create_system = 0  # what it is on Windows; elsewhere zipfile would write 3
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, parts[name], compresslevel=_LEVEL)
    return target.getvalue()


def as_kind(parts: Mapping[str, bytes], kind: Kind) -> dict[str, bytes]:
    """The parts of a workbook, declared as one of that kind."""
    text = parts[CONTENT_TYPES].decode("utf-8")
    declared, found = _MAIN.subn(rf"\g<1>{MAIN_TYPES[kind]}\g<3>", text)
    if found != 1:
        raise ValueError("the package does not declare its workbook")
    return {**parts, CONTENT_TYPES: declared.encode("utf-8")}


def with_ribbon(parts: Mapping[str, bytes], ribbons: Mapping[Schema, str]) -> dict[str, bytes]:
    """The parts with a ribbon in each schema and its relationship; Office takes the newest that it knows."""
    relations = parts[RELATIONS].decode("utf-8")
    added = "".join(
        f'<Relationship Id="deliverybookRibbon{schema}" Type="{RIBBON_RELATIONS[schema]}" Target="{RIBBON_PARTS[schema]}"/>'
        for schema in NAMESPACES
        if schema in ribbons
    )
    if "</Relationships>" not in relations or _RIBBON in relations:
        raise ValueError("the package has no list of relationships, or a ribbon already")
    relations = relations.replace("</Relationships>", f"{added}</Relationships>")
    ribbon_parts = {RIBBON_PARTS[schema]: text.encode("utf-8") for schema, text in ribbons.items()}
    return {**parts, RELATIONS: relations.encode("utf-8"), **ribbon_parts}

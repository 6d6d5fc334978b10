"""Which version an add-in file is of, read from its document properties without any Office library.

Signing the add-in in Excel keeps these properties while every byte around them may change. Not here: the writing of
them (``excel.addin``).
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from html import unescape
from typing import NamedTuple

PART = "docProps/custom.xml"
PROPERTY = re.compile(r'<property\b[^>]*\bname="([^"]+)"[^>]*>\s*<vt:lpwstr>([^<]*)</vt:lpwstr>')
VERSION, XLWINGS = "deliverybook", "xlwings"
"""Names of the properties: the package that the add-in was made by, and the xlwings whose VBA is in it."""


class Stamp(NamedTuple):
    """Versions an add-in was made with; ``xlwings`` decides the names of the files that its VBA calls."""

    version: str
    xlwings: str


def stamp_of(data: bytes) -> Stamp | None:
    """The stamp of an add-in file's bytes, ``None`` when it bears none or is no such file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            text = package.read(PART).decode("utf-8")
    except (zipfile.BadZipFile, zlib.error, KeyError, UnicodeDecodeError, NotImplementedError, EOFError, RuntimeError):
        return None
    found = {unescape(name): unescape(value) for name, value in PROPERTY.findall(text)}
    return Stamp(found[VERSION], found.get(XLWINGS, "")) if found.get(VERSION) else None


def order(version: str) -> tuple[int, ...]:
    """A version such as ``0.10.1`` as numbers that compare."""
    return tuple(int(number) for number in re.findall(r"\d+", version))

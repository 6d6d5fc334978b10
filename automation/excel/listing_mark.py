"""The mark by which reports of ours are known: they lie among workbooks and are none. Not here: writing them (``listing_book``)."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

MARK: Final = ("Deliverybook", "report")
"""Name and value of the custom property of a report."""
PART: Final = "docProps/custom.xml"
MOST: Final = 100_000
"""Bytes of custom properties that are looked at."""


def is_report(path: Path) -> bool:
    """Whether a file is a report of ours; what cannot be read is none."""
    try:
        with zipfile.ZipFile(path) as package, package.open(PART) as stream:
            text = stream.read(MOST)
    except (OSError, KeyError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile, EOFError):
        return False
    return f'name="{MARK[0]}"'.encode() in text and f">{MARK[1]}<".encode() in text

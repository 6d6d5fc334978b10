"""Two versions of a workbook compared part by part, by other means than those that wrote the second.

Regular expressions, zipfile and lxml only: nothing here comes from ``automation.excel``, so that a mistake in our own
scanner cannot hide itself.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import NamedTuple

from lxml import etree

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
CELL = re.compile(rb"<((?:[\w.-]+:)?)c(?=[\s/>])((?:[^>\"']|\"[^\"]*\"|'[^']*')*?)(?:/>|>(.*?)</\1c\s*>)", re.DOTALL)
ADDRESS = re.compile(rb"""\sr\s*=\s*["']\$?([A-Z]+)\$?(\d+)["']""")
ROW_TAG = re.compile(rb"<(?:[\w.-]+:)?row(?=[\s/>])([^>]*)>")
ROW_OR_CELL = re.compile(ROW_TAG.pattern.replace(b"([^>]*)", b"[^>]*") + b"|" + CELL.pattern, re.DOTALL)
EMPTY_ROW = re.compile(rb"<((?:[\w.-]+:)?)row(?=[\s/>])([^>]*?)(?:/>|>\s*</\1row\s*>)")
ROW_NUMBER = re.compile(rb"""\sr\s*=\s*["'](\d+)["']""")
SPANS = re.compile(rb"""\s+spans\s*=\s*["'][^"']*["']""")
DIMENSION = re.compile(rb"<(?:[\w.-]+:)?dimension(?=[\s/>])[^>]*?(?:/>|></(?:[\w.-]+:)?dimension\s*>)")
NO_DATA = re.compile(rb"<((?:[\w.-]+:)?)sheetData(\s+[^\s/>][^>]*?)?\s*(?:/>|>\s*</\1sheetData\s*>)")
CALCULATION = re.compile(rb"<(?:[\w.-]+:)?calcPr(?=[\s/>])[^>]*?(?:/>|></(?:[\w.-]+:)?calcPr\s*>)")
OUR_MARK = re.compile(
    rb"<((?:[\w.-]+:)?)conditionalFormatting(?=\s)[^>]*>\s*<\1cfRule[^>]*>\s*<\1formula>"
    rb'N\("deliverybook:[a-z]+"\)=0</\1formula>\s*</\1cfRule>\s*</\1conditionalFormatting>'
)
PRIORITY = re.compile(rb'\spriority\s*=\s*["\'](-?\d+)["\']')


class Difference(NamedTuple):
    """One thing that should have stayed and did not."""

    part: str
    what: str


def unpacked(data: bytes) -> dict[str, bytes]:
    """The parts by name; checksums are compared by zipfile."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(data: bytes) -> dict[str, tuple[bytes, int]]:
    """The compressed bytes and the method of every part."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            sizes = int.from_bytes(data[entry.header_offset + 26 : entry.header_offset + 28], "little")
            extra = int.from_bytes(data[entry.header_offset + 28 : entry.header_offset + 30], "little")
            start = entry.header_offset + 30 + sizes + extra
            found[entry.filename] = (data[start : start + entry.compress_size], entry.compress_type)
    return found


def collateral(
    before: bytes,
    after: bytes,
    touched: dict[str, set[str]],
    *,
    workbook: str = "",
    marked: str = "",
    styles: str = "",
) -> list[Difference]:
    """What differs beyond the touched cells, empty when nothing does.

    ``touched`` maps worksheet parts to addresses. ``workbook`` names the part whose ``calcPr`` may change, ``marked``
    a worksheet that may hold marks, ``styles`` the part that may have gained fills for them. Every other part must
    keep its compressed bytes.
    """
    old_parts, new_parts = unpacked(before), unpacked(after)
    old_raw, new_raw = packed(before), packed(after)
    # The format does not tell names of parts apart by case.
    touched = {name.lower(): cells for name, cells in touched.items()}
    workbook, marked, styles = workbook.lower(), marked.lower(), styles.lower()
    found = []
    if list(old_parts) != list(new_parts):
        found.append(Difference("", f"parts {set(old_parts) ^ set(new_parts) or 'in another order'}"))
    for name in old_parts.keys() & new_parts.keys():
        if old_raw[name] == new_raw[name]:
            continue
        old, new = old_parts[name], new_parts[name]
        lower = name.lower()
        if lower in touched or lower == marked:
            found += sheet_collateral(name, old, new, touched.get(lower, set()), marked=lower == marked)
        elif lower == workbook:
            if CALCULATION.sub(b"", old) != CALCULATION.sub(b"", new):
                found.append(Difference(name, "more than calcPr"))
        elif lower == styles:
            found += styles_collateral(name, old, new)
        else:
            found.append(Difference(name, "changed"))
    return found


def sheet_collateral(name: str, old: bytes, new: bytes, touched: set[str], *, marked: bool) -> list[Difference]:
    """What differs in a worksheet outside the touched cells, and the marks when it may hold any."""
    if marked:
        if ranks(old) != ranks(new):
            return [Difference(name, "order of the conditional formats")]
        old, new = (PRIORITY.sub(b"", OUR_MARK.sub(b"", xml)) for xml in (old, new))
    one, other = without(old, touched), without(new, touched)
    if one == other:
        return []
    place = next(
        (index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    return [Difference(name, f"{one[place - 60 : place + 60]!r} -> {other[place - 60 : place + 60]!r}")]


def without(xml: bytes, touched: set[str]) -> bytes:
    """A worksheet without the touched cells, rows emptied by that, ``spans`` of their rows, and its dimension."""
    pieces = []
    place = row = column = 0
    for match in ROW_OR_CELL.finditer(xml):
        tag = ROW_TAG.fullmatch(match[0])
        if tag:
            number = ROW_NUMBER.search(tag[1])
            row, column = int(number[1]) if number else row + 1, 0
            continue
        given = ADDRESS.search(CELL.match(match[0])[2])
        column = column_number(given[1]) if given else column + 1
        if f"{letters(column)}{row}" in touched:
            pieces.append(xml[place : match.start()])
            place = match.end()
    rest = b"".join([*pieces, xml[place:]])
    rows = {int(re.sub("[A-Z$]", "", address)) for address in touched}

    def emptied(match: re.Match[bytes]) -> bytes:
        number = ROW_NUMBER.search(match[2])
        if number is None:
            return b"<" + match[1] + b"row" + match[2] + b"/>"
        return b"" if int(number[1]) in rows else match[0]

    rest = EMPTY_ROW.sub(emptied, SPANS.sub(b"", rest))
    return NO_DATA.sub(rb"<\1sheetData\2/>", DIMENSION.sub(b"", rest))


def column_number(text: bytes) -> int:
    """The number, from 1, of a column's letters."""
    number = 0
    for letter in text:
        number = number * 26 + letter - 64
    return number


def letters(number: int) -> str:
    """The letters of a column counted from 1."""
    return letters((number - 1) // 26) + chr(65 + (number - 1) % 26) if number else ""


def ranks(xml: bytes) -> list[int]:
    """The order in which the user's conditional formats apply, as ranks in document order."""
    numbers = [int(number) for number in PRIORITY.findall(OUR_MARK.sub(b"", xml))]
    order = {number: rank for rank, number in enumerate(sorted(set(numbers)))}
    return [order[number] for number in numbers]


def styles_collateral(name: str, old: bytes, new: bytes) -> list[Difference]:
    """What differs in the styles part beyond differential styles added behind the others."""
    one, other = (etree.fromstring(xml) for xml in (old, new))
    old_fills, new_fills = (_taken_out(root) for root in (one, other))
    found = []
    if etree.tostring(one, method="c14n") != etree.tostring(other, method="c14n"):
        found.append(Difference(name, "more than dxfs"))
    if old_fills != new_fills[: len(old_fills)]:
        found.append(Difference(name, "a dxf that was there"))
    return found


def _taken_out(root: etree._Element) -> list[bytes]:
    """The differential styles, canonical; the list is taken out of the tree."""
    for holder in root:
        if etree.QName(holder).localname == "dxfs":
            found = [etree.tostring(node, method="c14n") for node in holder]
            previous = holder.getprevious()
            if previous is None:
                root.text = (root.text or "") + (holder.tail or "")
            else:
                previous.tail = (previous.tail or "") + (holder.tail or "")
            root.remove(holder)
            return found
    return []


RANGES = re.compile(rb"""\ssqref\s*=\s*["'][^"']*["']|<(?:[\w.-]+:)?sqref>[^<]*</(?:[\w.-]+:)?sqref>""")
"""Ranges of validations and conditional formats, which grow with a table."""
REFERENCE = re.compile(rb"<((?:[\w.-]+:)?)f>[^<]*</\1f>")


def references_collateral(name: str, old: bytes, new: bytes) -> list[Difference]:
    """What differs in a chart beyond the ranges it shows, which grow with a table."""
    if "charts/" in name and REFERENCE.sub(b"", old) == REFERENCE.sub(b"", new):
        return []
    return [Difference(name, "changed")]

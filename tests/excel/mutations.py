"""Workbooks damaged at random, always in the same way for the same seed, and what may come of reading and writing them.

Only two things may: the copy is clean, or an error with a code says why not. Anything else is a ``FaultError``.
"""

from __future__ import annotations

import datetime as dt
import io
import random
import re
import zipfile
from typing import TYPE_CHECKING

from automation.base.errors import AutomationError, WorkbookError
from automation.base.findings import Severity
from automation.excel.package import Package, open_package
from automation.excel.reader import read
from automation.excel.refusals import REFUSED, UNREADABLE
from automation.excel.writer import edited
from automation.model.effects import AppendRows, CellEdit, Marks, ReplaceRows
from tests.excel import compare
from tests.excel.books import part_book, parts_of, table_book

if TYPE_CHECKING:
    from collections import Counter
    from pathlib import Path

VALUES = (
    b'""',
    b'"-1"',
    b'"99999999999999999999"',
    b'"A1:"',
    b'"XFE9"',
    b'"x y"',
    b'"1.5"',
    b'"NaN"',
    b'"&#9;"',
    b'"0"',
)
JUNK = (
    b"\0",
    b"<",
    b">",
    b"&",
    b"]]>",
    b"<!--",
    b"<![CDATA[",
    b"\xff\xfe",
    b"<!DOCTYPE x>",
    b"<c/>",
    b"<row/>",
    b"\xe4",
)
ODD = (
    '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f t="shared" ref="B1:B3" si="0">A1</f><v>2</v></c><c r="C1">'
    '<f t="array" ref="C1:C3">A1:A3</f><v>2</v></c></row><row r="2"><c r="B2"><f t="shared" si="0"/><v>2</v></c>'
    '<c r="C2"><v>2</v></c></row><row r="4" spans="1:4"><c r="A4" t="s"><v>0</v></c><c r="B4" t="e"><v>#N/A</v></c>'
    '<c r="C4" t="b"><v>1</v></c><c r="D4" s="1"><v>46000.25</v></c></row>'
)


class FaultError(Exception):
    """Something came of a damaged workbook that may not."""


def bases(folder: Path) -> list[Path]:
    """Whole workbooks to damage: one as Excel writes them with a table, one with formulas and a namespace prefix."""
    day = dt.date(2026, 1, 2)
    rows = [["a", "甲", day, 1], ["b", "乙", day, 2], ["c", " x ", None, 3.5]]
    first = table_book(folder / "table.xlsx", rows)
    strings = "<si><t>text</t></si><si><r><t>ri</t></r><r><t>ch</t></r></si>"
    second = part_book(folder / "odd.xlsx", ODD, strings=strings, prefix="x", extra={"xl/calcChain.xml": CHAIN})
    return [first, second]


CHAIN = f'<calcChain xmlns="{compare.MAIN}"><c r="A1" i="1"/></calcChain>'


def damaged(data: bytes, seed: int) -> bytes:
    """The bytes with one to three damages: to the zip as it lies on the disk, or inside one of its XML parts."""
    chance = random.Random(seed)
    if chance.random() < 0.4:
        return _damaged_bytes(data, chance)
    parts = parts_of(data)
    names = [name for name in parts if name.endswith((".xml", ".rels"))]
    if not names:
        return data
    sheets = [name for name in names if "worksheets/sheet" in name or "tables/" in name]
    name = chance.choice(sheets if sheets and chance.random() < 0.6 else names)
    content = bytearray(parts[name])
    for _ in range(chance.randrange(1, 4)):
        _damage_xml(content, chance)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, old in parts.items():
            archive.writestr(zipfile.ZipInfo(part), bytes(content) if part == name else old)
    return target.getvalue()


def _damaged_bytes(data: bytes, chance: random.Random) -> bytes:
    content = bytearray(data)
    kind = chance.randrange(5)
    place = chance.randrange(len(content))
    size = chance.choice([1, 16, 512])
    if kind == 0:
        for _ in range(chance.randrange(1, 4)):
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    elif kind == 1:
        content[place : place + size] = bytes(len(content[place : place + size]))
    elif kind == 2:
        del content[place:]
    elif kind == 3:
        content[place:place] = content[max(0, place - size) : place]
    else:
        content += bytes(chance.randrange(256) for _ in range(size))
    return bytes(content)


def _damage_xml(content: bytearray, chance: random.Random) -> None:
    if not content:
        return
    kind = chance.randrange(6)
    place = chance.randrange(len(content))
    if kind == 0:
        content[place] = chance.randrange(256)
    elif kind == 1:
        del content[place : place + chance.randrange(1, 12)]
    elif kind == 2:
        content[place:place] = chance.choice(JUNK)
    elif kind == 3:
        found = list(re.finditer(rb'"[^"]*"', content))
        if found:
            match = chance.choice(found)
            content[match.start() : match.end()] = chance.choice(VALUES)
    else:
        found = list(re.finditer(rb"<[^>]*>", content))
        if found:
            match = chance.choice(found)
            content[match.start() : match.end()] = b"" if kind == 4 else match.group() * 2


def tried(data: bytes, path: Path, outcomes: Counter[str]) -> None:
    """Read and write a damaged workbook that lies at ``path`` in every way; raises ``FaultError`` for what may not be."""
    path.write_bytes(data)
    try:
        read(path)
        outcomes["read"] += 1
    except AutomationError as error:
        outcomes[f"read: {_code(error)}"] += 1
    try:
        package = open_package(path)
        sheets = [sheet for sheet in package.sheets() if sheet.kind == "worksheet"]
    except WorkbookError as error:
        outcomes[f"open: {_code(error)}"] += 1
        return
    if not sheets:
        outcomes["open: no sheets"] += 1
        return
    sheet = sheets[0]
    for name, edits in (
        ("cells", [CellEdit(sheet.name, cell, value) for cell, value in CELLS.items()]),
        ("append", [AppendRows(sheet.name, ({2: "new", 4: dt.date(2026, 5, 6)},))]),
        ("replace", [ReplaceRows(sheet.name, (("x", "y"), ("z",)), {(0, 0): "A1"})]),
        ("marks", [Marks(sheet.name, {"B4": Severity.LOW, "C9": Severity.ERROR})]),
        ("no marks", [Marks(sheet.name, {})]),
    ):
        try:
            written = edited(package, edits)
        except AutomationError as error:
            outcomes[f"{name}: {_code(error)}"] += 1
            continue
        outcomes[f"{name}: saved"] += 1
        _judge(package, written.data, edits, name, sheet.part)


CELLS = {"C4": "new", "D5": 7.5, "H1": True, "B9": None, "A12": "十二"}


def _judge(package: Package, after: bytes, edits: list, name: str, part: str) -> None:
    if name != "append" and edited(Package(package.path, after), edits).changed:
        raise FaultError(f"{name}: the same edits again change something")
    if name == "cells":
        found = compare.collateral(package.data, after, {part: set(CELLS)}, workbook=package.main)
        if found:
            raise FaultError(f"{name}: {found[0]}")


def _code(error: AutomationError) -> str:
    """The error's code, which must be one of the closed lists and come with a sentence in both languages."""
    known = UNREADABLE if isinstance(error, WorkbookError) else REFUSED
    if error.code not in known or error.code == "verify-failed" or not all(error.text):
        raise FaultError(f"{type(error).__name__} {error.code!r}: {error}")
    return error.code

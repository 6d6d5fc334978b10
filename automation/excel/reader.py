"""Workbooks read from closed files into raw sheets: values with their places, nothing interpreted.

Every part that is parsed is looked at first. What can be vouched for is read here; what cannot, in a child process
with limits; what is too much for that is refused. Not here: the reading of cells (``sheets``), the meaning of columns
(``model``).
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from automation.excel.extent import cells_there, extent, longest_text, shown, span
from automation.excel.guarded import guarded_sheets
from automation.excel.package import open_package
from automation.excel.refusals import unreadable
from automation.excel.sheets import Worksheet, sheets
from automation.model.tables import Raw, address

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from automation.excel.extent import Extent
    from automation.excel.package import Package, SheetPart

TEXT_LIMIT = 200_000_000
"""Bytes that the worksheets and shared texts of a workbook may unpack to; 100,000 rows of 17 columns take 80 million."""
CELLS_LIMIT = 5_000_000
"""Cells that the worksheets of a workbook may have together, those with nothing but a style included."""
MEMORY_LIMIT = 1_300_000_000
"""Bytes that a workbook may need by a high estimate, as if each cell held the longest text, and be read right here."""
BYTES_OF_PLACE, BYTES_OF_CELL, BYTES_OF_TEXT = 32, 130, 2
"""Memory of a place in the rectangle around all cells, of a cell with a value, and of a byte of text shown."""
SHORTEST_CELL, SHORTEST_TEXT_CELL = 22, 28
"""Bytes of XML that a cell with a value has at least, and one that shows a shared text."""
NEAR_CELLS = 12_000_000
FAR_CELLS, FAR_SHARE = 5_000_000, 8
"""A rectangle of more cells, of which fewer than one in so many have a value, comes from a stray cell far away."""
STRINGS_LIMIT = 64_000_000


def read(path: Path | str) -> Raw:
    """The worksheets of a workbook, hidden ones too, with the digest of the file.

    Numbers are ``float``, dates ``date`` or, with a time, ``datetime``; a time of day without a date is text such
    as ``09:30``, a duration the number of days. Formulas give their last computed value.
    Raises ``WorkbookError`` with a code of ``refusals.UNREADABLE``.
    """
    package = open_package(path)
    parts = [part for part in package.sheets() if part.kind == "worksheet"]
    if not parts:
        raise unreadable("no-sheets", file=package.file)
    _check_sizes(package, parts)
    _check_styles(package)
    extents = [extent(package, part.part) for part in parts]
    worksheets = [Worksheet(part.name, part.part, one.has_errors) for part, one in zip(parts, extents, strict=True)]
    found = sheets(package, worksheets) if _is_light(package, parts, extents) else guarded_sheets(package, worksheets)
    if not found:
        raise unreadable("no-sheets", file=package.file)
    return Raw(str(path), found, hashlib.sha256(package.data).hexdigest())


def _strings(package: Package) -> str:
    """The name of the part with shared texts, ``""`` when there is none."""
    return next((name for name in package.names() if name.lower() == "xl/sharedstrings.xml"), "")


def _check_sizes(package: Package, parts: Sequence[SheetPart]) -> None:
    """Nothing when what will be parsed is no more than can be parsed in a few seconds, else the error."""
    size = sum(map(package.size, {part.part for part in parts})) + package.size(_strings(package))
    if size > TEXT_LIMIT:
        raise unreadable("too-long", file=package.file, detail=f"{size // 1_000_000:,} MB")


def _check_styles(package: Package) -> None:
    """Nothing when the styles are there and UTF-8 without DTD: without them every date would be a number."""
    for relation in package.relations(package.main):
        if relation.kind == "styles":
            package.xml(relation.target)


def _is_light(package: Package, parts: Sequence[SheetPart], extents: Sequence[Extent]) -> bool:
    """Whether the workbook can be vouched for: nothing odd, and not too much memory needed."""
    name = _strings(package)
    longest = longest_text(package, name) if name else 0
    if any(one.is_odd for one in extents):
        return False
    size = sum(package.size(part.part) for part in parts)
    if size > CELLS_LIMIT * SHORTEST_CELL:
        _check_cells(package, sum(cells_there(package, part.part) for part in parts))
    places = sum(_places(package, part, one) for part, one in zip(parts, extents, strict=True)) * BYTES_OF_PLACE
    a_cell, a_text = BYTES_OF_CELL / SHORTEST_CELL, (BYTES_OF_CELL + longest * BYTES_OF_TEXT) / SHORTEST_TEXT_CELL
    if places + size * max(a_cell, a_text) <= MEMORY_LIMIT:
        return True
    cells = sum(cells_there(package, part.part) for part in parts)
    memory = places + cells * BYTES_OF_CELL
    if memory + cells * longest * BYTES_OF_TEXT <= MEMORY_LIMIT:
        return True
    if memory > MEMORY_LIMIT or package.size(name) > STRINGS_LIMIT:
        return False
    lengths = list(map(len, package.xml(name).split(b"</si>")))
    texts = sum(shown(package, part.part, lengths) for part in parts)
    return memory + texts * BYTES_OF_TEXT <= MEMORY_LIMIT


def _check_cells(package: Package, cells: int) -> None:
    """Nothing when so many cells can be read in a few seconds, else the error."""
    if cells > CELLS_LIMIT:
        raise unreadable("too-many", file=package.file, detail=f"{cells:,}")


def _places(package: Package, part: SheetPart, bounds: Extent) -> int:
    """The cells of the rectangle around all cells; refused when nearly all of it is empty."""
    if bounds.rows * bounds.columns <= NEAR_CELLS:
        return bounds.rows * bounds.columns
    exact = span(package, part.part)
    if exact.cells > FAR_CELLS and exact.cells > FAR_SHARE * exact.filled:
        cell = address(exact.bottom, exact.right)
        raise unreadable("far-cell", file=package.file, detail=f"{part.name}!{cell}")
    return exact.cells

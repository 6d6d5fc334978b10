"""The new workbook looked at once more before anyone gets it: what should have stayed did, what should be there is.

Not here: the edits themselves (``writer``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.errors import WorkbookError
from automation.excel.markup import MarkupError, check_well_formed
from automation.excel.package import Package
from automation.excel.refusals import refused
from automation.excel.scan import Worksheet
from automation.excel.tables import Formula
from automation.excel.values import is_same
from automation.model.tables import address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from automation.base.findings import Value
    from automation.excel.book import Book


def check_undamaged(package: Package, book: Book) -> None:
    """Nothing when the checksums of the parts that stay as they are hold, else the error ``damaged``.

    A copy of a damaged workbook would look freshly saved and would push the last sound one out of the backups.
    """
    read = {name.lower() for name in (*book.changed, *book.dropped)}
    for name in package.names():
        if name.lower() not in read:
            for _ in package.chunks(name):
                pass


def verify(before: Package, data: bytes, book: Book) -> None:
    """Nothing when the copy is sound, else the refusal ``verify-failed``.

    The copy's parts are those of the workbook without the dropped ones; untouched parts have the same compressed
    bytes; changed parts unpack to what was meant and are well formed; every edited cell, read once more, holds
    its value.
    """
    try:
        after = Package(before.path, data)
        dropped = {name.lower() for name in book.dropped}
        expected = [name for name in before.names() if name.lower() not in dropped]
        if list(after.names()) != expected:
            raise refused("verify-failed", detail="parts")
        changed = {name.lower(): content for name, content in book.changed.items()}
        for name in expected:
            content = changed.get(name.lower())
            if content is None:
                if after.compressed(name) != before.compressed(name):
                    raise refused("verify-failed", detail=name)
                continue
            if not after.is_same(name, content):
                raise refused("verify-failed", detail=name)
            check_well_formed(content)
        for part, wanted in book.expected.items():
            # Changed parts were just found to be what the copy unpacks to.
            _read_back(Worksheet(book.xml(part), part), wanted, book)
    except MarkupError as error:
        for name in book.changed:
            _check_original(before, name)
        raise refused("verify-failed", detail=str(error)) from error
    except WorkbookError as error:
        raise refused("verify-failed", detail=error.code) from error


def _read_back(sheet: Worksheet, wanted: Mapping[tuple[int, int], Value | Formula], book: Book) -> None:
    """Nothing when every cell holds its value, else the refusal."""
    rows = sheet.rows(row for row, _ in wanted)
    cells = {(cell.row, cell.column): cell for row in rows.values() for cell in row.cells}
    for place, value in wanted.items():
        cell = cells.get(place)
        if isinstance(value, Formula):
            is_there = cell is not None and cell.formula is not None
        elif cell is None:
            is_there = value is None or value == ""
        else:
            is_there = is_same(cell, value, book)
        if not is_there:
            raise refused("verify-failed", detail=f"{sheet.name} {address(*place)}")


def _check_original(before: Package, name: str) -> None:
    """Nothing when the part was well formed before any edit, else the refusal that says so."""
    try:
        check_well_formed(before.xml(name))
    except MarkupError as error:
        raise refused("bad-xml", detail=name) from error

"""Workbooks read from closed files into raw sheets: values with their places, nothing interpreted.

Values come from python-calamine; what it loses is put right here: empty cells are ``None``, error cells are
``CellError``, and row and column numbers are those that Excel shows. Not here: the meaning of columns (``model``).
"""

from __future__ import annotations

import gc
import hashlib
import re
from datetime import time, timedelta
from typing import TYPE_CHECKING, Any, cast

import python_calamine
from python_calamine import CalamineWorkbook

from automation.excel.areas import place_in_file
from automation.excel.markup import ATTRIBUTE, MarkupError, parse
from automation.excel.package import open_package
from automation.excel.preflight import check_text
from automation.excel.refusals import unreadable
from automation.excel.styles import has_times
from automation.model.tables import CellError, Raw, RawSheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from automation.excel.package import Package, SheetPart
    from automation.model.tables import RawValue

Rows = list[list["RawValue | CellError"]]
Area = tuple[tuple[int, int], tuple[int, int]]
ERROR_CELL = re.compile(
    rb"""<(?:[^\s/>:]+:)?c(?=\s)([^>]*?\st\s*=\s*["']e["'][^>]*)>(.*?)</(?:[^\s/>:]+:)?c\s*>""", re.DOTALL
)
ERROR_VALUE = re.compile(rb"<(?:[^\s/>:]+:)?v[^>]*>([^<]*)<")
BEYOND = (re.compile(b""), re.compile(rb' r="[A-Z]{2}'), re.compile(rb' r="[A-Z]{3}'))
BEYOND_COLUMNS = (0, 26, 702, 16_384)
"""Columns that a sheet can have whose addresses have at most so many letters."""
COLUMN = re.compile(rb' r="[A-Z]{3}')
COLUMN = re.compile(rb"""\sr\s*=\s*["']([A-Z]+)\d""")
ROW = re.compile(rb"""<(?:[^\s/>:]+:)?row(?=\s)[^>]*?\sr\s*=\s*["'](\d{1,9})""")
CELLS_LIMIT = 50_000_000
"""Cells of the rectangle around everything on one sheet; calamine keeps all of them in memory, empty ones too."""
OVERLAP = 64
"""Bytes looked at twice between two pieces, so that nothing that spans them is missed."""


def read(path: Path | str) -> Raw:
    """The worksheets of a workbook, hidden ones too, with the digest of the file.

    Numbers are ``float``, dates ``date`` or, with a time, ``datetime``; a time of day without a date is text such
    as ``09:30``, a duration the number of days. Formulas give their last computed value.
    Raises ``WorkbookError`` with a code of ``refusals.UNREADABLE``.
    """
    package = open_package(path)
    digest = hashlib.sha256(package.data).hexdigest()
    running = gc.isenabled()
    # Millions of small objects are made and none is garbage: collecting meanwhile costs a sixth of the time.
    gc.disable()
    try:
        sheets = tuple(_sheets(package))
    except (python_calamine.CalamineError, OSError) as error:
        raise unreadable("damaged", file=package.file, detail="xml") from error
    except (MarkupError, UnicodeDecodeError) as error:
        raise unreadable("bad-xml", file=package.file, detail=str(error)) from error
    finally:
        if running:
            gc.enable()
    if not sheets:
        raise unreadable("no-sheets", file=package.file)
    return Raw(str(path), sheets, digest)


def _sheets(package: Package) -> Iterator[RawSheet]:
    """The worksheets in workbook order."""
    workbook = CalamineWorkbook.from_path(str(package.path))
    styles = next((item.target for item in package.relations(package.main) if item.kind == "styles"), "")
    has_clock = bool(styles) and has_times(parse(package.xml(styles)))
    known = set(workbook.sheet_names)
    for part in package.sheets():
        if part.kind != "worksheet" or part.name not in known:
            continue
        has_errors = _look_through(package, part)
        sheet = workbook.get_sheet_by_name(part.name)
        rows = cast("Rows", sheet.to_python())
        top, left = sheet.start or (0, 0)
        _clean(rows)
        if has_clock:
            _clock_to_plain(rows)
        if has_errors:
            _put_errors(rows, _errors(package.xml(part.part)), top, left)
        yield RawSheet(part.name, rows, top + 1, left + 1)


def _look_through(package: Package, part: SheetPart) -> bool:
    """Whether a worksheet may hold error cells; refused when it is not UTF-8 or spans more than can be held.

    The part is unpacked piece by piece, and never kept.
    """
    has_errors = is_odd = False
    letters = 1
    tail = text = b""
    for number, piece in enumerate(package.chunks(part.part)):
        text = tail + piece
        if number == 0:
            code = check_text(text)
            if code:
                raise unreadable(code, file=package.file, detail=part.part)
            # Writers that quote with apostrophes are rare, and worth no speed.
            has_errors = is_odd = b" r='" in text
        has_errors = has_errors or text.find(b't="e"') >= 0
        while letters < len(BEYOND) and BEYOND[letters].search(text):
            letters += 1
        tail = text[-OVERLAP:]
    rows = ROW.findall(text)
    width = BEYOND_COLUMNS[letters]
    if is_odd or not rows or int(rows[-1]) * width > CELLS_LIMIT:
        _check_span(package, part)
    return has_errors


def _check_span(package: Package, part: SheetPart) -> None:
    """Nothing when the rectangle around all cells can be held in memory, else the error."""
    xml = package.xml(part.part)
    rows = [int(number) for number in ROW.findall(xml)]
    columns = {place_in_file(f"{letters.decode()}1")[1] for letters in set(COLUMN.findall(xml))}
    if rows and columns:
        cells = (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1)
        if cells > CELLS_LIMIT:
            raise unreadable("too-big", file=package.file, detail=f"{part.name}: {cells:,} cells")


def _clean(rows: Rows) -> None:
    """Turn the empty texts that stand for empty cells into ``None``, in place."""
    for number, row in enumerate(rows):
        if "" in row:
            rows[number] = [None if value == "" else value for value in row]


def _clock_to_plain(rows: list[list[Any]]) -> None:
    """Turn times of day into text and durations into days, in place."""
    for row in rows:
        for index, value in enumerate(row):
            if isinstance(value, time):
                row[index] = value.strftime("%H:%M:%S" if value.second else "%H:%M")
            elif isinstance(value, timedelta):
                row[index] = value / timedelta(days=1)


def _errors(xml: bytes) -> Iterator[tuple[int, int, str]]:
    """Row, column (from 1) and code of every error cell."""
    for match in ERROR_CELL.finditer(xml):
        attributes = {name: value[1:-1] for name, value in ATTRIBUTE.findall(match.group(1))}
        value = ERROR_VALUE.search(match.group(2))
        if b"r" in attributes and value:
            yield (*place_in_file(attributes[b"r"].decode()), value.group(1).decode())


def _put_errors(rows: Rows, errors: Iterable[tuple[int, int, str]], top: int, left: int) -> None:
    """Put error values where calamine left empty cells; ``top`` and ``left`` are counted from 0."""
    for row, column, code in errors:
        if 0 <= row - 1 - top < len(rows) and 0 <= column - 1 - left < len(rows[row - 1 - top]):
            rows[row - 1 - top][column - 1 - left] = CellError(code)

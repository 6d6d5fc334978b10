"""The cells of worksheets through python-calamine, with what it loses put right: the reading itself, unguarded.

Empty cells are ``None``, error cells ``CellError``; a date cell whose number is no date keeps the number. Not here:
whether a workbook may be read in this process (``reader``), and the meaning of columns (``model``).
"""

from __future__ import annotations

import io
import re
from datetime import time, timedelta
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import python_calamine
from python_calamine import CalamineWorkbook

from automation.base.collecting import paused
from automation.excel.areas import place_in_file
from automation.excel.markup import ATTRIBUTE, MarkupError, parse
from automation.excel.refusals import unreadable
from automation.excel.styles import date_styles
from automation.model.tables import CellError, RawSheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from automation.excel.package import Package
    from automation.model.tables import RawValue

Rows = list[list["RawValue | CellError"]]
_NAME = rb"(?:[^\s<>/:]+:)?"
_VALUE = rb"\s*(?:<%bf(?:\s[^<>]*)?(?:/>|>[^<]*</[^<>]*>)\s*)?<%bv[^<>]*>([^<]*)<" % (_NAME, _NAME)
ERROR_CELL = re.compile(rb"""<%bc(?=\s[^<>]*\bt\s*=\s*["']e["'])([^<>]*)>%b""" % (_NAME, _VALUE))
NUMBER_CELL = re.compile(rb"""<%bc(?=\s)(?![^<>]*\st\s*=)([^<>]*)>%b""" % (_NAME, _VALUE))
CLOCK = frozenset({time, timedelta})
SHEET_DATA_END = re.compile(rb"</%bsheetData" % _NAME)


class Worksheet(NamedTuple):
    """A worksheet to be read: its name, its part, and whether it may hold error cells."""

    name: str
    part: str
    has_errors: bool


def sheets(package: Package, worksheets: Iterable[Worksheet]) -> tuple[RawSheet, ...]:
    """The contents of worksheets in their order. Raises WorkbookError when they cannot be understood."""
    try:
        with paused():
            return tuple(_sheets(package, worksheets))
    except (python_calamine.CalamineError, OSError) as error:
        raise unreadable("damaged", file=package.file, detail="xml") from error
    except OverflowError as error:  # a duration of more days than there are, which Excel shows as ####
        raise unreadable("damaged", file=package.file, detail="[h]:mm") from error
    except (MarkupError, UnicodeDecodeError) as error:
        raise unreadable("bad-xml", file=package.file, detail=str(error)) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how Rust's panics arrive; they are no Exceptions
            raise
        raise unreadable("damaged", file=package.file, detail="xml") from error


def _sheets(package: Package, worksheets: Iterable[Worksheet]) -> Iterator[RawSheet]:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(package.data))
    known = set(workbook.sheet_names)
    for worksheet in worksheets:
        if worksheet.name not in known:
            continue
        sheet = workbook.get_sheet_by_name(worksheet.name)
        rows = cast("Rows", sheet.to_python())
        top, left = sheet.start or (0, 0)
        clocks = _clean(rows)
        if clocks:
            _put_clocks(rows, clocks, _numbers(package, worksheet.part), top, left)
        if worksheet.has_errors:
            _put_errors(rows, _errors(_data(package, worksheet.part)), top, left)
        yield RawSheet(worksheet.name, rows, top + 1, left + 1)


def _clean(rows: Rows) -> list[int]:
    """Turn the empty texts that stand for empty cells into ``None``, in place; the rows with times of day."""
    for number, row in enumerate(rows):
        if "" in row:
            rows[number] = [None if value == "" else value for value in row]
    if CLOCK.isdisjoint(map(type, chain.from_iterable(rows))):
        return []
    return [number for number, row in enumerate(rows) if not CLOCK.isdisjoint(map(type, row))]


def _put_clocks(
    rows: list[list[Any]], clocks: list[int], numbers: dict[tuple[int, int], float], top: int, left: int
) -> None:
    """Turn times of day into text and durations into days, in place.

    ``numbers`` are those of date cells and of negative ones: no time, and no date either, so they stay numbers.
    """
    for at in clocks:
        row = rows[at]
        for index, value in enumerate(row):
            if type(value) not in CLOCK:
                continue
            number = numbers.get((at + top + 1, index + left + 1))
            if number is not None:
                row[index] = number
            elif isinstance(value, time):
                row[index] = value.strftime("%H:%M:%S" if value.second else "%H:%M")
            else:
                row[index] = value / timedelta(days=1)


def _numbers(package: Package, part: str) -> dict[tuple[int, int], float]:
    """The numbers below 1 of cells whose format shows a day, and all negative ones, by row and column."""
    styles = next((item.target for item in package.relations(package.main) if item.kind == "styles"), "")
    days = date_styles(parse(package.xml(styles))) if styles else frozenset()
    found = {}
    for match in NUMBER_CELL.finditer(_data(package, part)):
        attributes = {name: value[1:-1] for name, value in ATTRIBUTE.findall(match[1])}
        try:
            number = float(match[2])
        except ValueError:
            continue
        if b"r" in attributes and (number < 0 or (number < 1 and int(attributes.get(b"s", b"0")) in days)):
            found[place_in_file(attributes[b"r"].decode())] = number
    return found


def _data(package: Package, part: str) -> bytes:
    """A worksheet part up to the end of its cells; what follows is never looked at."""
    xml = package.xml(part)
    end = SHEET_DATA_END.search(xml)
    return xml[: end.start()] if end else xml


def _errors(xml: bytes) -> Iterator[tuple[int, int, str]]:
    """Row, column (from 1) and code of every error cell."""
    for match in ERROR_CELL.finditer(xml):
        attributes = {name: value[1:-1] for name, value in ATTRIBUTE.findall(match[1])}
        if b"r" in attributes:
            yield (*place_in_file(attributes[b"r"].decode()), match[2].decode())


def _put_errors(rows: Rows, errors: Iterable[tuple[int, int, str]], top: int, left: int) -> None:
    """Put error values where calamine left empty cells; ``top`` and ``left`` are counted from 0."""
    for row, column, code in errors:
        if 0 <= row - 1 - top < len(rows) and 0 <= column - 1 - left < len(rows[row - 1 - top]):
            rows[row - 1 - top][column - 1 - left] = CellError(code)

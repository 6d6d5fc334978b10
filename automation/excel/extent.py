"""How far a worksheet reaches and what reading it would cost, seen while its bytes go by, before it is parsed.

The library behind ``reader`` keeps the whole rectangle around the cells in memory and ends the process when there is
no more, so the rectangle is bounded here first. The bounds hold for sheets written as every program writes them,
each cell beginning ``<c r="B5"``; a sheet that is not is called odd. Not here: reading (``reader``), and the child
process in which odd sheets are read (``guarded``).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from automation.excel.preflight import check_text
from automation.excel.refusals import unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from automation.excel.package import Package

COLUMNS = ((26, "[A-Z]"), (52, "A?[A-Z]"), (104, "[A-C]?[A-Z]"), (702, "[A-Z]{1,2}"), (16_384, "[A-Z]{1,3}"))
ROWS = (
    (9_999, r"\d{1,4}"),
    (99_999, r"\d{1,5}"),
    (199_999, r"1?\d{1,5}"),
    (499_999, r"[1-4]?\d{1,5}"),
    (1_048_576, r"(?:\d{1,6}|10[0-4]\d{4})"),
)
"""Bounds on columns and rows, each with the addresses inside it."""
CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"')
FILLED = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^<>]*(?<!/)>(?!</c>)')
"""A cell with a value; one that only has a style does not count for the rectangle that is kept in memory."""
ERROR = re.compile(rb"""\st\s*=\s*["']e["']""")
SHARED = re.compile(rb't="s"><v>(\d{1,9})<')
NEGATIVE_SHARED = re.compile(rb"""\st\s*=\s*["']s["'][^<>]*>\s*<v>\s*-""")
PREFIXED = re.compile(rb":c[\s>/]")
PREFIX = re.compile(rb"""<[^<>\s"'=]*:c[\s>/]""")
COUNT = re.compile(rb"""uniqueCount\s*=\s*["']\s*(\d+)""")
LONGEST_COUNT = 12
LONGEST_TAG = 1 << 20
"""Bytes kept back at the end of a piece in which a tag may be cut in two."""


class Extent(NamedTuple):
    """What is known of a worksheet before it is parsed.

    ``rows`` and ``columns`` bound the rectangle around all cells from above, unless ``is_odd``; ``has_errors`` when
    there may be error cells.
    """

    rows: int
    columns: int
    has_errors: bool
    is_odd: bool


class Span(NamedTuple):
    """The rectangle around all cells with a value, both ends included, and how many of them there are."""

    top: int
    left: int
    bottom: int
    right: int
    filled: int

    @property
    def cells(self) -> int:
        """The cells of the rectangle."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)


def extent(package: Package, part: str) -> Extent:
    """The extent of a worksheet part, which is unpacked piece by piece and never kept.

    Raises WorkbookError when it is not UTF-8, has a DTD, a wrong checksum or a negative number of a shared text.
    """
    column = row = 0
    has_errors = is_odd = False
    for text in _pieces(package, part):
        # A single byte is looked for ten times faster than three.
        has_errors = has_errors or (text.find(b"#") >= 0 and ERROR.search(text) is not None)
        is_odd = is_odd or (text.find(b":") >= 0 and _has_prefix(text))
        while not is_odd and (beyond := _beyond(column, row).search(text)):
            cell = CELL.match(text, beyond.start())
            if cell is None:
                is_odd = True
            elif column + 1 < len(COLUMNS) and _number(cell[1]) > COLUMNS[column][0]:
                column += 1
            elif row + 1 < len(ROWS):
                row += 1
            else:
                is_odd = True
        if text.find(b"-") >= 0 and text.find(b">-") >= 0 and NEGATIVE_SHARED.search(text):
            raise unreadable("damaged", file=package.file, detail=part)
    return Extent(ROWS[row][0], COLUMNS[column][0], has_errors, is_odd)


def span(package: Package, part: str) -> Span:
    """The exact rectangle of a part that is not odd: slower, for those whose bounds are too far."""
    rows: set[bytes] = set()
    columns: set[bytes] = set()
    filled = 0
    for text in _pieces(package, part):
        found = FILLED.findall(text)
        filled += len(found)
        columns.update({letters for letters, _ in found})
        rows.update({digits for _, digits in found})
    if not filled:
        return Span(1, 1, 1, 1, 0)
    lines, letters = list(map(int, rows)), list(map(_number, columns))
    return Span(min(lines), min(letters), max(lines), max(letters), filled)


def cells_there(package: Package, part: str) -> int:
    """The number of cells of a part that is not odd, those with nothing but a style included."""
    return sum(text.count(b'<c r="') for text in _pieces(package, part))


def longest_text(package: Package, part: str) -> int:
    """The bytes of the longest shared text, its tags included.

    Raises WorkbookError when the part is not UTF-8, has a DTD, a wrong checksum, or says that it has more texts than
    can be in it: the library behind us would reserve their memory.
    """
    longest = rest = 0
    for text in _pieces(package, part):
        if any(int(digits[:LONGEST_COUNT]) > package.size(part) for digits in COUNT.findall(text)):
            raise unreadable("damaged", file=package.file, detail=part)
        lengths = list(map(len, text.split(b"</si>")))
        lengths[0] += rest
        rest = lengths[-1]
        longest = max(longest, *lengths)
    return longest


def shown(package: Package, part: str, lengths: Sequence[int]) -> int:
    """At least the bytes of shared text that the cells of a part that is not odd show together.

    ``lengths`` are those of the shared texts in their order.
    """
    longest = max(lengths, default=0)
    total = 0
    for text in _pieces(package, part):
        found = SHARED.findall(text)
        total += sum(lengths[index] for index in map(int, found) if index < len(lengths))
        # Written in any other way they count as the longest.
        total += longest * max(0, text.count(b'"s"') + text.count(b"'s'") - len(found))
    return total


def _pieces(package: Package, part: str) -> Iterator[bytes]:
    """The unpacked bytes of a part in pieces that begin and end between two tags."""
    rest = b""
    for number, piece in enumerate(package.chunks(part)):
        if number == 0 and (code := check_text(piece)):
            raise unreadable(code, file=package.file, detail=part)
        cut = piece.rfind(b">") + 1
        if cut:
            yield rest + piece[:cut]
            rest = piece[cut:]
        elif len(rest) > LONGEST_TAG:
            yield rest + piece
            rest = b""
        else:
            rest += piece
    yield rest


@lru_cache(maxsize=32)
def _beyond(column: int, row: int) -> re.Pattern[bytes]:
    """What finds a cell beyond the bounds so numbered, or one that does not begin as programs write it."""
    return re.compile(f'<c(?! r="{COLUMNS[column][1]}{ROWS[row][1]}")[\\s/>]'.encode())


def _has_prefix(text: bytes) -> bool:
    """Whether a cell's tag stands there with a prefix; a colon alone may be anyone's text."""
    return any(
        PREFIX.match(text, max(text.rfind(b"<", 0, found.start()), 0)) is not None for found in PREFIXED.finditer(text)
    )


def _number(letters: bytes) -> int:
    """The number of a column from 1: ``A`` is 1, ``AB`` 28."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number

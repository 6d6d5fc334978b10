"""What number formats show, and what the styles part says: which cell styles show a date, fills of conditional formats.

Not here: choosing a style for a new cell (``cells``), conditional formats themselves (``marks``).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from automation.excel.markup import Node, prefix_of, splice, tag_with

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BUILT_IN_DATES = frozenset({*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58})
"""Number formats without own code that show a day; 27 to 58 are those of Chinese, Japanese and Korean Excel."""
BUILT_IN_TIMES = frozenset({*range(18, 22), *range(32, 36), *range(45, 48), 55, 56})
"""Number formats without own code that show a time of day or a duration and no day."""
ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
DAY = re.compile(r"[yde]|aaa", re.IGNORECASE)
MONTH = re.compile(r"m", re.IGNORECASE)
CLOCK = re.compile(r"[hs]", re.IGNORECASE)
PIECE = re.compile(r'[\\_*].?|"[^"]*"?|\[(h+|m+|s+)\]|\[[^\];]*\]?|.', re.IGNORECASE | re.DOTALL)
"""What a number format is made of: escaped and quoted text, elapsed time and other brackets, single characters."""
EXPONENT = re.compile(r"e[+-]", re.IGNORECASE)
BEFORE_FILLS = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles")


def date_styles(styles: Node) -> frozenset[int]:
    """The indices of cell styles whose number format shows a day."""
    return frozenset(
        index
        for index, (number, code) in enumerate(_formats(styles))
        if (number in BUILT_IN_DATES if code is None else shows_day(code))
    )


def wrapping_styles(styles: Node) -> frozenset[int]:
    """The indices of cell styles that break long text into lines."""
    formats = styles.child("cellXfs")
    found = set()
    for index, node in enumerate(formats.children if formats else ()):
        alignment = node.child("alignment")
        if alignment is not None and alignment.attributes.get("wrapText") in {"1", "true"}:
            found.add(index)
    return frozenset(found)


def has_times(styles: Node) -> bool:
    """Whether any cell style shows a time of day or a duration without a day."""
    return any(number in BUILT_IN_TIMES if code is None else shows_time(code) for number, code in _formats(styles))


@lru_cache(maxsize=512)
def shows_day(code: str) -> bool:
    """Whether a number format code such as ``yyyy/m/d`` shows a day; ``h:mm`` and ``0.00E+00`` do not."""
    bare = EXPONENT.sub("", LITERAL.sub("", code.partition(";")[0]))
    if bare.strip().lower() == "general":
        return False
    has_clock = CLOCK.search(bare) is not None or ELAPSED.search(code) is not None
    return bool(DAY.search(bare)) or (bool(MONTH.search(bare)) and not has_clock)


def shows_time(code: str) -> bool:
    """Whether a number format code such as ``h:mm`` or ``[h]:mm`` shows a time or a duration without a day."""
    first = code.partition(";")[0]
    return bool(ELAPSED.search(first)) or (bool(CLOCK.search(LITERAL.sub("", first))) and not shows_day(code))


@lru_cache(maxsize=512)
def reading_of(code: str) -> Literal["moment", "days", "number"]:
    """What a reader takes numbers for in cells of this format: dates and times of day, durations, or plain numbers.

    Any letter of a date or a time makes a moment, whatever else stands there: this is how closed files are read
    (python-calamine), where ``shows_day`` tells times of day from numbers that are no dates.
    """
    seen_a = False
    for piece in PIECE.finditer(code):
        letter = piece.group().lower()
        if piece.group(1):
            return "days"
        if letter == ";":
            break
        if letter in (("p", "m", "/") if seen_a else ("d", "m", "h", "y", "s")):
            return "moment"
        seen_a = seen_a or letter == "a"
    return "number"


def with_fills(xml: bytes, styles: Node, colours: Sequence[str]) -> tuple[bytes, dict[str, int]]:
    """The styles part with a differential style of each fill colour (``RRGGBB``), and the index of each.

    A style that only fills with that colour is used again; the bytes are the same when all are there.
    """
    holder = styles.child("dxfs")
    present = [_only_fill(node) for node in holder.children] if holder else []
    prefix = prefix_of(xml, styles)
    found: dict[str, int] = {}
    added = b""
    count = len(present)
    for colour in colours:
        if colour in present:
            found[colour] = present.index(colour)
            continue
        found[colour] = count
        count += 1
        added += _fill(prefix, colour)
    if not added:
        return xml, found
    opening = b"<" + prefix + b"dxfs"
    number = str(count).encode()
    if holder is None:
        before = [node for node in styles.children if node.name in BEFORE_FILLS]
        place = before[-1].end if before else styles.inner
        piece = opening + b' count="' + number + b'">' + added + b"</" + prefix + b"dxfs>"
        return splice(xml, [(place, place, piece)]), found
    tag = tag_with(xml[holder.start : holder.inner], {b"count": number})
    if holder.is_empty_tag:
        piece = tag[:-2].rstrip() + b">" + added + b"</" + prefix + b"dxfs>"
        return splice(xml, [(holder.start, holder.end, piece)]), found
    return splice(xml, [(holder.start, holder.inner, tag), (holder.close, holder.close, added)]), found


def fill_of(styles: Node, index: int) -> str:
    """The colour (``RRGGBB``) of a differential style that only fills, ``""`` for any other."""
    holder = styles.child("dxfs")
    if holder is None or not 0 <= index < len(holder.children):
        return ""
    return _only_fill(holder.children[index])


def _formats(styles: Node) -> Iterator[tuple[int, str | None]]:
    """Number and own code (``None`` for a built-in format) of each cell style's number format."""
    codes = {node.number("numFmtId"): node.attributes.get("formatCode", "") for node in styles.all("numFmt")}
    cells = styles.child("cellXfs")
    for node in cells.children if cells else ():
        number = node.number("numFmtId", 0)
        yield number, codes.get(number)


def _fill(prefix: bytes, colour: str) -> bytes:
    """A differential style that only fills, in the form in which Excel writes it."""
    text = f'<dxf><fill><patternFill><bgColor rgb="FF{colour}"/></patternFill></fill></dxf>'.encode()
    return re.sub(rb"<(/?)", lambda match: b"<" + match.group(1) + prefix, text)


def _only_fill(node: Node) -> str:
    """The colour of a differential style that holds a solid fill and nothing else, or ``""``."""
    names = []
    inner = node
    while len(inner.children) == 1:
        inner = inner.children[0]
        names.append(inner.name)
        if inner.name == "patternFill" and inner.attributes.get("patternType", "solid") != "solid":
            return ""
    if names != ["fill", "patternFill", "bgColor"] or len(inner.children) or set(inner.attributes) != {"rgb"}:
        return ""
    return inner.attributes["rgb"][-6:].upper()

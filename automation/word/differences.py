"""What differs between two versions of a document, as its reader sees it: by heading, paragraph and table row.

Only what stands under headings is compared: covers, revision tables and contents differ between all versions. Not here:
which versions there are (``commands.document.register``).
"""

from __future__ import annotations

import io
import itertools
import re
from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, NamedTuple

import docx

from automation.word.contents import text_of
from automation.word.headings import W, heading_styles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from automation.base.findings import Language

MOST = 200
"""So many differences are listed; the others are counted."""
LONGEST = 240
"""Characters shown of a changed text."""
NOTHING = "—"
_UNREAD = frozenset({"Caption", "PictureCaption", "Picture", "TOC1", "TOC2", "TOC3"})
"""Styles of paragraphs that hold running numbers, pictures and contents."""

CARD = 2
"""Tables of so many columns are labels with values: their first row does not name the columns."""
_GAP = re.compile(r"\s{2,}")
_OWN_NUMBER = re.compile(r"(-D\d\d[A-Z]?)-V[\d.]+")

Row = tuple[tuple[str, str], ...]
"""A row of a table: heading and text of each cell."""


class Section(NamedTuple):
    """What stands under one heading: its paragraphs, and its table rows by first cell and running number."""

    paragraphs: list[str]
    rows: dict[tuple[str, int], Row]


def differences(former: bytes, present: bytes, language: Language) -> list[dict[str, str]]:
    """``item`` (where), ``before`` and ``after`` of all that differs, in the order of the document."""
    old, new = _sections(former), _sections(present)
    found = itertools.chain.from_iterable(
        _in_section(heading, old.get(heading), new.get(heading), language) for heading in _in_order(old, new)
    )
    listed = list(itertools.islice(found, MOST))
    rest = sum(1 for _ in found)
    if rest:
        more = f"另有 {rest} 处差异" if language == "zh" else f"{rest} more differences"
        listed.append((more, NOTHING, NOTHING))
    return [dict(zip(("item", "before", "after"), one, strict=True)) for one in listed]


def _in_order(old: Mapping[str, Section], new: Mapping[str, Section]) -> Iterable[str]:
    """The headings of the new version, each followed by those of the old one that came after it and are gone."""
    result: list[str] = list(new)
    last = 0
    for heading in old:
        if heading in new:
            last = result.index(heading) + 1
        else:
            result.insert(last, heading)
            last += 1
    return result


def _in_section(
    heading: str, old: Section | None, new: Section | None, language: Language
) -> Iterator[tuple[str, str, str]]:
    if old is None or new is None:
        there = new or old
        text = _clipped(_summary(there)) if there else NOTHING
        yield (heading, NOTHING, text) if new else (heading, text, NOTHING)
        return
    for before, after in _changed_texts(old.paragraphs, new.paragraphs):
        yield heading, _clipped(before), _clipped(after)
    for key in [*new.rows, *(key for key in old.rows if key not in new.rows)]:
        was, now = old.rows.get(key), new.rows.get(key)
        if was == now:
            continue
        item = f"{heading} · {key[0]}" if key[0] and not heading.startswith(key[0]) else heading
        yield item, *_changed_cells(was, now, language)


def _summary(section: Section) -> str:
    return " ".join((*section.paragraphs, *(text for row in section.rows.values() for _, text in row))) or NOTHING


def _changed_texts(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    for kind, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind != "equal":
            yield from itertools.zip_longest(old[a:b], new[c:d], fillvalue=NOTHING)


def _changed_cells(was: Row | None, now: Row | None, language: Language) -> tuple[str, str]:
    """The cells that differ of a row before and now; the whole row where there is none on the other side."""
    if was is None or now is None:
        whole = _clipped(_cells(was or now or (), language))
        return (NOTHING, whole) if was is None else (whole, NOTHING)
    if [head for head, _ in was] != [head for head, _ in now]:
        return _clipped(_cells(was, language)), _clipped(_cells(now, language))
    pairs = [(a, b) for a, b in zip(was, now, strict=True) if a != b]
    return _clipped(_cells([a for a, _ in pairs], language)), _clipped(_cells([b for _, b in pairs], language))


def _cells(cells: Iterable[tuple[str, str]], language: Language) -> str:
    colon, comma = ("：", "；") if language == "zh" else (": ", "; ")
    return comma.join(f"{head}{colon}{text or NOTHING}" if head else text for head, text in cells)


def _clipped(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + " …"


def _sections(data: bytes) -> dict[str, Section]:
    """What stands under each heading of a document; headings of equal text are one."""
    document: Any = docx.Document(io.BytesIO(data))
    known = heading_styles(document.styles.element)
    found: dict[str, Section] = {}
    section: Section | None = None
    for node in document.element.body:
        if node.tag == f"{W}p":
            style = node.find(f"{W}pPr/{W}pStyle")
            name = "" if style is None else style.get(f"{W}val")
            text = _text(node)
            if name in known and text:
                section = found.setdefault(text, Section([], {}))
            elif section is not None and text and name not in _UNREAD:
                section.paragraphs.append(text)
        elif node.tag == f"{W}tbl" and section is not None:
            _read_table(node, section)
    return found


def _read_table(table: Any, section: Section) -> None:
    rows = [[_cell_text(cell) for cell in row.findall(f"{W}tc")] for row in table.findall(f"{W}tr")]
    head, *body = rows or [[]]
    if len(head) == CARD:
        head, body = [], rows
    seen = Counter(key for key, _ in section.rows)
    for row in filter(None, body):
        section.rows[row[0], seen[row[0]]] = tuple(zip([*head, *[""] * len(row)], row, strict=False))
        seen[row[0]] += 1


def _cell_text(cell: Any) -> str:
    return " ".join(filter(None, (_text(node) for node in cell.iter(f"{W}p"))))


def _text(paragraph: Any) -> str:
    """The text of a paragraph; the document's own number without its version, which differs every time."""
    return _OWN_NUMBER.sub(r"\1", _GAP.sub("  ", text_of(paragraph)).strip())

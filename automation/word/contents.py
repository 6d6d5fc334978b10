"""What Word would compute on opening: contents entries, numbers of headings and captions, links between items.

Works on the body of a filled document in place. Not here: page numbers (``pages``) and filling (``render``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree

from automation.word.headings import W, formats, heading_styles, next_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from automation.word.headings import HeadingStyle

SMALL_TABLE = 10
"""Tables of up to this many rows, heading row included, are not divided between pages."""

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TOC = re.compile(r'^\s*TOC\b.*\\o\s+"1-(\d)"')
_ITEM = re.compile(r"^([A-Z]+-\d+)\b")


class Heading(NamedTuple):
    """A heading: its level from 1, number as printed with what follows it (``""`` for none), text, bookmark."""

    level: int
    number: str
    text: str
    bookmark: str


class Contents(NamedTuple):
    """What was found and written: headings in order and, for each contents entry, where its page number goes.

    ``fields`` are the opening field characters of the tables of contents.
    """

    headings: tuple[Heading, ...]
    entries: tuple[tuple[int, Any], ...]
    fields: tuple[Any, ...]

    def number_pages(self, pages: Sequence[int]) -> None:
        """Writes the page of each entry's heading; ``pages`` has one page, from 1, for every heading."""
        for heading, text in self.entries:
            text.text = str(pages[heading])

    def leave_to_word(self) -> None:
        """Marks the tables of contents so that Word fills in the page numbers itself."""
        for field in self.fields:
            field.set(f"{W}dirty", "true")


def completed(body: Any, styles: Any, numbering: Any) -> Contents:
    """Bookmarks headings, numbers captions, links item codes and fills the tables of contents of ``body``."""
    known = heading_styles(styles)
    headings, anchors = _bookmarked(body, known, formats(numbering))
    _number_captions(body)
    _keep_small_tables_whole(body)
    _link_items(body, anchors)
    entries: list[tuple[int, Any]] = []
    fields = []
    for instruction in list(body.iter(f"{W}instrText")):
        match = _TOC.match(instruction.text or "")
        if match:
            opening, written = _fill(instruction, headings, int(match[1]))
            fields.append(opening)
            entries += written
    return Contents(tuple(headings), tuple(entries), tuple(fields))


def _bookmarked(
    body: Any, known: Mapping[str, HeadingStyle], lists: Mapping[int, list[tuple[str, str, str]]]
) -> tuple[list[Heading], dict[str, str]]:
    headings: list[Heading] = []
    anchors: dict[str, str] = {}
    counters: dict[int, list[int]] = {}
    for paragraph, style in _styled(body, known):
        text = text_of(paragraph)
        if not text.strip():
            continue
        bookmark = f"_Toc{len(headings) + 1:06d}"
        number, gap = next_number(known[style], lists, counters)
        _bookmark(paragraph, bookmark, len(headings) + len(anchors) + 1)
        headings.append(Heading(known[style].level + 1, number + gap, text, bookmark))
        item = _ITEM.match(text)
        if item and item[1] not in anchors:
            anchors[item[1]] = f"item_{item[1].replace('-', '_')}"
            _bookmark(paragraph, anchors[item[1]], len(headings) + len(anchors))
    return headings, anchors


def _styled(body: Any, known: Mapping[str, HeadingStyle]) -> Iterator[tuple[Any, str]]:
    for style in body.iter(f"{W}pStyle"):
        identifier = style.get(f"{W}val")
        if identifier in known:
            yield style.getparent().getparent(), identifier


def text_of(paragraph: Any) -> str:
    """The text of a paragraph, tabs and breaks as blanks."""
    return "".join(
        (node.text or "") if node.tag == f"{W}t" else " "
        for node in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br")
        if node.getparent().tag == f"{W}r"
    )


def _bookmark(paragraph: Any, name: str, identifier: int) -> None:
    start = etree.Element(f"{W}bookmarkStart")
    start.set(f"{W}id", str(identifier))
    start.set(f"{W}name", name)
    end = etree.Element(f"{W}bookmarkEnd")
    end.set(f"{W}id", str(identifier))
    properties = paragraph.find(f"{W}pPr")
    paragraph.insert(0 if properties is None else paragraph.index(properties) + 1, start)
    paragraph.append(end)


def _number_captions(body: Any) -> None:
    counts: dict[str, int] = {}
    for instruction in body.iter(f"{W}instrText"):
        words = (instruction.text or "").split()
        if words[:1] == ["SEQ"] and len(words) > 1:
            counts[words[1]] = counts.get(words[1], 0) + 1
            for text in _result_texts(instruction):
                text.text = str(counts[words[1]])


def _keep_small_tables_whole(body: Any) -> None:
    """Every row but the last of a table of at most SMALL_TABLE rows stays on the page of the next one."""
    for table in body.iter(f"{W}tbl"):
        rows = table.findall(f"{W}tr")
        if len(rows) <= SMALL_TABLE and rows[-2:-1] and not _stays(rows[-2]):
            for row in rows[:-1]:
                for properties in row.iterfind(f"{W}tc/{W}p/{W}pPr"):
                    if properties.find(f"{W}keepNext") is None:
                        styled = properties.find(f"{W}pStyle") is not None
                        properties.insert(int(styled), etree.Element(f"{W}keepNext"))


def _stays(row: Any) -> bool:
    return row.find(f"{W}tc/{W}p/{W}pPr/{W}keepNext") is not None


def _result_texts(instruction: Any) -> Iterator[Any]:
    """The text elements between a field's separator and its end, within the same paragraph."""
    shown = False
    for run in instruction.getparent().itersiblings(f"{W}r"):
        mark = run.find(f"{W}fldChar")
        kind = "" if mark is None else mark.get(f"{W}fldCharType")
        if kind == "end":
            return
        if shown:
            yield from run.iter(f"{W}t")
        shown = shown or kind == "separate"


def _link_items(body: Any, anchors: dict[str, str]) -> None:
    """Codes in the character style ItemLink lead to the heading that starts with the same code."""
    if not anchors:
        return
    for style in list(body.iter(f"{W}rStyle")):
        if style.get(f"{W}val") != "ItemLink":
            continue
        run = style.getparent().getparent()
        anchor = anchors.get("".join(text.text or "" for text in run.iter(f"{W}t")).strip())
        if anchor:
            link = etree.Element(f"{W}hyperlink")
            link.set(f"{W}anchor", anchor)
            link.set(f"{W}history", "1")
            run.getparent().replace(run, link)
            link.append(run)


def _fill(instruction: Any, headings: list[Heading], deepest: int) -> tuple[Any, list[tuple[int, Any]]]:
    """Replaces the waiting line of a table of contents by its entries, all inside the same field."""
    first = next(instruction.iterancestors(f"{W}p"))
    opening = next(first.iter(f"{W}fldChar"))
    code = instruction.text
    parent, position = first.getparent(), first.getparent().index(first)
    parent.remove(first)
    written: list[tuple[int, Any]] = []
    listed = [(number, heading) for number, heading in enumerate(headings) if heading.level <= deepest]
    paragraphs = []
    for number, heading in listed:
        paragraph, page = _entry(heading)
        paragraphs.append(paragraph)
        written.append((number, page))
    last = _paragraph("TOC1") if not paragraphs else paragraphs[-1]
    start = paragraphs[0] if paragraphs else last
    lead = [_run(opening), _run(_element("instrText", code)), _run(_mark("separate"))]
    for offset, run in enumerate(lead):
        start.insert(1 + offset, run)
    last.append(_run(_mark("end")))
    for offset, paragraph in enumerate(paragraphs or [last]):
        parent.insert(position + offset, paragraph)
    return opening, written


def _entry(heading: Heading) -> tuple[Any, Any]:
    paragraph = _paragraph(f"TOC{heading.level}")
    link = etree.SubElement(paragraph, f"{W}hyperlink")
    link.set(f"{W}anchor", heading.bookmark)
    link.set(f"{W}history", "1")
    before, tabbed, after = (heading.number + heading.text).partition("\t")
    link.append(_run(_element("t", before)))
    if tabbed:
        link.append(_run(etree.Element(f"{W}tab")))
        link.append(_run(_element("t", after)))
    link.append(_run(etree.Element(f"{W}tab")))
    page = _element("t", "")
    for child in (_mark("begin"), _element("instrText", f" PAGEREF {heading.bookmark} \\h "), _mark("separate"), page):
        link.append(_run(child))
    link.append(_run(_mark("end")))
    return paragraph, page


def _paragraph(style: str) -> Any:
    paragraph = etree.Element(f"{W}p")
    properties = etree.SubElement(paragraph, f"{W}pPr")
    etree.SubElement(properties, f"{W}pStyle").set(f"{W}val", style)
    return paragraph


def _run(child: Any) -> Any:
    run = etree.Element(f"{W}r")
    run.append(child)
    return run


def _element(name: str, text: str | None) -> Any:
    element = etree.Element(f"{W}{name}")
    element.text = text
    element.set(_SPACE, "preserve")
    return element


def _mark(kind: str) -> Any:
    mark = etree.Element(f"{W}fldChar")
    mark.set(f"{W}fldCharType", kind)
    return mark

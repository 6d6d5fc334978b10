"""XML as bytes with places: a small tree whose nodes know their byte offsets, and text going in and out of it.

The offsets are what makes it possible to replace one element and leave every other byte alone.
Not here: what the elements of a workbook mean.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.parsers import expat

from automation.base.records import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TAG = re.compile(rb"""<[^\s/>]+[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>""")
"""One start tag; ``>`` may stand inside quoted attribute values."""
ATTRIBUTE = re.compile(rb"""\s+([^\s=/>]+)\s*=\s*("[^"]*"|'[^']*')""")
HIDDEN = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>", re.DOTALL)
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
WHOLE = re.compile(r"-?[0-9]{1,10}")
PIECE = 1_000_000
DEEPEST = 200
"""Elements inside one another; the parts of workbooks have about twenty."""


class MarkupError(Exception):
    """The bytes are not well-formed XML."""


@dataclass(slots=True)
class Node:
    """One element: ``xml[start:end]``, of which ``xml[inner:close]`` stands between its tags.

    For ``<a/>`` ``inner``, ``close`` and ``end`` are the same offset. ``name`` is without prefix, ``space`` the namespace;
    attribute names in a namespace read ``uri name``. ``text`` is the element's own text, children's left out.
    """

    name: str
    space: str
    attributes: dict[str, str]
    start: int
    inner: int
    close: int = 0
    end: int = 0
    text: str = ""
    children: list[Node] = field(default_factory=list)

    def child(self, name: str) -> Node | None:
        """The first child of this name, ``None`` when there is none."""
        return next((node for node in self.children if node.name == name), None)

    def all(self, name: str) -> Iterator[Node]:
        """This node and everything under it that has this name, in document order."""
        if self.name == name:
            yield self
        for node in self.children:
            yield from node.all(name)

    def number(self, name: str, default: int | None = None) -> int:
        """A whole number from an attribute; ``MarkupError`` when it is none, or missing without default."""
        text = self.attributes.get(name)
        if text is None and default is not None:
            return default
        if text is None or not WHOLE.fullmatch(text):
            raise MarkupError(f"{self.name}@{name}")
        return int(text)

    def required(self, name: str) -> str:
        """The text of an attribute; ``MarkupError`` when it is missing."""
        if name not in self.attributes:
            raise MarkupError(f"{self.name}@{name}")
        return self.attributes[name]

    @property
    def is_empty_tag(self) -> bool:
        """Whether the element is written as ``<a/>``."""
        return self.inner == self.end


def parse(xml: bytes) -> Node:
    """The tree of a whole document; ``MarkupError`` when it is not well formed."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.ordered_attributes = False
    stack: list[Node] = []
    roots: list[Node] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        place = parser.CurrentByteIndex
        tag = TAG.match(xml, place)
        if tag is None or len(stack) > DEEPEST:
            raise MarkupError(name)
        space, _, local = name.rpartition(" ")
        node = Node(local, space, attributes, place, tag.end())
        (stack[-1].children if stack else roots).append(node)
        stack.append(node)

    def end(_name: str) -> None:
        # For <a/> expat reports the place after the tag, for </a> the place of the end tag itself.
        node = stack.pop()
        if is_self_closing(xml, node.inner):
            node.close = node.end = node.inner
            return
        node.close = parser.CurrentByteIndex
        node.end = xml.index(b">", node.close) + 1

    def text(data: str) -> None:
        if stack:
            stack[-1].text += data

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    try:
        parser.Parse(xml, True)  # noqa: FBT003 - expat takes no keywords
    except expat.ExpatError as error:
        raise MarkupError(str(error)) from error
    return roots[0]


def is_self_closing(xml: bytes, end: int) -> bool:
    """Whether the tag that ends before the offset ``end`` is one like ``<a/>``."""
    return xml[end - 2 : end] == b"/>"


def check_well_formed(xml: bytes) -> None:
    """Nothing when the document is well formed, else ``MarkupError``."""
    parser = expat.ParserCreate(namespace_separator=" ")
    view = memoryview(xml)
    try:
        # In pieces, because expat copies what it is given.
        for start in range(0, len(xml), PIECE):
            parser.Parse(view[start : start + PIECE], False)  # noqa: FBT003 - expat takes no keywords
        parser.Parse(b"", True)  # noqa: FBT003 - expat takes no keywords
    except expat.ExpatError as error:
        raise MarkupError(str(error)) from error


def blanked(xml: bytes) -> bytes:
    """The same bytes with comments, CDATA sections and processing instructions turned to spaces.

    Offsets stay the same, and every ``<`` that is left begins a tag.
    """
    if b"<!--" not in xml and b"<![CDATA[" not in xml and xml.find(b"<?", 5) < 0:
        return xml
    return HIDDEN.sub(lambda match: b" " * len(match.group()), xml)


def prefix_of(xml: bytes, node: Node) -> bytes:
    """The namespace prefix with which an element is written, with its colon; ``b""`` when it has none."""
    name = re.compile(rb"<([^\s/>:]+:)?").match(xml, node.start)
    return (name.group(1) or b"") if name else b""


def splice(xml: bytes, pieces: Iterable[tuple[int, int, bytes]]) -> bytes:
    """The bytes with each ``xml[start:end]`` replaced; pieces that insert at one place keep their order."""
    view = memoryview(xml)
    parts: list[bytes | memoryview] = []
    place = 0
    for start, end, piece in sorted(pieces, key=lambda item: item[:2]):
        if start < place:
            raise ValueError(start)
        parts += [view[place:start], piece]
        place = end
    return b"".join([*parts, view[place:]])


def tag_with(tag: bytes, changes: dict[bytes, bytes | None]) -> bytes:
    """A start tag with attributes set (raw, already escaped values) or, with ``None``, taken out; others stay as they are."""
    pending = dict(changes)

    def change(match: re.Match[bytes]) -> bytes:
        name = match.group(1)
        if name not in pending:
            return match.group(0)
        value = pending.pop(name)
        if value is None:
            return b""
        start = match.start(2) - match.start()
        return match.group()[:start] + b'"' + value + b'"'

    body = ATTRIBUTE.sub(change, tag)
    added = b"".join(b" " + name + b'="' + value + b'"' for name, value in pending.items() if value is not None)
    if not added:
        return body
    cut = len(body) - (2 if body.endswith(b"/>") else 1)
    return body[:cut].rstrip() + added + body[cut:]


def attribute_text(text: str) -> bytes:
    """Text as it stands inside a double-quoted attribute."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return text.replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;").encode()


def element_text(text: str) -> bytes:
    """Text as it stands between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;").encode()


def cell_text(text: str) -> str:
    """Text with Excel's ``_xHHHH_`` escapes for what XML cannot hold, literal ``_xHHHH_`` escaped as well."""
    text = ESCAPED.sub(lambda match: f"_x005F{match.group()}", text)
    return UNSAFE.sub(lambda match: f"_x{ord(match.group()):04X}_", text)


def plain_text(text: str) -> str:
    """What Excel shows for text with ``_xHHHH_`` escapes; the reverse of ``cell_text``."""
    if "_x" not in text:
        return text
    return ESCAPED.sub(lambda match: chr(int(match.group(1), 16)), text)

"""XML from outside as a plain tree, read so that a hostile file costs nothing: no document type, no entities, limits.

Not here: what the elements mean (``mspdi``, ``reqif``).
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple
from xml.parsers import expat

from automation.base.errors import AutomationError
from automation.base.findings import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST_BYTES = 512_000_000
MOST_ELEMENTS = 20_000_000
DEEPEST = 40
"""Elements inside one another; plans have about eight."""
LONGEST_TEXT = 1_000_000
"""Characters of one element's text; longer ones (embedded pictures, notes) are cut."""
PIECE = 1 << 20
HEAD = 200
"""Bytes in which a file says its coding."""
_CHINESE = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"'](gb18030|gbk|gb2312|cp936|gb_2312-80)[\"']", re.IGNORECASE)


class Kind(NamedTuple):
    """What an error calls the file, and how the codes of errors begin."""

    name: Text
    code: str


PLAN = Kind(Text("该计划文件", "The plan file"), "plan-xml")
_NONE: Mapping[str, str] = MappingProxyType({})


class Node:
    """One element: its name without namespace, its own text, its children.

    Only where asked for: ``attributes`` by name (those of a namespace with ``uri name``), and ``tail``, the text between its
    end and the next element, which else is part of its parent's text.
    """

    __slots__ = ("attributes", "children", "name", "tail", "text")

    def __init__(self, name: str) -> None:
        self.name = name
        self.text = ""
        self.tail = ""
        self.attributes = _NONE
        self.children: list[Node] = []

    def child(self, name: str) -> Node | None:
        """The first child of that name."""
        for node in self.children:
            if node.name == name:
                return node
        return None

    def all(self, *path: str) -> Iterator[Node]:
        """Every element at the end of a path of names from here."""
        found = [self]
        for name in path:
            found = [child for node in found for child in node.children if child.name == name]
        return iter(found)

    def values(self) -> dict[str, str]:
        """The text of each child by name, the first of each."""
        values: dict[str, str] = {}
        for node in self.children:
            if node.name not in values:
                values[node.name] = node.text.strip()
        return values


def unreadable(zh: str, en: str, code: str = "", kind: Kind = PLAN) -> AutomationError:
    """The one error for a file that cannot be read, with what is wrong."""
    text = Text(f"无法读取{kind.name.zh}：{zh}", f"{kind.name.en} cannot be read: {en}")
    return AutomationError(text, code=code or kind.code)


class _Tree:
    """What expat reports, put together."""

    def __init__(self, kind: Kind, deepest: int) -> None:
        self.kind = kind
        self.deepest = deepest
        self.root: Node | None = None
        self._stack: list[Node] = []
        self._elements = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        del attributes
        self._elements += 1
        if len(self._stack) >= self.deepest or self._elements > MOST_ELEMENTS:
            raise unreadable("嵌套过深或元素过多。", "it has too many elements, or too deep ones.", kind=self.kind)
        node = Node(name.rpartition(" ")[2])
        if self._stack:
            self._stack[-1].children.append(node)
        else:
            self.root = node
        self._stack.append(node)

    def end(self, _name: str) -> None:
        self._stack.pop()

    def text(self, data: str) -> None:
        if self._stack and len(self._stack[-1].text) < LONGEST_TEXT:
            self._stack[-1].text += data

    def refuse(self, *_declared: object) -> None:
        raise unreadable(
            "其中含有 DOCTYPE 或实体声明，出于安全不予读取；请重新另存为普通的 XML。",
            "it declares a document type or entities, which is refused for safety; save it as plain XML.",
            f"{self.kind.code}-doctype",
            self.kind,
        )


class _FullTree(_Tree):
    """As ``_Tree``, with attributes and with text where it stands between elements."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        super().start(name, attributes)
        if attributes:
            self._stack[-1].attributes = attributes

    def text(self, data: str) -> None:
        within = self._stack[-1] if self._stack else None
        if within is None or not within.children:
            super().text(data)
        elif len(within.children[-1].tail) < LONGEST_TEXT:
            within.children[-1].tail += data


def _decoded(data: bytes, kind: Kind) -> tuple[bytes, str | None]:
    """The bytes in UTF-8 where they say that they are in a Chinese coding, which expat does not know; and that they are."""
    declared = _CHINESE.match(data[:HEAD])
    if declared is None:
        return data, None
    try:
        return data.decode("gb18030").encode(), "utf-8"
    except UnicodeDecodeError as error:
        raise unreadable(
            f"文件声明的编码是 {declared[1].decode()}，内容却不是；请另存为 UTF-8 的 XML。",
            f"it says that it is in {declared[1].decode()} and is not; save it as XML in UTF-8.",
            kind=kind,
        ) from error


def parse(data: bytes, kind: Kind = PLAN, *, full: bool = False, deepest: int = DEEPEST) -> Node:
    """The tree of a whole document; ``full`` with attributes and tails.

    Raises AutomationError when it is too large, not well formed, or has a document type.
    """
    if len(data) > MOST_BYTES:
        raise unreadable("文件过大。", "it is too large.", kind=kind)
    data, coding = _decoded(data, kind)
    tree = (_FullTree if full else _Tree)(kind, deepest)
    parser = expat.ParserCreate(coding, namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = tree.start
    parser.EndElementHandler = tree.end
    parser.CharacterDataHandler = tree.text
    parser.StartDoctypeDeclHandler = tree.refuse
    parser.EntityDeclHandler = tree.refuse
    view = memoryview(data)
    try:
        for start in range(0, len(data), PIECE):
            parser.Parse(view[start : start + PIECE], False)  # noqa: FBT003 - expat takes no keywords
        parser.Parse(b"", True)  # noqa: FBT003 - expat takes no keywords
    except (expat.ExpatError, LookupError, ValueError) as error:
        line = getattr(error, "lineno", 0)
        raise unreadable(
            f"第{line}行起不是有效的 XML；请在原软件中重新另存为 XML。",
            f"it is not well-formed XML from line {line} on; save it as XML again in the program it came from.",
            kind=kind,
        ) from error
    if tree.root is None:
        raise unreadable("文件是空的。", "it is empty.", kind=kind)
    return tree.root

"""XML from outside as a plain tree, read so that a hostile file costs nothing: no document type, no entities, limits.

Not here: what the elements mean (``mspdi``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers import expat

from automation.base.errors import AutomationError
from automation.base.findings import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BYTES = 512_000_000
MOST_ELEMENTS = 20_000_000
DEEPEST = 40
"""Elements inside one another; plans have about eight."""
LONGEST_TEXT = 1_000_000
"""Characters of one element's text; longer ones (embedded pictures, notes) are cut."""
PIECE = 1 << 20


class Node:
    """One element: its name without namespace, its own text, its children."""

    __slots__ = ("children", "name", "text")

    def __init__(self, name: str) -> None:
        self.name = name
        self.text = ""
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


def unreadable(zh: str, en: str, code: str = "plan-xml") -> AutomationError:
    """The one error for a file that cannot be read, with what is wrong."""
    return AutomationError(Text(zh=f"无法读取该计划文件：{zh}", en=f"The plan file cannot be read: {en}"), code=code)


class _Tree:
    """What expat reports, put together."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self._stack: list[Node] = []
        self._elements = 0

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        self._elements += 1
        if len(self._stack) >= DEEPEST or self._elements > MOST_ELEMENTS:
            raise unreadable("嵌套过深或元素过多。", "it has too many elements, or too deep ones.")
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


def parse(data: bytes) -> Node:
    """The tree of a whole document.

    Raises AutomationError when it is too large, not well formed, or has a document type.
    """
    if len(data) > MOST_BYTES:
        raise unreadable("文件过大。", "it is too large.")
    tree = _Tree()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = tree.start
    parser.EndElementHandler = tree.end
    parser.CharacterDataHandler = tree.text
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
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
        ) from error
    if tree.root is None:
        raise unreadable("文件是空的。", "it is empty.")
    return tree.root


def _refuse(*_declared: object) -> None:
    raise unreadable(
        "其中含有 DOCTYPE 或实体声明，出于安全不予读取；请重新另存为普通的 XML。",
        "it declares a document type or entities, which is refused for safety; save it as plain XML.",
        "plan-xml-doctype",
    )

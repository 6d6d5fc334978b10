"""What is wrong with a template, each fault at its place: fields that no document has, tags and loops that are broken.

Tags are read paragraph by paragraph, as people see them, however Word has split them into runs. Not here: which fields
there are (``commands.document.template_fields``) and the filling (``filling``).
"""

from __future__ import annotations

import difflib
import io
import re
import zipfile
from typing import TYPE_CHECKING, Any, NamedTuple

import docx
import jinja2
from docx.opc.exceptions import OpcError
from docx.text.paragraph import Paragraph
from jinja2 import nodes

from automation.base.errors import TemplateError
from automation.base.findings import Text
from automation.word.contents import text_of
from automation.word.headings import W
from automation.word.sandbox import TemplateEnvironment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Shape = Any
"""What a value is made of: a dict of shapes by name, a list of one shape, ``None`` for anything else; ``OPEN``."""
OPEN = "open"
"""The shape of what is not known, such as the elements of a list that is always empty: any field of it may be there."""

LOOP = dict.fromkeys(("index", "index0", "first", "last", "length", "revindex", "revindex0"))
_TAG = re.compile(r"\{\{(?P<shown>.*?)\}\}|\{%(?P<where>p|tr|tc|r)?\s+(?P<done>.*?)\s*%\}", re.DOTALL)
_BROKEN = re.compile(r"\{\{(?!.*?\}\})|\{%(?!.*?%\})|(?<!\{)\{(?=[a-z_.]+\}\})", re.DOTALL)
_SHOWN = 40
_ENDS = {"endfor": "for", "endif": "if"}


class Place(NamedTuple):
    """Where a paragraph stands: in which part, its number there, and of a table its number, row and column, from 1."""

    part: Text
    paragraph: int
    table: int = 0
    row: int = 0
    column: int = 0

    def text(self) -> Text:
        """The place in words."""
        zh, en = self.part.zh, self.part.en
        if self.table:
            return Text(
                f"{zh}第 {self.table} 个表格第 {self.row} 行第 {self.column} 列",
                f"{en}, table {self.table}, row {self.row}, column {self.column}",
            )
        return Text(f"{zh}第 {self.paragraph} 段", f"{en}, paragraph {self.paragraph}")


class Fault(NamedTuple):
    """One thing that is wrong: its place, the words around it, what is wrong and what to write instead."""

    place: Place
    near: str
    what: Text
    node: Any
    field: str = ""

    def sentence(self) -> Text:
        """Place, words and fault in one sentence."""
        where = self.place.text()
        return Text(f"{where.zh}“{self.near}”：{self.what.zh}", f"{where.en}, “{self.near}”: {self.what.en}")


class Checked(NamedTuple):
    """The faults of a template in its order, and the fields of the first level that it does not use."""

    faults: tuple[Fault, ...]
    unused: tuple[str, ...]


class _Open(NamedTuple):
    """A tag that waits for its end: its name, the variable and the shape of a loop, where it stands."""

    name: str
    variable: str
    shape: Shape
    paragraph: _Read
    where: str


class _Read(NamedTuple):
    """A paragraph as read."""

    place: Place
    text: str
    node: Any
    table: Any


def check(template: bytes, shape: Mapping[str, Shape]) -> Checked:
    """Everything that is wrong with a template for a document of that shape. Raises TemplateError for no Word file."""
    document = opened(template)
    known = dict(shape)
    reader = _Reader(known)
    for part, title in _parts(document):
        reader.begin()
        for read in _paragraphs(part, title):
            reader.read(read)
        reader.end()
    unused = tuple(name for name in known if name not in reader.used and name not in {"properties", "pictures"})
    return Checked(tuple(reader.faults), unused)


def opened(template: bytes) -> Any:
    """The template as a Word document. Raises TemplateError when it is none."""
    try:
        return docx.Document(io.BytesIO(template))
    except (OpcError, zipfile.BadZipFile, OSError, LookupError, ValueError) as error:
        raise TemplateError(
            Text(
                f"这不是 Word 文档(.docx)或已损坏（{type(error).__name__}）：请用 Word 重新保存。",
                f"This is no Word document (.docx), or it is damaged ({type(error).__name__}): save it again in Word.",
            ),
            code="DAMAGED",
        ) from error


def shape_of(value: Any) -> Shape:
    """The shape of a value; of a list that of all its elements together."""
    if isinstance(value, dict):
        return {name: shape_of(content) for name, content in value.items()}
    if isinstance(value, (list, tuple)):
        merged: Shape = None
        for number, element in enumerate(value):
            merged = shape_of(element) if not number else merged_shape(merged, shape_of(element))
        return [merged if value else OPEN]
    return None


def merged_shape(one: Shape, other: Shape) -> Shape:
    """What both shapes have together."""
    if OPEN in (one, other):
        return other if one == OPEN else one
    if isinstance(one, dict) and isinstance(other, dict):
        names = dict.fromkeys((*one, *other))
        return {
            name: merged_shape(one[name], other[name])
            if name in one and name in other
            else one.get(name, other.get(name))
            for name in names
        }
    if isinstance(one, list) and isinstance(other, list):
        return [merged_shape(one[0], other[0])]
    return one if isinstance(one, (dict, list)) else other


def with_comments(template: bytes, faults: Sequence[Fault]) -> bytes:
    """A copy of the template in which each fault is a comment at its paragraph; those in headers have none in Word."""
    document = opened(template)
    body = document.element.body
    paragraphs = list(body.iter(f"{W}p"))
    original = list(opened(template).element.body.iter(f"{W}p"))
    places = {
        original[number].getroottree().getpath(original[number]): paragraphs[number] for number in range(len(original))
    }
    for fault in faults:
        node = places.get(fault.node.getroottree().getpath(fault.node)) if fault.node is not None else None
        if node is None:
            continue
        found = Paragraph(node, document)
        runs = found.runs or [found.add_run("")]
        sentence = fault.what
        document.add_comment(runs, text=f"{sentence.zh}\n{sentence.en}", author="Deliverybook", initials="DB")
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _parts(document: Any) -> Iterator[tuple[Any, Text]]:
    yield document.element.body, Text("正文", "Text")
    seen: set[int] = set()
    for section in document.sections:
        for part, title in (
            (section.header, Text("页眉", "Header")),
            (section.footer, Text("页脚", "Footer")),
            (section.first_page_header, Text("首页页眉", "First header")),
            (section.first_page_footer, Text("首页页脚", "First footer")),
        ):
            element = part._element  # noqa: SLF001 - python-docx has no other way to the part's content
            if not part.is_linked_to_previous and id(element) not in seen:
                seen.add(id(element))
                yield element, title


def _paragraphs(part: Any, title: Text) -> Iterator[_Read]:
    """Every paragraph of a part in order, those of tables with their place there."""
    tables = {table: number for number, table in enumerate(part.iter(f"{W}tbl"), 1)}
    for number, node in enumerate(part.iter(f"{W}p"), 1):
        cell = next(node.iterancestors(f"{W}tc"), None)
        if cell is None:
            yield _Read(Place(title, number), text_of(node), node, None)
            continue
        row, table = cell.getparent(), next(cell.iterancestors(f"{W}tbl"))
        place = Place(
            title,
            number,
            tables.get(table, 0),
            table.findall(f"{W}tr").index(row) + 1 if row in table.findall(f"{W}tr") else 0,
            row.findall(f"{W}tc").index(cell) + 1,
        )
        yield _Read(place, text_of(node), node, table)


class _Reader:
    """Walks through the tags of a part with the loops that are open."""

    def __init__(self, known: Mapping[str, Shape]) -> None:
        self.known = known
        self.faults: list[Fault] = []
        self.used: set[str] = set()
        self.stack: list[_Open] = []
        self.environment = TemplateEnvironment()

    def begin(self) -> None:
        self.stack = []

    def read(self, read: _Read) -> None:
        for match in _TAG.finditer(read.text):
            if match["shown"] is not None:
                self._expression(read, match[0], f"{{{{{match['shown']}}}}}")
            else:
                self._statement(read, match[0], match["done"], match["where"] or "")
        left = _TAG.sub("", read.text)
        broken = _BROKEN.search(left)
        if broken:
            self._fault(
                read,
                left[broken.start() :],
                Text(
                    "标记没有写完整，应为“{{ 字段 }}”或“{% … %}”", "the tag is not complete: {{ field }} or {% ... %}"
                ),
            )

    def end(self) -> None:
        for waiting in self.stack:
            ends = f"end{waiting.name}"
            tag = f"{{%{waiting.where} {ends} %}}"
            self._fault(
                waiting.paragraph,
                waiting.paragraph.text,
                Text(f"“{waiting.name}”没有结束，缺少“{tag}”", f"this {waiting.name} has no end: add {tag}"),
            )

    def _statement(self, read: _Read, tag: str, text: str, where: str) -> None:
        word = text.split(maxsplit=1)[0] if text.split() else ""
        if word in _ENDS:
            self._close(read, tag, _ENDS[word], where)
        elif word in {"else", "elif"}:
            if not self.stack:
                self._fault(read, tag, Text(f"“{word}”前面没有 if 或 for", f"{word} has no if or for before it"))
            elif word == "elif":
                self._expression(read, tag, "{% if " + text[4:] + " %}{% endif %}")
        elif word == "if":
            self._expression(read, tag, "{% " + text + " %}{% endif %}")
            self.stack.append(_Open("if", "", None, read, where))
        elif word == "for":
            self._loop(read, tag, text, where)
        else:
            self._fault(read, tag, Text(f"“{word}”不能用在模板里", f"templates have no “{word}”"))

    def _loop(self, read: _Read, tag: str, text: str, where: str) -> None:
        match = re.fullmatch(r"for\s+(\w+)\s+in\s+(.+)", text)
        if match is None:
            what = Text("循环应写成“for 变量 in 列表”", "a loop is written: for name in list")
            self._fault(read, tag, what)
            self.stack.append(_Open("for", "", OPEN, read, where))
            return
        shape = self._expression(read, tag, "{{ " + match[2] + " }}")
        if shape is None or isinstance(shape, dict):
            self._fault(read, tag, Text(f"“{match[2]}”不是列表，不能循环", f"“{match[2]}” is no list"), field=match[2])
            shape = OPEN
        element = shape[0] if isinstance(shape, list) else OPEN
        self.stack.append(_Open("for", match[1], element, read, where))

    def _close(self, read: _Read, tag: str, name: str, where: str) -> None:
        if not self.stack or self.stack[-1].name != name:
            self._fault(read, tag, Text(f"前面没有对应的“{name}”", f"there is no {name} before it"))
            return
        opening = self.stack.pop()
        if opening.where != where:
            mark = f"{{%{opening.where} end{name} %}}"
            what = Text(
                f"开头用“{{%{opening.where}”，结尾也应写成“{mark}”", f"it began with {{%{opening.where}: write {mark}"
            )
            self._fault(read, tag, what)
        elif where == "tr" and opening.paragraph.table is not read.table:
            what = Text("表格行的循环应在同一个表格里结束", "a loop over rows ends in the table in which it began")
            self._fault(read, tag, what)

    def _expression(self, read: _Read, tag: str, source: str) -> Shape:
        """The shape of what a tag shows or asks for; every name of it is looked up."""
        try:
            tree = self.environment.parse(source)
        except (jinja2.TemplateSyntaxError, RecursionError) as error:
            reason = " ".join(str(error).split())[:_SHOWN]
            self._fault(read, tag, Text(f"标记写错了（{reason}）", f"the tag is wrong ({reason})"))
            return OPEN
        shape: Shape = OPEN
        for chain in _chains(tree):
            shape = self._look_up(read, tag, chain)
        return shape

    def _look_up(self, read: _Read, tag: str, chain: tuple[str, ...]) -> Shape:
        shape: Shape = self._names()
        for position, name in enumerate(chain):
            if shape == OPEN:
                return OPEN
            if not isinstance(shape, dict) or name not in shape:
                self._unknown(read, tag, chain, shape if isinstance(shape, dict) else {}, position)
                return OPEN
            shape = shape[name]
        if chain[0] in self.known:
            self.used.add(chain[0])
        return shape

    def _names(self) -> dict[str, Shape]:
        names = dict(self.known)
        for opening in self.stack:
            if opening.name == "for":
                names["loop"] = LOOP
                if opening.variable:
                    names[opening.variable] = opening.shape
        return names

    def _unknown(
        self, read: _Read, tag: str, chain: tuple[str, ...], known: Mapping[str, Shape], position: int
    ) -> None:
        field = ".".join(chain)
        near = difflib.get_close_matches(chain[position], list(known), n=1, cutoff=0.5)
        proposed = ".".join((*chain[:position], near[0], *chain[position + 1 :])) if near else ""
        zh = f"没有字段“{field}”" + (f"，是否应为“{proposed}”" if proposed else "")
        en = f"there is no field “{field}”" + (f" (did you mean “{proposed}”?)" if proposed else "")
        if not proposed and known:
            some = list(known)[:8]
            zh += f"，这里可以用：{'、'.join(some)}"
            en += f"; here are: {', '.join(some)}"
        self._fault(read, tag, Text(zh, en), field=field)

    def _fault(self, read: _Read, near: str, what: Text, *, field: str = "") -> None:
        words = " ".join(near.split())
        shown = words if len(words) <= _SHOWN else words[:_SHOWN] + "…"
        self.faults.append(Fault(read.place, shown, what, read.node, field))


def _chains(tree: nodes.Node) -> Iterable[tuple[str, ...]]:
    """The names that an expression reads, such as ``("row", "name")``, outermost last part first found."""
    inner: set[int] = set()
    for node in tree.find_all((nodes.Getattr, nodes.Getitem, nodes.Name)):
        if id(node) in inner or (isinstance(node, nodes.Name) and node.ctx != "load"):
            continue
        chain: list[str] = []
        current: nodes.Node = node
        while isinstance(current, (nodes.Getattr, nodes.Getitem)):
            inner.add(id(current.node))
            if isinstance(current, nodes.Getattr):
                chain.append(current.attr)
            elif isinstance(current.arg, nodes.Const) and isinstance(current.arg.value, str):
                chain.append(current.arg.value)
            else:
                chain = []
            current = current.node
        if isinstance(current, nodes.Name) and current.ctx == "load":
            yield (current.name, *reversed(chain))

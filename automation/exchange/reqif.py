"""ReqIF (Requirements Interchange Format 1.x of the OMG): bytes in, a table of the objects out, a row each.

Attributes are columns by their names; enumerations give the names of their values, formatted text its words. Objects that are
nothing but the heading of a chapter are no rows: their names are the chapter of what stands below them.
Source: OMG ReqIF 1.2, formal/2016-07-01; the names of attributes that begin with ``ReqIF.`` are those of the prostep ivip
implementation guide. Not here: what the columns mean (``commands.importing_columns``), the zip of .reqifz (``archive``).
"""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any, NamedTuple

from automation.base.findings import Text
from automation.exchange.markup import Kind, parse, unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from automation.exchange.markup import Node

REQIF = Kind(Text("该 ReqIF 文件", "The ReqIF file"), "reqif")
DEEPEST = 300
"""Elements inside one another: two for each level of a hierarchy, and those of formatted text."""
CHAPTER, TEXT, NAME, FOREIGN = "ReqIF.ChapterName", "ReqIF.Text", "ReqIF.Name", "ReqIF.ForeignID"
LONG_NAME, DESC, SUMMARY, PATH, LEVEL = "LONG-NAME", "DESC", "ReqIF.Summary", "ReqIF.Chapter", "ReqIF.Level"
"""Columns beside the attributes: the object's own name and description, the first sentence of its text, and where it stands."""
COLUMNS: Mapping[str, str] = {
    NAME: "title",
    TEXT: "description",
    LONG_NAME: "title",
    DESC: "description",
    SUMMARY: "title",
}
"""The columns of requirements for headings of this module, of several for one column the first that is there."""
_SUMMARY_LENGTH = 60
_DIGITS = 15
_SENTENCE_ENDS = "。！？；\n"
_LINES = frozenset(
    {"br", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ol", "p", "pre", "table", "tr", "ul"}
)
_BESIDE = frozenset({"dd", "td", "th"})
_TRUTH = {"true": "yes", "1": "yes", "false": "no", "0": "no"}


class Reading(NamedTuple):
    """The objects of a file: ``headings`` and ``rows`` of equal length, ``names`` by which a person knows the rows.

    ``pictures`` were in texts, and ``relations`` between objects in the file; neither is in the table. ``doubled`` objects have
    the identifier of another.
    """

    headings: list[str]
    rows: list[list[Any]]
    names: list[str]
    pictures: int
    relations: int
    doubled: int = 0


class _Definition(NamedTuple):
    """One attribute of a type of objects: its name and the value of objects that say none."""

    name: str
    default: Any


class _Object(NamedTuple):
    """One object: its identifier, its values by attribute in the order of its type."""

    identifier: str
    values: Mapping[str, Any]


class _Spot(NamedTuple):
    """Where an object stands: below which chapters, how deep (from 1)."""

    identifier: str
    path: tuple[str, ...]
    level: int


def read_requirements(data: bytes) -> Reading:
    """The objects of a ReqIF file in the order of its specifications, those that stand in none at the end.

    Raises AutomationError when the bytes are no such file.
    """
    root = parse(data, REQIF, full=True, deepest=DEEPEST)
    if root.name != "REQ-IF":
        raise unreadable(
            f"根元素是 <{root.name[:40]}>，不是 <REQ-IF>。",
            f"its root is <{root.name[:40]}>, not <REQ-IF>.",
            kind=REQIF,
        )
    contents = list(root.all("CORE-CONTENT", "REQ-IF-CONTENT"))
    choices = {
        value.attributes.get("IDENTIFIER", ""): _called(value)
        for content in contents
        for value in content.all("DATATYPES", "DATATYPE-DEFINITION-ENUMERATION", "SPECIFIED-VALUES", "ENUM-VALUE")
    }
    types = _types(contents, choices)
    objects: dict[str, _Object] = {}
    doubled = 0
    for node in (one for content in contents for one in content.all("SPEC-OBJECTS", "SPEC-OBJECT")):
        found = _object(node, types, choices)
        doubled += bool(found.identifier) and found.identifier in objects
        key = found.identifier if found.identifier and found.identifier not in objects else f"#{len(objects) + 1}"
        objects[key] = found if found.identifier else found._replace(identifier=key)
    placed = list(_placed(contents, objects))
    known = {spot.identifier for spot in placed}
    placed += [_Spot(identifier, (), 1) for identifier in objects if identifier not in known]
    relations = sum(1 for content in contents for _ in content.all("SPEC-RELATIONS", "SPEC-RELATION"))
    pictures = sum(_pictures(node) for content in contents for node in content.all("SPEC-OBJECTS"))
    return _table(objects, placed, pictures, relations)._replace(doubled=doubled)


def _table(objects: Mapping[str, _Object], placed: Sequence[_Spot], pictures: int, relations: int) -> Reading:
    rows: list[Mapping[str, Any]] = []
    names: list[str] = []
    for spot in placed:
        one = objects[spot.identifier]
        if _is_chapter(one):
            continue
        rows.append({**one.values, SUMMARY: _summary(one), PATH: " / ".join(spot.path), LEVEL: spot.level})
        names.append(str(one.values.get(FOREIGN) or one.identifier))
    last = (LONG_NAME, DESC, SUMMARY, PATH, LEVEL)
    found = dict.fromkeys(name for row in rows for name, value in row.items() if value not in {None, ""})
    headings = [*(name for name in found if name not in last), *(name for name in last if name in found)]
    return Reading(headings, [[row.get(name) or None for name in headings] for row in rows], names, pictures, relations)


def _types(contents: Iterable[Node], choices: Mapping[str, str]) -> Mapping[str, Mapping[str, _Definition]]:
    """The attributes of each type of objects, by the identifiers of the type and of the attribute."""
    found: dict[str, Mapping[str, _Definition]] = {}
    for content in contents:
        for kind in content.all("SPEC-TYPES", "SPEC-OBJECT-TYPE"):
            attributes = {}
            for node in (one for holder in kind.all("SPEC-ATTRIBUTES") for one in holder.children):
                default = next((one for holder in node.all("DEFAULT-VALUE") for one in holder.children), None)
                value = None if default is None else _value(default, choices)
                attributes[node.attributes.get("IDENTIFIER", "")] = _Definition(_called(node), value)
            found[kind.attributes.get("IDENTIFIER", "")] = attributes
    return found


def _object(node: Node, types: Mapping[str, Mapping[str, _Definition]], choices: Mapping[str, str]) -> _Object:
    """One object with its values; the defaults of its type where it says none."""
    kind = next((ref.text.strip() for ref in node.all("TYPE", "SPEC-OBJECT-TYPE-REF")), "")
    definitions = types.get(kind, {})
    values = {definition.name: definition.default for definition in definitions.values()}
    for one in (child for holder in node.all("VALUES") for child in holder.children):
        reference = next((ref.text.strip() for holder in one.all("DEFINITION") for ref in holder.children), "")
        if reference in definitions:
            values[definitions[reference].name] = _value(one, choices)
    values[LONG_NAME] = node.attributes.get("LONG-NAME", "").strip()
    values[DESC] = node.attributes.get("DESC", "").strip()
    return _Object(node.attributes.get("IDENTIFIER", ""), values)


def _called(node: Node) -> str:
    return (node.attributes.get("LONG-NAME") or node.attributes.get("IDENTIFIER", "")).strip()


def _value(node: Node, choices: Mapping[str, str]) -> Any:
    """The value of an attribute; what is not written as its kind says stays the text that it is."""
    kind = node.name.rpartition("-")[2]
    if kind == "XHTML":
        formatted = node.child("THE-VALUE")
        return _words(formatted) if formatted is not None else None
    if kind == "ENUMERATION":
        references = (ref.text.strip() for ref in node.all("VALUES", "ENUM-VALUE-REF"))
        return ";".join(choices.get(reference, reference) for reference in references) or None
    text = node.attributes.get("THE-VALUE", "").strip()
    try:
        return _KINDS[kind](text) if text and kind in _KINDS else text or None
    except ValueError:
        return text


def _moment(text: str) -> Any:
    """A date, or date and time where the time is not midnight; zones are left out, as in workbooks."""
    moment = datetime.fromisoformat(text).replace(tzinfo=None)
    return moment.date() if moment.time() == time() else moment


def _whole(text: str) -> int:
    """A whole number. Raises ValueError for one with more digits than a workbook keeps: it is a name, and stays a text."""
    if len(text.lstrip("+-")) > _DIGITS:
        raise ValueError(text)
    return int(text)


def _truth(text: str) -> str:
    return _TRUTH.get(text.lower(), text)


_KINDS: Mapping[str, Callable[[str], Any]] = {"DATE": _moment, "INTEGER": _whole, "REAL": float, "BOOLEAN": _truth}


def _words(node: Node) -> str | None:
    """The words of formatted text: a line for each paragraph, row and item of a list."""
    pieces: list[str] = []
    _gather(node, pieces)
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line) or None


def _gather(node: Node, pieces: list[str]) -> None:
    pieces.append(node.text.replace("\n", " "))
    for child in node.children:
        name = child.name.lower()
        pieces.append("\n" if name in _LINES else " " if name in _BESIDE else "")
        _gather(child, pieces)
        pieces.append("\n" if name in _LINES else "")
        pieces.append(child.tail.replace("\n", " "))


def _pictures(node: Node) -> int:
    """How many pictures stand in formatted text; an object inside another is its replacement."""
    if node.name == "object" and node.attributes.get("type", "").startswith("image/"):
        return 1
    return sum(map(_pictures, node.children))


def _is_chapter(one: _Object) -> bool:
    """Whether an object is a heading only: it has the name of a chapter and no text."""
    return bool(one.values.get(CHAPTER)) and not one.values.get(TEXT) and not one.values.get(NAME)


def _summary(one: _Object) -> str | None:
    """The first sentence of an object's text, cut where it is long."""
    text = str(one.values.get(TEXT) or one.values.get(DESC) or "")
    ends = [at for sign in (*_SENTENCE_ENDS, ". ") if (at := text.find(sign)) > 0]
    first = text[: min(ends, default=len(text))].strip().rstrip(".")
    return (first if len(first) <= _SUMMARY_LENGTH else f"{first[: _SUMMARY_LENGTH - 1]}…") or None


def _placed(contents: Iterable[Node], objects: Mapping[str, _Object]) -> Iterator[_Spot]:
    """The objects in the order of the specifications, each where it stands first."""
    seen: set[str] = set()
    for content in contents:
        for specification in content.all("SPECIFICATIONS", "SPECIFICATION"):
            for spot in _below(specification, (), 1, objects):
                if spot.identifier in objects and spot.identifier not in seen:
                    seen.add(spot.identifier)
                    yield spot


def _below(node: Node, path: tuple[str, ...], level: int, objects: Mapping[str, _Object]) -> Iterator[_Spot]:
    for hierarchy in node.all("CHILDREN", "SPEC-HIERARCHY"):
        identifier = next((ref.text.strip() for ref in hierarchy.all("OBJECT", "SPEC-OBJECT-REF")), "")
        yield _Spot(identifier, path, level)
        one = objects.get(identifier)
        chapter = str(one.values[CHAPTER]) if one is not None and one.values.get(CHAPTER) else ""
        yield from _below(hierarchy, (*path, chapter) if chapter else path, level + 1, objects)

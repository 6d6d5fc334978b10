"""What a fresh workbook says in one language and in the other, pair by pair: read off two that are built for it.

Both are built by the same code, so their parts have the same elements in the same order. Not here: the workbook of a user
(``switching``).
"""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from automation.excel.book import Book
from automation.excel.language.formulas import Renaming, canonical, renamed, skeleton, texts
from automation.excel.package import Package
from automation.excel.scan import Worksheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from automation.base.findings import Language
    from automation.excel.areas import Place
    from automation.excel.markup import Node
    from automation.schema.catalogue import Catalogue

CORE = "docProps/core.xml"
VALIDATION = ("promptTitle", "prompt", "errorTitle", "error")
"""The attributes of a data validation that say something."""
BETWEEN = "\x1f"
_NAME, _CUSTOMER = "\ue000", "\ue001"
"""Stand for the names of project and customer in a workbook that is built to see where they go."""
_GROUPS = {_NAME: "name", _CUSTOMER: "customer"}
_HOLE = re.compile(f"[{_NAME}{_CUSTOMER}]")
_MARGINS = frozenset({"oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"})


class Terms(NamedTuple):
    """Old and new texts; one that has two new ones, or whose new one has two old ones, counts only at its own place."""

    everywhere: Mapping[str, str]
    placed: Mapping[tuple[object, str], str]

    def new(self, old: str, place: object = None) -> str | None:
        """What an old text becomes, ``None`` when it is none of ours."""
        found = self.placed.get((place, old))
        return self.everywhere.get(old) if found is None else found


class Named(NamedTuple):
    """A formula around names that differ from workbook to workbook: what the old one looks like, and the new one."""

    pattern: re.Pattern[str]
    new: str

    def filled(self, formula: str) -> str | None:
        """The new formula with the names of an old one, ``None`` when that is another."""
        match = self.pattern.fullmatch(formula)
        if match is None:
            return None
        return _HOLE.sub(lambda hole: match[_GROUPS[hole.group()]], self.new)


class Page(NamedTuple):
    """What one sheet says: its cells, formulas and texts in them, validations, tips of links, headers and footers, charts.

    ``skeletons`` are its formulas without texts. ``named`` are formulas that hold the names of project and customer with
    which the workbook was made. ``charts`` map what describes a chart to the new description and its texts.
    """

    cells: Terms
    formulas: Terms
    literals: Terms
    skeletons: frozenset[str]
    named: tuple[Named, ...]
    validations: Terms
    tips: Terms
    margins: Terms
    charts: Mapping[str, tuple[str, Terms]]


class Wording(NamedTuple):
    """What the sheets say, by their old names, the properties of the file, and all names of sheets, old and new."""

    pages: Mapping[str, Page]
    properties: Terms
    sheets: Mapping[str, str]


def wording(catalogue: Catalogue, old: Language, new: Language) -> Wording:
    """What fresh workbooks of a catalogue say in two languages. Builds them, which takes a second."""
    first, second = _built(catalogue, old), _built(catalogue, new)
    third, fourth = _built(catalogue, old, _NAME, _CUSTOMER), _built(catalogue, new, _NAME, _CUSTOMER)
    sheets = list(zip(first.package.sheets(), second.package.sheets(), strict=True))
    names = {one.name: other.name for one, other in sheets}
    pages = {
        one.name: _page(_Part(first, one.part), _Part(second, other.part), names)._replace(
            named=tuple(_named(_Part(third, one.part), _Part(fourth, other.part)))
        )
        for one, other in sheets
    }
    return Wording(pages, _terms(_both(first.tree(CORE), second.tree(CORE))), names)


def validation_text(node: Node) -> str:
    """What a data validation says, as one text."""
    return BETWEEN.join(node.attributes.get(name, "") for name in VALIDATION)


def said(root: Node) -> Iterator[Node]:
    """The elements that hold text, in document order."""
    if root.text.strip() and not root.children:
        yield root
    for child in root.children:
        yield from said(child)


def margins(root: Node) -> list[Node]:
    """The headers and footers of a sheet."""
    holder = root.child("headerFooter")
    return [node for node in holder.children if node.name in _MARGINS] if holder else []


def charts(book: Book, part: str) -> list[tuple[Node, str]]:
    """The charts on a sheet: the element that describes each, and its part."""
    found = []
    for drawing in book.package.relations(part):
        if drawing.kind != "drawing" or not book.package.has(drawing.target):
            continue
        targets = {one.id: one.target for one in book.package.relations(drawing.target) if one.kind == "chart"}
        for frame in book.tree(drawing.target).all("graphicFrame"):
            properties, chart = next(frame.all("cNvPr"), None), next(frame.all("chart"), None)
            identifiers = [value for name, value in chart.attributes.items() if name.endswith(" id")] if chart else []
            if properties is not None and identifiers and identifiers[0] in targets:
                found.append((properties, targets[identifiers[0]]))
    return found


class _Part(NamedTuple):
    """A worksheet part of a fresh workbook."""

    book: Book
    part: str


def _built(catalogue: Catalogue, language: Language, name: str = "", customer: str = "") -> Book:
    from automation.excel.master.building import build  # noqa: PLC0415 - XlsxWriter loads for this alone

    target = BytesIO()
    build(catalogue, language=language, path=target, name=name, customer=customer)
    return Book(Package(Path(f"{language}.xlsx"), target.getvalue()))


def _terms(pairs: Iterable[tuple[object, str, str]]) -> Terms:
    """The terms of texts, old and new, each with its place."""
    forward: dict[str, set[str]] = {}
    backward: dict[str, set[str]] = {}
    placed = {}
    for place, old, new in pairs:
        placed[place, old] = new
        forward.setdefault(old, set()).add(new)
        backward.setdefault(new, set()).add(old)
    sure = {old: next(iter(new)) for old, new in forward.items() if len(new) == 1}
    return Terms({old: new for old, new in sure.items() if len(backward[new]) == 1}, placed)


def _both(old: Node, new: Node) -> Iterator[tuple[object, str, str]]:
    """The texts of two parts, each with its number in order."""
    pairs = zip(said(old), said(new), strict=True)
    return ((at, one.text, other.text) for at, (one, other) in enumerate(pairs))


def _page(old: _Part, new: _Part, names: Mapping[str, str]) -> Page:
    before, after = (Worksheet(one.book.xml(one.part), one.part) for one in (old, new))
    cells, formulas = (
        [(place, text, found[place]) for place, text in there.items()]
        for there, found in zip(_contents(before, old.book), _contents(after, new.book), strict=True)
    )
    bare = [(place, canonical(one), canonical(other)) for place, one, other in formulas]
    validations, links = (
        list(zip(before.root.all(name), after.root.all(name), strict=True)) for name in ("dataValidation", "hyperlink")
    )
    return Page(
        cells=_terms(cells),
        formulas=_terms((place, canonical(one), other) for place, one, other in formulas),
        literals=_terms(_literals(bare, names)),
        skeletons=frozenset(skeleton(one) for _, one, _ in bare),
        named=(),
        validations=_terms(
            (one.attributes.get("sqref"), validation_text(one), validation_text(other)) for one, other in validations
        ),
        tips=_terms(
            (one.attributes.get("ref"), one.attributes["tooltip"], other.attributes["tooltip"])
            for one, other in links
            if "tooltip" in one.attributes
        ),
        margins=_terms(
            (None, one.text, other.text) for one, other in zip(margins(before.root), margins(after.root), strict=True)
        ),
        charts=_charts(old, new),
    )


def _contents(sheet: Worksheet, book: Book) -> tuple[dict[Place, str], dict[Place, str]]:
    """The texts and the formulas of a sheet's cells."""
    said_here: dict[Place, str] = {}
    formulas: dict[Place, str] = {}
    for row in sheet.rows(sheet.numbers).values():
        for cell in row.cells:
            text = book.text(cell)
            if cell.formula is not None:
                formulas[cell.row, cell.column] = cell.formula.text
            elif text:
                said_here[cell.row, cell.column] = text
    return said_here, formulas


def _named(old: _Part, new: _Part) -> Iterator[Named]:
    """The formulas that hold the names of project and customer."""
    before, after = (_contents(Worksheet(one.book.xml(one.part), one.part), one.book)[1] for one in (old, new))
    for place, formula in before.items():
        if not _HOLE.search(formula):
            continue
        pattern = re.escape(canonical(formula))
        for hole, group in _GROUPS.items():
            first, mark, rest = pattern.partition(hole)
            again = rest.replace(hole, f"(?P={group})")
            pattern = first + (f'(?P<{group}>(?:[^"]|"")*)' if mark else "") + again
        yield Named(re.compile(pattern), after[place])


def _literals(
    formulas: Iterable[tuple[object, str, str]], names: Mapping[str, str]
) -> Iterator[tuple[object, str, str]]:
    """The texts in formulas that are the same but for their texts."""
    renaming = Renaming(names, {})
    for _, old, new in formulas:
        if skeleton(canonical(renamed(old, renaming))) == skeleton(new):
            yield from ((None, *pair) for pair in zip(texts(old), texts(new), strict=True))


def _charts(old: _Part, new: _Part) -> dict[str, tuple[str, Terms]]:
    """The charts of a sheet by their descriptions; of two described alike the first."""
    found: dict[str, tuple[str, Terms]] = {}
    for (one, chart), (other, second) in zip(charts(*old), charts(*new), strict=True):
        pairs = _both(old.book.tree(chart), new.book.tree(second))
        name, new_name = (node.attributes.get("descr", "") for node in (one, other))
        found.setdefault(name, (new_name, _terms(pairs)))
    return found

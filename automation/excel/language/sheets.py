"""One worksheet in the other language: its headings, list cells, pages, help, links, formulas.

Not here: its tables and charts, and the workbook around it (``switching``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.excel.cells import limits_of, put_values
from automation.excel.language.formulas import canonical, renamed, skeleton, texts, with_texts
from automation.excel.language.references import follow, followed_cells, nodes
from automation.excel.language.wording import BETWEEN, VALIDATION, margins, validation_text
from automation.excel.markup import ATTRIBUTE, attribute_text, element_text, splice, tag_with
from automation.excel.scan import Worksheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from automation.excel.areas import Place
    from automation.excel.book import Book
    from automation.excel.cells import Piece
    from automation.excel.language.formulas import Renaming
    from automation.excel.language.wording import Page
    from automation.excel.markup import Node
    from automation.excel.package import SheetPart
    from automation.excel.scan import Cell
    from automation.model.effects import SwitchLanguage

CHUNK = 5_000
"""Rows that are parsed at a time."""
TABLES = frozenset({"business", "system"})
"""Kinds of sheets whose cells people fill in; on all others texts are ours wherever they stand."""


class CellTexts:
    """The texts of cells of one workbook; those that many cells share are read once."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._shared: dict[str, str | None] = {}

    def of(self, cell: Cell) -> str | None:
        """What a person typed or sees in a cell as plain text; ``None`` for anything else, formulas too."""
        if cell.formula is not None or {"vm", "cm"} & cell.node.attributes.keys() or cell.node.child("extLst"):
            return None
        if cell.kind != "s" or cell.raw is None:
            return self.book.text(cell)
        if cell.raw not in self._shared:
            self._shared[cell.raw] = self.book.text(cell)
        return self._shared[cell.raw]


class SheetSwitch:
    """One worksheet on its way into the other language. ``naming`` are places of formulas that name labels.

    ``wording`` is what the builder says on that sheet (``None``: it is not ours), ``headings`` are the cells to change.
    """

    def __init__(
        self,
        texts_of: CellTexts,
        edit: SwitchLanguage,
        part: SheetPart,
        names: Renaming,
        *,
        headings: Mapping[Place, tuple[str, str]],
        wording: Page | None,
    ) -> None:
        self.texts = texts_of
        self.book = texts_of.book
        self.edit = edit
        self.part = part
        self.wording = wording
        self.names = names
        self.headings = headings
        filled_in = {name for sheet in edit.catalogue.sheets.values() if sheet.kind in TABLES for name in sheet.label}
        self.page = None if part.name in filled_in else wording
        self.new_name = names.sheets.get(part.name, part.name)
        self.labels = {old for columns in edit.labels.values() for known in columns.values() for old in known}
        self.naming: list[str] = []

    def made(self) -> list[Place]:
        """Put the sheet into the other language; the cells that changed."""
        part = self.part
        sheet = Worksheet(self.book.xml(part.part), part.name)
        wanted = dict(self._wanted(sheet))
        changed: list[Place] = []
        if wanted:
            xml, changed = put_values(sheet, self.book, wanted, limits=limits_of(sheet, wanted))
            self.book.expect(part.part, wanted)
            sheet = Worksheet(xml, part.name)
        formulas = self._formulas(sheet) if self.page is None else self._formulas_of_page(sheet)
        self.book.put(part.part, splice(sheet.xml, [*self._around(sheet), *formulas]))
        return changed

    def _wanted(self, sheet: Worksheet) -> Iterator[tuple[Place, str]]:
        """The cells that get another text."""
        labels = self.edit.labels.get(self.part.name, {})
        rows = {row for row, _ in self.headings}
        numbers = [number for number in sheet.numbers if self.page or labels or number in rows]
        for start in range(0, len(numbers), CHUNK):
            for row in sheet.rows(numbers[start : start + CHUNK]).values():
                for cell in row.cells:
                    new = self._new(cell, labels)
                    if new is not None:
                        yield (cell.row, cell.column), new

    def _new(self, cell: Cell, labels: Mapping[int, Mapping[str, str]]) -> str | None:
        """What a cell gets, ``None`` when it stays."""
        place = (cell.row, cell.column)
        if place not in self.headings and cell.column not in labels and self.page is None:
            return None
        text = self.texts.of(cell)
        first = self.edit.first_rows.get(self.part.name, 0)
        if text is None:
            return None
        if place in self.headings:
            new = self.headings[place][1]
        elif first and cell.row >= first:
            new = labels.get(cell.column, {}).get(text, text)
        else:
            new = (self.page.cells.new(text, place) if self.page else None) or text
        return None if new == text else new

    def _around(self, sheet: Worksheet) -> Iterator[Piece]:
        """What changes outside the cells: validations, conditional formats, links, headers and footers, folded columns."""
        for node in nodes(sheet.root):
            found = list(follow(sheet.xml, node, self.names))
            attributes = self._attributes(node, self.wording) if self.wording else {}
            if attributes:
                tag = next((piece for start, end, piece in found if (start, end) == (node.start, node.inner)), None)
                old = sheet.xml[node.start : node.inner] if tag is None else tag
                found = [piece for piece in found if piece[:2] != (node.start, node.inner)]
                found.append((node.start, node.inner, tag_with(old, dict(attributes))))
            yield from found
            if node.name == "formula":
                self._see(node.text)
            elif node.name == "dataValidation" and not attributes:  # those of ours say something
                self._see_list(node)
        for node in margins(sheet.root):
            new = self.wording.margins.new(node.text) if self.wording else None
            if new is not None and new != node.text:
                yield node.inner, node.close, element_text(new)
        yield from self._folded(sheet)

    def _attributes(self, node: Node, page: Page) -> dict[bytes, bytes]:
        """What a validation or a link says in the other language."""
        if node.name == "dataValidation":
            new = page.validations.new(validation_text(node), node.attributes.get("sqref"))
            said_now = dict(zip(VALIDATION, new.split(BETWEEN), strict=True)) if new else {}
            return {name.encode(): attribute_text(text) for name, text in said_now.items() if text}
        if node.name != "hyperlink":
            return {}
        tip = page.tips.new(node.attributes.get("tooltip", ""), node.attributes.get("ref"))
        shown = self.names.sheets.get(node.attributes.get("display", ""))
        given = {b"tooltip": tip, b"display": shown}
        return {name: attribute_text(text) for name, text in given.items() if text}

    def _formulas(self, sheet: Worksheet) -> list[Piece]:
        """What changes in the formulas of a sheet that people fill in."""

        def seen(formula: str, offset: int) -> None:
            if self._names(texts(formula)):
                start = sheet.xml.rfind(b"<" + sheet.prefix + b"c ", 0, offset)
                found = dict(ATTRIBUTE.findall(sheet.xml[start:offset]))
                self.naming.append(f"{self.new_name}!{found.get(b'r', b'')[1:-1].decode()}")

        return followed_cells(sheet, self.names, seen)

    def _see(self, formula: str) -> None:
        """Note a conditional format that names a label."""
        if self.new_name not in self.naming and self._names(texts(formula)):
            self.naming.append(self.new_name)

    def _see_list(self, validation: Node) -> None:
        """Note a validation of the user's own that names a label, alone or in a list."""
        for part in ("formula1", "formula2"):
            node = validation.child(part)
            words = [word for text in texts(node.text) for word in text.split(",")] if node is not None else []
            place = f"{self.new_name}!{validation.attributes.get('sqref', '')}"
            if self._names([word.strip() for word in words]) and place not in self.naming:
                self.naming.append(place)

    def _names(self, words: Iterable[str]) -> bool:
        """Whether a text is a label, or has the name of a sheet that gets another one, as ``INDIRECT`` wants it."""
        return any(
            word in self.labels or any(f"{old}!" in word or f"{old}'!" in word for old in self.names.sheets)
            for word in words
        )

    def _formulas_of_page(self, sheet: Worksheet) -> Iterator[Piece]:
        """What changes in the formulas of a page of ours; stored texts go, so that no program shows old ones."""
        for row in sheet.rows(sheet.numbers).values():
            for cell in row.cells:
                node = cell.formula
                if node is None:
                    continue
                new = self._formula(node.text, (cell.row, cell.column)) if node.text else node.text
                if new != node.text:
                    yield node.inner, node.close, element_text(new)
                stored = cell.node.child("v")
                if cell.kind == "str" and stored is not None:
                    tag = sheet.xml[cell.node.start : cell.node.inner]
                    yield cell.node.start, cell.node.inner, tag_with(tag, {b"t": None})
                    yield stored.start, stored.end, b""

    def _formula(self, formula: str, place: Place) -> str:
        page = self.page
        if page is None:
            return formula
        bare = canonical(formula)
        whole = page.formulas.new(bare, place) or next(filter(None, (one.filled(bare) for one in page.named)), None)
        if whole is not None:
            return whole if self.names.always_quoted else canonical(whole)
        if skeleton(bare) in page.skeletons:
            formula = with_texts(formula, page.literals.everywhere)
        return renamed(formula, self.names)

    def _folded(self, sheet: Worksheet) -> Iterator[Piece]:
        """The columns of the old language folded away and those of the new one shown, where they were the other way round."""
        fold, show = self.edit.folded.get(self.part.name, ((), ()))
        holder = sheet.root.child("cols")
        alone = [node for node in holder.children if node.number("min") == node.number("max")] if holder else []
        found = {node.number("min"): node for node in alone}
        for shown, hidden in zip(fold, show, strict=True):
            one, other = found.get(shown), found.get(hidden)
            if one is None or other is None or one.attributes.get("hidden") or not other.attributes.get("hidden"):
                continue
            for node, source in ((one, other), (other, one)):
                changes = {
                    name.encode(): attribute_text(source.attributes[name]) if name in source.attributes else None
                    for name in ("hidden", "outlineLevel", "collapsed")
                }
                yield node.start, node.inner, tag_with(sheet.xml[node.start : node.inner], changes)

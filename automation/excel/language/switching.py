"""A workbook in the other language: what is ours gets its other name, what a person typed stays.

Sheets are renamed as Excel does it, so every reference follows. Headings, list cells and the texts of our pages change where
they are exactly what a fresh workbook says in the old language. Refused is what would break something that is not ours: a
name that is taken, a query that knows columns by their headings. Not here: which names there are (``commands.switching``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.excel.areas import place_of
from automation.excel.language.formulas import Renaming, canonical, renamed
from automation.excel.language.pivots import Source, switch_pivots
from automation.excel.language.references import followed, nodes, renamed_table, with_attributes
from automation.excel.language.sheets import CellTexts, SheetSwitch
from automation.excel.language.wording import CORE, charts, said, wording
from automation.excel.markup import element_text, plain_text, splice
from automation.excel.refusals import refused
from automation.excel.scan import Worksheet
from automation.model.tables import column_letters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from automation.base.findings import Language
    from automation.excel.areas import Place
    from automation.excel.book import Book
    from automation.excel.cells import Piece
    from automation.excel.language.wording import Wording
    from automation.excel.package import SheetPart
    from automation.excel.tables import Table
    from automation.model.effects import SwitchLanguage

NAMED = 10
LISTS = "lists"
_WITH_REFERENCES = ("xl/charts/", "xl/drawings/", "xl/ctrlprops/", "xl/chartsheets/")


def switch(book: Book, edit: SwitchLanguage) -> tuple[dict[str, list[Place]], tuple[Text, ...]]:
    """Put the workbook into the other language.

    Gives the cells that changed, by the old name of their sheet, and what a user should know. Refused where a new name is
    taken, or a slicer or query knows columns by their headings.
    """
    return _Switch(book, edit).made()


class _Switch:
    """One workbook on its way into the other language."""

    def __init__(self, book: Book, edit: SwitchLanguage) -> None:
        self.book = book
        self.edit = edit
        self.wording: Wording = wording(edit.catalogue, "zh" if edit.language == "en" else "en", edit.language)
        known = {**self.wording.sheets, **edit.sheets}
        self.sheets = {name: known[name] for name in book.sheets if known.get(name, name) != name}
        self.naming: list[str] = []
        self.changed: dict[str, list[Place]] = {}
        self.texts = CellTexts(book)
        self.worksheets = [part for part in book.sheets.values() if part.kind == "worksheet"]
        self.tables = {part.name: book.tables(part) for part in self.worksheets}
        self.headings = {part.name: self._headings(part) for part in self.worksheets}
        columns: dict[str, dict[str, str]] = {}
        for part in self.worksheets:
            columns.update(self._columns(part))
        self.names = Renaming(self.sheets, columns, self._always_quoted())
        self.has_pivots = False

    def made(self) -> tuple[dict[str, list[Place]], tuple[Text, ...]]:
        self._check()
        self.has_pivots = switch_pivots(self.book, list(self._sources()), self.sheets)
        for part in self.worksheets:
            self._switch_sheet(part)
            self._switch_tables(part)
        for name in self.book.package.names():
            if name.lower().startswith(_WITH_REFERENCES) and name.lower().endswith(".xml"):
                self.book.put(name, followed(self.book.xml(name), self.names))
        for part in self.worksheets:
            self._switch_charts(part)
        self._switch_workbook()
        self._switch_properties()
        return self.changed, tuple(self._notices())

    def _check(self) -> None:
        """Nothing when all new names are free and no query knows columns by their old ones, else the refusal."""
        staying = {name.casefold() for name in self.book.sheets if name not in self.sheets}
        for new in self.sheets.values():
            if new.casefold() in staying:
                raise refused("sheet-name-taken", sheet=new)
        for part in self.worksheets:
            for table in self.tables[part.name]:
                queries = [one for one in self.book.package.relations(table.part) if one.kind == "queryTable"]
                if queries and self._table_headings(part, table):
                    raise refused("knows-headings", detail=part.name)

    def _columns(self, part: SheetPart) -> Iterator[tuple[str, dict[str, str]]]:
        """Old and new names of the columns of each table on a sheet; refused when a new one is taken."""
        for table in self.tables[part.name]:
            new = self._table_headings(part, table)
            seen: set[str] = set()
            for at, column in enumerate(table.columns):
                name = new.get(at, ("", plain_text(column.name)))[1]
                if name.casefold() in seen:
                    raise refused("heading-taken", sheet=part.name, detail=name)
                seen.add(name.casefold())
            yield next(iter(self._table_names(table))).lower(), dict(new.values())

    def _table_names(self, table: Table) -> tuple[str, ...]:
        """The names of a table, first the one that formulas use."""
        attributes = self.book.tree(table.part).attributes
        names = (attributes.get("displayName", ""), attributes.get("name", ""))
        return tuple(filter(None, names)) or ("",)

    def _table_headings(self, part: SheetPart, table: Table) -> dict[int, tuple[str, str]]:
        """Old and new name by column (index from 0) of a table."""
        top, left = table.area.top, table.area.left
        found = {at: self.headings[part.name].get((top, left + at)) for at in range(len(table.columns))}
        return {at: pair for at, pair in found.items() if pair and plain_text(table.columns[at].name) == pair[0]}

    def _headings(self, part: SheetPart) -> dict[Place, tuple[str, str]]:
        """The cells of headings that are what the old language says, with what stands there and what will.

        Those of tables that no command reads (lists, figures of the dashboard) are told by the builder's own.
        """
        given = {place_of(cell): pair for cell, pair in self.edit.headings.get(part.name, {}).items()}
        page = self.wording.pages.get(part.name)
        for table in self.tables[part.name] if page and not given else ():
            for at, column in enumerate(table.columns):
                place, name = (table.area.top, table.area.left + at), plain_text(column.name)
                new = page.cells.new(name, place) if page else None
                if new is not None and table.header_rows:
                    given[place] = (name, new)
        sheet = Worksheet(self.book.xml(part.part), part.name)
        rows = sheet.rows({row for row, _ in given})
        there = {(cell.row, cell.column): self.texts.of(cell) for row in rows.values() for cell in row.cells}
        return {place: pair for place, pair in given.items() if there.get(place) == pair[0] != pair[1]}

    def _sources(self) -> Iterator[Source]:
        """What pivot tables and slicers may be about."""
        for part in self.worksheets:
            labels = self.edit.labels.get(part.name, {})
            for table in self.tables[part.name]:
                names = [plain_text(column.name) for column in table.columns]
                values = {
                    name: labels[table.area.left + at]
                    for at, name in enumerate(names)
                    if table.area.left + at in labels
                }
                number = self.book.tree(table.part).number("id", 0)
                columns = dict(self._table_headings(part, table).values())
                yield Source(number, frozenset(self._table_names(table)), part.name, table.area, columns, values)

    def _always_quoted(self) -> bool:
        """Whether names of sheets stand in quotes even where they need none, as in workbooks that Excel has not saved."""
        holder = self.book.tree(self.book.package.main).child("definedNames")
        names = holder.children if holder else []
        lists = [node.text for node in names if node.attributes.get("name", "").startswith("list_")]
        return bool(lists) and canonical(lists[0]) != lists[0]

    def _switch_sheet(self, part: SheetPart) -> None:
        page = self.wording.pages.get(part.name)
        switched = SheetSwitch(self.texts, self.edit, part, self.names, headings=self.headings[part.name], wording=page)
        changed = switched.made()
        if changed:
            self.changed[part.name] = changed
        self.naming += switched.naming

    def _switch_tables(self, part: SheetPart) -> None:
        labels = self.edit.labels.get(part.name, {})
        for table in self.tables[part.name]:
            values = {column - table.area.left: known for column, known in labels.items()}
            xml = renamed_table(self.book.xml(table.part), self._table_headings(part, table), values)
            self.book.put(table.part, followed(xml, self.names))

    def _switch_charts(self, part: SheetPart) -> None:
        """Descriptions and texts of the charts that are ours, known by their descriptions."""
        page = self.wording.pages.get(part.name)
        described: dict[str, list[Piece]] = {}
        for node, chart in charts(self.book, part.part) if page else ():
            if page is None or node.attributes.get("descr", "") not in page.charts:
                continue
            description, terms = page.charts[node.attributes["descr"]]
            drawing = next(one.target for one in self.book.package.relations(part.part) if one.kind == "drawing")
            tag = with_attributes(self.book.xml(drawing), node, {"descr": description})
            described.setdefault(drawing, []).append((node.start, node.inner, tag))
            xml = self.book.xml(chart)
            there = enumerate(said(self.book.tree(chart)))
            found = [(one, terms.new(one.text, at)) for at, one in there if one.name in {"t", "v"}]
            self.book.put(chart, splice(xml, [(one.inner, one.close, element_text(new)) for one, new in found if new]))
        for drawing, pieces in described.items():
            self.book.put(drawing, splice(self.book.xml(drawing), pieces))

    def _switch_workbook(self) -> None:
        """Names of sheets and ranges; the ranges of lists show the labels of the new language."""
        main = self.book.package.main
        xml = self.book.xml(main)
        pieces: list[Piece] = []
        for node in nodes(self.book.tree(main)):
            name = node.attributes.get("name", "")
            if node.name == "sheet" and name in self.sheets:
                pieces.append((node.start, node.inner, with_attributes(xml, node, {"name": self.sheets[name]})))
            elif node.name == "definedName":
                text = renamed(self._of_list(node.text) if name.startswith("list_") else node.text, self.names)
                if text != node.text:
                    pieces.append((node.inner, node.close, element_text(text)))
        self.book.put(main, splice(xml, pieces))

    def _of_list(self, formula: str) -> str:
        """The range of a list in the column of the other language."""
        start, mark, cells = formula.rpartition("!")
        old, new = self._label_columns(start.strip("'").replace("''", "'")) if mark else (0, 0)
        letters = f"${column_letters(old)}$"
        parts = cells.split(":")
        if not old or not new or not all(part.startswith(letters) for part in parts):
            return formula
        return start + mark + ":".join(f"${column_letters(new)}$" + part[len(letters) :] for part in parts)

    def _label_columns(self, name: str) -> tuple[int, int]:
        """The columns of old and new labels on the sheet of lists, 0 where there is none."""
        sheet = self.edit.catalogue.sheets.get(LISTS)
        if sheet is None or name not in sheet.label:
            return 0, 0
        new = self.edit.language
        old: Language = "zh" if new == "en" else "en"
        found = {
            plain_text(column.name): table.area.left + at
            for table in self.tables.get(name, ())
            for at, column in enumerate(table.columns)
        }
        first, second = (sheet.column(language).label.in_(old) for language in (old, new))
        return found.get(first, 0), found.get(second, 0)

    def _switch_properties(self) -> None:
        for name, new in ((CORE, self.wording.properties.everywhere.get), ("docProps/app.xml", self._title)):
            if self.book.package.has(name):
                xml = self.book.xml(name)
                found = [(node, new(node.text)) for node in said(self.book.tree(name))]
                pieces = [(node.inner, node.close, element_text(text)) for node, text in found if text]
                self.book.put(name, splice(xml, pieces))

    def _title(self, text: str) -> str | None:
        """The name of a sheet, or of a range of a sheet, in the list of titles."""
        return self.sheets.get(text) or (renamed(text, self.names) if "!" in text else None)

    def _notices(self) -> Iterator[Text]:
        if self.naming:
            places = self.naming[:NAMED]
            more = " …" if len(self.naming) > NAMED else ""
            yield Text(
                f"公式、数据验证或条件格式的文字中写有列表取值或表名，不会自动改，请核对：{'、'.join(places)}{more}",
                f"Texts in formulas, validations or conditional formats name list values or sheets, and stay as typed; check: {', '.join(places)}{more}",
            )
        if self.has_pivots:
            yield Text(
                "数据透视表请刷新一次（数据 > 全部刷新）。", "Refresh the pivot tables once (Data > Refresh All)."
            )
        if any(name.lower().endswith("vbaproject.bin") for name in self.book.package.names()):
            yield Text(
                "工作簿含有宏：宏里写了表名或列名的，请一并修改。",
                "The workbook has macros: change the names of sheets and columns that they hold.",
            )

"""Where things stand in the master workbook: sheet names, column letters, references and defined names.

Not here: writing cells. All references are to whole columns, so formulas hold however long a table grows
and in programs that do not know structured references.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xlsxwriter.utility import quote_sheetname, xl_col_to_name

from automation.base.findings import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from automation.base.findings import Language
    from automation.schema.catalogue import Catalogue, Sheet

COVER: Final = Text("封面", "Cover")
LAST_SYSTEM: Final = ("findings", "settings", "lists", "calendar", "permissions", "log")
LAST_ROW: Final = 5000
"""Drop-downs and cell help cover the rows 2 to this one, both included."""
ANALYSIS_HEADER: Final = 6
"""The row (from 1) of the table's header on analysis sheets."""


class Places:
    """Names and addresses of one catalogue in the language of one workbook."""

    def __init__(self, catalogue: Catalogue, language: Language) -> None:
        self.catalogue = catalogue
        self.language = language
        self._numbers = {
            (sheet.id, column.id): number
            for sheet in catalogue.sheets.values()
            for number, column in enumerate(sheet.columns)
        }

    def order(self) -> tuple[Sheet, ...]:
        """Sheets in workbook order after the cover: dashboard, business, analysis and system sheets."""
        sheets = self.catalogue.sheets.values()
        known = {identifier: number for number, identifier in enumerate(LAST_SYSTEM)}
        kinds = {"dashboard": 0, "business": 1, "analysis": 2, "system": 3}
        return tuple(
            sorted(sheets, key=lambda sheet: (kinds[sheet.kind], known.get(sheet.id, len(known)), sheet.order))
        )

    def name(self, sheet: str) -> str:
        """The sheet's tab name."""
        return self.catalogue.sheets[sheet].label.in_(self.language)

    def quoted(self, sheet: str) -> str:
        """The tab name as a formula needs it, always in quotes."""
        return quoted(self.name(sheet))

    def number(self, sheet: str, column: str) -> int:
        """The column's place, from 0."""
        return self._numbers[sheet, column]

    def letter(self, sheet: str, column: str) -> str:
        """The column's letter."""
        return str(xl_col_to_name(self.number(sheet, column)))

    def column(self, sheet: str, column: str) -> str:
        """A reference to the whole column, header included."""
        letter = self.letter(sheet, column)
        return f"{self.quoted(sheet)}!${letter}:${letter}"

    def cells_above(self, sheet: Sheet) -> int:
        """How many cells of the key's column hold something above the first row: title, caption and header, or header."""
        return 3 if sheet.kind == "analysis" and sheet.columns[0].id == sheet.key else 1

    def rows(self, sheet: str, column: str) -> str:
        """A reference to the column's rows 2 to ``LAST_ROW``, for array formulas."""
        letter = self.letter(sheet, column)
        return f"{self.quoted(sheet)}!${letter}$2:${letter}${LAST_ROW}"

    def code(self, list_id: str, code: str) -> str:
        """A formula that gives the label which stands for a list code in this workbook."""
        return f"INDEX(list_{list_id},{self.catalogue.lists[list_id].position(code) + 1})"

    def defined_names(self) -> Iterator[tuple[str, str]]:
        """Names and formulas: ``list_<list id>`` for labels, ``ref_<sheet id>`` for the keys of a growing table."""
        label = self.letter("lists", "zh" if self.language == "zh" else "en")
        first = 2
        for value_list in self.catalogue.lists.values():
            last = first + len(value_list.values) - 1
            yield f"list_{value_list.id}", f"={self.quoted('lists')}!${label}${first}:${label}${last}"
            first = last + 1
        for sheet in self.catalogue.business:
            key, name = self.letter(sheet.id, sheet.key), self.quoted(sheet.id)
            whole = f"{name}!${key}:${key}"
            yield f"ref_{sheet.id}", f"={name}!${key}$2:INDEX({whole},MAX(2,COUNTA({whole})))"


def quoted(name: str) -> str:
    """A tab name in the quotes that a formula needs, whether or not it could do without."""
    text = quote_sheetname(name)
    return text if text.startswith("'") else f"'{text}'"


def literal(text: str) -> str:
    """A text as a literal of a formula (at most 255 characters, Excel's limit)."""
    return '"' + text[:250].replace('"', '""') + '"'

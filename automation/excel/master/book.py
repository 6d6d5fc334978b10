"""The workbook while it is built: what every part of the builder needs, and how cells are written.

Not here: what the parts are (``sheets``, ``cover``, ``dashboard``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from automation.base.findings import Language, Text, Value
    from automation.excel.master.look import Styles
    from automation.excel.master.places import Places
    from automation.excel.master.tally import Sum, Tally
    from automation.schema.catalogue import Catalogue, Column


@dataclass(frozen=True)
class Book:
    """One workbook being built, with the rows that it starts with by sheet identifier."""

    workbook: Workbook
    catalogue: Catalogue
    language: Language
    styles: Styles
    places: Places
    name: str = ""
    customer: str = ""
    rows: Mapping[str, Sequence[Mapping[str, Value]]] = field(default_factory=dict)

    def say(self, text: Text) -> str:
        """The text in the workbook's language."""
        return text.in_(self.language)

    def formula(
        self, sheet: Worksheet, cell: tuple[int, int], formula: str, style: Format, *, stored: Value = ""
    ) -> None:
        """Writes a formula with the result that it has in the workbook as it is built."""
        sheet.write_formula(*cell, f"={formula}", style, plain(stored))

    def tally(self, sheet: Worksheet, cell: tuple[int, int], count: Tally | Sum, style: Format) -> None:
        """Writes a count or sum as a formula together with its result."""
        self.formula(sheet, cell, count.formula(self.places), style, stored=count.result(self.places, self.rows))

    def merged(self, sheet: Worksheet, area: tuple[int, int, int, int], text: str, style: Format) -> None:
        """Merges an area and writes a text into it; a single cell is simply written."""
        top, left, bottom, right = area
        if (top, left) == (bottom, right):
            sheet.write_string(top, left, text, style)
        else:
            sheet.merge_range(*area, text, style)

    def merged_formula(
        self, sheet: Worksheet, area: tuple[int, int, int, int], formula: str, style: Format, *, stored: Value = ""
    ) -> None:
        """Merges an area and writes a formula into it."""
        self.merged(sheet, area, "", style)
        self.formula(sheet, area[:2], formula, style, stored=stored)

    def setting(self, key: str) -> Value:
        """The value of a parameter: what the settings sheet holds, else its default; None where there is neither."""
        given = next((row["value"] for row in self.rows["settings"] if row["key"] == key), None)
        default: Value = self.catalogue.parameters[key].default
        return default if given is None else given

    def project(self, column: str) -> Value:
        """A cell of the first project as it stands in the workbook; None when there is none."""
        projects = self.rows.get("projects", ())
        return self.cell("projects", projects[0], column) if projects else None

    def cell(self, sheet: str, row: Mapping[str, Value], column: str) -> Value:
        """A cell of a row as it stands in the workbook: labels for codes, dates for ISO dates."""
        return typed(row.get(column), self.catalogue.sheets[sheet].column(column), self.catalogue, self.language)


def plain(value: Value) -> str | float:
    """A value as a formula's stored result: dates as Excel's day number, nothing as an empty text."""
    if isinstance(value, date):
        return day_number(value)
    if isinstance(value, Decimal):
        return float(value)
    return "" if value is None else value


def day_number(value: date) -> float:
    """Excel's serial number of a date or date-time in the 1900 system (valid from 1900-03-01)."""
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)  # noqa: DTZ001
    passed = moment - datetime(1899, 12, 30)  # noqa: DTZ001 - workbook dates have no zone
    return passed.days if not isinstance(value, datetime) else passed.total_seconds() / 86_400


def typed(value: Value, column: Column, catalogue: Catalogue, language: Language) -> Value:
    """The value as the cell holds it: labels for codes, dates for ISO dates; anything else unchanged."""
    if isinstance(value, str) and column.kind in {"date", "dt"}:
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            return value
        return moment.date() if column.kind == "date" else moment
    if isinstance(value, str) and column.list:
        return catalogue.label(column, value, language)
    return value


def write(sheet: Worksheet, cell: tuple[int, int], value: Value, style: Format) -> None:
    """Writes a value by its Python type; text is never read as a formula or link."""
    row, column = cell
    if value is None or value == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, style)
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(row, column, float(value) if isinstance(value, Decimal) else value, style)
    elif isinstance(value, date):
        sheet.write_number(row, column, day_number(value), style)
    else:
        sheet.write_string(row, column, value, style)

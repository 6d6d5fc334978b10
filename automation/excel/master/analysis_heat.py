"""Colours by value on analysis sheets, as their schemas declare them: scales, levels, bars in cells, formulas.

They are conditional formats over all rows that a table may come to have. Not here: the marks of list values
(``analysis``), the Gantt's bars (``gantt``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from xlsxwriter.utility import xl_col_to_name

from automation.excel.master.look import FAIR, GOOD, POOR, QUIET, RED, WHITE
from automation.excel.master.places import ANALYSIS_HEADER, LAST_ROW

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xlsxwriter.worksheet import Worksheet

    from automation.excel.master.book import Book
    from automation.schema.catalogue import Sheet

LOOKS: Final[Mapping[str, tuple[str, str]]] = {
    "good": GOOD,
    "fair": FAIR,
    "poor": POOR,
    "quiet": QUIET,
    "strong": (RED, WHITE),
}
"""Fill and font colour by the name that a schema uses."""
_COLUMN: Final = re.compile(r"\[([^\]]*)\]")
_CODE: Final = re.compile(r"\{([^}]*)\.([^}]*)\}")


def add_heat(book: Book, worksheet: Worksheet, sheet: Sheet) -> None:
    """Adds the sheet's conditional formats."""
    for heat in sheet.view.heat:
        for area in _areas(book, sheet, heat):
            for rule in _rules(book, sheet, heat):
                worksheet.conditional_format(*area, rule)


def _areas(book: Book, sheet: Sheet, heat: Mapping[str, Any]) -> Iterator[tuple[int, int, int, int]]:
    """The rectangles that are coloured; columns that share a scale and stand side by side are one."""
    if heat.get("grid"):
        first = len(sheet.columns) + 1
        yield ANALYSIS_HEADER, first, LAST_ROW - 1, first + sheet.view.grid["columns"] - 1
        return
    numbers = sorted(book.places.number(sheet.id, name) for name in heat["columns"])
    start = 0
    for place in range(1, len(numbers) + 1):
        if place == len(numbers) or numbers[place] != numbers[place - 1] + 1:
            yield ANALYSIS_HEADER, numbers[start], LAST_ROW - 1, numbers[place - 1]
            start = place


def _rules(book: Book, sheet: Sheet, heat: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    if "scale" in heat:
        yield _scale(heat["scale"], heat.get("at"))
    elif "bar" in heat:
        yield {"type": "data_bar", "bar_color": heat["bar"]}
    elif "formula" in heat:
        criteria = f"={_formula(book, sheet, heat['formula'])}"
        yield {"type": "formula", "criteria": criteria, "format": book.styles.mark(LOOKS[heat["look"]])}
    else:
        for level in heat["levels"]:
            look = book.styles.mark(LOOKS[level["look"]])
            yield {"type": "cell", "criteria": ">=", "value": level["from"], "format": look, "stop_if_true": True}


def _scale(colours: list[str], at: list[float] | None) -> dict[str, Any]:
    names = ("min", "max") if len(colours) == 2 else ("min", "mid", "max")  # noqa: PLR2004 - its two ends
    rule: dict[str, Any] = {"type": f"{len(colours)}_color_scale"}
    for number, (name, colour) in enumerate(zip(names, colours, strict=True)):
        rule[f"{name}_color"] = colour
        if at is not None:
            rule |= {f"{name}_type": "num", f"{name}_value": at[number]}
    return rule


def _formula(book: Book, sheet: Sheet, formula: str) -> str:
    """The formula for the first data row: columns as cells of the row, codes as the labels of the workbook."""

    def cell(match: re.Match[str]) -> str:
        return f"${xl_col_to_name(book.places.number(sheet.id, match[1]))}{ANALYSIS_HEADER + 1}"

    def label(match: re.Match[str]) -> str:
        return book.places.code(match[1], match[2])

    return _CODE.sub(label, _COLUMN.sub(cell, formula))

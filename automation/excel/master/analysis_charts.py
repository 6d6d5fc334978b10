"""Native charts beside the table of an analysis sheet, as its schema declares them; they read the table's columns.

A chart's ranges end where the table ends, so they grow and shrink with it (``excel.references``; Excel does the same).
Not here: the dashboard's charts (``charts``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from xlsxwriter.utility import xl_col_to_name

from automation.base.findings import Text
from automation.excel.master.look import BLUE, GOLD, GREEN, LINE, NAVY, ORANGE, PURPLE, RED, SLATE, STONE, TEAL
from automation.excel.master.places import ANALYSIS_HEADER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlsxwriter.worksheet import Worksheet

    from automation.excel.master.book import Book
    from automation.schema.catalogue import Sheet

PALETTE: Final = (BLUE, ORANGE, TEAL, GOLD, PURPLE, GREEN, RED, STONE)
KINDS: Final[Mapping[str, dict[str, str]]] = {
    "line": {"type": "line"},
    "column": {"type": "column"},
    "stacked_column": {"type": "column", "subtype": "stacked"},
    "bar": {"type": "bar"},
    "stacked_bar": {"type": "bar", "subtype": "stacked"},
    "area": {"type": "area"},
    "doughnut": {"type": "doughnut"},
}
WIDTH, HEIGHT = 640, 300
"""Pixels of a chart that says nothing about its size."""
_TITLE: Final = {"size": 11, "bold": True, "color": NAVY}
GAP_PIXELS: Final = 12


def add_charts(book: Book, worksheet: Worksheet, sheet: Sheet, rows: int) -> None:
    """Adds the sheet's charts one below the other, to the right of table and grid."""
    left = len(sheet.columns) + 1
    if sheet.view.grid:
        left += sheet.view.grid["columns"] + 1
    offset = 0
    for spec in sheet.view.charts:
        height = spec.get("height", HEIGHT)
        chart = _chart(book, sheet, spec, ANALYSIS_HEADER + rows)
        chart.set_size({"width": spec.get("width", WIDTH), "height": height})
        options = {
            "x_offset": 8,
            "y_offset": offset,
            "object_position": 3,
            "description": book.say(_text(spec["title"])),
        }
        worksheet.insert_chart(1, left, chart, options)
        offset += height + GAP_PIXELS


def _chart(book: Book, sheet: Sheet, spec: Mapping[str, Any], last_row: int) -> Any:
    kind = KINDS[spec["kind"]]
    chart: Any = book.workbook.add_chart(kind)
    colours = spec.get("colours", PALETTE)
    secondary = spec.get("secondary", ())
    font = {"name": book.styles.font, "size": 9, "color": SLATE}
    # A series on the right-hand axis is a line, whatever the others are.
    beside: Any = book.workbook.add_chart(KINDS["line"]) if secondary and spec["kind"] != "line" else chart
    for number, name in enumerate([*spec["series"], *secondary]):
        owner = beside if name in secondary else chart
        owner.add_series(_series(book, sheet, spec, (name, colours[number % len(colours)]), last_row))
    if beside is not chart:
        chart.combine(beside)
    chart.set_title({"name": book.say(_text(spec["title"])), "overlay": False, "name_font": font | _TITLE})
    many = len(spec["series"]) + len(secondary) > 1 or kind["type"] == "doughnut"
    chart.set_legend({"position": "bottom", "font": font} if many else {"none": True})
    if kind["type"] != "doughnut":
        _set_axes(chart, beside, spec, font)
    chart.set_chartarea({"border": {"color": LINE}, "fill": {"color": "#FFFFFF"}})
    chart.set_plotarea({"fill": {"none": True}})
    chart.show_blanks_as("gap")
    return chart


def _set_axes(chart: Any, beside: Any, spec: Mapping[str, Any], font: dict[str, Any]) -> None:
    """Quiet axes; ``beside`` is the chart with the series of the right-hand axis, the same one where they share a kind."""
    quiet = {"num_font": font, "line": {"color": LINE}, "major_tick_mark": "none", "minor_tick_mark": "none"}
    lines = {"major_gridlines": {"visible": True, "line": {"color": LINE}}, "line": {"none": True}}
    numbers = quiet | lines | ({"num_format": spec["number_format"]} if "number_format" in spec else {})
    names = quiet | {"major_gridlines": {"visible": False}, "text_axis": True}
    if KINDS[spec["kind"]]["type"] == "bar":
        chart.set_x_axis(names | {"reverse": True})
        chart.set_y_axis(numbers)
    else:
        chart.set_x_axis(names)
        chart.set_y_axis(numbers)
    beside.set_y2_axis(quiet | {"major_gridlines": {"visible": False}})


def _series(book: Book, sheet: Sheet, spec: Mapping[str, Any], named: tuple[str, str], last_row: int) -> dict[str, Any]:
    """One series; its ranges are written as text, because a range of one row must be one that can grow."""
    name, colour = named
    options: dict[str, Any] = {
        "name": f"={_place(book, sheet, name)}${ANALYSIS_HEADER}",
        "categories": f"={_rows(book, sheet, spec['categories'], last_row)}",
        "values": f"={_rows(book, sheet, name, last_row)}",
    }
    if spec["kind"] == "line" or name in spec.get("secondary", ()):
        options["line"] = {"color": colour, "width": 2.25}
        options["marker"] = {"type": "circle", "size": 5, "fill": {"color": colour}, "border": {"color": colour}}
    elif spec["kind"] == "doughnut":
        options["points"] = [{"fill": {"color": one}} for one in PALETTE]
    else:
        options |= {"fill": {"color": colour}, "border": {"none": True}, "gap": 60}
    if name in spec.get("secondary", ()):
        options["y2_axis"] = True
    return options


def _place(book: Book, sheet: Sheet, column: str) -> str:
    letter = xl_col_to_name(book.places.number(sheet.id, column))
    return f"{book.places.quoted(sheet.id)}!${letter}"


def _rows(book: Book, sheet: Sheet, column: str, last_row: int) -> str:
    letter = xl_col_to_name(book.places.number(sheet.id, column))
    return f"{_place(book, sheet, column)}${ANALYSIS_HEADER + 1}:${letter}${last_row}"


def _text(value: Mapping[str, str]) -> Text:
    return Text(value["zh"], value["en"])

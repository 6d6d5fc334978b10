"""Lists as a workbook of their own: one sheet each with a table to filter, and native charts beside it.

Text is written as text, never as a formula or a link; the same lists give the same bytes. Not here: the lists (``commands``),
master workbooks (``master``).
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from xlsxwriter import Workbook

from automation.base.findings import Text
from automation.excel.master.analysis_charts import PALETTE
from automation.excel.master.book import day_number, write
from automation.excel.master.building import CREATED
from automation.excel.master.look import FONT_SIZES, FONTS, INK, LINE, NAVY, SLATE, TAB_COLOURS, WHITE, Styles
from automation.model.listing import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xlsxwriter.worksheet import Worksheet

    from automation.base.findings import Language
    from automation.model.listing import ListChart, ListColumn, Listing

TITLE_ROW, ABOUT_ROW, HEADER_ROW = 0, 1, 3
MOST_NAME: Final = 31
WIDTH, HEIGHT, GAP = 640, 300, 12
"""Pixels of a chart, and between two."""
SPARE: Final = timedelta(days=7)
A3, A4 = 8, 9
WIDE: Final = 130
"""Characters of all columns together beyond which a sheet is printed on A3."""
_NUMBER_FORMATS: Final = {
    "text": "@", "date": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm:ss", "whole": "0", "percent": "0.0", "ratio": "0.00",
    "score": "0.0", "money": "#,##0.00",
}  # fmt: skip
_LEFT: Final = frozenset({"text"})
_PAGE: Final = Text("第 &P 页，共 &N 页", "Page &P of &N")
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\']")


def listing_book(listings: Sequence[Listing], language: Language, *, title: Text) -> bytes:
    """The workbook of these lists, in their order; ``title`` is that of its properties."""
    package = BytesIO()
    workbook = Workbook(
        package,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "default_format_properties": {
                "font_name": FONTS[language],
                "font_size": FONT_SIZES[language],
                "font_scheme": "none",
            },
        },
    )
    workbook.set_properties(
        {"title": title.in_(language), "author": "Deliverybook", "created": CREATED.replace(tzinfo=None)}
    )
    styles = Styles(workbook, language)
    for number, (name, listing) in enumerate(zip(_names(listings, language), listings, strict=True), start=1):
        _Page(workbook, styles, language, listing).add(name, number)
    workbook.close()
    return package.getvalue()


def _names(listings: Sequence[Listing], language: Language) -> Iterator[str]:
    """Names for the sheets that Excel accepts, each once."""
    taken: set[str] = set()
    for listing in listings:
        name = _FORBIDDEN.sub(" ", listing.name.in_(language)).strip()[:MOST_NAME] or "Sheet"
        number = 1
        while name.lower() in taken:
            number += 1
            end = f" {number}"
            name = f"{name.removesuffix(f' {number - 1}')[: MOST_NAME - len(end)]}{end}"
        taken.add(name.lower())
        yield name


class _Page:
    """One sheet in the making."""

    def __init__(self, workbook: Workbook, styles: Styles, language: Language, listing: Listing) -> None:
        self.workbook, self.styles, self.language, self.listing = workbook, styles, language, listing

    def add(self, name: str, number: int) -> None:
        sheet = self.workbook.add_worksheet(name)
        sheet.set_tab_color(TAB_COLOURS["analysis"])
        sheet.hide_gridlines(2)
        title = self.styles(bold=True, font_size=16, font_color=NAVY, valign="vcenter")
        sheet.set_row(TITLE_ROW, 26)
        sheet.write_string(TITLE_ROW, 0, self.say(self.listing.name), title)
        sheet.write_string(ABOUT_ROW, 0, self.say(self.listing.about), self.styles(font_color=SLATE))
        sheet.set_row(HEADER_ROW, 30)
        self._add_table(sheet, number)
        sheet.freeze_panes(HEADER_ROW + 1, 0)
        for place, chart in enumerate(self.listing.charts):
            self._add_chart(sheet, name, chart, place)
        sheet.set_landscape()
        sheet.set_paper(A3 if sum(column.width for column in self.listing.columns) > WIDE else A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEADER_ROW)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer(f"&L&8Deliverybook&C&8&A&R&8{self.say(_PAGE)}")

    def say(self, text: Text) -> str:
        return text.in_(self.language)

    def _add_table(self, sheet: Worksheet, number: int) -> None:
        columns = self.listing.columns
        looks = [self._style(column) for column in columns]
        for place, (column, look) in enumerate(zip(columns, looks, strict=True)):
            sheet.set_column(place, place, column.width, self.styles())
            for line, row in enumerate(self.listing.rows, start=HEADER_ROW + 1):
                write(sheet, (line, place), plain(row[place], self.language), look)
        head = self.styles(
            bg_color=NAVY, font_color=WHITE, bold=True, text_wrap=True, align="center", valign="vcenter",
            border=1, border_color="#B8C2CF",
        )  # fmt: skip
        heads = [{"header": self.say(column.label), "header_format": head} for column in columns]
        last = HEADER_ROW + max(1, len(self.listing.rows))
        options = {"name": f"list_{number}", "style": None, "columns": heads}
        sheet.add_table(HEADER_ROW, 0, last, len(columns) - 1, options)

    def _style(self, column: ListColumn) -> Any:
        look = {"num_format": _NUMBER_FORMATS[column.kind], "border": 1, "border_color": LINE, "valign": "vcenter"}
        return self.styles(**look, align="left" if column.kind in _LEFT else "center", font_color=INK)

    def _add_chart(self, sheet: Worksheet, name: str, wanted: ListChart, place: int) -> None:
        font = {"name": self.styles.font, "size": 9, "color": SLATE}
        quiet = {"num_font": font, "line": {"color": LINE}, "major_tick_mark": "none", "minor_tick_mark": "none"}
        chart: Any = self.workbook.add_chart({"type": wanted.kind})
        for number, column in enumerate(wanted.columns):
            chart.add_series(self._series(name, wanted, column, PALETTE[number % len(PALETTE)]))
        title = self.say(wanted.title)
        head = font | {"size": 11, "bold": True, "color": NAVY}
        chart.set_title({"name": title, "overlay": False, "name_font": head})
        chart.set_legend({"position": "bottom", "font": font})
        chart.set_x_axis(quiet | {"date_axis": True, "num_format": "yyyy-mm-dd", "label_position": "low"})
        grid = {"major_gridlines": {"visible": True, "line": {"color": LINE}}, "line": {"none": True}}
        chart.set_y_axis(quiet | grid | self._bounds(wanted))
        chart.set_chartarea({"border": {"color": LINE}})
        chart.set_size({"width": WIDTH, "height": HEIGHT})
        chart.show_blanks_as("gap")
        options = {"x_offset": 16, "y_offset": place * (HEIGHT + GAP), "object_position": 3, "description": title}
        sheet.insert_chart(HEADER_ROW, len(self.listing.columns), chart, options)

    def _place(self, column: str) -> int:
        return [one.id for one in self.listing.columns].index(column)

    def _series(self, name: str, wanted: ListChart, column: str, colour: str) -> dict[str, Any]:
        first, last = HEADER_ROW + 1 + wanted.first, HEADER_ROW + 1 + wanted.last
        over, place = self._place(wanted.over), self._place(column)
        found: dict[str, Any] = {
            "name": [name, HEADER_ROW, place],
            "categories": [name, first, over, last, over],
            "values": [name, first, place, last, place],
        }
        if wanted.kind == "column":
            return found | {"fill": {"color": colour}, "border": {"none": True}, "gap": 60}
        marker = {"type": "circle", "size": 4, "fill": {"color": colour}, "border": {"color": colour}}
        return found | {"line": {"color": colour, "width": 2}, "marker": marker}

    def _bounds(self, wanted: ListChart) -> dict[str, Any]:
        """The form of the values' axis; days begin a week before the first and not in 1900."""
        kind = self.listing.columns[self._place(wanted.columns[0])].kind
        values = [
            row[self._place(column)]
            for row in self.listing.rows[wanted.first : wanted.last + 1]
            for column in wanted.columns
        ]
        days = [value for value in values if isinstance(value, date) and not isinstance(value, datetime)]
        if kind == "date" and days:
            low, high = day_number(min(days) - SPARE), day_number(max(days) + SPARE)
            return {"num_format": "yyyy-mm-dd", "min": low, "max": high}
        return {"num_format": _NUMBER_FORMATS[kind]}

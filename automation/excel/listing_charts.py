"""Native charts beside a list on its sheet. Not here: the list itself (``listing_book``)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from automation.excel.master.analysis_charts import PALETTE
from automation.excel.master.book import day_number
from automation.excel.master.look import BLUE, LINE, NAVY, ORANGE, SLATE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from automation.base.findings import Language, Text
    from automation.excel.master.look import Styles
    from automation.model.listing import ListChart, Listing

HEADER_ROW: Final = 3
WIDTH, HEIGHT, GAP = 640, 300, 12
"""Pixels of a chart, and between two."""
ROW_PIXELS, COLUMN_PIXELS = 18, 60
"""A little less than a usual row and column measure."""
SPARE: Final = timedelta(days=7)
SPAN_COLOURS: Final = (BLUE, ORANGE)
"""Of the parts of a bar: those before the last, and the last."""
SPAN_HEIGHT: Final = 24
"""Pixels of one bar with its distance."""
NUMBER_FORMATS: Final = {
    "text": "@", "date": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm:ss", "whole": "0", "percent": "0.0", "ratio": "0.00",
    "score": "0.0", "money": "#,##0.00",
}  # fmt: skip


class Sheet(NamedTuple):
    """The sheet in the making on which charts are put."""

    workbook: Workbook
    sheet: Worksheet
    name: str
    styles: Styles


def add_charts(place: Sheet, listing: Listing, language: Language) -> None:
    """The charts of a list right of it, under one another, all of them on the printed page."""
    maker, top = _Charts(place, listing, language), 0
    for chart in listing.charts:
        maker.add(chart, top)
        top += _height(chart) + GAP
    if top:
        last = max(HEADER_ROW + len(listing.rows), HEADER_ROW + top // ROW_PIXELS + 1)
        place.sheet.print_area(0, 0, last, len(listing.columns) + WIDTH // COLUMN_PIXELS + 1)


def _height(wanted: ListChart) -> int:
    """The pixels of a chart; one of bars has room for each."""
    rows = wanted.last - wanted.first + 1
    return max(HEIGHT, SPAN_HEIGHT * rows + 90) if wanted.kind == "spans" else HEIGHT


class _Charts:
    """The charts of one list."""

    def __init__(self, place: Sheet, listing: Listing, language: Language) -> None:
        self.workbook, self.sheet, self.name, self.styles = place
        self.listing, self.language = listing, language

    def say(self, text: Text) -> str:
        return text.in_(self.language)

    def add(self, wanted: ListChart, top: int) -> None:
        font = {"name": self.styles.font, "size": 9, "color": SLATE}
        quiet = {"num_font": font, "line": {"color": LINE}, "major_tick_mark": "none", "minor_tick_mark": "none"}
        spans = wanted.kind == "spans"
        chart: Any = self.workbook.add_chart({"type": "bar", "subtype": "stacked"} if spans else {"type": wanted.kind})
        for number, column in enumerate(wanted.columns):
            chart.add_series(self._series(wanted, column, PALETTE[number % len(PALETTE)]))
        title = self.say(wanted.title)
        head = font | {"size": 11, "bold": True, "color": NAVY}
        chart.set_title({"name": title, "overlay": False, "name_font": head})
        chart.set_legend({"none": True} if spans else {"position": "bottom", "font": font})
        grid = {"major_gridlines": {"visible": True, "line": {"color": LINE}}, "line": {"none": True}}
        if spans:
            chart.set_y_axis(quiet | {"reverse": True, "crossing": "max", "major_gridlines": {"visible": False}})
            chart.set_x_axis(quiet | grid | self._bounds(wanted) | {"num_format": "yyyy-mm"})
        else:
            chart.set_x_axis(quiet | {"date_axis": True, "num_format": "yyyy-mm-dd", "label_position": "low"})
            chart.set_y_axis(quiet | grid | self._bounds(wanted))
        chart.set_chartarea({"border": {"color": LINE}})
        chart.set_size({"width": WIDTH, "height": _height(wanted)})
        chart.show_blanks_as("gap")
        options = {"x_offset": 16, "y_offset": top, "object_position": 3, "description": title}
        self.sheet.insert_chart(HEADER_ROW, len(self.listing.columns), chart, options)

    def _place(self, column: str) -> int:
        return [one.id for one in self.listing.columns].index(column)

    def _series(self, wanted: ListChart, column: str, colour: str) -> dict[str, Any]:
        name = self.name
        first, last = HEADER_ROW + 1 + wanted.first, HEADER_ROW + 1 + wanted.last
        over, place = self._place(wanted.over), self._place(column)
        found: dict[str, Any] = {
            "name": [name, HEADER_ROW, place],
            "categories": [name, first, over, last, over],
            "values": [name, first, place, last, place],
        }
        if wanted.kind == "spans":
            first_one = column == wanted.columns[0]
            fill = {"none": True} if first_one else {"color": SPAN_COLOURS[column == wanted.columns[-1]]}
            return found | {"fill": fill, "border": {"none": True}, "gap": 50}
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
        if wanted.kind == "spans":
            days += list(self._ends(wanted))
        if kind == "date" and days:
            low, high = day_number(min(days) - SPARE), day_number(max(days) + SPARE)
            return {"num_format": "yyyy-mm-dd", "min": low, "max": high}
        return {"num_format": NUMBER_FORMATS[kind]}

    def _ends(self, wanted: ListChart) -> Iterator[date]:
        """The days behind the bars."""
        begin, *parts = (self._place(column) for column in wanted.columns)
        for row in self.listing.rows[wanted.first : wanted.last + 1]:
            yield row[begin] + timedelta(days=sum(row[part] or 0 for part in parts))

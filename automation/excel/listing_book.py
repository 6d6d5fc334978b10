"""Lists as a workbook of their own: one sheet each with a table to filter, and native charts beside it.

Text is written as text, never as a formula or a link; links are those that lists say. The same lists give the same bytes. Not here: the lists (``commands``),
master workbooks (``master``).
"""

from __future__ import annotations

import contextlib
import os
import re
from datetime import date, datetime, timedelta
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from xlsxwriter import Workbook

from automation.base.findings import Text
from automation.excel.master.analysis_charts import PALETTE
from automation.excel.master.book import day_number, write
from automation.excel.master.building import CREATED
from automation.excel.master.look import (
    BLUE,
    FAIR,
    FONT_SIZES,
    FONTS,
    GOOD,
    INK,
    LINE,
    MARKS,
    NAVY,
    ORANGE,
    POOR,
    SLATE,
    TAB_COLOURS,
    WHITE,
    Styles,
)
from automation.model.listing import Link, ListColumn, Tag, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from xlsxwriter.worksheet import Worksheet

    from automation.base.findings import Language
    from automation.model.listing import ListChart, Listing

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
_TEXT: Final = ListColumn("", Text("", ""))
_BAD: Final = frozenset({"crashed", "timed_out", "out_of_memory"})
SPAN_COLOURS: Final = (BLUE, ORANGE)
"""Of the parts of a bar: those before the last, and the last."""
SPAN_HEIGHT: Final = 24
"""Pixels of one bar with its distance."""
WRAPPED: Final = 40
"""Columns so wide hold sentences, which go on in a second line."""
LONGEST: Final = 32_767
"""Excel takes no longer text in a cell."""
MOST_LINKS: Final = 60_000
"""Excel takes about 65,000 links on a sheet."""
_PAGE: Final = Text("第 &P 页，共 &N 页", "Page &P of &N")
_SPECIAL: Final = re.compile(r"[\s%#\"<>\[\]^`{}]")
"""Signs of file names that mean something else in addresses."""
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\']")


def listing_book(listings: Sequence[Listing], language: Language, *, title: Text, beside: Path | None = None) -> bytes:
    """The workbook of these lists, in their order; ``title`` is that of its properties.

    Links lead from the folder ``beside`` to their files, so that both may move together; without it they name them whole.
    """
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
        _Page(workbook, styles, language, listing, beside).add(name, number)
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

    def __init__(
        self, workbook: Workbook, styles: Styles, language: Language, listing: Listing, beside: Path | None
    ) -> None:
        self.workbook, self.styles, self.language, self.listing = workbook, styles, language, listing
        self.links = 0
        self._way = cache(lambda path: _way(path, beside))
        self._linked = self._style(_TEXT, font_color=BLUE, underline=1)
        self._tag_style = cache(self._tagged)

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
                self._write(sheet, (line, place), row[place], look)
        head = self.styles(
            bg_color=NAVY, font_color=WHITE, bold=True, text_wrap=True, align="center", valign="vcenter",
            border=1, border_color="#B8C2CF",
        )  # fmt: skip
        heads = [{"header": self.say(column.label), "header_format": head} for column in columns]
        last = HEADER_ROW + max(1, len(self.listing.rows))
        options = {"name": f"list_{number}", "style": None, "columns": heads}
        sheet.add_table(HEADER_ROW, 0, last, len(columns) - 1, options)

    def _write(self, sheet: Worksheet, cell: tuple[int, int], value: Any, look: Any) -> None:
        shown = plain(value, self.language)
        if isinstance(shown, str) and len(shown) > LONGEST:
            shown = f"{shown[: LONGEST - 1]}…"
        if isinstance(value, Tag):
            look = self._tag_style(value.code)
        elif isinstance(value, Link) and shown and _is_text(value.path) and self.links < MOST_LINKS:
            self.links += 1
            if sheet.write_url(*cell, f"external:{self._way(value.path)}", self._linked, shown) == 0:
                return
        write(sheet, cell, shown, look)

    def _tagged(self, code: str) -> Any:
        """Cells of a few kinds have the colours that their kinds have in master workbooks."""
        known = MARKS["severity"].get(code) or MARKS["health"].get(code)
        if known is None:
            known = {"done": GOOD, "skipped": FAIR, "failed": POOR}.get(code) or (
                POOR if code in _BAD else (WHITE, INK)
            )
        back, ink = known
        return self._style(_TEXT, bg_color=back, font_color=ink, align="center")

    def _style(self, column: ListColumn, **own: Any) -> Any:
        look = {"num_format": _NUMBER_FORMATS[column.kind], "border": 1, "border_color": LINE, "valign": "vcenter"}
        wrap = {"text_wrap": True} if column.width >= WRAPPED else {}
        usual = {"align": "left" if column.kind in _LEFT else "center", "font_color": INK}
        return self.styles(**(look | wrap | usual | own))

    def _add_chart(self, sheet: Worksheet, name: str, wanted: ListChart, place: int) -> None:
        font = {"name": self.styles.font, "size": 9, "color": SLATE}
        quiet = {"num_font": font, "line": {"color": LINE}, "major_tick_mark": "none", "minor_tick_mark": "none"}
        spans = wanted.kind == "spans"
        chart: Any = self.workbook.add_chart({"type": "bar", "subtype": "stacked"} if spans else {"type": wanted.kind})
        for number, column in enumerate(wanted.columns):
            chart.add_series(self._series(name, wanted, column, PALETTE[number % len(PALETTE)]))
        title = self.say(wanted.title)
        head = font | {"size": 11, "bold": True, "color": NAVY}
        chart.set_title({"name": title, "overlay": False, "name_font": head})
        chart.set_legend({"position": "bottom", "font": font})
        grid = {"major_gridlines": {"visible": True, "line": {"color": LINE}}, "line": {"none": True}}
        if spans:
            chart.set_y_axis(quiet | {"reverse": True, "crossing": "max", "major_gridlines": {"visible": False}})
            chart.set_x_axis(quiet | grid | self._bounds(wanted) | {"num_format": "yyyy-mm"})
        else:
            chart.set_x_axis(quiet | {"date_axis": True, "num_format": "yyyy-mm-dd", "label_position": "low"})
            chart.set_y_axis(quiet | grid | self._bounds(wanted))
        chart.set_chartarea({"border": {"color": LINE}})
        rows = wanted.last - wanted.first + 1
        chart.set_size({"width": WIDTH, "height": max(HEIGHT, SPAN_HEIGHT * rows + 90) if spans else HEIGHT})
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
        return {"num_format": _NUMBER_FORMATS[kind]}

    def _ends(self, wanted: ListChart) -> Iterator[date]:
        """The days behind the bars."""
        begin, *parts = (self._place(column) for column in wanted.columns)
        for row in self.listing.rows[wanted.first : wanted.last + 1]:
            yield row[begin] + timedelta(days=sum(row[part] or 0 for part in parts))


def _is_text(path: str) -> bool:
    """Whether a file's name is text, as hardly any is not."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def _way(path: str, beside: Path | None) -> str:
    """How a link names a file: as addresses do, but with the letters of any script as they are."""
    with contextlib.suppress(ValueError):  # on another drive
        path = os.path.relpath(path, beside) if beside else path
    return _SPECIAL.sub(lambda sign: quote(sign[0]), path)

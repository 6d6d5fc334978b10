"""Lists as a workbook of their own: one sheet each with a table to filter, and native charts beside it.

Text is written as text, never as a formula or a link; links are those that lists say. The same lists give the same bytes. Not here: the lists (``commands``),
master workbooks (``master``).
"""

from __future__ import annotations

import contextlib
import math
import os
import re
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from unicodedata import east_asian_width
from urllib.parse import quote

from xlsxwriter import Workbook

from automation.base.findings import Text
from automation.excel.listing_charts import HEADER_ROW, NUMBER_FORMATS, Sheet, add_charts
from automation.excel.listing_mark import MARK
from automation.excel.master.book import write
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
    from automation.model.listing import Listing

TITLE_ROW, ABOUT_ROW = 0, 1
MOST_NAME: Final = 31
A3, A4 = 8, 9
WIDE: Final = 130
"""Characters of all columns together beyond which a sheet is printed on A3."""
_LEFT: Final = frozenset({"text"})
_TEXT: Final = ListColumn("", Text("", ""))
_BAD: Final = frozenset({"crashed", "timed_out", "out_of_memory"})
WRAPPED: Final = 40
"""Columns so wide hold sentences, which go on in a second line."""
LONGEST: Final = 32_767
"""Excel takes no longer text in a cell."""
LINE_POINTS, MOST_LINES = 15, 25
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
    workbook.set_custom_property(*MARK)
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
        add_charts(Sheet(self.workbook, sheet, name, self.styles), self.listing, self.language)
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
        self._set_heights(sheet)
        head = self.styles(
            bg_color=NAVY, font_color=WHITE, bold=True, text_wrap=True, align="center", valign="vcenter",
            border=1, border_color="#B8C2CF",
        )  # fmt: skip
        heads = [{"header": self.say(column.label), "header_format": head} for column in columns]
        last = HEADER_ROW + max(1, len(self.listing.rows))
        options = {"name": f"list_{number}", "style": None, "columns": heads}
        sheet.add_table(HEADER_ROW, 0, last, len(columns) - 1, options)

    def _set_heights(self, sheet: Worksheet) -> None:
        """Rows with long sentences are as high as these need: not every program finds that out by itself."""
        wide = [(place, column.width) for place, column in enumerate(self.listing.columns) if column.width >= WRAPPED]
        for line, row in enumerate(self.listing.rows if wide else (), start=HEADER_ROW + 1):
            lines = max(_lines(plain(row[place], self.language), width) for place, width in wide)
            if lines > 1:
                sheet.set_row(line, min(lines, MOST_LINES) * LINE_POINTS)

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
        look = {"num_format": NUMBER_FORMATS[column.kind], "border": 1, "border_color": LINE, "valign": "vcenter"}
        wrap = {"text_wrap": True} if column.width >= WRAPPED else {}
        usual = {"align": "left" if column.kind in _LEFT else "center", "font_color": INK}
        return self.styles(**(look | wrap | usual | own))


def _lines(text: Any, width: float) -> int:
    """How many lines a text takes in a column of so many characters; Chinese ones are twice as wide."""
    if not isinstance(text, str):
        return 1
    return sum(
        max(1, math.ceil(sum(2 if east_asian_width(sign) in "WF" else 1 for sign in part) * 1.1 / width))
        for part in text.split("\n")
    )


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

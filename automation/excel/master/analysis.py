"""Analysis sheets: a head, a table that a command fills, colours by value, charts and, on some, a grid to the right.

Nobody types on them. Row 1 is the title, row 2 says what is shown (the command writes it), rows 3 and 4 are hidden and
hold what formulas need, row 5 is a band above the grid's headings, the table's header stands in row 6.
Not here: charts (``analysis_charts``), colours by value (``analysis_heat``), what is written later (``commands``).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from automation.base.findings import Text
from automation.excel.master.analysis_charts import add_charts
from automation.excel.master.analysis_heat import add_heat
from automation.excel.master.book import day_number, typed, write
from automation.excel.master.columns import help_text, title, validation
from automation.excel.master.gantt import add_gantt
from automation.excel.master.look import BLUE, INK, LINE, MARKS, NAVY, SLATE, TAB_COLOURS, WHITE
from automation.excel.master.places import ANALYSIS_HEADER, LAST_ROW
from automation.excel.master.sheets import set_print
from automation.model.analyses import GRID_MARK

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from automation.excel.master.book import Book
    from automation.schema.catalogue import Column, Sheet

A3: Final = 8
TITLE_ROW, CAPTION_ROW, OFFSETS_ROW, FLAGS_ROW, BAND_ROW, HEADER_ROW = range(ANALYSIS_HEADER)
GAP: Final = 1.2
"""Width of the column that parts table and grid, or table and charts."""
GRID_ROW_POINTS: Final = 13.5
"""Height of the rows beside a grid: many of them are looked at together."""
HEAD: Final[dict[str, Any]] = {"bg_color": NAVY, "font_color": WHITE, "bold": True}
DRAWN: Final[Mapping[str, Callable[[Book, Worksheet, Sheet], None]]] = {"gantt": add_gantt}
"""Sheets whose grid has a look of its own."""
SOME_DAY: Final = date(2026, 1, 1)
"""Stands in the hidden row until a command writes another: an open workbook tells formats of cells with numbers alone."""
_NOT_YET: Final = Text(
    "尚未写入：在功能区点击相应按钮，或运行 deliverybook 的同名命令。",
    "Not written yet: click the button on the ribbon, or run the deliverybook command of that name.",
)


def add_analysis(book: Book, sheet: Sheet) -> None:
    """Adds one analysis sheet with the rows that the workbook starts with (usually none: one empty row)."""
    worksheet = book.workbook.add_worksheet(book.places.name(sheet.id))
    worksheet.set_tab_color(TAB_COLOURS[sheet.group])
    worksheet.hide_gridlines(2)
    _add_head(book, worksheet, sheet)
    for number, column in enumerate(sheet.columns):
        options = {"level": 1, "hidden": True} if column.folded else {}
        worksheet.set_column(number, number, column.width, book.styles(), options)
    rows = book.rows.get(sheet.id, ())
    for line, row in enumerate(rows or ({},), start=HEADER_ROW + 1):
        for number, column in enumerate(sheet.columns):
            value = typed(row.get(column.id), column, book.catalogue, book.language)
            write(worksheet, (line, number), value, cell_style(book, column))
    _add_table(book, worksheet, sheet, max(len(rows), 1))
    _add_marks(book, worksheet, sheet)
    add_heat(book, worksheet, sheet)
    _add_grid(book, worksheet, sheet)
    add_charts(book, worksheet, sheet, max(len(rows), 1))
    _set_print(book, worksheet, sheet)


def cell_style(book: Book, column: Column) -> Format:
    """The format of a column's cells; only long text is broken into lines, so that rows stay low."""
    return book.styles.cell(
        column, bg_color=WHITE, font_color=INK, text_wrap=column.kind == "long", valign="vcenter", locked=True
    )


def _add_head(book: Book, worksheet: Worksheet, sheet: Sheet) -> None:
    look = book.styles
    if sheet.view.grid:
        worksheet.set_default_row(GRID_ROW_POINTS)
    for row, height in enumerate((26, 18, 15, 15, 16 if sheet.view.grid else 6, 34)):
        worksheet.set_row(row, height, look(), {"hidden": True} if row in {OFFSETS_ROW, FLAGS_ROW} else {})
    name = book.places.name(sheet.id)
    worksheet.write_string(TITLE_ROW, 0, name, look(bold=True, font_size=16, font_color=NAVY, valign="vcenter"))
    caption = look(font_color=SLATE, valign="vcenter", num_format="@")
    worksheet.write_string(CAPTION_ROW, 0, book.say(_NOT_YET), caption)
    worksheet.freeze_panes(HEADER_ROW + 1, _frozen(sheet))


def _frozen(sheet: Sheet) -> int:
    """How many columns stay in view: up to the title's."""
    return [column.id for column in sheet.columns].index(sheet.title) + 1


def _add_table(book: Book, worksheet: Worksheet, sheet: Sheet, rows: int) -> None:
    head = book.styles(**HEAD, text_wrap=True, align="center", valign="vcenter", border=1, border_color="#B8C2CF")
    columns = [{"header": book.say(column.label), "header_format": head} for column in sheet.columns]
    options = {"name": sheet.table, "style": None, "columns": columns}
    worksheet.add_table(HEADER_ROW, 0, HEADER_ROW + rows, len(columns) - 1, options)
    for number, column in enumerate(sheet.columns):
        message = help_text(sheet, column, book.places)
        tip = {"validate": "any", "input_title": title(column, book.language), "input_message": message}
        worksheet.data_validation(HEADER_ROW, number, HEADER_ROW, number, tip)
        rule = validation(sheet, column, book.places)
        if rule is not None:
            worksheet.data_validation(HEADER_ROW + 1, number, LAST_ROW - 1, number, rule)


def _add_marks(book: Book, worksheet: Worksheet, sheet: Sheet) -> None:
    """List values that say how well something stands are coloured as on the other sheets."""
    for number, column in enumerate(sheet.columns):
        for code, colours in MARKS.get(column.list, {}).items():
            rule = {"type": "cell", "criteria": "==", "value": f"={book.places.code(column.list, code)}"}
            area = (HEADER_ROW + 1, number, LAST_ROW - 1, number)
            worksheet.conditional_format(*area, rule | {"format": book.styles.mark(colours)})


def _add_grid(book: Book, worksheet: Worksheet, sheet: Sheet) -> None:
    """The grid's columns: their look is that of the columns, cells are only there where a command writes."""
    grid = sheet.view.grid
    if not grid:
        return
    gap, first = len(sheet.columns), len(sheet.columns) + 1
    last = first + grid["columns"] - 1
    shown = {"num_format": grid.get("number_format", "General"), "font_size": grid.get("font_size", 8)}
    body = book.styles(**shown, align="center", valign="vcenter", locked=True)
    worksheet.set_column(gap, gap, GAP, book.styles())
    worksheet.set_column(first, last, grid["width"], body)
    small: dict[str, Any] = {"font_size": 8, "font_color": SLATE, "valign": "vcenter", "num_format": "@"}
    head = book.styles(**small, align="center", bottom=1, bottom_color=BLUE)
    band = book.styles(**small | {"font_color": NAVY, "bold": True}, align="left")
    worksheet.write_string(HEADER_ROW, gap, GRID_MARK, book.styles(font_color=WHITE, font_size=8))
    worksheet.write_number(
        OFFSETS_ROW, gap, day_number(SOME_DAY), book.styles(num_format="yyyy-mm-dd", font_color=LINE)
    )
    for column in range(first, last + 1):
        worksheet.write_blank(HEADER_ROW, column, None, head)
        worksheet.write_blank(BAND_ROW, column, None, band)
    if sheet.id in DRAWN:
        DRAWN[sheet.id](book, worksheet, sheet)


def _set_print(book: Book, worksheet: Worksheet, sheet: Sheet) -> None:
    """Landscape, one page wide and as long as needed (A3 with a grid, else A4); the header repeats."""
    set_print(book, worksheet)
    worksheet.fit_to_pages(1, 0)
    worksheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    worksheet.repeat_rows(BAND_ROW, HEADER_ROW)
    if sheet.view.grid:
        worksheet.set_paper(A3)
    owner = " · ".join(part for part in (book.customer, book.name) if part).replace("&", "&&")[:150]
    worksheet.set_header(f"&L&8{owner}&R&8&A")

"""The sheets with rows: an Excel table from A1, drop-downs, help, formats, marks and print set-up.

Not here: the cover and the dashboard, and what makes up one column's validation (``columns``).
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any, Final

from automation.base.findings import Text
from automation.excel.heights import lines_needed, points
from automation.excel.master.book import typed, write
from automation.excel.master.columns import EARLIEST, help_text, title, validation
from automation.excel.master.look import MARKS, QUIET, TAB_COLOURS, WRAPPED
from automation.excel.master.places import LAST_ROW

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlsxwriter.worksheet import Worksheet

    from automation.base.findings import Value
    from automation.excel.master.book import Book
    from automation.schema.catalogue import Column, Sheet

A4: Final = 9
HEADER_HEIGHT: Final = 42
TITLE_WIDTH: Final = 28
FROZEN_WIDTH: Final = 64
"""The title column is frozen along with the key when both and what lies between fit into this many characters."""
PAGE_WIDTH: Final = 210
"""Characters that fit across a printed page at about half size."""
FOREIGN: Final = {"zh": "_en", "en": "_zh"}
"""Suffix of the columns of findings and settings that hold the language which the workbook is not in."""
_PAGE: Final = Text("第 &P 页，共 &N 页", "Page &P of &N")


def add_sheet(book: Book, sheet: Sheet) -> None:
    """Adds one sheet with its table, its rows (or one empty row), its help and its print set-up."""
    worksheet = book.workbook.add_worksheet(book.places.name(sheet.id))
    worksheet.set_tab_color(TAB_COLOURS[sheet.group])
    worksheet.hide_gridlines(2)
    worksheet.set_row(0, HEADER_HEIGHT)
    rows = book.rows.get(sheet.id, ())
    for number in range(len(sheet.columns)):
        _set_column(book, worksheet, sheet, number)
    for line, row in enumerate(rows or ({},), start=1):
        _add_row(book, worksheet, sheet, line, row)
    _add_table(book, worksheet, sheet, len(rows))
    _add_guidance(book, worksheet, sheet, max(LAST_ROW, len(rows) + 1))
    _add_marks(book, worksheet, sheet, max(LAST_ROW, len(rows) + 1))
    frozen = _frozen(sheet)
    worksheet.freeze_panes(1, frozen)
    set_print(book, worksheet)
    _set_table_print(book, worksheet, sheet, frozen)


def set_print(book: Book, worksheet: Worksheet) -> None:
    """A4 landscape on one page, with sheet name and page numbers in the footer."""
    worksheet.set_landscape()
    worksheet.set_paper(A4)
    worksheet.fit_to_pages(1, 1)
    worksheet.set_margins(left=0.4, right=0.4, top=0.4, bottom=0.6)
    worksheet.center_horizontally()
    worksheet.set_footer(f"&L&8Deliverybook&C&8&A&R&8{book.say(_PAGE)}")


def pages_wide(widths: Sequence[float], repeated: int) -> int:
    """How many pages a table is wide so that it stays readable; the first columns repeat on each page."""
    again = sum(widths[:repeated])
    rest = max(0.0, sum(widths) - PAGE_WIDTH)
    return 1 + ceil(rest / (PAGE_WIDTH - again))


def _set_table_print(book: Book, worksheet: Worksheet, sheet: Sheet, frozen: int) -> None:
    """As many pages wide as readable, as many pages long as needed; header row and frozen columns repeat."""
    widths = [_width(sheet, column) for column in sheet.columns if not _folded(book, sheet, column)]
    wide = pages_wide(widths, frozen)
    worksheet.fit_to_pages(wide, 0)
    worksheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    worksheet.repeat_rows(0)
    if wide > 1:
        worksheet.repeat_columns(0, frozen - 1)
    owner = " · ".join(part for part in (book.customer, book.name) if part).replace("&", "&&")[:150]
    worksheet.set_header(f"&L&8{owner}&R&8&A")


def _add_row(book: Book, worksheet: Worksheet, sheet: Sheet, line: int, row: Mapping[str, Value]) -> None:
    """Writes one row and, where its text takes several lines, an estimated height."""
    lines = 1
    for number, column in enumerate(sheet.columns):
        value = typed(row.get(column.id), column, book.catalogue, book.language)
        if sheet.kind == "system" and column.id == "sheet" and value in book.catalogue.sheets:
            value = book.places.name(str(value))
        write(worksheet, (line, number), value, _cell_style(book, sheet, column, row) or book.styles.cell(column))
        if isinstance(value, str) and column.kind in WRAPPED and not _folded(book, sheet, column):
            lines = max(lines, lines_needed(value, _width(sheet, column)))
    if lines > 1:
        worksheet.set_row(line, points(lines))


def _set_column(book: Book, worksheet: Worksheet, sheet: Sheet, number: int) -> None:
    column = sheet.columns[number]
    options: dict[str, Any] = {"level": 1, "hidden": True} if _folded(book, sheet, column) else {}
    worksheet.set_column(
        number, number, _width(sheet, column), _cell_style(book, sheet, column, {}) or book.styles.cell(column), options
    )


def _width(sheet: Sheet, column: Column) -> float:
    return max(column.width, TITLE_WIDTH) if column.id == sheet.title != sheet.key else column.width


def _folded(book: Book, sheet: Sheet, column: Column) -> bool:
    """Whether the column holds the language that the workbook is not in, so that it starts folded away."""
    return sheet.id in {"findings", "settings"} and column.id.endswith(FOREIGN[book.language])


def _cell_style(book: Book, sheet: Sheet, column: Column, row: Mapping[str, Value]) -> Any:
    """The format where it differs from the column's kind: links to cells, and settings by type of value."""
    if (sheet.id, column.id) == ("findings", "cell"):
        return book.styles.cell(column, font_color="#0563C1", underline=1, align="center")
    if (sheet.id, column.id) == ("settings", "value"):
        parameter = book.catalogue.parameters.get(str(row.get("key", "")))
        number_format = {None: "@", "date": "yyyy-mm-dd", "text": "@", "enum": "@", "list": "@"}
        return book.styles.cell(
            column, num_format=number_format.get(parameter.type if parameter else None, "General"), align="left"
        )
    return None


def _add_table(book: Book, worksheet: Worksheet, sheet: Sheet, rows: int) -> None:
    columns = [
        {"header": column.label.in_(book.language), "header_format": book.styles.header(sheet, column)}
        for column in sheet.columns
    ]
    options = {"name": sheet.table, "style": None, "columns": columns}
    worksheet.add_table(0, 0, max(1, rows), len(columns) - 1, options)


def _add_guidance(book: Book, worksheet: Worksheet, sheet: Sheet, last: int) -> None:
    for number, column in enumerate(sheet.columns):
        head = {
            "validate": "any",
            "input_title": title(column, book.language),
            "input_message": help_text(sheet, column, book.places),
        }
        worksheet.data_validation(0, number, 0, number, head)
        if sheet.id == "settings" and column.id == "value":
            _add_settings_guidance(book, worksheet, number)
            continue
        rule = validation(sheet, column, book.places)
        if rule is not None:
            worksheet.data_validation(1, number, last - 1, number, rule)


def _add_settings_guidance(book: Book, worksheet: Worksheet, number: int) -> None:
    """Each parameter's cell takes only what the parameter takes."""
    for line, row in enumerate(book.rows["settings"], start=1):
        parameter = book.catalogue.parameters.get(str(row["key"]))
        if parameter is None:
            continue
        rule: dict[str, Any] = {"validate": "any"}
        if parameter.choices:
            rule = {"validate": "list", "source": list(parameter.choices)}
        elif parameter.minimum is not None and parameter.maximum is not None:
            rule = {"validate": "decimal", "criteria": "between"}
            rule |= {"minimum": parameter.minimum, "maximum": parameter.maximum}
        elif parameter.minimum is not None:
            rule = {"validate": "decimal", "criteria": ">=", "value": parameter.minimum}
        elif parameter.type == "date":
            rule = {"validate": "date", "criteria": ">=", "value": EARLIEST}
        rule |= {"input_title": book.say(parameter.label)[:32], "input_message": book.say(parameter.description)[:250]}
        worksheet.data_validation(
            line, number, line, number, {key: entry for key, entry in rule.items() if entry != ""}
        )


def _add_marks(book: Book, worksheet: Worksheet, sheet: Sheet, last: int) -> None:
    for number, column in enumerate(sheet.columns):
        for code, colours in MARKS.get(column.list, {}).items():
            options = {"type": "cell", "criteria": "==", "value": f"={book.places.code(column.list, code)}"}
            worksheet.conditional_format(1, number, last - 1, number, options | {"format": book.styles.mark(colours)})
    if sheet.id == "plan":
        _add_plan_marks(book, worksheet, last)


def _add_plan_marks(book: Book, worksheet: Worksheet, last: int) -> None:
    """Milestones and phases stand out, critical tasks and slips are red, cancelled tasks are struck out."""
    places = book.places
    kind, critical, status = (places.letter("plan", column) for column in ("kind", "critical", "status"))
    slip, red = places.letter("plan", "slip_days"), {"font_color": "#B3261E", "bold": True}
    rules: tuple[tuple[str, str, dict[str, Any]], ...] = (
        (f"{critical}2:{critical}{last}", f"${critical}2={places.code('yesno', 'yes')}", red),
        (f"{slip}2:{slip}{last}", f"N(${slip}2)>0", red),
        ("", f"${status}2={places.code('task_status', 'cancelled')}", {"font_strikeout": True, "font_color": QUIET[1]}),
        ("", f"${kind}2={places.code('task_kind', 'milestone')}", {"bold": True, "bg_color": "#FFF6DF"}),
        ("", f"${kind}2={places.code('task_kind', 'phase')}", {"bold": True, "bg_color": "#E3ECF7"}),
    )
    whole = f"A2:{places.letter('plan', book.catalogue.sheets['plan'].columns[-1].id)}{last}"
    for area, formula, look in rules:
        rule = {"type": "formula", "criteria": f"={formula}", "format": book.workbook.add_format(look)}
        worksheet.conditional_format(area or whole, rule)


def _frozen(sheet: Sheet) -> int:
    """How many columns stay in view: up to the key, or up to the title where that is near."""
    places = {column.id: number for number, column in enumerate(sheet.columns)}
    key, near = places[sheet.key] + 1, places[sheet.title] + 1
    width = sum(_width(sheet, column) for column in sheet.columns[:near])
    return max(key, near) if width <= FROZEN_WIDTH else key

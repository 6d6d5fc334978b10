"""The dashboard: tiles, charts, risk matrix and milestones on one page, and the data area that they read.

The data area stands to the right of the page, outside the print area. Not here: what is counted
(``figures``) and how a chart is drawn (``charts``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xlsxwriter.utility import xl_rowcol_to_cell

from automation.base.findings import Text
from automation.excel.master.charts import HIDE_ZERO, Picture, Series, add_chart
from automation.excel.master.cover import status_date, status_date_formula, title_formulas
from automation.excel.master.data import DataArea
from automation.excel.master.figures import BLOCKS, risk_count
from automation.excel.master.look import (
    BLUE,
    GOLD,
    GREEN,
    LINE,
    NAVY,
    ORANGE,
    RED,
    SEVERITY_COLOURS,
    SLATE,
    STONE,
    TEAL,
    WHITE,
)
from automation.excel.master.places import literal
from automation.excel.master.sheets import set_print
from automation.excel.master.tiles import TILE_ROW, add_tiles

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from automation.excel.master.book import Book
    from automation.schema.catalogue import Sheet

COLUMNS: Final = 24
BLOCK: Final = 8
BLOCK_ROWS: Final = 11
COLUMN_PIXELS: Final = 50
ROW_PIXELS: Final = 22
BANDS: Final = tuple(TILE_ROW + 8 + number * (BLOCK_ROWS + 2) for number in range(4))
GRID: Final = (
    ("progress", "tasks", "slips"),
    ("findings", "requirements", "checks"),
    ("costs", "risks", "milestones"),
    ("scope", "pipeline", "requests"),
)

_TITLE: Final = Text("项目看板", "Project dashboard")
_STATUS_DATE: Final = Text("状态日期", "Status date")
_SELECT: Final = Text("选择项目（留空为全部）", "Project (empty: all)")
_SELECT_TIP: Final = Text(
    "从列表选择项目编号；留空则统计全部项目。", "Choose a project id; leave empty to count all projects."
)
_COLOURS: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "progress": (BLUE, (STONE, "#9DB8D9", BLUE, GOLD)),
    "tasks": (BLUE, ("#B8C2CF", BLUE, GREEN, GOLD, STONE)),
    "slips": (ORANGE, ()),
    "findings": (RED, tuple(fill for fill, _ in SEVERITY_COLOURS.values())),
    "requirements": (TEAL, ()),
    "checks": (GREEN, ("#B8C2CF", GREEN, GOLD, RED)),
    "costs": ("#9DB8D9", ()),
    "scope": ("#9DB8D9", ()),
    "pipeline": (GOLD, ()),
    "requests": (TEAL, ()),
}
_STACKED: Final = 270
_UPWARDS: Final = 90
"""XlsxWriter's rotations for letters one below the other and for text that runs upwards."""
_PROBABILITY: Final = Text("可能性", "Probability")
_IMPACT: Final = Text("影响程度", "Impact")
_HEADS: Final = (Text("里程碑", "Milestone"), Text("预测完成", "Forecast"), Text("偏差", "Slip"))


def add_dashboard(book: Book, entry: Sheet) -> None:
    """Adds the dashboard with its data area."""
    sheet = book.workbook.add_worksheet(book.places.name(entry.id))
    sheet.set_tab_color(NAVY)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 1.5, book.styles())
    sheet.set_column_pixels(1, COLUMNS, COLUMN_PIXELS, book.styles())
    sheet.set_column(COLUMNS + 1, COLUMNS + 1, 1.5, book.styles())
    area = DataArea(book, sheet, BANDS)
    area.add_figures(entry)
    _add_title(book, sheet)
    add_tiles(book, sheet, area)
    _add_blocks(book, sheet, area)
    sheet.print_area(0, 0, BANDS[-1] + BLOCK_ROWS, COLUMNS + 1)
    sheet.freeze_panes(2, 0)
    set_print(book, sheet)


def _add_title(book: Book, sheet: Worksheet) -> None:
    look = book.styles
    sheet.set_row(0, 33)
    sheet.set_row(1, 21)
    sheet.set_row(2, 6)
    for row in (0, 1):
        for column in range(COLUMNS + 2):
            sheet.write_blank(row, column, None, look(bg_color=NAVY))
    band = {"bg_color": NAVY, "font_color": WHITE, "valign": "vcenter"}
    (project, project_now), (customer, customer_now) = title_formulas(book)
    heading = f"{book.say(_TITLE)}  ·  "
    book.merged_formula(
        sheet,
        (0, 1, 0, 17),
        f"{literal(heading)}&{project}",
        look(**band, bold=True, font_size=18),
        stored=f"{heading}{project_now}",
    )
    book.merged_formula(sheet, (1, 1, 1, 11), customer, look(**band | {"font_color": "#B9C7DE"}), stored=customer_now)
    right = band | {"align": "right", "font_color": "#B9C7DE"}
    book.merged(sheet, (0, 18, 0, 21), book.say(_STATUS_DATE), look(**right))
    dated = look(**band, bold=True, font_size=12, num_format="yyyy-mm-dd", align="right")
    book.merged_formula(sheet, (0, 22, 0, COLUMNS), status_date_formula(book), dated, stored=status_date(book))
    book.merged(sheet, (1, 12, 1, 20), book.say(_SELECT), look(**right))
    select = look(
        bg_color="#FFF9E5", align="center", valign="vcenter", border=1, border_color=GOLD, locked=False, num_format="@"
    )
    book.merged(sheet, (1, 21, 1, COLUMNS), "", select)
    own = book.places.quoted("dashboard")
    book.workbook.define_name("dashboard_project", f"={own}!{xl_rowcol_to_cell(1, 21, row_abs=True, col_abs=True)}")
    sheet.data_validation(
        1,
        21,
        1,
        21,
        {
            "validate": "list",
            "source": "=ref_projects",
            "error_type": "warning",
            "input_title": book.say(_TITLE),
            "input_message": book.say(_SELECT_TIP),
        },
    )


def _add_blocks(book: Book, sheet: Worksheet, area: DataArea) -> None:
    head = book.styles(bold=True, font_color=NAVY, bottom=2, bottom_color=BLUE, valign="vcenter")
    for top, names in zip(BANDS, GRID, strict=True):
        sheet.set_row(top, 19.5)
        for row in range(top + 1, top + 1 + BLOCK_ROWS):
            sheet.set_row_pixels(row, ROW_PIXELS)
        sheet.set_row(top + 1 + BLOCK_ROWS, 6)
        for number, name in enumerate(names):
            left = 1 + BLOCK * number
            width = BLOCK - 1 if number < len(names) - 1 else BLOCK
            book.merged(sheet, (top, left, top, left + width - 1), book.say(BLOCKS[name]), head)
            if name == "risks":
                _add_matrix(book, sheet, (top + 1, left))
            elif name == "milestones":
                _add_milestones(book, sheet, area, (top + 1, left))
            else:
                _add_block_chart(book, sheet, area, name, (top + 1, left, width))


def _add_block_chart(book: Book, sheet: Worksheet, area: DataArea, name: str, cell: tuple[int, int, int]) -> None:
    row, left, width = cell
    colour, points = _COLOURS[name]
    kind = {"findings": "doughnut", "costs": "column", "scope": "column"}.get(name, "bar")
    number_format = {"progress": '0.0"%";;', "slips": "0;-0;;"}.get(name, HIDE_ZERO)
    picture = Picture(kind, book.say(BLOCKS[name]), number_format, legend=kind != "bar")
    shown = (3,) if name == "slips" else (1, 2) if name in {"costs", "scope"} else (1,)
    inks = tuple(ink for _, ink in SEVERITY_COLOURS.values()) if kind == "doughnut" else ()
    series = [
        Series(area.head(name, column), area.span(name, 0), area.span(name, column), fill, points, inks)
        for column, fill in zip(shown, (colour, BLUE), strict=False)
    ]
    add_chart(book, sheet, series, picture, (row, left, COLUMN_PIXELS * width - 6, ROW_PIXELS * BLOCK_ROWS - 4))


def _add_matrix(book: Book, sheet: Worksheet, cell: tuple[int, int]) -> None:
    """Five by five counts of open risks; probability upwards, impact to the right, coloured by exposure."""
    row, left = cell
    small = book.styles(font_size=9, font_color=SLATE, align="center", valign="vcenter")
    turn = _STACKED if book.language == "zh" else _UPWARDS
    turned = book.styles(font_size=9, font_color=SLATE, align="center", valign="vcenter", rotation=turn)
    book.merged(sheet, (row, left, row + 9, left), book.say(_PROBABILITY), turned)
    levels = [float(str(book.setting(key))) for key in ("risk_very_high", "risk_high", "risk_medium")]
    for probability in range(1, 6):
        top = row + 2 * (5 - probability)
        book.merged(sheet, (top, left + 1, top + 1, left + 1), str(probability), small)
        for impact in range(1, 6):
            look = {"bg_color": _exposure_colour(probability * impact, levels), "border": 1, "border_color": WHITE}
            look |= {"align": "center", "valign": "vcenter", "num_format": "0;;;@"}
            style = book.styles(**look, bold=True, font_size=12)
            place = (top, left + 1 + impact)
            book.merged(sheet, (*place, top + 1, left + 1 + impact), "", style)
            book.tally(sheet, place, risk_count(probability, impact), style)
    for impact in range(1, 6):
        sheet.write_number(row + 10, left + 1 + impact, impact, small)
    book.merged(sheet, (row + 10, left, row + 10, left + 1), book.say(_IMPACT), small)


def _exposure_colour(exposure: int, levels: list[float]) -> str:
    """The fill of an exposure; ``levels`` are the least exposures of very high, high and medium."""
    colours = ("#E58D86", "#F3B98B", "#F8E29A")
    return next((colour for colour, level in zip(colours, levels, strict=True) if exposure >= level), "#BFE3C8")


def _add_milestones(book: Book, sheet: Worksheet, area: DataArea, cell: tuple[int, int]) -> None:
    """The milestones of the data area as a small table."""
    row, left = cell
    look = {"font_size": 9, "bottom": 1, "bottom_color": LINE, "valign": "vcenter"}
    parts = ((0, 4, 0, "left", "@"), (5, 6, 2, "center", "yyyy-mm-dd"), (7, 7, 3, "center", "0"))
    for (start, end, source, align, number_format), text in zip(parts, _HEADS, strict=True):
        head = book.styles(**look, align=align, font_color=SLATE)
        book.merged(sheet, (row, left + start, row, left + end), book.say(text), head)
        style = book.styles(**look, align=align, num_format=number_format, shrink=True)
        for line in range(area.lines("slips")):
            target = (row + 1 + line, left + start, row + 1 + line, left + end)
            address = area.address("slips", line, source)
            stored = area.milestone(line)[source]
            book.merged_formula(sheet, target, f'IF({address}="","",{address})', style, stored=stored)
    first, last, column = row + 1, row + area.lines("slips"), left + 7
    red = book.workbook.add_format({"font_color": RED, "bold": True})
    late = f"=N({xl_rowcol_to_cell(first, column)})>0"
    sheet.conditional_format(first, column, last, column, {"type": "formula", "criteria": late, "format": red})

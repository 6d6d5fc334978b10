"""The tiles of the dashboard: one figure each, with its name above and what explains it below.

Not here: charts and tables (``dashboard``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from automation.base.findings import Text
from automation.excel.master.cover import NO_VALUE, project_formula
from automation.excel.master.figures import COUNT_TOTALS, TILES
from automation.excel.master.look import BLUE, MARKS, MIST, NAVY, RED, SLATE, STONE, WHITE
from automation.excel.master.places import literal

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from automation.base.findings import Value
    from automation.excel.master.book import Book
    from automation.excel.master.data import DataArea
    from automation.excel.master.figures import Ratio

TILE_ROW: Final = 3
_WIDE: Final = 4
_HIGH: Final = 4

_HEALTH: Final = Text("健康度", "Health")
_STATUS: Final = Text("状态 ", "Status ")
_COMPLETE: Final = Text("完成率", "Complete")
_PLANNED: Final = Text("计划 ", "Planned ")
_FINISH: Final = Text("预测完成日", "Forecast finish")
_DEADLINE: Final = Text("合同截止 ", "Deadline ")
_SLIP: Final = Text("预测延期", "Forecast slip")
_DAYS: Final = Text("工作日", "Working days")
_BUDGET: Final = Text("预算使用率", "Budget used")
_TOTAL: Final = Text("预算 ", "Budget ")
_OPEN: Final = Text("错误 / 高级别问题", "Errors / high findings")
_OPEN_DETAIL: Final = Text("未关闭的检查结果", "Open findings")


class Tile(NamedTuple):
    """What one tile shows: formulas of value and detail with their present results."""

    label: str
    formula: str
    stored: Value
    number_format: str
    detail: str
    detail_stored: str


def add_tiles(book: Book, sheet: Worksheet, area: DataArea) -> None:
    """Adds two rows of six tiles."""
    for line, tiles in enumerate((_project_tiles(book, area), [_ratio_tile(book, tile) for tile in TILES])):
        top = TILE_ROW + _HIGH * line
        for offset, height in enumerate((18, 30, 16.5, 6)):
            sheet.set_row(top + offset, height)
        for number, tile in enumerate(tiles):
            _add_tile(book, sheet, (top, 1 + _WIDE * number), tile)
    row = TILE_ROW + 1
    for code, colours in MARKS["health"].items():
        rule = {"type": "cell", "criteria": "==", "value": f"={book.places.code('health', code)}"}
        sheet.conditional_format(row, 1, row, _WIDE, rule | {"format": book.styles.mark(colours)})
    slip = 1 + 3 * _WIDE
    red = book.workbook.add_format({"font_color": RED})
    late = {"type": "formula", "criteria": f"=N($N${row + 1})>0", "format": red}
    sheet.conditional_format(row, slip, row, slip + _WIDE - 1, late)


def _add_tile(book: Book, sheet: Worksheet, cell: tuple[int, int], tile: Tile) -> None:
    (row, left), right = cell, cell[1] + _WIDE - 1
    edge = {"bg_color": MIST, "align": "center", "valign": "vcenter", "right": 5, "right_color": WHITE}
    head = book.styles(**edge, font_color=SLATE, top=5, top_color=BLUE)
    book.merged(sheet, (row, left, row, right), tile.label, head)
    big = book.styles(**edge, bold=True, font_size=18, font_color=NAVY, num_format=tile.number_format, shrink=True)
    book.merged_formula(sheet, (row + 1, left, row + 1, right), tile.formula, big, stored=tile.stored)
    small = book.styles(**edge, font_size=8, font_color=STONE)
    book.merged_formula(sheet, (row + 2, left, row + 2, right), tile.detail, small, stored=tile.detail_stored)


def _project_tiles(book: Book, area: DataArea) -> list[Tile]:
    planned = area.figure("planned_percent")
    planned_detail = f'{literal(book.say(_PLANNED))}&IF({planned}="",{literal(NO_VALUE)},TEXT({planned},"0.0")&"%")'
    given = area.given("planned_percent")
    planned_now = f"{book.say(_PLANNED)}{NO_VALUE if given is None else f'{float(str(given)):.1f}%'}"
    errors, high = (area.value_address("findings", code) for code in ("error", "high"))
    opened = f"{area.stored('findings', 'error'):.0f} / {area.stored('findings', 'high'):.0f}"
    fixed = {"slip_days": book.say(_DAYS), "": book.say(_OPEN_DETAIL)}
    return [
        _project_tile(book, _HEALTH, "health", "@", _detail(book, "status", _STATUS)),
        _project_tile(book, _COMPLETE, "percent_complete", '0.0"%"', (planned_detail, planned_now)),
        _project_tile(book, _FINISH, "forecast_finish", "yyyy-mm-dd", _detail(book, "finish_deadline", _DEADLINE)),
        _project_tile(book, _SLIP, "slip_days", "0", (literal(fixed["slip_days"]), fixed["slip_days"])),
        _project_tile(book, _BUDGET, "budget_used", '0.0"%"', _detail(book, "budget_total", _TOTAL)),
        Tile(book.say(_OPEN), f'{errors}&" / "&{high}', opened, "@", literal(fixed[""]), fixed[""]),
    ]


def _project_tile(book: Book, label: Text, column: str, number_format: str, detail: tuple[str, str]) -> Tile:
    formula = project_formula(book, column, literal(NO_VALUE))
    return Tile(book.say(label), formula, _stored(book, column), number_format, *detail)


def _detail(book: Book, column: str, words: Text) -> tuple[str, str]:
    """Formula and present result of a line such as ``deadline 2026-09-10``."""
    kind = book.catalogue.sheets["projects"].column(column).kind
    pattern = {"date": "yyyy-mm-dd", "money": "#,##0"}.get(kind, "@")
    cell = f"INDEX({book.places.column('projects', column)},project_row)"
    formula = f'{literal(book.say(words))}&IF({cell}="",{literal(NO_VALUE)},TEXT({cell},"{pattern}"))'
    value = _stored(book, column)
    shown = f"{value:,.0f}" if kind == "money" and not isinstance(value, str) else str(value)
    return formula, f"{book.say(words)}{shown}"


def _stored(book: Book, column: str) -> Value:
    value = book.project(column)
    return NO_VALUE if value is None else value


def _ratio_tile(book: Book, tile: Ratio) -> Tile:
    part, done = tile.part.formula(book.places), tile.part.result(book.places, book.rows)
    words = book.say(tile.detail)
    if tile.whole is None:
        total = COUNT_TOTALS[tile.part.sheet]
        before, after = words.split("{}")
        detail = f"{literal(before)}&{total.formula(book.places)}&{literal(after)}"
        shown = words.format(round(total.result(book.places, book.rows)))
        return Tile(book.say(tile.label), part, done, "0", detail, shown)
    whole, everything = tile.whole.formula(book.places), tile.whole.result(book.places, book.rows)
    formula = f"IF(({whole})=0,{literal(NO_VALUE)},100*({part})/({whole}))"
    stored = 100 * done / everything if everything else NO_VALUE
    detail = f'{literal(words + " ")}&{part}&" / "&{whole}'
    return Tile(book.say(tile.label), formula, stored, '0"%"', detail, f"{words} {done:.0f} / {everything:.0f}")

"""The look of the Gantt's grid: bars by conditional formatting from the dates of the table and the days of the columns.

A column's first day is the day in the hidden row plus the column's offset; the next column's offset ends it. Formats are
told apart so finely that one alone holds in a cell: LibreOffice shows only the first that does, Excel would join them.
Not here: what is written (``commands.gantt``), other grids (``analysis``).
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from xlsxwriter.utility import xl_col_to_name

from automation.base.findings import Text
from automation.excel.master.look import LINE, NAVY, ORANGE, SLATE, WHITE
from automation.excel.master.places import ANALYSIS_HEADER, LAST_ROW

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlsxwriter.worksheet import Worksheet

    from automation.excel.master.book import Book
    from automation.schema.catalogue import Sheet

DONE, TODO = "#2F5F9E", "#9DB8D9"
CRITICAL_DONE, CRITICAL = "#A83A33", "#E88F88"
PHASE_DONE, PHASE = "#16294D", "#6B7A90"
BASELINE, FRAME = "#D5DBE3", "#4B5565"
OFF, TODAY = "#F1F2F4", "#FDE9D3"
MONTH: Final = "#C3CBD6"
DIAMOND: Final = ";;;@"
"""The grid hides its texts; where a milestone stands, its format shows them."""
_LEGEND: Final = (
    ("■", DONE, Text("已完成", "done")),
    ("■", TODO, Text("未完成", "to do")),
    ("■", CRITICAL_DONE, Text("关键·已完成", "critical, done")),
    ("■", CRITICAL, Text("关键·未完成", "critical, to do")),
    ("■", PHASE, Text("阶段", "phase")),
    ("■", BASELINE, Text("基线(与横道重叠处为上下边线)", "baseline (lines on bars)")),
    ("◆", NAVY, Text("里程碑(◇ 基线)", "milestone (◇ baseline)")),
    ("▌", ORANGE, Text("状态日期", "status date")),
)


class Look(NamedTuple):
    """When a cell looks like this (a formula for the first cell of the grid), and how."""

    formula: str
    look: dict[str, Any]


def add_gantt(book: Book, worksheet: Worksheet, sheet: Sheet) -> None:
    """Adds the bars, the head's status date and the legend."""
    words = _Words(book, sheet)
    first, last = words.first, words.first + sheet.view.grid["columns"] - 1
    for rule in (*_bars(words), *_background(words)):
        options = {"type": "formula", "criteria": f"={rule.formula}", "stop_if_true": True}
        look = book.workbook.add_format(rule.look)
        worksheet.conditional_format(ANALYSIS_HEADER, first, LAST_ROW - 1, last, options | {"format": look})
    head = book.workbook.add_format({"bg_color": ORANGE, "font_color": "#FFFFFF", "bold": True})
    options = {"type": "formula", "criteria": f"={words.today}", "format": head}
    worksheet.conditional_format(ANALYSIS_HEADER - 1, first, ANALYSIS_HEADER - 1, last, options)
    _add_rows_look(book, worksheet, sheet, words)
    pieces: list[Any] = []
    for sign, colour, text in _LEGEND:
        pieces += [book.styles(font_color=colour, font_size=11), f"{sign} "]
        pieces += [book.styles(font_color=SLATE, font_size=9), f"{book.say(text)}    "]
    worksheet.write_rich_string(0, first, *pieces, book.styles(valign="vcenter"))


class _Words:
    """The conditions that the formats are made of, as formulas for the first cell of the grid."""

    def __init__(self, book: Book, sheet: Sheet) -> None:
        self.first = len(sheet.columns) + 1
        row = ANALYSIS_HEADER + 1
        offsets, flags, band = ANALYSIS_HEADER - 3, ANALYSIS_HEADER - 2, ANALYSIS_HEADER - 1
        here, after = xl_col_to_name(self.first), xl_col_to_name(self.first + 1)
        day = f"${xl_col_to_name(self.first - 1)}${offsets}"
        self.begin, self.end = f"({day}+{here}${offsets})", f"({day}+{after}${offsets})"
        self.used = f"ISNUMBER({after}${offsets})"
        self.today = f"AND({self.used},{here}${offsets}<=0,{after}${offsets}>0)"
        self.off = f'{here}${flags}="off"'
        self.month = f'AND({self.used},{here}${band}<>"")'

        def cell(column: str) -> str:
            return f"${xl_col_to_name(book.places.number(sheet.id, column))}{row}"

        self.row = f'{cell("name")}<>""'
        self.kind = {code: f"{cell('kind')}={book.places.code('task_kind', code)}" for code in ("milestone", "phase")}
        self.critical = f"{cell('critical')}={book.places.code('yesno', 'yes')}"
        self.forecast = self._inside(cell("start"), cell("finish"))
        self.baseline = self._inside(cell("baseline_start"), cell("baseline_finish"))
        self.reached = self._inside(cell("finish"), cell("finish"))
        self.was_due = self._inside(cell("baseline_finish"), cell("baseline_finish"))
        middle = f"{self.begin}+INT(({self.end}-{self.begin})/2)"
        self.done = f"AND(ISNUMBER({cell('done_until')}),{cell('done_until')}>=MIN({cell('finish')},{middle}))"

    def _inside(self, start: str, finish: str) -> str:
        """Whether any day from start to finish lies in the column."""
        return f"AND({self.used},ISNUMBER({start}),ISNUMBER({finish}),{start}<{self.end},{finish}>={self.begin})"


def _bars(words: _Words) -> Iterator[Look]:
    """Milestones, phases and tasks, each with and without the baseline behind it and the status date on it."""
    line = {"right": 1, "right_color": ORANGE}
    plain = {"bottom": 4, "bottom_color": LINE}
    apart = {"top": 1, "top_color": WHITE, "bottom": 1, "bottom_color": WHITE}
    frame = {"top": 1, "top_color": FRAME, "bottom": 1, "bottom_color": FRAME}
    for today in (True, False):
        edge = line if today else {}
        back = {"bg_color": TODAY} if today else {}
        when = [words.kind["milestone"], *([words.today] if today else [])]
        shown = {"num_format": DIAMOND, "bold": True} | plain | edge | back
        yield Look(_all(*when, words.reached, words.critical), shown | {"font_color": CRITICAL_DONE})
        yield Look(_all(*when, words.reached), shown | {"font_color": NAVY})
        yield Look(_all(*when, words.was_due), shown | {"font_color": SLATE, "bold": False})
    fills = (
        ((words.kind["phase"], words.done), PHASE_DONE),
        ((words.kind["phase"],), PHASE),
        ((words.critical, words.done), CRITICAL_DONE),
        ((words.critical,), CRITICAL),
        ((words.done,), DONE),
        ((), TODO),
    )
    for (conditions, fill), behind, today in product(fills, (True, False), (True, False)):
        when = [words.forecast, *conditions]
        when += [words.baseline] if behind else []
        when += [words.today] if today else []
        look = {"bg_color": fill} | (frame if behind else apart) | (line if today else {})
        yield Look(_all(f"NOT({words.kind['milestone']})", *when), look)
    for today in (True, False):
        when = [f"NOT({words.kind['milestone']})", words.baseline, *([words.today] if today else [])]
        yield Look(_all(*when), {"bg_color": BASELINE} | apart | (line if today else {}))


def _background(words: _Words) -> Iterator[Look]:
    """The status date, days off, the first column of a month, and the lines of the rows."""
    plain = {"bottom": 4, "bottom_color": LINE}
    month = {"left": 1, "left_color": MONTH}
    yield Look(_all(words.row, words.today), plain | {"bg_color": TODAY, "right": 1, "right_color": ORANGE})
    yield Look(_all(words.row, words.off, words.month), plain | month | {"bg_color": OFF})
    yield Look(_all(words.row, words.off), plain | {"bg_color": OFF})
    yield Look(_all(words.row, words.month), plain | month)
    yield Look(_all(words.row, words.used), plain)


def _add_rows_look(book: Book, worksheet: Worksheet, sheet: Sheet, words: _Words) -> None:
    """Phases and milestones stand out in the table as well, slips are red."""
    slip = book.places.number(sheet.id, "slip_days")
    red = book.workbook.add_format({"font_color": "#B3261E", "bold": True})
    late = f"=N(${xl_col_to_name(slip)}{ANALYSIS_HEADER + 1})>0"
    area = (ANALYSIS_HEADER, slip, LAST_ROW - 1, slip)
    worksheet.conditional_format(*area, {"type": "formula", "criteria": late, "format": red})
    whole = (ANALYSIS_HEADER, 0, LAST_ROW - 1, len(sheet.columns) - 1)
    for kind, look in (("phase", {"bold": True, "bg_color": "#E3ECF7"}), ("milestone", {"bg_color": "#FFF6DF"})):
        rule = {"type": "formula", "criteria": f"={words.kind[kind]}", "format": book.workbook.add_format(look)}
        worksheet.conditional_format(*whole, rule)


def _all(*conditions: str) -> str:
    return conditions[0] if len(conditions) == 1 else f"AND({','.join(conditions)})"

"""The calendar argument of worksheet functions: a range with dates and kinds, or the calendar sheet of the workbook.

Not here: what is computed with it (``working_days``, ``service``).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.commands.functions.cells import InputError, day_of, is_blank, text_in
from automation.commands.functions.record import Argument
from automation.model.spelling import fold
from automation.planning.working_time import calendar_of_days

if TYPE_CHECKING:
    from datetime import date

    from automation.commands.functions.cells import Block, Cell
    from automation.commands.functions.facts import BookFacts
    from automation.planning.calendar import WorkCalendar
    from automation.planning.working_time import Days

DAY_OFF = "company_day_off"
"""The kind of the days in a range of one column, which names none."""
CALENDAR = Argument(
    "calendar",
    Text(
        "日历区域：日期、类型两列；省略时用本工作簿的日历表",
        "Range with dates and kinds of days; left out: this workbook's calendar sheet",
    ),
    optional=True,
)


def calendar_in_force(facts: BookFacts, block: Block | None) -> WorkCalendar:
    """The working days of a range with dates and kinds, or of the workbook where none is given. Raises InputError."""
    return _laid_out(days_in_force(facts, block))


def days_in_force(facts: BookFacts, block: Block | None) -> Days:
    """The days of a range that differ from the usual week, or those of the workbook's calendar. Raises InputError."""
    if block is not None:
        rows = tuple((row[0], row[1] if len(row) > 1 else DAY_OFF) for row in block)
        choices = facts.catalogue.lists["calendar_kind"].choices
        return _days(rows, facts.kinds, facts.headers, choices=choices, date_1904=facts.date_1904)
    if facts.trouble.zh:
        raise InputError(facts.trouble, code="CALENDAR")
    if facts.days is None:
        sheet = facts.catalogue.sheets["calendar"].label
        raise InputError(
            Text(
                f"本工作簿没有“{sheet.zh}”表，请在最后一个参数给出日历区域（日期、类型两列）",
                f"This workbook has no sheet “{sheet.en}”; give a range with dates and kinds as the last argument",
            ),
            code="NO_CALENDAR",
        )
    return facts.days


@lru_cache(maxsize=32)
def _laid_out(days: Days) -> WorkCalendar:
    """The calendar of these days; the same one for the same days, for Excel asks from one thread only."""
    return calendar_of_days(days)


@lru_cache(maxsize=32)
def _days(
    rows: tuple[tuple[Cell, Cell], ...],
    kinds: tuple[tuple[str, str], ...],
    headers: tuple[str, ...],
    *,
    choices: Text,
    date_1904: bool,
) -> Days:
    """The days of the rows of a range; remembered, because a filled column asks for the same range in every cell."""
    known, titles = dict(kinds), set(map(fold, headers))
    found: list[tuple[date, str]] = []
    for index, (cell, kind) in enumerate(rows):
        if is_blank(cell) or (index == 0 and isinstance(cell, str) and fold(cell) in titles):
            continue
        day, code = day_of(cell, date_1904=date_1904), known.get(fold(text_in(kind)))
        if code is None:
            raise InputError(
                Text(
                    f"日历区域第 {index + 1} 行的类型无法识别：“{text_in(kind)}”，请填写其中之一：{choices.zh}",
                    f"Row {index + 1} of the calendar range has an unknown kind: “{text_in(kind)}”; "
                    f"type one of {choices.en}",
                ),
                code="KIND",
            )
        if day is not None:
            found.append((day, code))
    return tuple(found)

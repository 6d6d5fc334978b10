"""Worksheet functions on working days: holidays, days off and make-up days of the calendar sheet or of a range (C01).

Not here: the arithmetic (``planning.calendar``), the calendar argument (``calendar_range``) and hours (``service``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.days import FIRST_YEAR, LAST_YEAR, is_plausible
from automation.base.findings import Text
from automation.commands.functions.calendar_range import CALENDAR, calendar_in_force
from automation.commands.functions.cells import InputError, day_of, each, number_in
from automation.commands.functions.record import Argument, Example, Function

if TYPE_CHECKING:
    from datetime import date

    from automation.commands.functions.cells import Block, Cell
    from automation.commands.functions.facts import BookFacts

FARTHEST = 60_000
"""Working days that can be counted on or back: more than the years 1990 to 2199 have."""


def workday(facts: BookFacts, start: Block, days: Block, calendar: Block | None = None) -> Block:
    """The day that lies so many working days after each start, or before it if negative; 0 gives the start itself."""
    working = calendar_in_force(facts, calendar)

    def one(start: Cell, days: Cell) -> date | None:
        first, count = day_of(start, date_1904=facts.date_1904), number_in(days)
        if first is None or count is None:
            return None
        if not count.is_integer():
            raise InputError(
                Text(
                    f"工作日数必须是整数：{count:g}，请输入整数，例如 5",
                    f"Not a whole number of days: {count:g}; type one such as 5",
                ),
                code="WHOLE_DAYS",
            )
        found = working.add_days(first, int(count)) if abs(count) <= FARTHEST else None
        if found is None or not is_plausible(found):
            raise InputError(_too_far(count), code="TOO_FAR")
        return found

    return each(one, start, days, language=facts.language)


def workdays(facts: BookFacts, start: Block, finish: Block, calendar: Block | None = None) -> Block:
    """The working days from start to finish, both counted; negative if the finish lies before the start."""
    working = calendar_in_force(facts, calendar)

    def one(start: Cell, finish: Cell) -> int | None:
        first, last = day_of(start, date_1904=facts.date_1904), day_of(finish, date_1904=facts.date_1904)
        if first is None or last is None:
            return None
        return working.count(first, last) if first <= last else -working.count(last, first)

    return each(one, start, finish, language=facts.language)


def is_workday(facts: BookFacts, dates: Block, calendar: Block | None = None) -> Block:
    """Whether each day is worked."""
    working = calendar_in_force(facts, calendar)

    def one(cell: Cell) -> bool | None:
        day = day_of(cell, date_1904=facts.date_1904)
        return None if day is None else working.is_working(day)

    return each(one, dates, language=facts.language)


def next_workday(facts: BookFacts, dates: Block, calendar: Block | None = None) -> Block:
    """Each day itself if it is worked, else the first working day after it."""
    working = calendar_in_force(facts, calendar)

    def one(cell: Cell) -> date | None:
        day = day_of(cell, date_1904=facts.date_1904)
        return None if day is None else working.next_working(day)

    return each(one, dates, language=facts.language)


def _too_far(count: float) -> Text:
    return Text(
        f"结果超出 {FIRST_YEAR} 年至 {LAST_YEAR} 年，请检查工作日数：{count:g}",
        f"The result leaves the years {FIRST_YEAR} to {LAST_YEAR}; check the number of days: {count:g}",
    )


_DATE = Argument("day", Text("日期，一个或一个区域", "A date or a range of dates"))
_START = Argument("start", Text("开始日期，一个或一个区域", "First date, or a range of them"))
_NOTE_WORKDAY = Text(
    "与 Excel 的 WORKDAY 不同：WORKDAY 不认识调休上班日，周六、周日一律不算工作日。",
    "Excel's WORKDAY knows no make-up days: to it no Saturday or Sunday is ever worked.",
)
_NOTE_WORKDAYS = Text(
    "首尾两天都计入，与 Excel 的 NETWORKDAYS 相同；但 NETWORKDAYS 不认识调休上班日。",
    "Both ends count, as in Excel's NETWORKDAYS, which however knows no make-up days.",
)

FUNCTIONS: tuple[Function, ...] = (
    Function(
        name="DB_WORKDAY",
        category="working_days",
        help=Text(
            "开始日期之后第 n 个工作日（负数为之前），计入法定假日、公司假日和调休上班日",
            "The n-th working day after a date (before it if negative), with holidays, days off and make-up days",
        ),
        arguments=(
            _START,
            Argument(
                "days",
                Text("工作日数，整数；0 返回开始日期本身", "Working days, a whole number; 0 gives the start itself"),
            ),
            CALENDAR,
        ),
        run=workday,
        note=_NOTE_WORKDAY,
        examples=(
            Example(
                '=DB_WORKDAY("2026-09-30", 3)',
                "2026-10-10",
                Text(
                    "10 月 1 日至 7 日放假，10 月 10 日周六调休上班；=WORKDAY(DATE(2026,9,30),3) 得 2026-10-05",
                    "1 to 7 October are off, Saturday 10 October is worked; =WORKDAY(DATE(2026,9,30),3) gives 2026-10-05",
                ),
            ),
            Example('=DB_WORKDAY("2026-10-12", -1)', "2026-10-10", Text("向前数一个工作日", "One working day back")),
            Example(
                '=DB_WORKDAY({"2026-06-12";"2026-06-18"}, 5)',
                "2026-06-22; 2026-06-26",
                Text("开始日期是一列，结果也是一列", "A column of starts gives a column"),
            ),
            Example(
                '=DB_WORKDAY("2026-06-12", 1, {"2026-06-13","调休上班"})',
                "2026-06-13",
                Text("用自己给出的日历区域", "With a calendar range of your own"),
            ),
        ),
    ),
    Function(
        name="DB_WORKDAYS",
        category="working_days",
        help=Text(
            "两个日期之间的工作日数，首尾都计入；结束早于开始时为负数",
            "Working days between two dates, both counted; negative if the finish lies before the start",
        ),
        arguments=(
            _START,
            Argument("finish", Text("结束日期，一个或一个区域", "Last date, or a range of them")),
            CALENDAR,
        ),
        run=workdays,
        note=_NOTE_WORKDAYS,
        examples=(
            Example(
                '=DB_WORKDAYS("2026-09-14", "2026-09-20")',
                "6",
                Text(
                    "9 月 20 日周日调休上班；=NETWORKDAYS 得 5",
                    "Sunday 20 September is worked; =NETWORKDAYS gives 5",
                ),
            ),
            Example('=DB_WORKDAYS("2026-10-01", "2026-10-07")', "0", Text("国庆节", "National Day holidays")),
        ),
    ),
    Function(
        name="DB_ISWORKDAY",
        category="working_days",
        help=Text("该日是否上班：TRUE 或 FALSE", "Whether a date is worked: TRUE or FALSE"),
        arguments=(_DATE, CALENDAR),
        run=is_workday,
        examples=(
            Example(
                '=DB_ISWORKDAY("2026-10-10")', "TRUE", Text("周六，调休上班", "A Saturday, worked as a make-up day")
            ),
            Example('=DB_ISWORKDAY("2026-06-19")', "FALSE", Text("端午节", "Dragon Boat Festival")),
        ),
    ),
    Function(
        name="DB_NEXTWORKDAY",
        category="working_days",
        help=Text(
            "该日本身（如果上班），否则为其后第一个工作日",
            "The date itself if it is worked, else the first working day after it",
        ),
        arguments=(_DATE, CALENDAR),
        run=next_workday,
        note=Text("要当天之后的工作日，用 DB_WORKDAY(日期, 1)。", "For a day strictly after, use DB_WORKDAY(date, 1)."),
        examples=(
            Example('=DB_NEXTWORKDAY("2026-10-03")', "2026-10-08", Text("假期之后", "After the holidays")),
            Example('=DB_NEXTWORKDAY("2026-10-10")', "2026-10-10", Text("调休上班日本身", "The make-up day itself")),
        ),
    ),
)

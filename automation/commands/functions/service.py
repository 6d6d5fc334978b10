"""Worksheet functions on service hours: time inside a service window, and when a time limit ends (C17).

Not here: the arithmetic (``planning.working_time``) and the calendar argument (``calendar_range``).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from automation.base.days import FIRST_YEAR, LAST_YEAR, is_plausible
from automation.base.findings import Text
from automation.commands.functions.calendar_range import CALENDAR, days_in_force
from automation.commands.functions.cells import InputError, each, moment_in, number_in, text_in
from automation.commands.functions.record import Argument, Example, Function
from automation.model.spelling import fold
from automation.planning.working_time import ROUND_THE_CLOCK, WORKING_HOURS, service_clock, service_due, service_hours

if TYPE_CHECKING:
    from datetime import datetime

    from automation.commands.functions.cells import Block, Cell
    from automation.commands.functions.facts import BookFacts
    from automation.planning.calendar import WorkCalendar
    from automation.planning.working_time import Days

MOST_HOURS = 100_000
"""Hours that a limit can have: about eleven years round the clock."""
_DEFAULT: Block = [[None]]


def sla_hours(
    facts: BookFacts, begin: Block, end: Block, window: Block | None = None, calendar: Block | None = None
) -> Block:
    """The hours inside the service window from one moment to another, to the minute."""

    def one(begin: Cell, end: Cell, window: Cell) -> float | None:
        first = moment_in(begin, date_1904=facts.date_1904)
        last = moment_in(end, date_1904=facts.date_1904)
        if first is None or last is None:
            return None
        if last < first:
            raise InputError(
                Text(
                    f"结束时间 {last:%Y-%m-%d %H:%M} 早于开始时间 {first:%Y-%m-%d %H:%M}，请检查两个时间",
                    f"The end {last:%Y-%m-%d %H:%M} lies before the begin {first:%Y-%m-%d %H:%M}; check both",
                ),
                code="ORDER",
            )
        return service_hours(_clock(facts, window, calendar), first, last)

    return each(one, begin, end, window or _DEFAULT, language=facts.language)


def sla_due(
    facts: BookFacts, begin: Block, hours: Block, window: Block | None = None, calendar: Block | None = None
) -> Block:
    """The moment at which so many hours of the service window have passed."""

    def one(begin: Cell, hours: Cell, window: Cell) -> datetime | None:
        first, limit = moment_in(begin, date_1904=facts.date_1904), number_in(hours)
        if first is None or limit is None:
            return None
        if not 0 <= limit <= MOST_HOURS:
            raise InputError(_no_limit(limit), code="HOURS")
        due = service_due(_clock(facts, window, calendar), first, limit)
        if not is_plausible(due):
            raise InputError(
                Text(
                    f"结果超出 {FIRST_YEAR} 年至 {LAST_YEAR} 年，请检查小时数：{limit:g}",
                    f"The result leaves the years {FIRST_YEAR} to {LAST_YEAR}; check the hours: {limit:g}",
                ),
                code="TOO_FAR",
            )
        return due

    return each(one, begin, hours, window or _DEFAULT, language=facts.language)


def _clock(facts: BookFacts, window: Cell, calendar: Block | None) -> WorkCalendar:
    """The clock of a service window; round the clock needs no calendar. Raises InputError."""
    text = text_in(window)
    code = facts.lists["service_window"].folded.get(fold(text)) if text else WORKING_HOURS
    if code is None:
        choices = facts.catalogue.lists["service_window"].choices
        raise InputError(
            Text(
                f"服务时段无法识别：“{text}”，请填写其中之一：{choices.zh}",
                f"Not a service window: “{text}”; type one of {choices.en}",
            ),
            code="WINDOW",
        )
    days = () if code == ROUND_THE_CLOCK else days_in_force(facts, calendar)
    return _laid_out(code, days, facts.working_hours)


@lru_cache(maxsize=32)
def _laid_out(window: str, days: Days, working_hours: tuple[str, ...]) -> WorkCalendar:
    """The clock of a service window; the same one for the same days, for Excel asks from one thread only."""
    return service_clock(window, days, working_hours)


def _no_limit(hours: float) -> Text:
    return Text(
        f"小时数不合理：{hours:g}，请输入 0 至 {MOST_HOURS} 之间的数字，例如 4",
        f"Not a time limit: {hours:g}; type hours from 0 to {MOST_HOURS}, such as 4",
    )


_WINDOW = Argument(
    "window", Text("服务时段：5×8（默认）或 7×24", "Service window: 5x8 (default) or 24x7"), optional=True
)
_BEGIN = Argument("received", Text("开始时间，例如受理时间", "When the time begins, such as when a request came in"))
_NOTE = Text(
    "5×8 只计工作日的工作时段（“参数”表 working_hours，午休不计）；7×24 每小时都计，不看日历。",
    "5x8 counts the working periods of working days only (working_hours of the settings sheet, without lunch); "
    "24x7 counts every hour and needs no calendar.",
)

FUNCTIONS: tuple[Function, ...] = (
    Function(
        name="DB_SLAHOURS",
        category="service",
        help=Text(
            "两个时间之间落在服务时段内的小时数，用于核对响应和解决时限",
            "Hours inside the service window between two moments, to compare with response and resolution limits",
        ),
        arguments=(
            _BEGIN,
            Argument("finished", Text("结束时间，例如响应或解决时间", "When it ends, such as the response")),
            _WINDOW,
            CALENDAR,
        ),
        run=sla_hours,
        note=_NOTE,
        examples=(
            Example(
                '=DB_SLAHOURS("2026-06-12 16:30", "2026-06-15 09:30")',
                "2",
                Text("周五 16:30 至 17:30，周一 8:30 至 9:30", "Friday 16:30 to 17:30, Monday 8:30 to 9:30"),
            ),
            Example(
                '=DB_SLAHOURS("2026-06-12 16:30", "2026-06-15 09:30", "24x7")',
                "65",
                Text("每小时都计", "Every hour counts"),
            ),
        ),
    ),
    Function(
        name="DB_SLADUE",
        category="service",
        help=Text(
            "从开始时间起，服务时段内经过若干小时后的时刻，即时限到期时间",
            "The moment at which so many hours of the service window have passed: when a time limit ends",
        ),
        arguments=(
            _BEGIN,
            Argument("hours", Text("时限，小时，例如 4", "The limit in hours, such as 4")),
            _WINDOW,
            CALENDAR,
        ),
        run=sla_due,
        note=_NOTE,
        examples=(
            Example(
                '=DB_SLADUE("2026-06-12 16:30", 4)',
                "2026-06-15 11:30",
                Text("周五还剩 1 小时，其余 3 小时在周一上午", "One hour is left on Friday, three fall on Monday"),
            ),
            Example(
                '=DB_SLADUE("2026-09-30 17:00", 1)',
                "2026-10-08 09:00",
                Text("国庆假期不计", "The National Day holidays do not count"),
            ),
        ),
    ),
)

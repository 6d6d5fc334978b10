"""Working time as a company writes it down: days off and make-up days, working periods, service windows (C01, C17).

Not here: the arithmetic of a calendar (``calendar``), the rows of a workbook (``workbook``) and which request was in
time.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from automation.planning.calendar import STANDARD_WEEK, WorkCalendar
from automation.planning.layout import MINUTES_OF_DAY, instant, moment_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from automation.planning.layout import Periods

MAKE_UP = "make_up_day"
"""The kind of a calendar day that is worked though it is a weekend; every other kind is a day off."""
ROUND_THE_CLOCK, WORKING_HOURS = "24x7", "5x8"
"""The service windows: every hour, or the working periods of working days only."""
MINUTES_OF_HOUR = 60

_EVERY_HOUR = (((0, MINUTES_OF_DAY),),) * 7

Days = tuple[tuple["date", str], ...]
"""Days that differ from the usual week, with their kind."""


def calendar_of_days(days: Days, week: tuple[Periods, ...] = STANDARD_WEEK) -> WorkCalendar:
    """The calendar of a week, less days off, plus make-up days."""
    return WorkCalendar.from_days(
        [day for day, kind in days if kind != MAKE_UP], [day for day, kind in days if kind == MAKE_UP], week=week
    )


def periods_of(texts: Sequence[str]) -> Periods:
    """Periods such as ``08:30-12:00``, as ``schema.parameters`` leaves them, in minutes since midnight."""
    return tuple((_minutes(begin), _minutes(end)) for begin, _, end in (text.partition("-") for text in texts))


def service_clock(window: str, days: Days, working_hours: Sequence[str]) -> WorkCalendar:
    """The calendar by which a service window counts; days and working hours matter to ``5x8`` only."""
    if window == ROUND_THE_CLOCK:
        return calendar_of_days((), _EVERY_HOUR)
    periods = periods_of(working_hours)
    return calendar_of_days(days, (periods,) * 5 + ((),) * 2)


def service_hours(clock: WorkCalendar, begin: datetime, end: datetime) -> float:
    """The hours inside the service window from one moment to another, to the minute; negative if the other is earlier."""
    return clock.between(instant(begin), instant(end)) / MINUTES_OF_HOUR


def service_due(clock: WorkCalendar, begin: datetime, hours: float) -> datetime:
    """The earliest moment at which so many hours of the service window have passed, parts of a minute counted in full.

    No hours leave the moment where it is, inside the window or not.
    """
    minutes = math.ceil(round(hours * MINUTES_OF_HOUR, 6))  # 0.1 h is 6 minutes, not 7
    return moment_of(clock.add(instant(begin), minutes))


def _minutes(text: str) -> int:
    hours, _, minutes = text.partition(":")
    return int(hours) * MINUTES_OF_HOUR + int(minutes)

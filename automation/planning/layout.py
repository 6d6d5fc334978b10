"""Days and minutes as whole numbers, and a stretch of working time laid out day by day.

An *instant* is a whole number of minutes since 2000-01-01 00:00 of wall-clock time. A *position* is the number
of working minutes from a fixed point of one calendar to an instant. Friday 17:00 and Monday 08:00 are two
instants at one position: a finish is shown at the earlier one, a start at the later one.

A calendar may count in parts of a minute, *ticks*: Microsoft Project stores tenths of minutes (``TENTHS``). What is
said of minutes here and in the passes then holds for ticks.

Not here: the questions asked of a calendar (``calendar``).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from automation.base.errors import AutomationError
from automation.base.findings import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

MINUTES_OF_DAY = 1440
TENTHS = 10
"""Ticks in a minute of calendars that count as Microsoft Project does."""
Periods = tuple[tuple[int, int], ...]
"""The worked periods of one day, in order, each from and to in minutes since midnight."""

_EPOCH = date(2000, 1, 1).toordinal()
_FIRST_DAY = date(1900, 1, 1).toordinal() - _EPOCH
LAST_DAY = date(2999, 12, 31).toordinal() - _EPOCH


def day_number(day: date) -> int:
    """The number of days from 2000-01-01 to a day."""
    return day.toordinal() - _EPOCH


def day_of_number(number: int) -> date:
    """The day that lies so many days after 2000-01-01."""
    return date.fromordinal(number + _EPOCH)


def instant(moment: datetime) -> int:
    """The instant of a wall-clock time, seconds dropped."""
    return day_number(moment) * MINUTES_OF_DAY + moment.hour * 60 + moment.minute


def moment_of(minutes: int, ticks: int = 1) -> datetime:
    """The wall-clock time of an instant that is counted in so many ticks a minute."""
    moment = datetime(2000, 1, 1)  # noqa: DTZ001 - plans know no time zone
    return moment + (timedelta(minutes=minutes) if ticks == 1 else timedelta(seconds=minutes * 60 // ticks))


def tick_of(moment: datetime, ticks: int) -> int:
    """The instant of a wall-clock time in so many ticks a minute, seconds rounded down to a tick."""
    return instant(moment) * ticks + moment.second * ticks // 60


def start_day(minutes: int) -> date:
    """The day on which something starts that starts at this instant."""
    return date.fromordinal(minutes // MINUTES_OF_DAY + _EPOCH)


def finish_day(minutes: int) -> date:
    """The day on which something finishes that finishes at this instant; midnight belongs to the day that ends."""
    return date.fromordinal((minutes - 1) // MINUTES_OF_DAY + _EPOCH)


class Layout(NamedTuple):
    """Working time from the day ``first`` to the day ``last`` (both included, counted from 2000-01-01)."""

    first: int
    last: int
    starts: list[int]
    """The instant at which each working period begins."""
    ends: list[int]
    """The instant at which each working period ends."""
    positions: list[int]
    """The position at which each working period begins."""
    offsets: list[int]
    """Position minus instant within each working period."""
    before: list[int]
    """The working days before each day, counted from ``first``; one entry more than there are days."""
    working: list[int]
    """The number of each working day."""


EMPTY = Layout(0, -1, [], [], [], [], [0], [])


def lay_out(
    week: tuple[Periods, ...], exceptions: Mapping[int, Periods], first: int, last: int, *, anchor: int, ticks: int = 1
) -> Layout:
    """The working time of a stretch of days; position 0 is the beginning of the day ``anchor`` within it.

    Periods are in ticks since midnight.

    Raises:
        AutomationError: the stretch leaves the years 1900 to 2999.
    """
    if first < _FIRST_DAY or last > LAST_DAY:
        raise AutomationError(
            Text(
                zh="计划日期超出1900年至2999年，无法计算；请检查工期、滞后天数和日期是否多输了数字。",
                en="The plan leaves the years 1900 to 2999 and cannot be computed; "
                "check durations, lags and dates for digits too many.",
            ),
            code="calendar-range",
        )
    starts: list[int] = []
    ends: list[int] = []
    positions: list[int] = []
    before = [0]
    working: list[int] = []
    position = at_anchor = 0
    day_ticks = MINUTES_OF_DAY * ticks
    for number in range(first, last + 1):
        if number == anchor:
            at_anchor = position
        periods = exceptions.get(number)
        if periods is None:
            periods = week[(number + 5) % 7]  # 2000-01-01 was a Saturday
        if periods:
            working.append(number)
            midnight = number * day_ticks
            for begin, end in periods:
                starts.append(midnight + begin)
                ends.append(midnight + end)
                positions.append(position)
                position += end - begin
        before.append(len(working))
    positions = [value - at_anchor for value in positions]
    offsets = [value - begin for value, begin in zip(positions, starts, strict=True)]
    return Layout(first, last, starts, ends, positions, offsets, before, working)

"""Calendars of Microsoft Project XML, each with what it inherits: week, work weeks, exceptions and their recurrence.

Not here: adding and counting working time (``planning.calendar``).
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from automation.planning.calendar import STANDARD_WEEK
from automation.planning.filed import FiledCalendar
from automation.planning.layout import MINUTES_OF_DAY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from automation.exchange.markup import Node
    from automation.exchange.mspdi_values import Reading
    from automation.planning.layout import Periods

MINUTES_OF_HOUR = 60
MOST_DAYS = 60_000
"""Days that the exceptions of one calendar may come to: more than a century and a half."""
DAILY, YEARLY_BY_DAY, YEARLY_BY_PLACE, MONTHLY_BY_DAY, MONTHLY_BY_PLACE, WEEKLY, BY_DAY_COUNT = range(1, 8)
LAST_PLACE = 4
"""``MonthPosition``: first, second, third, fourth, last."""
Day = int
"""Monday is 0."""


class _Own(NamedTuple):
    """What a calendar says itself: days of the week that it defines, and single dates."""

    name: str
    base: str
    week: Mapping[Day, Periods]
    dates: Mapping[date, Periods]


def calendars_of(root: Node, reading: Reading) -> dict[str, FiledCalendar]:
    """Every calendar of a file by its UID; what a calendar does not say it takes from its base calendar."""
    own = {}
    for node in root.all("Calendars", "Calendar"):
        values = node.values()
        own[values.get("UID", "")] = _own(node, values, reading)
    return {uid: _flat(uid, own) for uid in own}


def _flat(uid: str, own: Mapping[str, _Own]) -> FiledCalendar:
    """A calendar with what it inherits; a ring of base calendars ends where it closes."""
    week: dict[Day, Periods] = dict(enumerate(STANDARD_WEEK))
    dates: dict[date, Periods] = {}
    line = [uid]
    while own[line[-1]].base in own and own[line[-1]].base not in line:
        line.append(own[line[-1]].base)
    for name in reversed(line):
        week |= own[name].week
        # A date that a base calendar excepts stays so, unless this calendar says otherwise.
        dates |= own[name].dates
    return FiledCalendar(uid, own[uid].name, tuple(week[day] for day in range(7)), dates)


def _own(node: Node, values: Mapping[str, str], reading: Reading) -> _Own:
    name = values.get("Name", "")
    week: dict[Day, Periods] = {}
    dates: dict[date, Periods] = {}
    for day in node.all("WeekDays", "WeekDay"):
        said = day.values()
        kind = reading.whole("", "DayType", said.get("DayType", ""), 0)
        if kind:
            week[(kind + 5) % 7] = _periods(day, said, name, reading)
        else:
            _except(dates, _span(day, reading), _periods(day, said, name, reading))
    for weeks in node.all("WorkWeeks", "WorkWeek"):
        first_last = _span(weeks, reading)
        by_day = {
            (reading.whole("", "DayType", day.values().get("DayType", ""), 1) + 5) % 7: _periods(
                day, day.values(), name, reading
            )
            for day in weeks.all("WeekDays", "WeekDay")
        }
        for each in _days(first_last):
            if each.weekday() in by_day:
                dates[each] = by_day[each.weekday()]
    for exception in node.all("Exceptions", "Exception"):
        said = exception.values()
        _except(dates, _occurrences(said, _span(exception, reading), reading), _periods(exception, said, name, reading))
    return _Own(name, values.get("BaseCalendarUID", ""), week, dates)


def _except(dates: dict[date, Periods], days: tuple[date, date] | Iterable[date] | None, periods: Periods) -> None:
    if isinstance(days, tuple):
        days = _days(days)
    for day in days or ():
        if len(dates) < MOST_DAYS:
            dates[day] = periods


def _periods(node: Node, values: Mapping[str, str], name: str, reading: Reading) -> Periods:
    """The working periods of a day in minutes since midnight, in order, joined where they touch."""
    if not reading.flag(values.get("DayWorking", ""), default=True):
        return ()
    periods: list[tuple[int, int]] = []
    for time in node.all("WorkingTimes", "WorkingTime"):
        said = time.values()
        begin, end = _minute(said.get("FromTime", "")), _minute(said.get("ToTime", ""))
        if begin is None or end is None:
            continue
        end = end or MINUTES_OF_DAY
        if end <= begin:
            reading.doubt(
                "",
                "WorkingTime",
                f"{name} {said.get('FromTime')}-{said.get('ToTime')}",
                "工作时段的结束不晚于开始，未计入",
                "ends before it begins and is left out",
            )
            continue
        periods.append((begin, end))
    joined: list[tuple[int, int]] = []
    for begin, end in sorted(periods):
        if joined and begin <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((begin, end))
    return tuple(joined)


def _minute(text: str) -> int | None:
    hours, _, rest = text.rpartition("T")[2].partition(":")
    minutes = rest[:2]
    if not (hours.isdecimal() and minutes.isdecimal()):
        return None
    minute = int(hours) * MINUTES_OF_HOUR + int(minutes)
    return minute if int(minutes) < MINUTES_OF_HOUR and minute <= MINUTES_OF_DAY else None


def _span(node: Node, reading: Reading) -> tuple[date, date] | None:
    """The first and the last day of a time period."""
    period = node.child("TimePeriod")
    if period is None:
        return None
    values = period.values()
    first = reading.moment("", "FromDate", values.get("FromDate", ""))
    last = reading.moment("", "ToDate", values.get("ToDate", ""))
    if first is None or last is None:
        return None
    return first.date(), last.date()


def _days(span: tuple[date, date] | None) -> Iterator[date]:
    if span is None:
        return
    first, last = span
    for number in range(min((last - first).days + 1, MOST_DAYS)):
        yield first + timedelta(days=number)


def _occurrences(
    said: Mapping[str, str], span: tuple[date, date] | None, reading: Reading
) -> Iterator[date] | tuple[date, date] | None:
    """The days on which an exception falls."""
    kind = reading.whole("", "Type", said.get("Type", ""), DAILY)
    every = max(1, reading.whole("", "Period", said.get("Period", ""), 1))
    if span is None or (kind in {DAILY, BY_DAY_COUNT} and every == 1):
        return span
    wanted = _wanted(said, kind, every, span[0], reading)
    days = (day for day in _days(span) if wanted(day))
    if not reading.flag(said.get("EnteredByOccurrences", "")):
        return days
    count = reading.whole("", "Occurrences", said.get("Occurrences", ""), 0)
    return (day for number, day in enumerate(days) if not count or number < count)


def _wanted(said: Mapping[str, str], kind: int, every: int, first: date, reading: Reading) -> Callable[[date], bool]:
    """Which days of its span a recurring exception falls on."""
    month = reading.whole("", "Month", said.get("Month", ""), 0) + 1
    month_day = reading.whole("", "MonthDay", said.get("MonthDay", ""), 1)
    item = reading.whole("", "MonthItem", said.get("MonthItem", ""), 0)
    place = reading.whole("", "MonthPosition", said.get("MonthPosition", ""), 0)
    mask = reading.whole("", "DaysOfWeek", said.get("DaysOfWeek", ""), 0)

    def in_month(day: date) -> bool:
        return ((day.year - first.year) * 12 + day.month - first.month) % every == 0

    if kind == WEEKLY:
        monday = first - timedelta(days=(first.weekday() + 1) % 7)
        return lambda day: bool(mask >> ((day.weekday() + 1) % 7) & 1) and (day - monday).days // 7 % every == 0
    if kind == YEARLY_BY_DAY:
        return lambda day: (day.month, day.day) == (month, month_day)
    if kind == YEARLY_BY_PLACE:
        return lambda day: day.month == month and _in_place(day, item, place)
    if kind == MONTHLY_BY_DAY:
        return lambda day: day.day == month_day and in_month(day)
    if kind == MONTHLY_BY_PLACE:
        return lambda day: _in_place(day, item, place) and in_month(day)
    return lambda day: (day - first).days % every == 0


def _in_place(day: date, item: int, place: int) -> bool:
    """Whether a day is the first (second, ..., last) of its kind in its month.

    Kinds: any day, weekday, weekend day, then Sunday to Saturday.
    """
    length = monthrange(day.year, day.month)[1]
    alike = [number for number in range(1, length + 1) if _is_item(day.replace(day=number), item)]
    if place >= LAST_PLACE:
        return bool(alike) and day.day == alike[-1]
    return place < len(alike) and day.day == alike[place]


def _is_item(day: date, item: int) -> bool:
    if item == 0:
        return True
    if item in {1, 2}:
        return (day.weekday() >= 5) == (item == 2)  # noqa: PLR2004 - Saturday and Sunday
    return (day.weekday() + 1) % 7 == item - 3

"""The calendars of a plan file as they work: found by id, intersected, equal ones made one.

Not here: what a calendar can tell (``calendar``), reading it (``exchange``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.errors import AutomationError
from automation.base.findings import Text
from automation.planning.calendar import STANDARD_WEEK, WorkCalendar
from automation.planning.layout import MINUTES_OF_DAY, TENTHS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from automation.planning.filed import FiledCalendar, FiledPlan
    from automation.planning.layout import Periods

ROUND_THE_CLOCK = (((0, MINUTES_OF_DAY),),) * 7


class Calendars:
    """The calendars of a plan as they work; equal ones are one object, so that links between them stay simple."""

    def __init__(self, plan: FiledPlan) -> None:
        self._plan = plan
        self._known: dict[object, WorkCalendar] = {}
        self._by_id: dict[object, WorkCalendar] = {}
        self.project = self._made(STANDARD_WEEK, {}, "") if plan.calendar is None else self.of(plan.calendar)

    def of(self, name: str) -> WorkCalendar:
        """The calendar of that id."""
        if name not in self._by_id:
            filed = self._filed(name)
            self._by_id[name] = self._made(filed.week, filed.exceptions, filed.name)
        return self._by_id[name]

    def round_the_clock(self) -> WorkCalendar:
        """Every minute of every day."""
        return self._made(ROUND_THE_CLOCK, {}, "")

    def shared(self, task: str, resource: str) -> WorkCalendar:
        """The time that two calendars have in common, or the task's own one where they have none."""
        key = task, resource
        if key not in self._by_id:
            one, other = self._filed(task), self._filed(resource)
            week = tuple(map(_common, one.week, other.week))
            days = {*one.exceptions, *other.exceptions}
            exceptions = {day: _common(_on(one, day), _on(other, day)) for day in days}
            self._by_id[key] = self._made(week, exceptions, one.name) if any(week) else self.of(task)
        return self._by_id[key]

    def _filed(self, name: str) -> FiledCalendar:
        return self._plan.calendars[name]

    def _made(self, week: Sequence[Periods], exceptions: Mapping[date, Periods], name: str) -> WorkCalendar:
        if not any(week):
            raise AutomationError(
                Text(
                    zh=f"日历“{name}”一周内没有任何工作时间，无法排程；请在原软件中设置其工作时间。",
                    en=f"The calendar '{name}' has no working time in its week, so nothing can be scheduled; "
                    "give it working times in the program that wrote the file.",
                ),
                code="no-working-time",
            )
        differing = {day: periods for day, periods in exceptions.items() if week[day.weekday()] != periods}
        key = tuple(week), frozenset(differing.items())
        if key not in self._known:
            self._known[key] = WorkCalendar(week, differing, ticks=TENTHS)
        return self._known[key]


def _on(calendar: FiledCalendar, day: date) -> Periods:
    return calendar.exceptions.get(day, calendar.week[day.weekday()])


def _common(one: Periods, other: Periods) -> Periods:
    """The time that lies in both of two days' periods."""
    both = ((max(a, c), min(b, d)) for a, b in one for c, d in other)
    return tuple(sorted((begin, end) for begin, end in both if begin < end))

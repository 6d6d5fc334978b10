"""The working calendar: which days and minutes are worked, adding, subtracting and counting them (C01).

Instants and positions are explained in ``layout``. Not here: which days a company does not work (rows of the
``calendar`` sheet), service windows, tasks.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date, datetime
from typing import TYPE_CHECKING

from automation.planning.layout import (
    EMPTY,
    LAST_DAY,
    MINUTES_OF_DAY,
    day_number,
    day_of_number,
    instant,
    lay_out,
    tick_of,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from automation.planning.layout import Layout, Periods

STANDARD_DAY = ((8 * 60, 12 * 60), (13 * 60, 17 * 60))
"""The worked periods of a normal day, in minutes since midnight: 08:00-12:00 and 13:00-17:00."""
STANDARD_WEEK = (STANDARD_DAY,) * 5 + ((),) * 2
"""The worked periods of Monday to Sunday."""

_DAYS_BEHIND, _DAYS_AHEAD = 120, 800
"""How far the calendar is laid out around the first day asked for."""


class WorkCalendar:
    """The working time of a week with exceptions by date; days are laid out when they are first asked for.

    Args:
        week: the worked periods of Monday to Sunday, each period a (from, to) pair in minutes since midnight.
        exceptions: the worked periods of single dates, none for a day off.
        ticks: in how many parts of a minute instants and positions are counted.

    Raises:
        ValueError: the week is not seven days, has no working time, or periods overlap or leave the day.
    """

    __slots__ = ("_anchor", "_day_ticks", "_exceptions", "_layout", "_normal", "_week", "ticks")

    def __init__(
        self,
        week: Sequence[Sequence[tuple[int, int]]] = STANDARD_WEEK,
        exceptions: Mapping[date, Sequence[tuple[int, int]]] | None = None,
        *,
        ticks: int = 1,
    ) -> None:
        self._week: tuple[Periods, ...] = tuple(tuple(periods) for periods in week)
        self._exceptions: dict[int, Periods] = {
            day_number(day): tuple(periods) for day, periods in (exceptions or {}).items()
        }
        if len(self._week) != len(STANDARD_WEEK) or not any(self._week):
            message = "a week has seven days and at least one working period"
            raise ValueError(message)
        for periods in (*self._week, *self._exceptions.values()):
            edges = [0, *(edge for period in periods for edge in period), MINUTES_OF_DAY]
            if edges != sorted(edges) or any(begin == end for begin, end in periods):
                message = f"working periods must follow each other within the day: {periods}"
                raise ValueError(message)
        self.ticks = ticks
        self._day_ticks = MINUTES_OF_DAY * ticks
        if ticks != 1:
            self._week = tuple(_in_ticks(periods, ticks) for periods in self._week)
            self._exceptions = {day: _in_ticks(periods, ticks) for day, periods in self._exceptions.items()}
        self._normal: Periods = next(periods for periods in self._week if periods)
        self._anchor = 0
        self._layout = EMPTY

    @classmethod
    def from_days(
        cls,
        non_working: Collection[date] = (),
        make_up: Collection[date] = (),
        *,
        week: Sequence[Sequence[tuple[int, int]]] = STANDARD_WEEK,
    ) -> WorkCalendar:
        """The calendar of a week with days off and make-up working days; a day named in both is worked.

        A make-up day has the hours of the first working day of the week.
        """
        normal = next((periods for periods in week if periods), ())
        exceptions: dict[date, Sequence[tuple[int, int]]] = dict.fromkeys(non_working, ())
        return cls(week, exceptions | dict.fromkeys(make_up, normal))

    @property
    def day_minutes(self) -> int:
        """The working minutes (ticks) of a normal day: 480 in the standard week."""
        return sum(end - begin for begin, end in self._normal)

    # Days without a time of day

    def is_working(self, day: date) -> bool:
        """Whether any of the day is worked."""
        return bool(self._periods(day_number(day)))

    def next_working(self, day: date) -> date:
        """The day itself if it is worked, else the first working day after it."""
        return day if self.is_working(day) else self.add_days(day, 1)

    def add_days(self, day: date, days: int) -> date:
        """The day that lies so many further working days on, or back if negative; 0 gives the day itself."""
        if days == 0:
            return day
        number = day_number(day)
        self._cover(number)
        while True:
            layout = self._layout
            index = number - layout.first
            wanted = layout.before[index] + days if days < 0 else layout.before[index + 1] + days - 1
            if 0 <= wanted < len(layout.working):
                return day_of_number(layout.working[wanted])
            self._cover(layout.first - 1 if wanted < 0 else layout.last + 1)

    def days_between(self, earlier: date, later: date) -> int:
        """The working days from the first day (not counted) to the second (counted); negative if it lies before.

        With a baseline finish and a forecast finish this is the slip in working days (C05).
        """
        numbers = day_number(earlier), day_number(later)
        for number in numbers:
            self._cover(number)
        first, before = self._layout.first, self._layout.before
        return before[numbers[1] - first + 1] - before[numbers[0] - first + 1]

    def count(self, first: date, last: date) -> int:
        """The working days from the first to the last day, both counted; 0 if the last lies before the first."""
        return max(0, self.days_between(first, last) + self.is_working(first))

    # Instants and positions

    def opening(self, moment: date) -> int:
        """The instant at which a day opens (a normal day's if it is not worked), or a datetime's very minute."""
        if isinstance(moment, datetime):
            return instant(moment) if self.ticks == 1 else tick_of(moment, self.ticks)
        number = day_number(moment)
        return number * self._day_ticks + (self._periods(number) or self._normal)[0][0]

    def closing(self, moment: date) -> int:
        """The instant at which a day closes (a normal day's if it is not worked), or a datetime's very minute."""
        if isinstance(moment, datetime):
            return instant(moment) if self.ticks == 1 else tick_of(moment, self.ticks)
        number = day_number(moment)
        return number * self._day_ticks + (self._periods(number) or self._normal)[-1][1]

    def position(self, moment: int) -> int:
        """The working minutes from this calendar's fixed point to an instant; may be negative."""
        layout = self._layout
        if not layout.starts or moment < layout.starts[0] or moment >= layout.starts[-1]:
            self._cover(moment // self._day_ticks)
            layout = self._layout
        index = bisect_right(layout.starts, moment) - 1
        end = layout.ends[index]
        return layout.offsets[index] + (moment if moment < end else end)  # noqa: FURB136 - half as fast with min

    def start_at(self, position: int) -> int:
        """The latest instant at a position: what starts there starts at the beginning of a working period."""
        layout = self._layout
        if not layout.starts or position < layout.positions[0] or position >= layout.positions[-1]:
            layout = self._reach(position)
        return position - layout.offsets[bisect_right(layout.positions, position) - 1]

    def finish_at(self, position: int) -> int:
        """The earliest instant at a position: what finishes there finishes at the end of a working period."""
        layout = self._layout
        if not layout.starts or position <= layout.positions[0] or position > layout.positions[-1]:
            layout = self._reach(position)
        return position - layout.offsets[bisect_left(layout.positions, position) - 1]

    def starts_at(self, positions: Sequence[int]) -> list[int]:
        """The instants of ``start_at`` for many positions."""
        if not positions:
            return []
        self.start_at(min(positions))
        self.start_at(max(positions))
        edges, offsets = self._layout.positions, self._layout.offsets
        return [position - offsets[bisect_right(edges, position) - 1] for position in positions]

    def finishes_at(self, positions: Sequence[int]) -> list[int]:
        """The instants of ``finish_at`` for many positions."""
        if not positions:
            return []
        self.finish_at(min(positions))
        self.finish_at(max(positions))
        edges, offsets = self._layout.positions, self._layout.offsets
        return [position - offsets[bisect_left(edges, position) - 1] for position in positions]

    def run_from(self, moment: int, minutes: int) -> tuple[int, int, int]:
        """Position, start and finish of so many minutes of work from an instant on; no work stays where it is."""
        position = self.position(moment)
        if not minutes:
            return position, moment, moment
        return position, self.start_at(position), self.finish_at(position + minutes)

    def run_to(self, moment: int, minutes: int) -> tuple[int, int, int]:
        """Position of the start, start and finish of so many minutes of work up to an instant."""
        position = self.position(moment) - minutes
        if not minutes:
            return position, moment, moment
        return position, self.start_at(position), self.finish_at(position + minutes)

    def add(self, moment: int, minutes: int) -> int:
        """The instant so many working minutes later (earlier if negative).

        Adding gives the earliest such instant, a finish; taking away the latest, a start; 0 leaves it where it is.
        """
        if minutes > 0:
            return self.finish_at(self.position(moment) + minutes)
        return self.start_at(self.position(moment) + minutes) if minutes else moment

    def sub(self, moment: int, minutes: int) -> int:
        """The instant so many working minutes earlier: ``add`` with the sign turned."""
        return self.add(moment, -minutes)

    def between(self, earlier: int, later: int) -> int:
        """The working minutes from one instant to another; negative if the other lies before."""
        return self.position(later) - self.position(earlier)

    def next_start(self, moment: int) -> int:
        """The first instant, from this one on, at which work can start."""
        return self.start_at(self.position(moment))

    def prev_finish(self, moment: int) -> int:
        """The last instant, up to this one, at which work can finish."""
        return self.finish_at(self.position(moment))

    # What is laid out

    def _periods(self, number: int) -> Periods:
        periods = self._exceptions.get(number)
        return self._week[(number + 5) % 7] if periods is None else periods  # 2000-01-01 was a Saturday

    def _cover(self, number: int) -> None:
        """Lay out so many days that this one and some working time on either side of it are among them."""
        layout = self._layout
        if not layout.starts:
            self._anchor = number
            layout = lay_out(
                self._week,
                self._exceptions,
                number - _DAYS_BEHIND,
                number + _DAYS_AHEAD,
                anchor=number,
                ticks=self.ticks,
            )
        midnight = number * self._day_ticks
        while number < layout.first or not layout.starts or midnight <= layout.starts[0]:
            first = min(layout.first, number) - 2 * _DAYS_BEHIND
            layout = lay_out(self._week, self._exceptions, first, layout.last, anchor=self._anchor, ticks=self.ticks)
        while number > layout.last or midnight + self._day_ticks >= layout.starts[-1]:
            doubled = 2 * layout.last - layout.first
            last = max(number + _DAYS_AHEAD, layout.last + _DAYS_AHEAD, min(doubled, LAST_DAY))
            layout = lay_out(self._week, self._exceptions, layout.first, last, anchor=self._anchor, ticks=self.ticks)
        self._layout = layout

    def _reach(self, position: int) -> Layout:
        """Lay out so many days that a position lies between the first and the last working period."""
        if not self._layout.starts:
            self._cover(0)
        while position <= self._layout.positions[0]:
            self._cover(self._layout.first - 1)
        while position >= self._layout.positions[-1]:
            self._cover(self._layout.last + 1)
        return self._layout


def _in_ticks(periods: Periods, ticks: int) -> Periods:
    return tuple((begin * ticks, end * ticks) for begin, end in periods)

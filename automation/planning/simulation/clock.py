"""Instants by position and positions by instant of one calendar, as tables in which ten thousand are looked up at once.

What both are is explained in ``planning.layout``. Not here: the calendar's own arithmetic (``planning.calendar``).
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from automation.base.errors import AutomationError
from automation.base.findings import Text
from automation.planning.layout import MINUTES_OF_DAY

if TYPE_CHECKING:
    from automation.planning.calendar import WorkCalendar

Row = NDArray[np.int32]
"""One whole number for each iteration."""
MAXIMUM_YEARS = 100
"""How long a plan may take at the longest."""
_YEAR = 366 * MINUTES_OF_DAY
_AHEAD = 10_000
"""Working minutes that are laid out at once beyond what is asked for."""
_TABLE = 20_000_000
"""Up to how many instants there is a table: 38 years of minutes."""


def check_reach(first: int, last: int, ticks: int) -> None:
    """Refuse what lies too far apart, with an AutomationError."""
    if last - first > MAXIMUM_YEARS * _YEAR * ticks:
        raise AutomationError(
            Text(
                f"模拟的计划可能超过 {MAXIMUM_YEARS} 年，无法模拟；请检查工期、悲观工期、风险延误和间隔是否多输了数字。",
                f"The plan may last more than {MAXIMUM_YEARS} years and cannot be simulated; "
                "check durations, pessimistic durations, delays of risks and lags for digits too many.",
            ),
            code="simulation-range",
        )


class _Laid(NamedTuple):
    """Working periods in order: the instant and the position at which each begins, and how long each is."""

    starts: NDArray[np.int64]
    positions: NDArray[np.int64]
    lengths: NDArray[np.int64]


class Clock:
    """The working time of a calendar from an instant on, laid out as far as it is asked for.

    What lies before that instant is held to it. Raises AutomationError for what lies too far away.
    """

    def __init__(self, calendar: WorkCalendar, first: int, last: int) -> None:
        self._calendar = calendar
        self._first, self._last = first, last
        self._position = calendar.position(first) - 1
        self._end = calendar.position(last) + 2
        check_reach(first, last, calendar.ticks)

    def starts(self, positions: Row) -> Row:
        """The latest instant at each position."""
        self._cover(int(positions.max()))
        if not self._is_short:
            return self._sought(positions)
        return self._worked.take(positions - self._position, mode="clip")

    def finishes(self, positions: Row) -> Row:
        """The earliest instant at each position."""
        self._cover(int(positions.max()))
        found = positions - np.int32(1)
        found = self._worked.take(found - self._position, mode="clip") if self._is_short else self._sought(found)
        found += 1
        return found

    def positions(self, instants: Row) -> Row:
        """The position of each instant."""
        latest = int(instants.max())
        if latest > self._last:
            self._cover(self._calendar.position(latest))
        if self._is_short:
            return self._counted.take(instants - int(self._worked[0]), mode="clip")
        laid = self._laid
        period = np.searchsorted(laid.starts, instants, side="right") - 1
        np.maximum(period, 0, out=period)
        worked = np.clip(instants - laid.starts[period], 0, laid.lengths[period])
        found: Row = (laid.positions[period] + worked).astype(np.int32)
        return found

    @property
    def _is_short(self) -> bool:
        """Whether there is a table of every minute; longer stretches are searched, which is slower but small."""
        return self._last - self._first < _TABLE

    def _sought(self, positions: Row) -> Row:
        laid = self._laid
        period = np.searchsorted(laid.positions, positions, side="right") - 1
        np.maximum(period, 0, out=period)
        found: Row = (laid.starts[period] + np.maximum(positions - laid.positions[period], 0)).astype(np.int32)
        return found

    def _cover(self, position: int) -> None:
        """Lay out so much that a position lies before the end."""
        if position < self._end - 1:
            return
        self._end = position + max(_AHEAD, (position - self._position) // 4)
        self._last = self._calendar.finish_at(self._end - 1)
        check_reach(self._first, self._last, self._calendar.ticks)
        for name in ("_laid", "_worked", "_counted"):
            self.__dict__.pop(name, None)

    @cached_property
    def _laid(self) -> _Laid:
        day = MINUTES_OF_DAY * self._calendar.ticks
        usual: dict[int, int] = {}
        starts, lengths, position = [], [], self._position
        while position < self._end:
            start = self._calendar.start_at(position)
            length = self._unbroken(start, position, self._end - position, guess=usual.get(start % day, 0))
            usual[start % day] = length
            starts.append(start)
            lengths.append(length)
            position += length
        sums = np.cumsum([self._position, *lengths[:-1]])
        return _Laid(np.array(starts, dtype=np.int64), sums.astype(np.int64), np.array(lengths, dtype=np.int64))

    @cached_property
    def _worked(self) -> Row:
        """The instant at which each working minute begins, from the first position on."""
        laid = self._laid
        offsets = (laid.starts - laid.positions + self._position).astype(np.int32)
        return np.repeat(offsets, laid.lengths) + np.arange(laid.lengths.sum(), dtype=np.int32)

    @cached_property
    def _counted(self) -> Row:
        """The position of each instant from the first working minute on."""
        worked = self._worked
        is_worked = np.zeros(int(worked[-1] - worked[0]) + 2, dtype=np.int32)
        is_worked[1:][worked - worked[0]] = 1
        is_worked[0] = self._position
        return np.cumsum(is_worked, dtype=np.int32)

    def _unbroken(self, start: int, position: int, limit: int, *, guess: int) -> int:
        """How many minutes are worked from an instant on without a break, at most ``limit``."""

        def lasts(minutes: int) -> bool:
            return self._calendar.position(start + minutes) == position + minutes

        if 0 < guess < limit and lasts(guess) and not lasts(guess + 1):
            return guess
        least, most = 1, limit
        while least < most:
            middle = (least + most + 1) // 2
            if lasts(middle):
                least = middle
            else:
                most = middle - 1
        return least

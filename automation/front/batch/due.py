"""Which run of a job is due at a moment: pure, so that any moment can be asked about.

Moments are in UTC; times of the clock are those of a zone (``None``: of this computer). A time that the clock skips in
spring is run as much later as the clock was put forward, a time that it shows twice in autumn is run the first time.
Runs that were missed are made up once, however many they were. Not here: how times are written (``times``).
"""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from automation.front.batch.times import LAST_DAY, Times

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

DAY = timedelta(days=1)
FAR_DAYS = 400
"""How far to look for a time: 13 months, so that even the rarest day of a job is found."""
COUNTED = 1000
"""So many missed runs are counted; it makes no difference to what is done."""


class Due(NamedTuple):
    """The time (UTC) that a run answers, and how many earlier ones were missed and are answered by it as well."""

    moment: datetime
    missed: int


class Clock(NamedTuple):
    """What times of the clock mean: the zone (``None``: of this computer), and which days are working days."""

    zone: tzinfo | None
    works: Callable[[date], bool]

    def moment(self, local: datetime) -> datetime:
        """The moment (UTC) at which a clock of the zone shows ``local``, the first one if it does so twice."""
        return (local if self.zone is None else local.replace(tzinfo=self.zone)).astimezone(UTC)

    def day(self, moment: datetime) -> date:
        """The day that a calendar of the zone shows at a moment."""
        return moment.astimezone(self.zone).date()


def due(
    times: Sequence[Times], now: datetime, *, answered: datetime | None, since: datetime | None, clock: Clock
) -> Due | None:
    """The run that is due at ``now`` (inclusive), ``None`` when there is none.

    ``answered`` is the time that the last run answered (``Due.moment`` of then), ``since`` when the job was first
    looked after: what lay before counts as answered, what lies at that moment does not. With neither, the last time
    before ``now`` is due: nobody can tell that it was run.
    """
    latest = last_time(times, now, clock)
    if latest is None or (answered is not None and latest <= answered) or (since is not None and latest < since):
        return None
    bounds = [
        bound for bound in (answered, None if since is None else since - timedelta.resolution) if bound is not None
    ]
    if not bounds:
        return Due(latest, 0)
    between = occurrences(times, max(bounds), latest, clock)
    return Due(latest, sum(1 for _ in islice(between, COUNTED)) - 1)


def last_time(times: Sequence[Times], now: datetime, clock: Clock) -> datetime | None:
    """The last time of a job that is not after ``now``."""
    today = clock.day(now)
    found: list[datetime] = []
    for back in range(-1, FAR_DAYS):
        had = bool(found)
        found += (moment for moment in _of_day(times, today - back * DAY, clock) if moment <= now)
        if had:  # one day more: where the clock was changed, a day's last time may come after the next day's first
            break
    return max(found, default=None)


def next_time(times: Sequence[Times], after: datetime, clock: Clock) -> datetime | None:
    """The first time of a job that is after a moment."""
    today = clock.day(after)
    found: list[datetime] = []
    for ahead in range(-1, FAR_DAYS):
        had = bool(found)
        found += (moment for moment in _of_day(times, today + ahead * DAY, clock) if moment > after)
        if had:
            break
    return min(found, default=None)


def occurrences(times: Sequence[Times], after: datetime, until: datetime, clock: Clock) -> Iterator[datetime]:
    """The different times of a job after a moment, up to ``until`` inclusive, in order."""
    day, waiting = clock.day(after) - DAY, set[datetime]()
    while day <= clock.day(until) + DAY:
        waiting |= {moment for moment in _of_day(times, day, clock) if after < moment <= until}
        settled = clock.moment(datetime.combine(day, datetime.min.time()))
        early = {moment for moment in waiting if moment < settled}
        yield from sorted(early)
        waiting -= early
        day += DAY
    yield from sorted(waiting)


def _of_day(times: Sequence[Times], day: date, clock: Clock) -> Iterator[datetime]:
    """The moments that a calendar day has, in no order."""
    for one in times:
        if not _is_day(one, day, clock):
            continue
        for at in one.at:
            yield clock.moment(datetime.combine(day, at))
        if one.every:
            moment = clock.moment(datetime.combine(day, one.first))
            end = clock.moment(datetime.combine(day + DAY, datetime.min.time()))
            if one.until is not None:
                end = min(end, clock.moment(datetime.combine(day, one.until)) + timedelta.resolution)
            while moment < end:
                yield moment
                moment += timedelta(minutes=one.every)


def _is_day(times: Times, day: date, clock: Clock) -> bool:
    last = calendar.monthrange(day.year, day.month)[1]
    wanted = last if times.month_day == LAST_DAY else min(times.month_day, last)
    return (
        day.weekday() in times.days
        and (not times.month_day or day.day == wanted)
        and (not times.working or clock.works(day))
    )

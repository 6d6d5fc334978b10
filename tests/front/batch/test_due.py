"""Due times asked at moments: tables for summer time, missed runs and restarts, and the law of never twice, never forgotten."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from automation.front.batch.due import Clock, due, last_time, next_time, occurrences
from automation.front.batch.times import Times, parse

HOLIDAYS = {date(2026, 10, day) for day in range(1, 8)}
MAKE_UP = {date(2026, 10, 10)}


def works(day):
    return day in MAKE_UP or (day.weekday() < 5 and day not in HOLIDAYS)


def clock(zone="Asia/Shanghai"):
    return Clock(ZoneInfo(zone), works)


def moment(text, zone="Asia/Shanghai"):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def table(text):
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()[1:]]


DUE = """
    times              | answered         | since            | now              | due              | missed
    daily 22:30        |                  |                  | 2026-06-12 22:29 | 2026-06-11 22:30 | 0
    daily 22:30        |                  | 2026-06-12 20:00 | 2026-06-12 22:29 |                  |
    daily 22:30        |                  | 2026-06-12 20:00 | 2026-06-12 22:30 | 2026-06-12 22:30 | 0
    daily 22:30        |                  | 2026-06-12 22:30 | 2026-06-12 22:30 | 2026-06-12 22:30 | 0
    daily 22:30        | 2026-06-12 22:30 | 2026-06-01 08:00 | 2026-06-12 23:59 |                  |
    daily 22:30        | 2026-06-12 22:30 | 2026-06-01 08:00 | 2026-06-13 22:31 | 2026-06-13 22:30 | 0
    daily 22:30        | 2026-06-12 22:30 | 2026-06-01 08:00 | 2026-06-17 09:00 | 2026-06-16 22:30 | 3
    daily 22:30        | 2026-06-12 22:30 | 2026-06-17 08:00 | 2026-06-17 09:00 |                  |
    working days 07:30 | 2026-09-30 07:30 |                  | 2026-10-07 23:00 |                  |
    working days 07:30 | 2026-09-30 07:30 |                  | 2026-10-08 07:30 | 2026-10-08 07:30 | 0
    working days 07:30 | 2026-10-09 07:30 |                  | 2026-10-11 12:00 | 2026-10-10 07:30 | 0
    friday 18:00       | 2026-06-05 18:00 |                  | 2026-06-12 17:59 |                  |
    friday 18:00       | 2026-06-05 18:00 |                  | 2026-06-12 18:00 | 2026-06-12 18:00 | 0
    monthly 31 06:00   | 2026-05-31 06:00 |                  | 2026-06-30 06:00 | 2026-06-30 06:00 | 0
    monthly last 06:00 | 2026-01-31 06:00 |                  | 2026-03-01 00:00 | 2026-02-28 06:00 | 0
    every 15 minutes   | 2026-06-12 09:00 |                  | 2026-06-12 09:14 |                  |
    every 15 minutes   | 2026-06-12 09:00 |                  | 2026-06-12 10:01 | 2026-06-12 10:00 | 3
    daily 22:30        | 2026-06-12 22:30 |                  | 2026-06-12 21:00 |                  |
"""


@pytest.mark.parametrize("row", table(DUE), ids=lambda row: " ".join(row[0:4:3]))
def test_what_is_due(row):
    times, answered, since, now, expected, missed = row
    found = due(
        [parse(times)],
        moment(now),
        answered=moment(answered) if answered else None,
        since=moment(since) if since else None,
        clock=clock(),
    )
    assert found == ((moment(expected), int(missed)) if expected else None)


SUMMER = """
    times            | from UTC         | until UTC        | UTC times
    daily 02:30      | 2026-03-07 12:00 | 2026-03-10 12:00 | 2026-03-08 07:30, 2026-03-09 06:30, 2026-03-10 06:30
    daily 01:30      | 2026-10-31 12:00 | 2026-11-03 00:00 | 2026-11-01 05:30, 2026-11-02 06:30
    every 60 minutes | 2026-03-08 05:59 | 2026-03-08 08:00 | 2026-03-08 06:00, 2026-03-08 07:00, 2026-03-08 08:00
    every 60 minutes | 2026-11-01 04:59 | 2026-11-01 07:00 | 2026-11-01 05:00, 2026-11-01 06:00, 2026-11-01 07:00
"""


@pytest.mark.parametrize("row", table(SUMMER), ids=lambda row: " ".join(row[:2]))
def test_summer_time_begins_and_ends_without_a_run_too_many_or_too_few(row):
    times, first, last, expected = row
    found = occurrences([parse(times)], moment(first, "UTC"), moment(last, "UTC"), clock("America/New_York"))
    assert [f"{one:%Y-%m-%d %H:%M}" for one in found] == expected.split(", ")


def test_a_zone_that_left_a_day_out_runs_once():
    found = occurrences(
        [parse("daily 10:00")], moment("2011-12-29", "UTC"), moment("2012-01-01 12:00", "UTC"), clock("Pacific/Apia")
    )
    assert [f"{one:%d %H:%M}" for one in found] == ["29 20:00", "30 20:00", "31 20:00"]


def test_this_computers_own_zone_is_used_when_none_is_named():
    own = Clock(None, works)
    found = next_time([parse("daily 09:00")], datetime(2026, 6, 12, 12, tzinfo=UTC), own)
    assert found.astimezone().time() == time(9)


ZONES = ("Asia/Shanghai", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia")
clocks = st.builds(lambda minute: time(minute // 60, minute % 60), st.integers(0, 1439))
a_time = st.one_of(
    st.builds(Times, st.tuples(clocks), days=st.frozensets(st.integers(0, 6), min_size=1), working=st.booleans()),
    st.builds(Times, st.tuples(clocks, clocks), month_day=st.sampled_from([0, 1, 15, 29, 31, -1])),
    st.builds(Times, every=st.integers(7, 700), first=clocks),
)


@settings(max_examples=60, deadline=None)
@given(
    times=st.lists(a_time, min_size=1, max_size=2),
    zone=st.sampled_from(ZONES),
    start=st.datetimes(datetime(2010, 1, 1), datetime(2030, 1, 1)),
    steps=st.lists(st.tuples(st.integers(0, 60 * 24 * 9), st.booleans()), max_size=8),
)
def test_never_twice_for_one_time_and_never_forgotten(times, zone, start, steps):
    """Looked at in any rhythm, with a restart of the service at any look: every time is answered exactly once."""
    where = clock(zone)
    since = now = start.replace(tzinfo=UTC)
    answered, runs, missed = None, [], 0
    for minutes, restarted in steps:
        now += timedelta(minutes=minutes)
        for _ in range(1 + restarted):
            found = due(times, now, answered=answered, since=since, clock=where)
            if found is None:
                continue
            runs.append(found.moment)
            missed += found.missed
            answered = found.moment
        assert last_time(times, now, where) in {None, answered} or last_time(times, now, where) < since
    every = list(occurrences(times, since - timedelta.resolution, now, where))
    assert len(set(runs)) == len(runs)
    assert set(runs) <= set(every)
    if every:
        assert answered == every[-1]
    if len(every) < 1000:
        assert len(runs) + missed == len(every)
    assert next_time(times, now, where) not in set(every)

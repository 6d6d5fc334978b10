"""Times as people write them, in both languages, and what is no time."""

from datetime import time

import pytest

from automation.front.batch.times import LAST_DAY, Times, TimesError, pace, parse

AT = (time(7, 30),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("07:30", Times(AT)),
        ("7:30", Times(AT)),
        (450, Times(AT)),
        ("daily 07:30", Times(AT)),
        ("Every day at 07:30", Times(AT)),
        ("每天 07:30", Times(AT)),
        ("每天7：30", Times(AT)),
        ("daily 22:00, 07:30", Times((time(7, 30), time(22)))),
        ("working days 07:30", Times(AT, working=True)),
        ("工作日 07:30", Times(AT, working=True)),
        ("weekdays 07:30", Times(AT, days=frozenset(range(5)))),
        ("friday 07:30", Times(AT, days=frozenset({4}))),
        ("Mon, wed and Fri 07:30", Times(AT, days=frozenset({0, 2, 4}))),
        ("monday to thursday 07:30", Times(AT, days=frozenset({0, 1, 2, 3}))),
        ("每周五 07:30", Times(AT, days=frozenset({4}))),
        ("每周一、三、五 07:30", Times(AT, days=frozenset({0, 2, 4}))),
        ("周一至周五 07:30", Times(AT, days=frozenset(range(5)))),
        ("星期日 07:30", Times(AT, days=frozenset({6}))),
        ("周六和周天 07:30", Times(AT, days=frozenset({5, 6}))),
        ("monthly 1 07:30", Times(AT, month_day=1)),
        ("monthly 07:30", Times(AT, month_day=1)),
        ("every month on the 15th 07:30", Times(AT, month_day=15)),
        ("monthly last 07:30", Times(AT, month_day=LAST_DAY)),
        ("每月15日 07:30", Times(AT, month_day=15)),
        ("每月最后一天 07:30", Times(AT, month_day=LAST_DAY)),
        ("每月末 07:30", Times(AT, month_day=LAST_DAY)),
        ("every 15 minutes", Times(every=15)),
        ("every minute", Times(every=1)),
        ("every 2 hours", Times(every=120)),
        ("每 15 分钟", Times(every=15)),
        ("每隔2小时", Times(every=120)),
        ("每15分钟 08:00-18:00", Times(every=15, first=time(8), until=time(18))),
        ("every 30 minutes from 08:00 to 18:00", Times(every=30, first=time(8), until=time(18))),
    ],
)
def test_a_time_is_read(text, expected):
    assert parse(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "", "25:00", "12:60", "daily", "每天", "sometimes 07:30", "every 0 minutes", "every 1440 minutes", True, 1440, -1,
        "mo 07:30", "friday to monday 07:30", "monthly 32 07:30", "monthly 0 07:30", "07:30 daily", "周八 07:30",
        "每15分钟 18:00-08:00", "- friday 07:30", "friday - 07:30",
    ],
)  # fmt: skip
def test_what_is_no_time_is_told(text):
    with pytest.raises(TimesError):
        parse(text)


@pytest.mark.parametrize(
    ("texts", "minutes"),
    [("22:30", 15), ("22:30 07:00", 15), ("22:32", 4), ("07:05 22:30", 5), ("07:01", 1), ("", 15)],
)
def test_looking_as_rarely_as_the_times_allow(texts, minutes):
    assert pace(map(parse, texts.split())) == minutes


def test_looking_often_enough_for_minutes():
    assert pace([parse("every 10 minutes")]) == 10
    assert pace([parse("every 1 minutes")]) == 1

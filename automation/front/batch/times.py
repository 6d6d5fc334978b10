"""Times of a job as people write them (``working days 07:30``, ``每周五 18:00``, ``every 15 minutes``), as values.

Not here: which of them are due at a moment (``due``).
"""

from __future__ import annotations

import re
import unicodedata
from datetime import time
from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.base.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

WEEK = frozenset(range(7))
LAST_DAY = -1
DAY_MINUTES = 24 * 60
LONGEST_MONTH = 31

EXPECTED = Text(
    "应写成“每天 22:30”“工作日 07:30”“周一至周五 18:00”“每周五 18:00”“每月1日 06:00”“每月最后一天 20:00”"
    "“每 15 分钟 08:00-18:00”这样的形式",
    "expected a form such as 'daily 22:30', 'working days 07:30', 'weekdays 18:00', 'friday 18:00', 'monthly 1 06:00', "
    "'monthly last 20:00' or 'every 15 minutes 08:00-18:00'",
)


@dataclass(frozen=True, slots=True)
class Times:
    """Times of the clock on some days.

    ``days`` are weekdays (Monday is 0); of these only working days of the calendar where ``working``; only the day
    ``month_day`` of a month where that is not 0 (``LAST_DAY``: its last; a day that a month lacks is its last).
    Either ``at`` the times given, or ``every`` so many minutes from ``first`` on, up to ``until`` inclusive (``None``: to
    the end of the day).
    """

    at: tuple[time, ...] = ()
    days: frozenset[int] = WEEK
    working: bool = False
    month_day: int = 0
    every: int = 0
    first: time = time()
    until: time | None = None


class TimesError(ValueError):
    """A text is no time of a job."""


_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::00)?")
_EVERY = re.compile(
    r"(?:every|每隔?)\s*(\d{0,4})\s*(minutes?|mins?|hours?|分钟?|个?小时)\s*(?:(?:from|从)?\s*(\d{1,2}:\d{2})\s*(?:-|~|to|至|到)\s*(\d{1,2}:\d{2}))?"
)
_MONTH_DAY = re.compile(
    r"(?:monthly|every month|each month|每月|每个月)(?: on)?(?: the)?\s*(\d{1,2}|last|最后一|末|底)?(?:st|nd|rd|th)?\s*(?:day|日|号|天)?"
)
_DAILY = frozenset({"", "daily", "every day", "day", "每天", "每日", "天天"})
_WORKING = frozenset(
    {"working days", "working day", "workdays", "workday", "every working day", "工作日", "每个工作日", "每工作日"}
)
_WEEKDAYS = frozenset({"weekdays", "weekday", "every weekday"})
_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CHINESE = "一二三四五六日"


def parse(text: object) -> Times:
    """The times that a text means. Raises TimesError.

    A number is taken as minutes of a day: YAML reads ``22:30`` without quotation marks as 1350.
    """
    if isinstance(text, int) and not isinstance(text, bool) and 0 <= text < DAY_MINUTES:
        return Times(at=(time(*divmod(text, 60)),))
    plain = " ".join(unicodedata.normalize("NFKC", str(text)).lower().split())
    every = _EVERY.fullmatch(plain)
    if every:
        return _repeated(*every.groups())
    first = _CLOCK.search(plain)
    if first is None:
        raise TimesError
    head, tail = plain[: first.start()], plain[first.start() :]
    if _CLOCK.sub("", tail).strip(" ,;、和"):
        raise TimesError
    at = tuple(sorted({_clock(found.group()) for found in _CLOCK.finditer(tail)}))
    return _on_days(re.sub(r"\s*(\bat|的|,|;|:)?\s*$", "", head).strip(), at)


def _repeated(count: str, unit: str, first: str | None, until: str | None) -> Times:
    number = int(count or 1) * (60 if unit.startswith("hour") or unit.endswith("小时") else 1)
    begin, end = _clock(first) if first else time(), _clock(until) if until else None
    if not 0 < number < DAY_MINUTES or (end is not None and end <= begin):
        raise TimesError
    return Times(every=number, first=begin, until=end)


def _on_days(head: str, at: tuple[time, ...]) -> Times:
    if head in _DAILY:
        return Times(at)
    if head in _WORKING:
        return Times(at, working=True)
    if head in _WEEKDAYS:
        return Times(at, days=frozenset(range(5)))
    month = _MONTH_DAY.fullmatch(head)
    if month:
        day = month.group(1) or "1"
        number = int(day) if day.isdigit() else LAST_DAY
        if number == 0 or number > LONGEST_MONTH:
            raise TimesError
        return Times(at, month_day=number)
    return Times(at, days=_weekdays(head))


def _weekdays(head: str) -> frozenset[int]:
    """The weekdays of a list such as ``mon, wed and fri``, ``monday to friday``, ``每周一、三``, ``周一至周五``."""
    text = re.sub(r"\b(weekly|every|each|on)\b|每", " ", head)
    text = re.sub(r"\bto\b|[至到~–—]", "-", text)
    found: list[int] = []
    ranged = False
    for word in re.findall(r"[a-z]+|[一二三四五六日天]|-|[^\s,;、]", re.sub(r"周|星期|礼拜|\band\b|和", " ", text)):
        if word == "-":
            ranged = bool(found)
            if not found:
                raise TimesError
            continue
        day = _weekday(word)
        found += range(found[-1] + 1, day) if ranged and day > found[-1] else ()
        if ranged and day <= found[-1]:
            raise TimesError
        found.append(day)
        ranged = False
    if not found or ranged:
        raise TimesError
    return frozenset(found)


def _weekday(word: str) -> int:
    chinese = _CHINESE.find("日" if word == "天" else word)
    if chinese >= 0 and len(word) == 1:
        return chinese
    near = [number for number, name in enumerate(_ENGLISH) if len(word) > 2 and name.startswith(word.removesuffix("s"))]  # noqa: PLR2004 - mon, tue
    if len(near) != 1:
        raise TimesError
    return near[0]


def _clock(text: str) -> time:
    hours, minutes = text.split(":")[:2]
    if int(hours) > 23 or int(minutes) > 59:  # noqa: PLR2004 - hours and minutes
        raise TimesError
    return time(int(hours), int(minutes))


def pace(jobs: Iterable[Times], *, most: int = 15) -> int:
    """How often to look whether something is due: the minutes, a divisor of 60 and at most ``most``, that meet all times."""
    from math import gcd  # noqa: PLC0415 - only an installation asks

    common = 60
    for times in jobs:
        parts = [times.every, times.first.minute] if times.every else [moment.minute for moment in times.at]
        common = gcd(common, *parts)
    return max(step for step in range(1, most + 1) if common % step == 0)

"""Rules on the calendar sheet: it reaches as far as the plans do.

Not here: rows that are wrong in themselves (``checks``), counting working days (``planning.calendar``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Severity, Text
from automation.base.rules import Problem, Rule
from automation.planning.statutory import HOLIDAY, known_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from automation.deviations.case import Case

NAMED = 3
"""Projects that one finding names."""


def check_holidays_known(case: Case) -> Iterator[Problem]:
    """The calendar sheet has statutory holidays for every year in which a plan runs.

    Later dates count ordinary weekends, so they are provisional: a date promised to a client may fall into a holiday.
    One finding names all plans concerned; it is high once the status date itself lies beyond the holidays known. A
    calendar without any statutory holiday is taken as meant.

    计划所涉及的年份，日历表都应有法定节假日。
    没有节假日的年份只按普通周末计算，日期只是暂定，答应客户的日期可能正好落在假期里。涉及的计划合并报一次；状态日期
    本身已超出已知年份时为“高”。日历表完全没有法定节假日的，视为有意如此。

    Options: ``calendar_beyond_days``.

    Passes::

        calendar
          date       | kind              | name_zh
          2026-10-01 | statutory_holiday | 国庆节 // National Day
        plan
          task_id | kind | duration
          T-001   | task | 20

    Fails::

        calendar
          date       | kind              | name_zh
        > 2026-10-01 | statutory_holiday | 国庆节 // National Day
        plan
          task_id | kind | duration
          T-001   | task | 250
    """
    holidays = [row for row in case.rows.calendar if row.kind == HOLIDAY and row.date is not None]
    known = known_until((row.date, HOLIDAY) for row in holidays if row.date is not None)
    if known is None:
        return
    limit = case.settings.number("calendar_beyond_days")
    late = {name: last for name, last in _ends(case) if (last - known).days > limit}
    if not late:
        return
    shown = list(late)[:NAMED]
    more = len(late) - len(shown)
    fields = {
        "projects": Text(
            "、".join(shown) + (f"等{len(late)}个" if more else ""),
            ", ".join(shown) + (f" and {more} more" if more else ""),
        ),
        "date": max(late.values()),
        "year": str(known.year),
    }
    severity = Severity.HIGH if case.status_date > known else None
    row = max(holidays, key=lambda row: str(row.date))
    yield Problem(row, "date", value=known.year, threshold=limit, severity=severity, fields=fields)


def _ends(case: Case) -> Iterator[tuple[str, date]]:
    """The day on which each plan that is judged ends, as drawn or by its forecast, whichever is later."""
    for name, plan in case.plans.items():
        days = [day for day in (plan.finish, plan.forecast_finish) if day is not None]
        if days and case.stands(name):
            yield name, max(days)


RULES: tuple[Rule, ...] = (
    Rule(
        "CAL-01",
        check_holidays_known,
        "calendar",
        Severity.MEDIUM,
        ("calendar.date", "calendar.kind"),
        ("calendar_beyond_days",),
        "should",
    ),
)

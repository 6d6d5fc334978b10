"""How far the calendar sheet reaches. The status date is Friday 2026-06-12 throughout."""

from __future__ import annotations

import pytest

from automation.base.findings import Severity
from tests.tables import reported

BOOK = """
calendar
  date       | kind              | name_zh
  {day}      | statutory_holiday | 国庆节
  2026-10-02 | company_day_off   | 停工
plan
  task_id | kind | duration
  T-001   | task | {days}
"""


def test_a_plan_beyond_the_last_year_of_holidays_is_named_at_the_last_of_them():
    (finding,) = reported("CAL-01", BOOK.format(day="2026-10-01", days=250)).values()
    assert (finding.place.sheet, finding.place.key, finding.place.column) == ("calendar", "2026-10-01", "date")
    assert (finding.severity, finding.value) == (Severity.MEDIUM, 2026)
    assert finding.message.zh == (
        "项目 PRJ-001 的计划排到 2027-06-01，而日历表的法定节假日只到 2026 年，之后的日期按普通周末计算，只是暂定。"
    )
    assert "(PRJ-001) run until 2027-06-01" in finding.message.en


@pytest.mark.parametrize(("days", "limit", "expected"), [(100, 0, 0), (250, 0, 1), (250, 151, 1), (250, 152, 0)])
def test_a_plan_may_run_as_many_days_beyond_as_the_setting_says(days, limit, expected):
    found = reported("CAL-01", BOOK.format(day="2026-10-01", days=days), calendar_beyond_days=limit)
    assert len(found) == expected


def test_it_is_high_once_the_status_date_lies_beyond_the_holidays_known():
    (finding,) = reported("CAL-01", BOOK.format(day="2025-10-01", days=20)).values()
    assert finding.severity is Severity.HIGH


def test_a_calendar_without_statutory_holidays_is_taken_as_meant():
    assert (
        reported("CAL-01", BOOK.format(day="2026-10-01", days=250).replace("statutory_holiday", "company_day_off"))
        == {}
    )


def test_plans_that_are_history_are_not_judged_and_several_are_one_finding():
    projects = "projects\n  project_id | status\n  PRJ-001 | closed\n  PRJ-002 | in_progress\n  PRJ-003 | in_progress\n"
    plan = "".join(f"  T-00{number} | PRJ-00{number} | task | 250\n" for number in (1, 2, 3))
    book = f"calendar\n  date | kind\n  2026-10-01 | statutory_holiday\nplan\n  task_id | project_id | kind | duration\n{plan}"
    (finding,) = reported("CAL-01", projects + book).values()
    assert "PRJ-002, PRJ-003" in finding.message.en
    assert "PRJ-001" not in finding.message.en

"""Service hours in cells: working periods, lunch, weekends and holidays; laws against counting minute by minute."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.commands.functions.formulas import computed, facts, one, table
from tests.commands.functions.test_working_days import SPECIAL, is_worked

FORMULAS = table("""
=DB_SLAHOURS("2026-06-12 09:00", "2026-06-12 11:30") -> 2.5
=DB_SLAHOURS("2026-06-12 11:00", "2026-06-12 14:00") -> 2
=DB_SLAHOURS("2026-06-12 12:10", "2026-06-12 12:50") -> 0
=DB_SLAHOURS("2026-06-12 07:00", "2026-06-12 23:00") -> 8
=DB_SLAHOURS("2026-06-13", "2026-06-15") -> 0
=DB_SLAHOURS("2026-05-08 17:00", "2026-05-09 09:00") -> 1
=DB_SLAHOURS("2026-06-12 16:30", "2026-06-15 09:30", "7×24") -> 65
=DB_SLAHOURS("2026-06-12 16:30", "2026-06-15 09:30", "Working days 8h") -> 2
=DB_SLAHOURS("2026-06-12 16:30", "2026-06-15 09:30", "") -> 2
=DB_SLAHOURS("2026-06-12 16:30", "2026-06-15 09:30", "5x8", {"2026-06-13","调休上班"}) -> 10
=DB_SLAHOURS({"2026-06-12 16:30";"2026-06-12 16:30"}, "2026-06-15 09:30", {"5x8";"24x7"}) -> 2; 65
=DB_SLAHOURS(46185.375, 46185.5) -> 3
=DB_SLAHOURS("2026-06-12 09:00", "") ->
=DB_SLAHOURS("2026-06-12 09:00", "2026-06-12 08:59") -> #结束时间 2026-06-12 08:59 早于开始时间 2026-06-12 09:00，请检查两个时间
=DB_SLAHOURS("2026-06-12 09:00", "soon") -> #日期无法识别：“soon”，请输入日期，例如 2026-06-12
=DB_SLAHOURS("2026-06-12 09:00", "2026-06-12 10:00", "6x9") -> #服务时段无法识别：“6x9”，请填写其中之一：7×24、5×8
=DB_SLADUE("2026-06-12 09:00", 2) -> 2026-06-12 11:00
=DB_SLADUE("2026-06-12 11:00", 1) -> 2026-06-12 12:00
=DB_SLADUE("2026-06-12 11:00", 2) -> 2026-06-12 14:00
=DB_SLADUE("2026-06-12 20:00", 0.5) -> 2026-06-15 09:00
=DB_SLADUE("2026-06-13 10:00", 8) -> 2026-06-15 17:30
=DB_SLADUE("2026-06-13 10:00", 0) -> 2026-06-13 10:00
=DB_SLADUE("2026-06-12 16:30", 4, "24x7") -> 2026-06-12 20:30
=DB_SLADUE("2026-06-12 16:30", {1;4;24}) -> 2026-06-12 17:30; 2026-06-15 11:30; 2026-06-17 16:30
=DB_SLADUE("2026-06-12 09:00", 0.1) -> 2026-06-12 09:06
=DB_SLADUE("2026-06-12 09:00", "") ->
=DB_SLADUE("2026-06-12 09:00", -1) -> #小时数不合理：-1，请输入 0 至 100000 之间的数字，例如 4
=DB_SLADUE("2190-06-12 09:00", 99999) -> #结果超出 1990 年至 2199 年，请检查小时数：99999
""")


@pytest.mark.parametrize(("formula", "result"), FORMULAS, ids=[formula for formula, _ in FORMULAS])
def test_a_formula_gives(formula, result):
    assert computed(formula) == result


def test_round_the_clock_needs_no_calendar_sheet_and_working_hours_do():
    known = facts("en", days=None)
    assert computed('=DB_SLAHOURS("2026-06-12 16:30", "2026-06-15 09:30", "24x7")', known) == "65"
    assert computed('=DB_SLAHOURS("2026-06-12 16:30", "2026-06-15 09:30")', known) == (
        "#This workbook has no sheet “Calendar”; give a range with dates and kinds as the last argument"
    )


def test_the_working_hours_of_the_settings_are_those_that_count():
    known = facts(working_hours=("09:00-17:00",))
    assert computed('=DB_SLAHOURS("2026-06-12 08:00", "2026-06-15 10:00")', known) == "9"


# Laws

MOMENTS = st.datetimes(datetime(2026, 4, 1), datetime(2026, 5, 31)).map(
    lambda one: one.replace(second=0, microsecond=0)
)
WINDOWS = st.sampled_from(["5x8", "24x7"])


@given(MOMENTS, st.integers(0, 5_000), SPECIAL)
def test_service_hours_are_the_minutes_that_counting_one_by_one_finds(begin, minutes, special):
    def is_counted(moment):
        clock = moment.hour * 60 + moment.minute
        return is_worked(moment.date(), special) and (510 <= clock < 720 or 780 <= clock < 1050)

    expected = sum(is_counted(begin + timedelta(minutes=number)) for number in range(minutes))
    end = begin + timedelta(minutes=minutes)
    assert one("DB_SLAHOURS", begin, end, known=facts(days=special)) == expected / 60


@given(st.lists(MOMENTS, min_size=3, max_size=3).map(sorted), WINDOWS, SPECIAL)
def test_hours_of_two_parts_add_up(moments, window, special):
    known = facts(days=special)
    first, middle, last = moments
    parts = [one("DB_SLAHOURS", *pair, window, known=known) for pair in ((first, middle), (middle, last))]
    assert sum(parts) == pytest.approx(one("DB_SLAHOURS", first, last, window, known=known), abs=1e-9)


@given(MOMENTS, st.integers(1, 5_000), WINDOWS, SPECIAL)
def test_at_the_due_time_the_hours_are_just_used_up(begin, minutes, window, special):
    known = facts(days=special)
    due = one("DB_SLADUE", begin, minutes / 60, window, known=known)
    assert one("DB_SLAHOURS", begin, due, window, known=known) == pytest.approx(minutes / 60, abs=1e-9)
    before = one("DB_SLAHOURS", begin, due - timedelta(minutes=1), window, known=known)
    assert before == pytest.approx((minutes - 1) / 60, abs=1e-9)

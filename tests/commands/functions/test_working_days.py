"""Working days in cells: the demonstration calendar, ranges of one's own, and laws against counting day by day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.planning.working_time import MAKE_UP, calendar_of_days
from tests.commands.functions.formulas import call, computed, demo_days, facts, one, table
from tests.planning import demo

FORMULAS = table("""
=DB_WORKDAY("2026-04-30", 1) -> 2026-05-06
=DB_WORKDAY("2026-05-08", 1) -> 2026-05-09
=DB_WORKDAY("2026-05-09", 1) -> 2026-05-11
=DB_WORKDAY("2026-05-06", -1) -> 2026-04-30
=DB_WORKDAY("2026-05-02", 0) -> 2026-05-02
=DB_WORKDAY("2026-06-12", "2") -> 2026-06-16
=DB_WORKDAY(46185, 2) -> 2026-06-16
=DB_WORKDAY({"2026-06-12","2026-06-15"}, {1;2}) -> 2026-06-15, 2026-06-16; 2026-06-16, 2026-06-17
=DB_WORKDAY("", 1) ->
=DB_WORKDAY("2026-06-12", "") ->
=DB_WORKDAY("2026-06-12", 1.5) -> #工作日数必须是整数：1.5，请输入整数，例如 5
=DB_WORKDAY("2026-06-12", "five") -> #不是数字：“five”，请输入数字，例如 5
=DB_WORKDAY("2026-06-12", 50000) -> #结果超出 1990 年至 2199 年，请检查工作日数：50000
=DB_WORKDAY("2026-06-12", -999999999) -> #结果超出 1990 年至 2199 年，请检查工作日数：-1e+09
=DB_WORKDAYS("2026-05-01", "2026-05-31") -> 19
=DB_WORKDAYS("2026-05-09", "2026-05-09") -> 1
=DB_WORKDAYS("2026-05-10", "2026-05-10") -> 0
=DB_WORKDAYS("2026-06-15", "2026-06-12") -> -2
=DB_WORKDAYS("2026-06-12", "") ->
=DB_ISWORKDAY({"2026-05-01";"2026-05-09";"2026-05-10";""}) -> FALSE; TRUE; FALSE;
=DB_NEXTWORKDAY({"2026-05-01";"2026-05-09";"2026-05-10"}) -> 2026-05-06; 2026-05-09; 2026-05-11
=DB_WORKDAY("2026-06-12", 1, {"2026-06-15","法定假日"}) -> 2026-06-16
=DB_WORKDAY("2026-06-12", 1, {"2026-06-15","Statutory holiday"}) -> 2026-06-16
=DB_WORKDAY("2026-06-12", 1, {"2026-06-15","company_day_off"}) -> 2026-06-16
=DB_WORKDAY("2026-06-12", 1, {"2026-06-15";"2026-06-16"}) -> 2026-06-17
=DB_WORKDAY("2026-06-12", 1, {"日期","类型","名称";"2026-06-13","调休上班","补班";"","",""}) -> 2026-06-13
=DB_WORKDAY("2026-06-12", 1, {"2026-06-15","放假"}) -> #日历区域第 1 行的类型无法识别：“放假”，请填写其中之一：法定假日、调休上班、公司假日
=DB_WORKDAY("2026-06-12", 1, {"day","kind";"2026-06-15","法定假日"}) -> #日期无法识别：“day”，请输入日期，例如 2026-06-12
=DB_WORKDAY("2026-06-12", 1, {""}) -> 2026-06-15
""")


@pytest.mark.parametrize(("formula", "result"), FORMULAS, ids=[formula for formula, _ in FORMULAS])
def test_a_formula_gives(formula, result):
    assert computed(formula) == result


def test_a_workbook_without_calendar_needs_the_argument():
    known = facts(days=None)
    assert computed('=DB_ISWORKDAY("2026-06-12")', known) == (
        "#本工作簿没有“日历”表，请在最后一个参数给出日历区域（日期、类型两列）"
    )
    assert computed('=DB_ISWORKDAY("2026-06-12", {"2026-06-12"})', known) == "FALSE"


def test_a_calendar_sheet_in_doubt_is_not_computed_with():
    from automation.base.findings import Text

    known = facts("en", trouble=Text("“日历”表 A7 有误", "Cell A7 is wrong"))
    assert computed('=DB_ISWORKDAY("2026-06-12")', known) == "#Cell A7 is wrong"
    assert computed('=DB_ISWORKDAY("2026-06-12", {"2026-06-12"})', known) == "FALSE"


def test_a_calendar_of_the_other_date_system_is_read_with_it():
    known = facts(date_1904=True)
    assert one("DB_WORKDAY", 46185.0 - 1462, 1.0, [[46188.0 - 1462, "法定假日"]], known=known) == date(2026, 6, 16)


# Laws

SPAN = (date(2026, 1, 1), date(2027, 12, 31))
DAYS = st.dates(*SPAN)
SPECIAL = st.lists(
    st.tuples(DAYS, st.sampled_from(["statutory_holiday", "company_day_off", MAKE_UP])), max_size=30
).map(tuple)


def is_worked(day, special):
    """Day by day, with nothing of the program: a make-up day wins over a day off, that over the week."""
    kinds = {kind for when, kind in special if when == day}
    return MAKE_UP in kinds or (not kinds and day.weekday() < 5)


def counted(first, last, special):
    return sum(is_worked(first + timedelta(days=number), special) for number in range((last - first).days + 1))


@given(DAYS, DAYS, SPECIAL)
def test_workdays_counts_what_counting_day_by_day_gives(first, last, special):
    expected = counted(first, last, special) if first <= last else -counted(last, first, special)
    assert one("DB_WORKDAYS", first, last, known=facts(days=special)) == expected


@given(DAYS, st.integers(-60, 60), SPECIAL)
def test_workday_walks_as_walking_day_by_day_does(start, days, special):
    day, left = start, abs(days)
    while left:
        day += timedelta(days=1 if days > 0 else -1)
        left -= is_worked(day, special)
    assert one("DB_WORKDAY", start, float(days), known=facts(days=special)) == day


@given(DAYS, st.integers(1, 200), SPECIAL)
def test_workday_and_workdays_undo_each_other(start, days, special):
    known = facts(days=special)
    own = one("DB_ISWORKDAY", start, known=known)
    later, earlier = (one("DB_WORKDAY", start, float(sign * days), known=known) for sign in (1, -1))
    assert one("DB_WORKDAYS", start, later, known=known) == days + own
    assert one("DB_WORKDAYS", earlier, start, known=known) == days + own
    assert one("DB_WORKDAYS", later, start, known=known) == -(days + own)


@given(DAYS, DAYS, SPECIAL, DAYS)
def test_one_more_make_up_day_never_lowers_the_count_and_one_more_day_off_never_raises_it(first, last, special, day):
    first, last = min(first, last), max(first, last)
    before = one("DB_WORKDAYS", first, last, known=facts(days=special))
    assert one("DB_WORKDAYS", first, last, known=facts(days=(*special, (day, MAKE_UP)))) >= before
    assert one("DB_WORKDAYS", first, last, known=facts(days=(*special, (day, "company_day_off")))) <= before


@given(DAYS, SPECIAL)
def test_the_next_working_day_is_worked_and_nothing_between_is(day, special):
    known = facts(days=special)
    found = one("DB_NEXTWORKDAY", day, known=known)
    assert one("DB_ISWORKDAY", found, known=known)
    assert one("DB_WORKDAYS", day, found, known=known) == 1


@given(DAYS, st.integers(-60, 60), SPECIAL)
def test_a_range_gives_what_the_same_calendar_sheet_gives(start, days, special):
    cells = [[day, kind] for day, kind in special] or [[None, None]]
    given_range = call("DB_WORKDAY", start, float(days), cells, known=facts(days=None))
    assert given_range == call("DB_WORKDAY", start, float(days), known=facts(days=special))


def test_without_make_up_days_they_are_what_a_spreadsheet_computes(libreoffice, tmp_path):
    """LibreOffice's WORKDAY and NETWORKDAYS as judges, with the days off of the demonstration calendar."""
    import csv

    import openpyxl

    off = [day for day, kind in demo_days() if kind != MAKE_UP]
    starts = [date(2026, 4, 28) + timedelta(days=3 * number) for number in range(60)]
    cases = [(start, (number * 7) % 41 - 20) for number, start in enumerate(starts)]
    book = openpyxl.Workbook()
    for row, day in enumerate(off, 1):
        book.active.cell(row, 8, day)
    for row, (start, days) in enumerate(cases, 1):
        book.active.cell(row, 1, start)
        book.active.cell(row, 2, f'=TEXT(WORKDAY(A{row},{days},H$1:H${len(off)}),"yyyy-mm-dd")')
        book.active.cell(row, 3, f"=NETWORKDAYS(A{row},A{row}+{days},H$1:H${len(off)})")
    book.save(tmp_path / "days.xlsx")
    with libreoffice(tmp_path / "days.xlsx", to="csv").open(encoding="utf-8") as stream:
        theirs = [tuple(row[1:3]) for row in csv.reader(stream)][: len(cases)]
    known = facts(days=tuple((day, "statutory_holiday") for day in off))
    ours = [
        (
            one("DB_WORKDAY", start, float(days), known=known).isoformat(),
            str(one("DB_WORKDAYS", start, start + timedelta(days=days), known=known)),
        )
        for start, days in cases
    ]
    assert ours == theirs


def test_the_demonstration_calendar_is_that_of_the_planning_tests():
    ours = calendar_of_days(demo_days())
    first, last = date(2026, 3, 1), date(2026, 12, 31)
    for number in range((last - first).days):
        day = first + timedelta(days=number)
        assert ours.is_working(day) == demo.CALENDAR.is_working(day), day

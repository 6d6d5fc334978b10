"""The axis of days: which two levels fit, what stands in them, and which stretches of days off are seen."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from automation.word.charts.canvas import Canvas, Paper, drawing
from automation.word.charts.time_scale import TimeScale, breaks, draw_axis
from tests.word.charts import samples


def axis(first, days, width=100, language="zh"):
    """The labels of an axis by level, and the first days of the upper level's units."""
    with drawing(language):
        canvas = Canvas(Paper(language), 20, caption=samples.PROJECT)
        begun = draw_axis(canvas, TimeScale(first, first + timedelta(days - 1), 10, width), 0)
        levels = {}
        for text in canvas.plane.texts:
            levels.setdefault(text.get_position()[1], []).append(text.get_text())
        return [levels[y] for y in sorted(levels)], begun


@pytest.mark.parametrize(
    ("first", "days", "language", "upper", "lower"),
    [
        (date(2026, 6, 29), 10, "zh", ["2026年6月", "7月"], ["29", "30", "01", "02", "03", "04", "05", "06", "07", "08"]),
        (date(2026, 12, 28), 21, "zh", ["2026年12月", "2027年1月"], [f"{day:02d}" for day in (28, 29, 30, 31, *range(1, 18))]),
        (date(2026, 3, 2), 91, "en", ["Mar 2026", "Apr", "May"], ["02", "09", "16", "23", "30", "06", "13", "20", "27", "04", "11", "18", "25"]),
        (date(2026, 11, 1), 120, "zh", ["2026年11月", "12月", "2027年1月", "2月"], None),
        (date(2026, 1, 1), 365, "zh", ["2026年"], [f"{month}月" for month in range(1, 13)]),
        (date(2026, 7, 1), 365 + 184, "en", ["2026", "2027"], ["Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]),
        (date(2026, 1, 1), 900, "zh", ["2026年", "2027年", "2028年"], ["1", "2", "3"]),
        (date(2026, 1, 1), 1461, "zh", ["2026年", "2027年", "2028年", "2029年"], ["Q1", "Q2", "Q3", "Q4"]),
    ],
)  # fmt: skip
def test_the_finest_units_that_have_room_are_shown_under_the_next_larger(first, days, language, upper, lower):
    (found_upper, found_lower), _ = axis(first, days, language=language)
    assert found_upper == upper
    assert lower is None or found_lower[: len(lower)] == lower


@pytest.mark.parametrize(("years", "every"), [(10, 1), (20, 2), (60, 4), (150, 10)])
def test_a_very_long_time_has_years_alone_and_as_many_of_them_as_have_room(years, every):
    levels, begun = axis(date(2026, 1, 1), 365 * years)
    shown = list(range(2026, 2026 + years, every))
    assert len(levels) == 1
    assert [int(label.rstrip("年")) for label in levels[0]][:5] == shown[:5]
    assert begun[:5] == [date(year, 1, 1) for year in shown[:5]]


def test_the_units_of_the_upper_level_begin_with_the_first_day_shown():
    _, begun = axis(date(2026, 3, 12), 60)
    assert begun == [date(2026, 3, 12), date(2026, 4, 1), date(2026, 5, 1)]


def test_days_stand_where_they_belong():
    scale = TimeScale(date(2026, 6, 1), date(2026, 6, 10), 20, 50)
    assert (scale.days, scale.day_mm) == (10, 5)
    assert (scale.begin(date(2026, 6, 1)), scale.end(date(2026, 6, 10))) == (20, 70)
    assert (scale.begin(date(2026, 6, 3)), scale.middle(date(2026, 6, 3)), scale.end(date(2026, 6, 3))) == (
        30,
        32.5,
        35,
    )


def test_days_off_are_seen_as_stretches_and_single_weekends_where_there_is_room():
    weekend = {date(2026, 6, 6), date(2026, 6, 7)}
    holiday = {date(2026, 6, 19), date(2026, 6, 20), date(2026, 6, 21)}
    off = frozenset(weekend | holiday | {date(2027, 1, 1)})
    wide = TimeScale(date(2026, 6, 1), date(2026, 6, 30), 0, 60)
    narrow = TimeScale(date(2026, 6, 1), date(2026, 6, 30), 0, 10)
    assert breaks(wide, off) == [(min(weekend), max(weekend)), (min(holiday), max(holiday))]
    assert breaks(narrow, off) == [(min(holiday), max(holiday))]

"""Names above vertical lines: wherever the lines stand, no name hides another and no line crosses a name."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from automation.word.charts.canvas import Canvas, Paper, drawing
from automation.word.charts.flags import GAP, Flag, band_mm, placed
from tests.word.charts import samples


@pytest.fixture(scope="module")
def canvas():
    with drawing("zh"):
        return Canvas(Paper("zh"), 20, caption=samples.PROJECT)


def spans(canvas, found):
    for flag, row, is_right in found:
        width = canvas.width_of(flag.text, 6.5, weight="bold") + 2 * GAP
        yield flag.x, row, *((flag.x, flag.x + width) if is_right else (flag.x - width, flag.x))


def assert_readable(canvas, found):
    for number, (_, row, begin, end) in enumerate(spans(canvas, found)):
        for other, (line, other_row, other_begin, other_end) in enumerate(spans(canvas, found)):
            if number == other:
                continue
            assert not (row == other_row and begin < other_end and other_begin < end)
            assert not (other_row >= row and begin < line < end)


@settings(max_examples=60, deadline=None)
@given(places=st.lists(st.floats(8, 150), min_size=1, max_size=4))
def test_no_name_hides_another_and_no_line_crosses_one(canvas, places):
    found = placed(canvas, [Flag(x, f"合同截止 2026-09-{number:02d}") for number, x in enumerate(places)])
    assert [one.flag.x for one in found] == places
    assert_readable(canvas, found)


def test_names_that_have_room_stand_in_one_row(canvas):
    found = placed(canvas, [Flag(10, "状态日期"), Flag(60, "合同截止"), Flag(150, "P80 2026-09-17")])
    assert [(one.row, one.is_right) for one in found] == [(0, True), (0, True), (0, False)]
    assert band_mm(found) == pytest.approx(3.8)


def test_names_of_the_same_day_stand_at_both_sides(canvas):
    found = placed(canvas, [Flag(80, "状态日期"), Flag(80, "合同截止")])
    assert_readable(canvas, found)
    assert {one.row for one in found} == {0}
    assert {one.is_right for one in found} == {True, False}


def test_without_flags_there_is_no_band(canvas):
    assert placed(canvas, []) == []
    assert band_mm([]) == 0

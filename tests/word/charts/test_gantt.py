"""The Gantt chart: what stands on which page, and where bars, diamonds and lines are drawn."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_hex
from matplotlib.patches import Polygon, Rectangle

from automation.base.findings import Text
from automation.model.charts.plan import Gantt, GanttRow
from automation.word.charts import gantt_layout, look
from automation.word.charts.canvas import Canvas, Paper, drawing
from automation.word.charts.gantt_pages import canvases, split
from tests.word.charts import samples


def rows_of(kinds):
    return [
        GanttRow(
            f"R-{number:03d}", Text(f"第{number}行", f"Row {number}"), "phase" if kind else "task", 0 if kind else 1
        )
        for number, kind in enumerate(kinds)
    ]


@given(kinds=st.lists(st.booleans(), max_size=200), most=st.integers(3, 60))
def test_each_row_stands_on_one_page_in_order_after_its_phase(kinds, most):
    rows = rows_of(kinds)
    pages = split(rows, most)
    assert all(len(page) <= most for page in pages)
    shown = [row for page in pages for row in page if not row.name.zh.endswith("（续）")]
    assert shown == rows
    for page in pages[1:]:
        first = page[0]
        if first.kind == "task":
            assert not any(row.kind == "phase" for row in rows[: rows.index(first)])
        elif first.name.zh.endswith("（续）"):
            assert (first.name.zh.count("（续）"), first.name.en.count("(continued)")) == (1, 1)
            assert page[1].kind == "task"


def test_a_page_ends_before_a_phase_where_one_is_near():
    rows = rows_of([number % 12 == 0 for number in range(100)])
    pages = split(rows, 60)
    assert [len(page) for page in pages] == [48, 52]
    assert [page[0].kind for page in pages] == ["phase", "phase"]


def test_up_to_sixty_rows_stand_on_one_page_and_61_on_two():
    for count, pages in ((60, 1), (61, 2)):
        with drawing("zh"):
            chart = Gantt(samples.PROJECT, tuple(rows_of([False] * count)), samples.STATUS)
            assert len(canvases(chart, Paper("zh"))) == pages


def test_the_parts_are_numbered():
    with drawing("zh"):
        captions = [canvas.caption for canvas in canvases(samples.gantt(120, 300), Paper("zh"))]
    assert captions[0] == Text(
        "生产自动化与IT运维外包项目 甘特图（1/3）", "Gantt chart of Production automation and IT outsourcing (1 of 3)"
    )
    assert captions[-1].en.endswith("(3 of 3)")


def days(number):
    return date(2026, 6, 1) + timedelta(number)


TASK = GanttRow(
    "T-001", Text("开发", "Build"), "task", 0, days(4), days(13), days(0), days(9), 50, critical=False, slip_days=4
)
CRITICAL = GanttRow("T-002", Text("测试", "Test"), "task", 0, days(14), days(15), None, None, 0, critical=True)
REACHED = GanttRow("T-003", Text("启动", "Start"), "milestone", 0, days(2), days(2), days(1), days(1), 100, slip_days=1)
TO_COME = GanttRow("T-004", Text("终验", "Accept"), "milestone", 0, days(20), days(20), percent=0)


@pytest.fixture(scope="module")
def drawn():
    """A small chart as drawn with its scale, weekends off."""
    off = tuple(days(number) for number in range(-5, 40) if days(number).weekday() >= 5)
    chart = Gantt(samples.PROJECT, (TASK, CRITICAL, REACHED, TO_COME), days(10), days(18), off)
    with drawing("zh"):
        (canvas,) = canvases(chart, Paper("zh"))
        laid = gantt_layout.layout(
            Canvas(Paper("zh"), 100, caption=samples.PROJECT), chart, lane=gantt_layout.LANE_MOST
        )
        return canvas, laid


def boxes(canvas, colour):
    return [
        (patch.get_x(), patch.get_x() + patch.get_width(), patch.get_y(), patch.get_height())
        for patch in canvas.plane.patches
        if isinstance(patch, Rectangle) and to_hex(patch.get_facecolor()).upper() == colour.upper()
    ]


def test_a_bar_is_as_long_as_its_days_with_the_done_working_days_dark_and_the_baseline_below(drawn):
    canvas, laid = drawn
    scale, lane = laid.scale, laid.lane
    (light,) = [box for box in boxes(canvas, look.SKY) if box[3] > 2.5]
    assert light[:2] == pytest.approx((scale.begin(days(4)), scale.end(days(13))))
    done = min((box for box in boxes(canvas, look.BLUE) if box[3] > 2.5), key=lambda box: box[2])
    # Friday 06-05 to Sunday 06-14: six working days (05, 08 to 12), half of them are done by Tuesday 06-09
    assert done[:2] == pytest.approx((scale.begin(days(4)), scale.end(days(8))))
    (baseline,) = [box for box in boxes(canvas, look.STONE) if box[2] < laid.head_mm + lane]
    assert baseline[:2] == pytest.approx((scale.begin(days(0)), scale.end(days(9))))
    assert light[2] + light[3] < baseline[2] < light[2] + lane


def test_a_critical_task_is_hatched_red(drawn):
    canvas, laid = drawn
    (bar,) = [
        patch
        for patch in canvas.plane.patches
        if isinstance(patch, Rectangle) and patch.get_hatch() and patch.get_x() > laid.columns.chart
        and patch.get_y() < laid.head_mm + 2 * laid.lane
    ]  # fmt: skip
    assert to_hex(bar.get_edgecolor()).upper() == look.DARK_RED
    assert bar.get_x() == pytest.approx(laid.scale.begin(days(14)))


def test_milestones_are_diamonds_filled_when_reached_with_their_day_behind(drawn):
    canvas, laid = drawn
    bottom = laid.head_mm + 4 * laid.lane
    diamonds = [
        (patch.get_xy()[1][0], to_hex(patch.get_facecolor()).upper())
        for patch in canvas.plane.patches
        if isinstance(patch, Polygon) and len(patch.get_xy()) == 5 and patch.get_xy()[0][1] < bottom
    ]
    middle = laid.scale.middle
    assert diamonds == [
        (pytest.approx(middle(days(1))), look.WHITE),
        (pytest.approx(middle(days(2))), look.NAVY),
        (pytest.approx(middle(days(20))), look.WHITE),
    ]
    shown = {text.get_text() for text in canvas.plane.texts}
    assert {"06-03 +1", "06-21", "+4"} <= shown


def test_status_date_and_deadline_are_lines_at_the_end_of_their_days(drawn):
    canvas, laid = drawn
    upright = {round(line.get_xdata()[0], 3) for line in canvas.plane.lines if line.get_linewidth() == 1.2}
    assert upright == {round(laid.scale.end(days(10)), 3), round(laid.scale.end(days(18)), 3)}
    shown = {text.get_text() for text in canvas.plane.texts}
    assert {"状态日期 2026-06-11", "合同截止 2026-06-19"} <= shown


def test_the_legend_has_what_occurs_and_nothing_else(drawn):
    _, laid = drawn
    assert [entry.text for line in laid.legend for _, entry in line] == [
        "已完成",
        "未完成",
        "关键任务（已完成、未完成部分）",
        "基线",
        "里程碑（未达到、已达到）",
        "非工作日",
        "+n：比基线晚 n 个工作日",
    ]


def test_a_status_date_far_from_the_plan_does_not_squeeze_it():
    chart = Gantt(samples.PROJECT, (TASK,), date(2031, 1, 1), date(2019, 1, 1))
    with drawing("en"):
        laid = gantt_layout.layout(Canvas(Paper("en"), 100, caption=samples.PROJECT), chart, lane=5)
    assert (laid.scale.last - laid.scale.first).days < 40
    assert laid.raised == []

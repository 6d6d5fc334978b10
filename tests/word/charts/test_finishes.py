"""The simulated finish: days, or whole weeks for many of them, and the flags of the days that matter."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from automation.base.records import replace
from automation.word.charts.canvas import Paper, drawing
from automation.word.charts.finishes import canvases, grouped
from tests.word.charts import samples


@pytest.mark.parametrize(("spread", "width"), [(10, 1), (70, 1), (71, 7), (400, 7), (3000, 7 * 8)])
def test_days_are_shown_as_they_are_and_many_as_whole_weeks(spread, width):
    chart = samples.finishes(spread, start=date(2026, 6, 10))
    bars = grouped(chart)
    assert {(bar.last - bar.first).days + 1 for bar in bars} == {width}
    assert sum(bar.iterations for bar in bars) == sum(count for _, count in chart.days)
    assert bars[-1].cumulative == 1
    assert all(before.last + timedelta(1) == after.first for before, after in pairwise(bars))
    assert bars[0].first <= chart.days[0][0] <= bars[0].last
    if width > 1:
        assert {bar.first.weekday() for bar in bars} == {0}
    for bar in bars:
        assert bar.iterations == sum(count for day, count in chart.days if bar.first <= day <= bar.last)


def shown(chart, language="zh"):
    with drawing(language):
        (canvas,) = canvases(chart, Paper(language))
    return {text.get_text() for text in canvas.plane.texts}


def test_the_days_that_matter_are_named_with_the_chance_of_the_deadline():
    chart = samples.finishes(40)
    assert {
        "P50 2026-07-02", "P80 2026-07-06", "计划预测 2026-06-26", "合同截止 2026-06-24（按期可能性 <1%）",
    } <= shown(chart)  # fmt: skip
    assert "Contract deadline 2026-06-24 (kept: <1%)" in shown(chart, "en")


def test_days_that_are_the_same_share_a_flag():
    chart = replace(samples.finishes(40), planned=date(2026, 7, 2), deadline=None, deadline_chance=None)
    assert "P50 · 计划预测 2026-07-02" in shown(chart)
    assert not any("合同截止" in text for text in shown(chart))

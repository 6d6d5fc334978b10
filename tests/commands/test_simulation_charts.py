"""The charts of a simulation: the days on which it finishes, what that depends on, and the files they go into."""

from __future__ import annotations

from datetime import date

import pytest

from automation.base.findings import Text
from automation.commands.simulating import simulate
from automation.model.charts.plan import Drivers, Finishes
from tests.commands.test_simulating import BOOK, request


def pictures(tables=BOOK, **parameters):
    return simulate(request(tables, pictures=True, **parameters)).files


def test_without_asking_there_are_no_pictures():
    assert simulate(request()).files == ()


def test_the_finishes_are_the_iterations_by_day():
    outcome = simulate(request(pictures=True))
    (finishes, _), figures = outcome.files, outcome.figures
    chart = finishes.content
    assert isinstance(chart, Finishes)
    assert sum(count for _, count in chart.days) == 10_000
    assert [day for day, _ in chart.days] == sorted({day for day, _ in chart.days})
    assert all(count > 0 and day.weekday() < 5 for day, count in chart.days)
    assert (chart.p50, chart.p80) == (figures["percentiles"]["p50"], figures["percentiles"]["p80"])
    assert (chart.planned, chart.deadline) == (date(2026, 6, 26), date(2026, 7, 10))
    assert chart.deadline_chance == pytest.approx(figures["deadline_chance"], abs=1e-4)
    kept = sum(count for day, count in chart.days if day <= date(2026, 7, 10)) / 10_000
    assert chart.deadline_chance == pytest.approx(kept)


def test_the_drivers_are_tasks_and_risks_that_vary_the_gravest_first():
    _, drivers = pictures()
    chart = drivers.content
    assert isinstance(chart, Drivers)
    assert [task.key for task in chart.tasks] == ["T-002", "T-003"]
    assert chart.tasks[0].name == Text("开发", "Build")
    assert chart.tasks[1].name == Text("培训", "培训")
    assert (chart.tasks[0].criticality, chart.tasks[0].correlation) == (1, pytest.approx(1, abs=0.01))
    (risk,) = chart.risks
    assert (risk.key, risk.chance) == ("RISK-001", 0.7)
    assert risk.delay_days == pytest.approx(3, abs=0.2)


def test_files_are_named_after_project_content_and_status_date():
    assert [one.name for one in pictures()] == [
        "PRJ-001_完成日期模拟_2026-06-12.png",
        "PRJ-001_完成日期影响因素_2026-06-12.png",
    ]
    assert {one.language for one in pictures()} == {"zh"}


def test_where_nothing_varies_there_is_no_picture_of_what_it_depends_on():
    certain = BOOK.replace("| 4               | 9", "|                 |").replace(
        "| 8               | 20", "|                 |"
    )
    certain = certain.replace("|                 | 3", "|                 |").partition("risks")[0]
    (finishes,) = pictures(certain)
    assert finishes.content.days == ((date(2026, 6, 26), 10_000),)

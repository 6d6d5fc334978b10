"""The S-curve of a project at the printed case study's status date, and its laws."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from automation.planning.evm_curve import evm_curve
from automation.planning.performance import Inputs, performance
from automation.planning.workbook import calendar_of, plans_of
from tests.planning.test_performance import CASE, NO_BASELINE, case
from tests.tables import project_of

STATUS = date(2026, 6, 9)
DATED = CASE.replace("| actual_amount", "| actual_amount | actual_on").replace("| 600\n", "| 600 | 2026-06-02\n")
DATED = DATED.replace("| 1400\n", "| 1400 | 2026-06-05\n").replace("| 200\n", "| 200 | 2026-07-30\n")
DATED = DATED.replace("| 500\n", "| 500 |\n").replace("| 0\n", "| 0 |\n")


def points(tables=DATED, *, status=STATUS):
    project = project_of(tables)
    calendar = calendar_of(project)
    plan = plans_of(project, calendar, status)["PRJ-001"]
    rows = project.rows
    found = performance(Inputs(plan, rows.plan, rows.costs, {}), calendar, status_date=status)
    return found, {point.day: point for point in evm_curve(found, plan, calendar, status_date=status)}


def test_it_stands_at_week_ends_at_the_status_date_and_before_the_start():
    _, found = points()
    days = [date(2026, 5, 31), date(2026, 6, 5), STATUS, date(2026, 6, 12), date(2026, 6, 16)]
    assert list(found) == days
    assert [point.planned for point in found.values()] == [0, 1800, 3000, 3600, 3700]
    assert [point.earned for point in found.values()] == [0, 1800, 2400, None, None]


def test_costs_stand_on_the_day_they_were_booked_and_later_or_undated_ones_on_the_status_date():
    _, found = points()
    assert [point.actual for point in found.values()] == [0, 2000, 2700, None, None]


def test_it_goes_on_from_the_status_date_to_everything_earned_at_the_estimate():
    measured, found = points()
    last = found[date(2026, 6, 16)]
    assert found[STATUS].forecast == 2400
    assert found[STATUS].forecast_cost == 2700
    assert last.forecast == 3700
    assert last.forecast_cost == measured.value.at_completion().quantize(Decimal("0.01"))
    assert found[date(2026, 6, 5)].forecast is None


def test_the_values_at_the_status_date_are_the_measured_ones():
    measured, found = points()
    value, point = measured.value, found[STATUS]
    assert (point.planned, point.earned, point.actual) == (value.planned, value.earned, value.actual)


def test_without_a_baseline_the_curve_has_no_plan():
    _, found = points(case(planned=NO_BASELINE))
    assert {point.planned for point in found.values()} == {None}
    assert found[STATUS].earned == 2400


def test_finished_work_has_nothing_ahead():
    done = ("2026-06-01 | 2026-06-02 | 100 |",) * 5
    measured, found = points(case(done=done))
    assert found[STATUS].forecast == measured.value.budget
    assert found[STATUS].forecast_cost == 2700

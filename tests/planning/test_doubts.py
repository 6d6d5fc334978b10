"""Dates that rest on something wrong are not given out; everything else is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from automation.deviations.examples import STATUS_DATE
from automation.planning.doubts import Doubt
from automation.planning.plan import plan
from automation.planning.tasks import TaskKind
from automation.planning.workbook import NEEDED, calendar_of, plans_of
from tests.planning import demo
from tests.planning.tables import tasks
from tests.tables import catalogue, project_of

CHAIN = """
    task   wd  predecessors  wbs  kind
    T-001  2   -             1.1  task
    T-002  2   T-001         1.2  task
    T-003  2   T-002         1.3  task
    T-004  0   T-003         1.4  milestone
    T-005  3   T-001         2.1  task
    T-006  0   -             1    summary
    T-007  0   -             2    summary
"""
AFTER_2 = ["T-002", "T-003", "T-004", "T-006"]
"""What depends on T-002, with the summary above."""


def planned(text=CHAIN, *doubts, **changes):
    rows = [replace(row, **changes.get(row.id.replace("-", "_"), {})) for row in tasks(text)]
    return plan(rows, demo.CALENDAR, project_start=demo.START, status_date=demo.STATUS, doubts=doubts)


def without(result, which):
    return [name for name, task in result.tasks.items() if getattr(task, which) is None]


def test_a_doubt_takes_the_dates_of_what_depends_on_it_and_of_the_plan_as_a_whole():
    result = planned(CHAIN, Doubt("T-002", ("duration",)))
    assert without(result, "drawn") == without(result, "forecast") == AFTER_2
    assert (result.start, result.finish, result.forecast_finish, result.slip_days) == (None,) * 4
    assert result.figures == (None,) * 4
    assert result.tasks["T-005"].drawn.finish == planned().tasks["T-005"].drawn.finish


def test_a_plan_without_doubts_is_known():
    result = planned()
    assert (result.doubts, result.drawn_known, result.forecast_known) == ((), True, True)
    assert without(result, "drawn") == []


def test_a_doubt_about_progress_leaves_the_plan_as_drawn():
    result = planned(CHAIN, Doubt("T-002", ("percent_complete",), drawn=False))
    assert without(result, "drawn") == []
    assert without(result, "forecast") == AFTER_2
    assert result.finish is not None


@pytest.mark.parametrize("link", ["T-999", "T-002", "T-006SS", "T-001FS+99999999"])
def test_links_that_cannot_be_computed_are_doubts(link):
    result = planned(CHAIN.replace("T-001         1.2", f"{link}  1.2"))
    assert "T-002" in [doubt.task for doubt in result.doubts]
    assert without(result, "forecast") == AFTER_2
    assert result.forecast_finish is None


def test_a_long_lag_at_a_summary_holds_for_what_is_below():
    result = planned(CHAIN.replace("T-007  0   -  ", "T-007  0   T-001FS+99999999"))
    assert without(result, "forecast") == ["T-005", "T-007"]


def test_the_forecast_of_a_finished_task_does_not_depend_on_its_links():
    done = {"actual_start": demo.START, "actual_finish": demo.START, "percent_complete": 100}
    text = CHAIN.replace("T-001         1.2", "T-999         1.2")
    result = planned(text, T_002=done)
    assert without(result, "drawn") == AFTER_2
    assert without(result, "forecast") == []
    assert result.forecast_finish is not None


def test_a_cancelled_task_raises_no_doubt():
    result = planned(CHAIN, Doubt("T-002", ("duration",)), T_002={"cancelled": True})
    assert result.doubts == ()


def test_a_second_row_with_the_same_number_is_a_doubt():
    rows = [*tasks(CHAIN), tasks(CHAIN)[1]]
    result = plan(rows, demo.CALENDAR, project_start=demo.START, status_date=demo.STATUS)
    assert without(result, "forecast") == AFTER_2


def test_a_plan_behind_a_cycle_of_summaries_is_unknown():
    result = planned(CHAIN.replace("T-001         1.2", "T-006         1.2"))
    assert result.tasks["T-002"].task.kind is TaskKind.TASK
    assert "T-002" in without(result, "drawn")


ROWS = """
projects
 project_id | start_planned
 PRJ-001    | 2026-06-01
 PRJ-002    | 2026-06-01
plan
 task_id | project_id | duration | predecessors | actual_start | actual_finish | percent_complete
 T-001   | PRJ-001    | 5        |              | 2026-06-01   | 2026-06-05    | 100
 T-002   | PRJ-001    | 5        | T-001        |              |               | 0
 T-003   | PRJ-002    | 5        |              |              |               | 0
"""


def of_rows(text=ROWS, *failed):
    project = project_of(text)
    return plans_of(project, calendar_of(project), STATUS_DATE, failed=frozenset(failed))


@pytest.mark.parametrize("column", ["duration", "predecessors", "percent_complete", "actual_start", "remaining_days"])
def test_a_wrong_input_of_an_open_task_is_a_doubt_of_its_project_only(column):
    plans = of_rows(ROWS, ("plan", 3, column))
    assert [doubt.task for doubt in plans["PRJ-001"].doubts] == ["T-002"]
    assert plans["PRJ-001"].forecast_finish is None
    assert plans["PRJ-001"].tasks["T-001"].forecast is not None
    assert plans["PRJ-002"].forecast_finish is not None


def test_other_columns_are_no_inputs():
    assert of_rows(ROWS, ("plan", 3, "owner"), ("resources", 3, "duration"))["PRJ-001"].doubts == ()


def test_links_of_a_finished_task_matter_to_the_plan_as_drawn_only():
    (doubt,) = of_rows(ROWS, ("plan", 2, "predecessors"))["PRJ-001"].doubts
    assert (doubt.drawn, doubt.forecast) == (True, False)
    assert of_rows(ROWS, ("plan", 2, "actual_start"))["PRJ-001"].doubts == ()
    assert of_rows(ROWS, ("plan", 2, "actual_finish"))["PRJ-001"].forecast_finish is None


def test_a_task_without_a_duration_is_a_doubt():
    plans = of_rows(ROWS.replace("T-002   | PRJ-001    | 5 ", "T-002   | PRJ-001    |   "))
    assert plans["PRJ-001"].doubts == (Doubt("T-002", ("duration",)),)


def test_a_row_without_a_number_or_project_is_a_doubt_of_all_it_may_belong_to():
    plans = of_rows(ROWS.replace("T-002   |", "        |"))
    assert (plans["PRJ-001"].forecast_finish, plans["PRJ-002"].doubts) == (None, ())
    plans = of_rows(ROWS.replace("T-002   | PRJ-001", "T-002   |        "))
    assert (plans["PRJ-001"].forecast_finish, plans["PRJ-002"].forecast_finish) == (None, None)


def test_numbers_beyond_all_bounds_are_too_long_and_nothing_breaks():
    for old, new in (("| 5        | T-001 ", "| 1e308    | T-001 "), ("| T-001 ", f"| T-001FS+{'9' * 400} ")):
        plans = of_rows(ROWS.replace(old, new))
        assert [doubt.kind.value for doubt in plans["PRJ-001"].doubts] == ["too_long"]


def test_the_needed_columns_exist():
    assert set(NEEDED) <= set(catalogue().sheets["plan"].by_id)

"""The load of resources by week (C08)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.deviations.loads import peaks, week_loads
from tests.tables import sample

BOOK = """
status date 2026-06-12
projects
 project_id | name | start_planned
 PRJ-001    | A    | 2026-06-15
plan
 task_id | duration | owner   | resource_use              | actual_start | percent_complete | remaining_days
 T-001   | 3        | RES-001 | RES-001:100%              |              | 0                |
 T-002   | 8        | RES-001 | RES-001:50%;RES-002:100%  |              | 0                |
 T-003   | 2        | RES-001 |                           |              | 0                |
resources
 resource_id | name | kind   | capacity | available_from | available_to
 RES-001     | 甲   | person | {capacity} |              |
 RES-002     | 乙   | person | 100      |                | 2026-06-17
"""


def loads(capacity=100, **options):
    case, _ = sample(BOOK.replace("{capacity}", str(capacity)))
    return week_loads(case.project.rows, case.plans, case.calendar, case.status_date, **options)


def test_a_week_sums_the_days_of_its_tasks_times_their_share():
    found = [(one.resource, one.week, one.asked, one.there, one.percent) for one in loads()]
    assert found == [
        ("RES-001", date(2026, 6, 15), 5.5, 5, 110),
        ("RES-001", date(2026, 6, 22), 1.5, 5, 30),
        ("RES-002", date(2026, 6, 15), 5, 3, pytest.approx(166.666667)),
        ("RES-002", date(2026, 6, 22), 3, 0, None),
    ]


def test_the_tasks_of_a_week_stand_with_their_days():
    assert [tuple(one) for one in loads()[0].tasks] == [("T-001", 3), ("T-002", 2.5)]


def test_half_a_capacity_doubles_the_load():
    assert loads(50)[0].percent == 220


def test_only_so_many_weeks_are_told_as_are_asked_for():
    assert {one.week for one in loads(weeks=1)} == {date(2026, 6, 15)}


def test_the_peak_leaves_weeks_out_in_which_nothing_is_there():
    assert peaks(loads()) == {"RES-001": 110, "RES-002": pytest.approx(166.666667)}


@given(st.integers(1, 400))
def test_what_is_asked_does_not_depend_on_what_is_there(capacity):
    assert [one.asked for one in loads(capacity)] == [one.asked for one in loads()]


def test_the_rest_of_a_week_that_has_begun_is_judged_by_its_own_days():
    case, _ = sample(BOOK.replace("{capacity}", "100").replace("2026-06-12", "2026-06-17"))
    first = week_loads(case.project.rows, case.plans, case.calendar, case.status_date)[0]
    assert (first.week, first.working, first.asked) == (date(2026, 6, 15), 2, 3)

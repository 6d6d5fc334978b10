"""What a change would do (C13): the same as typing its effort into the plan."""

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from automation.deviations.what_if import impact
from automation.planning.workbook import plans_of
from tests.tables import sample

BOOK = """
status date 2026-06-12
projects
 project_id | name | start_planned
 PRJ-001    | A    | 2026-06-01
plan
 task_id | kind      | duration | predecessors | resource_use              | actual_start | percent_complete | remaining_days | req_ids
 T-001   | task      | {first}  |              | RES-001:100%;RES-002:100% | 2026-06-01   | 50               | {left}         | REQ-001
 T-002   | task      | {second} | T-001        | RES-001:100%              |              | 0                |                |
 T-003   | task      | 2        |              | RES-002:100%              |              | 0                |                |
 T-004   | milestone | 0        | T-002;T-003  |                           |              | 0                |                |
resources
 resource_id | name | kind   | cost_rate | capacity
 RES-001     | 甲   | person | 1000      | 100
 RES-002     | 乙   | person | 2000      | 100
risks
 risk_id  | title | task_ids | status
 RISK-001 | a     | T-001    | assessed
 RISK-002 | b     | T-001    | closed
changes
 change_id | project_id | req_id  | added_effort | affected_tasks
 CHG-001   | PRJ-001    | REQ-002 | {effort}     | {tasks}
"""


def judged(effort="3", tasks="T-001", first="10", left="5", second="4"):
    text = BOOK.format(effort=effort, tasks=tasks, first=first, left=left, second=second)
    case, _ = sample(text)
    change = case.project.rows.changes[0]
    found = impact(case.project, [change], case.plans["PRJ-001"], case.calendar, case.status_date)
    return case, found


def test_effort_on_a_running_task_moves_what_follows_by_as_many_days():
    _, found = judged()
    assert (found.days, [(one.row.task_id, one.days) for one in found.moved]) == (3, [("T-004", 3)])
    assert found.cost == Decimal("4500.00")
    assert found.requirements == ("REQ-002", "REQ-001")
    assert found.risks == ("RISK-001",)


@settings(max_examples=30, deadline=None)
@given(st.integers(-4, 12), st.integers(1, 9), st.integers(1, 9))
def test_it_is_what_a_second_full_reschedule_gives(effort, left, second):
    case, found = judged(effort=str(effort), left=str(left), second=str(second), first="20")
    typed, _ = judged(first=str(20 + effort), left=str(max(left + effort, 0)), second=str(second), effort="0")
    after = typed.plans["PRJ-001"].forecast_finish
    assert found.finish_after == after
    assert found.days == case.calendar.days_between(case.plans["PRJ-001"].forecast_finish, after)


def test_effort_is_spread_over_the_tasks_that_are_open():
    _, found = judged(effort="4", tasks="T-001;T-002")
    assert found.days == 4
    _, parallel = judged(effort="4", tasks="T-002;T-003")
    assert parallel.days == 2


def test_a_change_without_a_task_becomes_one_before_the_last_milestone():
    _, found = judged(effort="30", tasks="")
    assert found.days > 0
    assert [one.row.task_id for one in found.moved] == ["T-004"]
    _, small = judged(effort="1", tasks="")
    assert small.days == 0


def test_the_workbook_is_left_as_it_is():
    case, _ = judged()
    before = plans_of(case.project, case.calendar, date(2026, 6, 12))["PRJ-001"].forecast_finish
    assert before == case.plans["PRJ-001"].forecast_finish
    assert case.project.rows.plan[0].duration == 10

"""Money laid over tasks: which rows count, by what weights they are spread, and that no cent is lost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from automation.planning.task_budgets import allotted, budgets, efforts_of
from automation.planning.workbook import calendar_of, plans_of
from tests.tables import project_of

BOOK = """
projects
 project_id | start_planned
 PRJ-001    | 2026-06-01
resources
 resource_id | kind      | cost_rate
 RES-001     | person    | 1000
 RES-002     | person    | 2000
 RES-003     | person    |
 RES-011     | equipment | 9999
plan
 task_id | wbs | kind      | duration | owner   | resource_use              | status
 T-001   | 1   | phase     | 0        | RES-001 |                           | not_started
 T-002   | 1.1 | task      | 4        | RES-001 |                           | not_started
 T-003   | 1.2 | task      | 2        | RES-001 | RES-002:50%;RES-011:100%  | not_started
 T-004   | 1.3 | milestone | 0        | RES-001 |                           | not_started
 T-005   | 2   | task      | 2        | RES-001 | RES-001:100%;RES-003:100% | not_started
 T-006   | 3   | task      | 9        | RES-001 |                           | cancelled
"""


def laid(costs, *, earned=None, book=BOOK):
    project = project_of(book + costs)
    plan = plans_of(project, calendar_of(project), date(2026, 6, 5))["PRJ-001"]
    rows = project.rows
    efforts = efforts_of(plan, rows.plan, {row.resource_id: row for row in rows.resources})
    return budgets(rows.costs, plan, efforts, earned or {}), efforts


def numbers(amounts):
    return {name: float(amount) for name, amount in amounts.items() if amount}


def cost(planned, actual=0, *, task="", category="labour"):
    return f"costs\n task_id | category | planned_amount | actual_amount\n {task} | {category} | {planned} | {actual}"


def test_effort_is_duration_times_the_people_s_shares_and_rates():
    _, efforts = laid(cost(1))
    whole = efforts["T-003"]  # 2 days of half of RES-002 at 2000; the machine is nobody
    assert {name: effort / whole for name, effort in efforts.items()} == {
        "T-002": 2,  # 4 days of the owner at 1000
        "T-003": 1,
        "T-005": Decimal("2.5"),  # 2 days of RES-001 at 1000 and of RES-003 at the mean rate of 1500
    }


def test_without_any_rate_people_count_alike_and_without_people_only_days_do():
    nameless = BOOK.replace("| 1000", "| ").replace("| 2000", "| ")
    _, efforts = laid(cost(1), book=nameless)
    assert {name: effort / efforts["T-003"] for name, effort in efforts.items()} == {"T-002": 4, "T-003": 1, "T-005": 4}
    _, efforts = laid(cost(1), book=BOOK.replace("person   ", "equipment"))
    assert {name: effort / efforts["T-003"] for name, effort in efforts.items()} == {"T-002": 2, "T-003": 1, "T-005": 1}


def test_a_row_without_a_task_is_spread_by_effort():
    found, _ = laid(cost(5500))
    assert numbers(found.budget) == {"T-002": 2000, "T-003": 1000, "T-005": 2500}
    assert found.spread_budget == 5500


def test_a_row_goes_to_the_task_or_milestone_that_it_names_and_to_the_tasks_below_a_phase():
    assert numbers(laid(cost(90, task="T-003"))[0].budget) == {"T-003": 90}
    assert numbers(laid(cost(90, task="T-004"))[0].budget) == {"T-004": 90}
    found, _ = laid(cost(90, task="T-001"))
    assert numbers(found.budget) == {"T-002": 60, "T-003": 30}
    assert found.spread_budget == 0


def test_a_row_with_a_cancelled_or_unknown_task_is_spread():
    for task in ("T-006", "T-404"):
        assert numbers(laid(cost(5500, task=task))[0].budget) == {"T-002": 2000, "T-003": 1000, "T-005": 2500}


def test_the_risk_reserve_is_in_no_budget_but_what_was_spent_of_it_counts():
    found, _ = laid(cost(80, 11, category="risk_reserve"))
    assert (numbers(found.budget), found.reserve) == ({}, 80)
    assert sum(found.actual.values()) == 11


def test_what_was_spent_without_a_task_goes_where_work_was_done():
    found, _ = laid(cost(5500, 300, task=""), earned={"T-002": Decimal("0.5"), "T-003": Decimal(1)})
    assert numbers(found.actual) == {"T-002": 150, "T-003": 150}
    assert numbers(laid(cost(5500, 550))[0].actual) == {"T-002": 200, "T-003": 100, "T-005": 250}


def test_milestones_alone_share_alike_and_a_plan_without_tasks_holds_everything_back():
    only = BOOK[: BOOK.index(" T-002")] + " T-004   | 1.3 | milestone | 0 | RES-001 | | not_started\n"
    assert numbers(laid(cost(90), book=only)[0].budget) == {"T-004": 90}
    found, efforts = laid(cost(90), book=BOOK[: BOOK.index(" T-002")])
    assert (numbers(found.budget), efforts, found.spread_budget) == ({}, {}, 90)


@given(
    st.decimals(0, 10**9, places=2),
    st.dictionaries(st.text(min_size=1, max_size=3), st.decimals(0, 1000, places=3), min_size=1, max_size=20),
)
def test_shares_are_whole_cents_near_their_weight_and_add_up(amount, weights):
    shares = allotted(amount, weights)
    total = sum(weights.values())
    if not total:
        assert shares == {}
        return
    assert sum(shares.values()) == amount
    for name, share in shares.items():
        assert share == share.quantize(Decimal("0.01"))
        assert abs(share - amount * weights[name] / total) <= Decimal("0.01")

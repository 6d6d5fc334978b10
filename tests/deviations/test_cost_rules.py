"""Costs. The status date is Friday 2026-06-12 throughout."""

from __future__ import annotations

import pytest

from tests.tables import RULES, judged, reported

CATEGORIES = """
projects
 project_id | project_manager
 PRJ-001    | RES-001
 PRJ-002    | RES-002
costs
 cost_id  | project_id | category     | planned_amount | actual_amount
 COST-001 | PRJ-001    | equipment    | 100000         | 115000
 COST-002 | PRJ-001    | equipment    | 50000          | 50000
 COST-003 | PRJ-002    | equipment    | 100000         | 110000
 COST-004 | PRJ-001    | labour       | 300000         | 329999.99
 COST-005 | PRJ-001    | software     |                | 100
 COST-006 | PRJ-001    | other        | 0              | 0
"""


def test_a_category_at_exactly_the_limit_is_within_it_and_one_without_a_budget_is_not():
    found = reported("CST-01", CATEGORIES)
    assert set(found) == {"COST-005"}
    assert found["COST-005"].message.zh.startswith("项目 PRJ-001 的“软件”没有预算，实际已发生 100；")
    assert (found["COST-005"].value, found["COST-005"].owner) == (None, "RES-001")


def test_the_rows_of_a_category_count_together_and_projects_apart():
    found = reported("CST-01", CATEGORIES, cat_overrun=9.99)
    assert set(found) == {"COST-001", "COST-003", "COST-004", "COST-005"}
    assert found["COST-001"].value == 10
    assert "“设备”成本实际 165,000，预算 150,000，超出 10%" in found["COST-001"].message.zh
    assert found["COST-003"].owner == "RES-002"


def test_the_finding_stands_on_the_row_that_is_furthest_over():
    text = """
    costs
     cost_id  | category | planned_amount | actual_amount
     COST-001 | travel   | 100            | 90
     COST-002 | travel   | 100            | 180
     COST-003 | travel   | 100            | 150
    """
    assert set(reported("CST-01", text)) == {"COST-002"}


BUDGET = """
projects
 project_id | budget_total | start_planned | status
 PRJ-001    | {budget}     | 2026-06-01    | {status}
plan
 task_id | duration | predecessors | actual_start | percent_complete
 T-001   | 20       | {link}       | 2026-06-01   | {percent}
costs
 cost_id  | category     | planned_amount | actual_amount
 COST-001 | labour       | 100000         | {labour}
 COST-002 | equipment    | 50000          | {equipment}
 COST-003 | risk_reserve | 30000          | 0
"""


def budget(**values):
    usual = {"budget": 180000, "status": "running", "link": "", "percent": 50, "labour": 50000, "equipment": 50000}
    return BUDGET.format(**(usual | values))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"labour": 65000}, None),  # 130,000 of labour and 50,000 are the budget itself
        ({"labour": 65000.01}, 180000.02),
        ({"labour": 65000.01, "equipment": 50001}, 180001.02),
        ({"percent": 20, "labour": 26001}, 180005),
        ({"percent": 19, "labour": 90000}, None),  # too early: labour as planned
        ({"percent": 19, "labour": 90000, "equipment": 90001}, 180001),
        ({"budget": 0}, 100000),
    ],
)
def test_the_estimate_at_completion_is_compared_with_the_budget(values, expected):
    found = reported("CST-02", budget(**values))
    assert {key: float(one.value) for key, one in found.items()} == ({} if expected is None else {"PRJ-001": expected})


def test_what_is_spent_already_is_said_before_what_is_only_expected():
    found = reported("CST-02", budget(labour=190000))["PRJ-001"]
    assert float(found.value) == 240000
    assert "的实际成本已达 240,000，预算总额为 180,000，超支 60,000" in found.message.zh
    assert "has cost 240,000 against a budget of 180,000" in found.message.en


def test_an_overrun_may_be_allowed():
    assert not reported("CST-02", budget(labour=74000), eac_overrun=10)
    assert set(reported("CST-02", budget(labour=74000.01), eac_overrun=10)) == {"PRJ-001"}


def test_while_the_plan_is_in_doubt_only_what_is_spent_is_judged():
    rule = next(one for one in RULES if one.id == "CST-02")
    doubtful = judged(rule, budget(labour=90000, link="T-404").replace("2026-06-01   | 50", " | 0"))
    assert doubtful.findings == ()
    assert doubtful.undated == (("CST-02", "projects", "PRJ-001"),)
    assert reported("CST-02", budget(labour=190000, link="T-404").replace("2026-06-01   | 50", " | 0"))


def test_a_project_without_costs_or_budget_is_not_judged():
    assert not reported("CST-02", budget()[: budget().index("costs")])
    assert not reported("CST-02", budget(budget="", labour=900000))
    assert not reported("CST-03", budget()[: budget().index("costs")])


def test_fifteen_points_ahead_are_allowed_and_more_are_not():
    even = budget(labour=67000, equipment=50000)  # 117,000 of 180,000 = 65 %
    assert not reported("CST-03", even)
    found = reported("CST-03", budget(labour=67180, equipment=50000))["PRJ-001"]
    assert (found.value, found.threshold) == (15.1, 15)
    assert "已用预算 65.1%，完成率 50%，相差 15.1 个百分点" in found.message.zh
    assert not reported("CST-03", budget(labour=67180), burn_gap=16)


def test_spending_is_not_compared_with_progress_that_is_in_doubt():
    rule = next(one for one in RULES if one.id == "CST-03")
    doubtful = judged(rule, budget(labour=99000, link="T-404").replace("2026-06-01   | 50", " | 0"))
    assert (doubtful.findings, doubtful.undated) == ((), (("CST-03", "projects", "PRJ-001"),))


@pytest.mark.parametrize("rule", ["CST-02", "CST-03"])
@pytest.mark.parametrize("status", ["closed", "terminated"])
def test_projects_that_are_history_are_not_judged(rule, status):
    assert not reported(rule, budget(status=status, labour=190000))


def test_a_service_may_cost_up_to_the_limit_of_its_price():
    text = """
    customers
     customer_id | customer_type
     CUS-001     | external
     CUS-002     | internal
    services
     service_id | customer_id | cost_budget | price | active_to
     SVC-001    | CUS-001     | 9000        | 10000 | 2026-06-12
     SVC-002    | CUS-001     | 9100        | 10000 | 2026-06-12
     SVC-003    | CUS-001     | 9100        | 10000 | 2026-06-11
     SVC-004    | CUS-001     | 100         | 0     |
     SVC-005    | CUS-002     | 100         | 0     |
     SVC-006    | CUS-002     | 100         | 50    |
     SVC-007    | CUS-001     |             | 50    |
     SVC-008    | CUS-001     | 0           | 0     |
    """
    found = reported("CST-04", text)
    assert set(found) == {"SVC-002", "SVC-004", "SVC-006"}
    assert (found["SVC-002"].value, found["SVC-006"].value, found["SVC-004"].value) == (91, 200, None)
    assert "月成本为 100，月价格为 0" in found["SVC-004"].message.zh
    assert set(reported("CST-04", text, svc_cost_ratio=91)) == {"SVC-004", "SVC-006"}

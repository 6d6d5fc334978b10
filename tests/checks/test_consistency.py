from __future__ import annotations

from datetime import date

import pytest

from automation.checks.consistency import CHECKS, consistency_drafts
from automation.checks.scene import Scene
from tests.checks.books import result
from tests.tables import catalogue


def cells(book):
    return result(book).cells()


def test_every_check_that_a_sheet_asks_for_exists():
    assert {check["check"] for sheet in catalogue().sheets.values() for check in sheet.checks} <= set(CHECKS)


def test_days_in_order_and_the_same_day_are_right_unless_the_order_is_strict():
    assert cells("requirements\nreq_id | raised_on | confirmed_on\nREQ-001 | 2026-06-02 | 2026-06-02") == []
    assert cells("projects\nproject_id | start_planned | finish_deadline\nPRJ-001 | 2026-06-02 | 2026-06-03") == []
    assert cells("projects\nproject_id | start_planned | finish_deadline\nPRJ-001 | 2026-06-02 | 2026-06-02") == [
        ("V06", "projects", "C2")
    ]


def test_an_empty_or_unreadable_day_is_not_compared():
    book = "requirements\nreq_id | raised_on | confirmed_on\nREQ-001 | 2026-06-02 | -\nREQ-002 | 以后 | 2026-06-01"
    assert cells(book) == [("V02", "requirements", "B3")]


def test_moments_are_compared_to_the_minute():
    book = """
requests
request_id | received_at | responded_at
SR-001 | 2026-06-01 09:00 | 2026-06-01 09:00
SR-002 | 2026-06-01 09:00 | 2026-06-01 08:59
"""
    assert cells(book) == [("V06", "requests", "C3")]


def test_the_status_date_itself_is_not_after_it():
    assert cells("requirements\nreq_id | raised_on\nREQ-001 | 2026-06-12\nREQ-002 | 2026-06-13") == [
        ("V06", "requirements", "B3")
    ]


def test_a_moment_late_on_the_status_date_is_not_after_it():
    assert cells("requests\nrequest_id | received_at\nSR-001 | 2026-06-12 23:59\nSR-002 | 2026-06-13 00:00") == [
        ("V06", "requests", "B3")
    ]


SUM = """
projects
project_id | budget_total
PRJ-001 | {total}
PRJ-002 | 0

costs
cost_id | project_id | planned_amount
COST-001 | PRJ-001 | 0.1
COST-002 | PRJ-001 | 0.2
COST-003 | PRJ-001 | {amount}
"""


@pytest.mark.parametrize(
    ("total", "amount", "wrong"),
    [
        ("100", "99.7", False),
        ("101", "99.7", False),
        ("99", "99.7", False),
        ("101.01", "99.7", True),
        ("98.99", "99.7", True),
    ],
)
def test_a_total_may_differ_by_the_tolerance_and_no_cent_more(total, amount, wrong):
    assert cells(SUM.format(total=total, amount=amount)) == ([("V06", "projects", "B2")] if wrong else [])


def test_a_total_is_not_judged_while_one_of_its_parts_cannot_be_read():
    assert cells(SUM.format(total="100", amount="多")) == [("V02", "costs", "C4")]


def test_a_total_is_not_judged_without_the_sheet_of_its_parts():
    assert cells("projects\nproject_id | budget_total\nPRJ-001 | 100") == []


def test_list_values_that_do_not_go_together():
    book = "requirements\nreq_id | category | subtype | performance_target\n{}"
    assert cells(book.format("REQ-001 | functional | data | -\nREQ-002 | non_functional | data | -")) == [
        ("V06", "requirements", "C3")
    ]
    assert cells(book.format("REQ-001 | - | data | -\nREQ-002 | 未知 | data | -")) == [
        ("V01", "requirements", "B2"),
        ("V03", "requirements", "B3"),
    ]


@pytest.mark.parametrize(
    ("compare", "target", "actual", "result_code", "wrong"),
    [
        ("at_least", 99, 99, "passed", False),
        ("at_least", 99, 98.9, "passed", True),
        ("at_least", 99, 99, "failed", True),
        ("at_most", 3, 3, "passed", False),
        ("at_most", 3, 3.1, "passed", True),
        ("equals", 5, 5, "passed", False),
        ("equals", 5, 4, "passed", True),
        ("at_least", 99, 10, "passed_with_conditions", False),
        ("conforms", 1, 0, "passed", False),
    ],
)
def test_a_result_agrees_with_what_was_measured(compare, target, actual, result_code, wrong):
    book = f"""
checks
check_id | req_id | compare | target_value | actual_value | result | executed_on | defect_severity | problem | rework_owner | rework_due
CHK-001 | REQ-001 | {compare} | {target} | {actual} | {result_code} | 2026-06-01 | minor | x | RES-001 | 2026-06-10
"""
    assert result(book).cells("V06") == ([("V06", "checks", "F2")] if wrong else [])


def test_limits_rise_from_step_to_step():
    book = """
services
service_id | response_high | response_medium | response_low | resolve_high | resolve_medium | resolve_low
SVC-001 | 1 | 1 | 2 | 4 | 8 | 8
SVC-002 | 4 | 4 | 4 | 3 | 8 | 7
"""
    assert cells(book) == [("V06", "services", "G3"), ("V06", "services", "E3")]


def test_a_value_that_must_stand_in_a_column_of_another_sheet():
    book = "services\nservice_id | process_code\nSVC-001 | P-SVC\nSVC-002 | P-XXX\nSVC-003 | -\n\nprocesses\nstep_id\nPROC-001"
    assert cells(book) == [("V05", "services", "B3")]


def test_a_scope_is_looked_for_in_the_sheet_that_its_kind_names():
    book = """
metrics
metric_id | scope_kind | scope_ref | period | evaluator
KPI-001 | project | PRJ-001 | 2026-06 | -
KPI-002 | project | RES-001 | 2026-06 | -
KPI-003 | person | RES-001 | 2026-06 | RES-001
KPI-004 | company | ALL | 2026-06 | -
KPI-005 | process | P-SVC | 2026-06 | -
KPI-006 | process | P-XXX | 2026-06 | -
KPI-007 | customer | CUS-001 | 2026-06 | -

projects
project_id
PRJ-001

resources
resource_id | kind | access_role
RES-001 | person | editor

processes
step_id
PROC-001
"""
    assert cells(book) == [("V05", "metrics", "C3"), ("V05", "metrics", "C7")]


def test_the_word_for_the_whole_company_is_a_repair():
    finding = result("metrics\nmetric_id | scope_kind | scope_ref | period\nKPI-001 | company | 全部 | 2026-06").one()
    assert (finding.rule, finding.repair.value) == ("V05", "ALL")


def test_an_actual_value_is_asked_for_once_its_month_is_over():
    book = "metrics\nmetric_id | period | actual\nKPI-001 | 2026-05 | -\nKPI-002 | 2026-06 | -\nKPI-003 | 2026-04 | 3"
    assert cells(book) == [("V01", "metrics", "C2")]


def test_an_unreadable_actual_value_is_not_called_empty():
    book = "metrics\nmetric_id | period | actual\nKPI-001 | 2026-05 | 很好\nKPI-002 | 2026-04 | #N/A"
    assert cells(book) == [("V02", "metrics", "C2")]


def test_the_status_date_is_a_parameter():
    project = result("requirements\nreq_id | raised_on\nREQ-001 | 2026-06-12").project
    table = project.table("requirements")
    found = [list(consistency_drafts(table, Scene(project, catalogue(), date(2026, 6, day)))) for day in (11, 12)]
    assert [len(drafts) for drafts in found] == [1, 0]

"""Computed results of single rows."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.deviations import derived
from tests.tables import project_of, settings

GRADE = st.integers(1, 5)


@pytest.mark.parametrize(
    ("score", "priority"), [(1, "low"), (7, "low"), (8, "medium"), (14, "medium"), (15, "high"), (25, "high")]
)
def test_the_suggested_priority_changes_at_eight_and_fifteen(score, priority):
    assert derived.suggested_priority(score, settings()) == priority


@pytest.mark.parametrize(
    ("value", "level"),
    [
        (1, "low"),
        (5, "low"),
        (6, "medium"),
        (11, "medium"),
        (12, "high"),
        (19, "high"),
        (20, "very_high"),
        (25, "very_high"),
    ],
)
def test_the_level_changes_at_six_twelve_and_twenty(value, level):
    assert derived.risk_level(value, settings()) == level


def test_a_score_needs_both_grades():
    assert derived.priority_score(3, 5) == 15
    assert derived.priority_score(3, None) is None
    assert derived.suggested_priority(None, settings()) is None
    assert derived.risk_level(None, settings()) is None


@given(first=GRADE, second=GRADE)
def test_a_graver_exposure_never_has_a_milder_level(first, second):
    order = ["low", "medium", "high", "very_high"]
    levels = [order.index(derived.risk_level(value, settings()) or "") for value in sorted((first * 5, second * 5))]
    assert levels == sorted(levels)


@pytest.mark.parametrize(
    ("parts", "worst"),
    [
        ("feasible | feasible | feasible", "feasible"),
        ("feasible | feasible_with_conditions | feasible", "feasible_with_conditions"),
        ("not_feasible | feasible_with_conditions | feasible", "not_feasible"),
        ("not_feasible | not_assessed | feasible", "not_assessed"),
        ("feasible | feasible | ", "not_assessed"),
    ],
)
def test_feasibility_is_the_worst_of_the_three_and_unknown_while_one_is_missing(parts, worst):
    project = project_of(f"requirements\n req_id | feas_technical | feas_cost | feas_time\n REQ-001 | {parts}")
    assert derived.feasibility(project.rows.requirements[0]) == worst


CHECKS = """
checks
  check_id | req_id  | result       | recheck_of
  CHK-001  | REQ-001 | failed       |
  CHK-002  | REQ-001 | passed       | CHK-001
  CHK-003  | REQ-002 | passed       |
  CHK-004  | REQ-002 | failed       |
  CHK-005  | REQ-003 | not_executed |
  CHK-006  | REQ-004 | failed       |
  CHK-007  | REQ-004 | not_executed | CHK-006
  CHK-008  | REQ-005 | passed       |
  CHK-009  | REQ-005 | not_executed |
  CHK-010  | REQ-006 | passed_with_conditions |
  CHK-011  | REQ-006 | passed       |
"""


def test_the_check_state_is_the_worst_result_that_was_not_checked_again():
    found = derived.checks_by_requirement(project_of(CHECKS).rows.checks)
    assert {name: derived.check_state(rows) for name, rows in found.items()} == {
        "REQ-001": "passed",
        "REQ-002": "failed",
        "REQ-003": "not_executed",
        "REQ-004": "failed",
        "REQ-005": "passed",
        "REQ-006": "passed_with_conditions",
    }
    assert derived.check_state(()) is None


def test_tasks_are_counted_once_and_cancelled_ones_not_at_all():
    project = project_of(
        """
        plan
          task_id | req_ids         | status
          T-001   | REQ-001;REQ-001 | not_started
          T-002   | REQ-001;REQ-002 | cancelled
          T-003   | REQ-001         | done
        """
    )
    found = derived.tasks_by_requirement(project.rows.plan)
    assert {name: [row.task_id for row in rows] for name, rows in found.items()} == {"REQ-001": ["T-001", "T-003"]}


def test_the_digest_sees_words_and_which_text_they_stand_in_but_no_white_space():
    digest = derived.text_digest("Trace each lot", "All lots")
    assert len(digest) == 16
    assert derived.text_digest("Trace  each\nlot ", "All lots") == digest
    assert derived.text_digest("Trace each batch", "All lots") != digest
    assert derived.text_digest("Trace each lot", None) != digest
    assert derived.text_digest("Trace each lotAll", "lots") != digest


@given(st.text(), st.text())
def test_the_digest_of_an_empty_text_is_that_of_a_missing_one(description, criterion):
    assert derived.text_digest(description, criterion) == derived.text_digest(description or None, criterion or None)


@pytest.mark.parametrize(
    ("cells", "due"),
    [
        ("2026-03-06 | 4 | 4 | 2026-06-05 | 7 ", date(2026, 6, 12)),
        ("2026-03-06 | 4 | 4 |            |   ", date(2026, 3, 13)),
        ("2026-03-06 | 2 | 3 | 2026-06-01 |   ", date(2026, 6, 15)),
        ("2026-03-06 | 1 | 1 | 2026-06-01 |   ", date(2026, 7, 1)),
        ("2026-03-06 |   | 1 | 2026-06-01 |   ", None),
        ("2026-03-06 |   |   | 2026-06-01 | 10", date(2026, 6, 11)),
    ],
)
def test_the_next_review_is_the_last_one_plus_the_cycle_of_the_row_or_of_the_level(cells, due):
    text = f"risks\n identified_on | probability | impact | last_review | review_cycle\n {cells}"
    assert derived.next_review(project_of(text).rows.risks[0], settings()) == due


def test_scope_growth_of_a_project_without_a_baseline_is_unknown():
    rows = project_of("requirements\n req_id | status | confirmed_on\n REQ-001 | confirmed | 2026-05-15").rows
    growth = derived.scope_growth(rows.requirements, rows.changes, baseline_on=date(2026, 4, 22))
    assert growth == derived.ScopeGrowth(0, ("REQ-001",), (), None)

"""What a delay calls for. The status date is Friday 2026-06-12 throughout."""

from __future__ import annotations

import pytest

from tests.tables import reported

OWN = """
plan
  task_id | duration | predecessors | baseline_start | baseline_finish | actual_start | actual_finish | percent_complete | remaining_days | delay_reason | corrective_action
  T-001   | 10       |              | 2026-06-01     | 2026-06-12      | 2026-06-01   |               | 60               | 3              |              |
  T-002   | 10       |              | 2026-06-01     | 2026-06-12      | 2026-06-01   |               | 60               | 4              |              | More people
  T-003   | 5        | T-002        | 2026-06-15     | 2026-06-19      |              |               | 0                |                |              |
  T-004   | 2        |              | 2026-06-01     | 2026-06-02      |              |               | 0                |                | customer     |
  T-005   | 2        |              | 2026-06-01     | 2026-06-02      | 2026-06-01   | 2026-06-08    | 100              |                | customer     |
  T-006   | 2        |              | 2026-06-01     | 2026-06-02      | 2026-06-01   | 2026-06-08    | 100              |                |              |
"""


def test_three_days_of_own_slip_are_within_tolerance_and_inherited_delay_is_not_asked_about():
    found = reported("PLN-06", OWN)
    assert {key: finding.place.column for key, finding in found.items()} == {
        "T-002": "delay_reason",
        "T-004": "corrective_action",
        "T-006": "delay_reason",
    }
    assert found["T-002"].value == 4


def test_other_limits_change_who_has_to_explain():
    assert set(reported("PLN-06", OWN, task_slip_red=2)) == {"T-001", "T-002", "T-004", "T-006"}
    assert set(reported("PLN-06", OWN, task_slip_red=4)) == {"T-004"}


def test_the_cells_to_fill_in_are_named():
    found = reported("PLN-06", OWN, task_slip_red=2)["T-001"]
    assert "“延期原因”、“纠偏措施”" in found.message.zh
    assert found.place.cell in found.hint.zh
    assert found.hint.zh.count("、") == 2


def _delay(baseline: str, left: int, event: str = "", **findings: str) -> str:
    return f"""
    plan
      task_id | kind      | duration | predecessors | baseline_start | baseline_finish | actual_start | percent_complete | remaining_days
      T-001   | task      | 10       |              | 2026-05-25     | {baseline}      | 2026-05-25   | 60               | {left}
      T-002   | milestone | 0        | T-001        | {baseline}     | {baseline}      |              | 0                |
      T-003   | task      | 10       | T-002        |                |                 |              | 0                |
      T-004   | milestone | 0        | T-003        | {baseline}     | {baseline}      |              | 0                |
    events
      event_id | project_id | kind           | audience | held_on | status
      {event or "EVT-001 | PRJ-001 | project_meeting | both | 2026-06-11 | held"}
    findings
      finding_id | {" | ".join(findings) or "rule_id"}
      F-1        | {" | ".join(findings.values()) or "X"}
    """


def test_only_the_next_milestone_is_reported_and_only_above_the_limit():
    assert set(reported("PLN-09", _delay("2026-06-05", 1))) == {"T-002"}
    assert reported("PLN-09", _delay("2026-06-05", 1))["T-002"].value == 6
    assert not reported("PLN-09", _delay("2026-06-05", 1), ms_red=6)


def test_the_customer_is_to_be_told_three_working_days_after_the_delay_appeared():
    assert set(reported("PLN-09", _delay("2026-06-08", 3))) == {"T-002"}
    assert not reported("PLN-09", _delay("2026-06-09", 3))
    assert set(reported("PLN-09", _delay("2026-06-09", 4), delay_tell_days=2)) == {"T-002"}


def test_a_delay_that_is_only_forecast_counts_from_its_first_finding():
    assert not reported("PLN-09", _delay("2026-06-15", 15))
    known = {"rule_id": "PLN-03", "row_key": "T-002", "status": "continuing"}
    assert set(reported("PLN-09", _delay("2026-06-15", 15, **known, first_seen="2026-06-09"))) == {"T-002"}
    assert not reported("PLN-09", _delay("2026-06-15", 15, **known, first_seen="2026-06-10"))


@pytest.mark.parametrize(
    ("event", "told"),
    [
        ("EVT-001 | PRJ-001 | problem_notice  | customer | 2026-06-08 | held", True),
        ("EVT-001 | PRJ-001 | customer_report | both     | 2026-06-12 | held", True),
        ("EVT-001 | PRJ-001 | problem_notice  | customer | 2026-06-05 | held", False),
        ("EVT-001 | PRJ-001 | problem_notice  | internal | 2026-06-10 | held", False),
        ("EVT-001 | PRJ-001 | problem_notice  | customer |            | planned", False),
        ("EVT-001 | PRJ-001 | progress_review | customer | 2026-06-10 | held", False),
        ("EVT-001 | PRJ-002 | problem_notice  | customer | 2026-06-10 | held", False),
    ],
)
def test_told_is_a_notice_or_report_to_the_customer_held_since_the_delay_appeared(event, told):
    assert bool(reported("PLN-09", _delay("2026-06-05", 4, event))) is not told


def test_an_event_without_a_project_counts_for_the_projects_of_its_customer():
    text = """
    projects
      project_id | customer_id | start_planned | status
      PRJ-001    | CUS-001     | 2026-05-25    | running
    events
      event_id | project_id | customer_id | kind            | audience | held_on    | status
      EVT-001  |            | {}          | customer_report | customer | 2026-06-10 | held
    """
    plan = _delay("2026-06-05", 4).partition("events")[0]
    assert not reported("PLN-09", plan + text.format("CUS-001"))
    assert set(reported("PLN-09", plan + text.format("CUS-002"))) == {"T-002"}
    assert set(reported("PLN-09", plan + text.format("       "))) == {"T-002"}


def test_a_milestone_that_waits_for_a_summary_is_driven_by_its_last_task():
    text = """
    plan
      task_id | kind      | wbs | duration | predecessors | baseline_start | baseline_finish | actual_start | percent_complete | remaining_days
      T-001   | phase     | 1   | 0        |              |                |                 |              | 0                |
      T-002   | task      | 1.1 | 10       |              | 2026-05-25     | {}              | 2026-05-25   | 60               | 11
      T-003   | task      | 1.2 | 1        |              | 2026-06-11     | 2026-06-11      |              | 0                |
      T-004   | milestone | 2   | 0        | T-001        | 2026-06-15     | 2026-06-15      |              | 0                |
    """
    assert set(reported("PLN-09", text.format("2026-06-05"))) == {"T-004"}
    assert not reported("PLN-09", text.format("2026-06-15"))


def test_progress_seven_days_old_is_stale():
    text = """
    plan
      task_id | actual_start | percent_complete | updated_on | status
      T-001   | 2026-06-01   | 50               | 2026-06-05 | in_progress
      T-002   | 2026-06-01   | 50               | 2026-06-06 | in_progress
      T-003   | 2026-06-01   | 50               | 2026-03-02 | paused
      T-004   |              | 0                |            | not_started
    """
    assert set(reported("PLN-10", text)) == {"T-001"}
    assert set(reported("PLN-10", text, progress_stale_days=6)) == {"T-001", "T-002"}

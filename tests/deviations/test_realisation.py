"""Requirements from their confirmation on. The status date is Friday 2026-06-12 throughout."""

from __future__ import annotations

from automation.deviations.derived import text_digest
from tests.tables import catalogue, reported

CONFIRMED = """
requirements
  req_id  | status         | confirmed_on
  REQ-001 | confirmed      | 2026-06-05
  REQ-002 | in_realisation | 2026-05-28
  REQ-003 | confirmed      | 2026-06-08
  REQ-004 | accepted       | 2026-03-02
  REQ-005 | analysed       | 2026-03-02
"""


def test_a_confirmed_requirement_without_a_task_is_reported_from_the_fifth_working_day_on():
    assert {key: finding.value for key, finding in reported("REQ-03", CONFIRMED).items()} == {
        "REQ-001": 5,
        "REQ-002": 11,
    }
    assert set(reported("REQ-03", CONFIRMED, req_plan_days=6)) == {"REQ-002"}
    assert set(reported("REQ-03", CONFIRMED, req_plan_days=4)) == {"REQ-001", "REQ-002", "REQ-003"}


def test_a_cancelled_task_does_not_plan_a_requirement():
    tasks = "plan\n task_id | req_ids | status\n T-001 | REQ-001 | {}\n T-002 | REQ-002;REQ-003 | not_started"
    assert not reported("REQ-03", CONFIRMED + tasks.format("in_progress"))
    assert set(reported("REQ-03", CONFIRMED + tasks.format("cancelled"))) == {"REQ-001"}


def test_a_check_that_was_executed_even_if_it_failed_ends_the_wait_for_verification():
    text = """
    requirements
      req_id  | status   | status_since
      REQ-001 | realised | 2026-06-05
      REQ-002 | realised | 2026-06-05
      REQ-003 | accepted | 2026-06-05
    checks
      check_id | req_id  | result
      CHK-001  | REQ-001 | failed
      CHK-002  | REQ-002 | not_executed
      CHK-003  | REQ-003 | failed
      CHK-004  | REQ-003 | passed_with_conditions
    """
    assert set(reported("REQ-08", text)) == {"REQ-002"}
    assert not reported("REQ-08", text, req_verify_days=6)


def _agreed(confirmed_on: str, approved_on: str, **changed: str) -> str:
    cells = {"req_id": "REQ-001", "decision": "approved", "approved_by": "CON-001", "approved_on": approved_on}
    cells |= changed
    return f"""
    requirements
      req_id  | status    | confirmed_on   | description    | acceptance_criterion | baseline_text_hash
      REQ-001 | confirmed | {confirmed_on} | Trace each lot | Every lot            | 0123456789abcdef
    changes
      change_id | {" | ".join(cells)}
      CHG-001   | {" | ".join(cells.values())}
    """


def test_a_text_that_was_changed_needs_a_change_agreed_on_the_day_of_confirmation_or_later():
    assert not reported("REQ-09", _agreed("2026-04-20", "2026-04-20"))
    assert set(reported("REQ-09", _agreed("2026-04-20", "2026-04-17"))) == {"REQ-001"}


def test_a_change_counts_only_with_consent_and_for_the_requirement_it_names():
    assert set(reported("REQ-09", _agreed("2026-04-20", "2026-05-15", approved_by=""))) == {"REQ-001"}
    assert set(reported("REQ-09", _agreed("2026-04-20", "2026-05-15", decision="pending"))) == {"REQ-001"}
    assert set(reported("REQ-09", _agreed("2026-04-20", "2026-05-15", req_id="REQ-002"))) == {"REQ-001"}


def test_an_unchanged_text_is_silent_whatever_its_line_breaks():
    digest = text_digest("Trace each\n lot", "Every lot")
    assert not reported(
        "REQ-09",
        f"""
        requirements
          req_id  | status    | confirmed_on | description    | acceptance_criterion | baseline_text_hash
          REQ-001 | confirmed | 2026-04-20   | Trace each lot | Every lot            | {digest}
          REQ-002 | confirmed | 2026-04-20   | Trace each lot | Every lot            |
        """,
    )


def test_scope_growth_counts_what_was_added_and_what_a_change_made_larger():
    rows = "\n".join(f"REQ-{number:03} | PRJ-001 | confirmed | 2026-04-20" for number in range(1, 21))
    text = f"""
    projects
      project_id | req_baseline_on
      PRJ-001    | 2026-04-22
    requirements
      req_id  | project_id | status    | confirmed_on
    {rows}
      REQ-021 | PRJ-001    | confirmed | 2026-04-23
      REQ-022 | PRJ-001    | confirmed | 2026-05-15
      REQ-023 | PRJ-001    | cancelled | 2026-05-15
    changes
      change_id | project_id | req_id  | decision | added_effort
      CHG-001   | PRJ-001    | REQ-003 | approved | 2
      CHG-002   | PRJ-001    | REQ-004 | pending  | 2
      CHG-003   | PRJ-001    | REQ-005 | approved | 0
    """
    assert not reported("REQ-10", text)
    found = reported("REQ-10", text, scope_growth_max=14)
    assert found["PRJ-001"].value == 15
    assert "REQ-003、REQ-021、REQ-022" in found["PRJ-001"].message.zh


LATE = """
requirements
  req_id  | status
  REQ-001 | in_realisation
  REQ-002 | accepted
plan
  task_id | req_ids         | duration | actual_start | percent_complete | remaining_days | baseline_start | baseline_finish
  T-001   | REQ-001;REQ-002 | 10       | 2026-06-08   | 30               | 7              | 2026-06-08     | 2026-06-19
  T-002   | REQ-002         | 10       | 2026-06-08   | 30               | 7              | 2026-06-08     | 2026-06-19
"""


def test_a_late_task_names_the_open_requirements_it_delays():
    found = reported("REQ-11", LATE)
    assert set(found) == {"T-001"}
    assert found["T-001"].value == 2
    assert found["T-001"].message.zh.endswith("影响需求：REQ-001。")
    assert not reported("REQ-11", LATE, task_slip_amber=2)
    assert set(reported("REQ-11", LATE, task_slip_amber=1)) == {"T-001"}


def test_a_task_within_tolerance_still_counts_if_it_ends_after_its_deliverable_is_due():
    due = "deliverables\n deliverable_id | req_ids | due | delivered_on\n DLV-001 | REQ-001 | {} | {}"
    assert not reported("REQ-11", LATE + due.format("2026-06-23", ""), task_slip_amber=2)
    found = reported("REQ-11", LATE + due.format("2026-06-22", ""), task_slip_amber=2)
    assert "DLV-001" in found["T-001"].message.zh
    assert "2026-06-23" in found["T-001"].message.en
    assert not reported("REQ-11", LATE + due.format("2026-06-22", "2026-06-11"), task_slip_amber=2)


def test_a_requirement_that_stands_still_is_reported_only_once_its_task_should_run():
    text = """
    requirements
      req_id  | status    | status_since
      REQ-001 | confirmed | 2026-05-13
      REQ-002 | confirmed | 2026-05-14
      REQ-003 | confirmed | 2026-05-13
      REQ-004 | accepted  | 2026-05-13
    plan
      task_id | req_ids                 | baseline_start
      T-001   | REQ-001;REQ-002;REQ-004 | 2026-06-12
      T-002   | REQ-003                 | 2026-06-15
    """
    assert set(reported("REQ-12", text)) == {"REQ-001"}
    assert set(reported("REQ-12", text, req_stale_days=29)) == {"REQ-001", "REQ-002"}


def test_a_confirmed_requirement_waits_ten_working_days_for_a_planned_check():
    text = """
    requirements
      req_id  | status    | confirmed_on
      REQ-001 | confirmed | 2026-05-29
      REQ-002 | confirmed | 2026-06-01
      REQ-003 | realised  | 2026-03-02
    checks
      check_id | req_id  | result
      CHK-001  | REQ-003 | not_executed
    """
    assert set(reported("REQ-14", text)) == {"REQ-001"}
    assert set(reported("REQ-14", text, req_checkplan_days=9)) == {"REQ-001", "REQ-002"}


def test_every_message_is_known_to_the_catalogue():
    assert {"REQ-03", "REQ-08", "REQ-09", "REQ-10", "REQ-11", "REQ-12", "REQ-14"} <= set(catalogue().rule_messages)

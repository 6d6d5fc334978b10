"""Dates and progress. The status date is Friday 2026-06-12 unless a test says otherwise."""

from __future__ import annotations

from automation.base.findings import Severity
from automation.deviations.registry import RULES
from tests.tables import judged, reported

LATE = """
plan
  task_id | kind      | duration | predecessors | baseline_start | baseline_finish | actual_start | actual_finish | percent_complete | status
  T-001   | task      | 8        |              | 2026-06-10     | 2026-06-22      |              |               | 0                | not_started
  T-002   | task      | 2        |              | 2026-06-10     | 2026-06-11      |              |               | 0                | not_started
  T-003   | task      | 2        |              | 2026-06-11     | 2026-06-12      |              |               | 0                | not_started
  T-004   | task      | 2        |              | 2026-06-01     | 2026-06-02      | 2026-06-01   |               | 90               | in_progress
  T-005   | task      | 2        |              | 2026-06-01     | 2026-06-02      | 2026-06-01   | 2026-06-05    | 100              | done
  T-006   | task      | 2        |              | 2026-06-01     | 2026-06-02      |              |               | 0                | cancelled
  T-007   | milestone | 0        | T-001        | 2026-06-10     | 2026-06-10      |              |               | 0                | not_started
"""


def test_a_start_is_late_when_it_is_more_than_the_grace_behind_and_high_if_critical():
    found = reported("PLN-01", LATE)
    assert {key: finding.severity for key, finding in found.items()} == {
        "T-001": Severity.HIGH,
        "T-002": Severity.MEDIUM,
    }
    assert set(reported("PLN-01", LATE, start_grace=0)) == {"T-001", "T-002", "T-003"}
    assert not reported("PLN-01", LATE, start_grace=2)


def test_a_finish_on_the_status_date_is_not_late_one_the_day_before_is():
    assert set(reported("PLN-02", LATE)) == {"T-002", "T-004"}
    assert set(reported("PLN-02", LATE, finish_grace=1)) == {"T-004"}
    assert reported("PLN-02", LATE)["T-004"].message.zh == (
        "任务 T-004“Task”应于 2026-06-02 完成，已过 8 个工作日，完成率为 90%（宽限 0 个工作日）。"
    )


def _milestone(slip: int, *, reached: str = "", baseline: str = "2026-06-12") -> str:
    return f"""
    plan
      task_id | kind      | duration | predecessors | baseline_start | baseline_finish | actual_start | actual_finish | percent_complete
      T-001   | task      | {slip}   |              |                |                 |              |               | 0
      T-002   | milestone | 0        | T-001        | {baseline}     | {baseline}      | {reached}    | {reached}     | {100 if reached else 0}
    """


def test_a_milestone_is_medium_above_amber_and_high_above_red():
    assert reported("PLN-03", _milestone(5))["T-002"].severity is Severity.MEDIUM
    high = reported("PLN-03", _milestone(6))["T-002"]
    assert (high.severity, high.value, high.threshold) == (Severity.HIGH, 6, 5)
    assert not reported("PLN-03", _milestone(5), ms_amber=5)
    assert reported("PLN-03", _milestone(5), ms_red=4)["T-002"].severity is Severity.HIGH


def test_a_milestone_that_was_reached_late_is_told_in_the_past_tense():
    found = reported("PLN-03", _milestone(1, reached="2026-06-12", baseline="2026-06-11"))
    assert "was reached on 2026-06-12: 1 working day late" in found["T-002"].message.en
    assert not reported("PLN-03", _milestone(1, reached="2026-06-12"))


def _project(duration: int, deadline: str, **cells: str) -> str:
    extra = {"status": "running"} | cells
    return f"""
    projects
      project_id | start_planned | finish_deadline | {" | ".join(extra)}
      PRJ-001    | 2026-06-15    | {deadline}      | {" | ".join(extra.values())}
    plan
      task_id | duration
      T-001   | {duration}
    """


def test_exactly_the_buffer_before_the_deadline_is_enough():
    assert not reported("PLN-04", _project(5, "2026-06-26"))
    found = reported("PLN-04", _project(6, "2026-06-26"))
    assert "只剩 4 个工作日（缓冲 5 个工作日）" in found["PRJ-001"].message.zh
    assert not reported("PLN-04", _project(6, "2026-06-26"), deadline_buffer=4)


def test_a_finish_on_the_deadline_lacks_the_buffer_and_one_day_after_is_late():
    assert "only 0 working days before" in reported("PLN-04", _project(10, "2026-06-26"))["PRJ-001"].message.en
    late = reported("PLN-04", _project(11, "2026-06-26"), deadline_buffer=0)["PRJ-001"]
    assert "1 working day after the contract deadline" in late.message.en
    assert not reported("PLN-04", _project(10, "2026-06-26"), deadline_buffer=0)


def test_a_project_that_was_accepted_has_no_deadline_to_miss():
    assert not reported("PLN-04", _project(11, "2026-06-26", status="accepted"))


def test_a_task_exactly_fifteen_points_behind_is_within_tolerance():
    text = """
    plan
      task_id | duration | baseline_start | baseline_finish | actual_start | percent_complete
      T-001   | 18       | 2026-05-19     | 2026-06-11      | 2026-05-19   | 85
      T-002   | 18       | 2026-05-19     | 2026-06-11      | 2026-05-19   | 84.9
      T-003   | 10       | 2026-06-08     | 2026-06-19      | 2026-06-08   | 35
      T-004   | 10       | 2026-06-08     | 2026-06-19      |              | 0
      T-005   | 10       |                |                 | 2026-06-08   | 0
    """
    found = reported("PLN-05", text)
    assert set(found) == {"T-002"}
    assert "落后 15.1 个百分点" in found["T-002"].message.zh
    assert set(reported("PLN-05", text, progress_gap=14)) == {"T-001", "T-002", "T-003"}


def test_float_of_two_days_is_little_and_that_of_critical_tasks_is_not_reported():
    text = """
    plan
      task_id | kind      | duration | predecessors      | actual_start | actual_finish | percent_complete
      T-001   | task      | 8        |                   |              |               | 0
      T-002   | task      | 6        |                   |              |               | 0
      T-003   | task      | 5        |                   |              |               | 0
      T-004   | task      | 7        |                   | 2026-05-25   | 2026-06-02    | 100
      T-005   | milestone | 0        | T-001;T-002;T-003 |              |               | 0
    """
    assert set(reported("PLN-12", text)) == {"T-002"}
    assert set(reported("PLN-12", text, float_min=3)) == {"T-002", "T-003"}
    assert not reported("PLN-12", text, float_min=1)


def test_stored_computed_columns_are_not_believed():
    text = """
    plan
      task_id | kind      | duration | baseline_start | baseline_finish | slip_days | forecast_finish | critical
      T-001   | milestone | 0        | 2026-06-16     | 2026-06-16      | 40        | 2026-08-30      | yes
    """
    assert not reported("PLN-03", text)


def test_while_float_cannot_be_computed_the_last_known_critical_flag_decides():
    text = """
    plan
      task_id | duration | predecessors | baseline_start | baseline_finish | critical
      T-001   | 8        |              | 2026-06-01     | 2026-06-10      | {}
      T-002   | 8        | T-999        |                |                 |
    """
    assert reported("PLN-02", text.format("yes"))["T-001"].severity is Severity.HIGH
    assert reported("PLN-02", text.format("no"))["T-001"].severity is Severity.MEDIUM


def test_what_has_no_forecast_is_not_judged_and_said_to_be_left_out():
    text = """
    projects
      project_id | start_planned | finish_deadline
      PRJ-001    | 2026-06-01    | 2026-06-02
    plan
      task_id | kind      | duration | predecessors | baseline_start | baseline_finish
      T-001   | task      | 8        | T-999        | 2026-06-01     | 2026-06-02
      T-002   | milestone | 0        | T-001        | 2026-06-02     | 2026-06-02
    """
    for name, sheet, key in (
        ("PLN-03", "plan", "T-002"),
        ("PLN-04", "projects", "PRJ-001"),
        ("PLN-09", "plan", "T-002"),
    ):
        result = judged(next(rule for rule in RULES if rule.id == name), text)
        assert result.findings == ()
        assert (name, sheet, key) in result.undated
        assert (name, sheet, key) in result.skipped

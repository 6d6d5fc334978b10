"""How a plan is made."""

from __future__ import annotations

from automation.deviations.registry import RULES
from tests.tables import judged, reported

LINKS = """
plan
  task_id | kind      | duration | predecessors      | status      | wbs
  T-001   | task      | 3        | T-003             | not_started | 1.1
  T-002   | task      | 3        | T-001             | not_started | 1.2
  T-003   | task      | 3        | T-002             | not_started | 1.3
  T-004   | task      | 3        | T-008;T-009;T-010 | not_started | 1.4
  T-005   | milestone | 0        | T-004             | not_started | 1.5
  T-010   | task      | 3        |                   | cancelled   | 1.6
"""


def test_a_loop_is_shown_as_the_way_round_and_unknown_predecessors_by_name():
    found = reported("PLN-08", LINKS)
    assert set(found) == {"T-001", "T-004"}
    assert "T-001 → T-002 → T-003 → T-001" in found["T-001"].message.zh
    assert "“T-008、T-009”不在计划中" in found["T-004"].message.zh
    assert found["T-004"].place.column == "predecessors"


def test_a_cancelled_predecessor_is_reported_once_the_unknown_ones_are_gone():
    found = reported("PLN-08", LINKS.replace("T-008;T-009;T-010", "T-010"))
    assert "T-010 已取消" in found["T-004"].message.zh


def test_an_open_end_matters_before_the_last_milestone_only():
    text = """
    plan
      task_id | kind      | duration | predecessors | wbs   | actual_start | actual_finish | percent_complete
      T-001   | task      | 3        |              | 1.1   |              |               | 0
      T-002   | task      | 2        |              | 1.2   |              |               | 0
      T-003   | task      | 1        |              | 1.3   | 2026-05-25   | 2026-05-25    | 100
      T-004   | milestone | 0        | T-001        | 1.4   |              |               | 0
      T-005   | task      | 9        |              | 1.5   |              |               | 0
    """
    found = reported("PLN-08", text)
    assert set(found) == {"T-002"}
    assert "最后的里程碑 T-004" in found["T-002"].message.zh


def test_a_task_below_a_summary_that_others_wait_for_is_not_an_open_end():
    text = """
    plan
      task_id | kind      | duration | predecessors | wbs
      T-001   | phase     | 0        |              | 1
      T-002   | task      | 3        |              | 1.1
      T-003   | task      | 2        |              | 1.2
      T-004   | milestone | 0        | T-001        | 2
    """
    assert not reported("PLN-08", text)


def test_a_plan_without_a_milestone_has_no_open_ends():
    assert not reported("PLN-08", "plan\n task_id | duration\n T-001 | 3\n T-002 | 4")


def test_a_cancelled_milestone_does_not_end_a_phase():
    text = """
    plan
      task_id | kind      | phase      | duration | status
      T-001   | task      | initiation | 3        | not_started
      T-002   | milestone | initiation | 0        | {}
    """
    assert not reported("PLN-07", text.format("not_started"))
    found = reported("PLN-07", text.format("cancelled"))
    assert set(found) == {"T-001"}
    assert "阶段“项目启动”没有里程碑" in found["T-001"].message.zh
    project = reported(
        "PLN-11",
        text.format("cancelled")
        .replace("status", "status | baseline_finish")
        .replace("not_started", "not_started | 2026-06-01")
        .replace("cancelled", "cancelled |"),
    )
    assert project["PRJ-001"].place.column == "phase"


def test_owner_and_duration_are_named_together_and_the_phase_apart():
    rule = next(rule for rule in RULES if rule.id == "PLN-07")
    text = "plan\n task_id | owner | duration | phase\n T-001 |  |  | initiation"
    found = judged(rule, text).findings
    assert [finding.place.column for finding in found] == ["owner", "phase"]
    assert "“负责人”、“工期(工作日)”" in found[0].message.zh
    assert len({finding.id for finding in found}) == 2


def test_only_a_running_project_needs_a_baseline():
    text = """
    projects
      project_id | status
      PRJ-001    | {}
    plan
      task_id | kind      | duration
      T-001   | milestone | 0
    """
    assert reported("PLN-11", text.format("running"))["PRJ-001"].place.column == "baseline_on"
    assert not reported("PLN-11", text.format("preparing"))

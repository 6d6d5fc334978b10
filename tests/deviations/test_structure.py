"""How a plan is made."""

from __future__ import annotations

import pytest

from automation.base.findings import Severity
from automation.deviations.registry import RULES
from automation.deviations.running import judge
from automation.deviations.structure import VARIANTS
from automation.planning.problems import ProblemKind
from tests.tables import catalogue, judged, reported, sample

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


PLN_07, PLN_08 = (next(rule for rule in RULES if rule.id == name) for name in ("PLN-07", "PLN-08"))
KINDS = """
plan
  task_id | kind      | duration   | remaining_days | predecessors       | status      | wbs
  T-001   | task      | 3          |                | T-002              | not_started | 1.1
  T-002   | task      | 3          |                | T-001              | not_started | 1.2
  T-003   | task      | 3          |                | T-002              | not_started | 1.3
  T-004   | task      | 3          |                | T-999              | not_started | 1.4
  T-005   | task      | 3          |                | T-006              | not_started | 1.5
  T-006   | task      | 3          |                |                    | cancelled   | 1.6
  T-007   | task      | 3          |                | T-008SS            | not_started | 1.7
  T-008   | phase     | 0          |                |                    | not_started | 2
  T-009   | task      | 1000000000 |                |                    | not_started | 2.1
  T-010   | task      | 3          | 100000         | T-004FS+99999999   | not_started | 2.2
  T-011   | task      | 3          |                |                    | not_started | 3.1
  T-011   | task      | 5          |                |                    | not_started | 3.2
"""
SAID = {
    ProblemKind.CYCLE: ("T-001", "predecessors", "T-001 → T-002 → T-001"),
    ProblemKind.NOT_COMPUTED: ("T-003", "predecessors", "前置任务 T-002 没有计算出日期"),
    ProblemKind.UNKNOWN_PREDECESSOR: ("T-004", "predecessors", "“T-999”不在计划中"),
    ProblemKind.CANCELLED_PREDECESSOR: ("T-005", "predecessors", "T-006 已取消"),
    ProblemKind.SUMMARY_START: ("T-007", "predecessors", "T-008 是阶段汇总"),
    ProblemKind.TOO_LONG: ("T-009", "duration", "“工期(工作日)”填了“1000000000”，超过可计算的 25000 个工作日"),
    ProblemKind.DUPLICATE_TASK: ("T-011", "task_id", "多行使用任务编号 T-011"),
}


def test_every_kind_of_problem_has_words():
    names = {f"PLN-08.{variant}" if variant else "PLN-08" for variant in VARIANTS.values()}
    assert set(VARIANTS) == set(ProblemKind) == set(SAID)
    assert len(names) == len(VARIANTS)
    assert names <= set(catalogue().rule_messages)


@pytest.mark.parametrize("kind", ProblemKind)
def test_every_kind_of_problem_is_reported_at_its_cell(kind):
    key, column, words = SAID[kind]
    found = judge([PLN_08], sample(KINDS).case).findings
    (finding,) = (one for one in found if (one.place.key, one.place.column) == (key, column))
    assert words in finding.message.zh
    assert finding.severity is (Severity.MEDIUM if kind is ProblemKind.NOT_COMPUTED else Severity.HIGH)


def test_each_cell_that_is_too_long_has_its_own_finding():
    found = [one.place for one in judge([PLN_08], sample(KINDS).case).findings if one.place.key == "T-010"]
    assert {place.column for place in found} == {"remaining_days", "predecessors"}
    assert len({place.cell for place in found}) == 2


@pytest.mark.parametrize(
    ("key", "row", "column", "text"),
    [("T-004", 5, "predecessors", KINDS), ("T-004", 5, "predecessors", KINDS.replace("T-999", "T-004")),
     ("T-011", 13, "task_id", KINDS)],
)  # fmt: skip
def test_what_a_data_check_says_of_a_cell_is_not_said_again(key, row, column, text):
    def places(failed):
        return {(one.place.key, one.place.column) for one in judge([PLN_08], sample(text, failed=failed).case).findings}

    assert (key, column) in places(frozenset())
    assert (key, column) not in places(frozenset({("plan", row, column)}))


def test_a_loop_of_several_tasks_is_reported_although_the_cell_has_another_error():
    found = judge([PLN_08], sample(KINDS, failed=frozenset({("plan", 2, "predecessors")})).case).findings
    assert "T-001" in {one.place.key for one in found}


def test_open_ends_are_not_judged_while_dates_are_unknown():
    text = """
    plan
      task_id | kind      | duration | predecessors | wbs
      T-001   | task      | 3        | {}           | 1.1
      T-002   | task      | 2        |              | 1.2
      T-003   | milestone | 0        | T-001        | 1.3
    """
    assert [one.place.key for one in judged(PLN_08, text.format("")).findings] == ["T-002"]
    result = judged(PLN_08, text.format("T-999"))
    assert [one.place.key for one in result.findings] == ["T-001"]
    assert ("PLN-08", "plan", "T-002") in result.undated


def test_an_owner_or_duration_that_a_data_check_flags_is_not_reported_again():
    text = """
    plan
      task_id | kind      | owner | duration | wbs
      T-001   | task      |       |          | 1.1
      T-002   | milestone |       | 0        | 1.2
    """
    assert {one.place.key for one in judged(PLN_07, text).findings} == {"T-001", "T-002"}
    case = sample(text, failed=frozenset({("plan", 2, "owner"), ("plan", 3, "owner")})).case
    (finding,) = judge([PLN_07], case).findings
    assert finding.place.column == "duration"
    assert "负责人" not in finding.message.zh


@pytest.mark.parametrize("column", ["owner", "duration", "phase"])
def test_a_rule_is_not_judged_on_a_column_that_the_workbook_lacks(column):
    result = judge([PLN_07], sample("plan\n task_id | owner\n T-001 |", lacks=(f"plan.{column}",)).case)
    assert result.findings == ()
    assert result.skipped == (("PLN-07", "plan", ""),)
    assert result.lacking == (("PLN-07", f"plan.{column}"),)

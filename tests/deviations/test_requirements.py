"""Requirements up to their confirmation. The status date is Friday 2026-06-12 throughout."""

from __future__ import annotations

import pytest

from automation.base.findings import Severity
from automation.deviations.requirements import measurable
from tests.tables import reported, settings

RAISED = """
requirements
  req_id  | raised_on  | priority | status
  REQ-001 | 2026-05-28 | medium   | collected
  REQ-002 | 2026-05-29 | high     | analysed
  REQ-003 | 2026-06-01 | high     | analysed
  REQ-004 | 2026-03-02 | high     | confirmed
  REQ-005 | 2026-03-02 | high     | deferred
  REQ-006 | 2026-03-02 | high     | cancelled
"""


def test_a_requirement_is_reported_from_the_tenth_working_day_on_and_high_if_its_priority_is():
    found = reported("REQ-01", RAISED)
    assert {key: finding.severity for key, finding in found.items()} == {
        "REQ-001": Severity.MEDIUM,
        "REQ-002": Severity.HIGH,
    }
    assert [finding.value for finding in found.values()] == [11, 10]


def test_a_longer_time_to_confirm_changes_who_is_reported():
    assert set(reported("REQ-01", RAISED, req_confirm_days=11)) == {"REQ-001"}
    assert set(reported("REQ-01", RAISED, req_confirm_days=9)) == {"REQ-001", "REQ-002", "REQ-003"}


def test_the_waiting_time_leaves_out_holidays_and_counts_make_up_days():
    text = """
    status date 2026-05-11
    requirements
      req_id  | raised_on  | priority | status
      REQ-001 | 2026-04-30 | medium   | collected
    calendar
      date       | kind
      2026-05-01 | statutory_holiday
      2026-05-04 | statutory_holiday
      2026-05-05 | statutory_holiday
      2026-05-09 | make_up_day
    """
    assert reported("REQ-01", text, req_confirm_days=5)["REQ-001"].value == 5  # 6, 7, 8, Saturday 9 and 11 May
    assert not reported("REQ-01", text, req_confirm_days=6)


def test_the_sentence_names_row_date_days_and_limit():
    message = reported("REQ-01", RAISED)["REQ-001"].message
    assert message.zh == "需求 REQ-001“Requirement”于 2026-05-28 提出，已 11 个工作日仍未确认（上限 10 个工作日）。"
    assert message.en == (
        "Requirement REQ-001 “Requirement”, raised on 2026-05-28, is still not confirmed after 11 working days "
        "(limit 10)."
    )


@pytest.mark.parametrize(
    "text",
    [
        "50台设备连续7天采集成功率≥99%",
        "采集延迟不超过两秒，成功率不低于百分之九十九",
        "导出结果与原始记录一致",
        "全部工单可追溯",
        "操作方便，打印内容与标签一致",
        "95 % of queries within 3 s",
        "Every lot can be traced",
        "５分钟内完成",
    ],
)
def test_numbers_and_yes_no_words_make_a_criterion_measurable(text):
    assert measurable(text, settings())


@pytest.mark.parametrize(
    "text",
    [
        "系统好用、分析准确",
        "满足用户要求",
        "所有操作都方便",
        "Easy to use and fast",
        "All screens are user-friendly",
        "The wall is tall",
        "界面友好,响应及时。",
    ],
)
def test_vague_words_spoil_a_criterion_unless_another_part_can_be_measured(text):
    assert not measurable(text, settings())


def test_a_company_may_add_its_own_measurable_and_vague_words():
    assert measurable("由质检员签字", settings(measurable_words="签字"))
    assert not measurable("每批由质检员签字", settings(vague_words="签字"))


def test_a_vague_criterion_is_quoted_and_an_empty_one_is_called_empty():
    found = reported(
        "REQ-02",
        """
        requirements
          req_id  | priority | status         | acceptance_criterion
          REQ-001 | low      | in_realisation | 系统好用
          REQ-002 | high     | analysed       |
          REQ-003 | high     | collected      |
          REQ-004 | medium   | analysed       |
        """,
    )
    assert set(found) == {"REQ-001", "REQ-002"}
    assert "“系统好用”" in found["REQ-001"].message.zh
    assert "没有填写" in found["REQ-002"].message.zh
    assert found["REQ-002"].place.column == "acceptance_criterion"


def test_feasibility_is_waited_for_five_working_days_and_the_missing_ones_are_named():
    text = """
    requirements
      req_id  | raised_on  | status    | feas_technical | feas_cost    | feas_time
      REQ-001 | 2026-06-05 | collected | feasible       | not_assessed | not_assessed
      REQ-002 | 2026-06-08 | collected | not_assessed   | not_assessed | not_assessed
      REQ-003 | 2026-03-02 | deferred  | not_assessed   | not_assessed | not_assessed
    """
    found = reported("REQ-04", text)
    assert set(found) == {"REQ-001"}
    assert "“成本可行性”、“时间可行性”" in found["REQ-001"].message.zh
    assert found["REQ-001"].place.column == "feas_cost"
    assert set(reported("REQ-04", text, req_feas_days=4)) == {"REQ-001", "REQ-002"}


def test_feasibility_that_is_not_known_in_full_is_not_called_not_feasible():
    assert not reported(
        "REQ-05",
        """
        requirements
          req_id  | status    | feas_technical | feas_cost    | feas_time
          REQ-001 | confirmed | not_feasible   | not_assessed | feasible
        """,
    )


def test_a_priority_one_level_off_is_tolerated_two_levels_are_not():
    text = """
    requirements
      req_id  | importance | urgency | priority | status
      REQ-001 | 3          | 5       | medium   | analysed
      REQ-002 | 3          | 5       | low      | analysed
      REQ-003 | 2          | 3       | high     | analysed
      REQ-004 | 2          | 4       | high     | analysed
    """
    assert set(reported("REQ-06", text)) == {"REQ-002", "REQ-003"}
    assert set(reported("REQ-06", text, score_high=16)) == {"REQ-003"}
    assert set(reported("REQ-06", text, score_medium=9)) == {"REQ-002", "REQ-003", "REQ-004"}


def test_exactly_half_of_high_priority_is_within_tolerance():
    text = """
    requirements
      req_id  | importance | urgency | priority | status
      REQ-001 | 5          | 5       | high     | analysed
      REQ-002 | 3          | 3       | medium   | analysed
    """
    assert not reported("REQ-06", text)
    found = reported("REQ-06", text, high_share_max=49)
    assert found["PRJ-001"].place.sheet == "projects"
    assert found["PRJ-001"].value == 50


def test_a_conflict_is_one_finding_on_the_first_row_whichever_of_the_two_names_the_other():
    found = reported(
        "REQ-07",
        """
        requirements
          req_id  | title   | status    | conflict_with   | conflict_resolution
          REQ-001 | Offline | analysed  |                 |
          REQ-002 | Live    | confirmed | REQ-001;REQ-003 |
          REQ-003 | Batch   | analysed  | REQ-002         |
          REQ-004 | Dropped | cancelled | REQ-002         |
        """,
    )
    assert set(found) == {"REQ-001", "REQ-002"}
    assert found["REQ-001"].message.zh == (
        "需求 REQ-001“Offline”与 REQ-002“Live”相互冲突，没有填写解决办法，却已有一方确认。"
    )
    assert found["REQ-002"].value == "REQ-003"


def test_several_conflicts_of_one_requirement_are_named_in_one_finding():
    found = reported(
        "REQ-07",
        """
        requirements
          req_id  | title   | status    | conflict_with
          REQ-001 | Offline | confirmed | REQ-002;REQ-003
          REQ-002 | Live    | analysed  | REQ-001
          REQ-003 | Batch   | analysed  | REQ-001
        """,
    )
    assert found["REQ-001"].value == "REQ-002;REQ-003"
    assert "REQ-002、REQ-003" in found["REQ-001"].message.zh


def test_three_rounds_are_within_tolerance_four_are_not():
    text = """
    requirements
      req_id  | status   | confirm_rounds
      REQ-001 | analysed | 3
      REQ-002 | analysed | 4
    """
    assert set(reported("REQ-13", text)) == {"REQ-002"}
    assert set(reported("REQ-13", text, confirm_rounds_max=2)) == {"REQ-001", "REQ-002"}


def test_the_other_title_is_quoted_in_the_language_of_the_message():
    text = """
    requirements
      req_id  | status    | conflict_with | title | title_en
      REQ-001 | confirmed | REQ-002       | 甲    | First
      REQ-002 | analysed  | REQ-001       | 乙    | Second
    """
    finding = reported("REQ-07", text)["REQ-001"]
    assert "乙" in finding.message.zh
    assert "Second" in finding.message.en
    assert "乙" not in finding.message.en


def test_the_share_of_high_priorities_is_given_with_one_decimal():
    rows = "\n".join(f" REQ-{number:03} | {'high' if number < 3 else 'low'}" for number in range(1, 4))
    found = reported("REQ-06", f"requirements\n req_id | priority\n{rows}", high_share_max=40)
    assert (found["PRJ-001"].value, found["PRJ-001"].threshold) == (66.7, 40)

"""Risks. The status date is Friday 2026-06-12 throughout."""

from __future__ import annotations

import pytest

from tests.tables import reported

HIGH = """
risks
  risk_id  | probability | impact | response | response_plan | contingency | status
  RISK-001 | 3           | 4      |          |               |             | assessed
  RISK-002 | 4           | 5      | mitigate |               |             | in_response
  RISK-003 | 5           | 5      |          |               |             | closed
  RISK-004 | 2           | 5      |          |               |             | assessed
  RISK-005 | 3           | 5      | accept   | Watch it      |             | occurred
  RISK-006 | 2           | 5      | accept   | Watch it      |             | assessed
"""


def test_a_risk_of_twelve_or_more_needs_a_strategy_and_a_plan():
    found = reported("RSK-01", HIGH)
    assert {key: finding.place.column for key, finding in found.items()} == {
        "RISK-001": "response",
        "RISK-002": "response_plan",
    }
    assert "“极高”（风险值 20）" in found["RISK-002"].message.zh
    assert set(reported("RSK-01", HIGH, risk_high=13)) == {"RISK-002"}
    assert set(reported("RSK-01", HIGH, risk_high=10)) == {"RISK-001", "RISK-002", "RISK-004"}


def test_an_accepted_risk_at_level_high_needs_a_contingency_plan():
    assert set(reported("RSK-06", HIGH)) == {"RISK-005"}
    assert set(reported("RSK-06", HIGH, risk_high=10)) == {"RISK-005", "RISK-006"}
    assert not reported("RSK-06", HIGH, risk_high=16)


def test_the_very_high_limit_alone_can_make_a_risk_grave():
    assert set(reported("RSK-01", HIGH, risk_high=25, risk_very_high=12)) == {"RISK-001", "RISK-002"}


def test_an_assessment_is_waited_for_five_working_days():
    text = """
    risks
      risk_id  | identified_on | probability | impact | status
      RISK-001 | 2026-06-05    |             |        | identified
      RISK-002 | 2026-06-08    |             |        | identified
      RISK-003 | 2026-03-02    |             |        | closed
    """
    found = reported("RSK-02", text)
    assert set(found) == {"RISK-001"}
    assert "“可能性”、“影响程度”" in found["RISK-001"].message.zh
    assert set(reported("RSK-02", text, risk_assess_days=4)) == {"RISK-001", "RISK-002"}


def test_a_review_due_on_the_status_date_itself_is_in_time():
    text = """
    risks
      risk_id  | identified_on | probability | impact | last_review | review_cycle | status
      RISK-001 | 2026-03-06    | 4           | 4      | 2026-06-05  | 7            | occurred
      RISK-002 | 2026-03-06    | 4           | 4      | 2026-06-04  | 7            | occurred
      RISK-003 | 2026-05-29    | 3           | 3      |             |              | assessed
      RISK-004 | 2026-05-28    | 3           | 3      |             |              | assessed
      RISK-005 | 2026-01-01    |             |        |             |              | identified
    """
    found = reported("RSK-03", text)
    assert set(found) == {"RISK-002", "RISK-004"}
    assert "应于 2026-06-11 评审，已逾期 1 天（评审周期 7 天）" in found["RISK-002"].message.zh
    assert "1 day ago" in found["RISK-002"].message.en


@pytest.mark.parametrize(
    ("level", "probability", "impact"), [("very_high", 5, 5), ("high", 3, 4), ("medium", 2, 3), ("low", 1, 1)]
)
def test_the_cycle_of_the_level_decides_where_the_row_has_none(level, probability, impact):
    text = f"""
    risks
      risk_id  | probability   | impact   | last_review | status
      RISK-001 | {probability} | {impact} | 2026-06-02  | assessed
    """
    assert set(reported("RSK-03", text, **{f"risk_cycle_{level}": 9})) == {"RISK-001"}
    assert not reported("RSK-03", text, **{f"risk_cycle_{level}": 10})


def test_a_response_due_on_the_status_date_is_in_time():
    text = """
    risks
      risk_id  | due        | status
      RISK-001 | 2026-06-11 | in_response
      RISK-002 | 2026-06-12 | in_response
      RISK-003 | 2026-06-11 | closed
    """
    found = reported("RSK-04", text)
    assert set(found) == {"RISK-001"}
    assert "状态仍为“应对中”" in found["RISK-001"].message.zh


def test_a_rise_of_three_is_reported_one_of_two_is_not():
    text = """
    risks
      risk_id  | probability | impact | previous_exposure | status
      RISK-001 | 3           | 4      | 9                 | assessed
      RISK-002 | 3           | 4      | 10                | assessed
      RISK-003 | 4           | 4      | 12                | occurred
      RISK-004 | 4           | 4      |                   | assessed
    """
    assert set(reported("RSK-05", text)) == {"RISK-001"}
    assert set(reported("RSK-05", text, risk_rise=2)) == {"RISK-001", "RISK-002"}


def test_an_action_may_name_several_risks_and_a_rejected_one_does_not_count():
    text = """
    risks
      risk_id  | status
      RISK-001 | occurred
      RISK-002 | occurred
      RISK-003 | occurred
      RISK-004 | assessed
    improvements
      action_id | source_ref        | funnel
      IMP-001   | RISK-001;CHK-005  | standardised
      IMP-002   | RISK-002          | rejected
    """
    assert set(reported("RSK-07", text)) == {"RISK-002", "RISK-003"}


def test_mandatory_categories_may_be_given_as_codes_or_labels_of_either_language():
    text = """
    risks
      risk_id  | category  | status
      RISK-001 | technical | assessed
    """
    found = reported("RSK-08", text)
    assert "人员、需求、外部环境" in found["PRJ-001"].message.zh
    assert "People, Requirement, External" in found["PRJ-001"].message.en
    assert not reported("RSK-08", text, risk_categories="技术")
    assert not reported("RSK-08", text, risk_categories="Technical")
    assert set(reported("RSK-08", text, risk_categories="technical;安全")) == {"PRJ-001"}


def test_a_training_on_risk_that_no_project_is_named_for_counts_for_all():
    text = """
    events
      event_id | project_id | kind           | subject              | held_on
      EVT-001  |            | staff_training | 首轮风险识别培训     | 2026-03-06
    """
    assert not reported("RSK-09", text)
    assert set(reported("RSK-09", text.replace("风险", "质量"))) == {"PRJ-001"}

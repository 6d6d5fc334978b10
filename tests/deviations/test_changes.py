"""Requirement changes. The status date is Friday 2026-06-12 throughout."""

from __future__ import annotations

from decimal import Decimal

from tests.tables import RULES, judged, reported


def test_an_analysis_is_waited_for_three_working_days_and_what_is_missing_is_named():
    text = """
    changes
      change_id | raised_on  | decision | impact_days | impact_cost | impact_quality | impact_risk
      CHG-001   | 2026-06-09 | pending  | 2           |             | none           |
      CHG-002   | 2026-06-10 | pending  |             |             |                |
      CHG-003   | 2026-03-02 | rejected |             |             |                |
      CHG-004   | 2026-03-02 | deferred |             |             |                |
    """
    found = reported("CHG-01", text)
    assert set(found) == {"CHG-001"}
    assert "“成本影响”、“风险影响”" in found["CHG-001"].message.zh
    assert found["CHG-001"].place.column == "impact_cost"
    assert set(reported("CHG-01", text, chg_assess_days=2)) == {"CHG-001", "CHG-002"}


def test_an_impact_of_zero_is_an_impact():
    assert not reported(
        "CHG-01",
        """
        changes
          change_id | raised_on  | decision | impact_days | impact_cost | impact_quality | impact_risk
          CHG-001   | 2026-03-02 | approved | 0           | 0           | none           | none
        """,
    )


def test_consent_is_wanted_as_soon_as_a_change_is_approved_or_implemented():
    found = reported(
        "CHG-02",
        """
        changes
          change_id | decision | approved_by | approved_on | implemented_on | status
          CHG-001   | approved | CON-001     |             |                | approved
          CHG-002   | pending  |             |             |                | raised
          CHG-003   | pending  |             |             |                | implemented
          CHG-004   | approved |             |             | 2026-06-01     | implemented
        """,
    )
    assert {key: finding.place.column for key, finding in found.items()} == {
        "CHG-001": "approved_on",
        "CHG-003": "approved_by",
        "CHG-004": "approved_by",
    }
    assert "“客户同意人”、“同意日期”" in found["CHG-004"].message.zh


def test_a_decision_is_waited_for_ten_working_days():
    text = """
    changes
      change_id | raised_on  | decision | status
      CHG-001   | 2026-05-29 | pending  | raised
      CHG-002   | 2026-06-01 | pending  | raised
      CHG-003   | 2026-03-02 | pending  | closed
      CHG-004   | 2026-03-02 | approved | approved
    """
    assert set(reported("CHG-03", text)) == {"CHG-001"}
    assert set(reported("CHG-03", text, chg_decide_days=9)) == {"CHG-001", "CHG-002"}


APPROVED = """
changes
  change_id | decision | approved_on | affected_tasks | implemented_on | impact_days | status
  CHG-001   | approved | 2026-05-29  |                |                | 1           | approved
  CHG-002   | approved | 2026-06-01  |                |                | 1           | approved
  CHG-003   | approved | 2026-05-15  | T-001          |                | 2           | approved
  CHG-004   | approved | 2026-05-15  |                | 2026-05-20     | 2           | implemented
  CHG-005   | approved | 2026-05-15  |                |                | 2           | closed
"""


def test_an_approved_change_is_put_into_effect_within_ten_working_days():
    assert set(reported("CHG-04", APPROVED)) == {"CHG-001"}
    assert set(reported("CHG-04", APPROVED, chg_implement_days=9)) == {"CHG-001", "CHG-002"}


def test_a_plan_that_the_log_shows_not_rescheduled_since_the_approval_is_reported():
    log = "log\n time | action\n 2026-05-{} 09:00 | reschedule\n 2026-06-01 09:00 | document"
    found = reported("CHG-04", APPROVED + log.format("14"))
    assert set(found) == {"CHG-001", "CHG-003"}
    assert "计划还没有重排" in found["CHG-003"].message.zh
    assert set(reported("CHG-04", APPROVED + log.format("15"))) == {"CHG-001"}


IMPACT = """
projects
  project_id | budget_total
  PRJ-001    | 1980000
changes
  change_id | project_id | decision | impact_days | impact_cost
  CHG-001   | PRJ-001    | pending  | 5           | 99000
  CHG-002   | PRJ-001    | pending  | 5.5         | 99000.01
  CHG-003   | PRJ-001    | rejected | 50          | 990000
"""


def test_exactly_five_days_and_five_percent_are_within_tolerance():
    rule = next(rule for rule in RULES if rule.id == "CHG-05")
    found = judged(rule, IMPACT).findings
    assert [(finding.place.key, finding.place.column) for finding in found] == [
        ("CHG-002", "impact_days"),
        ("CHG-002", "impact_cost"),
    ]
    assert found[1].value == Decimal("99000.01")
    assert "99,000.01" in found[1].message.zh
    assert len({finding.id for finding in found}) == 2


def test_other_tolerances_change_who_is_reported():
    assert not reported("CHG-05", IMPACT, chg_days_max=6, chg_cost_max=6)
    assert set(reported("CHG-05", IMPACT, chg_days_max=4, chg_cost_max=6)) == {"CHG-001", "CHG-002"}
    assert set(reported("CHG-05", IMPACT, chg_days_max=6, chg_cost_max=4)) == {"CHG-001", "CHG-002"}


def test_without_a_budget_the_cost_is_not_judged():
    assert not reported("CHG-05", IMPACT.replace("1980000", ""), chg_days_max=6)


def test_the_customer_is_told_within_three_working_days_of_the_analysis():
    text = """
    changes
      change_id | assessed_on | communicated_on | decision
      CHG-001   | 2026-06-09  |                 | pending
      CHG-002   | 2026-06-10  |                 | approved
      CHG-003   | 2026-03-02  |                 | rejected
    """
    assert set(reported("CHG-06", text)) == {"CHG-001"}
    assert set(reported("CHG-06", text, chg_tell_days=2)) == {"CHG-001", "CHG-002"}


def test_who_assessed_a_change_acts_on_it_else_the_project_manager():
    text = """
    changes
      change_id | raised_on  | decision | assessed_by
      CHG-001   | 2026-05-20 | pending  | RES-003
      CHG-002   | 2026-05-20 | pending  |
    """
    assert [finding.owner for finding in reported("CHG-03", text).values()] == ["RES-003", "RES-001"]

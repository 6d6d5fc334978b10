"""Sales and contracts. The status date is Friday 2026-06-12 throughout."""

from __future__ import annotations

import pytest

from automation.base.findings import Severity
from tests.tables import reported

STAGES = (
    "lead",
    "needs_analysis",
    "solution_design",
    "quotation",
    "negotiation",
    "signed",
    "in_execution",
    "completed",
    "terminated",
    "lost",
)
OPEN, SIGNED = set(STAGES[:5]), {"signed", "in_execution", "completed", "terminated"}


def in_every_stage(columns, cells):
    """A deal in each stage with the same other cells; its key is its place among the stages."""
    rows = "\n".join(f" DEAL-{number:03} | {stage} | {cells}" for number, stage in enumerate(STAGES, start=1))
    return f"deals\n deal_id | stage | {columns}\n{rows}"


def stages_of(found):
    return {STAGES[int(key[-3:]) - 1] for key in found}


@pytest.mark.parametrize(
    ("rule", "columns", "cells", "judged"),
    [
        ("SAL-01", "next_followup", "2026-06-11", OPEN),
        ("SAL-02", "stage_since", "2026-05-21", OPEN),
        ("SAL-03", "quote_valid_until", "2026-06-12", {"quotation", "negotiation"}),
        ("SAL-04", "quote_amount | est_cost | risk_reserve", "100 | 90 | 0", OPEN | {"signed", "in_execution"}),
        ("SAL-06", "contract_end", "2026-06-30", {"signed", "in_execution"}),
        ("SAL-08", "quote_amount | market_price", "130 | 100", OPEN | {"signed", "in_execution"}),
    ],
)
def test_each_rule_judges_the_stages_that_it_is_about(rule, columns, cells, judged):
    assert stages_of(reported(rule, in_every_stage(columns, cells))) == judged


def test_a_follow_up_on_the_status_date_is_in_time():
    text = """
    deals
     deal_id  | stage     | name   | next_followup | owner
     DEAL-001 | quotation | AGV    | 2026-06-12    | RES-009
     DEAL-002 | quotation | AGV    | 2026-06-11    | RES-009
     DEAL-003 | quotation | AGV    |               | RES-009
    """
    found = reported("SAL-01", text)
    assert set(found) == {"DEAL-002"}
    assert found["DEAL-002"].message.zh == "商机 DEAL-002“AGV”（报价）应于 2026-06-11 跟进，已逾期 1 天。"
    assert found["DEAL-002"].message.en.endswith("2026-06-11, 1 day ago.")
    assert found["DEAL-002"].owner == "RES-009"


def test_a_deal_may_stay_in_a_stage_for_the_limit_itself():
    text = """
    deals
     deal_id  | stage | stage_since
     DEAL-001 | lead  | 2026-05-22
     DEAL-002 | lead  | 2026-05-21
     DEAL-003 | lead  |
    """
    found = reported("SAL-02", text)
    assert {key: one.value for key, one in found.items()} == {"DEAL-002": 22}
    assert set(reported("SAL-02", text, stage_days=20)) == {"DEAL-001", "DEAL-002"}


def test_a_quotation_is_reminded_of_from_the_notice_on_and_after_its_end():
    text = """
    deals
     deal_id  | stage       | quote_valid_until
     DEAL-001 | quotation   | 2026-06-20
     DEAL-002 | quotation   | 2026-06-19
     DEAL-003 | negotiation | 2026-06-12
     DEAL-004 | negotiation | 2026-06-10
     DEAL-005 | quotation   |
    """
    found = reported("SAL-03", text)
    assert set(found) == {"DEAL-002", "DEAL-003", "DEAL-004"}
    assert {one.severity for one in found.values()} == {Severity.REMINDER}
    assert "还有 7 天（提前 7 天提醒）" in found["DEAL-002"].message.zh
    assert "已于 2026-06-10 到期，过期 2 天" in found["DEAL-004"].message.zh
    assert set(reported("SAL-03", text, quote_notice=0)) == {"DEAL-003", "DEAL-004"}


def test_the_margin_counts_the_reserve_and_may_equal_the_limit():
    text = """
    deals
     deal_id  | stage     | quote_amount | est_cost | risk_reserve
     DEAL-001 | quotation | 100          | 85       |
     DEAL-002 | quotation | 100          | 85       | 0.01
     DEAL-003 | quotation | 100          | 120      | 0
     DEAL-004 | quotation |              | 120      | 0
     DEAL-005 | quotation | 100          |          | 0
    """
    found = reported("SAL-04", text)
    assert {key: one.value for key, one in found.items()} == {"DEAL-002": 14.99, "DEAL-003": -20}
    assert "毛利率为 -20%（下限 15%）：报价 100，成本 120，风险预留 0" in found["DEAL-003"].message.zh


@pytest.mark.parametrize(
    ("tech", "finance", "legal", "judged"),
    [
        ("passed", "passed", "passed", set()),
        ("passed", "passed", "rejected", SIGNED),
        ("passed", "passed", "", SIGNED),
        ("not_reviewed", "passed", "passed", SIGNED | {"quotation", "negotiation"}),
        ("passed", "", "passed", SIGNED | {"quotation", "negotiation"}),
    ],
)
def test_reviews_pass_before_the_stage_that_needs_them(tech, finance, legal, judged):
    text = in_every_stage("tech_review | finance_review | legal_review", f"{tech} | {finance} | {legal}")
    assert stages_of(reported("SAL-05", text)) == judged


def test_one_finding_names_every_review_that_is_missing():
    found = reported("SAL-05", in_every_stage("tech_review", "not_reviewed"))["DEAL-006"]
    assert "已到“已签约”，而“技术评审”、“财务评审”、“法务评审”没有通过" in found.message.zh
    assert (found.place.column, found.value, found.severity) == ("tech_review", "not_reviewed", Severity.HIGH)


RENEWAL = """
deals
 deal_id  | stage        | contract_end | renewal_notice_days | renewal_deal_id
 DEAL-001 | in_execution | {end}        | {notice}            | DEAL-002
 DEAL-002 | {stage}      |              |                     |
"""


@pytest.mark.parametrize(
    ("end", "notice", "stage", "severity"),
    [
        ("2026-08-12", "", "lost", None),  # 61 days ahead
        ("2026-08-11", "", "lost", Severity.MEDIUM),
        ("2026-08-11", "30", "lost", None),
        ("2026-08-12", "61", "terminated", Severity.MEDIUM),
        ("2026-06-12", "0", "lost", Severity.MEDIUM),
        ("2026-06-11", "", "lost", Severity.HIGH),
        ("2026-06-30", "", "lead", None),
        ("2026-06-30", "", "signed", None),
        ("2026-06-11", "", "negotiation", Severity.HIGH),
        ("2026-06-11", "", "signed", None),
        ("2026-06-11", "", "completed", None),
    ],
)
def test_a_contract_needs_a_renewal_before_it_ends_and_a_signed_one_after(end, notice, stage, severity):
    found = reported("SAL-06", RENEWAL.format(end=end, notice=notice, stage=stage))
    assert {key: one.severity for key, one in found.items() if key == "DEAL-001"} == (
        {} if severity is None else {"DEAL-001": severity}
    )


def test_a_contract_that_has_ended_says_since_when():
    found = reported("SAL-06", RENEWAL.format(end="2026-06-11", notice="", stage="lost"))["DEAL-001"]
    assert "已于 2026-06-11 到期，过期 1 天，没有已签约的续签合同" in found.message.zh
    assert "ended on 2026-06-11, 1 day ago" in found.message.en


SALES = """
metrics
 metric_id | scope_kind | scope_ref | indicator    | period   | target  | actual
 KPI-001   | company    | ALL       | sales        | {period} | 1000000 | {actual}
 KPI-002   | company    | ALL       | win_rate     | 2026-05  | 100     | 1
"""


@pytest.mark.parametrize(
    ("period", "actual", "value"),
    [
        ("2026-05", 720_000, 72),  # the period is over
        ("2026-05", 800_000, None),
        ("2026-06", 363_637, None),  # 10 of 22 working days
        ("2026-06", 363_000, 79.86),
        ("2026-07", 0, None),
        ("2026-05", "", None),
    ],
)
def test_sales_are_judged_pro_rata_of_the_working_days_that_have_passed(period, actual, value):
    found = reported("SAL-07", SALES.format(period=period, actual=actual))
    assert {key: one.value for key, one in found.items()} == ({} if value is None else {"KPI-001": value})


def test_the_message_says_how_much_of_the_period_has_passed():
    found = reported("SAL-07", SALES.format(period="2026-06", actual=100_000))["KPI-001"]
    assert (
        "ALL 2026-06 的销售额为 100000，目标 1000000，统计期已过 45.5%，折算达成率 22%（下限 80%）" in found.message.zh
    )


def test_only_the_last_period_with_sales_of_each_scope_is_judged():
    text = """
    metrics
     metric_id | scope_kind | scope_ref | indicator | period  | target | actual
     KPI-001   | company    | ALL       | sales     | 2026-04 | 100    | 1
     KPI-002   | company    | ALL       | sales     | 2026-05 | 100    | 100
     KPI-003   | company    | ALL       | sales     | 2026-06 | 100    |
     KPI-004   | person     | RES-009   | sales     | 2026-05 | 100    | 1
     KPI-005   | person     | RES-008   | sales     | 2026-05 | 0      | 1
    """
    found = reported("SAL-07", text)
    assert {key: one.owner for key, one in found.items()} == {"KPI-004": "RES-009"}


def test_a_quotation_may_differ_from_the_market_by_the_limit_itself():
    text = """
    deals
     deal_id  | stage     | quote_amount | market_price
     DEAL-001 | quotation | 120          | 100
     DEAL-002 | quotation | 80           | 100
     DEAL-003 | quotation | 120.01       | 100
     DEAL-004 | quotation | 79.99        | 100
     DEAL-005 | quotation | 79.99        |
     DEAL-006 | quotation | 79.99        | 0
    """
    found = reported("SAL-08", text)
    assert {key: one.value for key, one in found.items()} == {"DEAL-003": 20.01, "DEAL-004": 20.01}
    assert "报价 79.99 比市场参考价 100 低 20%" in found["DEAL-004"].message.zh
    assert "above the market price" in found["DEAL-003"].message.en

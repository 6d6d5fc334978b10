"""Renewal of a contract: state, record, advice, and the letter to the customer."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.base.records import replace
from automation.commands.document.deal_terms import whole_months
from automation.commands.document.renewal import next_term, renewal_letter, renewal_notice
from tests.commands.document.deals import DEALS, deal_source

REQUESTS = """
requests
 request_id | customer_id | service_id | channel | kind | priority | received_at | responded_at | resolved_at | accurate | status
 SR-001 | CUS-001 | SVC-001 | phone | fault | high | 2026-05-20 09:00 | 2026-05-20 09:30 | 2026-05-20 10:00 | yes | closed
 SR-002 | CUS-001 | SVC-001 | phone | fault | high | 2026-05-21 09:00 | 2026-05-21 11:00 | 2026-05-21 12:00 | no | closed
 SR-003 | CUS-001 | SVC-001 | phone | fault | high | 2026-06-01 09:00 | 2026-06-01 09:10 | 2026-06-01 10:00 | | closed
 SR-004 | CUS-001 | SVC-001 | phone | question | low | 2026-06-12 23:00 | | | | received
 SR-005 | CUS-001 | SVC-001 | phone | question | low | 2025-06-30 09:00 | | | | received
 SR-006 | CUS-001 | SVC-001 | phone | question | low | 2026-06-13 09:00 | | | | received
 SR-007 | CUS-001 | SVC-001 | phone | question | low | 2026-06-02 09:00 | | | | missed_call
"""
VOICES = """
feedback
 feedback_id | customer_id | kind | received_on | period | dimension | score | content
 FB-001 | CUS-001 | satisfaction_survey | 2026-04-29 | 2026-04 | overall | 4.2 |
 FB-002 | CUS-001 | satisfaction_survey | 2026-05-29 | 2026-05 | overall | 3.7 |
 FB-003 | CUS-001 | complaint | 2026-05-01 | | | | 慢
 FB-004 | CUS-001 | complaint | 2025-05-01 | | | | 从前
 FB-005 | CUS-002 | complaint | 2026-05-01 | | | | 别人
"""


def notice(key="DEAL-002", language="zh", **options):
    return renewal_notice(deal_source(key, language, internal=True, **options))


def test_the_state_counts_the_days_and_names_the_renewal_deal():
    assert notice()["state"] == "合同将于2026年6月30日到期，还有 18 天；尚无续签商机。"
    over = DEALS.replace("2026-06-30", "2026-06-11")
    assert notice(deals=over)["state"] == "合同已于2026年6月11日到期，至今 1 天；尚无续签商机。"
    assert notice("DEAL-003")["state"] == "合同未填写到期日，请先补充。"
    named = DEALS.replace("| payment_terms", "| renewal_deal_id").replace(
        "2026-06-30 | 60 | |", "2026-06-30 | 60 | DEAL-003 |"
    )
    assert notice(language="en", deals=named)["state"] == (
        "The contract ends on 30 Jun 2026, in 18 days; renewal deal DEAL-003: quotation."
    )


def test_the_record_counts_requests_of_the_term_up_to_the_status_date():
    made = notice(extra=REQUESTS)
    assert made["record"] == {
        "received": "4", "judged": "3", "in_time": "2", "attainment": "66.7%", "accuracy": "50.0%",
    }  # fmt: skip
    hotline, visits = made["services"]
    assert (hotline["received"], hotline["attainment"], hotline["low"], hotline["wrong"]) == (
        "4",
        "66.7%",
        "low",
        "low",
    )
    assert (visits["received"], visits["attainment"], visits["low"]) == ("0", "—", "")


def test_complaints_and_satisfaction_are_the_customers_own_in_the_term():
    made = notice(extra=VOICES)
    assert made["complaints"] == 1
    assert made["satisfaction"] == [{"period": "2026年4月", "score": "4.2"}, {"period": "2026年5月", "score": "3.7"}]


def test_advice_follows_from_timing_record_voice_and_margin():
    advice = notice(extra=REQUESTS + VOICES)["advice"]
    assert [line[:12] for line in advice] == [
        "本周内建立续签商机并约客",
        "以下服务的达成率低于 9",
        "近 30 天同类故障反复",
        "最近一次总体满意度 3.",
    ]
    assert advice[1].endswith("：热线 66.7%。")


def test_a_contract_that_is_over_needs_a_new_one_before_services_go_on():
    over = DEALS.replace("2026-06-30", "2026-06-11")
    assert notice(deals=over)["advice"][0].startswith("合同已到期：继续服务之前")


def test_a_thin_margin_calls_for_a_new_price():
    thin = DEALS.replace("| 29000 | 500 |", "| 33000 | 500 |")
    assert "原合同毛利率 6.9%，低于 15%" in notice(deals=thin)["advice"][-1]


def test_where_nothing_is_due_or_wrong_the_terms_stay():
    assert notice("DEAL-001")["advice"] == ["未发现续签前须先解决的问题，可按现有条款续签。"]


def test_many_questions_suggest_training():
    rows = "".join(
        f" SR-{100 + n} | CUS-001 | SVC-001 | phone | question | low | 2026-06-01 09:00 | 2026-06-01 09:10 | "
        "2026-06-01 10:00 | | closed\n"
        for n in range(12)
    )
    assert notice(extra=REQUESTS + rows)["advice"][-1].endswith("可建议客户增加培训服务：热线。")


@pytest.mark.parametrize(
    ("start", "end", "first", "last"),
    [
        ("2025-07-01", "2026-06-30", "2026-07-01", "2027-06-30"),
        ("2026-03-01", "2026-09-30", "2026-10-01", "2027-04-30"),
        ("2026-03-05", "2026-03-20", "2026-03-21", "2026-04-05"),
    ],
)
def test_the_next_term_follows_at_once_and_is_as_long(start, end, first, last):
    deal = deal_source("DEAL-002").deal
    dates = {"contract_start": date.fromisoformat(start), "contract_end": date.fromisoformat(end)}
    assert next_term(deal._replace(**dates)) == (date.fromisoformat(first), date.fromisoformat(last))


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 2000))
def test_terms_keep_their_months_or_days(start, length):
    end = start + timedelta(days=length)
    first, last = next_term(deal_source("DEAL-002").deal._replace(contract_start=start, contract_end=end))
    assert first == end + timedelta(days=1)
    assert whole_months(first, last) == whole_months(start, end) or (last - first).days == length


def test_without_both_dates_there_is_no_next_term():
    assert next_term(deal_source("DEAL-003").deal) is None


def test_the_letter_tells_end_record_and_proposal_and_no_margin():
    made = renewal_letter(deal_source("DEAL-002", extra=REQUESTS))
    assert made["contract"] == {"name": "运维", "number": "HT-2", "end": "2026年6月30日", "over": ""}
    assert made["next_term"] == "2026年7月1日至2027年6月30日"
    assert made["services"] == "热线、巡检"
    assert made["document"]["mark"] == ""
    assert (made["record"]["received"], made["mail"]) == ("4", "zheng@example.com")
    assert made["addressee"]["person"] == "周明"
    assert not [hidden for hidden in ("29000", "29,000", "%）", "毛利") if hidden in str(made)]


def test_a_letter_without_requests_leaves_the_record_out():
    made = renewal_letter(deal_source("DEAL-003", "en"))
    assert made["record"]["received"] == ""
    assert (made["next_term"], made["services"]) == ("—", "—")
    assert (made["contract"]["end"], made["document"]["mark"]) == ("＿＿＿＿", "DRAFT")


def test_another_status_date_moves_the_count():
    source = deal_source("DEAL-002", internal=True)
    later = replace(source, request=replace(source.request, status_date=date(2026, 6, 29)))
    assert "还有 1 天" in renewal_notice(later)["state"]

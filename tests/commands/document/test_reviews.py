"""Which reviews a quotation waits for."""

from automation.commands.document.reviews import not_reviewed, open_reviews
from tests.commands.document.deals import DEALS, deal_source


def deal(states):
    rows = DEALS.replace("passed | not_reviewed", states)
    return deal_source("DEAL-003", internal=True, deals=rows).deal


def test_a_quotation_waits_for_the_technical_and_the_financial_review():
    assert not_reviewed(deal("passed | passed")) is None
    assert [name.en for name in open_reviews(deal("rejected | "))] == ["technical review", "financial review"]
    assert not_reviewed(deal("passed | not_reviewed")) == (
        "财务评审尚未通过：文件标为草稿，通过后请重新生成再发给客户。",
        "Not passed yet: financial review. The document is marked as a draft; make it again once passed, before it goes out.",
    )


def test_deals_without_a_price_and_those_signed_long_ago_are_let_through():
    assert not_reviewed(deal_source("DEAL-004", internal=True).deal) is None
    signed = DEALS.replace("passed | passed | HT-1", " | | HT-1")
    assert not_reviewed(deal_source("DEAL-001", internal=True, deals=signed).deal) is None

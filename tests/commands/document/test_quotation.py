"""The quotation for the customer and its annex for the house."""

from automation.commands.document.quotation import quotation, quotation_annex
from tests.commands.document.deals import DEALS, deal_source


def texts(rows):
    return {row["label"]: row["text"] for row in rows}


def test_a_quotation_shows_price_validity_and_terms_and_no_cost():
    made = quotation(deal_source("DEAL-003"))
    assert [(row["name"], row["content"], row["quantity"], row["amount"]) for row in made["items"]] == [
        ("增购", "接口\n看板", "1 项", "320,000.00")
    ]
    assert made["total"]["capitals"] == "人民币叁拾贰万元整"
    assert texts(made["terms"])["报价有效期"] == "至2026年6月16日（含当日）"
    assert made["document"]["mark"] == ""
    shown = str(made).replace(",", "")
    assert not [hidden for hidden in ("265000", "15000", "330000", "12.5", "本地公司", "毛利") if hidden in shown]


def test_an_expired_quotation_says_so_first():
    assert quotation(deal_source("DEAL-002"))["notes"][0].startswith("本报价已于2025年6月30日到期")
    assert len(quotation(deal_source("DEAL-003"))["notes"]) == 3


def test_a_deal_without_an_amount_gives_a_draft():
    made = quotation(deal_source("DEAL-004", "en"))
    assert (made["document"]["mark"], made["total"]["figures"], made["items"]) == ("DRAFT", "to be agreed", [])
    assert texts(made["terms"])["Validity"] == "To be set"


def test_the_annex_shows_cost_margin_market_and_reviews():
    made = quotation_annex(deal_source("DEAL-003", internal=True))
    assert list(texts(made["calculation"]).values()) == [
        "¥320,000.00", "¥265,000.00", "¥15,000.00", "¥40,000.00", "12.5%（低于下限 15%）", "15%",
    ]  # fmt: skip
    assert texts(made["comparison"])["报价与市场价之差"] == "-3.0%"
    assert [(row["name"], row["state"], row["alert"]) for row in made["reviews"]] == [
        ("技术评审", "通过", ""),
        ("财务评审", "未审", "open"),
        ("法务评审", "未审", "open"),
    ]
    assert made["ready"] == "财务评审尚未通过，报价单暂不得发给客户。"


def test_the_annex_names_what_the_rules_found_on_this_deal_only():
    found = quotation_annex(deal_source("DEAL-003", internal=True))["findings"]
    assert [row["message"] for row in found if "12.5" in row["message"]]
    assert all("DEAL-003" in row["message"] for row in found)


def test_services_show_their_margin_and_a_quotation_whose_reviews_have_passed_may_go_out():
    made = quotation_annex(deal_source("DEAL-002", internal=True))
    assert [(row["name"], row["margin"]) for row in made["services"]] == [("热线", "40.0%"), ("巡检", "10.0%")]
    assert texts(made["comparison"])["服务目录月价合计"] == "¥3,000.00"
    assert made["ready"] == "技术评审和财务评审均已通过，可以发出。"
    free = deal_source("DEAL-002", internal=True, services="")
    assert quotation_annex(free)["services"] == []


def test_a_deal_without_figures_gives_dashes():
    made = quotation_annex(deal_source("DEAL-004", "en", internal=True))
    assert texts(made["calculation"])["Margin in percent"] == "—"
    assert made["ready"] == "There is no amount yet: the quotation cannot go out."
    both = DEALS.replace("passed | not_reviewed", "not_reviewed | not_reviewed")
    assert quotation_annex(deal_source("DEAL-003", "en", internal=True, deals=both))["ready"] == (
        "Not passed yet: technical review, financial review. The quotation must not go out to the customer."
    )

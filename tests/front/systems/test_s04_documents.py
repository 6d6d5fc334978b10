"""S04: the quotation for the customer tells no cost and no margin; what it may not tell stands in the internal annex."""

import re

from tests.front.systems.word_files import made, raw_of, text_of

HIDDEN = re.compile(r"265[,，]?000|15[,，]000|330[,，]?000|12\.5|26\.5\s*万|毛利|成本|margin|reserve", re.IGNORECASE)


def test_no_part_of_the_quotation_holds_cost_reserve_market_price_or_margin(demo_book, tmp_path):
    for language in ("zh", "en"):
        path = made(demo_book, tmp_path, "D04", "--for", "DEAL-003", "--lang", language)
        assert HIDDEN.findall(text_of(path)) == []
        assert "265,000" not in raw_of(path)
        assert "265000" not in raw_of(path)
        assert "320,000.00" in text_of(path)


def test_the_quotation_shows_amount_in_capitals_and_validity(demo_book, tmp_path):
    text = text_of(made(demo_book, tmp_path, "D04", "--for", "DEAL-003"))
    assert "人民币叁拾贰万元整" in text
    assert "至2026年6月16日（含当日）" in text


def test_a_quotation_is_a_draft_until_its_reviews_have_passed(demo_book, tmp_path):
    assert "草稿" in text_of(made(demo_book, tmp_path, "D04", "--for", "DEAL-003"))
    demo_book.type("deals", "DEAL-003", finance_review="passed")
    assert "草稿" not in text_of(made(demo_book, tmp_path, "D04", "--for", "DEAL-003"))


def test_the_annex_tells_the_house_the_margin(demo_book, tmp_path):
    text = text_of(made(demo_book, tmp_path, "D04I", "--for", "DEAL-003"))
    assert "¥265,000.00" in text
    assert "12.5%（低于下限 15%）" in text
    assert "财务评审尚未通过" in text


def test_services_are_quoted_by_month(demo_book, tmp_path):
    text = text_of(made(demo_book, tmp_path, "D04", "--for", "DEAL-002"))
    assert "12 个月" in text
    assert "216,000.00" in text
    assert "人民币叁拾陆万元整" in text


def test_the_solution_proposal_of_a_deal_without_a_project_holds_needs_and_price(demo_book, tmp_path):
    text = text_of(made(demo_book, tmp_path, "D03", "--for", "DEAL-003"))
    assert "二号车间AGV与MES联动" in text.replace(" ", "")
    assert "¥320,000.00" in text
    assert HIDDEN.findall(text) == []


def test_a_deal_must_be_named_where_there_are_several(demo_book, tmp_path):
    result = demo_book.run("document", demo_book.path, "D04", "--out", tmp_path)
    assert result.exit == 2
    assert "DEAL-003" in result.err

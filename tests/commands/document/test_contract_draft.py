"""The draft of a service contract."""

from automation.commands.document.contract_draft import contract_draft
from automation.commands.document.deal_terms import BLANK
from tests.commands.document.deals import deal_source


def test_a_contract_is_always_a_draft_even_when_it_was_signed():
    for key in ("DEAL-002", "DEAL-003"):
        made = contract_draft(deal_source(key))
        assert made["document"]["mark"] == "草稿"
        assert not made["document"]["released"]


def test_it_holds_content_time_staff_and_fee():
    made = contract_draft(deal_source("DEAL-002"))
    assert made["content"] == ["热线"]
    assert [row["name"] for row in made["services"]] == ["热线", "巡检"]
    assert made["term"] == "2025年7月1日至2026年6月30日"
    assert made["staff"] == [
        {"name": "唐敏", "role": "客服", "task": "热线、巡检"},
        {"name": "郑凯", "role": "销售", "task": "商务联系"},
    ]
    assert made["total"]["figures"] == "¥36,000.00"
    assert [row["amount"] for row in made["items"]] == ["24,000.00", "12,000.00"]
    assert made["accuracy"] == "90%"


def test_what_the_workbook_does_not_hold_is_left_blank():
    made = contract_draft(deal_source("DEAL-003"))
    parties = {row["label"]: (row["customer"], row["supplier"]) for row in made["parties"]}
    assert parties["单位名称"] == ("明川", "乙")
    assert parties["联系人"] == ("周明（IT经理）", "郑凯")
    assert parties["电子邮箱"] == ("zhou@example.com", "zheng@example.com")
    assert parties["法定代表人"] == (BLANK, BLANK)
    assert made["term"] == f"自{BLANK}起至{BLANK}止"
    assert made["contract"][1]["text"] == BLANK
    assert {row["text"] for row in made["terms"]} == {BLANK}
    assert made["accuracy"] == ""


def test_a_project_adds_its_scope_and_its_manager():
    project = """
projects
 project_id | name | customer_id | deal_id | scope_in | project_manager
 PRJ-001 | 项目 | CUS-001 | DEAL-001 | 采集;网关 | RES-001
"""
    made = contract_draft(deal_source("DEAL-001", "en", extra=project))
    assert made["content"] == ["模块", "网关", "采集"]
    assert made["staff"][0] == {"name": "王志强", "role": "Project manager", "task": "Project management"}


def test_no_cost_stands_in_it():
    assert not [
        hidden for hidden in ("265000", "15000", "330000") if hidden in str(contract_draft(deal_source("DEAL-003")))
    ]

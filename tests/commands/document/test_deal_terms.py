"""What the documents about a deal share: price by items, months, terms, services."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.commands.document.deal_terms import (
    agreed_terms,
    items,
    limit_rows,
    period,
    price_of,
    scope_lines,
    services_of,
    total_of,
    whole_months,
)
from tests.commands.document.deals import SERVICES, deal_source


def lines(source, total):
    return [(item.name, item.quantity, item.unit, int(item.price), int(item.amount)) for item in items(source, total)]


def test_services_that_come_to_the_total_are_its_lines():
    assert lines(deal_source("DEAL-002"), Decimal(36000)) == [
        ("热线", 12, "个月", 2000, 24000),
        ("巡检", 12, "个月", 1000, 12000),
    ]
    english = lines(deal_source("DEAL-002", "en"), Decimal(36000))
    assert [row[:3] for row in english] == [("Hotline", 12, "months"), ("Visits", 12, "months")]


@pytest.mark.parametrize(
    "services",
    [
        SERVICES.replace("| 2000 |", "| 2100 |"),
        SERVICES.replace("| 2000 |", "| |"),
        SERVICES.replace("RES-008 | 2025-07-01 | 2026-06-30\n SVC-002", "RES-008 | 2025-07-02 | 2026-06-30\n SVC-002"),
        "",
    ],
    ids=["other sum", "no price", "no whole months", "no services"],
)
def test_else_the_deal_is_one_line_and_nothing_is_made_up(services):
    found = lines(deal_source("DEAL-002", services=services), Decimal(36000))
    assert found == [("运维", 1, "项", 36000, 36000)]


def test_without_a_total_there_is_no_line():
    assert items(deal_source("DEAL-004"), None) == ()


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        ("2025-07-01", "2026-06-30", 12),
        ("2026-02-01", "2026-02-28", 1),
        ("2026-01-15", "2026-04-14", 3),
        ("2026-01-15", "2026-04-15", None),
        ("2026-01-15", "2026-01-14", None),
        ("2026-01-15", "2025-12-14", None),
    ],
)
def test_months_are_counted_with_both_ends(first, last, months):
    assert whole_months(date.fromisoformat(first), date.fromisoformat(last)) == months
    assert whole_months(None, date.fromisoformat(last)) is None


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 60), st.integers(1, 28))
def test_so_many_months_later_less_a_day_are_so_many_months(day, months, number):
    first = day.replace(day=number)
    years, month = divmod(first.month - 1 + months, 12)
    last = first.replace(year=first.year + years, month=month + 1) - timedelta(days=1)
    assert whole_months(first, last) == months


def test_services_are_those_of_the_deal_and_the_price_is_the_contract_before_the_quotation():
    assert [row.service_id for row in services_of(deal_source("DEAL-002"))] == ["SVC-001", "SVC-002"]
    assert services_of(deal_source("DEAL-001")) == ()
    assert price_of(deal_source("DEAL-003").deal) == Decimal(320000)
    assert price_of(deal_source("DEAL-001").deal) == Decimal(248000)
    assert price_of(deal_source("DEAL-004").deal) is None


def test_a_total_stands_in_figures_and_capitals():
    assert total_of(deal_source("DEAL-003"), Decimal(320000)) == {
        "figures": "¥320,000.00", "capitals": "人民币叁拾贰万元整", "unit": "元",
    }  # fmt: skip
    assert total_of(deal_source("DEAL-003", "en"), Decimal(320000)) == {
        "figures": "CNY 320,000.00", "capitals": "", "unit": "CNY",
    }  # fmt: skip
    assert total_of(deal_source("DEAL-004"), None)["figures"] == "待定"


def test_terms_that_are_missing_are_left_to_the_contract():
    texts = [row["text"] for row in agreed_terms(deal_source("DEAL-001"))]
    assert texts == ["由双方在合同中约定", "由双方在合同中约定", "分四期付款"]
    assert [row["text"] for row in agreed_terms(deal_source("DEAL-004"), otherwise="?")] == ["?", "?", "?"]


def test_limits_stand_by_priority():
    first, second = limit_rows(deal_source("DEAL-002"))
    assert (first["response"], first["resolve"], first["accuracy"]) == ("1 / 4 / 8", "4 / 16 / 40", "95%")
    assert (first["window"], second["window"]) == ("7×24小时，含节假日", "工作日工作时间（5×8）")


def test_summaries_are_parted_at_plus_signs_too():
    chinese, english = deal_source("DEAL-001"), deal_source("DEAL-001", "en")
    assert scope_lines(chinese, "模块+网关；接口\n安全") == ["模块", "网关", "接口", "安全"]
    assert scope_lines(english, "three modules + gateways") == ["Three modules", "Gateways"]
    assert scope_lines(chinese, None) == []
    assert period(chinese, None, None) == "—"

"""Value, last contact, tier and profile of customers. S18 of the acceptance list is the first test."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.deviations import customers
from tests.tables import catalogue, project_of, settings

STATUS = date(2026, 6, 12)
BOOK = """
customers
 customer_id | name   | customer_type | status
 CUS-001     | 明川   | external      | active
 CUS-002     | 远泽   | external      | prospect
 CUS-003     | 售后部 | internal      | active
deals
 customer_id | stage        | contract_amount | signed_on
 CUS-001     | in_execution | 2480000         | 2026-02-20
 CUS-001     | completed    | 360000          | 2025-06-20
 CUS-001     | quotation    | 320000          |
 CUS-003     | lost         | 1               |
events
 customer_id | audience | held_on
 CUS-001     | both     | 2026-06-05
 CUS-001     | internal | 2026-06-11
 CUS-001     | customer | 2026-06-15
 CUS-002     | customer | 2026-04-24
requests
 customer_id | received_at
 CUS-001     | 2026-06-08 09:10
"""


def valued(text=BOOK):
    rows = project_of(text).rows
    return rows, customers.customer_values(rows, STATUS)


def tiers(text=BOOK, **changed):
    rows, found = valued(text)
    return customers.suggested_tiers(rows.customers, found, settings(**changed), status_date=STATUS)


def test_a_customer_with_two_contracts_of_2_840_000_has_bought_again_and_is_tier_a():
    _, found = valued()
    assert found["CUS-001"] == (Decimal(2_840_000), 2, date(2026, 6, 8), date(2026, 2, 20))
    assert [name for name, value in found.items() if value.repurchase] == ["CUS-001"]
    assert tiers() == {"CUS-001": "a", "CUS-002": "c", "CUS-003": None}


def test_neither_our_own_meetings_nor_those_to_come_are_contact_with_the_customer():
    _, found = valued()
    assert {name: value.last_contact for name, value in found.items()} == {
        "CUS-001": date(2026, 6, 8),
        "CUS-002": date(2026, 4, 24),
        "CUS-003": None,
    }


def many(sums, *, contact="2026-06-01"):
    rows = [(f"CUS-{number:03}", amount) for number, amount in enumerate(sums, start=1)]
    return "\n".join(
        (
            "customers",
            " customer_id | customer_type | status",
            *(f" {name} | external | active" for name, _ in rows),
            "deals",
            " customer_id | stage | contract_amount | signed_on",
            *(f" {name} | signed | {amount} | 2025-01-01" for name, amount in rows if amount),
            "events",
            " customer_id | audience | held_on",
            *(f" {name} | customer | {contact}" for name, _ in rows),
        )
    )


def test_the_top_fifth_is_a_the_top_half_b_and_the_rest_c():
    assert "".join(tiers(many(range(100, 0, -10))).values()) == "aabbbccccc"
    assert "".join(tiers(many(range(100, 0, -10)), tier_a_share=30, tier_b_share=40).values()) == "aaabcccccc"


def test_customers_without_contracts_are_not_in_the_ranking():
    assert "".join(tiers(many([50, 0, 0, 0, 0, 0])).values()) == "accccc"


def test_equal_sums_have_equal_tiers():
    assert "".join(tiers(many([50, 50, 50, 50, 10])).values()) == "aaaac"


@pytest.mark.parametrize(("contact", "tier"), [("2025-12-14", "a"), ("2025-12-13", "b")])
def test_after_more_than_180_days_without_contact_a_customer_is_one_tier_lower(contact, tier):
    assert tiers(many([50], contact=contact)) == {"CUS-001": tier}


def test_a_signature_is_a_contact_too():
    recent = many([50], contact="2024-01-01").replace("2025-01-01", "2026-06-01")
    assert tiers(recent) == {"CUS-001": "a"}


@pytest.mark.parametrize("status", ["dormant", "lost"])
def test_a_customer_marked_as_dormant_or_lost_is_one_tier_lower(status):
    assert tiers(many([50]).replace("active", status)) == {"CUS-001": "b"}


@given(st.lists(st.integers(0, 5), min_size=1, max_size=12))
def test_who_brings_more_is_never_in_a_lower_tier(sums):
    found = list(tiers(many(sums)).values())
    for one, amount in zip(found, sums, strict=True):
        for other, less in zip(found, sums, strict=True):
            assert amount <= less or one <= other


PROFILE = """
customers
 customer_id | industry | company_size | address | business_scope | tags
 CUS-001     | Cars     | medium       |         | Castings       | x
 CUS-002     |          |              |         |                |
"""


def complete(*words, lacks=()):
    project = project_of(PROFILE, lacks=lacks)
    table = project.tables["customers"]
    chosen = settings(profile_columns=list(words)) if words else settings()
    columns = customers.profile_columns(chosen, catalogue().sheets["customers"], table.columns)
    return [customers.profile_completeness(row, columns) for row in table.rows]


def test_the_share_of_the_ten_usual_columns():
    assert complete() == [30, 0]


def test_columns_may_be_named_by_label_and_one_named_twice_counts_twice():
    assert complete("行业类型", "Address") == [50, 0]
    assert complete("industry", "industry", "address") == [pytest.approx(66.667, abs=1e-3), 0]


def test_columns_that_are_not_known_or_not_there_do_not_count():
    assert complete("industry", "turnover") == [100, 0]
    assert complete("industry", "address", lacks=("customers.address",)) == [100, 0]
    assert complete("turnover") == [None, None]

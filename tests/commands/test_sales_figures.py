"""Computed columns of customers and deals, and the sales figures of a check."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from automation.commands import dashboard
from automation.commands.checking import computed_edits
from automation.commands.request import Request
from automation.commands.sales_figures import figures, values
from tests.tables import catalogue, project_of, settings

BOOK = """
customers
 customer_id | name | customer_type | status | industry
 CUS-001     | 明川 | external      | active | Cars
 CUS-002     | 远泽 | external      | active | Food
 CUS-003     | 售后 | internal      | active |
deals
 deal_id  | customer_id | owner   | stage        | expected_amount | probability | quote_amount | est_cost | risk_reserve | contract_amount | signed_on
 DEAL-001 | CUS-001     | RES-009 | in_execution | 2480000         | 100         | 2480000      | 1900000  | 80000        | 2480000         | 2026-02-20
 DEAL-002 | CUS-001     | RES-009 | in_execution | 360000          | 100         | 360000       | 290000   | 5000         | 360000          | 2025-06-20
 DEAL-003 | CUS-001     | RES-009 | quotation    | 320000          | 50          | 320000       | 265000   | 15000        |                 |
 DEAL-004 | CUS-002     | RES-008 | lead         |                 |             |              |          |              |                 |
 DEAL-005 | CUS-002     | RES-008 | lost         | 1               | 0           |              |          |              |                 |
requests
 customer_id | received_at
 CUS-001     | 2026-06-08 09:10
metrics
 scope_kind | scope_ref | indicator | period  | target  | actual
 person     | RES-009   | sales     | 2026-05 | 100     | 90
 company    | ALL       | sales     | 2026-05 | 1000000 | 720000
"""


def request(tables=BOOK):
    return Request(project_of(tables), (), catalogue(), settings(profile_columns="industry"), date(2026, 6, 12))


def by_key(asked, sheet):
    rows = {row.row: key for key, row in asked.project.tables[sheet].by_key.items()}
    return {rows[number]: columns for number, columns in values(asked)[sheet].items()}


def test_the_columns_of_deals():
    found = by_key(request(), "deals")
    assert found["DEAL-003"] == {"weighted_amount": Decimal(160_000), "margin": 12.5}
    assert found["DEAL-001"] == {"weighted_amount": Decimal(2_480_000), "margin": 20.2}
    assert found["DEAL-004"] == {"weighted_amount": None, "margin": None}


def test_the_columns_of_customers():
    found = by_key(request(), "customers")
    assert found["CUS-001"] == {
        "revenue_total": 2_840_000,
        "orders_count": 2,
        "last_contact": date(2026, 6, 8),
        "tier_suggested": "a",
        "profile_complete": 100,
    }
    assert found["CUS-002"] | {"last_contact": None} == {
        "revenue_total": 0,
        "orders_count": 0,
        "last_contact": None,
        "tier_suggested": "c",
        "profile_complete": 100,
    }
    assert (found["CUS-003"]["tier_suggested"], found["CUS-003"]["profile_complete"]) == (None, 0)


def test_a_check_writes_them_with_labels_of_the_workbook():
    asked = request()
    edits = {(edit.sheet, edit.cell): edit.value for edit in computed_edits(asked, ())}
    cells = asked.project.tables["customers"], asked.project.tables["deals"]
    row, deal = cells[0].by_key["CUS-001"], cells[1].by_key["DEAL-003"]
    assert edits["customers", cells[0].cell(row.row, "tier_suggested")] == "A - key"
    assert edits["deals", cells[1].cell(deal.row, "margin")] == 12.5


def test_the_sales_figures():
    found = figures(request())
    assert (found["win_rate"], found["weighted_pipeline"], found["sales_attainment"]) == (66.7, 160_000, 72)
    assert found["pipeline"]["deals"] == 2
    assert {one["stage"]: one["weighted"] for one in found["pipeline"]["stages"] if one["deals"]} == {
        "lead": 0,
        "quotation": 160_000,
    }
    assert [one["owner"] for one in found["pipeline"]["owners"]] == ["RES-009", "RES-008"]


def test_a_check_has_them_also_without_any_project_and_nothing_is_known_without_deals():
    assert dashboard.figures(request())["win_rate"] == 66.7
    empty = figures(request("customers\n customer_id | name\n CUS-001 | x"))
    assert (empty["win_rate"], empty["weighted_pipeline"], empty["sales_attainment"]) == (None, None, None)
    assert empty["pipeline"]["deals"] == 0

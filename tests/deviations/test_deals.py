"""Sales figures of deals. S04, S15 and S19 of the acceptance list are the first three."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from automation.deviations import deals
from automation.planning.workbook import calendar_of
from tests.tables import project_of

BOOK = """
deals
 deal_id  | stage           | owner   | expected_amount | probability | stage_since | signed_on  | contract_amount | quote_amount | est_cost | risk_reserve | market_price
 DEAL-001 | in_execution    | RES-009 | 2480000         | 100         | 2026-03-01  | 2026-02-20 | 2480000         | 2480000      | 1900000  | 80000        | 2600000
 DEAL-002 | completed       | RES-008 | 360000          | 100         | 2025-07-01  | 2025-06-20 | 360000          |              |          |              |
 DEAL-003 | quotation       | RES-009 | 320000          | 50          | 2026-06-01  |            |                 | 320000       | 265000   | 15000        | 330000
 DEAL-004 | needs_analysis  | RES-009 | 450000          | 20          | 2026-05-06  |            |                 |              |          |              |
 DEAL-005 | lost            | RES-009 | 100000          | 0           | 2026-04-30  |            |                 |              |          |              |
 DEAL-006 | lead            | RES-008 |                 |             |             |            |                 |              |          |              |
 DEAL-007 | terminated      | RES-008 | 1               | 100         | 2026-05-01  | 2026-01-02 | 1000            |              |          |              |
"""
ROWS = {row.deal_id: row for row in project_of(BOOK).rows.deals}


def by_key(function):
    return {key: function(row) for key, row in ROWS.items() if function(row) is not None}


def test_the_margin_of_the_add_on_is_12_5_percent():
    found = by_key(deals.margin)
    assert found.pop("DEAL-003") == 12.5
    assert found == {"DEAL-001": pytest.approx(20.161, abs=1e-3)}


def test_the_weighted_amount_of_the_add_on_is_160_000():
    found = by_key(deals.weighted_amount)
    assert found["DEAL-003"] == Decimal(160_000)
    assert (found["DEAL-001"], found["DEAL-005"], "DEAL-006" in found) == (2_480_000, 0, False)


def test_720_000_of_a_target_of_a_million_is_72_percent_at_the_end_of_the_period():
    book = project_of("metrics\n indicator | period | target | actual\n sales | 2026-05 | 1000000 | 720000")
    found = deals.attainment(book.rows.metrics[0], calendar_of(book), status_date=date(2026, 5, 31))
    assert found == (72, 100)


def test_attainment_counts_the_working_days_of_the_calendar():
    book = project_of(
        "calendar\n date | kind | name_zh\n 2026-10-01 | statutory_holiday | x\n 2026-10-02 | statutory_holiday | x\n"
        "metrics\n indicator | period | target | actual\n sales | 2026-10 | 100 | 20"
    )
    row, calendar = book.rows.metrics[0], calendar_of(book)
    assert deals.attainment(row, calendar, status_date=date(2026, 10, 2)) is None
    assert deals.attainment(row, calendar, status_date=date(2026, 10, 8)) == (100, 20)  # 4 of 20 working days


def test_the_distance_to_the_market_is_negative_below_it():
    found = by_key(deals.market_distance)
    assert {key: round(value, 2) for key, value in found.items()} == {"DEAL-001": -4.62, "DEAL-003": -3.03}


def test_the_pipeline_is_what_is_open_by_stage_and_by_owner():
    assert deals.pipeline(ROWS.values()) == (3, 770_000, 250_000)
    stages = deals.pipeline_by(ROWS.values(), "stage")
    assert list(stages) == list(deals.OPEN)
    assert {name: one.deals for name, one in stages.items() if one.deals} == {
        "lead": 1,
        "needs_analysis": 1,
        "quotation": 1,
    }
    assert deals.pipeline_by(ROWS.values(), "owner") == {"RES-009": (2, 770_000, 250_000), "RES-008": (1, 0, 0)}


def test_the_win_rate_counts_what_was_signed_and_what_was_lost_in_a_period():
    assert deals.win_rate(ROWS.values()) == 75
    assert deals.win_rate(ROWS.values(), first=date(2026, 1, 1)) == pytest.approx(66.667, abs=1e-3)
    assert deals.win_rate(ROWS.values(), first=date(2026, 2, 20), last=date(2026, 4, 30)) == 50
    assert deals.win_rate(ROWS.values(), last=date(2025, 1, 1)) is None
    assert deals.win_rate([ROWS["DEAL-006"]]) is None


def test_what_was_signed_in_a_period_counts_with_its_contracts():
    assert deals.signed_amount(ROWS.values(), date(2026, 1, 2), date(2026, 2, 20)) == 2_481_000
    assert deals.signed_amount(ROWS.values(), date(2026, 1, 3), date(2026, 2, 19)) == 0


def test_days_in_a_stage_are_calendar_days():
    found = {key: deals.days_in_stage(row, date(2026, 6, 12)) for key, row in ROWS.items()}
    assert (found["DEAL-004"], found["DEAL-003"], found["DEAL-006"]) == (37, 11, None)


@pytest.mark.parametrize("text", [None, "", "2026", "2026-13", "2026-00", "0000-01", "May 2026"])
def test_a_period_that_is_no_month_is_none(text):
    assert deals.month_of(text) is None


def test_a_month_has_its_first_and_last_day():
    assert deals.month_of("2028-02") == (date(2028, 2, 1), date(2028, 2, 29))

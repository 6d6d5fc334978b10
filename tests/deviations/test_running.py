"""From problems to findings."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from automation.base.findings import Place, Severity
from automation.base.settings import RuleSetting, Settings
from automation.deviations.registry import RULES
from automation.deviations.running import judge, measured, shown
from tests.tables import sample

REQUIREMENTS = """
resources
  resource_id | name
  RES-002     | 李倩
requirements
  req_id  | title | raised_on  | priority | status    | owner
  REQ-001 | OEE   | 2026-03-18 | high     | collected | RES-002
"""
RULE = next(rule for rule in RULES if rule.id == "REQ-01")


def test_a_finding_knows_its_place_value_threshold_and_owner():
    finding = judge([RULE], sample(REQUIREMENTS).case).findings[0]
    assert finding.place == Place("requirements", "REQ-001", "status", "Y2", 2)
    assert (finding.value, finding.threshold, finding.owner) == (62, 10, "RES-002")
    assert finding.severity is Severity.HIGH


def test_a_severity_set_by_the_company_wins():
    case = sample(REQUIREMENTS).case
    case = replace(case, settings=Settings(case.settings.values, {"REQ-01": RuleSetting(severity=Severity.LOW)}))
    assert judge([RULE], case).findings[0].severity is Severity.LOW


def test_the_identity_survives_when_days_pass_and_rows_move():
    text = REQUIREMENTS.replace("  REQ-001 |", "  REQ-000 | A | 2026-06-12 | low | collected | RES-002\n  REQ-001 |")
    before = judge([RULE], sample(REQUIREMENTS).case).findings[0]
    after = judge([RULE], sample("status date 2026-06-15\n" + text).case).findings[0]
    assert before.id == after.id
    assert before.place.row != after.place.row


def test_a_failed_cell_of_another_column_does_not_keep_a_row_from_being_judged():
    case = sample(REQUIREMENTS, failed=frozenset({("requirements", 2, "title_en")})).case
    result = judge([RULE], case)
    assert len(result.findings) == 1
    assert result.skipped == ()


def test_a_row_without_a_key_is_reported_as_skipped_by_its_place():
    text = REQUIREMENTS.replace("REQ-001 |", "        |")
    case = sample(text, failed=frozenset({("requirements", 2, "raised_on")})).case
    assert judge([RULE], case).skipped == (("REQ-01", "requirements", "requirements!2"),)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (7.0, "7"),
        (6.5656, "6.6"),
        (0.04, "0"),
        (Decimal("130000.00"), "130,000"),
        (Decimal("99000.01"), "99,000.01"),
        (None, ""),
        ("T-001", "T-001"),
        (12, 12),
    ],
)
def test_values_are_shown_as_people_write_them(value, text):
    assert shown(value) == text


def test_findings_of_a_rule_beyond_the_most_are_counted_not_listed():
    rows = "\n".join(f" REQ-{number:03} | collected | 2026-05-01" for number in range(1, 8))
    case = sample(f"requirements\n req_id | status | raised_on\n{rows}").case
    rule = next(one for one in RULES if one.id == "REQ-01")
    *listed, rest = judge([rule], case, most=5).findings
    assert [one.place.key for one in listed] == [f"REQ-{number:03}" for number in range(1, 6)]
    assert (rest.place.key, rest.value, "2" in rest.message.zh) == ("", 2, True)


@pytest.mark.parametrize(
    ("value", "measured_value"),
    [(2.0, 2), (2.25, 2.25), (51.6129, 51.61), (None, None), (Decimal("2.00"), Decimal("2.00")), ("2.0", "2.0")],
)
def test_whole_numbers_are_given_as_such(value, measured_value):
    found = measured(value)
    assert (found, type(found)) == (measured_value, type(measured_value))

"""States noted in the log and judged by the next run."""

from datetime import date

import pytest

from automation.checks.registry import checked
from automation.checks.transitions import parsed, written
from automation.commands.request import Request
from automation.commands.state_notes import state_notes
from tests.tables import catalogue, project_of, settings

STATUS = date(2026, 6, 12)
BOOK = """
requirements
 req_id  | title | status
 REQ-001 | a     | {requirement}
deals
 deal_id  | customer_id | name | stage
 DEAL-001 | CUS-001     | b    | {deal}
risks
 risk_id  | title | status
 RISK-001 | c     | {risk}
changes
 change_id | req_id  | title | decision | status
 CHG-001   | REQ-001 | d     | {decision} | approved
improvements
 action_id | title | source_ref | done_on
 IMP-001   | e     | {source}   | 2026-06-10
log
 time                | user | action | sheet        | row_key  | column | old | new
 2026-06-01 09:00:00 | li   | states | requirements |          | status |     | confirmed:REQ-001
 2026-06-01 09:00:00 | li   | states | deals        |          | stage  |     | lead:DEAL-001
 2026-06-01 09:00:00 | li   | states | risks        |          | status |     | occurred:RISK-001
"""
SAME = {"requirement": "confirmed", "deal": "lead", "risk": "occurred", "decision": "pending", "source": ""}


def request(**values):
    return Request(project_of(BOOK.format(**SAME | values)), (), catalogue(), settings(), STATUS)


def wrong(**values):
    asked = request(**values)
    found = checked(asked.project, asked.catalogue, STATUS).findings
    return {one.place.key for one in found if one.rule == "V06" and one.place.column in {"status", "stage"}}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, set()),
        ({"requirement": "realised"}, set()),
        ({"requirement": "collected"}, {"REQ-001"}),
        ({"requirement": "analysed"}, {"REQ-001"}),
        ({"requirement": "analysed", "decision": "approved"}, set()),
        ({"deal": "needs_analysis"}, set()),
        ({"deal": "quotation"}, set()),
        ({"deal": "signed"}, {"DEAL-001"}),
        ({"deal": "negotiation"}, {"DEAL-001"}),
        ({"risk": "closed"}, {"RISK-001"}),
        ({"risk": "closed", "source": "RISK-001"}, set()),
    ],
)
def test_a_step_from_the_state_noted_last(values, expected):
    assert wrong(**values) == expected


def test_only_what_moved_is_noted_again():
    assert [
        (one.action, one.key, one.old, one.new)
        for one in state_notes(request(deal="quotation"))
        if one.sheet == "deals"
    ] == [("state", "DEAL-001", "lead", "quotation")]
    assert not [one for one in state_notes(request()) if one.sheet in {"deals", "risks", "requirements"}]


def test_a_sheet_that_was_never_noted_is_noted_whole():
    entries = [one for one in state_notes(request()) if one.sheet == "changes"]
    assert [(one.action, one.new) for one in entries] == [("states", "approved:CHG-001")]


def test_what_is_written_is_read_back():
    states = {"confirmed": ["REQ-001", "REQ-002"], "analysed": ["REQ-003"]}
    assert dict(parsed(written(states))) == {"REQ-001": "confirmed", "REQ-002": "confirmed", "REQ-003": "analysed"}

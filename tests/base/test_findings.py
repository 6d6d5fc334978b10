"""Findings: identity over runs, order, counts."""

from dataclasses import replace

from automation.base.findings import EMPTY, Finding, FindingStatus, Place, Severity, Text, counts, ordered


def finding(*, rule="REQ-01", severity=Severity.HIGH, sheet="requirements", key="REQ-001", column="status", row=2):
    return Finding(rule, severity, Place(sheet, key, column, f"A{row}", row), EMPTY, EMPTY)


def test_identity_is_rule_sheet_key_and_column_and_nothing_else():
    one = finding()
    assert one.id == replace(one, severity=Severity.LOW, value=3, place=replace(one.place, cell="B9", row=9)).id
    others = [finding(rule="REQ-02"), finding(sheet="plan"), finding(key="REQ-002"), finding(column="owner")]
    assert len({one.id, *(other.id for other in others)}) == 5


def test_identity_is_pinned_so_that_waivers_survive_new_versions():
    assert (
        finding().id
        == "F-" + __import__("hashlib").sha256(b"REQ-01\x1frequirements\x1fREQ-001\x1fstatus").hexdigest()[:10]
    )


def test_the_gravest_come_first_then_sheet_row_and_rule():
    low, late = finding(severity=Severity.LOW), finding(row=5)
    plan, error = finding(sheet="plan"), finding(severity=Severity.ERROR, sheet="risks")
    wanted = (error, finding(rule="REQ-02"), late, plan, low)
    assert ordered(reversed(wanted), ("requirements", "plan", "risks")) == wanted


def test_counts_leave_out_resolved_and_waived_ones():
    open_one = finding()
    gone = replace(open_one, status=FindingStatus.RESOLVED)
    waived = replace(open_one, status=FindingStatus.WAIVED)
    going = replace(open_one, status=FindingStatus.CONTINUING)
    assert counts([open_one, gone, waived, going]) == {"error": 0, "high": 2, "medium": 0, "low": 0, "reminder": 0}


def test_a_text_is_given_in_the_language_asked_for():
    assert (Text("甲", "one").in_("zh"), Text("甲", "one").in_("en")) == ("甲", "one")

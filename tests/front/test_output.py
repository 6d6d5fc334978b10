"""What a result looks like on the screen and as JSON."""

import json
from datetime import date
from decimal import Decimal

from automation.base.findings import Finding, FindingStatus, Place, Repair, Severity, Text
from automation.front.output import SHOWN, Result, as_json, as_text, exit_code
from tests.tables import catalogue


def finding(number=1, severity=Severity.HIGH, status=FindingStatus.NEW):
    place = Place("plan", f"T-{number:03}", "owner", f"I{number}", number)
    return Finding(
        "PLN-07", severity, place, Text("没有负责人。", "No owner."), Text("请填写。", "Fill it in."), status=status
    )


def result(*findings, **more):
    return Result("check", "book.xlsx", 1, date(2026, 6, 12), findings, **more)


def test_text_names_place_message_and_hint_in_the_language_asked_for():
    zh, en = (as_text(result(finding()), catalogue(), language) for language in ("zh", "en"))
    assert "[高] PLN-07 计划!I1  没有负责人。\n      → 请填写。" in zh
    assert "[High] PLN-07 Plan!I1  No owner.\n      → Fill it in." in en


def test_a_long_list_is_cut_and_says_where_the_rest_is():
    text = as_text(result(*(finding(number) for number in range(1, SHOWN + 4))), catalogue(), "en")
    assert text.count("PLN-07") == SHOWN
    assert "and 3 more" in text


def test_resolved_ones_are_counted_and_not_listed():
    text = as_text(result(finding(status=FindingStatus.RESOLVED)), catalogue(), "en")
    assert "Resolved 1" in text
    assert "PLN-07" not in text


def test_figures_have_their_units_and_money_its_thousands():
    figures = {"percent_complete": 55.2, "estimate_at_completion": Decimal("2221838.19"), "slip_days": 0}
    text = as_text(result(figures=figures), catalogue(), "en")
    assert "Complete 55.2%" in text
    assert "Estimate at completion 2,221,838" in text
    assert "Slip (working days) 0" in text


def test_a_dry_run_says_would():
    assert "would change 3 cells" in as_text(result(edits=3, dry_run=True), None, "en")
    assert "changed 3 cells" in as_text(result(edits=3), None, "en")


def test_json_holds_plain_values_only():
    one = Finding(
        "V02", Severity.ERROR, Place("risks", "RISK-001", "due", "T2", 2), Text("甲", "a"), Text("乙", "b"),
        value=Decimal("1.50"), threshold=3, repair=Repair(date(2026, 6, 12)),
    )  # fmt: skip
    value = json.loads(as_json(result(one, figures={"finish": date(2026, 9, 17)}), "en"))
    assert value["findings"][0]["value"] == 1.5
    assert value["findings"][0]["repair"] == "2026-06-12"
    assert value["figures"] == {"finish": "2026-09-17"}
    assert value["counts"]["error"] == 1


def test_exit_code_counts_open_findings_at_or_above_the_limit():
    assert exit_code((finding(severity=Severity.MEDIUM),), Severity.HIGH) == 0
    assert exit_code((finding(severity=Severity.HIGH),), Severity.HIGH) == 1
    for status in (FindingStatus.RESOLVED, FindingStatus.WAIVED):
        assert exit_code((finding(status=status),), Severity.LOW) == 0

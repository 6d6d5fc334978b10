"""Counts and sums: the formula names what is counted, the result is what it gives."""

from __future__ import annotations

import pytest

from automation.excel.master.tally import Tally, Where, any_of, open_findings, tally
from tests.excel.master.built import places

ROWS = {
    "risks": [
        {"project_id": "PRJ-001", "probability": 4, "status": "closed", "cost_reserve": 10.1},
        {"project_id": "PRJ-001", "probability": 4, "status": "已识别", "cost_reserve": 20.2},
        {"project_id": "PRJ-002", "probability": 2, "status": "identified", "cost_reserve": None},
        {"project_id": "", "probability": 4, "status": "identified"},
    ],
    "findings": [{"severity": "high", "status": "waived"}, {"severity": "high", "status": "new"}],
}


@pytest.mark.parametrize(
    ("count", "result"),
    [
        (tally("risks", status="identified"), 2),
        (tally("risks", status="identified", probability=4), 1),
        (Tally("risks", (Where("status", "closed", "<>"),)), 2),
        (Tally("risks", (Where("probability", 3, ">"),)), 2),
        (Tally("risks", (Where("probability", 3, "<"),)), 1),
        (tally("risks", total="cost_reserve", probability=4), 30.3),
        (tally("risks", status="occurred"), 0),
        (any_of("risks", "status", ("closed", "identified")), 3),
        (open_findings("high"), 1),
    ],
)
def test_the_result_is_what_excel_would_count(count, result):
    assert count.result(places("zh"), ROWS) == pytest.approx(result)


def test_the_formula_counts_whole_columns_by_label_and_project():
    formula = Tally("risks", (Where("status", "closed", "<>"), Where("probability", 4))).formula(places("zh"))
    assert formula == (
        "COUNTIFS('风险'!$B:$B,dashboard_filter,'风险'!$X:$X,\"<>\"&INDEX(list_risk_status,5),'风险'!$I:$I,4)"
    )


def test_sheets_without_a_project_are_counted_as_a_whole():
    assert tally("findings", severity="high").formula(places("en")) == (
        "COUNTIFS('Findings'!$C:$C,INDEX(list_severity,2))"
    )

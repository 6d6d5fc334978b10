"""The commands on resource load and on the review of risks."""

from datetime import date

import pytest

from automation.base.errors import UsageError
from automation.commands.loading import load
from automation.commands.request import Request
from automation.commands.reviewing_risks import risk_review
from tests.deviations.test_loads import BOOK
from tests.tables import catalogue, project_of, settings

STATUS = date(2026, 6, 12)
RISKS = """
projects
 project_id | name | status
 PRJ-001    | A    | running
 PRJ-002    | B    | closed
risks
 risk_id  | project_id | title | identified_on | probability | impact | previous_exposure | last_review | review_cycle | status   | cost_reserve
 RISK-001 | PRJ-001    | a     | 2026-05-01    | 4           | 5      | 12                | 2026-05-29  | 14           | assessed | 1000
 RISK-002 | PRJ-001    | b     | 2026-05-01    | 2           | 3      | 8                 | 2026-05-30  | 14           | assessed | 500
 RISK-003 | PRJ-001    | c     | 2026-06-11    |             |        |                   |             |              | identified |
 RISK-004 | PRJ-001    | d     | 2026-05-01    | 1           | 1      | 1                 | 2026-05-01  | 14           | closed   | 99
 RISK-005 | PRJ-002    | e     | 2026-05-01    | 1           | 1      | 1                 | 2026-05-01  | 14           | assessed | 99
"""


def asked(tables, **parameters):
    return Request(project_of(tables), (), catalogue(), settings(), STATUS, parameters)


class TestLoad:
    def test_figures_tables_and_lines_tell_who_is_overloaded(self):
        outcome = load(asked(BOOK.replace("{capacity}", "100")))
        assert outcome.figures["overloaded_resources"] == 2
        assert outcome.figures["overloaded_weeks"] == 3
        assert outcome.tables["loads"][0]["tasks"] == {"T-001": 3, "T-002": 2.5}
        assert outcome.lines[0].zh.startswith("! RES-001 甲：最高 110%(2026-06-15 起一周：T-001 3 天、T-002 2.5 天")
        assert "1 week overloaded" in outcome.lines[0].en

    def test_no_work_left_is_said(self):
        outcome = load(asked("projects\n project_id | name\n PRJ-001 | A\n"))
        assert outcome.lines[0].en == "There is no work left that uses resources."

    @pytest.mark.parametrize("weeks", ["0", "x", "-1", "1.5"])
    def test_weeks_must_be_a_whole_number(self, weeks):
        with pytest.raises(UsageError, match="--weeks"):
            load(asked(BOOK.replace("{capacity}", "100"), weeks=weeks))


class TestRiskReview:
    def test_a_risk_is_due_on_the_day_of_its_next_review(self):
        outcome = risk_review(asked(RISKS))
        assert [(one["risk"], one["due"], one["trend"]) for one in outcome.tables["risks"]] == [
            ("RISK-001", True, "rising"),
            ("RISK-002", False, "falling"),
            ("RISK-003", False, "new"),
        ]
        assert outcome.tables["matrix"] == {"2x3": ["RISK-002"], "4x5": ["RISK-001"]}
        assert outcome.figures["reserve"] == 1500
        assert outcome.figures["by_level"]["very_high"] == 1

    def test_a_review_keeps_the_exposure_and_dates_the_next_one(self):
        outcome = risk_review(asked(RISKS, write=True))
        written = {edit.value for edit in outcome.edits}
        assert {20, STATUS, date(2026, 6, 26)} <= written
        assert [(one.key, one.column, one.old, one.new) for one in outcome.log] == [
            ("RISK-001", "last_review", date(2026, 5, 29), STATUS),
            ("RISK-001", "previous_exposure", 12, 20),
        ]
        assert "RISK-001" in outcome.question.zh

    def test_risks_may_be_named(self):
        outcome = risk_review(asked(RISKS, only="RISK-002; RISK-002"))
        assert outcome.figures["reviewed"] == 1
        with pytest.raises(UsageError, match="RISK-004"):
            risk_review(asked(RISKS, only="RISK-004"))

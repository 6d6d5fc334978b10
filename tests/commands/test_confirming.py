"""Confirming requirements, registering deliveries, and the impact of changes as commands."""

from datetime import date

import pytest

from automation.base.errors import UsageError
from automation.commands.confirming import confirm
from automation.commands.impact import change_impact
from automation.commands.registering import register
from automation.commands.request import Request
from automation.deviations.derived import text_digest
from tests.tables import catalogue, project_of, settings

STATUS = date(2026, 6, 12)
BOOK = """
projects
 project_id | name | customer_id | customer_owner | status  | start_planned
 PRJ-001    | A    | CUS-001     | CON-001        | running | 2026-06-01
contacts
 contact_id | customer_id | name
 CON-001    | CUS-001     | 周明
 CON-002    | CUS-002     | 赵雪
requirements
 req_id  | title | description | priority | status    | acceptance_criterion | feas_technical | feas_cost | feas_time | verify_method | conflict_with | conflict_resolution
 REQ-001 | a     | 采集        | high     | analysed  | 采集率≥99%           | feasible       | feasible  | feasible  | functional_test |               |
 REQ-002 | b     | 看板        | medium   | {second}  | {criterion}          | {feasible}     | feasible  | feasible  | {method}      | {conflict}    | {solved}
 REQ-003 | c     | 取消        | high     | cancelled |                      |                |           |           |               |               |
deliverables
 deliverable_id | name | accept_status | delivered_on | accepted_on | accept_remark
 DLV-001        | 软件 | {state}       | {delivered}  |             |
changes
 change_id | project_id | title | decision | added_effort | affected_tasks | impact_days
 CHG-001   | PRJ-001    | x     | pending  | 2            | T-001          | 9
plan
 task_id | duration
 T-001   | 5
"""
USUAL = {
    "second": "analysed",
    "criterion": "延迟≤2秒",
    "feasible": "feasible",
    "method": "functional_test",
    "conflict": "",
    "solved": "",
    "state": "not_submitted",
    "delivered": "",
}


def asked(parameters=None, **values):
    return Request(project_of(BOOK.format(**USUAL | values)), (), catalogue(), settings(), STATUS, parameters or {})


class TestConfirm:
    def test_who_when_and_what_is_noted_and_the_baseline_set(self):
        outcome = confirm(asked())
        written = [edit.value for edit in outcome.edits]
        assert outcome.figures == {"confirmed": 2, "baseline": True}
        assert text_digest("采集", "采集率≥99%") in written
        assert written.count("CON-001") == 2
        assert {entry.column for entry in outcome.log} == {"status", "req_baseline_on"}
        assert "2" in outcome.question.zh

    @pytest.mark.parametrize(
        ("values", "column"),
        [
            ({"criterion": ""}, "acceptance_criterion"),
            ({"criterion": "好用"}, "acceptance_criterion"),
            ({"feasible": "not_feasible"}, "feasibility"),
            ({"feasible": ""}, "feasibility"),
            ({"method": ""}, "verify_method"),
            ({"conflict": "REQ-001"}, "conflict_resolution"),
        ],
    )
    def test_what_is_not_ready_is_named_and_nothing_is_written(self, values, column):
        outcome = confirm(asked(**values))
        assert outcome.edits == ()
        assert [(one.place.key, one.place.column) for one in outcome.findings] == [("REQ-002", column)]

    def test_a_requirement_of_high_priority_that_is_not_analysed_keeps_the_baseline_from_being_set(self):
        high = BOOK.replace("| medium   |", "| high     |")
        request = Request(
            project_of(high.format(**USUAL | {"second": "collected"})), (), catalogue(), settings(), STATUS
        )
        outcome = confirm(request)
        assert [one.place.key for one in outcome.findings] == ["REQ-002"]
        assert "需求基线" in outcome.findings[0].message.zh
        assert outcome.edits == ()

    def test_some_can_be_confirmed_without_a_baseline(self):
        outcome = confirm(asked({"only": "REQ-001", "on": "2026-06-10"}))
        assert outcome.figures == {"confirmed": 1, "baseline": False}
        assert date(2026, 6, 10) in [edit.value for edit in outcome.edits]

    @pytest.mark.parametrize("parameters", [{"only": "REQ-009"}, {"by": "CON-002"}, {"on": "2026-06-13"}, {"on": "x"}])
    def test_what_does_not_exist_is_refused(self, parameters):
        with pytest.raises(UsageError):
            confirm(asked(parameters))


class TestRegister:
    def test_the_usual_next_state_on_the_status_date(self):
        outcome = register(asked({"id": "DLV-001"}))
        assert outcome.figures["status"] == "submitted"
        assert {edit.value for edit in outcome.edits} == {"Submitted", STATUS, "CON-001"}

    def test_labels_and_codes_name_a_state(self):
        request = asked(
            {"id": "DLV-001", "status": "有条件验收", "remark": "补测试"}, state="submitted", delivered="2026-06-01"
        )
        assert register(request).figures["status"] == "accepted_with_conditions"

    @pytest.mark.parametrize(
        ("parameters", "values", "code"),
        [
            ({"status": "accepted"}, {}, "TRANSITION"),
            ({"status": "rejected"}, {"state": "submitted", "delivered": "2026-06-01"}, "NO_REMARK"),
            ({}, {"delivered": "2026-06-01"}, "TAKEN"),
            ({"on": "2026-07-01"}, {}, "NOT_A_DATE"),
            ({"by": "CON-009"}, {}, "NO_SUCH_ROW"),
            ({"id": "DLV-009"}, {}, "NO_SUCH_ROW"),
        ],
    )
    def test_what_cannot_follow_or_would_be_overwritten_is_refused(self, parameters, values, code):
        with pytest.raises(UsageError) as caught:
            register(asked({"id": "DLV-001"} | parameters, **values))
        assert caught.value.code == code


class TestImpact:
    def test_pending_changes_are_judged_and_typed_values_named(self):
        outcome = change_impact(asked())
        assert outcome.figures["changes"]["CHG-001"]["impact_days"] == 2
        assert any("表中原为 9" in line.zh for line in outcome.lines)
        assert outcome.needs == ()

    def test_writing_needs_the_right_and_is_logged(self):
        outcome = change_impact(asked({"write": True}))
        assert 2 in [edit.value for edit in outcome.edits]
        assert [(one.key, one.old, one.new) for one in outcome.log] == [("CHG-001", 9, 2)]
        assert outcome.needs

    def test_an_unknown_change_is_refused(self):
        with pytest.raises(UsageError, match="CHG-009"):
            change_impact(asked({"only": "CHG-009"}))

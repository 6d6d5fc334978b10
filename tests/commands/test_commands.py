"""Commands as pure functions: which cells they want changed, which values, and what they say."""

from datetime import date

import pytest

from automation.base.errors import UsageError
from automation.commands.checking import check
from automation.commands.registry import COMMANDS
from automation.commands.repairing import repair
from automation.commands.request import Request
from automation.commands.scheduling import baseline, forecast, reschedule
from automation.model.effects import CellEdit
from automation.model.project import build
from automation.model.tables import Raw, RawSheet
from tests.tables import catalogue, project_of, settings

DAY = date(2026, 6, 12)
PLAN = """
projects
 project_id | start_planned | finish_deadline | baseline_on
 PRJ-001    | 2026-06-01    | 2026-06-30      | {baseline_on}
plan
 task_id | duration | predecessors | kind      | actual_start | actual_finish | percent_complete
 T-001   | 5        |              | task      | 2026-06-01   | 2026-06-05    | 100
 T-002   | 5        | T-001        | task      | 2026-06-08   |               | 40
 T-003   | 0        | T-002        | milestone |              |               | 0
changes
 change_id | title | decision | approved_by | approved_on
 CHG-001   | A     | approved | CON-001     | 2026-06-10
 CHG-002   | B     | pending  |             |
"""


def request(tables, read=(), **parameters):
    return Request(project_of(tables), read, catalogue(), settings(), DAY, parameters)


def edits_of(outcome, project):
    """Edits as {(row key, column): value}."""
    found = {}
    for edit in outcome.edits:
        if isinstance(edit, CellEdit):
            table = next(one for one in project.tables.values() if one.name == edit.sheet)
            for index, row in enumerate(table.rows):
                for column in table.columns:
                    if table.cell(row.row, column) == edit.cell:
                        found[table.keys[index], column] = edit.value
    return found


class TestScheduling:
    def test_reschedule_writes_early_dates_float_and_critical_in_the_books_language(self):
        asked = request(PLAN.format(baseline_on=""))
        found = edits_of(reschedule(asked), asked.project)
        assert found["T-002", "calc_start"] == date(2026, 6, 8)
        assert found["T-002", "calc_finish"] == date(2026, 6, 12)
        assert found["T-003", "calc_finish"] == date(2026, 6, 12)
        assert found["T-003", "critical"] == "Yes"
        assert ("T-003", "forecast_finish") not in found

    def test_forecast_puts_the_rest_after_the_status_date(self):
        asked = request(PLAN.format(baseline_on=""))
        outcome = forecast(asked)
        found = edits_of(outcome, asked.project)
        assert found["T-002", "forecast_finish"] == date(2026, 6, 17)
        assert found["PRJ-001", "forecast_finish"] == date(2026, 6, 17)
        assert found["PRJ-001", "percent_complete"] == 70
        assert outcome.figures["percent_complete"] == 70

    def test_what_is_already_there_is_no_edit(self):
        text = PLAN.format(baseline_on="")
        text = text.replace("predecessors |", "predecessors | calc_start | calc_finish | total_float | critical |", 1)
        lines = []
        for line in text.splitlines():
            cells = line.split("|")
            if line.strip().startswith("T-00"):
                start, finish = {"T-001": (1, 5), "T-002": (8, 12), "T-003": (12, 12)}[cells[0].strip()]
                cells[3:3] = [f" 2026-06-{start:02} ", f" 2026-06-{finish:02} ", " 0 ", " yes "]
            lines.append("|".join(cells))
        asked = request("\n".join(lines))
        assert edits_of(reschedule(asked), asked.project) == {}

    def test_baseline_freezes_the_drawn_dates(self):
        asked = request(PLAN.format(baseline_on=""))
        found = edits_of(baseline(asked), asked.project)
        assert found["T-002", "baseline_finish"] == date(2026, 6, 12)
        assert found["PRJ-001", "baseline_on"] == DAY

    @pytest.mark.parametrize(("change", "code"), [(None, "BASELINE_EXISTS"), ("CHG-002", "CHANGE_NOT_APPROVED")])
    def test_a_second_baseline_needs_an_approved_change(self, change, code):
        with pytest.raises(UsageError) as error:
            baseline(request(PLAN.format(baseline_on="2026-06-01"), change=change))
        assert error.value.code == code

    def test_a_second_baseline_with_consent_is_logged(self):
        outcome = baseline(request(PLAN.format(baseline_on="2026-06-01"), change="CHG-001"))
        assert outcome.log[0].action == "baseline"
        assert outcome.log[0].key == "CHG-001"


class TestCheck:
    def test_without_write_nothing_is_wanted(self):
        assert check(request(PLAN.format(baseline_on=""))).edits == ()

    def test_health_is_the_gravest_of_the_rules_that_count(self):
        text = PLAN.format(baseline_on="2026-06-01").replace("2026-06-30", "2026-06-15")
        asked = request(text, write=True)
        outcome = check(asked)
        assert {one.rule for one in outcome.findings} >= {"PLN-04"}
        assert edits_of(outcome, asked.project)["PRJ-001", "health"] == "Red"

    def test_rows_that_could_not_be_judged_are_named(self):
        text = "requirements\n req_id | title | status | raised_on\n REQ-001 | One | nonsense | 2026-05-01\n"
        outcome = check(request(text))
        assert any("REQ-01" in notice.zh and "REQ-001" in notice.zh for notice in outcome.notices)


class TestRepair:
    def test_only_offered_repairs_become_edits_and_the_log_keeps_the_old_value(self):
        header = ["contact_id", "name", "is_key", "birthday"]
        rows = [["CON-001", " 周明 ", "Yes", "1982.6.17"], ["CON-002", "林", "也许", None]]
        project, findings = build(Raw("b.xlsx", (RawSheet("联系人", [header, *rows]),)), catalogue())
        outcome = repair(Request(project, findings, catalogue(), settings(), DAY))
        assert {(edit.cell, edit.value) for edit in outcome.edits} == {
            ("B2", "周明"), ("C2", "是"), ("D2", date(1982, 6, 17)),
        }  # fmt: skip
        assert {entry.old for entry in outcome.log} == {" 周明 ", "Yes", "1982.6.17"}


def test_every_command_says_what_it_does_in_both_languages():
    for command in COMMANDS:
        assert command.name.zh
        assert command.help.zh != command.help.en
    assert len({command.id for command in COMMANDS}) == len(COMMANDS)

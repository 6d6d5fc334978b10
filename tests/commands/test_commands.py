"""Commands as pure functions: which cells they want changed, which values, and what they say."""

from datetime import date

import pytest

from automation.base.errors import UsageError
from automation.base.findings import Finding, FindingStatus, Place, Severity, Text
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


DOUBTFUL = """
projects
 project_id | start_planned | finish_deadline | forecast_finish | slip_days | percent_complete
 PRJ-001    | 2026-06-01    | 2026-06-12      | 2026-07-01      | 3         | 40
 PRJ-002    | 2026-06-01    | 2026-12-31      |                 |           |
resources
 resource_id | name | kind
 RES-001     | A    | person
plan
 task_id | project_id | duration | predecessors | kind      | baseline_start | baseline_finish | forecast_finish | percent_complete | wbs
 T-001   | PRJ-001    | 5        |              | task      | 2026-06-01     | 2026-06-05      | 2026-06-19      | 0                | 1.1
 T-002   | PRJ-001    | 5        | T-001        | task      | 2026-06-08     | 2026-06-12      | 2026-06-26      | 0                | 1.2
 T-003   | PRJ-001    | 0        | T-002        | milestone | 2026-06-12     | 2026-06-12      | 2026-06-26      | 0                | 1.3
 T-004   | PRJ-001    | 2        |              | task      | 2026-06-01     | 2026-06-02      |                 | 0                | 1.4
 T-005   | PRJ-002    | 2        |              | task      | 2026-06-01     | 2026-06-02      |                 | 0                | 1.5
findings
 finding_id | rule_id | severity | sheet | row_key | column | message_zh | message_en | first_seen | last_seen | status | waive_reason
 {PLN03}    | PLN-03  | high     | 计划  | T-003   | 偏差(工作日) | 甲   | a          | 2026-06-01 | 2026-06-05 | new    |
 {PLN04}    | PLN-04  | high     | 项目  | PRJ-001 | 预测完成     | 甲   | a          | 2026-06-01 | 2026-06-05 | new    |
 {PLN02}    | PLN-02  | high     | 计划  | T-009   | 实际完成     | 甲   | a          | 2026-06-01 | 2026-06-05 | new    |
"""


def identity(rule, sheet, key, column):
    place = Place(sheet, key, column)
    return Finding(rule, Severity.HIGH, place, Text("", ""), Text("", "")).id


DOUBTFUL = DOUBTFUL.format(
    PLN03=identity("PLN-03", "plan", "T-003", "slip_days"),
    PLN04=identity("PLN-04", "projects", "PRJ-001", "forecast_finish"),
    PLN02=identity("PLN-02", "plan", "T-009", "actual_finish"),
)
ROW_2 = " T-002   | PRJ-001    | 5        | T-001        |"
WRONG = {
    "cycle": ROW_2.replace("T-001        |", "T-003        |"),
    "itself": ROW_2.replace("T-001        |", "T-002        |"),
    "unknown": ROW_2.replace("T-001        |", "T-999        |"),
    "unreadable": ROW_2.replace("T-001        |", "T-001XX+3    |"),
    "lag": ROW_2.replace("T-001        |", "T-001FS+99999999 |"),
    "duration": ROW_2.replace("| 5        |", "| 1e9      |"),
    "empty": ROW_2.replace("| 5        |", "|          |"),
}
every_wrong = pytest.mark.parametrize("row", WRONG.values(), ids=WRONG)


class TestDoubtfulPlan:
    """A wrong input of T-002: nothing that rests on it is written, judged or called resolved."""

    @every_wrong
    @pytest.mark.parametrize("command", [check, forecast, reschedule])
    def test_nothing_that_rests_on_it_is_written(self, row, command):
        asked = request(DOUBTFUL.replace(ROW_2, row), write=True)
        found = edits_of(command(asked), asked.project)
        dates = {"calc_start", "calc_finish", "forecast_start", "forecast_finish", "slip_days", "percent_complete"}
        written = {key for key, column in found if column in dates}
        assert not written & {"PRJ-001", "T-002", "T-003"}
        assert written & {"T-001", "T-004"}
        assert "T-005" in written
        assert ("T-001", "total_float") not in found

    @every_wrong
    def test_figures_are_unknown_and_a_notice_names_cause_and_tasks(self, row):
        outcome = forecast(request(DOUBTFUL.replace(ROW_2, row)))
        names = ("percent_complete", "planned_percent", "finish", "forecast_finish", "slip_days", "deadline_slip_days")
        assert [outcome.figures[name] for name in names] == [None] * len(names)
        assert outcome.figures["projects"]["PRJ-002"]["forecast_finish"] == date(2026, 6, 16)
        (notice,) = outcome.notices
        assert "PRJ-001" in notice.zh
        assert "T-002" in notice.zh
        assert "T-003" in notice.en

    @every_wrong
    def test_findings_of_the_run_before_that_cannot_be_judged_stay(self, row):
        outcome = check(request(DOUBTFUL.replace(ROW_2, row)))
        status = {(one.rule, one.place.key): one.status for one in outcome.findings}
        assert status["PLN-03", "T-003"] is FindingStatus.CONTINUING
        assert status["PLN-04", "PRJ-001"] is FindingStatus.CONTINUING
        assert status["PLN-02", "T-009"] is FindingStatus.RESOLVED
        assert any("上次的 2 项" in notice.zh for notice in outcome.notices)
        assert any("PLN-04" in notice.zh and "PRJ-001" in notice.zh for notice in outcome.notices)
        assert len(set(outcome.notices)) == len(outcome.notices)

    @every_wrong
    def test_no_baseline_is_set(self, row):
        with pytest.raises(UsageError) as error:
            baseline(request(DOUBTFUL.replace(ROW_2, row)))
        assert error.value.code == "PLAN_NOT_COMPUTED"

    def test_a_duplicated_row_is_a_doubt_too(self):
        line = next(line for line in DOUBTFUL.splitlines() if line.startswith(ROW_2))
        outcome = forecast(request(DOUBTFUL.replace(line, f"{line}\n{line}")))
        assert outcome.figures["forecast_finish"] is None

    @pytest.mark.parametrize("column", ["duration", "predecessors", "percent_complete", "project_id", "task_id"])
    def test_without_a_column_nothing_is_computed_and_nothing_is_resolved(self, column):
        project = project_of(DOUBTFUL, lacks=(f"plan.{column}",))
        asked = Request(project, (), catalogue(), settings(), DAY, {"write": True})
        outcome = check(asked)
        dates = {"forecast_finish"} if column == "percent_complete" else {"forecast_finish", "calc_finish"}
        assert not [edit for edit in edits_of(outcome, project) if edit[1] in dates]
        status = {(one.rule, one.place.key): one.status for one in outcome.findings}
        assert status["PLN-03", "T-003"] is FindingStatus.CONTINUING
        assert status["PLN-04", "PRJ-001"] is FindingStatus.CONTINUING
        label = catalogue().sheets["plan"].column(column).label
        assert any(f"“计划”表缺少列“{label.zh}”" in notice.zh for notice in outcome.notices)
        if column != "percent_complete":
            with pytest.raises(UsageError):
                baseline(asked)

    def test_a_missing_owner_column_is_one_notice(self):
        project = project_of(DOUBTFUL, lacks=("plan.owner",))
        outcome = check(Request(project, (), catalogue(), settings(), DAY))
        assert "PLN-07" not in {one.rule for one in outcome.findings}
        assert sum("“负责人”" in notice.zh for notice in outcome.notices) == 1

    def test_a_finding_on_a_sheet_that_is_gone_is_not_resolved(self):
        text = DOUBTFUL[: DOUBTFUL.index("plan\n")] + DOUBTFUL[DOUBTFUL.index("findings\n") :]
        status = {(one.rule, one.place.key): one.status for one in check(request(text)).findings}
        assert status["PLN-03", "T-003"] is FindingStatus.CONTINUING

    def test_a_sound_plan_resolves_what_is_gone(self):
        text = DOUBTFUL.replace("2026-06-12      | 2026-07-01", "2026-12-31      | 2026-07-01")
        outcome = check(request(text, write=True))
        status = {(one.rule, one.place.key): one.status for one in outcome.findings}
        assert status["PLN-04", "PRJ-001"] is FindingStatus.RESOLVED
        assert status["PLN-03", "T-003"] is FindingStatus.CONTINUING
        assert outcome.figures["forecast_finish"] == date(2026, 6, 26)
        assert outcome.figures["projects"]["PRJ-001"]["forecast_finish"] == date(2026, 6, 26)
        assert outcome.figures["projects"]["PRJ-002"]["budget_used"] is None


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


class TestProvisional:
    CALENDAR = "calendar\n date | kind\n 2026-06-19 | statutory_holiday\n"

    def notices(self, tables):
        return [notice for notice in reschedule(request(tables)).notices if "provisional" in notice.en]

    def test_a_plan_that_runs_beyond_the_holidays_known_is_called_provisional(self):
        tables = PLAN.format(baseline_on="").replace(" T-002   | 5  ", " T-002   | 300") + self.CALENDAR
        (notice,) = self.notices(tables)
        assert "PRJ-001" in notice.zh
        assert "2026 年" in notice.zh

    def test_a_plan_within_them_is_not_and_neither_is_one_without_any(self):
        assert self.notices(PLAN.format(baseline_on="") + self.CALENDAR) == []
        assert self.notices(PLAN.format(baseline_on="").replace(" T-002   | 5  ", " T-002   | 300")) == []

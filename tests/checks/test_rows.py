from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from automation.base.findings import Severity
from automation.checks.rows import check_rows
from automation.checks.wording import LONGEST
from automation.planning.workbook import calendar_of, plans_of
from tests.checks.books import STATUS_DATE, result
from tests.tables import catalogue


def repairs(text):
    return {finding.place.cell: finding.repair and finding.repair.value for finding in result(text).findings}


def test_a_sound_row_of_every_sheet_has_no_finding():
    for sheet in catalogue().business:
        assert result(f"{sheet.id}\n{sheet.key}\n{sheet.prefix}-001").findings == (), sheet.id


def test_every_finding_is_an_error_with_place_value_and_owner_row():
    finding = result("requirements\n req_id | importance\n REQ-001 | 3\n REQ-002 | 9").one()
    assert (finding.rule, finding.severity, finding.value) == ("V02", Severity.ERROR, 9)
    place = finding.place
    assert (place.sheet, place.key, place.column, place.cell, place.row) == (
        "requirements",
        "REQ-002",
        "importance",
        "B3",
        3,
    )


def test_check_rows_gives_the_findings_of_one_table():
    project = result("requirements\n req_id | importance\n REQ-001 | 9\n REQ-002 | -").project
    found = list(check_rows(project.table("requirements"), catalogue()))
    assert [(finding.rule, finding.place.cell) for finding in found] == [("V01", "B3"), ("V02", "B2")]


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        ("importance", "'4", 4),
        ("importance", "４", 4),
        ("est_effort", "'12.5", 12.5),
        ("est_cost", "'1,200.50", 1200.5),
        ("raised_on", "2026.6.1", date(2026, 6, 1)),
        ("raised_on", "2026年6月1日", date(2026, 6, 1)),
        ("raised_on", "'2026-06-01", date(2026, 6, 1)),
        ("raised_on", "20260601", date(2026, 6, 1)),
    ],
)
def test_numbers_and_days_stored_as_text_are_repaired_to_what_they_mean(column, cell, value):
    assert repairs(f"requirements\n req_id | {column}\n REQ-001 | {cell}") == {"B2": value}


def test_moments_stored_as_text_are_repaired_to_what_they_mean():
    book = "requests\n request_id | received_at\n SR-001 | '2026-06-08 9:10\n SR-002 | '2026-06-08"
    assert repairs(book) == {"B2": datetime(2026, 6, 8, 9, 10), "B3": datetime(2026, 6, 8)}


@pytest.mark.parametrize("cell", ["'2026-06-08T09:10:00+08:00", "'2026-06-08T09:10:00.5Z"])
def test_a_moment_as_text_that_json_schema_would_accept_is_still_not_a_moment(cell):
    assert result(f"requests\n request_id | received_at\n SR-001 | {cell}").cells() == [("V02", "requests", "B2")]


@pytest.mark.parametrize(("cell", "column"), [("'2.5", "importance"), ("五", "importance"), ("上周", "raised_on")])
def test_what_cannot_be_understood_is_not_repaired(cell, column):
    assert repairs(f"requirements\n req_id | {column}\n REQ-001 | {cell}") == {"B2": None}


@pytest.mark.parametrize(
    ("column", "cell", "label"),
    [
        ("priority", "高级别", None),
        ("status", "已收集了", "已收集"),
        ("feas_cost", "可行的", None),  # could be feasible with conditions, too
        ("feas_cost", "没评估", None),  # near, but not near enough to be sure
        ("verify_method", "用户验收的", "用户验收"),
    ],
)
def test_a_near_label_is_a_repair_only_when_nothing_else_can_be_meant(column, cell, label):
    assert repairs(f"requirements\n req_id | {column}\n REQ-001 | {cell}") == {"B2": label}


def test_the_opposite_is_never_offered_as_a_repair():
    book = """
        checks
        check_id | req_id | result
        CHK-001 | REQ-001 | 没通过
        CHK-002 | REQ-001 | 未通过
    """
    assert repairs(book) == {"C2": None, "C3": None}


def test_repairs_are_in_the_language_of_the_workbook():
    found = result("requirements\n req_id | priority\n REQ-001 | Mediums", language="en").one()
    assert found.repair.value == "Medium"


def test_an_empty_cell_gives_nothing_but_v01():
    book = "requirements\n req_id | raised_on | importance | priority | owner\n REQ-001 | - | - | - | -"
    assert sorted(result(book).cells()) == [("V01", "requirements", f"{letter}2") for letter in "BCDE"]


def test_an_error_value_is_said_once_by_reading_and_never_again():
    found = result("requirements\n req_id | title | priority | raised_on\n REQ-001 | #REF! | #N/A | #VALUE!")
    assert found.findings == ()
    errors = [one for one in found.read if one.severity is Severity.ERROR and one.place.row > 1]
    assert sorted(one.place.cell for one in errors) == ["B2", "C2", "D2"]
    assert {cell[2] for cell in found.failed} == {"title", "priority", "raised_on"}


def test_one_cell_has_one_finding_of_a_rule():
    book = "requirements\n req_id | performance_target\n REQ-001 | " + "长" * 300
    assert result(book).cells() == [("V02", "requirements", "B2")]


def test_a_condition_is_not_judged_on_cells_that_are_wrong_already():
    book = """
        plan
        task_id | status | percent_complete
        T-001 | done | 很多
        T-002 | 完工 | 100
    """
    assert result(book).cells() == [("V02", "plan", "C2"), ("V03", "plan", "B3")]


def test_a_rule_that_covers_an_empty_cell_replaces_v01():
    book = """
        requirements
        req_id | status | acceptance_criterion | verify_method | confirmed_by | confirmed_on
        REQ-001 | confirmed | - | review | CON-001 | 2026-06-01
    """
    assert result(book).findings == ()


def test_rows_in_which_nobody_typed_anything_are_not_rows():
    book = "requirements\n req_id | title\n REQ-001 | 甲\n - | -\n REQ-003 | 丙"
    assert result(book).project.table("requirements").numbers == [2, 3, 4]  # sound values stand in row 3
    assert result(book).cells() == [("V01", "requirements", "A3"), ("V01", "requirements", "B3")]


def test_long_values_are_cut_in_messages_but_not_in_the_finding():
    finding = result("requirements\n req_id | title\n REQ-001 | " + "长" * 61).one()
    assert finding.value == "长" * 61
    assert "长" * (LONGEST - 1) + "…" in finding.message.zh
    assert "长" * LONGEST not in finding.message.zh


def test_both_languages_in_one_workbook_are_understood_and_tidied():
    book = """
        requirements
        req_id | priority | status | category | subtype
        REQ-001 | High | collected | 功能性 | Function
    """
    found = result(book)
    assert found.findings == ()
    notes = {one.place.cell: one.repair.value for one in found.read if one.repair}
    assert notes == {"B2": "高", "C2": "已收集", "E2": "功能"}
    assert found.project.rows.requirements[0].status == "collected"


CELLS = [
    "",
    "x",
    "REQ-001",
    "高",
    "High",
    "'5",
    "5",
    "9",
    "-3",
    "2026-06-01",
    "2026.6.1",
    "'2026-13-45",
    "#REF!",
    "␣高␣",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from(CELLS), min_size=5, max_size=5), min_size=1, max_size=6))
def test_whatever_is_typed_each_cell_has_at_most_one_error_of_a_rule_and_bad_rows_do_not_touch_others(rows):
    names = ["req_id", "priority", "importance", "raised_on", "title"]
    lines = [
        " | ".join(f"REQ-{number:03}" if at == 0 else cell or "-" for at, cell in enumerate(row))
        for number, row in enumerate(rows, 1)
    ]
    found = result("requirements\n" + " | ".join(names) + "\n" + "\n".join(lines))
    cells = [(one.rule, one.place.cell) for one in found.findings]
    assert len(cells) == len(set(cells))
    alone = []
    for at, line in enumerate(lines):
        single = result("requirements\n" + " | ".join(names) + "\n" + line)
        alone += [(rule, cell.replace("2", str(at + 2))) for rule, _, cell in single.cells()]
    assert sorted(alone) == sorted(cells)


class TestImplausibleDates:
    """Days before 1990 or after 2199 are typing errors, and nothing computes with them."""

    @pytest.mark.parametrize(
        "typed", ["1989-12-31", "2200-01-01", "1900-01-01", "9999-12-31", "'1900/1/1", "'9999年12月31日"]
    )
    def test_they_are_v02_with_the_day_quoted(self, typed):
        found = result(f"requirements\nreq_id | raised_on\nREQ-001 | {typed}")
        finding = found.one()
        assert (finding.rule, finding.place.cell, finding.repair) == ("V02", "B2", None)
        assert "不合理" in finding.message.zh
        assert "implausible" in finding.message.en
        assert str(finding.value) in finding.message.zh
        assert found.project.rows.requirements[0].raised_on is None
        assert ("requirements", 2, "raised_on") in found.failed

    @pytest.mark.parametrize("typed", ["1990-01-01", "2026-06-01"])
    def test_the_first_day_and_others_are_taken(self, typed):
        assert result(f"requirements\nreq_id | raised_on\nREQ-001 | {typed}").findings == ()

    def test_the_last_day_is_taken(self):
        assert result("projects\nproject_id | finish_deadline\nPRJ-001 | 2199-12-31").findings == ()

    def test_moments_are_held_to_the_same_years(self):
        finding = result("requests\nrequest_id | received_at\nSR-001 | 1926-06-08 09:10").one()
        assert (finding.rule, finding.place.cell, finding.value) == ("V02", "B2", "1926-06-08")

    def test_a_project_from_1900_to_9999_is_not_planned(self):
        found = result("projects\nproject_id | start_planned | finish_deadline\nPRJ-001 | 1900-01-01 | 9999-12-31")
        assert found.cells() == [("V02", "projects", "B2"), ("V02", "projects", "C2")]
        calendar = calendar_of(found.project)
        assert plans_of(found.project, calendar, STATUS_DATE) == {}

    def test_birthdays_reach_further_back(self):
        assert result("contacts\ncontact_id | birthday\nCON-001 | 1976-11-08").findings == ()
        finding = result("contacts\ncontact_id | birthday\nCON-001 | '1876-11-08").one()
        assert (finding.rule, finding.place.cell) == ("V02", "B2")
        assert "1900 年至 2199 年" in finding.message.zh

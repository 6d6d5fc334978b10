"""Plans that cannot be right, as workbooks and as plan files: one clear finding each, no crash, no endless loop."""

from __future__ import annotations

import time
from datetime import date, timedelta
from itertools import chain

import pytest
import xlsxwriter

from tests.planning import cases
from tests.planning.cases import case, task

COLUMNS = {
    "task_id": "Task ID",
    "wbs": "WBS code",
    "project_id": "Project",
    "phase": "Phase",
    "name": "Task name",
    "kind": "Kind",
    "owner": "Owner",
    "duration": "Duration (wd)",
    "predecessors": "Predecessors",
    "constraint_kind": "Constraint",
    "constraint_date": "Constraint date",
    "actual_start": "Actual start",
    "actual_finish": "Actual finish",
    "percent_complete": "% complete",
    "status": "Status",
    "remaining_days": "Remaining (wd)",
}
PROJECT = ("Project ID", "Project name", "Planned start", "Contract deadline", "Status")
STATUS = "2026-01-05"


def row(number, duration=1, predecessors="", **more):
    """One task of a workbook's plan."""
    return {
        "task_id": f"T-{number:03}",
        "wbs": str(number),
        "project_id": "PRJ-001",
        "phase": "Initiation",
        "name": f"Task {number}",
        "kind": "Task",
        "owner": "RES-001",
        "duration": duration,
        "predecessors": predecessors,
        "percent_complete": 0,
        "status": "Not started",
        "remaining_days": duration,
    } | more


START = row(
    0,
    0,
    kind="Milestone",
    percent_complete=100,
    status="Done",
    actual_start=date(2026, 1, 5),
    actual_finish=date(2026, 1, 5),
)


@pytest.fixture
def workbook(tmp_path):
    """Writes a workbook with a project, these rows of its plan, and days off."""

    def write(rows, days=()):
        path = tmp_path / "plan.xlsx"
        options = {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}
        with xlsxwriter.Workbook(path, options) as book:
            sheet = book.add_worksheet("Projects")
            sheet.write_row(0, 0, PROJECT)
            values = "PRJ-001", "Bridge", date(2026, 1, 5), date(2026, 12, 31), "In progress"
            for column, value in enumerate(values):
                sheet.write(1, column, value)
            sheet = book.add_worksheet("Plan")
            sheet.write_row(0, 0, COLUMNS.values())
            for line, values in enumerate(chain([START], rows), start=1):
                for column, name in enumerate(COLUMNS):
                    if values.get(name, "") != "":
                        sheet.write(line, column, values[name])

            sheet = book.add_worksheet("Calendar")
            sheet.write_row(0, 0, ("Date", "Kind", "Name (zh)"))
            for line, day in enumerate(days, start=1):
                sheet.write(line, 0, day)
                sheet.write_row(line, 1, ("Company day off", "x"))
        return path

    return write


def told(done):
    """Rule, task and column of what a run finds in the plan; what the small workbook lacks is left out."""
    found = done.json["findings"]
    return [
        (one["rule"], one["key"], one["column"]) for one in found if one["sheet"] == "plan" and one["rule"] != "V01"
    ]


WISH = {"constraint_kind": "Start no earlier than"}
DONE = {"percent_complete": 100, "status": "Done", "remaining_days": 0}
BOOKS = {
    "nothing wrong": ([row(1), row(2, 1, "T-001")], []),
    "a cycle": (
        [row(1, 1, "T-003"), row(2, 1, "T-001"), row(3, 1, "T-002")],
        [("PLN-08", "T-001", "predecessors")],
    ),
    "a task before itself": ([row(1, 1, "T-001")], [("V05", "T-001", "predecessors")]),
    "an unknown predecessor": ([row(1, 1, "T-099")], [("V05", "T-001", "predecessors")]),
    "the year 1900": ([row(1, constraint_date=date(1900, 1, 2), **WISH)], [("V02", "T-001", "constraint_date")]),
    "the year 9999": ([row(1, constraint_date=date(9999, 12, 31), **WISH)], [("V02", "T-001", "constraint_date")]),
    "a lag of 10,000 days": ([row(1), row(2, 1, "T-001FS+10000")], []),
    "a lag beyond all measure": ([row(1), row(2, 1, "T-001FS+1000000")], [("PLN-08", "T-002", "predecessors")]),
    "a finish before its start": (
        [row(1, actual_start=date(2026, 1, 5), actual_finish=date(2026, 1, 2), **DONE)],
        [("V06", "T-001", "actual_finish")],
    ),
}


@pytest.mark.parametrize("name", BOOKS)
def test_a_hostile_workbook_is_one_clear_finding(run, workbook, name):
    rows, expected = BOOKS[name]
    book = workbook(rows)
    options = "--status-date", STATUS, "--format", "json", "--lang", "en"
    assert told(run("check", book, *options)) == expected
    for command in ("reschedule", "forecast", "simulate", "level"):
        assert run(command, book, "--dry-run", *options).exit in {0, 1}, command


def test_a_lag_of_ten_thousand_days_in_a_workbook_is_computed(run, workbook):
    done = run(
        "explain", workbook([row(1), row(2, 1, "T-001FS+10000")]), "T-002", "--status-date", STATUS, "--lang", "en"
    )
    assert "2064-05-06" in done.out


def test_a_calendar_of_days_off_only_moves_the_work_behind_them(run, workbook):
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(730)]
    done = run("explain", workbook([row(1)], days), "T-001", "--status-date", STATUS, "--lang", "en")
    assert "2028-01-03" in done.out


def test_a_workbook_with_a_chain_of_twenty_thousand_tasks_is_checked(run, workbook):
    count = 20_000
    rows = (row(number, 0.1, f"T-{number - 1:03}" if number > 1 else "") for number in range(1, count + 1))
    begun = time.process_time()
    done = run("check", workbook(rows), "--status-date", STATUS, "--format", "json", "--lang", "en", "--quiet")
    assert done.exit in {0, 1}
    assert not {rule for rule, _, _ in told(done)} & {"V05", "PLN-08"}
    assert time.process_time() - begun < 60


# Plan files

NEVER = {"uid": 2, "name": "Never", "week_minutes": [[]] * 7, "exceptions": {}}
PLANS = {
    "nothing wrong": (case(task(1), task(2, 1, "1FS")), []),
    "a cycle": (case(task(1, 1, "3FS"), task(2, 1, "1FS"), task(3, 1, "2FS")), [("XML-02", "1")]),
    "a task before itself": (case(task(1, 1, "1FS")), [("XML-02", "1")]),
    "an unknown predecessor": (case(task(1, 1, "9FS")), [("XML-02", "1")]),
    "the year 1900": (case(task(1, constraint="SNET", constraint_date="1900-01-01T08:00:00")), [("XML-01", "1")]),
    "the year 9999": (case(task(1, constraint="MFO", constraint_date="9999-12-31T17:00:00")), [("XML-01", "1")]),
    "a start in 9999": (
        case(task(1), start="2026-01-05T08:00:00", status_date="9999-12-31T17:00:00"),
        [("XML-01", "")],
    ),
    "a lag of 10,000 days": (case(task(1), task(2, 1, "1FS+10000")), []),
    "a lag beyond all measure": (case(task(1), task(2, 1, "1FS+1000000")), [("XML-02", "2")]),
    "a finish before its start": (
        case(task(1, actual_start="2026-01-09T08:00:00", actual_finish="2026-01-06T17:00:00", percent_complete=100)),
        [("XML-01", "1")],
    ),
}


@pytest.mark.parametrize("policy", ["ms", "data-date"])
@pytest.mark.parametrize("name", PLANS)
def test_a_hostile_plan_file_is_one_clear_finding(run, tmp_path, name, policy):
    made, expected = PLANS[name]
    path = tmp_path / "plan.xml"
    path.write_bytes(cases.mspdi(made))
    done = run("reschedule", path, "--policy", policy, "--format", "json", "--lang", "en")
    assert [(one["rule"], one["key"]) for one in done.json["findings"]] == expected
    assert done.exit == (1 if expected else 0)
    for command in ("simulate", "level"):
        assert run(command, path, "--format", "json").exit in {0, 1, 2}, command


@pytest.mark.parametrize("command", ["reschedule", "simulate", "level"])
def test_a_calendar_without_working_time_is_one_sentence(run, tmp_path, command):
    path = tmp_path / "plan.xml"
    path.write_bytes(cases.mspdi(case(task(1, calendar=2), calendars=(NEVER,))))
    done = run(command, path, "--lang", "en")
    assert (done.exit, done.out) == (2, "")
    assert done.err.count("\n") == 1
    assert "'Never' has no working time" in done.err


def test_a_plan_file_with_a_chain_of_a_hundred_thousand_tasks_is_scheduled(run, tmp_path):
    rows = "".join(
        f"<Task><UID>{number}</UID><Duration>PT0H6M0S</Duration>"
        f"<PredecessorLink><PredecessorUID>{number - 1}</PredecessorUID></PredecessorLink></Task>"
        for number in range(2, 100_001)
    )
    head = '<Project xmlns="http://schemas.microsoft.com/project"><StartDate>2026-01-05T08:00:00</StartDate><Tasks>'
    path = tmp_path / "plan.xml"
    path.write_text(f"{head}<Task><UID>1</UID></Task>{rows}</Tasks></Project>", encoding="utf-8")
    begun = time.process_time()
    done = run("reschedule", path, "--policy", "data-date", "--lang", "en")
    assert (done.exit, "99800 more tasks" in done.out) == (0, True)
    assert time.process_time() - begun < 60

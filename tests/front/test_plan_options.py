"""The options of a plan file through the command line, against tables worked out by hand and Microsoft Project's own.

2026-01-05 is a Monday; the weekend is the 10th and 11th.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.planning import cases
from tests.planning.cases import case, task

SIX_SECONDS = timedelta(seconds=6)


@pytest.fixture
def rescheduled(run, tmp_path):
    """The tasks of a case by number as ``reschedule PLAN.xml --format json`` gives them, and its findings."""

    def call(made, policy="ms", *options):
        path = tmp_path / "plan.xml"
        path.write_bytes(cases.mspdi(made))
        value = run("reschedule", path, "--policy", policy, "--format", "json", "--lang", "en", *options).json
        return {row["uid"]: row for row in value["tasks"]}, value["findings"]

    return call


def check(tasks, table):
    """Compare start, finish, late start, late finish, total slack in days and critical with a table of one month."""
    for line in table.strip().splitlines():
        number, *wanted = (cell.strip() for cell in line.split("|"))
        row = tasks[int(number)]
        moments = [f"{datetime.fromisoformat(row[name]):%d %H}" for name in ("start", "finish")]
        moments += [f"{datetime.fromisoformat(row[name]):%d %H}" for name in ("late_start", "late_finish")]
        assert [*moments, f"{row['total_slack_minutes'] / 480:g}", str(row["critical"]).lower()] == wanted, line


def test_a_plan_from_its_finish(rescheduled):
    as_late = {"constraint": "ALAP"}
    made = case(
        task(1, 2, **as_late),
        task(2, 1, "1FS", **as_late),
        task(3, 1, **as_late),
        task(4, 1),
        schedule_from_start=False,
        finish="2026-01-16T17:00:00",
    )
    tasks, findings = rescheduled(made)
    check(
        tasks,
        """
        1 | 14 08 | 15 17 | 14 08 | 15 17 | 0 | true
        2 | 16 08 | 16 17 | 16 08 | 16 17 | 0 | true
        3 | 16 08 | 16 17 | 16 08 | 16 17 | 0 | true
        4 | 14 08 | 14 17 | 16 08 | 16 17 | 2 | false
        """,
    )
    assert findings == []


def test_several_critical_paths(rescheduled):
    ways = task(1, 2), task(2, 1, "1FS"), task(3, 5), task(4, 1)
    check(
        rescheduled(case(*ways, multiple_critical_paths=True))[0],
        """
        1 | 05 08 | 06 17 | 05 08 | 06 17 | 0 | true
        2 | 07 08 | 07 17 | 07 08 | 07 17 | 0 | true
        3 | 05 08 | 09 17 | 05 08 | 09 17 | 0 | true
        4 | 05 08 | 05 17 | 05 08 | 05 17 | 0 | true
        """,
    )
    check(
        rescheduled(case(*ways))[0],
        """
        1 | 05 08 | 06 17 | 07 08 | 08 17 | 2 | false
        2 | 07 08 | 07 17 | 09 08 | 09 17 | 2 | false
        3 | 05 08 | 09 17 | 05 08 | 09 17 | 0 | true
        4 | 05 08 | 05 17 | 09 08 | 09 17 | 4 | false
        """,
    )


def test_constraints_that_are_honoured_and_that_are_not(rescheduled):
    wish = {"constraint": "SNLT", "constraint_date": "2026-01-06T08:00:00"}
    rows = task(1, 3), task(2, 1, "1FS", **wish)
    check(
        rescheduled(case(*rows, honor_constraints=True))[0],
        """
        1 | 05 08 | 07 17 | 01 08 | 05 17 | -2 | true
        2 | 06 08 | 06 17 | 06 08 | 06 17 | -2 | true
        """,
    )
    check(
        rescheduled(case(*rows, honor_constraints=False))[0],
        """
        1 | 05 08 | 07 17 | 01 08 | 05 17 | -2 | true
        2 | 08 08 | 08 17 | 06 08 | 06 17 | -2 | true
        """,
    )


@pytest.mark.parametrize("name", cases.names("ms-project", "*.json"))
def test_the_command_line_gives_microsoft_project_s_dates(rescheduled, name):
    made = cases.load("ms-project", name)
    tasks, _ = rescheduled(made)
    for each in made["tasks"]:
        wanted, ours = each["expected"], tasks[each["uid"]]
        for field in ("start", "finish", "late_start", "late_finish"):
            if wanted[field]:
                apart = datetime.fromisoformat(wanted[field]) - datetime.fromisoformat(ours[field])
                assert abs(apart) <= SIX_SECONDS, (each["uid"], field)
        assert abs((wanted["total_slack_min"] or 0) - ours["total_slack_minutes"]) <= 1, each["uid"]
        assert bool(wanted["critical"]) is ours["critical"], each["uid"]


@pytest.mark.parametrize("name", cases.names("p6-native", "*-*"))
def test_the_command_line_gives_primavera_s_dates_and_floats(run, tmp_path, name):
    xml, expected = cases.p6(name)
    path = tmp_path / "plan.xml"
    path.write_bytes(xml)
    value = run("reschedule", path, "--policy", "data-date", "--format", "json").json
    rows = {row["name"]: row for row in value["tasks"]}
    for wanted in expected:
        row = rows[wanted["activity_code"]]
        for field, theirs in (("start", "ES"), ("finish", "EF"), ("late_start", "LS"), ("late_finish", "LF")):
            assert datetime.fromisoformat(row[field]) == cases.moment(wanted[f"{theirs}_p6"]), (name, field)
        assert row["total_slack_minutes"] / 480 == float(wanted["TF_p6"] or 0)
        assert row["free_slack_minutes"] / 480 == float(wanted["FF_p6"] or 0)


def test_drivers_of_levelled_tasks_and_of_summaries(rescheduled):
    below = task(11, 1, parent=10), task(12, 2, "11FS", parent=10)
    tasks, _ = rescheduled(case(task(1, 1, leveling_delay_min=1440), task(10, 1, summary=True), *below))
    assert tasks[1]["driver"] == {"kind": "levelling"}
    assert tasks[10]["driver"] == {"kind": "tasks", "start": 11, "finish": 12}


def test_what_the_data_date_leaves_out_is_said_with_its_tasks(rescheduled):
    made = case(
        task(1, 1, leveling_delay_min=1440),
        task(2, 1, leveling_delay_min=1440),
        task(3, 1, constraint="ALAP"),
        task(4, 1, assignments=[{"resource": 1, "units": 1, "work_min": 480}]),
        task(5, 1, leveling_delay_min=1440, actual_start="2026-01-05T08:00:00", actual_finish="2026-01-05T17:00:00"),
        calendars=({"uid": 2, "name": "Night", "week_minutes": [[[1200, 1440]]] * 7, "exceptions": {}},),
        resources=[{"uid": 1, "name": "Ann", "calendar": 2, "type": "work"}],
    )
    said = "Scheduled from the data date on, the plan does not take into account"
    _, findings = rescheduled(made, "data-date")
    assert [(one["rule"], one["severity"], one["key"], one["message"]) for one in findings] == [
        ("XML-03", "reminder", "1", f"{said} levelling delays (tasks 1, 2)"),
        ("XML-03", "reminder", "4", f"{said} the calendars of resources and their different amounts of work (task 4)"),
        ("XML-03", "reminder", "3", f"{said} the constraint 'as late as possible' (task 3)"),
    ]
    assert rescheduled(made)[1] == []


def test_a_plan_from_its_finish_is_said_not_to_be_one_under_the_data_date(rescheduled):
    made = case(task(1), schedule_from_start=False, finish="2026-01-16T17:00:00")
    _, (finding,) = rescheduled(made, "data-date")
    assert (finding["rule"], finding["column"]) == ("XML-03", "ScheduleFromStart")

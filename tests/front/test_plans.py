"""``reschedule PLAN.xml``: the JSON that outside checks rely on, the table for people, one finding for each problem."""

import json
import time
from datetime import date

import pytest

from automation.base.errors import AutomationError
from automation.exchange.mspdi import read_plan
from automation.front.output import as_json, as_text
from automation.front.plans import reschedule_plan
from automation.front.session import Common
from tests.planning import cases
from tests.planning.cases import case, task

FIELDS = {
    "uid",
    "name",
    "summary",
    "start",
    "finish",
    "early_start",
    "early_finish",
    "late_start",
    "late_finish",
    "total_slack_minutes",
    "free_slack_minutes",
    "critical",
    "driver",
}


@pytest.fixture
def plan_file(tmp_path):
    """Writes a case as a file."""

    def write(made):
        path = tmp_path / "plan.xml"
        path.write_bytes(made if isinstance(made, bytes) else cases.mspdi(made))
        return path

    return write


@pytest.fixture
def rescheduled(plan_file):
    """The result of rescheduling a case, and its tasks by number."""

    def run(made, policy="ms", **options):
        result, _ = reschedule_plan(plan_file(made), policy=policy, common=Common(**options))
        return result, {row["uid"]: row for row in result.tables["tasks"]}

    return run


def messages(result):
    """Rule, task and English message of each finding."""
    return [(finding.rule, finding.place.key, finding.message.en) for finding in result.findings]


def test_the_json_has_the_fields_that_outside_checks_rely_on(rescheduled):
    result, tasks = rescheduled(case(task(1, 2), task(2, 0.5, "1SS+1")))
    value = json.loads(as_json(result, "en"))
    assert (value["command"], value["exit"], value["findings"]) == ("reschedule", 0, [])
    assert {frozenset(row) for row in tasks.values()} == {frozenset(FIELDS)}
    assert tasks[2] == {
        "uid": 2,
        "name": "Task 2",
        "summary": False,
        "start": "2026-01-06T08:00",
        "finish": "2026-01-06T12:00",
        "early_start": "2026-01-06T08:00",
        "early_finish": "2026-01-06T12:00",
        "late_start": "2026-01-06T13:00",
        "late_finish": "2026-01-06T17:00",
        "total_slack_minutes": 240,
        "free_slack_minutes": 240,
        "critical": False,
        "driver": {"kind": "link", "uid": 1, "type": "SS", "lag_minutes": 480, "lag_unit": "working"},
    }


def test_the_driver_names_link_constraint_calendar_actual_or_project_start(rescheduled):
    night = {"uid": 2, "name": "Night", "week_minutes": [[[1320, 1440]]] * 7, "exceptions": {}}
    _, tasks = rescheduled(
        case(
            task(1),
            task(2, 1, "1FS"),
            task(3, 1, constraint="SNET", constraint_date="2026-01-08T08:00:00"),
            task(4, 0.25, calendar=2),
            task(5, 1, actual_start="2026-01-05T08:00:00", percent_complete=10),
            calendars=(night,),
        )
    )
    assert [tasks[uid]["driver"] for uid in range(1, 6)] == [
        {"kind": "project_start"},
        {"kind": "link", "uid": 1, "type": "FS"},
        {"kind": "constraint"},
        {"kind": "calendar"},
        {"kind": "actual"},
    ]


@pytest.mark.parametrize(
    ("language", "head", "line"),
    [
        ("zh", "编号  任务", "2     Task 2  2026-01-06 08:00  2026-01-06 17:00  0           是    1 FS"),
        ("en", "UID  Task", "2    Task 2  2026-01-06 08:00  2026-01-06 17:00  0          yes       1 FS"),
    ],
)
def test_people_get_a_table_in_their_language(plan_file, language, head, line):
    path = plan_file(case(task(1), task(2, 1, "1FS")))
    result, catalogue = reschedule_plan(path, policy="ms", common=Common(language=language))
    lines = as_text(result, catalogue, language).splitlines()
    assert any(one.startswith(head) for one in lines)
    assert line in lines


def test_the_file_is_only_read(plan_file):
    path = plan_file(case(task(1)))
    before = path.read_bytes(), path.stat().st_mtime_ns
    reschedule_plan(path, policy="ms", common=Common())
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_remaining_work_waits_for_the_status_date_under_data_date_only(rescheduled):
    plan = case(task(1), task(2, 1, "1FS"), status_date="2026-01-12T08:00:00")
    assert rescheduled(plan)[1][1]["start"] == "2026-01-05T08:00"
    assert rescheduled(plan, "data-date")[1][1]["start"] == "2026-01-12T08:00"


def test_a_status_date_given_as_a_day_means_its_end_unless_the_file_says_which_moment(rescheduled):
    bare = case(task(1))
    assert rescheduled(bare, "data-date", status_date=date(2026, 1, 12))[1][1]["start"] == "2026-01-13T08:00"
    said = case(task(1), status_date="2026-01-12T08:00:00")
    assert rescheduled(said, "data-date", status_date=date(2026, 1, 12))[1][1]["start"] == "2026-01-12T08:00"


@pytest.mark.parametrize("policy", ["ms", "data-date"])
def test_a_loop_is_one_finding_and_what_is_behind_it_another(rescheduled, policy):
    result, tasks = rescheduled(
        case(task(1, 1, "3FS"), task(2, 1, "1FS"), task(3, 1, "2FS"), task(4, 1, "3FS"), task(5)), policy
    )
    assert messages(result) == [
        ("XML-02", "1", "The predecessors of task 1 form a loop: 1 → 2 → 3 → 1"),
        ("XML-02", "4", "1 tasks behind these have no dates: 4"),
    ]
    assert (set(tasks), result.exit) == ({5}, 1)


def test_a_predecessor_that_is_not_there_is_one_finding(rescheduled):
    result, tasks = rescheduled(case(task(1, 1, "9FS")))
    assert messages(result) == [("XML-02", "1", "Task 1 follows 9, which is not in the file; the link is left out")]
    assert tasks[1]["start"] == "2026-01-05T08:00"


@pytest.mark.parametrize("policy", ["ms", "data-date"])
def test_a_calendar_without_working_time_is_one_clear_error(plan_file, policy):
    empty = {"uid": 2, "name": "Never", "week_minutes": [[]] * 7, "exceptions": {}}
    path = plan_file(case(task(1, calendar=2), calendars=(empty,)))
    with pytest.raises(AutomationError, match="'Never' has no working time") as refused:
        reschedule_plan(path, policy=policy, common=Common())
    assert refused.value.code == "no-working-time"


@pytest.mark.parametrize(("text", "year"), [("1900-01-01T08:00:00", "1900"), ("9999-12-31T08:00:00", "9999")])
def test_a_date_in_1900_or_9999_is_one_finding(rescheduled, text, year):
    result, tasks = rescheduled(case(task(1, constraint="SNET", constraint_date=text)))
    ((rule, key, message),) = messages(result)
    assert (rule, key) == ("XML-01", "1")
    assert message == (
        f"ConstraintDate of task 1 '{year}{text[4:]}' lies outside the years 1950 to 2199 and is left out"
    )
    assert tasks[1]["start"] == "2026-01-05T08:00"


@pytest.mark.parametrize("policy", ["ms", "data-date"])
def test_a_lag_of_ten_thousand_days_is_computed(rescheduled, policy):
    result, tasks = rescheduled(case(task(1), task(2, 1, "1FS+10000")), policy)
    assert (result.findings, tasks[2]["start"]) == ((), "2064-05-06T08:00")


@pytest.mark.parametrize("policy", ["ms", "data-date"])
def test_a_lag_beyond_all_measure_is_one_finding(rescheduled, policy):
    result, tasks = rescheduled(case(task(1), task(2, 1, "1FS+1000000")), policy)
    assert messages(result) == [
        ("XML-02", "2", "Duration or lag of task 2 is above 25000 days; it has no dates"),
    ]
    assert set(tasks) == {1}


@pytest.mark.parametrize("policy", ["ms", "data-date"])
def test_a_plan_that_leaves_the_years_that_can_be_computed_is_one_clear_error(plan_file, policy):
    path = plan_file(case(*(task(number, 20_000, f"{number - 1}FS" if number > 1 else "") for number in range(1, 20))))
    with pytest.raises(AutomationError) as refused:
        reschedule_plan(path, policy=policy, common=Common())
    assert refused.value.code == "calendar-range"


def test_a_task_that_finished_before_it_started_is_one_finding(rescheduled):
    result, _ = rescheduled(
        case(task(1, actual_start="2026-01-09T08:00:00", actual_finish="2026-01-06T17:00:00", percent_complete=100))
    )
    assert [found[:2] for found in messages(result)] == [("XML-01", "1")]
    assert "lies before its start" in messages(result)[0][2]


@pytest.mark.parametrize("policy", ["ms", "data-date"])
def test_a_chain_of_a_hundred_thousand_tasks_is_scheduled(plan_file, policy):
    head = b'<Project xmlns="http://schemas.microsoft.com/project"><StartDate>2026-01-05T08:00:00</StartDate><Tasks>'
    rows = (
        f"<Task><UID>{number}</UID><Duration>PT0H6M0S</Duration><PredecessorLink><PredecessorUID>{number - 1}"
        f"</PredecessorUID></PredecessorLink></Task>"
        for number in range(1, 100_001)
    )
    text = (
        head
        + "".join(rows).replace("<PredecessorLink><PredecessorUID>0</PredecessorUID></PredecessorLink>", "").encode()
        + b"</Tasks></Project>"
    )
    begun = time.process_time()
    result, _ = reschedule_plan(plan_file(text), policy=policy, common=Common(json=True))
    assert (result.findings, result.figures["tasks"]) == ((), 100_000)
    assert result.figures["critical"] == 100_000
    assert time.process_time() - begun < 30


def test_a_file_that_is_missing_or_no_plan_is_one_clear_error(tmp_path):
    with pytest.raises(AutomationError) as missing:
        reschedule_plan(tmp_path / "none.xml", policy="ms", common=Common())
    assert missing.value.code == "plan-missing"
    (tmp_path / "other.xml").write_bytes(b"<html/>")
    with pytest.raises(AutomationError) as other:
        reschedule_plan(tmp_path / "other.xml", policy="ms", common=Common())
    assert other.value.code == "plan-xml"


def test_an_unknown_policy_is_refused_with_those_that_exist(plan_file):
    with pytest.raises(AutomationError, match="use ms or data-date"):
        reschedule_plan(plan_file(case(task(1))), policy="p6", common=Common())


def test_a_plan_without_tasks_comes_to_no_rows(rescheduled):
    assert read_plan(cases.mspdi(case())).tasks == ()
    for policy in ("ms", "data-date"):
        assert rescheduled(case(), policy)[1] == {}

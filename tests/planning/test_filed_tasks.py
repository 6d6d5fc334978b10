"""What resources and splits in a file do to when a task ends, by Microsoft Project's rules."""

from __future__ import annotations

from datetime import datetime

import pytest

from automation.exchange.mspdi import read_plan
from automation.planning.filing import Policy, filing
from automation.planning.layout import TENTHS, moment_of
from automation.planning.tasks import Break
from automation.planning.work import Reason
from tests.planning import cases
from tests.planning.cases import case, task

NIGHT = {"uid": 2, "name": "Night", "week_minutes": [[[1200, 1440]]] * 7, "exceptions": {}}
WEEKEND = {"uid": 3, "name": "All week", "week_minutes": [[[480, 720], [780, 1020]]] * 7, "exceptions": {}}
PEOPLE = [
    {"uid": 1, "name": "Ann", "calendar": 3, "type": "work"},
    {"uid": 2, "name": "Ben", "calendar": 1, "type": "work"},
]


def found(xml, policy=Policy.MICROSOFT):
    """The schedule of a file."""
    return filing(read_plan(xml), policy)


def dates(filed, number):
    """Start and finish of a task as texts such as ``05 08:00``, all in January 2026."""
    row = next(row for row in filed.rows if row.task.id == str(number))
    return tuple(f"{moment_of(moment, TENTHS):%d %H:%M}" for moment in (row.start, row.finish))


def split(xml, *stretches, start="05T08:00", finish=""):
    """The file with a task 1 that is worked on in these stretches only, such as ``05T08:00 06T17:00``."""
    items = "".join(
        f"<TimephasedData><Type>1</Type><UID>1</UID><Start>2026-01-{first}:00</Start><Finish>2026-01-{last}:00</Finish>"
        f"<Unit>2</Unit><Value>PT8H0M0S</Value></TimephasedData>"
        for first, last in (stretch.split() for stretch in stretches)
    )
    assignment = f"<Assignment><UID>1</UID><TaskUID>1</TaskUID><ResourceUID>-65535</ResourceUID>{items}</Assignment>"
    written = f"<UID>1</UID><Start>2026-01-{start}:00</Start><Finish>2026-01-{finish}:00</Finish>"
    text = xml.decode().replace("<UID>1</UID><ID>1</ID>", f"{written}<ID>1</ID>")
    return text.replace("<Assignments />", f"<Assignments>{assignment}</Assignments>").encode()


def test_a_split_counts_between_start_and_finish_and_moves_with_the_task():
    plan = case(task(1, 3), task(2, 1, "1FS"))
    xml = split(cases.mspdi(plan), "05T08:00 05T17:00", "08T08:00 09T17:00", finish="09T17:00")
    assert (dates(found(xml), 1), dates(found(xml), 2)) == (("05 08:00", "09 17:00"), ("12 08:00", "12 17:00"))
    assert found(xml).network.tasks[0].detail.breaks == (Break(4800, 9600),)
    later = case(task(1, 3, constraint="SNET", constraint_date="2026-01-06T08:00:00"), task(2, 1, "1FS"))
    moved = found(split(cases.mspdi(later), "05T08:00 05T17:00", "08T08:00 09T17:00", finish="09T17:00"))
    assert dates(moved, 1) == ("06 08:00", "12 17:00")


def test_the_late_start_of_a_split_task_leaves_room_for_its_split():
    xml = split(cases.mspdi(case(task(1, 2), task(2, 10))), "05T08:00 05T17:00", "07T08:00 07T17:00", finish="07T17:00")
    row = found(xml).rows[0]
    assert (moment_of(row.late_start, TENTHS), row.total_slack) == (datetime(2026, 1, 14, 8), 7 * 4800)


def test_a_pause_outside_working_time_is_no_split():
    xml = split(cases.mspdi(case(task(1, 2, start=None))), "05T08:00 05T17:00", "06T08:00 06T17:00", finish="06T17:00")
    assert found(xml).network.tasks[0].detail is None


def test_a_split_that_the_dates_of_the_file_contradict_is_not_believed():
    xml = split(cases.mspdi(case(task(1, 2))), "05T08:00 05T17:00", "08T08:00 08T17:00", finish="06T17:00")
    assert dates(found(xml), 1) == ("05 08:00", "06 17:00")


def test_what_is_left_of_a_started_task_keeps_the_splits_ahead_of_it():
    plan = case(
        task(
            1,
            3,
            percent_complete=33,
            actual_start="2026-01-05T08:00:00",
            remaining_duration_min=960,
            stop="2026-01-05T17:00:00",
            resume="2026-01-07T08:00:00",
        )
    )
    stretches = "05T08:00 05T17:00", "07T08:00 07T17:00", "09T08:00 09T17:00"
    assert dates(found(split(cases.mspdi(plan), *stretches, finish="09T17:00")), 1) == ("05 08:00", "09 17:00")


def test_overtime_takes_none_of_the_duration():
    given = [{"resource": 1, "units": 1, "work_min": 1440}, {"resource": 2, "units": 1, "work_min": 480}]
    xml = cases.mspdi(case(task(1, 3, assignments=given), calendars=(NIGHT, WEEKEND), resources=PEOPLE))
    assert dates(found(xml), 1) == ("05 08:00", "07 17:00")
    overtime = xml.replace(b"<Work>PT24H0M0S</Work>", b"<Work>PT24H0M0S</Work><OvertimeWork>PT8H0M0S</OvertimeWork>")
    assert dates(found(overtime), 1) == ("05 08:00", "06 17:00")


@pytest.mark.parametrize(
    ("done", "finish"),
    [
        ((480, 480), "07 17:00"),
        ((0, 480), "08 17:00"),
        ((480, 0), "07 17:00"),
        ((1440, 480), "07 17:00"),
    ],
)
def test_of_several_resources_at_started_work_each_goes_on_with_its_own_rest(done, finish):
    given = [
        {"resource": 1, "units": 1, "work_min": 1440, "actual_work_min": done[0]},
        {"resource": 2, "units": 1, "work_min": 960, "actual_work_min": done[1]},
    ]
    plan = case(
        task(
            1,
            3,
            assignments=given,
            percent_complete=40,
            actual_start="2026-01-05T08:00:00",
            remaining_duration_min=960,
            stop="2026-01-05T17:00:00",
            resume="2026-01-06T08:00:00",
        ),
        calendars=(NIGHT, WEEKEND),
        resources=PEOPLE,
    )
    assert dates(found(cases.mspdi(plan)), 1)[1] == finish


def test_a_resource_that_resumes_later_than_the_task_ends_later():
    given = [
        {"resource": 1, "units": 1, "work_min": 960, "actual_work_min": 480},
        {"resource": 2, "units": 1, "work_min": 960, "actual_work_min": 480},
    ]
    plan = case(
        task(
            1,
            2,
            assignments=given,
            percent_complete=50,
            actual_start="2026-01-05T08:00:00",
            remaining_duration_min=480,
            resume="2026-01-06T08:00:00",
        ),
        calendars=(NIGHT, WEEKEND),
        resources=PEOPLE,
    )
    xml = cases.mspdi(plan)
    assert dates(found(xml), 1)[1] == "06 17:00"
    late = b"<ResourceUID>2</ResourceUID><Resume>2026-01-09T08:00:00</Resume>"
    assert dates(found(xml.replace(b"<ResourceUID>2</ResourceUID>", late)), 1)[1] == "09 17:00"


def test_a_levelling_delay_that_fixes_a_date_is_what_drives_it():
    delayed = {"leveling_delay_min": 2 * 1440}
    filed = found(cases.mspdi(case(task(1), task(2, 1, "1FS", **delayed), task(3, **delayed), task(4, 1, "1FS"))))
    assert [row.driver for row in filed.rows[1:3]] == [Reason.LEVELLING, Reason.LEVELLING]
    assert filed.rows[3].driver.predecessor == "1"


def test_a_levelling_delay_over_a_weekend_and_one_that_a_constraint_outdoes_drive_nothing():
    weekend = case(task(1, 5), task(2, 1, "1FS", leveling_delay_min=1440))
    assert found(cases.mspdi(weekend)).rows[1].driver.predecessor == "1"
    wish = {"constraint": "SNET", "constraint_date": "2026-01-12T08:00:00"}
    later = case(task(1, 1, leveling_delay_min=1440, **wish), task(2))
    assert found(cases.mspdi(later)).rows[0].driver is Reason.CONSTRAINT


@pytest.mark.parametrize("policy", Policy)
def test_a_summary_names_the_tasks_that_fix_its_ends(policy):
    below = [task(11, 1, parent=10), task(12, 3, "11FS", parent=10), task(13, 1, "11FS", parent=10)]
    filed = found(cases.mspdi(case(task(10, 1, summary=True), *below)), policy)
    assert (filed.rows[0].ends, filed.rows[0].driver) == (("11", "12"), None)
    assert {row.ends for row in filed.rows[1:]} == {None}


@pytest.mark.parametrize(
    ("status", "start"),
    [
        ("2026-01-07T00:00:00", "07 08:00"),
        ("2026-01-07T08:00:00", "07 08:00"),
        ("2026-01-07T12:30:00", "07 13:00"),
        ("2026-01-07T17:00:00", "08 08:00"),
        ("2026-01-07T23:59:00", "08 08:00"),
    ],
)
def test_the_time_of_day_of_the_status_date_decides_whether_that_day_is_left(status, start):
    filed = found(cases.mspdi(case(task(1), status_date=status)), Policy.DATA_DATE)
    assert dates(filed, 1)[0] == start


def test_work_that_resumes_after_the_status_date_waits_until_then():
    started = {"percent_complete": 50, "actual_start": "2026-01-05T08:00:00", "remaining_duration_min": 480}
    plan = case(task(1, 2, resume="2026-01-09T08:00:00", **started), status_date="2026-01-06T17:00:00")
    filed = found(cases.mspdi(plan), Policy.DATA_DATE)
    assert (dates(filed, 1), filed.rows[0].driver) == (("05 08:00", "09 17:00"), Reason.ACTUAL)


WISH = {"constraint": "SNET", "constraint_date": "2026-01-07T08:00:00"}


@pytest.mark.parametrize("policy", Policy)
def test_no_task_starts_before_the_start_wished_of_a_summary_above_it(policy):
    below = (
        task(11, 1, parent=10),
        task(12, 1, "11FS", parent=10),
        task(13, 1, parent=10, constraint="SNET", constraint_date="2026-01-09T08:00:00"),
        task(14, 1, parent=10, constraint="MSO", constraint_date="2026-01-06T08:00:00"),
    )
    filed = found(cases.mspdi(case(task(10, 1, summary=True, **WISH), *below, task(20))), policy)
    assert [dates(filed, number)[0] for number in (11, 12, 13, 14, 20)] == [
        "07 08:00",
        "08 08:00",
        "09 08:00",
        "06 08:00",
        "05 08:00",
    ]


def test_a_start_wished_of_a_summary_before_the_project_s_asks_nothing():
    early = {"constraint": "SNET", "constraint_date": "2026-01-02T08:00:00"}
    filed = found(cases.mspdi(case(task(10, 1, summary=True, **early), task(11, 1, parent=10))))
    assert dates(filed, 11)[0] == "05 08:00"


def test_a_finish_wished_of_a_summary_limits_the_slack_of_the_tasks_below_it():
    wish = {"constraint": "FNLT", "constraint_date": "2026-01-06T17:00:00"}
    below = task(11, 1, parent=10), task(12, 3, parent=10), task(13, 1, parent=10, deadline="2026-01-05T17:00:00")
    filed = found(cases.mspdi(case(task(10, 1, summary=True, **wish), *below, task(20, 9))))
    assert [row.total_slack / 4800 for row in filed.rows[1:]] == [1, -1, 0, 0]

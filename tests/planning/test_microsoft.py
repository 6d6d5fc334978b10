"""Microsoft Project's rules one by one, on plans small enough to be worked out by hand."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from automation.base.errors import AutomationError
from automation.exchange.mspdi import read_plan
from automation.model.links import Link, LinkKind
from automation.planning.calendar import WorkCalendar
from automation.planning.filing import Policy, filing
from automation.planning.layout import TENTHS, moment_of, tick_of
from automation.planning.microsoft import Rules, schedule
from automation.planning.network import network
from automation.planning.tasks import Task
from tests.planning import cases
from tests.planning.cases import case, task

MONDAY = datetime(2026, 1, 5)
NIGHT = {"uid": 2, "name": "Night", "week_minutes": [[[1200, 1440]]] * 7, "exceptions": {}}
WEEKEND = {"uid": 3, "name": "All week", "week_minutes": [[[480, 720], [780, 1020]]] * 7, "exceptions": {}}


def computed(*tasks, policy=Policy.MICROSOFT, **options):
    """The rows of a plan by number."""
    found = filing(read_plan(cases.mspdi(case(*tasks, **options))), policy)
    assert found.problems == ()
    return {int(row.task.id): row for row in found.rows}


def at(text):
    """A moment of January 2026, such as ``05 08:00``."""
    return datetime.fromisoformat(f"2026-01-{text}")


def dates(row):
    """Start and finish of a row."""
    return moment_of(row.start, TENTHS), moment_of(row.finish, TENTHS)


def late(row):
    """Late start and finish of a row."""
    return moment_of(row.late_start, TENTHS), moment_of(row.late_finish, TENTHS)


def days(row):
    """Total and free slack of a row in days."""
    return row.total_slack / 4800, row.free_slack / 4800


@pytest.mark.parametrize(
    ("link", "start", "finish"),
    [
        ("1FS", "08 08:00", "09 17:00"),
        ("1FS+1", "09 08:00", "12 17:00"),
        ("1FS-1", "07 08:00", "08 17:00"),
        ("1SS+1", "06 08:00", "07 17:00"),
        ("1FF", "06 08:00", "07 17:00"),
        ("1FF+1", "07 08:00", "08 17:00"),
        ("1FS+1e", "09 08:00", "12 17:00"),
        ("1FS+2e", "09 17:00", "13 17:00"),
        ("1FS-50%", "06 13:00", "08 12:00"),
        ("1SS+100%", "08 08:00", "09 17:00"),
    ],
)
def test_the_four_links_move_a_task_with_their_lags(link, start, finish):
    rows = computed(task(1, 3), task(2, 2, link))
    if link == "1FS+2e":  # Friday 17:00 is Monday 08:00 for work
        start, finish = "12 08:00", "13 17:00"
    assert dates(rows[2]) == (at(start), at(finish))


def test_a_finish_that_waits_for_a_start_stands_at_that_start():
    rows = computed(task(1, 1, constraint="SNET", constraint_date="2026-01-08T08:00:00"), task(2, 1, "1SF"))
    assert dates(rows[2]) == (at("07 08:00"), at("08 08:00"))


def test_a_milestone_stays_outside_working_time():
    rows = computed(task(1, 5), task(2, 0, "1FS"), task(3, 0), start="2026-01-04T10:00:00")
    assert dates(rows[2]) == (at("09 17:00"), at("09 17:00"))
    assert dates(rows[3]) == (at("04 10:00"), at("04 10:00"))


def test_the_late_dates_of_a_milestone_are_not_pulled_back():
    rows = computed(task(1, 1), task(2, 0, "1FS"), task(3, 1, "2FS"), task(4, 5))
    assert late(rows[2]) == (at("09 08:00"), at("09 08:00"))


@pytest.mark.parametrize(
    ("constraint", "date", "start", "total"),
    [
        ("SNET", "2026-01-09T08:00:00", "09 08:00", 0),
        ("SNET", "2026-01-02T08:00:00", "06 08:00", 3),
        ("FNET", "2026-01-09T17:00:00", "09 08:00", 0),
        ("SNLT", "2026-01-05T08:00:00", "05 08:00", -1),
        ("SNLT", "2026-01-08T08:00:00", "06 08:00", 2),
        ("FNLT", "2026-01-05T17:00:00", "05 08:00", -1),
        ("MSO", "2026-01-07T08:00:00", "07 08:00", 0),
        ("MSO", "2026-01-05T08:00:00", "05 08:00", -1),
        ("MFO", "2026-01-08T17:00:00", "08 08:00", 0),
        ("MFO", "2026-01-05T17:00:00", "05 08:00", -1),
        ("ALAP", None, "09 08:00", 0),
    ],
)
def test_constraints_decide_where_they_are_honoured(constraint, date, start, total):
    rows = computed(task(1), task(2, 1, "1FS", constraint=constraint, constraint_date=date), task(3, 5))
    assert dates(rows[2])[0] == at(start)
    assert days(rows[2])[0] == total


@pytest.mark.parametrize("constraint", ["SNLT", "FNLT", "MSO", "MFO"])
def test_links_win_over_late_constraints_that_are_not_honoured(constraint):
    date = "2026-01-05T08:00:00" if constraint in {"SNLT", "MSO"} else "2026-01-05T17:00:00"
    rows = computed(
        task(1), task(2, 1, "1FS", constraint=constraint, constraint_date=date), task(3, 5), honor_constraints=False
    )
    assert dates(rows[2])[0] == at("06 08:00")
    assert (days(rows[2])[0], rows[2].critical) == (-1, True)


def test_a_task_without_predecessors_may_start_before_the_project():
    rows = computed(task(1, constraint="SNET", constraint_date="2026-01-02T08:00:00"), task(2, 1, "1FS"))
    assert dates(rows[1])[0] == at("02 08:00")
    assert dates(rows[2])[0] == at("05 08:00")


def test_a_missed_deadline_shows_as_negative_slack():
    rows = computed(task(1, 2), task(2, 1, "1FS", deadline="2026-01-06T17:00:00"), task(3, 5))
    assert (days(rows[1]), days(rows[2])) == ((-1, 0), (-1, 0))
    assert [rows[number].critical for number in (1, 2, 3)] == [True, True, True]


def test_a_levelling_delay_moves_a_task_and_what_it_asks_of_its_predecessors():
    rows = computed(task(1), task(2, 1, "1FS", leveling_delay_min=2 * 1440), task(3, 5))
    assert dates(rows[2]) == (at("08 08:00"), at("08 17:00"))
    assert (days(rows[1]), days(rows[2])) == ((1, 0), (1, 1))


def test_the_resource_calendar_decides_when_work_is_done():
    rows = computed(
        task(1, 0.25, assignments=[{"resource": 1, "units": 1, "work_min": 120}]),
        calendars=(NIGHT,),
        resources=[{"uid": 1, "name": "Ann", "calendar": 2, "type": "work"}],
    )
    assert dates(rows[1]) == (at("05 20:00"), at("05 22:00"))


def test_several_resources_end_a_task_with_the_last_of_them():
    given = [{"resource": 1, "units": 1, "work_min": 480}, {"resource": 2, "units": 0.5, "work_min": 480}]
    rows = computed(
        task(1, 2, assignments=given),
        calendars=(NIGHT, WEEKEND),
        resources=[
            {"uid": 1, "name": "Ann", "calendar": 2, "type": "work"},
            {"uid": 2, "name": "Ben", "calendar": 3, "type": "work"},
        ],
    )
    assert dates(rows[1]) == (at("05 08:00"), datetime(2026, 1, 7))


def test_resource_calendars_do_not_matter_to_a_fixed_duration_or_where_they_are_ignored():
    options = {"assignments": [{"resource": 1, "units": 1, "work_min": 480}]}
    rows = computed(
        task(1, 1, type="fixed_duration", **options),
        task(2, 1, ignore_resource_calendar=True, **options),
        calendars=(NIGHT,),
        resources=[{"uid": 1, "name": "Ann", "calendar": 2, "type": "work"}],
    )
    assert dates(rows[1]) == dates(rows[2]) == (at("05 08:00"), at("05 17:00"))


def test_an_elapsed_duration_runs_through_the_night():
    rows = computed(task(1, 3, elapsed=True), task(2, 1, "1FS"))
    assert dates(rows[1]) == (at("05 08:00"), at("06 08:00"))
    assert dates(rows[2])[0] == at("06 08:00")


def test_progress_fixes_dates_and_the_rest_goes_on_where_it_resumes():
    rows = computed(
        task(1, 2, percent_complete=100, actual_start="2026-01-06T08:00:00", actual_finish="2026-01-08T17:00:00"),
        task(
            2,
            4,
            "1FS",
            percent_complete=50,
            actual_start="2026-01-07T08:00:00",
            remaining_duration_min=960,
            stop="2026-01-08T17:00:00",
            resume="2026-01-12T08:00:00",
        ),
        task(3, 10),
    )
    assert dates(rows[1]) == late(rows[1]) == (at("06 08:00"), at("08 17:00"))
    assert (days(rows[1]), rows[1].critical) == ((0, 0), False)
    assert dates(rows[2]) == (at("07 08:00"), at("13 17:00"))
    assert (late(rows[2])[0], days(rows[2])[0]) == (at("07 08:00"), 3)


def test_the_status_date_moves_nothing():
    rows = computed(task(1), status_date="2026-01-20T17:00:00")
    assert dates(rows[1])[0] == at("05 08:00")


def test_links_of_a_summary_hold_for_every_task_below_it():
    rows = computed(
        task(1, 2),
        task(10, 1, "1FS", summary=True),
        task(11, 1, parent=10),
        task(12, 3, parent=10),
        task(13, 1, "10FS"),
        task(14, 1, "10SS"),
    )
    assert dates(rows[11])[0] == dates(rows[12])[0] == dates(rows[14])[0] == at("07 08:00")
    assert dates(rows[13])[0] == at("12 08:00")
    assert dates(rows[10]) == (at("07 08:00"), at("09 17:00"))
    assert (rows[11].total_slack, rows[11].critical, rows[10].critical) == (2 * 4800, False, True)


def test_a_link_between_summaries_of_too_many_tasks_is_one_clear_error(monkeypatch):
    monkeypatch.setattr("automation.planning.network.MOST_ARCS", 3)
    below = [task(number, 1, parent=number // 10 * 10) for number in (11, 12, 21, 22)]
    with pytest.raises(AutomationError) as refused:
        computed(task(10, 1, summary=True), *below[:2], task(20, 1, "10FS", summary=True), *below[2:])
    assert refused.value.code == "summary-links"


def test_inactive_tasks_and_their_links_are_ignored():
    rows = computed(task(1, 5, active=False), task(2, 1, "1FS"))
    assert set(rows) == {2}
    assert dates(rows[2])[0] == at("05 08:00")


def test_a_task_scheduled_by_hand_keeps_its_dates_and_moves_its_successors():
    plan = case(task(1), task(2, 1, "1FS", manual=True), task(3, 1, "2FS"))
    fixed = b"<Manual>1</Manual><ManualStart>2026-01-14T08:00:00</ManualStart><ManualFinish>2026-01-15T17:00:00</ManualFinish>"
    xml = cases.mspdi(plan).replace(b"<Manual>1</Manual>", fixed)
    rows = {int(row.task.id): row for row in filing(read_plan(xml), Policy.MICROSOFT).rows}
    assert dates(rows[2]) == (at("14 08:00"), at("15 17:00"))
    assert dates(rows[3])[0] == at("16 08:00")


def test_a_plan_scheduled_from_its_finish_starts_where_it_must():
    rows = computed(
        task(1, 2, constraint="ALAP"),
        task(2, 1, "1FS", constraint="ALAP"),
        task(3, 1, constraint="ALAP"),
        schedule_from_start=False,
        finish="2026-01-16T17:00:00",
    )
    assert dates(rows[1]) == (at("14 08:00"), at("15 17:00"))
    assert dates(rows[2])[0] == dates(rows[3])[0] == at("16 08:00")


def test_with_several_critical_paths_each_open_end_has_its_own_finish():
    rows = computed(task(1, 2), task(2, 5), multiple_critical_paths=True)
    assert [rows[number].critical for number in (1, 2)] == [True, True]


def test_tasks_with_little_slack_are_critical_up_to_the_limit():
    rows = computed(task(1, 4), task(2, 3), task(3, 5), critical_slack_limit_days=1)
    assert [rows[number].critical for number in (1, 2, 3)] == [True, False, True]


PLANS = st.lists(
    st.tuples(
        st.sampled_from([0, 0.5, 1, 3]),
        st.lists(
            st.tuples(st.integers(1, 6), st.sampled_from([kind.name for kind in LinkKind]), st.integers(-1, 2)),
            max_size=2,
        ),
        st.booleans(),
    ),
    min_size=2,
    max_size=12,
)


def built(plan):
    """A case of a drawn plan; each link goes back so many rows."""
    tasks = []
    for number, (length, links, weekend) in enumerate(plan, start=1):
        names = {number - back: f"{number - back}{kind}{lag:+d}" for back, kind, lag in links if back < number}
        tasks.append(task(number, length, " ".join(names.values()), calendar=3 if weekend else None))
    return tasks


@settings(max_examples=60, deadline=None)
@given(plan=PLANS)
def test_no_task_starts_before_its_links_allow(plan):
    rows = computed(*built(plan), calendars=(WEEKEND,))
    calendars = {
        False: filing(read_plan(cases.mspdi(case(task(1)))), Policy.MICROSOFT).network.calendar,
    }
    for row in rows.values():
        for link in row.task.links:
            before = rows[int(link.predecessor)]
            reached = before.start if link.kind & 1 else before.finish
            own = row.start if link.kind < LinkKind.FF else row.finish
            if row.task.calendar is None:
                assert calendars[False].between(reached, own) >= link.lag


@settings(max_examples=40, deadline=None)
@given(plan=PLANS, which=st.integers(0, 11), moved=st.floats(0, 1))
def test_moving_a_task_within_its_free_slack_moves_no_other(plan, which, moved):
    tasks = built(plan)
    rows = computed(*tasks, calendars=(WEEKEND,))
    number = which % len(tasks) + 1
    row = rows[number]
    if row.free_slack < 480 or row.task.calendar is not None or not row.task.duration:
        return
    calendar = filing(read_plan(cases.mspdi(case(task(1)))), Policy.MICROSOFT).network.calendar
    later = calendar.next_start(calendar.add(row.start, int(row.free_slack * moved) // 10 * 10))
    date = moment_of(later, TENTHS)
    tasks[number - 1] |= {"constraint": "SNET", "constraint_date": date.isoformat()}
    again = computed(*tasks, calendars=(WEEKEND,))
    others = [other for other in rows if other != number]
    assert [dates(again[other]) for other in others] == [dates(rows[other]) for other in others]


@settings(max_examples=40, deadline=None)
@given(plan=PLANS, which=st.integers(0, 11), offset=st.integers(0, 20))
def test_an_early_constraint_never_makes_an_earlier_finish(plan, which, offset):
    tasks = built(plan)
    before = max(row.finish for row in computed(*tasks, calendars=(WEEKEND,)).values())
    date = MONDAY + timedelta(days=offset, hours=8)
    tasks[which % len(tasks)] |= {"constraint": "SNET", "constraint_date": date.isoformat()}
    assert max(row.finish for row in computed(*tasks, calendars=(WEEKEND,)).values()) >= before


@settings(max_examples=40, deadline=None)
@given(plan=PLANS)
def test_slack_does_not_change_when_time_is_counted_in_other_units(plan):
    def slacks(ticks):
        calendar = WorkCalendar(ticks=ticks)
        tasks = [
            Task(
                id=str(number),
                duration_minutes=round(length * 480) * ticks,
                links=tuple(
                    Link(str(number - back), LinkKind[kind], lag * 480 * ticks)
                    for back, kind, lag in links
                    if back < number
                ),
            )
            for number, (length, links, _) in enumerate(plan, start=1)
        ]
        start = tick_of(MONDAY + timedelta(hours=8), ticks)
        found = schedule(network(tasks, calendar, summary_starts=True), Rules(start=start))
        return [[slack / ticks for slack in each] for each in (found.total_float, found.free_float)]

    assert slacks(1) == slacks(10)

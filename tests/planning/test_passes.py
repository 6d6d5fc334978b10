"""Hand-worked networks, textbook answers, Primavera's answers and laws. 2026-01-05 is a Monday."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.model.links import LagUnit, Link, LinkKind
from automation.planning.calendar import WorkCalendar
from automation.planning.layout import moment_of
from automation.planning.plan import plan
from automation.planning.tasks import Constraint, Task
from automation.planning.work import Reason
from tests.planning.tables import DAY, day, read, task, tasks

MONDAY = date(2026, 1, 5)
BEFORE = date(2026, 1, 1)


def drawn(rows, calendar=None, start=MONDAY):
    result = plan(rows, calendar or WorkCalendar(), project_start=start, status_date=BEFORE)
    return {name: planned.drawn for name, planned in result.tasks.items()}


def check(table, calendar=None):
    """Compare the dates and floats of a table with the ones computed; columns that are missing are not compared."""
    rows = read(table)
    spans = drawn([task(row) for row in rows], calendar)
    columns = {
        "start": lambda span: f"{span.start:%m-%d}",
        "finish": lambda span: f"{span.finish:%m-%d}",
        "late start": lambda span: f"{span.late_start:%m-%d}",
        "late finish": lambda span: f"{span.late_finish:%m-%d}",
        "total": lambda span: f"{span.total_float:g}",
        "free": lambda span: f"{span.free_float:g}",
    }
    asked = [name for name in columns if name in rows[0]]
    computed = {row["task"]: [columns[name](spans[row["task"]]) for name in asked] for row in rows}
    assert computed == {row["task"]: [row[name] for name in asked] for row in rows}
    return spans


@pytest.mark.parametrize(
    ("link", "start", "finish"),
    [
        # the predecessor works 3 days, Monday 5th to Wednesday 7th; the successor 2 days
        ("FS", "01-08", "01-09"),
        ("FS+1", "01-09", "01-12"),
        ("FS-1", "01-07", "01-08"),
        ("FS+0.5", "01-08", "01-12"),
        ("SS", "01-05", "01-06"),
        ("SS+2", "01-07", "01-08"),
        ("SS-2", "01-05", "01-06"),  # never before the project starts
        ("FF", "01-06", "01-07"),
        ("FF+3", "01-09", "01-12"),
        ("FF-1", "01-05", "01-06"),
        ("SF", "01-05", "01-06"),
        ("SF+4", "01-07", "01-08"),
        ("SF+5", "01-08", "01-09"),
    ],
)
def test_each_kind_of_link_with_lag_and_lead(link, start, finish):
    spans = drawn(
        tasks(f"""
        task   wd  predecessors
        T-001  3   -
        T-002  2   T-001{link}
    """)
    )
    assert (spans["T-002"].start, spans["T-002"].finish) == (day(start), day(finish))


@pytest.mark.parametrize(
    ("link", "expected"),
    [("FS", "01-09"), ("FS+1", "01-12"), ("FS-1", "01-08"), ("FF", "01-09"), ("SS", "01-05"), ("SS+5", "01-12")],
)
def test_a_milestone_stands_on_the_finish_day_and_moves_by_the_lag(link, expected):
    spans = drawn(
        tasks(f"""
        task   wd  predecessors
        T-001  5   -
        T-002  0   T-001{link}
        T-003  1   T-002
    """)
    )
    assert spans["T-002"].start == spans["T-002"].finish == day(expected)


def test_a_milestone_between_friday_and_monday_costs_no_time():
    check("""
        task   wd  predecessors  start  finish  late start  late finish  total  free
        T-001  5   -             01-05  01-09   01-05       01-09        0      0
        T-002  0   T-001         01-09  01-09   01-09       01-09        0      0
        T-003  1   T-002         01-12  01-12   01-12       01-12        0      0
        T-004  0   -             01-05  01-05   01-12       01-12        5      0
        T-005  1   T-004         01-05  01-05   01-12       01-12        5      5
    """)


def test_total_and_free_float_of_a_small_network_worked_by_hand():
    check("""
        task   wd  predecessors  start  finish  late start  late finish  total  free
        T-001  2   -             01-05  01-06   01-05       01-06        0      0
        T-002  4   T-001         01-07  01-12   01-07       01-12        0      0
        T-003  1   T-001         01-07  01-07   01-09       01-09        2      0
        T-004  1   T-003         01-08  01-08   01-12       01-12        2      2
        T-005  2   T-002;T-004   01-13  01-14   01-13       01-14        0      0
        T-006  3   T-001SS+1     01-06  01-08   01-12       01-14        4      4
    """)


@pytest.mark.parametrize(
    ("constraint", "start", "total", "reason"),
    [
        # 2 days of work that could start on the 5th, beside a task that lasts until the 16th
        ("none", "01-05", 8, Reason.PROJECT_START),
        ("snet 01-08", "01-08", 5, Reason.CONSTRAINT),
        ("snet 01-10", "01-12", 3, Reason.CONSTRAINT),
        ("mso 01-08", "01-08", 0, Reason.CONSTRAINT),
        ("fnlt 01-09", "01-05", 3, Reason.PROJECT_START),
        ("fnlt 01-05", "01-05", -1, Reason.PROJECT_START),
        ("snlt 01-07", "01-05", 2, Reason.PROJECT_START),
        ("fnet 01-09", "01-08", 5, Reason.CONSTRAINT),
        ("mfo 01-09", "01-08", 0, Reason.CONSTRAINT),
    ],
)
def test_each_constraint(constraint, start, total, reason):
    spans = drawn(
        tasks(f"""
        task   wd  constraint
        T-001  2   {constraint}
        T-002  10  -
    """)
    )
    assert (spans["T-001"].start, spans["T-001"].total_float, spans["T-001"].driver) == (day(start), total, reason)
    assert spans["T-001"].critical == (total <= 0)


def test_links_win_over_a_fixed_start_and_the_conflict_is_negative_float_up_the_chain():
    spans = check("""
        task   wd  predecessors  constraint  start  finish  total
        T-001  5   -             -           01-05  01-09   -2
        T-002  2   T-001         mso 01-08   01-12  01-13   -2
        T-003  1   T-002         -           01-14  01-14   0
    """)
    assert [name for name, span in spans.items() if span.critical] == ["T-001", "T-002", "T-003"]


def test_a_missed_deadline_is_negative_float():
    check("""
        task   wd  predecessors  deadline  start  finish  late start  late finish  total
        T-001  3   -             -         01-05  01-07   01-02       01-06        -1
        T-002  0   T-001         01-06     01-07  01-07   01-06       01-06        -1
        T-003  4   T-001         -         01-08  01-13   01-08       01-13        0
    """)


def test_an_owner_who_comes_late_and_leaves_early_bounds_the_task():
    rows = tasks("""
        task   wd  predecessors
        T-001  2   -
        T-002  9   -
    """)
    rows[0] = replace(rows[0], available_from=date(2026, 1, 10), available_to=date(2026, 1, 14))
    span = drawn(rows)["T-001"]
    assert (span.start, span.driver, span.late_finish) == (date(2026, 1, 12), Reason.AVAILABILITY, date(2026, 1, 14))


def test_the_driver_is_the_link_that_comes_last():
    spans = drawn(
        tasks("""
        task   wd  predecessors
        T-001  2   -
        T-002  4   -
        T-003  1   T-001;T-002
        T-004  1   T-001FF+9;T-003
    """)
    )
    assert spans["T-001"].driver is Reason.PROJECT_START
    assert spans["T-003"].driver == Link("T-002")
    assert spans["T-004"].driver == Link("T-001", LinkKind.FF, 9 * DAY)


def test_elapsed_lag_runs_over_the_weekend_and_percent_lag_is_of_the_predecessor():
    rows = [
        Task("T-001", 5 * DAY),
        Task("T-002", DAY, (Link("T-001", LinkKind.FS, 2 * 1440, LagUnit.ELAPSED),)),
        Task("T-003", DAY, (Link("T-001", LinkKind.FS, 40, LagUnit.PERCENT),)),
        Task("T-004", DAY, (Link("T-001", LinkKind.FS, -40, LagUnit.PERCENT),)),
    ]
    spans = drawn(rows)
    assert [spans[name].start.day for name in ("T-002", "T-003", "T-004")] == [12, 14, 8]


def test_a_task_with_its_own_calendar_works_on_saturday_and_says_so_when_that_holds_it():
    six_days = WorkCalendar((((480, 720), (780, 1020)),) * 6 + ((),))
    early_week = WorkCalendar((((480, 720), (780, 1020)),) * 3 + ((),) * 4)
    rows = [
        Task("T-001", 5 * DAY),
        Task("T-002", DAY, (Link("T-001"),), calendar=six_days),
        Task("T-003", DAY, (Link("T-002"),)),
        Task("T-004", 4 * DAY),
        Task("T-005", DAY, (Link("T-004"),), calendar=early_week),
    ]
    spans = drawn(rows)
    assert (spans["T-002"].start, spans["T-002"].driver) == (date(2026, 1, 10), Link("T-001"))
    assert spans["T-003"].start == date(2026, 1, 12)
    assert (spans["T-005"].start, spans["T-005"].driver) == (date(2026, 1, 12), Reason.CALENDAR)


# Taylor, Introduction to Management Science, chapter 8 solutions, https://ar.scribd.com/doc/47113515/TaylCh08:
# activities on arrows, times in the unit printed, 8b with a dummy activity without duration.
TAYLOR_8A = """
task  wd  predecessors  es  ef  ls  lf  slack
1-2   7   -             0   7   2   9   2
1-3   10  -             0   10  0   10  0
2-4   6   1-2           7   13  9   15  2
3-4   5   1-3           10  15  10  15  0
3-5   4   1-3           10  14  14  18  4
4-5   3   2-4,3-4       15  18  15  18  0
5-6   2   3-5,4-5       18  20  18  20  0
"""
TAYLOR_8B = """
task  wd  predecessors  es  ef  ls  lf  slack
1-2   8   -             0   8   1   9   1
1-3   10  -             0   10  0   10  0
1-4   9   -             0   9   6   15  6
2-5   6   1-2           8   14  9   15  1
2-6   4   1-2           8   12  16  20  8
3-5   5   1-3           10  15  10  15  0
4-5   0   1-4           9   9   15  15  6
4-7   7   1-4           9   16  20  27  11
5-7   12  2-5,3-5,4-5   15  27  15  27  0
5-8   15  2-5,3-5,4-5   15  30  16  31  1
6-9   18  2-6           12  30  20  38  8
7-8   4   4-7,5-7       27  31  27  31  0
8-9   7   5-8,7-8       31  38  31  38  0
"""


@pytest.mark.parametrize("table", [TAYLOR_8A, TAYLOR_8B], ids=["8a", "8b"])
def test_the_published_answers_of_taylor_are_met(table):
    rows = read(table)
    calendar = WorkCalendar()
    result = plan(
        [
            Task(
                row["task"], int(row["wd"]) * DAY, tuple(Link(name) for name in row["predecessors"].split(",") if name)
            )
            for row in rows
        ],
        calendar,
        project_start=MONDAY,
        status_date=BEFORE,
    )
    origin = calendar.opening(MONDAY)
    for row in rows:
        place = result.network.place[row["task"]]
        schedule = result.drawn
        instants = (schedule.start, schedule.finish, schedule.late_start, schedule.late_finish)
        computed = [calendar.between(origin, each[place]) / DAY for each in instants]
        published = [float(row[name]) for name in ("es", "ef", "ls", "lf", "slack")]
        assert [*computed, schedule.total_float[place] / DAY] == published


def test_primavera_s_answer_for_a_finish_that_cannot_be_kept():
    # Primavera P6 23.12, case 05-negative-float of the MIT-licensed cpp-cpm-engine: total float -7 and free float 0
    check("""
        task   wd  predecessors  constraint  start  finish  late start  late finish  total  free
        T-001  8   -             -           01-05  01-14   12-25       01-05        -7     0
        T-002  4   T-001         fnlt 01-09  01-15  01-20   01-06       01-09        -7     0
    """)


@pytest.mark.parametrize(
    "table",
    [
        # Primavera P6 23.12, cases 02 and 03 of the same source
        """
        task   wd  predecessors  start  finish  late start  late finish  total  free
        T-001  10  -             01-05  01-16   01-05       01-16        0      0
        T-002  4   T-001SS+5     01-12  01-15   01-13       01-16        1      1
        """,
        """
        task   wd  predecessors  start  finish  late start  late finish  total  free
        T-001  5   -             01-05  01-09   01-05       01-09        0      0
        T-002  4   T-001FF+3     01-09  01-14   01-09       01-14        0      0
        """,
    ],
    ids=["start to start", "finish to finish"],
)
def test_primavera_s_answers_for_lags(table):
    check(table)


CALENDAR = WorkCalendar.from_days(
    [MONDAY + timedelta(days=number) for number in (2, 3, 4, 16, 22)], [date(2026, 1, 17)]
)
MINUTES = st.sampled_from([0, 0, DAY // 2, DAY, 2 * DAY, 3 * DAY, 7 * DAY])


@st.composite
def networks(draw, *, constrained=False):
    rows = []
    for number in range(draw(st.integers(1, 10))):
        links = tuple(
            Link(
                f"T-{draw(st.integers(0, number - 1))}", draw(st.sampled_from(LinkKind)), draw(st.integers(-4, 6)) * 240
            )
            for _ in range(draw(st.integers(0, 3)) if number else 0)
        )
        constraint = draw(st.sampled_from(Constraint)) if constrained else Constraint.NONE
        on = MONDAY + timedelta(days=draw(st.integers(-3, 30)))
        rows.append(Task(f"T-{number}", draw(MINUTES), links, constraint=constraint, constraint_date=on))
    return rows


def ends(result, link, name):
    """By how many working minutes, lag included, the successor keeps away from its predecessor."""
    before, after = result.network.place[link.predecessor], result.network.place[name]
    schedule = result.drawn
    governing = schedule.start if link.kind in {LinkKind.SS, LinkKind.SF} else schedule.finish
    governed = schedule.start if link.kind in {LinkKind.FS, LinkKind.SS} else schedule.finish
    return CALENDAR.between(governing[before], governed[after]) - link.lag


def computed(rows):
    return plan(rows, CALENDAR, project_start=MONDAY, status_date=BEFORE)


@given(networks(constrained=True))
def test_every_task_keeps_its_links_and_its_duration(rows):
    result = computed(rows)
    for row in rows:
        place = result.network.place[row.id]
        assert all(ends(result, link, row.id) >= 0 for link in row.links)
        assert CALENDAR.between(result.drawn.start[place], result.drawn.finish[place]) == row.duration_minutes
        assert result.drawn.start[place] >= CALENDAR.opening(MONDAY)


@given(networks())
def test_without_constraints_no_float_is_negative_and_some_task_is_critical(rows):
    schedule = computed(rows).drawn
    assert min(schedule.total_float) == 0
    assert min(schedule.free_float) >= 0
    assert any(
        critical and finish == schedule.project_finish
        for critical, finish in zip(schedule.critical, schedule.finish, strict=True)
    )


@given(networks(), st.data())
def test_a_task_may_be_delayed_by_its_float_and_not_by_more(rows, data):
    result = computed(rows)
    number = data.draw(st.integers(0, len(rows) - 1))
    place = result.network.place[rows[number].id]
    total = result.drawn.total_float[place]
    position = CALENDAR.position(result.drawn.start[place])

    def finish_when_delayed(minutes):
        moment = CALENDAR.start_at(position + minutes)
        begin = replace(
            rows[number],
            constraint=Constraint.START_NO_EARLIER,
            constraint_date=moment_of(moment),
        )
        delayed = computed([*rows[:number], begin, *rows[number + 1 :]])
        return CALENDAR.position(delayed.drawn.project_finish)

    usual = CALENDAR.position(result.drawn.project_finish)
    assert finish_when_delayed(total) == usual
    assert finish_when_delayed(total + 60) > usual


@given(networks(constrained=True), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(rows, random):
    shuffled = rows.copy()
    random.shuffle(shuffled)
    usual, other = computed(rows), computed(shuffled)
    assert {name: planned.drawn for name, planned in usual.tasks.items()} == {
        name: planned.drawn for name, planned in other.tasks.items()
    }


@given(networks(constrained=True))
def test_no_task_could_start_earlier(rows):
    """The driver of each task that a link drives keeps no distance to it."""
    result = computed(rows)
    for name, planned in result.tasks.items():
        if isinstance(planned.drawn.driver, Link):
            assert ends(result, planned.drawn.driver, name) == 0

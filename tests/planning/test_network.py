from __future__ import annotations

from dataclasses import replace

from automation.planning.calendar import WorkCalendar
from automation.planning.network import network
from automation.planning.problems import MAXIMUM_MINUTES, ProblemKind
from automation.planning.tasks import Task, remaining_minutes
from tests.planning.tables import tasks


def problems(table):
    net = network(tasks(table), WorkCalendar())
    return [task.id for task in net.tasks], [
        (problem.kind.value, problem.task, problem.related) for problem in net.problems
    ]


def test_tasks_come_after_their_predecessors_whatever_the_order_of_the_rows():
    order, found = problems("""
        task   wd  predecessors
        T-003  1   T-002
        T-002  1   T-001
        T-001  1   -
    """)
    assert (order, found) == (["T-001", "T-002", "T-003"], [])


def test_a_cycle_is_reported_and_only_the_tasks_on_it_and_behind_it_are_left_out():
    order, found = problems("""
        task   wd  predecessors
        T-001  1   -
        T-002  1   T-001;T-004
        T-003  1   T-002
        T-004  1   T-003
        T-005  1   T-004;T-001
        T-006  1   T-001
    """)
    assert order == ["T-001", "T-006"]
    assert found == [
        ("cycle", "T-002", ("T-002", "T-003", "T-004")),
        ("not_computed", "T-005", ("T-004",)),
    ]


def test_unknown_cancelled_and_repeated_tasks_are_reported_and_their_links_left_out():
    rows = tasks("""
        task   wd  predecessors
        T-001  1   -
        T-002  1   T-001;T-099
        T-003  1   T-002
        T-003  5   -
    """)
    rows[0] = replace(rows[0], cancelled=True)
    net = network(rows, WorkCalendar())
    assert [(task.id, task.duration_minutes) for task in net.tasks] == [("T-002", 480), ("T-003", 480)]
    assert [tuple(problem) for problem in net.problems] == [
        (ProblemKind.DUPLICATE_TASK, "T-003", ()),
        (ProblemKind.CANCELLED_PREDECESSOR, "T-002", ("T-001",)),
        (ProblemKind.UNKNOWN_PREDECESSOR, "T-002", ("T-099",)),
    ]


def test_links_of_summaries_hold_for_the_tasks_below_them():
    rows = tasks("""
        task   wbs    kind     wd  predecessors
        T-001  1      summary  0   -
        T-002  1.1    -        1   -
        T-003  1.2    -        1   -
        T-004  10     summary  0   T-001
        T-005  10.1   -        1   -
        T-006  10.2   -        1   T-005
    """)
    net = network(rows, WorkCalendar())
    before = {
        net.tasks[place].id: sorted(net.tasks[arc.predecessor].id for arc in arcs)
        for place, arcs in enumerate(net.arcs)
    }
    assert before == {"T-002": [], "T-003": [], "T-005": ["T-002", "T-003"], "T-006": ["T-002", "T-003"]}
    assert {name: [net.tasks[place].id for place in places] for name, places in net.children.items()} == {
        "T-001": ["T-002", "T-003"],
        "T-004": ["T-005", "T-006"],
    }


def test_a_summary_linked_with_a_task_below_it_is_a_cycle_and_its_start_cannot_govern():
    _, found = problems("""
        task   wbs  kind     wd  predecessors
        T-001  1    summary  0   T-002
        T-002  1.1  -        1   -
        T-003  1.2  -        1   T-001
        T-004  2    -        1   T-001SS+1
    """)
    assert found == [
        ("cycle", "T-001", ("T-002", "T-001")),
        ("cycle", "T-003", ("T-001", "T-003")),
        ("summary_start", "T-004", ("T-001",)),
    ]


def test_durations_beyond_reason_are_reported_and_leave_out_only_what_depends_on_them():
    net = network(
        [
            Task("T-001", MAXIMUM_MINUTES + 1),
            *tasks("""
                task   wd  predecessors
                T-002  1   T-001
                T-003  1   -
            """),
            Task("T-004", -1),
            Task("T-005", 480, remaining_minutes=MAXIMUM_MINUTES + 1),
        ],
        WorkCalendar(),
    )
    assert [task.id for task in net.tasks] == ["T-003"]
    assert [(problem.kind.value, problem.task) for problem in net.problems] == [
        ("too_long", "T-001"),
        ("too_long", "T-004"),
        ("too_long", "T-005"),
        ("not_computed", "T-002"),
    ]


def test_what_remains_is_the_rest_of_the_duration_unless_said_otherwise():
    assert remaining_minutes(Task("T-001", 9600, percent_complete=70)) == 2880
    assert remaining_minutes(Task("T-001", 9600, percent_complete=70, remaining_minutes=3360)) == 3360
    assert remaining_minutes(Task("T-001", 9600, percent_complete=70, remaining_minutes=0)) == 0

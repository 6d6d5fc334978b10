"""Assignments in a Microsoft Project XML file, and the stretches in which a task is worked on."""

from __future__ import annotations

from datetime import datetime

import pytest

from automation.exchange.mspdi import read_plan
from automation.planning.filed import Assignment

HEAD = '<Project xmlns="http://schemas.microsoft.com/project"><StartDate>2026-01-05T08:00:00</StartDate>'


def task_with(inner):
    """The task of a file with these assignments of it."""
    plan = read_plan(
        f"{HEAD}<Tasks><Task><UID>1</UID></Task></Tasks><Assignments>{inner}</Assignments></Project>".encode()
    )
    assert plan.doubts == ()
    return plan.tasks[0]


def piece(start, finish, kind=1, value="PT8H0M0S"):
    """A piece of time-phased data."""
    return (
        f"<TimephasedData><Type>{kind}</Type><Start>{start}</Start><Finish>{finish}</Finish><Unit>2</Unit>"
        f"<Value>{value}</Value></TimephasedData>"
    )


def assignment(*pieces):
    """An assignment of the task with these pieces."""
    return f"<Assignment><TaskUID>1</TaskUID><ResourceUID>7</ResourceUID>{''.join(pieces)}</Assignment>"


MONDAY = "2026-01-05T08:00:00", "2026-01-05T17:00:00"
TUESDAY = "2026-01-06T08:00:00", "2026-01-06T17:00:00"
FRIDAY = "2026-01-09T08:00:00", "2026-01-09T17:00:00"


def days(task):
    """Day and hour at which each stretch begins and ends."""
    return [(f"{begin:%d %H}", f"{end:%d %H}") for begin, end in task.worked]


def test_overtime_what_is_done_and_when_it_goes_on_are_read():
    inner = (
        "<Assignment><TaskUID>1</TaskUID><ResourceUID>7</ResourceUID><Units>0.5</Units><Work>PT16H0M0S</Work><Delay>600</Delay>"
        "<OvertimeWork>PT2H0M0S</OvertimeWork><ActualWork>PT4H0M0S</ActualWork><Resume>2026-01-08T08:00:00</Resume></Assignment>"
    )
    assert task_with(inner).assignments == (Assignment("7", 0.5, 9600, 600, 1200, 2400, datetime(2026, 1, 8, 8)),)


def test_stretches_of_work_done_and_left_are_in_order_and_joined_where_they_touch():
    task = task_with(
        assignment(piece(*FRIDAY), piece(*MONDAY, kind=2), piece("2026-01-05T17:00:00", TUESDAY[1], kind=2))
    )
    assert days(task) == [("05 08", "06 17"), ("09 08", "09 17")]


def test_stretches_of_several_assignments_are_those_of_the_task():
    task = task_with(assignment(piece(*MONDAY), piece(*FRIDAY)) + assignment(piece(*TUESDAY)))
    assert days(task) == [("05 08", "05 17"), ("06 08", "06 17"), ("09 08", "09 17")]


@pytest.mark.parametrize(
    "other",
    [
        piece(*FRIDAY, value="PT0H0M0S"),
        piece(*FRIDAY, kind=3),
        piece("soon", "later"),
        piece("9999-01-01T08:00:00", "9999-01-02T08:00:00"),
        piece(FRIDAY[1], FRIDAY[0]),
        "<TimephasedData/>",
    ],
)
def test_pieces_without_work_or_that_cannot_be_right_count_for_nothing(other):
    assert task_with(assignment(piece(*MONDAY), other)).worked == ()

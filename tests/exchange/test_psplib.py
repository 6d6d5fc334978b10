"""Instances of the PSPLIB: what is read, and what is refused."""

import pytest

from automation.base.errors import AutomationError
from automation.exchange.psplib import MOST_BYTES, read_problem
from automation.planning.levelling.problem import Activity, Problem
from tests.planning.levelling.problems import instances

SMALL = """\
************************************************************************
projects                      :  1
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1        1          2           2   3
   2        1          1           4
   3        1          1           4
   4        1          0
************************************************************************
REQUESTS/DURATIONS:
jobnr. mode duration  R 1  R 2
------------------------------------------------------------------------
  1      1     0       0    0
  2      1     8       4    0
  3      1     4       0   10
  4      1     0       0    0
************************************************************************
RESOURCEAVAILABILITIES:
  R 1  R 2
   12   13
************************************************************************
"""


def test_jobs_successors_demands_and_capacities_are_read():
    expected = Problem(
        (Activity(0, (0, 0)), Activity(8, (4, 0), (0,)), Activity(4, (0, 10), (0,)), Activity(0, (0, 0), (1, 2))),
        (12, 13),
    )
    assert read_problem(SMALL.encode()) == expected
    assert read_problem(SMALL.replace("\n", "\r\n").encode()) == expected


@pytest.mark.parametrize(("folder", "jobs"), [("j30", 32), ("j60", 62), ("j120", 122)])
def test_the_instances_at_hand_have_the_jobs_they_say(folder, jobs):
    for name, problem, _ in instances(folder):
        assert (len(problem.activities), len(problem.capacities)) == (jobs, 4), name
        assert problem.activities[0] == Activity(0, (0, 0, 0, 0))
        assert problem.activities[-1].predecessors


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("PRECEDENCE", "SOMETHING"),
        ("REQUESTS", "SOMETHING"),
        ("RESOURCEAVAILABILITIES", "SOMETHING"),
        ("   2        1          1           4", "   2        1          1           9"),
        ("   2        1          1           4", "   2        1          2           4"),
        ("   2        1          1           4", "   2        3          1           4"),
        ("   2        1          1           4", "   2"),
        ("  2      1     8       4    0", "  2      1     8       4"),
        ("  2      1     8       4    0", "  2      1"),
        ("  2      1     8       4    0", "  9      1     8       4    0"),
        ("  2      1     8       4    0", "  2      1     -8      4    0"),
    ],
)
def test_anything_else_is_refused_in_one_sentence(old, new):
    assert old in SMALL
    with pytest.raises(AutomationError) as caught:
        read_problem(SMALL.replace(old, new).encode())
    assert caught.value.code == "psplib"
    assert "PSPLIB" in caught.value.text.zh


@pytest.mark.parametrize("data", [b"", b"\x00\xff" * 40, b"PK\x03\x04", b"1" * (MOST_BYTES + 1)])
def test_other_files_are_refused(data):
    with pytest.raises(AutomationError):
        read_problem(data)

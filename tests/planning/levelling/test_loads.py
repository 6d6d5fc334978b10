"""Over-allocations by resource and day."""

from datetime import date

import pytest

from automation.planning.calendar import WorkCalendar
from automation.planning.levelling.loads import Overload, overloads
from automation.planning.levelling.resources import Resource
from tests.planning.levelling.plans import read_job

ONE = {"RES-001": Resource("RES-001")}


def found(table, resources=None, **how):
    job, uses = read_job(table, **how)
    return [
        f"{one.resource} {one.day:%m-%d} {one.load:g}/{one.capacity:g} {','.join(one.tasks)}"
        for one in overloads([job], uses, ONE if resources is None else resources)
    ]


def test_tasks_at_the_same_time_add_up_on_every_working_day_they_share():
    table = """
    task   wd  predecessors  uses
    T-001  7   -             RES-001:60%
    T-002  2   T-003         RES-001:60%
    T-003  4   -             -
    """
    assert found(table) == ["RES-001 01-09 120/100 T-001,T-002", "RES-001 01-12 120/100 T-001,T-002"]


def test_tasks_that_follow_each_other_within_a_day_do_not_add_up():
    table = """
    task   wd   predecessors  uses
    T-001  0.5  -             RES-001:100%
    T-002  0.5  T-001         RES-001:100%
    """
    assert found(table) == []


def test_a_full_allocation_is_none_too_many():
    table = """
    task   wd  predecessors  uses
    T-001  1   -             RES-001:33.3%;RES-002:100%
    T-002  1   -             RES-001:33.3%
    T-003  1   -             RES-001:33.4%
    """
    assert found(table) == []


def test_a_part_time_resource_is_measured_against_its_capacity():
    table = """
    task   wd  predecessors  uses
    T-001  1   -             RES-001:50%
    """
    assert found(table, {"RES-001": Resource("RES-001", 40)}) == ["RES-001 01-05 50/40 T-001"]


def test_nobody_is_there_outside_the_time_of_availability():
    table = """
    task   wd  predecessors  uses
    T-001  4   -             RES-001:50%
    """
    resources = {"RES-001": Resource("RES-001", 100, date(2026, 1, 6), date(2026, 1, 7))}
    assert found(table, resources) == ["RES-001 01-05 50/0 T-001", "RES-001 01-08 50/0 T-001"]


def test_only_work_that_is_left_counts():
    table = """
    task   wd  predecessors  begun  ended  %    left  uses
    T-001  4   -             01-05  01-08  100  -     RES-001:100%
    T-002  4   -             01-05  -      50   2     RES-001:100%
    T-003  1   -             -      -      0    -     RES-001:100%
    """
    assert found(table, status=date(2026, 1, 8), progress=True) == ["RES-001 01-09 200/100 T-002,T-003"]


def test_days_off_are_left_out():
    calendar = WorkCalendar.from_days([date(2026, 1, 6)], [date(2026, 1, 10)])
    table = """
    task   wd  predecessors  uses
    T-001  5   -             RES-001:100%
    T-002  5   -             RES-001:100%
    """
    assert [line.split()[1] for line in found(table, calendar=calendar)] == [
        "01-05",
        "01-07",
        "01-08",
        "01-09",
        "01-10",
    ]


def test_projects_share_their_people():
    table = """
    task   wd  predecessors  uses
    {}     1   -             RES-001:100%
    """
    one, uses = read_job(table.format("T-001"))
    other, more = read_job(table.format("T-002"))
    assert overloads([one, other], uses | more, ONE) == (
        Overload("RES-001", date(2026, 1, 5), 200, 100, ("T-001", "T-002")),
    )


@pytest.mark.parametrize("jobs", [[], [read_job("task  wd  predecessors  uses\nT-001  0  -  RES-001:300%")[0]]])
def test_nothing_to_do_asks_nobody(jobs):
    assert overloads(jobs, {"T-001": {"RES-001": 300}}, ONE) == ()

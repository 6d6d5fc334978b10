"""Known optima, laws, the goals on PSPLIB instances, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from automation.base.errors import AutomationError
from automation.planning.levelling.bounds import lower_bound
from automation.planning.levelling.level import level
from automation.planning.levelling.problem import LONGEST, Activity, Problem, compiled
from automation.planning.levelling.serial import RULES, by_rule
from tests.planning.levelling.problems import faults, instances, problems


def longest_chain(problem):
    ends = []
    for activity in problem.activities:
        ends.append(max((ends[before] for before in activity.predecessors), default=0) + activity.duration)
    return max(ends, default=0)


def test_two_activities_that_share_a_person_follow_each_other():
    problem = Problem((Activity(3, (1,)), Activity(2, (1,))), (1,))
    found = level(problem, iterations=1)
    assert (found.makespan, found.proved, found.schedules) == (5, True, 1)


def test_work_is_packed_where_the_obvious_order_leaves_gaps():
    """Pieces of 2, 2, 2, 3 and 3 on two people end after 6 only as 2+2+2 and 3+3."""
    problem = Problem(tuple(Activity(length, (1,)) for length in (2, 2, 2, 3, 3)), (2,))
    assert level(problem, iterations=100).makespan == 6


def test_no_activities_end_at_once():
    assert level(Problem(()), seconds=0) == level(Problem((), (1, 2)), seconds=0)
    assert level(Problem(()), seconds=0).makespan == 0


def test_the_time_of_an_activity_that_takes_none_needs_no_resource():
    problem = Problem((Activity(0, (9,)), Activity(2, (1,), (0,))), (1,))
    assert level(problem, iterations=1).starts == (0, 2 - 2)


def test_times_keep_their_unit():
    problem = Problem((Activity(480, (1,)), Activity(960, (1,)), Activity(0, (), (0, 1))), (1,))
    found = level(problem, iterations=1)
    assert (found.makespan, found.bound, found.starts[2]) == (1440, 1440, 1440)


@given(problems())
@settings(max_examples=150, deadline=None)
def test_no_schedule_breaks_a_link_or_exceeds_a_capacity(problem):
    found = level(problem, iterations=8)
    assert list(faults(problem, found.starts)) == []
    ends = (start + activity.duration for start, activity in zip(found.starts, problem.activities, strict=True))
    assert found.makespan == max(ends, default=0)
    assert longest_chain(problem) <= found.bound <= found.makespan


@given(problems(most=6, resources=2))
@settings(max_examples=60, deadline=None)
def test_the_bound_is_below_every_schedule_that_any_order_gives(problem):
    net = compiled(problem)
    bound = lower_bound(problem, net)
    for _, rule in RULES:
        assert bound <= max(by_rule(rule(net), net), default=0)


@given(problems(), st.integers(0, 5), st.integers(1, 10), st.integers(0, 20))
@settings(max_examples=40, deadline=None)
def test_more_schedules_are_never_worse_with_the_same_seed(problem, seed, fewer, more):
    short, long = (level(problem, seed=seed, iterations=count) for count in (fewer, fewer + more))
    assert long.makespan <= short.makespan


@given(problems(), st.integers(0, 3))
@settings(max_examples=40, deadline=None)
def test_the_same_seed_gives_the_same_schedule(problem, seed):
    assert level(problem, seed=seed, iterations=12) == level(problem, seed=seed, iterations=12)


@given(problems(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_resources_changes_nothing(problem, dice):
    order = list(range(len(problem.capacities)))
    dice.shuffle(order)
    permuted = Problem(
        tuple(replace(one, demands=tuple(one.demands[resource] for resource in order)) for one in problem.activities),
        tuple(problem.capacities[resource] for resource in order),
    )
    assert level(permuted, iterations=10) == level(problem, iterations=10)


@given(problems())
@settings(max_examples=60, deadline=None)
def test_without_demands_the_longest_chain_is_the_makespan(problem):
    free = Problem(tuple(replace(one, demands=()) for one in problem.activities), problem.capacities)
    found = level(free, iterations=5)
    assert (found.makespan, found.proved, found.schedules) == (longest_chain(problem), True, 1)


def test_the_search_ends_when_its_seconds_are_over():
    ticks = iter(range(100))
    problem = Problem(tuple(Activity(length, (2,)) for length in (3, 4, 5, 5)), (3,))
    hard = Problem(
        (*problem.activities, Activity(9, (1,)), Activity(9, (1,)), Activity(9, (1,)), Activity(9, (1,))), (3,)
    )
    found = level(hard, seconds=5, clock=lambda: next(ticks))
    assert found.schedules == 5 or found.proved


@pytest.mark.parametrize(("folder", "schedules", "goal"), [("j30", 1500, 1.0), ("j60", 2500, 1.5), ("j120", 400, 6.0)])
def test_the_mean_gap_to_the_best_known_keeps_the_goal(folder, schedules, goal):
    """As many schedules as a busy machine tries in about half a second."""
    gaps = []
    for name, problem, best in instances(folder):
        found = level(problem, iterations=schedules)
        assert list(faults(problem, found.starts)) == [], name
        assert found.bound <= best, f"{name}: the bound {found.bound} is above the best known makespan {best}"
        gaps.append(100 * (found.makespan - best) / best)
    assert gaps
    assert sum(gaps) / len(gaps) <= goal


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (Problem((Activity(1, (3,)),), (2,)), "level-demand"),
        (Problem((Activity(1, (), (1,)), Activity(1, (), (0,)))), "level-cycle"),
        (Problem((Activity(1, (), (0,)),)), "level-cycle"),
        (Problem((Activity(1, (), (7,)),)), "level-link"),
        (Problem((Activity(-1),)), "level-negative"),
        (Problem((Activity(1, (-1,)),), (1,)), "level-negative"),
        (Problem((Activity(1, (1, 1)),), (1,)), "level-resource"),
        (Problem((Activity(LONGEST), Activity(LONGEST + 1))), "level-long"),
    ],
)
def test_a_problem_without_a_schedule_is_refused_with_its_reason(problem, code):
    with pytest.raises(AutomationError) as caught:
        level(problem, iterations=1)
    assert caught.value.code == code
    assert caught.value.text.zh

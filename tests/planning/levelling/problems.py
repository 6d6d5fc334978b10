"""Levelling problems by chance, PSPLIB instances with their best known makespans, and a judge of schedules."""

from __future__ import annotations

import csv
from pathlib import Path

from hypothesis import strategies as st

from automation.exchange.psplib import read_problem
from automation.planning.levelling.problem import Activity, Problem
from tests.judges import give_up

FOLDER = Path(__file__).parents[4] / "shared" / "cases" / "psplib"


@st.composite
def problems(draw, most=12, resources=3):
    """A few activities, links from earlier to later ones, demands that capacities can meet."""
    capacities = tuple(draw(st.lists(st.integers(1, 6), max_size=resources)))
    activities = []
    for place in range(draw(st.integers(0, most))):
        before = draw(st.sets(st.integers(0, place - 1), max_size=2)) if place else ()
        demands = tuple(draw(st.integers(0, capacity)) for capacity in capacities)
        activities.append(Activity(draw(st.integers(0, 5)), demands, tuple(sorted(before))))
    return Problem(tuple(activities), capacities)


def faults(problem, starts):
    """What is wrong with a schedule, looked at unit by unit of time: links first, then capacities."""
    ends = [start + activity.duration for start, activity in zip(starts, problem.activities, strict=True)]
    for place, activity in enumerate(problem.activities):
        for before in activity.predecessors:
            if starts[place] < ends[before]:
                yield f"{place} starts before {before} ends"
    for resource, capacity in enumerate(problem.capacities):
        for moment in range(max(ends, default=0)):
            used = sum(
                activity.demands[resource]
                for start, end, activity in zip(starts, ends, problem.activities, strict=True)
                if start <= moment < end
            )
            if used > capacity:
                yield f"resource {resource} at {moment}: {used} of {capacity}"


def instances(folder):
    """The instances of a set with their best known makespans (the upper bound where open)."""
    where = FOLDER / folder
    if not where.exists():
        give_up("the folder shared/cases beside the checkout, with PSPLIB instances")
    with (where / "optimum.csv").open(encoding="utf-8") as file:
        known = {row["problem"]: int(row["optimum"].split("..")[-1]) for row in csv.DictReader(file)}
    return [(path.name, read_problem(path.read_bytes()), known[path.name]) for path in sorted(where.glob("*.sm"))]

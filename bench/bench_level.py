"""Levelling: gaps to the best known makespans of PSPLIB instances, ours beside OR-Tools CP-SAT and one serial pass.

``python bench/bench_level.py [--cases ../shared/cases/psplib] [--sets j30 j60 j120] [--seconds 1] [--seeds 1]``

Each instance gets so many seconds of wall-clock time by each way, one after another in turn; the serial pass is one
schedule by latest finish. The gap is (makespan - best known) / best known, the upper bound where the best is open.
Schedules a second are counted by CPU time, which a busy machine shortens less. CP-SAT runs with one worker, as ours
does, and with two; without ``pip install ortools`` it is left out.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from automation.exchange.psplib import read_problem  # noqa: E402 - found only now
from automation.planning.levelling.level import level  # noqa: E402
from automation.planning.levelling.problem import Problem, compiled  # noqa: E402
from automation.planning.levelling.serial import RULES, by_rule  # noqa: E402

GOALS = {"j30": 1.0, "j60": 1.5, "j120": 6.0}


class Instance(NamedTuple):
    name: str
    problem: Problem
    best: int


def instances(folder: Path) -> list[Instance]:
    with (folder / "optimum.csv").open(encoding="utf-8") as file:
        known = {row["problem"]: int(row["optimum"].split("..")[-1]) for row in csv.DictReader(file)}
    files = sorted(folder.glob("*.sm"))
    return [Instance(path.name, read_problem(path.read_bytes()), known[path.name]) for path in files]


def serial(problem: Problem) -> int:
    net = compiled(problem)
    return max(by_rule(RULES[0][1](net), net)) * net.unit


def cp_sat(problem: Problem, seconds: float, workers: int) -> int | None:
    """The makespan that CP-SAT finds, the plain model: intervals, one cumulative a resource, links."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    horizon = sum(activity.duration for activity in problem.activities)
    starts = [model.new_int_var(0, horizon, "") for _ in problem.activities]
    end = model.new_int_var(0, horizon, "")
    spans = [
        model.new_fixed_size_interval_var(start, activity.duration, "")
        for start, activity in zip(starts, problem.activities, strict=True)
    ]
    for start, activity in zip(starts, problem.activities, strict=True):
        model.add(end >= start + activity.duration)
        for before in activity.predecessors:
            model.add(start >= starts[before] + problem.activities[before].duration)
    for resource, capacity in enumerate(problem.capacities):
        model.add_cumulative(spans, [activity.demands[resource] for activity in problem.activities], capacity)
    model.minimize(end)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = workers
    status = solver.solve(model)
    return round(solver.objective_value) if status in {cp_model.OPTIMAL, cp_model.FEASIBLE} else None


def gap(makespan: int, best: int) -> float:
    return 100 * (makespan - best) / best


def mean(values: list[float]) -> str:
    return f"{sum(values) / len(values):6.2f} %" if values else "     - "


def measure(folder: Path, *, seconds: float, seeds: int, peers: bool) -> None:
    gaps: dict[str, list[float]] = {"ours": [], "serial": [], "cp-sat 1": [], "cp-sat 2": []}
    unsolved, tried, used, proved = 0, 0, 0.0, 0
    found = instances(folder)
    for name, problem, best in found:
        shown = []
        for seed in range(seeds):
            begin = time.process_time()
            ours = level(problem, seconds=seconds, seed=seed)
            used += time.process_time() - begin
            tried += ours.schedules
            proved += ours.proved
            gaps["ours"].append(gap(ours.makespan, best))
            shown.append(ours.makespan)
        gaps["serial"].append(gap(serial(problem), best))
        for workers in (1, 2) if peers else ():
            theirs = cp_sat(problem, seconds, workers)
            if theirs is None:
                unsolved += 1
            else:
                gaps[f"cp-sat {workers}"].append(gap(theirs, best))
        print(f"  {name:14} best {best:4}  ours {' '.join(map(str, shown))}")
    goal = GOALS.get(folder.name)
    ours = sum(gaps["ours"]) / len(gaps["ours"])
    verdict = "" if goal is None else f"  goal {goal:g} %: {'met' if ours <= goal else 'missed'}"
    print(
        f"{folder.name:5} {len(found)} instances, {seconds:g} s each: ours {mean(gaps['ours'])}, "
        f"one serial pass {mean(gaps['serial'])}, CP-SAT 1 worker {mean(gaps['cp-sat 1'])}, "
        f"2 workers {mean(gaps['cp-sat 2'])}{verdict}"
    )
    rate = round(2 * tried / used) if used else 0
    print(f"      about {rate} passes of generation a CPU second; {proved} of {len(gaps['ours'])} runs proved shortest")
    if unsolved:
        print(f"      CP-SAT found nothing in time in {unsolved} runs, which are left out of its mean")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=Path, default=ROOT.parent / "shared" / "cases" / "psplib")
    parser.add_argument("--sets", nargs="+", default=["j30", "j60", "j120"])
    parser.add_argument("--seconds", type=float, default=1.0)
    parser.add_argument("--seeds", type=int, default=1)
    options = parser.parse_args()
    try:
        import ortools  # noqa: F401

        peers = True
    except ImportError:
        peers = False
        print("OR-Tools is left out: pip install ortools")
    for name in options.sets:
        folder = options.cases / name
        if not folder.exists():
            print(f"{name}: {folder} does not exist")
            continue
        measure(folder, seconds=options.seconds, seeds=options.seeds, peers=peers)


if __name__ == "__main__":
    main()

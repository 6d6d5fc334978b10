"""Monte Carlo simulation: ours beside a bare numpy forward pass, and beside one with numpy's own sampling.

``python bench/bench_simulate.py [--tasks 1000] [--iterations 10000] [--repeats 5] [--only NAME ...]``

A random network with two predecessors a task, drawn once for all. Each way runs in fresh processes, one after another
in turn; CPU seconds of the work alone, without the start of Python and the import of numpy, are compared by their
medians. Ours samples, schedules (forecast from a status date, calendar with days off, milestones), finds percentiles
as days, criticality by a backward pass and correlations. The bare forward pass adds up given float32 durations from
finish to start and does nothing else: no sampling, no calendar, no backward pass. Before anything is measured, ours
without spread must give the very plan.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
GOAL = 0.35
"""CPU seconds for 1,000 tasks and 10,000 iterations."""
START = date(2026, 1, 5)
OWN_CALENDARS = 20
"""In ``ours, calendars`` one task in so many has a calendar of its own."""


def links(tasks: int) -> list[list[int]]:
    """The predecessors of each task, among the forty before it."""
    chance = random.Random(tasks)
    return [
        sorted({chance.randrange(max(0, task - 40), task) for _ in range(2)}) if task else [] for task in range(tasks)
    ]


def days(tasks: int) -> list[int]:
    """The duration of each task; one in fifty is a milestone."""
    chance = random.Random(tasks + 1)
    return [0 if task % 50 == 49 else chance.randint(1, 20) for task in range(tasks)]


def project(tasks: int, *, calendars: bool):
    """The network and the work that is left, with an estimate of each task."""
    from automation.model.links import Link
    from automation.planning.calendar import WorkCalendar
    from automation.planning.network import network
    from automation.planning.simulation.uncertainty import Estimate
    from automation.planning.tasks import Task, TaskKind
    from automation.planning.work import as_drawn

    off = [START + timedelta(days=number) for number in range(0, 4000, 45)]
    six_days = WorkCalendar((((480, 720), (780, 1020)),) * 6 + ((),))
    rows, estimates = [], {}
    for number, (before, duration) in enumerate(zip(links(tasks), days(tasks), strict=True)):
        minutes = duration * 480
        rows.append(
            Task(
                f"T-{number}",
                minutes,
                tuple(Link(f"T-{one}") for one in before),
                TaskKind.TASK if minutes else TaskKind.MILESTONE,
                calendar=six_days if calendars and number % OWN_CALENDARS == 0 else None,
            )
        )
        estimates[f"T-{number}"] = Estimate(minutes * 4 // 5, minutes * 8 // 5)
    net = network(rows, WorkCalendar.from_days(non_working=off))
    return net, as_drawn(net, START), estimates


def ours(tasks: int, iterations: int, *, distribution="triangular", correlation=0.0, calendars=False) -> float:
    from automation.planning.passes import schedule
    from automation.planning.simulation.results import simulate
    from automation.planning.simulation.uncertainty import Drawing

    net, work, estimates = project(tasks, calendars=calendars)
    begun = time.process_time()
    drawing = Drawing(iterations, 1, distribution, correlation)
    found = simulate(net, work, estimates=estimates, drawing=drawing)
    shown = [found.project.day(percent) for percent in (10, 50, 80, 90)]
    shown += [one.day(80) for one in found.tasks.values()]
    seconds = time.process_time() - begun
    certain = simulate(net, work, estimates={}, drawing=Drawing(iterations=2))
    assert certain.project.instant(50) == schedule(net, work).project_finish
    assert shown == sorted(shown[:4]) + shown[4:]
    return seconds


def forward(before: list[list[int]], durations, np) -> float:
    """The finish of each task in each iteration, in rows."""
    begun = time.process_time()
    end = np.empty_like(durations)
    for task, predecessors in enumerate(before):
        row = end[task]
        if predecessors:
            row[:] = end[predecessors[0]]
            for one in predecessors[1:]:
                np.maximum(row, end[one], out=row)
            row += durations[task]
        else:
            row[:] = durations[task]
    end.max(axis=0)
    return time.process_time() - begun


def bare(tasks: int, iterations: int, *, sampled: bool) -> float:
    import numpy as np

    generator = np.random.default_rng(1)
    likely = np.array(days(tasks), dtype=np.float64).reshape(-1, 1) * 480
    begun = time.process_time()
    if sampled:
        spread = np.maximum(likely, 1)
        durations = generator.triangular(0.8 * spread, spread, 1.6 * spread, (tasks, iterations)).astype(np.float32)
    else:
        durations = np.broadcast_to(likely, (tasks, iterations)).astype(np.float32)
    drawn = time.process_time() - begun
    seconds = forward(links(tasks), durations, np)
    return drawn + seconds if sampled else seconds


WAYS = {
    "ours": ours,
    "ours, PERT": lambda *size: ours(*size, distribution="pert"),
    "ours, correlated": lambda *size: ours(*size, correlation=0.3),
    "ours, calendars": lambda *size: ours(*size, calendars=True),
    "bare forward pass": lambda *size: bare(*size, sampled=False),
    "rng.triangular and bare forward pass": lambda *size: bare(*size, sampled=True),
}


def measured(name: str, tasks: int, iterations: int) -> float:
    """The seconds of one way in a process of its own."""
    command = [sys.executable, __file__, "--tasks", str(tasks), "--iterations", str(iterations), "--way", name]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, env={**os.environ})
    return float(json.loads(done.stdout))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=int, default=1000)
    parser.add_argument("--iterations", type=int, default=10_000)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--only", nargs="*", choices=WAYS, default=list(WAYS))
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.way:
        print(json.dumps(WAYS[options.way](options.tasks, options.iterations)))
        return
    seconds: dict[str, list[float]] = {name: [] for name in options.only}
    for _ in range(options.repeats):
        for name, found in seconds.items():
            found.append(measured(name, options.tasks, options.iterations))
    medians = {name: statistics.median(found) for name, found in seconds.items()}
    print(f"{options.tasks} tasks x {options.iterations} iterations, CPU s: median (least), ratio to the bare pass")
    floor = medians.get("bare forward pass")
    for name, median in medians.items():
        ratio = f"{median / floor:6.1f}" if floor else ""
        print(f"  {name:38} {median:6.3f} ({min(seconds[name]):.3f}) {ratio}")
    if "ours" in medians and (options.tasks, options.iterations) == (1000, 10_000):
        print(f"  goal: {GOAL} s: {'met' if medians['ours'] <= GOAL else 'missed'}")


if __name__ == "__main__":
    main()

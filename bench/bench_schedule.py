"""Scheduling 1,000, 10,000 and 100,000 tasks: ours beside networkx, which knows no calendars, and MPXJ's own scheduler.

``python bench/bench_schedule.py [--tasks 1000 10000 100000] [--repeats 5]``

The plans are random (about 1.8 links a task; one link in five is not finish to start; lags and leads; three calendars
with holidays; constraints and deadlines). Ours is timed by both policies on the compiled network, that is both passes,
slacks, critical tasks and drivers, and once more with the compiling of the network; the tenths of minutes that
Microsoft Project counts in are used throughout. networkx (``pip install networkx``) does finish-to-start only and knows
no calendar; the building of its graph is left out. MPXJ (``pip install mpxj jpype1`` and Java) reads the same plan from
Microsoft Project XML and is warm: its first runs are not counted. CPU seconds of one process, medians.
"""

from __future__ import annotations

import argparse
import gc
import random
import statistics
import sys
import tempfile
import time
from datetime import date, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from automation.model.links import Link, LinkKind  # noqa: E402 - after the path is set
from automation.planning import microsoft  # noqa: E402
from automation.planning.calendar import WorkCalendar  # noqa: E402
from automation.planning.forecast import left_after  # noqa: E402
from automation.planning.layout import TENTHS, tick_of  # noqa: E402
from automation.planning.network import network  # noqa: E402
from automation.planning.passes import schedule  # noqa: E402
from automation.planning.tasks import Constraint, Task  # noqa: E402

GOALS = {1000: 6, 10_000: 60, 100_000: 700}
"""Milliseconds of CPU for the schedule of so many tasks."""
MPXJ_RATIO = 5
START = datetime(2026, 1, 5, 8)  # noqa: DTZ001 - plans know no time zone
DAY = 480 * TENTHS
DAY_PERIODS = ((480, 720), (780, 1020))
WEEKS = {1: (DAY_PERIODS,) * 5 + ((), ()), 2: (DAY_PERIODS,) * 6 + ((),), 3: (((540, 1080),),) * 5 + ((), ())}
CONSTRAINTS = [
    Constraint.START_NO_EARLIER,
    Constraint.START_NO_LATER,
    Constraint.FINISH_NO_EARLIER,
    Constraint.FINISH_NO_LATER,
]
CODES = {
    Constraint.START_NO_EARLIER: 4,
    Constraint.START_NO_LATER: 5,
    Constraint.FINISH_NO_EARLIER: 6,
    Constraint.FINISH_NO_LATER: 7,
}
LINK_CODES = {LinkKind.FF: 0, LinkKind.FS: 1, LinkKind.SF: 2, LinkKind.SS: 3}
WARM_UPS = 5


def holidays() -> dict[date, tuple]:
    """Ten days off a year for sixty years."""
    days = [(1, 1), (2, 16), (2, 17), (2, 18), (4, 6), (5, 1), (6, 19), (10, 1), (10, 2), (10, 5)]
    return {date(year, month, day): () for year in range(2026, 2086) for month, day in days}


def calendars() -> dict[int, WorkCalendar]:
    """The project's calendar and two of tasks."""
    return {number: WorkCalendar(week, holidays(), ticks=TENTHS) for number, week in WEEKS.items()}


def plan(count: int, own: dict[int, WorkCalendar]) -> list[Task]:
    """A random plan of so many tasks; many short ways side by side, as in real plans."""
    chance = random.Random(count)
    tasks = []
    for number in range(count):
        links: dict[int, Link] = {}
        for _ in range(chance.choice((1, 2, 2, 2)) if number > 20 else 0):
            before = chance.randrange(max(0, number - 200), number)
            kind = chance.choices(list(LinkKind), (80, 9, 9, 2))[0]
            lag = chance.choice([0] * 8 + [DAY, 2 * DAY, -DAY // 2])
            links[before] = Link(str(before), kind, lag)
        constraint = chance.choice(CONSTRAINTS) if chance.random() < 0.03 else Constraint.NONE
        tasks.append(
            Task(
                id=str(number),
                duration_minutes=0 if chance.random() < 0.05 else chance.randrange(1, 21) * DAY // 2,
                links=tuple(links.values()),
                constraint=constraint,
                constraint_date=START + timedelta(days=chance.randrange(200)) if constraint.value != "none" else None,
                deadline=START + timedelta(days=chance.randrange(100, 900)) if chance.random() < 0.01 else None,
                calendar=own[chance.choice((2, 3))] if chance.random() < 0.05 else None,
            )
        )
    return tasks


def median(work, repeats: int) -> float:
    """The median CPU time of some work in milliseconds, without the collector of memory, as the product runs."""
    times = []
    for _ in range(repeats + 1):
        gc.collect()
        gc.disable()
        begun = time.process_time()
        work()
        times.append(1000 * (time.process_time() - begun))
        gc.enable()
    return statistics.median(times[1:])


def ours(tasks: list[Task], own: dict[int, WorkCalendar], repeats: int) -> dict[str, float]:
    """Our times, by what is done."""
    start = tick_of(START, TENTHS)
    compiled = network(tasks, own[1], summary_starts=True)
    rules = microsoft.Rules(start=start)
    return {
        "ours, ms": median(lambda: microsoft.schedule(compiled, rules), repeats),
        "ours, data-date": median(
            lambda: schedule(compiled, left_after(compiled, beginning=start, since=start)), repeats
        ),
        "ours, ms, with compiling": median(
            lambda: microsoft.schedule(network(tasks, own[1], summary_starts=True), rules), repeats
        ),
    }


def networkx_time(tasks: list[Task], repeats: int) -> float | None:
    """Both passes over a networkx graph, finish to start, no calendars; ``None`` without networkx."""
    try:
        import networkx as nx
    except ImportError:
        return None
    graph = nx.DiGraph()
    for task in tasks:
        graph.add_node(task.id, duration=task.duration_minutes)
        graph.add_edges_from((link.predecessor, task.id) for link in task.links)

    def passes() -> None:
        order = list(nx.topological_sort(graph))
        length = graph.nodes
        end: dict[str, int] = {}
        for node in order:
            end[node] = max((end[before] for before in graph.predecessors(node)), default=0) + length[node]["duration"]
        last = max(end.values())
        late: dict[str, int] = {}
        for node in reversed(order):
            late[node] = min(
                (late[after] - length[after]["duration"] for after in graph.successors(node)), default=last
            )

    return median(passes, repeats)


def mspdi(tasks: list[Task], own: dict[int, WorkCalendar]) -> str:
    """The plan as Microsoft Project XML, with calendars and holidays."""
    number_of = {id(calendar): number for number, calendar in own.items()}
    rows = []
    for number, task in enumerate(tasks, start=1):
        links = "".join(
            f"<PredecessorLink><PredecessorUID>{int(link.predecessor) + 1}</PredecessorUID>"
            f"<Type>{LINK_CODES[link.kind]}</Type><LinkLag>{link.lag}</LinkLag><LagFormat>7</LagFormat></PredecessorLink>"
            for link in task.links
        )
        wish = f"<ConstraintType>{CODES.get(task.constraint, 0)}</ConstraintType>"
        if task.constraint_date:
            wish += f"<ConstraintDate>{task.constraint_date.isoformat()}</ConstraintDate>"
        if task.deadline:
            wish += f"<Deadline>{task.deadline.isoformat()}</Deadline>"
        hours = f"PT{task.duration_minutes // 600}H0M0S"
        rows.append(
            f"<Task><UID>{number}</UID><ID>{number}</ID><Name>T{number}</Name><Type>0</Type>"
            f"<OutlineNumber>{number}</OutlineNumber><OutlineLevel>1</OutlineLevel><Duration>{hours}</Duration>"
            f"<DurationFormat>7</DurationFormat><ActualDuration>PT0H0M0S</ActualDuration><RemainingDuration>{hours}</RemainingDuration>{wish}"
            f"<CalendarUID>{number_of.get(id(task.calendar), -1)}</CalendarUID>{links}</Task>"
        )
    return (
        '<Project xmlns="http://schemas.microsoft.com/project"><ScheduleFromStart>1</ScheduleFromStart>'
        f"<StartDate>{START.isoformat()}</StartDate><CalendarUID>1</CalendarUID><MinutesPerDay>480</MinutesPerDay>"
        f"<HonorConstraints>1</HonorConstraints><Calendars>{''.join(map(_calendar, WEEKS))}</Calendars>"
        f"<Tasks>{''.join(rows)}</Tasks></Project>"
    )


def _calendar(number: int) -> str:
    days = ""
    for kind in range(1, 8):
        times = "".join(
            f"<WorkingTime><FromTime>{a // 60:02}:00:00</FromTime><ToTime>{b // 60:02}:00:00</ToTime></WorkingTime>"
            for a, b in WEEKS[number][(kind + 5) % 7]
        )
        days += (
            f"<WeekDay><DayType>{kind}</DayType><DayWorking>{int(bool(times))}</DayWorking>"
            f"<WorkingTimes>{times}</WorkingTimes></WeekDay>"
        )
    off = "".join(
        f"<Exception><TimePeriod><FromDate>{day}T00:00:00</FromDate><ToDate>{day}T23:59:00</ToDate></TimePeriod>"
        "<Occurrences>1</Occurrences><Type>1</Type><DayWorking>0</DayWorking></Exception>"
        for day in holidays()
    )
    return (
        f"<Calendar><UID>{number}</UID><Name>C{number}</Name><IsBaseCalendar>1</IsBaseCalendar>"
        f"<BaseCalendarUID>-1</BaseCalendarUID><WeekDays>{days}</WeekDays><Exceptions>{off}</Exceptions></Calendar>"
    )


def mpxj_time(tasks: list[Task], own: dict[int, WorkCalendar], repeats: int) -> tuple[float, str] | None:
    """The time of MPXJ's scheduler on the same plan, warm, and the finish it finds; ``None`` without it or Java."""
    try:
        import jpype
        import mpxj  # noqa: F401 - puts its jars on the class path
    except ImportError:
        return None
    if not jpype.isJVMStarted():
        jpype.startJVM("-Xmx2g")
    reader = jpype.JClass("org.mpxj.reader.UniversalProjectReader")
    scheduler = jpype.JClass("org.mpxj.cpm.MicrosoftScheduler")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.xml"
        path.write_text(mspdi(tasks, own), encoding="utf-8")
        project = reader().read(str(path))
    start = project.getProjectProperties().getStartDate()
    for _ in range(WARM_UPS):
        scheduler().schedule(project, start)
    taken = median(lambda: scheduler().schedule(project, start), repeats)
    finish = max(str(task.getFinish()) for task in project.getTasks() if task.getFinish() is not None)
    return taken, finish


def main() -> int:
    """Measure and print; 1 when a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tasks", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    missed = False
    for count in options.tasks:
        own = calendars()
        tasks = plan(count, own)
        times = ours(tasks, own, options.repeats)
        best = times["ours, ms"]
        goal = GOALS.get(count)
        missed |= goal is not None and best > goal
        print(f"{count:,} tasks (goal {goal} ms)")
        for name, taken in times.items():
            print(f"  {name:<28}{taken:9.1f} ms")
        bare = networkx_time(tasks, options.repeats)
        if bare is not None:
            print(f"  {'networkx, no calendars':<28}{bare:9.1f} ms   ours takes {best / bare:.1f} times as long")
        if count <= 10_000:
            theirs = mpxj_time(tasks, own, options.repeats)
            if theirs is not None:
                print(f"  {'MPXJ, warm':<28}{theirs[0]:9.1f} ms   {theirs[0] / best:.1f} times ours")
                missed |= count == 1000 and theirs[0] < MPXJ_RATIO * best
    return int(missed)


if __name__ == "__main__":
    raise SystemExit(main())

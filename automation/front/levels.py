"""``level`` on files that are no workbooks: a Microsoft Project XML file, and an instance of the PSPLIB. It only reads.

Not here: workbooks (``commands.levelling``), the levelling (``planning.levelling``).
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.base.records import replace
from automation.commands.levelling import figures_of, number_of, tables_of
from automation.commands.levelling_lines import Named, lines_of
from automation.exchange.psplib import MOST_BYTES, read_problem
from automation.front.output import Result
from automation.front.plans import plan_of, reschedule_plan
from automation.planning.filing import Policy, compile_plan
from automation.planning.forecast import left_after
from automation.planning.layout import TENTHS, tick_of
from automation.planning.levelling.level import SECONDS, level
from automation.planning.levelling.proposal import propose
from automation.planning.levelling.resources import Job, Resource
from automation.planning.passes import schedule

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from automation.front.session import Common
    from automation.planning.filed import FiledPlan
    from automation.schema.catalogue import Catalogue

INSTANCE = ".sm"
"""How the name of a PSPLIB instance ends."""
NEVER_LEVELLED = 1000
"""The priority of tasks that Microsoft Project never delays."""


def level_instance(path: Path, *, common: Common) -> Result:
    """The shortest schedule found within ``seconds`` (or ``iterations``); ``tables`` hold makespan, starts, seconds.

    Raises AutomationError when the file cannot be read or has no schedule.
    """
    began = time.perf_counter()
    seconds = number_of(common.parameters, "seconds", SECONDS, float)
    iterations = number_of(common.parameters, "iterations", None, int)
    seed = number_of(common.parameters, "seed", 0, int)
    problem = read_problem(_bytes_of(path))
    left = max(0.0, seconds - (time.perf_counter() - began))
    found = level(problem, seconds=left, iterations=iterations, seed=seed)
    taken = round(time.perf_counter() - began, 3)
    proof = Text("，已证明最短", ", proved shortest") if found.proved else Text("", "")
    return Result(
        command="level",
        book=str(path),
        exit=0,
        figures={"makespan": found.makespan, "lower_bound": found.bound, "proved": found.proved},
        tables={"makespan": found.makespan, "starts": list(found.starts), "seconds": taken},
        lines=(
            Text(
                f"总工期 {found.makespan}(下界 {found.bound}{proof.zh})，{len(found.starts)} 个活动，用时 {taken} 秒。",
                f"Makespan {found.makespan} (lower bound {found.bound}{proof.en}), {len(found.starts)} activities, "
                f"{taken} s.",
            ),
        ),
        language=common.language or "zh",
    )


def level_plan(path: Path, *, common: Common) -> tuple[Result, Catalogue]:
    """Over-allocations of a plan file and the delays that would end them, by the rules of the data date.

    Tasks of priority 1000 are not delayed. The findings are those of its schedule. Raises AutomationError when the
    file cannot be read or nothing of it can be scheduled.
    """
    scheduled, catalogue = reschedule_plan(path, policy=Policy.DATA_DATE.value, common=common)
    plan = plan_of(path)
    job, uses, resources = _job(plan, common.status_date)
    proposal = propose(
        [job],
        uses,
        resources,
        priorities={task.id: task.priority for task in plan.tasks},
        seconds=number_of(common.parameters, "seconds", SECONDS, float),
        iterations=number_of(common.parameters, "iterations", None, int),
        seed=number_of(common.parameters, "seed", 0, int),
    )
    calendar, projects = job.network.calendar, (plan.name or path.stem,)
    names = Named({one.id: one.name for one in plan.resources.values()}, {task.id: task.name for task in plan.tasks})
    result = replace(
        scheduled,
        command="level",
        figures=figures_of(projects, proposal, calendar),
        tables=tables_of(proposal),
        lines=lines_of(projects, proposal, calendar, names),
    )
    return result, catalogue


def _job(plan: FiledPlan, day: date | None) -> tuple[Job, dict[str, dict[str, float]], dict[str, Resource]]:
    """The work that is left of a plan, who it needs in percent of full time, and who there is."""
    network = compile_plan(plan, Policy.DATA_DATE).network
    moment = plan.status_date
    if day is not None and (moment is None or moment.date() != day):
        moment = datetime(day.year, day.month, day.day) + timedelta(days=1)  # noqa: DTZ001 - plans know no time zone
    since = tick_of(plan.start if moment is None else moment, TENTHS)
    work = left_after(network, beginning=tick_of(plan.start, TENTHS), since=since)
    kept = frozenset(task.id for task in plan.tasks if task.priority >= NEVER_LEVELLED)
    resources = {one.id: Resource(one.id, 100 * one.max_units) for one in plan.resources.values() if one.works}
    uses: dict[str, dict[str, float]] = {}
    for task in plan.tasks:
        for assignment in task.assignments:
            if assignment.resource in resources:
                shares = uses.setdefault(task.id, {})
                shares[assignment.resource] = shares.get(assignment.resource, 0) + 100 * assignment.units
    return Job(network, work, schedule(network, work), kept), uses, resources


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError:
        raise UsageError(
            Text(f"无法读取 {path}：请检查文件是否存在。", f"Cannot read {path}: check that it exists."), code="NO_FILE"
        ) from None

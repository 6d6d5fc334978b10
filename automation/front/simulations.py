"""``simulate PLAN.xml``: the simulation of another program's plan file, by the rules of the data date; reads only.

Such files hold no estimates: ``--spread 80-150`` says how far durations may lie from those planned. Not here: workbooks
(``commands.simulating``), the schedule of plan files (``plans``).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.base.records import replace
from automation.commands.simulating import drawing_of, filled, simulator, spread_of
from automation.commands.simulation_charts import drivers_of, finishes_of, picture_files
from automation.commands.simulation_figures import Named, project_figures, project_tables
from automation.commands.simulation_text import no_range, simulation_lines
from automation.front.new_files import write_files
from automation.front.outcomes import make_folder
from automation.front.plans import plan_of, reschedule_plan
from automation.planning.filing import Policy, compile_plan, filing
from automation.planning.forecast import left_after
from automation.planning.layout import TENTHS, moment_of, tick_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from automation.front.output import Result
    from automation.front.session import Common
    from automation.planning.filed import FiledPlan
    from automation.planning.filing import Filing
    from automation.planning.simulation.results import Simulation
    from automation.schema.catalogue import Catalogue


def simulate_plan(path: Path, *, common: Common) -> tuple[Result, Catalogue]:
    """The simulation of a plan file; its findings are those of its schedule.

    Parameters are those of ``commands.simulating.simulate``. Raises AutomationError when the file cannot be read or
    nothing of it can be scheduled.
    """
    drawing, spread = drawing_of(common.parameters), spread_of(common.parameters)
    run = simulator()
    scheduled, catalogue = reschedule_plan(path, policy=Policy.DATA_DATE.value, common=common)
    plan = plan_of(path)
    net = compile_plan(plan, Policy.DATA_DATE).network
    if not net.tasks:
        raise UsageError(
            Text("文件中没有可以模拟的任务。", "The file has no task that could be simulated."), code="SIMULATE"
        )
    moment = _known_until(plan, common.status_date)
    found = filing(plan, Policy.DATA_DATE, status=moment)
    work = left_after(net, beginning=tick_of(plan.start, TENTHS), since=tick_of(moment or plan.start, TENTHS))
    simulation = run(net, work, estimates=filled({}, net, spread), drawing=drawing)
    names = _names(found)
    figures: dict[str, Any] = project_figures(
        simulation, names, planned=_day(found.schedule.project_finish), deadline=None
    )
    tables = project_tables(simulation, names)
    result = replace(
        scheduled,
        command="simulate",
        figures={**drawing._asdict(), **figures},
        lines=tuple(simulation_lines(plan.name or path.stem, figures, tables)),
        tables=tables,
        notices=() if simulation.uncertain else (no_range(),),
        documents=_pictures(path, simulation, found, names, common),
    )
    return result, catalogue


def _pictures(
    path: Path, simulation: Simulation, found: Filing, names: Mapping[str, Named], common: Common
) -> tuple[Path, ...]:
    """The pictures of the simulation as files beside the plan file or in ``--out``, where they are asked for."""
    if not common.parameters.get("pictures") or common.dry_run:
        return ()
    folder = common.out or path.resolve().parent
    make_folder(folder)
    title = Text(*[found.plan.name or path.stem] * 2)
    finishes = finishes_of(title, simulation, planned=_day(found.schedule.project_finish), deadline=None)
    drivers = drivers_of(title, simulation, names, {})
    wanted = picture_files(path.stem, finishes, drivers, day=common.status_date, language=common.language or "zh")
    return tuple(write_files(folder, wanted))


def _known_until(plan: FiledPlan, day: date | None) -> datetime | None:
    """The moment up to which progress is known: the end of the day asked for, or the file's own moment."""
    if day is None or (plan.status_date is not None and plan.status_date.date() == day):
        return plan.status_date
    return datetime(day.year, day.month, day.day) + timedelta(days=1)  # noqa: DTZ001 - plans know no time zone


def _names(found: Filing) -> dict[str, Named]:
    return {
        row.task.id: Named(
            row.task.name,
            is_phase=row.summary,
            deadline=row.task.deadline.date() if row.task.deadline else None,
            planned=_day(row.finish),
        )
        for row in found.rows
    }


def _day(moment: int) -> date:
    """The day of a finish; midnight belongs to the day that ends."""
    return moment_of(moment - 1, TENTHS).date()

"""The pictures of a simulation: the distribution of the finish and what it depends on, as charts and as files to be made.

Not here: the drawing (``word.charts``), the figures for programs (``simulation_figures``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.commands.picture_files import picture_file
from automation.model.charts.plan import Drivers, Finishes, RiskDriver, TaskDriver

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from automation.base.findings import Language
    from automation.commands.simulation_figures import Named
    from automation.model.charts.chart import Chart
    from automation.model.effects import FileRequest
    from automation.planning.simulation.results import Simulation

ALL_DAYS = 10**9
"""So many bars that each is one day."""
FINISH, DRIVERS = Text("完成日期模拟", "simulated finish"), Text("完成日期影响因素", "finish drivers")


def finishes_of(project: Text, simulation: Simulation, *, planned: date | None, deadline: date | None) -> Finishes:
    """The days on which the project finishes in the iterations."""
    found = simulation.project
    bars = found.histogram(ALL_DAYS)
    return Finishes(
        project=project,
        days=tuple((bar.first, bar.iterations) for bar in bars if bar.iterations),
        p50=found.day(50),
        p80=found.day(80),
        planned=planned,
        deadline=deadline,
        deadline_chance=None if deadline is None else found.share_by(deadline),
    )


def drivers_of(project: Text, simulation: Simulation, names: Mapping[str, Named], risks: Mapping[str, Text]) -> Drivers:
    """The tasks by their correlation with the finish and the risks by the delay that they bring, the gravest first."""
    tasks = [
        TaskDriver(key, _name(names[key]), correlation, simulation.criticality[key])
        for key, correlation in simulation.cruciality.items()
        if correlation is not None
    ]
    found = [
        RiskDriver(effect.event.id, risks.get(effect.event.id, Text("", "")), effect.event.chance, effect.delay_days)
        for effect in simulation.effects
        if effect.delay_days is not None
    ]
    return Drivers(
        project,
        tuple(sorted(tasks, key=lambda one: (-abs(one.correlation), -one.criticality, one.key))),
        tuple(sorted(found, key=lambda one: (-one.delay_days, one.key))),
    )


def picture_files(
    key: str, finishes: Finishes, drivers: Drivers, *, day: date | None, language: Language
) -> tuple[FileRequest, ...]:
    """The files of the pictures, named after the project's key and the status date; nothing that varies, no drivers."""
    wanted: list[tuple[Text, Chart]] = [(FINISH, finishes)]
    if drivers.tasks or drivers.risks:
        wanted.append((DRIVERS, drivers))
    return tuple(picture_file(key, name, chart, day=day, language=language) for name, chart in wanted)


def _name(named: Named) -> Text:
    return Text(named.name, named.name_en or named.name)

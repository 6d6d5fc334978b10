"""What a simulation comes to, as figures and tables for programs, of workbooks and of plan files alike.

Chances and criticality are shares from 0 to 1. Not here: where the input comes from, the sentences.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from automation.planning.simulation.results import Finishes, Simulation

PERCENTS = (10, 50, 80, 90)


class Named(NamedTuple):
    """How a task is called, and the days that its finish is compared with."""

    name: str
    name_en: str | None = None
    is_phase: bool = False
    deadline: date | None = None
    planned: date | None = None
    """The finish that the plan gives it."""


def project_figures(
    simulation: Simulation, names: Mapping[str, Named], *, planned: date | None, deadline: date | None
) -> dict[str, Any]:
    """Percentiles of the project, of each milestone and phase, the chance of each deadline, criticality by task."""
    finishes: dict[bool, list[dict[str, Any]]] = {False: [], True: []}
    for key, named in names.items():
        if key in simulation.tasks:
            finishes[named.is_phase].append(
                {
                    "key": key,
                    "name": named.name,
                    "name_en": named.name_en,
                    "forecast_finish": named.planned,
                    **_likely(simulation.tasks[key], named.deadline),
                }
            )
    return {
        "uncertain_tasks": simulation.uncertain,
        "uncertain_risks": len(simulation.effects),
        "forecast_finish": planned,
        **_likely(simulation.project, deadline),
        "milestones": finishes[False],
        "phases": finishes[True],
        "criticality": {name: round(share, 4) for name, share in simulation.criticality.items()},
    }


def project_tables(simulation: Simulation, names: Mapping[str, Named]) -> dict[str, Any]:
    """Rows for pictures: which tasks and risks drive the finish, the gravest first, and the histogram with S-curve."""
    tasks = [
        {
            "task": key,
            "name": names[key].name,
            "name_en": names[key].name_en,
            "criticality": round(share, 4),
            "cruciality": _rounded(simulation.cruciality[key]),
        }
        for key, share in simulation.criticality.items()
    ]
    risks = [
        {
            "risk": effect.event.id,
            "chance": effect.event.chance,
            "occurred": round(effect.share, 4),
            "delay_days": _rounded(effect.delay_days),
        }
        for effect in simulation.effects
    ]
    return {
        "tasks": sorted(tasks, key=lambda one: (-abs(one["cruciality"] or 0), -one["criticality"])),
        "risks": sorted(risks, key=lambda one: -(one["delay_days"] or 0)),
        "histogram": [
            {"first": bar.first, "last": bar.last, "count": bar.iterations, "cumulative": round(bar.cumulative, 4)}
            for bar in simulation.project.histogram()
        ],
    }


def _likely(finishes: Finishes, deadline: date | None) -> dict[str, Any]:
    return {
        "percentiles": {f"p{percent}": finishes.day(percent) for percent in PERCENTS},
        "deadline": deadline,
        "deadline_chance": None if deadline is None else round(finishes.share_by(deadline), 4),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)

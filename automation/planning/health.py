"""The health of a plan: the 14 points of the DCMA assessment and five more, for workbooks and plan files alike.

Sources: DCMA 14-Point Assessment (Earned Value Management System Program Analysis Pamphlet, section 4) and GAO Schedule
Assessment Guide (GAO-16-89G). Not here: the points (``health_logic``, ``health_dates``), what is said about them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.planning import health_dates as dates
from automation.planning import health_logic as logic
from automation.planning.health_case import Examined, Limits
from automation.planning.passes import schedule

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import date

    from automation.planning.health_case import Point
    from automation.planning.passes import Schedule
    from automation.planning.plan import Plan
    from automation.planning.work import Work

DEFAULT = Limits()


POINTS: Mapping[str, Callable[[Examined, Limits], Point]] = {
    "missing_logic": logic.missing_logic,
    "leads": lambda plan, _: logic.leads(plan),
    "lags": logic.lags,
    "link_kinds": logic.link_kinds,
    "hard_constraints": logic.hard_constraints,
    "high_float": dates.high_float,
    "negative_float": lambda plan, _: dates.negative_float(plan),
    "high_duration": dates.high_duration,
    "invalid_dates": lambda plan, _: dates.invalid_dates(plan),
    "resources": lambda plan, _: logic.resources(plan),
    "missed_tasks": dates.missed_tasks,
    "critical_path": lambda plan, _: dates.critical_path(plan),
    "path_index": dates.path_index,
    "execution_index": dates.execution_index,
    "dangling": lambda plan, _: logic.dangling(plan),
    "long_lags": logic.long_lags,
    "out_of_sequence": lambda plan, _: logic.out_of_sequence(plan),
    "summary_links": lambda plan, _: logic.summary_links(plan),
    "missing_baseline": lambda plan, _: dates.missing_baseline(plan),
}
"""How each point is worked out: the 14 in their order, then those beyond them."""


def assess(plan: Examined, limits: Limits = DEFAULT) -> tuple[Point, ...]:
    """The points of a plan in the order of ``POINTS``, their tasks in that of the rows. An empty plan judges none."""
    order = {task.id: number for number, task in enumerate(plan.tasks)}
    found = (point(plan, limits) for point in POINTS.values())
    return tuple(point._replace(tasks=tuple(sorted(point.tasks, key=order.__getitem__))) for point in found)


def examined(plan: Plan, work: Work, *, status: date, resourced: Collection[str]) -> Examined:
    """A workbook's plan, as forecast from the status date; ``work`` is what its forecast was made of."""
    network = plan.network

    def delayed(place: int, minutes: int) -> Schedule:
        more = list(work.minutes)
        more[place] += minutes
        return schedule(network, work._replace(minutes=more))

    tasks = tuple(planned.task for planned in plan.tasks.values())
    return Examined(tasks, network, plan.forecast, status, resourced, delayed, plan.forecast_known)

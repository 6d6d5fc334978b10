"""Earned value of a project at the status date: of the whole, of each phase and task, its earned schedule and S-curve.

Planned and earned values are the tasks' budgets (``task_budgets``) times the shares that their methods say
(``earning``); sums, indices and forecasts are those of ``earned_value``. Not here: the estimate at completion by cost
category that the rules on costs use (``deviations.costs``).
"""

from __future__ import annotations

import math
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from automation.base.records import dataclass
from automation.planning.earned_schedule import earned_schedule
from automation.planning.earned_value import EarnedValue
from automation.planning.earning import Accrual, Method, Weighted, earned_accruals, planned_accruals, share_by
from automation.planning.levelling.shares import shares_of
from automation.planning.task_budgets import CENT, budgets, efforts_of
from automation.planning.tasks import TaskKind
from automation.planning.value_curve import cumulative, working_days

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from automation.model.rows import CostsRow, PlanRow, ResourcesRow
    from automation.planning.calendar import WorkCalendar
    from automation.planning.earned_schedule import EarnedSchedule
    from automation.planning.plan import Plan
    from automation.planning.task_budgets import Budgets
    from automation.planning.value_curve import WorkingDays

NOTHING = Decimal(0)
METHODS = {method.value: method for method in Method}
LONGEST = 40
"""A forecast of more than so many times the planned duration is none."""


class Inputs(NamedTuple):
    """What the sheets hold of one project; cells that cannot be relied on are left out by whoever makes it.

    ``usual`` is how tasks earn whose row names no method.
    """

    plan: Plan
    rows: Sequence[PlanRow]
    costs: Sequence[CostsRow]
    resources: Mapping[str, ResourcesRow]
    usual: Method = Method.PERCENT_COMPLETE


class Accruals(NamedTuple):
    """When the budget of a task was planned to be earned (``None``: not known), and when it was."""

    planned: tuple[Accrual, ...] | None
    earned: tuple[Accrual, ...]


@dataclass(frozen=True, slots=True)
class Performance:
    """The earned value of one project at the end of the status date.

    ``planned_run`` is ``None`` where the project has no baseline, or planned days of a task with a budget are not
    known: planned values mean nothing then, and there is no ``schedule``. ``tasks`` (those with money) and
    ``phases`` are in the order of the rows; ``unmeasured`` are tasks whose weighted milestones cannot be used, which
    earn by % complete.
    """

    value: EarnedValue
    tasks: Mapping[str, EarnedValue]
    phases: Mapping[str, EarnedValue]
    planned_run: WorkingDays | None
    """The working days from the planned start to the planned finish."""
    schedule: EarnedSchedule | None
    forecast_finish: date | None
    """The finish that the earned schedule predicts: the planned start plus IEAC(t) = PD / SPI(t) working days."""
    money: Budgets
    unmeasured: tuple[str, ...]
    accruals: Mapping[str, Accruals]

    @property
    def planned_known(self) -> bool:
        """Whether planned values mean anything."""
        return self.planned_run is not None


def performance(inputs: Inputs, calendar: WorkCalendar, *, status_date: date) -> Performance | None:
    """The earned value of a project; ``None`` where it has no tasks, no money, or its progress is in doubt."""
    plan = inputs.plan
    leaves = [name for name, one in plan.tasks.items() if one.task.kind is not TaskKind.SUMMARY]
    if not leaves or not inputs.costs or not plan.forecast_known:
        return None
    accruals, unmeasured = _accruals(inputs, leaves, status_date)
    earned = {name: share_by(one.earned, status_date, calendar) for name, one in accruals.items()}
    money = budgets(inputs.costs, plan, efforts_of(plan, inputs.rows, inputs.resources), earned)
    tasks = {
        name: EarnedValue(
            budget=(budget := money.budget.get(name, NOTHING)),
            planned=(budget * share_by(accruals[name].planned or (), status_date, calendar)).quantize(CENT),
            earned=(budget * earned[name]).quantize(CENT),
            actual=money.actual.get(name, NOTHING),
        )
        for name in leaves
        if money.budget.get(name) or money.actual.get(name)
    }
    value = _total(tasks.values())
    run = _planned_run(plan, money, accruals, calendar)
    schedule = None
    if run is not None and value.budget:
        over = value.earned == value.budget
        until = max(one.last for each in accruals.values() for one in each.earned) if over else status_date
        curve = cumulative(planned_amounts(money, accruals), run)
        schedule = earned_schedule(curve, value.earned, elapsed=calendar.count(run.days[0], until))
    return Performance(
        value=value,
        tasks=tasks,
        phases=_phases(inputs.rows, tasks),
        planned_run=run,
        schedule=schedule,
        forecast_finish=_forecast_finish(schedule, run, calendar) if schedule and run else None,
        money=money,
        unmeasured=unmeasured,
        accruals=accruals,
    )


def planned_amounts(money: Budgets, accruals: Mapping[str, Accruals]) -> list[tuple[Decimal, Accrual]]:
    """The budget of each task with when it was planned to be earned."""
    return [(amount, one) for name, amount in money.budget.items() for one in accruals[name].planned or ()]


def _accruals(inputs: Inputs, leaves: Iterable[str], status_date: date) -> tuple[dict[str, Accruals], tuple[str, ...]]:
    """What each task was planned to earn and earned, and the tasks whose milestones with weights cannot be used."""
    rows = {row.task_id: row for row in reversed(inputs.rows)}
    found: dict[str, Accruals] = {}
    unmeasured: list[str] = []
    for name in leaves:
        planned, row = inputs.plan.tasks[name], rows.get(name)
        method = METHODS.get(row.ev_method or "", inputs.usual) if row is not None else inputs.usual
        milestones: tuple[Weighted, ...] = ()
        if method is Method.MILESTONE_WEIGHTS and row is not None:
            milestones = _milestones(inputs.plan, row)
            if not milestones:
                method = Method.PERCENT_COMPLETE
                unmeasured.append(name)
        found[name] = Accruals(
            planned_accruals(planned, method, milestones),
            earned_accruals(planned, method, milestones, status_date=status_date),
        )
    return found, tuple(unmeasured)


def _milestones(plan: Plan, row: PlanRow) -> tuple[Weighted, ...]:
    """The milestones of a task with their weights; none where one of them is not in the plan or nothing has weight."""
    weights = shares_of(row.ev_milestones or "")
    if any(name not in plan.tasks or name == row.task_id for name in weights):
        return ()
    weighted = [Weighted(plan.tasks[name], Decimal(str(weight))) for name, weight in weights.items() if weight > 0]
    return tuple(weighted)


def _total(values: Iterable[EarnedValue]) -> EarnedValue:
    budget = planned = earned = actual = NOTHING
    for one in values:
        budget += one.budget
        planned += one.planned
        earned += one.earned
        actual += one.actual
    return EarnedValue(budget, planned, earned, actual)


def _phases(rows: Iterable[PlanRow], tasks: Mapping[str, EarnedValue]) -> dict[str, EarnedValue]:
    """The sums of each phase in the order in which the plan names them; tasks without a phase are under ``""``."""
    members: dict[str, list[EarnedValue]] = defaultdict(list)
    seen: set[str] = set()
    for row in rows:
        name = row.task_id or ""
        if name in tasks and name not in seen:
            seen.add(name)
            members[row.phase or ""].append(tasks[name])
    return {phase: _total(values) for phase, values in members.items()}


def _planned_run(
    plan: Plan, money: Budgets, accruals: Mapping[str, Accruals], calendar: WorkCalendar
) -> WorkingDays | None:
    """The working days of the plan; ``None`` without a baseline, or where days of a task with a budget are not known."""
    baselined = any(one.task.baseline_finish is not None for one in plan.tasks.values())
    if not baselined or any(accruals[name].planned is None for name, amount in money.budget.items() if amount):
        return None
    days = [one for each in accruals.values() for one in each.planned or ()]
    return working_days(min(one.first for one in days), max(one.last for one in days), calendar)


def _forecast_finish(schedule: EarnedSchedule, run: WorkingDays, calendar: WorkCalendar) -> date | None:
    """The day on which the predicted duration ends, counted from the planned start."""
    duration = schedule.at_completion
    if duration is None or duration > LONGEST * schedule.planned:
        return None
    return calendar.add_days(run.days[0], max(math.ceil(round(duration, 6)), 1) - 1)

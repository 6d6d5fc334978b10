"""The money of a project laid over its tasks: the budget at completion and the actual cost of each.

Which rows of the costs sheet belong to the plan: all of the project but those of the category risk reserve, whose
budget nobody works on (PMBOK Guide: management reserve is no part of the performance measurement baseline). What has
actually been spent counts whatever its category. How the rest is laid over the tasks:

- a row that names a task or a milestone of the project belongs to it, one that names a phase to the tasks below it;
- every other row (without a task, or with one that is cancelled) is spread over the tasks by their effort: duration
  x share of each person named in ``resource_use`` (the owner at 100 % where none is named) x that person's rate. A
  person without a rate (none, or 0) counts with the mean rate of the others; where nobody has one, people count alike;
- what of these rows has been spent is spread by the effort that is done (effort x share earned), and by effort alone
  while nothing is.

Amounts are whole cents and add up to those of the rows. Not here: when the money is planned or earned (``earning``).
"""

from __future__ import annotations

from collections import defaultdict
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING, NamedTuple

from automation.planning.levelling.shares import shares_of
from automation.planning.tasks import TaskKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from automation.model.rows import CostsRow, PlanRow, ResourcesRow
    from automation.planning.plan import Plan

RESERVE = "risk_reserve"
PERSON = "person"
NOTHING = Decimal(0)
CENT = Decimal("0.01")
PERCENT = Decimal(100)


class Spending(NamedTuple):
    """What a row of the costs sheet says was spent, and on which day (``None``: not said)."""

    amount: Decimal
    day: date | None


class Budgets(NamedTuple):
    """The money of a project by task; tasks without any are not among them.

    ``spread_budget`` and ``spread_actual`` are the parts of the sums that no row gives to a task; they are held back
    (in no task) where the plan has no task at all. ``reserve`` is the planned risk reserve, which is in no budget.
    """

    budget: Mapping[str, Decimal]
    actual: Mapping[str, Decimal]
    spread_budget: Decimal
    spread_actual: Decimal
    reserve: Decimal
    spendings: tuple[Spending, ...]


def budgets(
    costs: Sequence[CostsRow],
    plan: Plan,
    efforts: Mapping[str, Decimal],
    earned: Mapping[str, Decimal],
) -> Budgets:
    """The costs rows of one project laid over the tasks of its plan.

    ``efforts`` are the weights of ``efforts_of``, ``earned`` the share (0 to 1) that each task has earned.
    """
    budget: dict[str, Decimal] = defaultdict(Decimal)
    actual: dict[str, Decimal] = defaultdict(Decimal)
    spread_budget = spread_actual = reserve = NOTHING
    for row in costs:
        planned, spent = row.planned_amount or NOTHING, row.actual_amount or NOTHING
        if row.category == RESERVE:
            reserve += planned
            planned = NOTHING
        weights = _of_row(row, plan, efforts)
        if weights is None:
            spread_budget += planned
            spread_actual += spent
        else:
            _add(budget, planned, weights)
            _add(actual, spent, _done(weights, earned))
    _add(budget, spread_budget, efforts)
    _add(actual, spread_actual, _done(efforts, earned))
    spendings = tuple(Spending(row.actual_amount, row.actual_on) for row in costs if row.actual_amount)
    return Budgets(budget, actual, spread_budget, spread_actual, reserve, spendings)


def efforts_of(plan: Plan, rows: Iterable[PlanRow], resources: Mapping[str, ResourcesRow]) -> Mapping[str, Decimal]:
    """The weight by which money is spread over each task of a plan; all alike where no task takes any time."""
    people = {name: row for name, row in resources.items() if row.kind == PERSON}
    rates = [row.cost_rate for row in people.values() if row.cost_rate]
    usual = sum(rates, NOTHING) / len(rates) if rates else Decimal(1)
    crews = {row.task_id: _crew(row, people) for row in rows if row.task_id in plan.tasks}
    efforts: dict[str, Decimal] = {}
    for name, planned in plan.tasks.items():
        if planned.task.kind is TaskKind.TASK:
            units = sum(
                (Decimal(str(share)) * (people[one].cost_rate or usual) for one, share in crews.get(name, {}).items()),
                NOTHING,
            )
            efforts[name] = planned.task.duration_minutes * (units or usual * PERCENT)
    if not any(efforts.values()):
        return {name: Decimal(1) for name, one in plan.tasks.items() if one.task.kind is not TaskKind.SUMMARY}
    return efforts


def allotted(amount: Decimal, weights: Mapping[str, Decimal]) -> Mapping[str, Decimal]:
    """An amount in whole cents shared out by weights; the shares add up to the amount, none is off by a cent or more.

    Nothing where no weight is above zero.
    """
    total = sum(weights.values(), NOTHING)
    shares: dict[str, Decimal] = {}
    weight = given = NOTHING
    for name, own in weights.items() if total else ():
        weight += own
        until = (amount * weight / total).quantize(CENT, ROUND_HALF_EVEN)
        shares[name] = until - given
        given = until
    return shares


def _crew(row: PlanRow, people: Mapping[str, ResourcesRow]) -> Mapping[str, float]:
    """The people at work on a task with their shares in percent; its owner where no person is named."""
    crew = {name: share for name, share in shares_of(row.resource_use or "").items() if name in people}
    owner = row.owner or ""
    return crew or ({owner: float(PERCENT)} if owner in people else {})


def _of_row(row: CostsRow, plan: Plan, efforts: Mapping[str, Decimal]) -> Mapping[str, Decimal] | None:
    """The weights by which a costs row goes to the tasks it names; ``None`` where it names none that counts."""
    planned = plan.tasks.get(row.task_id or "")
    if planned is None:
        return None
    if planned.task.kind is not TaskKind.SUMMARY:
        return {planned.id: Decimal(1)}
    below = [plan.network.tasks[place].id for place in plan.network.children[planned.id]]
    weights = {name: efforts[name] for name in below if efforts.get(name)}
    return weights or {name: Decimal(1) for name in below} or None


def _done(weights: Mapping[str, Decimal], earned: Mapping[str, Decimal]) -> Mapping[str, Decimal]:
    """The weights times what is done, as far as anything is."""
    done = {name: weight * earned.get(name, NOTHING) for name, weight in weights.items()}
    return done if any(done.values()) else weights


def _add(amounts: dict[str, Decimal], amount: Decimal, weights: Mapping[str, Decimal]) -> None:
    if amount:
        for name, share in allotted(amount, weights).items():
            amounts[name] += share

"""What a change would do (C13): a copy of the plan with its effort, rescheduled, compared with the plan as it is.

The copy is a project like the other, planned by the same engine; nothing of the workbook changes. Not here: the command.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from automation.base.records import replace
from automation.planning.levelling.shares import WHOLE, shares_of
from automation.planning.workbook import plans_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from automation.model.project import Project, Table
    from automation.model.rows import ChangesRow, PlanRow
    from automation.planning.calendar import WorkCalendar
    from automation.planning.plan import Plan

NEW_TASK = "T-99999"
"""The number of the task that stands for the effort of a change which names no task; no workbook has so many."""
_OVER = frozenset({"done", "cancelled"})


class Moved(NamedTuple):
    """A milestone or task whose forecast finish changes: working days later, negative if earlier."""

    row: PlanRow
    before: date
    after: date
    days: int


class Impact(NamedTuple):
    """What one change, or several together, would do to one project.

    ``days`` is the move of the forecast finish in working days (``None`` where the plan cannot be computed), ``cost`` the
    effort times the rate of those who do it (``None`` without a rate), ``critical`` the tasks that become critical.
    """

    project: str
    finish_before: date | None
    finish_after: date | None
    days: int | None
    cost: Decimal | None
    moved: tuple[Moved, ...]
    critical: tuple[str, ...]
    tasks: tuple[str, ...]
    requirements: tuple[str, ...]
    risks: tuple[str, ...]
    finished: tuple[str, ...] = ()
    """Affected tasks that are over already and so take no effort."""


def impact(
    project: Project, changes: Sequence[ChangesRow], plan: Plan | None, calendar: WorkCalendar, status_date: date
) -> Impact:
    """The impact of changes of the same project, all of them together, on its plan.

    The effort (person-days) of a change is spread evenly over those of its affected tasks that are not over; one
    person-day is one working day more of the task, and of what is left of a task that runs. Without an affected task it
    becomes one task of its own before the project's last milestone.
    """
    key = changes[0].project_id or ""
    rows = {row.task_id: row for row in project.rows.plan if row.task_id and row.project_id == key}
    added, fresh, over = _spread(changes, rows)
    copy = _changed(project, added, fresh, rows, key)
    after = plans_of(copy, calendar, status_date).get(key)
    names = tuple(dict.fromkeys(name for one in changes for name in one.affected_tasks if name in rows))
    before_finish, after_finish = (one.forecast_finish if one else None for one in (plan, after))
    known = before_finish is not None and after_finish is not None
    return Impact(
        key,
        before_finish,
        after_finish,
        calendar.days_between(before_finish, after_finish) if known else None,  # type: ignore[arg-type]
        _cost(project, changes, rows),
        _moved(rows, plan, after, calendar) if plan and after else (),
        _critical(plan, after) if plan and after else (),
        names,
        tuple(dict.fromkeys([*(one.req_id for one in changes if one.req_id), *_requirements(rows, names)])),
        tuple(
            row.risk_id or "" for row in project.rows.risks if set(row.task_ids) & set(names) and row.status != "closed"
        ),
        over,
    )


def _spread(
    changes: Iterable[ChangesRow], rows: Mapping[str, PlanRow]
) -> tuple[dict[str, float], float, tuple[str, ...]]:
    """Working days added by task, those of a task of its own, and the affected tasks that are over."""
    added: dict[str, float] = {}
    fresh, over = 0.0, []
    for change in changes:
        effort = float(change.added_effort or 0)
        there = [name for name in change.affected_tasks if name in rows]
        over += [name for name in there if _is_over(rows[name])]
        open_ = [name for name in there if not _is_over(rows[name])]
        if not open_:
            fresh += effort
        for name in open_:
            added[name] = added.get(name, 0) + effort / len(open_)
    return added, max(fresh, 0.0), tuple(dict.fromkeys(over))


def _is_over(row: PlanRow) -> bool:
    return row.actual_finish is not None or row.status in _OVER


def _changed(
    project: Project, added: Mapping[str, float], fresh: float, rows: Mapping[str, PlanRow], key: str
) -> Project:
    """The project with the plan sheet's durations, and what is left of running tasks, changed."""
    table = project.tables["plan"]
    models = {name: list(values) for name, values in table.models.items()}
    for place, row in enumerate(table.rows):
        days = added.get(row.task_id or "") if row.project_id == key else None
        if not days or row.duration is None:
            continue
        models["duration"][place] = max(float(row.duration) + days, 0)
        if row.actual_start is not None and "remaining_days" in models:
            left = row.remaining_days
            if left is None:
                left = float(row.duration) * (1 - float(row.percent_complete or 0) / 100)
            models["remaining_days"][place] = max(float(left) + days, 0)
    changed = replace(table, models=models, values={}, proposals={})
    if fresh:
        changed = _with_task(changed, fresh, rows, key)
    return replace(project, tables={**project.tables, "plan": changed})


def _with_task(table: Table, days: float, rows: Mapping[str, PlanRow], key: str) -> Table:
    """The plan with one task more, before the last milestone of the project."""
    models = {name: list(values) for name, values in table.models.items()}
    last = [row for row in rows.values() if row.kind == "milestone" and row.actual_finish is None]
    for place, row in enumerate(table.rows):
        if last and row.task_id == last[-1].task_id and "predecessors" in models:
            models["predecessors"][place] = ";".join(filter(None, (row.predecessors, NEW_TASK)))
    new: dict[str, Any] = {
        "task_id": NEW_TASK,
        "project_id": key,
        "kind": "task",
        "duration": days,
        "percent_complete": 0,
        "req_ids": (),
    }
    for name, values in models.items():
        values.append(new.get(name))
    return replace(table, models=models, numbers=[*table.numbers, max(table.numbers, default=1) + 1])


def _moved(rows: Mapping[str, PlanRow], before: Plan, after: Plan, calendar: WorkCalendar) -> tuple[Moved, ...]:
    """Milestones whose forecast finish changes, in the order of the plan."""
    found = []
    for name, task in before.tasks.items():
        row, later = rows.get(name), after.tasks.get(name)
        if row is None or row.kind != "milestone" or later is None or task.forecast is None or later.forecast is None:
            continue
        days = calendar.days_between(task.forecast.finish, later.forecast.finish)
        if days:
            found.append(Moved(row, task.forecast.finish, later.forecast.finish, days))
    return tuple(found)


def _critical(before: Plan, after: Plan) -> tuple[str, ...]:
    """Tasks that are critical after the change and were not before."""
    found = []
    for name, task in after.tasks.items():
        old = before.tasks.get(name)
        was = bool(old and old.forecast and old.forecast.critical)
        if task.forecast is not None and task.forecast.critical and not was and name != NEW_TASK:
            found.append(name)
    return tuple(found)


def _requirements(rows: Mapping[str, PlanRow], names: Iterable[str]) -> list[str]:
    return [requirement for name in names for requirement in rows[name].req_ids]


def _cost(project: Project, changes: Iterable[ChangesRow], rows: Mapping[str, PlanRow]) -> Decimal | None:
    """Effort times the daily rate: the mean of the affected tasks' people by their shares, else of all people."""
    rates = {row.resource_id: row.cost_rate for row in project.rows.resources if row.cost_rate is not None}
    people = [row.cost_rate for row in project.rows.resources if row.kind == "person" and row.cost_rate is not None]
    total, known = Decimal(0), False
    for change in changes:
        effort = Decimal(str(change.added_effort or 0))
        shares: dict[str, float] = {}
        for name in change.affected_tasks:
            row = rows.get(name)
            used = shares_of(row.resource_use or "") if row else {}
            used = used or ({row.owner: WHOLE} if row and row.owner else {})
            for resource, share in used.items():
                if resource in rates:
                    shares[resource] = shares.get(resource, 0) + share
        if shares:
            whole = sum((Decimal(str(share)) for share in shares.values()), Decimal(0))
            parts = [Decimal(str(share)) * rates[resource] for resource, share in shares.items()]
            rate = sum(parts, Decimal(0)) / whole
        elif people:
            rate = sum(people, Decimal(0)) / len(people)
        else:
            continue
        known = True
        total += effort * rate
    return total.quantize(Decimal("0.01")) if known else None

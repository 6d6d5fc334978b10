"""The load of resources by calendar week (C08): what the work that is left asks of each, and what there is.

Not here: over-allocations from instant to instant and what would end them (``planning.levelling``), the rules.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from automation.planning.forecast import progressed
from automation.planning.levelling.resources import Job, Resource, uses_in
from automation.planning.levelling.shares import shares_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from automation.model.rows import Rows
    from automation.planning.calendar import WorkCalendar
    from automation.planning.levelling.resources import Use
    from automation.planning.plan import Plan

WEEK = timedelta(days=7)
WHOLE = 100


class TaskLoad(NamedTuple):
    """What one task asks of a resource in a week, in whole days of it."""

    task: str
    days: float


class WeekLoad(NamedTuple):
    """One resource in one calendar week from Monday; of a week that has begun, what of it lies after the status date.

    ``asked`` and ``there`` are whole days of the resource (a day at 50 % counts half), ``working`` the working days of
    the week on which it is there. ``percent`` is asked by there, ``None`` where nothing is there.
    """

    resource: str
    week: date
    asked: float
    there: float
    working: float
    tasks: tuple[TaskLoad, ...]

    @property
    def percent(self) -> float | None:
        """The load in percent of what there is."""
        return round(WHOLE * self.asked / self.there, 6) if self.there else None


def jobs_of(rows: Rows, plans: Mapping[str, Plan], status_date: date) -> tuple[Job, ...]:
    """The work that is left of every project with a plan, in the order of the projects; cells that failed leave none."""
    found = []
    for row in rows.projects:
        plan = plans.get(row.project_id or "")
        if plan is not None and row.start_planned is not None and plan.network.tasks and plan.forecast_known:
            work = progressed(plan.network, project_start=row.start_planned, status_date=status_date)
            found.append(Job(plan.network, work, plan.forecast))
    return tuple(found)


def resources_of(rows: Rows) -> dict[str, Resource]:
    """Resources by id; one without a capacity is there in full."""
    return {
        row.resource_id: Resource(
            row.resource_id, WHOLE if row.capacity is None else row.capacity, row.available_from, row.available_to
        )
        for row in rows.resources
        if row.resource_id
    }


def uses_of(rows: Rows, jobs: Sequence[Job]) -> dict[str, list[Use]]:
    """What the work that is left uses of each resource, by its id."""
    shares = {row.task_id: shares_of(row.resource_use or "") for row in rows.plan if row.task_id}
    return uses_in(jobs, shares)


def week_loads(
    rows: Rows,
    plans: Mapping[str, Plan],
    calendar: WorkCalendar,
    status_date: date,
    *,
    weeks: int | None = None,
) -> tuple[WeekLoad, ...]:
    """The load of each resource that is used, by week, in the order of the resources and weeks.

    From the week of the first working day after the status date on, ``weeks`` of them or, by default, as long as there
    is work. Weeks in which nothing is asked of a resource are left out.
    """
    jobs, known = jobs_of(rows, plans, status_date), resources_of(rows)
    found = uses_of(rows, jobs)
    names = (*known, *(name for name in found if name not in known))
    each = [
        _of_one(known.get(name) or Resource(name), found[name], calendar, status_date)
        for name in names
        if name in found
    ]
    end = None if weeks is None else _first_week(calendar, status_date) + weeks * WEEK
    return tuple(load for loads in each for load in loads if end is None or load.week < end)


def _first_week(calendar: WorkCalendar, since: date) -> date:
    """The Monday of the week of the first working day after a day."""
    first = calendar.next_working(since + timedelta(days=1))
    return first - timedelta(days=first.weekday())


def _of_one(resource: Resource, uses: list[Use], calendar: WorkCalendar, since: date) -> list[WeekLoad]:
    """The weeks of one resource."""
    day = calendar.day_minutes
    known, window = calendar.closing(since), resource.window(calendar)
    last = max(use.end for use in uses)
    loads: list[WeekLoad] = []
    week = _first_week(calendar, since)
    while (begin := max(calendar.opening(week), known)) < last:
        end = calendar.opening(week + WEEK)
        asked: dict[str, float] = {}
        for use in uses:
            if use.begin < end and use.end > begin:
                minutes = calendar.between(max(use.begin, begin), min(use.end, end))
                asked[use.task] = asked.get(use.task, 0) + minutes * use.share / WHOLE / day
        tasks = tuple(TaskLoad(task, round(days, 6)) for task, days in asked.items() if days)
        if tasks:
            working = max(calendar.between(max(begin, window[0]), min(end, window[1])), 0) / day
            there = working * resource.capacity / WHOLE
            total = round(sum(one.days for one in tasks), 6)
            loads.append(WeekLoad(resource.id, week, total, round(there, 6), round(working, 6), tasks))
        week += WEEK
    return loads


def peaks(loads: Sequence[WeekLoad]) -> dict[str, float]:
    """The highest weekly load of each resource in percent; a week in which it is not there counts for nothing."""
    found: dict[str, float] = {}
    for load in loads:
        if load.percent is not None:
            found[load.resource] = max(found.get(load.resource, 0), load.percent)
    return found

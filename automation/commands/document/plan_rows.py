"""The plan as documents show it: phases, milestones with baseline and forecast, tasks done, running and to come.

Not here: the computing of dates (``planning``) and what each document says about them.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from automation.commands.document.source import EMPTY, number

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from automation.commands.document.source import Source
    from automation.model.rows import PlanRow
    from automation.planning.plan import PlannedTask

MILESTONE = "milestone"
PERIOD = timedelta(days=30)
"""How far a report looks back and ahead, both ends included."""
_NOT_WORK = frozenset({"phase", MILESTONE})


def planned(source: Source, row: PlanRow) -> PlannedTask | None:
    """What is computed for a row of the plan."""
    return source.plan.tasks.get(row.task_id or "") if source.plan else None


def standing(source: Source) -> tuple[PlanRow, ...]:
    """The project's rows of the plan that are not cancelled."""
    return tuple(row for row in source.own(source.rows.plan) if row.status != "cancelled")


def work(source: Source) -> tuple[PlanRow, ...]:
    """Those of them that are tasks, neither phases nor milestones."""
    return tuple(row for row in standing(source) if row.kind not in _NOT_WORK)


def agreed(source: Source, row: PlanRow) -> tuple[date | None, date | None]:
    """First and last day as agreed in the baseline, else as the plan is drawn."""
    task = planned(source, row)
    drawn = task.drawn if task else None
    return (
        row.baseline_start or (drawn.start if drawn else None),
        row.baseline_finish or (drawn.finish if drawn else None),
    )


def expected(source: Source, row: PlanRow) -> tuple[date | None, date | None]:
    """First and last day as they were, else as they are forecast."""
    task = planned(source, row)
    forecast = task.forecast if task else None
    return (
        row.actual_start or (forecast.start if forecast else None),
        row.actual_finish or (forecast.finish if forecast else None),
    )


def slip(source: Source, row: PlanRow) -> int | None:
    """Working days of the expected finish after the baseline's, negative if before; ``None`` where one is not known."""
    finish = expected(source, row)[1]
    if finish is None or row.baseline_finish is None:
        return None
    return source.request.calendar.days_between(row.baseline_finish, finish)


def signed(days: float | None) -> str:
    """Working days with their sign; a dash where they are not known."""
    if days is None:
        return EMPTY
    return f"+{number(days)}" if days > 0 else number(days)


def phases(
    source: Source, dates: Callable[[Source, PlanRow], tuple[date | None, date | None]] = agreed
) -> list[dict[str, str]]:
    """Each phase with its first and last day and number of tasks."""
    groups: dict[str, list[PlanRow]] = {}
    for row in work(source):
        if row.phase:
            groups.setdefault(row.phase, []).append(row)
    found = []
    for phase, rows in groups.items():
        known = [dates(source, row) for row in rows]
        found.append(
            {
                "name": source.label("plan", "phase", phase),
                "start": source.day(min((first for first, _ in known if first), default=None)),
                "finish": source.day(max((last for _, last in known if last), default=None)),
                "tasks": str(len(rows)),
            }
        )
    return found


def milestones(source: Source) -> list[dict[str, str]]:
    """Each milestone with the day that was agreed, the day expected or reached, and the difference."""
    late_from = source.request.settings.number("task_slip_red")
    found = []
    for row in standing(source):
        if row.kind != MILESTONE:
            continue
        days = slip(source, row)
        reached = row.actual_finish is not None
        state = source.say("已达成", "reached") if reached else source.say("未达成", "open")
        found.append(
            {
                "id": row.task_id or EMPTY,
                "name": source.pick(row),
                "date": source.day(agreed(source, row)[1]),
                "expected": source.day(expected(source, row)[1]),
                "slip": signed(days),
                "state": state,
                "late": "late" if days is not None and days > late_from else "",
            }
        )
    return found


def tasks(source: Source, rows: tuple[PlanRow, ...]) -> list[dict[str, str]]:
    """Tasks with owner, dates, progress and what is behind."""
    found = []
    for row in rows:
        first, last = expected(source, row)
        days = slip(source, row)
        task = planned(source, row)
        percent = task.percent_complete if task else row.percent_complete
        found.append(
            {
                "id": row.task_id or EMPTY,
                "name": source.pick(row),
                "owner": source.person(row.owner),
                "start": source.day(first),
                "finish": source.day(last),
                "agreed": source.day(row.baseline_finish),
                "percent": EMPTY if percent is None else f"{number(round(float(percent), 1))}%",
                "slip": signed(days),
                "late": "late" if days is not None and days > 0 else "",
                "status": source.label("plan", "status", row.status),
            }
        )
    return found


def done_lately(source: Source) -> tuple[PlanRow, ...]:
    """Tasks finished within the period that ends with the status date, latest first."""
    since = source.status_date - PERIOD
    rows = [row for row in work(source) if row.actual_finish and since < row.actual_finish <= source.status_date]
    return tuple(sorted(rows, key=lambda row: row.actual_finish or since, reverse=True))


def unfinished(source: Source) -> tuple[PlanRow, ...]:
    """Tasks that run, and those that should have begun or ended by the status date, in row order."""
    found = []
    for row in work(source):
        if row.actual_finish is not None and row.actual_finish <= source.status_date:
            continue
        first, last = row.baseline_start, row.baseline_finish
        overdue = any(day is not None and day <= source.status_date for day in (first, last))
        if row.actual_start is not None or overdue:
            found.append(row)
    return tuple(found)


def coming(source: Source) -> tuple[PlanRow, ...]:
    """Tasks expected to begin or end within the period after the status date, by expected start."""
    until = source.status_date + PERIOD
    found = []
    for row in work(source):
        if row.actual_finish is not None:
            continue
        days = [day for day in expected(source, row) if day is not None]
        if any(source.status_date < day <= until for day in days):
            found.append((min(days), row))
    return tuple(row for _, row in sorted(found, key=lambda pair: (pair[0], pair[1].row)))

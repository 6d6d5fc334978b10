"""Points of a plan's health on its dates: float, durations, invalid and missed dates, the critical path, two indices.

Numbers and limits are those of the DCMA 14-Point Assessment (Defense Contract Management Agency, Earned Value
Management System Program Analysis Pamphlet, section 4). Not here: logic (``health_logic``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.planning.doubts import is_finished
from automation.planning.forecast import as_day
from automation.planning.health_case import Point, index, none_of, share
from automation.planning.tasks import TaskKind

if TYPE_CHECKING:
    from datetime import date

    from automation.planning.health_case import Examined, Limits
    from automation.planning.tasks import Task

TEST_DAYS = 600
"""The delay of the critical path test, in working days."""
PROPORTION = 0.9
"""The part of the task's own move that the finish must come to: another path may be the longest by a little."""


def high_float(plan: Examined, limits: Limits) -> Point:
    """Point 6: open tasks with more total float than the limit (44 working days), as a share of open tasks."""
    tasks = list(plan.open()) if plan.known else []
    floats = plan.schedule.total_float
    found = [task.id for place, task in tasks if plan.days(floats[place]) > limits.float_max]
    return share("high_float", 6, found, len(tasks), limits.share_max)


def negative_float(plan: Examined) -> Point:
    """Point 7: open tasks that finish later than a deadline or constraint allows; none are allowed."""
    tasks = list(plan.open()) if plan.known else []
    return none_of(
        "negative_float", 7, [task.id for place, task in tasks if plan.schedule.total_float[place] < 0], len(tasks)
    )


def high_duration(plan: Examined, limits: Limits) -> Point:
    """Point 8: open tasks that take longer than the limit (44 working days), as a share of those that take time."""
    tasks = plan.work()
    found = [task.id for _, task in tasks if plan.days(task.duration_minutes) > limits.duration_max]
    return share("high_duration", 8, found, len(tasks), limits.share_max)


def invalid_dates(plan: Examined) -> Point:
    """Point 9: actual dates after the status date, and work that should have begun or ended by then but has not.

    Forecast dates in the past: an open task's finish, or the start of one that has not begun, lies before the status
    date. By the rules of the data date there are none.
    """
    status = plan.status
    if status is None:
        return none_of("invalid_dates", 9, [], 0)
    found = [task.id for task in plan.network.tasks if _is_ahead_of_time(task, status)]
    if plan.known:
        found += [task.id for place, task in plan.open() if _is_left_behind(plan, place, task, status)]
    return none_of("invalid_dates", 9, found, len(plan.network.tasks))


def _is_ahead_of_time(task: Task, status: date) -> bool:
    return any(day is not None and as_day(day) > status for day in (task.actual_start, task.actual_finish))


def _is_left_behind(plan: Examined, place: int, task: Task, status: date) -> bool:
    if plan.finish_day(place) < status:
        return True
    return task.actual_start is None and task.percent_complete <= 0 and plan.start_day(place) < status


def missed_tasks(plan: Examined, limits: Limits) -> Point:
    """Point 11: tasks due by the status date by their baseline that finished later or are open, as a share of those due."""
    due = _due(plan)
    found = [task.id for task, finish in due if not _is_in_time(task, finish)]
    return share("missed_tasks", 11, found, len(due), limits.share_max)


def _due(plan: Examined) -> list[tuple[Task, date]]:
    """Tasks whose baseline finish lies on the status date or before, with that day."""
    status = plan.status
    return [
        (task, as_day(task.baseline_finish))
        for task in plan.network.tasks
        if status is not None and task.baseline_finish is not None and as_day(task.baseline_finish) <= status
    ]


def _is_in_time(task: Task, finish: date) -> bool:
    """A task that is finished but has no date of it is taken to be in time."""
    return is_finished(task) and (task.actual_finish is None or as_day(task.actual_finish) <= finish)


def critical_path(plan: Examined) -> Point:
    """Point 12: the first open critical task that takes time gets 600 working days more; the finish must move with it.

    The value is by how many working days the task that ends the project moves, the limit 90 % of what the delayed task does.
    Constraints, fixed dates and missing links that break the critical path show here.
    """
    chosen = None
    if plan.known:
        critical = [place for place, task in plan.work() if plan.schedule.critical[place]]
        fixed = [place for place in critical if _is_by_hand(plan.network.tasks[place])]
        chosen = min(sorted(set(critical) - set(fixed)) or fixed, key=plan.schedule.start.__getitem__, default=None)
    if chosen is None:
        return Point("critical_path", 12, None, TEST_DAYS, "days", None, at_least=True)
    calendar, now = plan.network.calendar, plan.schedule
    then = plan.delayed(chosen, TEST_DAYS * calendar.day_minutes)
    last = [place for place, finish in enumerate(now.finish) if finish == now.project_finish]
    moved = plan.days(max(calendar.between(now.finish[place], then.finish[place]) for place in last))
    own = plan.days(calendar.between(now.finish[chosen], then.finish[chosen]))
    wanted = PROPORTION * max(own, 1)
    tasks = (plan.network.tasks[chosen].id,)
    return Point("critical_path", 12, moved, round(wanted, 2), "days", moved >= wanted, tasks, 1, at_least=True)


def _is_by_hand(task: Task) -> bool:
    return task.detail is not None and task.detail.manual is not None


def path_index(plan: Examined, limits: Limits) -> Point:
    """Point 13, critical path length index: (length + float) / length, at least the limit (0.95).

    Length is the working time from the status date to the forecast finish, float that from there to the latest baseline
    finish. Not judged without a baseline or once the project is finished.
    """
    finishes = [task.baseline_finish for task in plan.network.tasks if task.baseline_finish is not None]
    value = None
    if plan.status is not None and finishes and plan.known and any(True for _ in plan.open()):
        calendar, finish = plan.network.calendar, plan.schedule.project_finish
        length = calendar.between(calendar.closing(plan.status), finish)
        spare = calendar.between(finish, max(map(calendar.closing, finishes)))
        value = None if length <= 0 else (length + spare) / length
    return index("path_index", 13, value, limits.index_min)


def execution_index(plan: Examined, limits: Limits) -> Point:
    """Point 14, baseline execution index: tasks done / (tasks due by the baseline + tasks without one), at least 0.95.

    Milestones do not count. Not judged without any baseline or before anything is due. Named are the tasks due that are
    not done.
    """
    work = [task for task in plan.network.tasks if task.kind is TaskKind.TASK]
    due = [task for task, _ in _due(plan) if task.kind is TaskKind.TASK]
    without = sum(task.baseline_finish is None for task in work)
    done = sum(is_finished(task) for task in work)
    value = done / (len(due) + without) if due else None
    late = [task.id for task in due if not is_finished(task)]
    return index("execution_index", 14, value, limits.index_min, of=len(due), tasks=late)


def missing_baseline(plan: Examined) -> Point:
    """Beyond the 14: tasks without baseline dates, which no comparison reaches (DCMA counts them in point 14)."""
    found = [task.id for task in plan.network.tasks if task.baseline_finish is None]
    return none_of("missing_baseline", None, found, len(plan.network.tasks))

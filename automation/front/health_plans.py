"""``plan-health PLAN.xml``: the quality of a Microsoft Project XML file's schedule, by Microsoft Project's rules.

It only reads. Not here: workbooks (``commands.plan_health``), the points (``planning.health``).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.base.records import replace
from automation.commands.plan_health_text import counts, lines_of, point_value
from automation.deviations.plan_health import limits_of
from automation.front.library import Library
from automation.front.plans import plan_of, reschedule_plan
from automation.planning import microsoft
from automation.planning.filing import Policy, compile_plan, filing, rules_of
from automation.planning.health import assess
from automation.planning.health_case import Examined

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from automation.front.output import Result
    from automation.front.session import Common
    from automation.planning.filed import FiledPlan
    from automation.planning.passes import Schedule
    from automation.planning.tasks import Task
    from automation.schema.catalogue import Catalogue


UNDATED = Text(
    "文件没有状态日期：第 9、11、13、14 点不适用；可用 --status-date 指定。",
    "The file has no status date: points 9, 11, 13 and 14 are not applicable; give one with --status-date.",
)


def health_of_plan(path: Path, *, common: Common) -> tuple[Result, Catalogue]:
    """The points of a plan file; without a status date, of the file or given, those that need one are not judged.

    The findings are those of its schedule. Raises AutomationError as ``reschedule_plan``.
    """
    scheduled, catalogue = reschedule_plan(path, policy=Policy.MICROSOFT.value, common=common)
    settings, _ = Library(None).settings(common.config, catalogue)
    plan = plan_of(path)
    points = assess(examined_file(plan, common.status_date), limits_of(settings))
    names = {task.id: task.name for task in plan.tasks}
    dated = common.status_date is not None or plan.status_date is not None
    result = replace(
        scheduled,
        command="plan-health",
        figures=counts(points),
        lines=(*lines_of(points, names), *(() if dated else (UNDATED,))),
        tables={"points": [point_value(point) for point in points]},
    )
    return result, catalogue


def examined_file(plan: FiledPlan, day: date | None) -> Examined:
    """A plan file as Microsoft Project schedules it; ``day`` takes the place of the file's own status date."""
    rules = rules_of(plan)
    compiled = compile_plan(plan, Policy.MICROSOFT)
    found = filing(plan, Policy.MICROSOFT)
    working = {resource.id for resource in plan.resources.values() if resource.works}

    def delayed(place: int, minutes: int) -> Schedule:
        tasks = list(found.network.tasks)
        tasks[place] = _longer(tasks[place], minutes)
        return microsoft.schedule(found.network._replace(tasks=tasks), rules)

    return Examined(
        tasks=compiled.tasks,
        network=found.network,
        schedule=found.schedule,
        status=day or _last_day(plan.status_date),
        resourced=frozenset(task.id for task in plan.tasks if any(one.resource in working for one in task.assignments)),
        delayed=delayed,
    )


def _last_day(moment: datetime | None) -> date | None:
    """The day at whose end a moment stands: one at the very beginning of a day means the day before."""
    return None if moment is None else (moment - timedelta(seconds=1)).date()


def _longer(task: Task, minutes: int) -> Task:
    """The task with so much more to do; what its resources would decide about its end is left aside."""
    detail = task.detail
    if detail is not None:
        detail = replace(detail, crews=(), breaks=())
    left = task.remaining_minutes
    return replace(
        task,
        duration_minutes=task.duration_minutes + minutes,
        remaining_minutes=None if left is None else left + minutes,
        detail=detail,
    )

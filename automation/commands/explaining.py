"""Explain: why a task is where it is, and why it is or is not critical, in one paragraph (C02, C04).

Not here: the chain of drivers and its words (``planning.explaining``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.commands.plan_notices import plan_notices
from automation.model.effects import Outcome
from automation.planning.explaining import Staff, explain_summary
from automation.planning.explaining import explain as paragraph
from automation.planning.levelling.shares import shares_of
from automation.planning.passes import ends

if TYPE_CHECKING:
    from collections.abc import Mapping

    from automation.commands.request import Request
    from automation.planning.passes import Schedule
    from automation.planning.plan import Plan


def explain(request: Request) -> Outcome:
    """One paragraph on a task as planned, and one on its forecast where that differs. Parameter: ``task``, its id.

    Of a phase it names the tasks below it that fix its start and its finish. Raises UsageError for a task that has no dates.
    """
    wanted = str(request.parameters.get("task") or "").strip()
    names = {row.task_id: row.name or "" for row in request.project.rows.plan if row.task_id}
    known = next((name for name in names if name.casefold() == wanted.casefold()), "")
    for plan in request.plans.values():
        if not _has_dates(plan, known):
            continue
        staff = _staff(request)
        planned = _paragraph(plan, plan.drawn, known, names, staff)
        expected = _paragraph(plan, plan.forecast, known, names, staff)
        lines = [_headed(Text("计划：", "As planned: "), planned)]
        if expected != planned:
            lines.append(_headed(Text("预测：", "Forecast: "), expected))
        return Outcome(lines=tuple(lines), figures=_figures(plan, known), notices=plan_notices(request))
    raise no_such_task(wanted)


def no_such_task(wanted: str) -> UsageError:
    """The error for a task that is not there or has no dates."""
    return UsageError(
        Text(
            f"计划中没有可以说明的任务“{wanted}”：请给出任务编号，例如 T-030(未排出日期的任务请先按 check 的结果改正)。",
            f"There is no task '{wanted}' to explain: give its id, such as T-030 (a task without dates must be corrected first, "
            "as check says).",
        ),
        code="NO_SUCH_TASK",
    )


def _has_dates(plan: Plan, task: str) -> bool:
    """Whether a task has dates in both schedules; of a phase, whether any task below it has."""
    planned = plan.tasks.get(task)
    return planned is not None and planned.drawn is not None and planned.forecast is not None


def _paragraph(plan: Plan, schedule: Schedule, task: str, names: Mapping[str, str], staff: Staff) -> Text:
    if task in plan.network.place:
        return paragraph(plan.network, schedule, plan.network.place[task], names, staff=staff)
    return explain_summary(plan.network, schedule, task, names, staff=staff)


def _staff(request: Request) -> Staff:
    """Who works on what: the resources used, or where none are named the owner."""
    uses = {
        row.task_id: tuple(shares_of(row.resource_use or "")) or ((row.owner,) if row.owner else ())
        for row in request.project.rows.plan
        if row.task_id
    }
    return Staff(uses, {row.resource_id: row.name or "" for row in request.project.rows.resources if row.resource_id})


def _headed(head: Text, text: Text) -> Text:
    return Text(f"{head.zh}{text.zh}", f"{head.en}{text.en}")


def _figures(plan: Plan, task: str) -> dict[str, Any]:
    """The task and whether it is critical; of a phase also the tasks that fix its start and its finish."""
    planned = plan.tasks[task]
    figures: dict[str, Any] = {"task": task, "critical": planned.drawn is not None and planned.drawn.critical}
    if task not in plan.network.place:
        first, last = ends(plan.drawn, plan.network.children[task])
        figures |= {"starts_with": plan.network.tasks[first].id, "finishes_with": plan.network.tasks[last].id}
    return figures

"""Explain: why a task is where it is, and why it is or is not critical, in one paragraph (C02, C04).

Not here: the chain of drivers and its words (``planning.explaining``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.commands.plan_notices import plan_notices
from automation.model.effects import Outcome
from automation.planning.explaining import explain as paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from automation.commands.request import Request
    from automation.planning.plan import Plan


def explain(request: Request) -> Outcome:
    """One paragraph on a task as planned, and one on its forecast where that differs. Parameter: ``task``, its id.

    Of a phase the task below it that finishes last is explained. Raises UsageError for a task that has no dates.
    """
    wanted = str(request.parameters.get("task") or "").strip()
    names = {row.task_id: row.name or "" for row in request.project.rows.plan if row.task_id}
    known = next((name for name in names if name.casefold() == wanted.casefold()), "")
    for plan in request.plans.values():
        places = _places(plan, known)
        if not places:
            continue
        drawn = _latest(places, plan.drawn.finish)
        forecast = _latest(places, plan.forecast.finish)
        planned = paragraph(plan.network, plan.drawn, drawn, names)
        expected = paragraph(plan.network, plan.forecast, forecast, names)
        lines = [_headed(Text("计划：", "As planned: "), planned)]
        if expected != planned:
            lines.append(_headed(Text("预测：", "Forecast: "), expected))
        return Outcome(lines=tuple(lines), figures=_figures(plan, drawn), notices=plan_notices(request))
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


def _places(plan: Plan, task: str) -> Sequence[int]:
    """The places of a task that has dates, or of the tasks below a phase."""
    planned = plan.tasks.get(task)
    if planned is None or planned.drawn is None or planned.forecast is None:
        return ()
    if task in plan.network.place:
        return (plan.network.place[task],)
    return plan.network.children.get(task, ())


def _latest(places: Sequence[int], finish: Sequence[int]) -> int:
    return max(places, key=finish.__getitem__)


def _headed(head: Text, text: Text) -> Text:
    return Text(f"{head.zh}{text.zh}", f"{head.en}{text.en}")


def _figures(plan: Plan, place: int) -> dict[str, Any]:
    return {"task": plan.network.tasks[place].id, "critical": plan.drawn.critical[place]}

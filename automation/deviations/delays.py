"""Rules on what a delay calls for: a reason and a measure, a word to the customer, progress data that are fresh.

Not here: the delays themselves (``schedule``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Severity
from automation.base.rules import Problem, Rule
from automation.deviations import wording
from automation.deviations.schedule import NETWORK, PROGRESS, finished
from automation.model.links import Link
from automation.planning.tasks import TaskKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from automation.deviations.case import Case
    from automation.model.rows import ProjectsRow
    from automation.planning.plan import Plan, PlannedTask

_TOLD_BY = frozenset({"problem_notice", "customer_report"})


def check_delay_explained(case: Case) -> Iterator[Problem]:
    """A started or overdue task whose own slip is above the limit carries a delay reason and a corrective action.

    The own slip is what the task added to the delay of its predecessors. A finished task needs the reason only.

    已开始或已超期的任务，自身延期超过上限时，应填写延期原因和纠偏措施。
    自身延期是在前置任务延期之外，由本任务造成的部分。不写原因和措施，延期只会重演。已完成的任务只需填写原因。

    Options: ``task_slip_red``.

    Passes::

        status date 2026-06-12
        plan
          task_id | duration | baseline_start | baseline_finish | actual_start | percent_complete | remaining_days | delay_reason | corrective_action
          T-001   | 10       | 2026-06-01     | 2026-06-12      | 2026-06-01   | 60               | 4              | customer     | 增加一名开发 // A second developer
          T-002   | 10       | 2026-06-01     | 2026-06-12      | 2026-06-01   | 70               | 3              |              |

    Fails::

        status date 2026-06-12
        plan
          task_id | duration | baseline_start | baseline_finish | actual_start | percent_complete | remaining_days | delay_reason | corrective_action
        > T-001   | 10       | 2026-06-01     | 2026-06-12      | 2026-06-01   | 60               | 4              | customer     |
    """
    limit = case.settings.number("task_slip_red")
    for row in case.rows.plan:
        planned = case.planned(row.project_id, row.task_id)
        if planned is None:
            case.leave_unplanned(row)
            continue
        if planned.task.kind is not TaskKind.TASK or not case.stands(row.project_id):
            continue
        if planned.forecast is None:
            case.leave_undated("plan", row.task_id)
            continue
        overdue = row.baseline_finish is not None and row.baseline_finish < case.status_date
        own = planned.slip.own
        if own is None or own <= limit or (row.actual_start is None and not overdue):
            continue
        wanted = ("delay_reason",) if finished(row) else ("delay_reason", "corrective_action")
        missing = [name for name in wanted if getattr(row, name) is None]
        if missing:
            fields = {
                "days": own,
                "value": wording.columns(case, "plan", missing),
                "cell": wording.cells(case, row, sheet="plan", names=missing),
            }
            yield Problem(row, missing[0], value=own, threshold=limit, owner=row.owner or "", fields=fields)


def check_customer_told_of_delay(case: Case) -> Iterator[Problem]:
    """The customer is told in time when the next open milestone slips above the limit.

    Told is a problem notice or a customer report that was held since the delay appeared. The delay appears on the
    working day after the baseline finish (or start, if not started) of a task that drives the milestone and slips
    above the limit itself, or when it was first reported on the findings sheet, whichever is earlier.

    下一个未达到的里程碑偏移超过上限时，应在期限内告知客户。
    告知是指延期出现之后举行的“问题沟通”或“客户汇报”。延期出现日取驱动该里程碑且自身延期超过上限的任务的基线完成日（未开始的取基线开始日）之后的工作日，或检查结果表中首次发现的日期，以较早者为准。

    Options: ``ms_red``, ``delay_tell_days``.

    Passes::

        status date 2026-06-12
        plan
          task_id | kind      | duration | predecessors | baseline_start | baseline_finish | actual_start | percent_complete | remaining_days
          T-001   | task      | 10       |              | 2026-05-25     | 2026-06-05      | 2026-05-25   | 60               | 4
          T-002   | milestone | 0        | T-001        | 2026-06-05     | 2026-06-05      |              | 0                |
        events
          event_id | project_id | kind           | audience | held_on    | status
          EVT-001  | PRJ-001    | problem_notice | customer | 2026-06-10 | held

    Fails::

        status date 2026-06-12
        plan
          task_id | kind      | duration | predecessors | baseline_start | baseline_finish | actual_start | percent_complete | remaining_days
          T-001   | task      | 10       |              | 2026-05-25     | 2026-06-05      | 2026-05-25   | 60               | 4
        > T-002   | milestone | 0        | T-001        | 2026-06-05     | 2026-06-05      |              | 0                |
        events
          event_id | project_id | kind           | audience | held_on    | status
          EVT-001  | PRJ-001    | problem_notice | customer | 2026-06-05 | held
    """
    limit, days = case.settings.number("ms_red"), case.settings.whole("delay_tell_days")
    judged = {(row.project_id, row.task_id): row for row in case.rows.plan}
    for project in case.rows.projects:
        plan = case.plans.get(project.project_id or "")
        if (plan is None or not plan.forecast_known) and case.stands(project.project_id):
            _leave_milestones(case, project)
            continue
        milestone = _next_milestone(plan) if plan and case.stands(project.project_id) else None
        if plan is None or milestone is None or (milestone.slip.total or 0) <= limit:
            continue
        row = judged.get((project.project_id, milestone.id))
        since = _appeared(case, plan, milestone, limit=limit)
        if row is None or since is None or case.waited(since) < days or _told(case, project, since):
            continue
        fields = {"days": milestone.slip.total}
        yield Problem(
            row, "slip_days", value=milestone.slip.total, threshold=limit, owner=row.owner or "", fields=fields
        )


def check_progress_is_fresh(case: Case) -> Iterator[Problem]:
    """The progress of a running task is updated every few days.

    Forecasts and reports are worth what the progress behind them is worth.

    进行中的任务应定期更新进度。
    进度数据陈旧，预测和报告就不可信。

    Options: ``progress_stale_days``.

    Passes::

        status date 2026-06-12
        plan
          task_id | actual_start | percent_complete | updated_on
          T-001   | 2026-06-01   | 50               | 2026-06-06

    Fails::

        status date 2026-06-12
        plan
          task_id | actual_start | percent_complete | updated_on
        > T-001   | 2026-06-01   | 50               | 2026-06-05
    """
    limit = case.settings.whole("progress_stale_days")
    for row in case.rows.plan:
        since = row.updated_on or row.actual_start
        if row.actual_start is None or since is None or finished(row) or row.status in {"cancelled", "paused"}:
            continue
        days = (case.status_date - since).days
        if days >= limit and row.kind != "phase" and case.stands(row.project_id):
            fields = {"date": since, "days": days}
            yield Problem(row, "updated_on", value=days, threshold=limit, owner=row.owner or "", fields=fields)


def _leave_milestones(case: Case, project: ProjectsRow) -> None:
    """Note that of none of the project's open milestones it can be told whether it is the next."""
    for row in case.project.rows.plan:
        wanted = row.project_id == project.project_id and row.kind == "milestone" and row.status != "cancelled"
        if wanted and not finished(row):
            case.leave_undated("plan", row.task_id)


def _next_milestone(plan: Plan) -> PlannedTask | None:
    """The milestone that is forecast next of those not reached."""
    found = [
        (planned.forecast.finish, number, planned)
        for number, planned in enumerate(plan.tasks.values())
        if planned.task.kind is TaskKind.MILESTONE
        and planned.forecast is not None
        and planned.task.actual_finish is None
        and planned.task.actual_start is None
        and not planned.percent_complete
    ]
    return min(found)[2] if found else None


def _appeared(case: Case, plan: Plan, milestone: PlannedTask, *, limit: float) -> date | None:
    """The first day on which the delay of a milestone could be seen; ``None`` while nothing is overdue."""
    days = [
        row.first_seen
        for row in case.project.rows.findings
        if row.rule_id == "PLN-03" and row.row_key == milestone.id and row.first_seen and row.status != "resolved"
    ]
    for planned in driving(plan, milestone):
        task = planned.task
        if planned.slip.total is None or planned.slip.total <= limit:
            continue
        promised = task.baseline_start if task.actual_start is None else None
        passed = [day for day in (promised, task.baseline_finish) if day is not None and day < case.status_date]
        days += [case.calendar.add_days(day, 1) for day in passed]
    return min(days, default=None)


def driving(plan: Plan, milestone: PlannedTask) -> Iterator[PlannedTask]:
    """A task and, one after the other, the tasks whose links fix its forecast."""
    current: PlannedTask | None = milestone
    while current is not None:
        yield current
        driver = current.forecast.driver if current.forecast else None
        before = plan.tasks.get(driver.predecessor) if isinstance(driver, Link) else None
        if before is not None and before.task.kind is TaskKind.SUMMARY:
            places = plan.network.children[before.id]
            last = max(places, key=lambda place: plan.forecast.finish[place], default=None)
            before = None if last is None else plan.tasks.get(plan.network.tasks[last].id)
        current = before


def _told(case: Case, project: ProjectsRow, since: date) -> bool:
    """Whether the customer was told of the project's problems on that day or later."""
    for event in case.rows.events:
        mine = event.project_id == project.project_id
        if event.project_id is None and event.customer_id is not None:
            mine = event.customer_id == project.customer_id
        if not mine or event.kind not in _TOLD_BY or event.audience == "internal" or event.held_on is None:
            continue
        if since <= event.held_on <= case.status_date:
            return True
    return False


RULES: tuple[Rule, ...] = (
    Rule(
        "PLN-06",
        check_delay_explained,
        "plan",
        Severity.MEDIUM,
        (
            *NETWORK,
            *PROGRESS,
            "plan.baseline_start",
            "plan.baseline_finish",
            "plan.delay_reason",
            "plan.corrective_action",
        ),
        ("task_slip_red",),
    ),
    Rule(
        "PLN-09",
        check_customer_told_of_delay,
        "plan",
        Severity.HIGH,
        (*NETWORK, *PROGRESS, "plan.baseline_finish", "events.kind", "events.held_on"),
        ("ms_red", "delay_tell_days"),
        "should",
    ),
    Rule(
        "PLN-10",
        check_progress_is_fresh,
        "plan",
        Severity.LOW,
        (
            "plan.project_id",
            "plan.status",
            "plan.updated_on",
            "plan.actual_start",
            "plan.actual_finish",
            "plan.percent_complete",
        ),
        ("progress_stale_days",),
        "should",
    ),
)

"""Rules on dates and progress: started, finished and reached in time, the deadline safe, progress and float kept.

Dates, slips, floats and planned percentages are those that ``planning`` computes, never the stored columns; what it
cannot tell is not judged. Rows without a baseline are not compared with one. Not here: what a delay calls for (``delays``), how the plan is made
(``structure``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Severity
from automation.base.rules import Problem, Rule
from automation.planning.tasks import TaskKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from automation.deviations.case import Case
    from automation.model.rows import PlanRow
    from automation.planning.plan import Plan, PlannedTask

COMPLETE = 100


def check_started_in_time(case: Case) -> Iterator[Problem]:
    """A task starts by its baseline start, with some days of grace.

    A late start is the first sign of a late finish, and the easiest to act upon. The severity is high for a
    critical task. Milestones are judged by their slip instead.

    任务应在基线开始日开始，允许少量宽限。
    晚开始是晚完成的先兆，也最容易补救。关键任务严重程度为“高”；里程碑按偏移判断。

    Options: ``start_grace``.

    Passes::

        status date 2026-06-12
        plan
          task_id | duration | baseline_start | baseline_finish | actual_start
          T-001   | 8        | 2026-06-11     | 2026-06-23      |
          T-002   | 10       | 2026-05-28     | 2026-06-10      | 2026-06-01

    Fails::

        status date 2026-06-12
        plan
          task_id | duration | baseline_start | baseline_finish | actual_start
        > T-001   | 8        | 2026-06-10     | 2026-06-22      |
    """
    grace = case.settings.whole("start_grace")
    for row, planned in _rows(case, TaskKind.TASK):
        begin = row.baseline_start
        if begin is None or row.actual_start is not None or finished(row):
            continue
        days = case.waited(begin)
        if days > grace:
            yield Problem(
                row,
                "actual_start",
                value=days,
                threshold=grace,
                severity=_severity(case, row, planned),
                owner=row.owner or "",
                fields={"date": begin, "days": days},
            )


def check_finished_in_time(case: Case) -> Iterator[Problem]:
    """A task is finished by its baseline finish, with some days of grace.

    What is not ready on its day delays what waits for it. The severity is high for a critical task. Milestones are
    judged by their slip instead.

    任务应在基线完成日之前完成，允许少量宽限。
    到期没有完成，后面的工作都要等。关键任务严重程度为“高”；里程碑按偏移判断。

    Options: ``finish_grace``.

    Passes::

        status date 2026-06-12
        plan
          task_id | duration | baseline_start | baseline_finish | actual_start | actual_finish | percent_complete
          T-001   | 8        | 2026-06-03     | 2026-06-12      | 2026-06-03   |               | 90
          T-002   | 8        | 2026-06-01     | 2026-06-10      | 2026-06-01   | 2026-06-12    | 100

    Fails::

        status date 2026-06-12
        plan
          task_id | duration | baseline_start | baseline_finish | actual_start | actual_finish | percent_complete
        > T-001   | 8        | 2026-06-02     | 2026-06-11      | 2026-06-02   |               | 90
    """
    grace = case.settings.whole("finish_grace")
    for row, planned in _rows(case, TaskKind.TASK):
        if row.baseline_finish is None or finished(row):
            continue
        days = case.waited(row.baseline_finish)
        if days > grace:
            fields = {"date": row.baseline_finish, "days": days, "value": row.percent_complete or 0.0}
            yield Problem(
                row,
                "actual_finish",
                value=days,
                threshold=grace,
                severity=_severity(case, row, planned),
                owner=row.owner or "",
                fields=fields,
            )


def check_milestone_kept(case: Case) -> Iterator[Problem]:
    """A milestone is reached, or forecast, no later than its baseline.

    Milestones are what the customer was promised. Above the first limit it is medium, above the second high.

    里程碑的预测（或实际）完成日不应晚于基线。
    里程碑是对客户的承诺。超过第一个上限为“中”，超过第二个上限为“高”。

    Options: ``ms_amber``, ``ms_red``.

    Passes::

        status date 2026-06-12
        plan
          task_id | kind      | duration | baseline_start | baseline_finish | actual_finish | predecessors
          T-001   | task      | 3        | 2026-06-15     | 2026-06-17      |               |
          T-002   | milestone | 0        | 2026-06-17     | 2026-06-17      |               | T-001

    Fails::

        status date 2026-06-12
        plan
          task_id | kind      | duration | baseline_start | baseline_finish | actual_finish | predecessors
          T-001   | task      | 3        | 2026-06-15     | 2026-06-17      |               |
        > T-002   | milestone | 0        | 2026-06-16     | 2026-06-16      |               | T-001
    """
    amber, red = case.settings.number("ms_amber"), case.settings.number("ms_red")
    for row, planned in _rows(case, TaskKind.MILESTONE):
        slip = planned.slip.total
        if planned.forecast is None:
            case.leave_undated("plan", row.task_id)
            continue
        if slip is None or slip <= min(amber, red):
            continue
        high = slip > red
        fields = {"date": row.baseline_finish, "forecast": planned.forecast.finish, "days": slip}
        yield Problem(
            row,
            "slip_days",
            value=slip,
            threshold=red if high else amber,
            severity=Severity.HIGH if high else None,
            owner=row.owner or "",
            fields=fields,
            variant="done" if finished(row) else "",
        )


def check_deadline_safe(case: Case) -> Iterator[Problem]:
    """A project is forecast to finish before the contract's deadline, with the buffer to spare.

    A missed deadline costs penalties and trust; a project without a buffer will miss it with the next delay.

    项目预测完成日应早于合同交付截止，并留有缓冲。
    误了交付期既要赔偿又失信誉；没有缓冲，再拖延一次就会误期。

    Options: ``deadline_buffer``.

    Passes::

        status date 2026-06-12
        projects
          project_id | status  | start_planned | finish_deadline
          PRJ-001    | running | 2026-06-01    | 2026-06-25
        plan
          task_id | project_id | duration
          T-001   | PRJ-001    | 3

    Fails::

        status date 2026-06-12
        projects
          project_id | status  | start_planned | finish_deadline
        > PRJ-001    | running | 2026-06-01    | 2026-06-24
        plan
          task_id | project_id | duration
          T-001   | PRJ-001    | 4
    """
    buffer = case.settings.whole("deadline_buffer")
    for project in case.rows.projects:
        plan = case.plans.get(project.project_id or "")
        late = None if plan is None else plan.deadline_slip_days
        if project.finish_deadline is None or project.status == "accepted" or not case.stands(project.project_id):
            continue
        if plan is None or not plan.forecast_known:
            case.leave_undated("projects", project.project_id)
        if plan is None or late is None:
            continue
        owner = project.project_manager or ""
        finish, deadline = plan.forecast_finish, project.finish_deadline
        fields: dict[str, object] = {"forecast": finish, "date": deadline}
        if late > 0:
            fields["days"] = late
            yield Problem(project, "forecast_finish", value=finish, threshold=deadline, owner=owner, fields=fields)
        elif -late < buffer and _unfinished(plan):
            fields |= {"days": -late, "limit": buffer}
            yield Problem(
                project,
                "forecast_finish",
                value=finish,
                threshold=deadline,
                owner=owner,
                fields=fields,
                variant="buffer",
            )


def check_progress_as_planned(case: Case) -> Iterator[Problem]:
    """A running task is not more than the tolerance behind its planned percentage.

    Planned is the share of the baseline's working days that have passed. Whoever notices at half time can still
    act; at the baseline finish it is too late.

    进行中任务的完成率，落后计划完成率不应超过容差。
    计划完成率为基线工期中已过去的工作日所占比例。做到一半发现落后还来得及补救，到期才发现就晚了。

    Options: ``progress_gap``.

    Passes::

        status date 2026-06-12
        plan
          task_id | duration | baseline_start | baseline_finish | actual_start | percent_complete
          T-001   | 10       | 2026-06-01     | 2026-06-12      | 2026-06-01   | 85

    Fails::

        status date 2026-06-12
        plan
          task_id | duration | baseline_start | baseline_finish | actual_start | percent_complete
        > T-001   | 10       | 2026-06-08     | 2026-06-19      | 2026-06-08   | 34
    """
    limit = case.settings.number("progress_gap")
    for row, planned in _rows(case, TaskKind.TASK):
        expected = planned.planned_percent
        if expected is None or row.actual_start is None or finished(row):
            continue
        done = row.percent_complete or 0.0
        gap = round(expected - done, 6)
        if gap > limit:
            fields = {"value": done, "expected": expected, "gap": gap}
            yield Problem(
                row, "percent_complete", value=round(gap, 1), threshold=limit, owner=row.owner or "", fields=fields
            )


def check_float_left(case: Case) -> Iterator[Problem]:
    """An open task that is not critical keeps more than a few working days of total float.

    With its float used up it becomes critical, and nobody was watching it.

    未完成的非关键任务，应留有一定的总浮动。
    浮动用完就成了关键任务，而平时没有人盯着它。

    Options: ``float_min``.

    Passes::

        status date 2026-06-12
        plan
          task_id | kind      | duration | predecessors
          T-001   | task      | 8        |
          T-002   | task      | 5        |
          T-003   | milestone | 0        | T-001;T-002

    Fails::

        status date 2026-06-12
        plan
          task_id | kind      | duration | predecessors
          T-001   | task      | 8        |
        > T-002   | task      | 6        |
          T-003   | milestone | 0        | T-001;T-002
    """
    limit = case.settings.number("float_min")
    for row, planned in _rows(case, TaskKind.TASK, TaskKind.MILESTONE):
        drawn = planned.drawn
        if finished(row):
            continue
        if not _float_known(case, row):
            case.leave_undated("plan", row.task_id)
            continue
        if drawn is None or drawn.critical or drawn.total_float > limit:
            continue
        value = drawn.total_float
        yield Problem(row, "total_float", value=value, threshold=limit, owner=row.owner or "")


def finished(row: PlanRow) -> bool:
    """Whether a task is done: it has an actual finish, or stands at 100 %."""
    return row.actual_finish is not None or (row.percent_complete or 0) >= COMPLETE


def _rows(case: Case, *kinds: TaskKind) -> Iterator[tuple[PlanRow, PlannedTask]]:
    """The rows of these kinds that are judged, with what was computed for them; cancelled tasks are not among them."""
    for row in case.rows.plan:
        planned = case.planned(row.project_id, row.task_id)
        if planned is None:
            case.leave_unplanned(row)
        elif planned.task.kind in kinds and case.stands(row.project_id):
            yield row, planned


def _float_known(case: Case, row: PlanRow) -> bool:
    """Whether float and critical tasks of the row's project are right: they rest on every task's dates."""
    plan = case.plans.get(row.project_id or "")
    return plan is not None and plan.drawn_known


def _severity(case: Case, row: PlanRow, planned: PlannedTask) -> Severity | None:
    """High for a critical task; while that cannot be computed, for one that was critical when it last could."""
    critical = (
        planned.drawn is not None and planned.drawn.critical if _float_known(case, row) else row.critical == "yes"
    )
    return Severity.HIGH if critical else None


def _unfinished(plan: Plan) -> bool:
    return any(
        planned.task.kind is TaskKind.TASK and planned.task.actual_finish is None for planned in plan.tasks.values()
    )


NETWORK = ("plan.task_id", "plan.project_id", "plan.kind", "plan.duration", "plan.predecessors", "plan.status")
PROGRESS = ("plan.actual_start", "plan.actual_finish", "plan.percent_complete", "plan.remaining_days")

RULES: tuple[Rule, ...] = (
    Rule(
        "PLN-01",
        check_started_in_time,
        "plan",
        Severity.MEDIUM,
        (*NETWORK, "plan.baseline_start", "plan.actual_start", "plan.actual_finish", "plan.percent_complete"),
        ("start_grace",),
    ),
    Rule(
        "PLN-02",
        check_finished_in_time,
        "plan",
        Severity.MEDIUM,
        (*NETWORK, "plan.baseline_finish", "plan.actual_finish", "plan.percent_complete"),
        ("finish_grace",),
    ),
    Rule(
        "PLN-03",
        check_milestone_kept,
        "plan",
        Severity.MEDIUM,
        (*NETWORK, *PROGRESS, "plan.baseline_finish"),
        ("ms_amber", "ms_red"),
    ),
    Rule(
        "PLN-04",
        check_deadline_safe,
        "projects",
        Severity.HIGH,
        ("projects.project_id", "projects.start_planned", "projects.finish_deadline", "projects.status"),
        ("deadline_buffer",),
    ),
    Rule(
        "PLN-05",
        check_progress_as_planned,
        "plan",
        Severity.MEDIUM,
        (*NETWORK, *PROGRESS, "plan.baseline_start", "plan.baseline_finish"),
        ("progress_gap",),
    ),
    Rule(
        "PLN-12",
        check_float_left,
        "plan",
        Severity.LOW,
        (*NETWORK, "plan.actual_finish", "plan.percent_complete"),
        ("float_min",),
        "could",
    ),
)

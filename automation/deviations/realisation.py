"""Rules on requirements from their confirmation on: planned, checked, verified, unchanged, growing, delayed.

Not here: what must hold up to the confirmation (``requirements``).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from automation.base.findings import Severity
from automation.base.rules import Problem, Rule
from automation.deviations import derived, wording

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from automation.deviations.case import Case
    from automation.model.rows import PlanRow, RequirementsRow

_WAITING_FOR_TASKS = frozenset({"confirmed", "in_realisation"})
_WAITING_FOR_CHECKS = frozenset({"confirmed", "in_realisation", "realised"})
_TO_BE_VERIFIED = frozenset({"realised", "verified", "accepted"})
_OPEN = frozenset({"collected", "analysed", "confirmed", "in_realisation", "realised", "verified"})


def check_confirmed_is_planned(case: Case) -> Iterator[Problem]:
    """A confirmed requirement has a task within the time allowed after its confirmation.

    What stands in no task is done by nobody, and the customer learns of it at acceptance. Cancelled tasks do not
    count.

    需求确认后，应在期限内排入计划，有任务与之对应。
    没有任务的需求没有人做，客户到验收时才会发现。已取消的任务不算。

    Options: ``req_plan_days``.

    Passes::

        status date 2026-06-12
        requirements
          req_id  | status    | confirmed_on
          REQ-001 | confirmed | 2026-04-20
          REQ-002 | confirmed | 2026-06-08
        plan
          task_id | req_ids
          T-001   | REQ-001

    Fails::

        status date 2026-06-12
        requirements
          req_id  | status    | confirmed_on
        > REQ-001 | confirmed | 2026-04-20
    """
    limit = case.settings.whole("req_plan_days")
    planned = derived.tasks_by_requirement(case.project.rows.plan)
    for row in case.rows.requirements:
        if row.status not in _WAITING_FOR_TASKS or row.req_id in planned:
            continue
        yield from _waiting(case, row, limit)


def check_realised_is_verified(case: Case) -> Iterator[Problem]:
    """A realised requirement is checked within the time allowed; a verified or accepted one has a passed check.

    What is only said to be ready is not; the longer a defect stays unseen, the dearer it is to mend.

    需求实现后，应在期限内执行检查；状态为“已验证”或“已验收”的，应有通过的检查。
    口头说做完不算做完；缺陷发现得越晚，整改代价越大。

    Options: ``req_verify_days``.

    Passes::

        status date 2026-06-12
        requirements
          req_id  | status   | status_since
          REQ-001 | realised | 2026-06-08
          REQ-002 | verified | 2026-06-01
        checks
          check_id | req_id  | result
          CHK-001  | REQ-002 | passed

    Fails::

        status date 2026-06-12
        requirements
          req_id  | status   | status_since
        > REQ-001 | realised | 2026-06-05
        > REQ-002 | verified | 2026-06-11
        checks
          check_id | req_id  | result
          CHK-001  | REQ-001 | not_executed
          CHK-002  | REQ-002 | failed
    """
    limit = case.settings.whole("req_verify_days")
    checks = derived.checks_by_requirement(case.project.rows.checks)
    for row in case.rows.requirements:
        if row.status not in _TO_BE_VERIFIED or not case.stands(row.project_id):
            continue
        results = {check.result for check in checks.get(row.req_id or "", ())} - {None, "not_executed"}
        if row.status == "realised" and not results and row.status_since is not None:
            days = case.waited(row.status_since)
            if days >= limit:
                fields = {"date": row.status_since, "days": days}
                yield Problem(row, "status", value=days, threshold=limit, owner=row.owner or "", fields=fields)
        elif row.status in {"verified", "accepted"} and not results & derived.PASSED:
            fields = {"status": wording.code(case, "requirements", "status", row.status)}
            yield Problem(row, "status", value=row.status, owner=row.owner or "", fields=fields, variant="unproven")


def check_confirmed_text_unchanged(case: Case) -> Iterator[Problem]:
    """Description and acceptance criterion stay as confirmed, unless the customer agreed to a change.

    The digest of both texts was written down at confirmation. A change counts if it names the requirement, is
    approved with the customer's name and date, and was approved on the day of confirmation or later.

    需求确认后，描述和验收标准不应改动，除非客户同意了相应的变更。
    确认时记下了两段文字的摘要。变更须写明该需求、决定为“同意”、填有客户同意人和同意日期，且同意日期不早于确认日期。

    Passes::

        requirements
          req_id  | status    | confirmed_on | description                                    | baseline_text_hash
          REQ-001 | confirmed | 2026-04-20   | 按批次和供应商追溯 // Trace lots and suppliers | 0123456789abcdef
        changes
          change_id | req_id  | decision | approved_by | approved_on
          CHG-001   | REQ-001 | approved | CON-001     | 2026-05-15

    Fails::

        requirements
          req_id  | status    | confirmed_on | description                                    | baseline_text_hash
        > REQ-001 | confirmed | 2026-04-20   | 按批次和供应商追溯 // Trace lots and suppliers | 0123456789abcdef
        changes
          change_id | req_id  | decision | approved_by | approved_on
          CHG-001   | REQ-001 | approved |             |
    """
    agreed = derived.agreed_changes(case.project.rows.changes)
    judged = {row.row for row in case.rows.changes}
    unclear = {row.req_id for row in case.project.rows.changes if row.row not in judged}
    for row in case.rows.requirements:
        digest = row.baseline_text_hash
        if not digest or row.status not in derived.CONFIRMED or row.req_id in unclear:
            continue
        if digest == derived.text_digest(row.description, row.acceptance_criterion) or not case.stands(row.project_id):
            continue
        since = row.confirmed_on
        approvals = [change.approved_on for change in agreed.get(row.req_id or "", ())]
        if any(since is None or (day is not None and day >= since) for day in approvals):
            continue
        yield Problem(row, "description", value=digest, owner=row.owner or "", fields={"date": since})


def check_scope_stable(case: Case) -> Iterator[Problem]:
    """The scope of a project does not grow beyond tolerance after its requirement baseline.

    Growth is requirements confirmed after the baseline, and those in it that an approved change with effort made
    larger, over those in the baseline. Many small additions move a deadline as surely as one large one.

    需求基线之后，项目范围的增长不应超过容差。
    增长为基线之后确认的需求，加上基线内因已同意且有工作量的变更而扩大的需求，除以基线内的需求数。小改动积少成多，一样拖延工期。

    Options: ``scope_growth_max``.

    Passes::

        projects
          project_id | req_baseline_on
          PRJ-001    | 2026-04-22
        requirements
          req_id  | project_id | status    | confirmed_on
          REQ-001 | PRJ-001    | confirmed | 2026-04-20
          REQ-002 | PRJ-001    | confirmed | 2026-04-20

    Fails::

        projects
          project_id | req_baseline_on
        > PRJ-001    | 2026-04-22
        requirements
          req_id  | project_id | status    | confirmed_on
          REQ-001 | PRJ-001    | confirmed | 2026-04-20
          REQ-002 | PRJ-001    | confirmed | 2026-05-15
    """
    limit = case.settings.number("scope_growth_max")
    requirements = derived.by_project(case.rows.requirements)
    changes = derived.by_project(case.rows.changes)
    for project in case.rows.projects:
        baseline_on = project.req_baseline_on
        if baseline_on is None or not case.stands(project.project_id):
            continue
        growth = derived.scope_growth(
            requirements.get(project.project_id, ()), changes.get(project.project_id, ()), baseline_on=baseline_on
        )
        if growth.percent is not None and growth.percent > limit:
            fields = {"date": baseline_on, "rows": wording.listed(sorted({*growth.added, *growth.enlarged}))}
            yield Problem(
                project,
                "req_baseline_on",
                value=round(growth.percent, 1),
                threshold=limit,
                owner=project.project_manager or "",
                fields=fields,
            )


def check_tasks_of_requirements_in_time(case: Case) -> Iterator[Problem]:
    """An open task that realises requirements neither slips nor ends after their deliverable is due.

    One finding a task, which names the requirements that will come later than agreed.

    实现需求的未完成任务不应延期，也不应晚于相应交付物的应交日期。
    每个任务一条结果，列出会因此推迟的需求，便于尽早与客户沟通。

    Options: ``task_slip_amber``.

    Passes::

        status date 2026-06-12
        requirements
          req_id  | status
          REQ-001 | in_realisation
        plan
          task_id | req_ids | duration | actual_start | percent_complete | remaining_days | baseline_start | baseline_finish
          T-001   | REQ-001 | 10       | 2026-06-08   | 50               | 5              | 2026-06-08     | 2026-06-19

    Fails::

        status date 2026-06-12
        requirements
          req_id  | status
          REQ-001 | in_realisation
        plan
          task_id | req_ids | duration | actual_start | percent_complete | remaining_days | baseline_start | baseline_finish
        > T-001   | REQ-001 | 10       | 2026-06-08   | 30               | 7              | 2026-06-08     | 2026-06-19
    """
    limit = case.settings.number("task_slip_amber")
    requirements = {row.req_id for row in case.project.rows.requirements if row.status in _OPEN}
    awaited = _awaited(case)
    for row in case.rows.plan:
        affected = [name for name in dict.fromkeys(row.req_ids) if name in requirements]
        planned = case.planned(row.project_id, row.task_id)
        if not affected or row.actual_finish is not None or not case.stands(row.project_id):
            continue
        if planned is None:
            case.leave_unplanned(row)
            continue
        if planned.forecast is None:
            case.leave_undated("plan", row.task_id)
            continue
        rows, finish = wording.listed(affected), planned.forecast.finish
        slip = planned.slip.total
        if slip is not None and slip > limit:
            fields: dict[str, object] = {"days": slip, "rows": rows}
            yield Problem(row, "slip_days", value=slip, threshold=limit, owner=row.owner or "", fields=fields)
            continue
        due = [entry for name in affected for entry in awaited.get(name, ()) if entry[0] < finish]
        if due:
            first, name = min(due)
            fields = {"date": finish, "other": name, "rows": rows}
            yield Problem(
                row,
                "slip_days",
                value=finish,
                threshold=first,
                owner=row.owner or "",
                fields=fields,
                variant="deliverable",
            )


def _awaited(case: Case) -> dict[str, list[tuple[date, str]]]:
    """Due date and id of the deliverables not yet delivered, by requirement."""
    found: dict[str, list[tuple[date, str]]] = defaultdict(list)
    for row in case.rows.deliverables:
        if row.due is not None and row.delivered_on is None:
            for name in row.req_ids:
                found[name].append((row.due, row.deliverable_id or ""))
    return found


def check_requirement_moves(case: Case) -> Iterator[Problem]:
    """The status of an open requirement moves once one of its tasks has started or should have.

    A status that nobody touches tells the customer nothing, or hides that nothing is done.

    未完结的需求，其任务已经开始或应当开始之后，状态应随之推进。
    长期不更新的状态说明不了进展，也可能掩盖没有人在做。

    Options: ``req_stale_days``.

    Passes::

        status date 2026-06-12
        requirements
          req_id  | status    | status_since
          REQ-001 | confirmed | 2026-04-20
          REQ-002 | confirmed | 2026-05-14
        plan
          task_id | req_ids | actual_start | baseline_start
          T-001   | REQ-001 |              | 2026-06-15
          T-002   | REQ-002 | 2026-06-01   | 2026-06-01

    Fails::

        status date 2026-06-12
        requirements
          req_id  | status    | status_since
        > REQ-001 | confirmed | 2026-05-13
        plan
          task_id | req_ids | actual_start | baseline_start
          T-001   | REQ-001 | 2026-06-01   | 2026-06-01
    """
    limit = case.settings.whole("req_stale_days")
    tasks = derived.tasks_by_requirement(case.project.rows.plan)
    for row in case.rows.requirements:
        if row.status not in _OPEN or row.status_since is None or not case.stands(row.project_id):
            continue
        begun = [task.task_id or "" for task in tasks.get(row.req_id or "", ()) if _should_run(case, task)]
        if not begun:
            continue
        days = (case.status_date - row.status_since).days
        if days >= limit:
            fields = {
                "date": row.status_since,
                "status": wording.code(case, "requirements", "status", row.status),
                "days": days,
                "other": wording.listed(begun),
            }
            yield Problem(row, "status_since", value=days, threshold=limit, owner=row.owner or "", fields=fields)


def check_confirmed_has_check(case: Case) -> Iterator[Problem]:
    """A confirmed requirement has a check, planned or executed, within the time allowed after its confirmation.

    Whoever plans the check only at the end finds out then that there is no machine, no data and no time for it.

    需求确认后，应在期限内安排检查。
    到最后才想起怎么验收，往往没有设备、没有数据，也没有时间。

    Options: ``req_checkplan_days``.

    Passes::

        status date 2026-06-12
        requirements
          req_id  | status    | confirmed_on
          REQ-001 | confirmed | 2026-04-20
          REQ-002 | confirmed | 2026-06-01
        checks
          check_id | req_id  | result
          CHK-001  | REQ-001 | not_executed

    Fails::

        status date 2026-06-12
        requirements
          req_id  | status    | confirmed_on
        > REQ-001 | confirmed | 2026-04-20
    """
    limit = case.settings.whole("req_checkplan_days")
    checks = derived.checks_by_requirement(case.project.rows.checks)
    for row in case.rows.requirements:
        if row.status not in _WAITING_FOR_CHECKS or row.req_id in checks:
            continue
        yield from _waiting(case, row, limit)


def _waiting(case: Case, row: RequirementsRow, limit: int) -> Iterator[Problem]:
    if row.confirmed_on is None or not case.stands(row.project_id):
        return
    days = case.waited(row.confirmed_on)
    if days >= limit:
        fields = {"date": row.confirmed_on, "days": days}
        yield Problem(row, "confirmed_on", value=days, threshold=limit, owner=row.owner or "", fields=fields)


def _should_run(case: Case, task: PlanRow) -> bool:
    return task.actual_start is not None or (
        task.baseline_start is not None and task.baseline_start <= case.status_date
    )


_ROW = ("requirements.project_id", "requirements.status")
_SCHEDULE = ("plan.duration", "plan.predecessors", "plan.actual_start", "plan.actual_finish", "plan.percent_complete")

RULES: tuple[Rule, ...] = (
    Rule(
        "REQ-03",
        check_confirmed_is_planned,
        "requirements",
        Severity.HIGH,
        (*_ROW, "requirements.req_id", "requirements.confirmed_on"),
        ("req_plan_days",),
    ),
    Rule(
        "REQ-08",
        check_realised_is_verified,
        "requirements",
        Severity.HIGH,
        (*_ROW, "requirements.req_id", "requirements.status_since"),
        ("req_verify_days",),
    ),
    Rule(
        "REQ-09",
        check_confirmed_text_unchanged,
        "requirements",
        Severity.HIGH,
        (
            *_ROW,
            "requirements.description",
            "requirements.acceptance_criterion",
            "requirements.baseline_text_hash",
            "changes.req_id",
            "changes.decision",
        ),
    ),
    Rule(
        "REQ-10",
        check_scope_stable,
        "projects",
        Severity.MEDIUM,
        (*_ROW, "requirements.confirmed_on", "projects.req_baseline_on", "changes.decision", "changes.added_effort"),
        ("scope_growth_max",),
        "should",
    ),
    Rule(
        "REQ-11",
        check_tasks_of_requirements_in_time,
        "plan",
        Severity.MEDIUM,
        (
            "plan.req_ids",
            *_SCHEDULE,
            "plan.baseline_finish",
            "deliverables.due",
            "deliverables.delivered_on",
            "deliverables.req_ids",
        ),
        ("task_slip_amber",),
        "should",
    ),
    Rule(
        "REQ-12",
        check_requirement_moves,
        "requirements",
        Severity.LOW,
        (*_ROW, "requirements.status_since"),
        ("req_stale_days",),
        "should",
    ),
    Rule(
        "REQ-14",
        check_confirmed_has_check,
        "requirements",
        Severity.MEDIUM,
        (*_ROW, "requirements.req_id", "requirements.confirmed_on"),
        ("req_checkplan_days",),
        "should",
    ),
)

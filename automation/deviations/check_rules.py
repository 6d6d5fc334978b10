"""Rules on checks: carried out as planned, measurable, failures put right and checked again, before phases end.

Not here: quality figures (``quality``).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from automation.base.findings import Severity, Text
from automation.base.rules import Problem, Rule
from automation.deviations import quality, wording
from automation.deviations.derived import by_project
from automation.deviations.requirements import measurable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from automation.deviations.case import Case
    from automation.model.rows import ChecksRow

_AUDITS = (("internal_audit", "audit_int"), ("external_audit", "audit_ext"))
_RUNNING = frozenset({"running"})


def _standing(case: Case) -> list[ChecksRow]:
    return [row for row in case.rows.checks if case.stands(row.project_id)]


def check_failure_put_right(case: Case) -> Iterator[Problem]:
    """A failed check has somebody who puts it right by a date, and is repeated soon after.

    A failure that nobody owns comes back at acceptance, when it is dearest.

    不合格的检查应指定整改人和整改期限，整改完成后应及时复检。
    没有人负责的问题，会在验收时再次出现，那时代价最大。

    Options: ``recheck_days``.

    Passes::

        status date 2026-06-12
        checks
          check_id | kind             | standard | result | rework_owner | rework_due | rework_done | recheck_of
          CHK-001  | performance_test | ≤ 2 s    | failed | RES-003      | 2026-06-20 |             |
          CHK-002  | performance_test | ≤ 2 s    | failed | RES-003      | 2026-06-05 | 2026-06-10  |
          CHK-003  | performance_test | ≤ 2 s    | failed |              |            |             |
          CHK-004  | performance_test | ≤ 2 s    | passed |              |            |             | CHK-003

    Fails::

        status date 2026-06-12
        checks
          check_id | kind             | standard | result | rework_owner | rework_due | rework_done | recheck_of
        > CHK-001  | performance_test | ≤ 2 s    | failed |              |            |             |
        > CHK-002  | performance_test | ≤ 2 s    | failed | RES-003      | 2026-06-05 | 2026-06-09  |
    """
    limit = case.settings.whole("recheck_days")
    rows = _standing(case)
    repeated = {row.recheck_of for row in case.rows.checks if row.recheck_of}
    for row in quality.effective(rows):
        if row.result != "failed":
            continue
        missing = [name for name in ("rework_owner", "rework_due") if getattr(row, name) is None]
        if missing and row.rework_done is None:
            words = {"missing": wording.columns(case, "checks", missing), "title": row.standard or ""}
            yield Problem(row, missing[0], owner=row.executor or "", fields=words)
        elif row.rework_done is not None and row.check_id not in repeated:
            days = case.waited(row.rework_done)
            if days >= limit:
                fields = {"date": row.rework_done, "title": row.standard or ""}
                yield Problem(
                    row, "rework_done", days, limit, owner=row.executor or "", fields=fields, variant="recheck"
                )


def check_rework_in_time(case: Case) -> Iterator[Problem]:
    """The rework of a failed check is done by the day it is due.

    Past that day everything that waits for the recheck moves too.

    不合格问题应在整改期限内完成整改。
    过了期限还没改，后面的测试和验收都要往后推。

    Passes::

        status date 2026-06-12
        checks
          check_id | kind             | standard | result | rework_owner | rework_due | rework_done
          CHK-001  | performance_test | ≤ 2 s    | failed | RES-003      | 2026-06-12 |
          CHK-002  | performance_test | ≤ 2 s    | failed | RES-003      | 2026-06-08 | 2026-06-11

    Fails::

        status date 2026-06-12
        checks
          check_id | kind             | standard | result | rework_owner | rework_due | rework_done
        > CHK-001  | performance_test | ≤ 2 s    | failed | RES-003      | 2026-06-11 |
    """
    for row in quality.overdue_rework(_standing(case), case.status_date):
        if row.rework_due is not None:
            fields = {
                "date": row.rework_due,
                "days": (case.status_date - row.rework_due).days,
                "title": row.standard or "",
            }
            yield Problem(row, "rework_due", value=row.rework_due, owner=row.rework_owner or "", fields=fields)


def check_carried_out(case: Case) -> Iterator[Problem]:
    """A check is carried out on the day it was planned for, or shortly after.

    A check that waits finds its errors when they are harder to put right.

    检查应在计划日期或稍后几天内执行。
    检查拖得越久，问题发现得越晚，改起来越难。

    Options: ``check_grace``.

    Passes::

        status date 2026-06-12
        checks
          check_id | kind   | standard | planned_on | result
          CHK-001  | review | ≤ 0      | 2026-06-12 | not_executed
          CHK-002  | review | ≤ 0      | 2026-06-05 | passed

    Fails::

        status date 2026-06-12
        checks
          check_id | kind   | standard | planned_on | result
        > CHK-001  | review | ≤ 0      | 2026-06-11 | not_executed
    """
    limit = case.settings.whole("check_grace")
    for row in _standing(case):
        if row.result != "not_executed" or row.planned_on is None or row.planned_on >= case.status_date:
            continue
        days = case.waited(row.planned_on)
        if days >= limit:
            fields = {"date": row.planned_on, "title": row.standard or ""}
            yield Problem(row, "planned_on", days, limit, owner=row.executor or "", fields=fields)


def check_standard_measurable(case: Case) -> Iterator[Problem]:
    """A check compares with a target value, or its standard says by number or yes or no when it is passed.

    Two people must come to the same result.

    检查应有目标值；比较方式为“符合”时，标准里应有数字或能判断是与否的说法。
    换一个人来检查，应得出同样的结论。

    Options: ``vague_words``, ``measurable_words``.

    Passes::

        checks
          check_id | kind   | standard                            | compare  | target_value
          CHK-001  | review | 采集延迟不超过2秒 // At most 2 s    | at_most  | 2
          CHK-002  | review | 严重问题全部关闭 // All major issues closed | conforms |

    Fails::

        checks
          check_id | kind   | standard                       | compare  | target_value
        > CHK-001  | review | 采集延迟合理 // Sensible delay | at_most  |
        > CHK-002  | review | 界面友好 // Pleasant pages     | conforms |
    """
    for row in _standing(case):
        text = row.standard or ""
        if row.compare is None or not text:
            continue
        if row.compare != "conforms" and row.target_value is None:
            yield Problem(row, "target_value", owner=row.executor or "", fields={"title": text}, variant="target")
        elif row.compare == "conforms" and not measurable(text, case.settings):
            yield Problem(row, "standard", value=text, owner=row.executor or "", fields={"title": text})


def check_phase_was_checked(case: Case) -> Iterator[Problem]:
    """A phase's milestone is not reached while a check of that phase is still to be done or failed.

    The checks of a phase are those of its tasks. A milestone that is passed in spite of them promises what nobody knows.

    阶段里程碑完成时，该阶段任务的检查应已执行并通过。
    检查没做或没过就宣布阶段完成，等于承诺了谁也不清楚的结果。

    Passes::

        plan
          task_id | name | kind      | phase                  | actual_finish
          T-001   | a    | task      | design_and_development | 2026-06-01
          T-002   | M1   | milestone | design_and_development | 2026-06-02
        checks
          check_id | kind   | task_id | standard | result
          CHK-001  | review | T-001   | ≤ 0      | passed

    Fails::

        plan
          task_id | name | kind      | phase                  | actual_finish
          T-001   | a    | task      | design_and_development | 2026-06-01
        > T-002   | M1   | milestone | design_and_development | 2026-06-02
        checks
          check_id | kind   | task_id | standard | result
          CHK-001  | review | T-001   | ≤ 0      | not_executed
    """
    phases = {row.task_id: (row.project_id, row.phase) for row in case.rows.plan if row.task_id and row.phase}
    waiting: dict[tuple[str | None, str], list[ChecksRow]] = {}
    for check in quality.effective(_standing(case)):
        place = phases.get(check.task_id or "")
        if place is not None and place[1] is not None and check.result in {"not_executed", "failed"}:
            waiting.setdefault((place[0], place[1]), []).append(check)
    for row in case.rows.plan:
        if row.kind != "milestone" or row.actual_finish is None or row.phase is None or not case.stands(row.project_id):
            continue
        found = waiting.get((row.project_id, row.phase), [])
        if found:
            fields = {
                "title": Text(row.name or "", row.name_en or row.name or ""),
                "date": row.actual_finish,
                "checks": wording.listed(check.check_id or "" for check in found),
            }
            yield Problem(row, "actual_finish", value=row.actual_finish, owner=row.owner or "", fields=fields)


def check_first_pass_yield(case: Case) -> Iterator[Problem]:
    """In a month the share of checks that passed the first time is not below the limit.

    Judged is the last month that has ended and in which checks were carried out, for each project. A low share means that
    work is handed over unready.

    每个项目最近一个已结束且有检查记录的月份，一次通过率不应低于下限。
    一次通过率低，说明交出来的工作还没做好。

    Options: ``first_pass_min``.

    Passes::

        status date 2026-06-12
        projects
          project_id | name
          PRJ-001    | A
        checks
          check_id | kind   | standard | executed_on | result
          CHK-001  | review | ≤ 0      | 2026-05-01  | passed
          CHK-002  | review | ≤ 0      | 2026-05-02  | passed
          CHK-003  | review | ≤ 0      | 2026-06-02  | failed

    Fails::

        status date 2026-06-12
        projects
          project_id | name
        > PRJ-001    | A
        checks
          check_id | kind   | standard | executed_on | result
          CHK-001  | review | ≤ 0      | 2026-05-01  | failed
          CHK-002  | review | ≤ 0      | 2026-05-02  | passed
    """
    limit = case.settings.number("first_pass_min")
    groups = by_project(case.rows.checks)
    for row in case.rows.projects:
        months = quality.by_month(one for one in groups.get(row.project_id, ()) if _past(case, one))
        over = [month for month in months if _ended(case, month)]
        if not over or not case.stands(row.project_id):
            continue
        month, checks = over[-1], months[over[-1]]
        found = quality.first_pass(checks)
        if found.percent is not None and found.percent < limit and found.executed >= _ENOUGH:
            fields = {"period": month, "passed": found.passed, "executed": found.executed}
            value = round(found.percent, 1)
            yield Problem(row, "", value, limit, owner=row.project_manager or "", fields=fields)


_ENOUGH = 2
"""So few first checks say nothing about a month."""


def _ended(case: Case, month: str) -> bool:
    """Whether a month such as ``2026-05`` is over at the end of the status date."""
    return month < f"{case.status_date + timedelta(days=1):%Y-%m}"


def _past(case: Case, row: ChecksRow) -> bool:
    return row.executed_on is not None and row.executed_on <= case.status_date


def check_audited(case: Case) -> Iterator[Problem]:
    """A running project is audited inside and from outside at the intervals set.

    The interval counts from the last audit that was carried out, else from the planned start. An audit planned for a
    day that is still to come counts as arranged.

    进行中的项目应按规定间隔做内部审核和外部审核。
    从上次已执行的审核算起，没有的从计划开始日期算起；已安排在以后日期的审核视为已落实。

    Options: ``audit_int``, ``audit_ext``.

    Passes::

        status date 2026-06-12
        projects
          project_id | name | status  | start_planned
          PRJ-001    | A    | running | 2026-03-01
        checks
          check_id | kind           | standard | executed_on | result
          CHK-001  | internal_audit | ≥ 90 %   | 2026-05-22  | passed

    Fails::

        status date 2026-06-12
        projects
          project_id | name | status  | start_planned
        > PRJ-001    | A    | running | 2026-03-01
    """
    groups = by_project(case.rows.checks)
    for row in case.rows.projects:
        if row.status not in _RUNNING or row.start_planned is None:
            continue
        for kind, key in _AUDITS:
            limit = case.settings.whole(key)
            audits = [one for one in groups.get(row.project_id, ()) if one.kind == kind]
            if any(one.planned_on is not None and one.planned_on > case.status_date for one in audits):
                continue
            dates = [one.executed_on for one in audits if one.executed_on is not None and _past(case, one)]
            since = max(dates, default=row.start_planned)
            days = (case.status_date - since).days
            if days >= limit:
                fields = {"audit": wording.code(case, "checks", "kind", kind), "date": since, "days": days}
                yield Problem(
                    row, "", days, limit, owner=row.project_manager or "", fields=fields,
                    variant="" if kind == "internal_audit" else "external",
                )  # fmt: skip


_RESULT = ("checks.result", "checks.recheck_of")
RULES: tuple[Rule, ...] = (
    Rule(
        "CHK-01",
        check_failure_put_right,
        "checks",
        Severity.HIGH,
        (*_RESULT, "checks.rework_done"),
        ("recheck_days",),
        regardless=("checks.rework_owner", "checks.rework_due"),
    ),
    Rule(
        "CHK-02", check_rework_in_time, "checks", Severity.HIGH, (*_RESULT, "checks.rework_due", "checks.rework_done")
    ),
    Rule(
        "CHK-03", check_carried_out, "checks", Severity.MEDIUM, ("checks.planned_on", "checks.result"), ("check_grace",)
    ),
    Rule(
        "CHK-04",
        check_standard_measurable,
        "checks",
        Severity.LOW,
        ("checks.standard", "checks.compare"),
        ("vague_words", "measurable_words"),
        regardless=("checks.target_value",),
    ),
    Rule(
        "CHK-05",
        check_phase_was_checked,
        "plan",
        Severity.HIGH,
        ("plan.kind", "plan.phase", "plan.actual_finish", "checks.task_id", *_RESULT),
    ),
    Rule(
        "CHK-06",
        check_first_pass_yield,
        "projects",
        Severity.MEDIUM,
        ("projects.status", *_RESULT, "checks.executed_on"),
        ("first_pass_min",),
        tier="should",
    ),
    Rule(
        "CHK-07",
        check_audited,
        "projects",
        Severity.LOW,
        ("projects.status", "projects.start_planned", "checks.kind", "checks.executed_on", "checks.planned_on"),
        ("audit_int", "audit_ext"),
        tier="should",
    ),
)

"""Rules on resources: no week asks for more than there is, nobody is planned while away, shortages are answered.

Not here: the load itself (``loads``) and what would end an over-allocation (``planning.levelling``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.base.findings import Severity, Text
from automation.base.rules import Problem, Rule
from automation.deviations.loads import jobs_of, resources_of, uses_of, week_loads
from automation.deviations.schedule import NETWORK, PROGRESS
from automation.planning.layout import finish_day, start_day
from automation.planning.tasks import TaskKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from automation.deviations.case import Case
    from automation.deviations.loads import WeekLoad
    from automation.planning.plan import Plan

_ALMOST = 1e-6
_SHORTAGE = "resource_shortage"
_OVER = frozenset({"done", "cancelled"})


def check_load(case: Case) -> Iterator[Problem]:
    """In none of the coming weeks is a resource asked for more than the limit of what there is of it.

    The load of a week is the working days of its tasks times their share, by the working days on which the resource is
    there times its capacity. One finding a resource names the heaviest week. A plan that asks for two people where
    there is one is late already, only nobody has said so.

    今后几周内，资源的周负荷不应超过上限。
    周负荷＝各任务在该周的工作日数×投入比例之和，除以资源可用的工作日数×可用量。每个资源报告一条，指出最重的一周。
    一个人同时做两个人的活，计划其实已经延期，只是还没有人说出来。

    Options: ``load_max``, ``load_weeks``.

    Passes::

        status date 2026-06-12
        plan
          task_id | duration | owner   | resource_use
          T-001   | 5        | RES-001 | RES-001:50%
          T-002   | 5        | RES-002 | RES-001:50%
        resources
          resource_id | name           | kind   | capacity
          RES-001     | 刘洋 // Y. Liu | person | 100

    Fails::

        status date 2026-06-12
        projects
          project_id | name | start_planned
          PRJ-001    | A    | 2026-06-15
        plan
          task_id | duration | owner   | resource_use
          T-001   | 5        | RES-001 | RES-001:100%
          T-002   | 3        | RES-002 | RES-001:50%
        resources
          resource_id | name           | kind   | capacity
        > RES-001     | 刘洋 // Y. Liu | person | 100
    """
    limit = case.settings.number("load_max")
    loads = week_loads(
        case.rows, _standing(case), case.calendar, case.status_date, weeks=case.settings.whole("load_weeks")
    )
    over: dict[str, list[WeekLoad]] = {}
    for load in loads:
        if load.percent is not None and load.percent > limit + _ALMOST:
            over.setdefault(load.resource, []).append(load)
    for row in case.rows.resources:
        name = row.resource_id or ""
        weeks = over.get(name, [])
        if not weeks:
            continue
        worst = max(weeks, key=lambda load: load.percent or 0)
        zh = "、".join(f"{one.task} {_days(one.days)} 天" for one in worst.tasks)
        en = ", ".join(f"{one.task} {_days(one.days)} d" for one in worst.tasks)
        fields = {
            "name": row.name or name,
            "date": worst.week,
            "tasks": Text(zh, en),
            "there": _days(worst.there),
            "more": _more(len(weeks) - 1),
        }
        yield Problem(row, "capacity", value=round(worst.percent or 0), threshold=limit, owner=name, fields=fields)


def _more(weeks: int) -> Text:
    """That other weeks are overloaded too, if any are."""
    if not weeks:
        return Text("", "")
    return Text(f"另有 {weeks} 周超负荷。", f" {weeks} more {'week is' if weeks == 1 else 'weeks are'} overloaded.")


def _days(value: float) -> str:
    return f"{value:g}"


def _standing(case: Case) -> dict[str, Plan]:
    return {name: plan for name, plan in case.plans.items() if case.stands(name)}


def check_available(case: Case) -> Iterator[Problem]:
    """What is left of a task lies within the time for which each of its resources is there.

    Work planned for somebody who has left, or who has not come yet, will not be done.

    任务剩余工作的时间，应落在所用资源的可用期内。
    把工作排给还没到岗或已经离开的人，工作不会自己完成。

    Passes::

        status date 2026-06-12
        projects
          project_id | name | start_planned
          PRJ-001    | A    | 2026-06-15
        plan
          task_id | duration | owner   | resource_use
          T-001   | 5        | RES-001 | RES-002:100%
        resources
          resource_id | name           | kind   | capacity | available_from | available_to
          RES-002     | 张伟 // W. Zhang | person | 100      | 2026-06-01     | 2026-06-30

    Fails::

        status date 2026-06-12
        projects
          project_id | name | start_planned
          PRJ-001    | A    | 2026-06-15
        plan
          task_id | duration | owner   | resource_use
        > T-001   | 10       | RES-001 | RES-002:100%
        resources
          resource_id | name           | kind   | capacity | available_from | available_to
          RES-002     | 张伟 // W. Zhang | person | 100      | 2026-06-01     | 2026-06-22
    """
    jobs, known = jobs_of(case.rows, _standing(case), case.status_date), resources_of(case.rows)
    away: dict[str, list[str]] = {}
    spans: dict[str, tuple[date, date]] = {}
    for name, uses in uses_of(case.rows, jobs).items():
        resource = known.get(name)
        if resource is None or (resource.available_from is None and resource.available_to is None):
            continue
        begin, end = resource.window(case.calendar)
        for use in uses:
            if use.begin < begin or use.end > end:
                away.setdefault(use.task, []).append(name)
                spans[use.task] = (start_day(use.begin), finish_day(use.end))
    for row in case.rows.plan:
        if row.task_id in away and case.stands(row.project_id):
            names = away[row.task_id]
            fields = {
                "title": Text(row.name or "", row.name_en or row.name or ""),
                "start": spans[row.task_id][0],
                "finish": spans[row.task_id][1],
                "resources": _windows(case, names),
            }
            yield Problem(row, "resource_use", value=row.resource_use, owner=row.owner or "", fields=fields)


def _windows(case: Case, names: list[str]) -> Text:
    """Each resource with the days on which it is there."""
    parts: list[tuple[str, str]] = []
    for name in names:
        row: Any = case.find("resources", name)
        since, until = row.available_from, row.available_to
        zh = f"{since or ''} 至 {until or '今后'}".strip() if since else f"至 {until}"
        en = f"{since} to {until}" if since and until else f"from {since}" if since else f"until {until}"
        parts.append((f"{name} {row.name or ''}（{zh}）", f"{name} {row.name or ''} ({en})"))
    return Text("、".join(zh for zh, _ in parts), ", ".join(en for _, en in parts))


def check_shortage_answered(case: Case) -> Iterator[Problem]:
    """A critical task that is late for want of resources has been given some since.

    Resources count as added or changed when one becomes available on or after the day on which the progress was noted
    (else the task's baseline finish), or when the log notes a change of the resources sheet since then.

    因“资源不足”而延期的关键任务，之后应增加或调整了资源。
    以填写进度的日期(没有则以基线完成日期)为准：此后有资源到岗，或日志记录了“资源”表的改动，即视为已处理。
    原因写了、人却没有加，延期只会继续。

    Passes::

        status date 2026-06-12
        plan
          task_id | duration | baseline_start | baseline_finish | actual_start | percent_complete | remaining_days | updated_on | delay_reason
          T-001   | 10       | 2026-06-01     | 2026-06-08      | 2026-06-01   | 40               | 6              | 2026-06-10 | resource_shortage
        resources
          resource_id | name           | kind   | capacity | available_from
          RES-002     | 张伟 // W. Zhang | person | 100      | 2026-06-11

    Fails::

        status date 2026-06-12
        plan
          task_id | duration | baseline_start | baseline_finish | actual_start | percent_complete | remaining_days | updated_on | delay_reason
        > T-001   | 10       | 2026-06-01     | 2026-06-08      | 2026-06-01   | 40               | 6              | 2026-06-10 | resource_shortage
        resources
          resource_id | name           | kind   | capacity | available_from
          RES-002     | 张伟 // W. Zhang | person | 100      | 2026-06-01
    """
    for row in case.rows.plan:
        if row.delay_reason != _SHORTAGE or row.status in _OVER or not case.stands(row.project_id):
            continue
        planned = case.planned(row.project_id, row.task_id)
        if planned is None:
            case.leave_unplanned(row)
            continue
        since = row.updated_on or row.baseline_finish
        if planned.task.kind is not TaskKind.TASK or planned.forecast is None or since is None:
            continue
        if planned.forecast.critical and planned.task.actual_finish is None and not _answered(case, since):
            fields = {"title": Text(row.name or "", row.name_en or row.name or ""), "date": since}
            yield Problem(row, "delay_reason", owner=row.owner or "", fields=fields)


def _answered(case: Case, since: date) -> bool:
    """Whether a resource came, or the resources sheet was changed, on or after a day."""
    if any(row.available_from is not None and row.available_from >= since for row in case.rows.resources):
        return True
    label = case.catalogue.sheets["resources"].label
    names = {"resources", label.zh, label.en}
    return any(
        row.sheet in names and row.time is not None and row.time.date() >= since for row in case.project.rows.log
    )


_USE = ("plan.resource_use", "resources.available_from", "resources.available_to")
RULES: tuple[Rule, ...] = (
    Rule(
        "RES-01",
        check_load,
        "resources",
        Severity.MEDIUM,
        (*NETWORK, *PROGRESS, *_USE, "resources.capacity"),
        ("load_max", "load_weeks"),
    ),
    Rule("RES-02", check_available, "plan", Severity.MEDIUM, (*NETWORK, *PROGRESS, *_USE), tier="should"),
    Rule(
        "RES-03",
        check_shortage_answered,
        "plan",
        Severity.MEDIUM,
        (
            *NETWORK,
            *PROGRESS,
            "plan.delay_reason",
            "plan.updated_on",
            "plan.baseline_finish",
            "resources.available_from",
        ),
        tier="should",
    ),
)

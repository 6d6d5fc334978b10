"""Rules on single service requests and services: answered and solved in time, told, maintained, recorded.

Not here: rules on months (``service_months``), the figures (``services``, ``requests``).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from automation.base.findings import Severity, Text
from automation.base.rules import Problem, Rule
from automation.deviations import requests, services, wording
from automation.planning.working_time import WORKING_HOURS, service_hours

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from automation.deviations.case import Case
    from automation.deviations.services import Kept
    from automation.model.rows import ServicesRow

_LIMITS = ("high", "medium", "low")
_OPEN = frozenset({"received", "assigned", "in_work"})


def _late(case: Case, one: Kept, what: str) -> Problem:
    """The problem of a limit that was not kept, for ``response`` or ``resolve``."""
    row = one.request
    hours, limit, done = (
        (one.response_hours, one.response_limit, row.responded_at)
        if what == "response"
        else (one.resolve_hours, one.resolve_limit, row.resolved_at)
    )
    fields = {
        "title": row.subject or "",
        "priority": wording.code(case, "requests", "priority", row.priority),
        "service": service_name(one.service),
        "moment": f"{row.received_at:%Y-%m-%d %H:%M}",
    }
    return Problem(
        row,
        "responded_at" if what == "response" else "resolved_at",
        value=round(hours, 2),
        threshold=limit,
        owner=row.assigned_to or "",
        fields=fields,
        variant="" if done is not None else "open",
    )


def service_name(service: ServicesRow) -> Text:
    """A service's name, in English its English one."""
    return Text(service.name or "", service.name_en or service.name or "")


def check_response_in_time(case: Case) -> Iterator[Problem]:
    """A request is answered within the hours that its service promises at its priority.

    Hours count inside the service window. The customer remembers how long nobody called back.

    服务请求应在服务目录约定的响应时限内响应。
    时间按服务时段计算。客户记得最清楚的，是多久没有人回应。

    Options: the limits of the service itself.

    Passes::

        status date 2026-06-12
        services
          service_id | name              | window | response_high | response_medium | response_low
          SVC-001    | 热线 // Hotline   | 24x7   | 1             | 4               | 8
        requests
          request_id | service_id | kind  | priority | subject         | received_at      | responded_at     | status
          SR-001     | SVC-001    | fault | high     | 登录慢 // Slow  | 2026-06-08 09:10 | 2026-06-08 10:10 | in_work

    Fails::

        status date 2026-06-12
        services
          service_id | name              | window | response_high | response_medium | response_low
          SVC-001    | 热线 // Hotline   | 24x7   | 1             | 4               | 8
        requests
          request_id | service_id | kind  | priority | subject         | received_at      | responded_at     | status
        > SR-001     | SVC-001    | fault | high     | 登录慢 // Slow  | 2026-06-08 09:10 | 2026-06-08 10:11 | in_work
        > SR-002     | SVC-001    | fault | low      | 打印 // Printer | 2026-06-12 09:10 |                  | received
    """
    for one in services.kept_in(case):
        if one.response is False:
            yield _late(case, one, "response")


def check_solved_in_time(case: Case) -> Iterator[Problem]:
    """A request is solved within the hours that its service promises at its priority.

    Hours count inside the service window, for a request that is open to the end of the status date.

    服务请求应在服务目录约定的解决时限内解决。
    时间按服务时段计算，未解决的算到状态日期结束时。超过时限，客户的工作就停在那里。

    Options: the limits of the service itself.

    Passes::

        status date 2026-06-12
        services
          service_id | name              | window | resolve_high | resolve_medium | resolve_low
          SVC-001    | 热线 // Hotline   | 24x7   | 4            | 16             | 40
        requests
          request_id | service_id | kind  | priority | subject         | received_at      | responded_at     | resolved_at      | status
          SR-001     | SVC-001    | fault | high     | 登录慢 // Slow  | 2026-06-08 09:10 | 2026-06-08 09:20 | 2026-06-08 13:10 | resolved

    Fails::

        status date 2026-06-12
        services
          service_id | name              | window | resolve_high | resolve_medium | resolve_low
          SVC-001    | 热线 // Hotline   | 24x7   | 4            | 16             | 40
        requests
          request_id | service_id | kind  | priority | subject         | received_at      | responded_at     | resolved_at      | status
        > SR-001     | SVC-001    | fault | high     | 登录慢 // Slow  | 2026-06-08 09:10 | 2026-06-08 09:20 | 2026-06-08 13:11 | resolved
        > SR-002     | SVC-001    | fault | high     | 打印 // Printer | 2026-06-12 09:10 | 2026-06-12 09:20 |                  | in_work
    """
    for one in services.kept_in(case):
        if one.resolve is False:
            yield _late(case, one, "resolve")


def check_time_left(case: Case) -> Iterator[Problem]:
    """An open request has not used more than the given share of its time.

    This is the moment at which something can still be done.

    未解决的请求，用时不应超过时限的规定比例。
    这是还来得及补救的时候。

    Options: ``sla_warn``.

    Passes::

        status date 2026-06-12
        services
          service_id | name              | window | resolve_high | resolve_medium | resolve_low
          SVC-001    | 热线 // Hotline   | 24x7   | 20           | 20             | 40
        requests
          request_id | service_id | kind  | priority | subject         | received_at      | responded_at     | status
          SR-001     | SVC-001    | fault | high     | 登录慢 // Slow  | 2026-06-12 08:00 | 2026-06-12 08:10 | in_work

    Fails::

        status date 2026-06-12
        services
          service_id | name              | window | resolve_high | resolve_medium | resolve_low
          SVC-001    | 热线 // Hotline   | 24x7   | 20           | 20             | 40
        requests
          request_id | service_id | kind  | priority | subject         | received_at      | responded_at     | status
        > SR-001     | SVC-001    | fault | high     | 登录慢 // Slow  | 2026-06-12 07:59 | 2026-06-12 08:10 | in_work
    """
    share = case.settings.number("sla_warn")
    for one in services.kept_in(case):
        row = one.request
        if row.status not in _OPEN or row.resolved_at is not None or one.resolve is False or not one.resolve_limit:
            continue
        used = 100 * one.resolve_hours / one.resolve_limit
        if used > share + 1e-9:
            fields = {
                "title": row.subject or "",
                "service": service_name(one.service),
                "left": f"{one.resolve_limit - one.resolve_hours:.1f}",
            }
            yield Problem(row, "resolved_at", round(used), share, owner=row.assigned_to or "", fields=fields)


def check_maintained(case: Case) -> Iterator[Problem]:
    """A service with a maintenance cycle is visited when the cycle ends; some days before, it is a reminder.

    What is promised in the contract and not done is first seen when something breaks.

    有维护周期的服务应按期巡检，到期前几天给出提醒。
    合同里承诺的巡检没有做，往往要等出了故障才被发现。

    Options: ``maint_notice``.

    Passes::

        status date 2026-06-12
        services
          service_id | name           | maintenance_cycle | active_from | active_to
          SVC-001    | 巡检 // Visits | 90                | 2026-03-22  | 2027-03-22

    Fails::

        status date 2026-06-12
        services
          service_id | name           | maintenance_cycle | active_from | active_to
        > SVC-001    | 巡检 // Visits | 90                | 2026-03-21  | 2027-03-22
        > SVC-002    | 巡检 // Visits | 90                | 2026-03-01  | 2027-03-22
    """
    notice = case.settings.whole("maint_notice")
    for row in case.rows.services:
        day = services.next_maintenance(row, case.rows.requests, case.status_date)
        if (
            day is None
            or not services.is_active(row, case.status_date)
            or day > case.status_date + timedelta(days=notice)
        ):
            continue
        days = (day - case.status_date).days
        passed = days < 0
        yield Problem(
            row,
            "maintenance_cycle",
            value=day,
            severity=Severity.MEDIUM if passed else Severity.REMINDER,
            owner=row.owner or "",
            fields={"title": service_name(row), "days": abs(days)},
            variant="passed" if passed else "",
        )


def check_customer_told(case: Case) -> Iterator[Problem]:
    """The customer is told of a fault of high priority at once, with the time by which it should be solved.

    A customer who knows can arrange its work; one who does not believes that nobody does anything.

    高优先级故障受理后，应在规定时间内告知客户，并说明预计恢复时间。
    客户知道情况，才能安排自己的工作；不知道，就会以为没人在处理。

    Options: ``fault_tell_hours``.

    Passes::

        status date 2026-06-12
        services
          service_id | name            | window
          SVC-001    | 热线 // Hotline | 24x7
        requests
          request_id | service_id | kind  | priority | subject        | received_at      | customer_told_at | eta              | status
          SR-001     | SVC-001    | fault | high     | 登录慢 // Slow | 2026-06-08 09:10 | 2026-06-08 10:10 | 2026-06-08 12:00 | in_work

    Fails::

        status date 2026-06-12
        services
          service_id | name            | window
          SVC-001    | 热线 // Hotline | 24x7
        requests
          request_id | service_id | kind  | priority | subject          | received_at      | customer_told_at | eta              | status
        > SR-001     | SVC-001    | fault | high     | 登录慢 // Slow   | 2026-06-08 09:10 | 2026-06-08 10:55 | 2026-06-08 12:00 | in_work
        > SR-002     | SVC-001    | fault | high     | 网络断 // No net | 2026-06-08 09:10 | 2026-06-08 09:20 |                  | in_work
        > SR-003     | SVC-001    | fault | high     | 网络断 // No net | 2026-06-08 09:10 |                  | 2026-06-08 12:00 | in_work
    """
    limit = case.settings.number("fault_tell_hours")
    known = {row.service_id: row for row in case.rows.services if row.service_id}
    clock, now = services.clocks(case.rows, case.settings), services.end_of(case.status_date)
    for row in case.rows.requests:
        if row.kind != services.FAULT or row.priority != "high" or row.received_at is None or row.received_at > now:
            continue
        service = known.get(row.service_id or "")
        window = clock.get((service.window if service else None) or "", clock[WORKING_HOURS])
        hours = service_hours(window, row.received_at, row.customer_told_at or now)
        fields = {"title": row.subject or "", "moment": f"{row.received_at:%Y-%m-%d %H:%M}"}
        value = round(hours, 2)
        if hours > limit + 1e-9:
            variant = "" if row.customer_told_at is not None else "never"
            yield Problem(
                row, "customer_told_at", value, limit, owner=row.assigned_to or "", fields=fields, variant=variant
            )
        elif row.eta is None and row.resolved_at is None and row.customer_told_at is not None:
            yield Problem(row, "eta", owner=row.assigned_to or "", fields=fields, variant="eta")


def check_repeated_faults(case: Case) -> Iterator[Problem]:
    """A service has fewer than so many faults within the days watched, else their common cause is looked for.

    Putting the same thing right again and again costs both sides more than finding out why.

    同一服务在观察期内的故障次数达到上限时，应查找共同原因。
    一次次修同样的故障，比找出原因更费双方的钱。

    Options: ``repeat_faults``, ``repeat_fault_days``.

    Passes::

        status date 2026-06-12
        services
          service_id | name            | window
          SVC-001    | 网络 // Network | 24x7
        requests
          request_id | service_id | kind  | priority | received_at
          SR-001     | SVC-001    | fault | medium   | 2026-05-13 09:00
          SR-002     | SVC-001    | fault | medium   | 2026-05-29 09:00
          SR-003     | SVC-001    | fault | medium   | 2026-06-09 09:00

    Fails::

        status date 2026-06-12
        services
          service_id | name            | window
        > SVC-001    | 网络 // Network | 24x7
        requests
          request_id | service_id | kind  | priority | received_at
          SR-001     | SVC-001    | fault | medium   | 2026-05-14 09:00
          SR-002     | SVC-001    | fault | medium   | 2026-05-29 09:00
          SR-003     | SVC-001    | fault | medium   | 2026-06-09 09:00
    """
    limit, days = case.settings.whole("repeat_faults"), case.settings.whole("repeat_fault_days")
    found = requests.repeated_faults(case.rows.requests, case.status_date, days)
    for row in case.rows.services:
        faults = found.get(row.service_id or "", [])
        if len(faults) >= limit:
            names = wording.listed(one.request_id or "" for one in faults)
            fields = {"title": service_name(row), "days": days, "requests": names}
            yield Problem(row, "service_id", len(faults), limit, owner=row.owner or "", fields=fields)


def check_record_complete(case: Case) -> Iterator[Problem]:
    """A closed request says who handled it and with what result, a fault also its cause.

    What is not written down cannot help with the next one, nor prove anything to the customer.

    已关闭的请求应写明处理人和处理结果，故障还应写明原因。
    没有记录，下次遇到帮不上忙，对客户也拿不出依据。

    Passes::

        requests
          request_id | kind     | subject        | assigned_to | cause          | solution       | status
          SR-001     | fault    | 登录慢 // Slow | RES-001     | 磁盘满 // Disk | 清理 // Clean  | closed
          SR-002     | question | 菜单 // Menu   | RES-001     |                | 说明 // Told   | closed

    Fails::

        requests
          request_id | kind     | subject        | assigned_to | cause | solution       | status
        > SR-001     | fault    | 登录慢 // Slow | RES-001     |       | 清理 // Clean  | closed
        > SR-002     | question | 菜单 // Menu   | RES-001     |       |                | closed
    """
    for row in case.rows.requests:
        if row.status != "closed":
            continue
        wanted = ("assigned_to", "solution", "cause") if row.kind == services.FAULT else ("assigned_to", "solution")
        missing = [name for name in wanted if getattr(row, name) is None]
        if missing:
            fields = {"title": row.subject or "", "missing": wording.columns(case, "requests", missing)}
            yield Problem(row, missing[0], owner=row.assigned_to or "", fields=fields)


def check_upgraded(case: Case) -> Iterator[Problem]:
    """A service for upgrades has one done within the days set.

    Judged are active services of kind upgrade; the days count from the last upgrade that was
    done, else from the beginning of the service.

    升级更新类的服务，应在规定天数内完成一次升级。
    从上次完成的升级算起，没有的从服务开始之日算起。长期不升级，漏洞和兼容问题会越积越多。

    Options: ``upgrade_days``.

    Passes::

        status date 2026-06-12
        services
          service_id | name             | kind    | active_from | active_to
          SVC-001    | 升级 // Upgrades | upgrade | 2025-07-01  | 2026-12-31
        requests
          request_id | service_id | kind    | resolved_at
          SR-001     | SVC-001    | upgrade | 2026-04-24 17:20

    Fails::

        status date 2026-06-12
        services
          service_id | name             | kind    | active_from | active_to
        > SVC-001    | 升级 // Upgrades | upgrade | 2025-07-01  | 2026-12-31
    """
    limit = case.settings.whole("upgrade_days")
    done: dict[str, list[date]] = {}
    for request in case.rows.requests:
        if request.kind == "upgrade" and request.service_id and request.resolved_at is not None:
            done.setdefault(request.service_id, []).append(request.resolved_at.date())
    for row in case.rows.services:
        if row.kind != "upgrade" or not services.is_active(row, case.status_date) or row.active_from is None:
            continue
        since = max(
            [day for day in done.get(row.service_id or "", ()) if day <= case.status_date], default=row.active_from
        )
        days = (case.status_date - since).days
        if days >= limit:
            yield Problem(
                row,
                "service_id",
                days,
                limit,
                owner=row.owner or "",
                fields={"title": service_name(row), "date": since},
            )


_RECEIVED = ("requests.received_at", "requests.service_id", "requests.priority", "requests.status", "services.window")
RULES: tuple[Rule, ...] = (
    Rule(
        "SVC-01",
        check_response_in_time,
        "requests",
        Severity.HIGH,
        (*_RECEIVED, "requests.responded_at", *(f"services.response_{name}" for name in _LIMITS)),
    ),
    Rule(
        "SVC-02",
        check_solved_in_time,
        "requests",
        Severity.HIGH,
        (*_RECEIVED, "requests.resolved_at", *(f"services.resolve_{name}" for name in _LIMITS)),
    ),
    Rule(
        "SVC-03",
        check_time_left,
        "requests",
        Severity.REMINDER,
        (*_RECEIVED, "requests.resolved_at", *(f"services.resolve_{name}" for name in _LIMITS)),
        ("sla_warn",),
        tier="should",
    ),
    Rule(
        "SVC-04",
        check_maintained,
        "services",
        Severity.MEDIUM,
        (
            "services.maintenance_cycle",
            "services.active_from",
            "services.active_to",
            "requests.kind",
            "requests.resolved_at",
        ),
        ("maint_notice",),
    ),
    Rule(
        "SVC-05",
        check_customer_told,
        "requests",
        Severity.HIGH,
        ("requests.received_at", "requests.kind", "requests.priority", "services.window"),
        ("fault_tell_hours",),
        regardless=("requests.customer_told_at", "requests.eta"),
    ),
    Rule(
        "SVC-07",
        check_repeated_faults,
        "services",
        Severity.MEDIUM,
        ("services.service_id", "requests.kind", "requests.service_id", "requests.received_at"),
        ("repeat_faults", "repeat_fault_days"),
        tier="should",
    ),
    Rule(
        "SVC-08",
        check_record_complete,
        "requests",
        Severity.LOW,
        ("requests.status", "requests.kind"),
        regardless=("requests.assigned_to", "requests.solution", "requests.cause"),
    ),
    Rule(
        "SVC-10",
        check_upgraded,
        "services",
        Severity.LOW,
        ("services.kind", "services.active_from", "services.active_to", "requests.kind", "requests.resolved_at"),
        ("upgrade_days",),
        tier="could",
    ),
)

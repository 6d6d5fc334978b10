"""Rules on months of service: limits kept, work correct, calls answered.

Judged is the last month that has ended and of which there are requests. Not here: the figures (``services``,
``requests``), rules on single requests (``service_rules``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Severity
from automation.base.rules import Problem, Rule
from automation.deviations import requests, services
from automation.deviations.service_rules import service_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from automation.deviations.case import Case
    from automation.deviations.services import Attainment

_ANSWER_RATE = "call_answer_rate"


def _last_months(case: Case) -> Mapping[str, Attainment]:
    """The last ended month with requests of each service."""
    found = services.attainments_in(case)
    return {one.service: one for one in found if services.ended(one.month, case.status_date)}


def check_attainment(case: Case) -> Iterator[Problem]:
    """In the last month that has ended, the share of requests that kept both limits is not below the limit.

    One late request may be bad luck; a month of them is the way the service works.

    最近一个已结束的月份，服务的 SLA 达成率(响应和解决都在时限内)不应低于下限。
    一次超时可能是偶然，一个月都这样就是服务本身的问题。

    Options: ``sla_min``.

    Passes::

        status date 2026-06-12
        services
          service_id | name            | window | response_high | response_medium | response_low | resolve_high | resolve_medium | resolve_low
          SVC-001    | 热线 // Hotline | 24x7   | 1             | 4               | 8            | 4            | 16             | 40
        requests
          request_id | service_id | kind     | priority | received_at      | responded_at     | resolved_at      | status
          SR-001     | SVC-001    | question | high     | 2026-05-08 09:00 | 2026-05-08 09:20 | 2026-05-08 10:00 | closed
          SR-002     | SVC-001    | question | high     | 2026-06-08 09:00 | 2026-06-08 12:00 | 2026-06-08 12:30 | closed

    Fails::

        status date 2026-06-12
        services
          service_id | name            | window | response_high | response_medium | response_low | resolve_high | resolve_medium | resolve_low
        > SVC-001    | 热线 // Hotline | 24x7   | 1             | 4               | 8            | 4            | 16             | 40
        requests
          request_id | service_id | kind     | priority | received_at      | responded_at     | resolved_at      | status
          SR-001     | SVC-001    | question | high     | 2026-05-08 09:00 | 2026-05-08 09:20 | 2026-05-08 10:00 | closed
          SR-002     | SVC-001    | question | high     | 2026-05-09 09:00 | 2026-05-09 12:00 | 2026-05-09 12:30 | closed
    """
    limit = case.settings.number("sla_min")
    months = _last_months(case)
    for row in case.rows.services:
        one = months.get(row.service_id or "")
        if one is None or one.percent is None or one.percent >= limit:
            continue
        fields = {"title": service_name(row), "period": one.month, "judged": one.judged, "kept": one.in_time}
        yield Problem(row, "service_id", round(one.percent, 1), limit, owner=row.owner or "", fields=fields)


def check_accuracy(case: Case) -> Iterator[Problem]:
    """In the last month that has ended, the share of requests handled correctly is not below the service's target.

    What is done wrong comes back as the next request.

    最近一个已结束的月份，服务的准确率不应低于服务目录中的目标。
    做错的事会变成下一张工单。

    Options: the accuracy target of the service itself.

    Passes::

        status date 2026-06-12
        services
          service_id | name            | window | accuracy_target
          SVC-001    | 热线 // Hotline | 24x7   | 50
        requests
          request_id | service_id | kind     | priority | received_at      | accurate | status
          SR-001     | SVC-001    | question | high     | 2026-05-08 09:00 | yes      | closed
          SR-002     | SVC-001    | question | high     | 2026-05-08 10:00 | no       | closed

    Fails::

        status date 2026-06-12
        services
          service_id | name            | window | accuracy_target
        > SVC-001    | 热线 // Hotline | 24x7   | 95
        requests
          request_id | service_id | kind     | priority | received_at      | accurate | status
          SR-001     | SVC-001    | question | high     | 2026-05-08 09:00 | yes      | closed
          SR-002     | SVC-001    | question | high     | 2026-05-08 10:00 | no       | closed
    """
    months = _last_months(case)
    for row in case.rows.services:
        one = months.get(row.service_id or "")
        target = row.accuracy_target
        if one is None or one.accuracy is None or target is None or one.accuracy >= float(target):
            continue
        fields = {"title": service_name(row), "period": one.month, "checked": one.checked, "correct": one.correct}
        yield Problem(
            row, "accuracy_target", round(one.accuracy, 1), float(target), owner=row.owner or "", fields=fields
        )


def check_calls_answered(case: Case) -> Iterator[Problem]:
    """In the last month that has ended, the share of hotline calls that were answered is not below the limit.

    The finding stands on the indicator's row of that month. Without requests by phone the rate typed there counts.

    最近一个已结束的月份，热线接听率不应低于下限。
    结果标在该月的“接听率”指标行；没有电话请求记录时，以该行填写的数值为准。打不通的热线，等于没有热线。

    Options: ``answer_min``.

    Passes::

        status date 2026-06-12
        metrics
          metric_id | scope_kind | scope_ref | indicator        | period  | actual
          KPI-001   | company    | ALL       | call_answer_rate | 2026-05 | 95

    Fails::

        status date 2026-06-12
        metrics
          metric_id | scope_kind | scope_ref | indicator        | period  | actual
        > KPI-001   | company    | ALL       | call_answer_rate | 2026-05 | 97
        requests
          request_id | channel | kind     | received_at      | status
          SR-001     | phone   | question | 2026-05-08 09:00 | closed
          SR-002     | phone   | other    | 2026-05-08 10:00 | missed_call
    """
    limit = case.settings.number("answer_min")
    calls = {one.month: one for one in requests.call_centre(case.rows.requests)}
    rows = {
        row.period: row
        for row in case.rows.metrics
        if row.indicator == _ANSWER_RATE and row.period and services.ended(row.period, case.status_date)
    }
    if not rows:
        return
    month = max(rows)
    row, hotline = rows[month], calls.get(month)
    value = hotline.answer_rate if hotline else row.actual
    if value is None or float(value) >= limit:
        return
    fields = {
        "period": month,
        "calls": hotline.calls if hotline else "—",
        "answered": hotline.answered if hotline else "—",
    }
    yield Problem(
        row, "actual", round(float(value), 1), limit, owner=row.evaluator or "", fields=fields,
        variant="" if hotline else "typed",
    )  # fmt: skip


_LIMITS = tuple(f"services.{what}_{name}" for what in ("response", "resolve") for name in ("high", "medium", "low"))
_REQUESTS = ("requests.received_at", "requests.service_id", "requests.priority", "requests.status", "services.window")
RULES: tuple[Rule, ...] = (
    Rule(
        "SVC-06",
        check_attainment,
        "services",
        Severity.MEDIUM,
        (*_REQUESTS, "requests.responded_at", "requests.resolved_at", *_LIMITS),
        ("sla_min",),
        tier="should",
    ),
    Rule(
        "SVC-09",
        check_accuracy,
        "services",
        Severity.MEDIUM,
        (*_REQUESTS, "requests.accurate", "services.accuracy_target"),
        tier="should",
    ),
    Rule(
        "SVC-11",
        check_calls_answered,
        "metrics",
        Severity.MEDIUM,
        (
            "requests.channel",
            "requests.status",
            "requests.received_at",
            "metrics.indicator",
            "metrics.period",
            "metrics.actual",
        ),
        ("answer_min",),
        tier="should",
    ),
)

"""Rules on satisfaction: high enough, not falling, asked for often enough, of customers, colleagues and staff.

Not here: the means (``feedback``), rules on single feedback (``feedback_rules``).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from automation.base.findings import Severity
from automation.base.rules import Problem, Rule
from automation.deviations import feedback, wording

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from automation.deviations.case import Case
    from automation.model.rows import FeedbackRow

_ACTIVE = "active"
_SAME = 1e-9


def check_satisfied(case: Case) -> Iterator[Problem]:
    """The mean of overall satisfaction in a customer's last period is not below the target, nor below the floor.

    Below the target is medium, below the floor high: then the customer may be lost.

    客户最近一期总体满意度均值不应低于目标值(中)，更不应低于底线(高)。
    低于底线时，客户随时可能流失。

    Options: ``sat_target``, ``sat_floor``.

    Passes::

        status date 2026-06-12
        customers
          customer_id | name
          CUS-001     | 甲 // A
        feedback
          feedback_id | customer_id | kind                | period  | dimension | score
          FB-001      | CUS-001     | satisfaction_survey | 2026-04 | overall   | 3
          FB-002      | CUS-001     | satisfaction_survey | 2026-05 | overall   | 4

    Fails::

        status date 2026-06-12
        customers
          customer_id | name
        > CUS-001     | 甲 // A
        > CUS-002     | 乙 // B
        feedback
          feedback_id | customer_id | kind                | period  | dimension | score
          FB-001      | CUS-001     | satisfaction_survey | 2026-05 | overall   | 3.9
          FB-002      | CUS-002     | satisfaction_survey | 2026-05 | overall   | 2.9
    """
    target, floor = case.settings.number("sat_target"), case.settings.number("sat_floor")
    means = feedback.overall_by_period(case.rows.feedback)
    for row in case.rows.customers:
        periods = means.get(row.customer_id or "")
        if not periods:
            continue
        period, mean = list(periods.items())[-1]
        if mean.value >= target - _SAME:
            continue
        low = mean.value < floor - _SAME
        fields = {"title": row.name or "", "period": period, "number": mean.number}
        yield Problem(
            row,
            "satisfaction_latest",
            round(mean.value, 2),
            floor if low else target,
            severity=Severity.HIGH if low else None,
            owner=row.account_manager or "",
            fields=fields,
        )


def check_satisfaction_keeps(case: Case) -> Iterator[Problem]:
    """Overall satisfaction did not fall by so much against the period before, nor in two periods running.

    The mean may still be good; the direction says where it goes.

    客户总体满意度不应比上期下降达到规定分值，也不应连续两期下降。
    均值也许还不错，但下降的趋势说明了去向。

    Options: ``sat_drop``.

    Passes::

        customers
          customer_id | name
          CUS-001     | 甲 // A
        feedback
          feedback_id | customer_id | kind                | period  | dimension | score
          FB-001      | CUS-001     | satisfaction_survey | 2026-04 | overall   | 4.5
          FB-002      | CUS-001     | satisfaction_survey | 2026-05 | overall   | 4.3

    Fails::

        customers
          customer_id | name
        > CUS-001     | 甲 // A
        > CUS-002     | 乙 // B
        feedback
          feedback_id | customer_id | kind                | period  | dimension | score
          FB-001      | CUS-001     | satisfaction_survey | 2026-04 | overall   | 4.5
          FB-002      | CUS-001     | satisfaction_survey | 2026-05 | overall   | 4.2
          FB-003      | CUS-002     | satisfaction_survey | 2026-03 | overall   | 4.5
          FB-004      | CUS-002     | satisfaction_survey | 2026-04 | overall   | 4.4
          FB-005      | CUS-002     | satisfaction_survey | 2026-05 | overall   | 4.3
    """
    limit = case.settings.number("sat_drop")
    means = feedback.overall_by_period(case.rows.feedback)
    for row in case.rows.customers:
        periods = list(means.get(row.customer_id or "", {}).items())
        if len(periods) <= 1:
            continue
        (before, old), (period, new) = periods[-2:]
        drop = old.value - new.value
        running = len(periods) > 2 and drop > _SAME and periods[-3][1].value - old.value > _SAME  # noqa: PLR2004
        if drop >= limit - _SAME or running:
            fields = {
                "title": row.name or "",
                "period": period,
                "before": before,
                "previous": round(old.value, 2),
                "drop": round(drop, 2),
            }
            yield Problem(
                row,
                "satisfaction_latest",
                round(new.value, 2),
                limit,
                owner=row.account_manager or "",
                fields=fields,
                variant="" if drop >= limit - _SAME else "running",
            )


def check_surveyed(case: Case) -> Iterator[Problem]:
    """An active customer is asked how satisfied it is at the interval set.

    The days count from the last survey, else from the day since when it is a customer. Internal customers are asked in
    their own survey.

    合作中的客户应按规定间隔做满意度调查。
    从上次调查算起，没有的从成为客户之日算起；内部客户以内部客户满意度调查为准。不问，就只能等客户自己来投诉。

    Options: ``survey_days``.

    Passes::

        status date 2026-06-12
        customers
          customer_id | name    | customer_type | status | since
          CUS-001     | 甲 // A | external      | active | 2024-07-01
          CUS-002     | 乙 // B | external      | lost   | 2024-07-01
        feedback
          feedback_id | customer_id | kind                | received_on
          FB-001      | CUS-001     | satisfaction_survey | 2026-03-15

    Fails::

        status date 2026-06-12
        customers
          customer_id | name    | customer_type | status | since
        > CUS-001     | 甲 // A | external      | active | 2024-07-01
        feedback
          feedback_id | customer_id | kind                | received_on
          FB-001      | CUS-001     | satisfaction_survey | 2026-03-14
    """
    limit = case.settings.whole("survey_days")
    last: dict[tuple[str | None, str], date] = {}
    for one in case.rows.feedback:
        if one.kind not in {feedback.SURVEY, feedback.INTERNAL} or one.received_on is None:
            continue
        if one.received_on <= case.status_date:
            place = (one.customer_id, one.kind)
            last[place] = max(one.received_on, last.get(place, one.received_on))
    for row in case.rows.customers:
        if row.status != _ACTIVE:
            continue
        kind = feedback.INTERNAL if row.customer_type == "internal" else feedback.SURVEY
        since = last.get((row.customer_id, kind), row.since)
        days = (case.status_date - since).days if since is not None else 0
        if since is not None and days >= limit:
            fields = {"title": row.name or "", "date": since}
            yield Problem(row, "status", days, limit, owner=row.account_manager or "", fields=fields)


def check_colleagues_satisfied(case: Case) -> Iterator[Problem]:
    """The mean of internal-customer satisfaction in the last period is not below the limit.

    The finding stands on the last answer. Departments that wait for each other make customers wait.

    内部客户最近一期满意度均值不应低于下限。
    结果标在该期最后一条反馈上。部门之间互相等待，最终等的是客户。

    Options: ``int_sat_min``.

    Passes::

        feedback
          feedback_id | customer_id | kind                           | period  | score | received_on
          FB-001      | CUS-003     | internal_customer_satisfaction | 2026-05 | 3.5   | 2026-05-25

    Fails::

        feedback
          feedback_id | customer_id | kind                           | period  | score | received_on
        > FB-001      | CUS-003     | internal_customer_satisfaction | 2026-05 | 3.2   | 2026-05-25
    """
    yield from _low_group(case, feedback.INTERNAL, case.settings.number("int_sat_min"))


def check_staff_satisfied(case: Case) -> Iterator[Problem]:
    """The mean of staff satisfaction in the last period is not below the limit.

    The finding stands on the last answer. Those who leave take what they know about the customer with them.

    员工最近一期满意度均值不应低于下限。
    结果标在该期最后一条反馈上。人走了，对客户的了解也带走了。

    Options: ``staff_sat_min``.

    Passes::

        feedback
          feedback_id | kind                  | period  | score | received_on
          FB-001      | employee_satisfaction | 2026-05 | 3.5   | 2026-05-25

    Fails::

        feedback
          feedback_id | kind                  | period  | score | received_on
          FB-001      | employee_satisfaction | 2026-05 | 3.4   | 2026-05-24
        > FB-002      | employee_satisfaction | 2026-05 | 3.5   | 2026-05-25
    """
    yield from _low_group(case, feedback.STAFF, case.settings.number("staff_sat_min"))


def _low_group(case: Case, kind: str, limit: float) -> Iterator[Problem]:
    """Problems of customers (staff: of all together) whose last period's mean of a kind is below a limit."""
    means = feedback.overall_by_period(case.rows.feedback, kind)
    for customer, periods in means.items():
        period, mean = list(periods.items())[-1]
        if mean.value >= limit - _SAME:
            continue
        rows = [
            row
            for row in case.rows.feedback
            if row.kind == kind
            and (row.customer_id or "") == customer
            and row.period == period
            and row.score is not None
        ]
        if rows and any(case.stands(row.project_id) for row in rows):
            named = case.find("customers", customer)
            fields = {"title": (named.name if named else "") or "", "period": period, "number": mean.number}
            yield Problem(rows[-1], "score", round(mean.value, 2), limit, owner=rows[-1].owner or "", fields=fields)


def check_touchpoints(case: Case) -> Iterator[Problem]:
    """Every touchpoint of an active customer is heard of often enough, and its mean is not below the target.

    Both are taken over the days set, which count from the customer's first feedback at the earliest. One finding a
    customer names its touchpoints. What is never asked about is where customers are lost unnoticed.

    合作中客户的每个接触点，在观察期内都应有反馈，均值不应低于目标。
    观察期从客户的第一条反馈算起，每个客户报告一条，列出各接触点。从不过问的环节，客户在那里流失了也没人知道。

    Options: ``sat_target``, ``touch_days``.

    Passes::

        status date 2026-06-12
        customers
          customer_id | name    | status
          CUS-001     | 甲 // A | active
        feedback
          feedback_id | customer_id | kind                | touchpoint | score | received_on
          FB-001      | CUS-001     | satisfaction_survey | delivery   | 4     | 2026-05-25
          FB-002      | CUS-001     | suggestion          | use        |       | 2025-12-20

    Fails::

        status date 2026-06-12
        customers
          customer_id | name    | status
        > CUS-001     | 甲 // A | active
        feedback
          feedback_id | customer_id | kind                | touchpoint | score | received_on
          FB-001      | CUS-001     | satisfaction_survey | delivery   | 3.9   | 2026-05-25
    """
    target, days = case.settings.number("sat_target"), case.settings.whole("touch_days")
    since = case.status_date - timedelta(days=days)
    for row in case.rows.customers:
        if row.status != _ACTIVE:
            continue
        theirs = [
            one
            for one in case.rows.feedback
            if one.customer_id == row.customer_id
            and one.received_on is not None
            and one.received_on <= case.status_date
        ]
        weak, silent = _weak(theirs, since, target), _silent(case, theirs, since)
        if weak or silent:
            fields = {
                "title": row.name or "",
                "weak": wording.codes(case, "feedback", "touchpoint", weak),
                "silent": wording.codes(case, "feedback", "touchpoint", silent),
                "days": days,
            }
            variant = "both" if weak and silent else "silent" if silent else ""
            yield Problem(
                row, "status", threshold=target, owner=row.account_manager or "", fields=fields, variant=variant
            )


def _weak(rows: list[FeedbackRow], since: date, target: float) -> list[str]:
    """Touchpoints whose mean of survey scores since a day is below the target."""
    recent = [row for row in rows if row.received_on is not None and row.received_on > since]
    return [name for name, mean in feedback.by(recent, "touchpoint").items() if mean.value < target - _SAME]


def _silent(case: Case, rows: list[FeedbackRow], since: date) -> list[str]:
    """Touchpoints without any feedback since a day, of a customer who was heard of by then."""
    days = [row.received_on for row in rows if row.received_on is not None]
    if not days or min(days) > since:
        return []
    heard = {row.touchpoint for row in rows if row.received_on is not None and row.received_on > since}
    return [value.code for value in case.catalogue.lists["touchpoint"].values if value.code not in heard]


_SCORE = ("feedback.kind", "feedback.score", "feedback.period")
RULES: tuple[Rule, ...] = (
    Rule(
        "FBK-02",
        check_satisfied,
        "customers",
        Severity.MEDIUM,
        ("customers.status", *_SCORE, "feedback.dimension", "feedback.customer_id"),
        ("sat_target", "sat_floor"),
    ),
    Rule(
        "FBK-03",
        check_satisfaction_keeps,
        "customers",
        Severity.MEDIUM,
        ("customers.status", *_SCORE, "feedback.dimension", "feedback.customer_id"),
        ("sat_drop",),
    ),
    Rule(
        "FBK-05",
        check_surveyed,
        "customers",
        Severity.MEDIUM,
        ("customers.status", "customers.since", "feedback.kind", "feedback.received_on", "feedback.customer_id"),
        ("survey_days",),
    ),
    Rule("FBK-06", check_colleagues_satisfied, "feedback", Severity.MEDIUM, _SCORE, ("int_sat_min",), tier="should"),
    Rule("FBK-09", check_staff_satisfied, "feedback", Severity.LOW, _SCORE, ("staff_sat_min",), tier="could"),
    Rule(
        "FBK-10",
        check_touchpoints,
        "customers",
        Severity.LOW,
        ("customers.status", "feedback.touchpoint", "feedback.score", "feedback.received_on", "feedback.customer_id"),
        ("sat_target", "touch_days"),
        tier="should",
    ),
)

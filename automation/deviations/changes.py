"""Rules on requirement changes: analysed, agreed to, decided, put into effect, within tolerance, told.

Not here: what a change does to the plan (``planning``), whether a requirement was changed without one
(``realisation``).
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from automation.base.findings import Severity
from automation.base.rules import Problem, Rule
from automation.deviations import wording

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from automation.deviations.case import Case
    from automation.model.rows import ChangesRow

_IMPACTS = ("impact_days", "impact_cost", "impact_quality", "impact_risk")
_CONSENT = ("approved_by", "approved_on")
_REFUSED = frozenset({"rejected", "deferred"})
_DONE = frozenset({"implemented", "verified", "closed"})
RESCHEDULING = frozenset({"reschedule", "forecast", "baseline"})
"""Actions of the log after which the plan is up to date."""


def check_impact_analysed(case: Case) -> Iterator[Problem]:
    """The impact of a change on schedule, cost, quality and risk is analysed in time, and before it is approved.

    A change that is agreed to without knowing what it costs is paid for by the project. Rejected and deferred
    changes need no analysis.

    变更提出后，应在期限内分析对进度、成本、质量、风险的影响；同意之前必须完成。
    不知道代价就同意变更，代价由项目自己承担。已拒绝或暂缓的变更不要求分析。

    Options: ``chg_assess_days``.

    Passes::

        status date 2026-06-12
        changes
          change_id | raised_on  | decision | impact_days | impact_cost | impact_quality                    | impact_risk
          CHG-001   | 2026-05-06 | approved | 2           | 18000       | 增加12条测试用例 // 12 more tests | 无 // none
          CHG-002   | 2026-06-10 | pending  |             |             |                                   |

    Fails::

        status date 2026-06-12
        changes
          change_id | raised_on  | decision | impact_days | impact_cost | impact_quality | impact_risk
        > CHG-001   | 2026-06-09 | pending  | 2           | 18000       |                |
        > CHG-002   | 2026-06-12 | approved | 0           | 2000        | 无 // none     |
    """
    limit = case.settings.whole("chg_assess_days")
    for row in case.rows.changes:
        missing = [name for name in _IMPACTS if getattr(row, name) is None]
        if not missing or row.decision in _REFUSED or not case.stands(row.project_id):
            continue
        labels = wording.columns(case, "changes", missing)
        days = None if row.raised_on is None else case.waited(row.raised_on)
        if row.decision == "approved":
            yield Problem(
                row, missing[0], value=days, owner=_owner(case, row), fields={"value": labels}, variant="approved"
            )
        elif days is not None and days >= limit:
            fields = {"value": labels, "date": row.raised_on, "days": days}
            yield Problem(row, missing[0], value=days, threshold=limit, owner=_owner(case, row), fields=fields)


def check_customer_consented(case: Case) -> Iterator[Problem]:
    """A change that is approved or implemented carries the name and the date of the customer's consent.

    Work on a change without consent may have to be undone, and cannot be billed.

    已同意或已实施的变更，应填有客户同意人和同意日期。
    没有客户同意就实施，可能要返工，也无法向客户收费。

    Passes::

        changes
          change_id | decision | approved_by | approved_on | implemented_on
          CHG-001   | approved | CON-001     | 2026-05-15  | 2026-05-20
          CHG-002   | pending  |             |             |

    Fails::

        changes
          change_id | decision | approved_by | approved_on | implemented_on
        > CHG-001   | approved |             | 2026-05-15  |
        > CHG-002   | pending  |             |             | 2026-05-20
    """
    for row in case.rows.changes:
        bound = (
            row.decision == "approved" or row.implemented_on is not None or row.status in {"implemented", "verified"}
        )
        missing = [name for name in _CONSENT if getattr(row, name) is None]
        if bound and missing and case.stands(row.project_id):
            fields = {"value": wording.columns(case, "changes", missing)}
            yield Problem(row, missing[0], value=row.decision, owner=_owner(case, row), fields=fields)


def check_decided_in_time(case: Case) -> Iterator[Problem]:
    """A change is decided within the time allowed after it was raised.

    As long as it is open, the team does not know what to build, and every day makes the change dearer.

    变更提出后，应在期限内作出决定。
    拖着不决定，团队不知道该按哪个版本做；拖得越久，改动代价越大。

    Options: ``chg_decide_days``.

    Passes::

        status date 2026-06-12
        changes
          change_id | raised_on  | decision
          CHG-001   | 2026-06-01 | pending
          CHG-002   | 2026-05-20 | deferred

    Fails::

        status date 2026-06-12
        changes
          change_id | raised_on  | decision
        > CHG-001   | 2026-05-29 | pending
    """
    limit = case.settings.whole("chg_decide_days")
    for row in case.rows.changes:
        if row.decision == "pending" and row.status != "closed":
            yield from _waiting(case, row, row.raised_on, column="decision", limit=limit)


def check_approved_is_put_into_effect(case: Case) -> Iterator[Problem]:
    """An approved change has affected tasks or is implemented in time, and the plan was rescheduled since.

    A change that was agreed to and then forgotten is found by the customer. Whether the plan was rescheduled is
    taken from the log; a workbook whose log holds no rescheduling at all is not judged in this respect.

    已同意的变更，应在期限内落到任务上或实施完毕，并在此后重排计划。
    答应了却没人做的变更，最后由客户发现。是否重排计划以日志为准；日志中从未有过重排记录的，不作判断。

    Options: ``chg_implement_days``.

    Passes::

        status date 2026-06-12
        changes
          change_id | decision | approved_on | affected_tasks | implemented_on | impact_days
          CHG-001   | approved | 2026-05-15  | T-001          |                | 2
          CHG-002   | approved | 2026-05-15  |                | 2026-05-20     | 0
          CHG-003   | approved | 2026-06-01  |                |                | 1

    Fails::

        status date 2026-06-12
        changes
          change_id | decision | approved_on | affected_tasks | implemented_on | impact_days
        > CHG-001   | approved | 2026-05-29  |                |                | 1
    """
    limit = case.settings.whole("chg_implement_days")
    runs = [row.time.date() for row in case.project.rows.log if row.time and (row.action or "") in RESCHEDULING]
    for row in case.rows.changes:
        if row.decision != "approved" or row.approved_on is None or row.status == "closed":
            continue
        if not row.affected_tasks and row.implemented_on is None and row.status not in _DONE:
            yield from _waiting(case, row, row.approved_on, column="affected_tasks", limit=limit)
        elif row.affected_tasks and row.impact_days and runs and max(runs) < row.approved_on:
            yield from _waiting(case, row, row.approved_on, column="affected_tasks", limit=limit, variant="plan")


def check_impact_within_tolerance(case: Case) -> Iterator[Problem]:
    """A change stays within the tolerances for schedule and cost; a larger one is for the management to approve.

    The project manager may agree to small changes; one above tolerance puts the deadline or the budget at risk.
    Judged until the change is rejected, deferred or closed; one finding each for schedule and cost.

    变更对进度和成本的影响应在容差之内；超出的需要管理层批准。
    小变更项目经理可以定；超出容差的变更会危及交付期或预算。变更被拒绝、暂缓或关闭之前都会检查，进度和成本各一条结果。

    Options: ``chg_days_max``, ``chg_cost_max``.

    Passes::

        projects
          project_id | budget_total
          PRJ-001    | 2000000
        changes
          change_id | project_id | decision | impact_days | impact_cost
          CHG-001   | PRJ-001    | pending  | 5           | 100000

    Fails::

        projects
          project_id | budget_total
          PRJ-001    | 2000000
        changes
          change_id | project_id | decision | impact_days | impact_cost
        > CHG-001   | PRJ-001    | pending  | 6           | 18000
        > CHG-002   | PRJ-001    | approved | 0           | 100001
    """
    most_days, most_percent = case.settings.number("chg_days_max"), case.settings.number("chg_cost_max")
    budgets = {row.project_id: row.budget_total for row in case.rows.projects}
    for row in case.rows.changes:
        if row.decision in _REFUSED or row.status == "closed" or not case.stands(row.project_id):
            continue
        if row.impact_days is not None and row.impact_days > most_days:
            yield Problem(
                row,
                "impact_days",
                value=row.impact_days,
                threshold=most_days,
                owner=_owner(case, row),
                variant="days",
            )
        budget = budgets.get(row.project_id)
        if budget and row.impact_cost is not None and 100 * row.impact_cost > budget * _exact(most_percent):
            percent = float(100 * row.impact_cost / budget)
            yield Problem(
                row,
                "impact_cost",
                value=row.impact_cost,
                threshold=most_percent,
                owner=_owner(case, row),
                fields={"percent": percent},
            )


def check_customer_told(case: Case) -> Iterator[Problem]:
    """The customer is told of a change's impact within the time allowed after it was analysed.

    The customer can only decide on what is known to them, and the waiting time counts against the deadline.

    影响分析完成后，应在期限内告知客户。
    客户知道了代价才能决定；等待的时间都算在工期里。

    Options: ``chg_tell_days``.

    Passes::

        status date 2026-06-12
        changes
          change_id | assessed_on | communicated_on | decision
          CHG-001   | 2026-06-01  | 2026-06-03      | pending
          CHG-002   | 2026-06-10  |                 | pending

    Fails::

        status date 2026-06-12
        changes
          change_id | assessed_on | communicated_on | decision
        > CHG-001   | 2026-06-09  |                 | pending
    """
    limit = case.settings.whole("chg_tell_days")
    for row in case.rows.changes:
        if row.communicated_on is None and row.decision not in _REFUSED and row.status != "closed":
            yield from _waiting(case, row, row.assessed_on, column="communicated_on", limit=limit)


def _waiting(
    case: Case, row: ChangesRow, since: date | None, *, column: str, limit: int, variant: str = ""
) -> Iterator[Problem]:
    if since is None or not case.stands(row.project_id):
        return
    days = case.waited(since)
    if days >= limit:
        fields = {"date": since, "days": days}
        owner = _owner(case, row)
        yield Problem(row, column, value=days, threshold=limit, owner=owner, fields=fields, variant=variant)


def _exact(percent: float) -> Decimal:
    return Decimal(str(percent))


def _owner(case: Case, row: ChangesRow) -> str:
    """Who acts on a change: its assessor, else the project manager."""
    project = case.find("projects", row.project_id)
    return row.assessed_by or (project.project_manager if project else None) or ""


_ROW = ("changes.project_id", "changes.decision")

RULES: tuple[Rule, ...] = (
    Rule(
        "CHG-01",
        check_impact_analysed,
        "changes",
        Severity.HIGH,
        (*_ROW, "changes.raised_on", *(f"changes.{name}" for name in _IMPACTS)),
        ("chg_assess_days",),
    ),
    Rule(
        "CHG-02",
        check_customer_consented,
        "changes",
        Severity.HIGH,
        (*_ROW, "changes.approved_by", "changes.approved_on", "changes.implemented_on"),
    ),
    Rule(
        "CHG-03",
        check_decided_in_time,
        "changes",
        Severity.MEDIUM,
        (*_ROW, "changes.raised_on"),
        ("chg_decide_days",),
    ),
    Rule(
        "CHG-04",
        check_approved_is_put_into_effect,
        "changes",
        Severity.MEDIUM,
        (*_ROW, "changes.approved_on", "changes.affected_tasks", "changes.implemented_on"),
        ("chg_implement_days",),
    ),
    Rule(
        "CHG-05",
        check_impact_within_tolerance,
        "changes",
        Severity.HIGH,
        (*_ROW, "changes.impact_days", "changes.impact_cost", "projects.budget_total"),
        ("chg_days_max", "chg_cost_max"),
    ),
    Rule(
        "CHG-06",
        check_customer_told,
        "changes",
        Severity.MEDIUM,
        (*_ROW, "changes.assessed_on", "changes.communicated_on"),
        ("chg_tell_days",),
        "should",
    ),
)

"""Rules on costs: categories and projects within their budget, spending in step with progress, services that pay.

Not here: the cost figures themselves (``costs``), earned value (``planning``).
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from automation.base.findings import Severity
from automation.base.rules import Problem, Rule
from automation.deviations import costs, derived, wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from automation.deviations.case import Case
    from automation.model.rows import CostsRow, ProjectsRow, ServicesRow

WHOLE = Decimal(100)


def check_category_within_budget(case: Case) -> Iterator[Problem]:
    """The actual cost of a category is not above its planned cost by more than the limit.

    Overspending shows in one category first, while the project as a whole still looks fine. Categories are judged a
    project at a time; the finding stands on the row that is furthest over.

    项目每一类成本的实际金额，超出该类预算的比例不应大于上限。
    超支总是先出现在某一类成本上，这时项目总额往往还看不出来。按项目和类别合计判断，检查结果列在超出最多的一行上。

    Options: ``cat_overrun``.

    Passes::

        costs
          cost_id  | project_id | category  | planned_amount | actual_amount
          COST-001 | PRJ-001    | equipment | 100000         | 120000
          COST-002 | PRJ-001    | equipment | 100000         | 100000
          COST-003 | PRJ-001    | labour    | 100000         | 90000

    Fails::

        costs
          cost_id  | project_id | category  | planned_amount | actual_amount
          COST-001 | PRJ-001    | equipment | 100000         | 100000
        > COST-002 | PRJ-001    | equipment | 100000         | 120001
        > COST-003 | PRJ-001    | travel    | 0              | 500
    """
    limit = Decimal(str(case.settings.number("cat_overrun")))
    groups: dict[tuple[str | None, str | None], list[CostsRow]] = defaultdict(list)
    for row in case.rows.costs:
        if case.stands(row.project_id):
            groups[row.project_id, row.category].append(row)
    for (project, category), rows in groups.items():
        planned, actual = costs.planned(rows), costs.actual(rows)
        if actual * WHOLE <= planned * (WHOLE + limit):
            continue
        worst = max(rows, key=lambda row: (row.actual_amount or 0) - (row.planned_amount or 0))
        over = 100 * float((actual - planned) / planned) if planned else None
        yield Problem(
            worst,
            "actual_amount",
            value=over,
            threshold=float(limit),
            owner=_manager(case, project),
            fields={
                "category": wording.code(case, "costs", "category", category),
                "planned": planned,
                "actual": actual,
                "project": project,
            },
            variant="" if planned else "unplanned",
        )


def check_project_within_budget(case: Case) -> Iterator[Problem]:
    """Neither what a project has cost nor what it will have cost at its end is above its budget.

    The estimate at completion is labour so far over % complete, from ``eac_from_percent`` on, and the larger of plan
    and actual of every other category, without the risk reserve. An overrun seen early can still be talked about.

    项目的实际成本和完工估算都不应超出预算总额。
    完工估算：完成率达到参数“完工估算起点”后，人力按“实际÷完成率”推算，其他类别取预算与实际中较大者，不含风险预留。早发现超支，才来得及控制或与客户协商。

    Options: ``eac_overrun``, ``eac_from_percent``.

    Passes::

        status date 2026-06-12
        projects
          project_id | budget_total | start_planned
          PRJ-001    | 200000       | 2026-06-01
        plan
          task_id | project_id | duration | actual_start | percent_complete
          T-001   | PRJ-001    | 20       | 2026-06-01   | 50
        costs
          cost_id  | project_id | category  | planned_amount | actual_amount
          COST-001 | PRJ-001    | labour    | 100000         | 50000
          COST-002 | PRJ-001    | equipment | 100000         | 80000

    Fails::

        status date 2026-06-12
        projects
          project_id | budget_total | start_planned
        > PRJ-001    | 200000       | 2026-06-01
        plan
          task_id | project_id | duration | actual_start | percent_complete
          T-001   | PRJ-001    | 20       | 2026-06-01   | 50
        costs
          cost_id  | project_id | category  | planned_amount | actual_amount
          COST-001 | PRJ-001    | labour    | 100000         | 50001
          COST-002 | PRJ-001    | equipment | 100000         | 80000
    """
    limit = Decimal(str(case.settings.number("eac_overrun")))
    rows = derived.by_project(case.rows.costs)
    for project in case.rows.projects:
        if project.budget_total is None or not case.stands(project.project_id):
            continue
        own = rows.get(project.project_id, [])
        most = project.budget_total * (WHOLE + limit) / WHOLE
        actual = costs.actual(own)
        if actual > most:
            yield _over_budget(project, actual, most, variant="spent")
            continue
        plan = case.plans.get(project.project_id or "")
        if own and plan is not None and not plan.forecast_known:
            case.leave_undated("projects", project.project_id)
            continue
        percent = None if plan is None else plan.figures.percent_complete
        estimate = costs.estimate_at_completion(own, percent, case.settings)
        if estimate is not None and estimate > most:
            yield _over_budget(project, estimate, most)


def _over_budget(project: ProjectsRow, value: Decimal, most: Decimal, *, variant: str = "") -> Problem:
    budget = project.budget_total or Decimal(0)
    owner = project.project_manager or ""
    fields = {"budget": budget, "gap": value - budget}
    return Problem(project, "budget_total", value=value, threshold=most, owner=owner, fields=fields, variant=variant)


def check_spending_in_step(case: Case) -> Iterator[Problem]:
    """The share of the budget that is used is not ahead of the percentage complete by more than the limit.

    Money that runs ahead of the work means an overrun later, or equipment paid for long before it is installed.

    预算使用率超出完成率的百分点，不应大于上限。
    钱花得比进度快，要么日后超支，要么设备付了款却迟迟没有装上。

    Options: ``burn_gap``.

    Passes::

        status date 2026-06-12
        projects
          project_id | start_planned
          PRJ-001    | 2026-06-01
        plan
          task_id | project_id | duration | actual_start | percent_complete
          T-001   | PRJ-001    | 20       | 2026-06-01   | 50
        costs
          cost_id  | project_id | category | planned_amount | actual_amount
          COST-001 | PRJ-001    | labour   | 100000         | 65000

    Fails::

        status date 2026-06-12
        projects
          project_id | start_planned
        > PRJ-001    | 2026-06-01
        plan
          task_id | project_id | duration | actual_start | percent_complete
          T-001   | PRJ-001    | 20       | 2026-06-01   | 50
        costs
          cost_id  | project_id | category | planned_amount | actual_amount
          COST-001 | PRJ-001    | labour   | 100000         | 65100
    """
    limit = case.settings.number("burn_gap")
    rows = derived.by_project(case.rows.costs)
    for project in case.rows.projects:
        plan = case.plans.get(project.project_id or "")
        used = costs.budget_used(rows.get(project.project_id, []))
        if used is None or plan is None or not case.stands(project.project_id):
            continue
        if not plan.forecast_known:
            case.leave_undated("projects", project.project_id)
            continue
        done = plan.figures.percent_complete
        if done is not None and round(used - done, 6) > limit:
            fields = {"percent": used, "done": done}
            owner = project.project_manager or ""
            yield Problem(project, "budget_used", value=used - done, threshold=limit, owner=owner, fields=fields)


def check_service_pays(case: Case) -> Iterator[Problem]:
    """The monthly cost of a service is not above the share of its price that is allowed.

    A service that eats up its price is cut short sooner or later, and the customer notices first. Services that have
    ended are not judged, nor those that cost an internal customer nothing.

    服务的月成本占月价格的比例，不应大于上限。
    成本吃掉价格的服务，迟早会打折扣，最先感觉到的是客户。已失效的服务和对内部客户免费的服务不检查。

    Options: ``svc_cost_ratio``.

    Passes::

        status date 2026-06-12
        services
          service_id | cost_budget | price | active_to
          SVC-001    | 9000        | 10000 | 2026-12-31
          SVC-002    | 9900        | 10000 | 2026-06-11

    Fails::

        status date 2026-06-12
        services
          service_id | cost_budget | price | active_to
        > SVC-001    | 9001        | 10000 | 2026-12-31
    """
    limit = Decimal(str(case.settings.number("svc_cost_ratio")))
    for row in case.rows.services:
        if row.cost_budget is None or row.price is None or _is_over(case, row):
            continue
        if row.cost_budget * WHOLE > row.price * limit:
            share = 100 * float(row.cost_budget / row.price) if row.price else None
            fields = {"cost": row.cost_budget, "price": row.price}
            yield Problem(
                row,
                "cost_budget",
                value=share,
                threshold=float(limit),
                owner=row.owner or "",
                fields=fields,
                variant="" if row.price else "free",
            )


def _is_over(case: Case, row: ServicesRow) -> bool:
    """Whether a service has ended, or is one that costs an internal customer nothing."""
    customer = case.find("customers", row.customer_id)
    internal = customer is not None and customer.customer_type == "internal"
    return (row.active_to is not None and row.active_to < case.status_date) or (internal and not row.price)


def _manager(case: Case, project_id: str | None) -> str:
    project = case.find("projects", project_id)
    return "" if project is None else project.project_manager or ""


_COSTS = ("costs.project_id", "costs.category", "costs.planned_amount", "costs.actual_amount")
_PROJECT = ("projects.project_id", "projects.status")

RULES: tuple[Rule, ...] = (
    Rule("CST-01", check_category_within_budget, "costs", Severity.MEDIUM, _COSTS, ("cat_overrun",)),
    Rule(
        "CST-02",
        check_project_within_budget,
        "projects",
        Severity.HIGH,
        (*_PROJECT, "projects.budget_total", *_COSTS),
        ("eac_overrun", "eac_from_percent"),
    ),
    Rule(
        "CST-03",
        check_spending_in_step,
        "projects",
        Severity.MEDIUM,
        (*_PROJECT, "costs.project_id", "costs.planned_amount", "costs.actual_amount"),
        ("burn_gap",),
    ),
    Rule(
        "CST-04",
        check_service_pays,
        "services",
        Severity.MEDIUM,
        ("services.cost_budget", "services.price", "services.active_to"),
        ("svc_cost_ratio",),
        "should",
    ),
)

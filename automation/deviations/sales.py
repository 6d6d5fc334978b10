"""Rules on sales and contracts: follow-up, quotations, margins, reviews, renewals, targets.

Not here: the sales figures themselves (``deals``), customers (``customer_rules``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Severity
from automation.base.rules import Problem, Rule
from automation.deviations import deals, wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from automation.deviations.case import Case
    from automation.model.rows import DealsRow

_QUOTED = frozenset({"quotation", "negotiation"})
_PASSED = "passed"


def check_followed_up(case: Case) -> Iterator[Problem]:
    """An open deal is followed up by the date that was set.

    A customer that hears nothing buys elsewhere, and nobody notices that the deal is dead.

    未签约、未丢单的商机，应在“下次跟进日”之前跟进。
    客户等不到回音就会找别家，而我们还以为商机在推进。跟进日当天不算逾期。

    Passes::

        status date 2026-06-12
        deals
          deal_id  | name        | stage     | next_followup
          DEAL-001 | AGV 调度增购 // AGV add-on | quotation | 2026-06-12
          DEAL-002 | 运维合同 // Support | signed    | 2026-06-01

    Fails::

        status date 2026-06-12
        deals
          deal_id  | name        | stage          | next_followup
        > DEAL-001 | AGV 调度增购 // AGV add-on | needs_analysis | 2026-06-11
    """
    for row in case.rows.deals:
        if row.stage in deals.OPEN and row.next_followup is not None and row.next_followup < case.status_date:
            days = (case.status_date - row.next_followup).days
            fields = {"date": row.next_followup, "days": days, "status": _stage(case, row)}
            yield Problem(row, "next_followup", value=row.next_followup, owner=row.owner or "", fields=fields)


def check_deal_moves_on(case: Case) -> Iterator[Problem]:
    """An open deal does not stay in one stage for longer than the limit.

    A deal that stands still costs time and makes the forecast look better than it is.

    未签约、未丢单的商机，在同一阶段停留不应超过上限。
    停滞的商机占用精力，还让销售预测虚高。

    Options: ``stage_days``.

    Passes::

        status date 2026-06-12
        deals
          deal_id  | name                       | stage        | stage_since
          DEAL-001 | AGV 调度增购 // AGV add-on | quotation    | 2026-05-22
          DEAL-002 | 运维合同 // Support        | in_execution | 2025-07-01

    Fails::

        status date 2026-06-12
        deals
          deal_id  | name                       | stage     | stage_since
        > DEAL-001 | AGV 调度增购 // AGV add-on | quotation | 2026-05-21
    """
    limit = case.settings.whole("stage_days")
    for row in case.rows.deals:
        days = deals.days_in_stage(row, case.status_date)
        if row.stage in deals.OPEN and days is not None and days > limit:
            fields = {"date": row.stage_since, "days": days, "status": _stage(case, row)}
            yield Problem(row, "stage_since", value=days, threshold=limit, owner=row.owner or "", fields=fields)


def check_quotation_valid(case: Case) -> Iterator[Problem]:
    """A quotation that is out does not run out unnoticed: it is reported so many days before, and once it has.

    After that day the customer may not accept it any more, and prices have to be agreed again.

    阶段为“报价”或“谈判”的商机，报价有效期结束前若干天提醒，过期后继续提醒。
    过了有效期，客户就不能再按此价接受，只能重新谈价。有效期当天仍有效。

    Options: ``quote_notice``.

    Passes::

        status date 2026-06-12
        deals
          deal_id  | name                       | stage     | quote_valid_until
          DEAL-001 | AGV 调度增购 // AGV add-on | quotation | 2026-06-20
          DEAL-002 | 运维合同 // Support        | signed    | 2025-06-30

    Fails::

        status date 2026-06-12
        deals
          deal_id  | name                       | stage       | quote_valid_until
        > DEAL-001 | AGV 调度增购 // AGV add-on | quotation   | 2026-06-19
        > DEAL-002 | 备件合同 // Spare parts    | negotiation | 2026-06-11
    """
    limit = case.settings.whole("quote_notice")
    for row in case.rows.deals:
        if row.stage not in _QUOTED or row.quote_valid_until is None:
            continue
        days = (row.quote_valid_until - case.status_date).days
        if days <= limit:
            yield Problem(
                row,
                "quote_valid_until",
                value=row.quote_valid_until,
                threshold=limit,
                owner=row.owner or "",
                fields={"date": row.quote_valid_until, "days": abs(days)},
                variant="over" if days < 0 else "",
            )


def check_margin_sufficient(case: Case) -> Iterator[Problem]:
    """The margin of a quotation, after cost and risk reserve, is at least the limit.

    What is given away in the quotation nobody earns back in the project. Lost and finished deals are not judged.

    报价扣除成本和风险预留后的毛利率，不应低于下限。
    报价时让出去的利润，项目执行中挣不回来。已丢单、已完成、已终止的不检查。

    Options: ``margin_min``.

    Passes::

        deals
          deal_id  | name                       | stage     | est_cost | risk_reserve | quote_amount
          DEAL-001 | AGV 调度增购 // AGV add-on | quotation | 80000    | 5000         | 100000
          DEAL-002 | 备件合同 // Spare parts    | lost      | 99000    | 0            | 100000

    Fails::

        deals
          deal_id  | name                       | stage     | est_cost | risk_reserve | quote_amount
        > DEAL-001 | AGV 调度增购 // AGV add-on | quotation | 80000    | 5001         | 100000
    """
    limit = case.settings.number("margin_min")
    for row in case.rows.deals:
        margin = deals.margin(row)
        if row.stage in deals.OVER or margin is None or round(margin, 6) >= limit:
            continue
        fields = {"quote": row.quote_amount, "cost": row.est_cost, "reserve": row.risk_reserve or 0}
        yield Problem(row, "margin", value=margin, threshold=limit, owner=row.owner or "", fields=fields)


def check_reviews_passed(case: Case) -> Iterator[Problem]:
    """A quotation goes out after the technical and the financial review have passed, a contract after the legal one.

    What nobody has checked becomes a promise to the customer all the same.

    报价前，技术评审和财务评审应已通过；签约前，法务评审应已通过。
    没有审过的内容，一旦报给客户、签进合同，同样是承诺。

    Passes::

        deals
          deal_id  | name                       | stage           | tech_review | finance_review | legal_review
          DEAL-001 | AGV 调度增购 // AGV add-on | quotation       | passed      | passed         |
          DEAL-002 | 备件合同 // Spare parts    | solution_design |             |                |
          DEAL-003 | 运维合同 // Support        | signed          | passed      | passed         | passed

    Fails::

        deals
          deal_id  | name                       | stage       | tech_review | finance_review | legal_review
        > DEAL-001 | AGV 调度增购 // AGV add-on | negotiation | passed      | not_reviewed   | not_reviewed
        > DEAL-002 | 运维合同 // Support        | signed      | passed      | passed         |
    """
    for row in case.rows.deals:
        wanted = []
        if row.stage in _QUOTED or row.stage in deals.SIGNED:
            wanted += ["tech_review", "finance_review"]
        if row.stage in deals.SIGNED:
            wanted.append("legal_review")
        missing = [name for name in wanted if getattr(row, name) != _PASSED]
        if missing:
            fields = {"missing": wording.columns(case, "deals", missing), "status": _stage(case, row)}
            yield Problem(row, missing[0], value=getattr(row, missing[0]), owner=row.owner or "", fields=fields)


def check_contract_renewed(case: Case) -> Iterator[Problem]:
    """A contract in force that is about to end has a renewal deal, and one that has ended a signed one.

    Work that goes on without a contract is at our own risk, and a customer that is asked too late has looked around.
    A renewal that was lost or terminated counts as none. Severity: medium, high once the contract has ended.

    执行中的合同，到期前若干天应已有续签商机；到期后，续签应已签约。
    没有合同还继续干活，风险全在我方；续签谈得太晚，客户可能已另找他人。已丢单或已终止的续签商机不算。到期前为“中”，到期后为“高”。

    Options: ``renewal_notice``.

    Passes::

        status date 2026-06-12
        deals
          deal_id  | name                   | stage        | contract_end | renewal_notice_days | renewal_deal_id
          DEAL-001 | 实施合同 // Delivery   | in_execution | 2026-08-12   |                     |
          DEAL-002 | 运维合同 // Support    | in_execution | 2026-06-30   | 60                  | DEAL-003
          DEAL-003 | 运维续签 // Renewal    | quotation    |              |                     |
          DEAL-004 | 备件合同 // Spare part | completed    | 2026-03-31   |                     |

    Fails::

        status date 2026-06-12
        deals
          deal_id  | name                   | stage        | contract_end | renewal_notice_days | renewal_deal_id
        > DEAL-001 | 实施合同 // Delivery   | in_execution | 2026-08-11   |                     |
        > DEAL-002 | 运维合同 // Support    | signed       | 2026-06-11   | 60                  | DEAL-003
          DEAL-003 | 运维续签 // Renewal    | negotiation  |              |                     |
    """
    usual = case.settings.whole("renewal_notice")
    for row in case.rows.deals:
        if row.stage not in deals.RUNNING or row.contract_end is None:
            continue
        notice = usual if row.renewal_notice_days is None else row.renewal_notice_days
        days = (row.contract_end - case.status_date).days
        renewal = case.find("deals", row.renewal_deal_id)
        stage = None if renewal is None else renewal.stage
        renewed = (
            stage in {*deals.OPEN, *deals.RUNNING, "completed"} if days >= 0 else stage in {*deals.RUNNING, "completed"}
        )
        if days > notice or renewed:
            continue
        yield Problem(
            row,
            "contract_end",
            value=row.contract_end,
            threshold=notice,
            severity=Severity.HIGH if days < 0 else None,
            owner=row.owner or "",
            fields={"date": row.contract_end, "days": abs(days)},
            variant="over" if days < 0 else "",
        )


def check_sales_on_target(case: Case) -> Iterator[Problem]:
    """Sales of a period reach the limit of its target, in proportion to the working days that have passed.

    A target that is missed in the first weeks can still be reached; one looked at after the end cannot. Only the last
    period that has begun and has sales is judged, for each company, person, customer and so on.

    统计期的销售额，按已过去的工作日折算后，不应低于目标的下限比例。
    落后在期初发现还赶得上，期末再看就晚了。每个考核对象只看已开始且有实际值的最近一期。

    Options: ``sales_min``.

    Passes::

        status date 2026-06-12
        metrics
          metric_id | scope_kind | scope_ref | indicator | period  | target  | actual
          KPI-001   | company    | ALL       | sales     | 2026-04 | 1000000 | 100000
          KPI-002   | company    | ALL       | sales     | 2026-05 | 1000000 | 800000
          KPI-003   | person     | RES-009   | sales     | 2026-06 | 1000000 | 400000

    Fails::

        status date 2026-06-12
        metrics
          metric_id | scope_kind | scope_ref | indicator | period  | target  | actual
        > KPI-001   | company    | ALL       | sales     | 2026-05 | 1000000 | 720000
        > KPI-002   | person     | RES-009   | sales     | 2026-06 | 1000000 | 350000
    """
    limit = case.settings.number("sales_min")
    for row in deals.latest_targets(case.rows.metrics, case.status_date):
        found = deals.attainment(row, case.calendar, status_date=case.status_date)
        if found is None or round(found.percent, 6) >= limit:
            continue
        fields = {
            "scope": row.scope_ref,
            "period": row.period,
            "actual": row.actual,
            "target": row.target,
            "percent": found.elapsed,
        }
        owner = row.scope_ref if row.scope_kind == "person" and row.scope_ref else ""
        yield Problem(row, "actual", value=found.percent, threshold=limit, owner=owner, fields=fields)


def check_quotation_near_market(case: Case) -> Iterator[Problem]:
    """A quotation does not differ from the market price by more than the limit, neither above nor below.

    Far above it is lost, far below something was forgotten. Lost and finished deals are not judged.

    报价与市场参考价相差的比例，高于或低于都不应超过上限。
    报得太高拿不到单，报得太低多半是漏算了什么。已丢单、已完成、已终止的不检查。

    Options: ``market_gap``.

    Passes::

        deals
          deal_id  | name                       | stage     | quote_amount | market_price
          DEAL-001 | AGV 调度增购 // AGV add-on | quotation | 120000       | 100000
          DEAL-002 | 备件合同 // Spare parts    | lost      | 200000       | 100000

    Fails::

        deals
          deal_id  | name                       | stage     | quote_amount | market_price
        > DEAL-001 | AGV 调度增购 // AGV add-on | quotation | 120001       | 100000
        > DEAL-002 | 备件合同 // Spare parts    | quotation | 79000        | 100000
    """
    limit = case.settings.number("market_gap")
    for row in case.rows.deals:
        distance = deals.market_distance(row)
        if row.stage in deals.OVER or distance is None or abs(round(distance, 6)) <= limit:
            continue
        yield Problem(
            row,
            "quote_amount",
            value=abs(distance),
            threshold=limit,
            owner=row.owner or "",
            fields={"quote": row.quote_amount, "market": row.market_price},
            variant="below" if distance < 0 else "",
        )


def _stage(case: Case, row: DealsRow) -> object:
    return wording.code(case, "deals", "stage", row.stage)


_STAGE = "deals.stage"
_REVIEWS = ("deals.tech_review", "deals.finance_review", "deals.legal_review")

RULES: tuple[Rule, ...] = (
    Rule("SAL-01", check_followed_up, "deals", Severity.MEDIUM, (_STAGE, "deals.next_followup")),
    Rule(
        "SAL-02", check_deal_moves_on, "deals", Severity.LOW, (_STAGE, "deals.stage_since"), ("stage_days",), "should"
    ),
    Rule(
        "SAL-03",
        check_quotation_valid,
        "deals",
        Severity.REMINDER,
        (_STAGE, "deals.quote_valid_until"),
        ("quote_notice",),
    ),
    Rule(
        "SAL-04",
        check_margin_sufficient,
        "deals",
        Severity.MEDIUM,
        (_STAGE, "deals.quote_amount", "deals.est_cost", "deals.risk_reserve"),
        ("margin_min",),
    ),
    Rule("SAL-05", check_reviews_passed, "deals", Severity.HIGH, (_STAGE,), regardless=_REVIEWS),
    Rule(
        "SAL-06",
        check_contract_renewed,
        "deals",
        Severity.MEDIUM,
        (_STAGE, "deals.contract_end", "deals.renewal_notice_days", "deals.renewal_deal_id"),
        ("renewal_notice",),
    ),
    Rule(
        "SAL-07",
        check_sales_on_target,
        "metrics",
        Severity.MEDIUM,
        (
            "metrics.indicator",
            "metrics.actual",
            "metrics.target",
            "metrics.period",
            "metrics.scope_kind",
            "metrics.scope_ref",
        ),
        ("sales_min",),
        "should",
    ),
    Rule(
        "SAL-08",
        check_quotation_near_market,
        "deals",
        Severity.LOW,
        (_STAGE, "deals.quote_amount", "deals.market_price"),
        ("market_gap",),
        "could",
    ),
)

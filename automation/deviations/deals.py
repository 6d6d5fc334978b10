"""Sales figures: pipeline and win rate (C23), margin and distance to the market (C24) as small pure functions.

Rules never read the stored computed columns; what these functions return is also what commands write into them. Not
here: the rules on deals (``sales``), the value of customers (``customers``).
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from automation.model.rows import DealsRow, MetricsRow
    from automation.planning.calendar import WorkCalendar

OPEN = ("lead", "needs_analysis", "solution_design", "quotation", "negotiation")
"""Stages of a deal that is neither won nor lost, in order."""
SIGNED = frozenset({"signed", "in_execution", "completed", "terminated"})
"""Stages of a deal that came to a contract, whatever became of it."""
RUNNING = frozenset({"signed", "in_execution"})
"""Stages of a contract in force."""
LOST = "lost"
OVER = frozenset({"completed", "terminated", LOST})
"""Stages in which nothing can be done about a deal any more."""
SALES = "sales"
"""The code of the indicator that holds the sales target and the sales of a period."""
NOTHING = Decimal(0)


def margin(row: DealsRow) -> float | None:
    """(Quotation - cost - reserve) / quotation in percent (C24), negative below cost; an empty reserve counts as none.

    ``None`` without a quotation or a cost.
    """
    if not row.quote_amount or row.est_cost is None:
        return None
    return float(100 * (row.quote_amount - row.est_cost - (row.risk_reserve or NOTHING)) / row.quote_amount)


def market_distance(row: DealsRow) -> float | None:
    """How far the quotation lies above the market price, in percent of it (C24); negative below, ``None`` without one."""
    if row.quote_amount is None or not row.market_price:
        return None
    return float(100 * (row.quote_amount - row.market_price) / row.market_price)


def weighted_amount(row: DealsRow) -> Decimal | None:
    """Expected amount x probability (C23), in cents; ``None`` while one of them is missing."""
    if row.expected_amount is None or row.probability is None:
        return None
    return (row.expected_amount * Decimal(str(row.probability)) / 100).quantize(Decimal("0.01"))


def days_in_stage(row: DealsRow, status_date: date) -> int | None:
    """Calendar days in the present stage (C23); ``None`` where it is not said since when."""
    return None if row.stage_since is None else (status_date - row.stage_since).days


class Pipeline(NamedTuple):
    """Open deals together: how many, what they would bring, and that weighted with their probabilities."""

    deals: int
    amount: Decimal
    weighted: Decimal


def pipeline(deals: Iterable[DealsRow]) -> Pipeline:
    """The open deals among those given (C23); amounts that are missing count as none."""
    found = [row for row in deals if row.stage in OPEN]
    return Pipeline(
        len(found),
        sum((row.expected_amount or NOTHING for row in found), NOTHING),
        sum((weighted_amount(row) or NOTHING for row in found), NOTHING),
    )


def pipeline_by(deals: Iterable[DealsRow], column: str) -> Mapping[str, Pipeline]:
    """The open deals by stage (in the order of the stages) or by owner (in the order of the rows)."""
    groups: dict[str, list[DealsRow]] = {stage: [] for stage in OPEN} if column == "stage" else defaultdict(list)
    for row in deals:
        if row.stage in OPEN:
            groups[getattr(row, column) or ""].append(row)
    return {name: pipeline(rows) for name, rows in groups.items()}


def win_rate(deals: Iterable[DealsRow], *, first: date | None = None, last: date | None = None) -> float | None:
    """Deals signed over deals signed or lost, in percent (C23), of those decided from ``first`` to ``last`` inclusive.

    A deal is decided on its signature, a lost one on the day its stage says. ``None`` where nothing was decided.
    """
    won = lost = 0
    for row in deals:
        day = row.signed_on if row.stage in SIGNED else row.stage_since
        if (first and (day is None or day < first)) or (last and (day is None or day > last)):
            continue
        won += row.stage in SIGNED
        lost += row.stage == LOST
    return 100 * won / (won + lost) if won + lost else None


def signed_amount(deals: Iterable[DealsRow], first: date, last: date) -> Decimal:
    """The sum of the contracts signed from the first to the last day, both included (C23)."""
    return sum(
        (
            row.contract_amount or NOTHING
            for row in deals
            if row.stage in SIGNED and row.signed_on is not None and first <= row.signed_on <= last
        ),
        NOTHING,
    )


def month_of(period: str | None) -> tuple[date, date] | None:
    """The first and last day of a period such as ``2026-05``; ``None`` where it is no month."""
    year, _, month = (period or "").partition("-")
    if not (year.isdecimal() and month.isdecimal() and 1 <= int(month) <= 12 and int(year) >= 1):  # noqa: PLR2004 - months
        return None
    return date(int(year), int(month), 1), date(int(year), int(month), monthrange(int(year), int(month))[1])


class Attainment(NamedTuple):
    """How far the sales of a period are, in percent of its target pro rata; ``elapsed`` is the share of it, in percent."""

    percent: float
    elapsed: float


def attainment(row: MetricsRow, calendar: WorkCalendar, *, status_date: date) -> Attainment | None:
    """Sales over target x share of the month's working days that have passed by the status date (C23).

    ``None`` without a target or sales, and before the first working day of the month is over.
    """
    month = month_of(row.period)
    if month is None or row.actual is None or not row.target or row.target < 0:
        return None
    first, last = month
    days = calendar.count(first, last)
    passed = calendar.count(first, min(status_date, last))
    over = status_date >= last
    share = 1.0 if over else passed / days if days else 0.0
    return Attainment(100 * row.actual / (row.target * share), 100 * share) if share else None


def latest_targets(metrics: Iterable[MetricsRow], status_date: date) -> list[MetricsRow]:
    """The sales rows that count: of each scope the last period that has begun and has sales, in row order."""
    latest: dict[tuple[str | None, str | None], MetricsRow] = {}
    for row in metrics:
        month = month_of(row.period)
        if row.indicator != SALES or row.actual is None or month is None or month[0] > status_date:
            continue
        kept = latest.get((row.scope_kind, row.scope_ref))
        if kept is None or (kept.period or "") < (row.period or ""):
            latest[row.scope_kind, row.scope_ref] = row
    return sorted(latest.values(), key=lambda row: row.row)

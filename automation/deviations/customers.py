"""Customers: contracted value, last contact and suggested tier (C21), completeness of the profile (C22).

Rules never read the stored computed columns; what these functions return is also what commands write into them. Not
here: the rules on customers (``customer_rules``), satisfaction (C20).
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from automation.deviations.deals import SIGNED
from automation.model.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from automation.base.settings import Settings
    from automation.model.rows import CustomersRow, EventsRow, RequestsRow, Rows
    from automation.schema.catalogue import Sheet

INTERNAL = "internal"
ASLEEP = frozenset({"dormant", "lost"})
"""States of a customer whose tier is lowered whenever the last contact was."""
TIERS = ("a", "b", "c")
NOTHING = Decimal(0)


class CustomerValue(NamedTuple):
    """What a customer has brought: the sum and number of its signed contracts, and when somebody last spoke to it.

    ``last_contact`` is an event held for the customer or a request it made; ``last_signed`` its last signature.
    """

    revenue: Decimal
    orders: int
    last_contact: date | None
    last_signed: date | None

    @property
    def repurchase(self) -> bool:
        """Whether it has bought again."""
        return self.orders > 1


def customer_values(rows: Rows, status_date: date) -> Mapping[str, CustomerValue]:
    """The value of every customer at the status date (C21), by its id in row order."""
    contacts = last_contacts(rows.events, rows.requests, status_date)
    revenue: dict[str, Decimal] = {}
    orders: dict[str, int] = {}
    signed: dict[str, date] = {}
    for deal in rows.deals:
        name = deal.customer_id or ""
        if deal.stage in SIGNED:
            revenue[name] = revenue.get(name, NOTHING) + (deal.contract_amount or NOTHING)
            orders[name] = orders.get(name, 0) + 1
            if deal.signed_on is not None:
                signed[name] = max(deal.signed_on, signed.get(name, deal.signed_on))
    return {
        row.customer_id: CustomerValue(
            revenue.get(row.customer_id, NOTHING),
            orders.get(row.customer_id, 0),
            contacts.get(row.customer_id),
            signed.get(row.customer_id),
        )
        for row in rows.customers
        if row.customer_id
    }


def last_contacts(
    events: Iterable[EventsRow], requests: Iterable[RequestsRow], status_date: date
) -> Mapping[str, date]:
    """The last day up to the status date on which each customer was met or asked for something (C21).

    Events count that were held for the customer, not those among ourselves.
    """
    latest: dict[str, date] = {}
    days = [
        *((row.customer_id, row.held_on) for row in events if row.audience != INTERNAL),
        *((row.customer_id, row.received_at.date() if row.received_at else None) for row in requests),
    ]
    for customer, day in days:
        if customer and day is not None and day <= status_date:
            latest[customer] = max(day, latest.get(customer, day))
    return latest


def suggested_tiers(
    customers: Sequence[CustomersRow], values: Mapping[str, CustomerValue], settings: Settings, *, status_date: date
) -> Mapping[str, str | None]:
    """The tier that money and contact suggest for each customer (C21), as a code of the list ``tier``.

    Customers with contracts are ranked by their sum: the top ``tier_a_share`` percent of them are A (the first one
    always), those up to ``tier_b_share`` B, all others C; equal sums, equal tiers. A customer without contact or
    signature for more than ``dormant_days``, or marked as dormant or lost, is one tier lower. Internal customers
    have none (``None``).
    """
    shares = settings.number("tier_a_share"), settings.number("tier_b_share")
    outside = {row.customer_id: row for row in customers if row.customer_id and row.customer_type != INTERNAL}
    sums = sorted((value.revenue for name, value in values.items() if name in outside and value.revenue), reverse=True)
    place: dict[Decimal, int] = {}
    for number, amount in enumerate(sums):
        place.setdefault(amount, number)
    tiers: dict[str, str | None] = {row.customer_id: None for row in customers if row.customer_id}
    for name, row in outside.items():
        value = values[name]
        tier = len(TIERS) - 1
        if value.revenue:
            above = 100 * place[value.revenue] / len(sums)
            tier = next((number for number, share in enumerate(shares) if above < share), tier)
        if _is_asleep(row, value, settings, status_date):
            tier += 1
        tiers[name] = TIERS[min(tier, len(TIERS) - 1)]
    return tiers


def profile_columns(settings: Settings, sheet: Sheet, present: Iterable[str]) -> tuple[str, ...]:
    """The columns that count for a profile (C22), one named twice twice; those the workbook lacks are left out.

    The setting may name them by identifier or by label in either language; what it names wrongly does not count.
    """
    names = {fold(text): column.id for column in sheet.columns for text in (column.id, *column.label)}
    there = set(present)
    found = (names.get(fold(word)) for word in settings.words("profile_columns"))
    return tuple(name for name in found if name is not None and name in there)


def profile_completeness(row: CustomersRow, columns: Sequence[str]) -> float | None:
    """Profile columns filled in over profile columns, in percent (C22); ``None`` where no column counts."""
    if not columns:
        return None
    return 100 * sum(getattr(row, name) not in {None, ()} for name in columns) / len(columns)


def _is_asleep(row: CustomersRow, value: CustomerValue, settings: Settings, status_date: date) -> bool:
    days = [day for day in (value.last_contact, value.last_signed) if day is not None]
    silent = (status_date - max(days)).days if days else None
    return row.status in ASLEEP or silent is None or silent > settings.whole("dormant_days")

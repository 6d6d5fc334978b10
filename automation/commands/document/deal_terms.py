"""What the documents about a deal share: its price by items, its terms, and its services with their limits.

Not here: the chapters (``solution``, ``quotation``, ``contract_draft``, ``service_plan``, ``renewal``).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from automation.commands.document.amounts import in_capitals, money
from automation.commands.document.source import EMPTY, lines, number, pair

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from automation.commands.document.source import Source
    from automation.model.rows import DealsRow, ServicesRow

BLANK = "＿＿＿＿"
"""Where people write in what the workbook does not hold."""

PRIORITIES = ("high", "medium", "low")


class Item(NamedTuple):
    """One line of a price: ``quantity`` in ``unit`` at ``price`` each."""

    name: str
    content: str
    quantity: int
    unit: str
    price: Decimal

    @property
    def amount(self) -> Decimal:
        """Quantity times price."""
        return self.quantity * self.price


def deal_of(source: Source) -> DealsRow:
    """The deal that the document is about. Raises LookupError for a document that is about none."""
    if source.deal is None:
        raise LookupError(source.sheet)
    return source.deal


def services_of(source: Source) -> tuple[ServicesRow, ...]:
    """The services agreed in the deal, in the order of the sheet."""
    key = source.deal.deal_id if source.deal else None
    return tuple(row for row in source.rows.services if key and row.deal_id == key)


def price_of(deal: DealsRow) -> Decimal | None:
    """What the customer is to pay: the contract's amount once there is one, else the quotation; ``None`` without both."""
    return deal.quote_amount if deal.contract_amount is None else deal.contract_amount


def items(source: Source, total: Decimal | None) -> tuple[Item, ...]:
    """The lines that a total consists of.

    These are the deal's services by whole months at their monthly price where they come to exactly that total, else
    the deal as one line: no quantity or discount is made up. Without a total there are none.
    """
    if total is None:
        return ()
    found = tuple(_item(source, row) for row in services_of(source))
    known = tuple(item for item in found if item is not None)
    if known and len(known) == len(found) and sum(item.amount for item in known) == total:
        return known
    deal = deal_of(source)
    content = "\n".join(scope_lines(source, deal.solution_summary)) or EMPTY
    return (Item(source.pick(deal), content, 1, source.say("项", "lot"), total),)


def _item(source: Source, row: ServicesRow) -> Item | None:
    months = whole_months(row.active_from, row.active_to)
    if months is None or row.price is None:
        return None
    unit = source.say("个月", "month" if months == 1 else "months")
    return Item(source.pick(row), row.content or EMPTY, months, unit, row.price)


def whole_months(first: date | None, last: date | None) -> int | None:
    """The months from the first to the last day, both included; ``None`` where they are not whole or there are none."""
    if first is None or last is None:
        return None
    after = last + timedelta(days=1)
    months = (after.year - first.year) * 12 + after.month - first.month
    return months if months > 0 and after.day == first.day else None


def item_rows(found: tuple[Item, ...]) -> list[dict[str, str]]:
    """The lines of a price as rows of a table; its figures are in the document's currency."""
    return [
        {
            "no": str(place),
            "name": item.name,
            "content": item.content,
            "quantity": f"{item.quantity} {item.unit}",
            "price": f"{item.price:,.2f}",
            "amount": f"{item.amount:,.2f}",
        }
        for place, item in enumerate(found, 1)
    ]


def total_of(source: Source, amount: Decimal | None) -> dict[str, str]:
    """A total in figures and, where they are usual, in capitals; its unit for the headings of a table."""
    return {
        "figures": money(source, amount) if amount is not None else source.say("待定", "to be agreed"),
        "capitals": in_capitals(source, amount),
        "unit": source.say("元" if source.currency == "CNY" else source.currency, source.currency),
    }


def scope_lines(source: Source, text: str | None) -> list[str]:
    """The parts of a summary: separated by semicolons, line breaks or plus signs."""
    found = [part.strip() for line in lines(text) for part in line.replace("＋", "+").split("+")]
    return [part if source.chinese else part[:1].upper() + part[1:] for part in found if part]


def agreed_terms(source: Source, *, otherwise: str = "") -> list[dict[str, str]]:
    """Delivery, after-sales and payment terms of the deal; where it says nothing ``otherwise``, or that they come later."""
    deal = deal_of(source)
    later = otherwise or source.say("由双方在合同中约定", "To be agreed in the contract")
    return [
        pair(source, "交货周期", "Delivery", deal.delivery_terms, otherwise=later),
        pair(source, "售后条款", "After-sales service", deal.service_terms, otherwise=later),
        pair(source, "付款条款", "Payment", deal.payment_terms, otherwise=later),
    ]


def period(source: Source, first: date | None, last: date | None) -> str:
    """From one day to another; a dash when neither is known."""
    if first is None and last is None:
        return EMPTY
    return source.say(f"{source.day(first)}至{source.day(last)}", f"{source.day(first)} to {source.day(last)}")


def window(source: Source, row: ServicesRow) -> str:
    """The hours in which a service is given, in words."""
    named = {
        "24x7": source.say("7×24小时，含节假日", "24 hours, 7 days a week"),
        "5x8": source.say("工作日工作时间（5×8）", "Working days, 8 hours"),
    }
    return named.get(row.window or "") or source.label("services", "window", row.window)


def service_rows(source: Source) -> list[dict[str, str]]:
    """The deal's services as rows of a catalogue."""
    return [
        {
            "name": source.pick(row),
            "kind": source.label("services", "kind", row.kind),
            "content": row.content or EMPTY,
            "window": window(source, row),
            "period": period(source, row.active_from, row.active_to),
            "owner": source.person(row.owner),
        }
        for row in services_of(source)
    ]


def limit_rows(source: Source) -> list[dict[str, str]]:
    """The limits of the deal's services: hours by priority, high / medium / low, and the target of accuracy."""
    return [
        {
            "name": source.pick(row),
            "window": window(source, row),
            "response": _hours(row, "response"),
            "resolve": _hours(row, "resolve"),
            "accuracy": EMPTY if row.accuracy_target is None else f"{number(row.accuracy_target)}%",
        }
        for row in services_of(source)
    ]


def _hours(row: ServicesRow, what: str) -> str:
    return " / ".join(number(getattr(row, f"{what}_{priority}")) for priority in PRIORITIES)


def supplier_contact(source: Source) -> list[dict[str, str]]:
    """Whom the customer can ask on our side."""
    row = source.people.get(source.responsible)
    return [
        pair(source, "服务方", "Supplier", source.company.in_(source.language) or source.company.zh),
        pair(source, "联系人", "Contact", source.person(source.responsible)),
        pair(source, "电子邮箱", "E-mail", row.email if row else None),
    ]


def customer_facts(source: Source) -> dict[str, Any]:
    """Name, address, phone, e-mail and representative of the customer; dashes for what is not known."""
    row, contact = source.customer, source.addressee
    return {
        "address": (row.address if row else None) or EMPTY,
        "phone": (row.phone if row else None) or (contact.phone if contact else None) or EMPTY,
        "email": (row.email if row else None) or (contact.email if contact else None) or EMPTY,
        "person": source.contact(contact.contact_id, title=True) if contact else EMPTY,
    }

"""What a contract's term has brought so far: requests and how they were kept, complaints, satisfaction, days left.

Not here: what documents say about it (``renewal``, ``renewal_advice``), how one request is judged
(``deviations.services``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from automation.commands.document.deal_terms import deal_of
from automation.deviations import feedback, services

if TYPE_CHECKING:
    from collections.abc import Iterable

    from automation.commands.document.source import Source
    from automation.deviations.services import Kept
    from automation.model.rows import DealsRow, FeedbackRow

RENEWAL = "SAL-06"
WHOLE = 100


class Record(NamedTuple):
    """Requests of some services in the contract's term: how many, how many could be judged, kept both limits, were right."""

    received: int
    judged: int
    in_time: int
    checked: int
    correct: int

    @property
    def attainment(self) -> float | None:
        """Requests in time in percent of those judged, ``None`` when none was."""
        return WHOLE * self.in_time / self.judged if self.judged else None

    @property
    def accuracy(self) -> float | None:
        """Right results in percent of those judged right or not, ``None`` when none was."""
        return WHOLE * self.correct / self.checked if self.checked else None


def received(source: Source) -> tuple[Kept, ...]:
    """The requests for the deal's services received within the contract's term, up to the status date."""
    deal = deal_of(source)
    found = services.kept(source.rows, source.request.settings, source.status_date)
    return tuple(
        one
        for one in found
        if deal.deal_id
        and one.service.deal_id == deal.deal_id
        and one.request.received_at is not None
        and (deal.contract_start is None or one.request.received_at.date() >= deal.contract_start)
        and (deal.contract_end is None or one.request.received_at.date() <= deal.contract_end)
    )


def record(found: Iterable[Kept]) -> Record:
    """What requests together come to."""
    rows = tuple(found)
    months = services.attainments(rows)
    return Record(
        len(rows),
        sum(one.judged for one in months),
        sum(one.in_time for one in months),
        sum(one.checked for one in months),
        sum(one.correct for one in months),
    )


def days_left(source: Source, deal: DealsRow) -> int | None:
    """Calendar days from the status date to the contract's end, negative once it is over; ``None`` without an end."""
    return None if deal.contract_end is None else (deal.contract_end - source.status_date).days


def notice_days(source: Source, deal: DealsRow) -> int:
    """So many days before its end a contract's renewal is due: its own number, else the usual one."""
    usual = source.request.settings.whole("renewal_notice")
    return usual if deal.renewal_notice_days is None else deal.renewal_notice_days


def is_due(source: Source) -> bool:
    """Whether the rule on renewals reports the deal (SAL-06). For internal documents: it sees findings."""
    return any(
        finding.rule == RENEWAL and finding.place.sheet == "deals" and finding.place.key == source.key
        for finding in source.request.findings
    )


def complaints(source: Source, deal: DealsRow) -> list[FeedbackRow]:
    """The customer's complaints within the contract's term, up to the status date."""
    return [
        row
        for row in source.rows.feedback
        if row.kind == feedback.COMPLAINT
        and row.customer_id == deal.customer_id
        and row.received_on is not None
        and (deal.contract_start or row.received_on) <= row.received_on <= source.status_date
    ]


def scores(source: Source) -> dict[str, float]:
    """The customer's overall satisfaction by period, ascending."""
    customer = source.customer.customer_id if source.customer else None
    periods = feedback.overall_by_period(source.rows.feedback).get(customer or "", {})
    return {name: mean.value for name, mean in periods.items()}

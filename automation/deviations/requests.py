"""What the service record tells: frequency, repeated faults, handling by agent (C18), call centre figures (C19).

Not here: limits kept or not (``services``), the rules (``service_rules``).
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from automation.deviations.services import FAULT, MISSED, SOLVED, WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from automation.deviations.services import Kept
    from automation.model.rows import RequestsRow

PHONE = "phone"
QUESTION_SHARE = 50
"""A service of whose requests more than this share in percent are questions may want a service of its own."""
ENOUGH = 10
"""Requests from which on such a share says something."""


class CallCentre(NamedTuple):
    """The hotline in one month (C19): calls, those answered, and of these those solved and solved at first contact."""

    month: str
    calls: int
    answered: int
    solved: int
    first_contact: int
    first_known: int
    ratings: tuple[int, ...]

    @property
    def answer_rate(self) -> float:
        """Answered of all calls, in percent."""
        return WHOLE * self.answered / self.calls

    @property
    def resolution_rate(self) -> float | None:
        """Solved of the answered, in percent; ``None`` when none was answered."""
        return WHOLE * self.solved / self.answered if self.answered else None

    @property
    def first_contact_rate(self) -> float | None:
        """Solved at first contact, of those of which it is known, in percent."""
        return WHOLE * self.first_contact / self.first_known if self.first_known else None

    @property
    def rating(self) -> float | None:
        """Mean rating, ``None`` without any."""
        return sum(self.ratings) / len(self.ratings) if self.ratings else None


def call_centre(requests: Iterable[RequestsRow]) -> tuple[CallCentre, ...]:
    """The hotline by month, ascending: all requests by phone."""
    months: dict[str, list[RequestsRow]] = {}
    for row in requests:
        if row.channel == PHONE and row.received_at is not None:
            months.setdefault(row.received_at.isoformat()[:7], []).append(row)
    return tuple(_hotline(month, rows) for month, rows in sorted(months.items()))


def _hotline(month: str, rows: Sequence[RequestsRow]) -> CallCentre:
    answered = [row for row in rows if row.status != MISSED]
    known = [row.first_contact for row in answered if row.first_contact in {"yes", "no"}]
    return CallCentre(
        month,
        len(rows),
        len(answered),
        sum(row.status in SOLVED for row in answered),
        known.count("yes"),
        len(known),
        tuple(row.rating for row in answered if row.rating is not None),
    )


def repeated_faults(requests: Iterable[RequestsRow], status_date: date, days: int) -> Mapping[str, list[RequestsRow]]:
    """The faults of each service received in the last ``days`` days up to the status date, both ends included."""
    since = status_date - timedelta(days=days)
    found: dict[str, list[RequestsRow]] = {}
    for row in requests:
        if row.kind != FAULT or not row.service_id or row.received_at is None:
            continue
        if since < row.received_at.date() <= status_date:
            found.setdefault(row.service_id, []).append(row)
    return found


class Agent(NamedTuple):
    """What one person handled: how many requests, mean hours to solve them, mean rating."""

    agent: str
    requests: int
    hours: float | None
    rating: float | None


def agents(found: Iterable[Kept]) -> tuple[Agent, ...]:
    """Handling by agent, those with most requests first."""
    members: dict[str, list[Kept]] = {}
    for one in found:
        if one.request.assigned_to:
            members.setdefault(one.request.assigned_to, []).append(one)
    result = []
    for agent, handled in members.items():
        hours = [one.resolve_hours for one in handled if one.request.resolved_at is not None]
        ratings = [one.request.rating for one in handled if one.request.rating is not None]
        result.append(Agent(agent, len(handled), _mean(hours), _mean(ratings)))
    return tuple(sorted(result, key=lambda one: (-one.requests, one.agent)))


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def by_kind(requests: Iterable[RequestsRow]) -> Mapping[str, Mapping[str, int]]:
    """How many requests of each kind came in each month, ascending by month."""
    found: dict[str, Counter[str]] = {}
    for row in requests:
        if row.received_at is not None and row.kind:
            found.setdefault(row.received_at.isoformat()[:7], Counter())[row.kind] += 1
    return dict(sorted(found.items()))


def candidates(requests: Iterable[RequestsRow]) -> Mapping[str, float]:
    """Services most of whose requests are questions: their share of questions in percent; training may help there."""
    kinds: dict[str, Counter[str]] = {}
    for row in requests:
        if row.service_id and row.kind and row.status != MISSED:
            kinds.setdefault(row.service_id, Counter())[row.kind] += 1
    shares = {name: (sum(one.values()), WHOLE * one["question"] / sum(one.values())) for name, one in kinds.items()}
    return {name: share for name, (total, share) in shares.items() if total >= ENOUGH and share > QUESTION_SHARE}

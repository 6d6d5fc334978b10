"""Feedback: when an answer is due (C34), satisfaction by customer, dimension, touchpoint and period (C20), information (C31).

Not here: the rules (``feedback_rules``).
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from automation.base.settings import Settings
    from automation.model.rows import FeedbackRow
    from automation.planning.calendar import WorkCalendar

SURVEY, COMPLAINT, PRAISE = "satisfaction_survey", "complaint", "praise"
INTERNAL, STAFF = "internal_customer_satisfaction", "employee_satisfaction"
OVERALL = "overall"
DUE: Mapping[str, str] = {
    COMPLAINT: "answer_days_complaint",
    "suggestion": "answer_days_comment",
    "follow_up_visit_comment": "answer_days_comment",
    "acceptance_comment": "answer_days_comment",
    "process_suggestion": "answer_days_comment",
    SURVEY: "answer_days_survey",
    INTERNAL: "answer_days_survey",
    STAFF: "answer_days_survey",
}
"""The setting that says within how many working days a kind of feedback is answered; others need no answer by a day."""
ANSWERED = frozenset({"answered", "closed"})


def due(row: FeedbackRow, calendar: WorkCalendar, settings: Settings) -> date | None:
    """The day by whose end feedback should be answered (C34): received plus working days by kind."""
    key = DUE.get(row.kind or "")
    if row.received_on is None or key is None:
        return None
    return calendar.add_days(row.received_on, settings.whole(key))


class Mean(NamedTuple):
    """A mean of scores with how many there are."""

    value: float
    number: int


def mean(scores: Iterable[float]) -> Mean | None:
    """The mean of scores, ``None`` without any."""
    values = list(scores)
    return Mean(sum(values) / len(values), len(values)) if values else None


def overall_by_period(rows: Iterable[FeedbackRow], kind: str = SURVEY) -> Mapping[str, Mapping[str, Mean]]:
    """The mean of the dimension overall by customer and period, periods ascending.

    Staff and internal customers are other kinds and so stand apart.
    """
    scores: dict[str, dict[str, list[float]]] = {}
    for row in rows:
        if row.kind == kind and row.score is not None and row.period and (kind != SURVEY or row.dimension == OVERALL):
            scores.setdefault(row.customer_id or "", {}).setdefault(row.period, []).append(float(row.score))
    return {
        customer: {period: Mean(sum(values) / len(values), len(values)) for period, values in sorted(periods.items())}
        for customer, periods in scores.items()
    }


def latest_satisfaction(rows: Iterable[FeedbackRow]) -> Mapping[str, float]:
    """The latest mean of overall satisfaction of each customer."""
    return {customer: list(periods.values())[-1].value for customer, periods in overall_by_period(rows).items()}


def by_day(rows: Iterable[FeedbackRow]) -> list[FeedbackRow]:
    """Feedback in the order of the days on which it came, that without a day last."""
    return sorted(rows, key=lambda row: row.received_on or date.max)


def by(rows: Iterable[FeedbackRow], column: str, *, kinds: Iterable[str] = (SURVEY,)) -> Mapping[str, Mean]:
    """The mean score by the values of a column (``dimension``, ``touchpoint``), of some kinds of feedback."""
    wanted = set(kinds)
    scores: dict[str, list[float]] = {}
    for row in rows:
        value = getattr(row, column)
        if value and row.score is not None and row.kind in wanted:
            scores.setdefault(value, []).append(float(row.score))
    return {value: Mean(sum(found) / len(found), len(found)) for value, found in scores.items()}


def distribution(rows: Iterable[FeedbackRow]) -> Mapping[int, int]:
    """How many survey scores fall on each whole number from 1 to 5, halves upwards."""
    found = Counter(int(float(row.score) + 0.5) for row in rows if row.kind == SURVEY and row.score is not None)
    return {score: found.get(score, 0) for score in range(1, 6)}


def causes(rows: Iterable[FeedbackRow]) -> list[tuple[str, int]]:
    """Root causes with how often each was found, the most frequent first."""
    found = Counter(" ".join((row.root_cause or "").split()) for row in rows if row.root_cause)
    return sorted(found.items(), key=lambda one: (-one[1], one[0]))


class InformationClass(NamedTuple):
    """One class of market or customer information: how much of it, and how much became a requirement."""

    number: int
    converted: int

    @property
    def share(self) -> float | None:
        """Turned into requirements, in percent."""
        return 100 * self.converted / self.number if self.number else None


def information(rows: Iterable[FeedbackRow]) -> Mapping[str, InformationClass]:
    """Information by class A to D (C31)."""
    found: dict[str, list[FeedbackRow]] = {}
    for row in rows:
        if row.info_class:
            found.setdefault(row.info_class, []).append(row)
    return {
        name: InformationClass(len(members), sum(row.req_id is not None for row in members))
        for name, members in sorted(found.items())
    }


def corroborated(rows: Iterable[FeedbackRow]) -> Mapping[str, tuple[str, ...]]:
    """Requirements that information of two classes or more points to, with these classes (C31)."""
    found: dict[str, set[str]] = {}
    for row in rows:
        if row.info_class and row.req_id:
            found.setdefault(row.req_id, set()).add(row.info_class)
    return {name: tuple(sorted(classes)) for name, classes in found.items() if len(classes) > 1}

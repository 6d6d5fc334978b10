"""What pictures of services, customers and sales show.

Texts are in both languages; who draws picks one. Periods are written as in the workbook, such as ``2026-05``. Not
here: projects (``delivery``, ``plan``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from automation.base.findings import EMPTY, Text
from automation.base.records import dataclass

if TYPE_CHECKING:
    from decimal import Decimal


class AttainedMonth(NamedTuple):
    """The requests of a month and the percent (0 to 100) answered and resolved in time; ``None`` where none was judged."""

    period: str
    requests: int
    response: float | None
    resolution: float | None


@dataclass(frozen=True, slots=True)
class Attainment:
    """How far service levels were kept, month by month; ``target`` in percent."""

    subject: Text
    months: tuple[AttainedMonth, ...]
    target: float | None = None


class Scored(NamedTuple):
    """The mean score of a period, 1 to 5, and how many answers it is made of."""

    period: str
    score: float
    answers: int = 0


@dataclass(frozen=True, slots=True)
class ScoredDimension:
    """A dimension of satisfaction with its scores, ascending by period; periods may be missing."""

    name: Text
    scores: tuple[Scored, ...]


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """The satisfaction of customers over periods; the first dimension is the overall one.

    ``limit`` is the score below which it is too low.
    """

    subject: Text
    dimensions: tuple[ScoredDimension, ...]
    limit: float | None = None


class Stage(NamedTuple):
    """A stage of the sales pipeline: deals in it, their expected amounts, and these weighted by their probability."""

    name: Text
    deals: int
    expected: Decimal
    weighted: Decimal


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The stages from the first contact to the contract."""

    subject: Text
    stages: tuple[Stage, ...]
    currency: Text = EMPTY

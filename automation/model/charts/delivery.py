"""What pictures of a project's value, scope, risks and money show. Amounts are in one currency.

Texts are in both languages; who draws picks one. Not here: the plan (``plan``), customers and services (``service``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from automation.base.findings import EMPTY, Text
from automation.base.records import dataclass

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal


class ValuePoint(NamedTuple):
    """The values of a project at the end of a day; ``None`` where nothing is known of one then.

    ``planned`` is PV, ``earned`` EV, ``actual`` AC; ``forecast`` is the earned value and ``forecast_cost`` the cost
    that are expected from the status date on.
    """

    day: date
    planned: Decimal | None
    earned: Decimal | None
    actual: Decimal | None
    forecast: Decimal | None = None
    forecast_cost: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ValueCurve:
    """The S-curve of a project, its points ascending by day.

    ``budget`` is BAC, ``at_completion`` EAC; the indices SPI and CPI are below 1 when behind schedule or over cost.
    """

    project: Text
    points: tuple[ValuePoint, ...]
    status_date: date
    budget: Decimal
    at_completion: Decimal | None = None
    schedule_index: float | None = None
    cost_index: float | None = None
    currency: Text = EMPTY


class ScopePoint(NamedTuple):
    """How many requirements there are at the end of a day, and how many of them have come so far (or further)."""

    day: date
    total: int
    confirmed: int
    realised: int
    accepted: int


@dataclass(frozen=True, slots=True)
class BurnUp:
    """The requirements of a project over time, its points ascending by day."""

    project: Text
    points: tuple[ScopePoint, ...]
    status_date: date


class RatedRisk(NamedTuple):
    """A risk with its probability and impact, 1 to 5 each."""

    key: str
    probability: int
    impact: int


@dataclass(frozen=True, slots=True)
class RiskMatrix:
    """The risks that are open; the exposure (probability x impact) from which on a level begins is in the workbook's settings."""

    project: Text
    risks: tuple[RatedRisk, ...]
    very_high: int = 20
    high: int = 12
    medium: int = 6


class CategoryCost(NamedTuple):
    """What is planned for a category of cost, and what was spent."""

    category: Text
    planned: Decimal
    actual: Decimal


@dataclass(frozen=True, slots=True)
class Costs:
    """The costs of a project by category, in the order in which they are shown."""

    project: Text
    categories: tuple[CategoryCost, ...]
    status_date: date
    currency: Text = EMPTY

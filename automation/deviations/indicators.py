"""Indicators: the period before, achievement of the target, trend, distance to the benchmark (C26).

A row is one indicator of one scope in one period. Not here: what the values come from (``services``, ``feedback`` ...), the
rules (``process_rules``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from automation.model.rows import MetricsRow

WHOLE = 100
LONGEST = 6
"""Periods over which a trend is told."""
FLAT = 0.01
"""A trend that moves less than this part of the mean in a period is level."""
LOWER = "lower_is_better"
Name = tuple[str, str, str]
"""Kind and reference of the scope, and indicator."""


class Standing(NamedTuple):
    """How one row stands; values are ``None`` where they cannot be told."""

    row: MetricsRow
    previous: float | None
    achievement: float | None
    trend: str | None
    benchmark_gap: float | None


def name_of(row: MetricsRow) -> Name:
    """What identifies an indicator over its periods."""
    return row.scope_kind or "", row.scope_ref or "", row.indicator or ""


def by_name(rows: Iterable[MetricsRow]) -> Mapping[Name, list[MetricsRow]]:
    """The rows of each indicator, periods ascending; rows without a period are left out."""
    found: dict[Name, list[MetricsRow]] = {}
    for row in rows:
        if row.period:
            found.setdefault(name_of(row), []).append(row)
    return {name: sorted(members, key=lambda row: row.period or "") for name, members in found.items()}


def latest(rows: Iterable[MetricsRow]) -> Mapping[Name, MetricsRow]:
    """The last row of each indicator that has an actual value."""
    return {
        name: filled[-1]
        for name, members in by_name(rows).items()
        if (filled := [row for row in members if row.actual is not None])
    }


def achievement(row: MetricsRow) -> float | None:
    """The actual value against the target in percent, respecting the direction.

    100 and more is met. Where lower is better it is target by actual; an actual value of nothing then is met. ``None``
    without actual value or target, or where higher is better and the target is not above nothing.
    """
    if row.actual is None or row.target is None:
        return None
    actual, target = float(row.actual), float(row.target)
    if row.direction == LOWER:
        return WHOLE * target / actual if actual > 0 else float(WHOLE)
    return WHOLE * actual / target if target > 0 else None


def benchmark_gap(row: MetricsRow) -> float | None:
    """How far the actual value lies behind the benchmark, in percent of it; negative if ahead."""
    if row.actual is None or not row.benchmark:
        return None
    actual, benchmark = float(row.actual), float(row.benchmark)
    gap = actual - benchmark if row.direction == LOWER else benchmark - actual
    return WHOLE * gap / abs(benchmark)


def trend(values: Sequence[float]) -> str | None:
    """``↑``, ``↓`` or ``→``: the slope of the least-squares line through the last periods; ``None`` for fewer than two."""
    recent = list(values)[-LONGEST:]
    if len(recent) <= 1:
        return None
    middle, mean = (len(recent) - 1) / 2, sum(recent) / len(recent)
    slope = sum((place - middle) * (value - mean) for place, value in enumerate(recent))
    slope /= sum((place - middle) ** 2 for place in range(len(recent)))
    if abs(slope) <= FLAT * abs(mean):
        return "→"
    return "↑" if slope > 0 else "↓"


def standings(rows: Iterable[MetricsRow]) -> tuple[Standing, ...]:
    """How every row stands, indicator by indicator, periods ascending."""
    found = []
    for members in by_name(rows).values():
        values: list[float] = []
        for row in members:
            previous = values[-1] if values else None
            if row.actual is not None:
                values.append(float(row.actual))
            moves = trend(values) if row.actual is not None else None
            found.append(Standing(row, previous, achievement(row), moves, benchmark_gap(row)))
    return tuple(found)

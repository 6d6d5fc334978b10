"""Processes: cycle time, shares, ratio to standard, bottleneck, variation, control, utilisation, cost (C25).

Measured values come from the indicators of the steps. Not here: the rules (``process_rules``), improvements.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from automation.deviations import indicators

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from automation.base.settings import Settings
    from automation.model.rows import MetricsRow, ProcessesRow

STEP = "process_step"
WHOLE = 100


class Step(NamedTuple):
    """What is measured of one step, from its last period each; ``None`` where nothing is.

    ``ratio`` is mean hours by standard hours, ``variation`` standard deviation by mean of the same period.
    """

    row: ProcessesRow
    hours: float | None
    ratio: float | None
    variation: float | None
    compliance: float | None
    utilisation: float | None


class Process(NamedTuple):
    """One process: its steps in order, cycle time in hours (measured, else standard), cost of a run, its bottleneck."""

    code: str
    name: str
    steps: tuple[Step, ...]
    cycle_hours: float
    standard_hours: float
    cost: Decimal
    bottleneck: Step | None

    def share(self, step: Step) -> float | None:
        """The share of a step in the cycle time, in percent."""
        hours = step.hours if step.hours is not None else float(step.row.standard_hours or 0)
        return WHOLE * hours / self.cycle_hours if self.cycle_hours else None


def steps_measured(rows: Iterable[ProcessesRow], metrics: Iterable[MetricsRow]) -> tuple[Step, ...]:
    """Every step with what is measured of it, in row order."""
    table = tuple(metrics)
    last = indicators.latest(table)
    deviations = {
        (row.scope_ref, row.period): float(row.actual)
        for row in table
        if row.indicator == "sd_duration" and row.scope_kind == STEP and row.actual is not None
    }

    def value(step: str, indicator: str) -> float | None:
        row = last.get((STEP, step, indicator))
        return None if row is None or row.actual is None else float(row.actual)

    found = []
    for row in rows:
        step = row.step_id or ""
        hours, standard = value(step, "mean_duration"), float(row.standard_hours or 0)
        period = last[STEP, step, "mean_duration"].period if hours is not None else None
        spread = deviations.get((step, period))
        found.append(
            Step(
                row,
                hours,
                None if hours is None or not standard else hours / standard,
                None if not hours or spread is None else spread / hours,
                value(step, "control_compliance"),
                value(step, "resource_utilisation"),
            )
        )
    return tuple(found)


def processes(rows: Iterable[ProcessesRow], metrics: Iterable[MetricsRow], settings: Settings) -> tuple[Process, ...]:
    """Every process with its figures, in the order of its first step."""
    groups: dict[str, list[Step]] = {}
    for step in steps_measured(rows, metrics):
        groups.setdefault(step.row.process_code or "", []).append(step)
    return tuple(_process(code, steps, settings.number("bottleneck_ratio")) for code, steps in groups.items() if code)


def _process(code: str, steps: Sequence[Step], limit: float) -> Process:
    ordered = tuple(sorted(steps, key=lambda step: (step.row.step_no is None, step.row.step_no or 0)))
    standard = sum(float(step.row.standard_hours or 0) for step in ordered)
    cycle = sum(step.hours if step.hours is not None else float(step.row.standard_hours or 0) for step in ordered)
    slow = [step for step in ordered if step.ratio is not None and step.ratio > limit]
    return Process(
        code,
        ordered[0].row.process_name or code,
        ordered,
        cycle,
        standard,
        sum((step.row.cost_per_run for step in ordered if step.row.cost_per_run is not None), Decimal(0)),
        max(slow, key=lambda step: step.ratio or 0, default=None),
    )


def next_review(row: ProcessesRow, settings: Settings) -> date | None:
    """The last review plus the step's own cycle, else that of the settings; ``None`` if it was never reviewed."""
    if row.last_review is None:
        return None
    cycle = row.review_cycle if row.review_cycle is not None else settings.whole("process_review_days")
    return row.last_review + timedelta(days=cycle)


def gaps(steps: Iterable[Step]) -> Mapping[str, tuple[int, ...]]:
    """Numbers that are missing or stand twice among the steps of one process: ``missing`` and ``twice``."""
    numbers = [step.row.step_no for step in steps if step.row.step_no is not None]
    missing = tuple(n for n in range(1, max(numbers, default=0) + 1) if n not in numbers)
    return {"missing": missing, "twice": tuple(sorted({n for n in numbers if numbers.count(n) > 1}))}

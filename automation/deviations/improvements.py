"""Improvements: the funnel, how long needs wait, and the effect that an indicator proposes (C30).

Not here: the rules (``improvement_rules``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from automation.deviations import indicators

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from automation.model.rows import ImprovementsRow, MetricsRow

NEED = "process_optimisation_need"
UNDECIDED = ("declared", "screened", "analysed")
"""Stages of the funnel before a decision."""
OVER = frozenset({"rejected", "standardised"})
_GOAL = re.compile(r"(≤|≥|<=|>=|<|>|达到|不超过|至少|at most|at least)\s*(-?\d+(?:\.\d+)?)", re.IGNORECASE)
_UPPER = frozenset({"≤", "<=", "<", "不超过", "at most"})


class Stage(NamedTuple):
    """One stage of the funnel: how many needs by driver stand there, and their mean age in days."""

    stage: str
    by_driver: Mapping[str, int]
    number: int
    mean_days: float | None


def funnel(rows: Iterable[ImprovementsRow], stages: Iterable[str], status_date: date) -> tuple[Stage, ...]:
    """The funnel of process-optimisation needs, stage by stage (C30)."""
    needs = [row for row in rows if row.kind == NEED]
    found = []
    for stage in stages:
        there = [row for row in needs if row.funnel == stage]
        drivers: dict[str, int] = {}
        for row in there:
            drivers[row.driver or ""] = drivers.get(row.driver or "", 0) + 1
        days = [(status_date - row.stage_since).days for row in there if row.stage_since is not None]
        found.append(Stage(stage, drivers, len(there), sum(days) / len(days) if days else None))
    return tuple(found)


class Proposal(NamedTuple):
    """The effect that an action's indicator proposes: the values before and after, and a code of the list ``effect``."""

    row: ImprovementsRow
    before: MetricsRow
    after: MetricsRow
    effect: str


def effects(rows: Iterable[ImprovementsRow], metrics: Iterable[MetricsRow]) -> tuple[Proposal, ...]:
    """A proposal for each action with an indicator of which there is a value for a later period than the one it names.

    The period of the indicator's row is the one before; a later one counts once the action is done, or while it is not
    done at all. Achieved is what meets the number in the expected effect, else the target; partly what moved there.
    """
    table = tuple(metrics)
    by_id = {row.metric_id: row for row in table}
    series = indicators.by_name(table)
    found = []
    for row in rows:
        before = by_id.get(row.metric_id) if row.metric_id else None
        if before is None or before.actual is None:
            continue
        since = f"{row.done_on:%Y-%m}" if row.done_on is not None else ""
        later = [
            one
            for one in series.get(indicators.name_of(before), ())
            if one.actual is not None and (one.period or "") > (before.period or "") and (one.period or "") >= since
        ]
        if later:
            found.append(Proposal(row, before, later[-1], _effect(row, before, later[-1])))
    return tuple(found)


def _effect(row: ImprovementsRow, before: MetricsRow, after: MetricsRow) -> str:
    old, new = float(before.actual or 0), float(after.actual or 0)
    lower = after.direction == indicators.LOWER
    match = _GOAL.search(row.expected_effect or "")
    if match:
        goal = float(match[2])
        upper = match[1].casefold() in _UPPER or (lower and match[1] == "达到")
        met = new <= goal if upper else new >= goal
    else:
        met = (indicators.achievement(after) or 0) >= indicators.WHOLE
    if met:
        return "achieved"
    return "partly" if (new < old if lower else new > old) else "not_achieved"

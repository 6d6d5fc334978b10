"""Appraisal: what a person did in a period, weighted into one score, and the ranking (C27).

Not here: the rules on people (``indicator_rules``), rewards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from automation.deviations import communication, services

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from automation.base.settings import Settings
    from automation.model.rows import Rows

WHOLE = 100
BEST_RATING = 5
ENOUGH_INFORMATION = 3
"""Pieces of information in a period that count as full marks."""
PARTS = ("on_time", "rating", "sla", "information", "training")


class Person(NamedTuple):
    """One person's figures in a period, each from 0 to 100, ``None`` where there is nothing to judge.

    ``score`` is their weighted mean over the parts that are known; ``rank`` 1 for the best, ``None`` without a score.
    """

    resource: str
    on_time: float | None
    rating: float | None
    sla: float | None
    information: float | None
    training: float | None
    score: float | None
    rank: int | None = None


def appraisals(rows: Rows, settings: Settings, period: str, status_date: date) -> tuple[Person, ...]:
    """Every person with something to judge in a month such as ``2026-05``, the best first (C27).

    Tasks count that were done in the month, requests and information by their reception, trainings by their day.
    """
    weights = {part: settings.number(f"weight_{part}") for part in PARTS}
    parts = {
        "on_time": _on_time(rows, period),
        "rating": _ratings(rows, period),
        "sla": _sla(rows, settings, period, status_date),
        "information": _information(rows, period),
        "training": _training(rows, period),
    }
    people = [row.resource_id for row in rows.resources if row.kind == "person" and row.resource_id]
    found = []
    for name in people:
        values = {part: parts[part].get(name) for part in PARTS}
        known = {part: value for part, value in values.items() if value is not None and weights[part] > 0}
        if known:
            total = sum(weights[part] for part in known)
            score = sum(weights[part] * value for part, value in known.items()) / total
            on_time, rating, sla, information, training = (values[part] for part in PARTS)
            found.append(Person(name, on_time, rating, sla, information, training, score))
    return _ranked(found)


def _ranked(people: Iterable[Person]) -> tuple[Person, ...]:
    ordered = sorted(people, key=lambda one: (-(one.score or 0), one.resource))
    scores = [round(one.score or 0, 6) for one in ordered]
    return tuple(one._replace(rank=scores.index(score) + 1) for one, score in zip(ordered, scores, strict=True))


def _on_time(rows: Rows, period: str) -> Mapping[str, float]:
    """Of the tasks done in the month, those done by their baseline finish, in percent."""
    done: dict[str, list[bool]] = {}
    for row in rows.plan:
        if not row.owner or row.kind != "task" or row.actual_finish is None or row.baseline_finish is None:
            continue
        if f"{row.actual_finish:%Y-%m}" == period:
            done.setdefault(row.owner, []).append(row.actual_finish <= row.baseline_finish)
    return {name: WHOLE * sum(values) / len(values) for name, values in done.items()}


def _ratings(rows: Rows, period: str) -> Mapping[str, float]:
    """The mean rating of the requests handled, from 0 to 100."""
    found: dict[str, list[float]] = {}
    for row in rows.requests:
        if row.assigned_to and row.rating is not None and row.received_at and f"{row.received_at:%Y-%m}" == period:
            found.setdefault(row.assigned_to, []).append(float(row.rating))
    return {name: WHOLE * sum(values) / len(values) / BEST_RATING for name, values in found.items()}


def _sla(rows: Rows, settings: Settings, period: str, status_date: date) -> Mapping[str, float]:
    found: dict[str, list[bool]] = {}
    for one in services.kept(rows, settings, status_date):
        received, agent = one.request.received_at, one.request.assigned_to
        if agent and one.in_time is not None and received is not None and f"{received:%Y-%m}" == period:
            found.setdefault(agent, []).append(one.in_time)
    return {name: WHOLE * sum(values) / len(values) for name, values in found.items()}


def _information(rows: Rows, period: str) -> Mapping[str, float]:
    """Market and customer information given, full marks from ``ENOUGH_INFORMATION`` on."""
    found: dict[str, int] = {}
    for row in rows.feedback:
        if row.info_provider and row.received_on is not None and f"{row.received_on:%Y-%m}" == period:
            found[row.info_provider] = found.get(row.info_provider, 0) + 1
    return {name: min(float(WHOLE), WHOLE * number / ENOUGH_INFORMATION) for name, number in found.items()}


def _training(rows: Rows, period: str) -> Mapping[str, float]:
    """The mean score of the trainings that a person took part in."""
    found: dict[str, list[float]] = {}
    for row in rows.events:
        if row.kind not in communication.TRAININGS or row.score is None or row.held_on is None:
            continue
        if f"{row.held_on:%Y-%m}" == period:
            for name in (row.participants or "").replace("；", ";").split(";"):
                found.setdefault(name.strip(), []).append(float(row.score))
    return {name: sum(values) / len(values) for name, values in found.items() if name}

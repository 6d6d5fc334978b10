"""What the runs of a batch in progress tell people, kept beside its journal.

A batch that died goes on with the rest of its workbooks, and its reports and mails tell of all of them. Not here: which runs are
kept (``keeping``), the history, which keeps less of each finding.
"""

from __future__ import annotations

import contextlib
import json
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from automation.base.findings import OPEN, Finding, FindingStatus, Place, Severity, Text
from automation.base.records import replace
from automation.front.batch.keeping import RUNS
from automation.model.runs import BookRun, MilestoneFacts, ProjectFacts, RunOutcome

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path


_DAYS = ("start", "baseline_finish", "forecast_finish")
_AMOUNTS = ("budget", "actual_cost", "estimate_at_completion")


class Carried:
    """The runs of one batch that is not over, in a file of this user's own folder."""

    def __init__(self, journal: Path) -> None:
        self.path = journal.with_suffix(RUNS)

    def add(self, run: BookRun) -> None:
        """Note a run, before the journal says that it is kept."""
        with self.path.open("a", encoding="ascii") as stream:
            stream.write(f"\n{json.dumps(_value(run))}")  # begins a line: the one before may be half a one

    def runs(self, ids: Collection[str]) -> Iterator[BookRun]:
        """The runs of these ids as far as reports need them; a line that cannot be read is passed over."""
        seen: set[str] = set()
        with contextlib.suppress(OSError, ValueError), self.path.open(encoding="ascii") as stream:
            for line in stream:
                run = _run(line)
                if run is not None and run.id in ids and run.id not in seen:
                    seen.add(run.id)
                    yield run


def _value(run: BookRun) -> dict[str, Any]:
    return {
        "id": run.id,
        "batch": run.batch,
        "job": run.job,
        "book": run.book,
        "started_at": run.started_at.isoformat(),
        "seconds": run.seconds,
        "outcome": run.outcome.value,
        "exit": run.exit,
        "status_date": run.status_date and run.status_date.isoformat(),
        "reason": run.reason,
        "findings": [_finding_value(one) for one in run.findings if one.status in OPEN],
        "projects": [_project_value(one) for one in run.projects],
        "owners": run.owners,
        "due": {identity: day.isoformat() for identity, day in run.due.items()},
        "customers": sorted(run.customers),
    }


def _finding_value(one: Finding) -> list[Any]:
    place = [one.place.sheet, one.place.key, one.place.column, one.place.cell, one.place.row]
    return [one.rule, int(one.severity), place, one.message, one.hint, one.owner, one.status.value]


def _project_value(one: ProjectFacts) -> dict[str, Any]:
    values = {name: getattr(one, name) for name in ProjectFacts.__slots__}
    stones = [
        [stone.task_id, stone.name, _day_value(stone.baseline), _day_value(stone.forecast), stone.percent]
        for stone in one.milestones
    ]
    days = {name: _day_value(values[name]) for name in _DAYS}
    amounts = {name: None if values[name] is None else str(values[name]) for name in _AMOUNTS}
    return {**values, **days, **amounts, "milestones": stones}


def _project(value: dict[str, Any]) -> ProjectFacts:
    stones = tuple(
        MilestoneFacts(key, Text(*name), _day(baseline), _day(forecast), percent)
        for key, name, baseline, forecast, percent in value["milestones"]
    )
    days = {name: _day(value[name]) for name in _DAYS}
    amounts = {name: None if value[name] is None else Decimal(value[name]) for name in _AMOUNTS}
    texts = {name: Text(*value[name]) for name in ("name", "customer")}
    return ProjectFacts(**{**value, **days, **amounts, **texts, "milestones": stones})


def _day_value(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _run(line: str) -> BookRun | None:
    """The run of a line, ``None`` for half a one."""
    try:
        value = json.loads(line)
        return _of(value)
    except (ValueError, TypeError, KeyError, ArithmeticError):
        return None


def _of(value: dict[str, Any]) -> BookRun:
    day = value["status_date"]
    run = BookRun(
        id=value["id"],
        batch=value["batch"],
        job=value["job"],
        book=value["book"],
        started_at=datetime.fromisoformat(value["started_at"]),
        seconds=value["seconds"],
        outcome=RunOutcome(value["outcome"]),
        exit=value["exit"],
        status_date=date.fromisoformat(day) if day else None,
        reason=Text(*value["reason"]) if value["reason"] else None,
    )
    return replace(
        run,
        findings=tuple(
            Finding(
                rule,
                Severity(grade),
                Place(*place),
                Text(*message),
                Text(*hint),
                owner=owner,
                status=FindingStatus(status),
            )
            for rule, grade, place, message, hint, owner, status in value["findings"]
        ),
        projects=tuple(_project(one) for one in value["projects"]),
        owners={identity: (name, address) for identity, (name, address) in value["owners"].items()},
        due={identity: date.fromisoformat(day) for identity, day in value["due"].items()},
        customers=frozenset(value["customers"]),
    )

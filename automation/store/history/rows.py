"""A run as rows of the history's tables. Not here: the tables (``tables``), writing the rows (``keeping``)."""

from __future__ import annotations

import json
import math
from collections import Counter
from datetime import UTC
from typing import TYPE_CHECKING, Any

from automation.base.findings import OPEN, Severity
from automation.model.runs import RunOutcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from automation.model.runs import BookRun

FACTS = (
    "project_id", "manager", "status", "health", "percent_complete", "planned_percent", "baseline_finish",
    "forecast_finish", "slip_days", "spi", "cpi", "budget", "actual_cost", "estimate_at_completion", "currency",
    "high_risks", "satisfaction", "start",
)  # fmt: skip


def plain(moment: datetime) -> datetime:
    """A moment in UTC without saying so, as the database keeps it."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def storable(text: str) -> str:
    """The text as every database takes it: the byte 0, and bytes of file names that are no text, are spelt out."""
    if text.isprintable():
        return text
    return text.replace("\0", "\\x00").encode("utf-8", "backslashreplace").decode("utf-8")


def run_row(run: BookRun, before: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The row of a run itself; ``before`` are the findings that were open at the check before it."""
    return _storable(
        {
            "id": run.id,
            "batch": run.batch,
            "job": run.job,
            "book": run.book,
            "started_at": plain(run.started_at),
            "seconds": run.seconds,
            "outcome": run.outcome.value,
            "exit": run.exit,
            "digest": run.digest,
            "status_date": run.status_date,
            "reason_zh": run.reason.zh if run.reason else None,
            "reason_en": run.reason.en if run.reason else None,
            "code": run.code,
            "edits": run.edits,
            "documents": json.dumps(list(run.documents), ensure_ascii=False),
            "peak_megabytes": run.peak_megabytes,
            "judged": int(run.judged),
            **(_tallies(run, before) if run.judged and run.outcome == RunOutcome.DONE else {}),
        }
    )


def _tallies(run: BookRun, before: frozenset[str]) -> dict[str, int]:
    found = {one.id: one.severity for one in run.findings if one.status in OPEN}
    grades = Counter(found.values())
    return {
        "opened": len(found.keys() - before),
        "closed": len(before - found.keys()),
        **{grade.code: grades[grade] for grade in Severity},
    }


def finding_rows(run: BookRun) -> list[dict[str, Any]]:
    """The rows of its findings, in their order."""
    return _numbered(
        run,
        (
            {
                "finding": one.id,
                "rule": one.rule,
                "severity": one.severity.code,
                "status": one.status.value,
                "sheet": one.place.sheet,
                "key": one.place.key,
                "column": one.place.column,
                "cell": one.place.cell,
                "owner": one.owner,
                "message_zh": one.message.zh,
                "message_en": one.message.en,
            }
            for one in run.findings
        ),
    )


def project_rows(run: BookRun) -> list[dict[str, Any]]:
    """The rows of its projects, each once."""
    once = {one.project_id: one for one in run.projects}
    return [
        _storable(
            {
                "run_id": run.id,
                "name_zh": one.name.zh,
                "name_en": one.name.en,
                "customer_zh": one.customer.zh,
                "customer_en": one.customer.en,
                **{name: getattr(one, name) for name in FACTS},
            }
        )
        for one in once.values()
    ]


def milestone_rows(run: BookRun) -> list[dict[str, Any]]:
    """The rows of the milestones of its projects."""
    once = {one.project_id: one for one in run.projects}
    return _numbered(
        run,
        (
            {
                "project_id": project.project_id,
                "task_id": one.task_id,
                "name_zh": one.name.zh,
                "name_en": one.name.en,
                "baseline": one.baseline,
                "forecast": one.forecast,
                "percent": one.percent,
            }
            for project in once.values()
            for one in project.milestones
        ),
    )


def alteration_rows(run: BookRun) -> list[dict[str, Any]]:
    """The rows of what was changed, in its order."""
    names = ("who", "command", "sheet", "key", "column", "old", "new")
    return _numbered(
        run, ({"at": plain(one.at), **{name: getattr(one, name) for name in names}} for one in run.alterations)
    )


def _numbered(run: BookRun, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"run_id": run.id, "position": position, **_storable(row)} for position, row in enumerate(rows)]


def _storable(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value if type(value) is int or (type(value) is str and value.isprintable()) else _value(value)
        for name, value in row.items()
    }


def _value(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value

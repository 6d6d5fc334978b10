"""Tasks and calendars from text tables, so that a test shows its plan."""

from __future__ import annotations

import re
from datetime import date, timedelta

from automation.model.links import parse_links
from automation.planning.tasks import Constraint, Task, TaskKind

DAY = 480


def read(table: str) -> list[dict[str, str]]:
    """The rows of a table whose columns are parted by two or more spaces; ``-`` is an empty cell."""
    head, *lines = (re.split(r"\s{2,}", line.strip()) for line in table.strip().splitlines())
    return [{name: "" if cell == "-" else cell for name, cell in zip(head, line, strict=True)} for line in lines]


def day(text: str) -> date | None:
    """A day of 2026 written ``03-02``, or with its year; nothing gives ``None``."""
    if not text:
        return None
    return date.fromisoformat(text if len(text) > 5 else f"2026-{text}")


def days(first: str, last: str) -> list[date]:
    """All days from the first to the last."""
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    return [begin + timedelta(days=number) for number in range((end - begin).days + 1)]


def task(row: dict[str, str], *, baseline: bool = False, progress: bool = False) -> Task:
    """The task of a row; the columns looked at are those of the tables in these tests."""
    links, unreadable = parse_links(row.get("predecessors", ""))
    assert not unreadable
    kind = row.get("kind", "")
    constraint, _, constrained = row.get("constraint", "").partition(" ")
    minutes = round(float(row.get("wd") or 0) * DAY)
    return Task(
        id=row["task"],
        duration_minutes=minutes,
        links=links,
        kind=TaskKind(kind) if kind else TaskKind.TASK if minutes else TaskKind.MILESTONE,
        wbs=tuple(row["wbs"].split(".")) if row.get("wbs") else (),
        constraint=Constraint(constraint) if constraint else Constraint.NONE,
        constraint_date=day(constrained),
        deadline=day(row.get("deadline", "")),
        baseline_start=day(row["start"]) if baseline else None,
        baseline_finish=day(row["finish"]) if baseline else None,
        actual_start=day(row.get("begun", "")) if progress else None,
        actual_finish=day(row.get("ended", "")) if progress else None,
        percent_complete=float(row.get("%") or 0) if progress else 0,
        remaining_minutes=round(float(row["left"]) * DAY) if progress and row.get("left") else None,
    )


def tasks(table: str, *, baseline: bool = False, progress: bool = False) -> list[Task]:
    """The tasks of a table."""
    return [task(row, baseline=baseline, progress=progress) for row in read(table)]

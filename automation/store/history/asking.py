"""The questions to a history: runs, projects and milestones over time, findings opened and closed, changes.

Days are local ones: a run at 07:00 in Shanghai is of that day, though it is still yesterday in UTC. Not here: keeping runs
(``keeping``).
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, select

from automation.base.findings import FindingStatus, Severity, Text
from automation.model.runs import RunOutcome
from automation.model.trends import Change, Kept, MilestonePoint, Moved, Point
from automation.store.history.rows import plain
from automation.store.history.tables import ALTERATIONS, FINDINGS, MILESTONES, PROJECTS, RUNS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime, tzinfo

    from sqlalchemy import Connection, Row

_OPEN = (FindingStatus.NEW.value, FindingStatus.CONTINUING.value)
_JUDGED = (RUNS.c.outcome == RunOutcome.DONE.value, RUNS.c.judged == 1)


def runs(
    connection: Connection,
    *,
    book: str | None,
    job: str | None,
    since: datetime | None,
    most: int | None,
    read: bool,
) -> list[Kept]:
    """Runs from the newest on."""
    columns = (RUNS.c.id, RUNS.c.job, RUNS.c.book, RUNS.c.started_at, RUNS.c.outcome, RUNS.c.exit, RUNS.c.digest)
    wanted = select(*columns).order_by(RUNS.c.started_at.desc(), RUNS.c.id.desc()).limit(most)
    if book is not None:
        wanted = wanted.where(RUNS.c.book == book)
    if job is not None:
        wanted = wanted.where(RUNS.c.job == job)
    if since is not None:
        wanted = wanted.where(RUNS.c.started_at >= plain(since))
    if read:
        wanted = wanted.where(RUNS.c.digest != "")
    return [
        Kept(row.id, row.job, row.book, row.started_at.replace(tzinfo=UTC), row.outcome, row.exit, row.digest)
        for row in connection.execute(wanted)
    ]


def books(connection: Connection) -> list[str]:
    """The workbooks of which there are runs, by path."""
    return sorted(connection.execute(select(RUNS.c.book).distinct()).scalars())


def points(connection: Connection, book: str, zone: tzinfo | None) -> list[Point]:
    """The projects of a workbook, run by run, from the oldest on."""
    wanted = (
        select(RUNS.c.started_at, RUNS.c.status_date, PROJECTS)
        .join(PROJECTS, PROJECTS.c.run_id == RUNS.c.id)
        .where(RUNS.c.book == book)
        .order_by(RUNS.c.started_at, PROJECTS.c.project_id)
    )
    return [_point(row._mapping, zone) for row in connection.execute(wanted)]  # noqa: SLF001 - SQLAlchemy's name


def _point(row: Any, zone: tzinfo | None) -> Point:
    taken = {"at", "day", "name", "customer", "manager", "status", "currency"}
    return Point(
        at=row["started_at"].replace(tzinfo=UTC),
        day=row["status_date"] or _day(row["started_at"], zone),
        name=Text(row["name_zh"], row["name_en"]),
        customer=Text(row["customer_zh"] or "", row["customer_en"] or ""),
        manager=row["manager"] or "",
        status=row["status"] or "",
        currency=row["currency"] or "",
        **{name: row[name] for name in Point._fields if name not in taken},
    )


def milestones(connection: Connection, book: str, zone: tzinfo | None) -> list[MilestonePoint]:
    """The milestones of a workbook, run by run, from the oldest on, in their order."""
    wanted = (
        select(RUNS.c.started_at, RUNS.c.status_date, MILESTONES)
        .join(MILESTONES, MILESTONES.c.run_id == RUNS.c.id)
        .where(RUNS.c.book == book)
        .order_by(RUNS.c.started_at, RUNS.c.id, MILESTONES.c.position)
    )
    return [
        MilestonePoint(
            row.status_date or _day(row.started_at, zone),
            row.project_id,
            row.task_id,
            Text(row.name_zh, row.name_en),
            row.baseline,
            row.forecast,
            row.percent,
        )
        for row in connection.execute(wanted)
    ]


def moved(connection: Connection, book: str, zone: tzinfo | None) -> list[Moved]:
    """Findings opened and closed day by day, judged by the last check of each day; the first day opens all."""
    checks = select(RUNS.c.id, RUNS.c.started_at).where(RUNS.c.book == book, *_JUDGED)
    last = {
        _day(row.started_at, zone): row.id for row in connection.execute(checks.order_by(RUNS.c.started_at, RUNS.c.id))
    }
    own = (
        select(FINDINGS.c.run_id, FINDINGS.c.finding, FINDINGS.c.severity)
        .join(RUNS, RUNS.c.id == FINDINGS.c.run_id)
        .where(RUNS.c.book == book, *_JUDGED, FINDINGS.c.status.in_(_OPEN))
    )
    open_ones: dict[str, dict[str, str]] = {name: {} for name in last.values()}
    for row in connection.execute(own):
        if row.run_id in open_ones:
            open_ones[row.run_id][row.finding] = row.severity
    return list(_days(last, open_ones))


def _days(last: dict[date, str], open_ones: dict[str, dict[str, str]]) -> Iterator[Moved]:
    before: dict[str, str] = {}
    for day, identity in sorted(last.items()):
        now = open_ones[identity]
        grades = Counter(now.values())
        severities = {grade.code: grades[grade.code] for grade in Severity}
        yield Moved(day, len(now), len(now.keys() - before.keys()), len(before.keys() - now.keys()), **severities)
        before = now


def changes(connection: Connection, book: str | None, since: datetime | None) -> list[Change]:
    """What was changed, from the oldest on."""
    names = ("who", "command", "sheet", "key", "column", "old", "new")
    wanted = (
        select(ALTERATIONS.c.at, RUNS.c.book, *(ALTERATIONS.c[name] for name in names))
        .join(RUNS, RUNS.c.id == ALTERATIONS.c.run_id)
        .order_by(ALTERATIONS.c.at, RUNS.c.started_at, RUNS.c.id, ALTERATIONS.c.position)
    )
    if book is not None:
        wanted = wanted.where(RUNS.c.book == book)
    if since is not None:
        wanted = wanted.where(ALTERATIONS.c.at >= plain(since))
    return [_change(row) for row in connection.execute(wanted)]


def _change(row: Row[Any]) -> Change:
    values = row._asdict()
    return Change(**{**values, "at": values["at"].replace(tzinfo=UTC)})


def forgettable(connection: Connection, before: datetime, most: int) -> list[str]:
    """Runs that began before a moment and are neither the newest of their workbook nor the newest that checked it."""
    later = RUNS.alias("later")
    checked = RUNS.alias("checked")
    newer = exists().where(later.c.book == RUNS.c.book, later.c.started_at > RUNS.c.started_at)
    newer_check = exists().where(
        checked.c.book == RUNS.c.book,
        checked.c.started_at > RUNS.c.started_at,
        checked.c.outcome == RunOutcome.DONE.value,
        checked.c.judged == 1,
    )
    is_check = (RUNS.c.outcome == RunOutcome.DONE.value) & (RUNS.c.judged == 1)
    wanted = select(RUNS.c.id).where(RUNS.c.started_at < before, newer, ~is_check | newer_check)
    return list(connection.execute(wanted.order_by(RUNS.c.started_at).limit(most)).scalars())


def _day(moment: datetime, zone: tzinfo | None) -> date:
    return moment.replace(tzinfo=UTC).astimezone(zone).date()

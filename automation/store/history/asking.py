"""The questions to a history: runs, projects and milestones over time, findings opened and closed, changes.

Days are local ones: a run at 07:00 in Shanghai is of that day, though it is still yesterday in UTC. Not here: keeping runs
(``keeping``).
"""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, select

from automation.base.findings import OPEN, Text
from automation.model.runs import RunOutcome
from automation.model.trends import Change, Kept, MilestonePoint, Moved, Point
from automation.store.history.rows import plain
from automation.store.history.tables import ALTERATIONS, FINDINGS, MILESTONES, PROJECTS, RUNS, TALLIES

if TYPE_CHECKING:
    from datetime import date, datetime, tzinfo

    from sqlalchemy import Connection, Row

_OPEN = tuple(status.value for status in sorted(OPEN))
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


def moved(
    connection: Connection, zone: tzinfo | None, *, book: str | None = None, since: datetime | None = None
) -> dict[str, list[Moved]]:
    """Findings by workbook and day: open after the last check of a day, opened and closed by all checks of it."""
    columns = (RUNS.c.book, RUNS.c.started_at, *(RUNS.c[name] for name in TALLIES))
    wanted = select(*columns).where(*_JUDGED).order_by(RUNS.c.book, RUNS.c.started_at, RUNS.c.id)
    if book is not None:
        wanted = wanted.where(RUNS.c.book == book)
    if since is not None:
        wanted = wanted.where(RUNS.c.started_at >= plain(since))
    found: dict[str, list[Moved]] = {}
    for name, at, opened, closed, *grades in connection.execute(wanted):
        days = found.setdefault(name, [])
        moved = Moved(_day(at, zone), sum(grades), opened, closed, *grades)
        if days and days[-1].day == moved.day:
            moved = moved._replace(opened=moved.opened + days[-1].opened, closed=moved.closed + days[-1].closed)
            days.pop()
        days.append(moved)
    return found


def open_before(connection: Connection, book: str, moment: datetime) -> frozenset[str]:
    """The findings that were open at the last check of a workbook before a moment (UTC)."""
    last = (
        select(RUNS.c.id)
        .where(RUNS.c.book == book, RUNS.c.started_at < plain(moment), *_JUDGED)
        .order_by(RUNS.c.started_at.desc(), RUNS.c.id.desc())
        .limit(1)
    )
    own = select(FINDINGS.c.finding).where(FINDINGS.c.run_id == last.scalar_subquery(), FINDINGS.c.status.in_(_OPEN))
    return frozenset(connection.execute(own).scalars())


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

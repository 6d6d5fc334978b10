"""Runs kept in a database, each once, in one transaction; and what the history tells.

SQLite in a file by default (written by several processes, one after another), PostgreSQL or another database by its URL; the
password of a URL comes from the environment and is never shown. SQLAlchemy loads only when a history is opened. Not here: the
tables (``tables``).
"""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from automation.base.errors import AutomationError
from automation.base.findings import FindingStatus, Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from automation.model.runs import BookRun

PASSWORD = "DELIVERYBOOK_DATABASE_PASSWORD"  # noqa: S105 - the name of the variable, no password
BUSY_SECONDS = 30
_OPEN = (FindingStatus.NEW.value, FindingStatus.CONTINUING.value)


class Kept(NamedTuple):
    """What the history tells of a run at a glance; ``started_at`` in UTC."""

    id: str
    job: str
    book: str
    started_at: datetime
    outcome: str
    exit: int
    digest: str


class Point(NamedTuple):
    """A project of a workbook as one run saw it."""

    at: datetime
    project_id: str
    health: str
    percent_complete: float | None
    forecast_finish: date | None
    slip_days: int | None
    spi: float | None
    cpi: float | None
    satisfaction: float | None


class Moved(NamedTuple):
    """Findings of a workbook on a day: how many are open after its last run, how many were opened and closed since the day before."""

    day: date
    open: int
    opened: int
    closed: int


class History:
    """An open history; use ``open``."""

    def __init__(self, engine: Any) -> None:
        self._engine = engine

    @classmethod
    def open(cls, url: str | None = None, *, path: Path | None = None) -> Self:
        """The history of a database URL, or of the SQLite file ``path``; its tables are made or brought up to date.

        Raises AutomationError (code ``HISTORY``) when the database cannot be reached or is of a later version.
        """
        from sqlalchemy import create_engine, event  # noqa: PLC0415 - only what keeps runs waits for it
        from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415

        from automation.store.history.tables import migrate  # noqa: PLC0415

        address = _address(url, path)
        try:
            engine = create_engine(address, connect_args=_arguments(address))
            if engine.dialect.name == "sqlite":
                event.listen(engine, "connect", _prepare)
                event.listen(engine, "begin", _immediately)
            with engine.begin() as connection:
                migrate(connection)
        except (SQLAlchemyError, ImportError, OSError) as error:
            raise _unreachable(address, error) from error
        return cls(engine)

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    def record(self, run: BookRun) -> bool:
        """Keep a run with its findings, projects and alterations; ``False`` when one of its id is kept already."""
        from sqlalchemy import insert, select  # noqa: PLC0415 - as above
        from sqlalchemy.exc import IntegrityError  # noqa: PLC0415

        from automation.store.history.tables import ALTERATIONS, FINDINGS, PROJECTS, RUNS  # noqa: PLC0415

        try:
            with self._engine.begin() as connection:
                if connection.execute(select(RUNS.c.id).where(RUNS.c.id == run.id)).first():
                    return False
                connection.execute(insert(RUNS).values(**_run(run)))
                for table, rows in (
                    (FINDINGS, _findings(run)),
                    (PROJECTS, _projects(run)),
                    (ALTERATIONS, _altered(run)),
                ):
                    if rows:
                        connection.execute(insert(table), rows)
        except IntegrityError:  # another process kept it meanwhile
            return False
        return True

    def last(self, book: str) -> Kept | None:
        """The newest run over a workbook, ``None`` when there is none."""
        return next(self.runs(book=book, most=1), None)

    def runs(
        self, *, book: str | None = None, job: str | None = None, since: datetime | None = None, most: int = 1000
    ) -> Iterator[Kept]:
        """Runs from the newest on; ``since`` a moment in UTC, inclusive."""
        from sqlalchemy import select  # noqa: PLC0415 - as above

        from automation.store.history.tables import RUNS  # noqa: PLC0415

        columns = (RUNS.c.id, RUNS.c.job, RUNS.c.book, RUNS.c.started_at, RUNS.c.outcome, RUNS.c.exit, RUNS.c.digest)
        wanted = select(*columns).order_by(RUNS.c.started_at.desc(), RUNS.c.id.desc()).limit(most)
        if book is not None:
            wanted = wanted.where(RUNS.c.book == book)
        if job is not None:
            wanted = wanted.where(RUNS.c.job == job)
        if since is not None:
            wanted = wanted.where(RUNS.c.started_at >= _plain(since))
        with self._engine.connect() as connection:
            for row in connection.execute(wanted).all():
                yield Kept(
                    row.id, row.job, row.book, row.started_at.replace(tzinfo=UTC), row.outcome, row.exit, row.digest
                )

    def trend(self, book: str) -> list[Point]:
        """The projects of a workbook, run by run, from the oldest on."""
        from sqlalchemy import select  # noqa: PLC0415 - as above

        from automation.store.history.tables import PROJECTS, RUNS  # noqa: PLC0415

        names = [name for name in Point._fields if name != "at"]
        wanted = (
            select(RUNS.c.started_at, *(PROJECTS.c[name] for name in names))
            .join(PROJECTS, PROJECTS.c.run_id == RUNS.c.id)
            .where(RUNS.c.book == book)
            .order_by(RUNS.c.started_at, PROJECTS.c.project_id)
        )
        with self._engine.connect() as connection:
            return [Point(at.replace(tzinfo=UTC), *rest) for at, *rest in connection.execute(wanted).all()]

    def moved(self, book: str) -> list[Moved]:
        """Findings opened and closed day by day (UTC), judged by the last run of each day."""
        from sqlalchemy import select  # noqa: PLC0415 - as above

        from automation.store.history.tables import FINDINGS, RUNS  # noqa: PLC0415

        runs = select(RUNS.c.id, RUNS.c.started_at).where(RUNS.c.book == book, RUNS.c.outcome == "done")
        with self._engine.connect() as connection:
            last = {at.date(): identity for identity, at in connection.execute(runs.order_by(RUNS.c.started_at)).all()}
            found: list[Moved] = []
            before: set[str] = set()
            for day, identity in sorted(last.items()):
                own = select(FINDINGS.c.finding).where(FINDINGS.c.run_id == identity, FINDINGS.c.status.in_(_OPEN))
                now = set(connection.execute(own).scalars())
                found.append(Moved(day, len(now), len(now - before), len(before - now)))
                before = now
        return found

    def alterations(self, *, book: str | None = None, since: datetime | None = None) -> list[dict[str, Any]]:
        """What runs changed, from the oldest on: moment, who, command, workbook, place, old and new."""
        from sqlalchemy import select  # noqa: PLC0415 - as above

        from automation.store.history.tables import ALTERATIONS, RUNS  # noqa: PLC0415

        names = ("at", "who", "command", "sheet", "key", "column", "old", "new")
        wanted = select(RUNS.c.book, *(ALTERATIONS.c[name] for name in names)).join(
            RUNS, RUNS.c.id == ALTERATIONS.c.run_id
        )
        if book is not None:
            wanted = wanted.where(RUNS.c.book == book)
        if since is not None:
            wanted = wanted.where(ALTERATIONS.c.at >= _plain(since))
        with self._engine.connect() as connection:
            rows = connection.execute(wanted.order_by(ALTERATIONS.c.at, ALTERATIONS.c.position)).all()
        return [{**row._mapping, "at": row.at.replace(tzinfo=UTC)} for row in rows]  # noqa: SLF001 - SQLAlchemy's name

    def retain(self, days: int, now: datetime) -> int:
        """Forget runs older than so many days; how many that were. The newest run of each workbook stays."""
        from sqlalchemy import delete, func, select  # noqa: PLC0415 - as above

        from automation.store.history.tables import ALTERATIONS, FINDINGS, PROJECTS, RUNS  # noqa: PLC0415

        newest = select(func.max(RUNS.c.started_at).label("at"), RUNS.c.book).group_by(RUNS.c.book).subquery()
        old = (
            select(RUNS.c.id)
            .join(newest, newest.c.book == RUNS.c.book)
            .where(RUNS.c.started_at < _plain(now - timedelta(days=days)), RUNS.c.started_at < newest.c.at)
        )
        with self._engine.begin() as connection:
            names = list(connection.execute(old).scalars())
            for table in (FINDINGS, PROJECTS, ALTERATIONS):
                connection.execute(delete(table).where(table.c.run_id.in_(names)))
            connection.execute(delete(RUNS).where(RUNS.c.id.in_(names)))
        return len(names)


def _address(url: str | None, path: Path | None) -> Any:
    """The URL with its password from the environment."""
    from sqlalchemy import make_url  # noqa: PLC0415 - as above
    from sqlalchemy.engine import URL  # noqa: PLC0415

    if url is None:
        return URL.create("sqlite", database=str(path) if path else ":memory:")
    address = make_url(url)
    password = os.environ.get(PASSWORD)
    return address.set(password=password) if password and not address.password else address


def _arguments(address: Any) -> dict[str, Any]:
    return {"timeout": BUSY_SECONDS} if address.get_backend_name() == "sqlite" else {}


def _prepare(connection: Any, _record: Any) -> None:
    """A SQLite connection that survives a kill and other writers; transactions begin where we say."""
    connection.isolation_level = None
    for line in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA foreign_keys=ON"):
        connection.execute(line)


def _immediately(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _plain(moment: datetime) -> datetime:
    """A moment in UTC without saying so, as the database keeps it."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def _run(run: BookRun) -> dict[str, Any]:
    return {
        "id": run.id,
        "batch": run.batch,
        "job": run.job,
        "book": run.book,
        "started_at": _plain(run.started_at),
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
    }


def _findings(run: BookRun) -> list[dict[str, Any]]:
    return [
        {
            "run_id": run.id,
            "position": position,
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
        for position, one in enumerate(run.findings)
    ]


def _projects(run: BookRun) -> list[dict[str, Any]]:
    names = (
        "project_id", "health", "percent_complete", "planned_percent", "forecast_finish", "slip_days", "spi", "cpi",
        "estimate_at_completion", "satisfaction",
    )  # fmt: skip
    once = {one.project_id: one for one in run.projects}
    return [
        {
            "run_id": run.id,
            "name_zh": one.name.zh,
            "name_en": one.name.en,
            **{name: getattr(one, name) for name in names},
        }
        for one in once.values()
    ]


def _altered(run: BookRun) -> list[dict[str, Any]]:
    names = ("who", "command", "sheet", "key", "column", "old", "new")
    return [
        {"run_id": run.id, "position": position, "at": _plain(one.at), **{name: getattr(one, name) for name in names}}
        for position, one in enumerate(run.alterations)
    ]


def _unreachable(address: Any, error: Exception) -> AutomationError:
    shown = address.render_as_string(hide_password=True)
    why = " ".join(str(error).split())[:200]
    if address.password:
        why = why.replace(str(address.password), "***")
    return AutomationError(
        Text(
            f"无法打开历史记录数据库 {shown}：{why}",
            f"The database of the history, {shown}, cannot be opened: {why}",
        ),
        code="HISTORY",
    )

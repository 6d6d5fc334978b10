"""Runs kept in a database, each once and whole, in one transaction; and the way to ask for them.

SQLite in a file by default (written by several processes, one after another), PostgreSQL by its URL. SQLAlchemy loads only
when a history is opened. Not here: the tables (``tables``), their versions (``versions``), the questions (``asking``),
passwords (``connecting``).
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from automation.store.history import connecting
from automation.store.history.rows import plain, storable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime, tzinfo
    from pathlib import Path

    from sqlalchemy import URL, Connection, Engine

    from automation.model.runs import BookRun
    from automation.model.trends import Change, Kept, MilestonePoint, Moved, Point

FORGOTTEN_AT_ONCE = 200
"""So many runs are forgotten in one transaction, so that nobody who keeps one waits long."""


class History:
    """An open history; use ``open``. Every method raises AutomationError (code ``HISTORY``) when the database fails."""

    def __init__(self, engine: Engine, address: URL) -> None:
        self._engine, self._address = engine, address
        self._reader = engine.execution_options(**{connecting.READING: True})

    @classmethod
    def open(cls, url: str | None = None, *, path: Path | None = None) -> Self:
        """The history of a database URL, or of the SQLite file ``path``; its tables are made or brought up to date.

        Raises AutomationError: code ``HISTORY`` when the database cannot be reached, ``HISTORY_NEWER`` when it is of a later
        version, ``HISTORY_URL`` for an address that is none and ``PASSWORD_IN_CONFIG`` for one that holds a password.
        """
        from automation.store.history.versions import migrate  # noqa: PLC0415 - only what keeps runs waits for it

        address = connecting.address_of(url, path)
        try:
            history = cls(connecting.engine_of(address), address)
        except ImportError as error:
            raise connecting.unreachable(address, error) from error
        try:
            with history._writing() as connection:
                migrate(connection)
        except BaseException:
            history.close()
            raise
        return history

    @property
    def place(self) -> str:
        """Where it is kept, as people may see it."""
        return connecting.shown(self._address)

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    def record(self, run: BookRun) -> bool:
        """Keep a run with all that belongs to it; ``False`` when one of its id is kept already, which stays as it is."""
        from sqlalchemy import insert  # noqa: PLC0415 - as above

        from automation.store.history import asking, rows, tables  # noqa: PLC0415

        parts = (
            (tables.FINDINGS, rows.finding_rows(run)),
            (tables.PROJECTS, rows.project_rows(run)),
            (tables.MILESTONES, rows.milestone_rows(run)),
            (tables.ALTERATIONS, rows.alteration_rows(run)),
        )
        with self._writing() as connection:
            before = asking.open_before(connection, storable(run.book), run.started_at)
            if not _added(connection, rows.run_row(run, before)):
                return False
            for table, found in parts:
                if found:
                    connection.execute(insert(table), found)
        return True

    def last(self, book: str, *, read: bool = False) -> Kept | None:
        """The newest run over a workbook, or the newest that could ``read`` it; ``None`` when there is none."""
        return next(self.runs(book=book, most=1, read=read), None)

    def runs(
        self,
        *,
        book: str | None = None,
        job: str | None = None,
        since: datetime | None = None,
        most: int | None = None,
        read: bool = False,
    ) -> Iterator[Kept]:
        """Runs from the newest on; ``since`` a moment in UTC, inclusive; at most so many (``None``: all).

        With ``read`` only those that could read their workbook.
        """
        from automation.store.history import asking  # noqa: PLC0415 - as above

        with self._reading() as connection:
            found = asking.runs(connection, book=book and storable(book), job=job, since=since, most=most, read=read)
        return iter(found)

    def books(self) -> list[str]:
        """The workbooks of which there are runs, by path."""
        from automation.store.history import asking  # noqa: PLC0415 - as above

        with self._reading() as connection:
            return asking.books(connection)

    def trend(self, book: str, *, zone: tzinfo | None = None) -> list[Point]:
        """The projects of a workbook, run by run, from the oldest on; days are those of ``zone`` (``None``: local)."""
        from automation.store.history import asking  # noqa: PLC0415 - as above

        with self._reading() as connection:
            return asking.points(connection, storable(book), zone)

    def milestones(self, book: str, *, zone: tzinfo | None = None) -> list[MilestonePoint]:
        """The milestones of a workbook, run by run, from the oldest on."""
        from automation.store.history import asking  # noqa: PLC0415 - as above

        with self._reading() as connection:
            return asking.milestones(connection, storable(book), zone)

    def moved(self, book: str, *, zone: tzinfo | None = None) -> list[Moved]:
        """Findings of a workbook by day in ``zone`` (``None``: local): open after its last check, opened and closed by all.

        The first check opens everything.
        """
        from automation.store.history import asking  # noqa: PLC0415 - as above

        with self._reading() as connection:
            return asking.moved(connection, zone, book=storable(book)).get(storable(book), [])

    def moved_of_all(self, *, since: datetime | None = None, zone: tzinfo | None = None) -> dict[str, list[Moved]]:
        """The same of every workbook by path, by checks that began at ``since`` (UTC, inclusive) or later."""
        from automation.store.history import asking  # noqa: PLC0415 - as above

        with self._reading() as connection:
            return asking.moved(connection, zone, since=since)

    def changes(self, *, book: str | None = None, since: datetime | None = None) -> list[Change]:
        """What people and runs changed, from the oldest on; ``since`` a moment in UTC, inclusive."""
        from automation.store.history import asking  # noqa: PLC0415 - as above

        with self._reading() as connection:
            return asking.changes(connection, book and storable(book), since)

    def retain(self, days: int, now: datetime) -> int:
        """Forget runs older than so many days; how many that were.

        Of each workbook the newest run stays, and the newest that checked it.
        """
        from sqlalchemy import delete  # noqa: PLC0415 - as above

        from automation.store.history import asking  # noqa: PLC0415
        from automation.store.history.tables import RUNS  # noqa: PLC0415

        forgotten = 0
        while True:
            with self._writing() as connection:
                names = asking.forgettable(connection, plain(now - timedelta(days=days)), FORGOTTEN_AT_ONCE)
                if names:  # what belongs to a run goes with it
                    connection.execute(delete(RUNS).where(RUNS.c.id.in_(names)))
            forgotten += len(names)
            if len(names) < FORGOTTEN_AT_ONCE:
                return forgotten

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._told(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._told(), self._reader.connect() as connection:
            yield connection

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Within this, what the database or its driver complains of is one sentence for people."""
        from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415 - as above

        try:
            yield
        except (SQLAlchemyError, ImportError, OSError) as error:
            raise connecting.unreachable(self._address, error) from error


def _added(connection: Connection, row: dict[str, Any]) -> bool:
    """Whether a run was added; not when one of its id is there, also when another process adds it just now."""
    from sqlalchemy.dialects import postgresql, sqlite  # noqa: PLC0415 - as above

    from automation.store.history.tables import RUNS  # noqa: PLC0415

    if connection.dialect.name == "postgresql":
        wanted = postgresql.insert(RUNS).values(**row).on_conflict_do_nothing(index_elements=["id"])
        return connection.execute(wanted.returning(RUNS.c.id)).first() is not None
    return connection.execute(sqlite.insert(RUNS).values(**row).on_conflict_do_nothing()).rowcount > 0

"""The steps from one version of the history's tables to the next, each in one transaction, and which version a database has.

A step never changes once it is released: it names its columns itself and knows nothing of the tables as they are now
(``tables``). To change the tables, change them there and add a step here; a test compares the two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Numeric,
    String,
    Table,
    Text,
    insert,
    inspect,
    select,
    text,
    update,
)

from automation.base.errors import AutomationError
from automation.base.findings import Text as Say

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

VERSION = Table("schema_version", MetaData(), Column("version", Integer, primary_key=True, autoincrement=False))
ONE_AT_A_TIME = 7_310_551_204
"""The number of the lock under which a server's tables are changed; SQLite locks the whole file."""


def migrate(connection: Connection) -> int:
    """Bring the tables of a database to the present version, in the connection's transaction; the version it had.

    Raises AutomationError (code ``HISTORY_NEWER``) when it is of a later version than this program knows.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": ONE_AT_A_TIME})
    found = version_of(connection)
    if found > len(STEPS):
        raise AutomationError(
            Say(
                f"历史记录数据库的版本是 {found}，本程序只支持到 {len(STEPS)}：请升级交付簿。",
                f"The database of the history has version {found}, this program knows versions up to {len(STEPS)}: "
                "upgrade Deliverybook.",
            ),
            code="HISTORY_NEWER",
        )
    for step in STEPS[found:]:
        step(connection)
    if not found:
        VERSION.create(connection, checkfirst=True)
        connection.execute(insert(VERSION).values(version=len(STEPS)))
    elif found < len(STEPS):
        connection.execute(update(VERSION).values(version=len(STEPS)))
    return found


def version_of(connection: Connection) -> int:
    """The version of a database's tables, 0 when it has none."""
    if not inspect(connection).has_table(VERSION.name):
        return 0
    return int(connection.execute(select(VERSION.c.version)).scalar() or 0)


def _run() -> Column[str]:
    return Column("run_id", String(120), ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)


def _position() -> Column[int]:
    return Column("position", Integer, primary_key=True, autoincrement=False)


def _needed(name: str, kind: Any) -> Column[Any]:
    return Column(name, kind, nullable=False)


def _first(connection: Connection) -> None:
    """Runs with their findings, projects and alterations."""
    tables = MetaData()
    moment, numbers = DateTime(timezone=False), Numeric(18, 2)
    Table(
        "runs", tables,
        Column("id", String(120), primary_key=True), _needed("batch", String(120)), _needed("job", String(200)),
        Column("book", Text, nullable=False, index=True), Column("started_at", moment, nullable=False, index=True),
        _needed("seconds", Float), _needed("outcome", String(20)), _needed("exit", Integer), _needed("digest", String(64)),
        Column("status_date", Date), Column("reason_zh", Text), Column("reason_en", Text), _needed("code", String(60)),
        _needed("edits", Integer), _needed("documents", Text), _needed("peak_megabytes", Float),
    )  # fmt: skip
    Table(
        "findings", tables, _run(), _position(),
        _needed("finding", String(20)), _needed("rule", String(20)), _needed("severity", String(10)),
        _needed("status", String(12)), _needed("sheet", String(40)), _needed("key", Text), _needed("column", String(60)),
        _needed("cell", String(20)), _needed("owner", Text), _needed("message_zh", Text), _needed("message_en", Text),
    )  # fmt: skip
    Table(
        "projects", tables, _run(), Column("project_id", String(60), primary_key=True),
        _needed("name_zh", Text), _needed("name_en", Text), _needed("health", String(10)),
        Column("percent_complete", Float), Column("planned_percent", Float), Column("forecast_finish", Date),
        Column("slip_days", Integer), Column("spi", Float), Column("cpi", Float),
        Column("estimate_at_completion", numbers), Column("satisfaction", Float),
    )  # fmt: skip
    Table(
        "alterations", tables, _run(), _position(),
        _needed("at", moment), _needed("who", Text), _needed("command", String(60)), _needed("sheet", String(60)),
        _needed("key", Text), _needed("column", String(60)), _needed("old", Text), _needed("new", Text),
    )  # fmt: skip
    tables.create_all(connection)


def _second(connection: Connection) -> None:
    """Everything that is known of a project, milestones, whether a run judged its workbook; texts of any length."""
    for table, columns in _SECOND.items():
        for name, kind in columns.items():
            _add(connection, table, name, kind)
    Table(
        "milestones", _beside_runs(), _run(), _position(),
        _needed("project_id", Text), _needed("task_id", Text), _needed("name_zh", Text), _needed("name_en", Text),
        Column("baseline", Date), Column("forecast", Date), _needed("percent", Float),
    ).create(connection)  # fmt: skip
    at = Table("alterations", MetaData(), Column("at", DateTime(timezone=False)))
    Index("ix_alterations_at", at.c.at).create(connection)
    if connection.dialect.name == "postgresql":  # SQLite knows no lengths
        for table, names in _UNLIMITED.items():
            for name in names:
                connection.execute(text(f'ALTER TABLE {table} ALTER COLUMN "{name}" TYPE TEXT'))


_SECOND: dict[str, dict[str, Any]] = {
    "runs": {"judged": "INTEGER DEFAULT 1 NOT NULL"},
    "projects": {
        "customer_zh": Text(), "customer_en": Text(), "manager": Text(), "status": Text(), "baseline_finish": Date(),
        "budget": Numeric(18, 2), "actual_cost": Numeric(18, 2), "currency": Text(), "high_risks": Integer(),
    },
}  # fmt: skip
_UNLIMITED = {
    "runs": ("job", "code"),
    "findings": ("rule", "sheet", "column"),
    "projects": ("project_id",),
    "alterations": ("command", "sheet", "column"),
}


def _third(connection: Connection) -> None:
    """Findings counted for each run, and when projects begin."""
    for name in _TALLIES:
        _add(connection, "runs", name, "INTEGER DEFAULT 0 NOT NULL")
    _add(connection, "projects", "start", Date())
    runs = text("SELECT id, book FROM runs WHERE outcome = 'done' AND judged = 1 ORDER BY book, started_at, id")
    own = text("SELECT finding, severity FROM findings WHERE run_id = :run AND status IN ('new', 'continuing')")
    values = ", ".join(f"{name} = :{name}" for name in _TALLIES)
    counted = text(f"UPDATE runs SET {values} WHERE id = :run")  # noqa: S608 - names of ours
    of, before = "", set[str]()
    for run, book in connection.execute(runs).all():
        found = {row[0]: row[1] for row in connection.execute(own, {"run": run})}
        before = before if book == of else set()
        grades = {name: list(found.values()).count(name) for name in _TALLIES[2:]}
        moved = {"opened": len(found.keys() - before), "closed": len(before - found.keys())}
        connection.execute(counted, {"run": run, **moved, **grades})
        of, before = book, set(found)


_TALLIES = ("opened", "closed", "error", "high", "medium", "low", "reminder")


def _beside_runs() -> MetaData:
    """Tables among which those of runs is known, so that others can refer to it."""
    tables = MetaData()
    Table("runs", tables, Column("id", String(120), primary_key=True))
    return tables


def _add(connection: Connection, table: str, name: str, kind: Any) -> None:
    shown = kind if isinstance(kind, str) else kind.compile(connection.dialect)
    connection.execute(text(f'ALTER TABLE {table} ADD COLUMN "{name}" {shown}'))


STEPS: tuple[Callable[[Connection], None], ...] = (_first, _second, _third)

"""The tables of the history and the steps from one version of them to the next.

Not here: what is written and asked (``keeping``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import (
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    Numeric,
    String,
    Table,
    Text,
    insert,
    inspect,
    select,
    update,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

METADATA = MetaData()
VERSION = Table("schema_version", METADATA, Column("version", Integer, primary_key=True, autoincrement=False))
RUNS = Table(
    "runs",
    METADATA,
    Column("id", String(120), primary_key=True),
    Column("batch", String(120), nullable=False),
    Column("job", String(200), nullable=False),
    Column("book", Text, nullable=False, index=True),
    Column("started_at", DateTime(timezone=False), nullable=False, index=True),
    Column("seconds", Float, nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("exit", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("status_date", Date),
    Column("reason_zh", Text),
    Column("reason_en", Text),
    Column("code", String(60), nullable=False),
    Column("edits", Integer, nullable=False),
    Column("documents", Text, nullable=False),
    Column("peak_megabytes", Float, nullable=False),
)
FINDINGS = Table(
    "findings",
    METADATA,
    Column("run_id", ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("finding", String(20), nullable=False),
    Column("rule", String(20), nullable=False),
    Column("severity", String(10), nullable=False),
    Column("status", String(12), nullable=False),
    Column("sheet", String(40), nullable=False),
    Column("key", Text, nullable=False),
    Column("column", String(60), nullable=False),
    Column("cell", String(20), nullable=False),
    Column("owner", Text, nullable=False),
    Column("message_zh", Text, nullable=False),
    Column("message_en", Text, nullable=False),
)
PROJECTS = Table(
    "projects",
    METADATA,
    Column("run_id", ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
    Column("project_id", String(60), primary_key=True),
    Column("name_zh", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("health", String(10), nullable=False),
    Column("percent_complete", Float),
    Column("planned_percent", Float),
    Column("forecast_finish", Date),
    Column("slip_days", Integer),
    Column("spi", Float),
    Column("cpi", Float),
    Column("estimate_at_completion", Numeric(18, 2)),
    Column("satisfaction", Float),
)
ALTERATIONS = Table(
    "alterations",
    METADATA,
    Column("run_id", ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("at", DateTime(timezone=False), nullable=False),
    Column("who", Text, nullable=False),
    Column("command", String(60), nullable=False),
    Column("sheet", String(60), nullable=False),
    Column("key", Text, nullable=False),
    Column("column", String(60), nullable=False),
    Column("old", Text, nullable=False),
    Column("new", Text, nullable=False),
)


def _first(connection: Connection) -> None:
    METADATA.create_all(connection)


STEPS: tuple[Callable[[Connection], None], ...] = (_first,)
"""From no tables to the first version, from each version to the next; a step never changes once it is released."""


def migrate(connection: Connection) -> None:
    """Bring the tables of a database to the present version, in the connection's transaction."""
    there = inspect(connection).has_table(VERSION.name)
    version = (connection.execute(select(VERSION.c.version)).scalar() or 0) if there else 0
    for step in STEPS[version:]:
        step(connection)
    if not version:
        connection.execute(insert(VERSION).values(version=len(STEPS)))
    elif version < len(STEPS):
        connection.execute(update(VERSION).values(version=len(STEPS)))

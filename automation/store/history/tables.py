"""The tables of the history as they are now. Not here: how a database gets there (``versions``), what is kept (``rows``).

Texts have no limit of length: what people type into workbooks must never be too long for a night's run to be kept.
"""

from __future__ import annotations

from sqlalchemy import Column, Date, DateTime, Float, ForeignKey, Integer, MetaData, Numeric, String, Table, Text

METADATA = MetaData()
TALLIES = ("opened", "closed", "error", "high", "medium", "low", "reminder")
"""Of a run: findings opened and closed since the check before it, and those open by severity, so that no question counts them."""


def _run() -> Column[str]:
    return Column("run_id", String(120), ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)


RUNS = Table(
    "runs",
    METADATA,
    Column("id", String(120), primary_key=True),
    Column("batch", String(120), nullable=False),
    Column("job", Text, nullable=False),
    Column("book", Text, nullable=False, index=True),
    Column("started_at", DateTime(timezone=False), nullable=False, index=True),
    Column("seconds", Float, nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("exit", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("status_date", Date),
    Column("reason_zh", Text),
    Column("reason_en", Text),
    Column("code", Text, nullable=False),
    Column("edits", Integer, nullable=False),
    Column("documents", Text, nullable=False),
    Column("peak_megabytes", Float, nullable=False),
    Column("judged", Integer, nullable=False, server_default="1"),
    *(Column(name, Integer, nullable=False, server_default="0") for name in TALLIES),
)
FINDINGS = Table(
    "findings",
    METADATA,
    _run(),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("finding", String(20), nullable=False),
    Column("rule", Text, nullable=False),
    Column("severity", String(10), nullable=False),
    Column("status", String(12), nullable=False),
    Column("sheet", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("column", Text, nullable=False),
    Column("cell", String(20), nullable=False),
    Column("owner", Text, nullable=False),
    Column("message_zh", Text, nullable=False),
    Column("message_en", Text, nullable=False),
)
PROJECTS = Table(
    "projects",
    METADATA,
    _run(),
    Column("project_id", Text, primary_key=True),
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
    Column("customer_zh", Text),
    Column("customer_en", Text),
    Column("manager", Text),
    Column("status", Text),
    Column("baseline_finish", Date),
    Column("budget", Numeric(18, 2)),
    Column("actual_cost", Numeric(18, 2)),
    Column("currency", Text),
    Column("high_risks", Integer),
    Column("start", Date),
)
MILESTONES = Table(
    "milestones",
    METADATA,
    _run(),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("project_id", Text, nullable=False),
    Column("task_id", Text, nullable=False),
    Column("name_zh", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("baseline", Date),
    Column("forecast", Date),
    Column("percent", Float, nullable=False),
)
ALTERATIONS = Table(
    "alterations",
    METADATA,
    _run(),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("at", DateTime(timezone=False), nullable=False, index=True),
    Column("who", Text, nullable=False),
    Column("command", Text, nullable=False),
    Column("sheet", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("column", Text, nullable=False),
    Column("old", Text, nullable=False),
    Column("new", Text, nullable=False),
)

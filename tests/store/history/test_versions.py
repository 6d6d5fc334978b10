"""The tables of the history grow with the program: from every version, with what was kept in it."""

import sqlite3
from datetime import UTC, date
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from automation.base.errors import AutomationError
from automation.store.history import History, connecting, versions
from automation.store.history.tables import METADATA
from tests.store.history.conftest import run

FIRST = Path(__file__).parent / "version1.sql"
"""A history of two runs as the first version of this program kept it."""


def shape(connection):
    """Columns, keys and indexes of all tables."""
    seen = inspect(connection)
    return {
        table: (
            {one["name"]: (str(one["type"]), one["nullable"]) for one in seen.get_columns(table)},
            seen.get_pk_constraint(table)["constrained_columns"],
            [(one["referred_table"], one["options"].get("ondelete")) for one in seen.get_foreign_keys(table)],
            sorted(tuple(one["column_names"]) for one in seen.get_indexes(table)),
        )
        for table in seen.get_table_names()
        if table != "schema_version"
    }


def without_lengths(found):
    return {
        table: ({name: (kind.partition("(")[0].replace("VARCHAR", "TEXT"), null) for name, (kind, null) in columns.items()}, *rest)
        for table, (columns, *rest) in found.items()
    }  # fmt: skip


@pytest.fixture
def empty(where):
    """A database without tables, as SQLAlchemy reaches it."""
    engine = connecting.engine_of(connecting.address_of(where.get("url"), where.get("path")))
    yield engine
    engine.dispose()


def test_the_steps_from_nothing_lead_to_the_tables_as_they_are(empty):
    with empty.begin() as connection:
        assert versions.migrate(connection) == 0
        stepped = shape(connection)
        assert versions.migrate(connection) == len(versions.STEPS)
    with empty.begin() as connection:
        for table in stepped:
            connection.execute(text(f"DROP TABLE {table}" + (" CASCADE" if "postgres" in empty.url.drivername else "")))
        METADATA.create_all(connection)
        wanted = shape(connection)
    if empty.dialect.name == "sqlite":  # which takes a length for nothing
        stepped, wanted = without_lengths(stepped), without_lengths(wanted)
    assert stepped == wanted


def test_a_history_of_the_first_version_goes_on_with_what_was_kept_in_it(tmp_path):
    path = tmp_path / "history.sqlite"
    with sqlite3.connect(path) as old:
        old.executescript(FIRST.read_text("utf-8"))
    history = History.open(path=path)
    assert [one.id for one in history.runs()] == ["r1", "r0"]
    assert [(one.open, one.opened, one.closed) for one in history.moved("/p/a.xlsx", zone=UTC)] == [
        (2, 2, 0),
        (2, 1, 1),
    ]
    first, _ = history.trend("/p/a.xlsx")
    assert (first.forecast_finish, first.spi, first.baseline_finish, first.customer.zh) == (
        date(2026, 9, 17),
        0.78,
        None,
        "",
    )
    assert history.record(run(0)) is False
    assert history.record(run(2)) is True
    assert len(history.changes()) == 3
    assert history.milestones("/p/a.xlsx")[0].task_id == "T-9"
    history.close()
    with sqlite3.connect(path) as now:
        assert now.execute("select version from schema_version").fetchall() == [(len(versions.STEPS),)]


def test_on_a_server_the_steps_keep_what_is_there(database):
    engine = create_engine(connecting.address_of(database, None))
    rows = [line for line in FIRST.read_text("utf-8").splitlines() if line.startswith("INSERT")]
    with engine.begin() as connection:
        versions.STEPS[0](connection)
        versions.VERSION.create(connection)
        connection.execute(text("SET session_replication_role = replica"))  # rows in the order of the file
        for line in rows:
            connection.exec_driver_sql(line)
    engine.dispose()
    history = History.open(database)
    assert [one.id for one in history.runs()] == ["r1", "r0"]
    assert history.moved("/p/a.xlsx", zone=UTC)[1].opened == 1
    assert history.record(run(2)) is True
    history.close()


def test_a_step_that_fails_leaves_the_version_before(where, monkeypatch):
    History.open(**where).close()

    def broken(connection):
        connection.execute(text("CREATE TABLE half (x INTEGER)"))
        connection.execute(text("no sql"))

    with monkeypatch.context() as patch:
        patch.setattr(versions, "STEPS", (*versions.STEPS, broken))
        with pytest.raises(AutomationError) as caught:
            History.open(**where)
        assert caught.value.code == "HISTORY"
    history = History.open(**where)
    assert history.record(run(1)) is True
    history.close()
    engine = connecting.engine_of(connecting.address_of(where.get("url"), where.get("path")))
    assert "half" not in inspect(engine).get_table_names()
    engine.dispose()


def test_a_history_of_a_later_version_is_left_alone(where, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(versions, "STEPS", (*versions.STEPS, lambda _: None))
        History.open(**where).close()
    with pytest.raises(AutomationError) as caught:
        History.open(**where)
    assert caught.value.code == "HISTORY_NEWER"
    assert "请升级交付簿" in caught.value.text.zh

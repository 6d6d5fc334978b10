"""Runs to be kept, and the databases to keep them in: a SQLite file, and a real PostgreSQL server with a password."""

import contextlib
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from automation.base.findings import Finding, FindingStatus, Place, Severity, Text
from automation.model.runs import Alteration, BookRun, MilestoneFacts, ProjectFacts, RunOutcome
from automation.store.history import History
from automation.store.history.connecting import PASSWORD
from tests.judges import give_up

HELP = "PostgreSQL: apt-get install postgresql, and pip install 'deliverybook[postgres]'"
WORD = "s3cr3t-w0rd/%"
START = datetime(2026, 6, 10, 22, 30, tzinfo=UTC)


def finding(key, severity=Severity.HIGH, status=FindingStatus.NEW):
    place = Place("plan", key, "name", "B2", 2)
    return Finding("PLN-01", severity, place, Text("迟", "late"), Text("催", "ask"), status=status)


def facts(finish, project="PRJ-001"):
    stones = (MilestoneFacts("T-9", Text("验收", "Acceptance"), date(2026, 8, 28), finish, 40.0),)
    return ProjectFacts(
        project, Text("甲", "A"), Text("乙", "B"), "王", "in_progress", "red", 55.2, 71.4, date(2026, 8, 28), finish, 14,
        0.78, 0.77, Decimal("1980000.00"), Decimal("1428000.50"), Decimal("2222222.22"), "CNY", 6, 3.7, stones,
    )  # fmt: skip


def run(number, keys="ab", *, book="/p/a.xlsx", at=None, **given):
    """A run that found these findings."""
    whole = {
        "id": f"r{number}",
        "batch": f"b{number}",
        "job": "nightly",
        "book": book,
        "started_at": at or START + timedelta(days=number),
        "seconds": 1.5,
        "outcome": RunOutcome.DONE,
        "exit": 1,
        "digest": "d" * 64,
        "findings": tuple(finding(key) for key in keys),
        "projects": (facts(date(2026, 9, 17) + timedelta(days=number)),),
        "alterations": (Alteration(START, "甲", "check", "plan", "T-1", "forecast_finish", "", "2026-09-17"),),
    }
    return BookRun(**(whole | given))


class Server(NamedTuple):
    """A PostgreSQL server of these tests: its address without the password."""

    url: str
    programs: Path
    port: int


@pytest.fixture(scope="session")
def server():
    """A server that wants a password, with an empty database; it is gone after the tests."""
    programs = _programs()
    if programs is None or not importlib.util.find_spec("psycopg"):
        give_up(HELP)
    folder = Path(tempfile.mkdtemp(prefix="deliverybook-pg-"))
    user = {"user": "nobody"} if hasattr(os, "geteuid") and os.geteuid() == 0 else {}
    if user:
        shutil.chown(folder, "nobody")
    given = folder / "word"
    given.write_text(WORD, "utf-8")
    given.chmod(0o644)
    data = folder / "data"
    options = ["-A", "scram-sha-256", "-U", "owner", "--pwfile", given, "-E", "UTF8", "--locale=C", "--no-sync"]
    subprocess.run([programs / "initdb", "-D", data, *options], check=True, capture_output=True, cwd="/", **user)
    port = _free_port()
    settings = {"listen_addresses": "127.0.0.1", "unix_socket_directories": folder, "port": port, "fsync": "off"}
    words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([programs / "postgres", "-D", data, *words], stdout=log, stderr=log, cwd="/", **user)
    try:
        _wait(port, process)
        yield Server(f"postgresql://owner@127.0.0.1:{port}/postgres", programs, port)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def _programs():
    """The folder of the server's programs, ``None`` where there is none."""
    found = shutil.which("initdb")
    places = [Path(found).parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((one for one in places if (one / "postgres").exists() and (one / "initdb").exists()), None)


def _free_port():
    with contextlib.closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def _wait(port, process):
    import psycopg

    until = time.monotonic() + 30
    while True:
        try:
            psycopg.connect(f"host=127.0.0.1 port={port} user=owner dbname=postgres", password=WORD).close()
        except psycopg.OperationalError:
            if time.monotonic() > until or process.poll() is not None:
                raise
            time.sleep(0.05)
        else:
            return


@pytest.fixture
def database(server, monkeypatch):
    """The address of an empty database on the server; its password is in the environment."""
    import psycopg

    with psycopg.connect(
        f"host=127.0.0.1 port={server.port} user=owner dbname=postgres", password=WORD, autocommit=True
    ) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    monkeypatch.setenv(PASSWORD, WORD)
    return server.url


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request, tmp_path):
    """What opens a history: arguments for ``History.open``, for each kind of database."""
    if request.param == "sqlite":
        return {"path": tmp_path / "history.sqlite"}
    return {"url": request.getfixturevalue("database")}


@pytest.fixture
def history(where):
    found = History.open(**where)
    yield found
    found.close()

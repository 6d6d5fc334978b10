"""The way to the database of the history: its address, its password, and what is said when there is no way.

The password of a server is never taken from an address and never shown. Not here: where it comes from
(``store.passwords``), what is kept there (``keeping``).
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from automation.base.errors import AutomationError, SettingsError
from automation.base.findings import Text
from automation.base.secrets import has_password, without_passwords
from automation.store.passwords import SERVICE, password_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sqlalchemy import URL, Engine

PASSWORD = "DELIVERYBOOK_DATABASE_PASSWORD"  # noqa: S105 - the name of the variable, no password
BUSY_SECONDS = 30
"""So long a SQLite file waits for others that write."""
CONNECT_SECONDS = 10
SYSTEMS = ("sqlite", "postgresql")
EXAMPLE = "postgresql://deliverybook@db.example.com/deliverybook"
CAUSES: Mapping[str, Text] = {
    "file is not a database": Text(
        "该文件不是历史记录数据库，请移走它或换一个位置",
        "the file is no database of a history; move it away or name another",
    ),
    "malformed": Text(
        "文件已损坏，请用备份恢复，或移走后重新开始记录",
        "the file is damaged; restore a copy, or move it away to begin anew",
    ),
    "readonly database": Text(
        "没有写入权限，请检查文件和文件夹的权限", "it may not be written to; check its permissions"
    ),
    "unable to open database": Text(
        "打不开文件，请检查文件夹是否存在、有无权限",
        "the file cannot be opened; check that its folder is there and may be used",
    ),
    "database is locked": Text("其他程序一直占用，请稍后再试", "another program keeps it busy; try again later"),
    "disk is full": Text("磁盘已满", "the disk is full"),
}
"""What SQLite says of the usual causes, in small letters, and what people are told."""
READING = "deliverybook_reading"
"""The option of a connection that only reads, so that it keeps no other from writing."""


def address_of(url: str | None, path: Path | None) -> URL:
    """The address with its password. Raises SettingsError when it cannot be understood or carries a password itself."""
    from sqlalchemy import make_url  # noqa: PLC0415 - only an open history needs it
    from sqlalchemy.engine import URL  # noqa: PLC0415
    from sqlalchemy.exc import ArgumentError  # noqa: PLC0415

    if not url:
        return URL.create("sqlite", database=str(path) if path else ":memory:")
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        raise _no_address(url) from None
    if address.password or has_password(url):
        raise _with_password(url)
    system = address.drivername.partition("+")[0]
    if system not in SYSTEMS or (system == "sqlite" and address.host):
        raise _no_address(url)
    if system == "sqlite":
        return address.set(drivername="sqlite")
    if system == "postgresql":  # none: the server may not want one, or libpq knows it
        password = password_of(PASSWORD, address.username, address.host or "localhost")
        address = address.set(drivername="postgresql+psycopg", password=password)
    return address


def engine_of(address: URL) -> Engine:
    """The engine on an address; nothing is opened yet, and it never shows the values of a statement."""
    from sqlalchemy import create_engine, event  # noqa: PLC0415 - as above

    if address.get_backend_name() != "sqlite":
        arguments = {"connect_timeout": CONNECT_SECONDS}
        return create_engine(address, connect_args=arguments, hide_parameters=True, pool_pre_ping=True, pool_size=1)
    engine = create_engine(address, connect_args={"timeout": BUSY_SECONDS}, hide_parameters=True)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: Any) -> None:
    """A SQLite connection that survives a kill and other writers; transactions begin where we say."""
    import sqlite3  # noqa: PLC0415 - only SQLite has it

    connection.isolation_level = None
    if connection.execute("PRAGMA journal_mode").fetchone()[0] not in {"wal", "memory"}:
        until = time.monotonic() + BUSY_SECONDS
        while True:  # this one statement does not wait for others by itself
            try:
                connection.execute("PRAGMA journal_mode=WAL")
            except sqlite3.OperationalError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.01)
            else:
                break
    for line in ("PRAGMA synchronous=FULL", "PRAGMA foreign_keys=ON"):
        connection.execute(line)


def _begin(connection: Any) -> None:
    """Who writes has the file from the beginning on, so that what it has read stays true."""
    reading = connection.get_execution_options().get(READING)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def shown(address: URL) -> str:
    """The address as people may see it."""
    from sqlalchemy.engine import URL as Address  # noqa: PLC0415, N811 - as above

    if address.get_backend_name() == "sqlite":
        return address.database or ":memory:"
    named = Address.create("postgresql", address.username, None, address.host, address.port, address.database)
    return without_passwords(named.render_as_string(hide_password=False))


def unreachable(address: URL, error: Exception) -> AutomationError:
    """What is said when the database does not answer, is none, or refuses: once, without the password."""
    why = str(getattr(error, "orig", None) or error)
    why = without_passwords(" ".join(why.split()))
    if address.password:
        why = why.replace(str(address.password), "***")
    why = why[:240].rstrip(" .。")
    if isinstance(error, ImportError):
        why = "pip install 'deliverybook[postgres]'"
    known = next((text for words, text in CAUSES.items() if words in why.lower()), Text(why, why))
    return AutomationError(
        Text(
            f"历史记录数据库 {shown(address)} 无法使用：{known.zh}。",
            f"The database of the history, {shown(address)}, cannot be used: {known.en}.",
        ),
        code="HISTORY",
    )


def _no_address(url: str) -> SettingsError:
    known = without_passwords(url)
    return SettingsError(
        Text(
            f"历史记录的数据库地址“{known}”无法识别：请写成 {EXAMPLE} 的形式，不写则使用本机文件。",
            f"The address '{known}' of the history's database is not understood: write it like {EXAMPLE}, or leave it out "
            "for a file on this computer.",
        ),
        code="HISTORY_URL",
    )


def _with_password(url: str) -> SettingsError:
    known = without_passwords(url)
    return SettingsError(
        Text(
            f"数据库地址 {known} 里写有密码：请从配置中删去，改放到环境变量 {PASSWORD}，"
            f"或用 keyring set {SERVICE} 用户@主机 存入系统钥匙串。",
            f"The database address {known} holds a password: take it out of the configuration and put it into the "
            f"environment variable {PASSWORD}, or into the keyring (keyring set {SERVICE} USER@HOST).",
        ),
        code="PASSWORD_IN_CONFIG",
    )

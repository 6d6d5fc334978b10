"""What is said of passwords that somebody typed into a config.yaml: where, and where they belong. The value is never shown.

Not here: which names and addresses carry passwords (``base.secrets``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Finding, Place, Severity, Text
from automation.base.secrets import HIDDEN, has_password, is_secret_name, without_passwords

if TYPE_CHECKING:
    from collections.abc import Iterator

FILE = "config.yaml"


def secrets_in(config: object, path: tuple[str, ...] = ()) -> Iterator[Finding]:
    """A finding for each key of a parsed configuration under which a password stands, and each address with one in it."""
    if isinstance(config, dict):
        for key, value in config.items():
            name = str(key)
            if isinstance(value, (dict, list)) or not is_secret_name(name):
                yield from secrets_in(value, (*path, name))
            elif value not in {None, ""}:
                yield _named((*path, name))
    elif isinstance(config, list):
        for number, value in enumerate(config, start=1):
            yield from secrets_in(value, (*path, str(number)))
    elif isinstance(config, str) and has_password(config):
        yield _address(path, config)


def _named(path: tuple[str, ...]) -> Finding:
    key = ".".join(path)
    return _finding(
        path,
        HIDDEN,
        Text(f"config.yaml 的“{key}”看起来是密码。", f"'{key}' in config.yaml looks like a password."),
    )


def _address(path: tuple[str, ...], value: str) -> Finding:
    key, shown = ".".join(path), without_passwords(value)
    return _finding(
        path,
        shown,
        Text(
            f"config.yaml 的“{key}”里写有密码（{shown}）。",
            f"'{key}' in config.yaml holds a password ({shown}).",
        ),
    )


def _finding(path: tuple[str, ...], value: str, message: Text) -> Finding:
    page = "batch" if path[0] == "mail" else "history"
    hint = Text(
        f"请从文件中删去并更换密码：配置文件会被复制和转发。密码请放到环境变量或系统钥匙串（见 docs/{page}.zh.md）。",
        "Take it out of the file and change it: such files are copied and passed on. Passwords belong into an environment "
        f"variable or the keyring (docs/{page}.en.md).",
    )
    return Finding("CONFIG", Severity.HIGH, Place(FILE, path[0], ".".join(path[1:])), message, hint, value=value)

"""The section ``mail:`` of a config.yaml as values, with a finding for everything in it that is not understood.

With one mistake in it nothing is sent: whoever reads a mail that should not have come cannot unread it. Not here: who may
be sent to (``recipients``), the way to the server (``post``), the switch of a job (``jobs``).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from automation.base.findings import Finding, Place, Severity, Text
from automation.base.records import dataclass
from automation.base.secrets import HIDDEN, is_secret_name, without_passwords
from automation.front.batch.job_findings import nearest
from automation.front.batch.recipients import DOMAIN, is_address

if TYPE_CHECKING:
    from collections.abc import Iterable

SECTION = "mail"
KEYS = ("server", "security", "user", "from", "domains", "ca", "send")
PORTS = {"starttls": 587, "tls": 465, "none": 25}
"""The kinds of security with the port that is usual for each."""
HERE = frozenset({"localhost", "127.0.0.1", "::1"})
EXAMPLE = (
    "mail: {server: smtp.example.com, user: reminder, from: reminder@example.com, domains: [example.com], send: true}"
)
_SERVER = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?))(?::(\d{1,5}))?")
_SENDER = re.compile(r"([^<>]*)<([^<>]*)>")
MOST_PORT = 65_535


@dataclass(frozen=True, slots=True)
class Mail:
    """How mails are sent inside the company: server, account, sender, and the only domains that are ever sent to.

    ``name`` and ``sender`` are what stands in From; ``ca`` is a file of certificates that are trusted beside those of the
    system; ``send`` is whether jobs that do not say so themselves send.
    """

    server: str
    port: int
    security: Literal["starttls", "tls", "none"]
    sender: str
    domains: frozenset[str]
    name: str = ""
    user: str = ""
    ca: Path | None = None
    send: bool = False


class Section(NamedTuple):
    """What the section says: the mail settings, ``None`` where there are none in force, and what is wrong with it.

    ``send`` is what it says of jobs that do not say so themselves, also where it is wrong in other ways.
    """

    mail: Mail | None
    findings: tuple[Finding, ...]
    send: bool = False


NOTHING = Section(None, ())


def mail_of(config: object, home: Path) -> Section:
    """What a parsed configuration says of sending; a path in it begins at the folder ``home``."""
    section = config.get(SECTION) if isinstance(config, dict) else None
    if section is None:
        return NOTHING
    if not isinstance(section, dict):
        expected = Text(f"应写成 {EXAMPLE}", f"expected {EXAMPLE}")
        return Section(None, (_finding("", "", expected),))
    reader = _Reader(section, home)
    mail = reader.mail()
    return Section(None if reader.findings else mail, tuple(reader.findings), mail.send)


class _Reader:
    """Reads the section; ``findings`` grows, so that all mistakes are told at once."""

    def __init__(self, section: dict[Any, Any], home: Path) -> None:
        self.section, self.home = section, home
        self.findings = [_unknown(str(key)) for key in section if key not in KEYS]

    def mail(self) -> Mail:
        """The settings; only what was read without a finding may be used."""
        security = self._security()
        server, port = self._server(security)
        name, sender = self._sender()
        return Mail(
            server=server,
            port=port,
            security=security,
            sender=sender,
            domains=self._domains(),
            name=name,
            user=self._user(server, security),
            ca=self._ca(),
            send=self._send(),
        )

    def wrong(self, key: str, value: object, expected: Text) -> None:
        """Note a value that does not fit its key."""
        self.findings.append(_finding(key, value, expected))

    def _text(self, key: str) -> str:
        given = self.section.get(key)
        return "" if given is None else str(given).strip()

    def _security(self) -> Any:
        given = self._text("security") or "starttls"
        if given not in PORTS:
            self.wrong(
                "security", given, Text(f"应为以下之一：{'、'.join(PORTS)}", f"expected one of {', '.join(PORTS)}")
            )
            return "starttls"
        return given

    def _server(self, security: str) -> tuple[str, int]:
        given = self._text("server")
        match = _SERVER.fullmatch(given)
        port = int(match[3]) if match and match[3] else PORTS[security]
        if not match or not 1 <= port <= MOST_PORT:
            shown = (
                f"{HIDDEN}@{given.rpartition('@')[2]}" if "@" in given else given
            )  # there may be a password before it
            expected = Text(
                "应为邮件服务器，例如 smtp.example.com 或 smtp.example.com:587",
                "expected a mail server such as smtp.example.com or smtp.example.com:587",
            )
            self.wrong("server", shown, expected)
            return "", port
        return match[1] or match[2], port

    def _sender(self) -> tuple[str, str]:
        given = self._text("from")
        match = _SENDER.fullmatch(given)
        name, address = (match[1].strip(' "'), match[2]) if match else ("", given)
        if not given.isprintable() or not is_address(address):
            expected = Text(
                "应为发件人，例如 交付簿 <reminder@example.com>",
                "expected a sender such as Deliverybook <reminder@example.com>",
            )
            self.wrong("from", given, expected)
            return "", ""
        return name, address

    def _domains(self) -> frozenset[str]:
        given = self.section.get("domains")
        parts: Iterable[Any] = given if isinstance(given, list) else () if given is None else (given,)
        words = [str(part).strip() for part in parts]
        if not words:
            expected = Text(
                "应列出公司自己的邮箱域名，例如 domains: [example.com]；只发给这些域名",
                "expected the mail domains of the company, such as domains: [example.com]; only they are sent to",
            )
            self.wrong("domains", "", expected)
        for word in words:
            if not DOMAIN.fullmatch(word.removeprefix("@")):
                expected = Text(
                    "应为一个域名，例如 example.com（不能用 *，子域名要单独列出）",
                    "expected a domain such as example.com (no *, a subdomain is listed by itself)",
                )
                self.wrong("domains", word, expected)
        return frozenset(word.removeprefix("@").lower() for word in words)

    def _user(self, server: str, security: str) -> str:
        user = self._text("user")
        if not user.isprintable():
            self.wrong("user", user, Text("应为一行文字", "expected one line"))
        if user and security == "none" and server.lower() not in HERE:
            expected = Text(
                "不加密时密码会被看到：请把 security 写成 starttls 或 tls，或者不写 user",
                "without encryption the password could be read: write security: starttls or tls, or leave user out",
            )
            self.wrong("user", user, expected)
        return user

    def _ca(self) -> Path | None:
        given = self._text("ca")
        if not given:
            return None
        path = self.home / Path(given).expanduser()
        if not _holds_certificates(path):
            expected = Text(
                f"应为公司证书机构的证书文件（PEM）；{path} 不是",
                f"expected a file with certificates of the company's authority (PEM); {path} is none",
            )
            self.wrong("ca", given, expected)
        return path

    def _send(self) -> bool:
        given = self.section.get("send")
        if given is not None and not isinstance(given, bool):
            self.wrong("send", given, Text("应为 true 或 false", "expected true or false"))
        return given is True


def _holds_certificates(path: Path) -> bool:
    import ssl  # noqa: PLC0415 - only who names a file waits for it

    try:
        ssl.create_default_context(cafile=str(path))
    except (OSError, ValueError):
        return False
    return True


def _unknown(key: str) -> Finding:
    place = Place("config.yaml", SECTION, key)
    if is_secret_name(key):
        message = Text(f"“{SECTION}”部分不放密码（“{key}”）。", f"No password belongs into '{SECTION}' ('{key}').")
        hint = Text(
            "请放到环境变量 DELIVERYBOOK_MAIL_PASSWORD 或系统钥匙串（keyring set deliverybook 用户@主机），并删除该行。",
            "Put it into the environment variable DELIVERYBOOK_MAIL_PASSWORD or the keyring "
            "(keyring set deliverybook USER@HOST), and remove the line.",
        )
        return Finding("CONFIG", Severity.HIGH, place, message, hint, value=key)
    near = nearest(key, KEYS)
    message = Text(f"“{SECTION}”部分的“{key}”不认识。", f"'{key}' in the section '{SECTION}' is not known.")
    meant = Text(f"是否应为“{near}”？", f"Did you mean '{near}'?") if near else Text("请删除该行。", "Remove the line.")
    hint = Text(f"{meant.zh}{_UNTIL.zh}", f"{meant.en} {_UNTIL.en}")
    return Finding("CONFIG", Severity.HIGH, place, message, hint, value=key)


_UNTIL = Text("在此之前不发送邮件，只写草稿。", "Until then nothing is sent; drafts are made.")


def _finding(key: str, value: object, expected: Text) -> Finding:
    shown = without_passwords(str(value))
    name = f"{SECTION}.{key}".rstrip(".")
    empty = shown in {"", "None"}
    message = Text(
        f"“{name}”{'没有填写' if empty else f'填了“{shown}”'}，{expected.zh}。",
        f"'{name}' {'is empty' if empty else f'holds “{shown}”'}: {expected.en}.",
    )
    hint = Text(f"请在 config.yaml 中更正；{_UNTIL.zh}", f"Correct it in config.yaml. {_UNTIL.en}")
    return Finding("CONFIG", Severity.HIGH, Place("config.yaml", SECTION, key), message, hint, value=shown)

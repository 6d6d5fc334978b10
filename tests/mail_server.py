"""A real mail server for tests, with certificates of an authority of its own."""

from __future__ import annotations

import datetime as dt
import ipaddress
import socket
import ssl
import threading
import warnings
from contextlib import contextmanager
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, NamedTuple

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

if TYPE_CHECKING:
    from pathlib import Path

USER, WORD = "reminder", "s3cr3t-w0rd"


class Office:
    """What the server does and what it got: ``addresses`` of RCPT, ``mails`` taken, ``peers`` one a connection."""

    def __init__(self):
        self.addresses, self.mails, self.peers = [], [], set()
        self.answers, self.data_answer = {}, ""
        self.held, self.release = threading.Event(), threading.Event()
        self.hold_at = None

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        self.peers.add(session.peer)
        return responses

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.addresses.append(address)
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        import asyncio

        if self.hold_at == len(self.mails):
            self.held.set()
            await asyncio.get_running_loop().run_in_executor(None, self.release.wait, 30)
            return "451 later"
        if self.data_answer:
            return self.data_answer
        mail = message_from_bytes(envelope.content, policy=policy.default)
        self.mails.append((envelope.mail_from, tuple(envelope.rcpt_tos), mail))
        return "250 OK"

    @property
    def to(self):
        """The addresses of the mails that were taken."""
        return sorted(address for _, addresses, _ in self.mails for address in addresses)


class Certificates(NamedTuple):
    """Files: the authority's certificate, the server's certificate, its key."""

    authority: Path
    server: Path
    key: Path

    def context(self):
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.server, self.key)
        return context


def certificates(folder, name="localhost"):
    """An authority, and a server of this name that it vouches for."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    def called(text):
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

    def made(subject, issuer, key, signer, extensions):
        now = dt.datetime.now(dt.UTC)
        builder = (
            x509.CertificateBuilder()
            .subject_name(called(subject))
            .issuer_name(called(issuer))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(days=1))
            .not_valid_after(now + dt.timedelta(days=1))
        )
        for extension, critical in extensions:
            builder = builder.add_extension(extension, critical=critical)
        return builder.sign(signer, hashes.SHA256())

    authority_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    names = [x509.DNSName(name)]
    if name == "localhost":
        names.append(x509.IPAddress(ipaddress.ip_address("127.0.0.1")))
    authority = made(
        "Test authority", "Test authority", authority_key, authority_key,
        [
            (x509.BasicConstraints(ca=True, path_length=None), True),
            (x509.SubjectKeyIdentifier.from_public_key(authority_key.public_key()), False),
        ],
    )  # fmt: skip
    server = made(
        name, "Test authority", key, authority_key,
        [
            (x509.SubjectAlternativeName(names), False),
            (x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), False),
        ],
    )  # fmt: skip
    files = Certificates(folder / "authority.pem", folder / "server.pem", folder / "key.pem")
    files.authority.write_bytes(authority.public_bytes(serialization.Encoding.PEM))
    files.server.write_bytes(server.public_bytes(serialization.Encoding.PEM))
    files.key.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return files


def free_port():
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _judge(server, session, envelope, mechanism, data):
    known = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), WORD.encode())
    return AuthResult(success=known, handled=False)


@contextmanager
def running(office, *, security="none", certificate=None, sign_in=False):
    """The server runs; gives its port."""
    words = {"authenticator": _judge, "auth_required": True} if sign_in else {}
    if security == "starttls":
        words |= {"tls_context": certificate.context(), "require_starttls": True}
    if security == "tls":
        words |= {"ssl_context": certificate.context(), "auth_require_tls": False}
    warnings.filterwarnings("ignore", "Requiring AUTH while not requiring TLS")  # aiosmtpd does not see implicit TLS
    controller = Controller(office, hostname="127.0.0.1", port=free_port(), **words)
    controller.start()
    try:
        yield controller.port
    finally:
        office.release.set()
        controller.stop()

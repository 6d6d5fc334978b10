"""The certificate of this computer's own server: Office loads add-ins over HTTPS only, from localhost as well.

It vouches for ``localhost`` alone and for no other certificate, so trusting it opens nothing else; its key never
leaves the state folder. Not here: the server (``server``) and the steps by which a person trusts it
(``docs/office-addin``).
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import TYPE_CHECKING, NamedTuple

from automation.base.errors import UsageError
from automation.base.findings import Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

VALID_DAYS = 820
"""Apple trusts no server certificate for longer than 825 days."""
RENEW_DAYS = 30
"""With fewer days left a new one is made, which then has to be trusted again."""
NAME = "Deliverybook on this computer (localhost)"


class Certificate(NamedTuple):
    """Files of a certificate and its key, until when it holds, and whether it was made just now."""

    certificate: Path
    key: Path
    until: datetime
    is_new: bool

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate as the systems show it: pairs of digits with colons."""
        der = ssl.PEM_cert_to_DER_cert(self.certificate.read_text(encoding="ascii"))
        digest = hashlib.sha256(der).hexdigest().upper()
        return ":".join(digest[place : place + 2] for place in range(0, len(digest), 2))


def certificate(folder: Path, now: datetime) -> Certificate:
    """The certificate in ``folder``, made or renewed if need be; ``now`` has its time zone.

    Raises UsageError when the library that makes one is not installed.
    """
    present, key = folder / "localhost.crt", folder / "localhost.key"
    until = _until(present, key)
    if until is not None and until - now > timedelta(days=RENEW_DAYS):
        return Certificate(present, key, until, is_new=False)
    made, secret, until = _made(now.astimezone(UTC))
    folder.mkdir(parents=True, exist_ok=True)
    # The key first: a certificate without its key is made anew, a new key beside an old certificate is noticed.
    _replace(key, secret)
    _replace(present, made)
    return Certificate(present, key, until, is_new=True)


def context(files: Certificate) -> ssl.SSLContext:
    """The server's side of TLS with this certificate, at least TLS 1.2."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    made.load_cert_chain(files.certificate, files.key)
    return made


def _until(present: Path, key: Path) -> datetime | None:
    """Until when the certificate there holds; ``None`` when there is none, or none that fits its key."""
    with contextlib.suppress(OSError, ssl.SSLError, ValueError):
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(present, key)
        with _library():
            from cryptography import x509  # noqa: PLC0415 - only the server waits for it

            return x509.load_pem_x509_certificate(present.read_bytes()).not_valid_after_utc
    return None


def _made(now: datetime) -> tuple[bytes, bytes, datetime]:
    """A new certificate and its key as PEM, and until when it holds."""
    with _library():
        from cryptography import x509  # noqa: PLC0415 - as above
        from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415
        from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415
        from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID  # noqa: PLC0415
    secret = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    names = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    start = now.replace(microsecond=0) - timedelta(hours=1)  # clocks differ a little
    until = start + timedelta(days=VALID_DAYS)
    signs = x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(secret.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(until)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(signs, critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(secret, hashes.SHA256())
    )
    pem = secret.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return made.public_bytes(serialization.Encoding.PEM), pem, until


def _replace(path: Path, data: bytes) -> None:
    """Write a file that only this user may read, in one step."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(data)
    temporary.chmod(0o600)
    temporary.replace(path)


@contextlib.contextmanager
def _library() -> Iterator[None]:
    """The block imports ``cryptography``; where it is missing the error says how to get it."""
    try:
        yield
    except ImportError:
        raise UsageError(
            Text(
                "缺少 cryptography 库，无法建立本机证书：请运行 pip install deliverybook[addin] 后再试。",
                "The library cryptography is missing, so no certificate can be made: "
                "run pip install deliverybook[addin] and try again.",
            ),
            code="NO_CRYPTOGRAPHY",
        ) from None

"""The way to the mail server: one connection for many mails, certificates checked, nothing unencrypted unless asked for.

Every failure is a sentence for an administrator. Not here: what is sent to whom (``sending``), the settings (``mail``).
"""

from __future__ import annotations

import contextlib
import re
import smtplib
import ssl
from typing import TYPE_CHECKING, Self

from automation.base.findings import Text
from automation.base.secrets import HIDDEN, without_passwords
from automation.front.batch.recipients import is_address
from automation.store.passwords import SERVICE, password_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage
    from types import TracebackType

    from automation.front.batch.mail import Mail

PASSWORD = "DELIVERYBOOK_MAIL_PASSWORD"  # noqa: S105 - the name of the variable, no password
TIMEOUT_SECONDS = 20.0
"""So long the server may take for each answer."""
TEMPORARY = range(400, 500)
CLOSING = 421
TAKEN = 250
REPLY_SHOWN = 200


class PostError(Exception):
    """A mail was not sent; ``text`` says why. After one that is ``final`` no other mail can be sent either."""

    def __init__(self, text: Text, *, final: bool) -> None:
        super().__init__(text.en)
        self.text = text
        self.final = final


class Post:
    """Sends mails over one connection, made when the first is sent. Use it as a context."""

    def __init__(self, mail: Mail) -> None:
        self.mail, self.seconds = mail, TIMEOUT_SECONDS
        self._server: smtplib.SMTP | None = None
        self._password = password_of(PASSWORD, mail.user, mail.server) if mail.user else None

    @property
    def place(self) -> str:
        """The server as people see it."""
        return f"{self.mail.server}:{self.mail.port}"

    @property
    def has_password(self) -> bool:
        """Whether there is a password of the user."""
        return bool(self._password)

    def __enter__(self) -> Self:
        """Nothing yet: who sends nothing needs no server."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Say good-bye to the server."""
        self._leave()

    def greet(self) -> None:
        """Connect and sign in where that is not done, or where the server has hung up. Raises PostError."""
        if self._server is not None and not self._answers(self._server):
            self._leave()
        if self._server is None:
            with self._told():
                self._server = self._connected()

    def send(self, mail: EmailMessage, address: str) -> None:
        """Hand one mail to the server for one address. Raises PostError when it was not taken.

        What fails while a mail is handed over is not tried again: the server may have it.
        """
        if not is_address(address):
            message = "not one plain address"
            raise ValueError(message)
        self.greet()
        server = self._server
        assert server is not None
        try:
            with self._told(address):
                server.send_message(mail, self.mail.sender, [address])
        except PostError as error:
            if error.final:
                self._leave()
            raise

    def _connected(self) -> smtplib.SMTP:
        mail = self.mail
        if mail.security == "tls":
            context = self._context()
            server: smtplib.SMTP = smtplib.SMTP_SSL(mail.server, mail.port, timeout=self.seconds, context=context)
        else:
            server = smtplib.SMTP(mail.server, mail.port, timeout=self.seconds)
        try:
            if mail.security == "starttls":
                server.starttls(context=self._context())
            if mail.user:
                self._sign_in(server)
        except BaseException:
            server.close()
            raise
        return server

    def _context(self) -> ssl.SSLContext:
        """Trusts what the system trusts, and the company's own authority where one is named."""
        context = ssl.create_default_context()
        if self.mail.ca is not None:
            context.load_verify_locations(cafile=str(self.mail.ca))
        return context

    def _sign_in(self, server: smtplib.SMTP) -> None:
        if not self._password:
            raise PostError(self._without_password(), final=True)
        if not self._password.isascii():
            raise PostError(_NOT_ASCII, final=True)
        server.login(self.mail.user, self._password)

    def _answers(self, server: smtplib.SMTP) -> bool:
        try:
            return server.rset()[0] == TAKEN
        except (smtplib.SMTPException, OSError):
            return False

    def _leave(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                server.quit()
            server.close()

    @contextlib.contextmanager
    def _told(self, address: str = "") -> Iterator[None]:
        """Within this, what the server or the way to it complains of is a PostError."""
        try:
            yield
        except smtplib.SMTPRecipientsRefused as error:
            code, reply = next(iter(error.recipients.values()))
            raise PostError(self._refused(code, self._reply(code, reply, address)), final=code == CLOSING) from None
        except smtplib.SMTPAuthenticationError as error:
            raise PostError(self._wrong_password(self._reply(error.smtp_code, error.smtp_error)), final=True) from None
        except smtplib.SMTPNotSupportedError as error:
            raise PostError(self._missing(str(error)), final=True) from None
        except smtplib.SMTPServerDisconnected as error:
            silent = isinstance(error.__context__, TimeoutError)
            raise PostError(self._unreachable(_silent(self.seconds) if silent else _HUNG_UP), final=True) from None
        except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError, smtplib.SMTPResponseException) as error:
            final = isinstance(error, smtplib.SMTPSenderRefused) or error.smtp_code == CLOSING
            said = self._reply(error.smtp_code, error.smtp_error)
            raise PostError(self._not_taken(said, error.smtp_code), final=final) from None
        except ssl.SSLError as error:
            raise PostError(self._untrusted(error), final=True) from None
        except TimeoutError:
            raise PostError(self._unreachable(_silent(self.seconds)), final=True) from None
        except (OSError, UnicodeError, smtplib.SMTPException) as error:
            why = getattr(error, "strerror", None) or str(error)
            raise PostError(self._unreachable(Text(str(why), str(why))), final=True) from None

    def _reply(self, code: int, reply: bytes | str, address: str = "") -> str:
        """What the server said, in one line without the password, and without the address so that like causes are alike."""
        text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
        text = without_passwords(" ".join(text.split()))
        if self._password:
            text = text.replace(self._password, HIDDEN)
        if address:
            text = re.sub(rf"<?{re.escape(address)}>?:?", "", text, flags=re.IGNORECASE)
        shown = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
        return f"{code} {shown[:REPLY_SHOWN].rstrip(' .。')}".strip()

    def _refused(self, code: int, reply: str) -> Text:
        if code in TEMPORARY:
            return Text(
                f"服务器 {self.place} 暂时不收发给这些地址的邮件（{reply}）",
                f"the server {self.place} does not take mails for these addresses at the moment ({reply})",
            )
        return Text(
            f"服务器 {self.place} 拒收发给这些地址的邮件（{reply}）",
            f"the server {self.place} refuses mails for these addresses ({reply})",
        )

    def _not_taken(self, reply: str, code: int) -> Text:
        later = Text("暂时", " at the moment") if code in TEMPORARY else Text("", "")
        sender = self.mail.sender
        return Text(
            f"服务器 {self.place} {later.zh}不收来自 {sender} 的邮件（{reply}）",
            f"the server {self.place} does not take mails from {sender}{later.en} ({reply})",
        )

    def _wrong_password(self, reply: str) -> Text:
        user = self.mail.user
        return Text(
            f"服务器 {self.place} 不接受用户 {user} 的密码（{reply}）：请检查 mail.user 和环境变量 {PASSWORD} 或钥匙串",
            f"the server {self.place} does not accept the password of {user} ({reply}): check mail.user and the "
            f"environment variable {PASSWORD} or the keyring",
        )

    def _without_password(self) -> Text:
        entry = f"{self.mail.user}@{self.mail.server}"
        return Text(
            f"没有用户 {self.mail.user} 的密码：请设置环境变量 {PASSWORD}，或执行 keyring set {SERVICE} {entry}",
            f"there is no password of {self.mail.user}: set the environment variable {PASSWORD}, or run "
            f"keyring set {SERVICE} {entry}",
        )

    def _missing(self, what: str) -> Text:
        if "STARTTLS" in what:
            return Text(
                f"服务器 {self.place} 不支持 STARTTLS：请把 mail.security 写成 tls 并核对端口，公司内部不加密的服务器写 none",
                f"the server {self.place} does not offer STARTTLS: write mail.security: tls and check the port, or none "
                "for a server of the house that does not encrypt",
            )
        return Text(
            f"服务器 {self.place} 不支持登录：请删去 mail.user，或核对端口",
            f"the server {self.place} does not let anybody sign in: take mail.user out, or check the port",
        )

    def _untrusted(self, error: ssl.SSLError) -> Text:
        if isinstance(error, ssl.SSLCertVerificationError):
            why = error.verify_message.rstrip(".")
            return Text(
                f"服务器 {self.place} 的证书不可信（{why}）：公司自己的证书机构请用 mail.ca 指定，名称应与 mail.server 一致",
                f"the certificate of the server {self.place} is not trusted ({why}): name the company's own authority by "
                "mail.ca, and the server by the name in its certificate",
            )
        why = str(error.reason or error).replace("_", " ").lower()
        return Text(
            f"与服务器 {self.place} 的加密连接没有建立（{why}）：请核对 mail.security 和端口",
            f"no encrypted connection to the server {self.place} ({why}): check mail.security and the port",
        )

    def _unreachable(self, why: Text) -> Text:
        return Text(
            f"邮件服务器 {self.place} 无法使用：{why.zh}",
            f"the mail server {self.place} cannot be used: {why.en}",
        )


def _silent(seconds: float) -> Text:
    return Text(f"{seconds:g} 秒内没有回答", f"no answer within {seconds:g} seconds")


_HUNG_UP = Text("连接被服务器断开", "it closed the connection")
_NOT_ASCII = Text(
    "密码中有英文字母、数字和普通符号以外的字符，SMTP 登录不支持",
    "the password has signs other than plain letters, digits and symbols, which SMTP cannot take",
)

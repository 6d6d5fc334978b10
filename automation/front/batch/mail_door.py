"""``batch mail``: how mails are sent by this configuration, and with ``--try`` one mail to see that it works.

Not here: the other actions of ``batch`` (``door``), the settings (``mail``), the server (``post``).
"""

from __future__ import annotations

from email.message import EmailMessage
from typing import TYPE_CHECKING

from automation.base.errors import AutomationError, UsageError
from automation.base.findings import Severity, Text
from automation.front import circumstances
from automation.front.batch.mail import EXAMPLE, NOTHING, SECTION
from automation.front.batch.recipients import refusal
from automation.front.output import Result

if TYPE_CHECKING:
    from automation.base.findings import Language
    from automation.front.batch.loading import Loaded
    from automation.front.batch.mail import Mail
    from automation.front.batch.post import Post
    from automation.front.session import Common


def mail(address: str, common: Common, loaded: Loaded) -> Result:
    """What the configuration says of mails; with an address a mail is sent there, of a dry run only the connection made.

    Raises UsageError without a sound section ``mail`` to try, or for an address that is never sent to, AutomationError when
    the server does not take the mail.
    """
    from automation.front.batch.post import Post  # noqa: PLC0415 - smtplib loads only where mails are sent

    language = common.language or loaded.language
    settings = loaded.mail.mail
    if settings is None:
        if address or loaded.mail is NOTHING:
            raise _no_section(loaded)
        return _shown(loaded, (), language)
    with Post(settings) as post:
        notices = [_tried(post, settings, address, language, dry_run=common.dry_run)] if address else []
        return _shown(loaded, (*_lines(loaded, settings, post), *notices), language)


def _tried(post: Post, settings: Mail, address: str, language: Language, *, dry_run: bool) -> Text:
    from automation.front.batch.post import PostError  # noqa: PLC0415 - as above
    from automation.front.batch.sending import addressed  # noqa: PLC0415
    from automation.front.batch.sent import identity_of  # noqa: PLC0415

    why = refusal(address, settings.domains, ())
    if why is not None:
        listed = ", ".join(sorted(settings.domains))
        raise UsageError(
            Text(
                f"不发送到 {address}：{why.zh}（mail.domains：{listed}）。",
                f"Nothing is sent to {address}: {why.en} (mail.domains: {listed}).",
            ),
            code="MAIL_ADDRESS",
        )
    try:
        if dry_run:
            post.greet()
            return Text("服务器可用，没有发送邮件。", "The server is ready; no mail was sent.")
        draft = _test_mail(language)
        moment = circumstances.moment().isoformat()
        post.send(addressed(draft, settings, address, identity_of(moment, draft, "", address)), address)
    except PostError as error:
        raise AutomationError(
            Text(f"测试邮件没有发出：{error.text.zh}。", f"The test mail was not sent: {error.text.en}."), code="MAIL"
        ) from None
    return Text(
        f"测试邮件已交给服务器，请查看 {address} 的收件箱。",
        f"The server took the test mail; look into the inbox of {address}.",
    )


def _test_mail(language: Language) -> EmailMessage:
    made = EmailMessage()
    made["Subject"] = Text("交付簿测试邮件", "Test mail of Deliverybook").in_(language)
    body = Text(
        "收到这封邮件，说明交付簿可以在公司内部发送提醒。不需要回复。",
        "This mail shows that Deliverybook can send reminders inside the company. There is nothing to do.",
    )
    made.set_content(f"{body.in_(language)}\n", cte="base64")
    return made


def _lines(loaded: Loaded, settings: Mail, post: Post) -> list[Text]:
    """The settings as they are in force."""
    password = Text("不登录", "nobody signs in")
    if settings.user:
        password = Text("有密码", "with a password") if post.has_password else Text("没有密码", "without a password")
        password = Text(f"用户 {settings.user}（{password.zh}）", f"user {settings.user} ({password.en})")
    sends = [job.name for job in loaded.jobs if job.tell and (settings.send if job.send is None else job.send)]
    domains = sorted(settings.domains)
    return [
        Text(
            f"服务器 {post.place}，{settings.security}，{password.zh}",
            f"Server {post.place}, {settings.security}, {password.en}",
        ),
        Text(f"发件人 {settings.sender}", f"From {settings.sender}"),
        Text(f"只发给：{'、'.join(domains)}", f"Only sent to: {', '.join(domains)}"),
        Text(f"发送邮件的任务：{'、'.join(sends) or '无'}", f"Jobs that send: {', '.join(sends) or 'none'}"),
    ]


def _shown(loaded: Loaded, lines: tuple[Text, ...], language: Language) -> Result:
    return Result(
        command="batch",
        book=str(loaded.path),
        exit=int(any(one.severity >= Severity.HIGH for one in loaded.findings)),
        findings=loaded.findings,
        lines=lines,
        language=language,
    )


def _no_section(loaded: Loaded) -> UsageError:
    if loaded.mail is NOTHING:
        return UsageError(
            Text(
                f"{loaded.path} 中没有 {SECTION} 部分：请加入，例如 {EXAMPLE}。",
                f"{loaded.path} has no section {SECTION}: add it, for example {EXAMPLE}.",
            ),
            code="NO_MAIL",
        )
    first = loaded.mail.findings[0].message
    return UsageError(
        Text(
            f"{SECTION} 部分有 {len(loaded.mail.findings)} 处错误，没有发送：{first.zh}用 deliverybook batch mail 查看全部。",
            f"The section {SECTION} has {len(loaded.mail.findings)} mistakes, so nothing was sent: {first.en} "
            "See all by deliverybook batch mail.",
        ),
        code="NO_MAIL",
    )

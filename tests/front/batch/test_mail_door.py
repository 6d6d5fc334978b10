"""``batch mail`` as an administrator types it: what is in force, and a mail to try it."""

import pytest

from automation.front.batch.post import PASSWORD
from tests.mail_server import USER, WORD, Office, certificates, free_port, running


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def mail(run, company, monkeypatch):
    """Runs ``batch mail`` with a section ``mail``."""
    monkeypatch.delenv(PASSWORD, raising=False)

    def call(section, *words, lang="en", **job):
        company.configure({"tell": "owners", **job}, **({"mail": section} if section else {}))
        return run("batch", "mail", "--config", company.config, "--lang", lang, *words)

    return call


def section(port, more=""):
    return f"{{server: 'localhost:{port}', security: none, from: bot@example.com, domains: [example.com]{more}}}"


def test_a_test_mail_arrives(mail, office):
    with running(office) as port:
        ended = mail(section(port), "--try", "ann@example.com")
    assert ended.exit == 0
    assert "The server took the test mail; look into the inbox of ann@example.com." in ended.out
    ((_, to, got),) = office.mails
    assert to == ("ann@example.com",)
    assert got["Subject"] == "Test mail of Deliverybook"
    with running(Office()) as port:
        assert "测试邮件已交给服务器" in mail(section(port), "--try", "ann@example.com", lang="zh").out


def test_the_settings_in_force_are_shown_without_the_password(mail, tmp_path, monkeypatch):
    certificates(tmp_path)
    here = (
        "{server: mail.example.com, user: bot, from: bot@example.com, domains: [b.cn, example.com], ca: authority.pem}"
    )
    lines = mail(here, send="true").out.splitlines()[1:]
    assert lines == [
        "Server mail.example.com:587, starttls, user bot (without a password)",
        "From bot@example.com",
        "Only sent to: b.cn, example.com",
        "Jobs that send: nightly",
    ]
    monkeypatch.setenv(PASSWORD, WORD)
    out = mail(here).out
    assert "user bot (with a password)" in out
    assert "Jobs that send: none" in out
    assert WORD not in out


def test_a_dry_run_signs_in_and_sends_nothing(run, company, office, tmp_path, monkeypatch):
    known = certificates(tmp_path)
    with running(office, security="starttls", certificate=known, sign_in=True) as port:
        company.configure(
            {},
            mail=f"{{server: 'localhost:{port}', user: {USER}, from: b@example.com, domains: [example.com], ca: {known.authority}}}",
        )
        words = ("batch", "mail", "--config", company.config, "--lang", "en", "--try", "ann@example.com", "--dry-run")
        monkeypatch.setenv(PASSWORD, WORD)
        ended = run(*words)
        assert (ended.exit, "The server is ready; no mail was sent." in ended.out) == (0, True)
        monkeypatch.setenv(PASSWORD, "wrong")
        ended = run(*words)
    assert (ended.exit, "does not accept the password of reminder" in ended.err) == (2, True)
    assert office.addresses == []


def test_what_went_wrong_is_one_line_and_exit_code_2(mail, office):
    port = free_port()
    ended = mail(section(port), "--try", "ann@example.com")
    assert ended.exit == 2
    assert ended.err.strip() == (
        f"deliverybook: The test mail was not sent: the mail server localhost:{port} cannot be used: Connection refused. "
        "[MAIL]"
    )
    office.answers["ann@example.com"] = "550 unknown"
    with running(office) as port:
        ended = mail(section(port), "--try", "ann@example.com")
    assert "refuses mails for these addresses (550 unknown)" in ended.err


def test_an_address_outside_the_domains_is_not_tried(mail, office):
    with running(office) as port:
        ended = mail(section(port), "--try", "zhou@customer.org")
    assert ended.exit == 2
    assert (
        "Nothing is sent to zhou@customer.org: not of the company's domains (mail.domains: example.com)." in ended.err
    )
    assert office.addresses == []


def test_without_a_sound_section_it_is_said_what_to_write(mail):
    ended = mail("")
    assert ended.exit == 2
    assert "has no section mail: add it, for example mail: {server: smtp.example.com" in ended.err
    ended = mail("{server: x}", "--try", "ann@example.com")
    assert ended.exit == 2
    assert "The section mail has 2 mistakes, so nothing was sent: 'mail.from' is empty" in ended.err
    ended = mail("{server: x}")
    assert ended.exit == 1
    assert "'mail.domains' is empty" in ended.out

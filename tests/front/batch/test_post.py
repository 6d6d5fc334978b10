"""The way to a real mail server: plain, STARTTLS and TLS, signing in, and what is said when it does not work."""

import socket
import threading
from email.message import EmailMessage

import pytest

from automation.base.records import replace
from automation.front.batch import post
from automation.front.batch.mail import Mail
from automation.front.batch.post import PASSWORD, Post, PostError
from tests.mail_server import USER, WORD, Office, certificates, free_port, running

TO = "wang@example.com"


@pytest.fixture(scope="session")
def trusted(tmp_path_factory):
    """The certificates of the server that calls itself localhost."""
    return certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def office():
    return Office()


@pytest.fixture(autouse=True)
def password(monkeypatch):
    monkeypatch.setenv(PASSWORD, WORD)


def settings(port, **parts):
    made = Mail("localhost", port, "none", "bot@example.com", frozenset({"example.com"}))
    return replace(made, **parts)


def a_mail(subject="Hello"):
    mail = EmailMessage()
    mail["Subject"] = subject
    mail["To"] = TO
    mail.set_content("请处理", cte="base64")
    return mail


def failure(mail, address=TO):
    with Post(mail) as way, pytest.raises(PostError) as caught:
        way.send(a_mail(), address)
    return caught.value


@pytest.mark.parametrize("security", ["none", "starttls", "tls"])
def test_a_mail_arrives_as_it_was_over_each_kind_of_connection(office, trusted, security):
    ca = None if security == "none" else trusted.authority
    with (
        running(office, security=security, certificate=trusted) as port,
        Post(settings(port, security=security, ca=ca)) as way,
    ):
        way.send(a_mail(), TO)
    ((sender, to, mail),) = office.mails
    assert (sender, to) == ("bot@example.com", (TO,))
    assert mail.get_content() == "请处理\n"


def test_many_mails_take_one_connection(office):
    with running(office) as port, Post(settings(port)) as way:
        for number in range(5):
            way.send(a_mail(str(number)), TO)
    assert [mail["Subject"] for _, _, mail in office.mails] == ["0", "1", "2", "3", "4"]
    assert len(office.peers) == 1


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_user_signs_in_with_the_password_of_the_environment(office, trusted, security):
    with running(office, security=security, certificate=trusted, sign_in=True) as port:
        known = settings(port, security=security, ca=trusted.authority, user=USER)
        with Post(known) as way:
            way.send(a_mail(), TO)
    assert office.to == [TO]


def test_a_wrong_password_is_said_without_it(office, trusted, monkeypatch):
    monkeypatch.setenv(PASSWORD, "wr0ng-w0rd")
    with running(office, security="starttls", certificate=trusted, sign_in=True) as port:
        error = failure(settings(port, security="starttls", ca=trusted.authority, user=USER))
    assert error.final
    assert error.text.en == (
        f"the server localhost:{port} does not accept the password of reminder (535 5.7.8 Authentication credentials "
        "invalid): check mail.user and the environment variable DELIVERYBOOK_MAIL_PASSWORD or the keyring"
    )
    assert "wr0ng-w0rd" not in repr(error) + error.text.zh
    assert office.addresses == []


def test_without_a_password_it_is_said_where_it_belongs(office, trusted, monkeypatch):
    monkeypatch.delenv(PASSWORD)
    with running(office, security="starttls", certificate=trusted, sign_in=True) as port:
        error = failure(settings(port, security="starttls", ca=trusted.authority, user=USER))
    assert "keyring set deliverybook reminder@localhost" in error.text.zh
    monkeypatch.setenv(PASSWORD, "密码")
    with running(office, security="starttls", certificate=trusted, sign_in=True) as port:
        assert "SMTP" in failure(settings(port, security="starttls", ca=trusted.authority, user=USER)).text.zh


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_of_an_unknown_authority_is_not_trusted(office, trusted, security):
    with running(office, security=security, certificate=trusted) as port:
        error = failure(settings(port, security=security))
    assert error.final
    assert error.text.en.startswith(f"the certificate of the server localhost:{port} is not trusted (")
    assert "mail.ca" in error.text.zh
    assert office.addresses == []


def test_a_certificate_of_another_name_is_not_trusted(office, tmp_path):
    other = certificates(tmp_path, "mail.example.com")
    with running(office, security="tls", certificate=other) as port:
        error = failure(settings(port, security="tls", ca=other.authority))
    assert "is not trusted (Hostname mismatch" in error.text.en
    assert office.addresses == []


def test_a_server_without_starttls_gets_nothing_in_the_clear(office):
    with running(office) as port:
        error = failure(settings(port, security="starttls"))
    assert "does not offer STARTTLS" in error.text.en
    assert office.addresses == []


def test_tls_with_a_server_that_speaks_plain_is_told(office):
    with running(office) as port:
        error = failure(settings(port, security="tls"))
    assert error.text.en.startswith(f"no encrypted connection to the server localhost:{port} (")


def test_a_server_that_lets_nobody_sign_in_is_told(office):
    with running(office) as port:
        assert "does not let anybody sign in" in failure(settings(port, user=USER)).text.en


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (f"550 5.1.1 <{TO}>: no such user", "refuses mails for these addresses (550 5.1.1 no such user)"),
        ("451 try later", "does not take mails for these addresses at the moment (451 try later)"),
    ],
)
def test_a_refused_recipient_does_not_keep_others_from_being_sent(office, answer, said):
    office.answers[TO] = answer
    with running(office) as port, Post(settings(port)) as way:
        with pytest.raises(PostError) as caught:
            way.send(a_mail(), TO)
        way.send(a_mail(), "li@example.com")
    assert not caught.value.final
    assert caught.value.text.en.endswith(said)
    assert office.to == ["li@example.com"]


def test_a_refused_content_is_told_with_the_word_of_the_server(office):
    office.data_answer = "554 looks like spam"
    with running(office) as port:
        error = failure(settings(port))
    assert not error.final
    assert error.text.en.endswith("does not take mails from bot@example.com (554 looks like spam)")


def test_a_server_that_is_not_there_is_told():
    port = free_port()
    error = failure(settings(port))
    assert error.text == (
        f"邮件服务器 localhost:{port} 无法使用：Connection refused",
        f"the mail server localhost:{port} cannot be used: Connection refused",
    )
    assert "no-such-host.invalid:25 cannot be used" in failure(settings(25, server="no-such-host.invalid")).text.en


@pytest.mark.parametrize("greeting", [b"", b"220 hello\r\n"])
@pytest.mark.parametrize("security", ["none", "starttls", "tls"])
def test_a_server_that_hangs_is_given_up(monkeypatch, security, greeting):
    assert post.TIMEOUT_SECONDS == 20
    monkeypatch.setattr(post, "TIMEOUT_SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        taken = []

        def answer():
            taken.append(listening.accept()[0])
            taken[0].sendall(greeting)

        thread = threading.Thread(target=answer)
        thread.start()
        error = failure(settings(listening.getsockname()[1], security=security))
        thread.join()
        taken[0].close()
    assert error.final
    if not (security == "tls" and greeting):
        assert error.text.en.endswith("cannot be used: no answer within 0.3 seconds")


def test_a_server_that_hangs_up_between_two_mails_is_called_again(office):
    with running(office) as port, Post(settings(port)) as way:
        way.send(a_mail("1"), TO)
        way._server.sock.shutdown(socket.SHUT_RDWR)
        way.send(a_mail("2"), TO)
    assert len(office.mails) == 2
    assert len(office.peers) == 2


@pytest.mark.parametrize("address", ["a@b.cn\r\nRCPT TO:<x@y.zz>", "a@b.cn>, <x@y.zz", "a@b.cn,x@y.zz", ""])
def test_only_one_plain_address_is_ever_handed_over(office, address):
    with running(office) as port, Post(settings(port)) as way, pytest.raises(ValueError, match="plain address"):
        way.send(a_mail(), address)
    assert office.addresses == []

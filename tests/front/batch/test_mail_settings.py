"""The section ``mail:`` of a config.yaml: what it says, and that every mistake in it is told at once and stops sending."""

import re
from pathlib import Path

import pytest
import yaml

from automation.base.findings import Severity
from automation.front.batch.loading import load
from automation.front.batch.mail import EXAMPLE, KEYS, NOTHING, mail_of

GOOD = {"server": "smtp.example.com", "from": "Deliverybook <bot@example.com>", "domains": ["Example.com", "@b.cn"]}


def wrong(home, **parts):
    section = mail_of({"mail": {**GOOD, **parts}}, home)
    assert section.mail is None
    return {one.place.column: one.message.en for one in section.findings}


def test_what_is_left_out_has_the_usual_value(tmp_path):
    mail = mail_of({"mail": GOOD}, tmp_path).mail
    assert (mail.server, mail.port, mail.security, mail.user) == ("smtp.example.com", 587, "starttls", "")
    assert (mail.name, mail.sender) == ("Deliverybook", "bot@example.com")
    assert mail.domains == {"example.com", "b.cn"}
    assert mail.send is False
    assert mail_of({"jobs": []}, tmp_path) is NOTHING


@pytest.mark.parametrize(
    ("server", "security", "place"),
    [
        ("a.example.com:2525", "starttls", ("a.example.com", 2525)),
        ("mail", "tls", ("mail", 465)),
        ("10.0.0.5", "none", ("10.0.0.5", 25)),
        ("[fd00::5]:26", "none", ("fd00::5", 26)),
    ],
)
def test_a_server_may_have_a_port(tmp_path, server, security, place):
    mail = mail_of({"mail": {**GOOD, "server": server, "security": security}}, tmp_path).mail
    assert (mail.server, mail.port) == place


def test_every_mistake_is_told_at_once_with_what_to_write(tmp_path):
    found = wrong(
        tmp_path,
        **{"server": "smtp://x", "security": "ssl", "from": "nobody", "domains": "*.example.com", "ca": "no.pem"},
        send="yes please",
        sever="x",
    )
    assert list(found) == ["sever", "security", "server", "from", "domains", "ca", "send"]
    assert found["server"] == (
        "'mail.server' holds “smtp://x”: expected a mail server such as smtp.example.com or smtp.example.com:587."
    )
    assert found["security"] == "'mail.security' holds “ssl”: expected one of starttls, tls, none."
    assert found["domains"] == (
        "'mail.domains' holds “*.example.com”: expected a domain such as example.com (no *, a subdomain is listed by itself)."
    )


def test_what_must_be_there_is_asked_for(tmp_path):
    section = mail_of({"mail": {"send": True}}, tmp_path)
    assert [one.place.column for one in section.findings] == ["server", "from", "domains"]
    assert all(one.severity == Severity.HIGH for one in section.findings)
    assert "'mail.domains' is empty" in section.findings[2].message.en
    assert "Until then nothing is sent" in section.findings[2].hint.en


@pytest.mark.parametrize("section", ["smtp.example.com", ["a"], True])
def test_a_section_of_another_shape_is_told_with_an_example(tmp_path, section):
    (found,) = mail_of({"mail": section}, tmp_path).findings
    assert "mail: {server: smtp.example.com" in found.message.zh


@pytest.mark.parametrize("sender", ["a@b.cn\nBcc: x@y.zz", "a@b.cn, c@d.ee", "a@b", "<>", 5, ["a@b.cn"]])
def test_a_sender_is_one_plain_address(tmp_path, sender):
    assert list(wrong(tmp_path, **{"from": sender})) == ["from"]


@pytest.mark.parametrize("server", ["me:geheim@smtp.example.com", "smtp://me:geheim@smtp.example.com:25"])
def test_a_password_before_the_server_is_not_repeated(tmp_path, server):
    assert "geheim" not in str(wrong(tmp_path, server=server))


def test_a_password_in_the_section_is_told_and_stops_sending(company):
    company.configure({}, mail="{server: mail.example.com, from: a@b.cn, domains: b.cn, password: geheim}")
    loaded = load(company.config)
    assert loaded.mail.mail is None
    assert {one.severity for one in loaded.findings} == {Severity.HIGH}
    assert any("docs/batch.en.md" in one.hint.en for one in loaded.findings)
    assert "geheim" not in repr(loaded.findings)


def test_a_password_would_not_be_sent_in_the_clear(tmp_path):
    assert "the password could be read" in wrong(tmp_path, security="none", user="bot")["user"]
    here = {**GOOD, "security": "none", "user": "bot", "server": "localhost:2525"}
    assert mail_of({"mail": here}, tmp_path).mail is not None


def test_a_job_that_shall_send_needs_to_know_how_and_to_whom(company):
    company.configure({"send": "true"})
    said = [one.message.en for one in load(company.config).findings]
    assert said == [
        "'send' of the job 'nightly' holds “true”: expected tell beside it, such as tell: [owners].",
        "'send' of the job 'nightly' holds “true”: expected a section mail that says how.",
    ]
    company.configure({"send": "maybe", "tell": "owners"})
    loaded = load(company.config)
    assert [one.place.column for one in loaded.findings] == ["send"]
    assert loaded.jobs[0].send is False


ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("page", ["zh", "en"])
def test_the_example_of_the_documentation_is_understood(tmp_path, page):
    text = (ROOT / f"docs/batch.{page}.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(mail:.*?)```", text, re.DOTALL)
    section = mail_of(yaml.safe_load(example), tmp_path)
    assert section.findings == ()
    assert section.mail.send
    assert all(f"| `{key}` |" in text for key in KEYS)


def test_the_commented_example_of_the_configuration_is_understood(tmp_path):
    lines = (ROOT / "config.yaml").read_text(encoding="utf-8").splitlines()
    example = [line[2:] for line in lines[lines.index("# mail:") :]]
    assert mail_of(yaml.safe_load("\n".join(example)), tmp_path).mail.send
    assert mail_of(yaml.safe_load(EXAMPLE), tmp_path).mail.send

"""Passwords typed into a config.yaml: found wherever they stand, never repeated."""

import pytest

from automation.base.findings import Severity
from automation.schema.parameters import from_config
from automation.schema.secret_findings import secrets_in
from tests.tables import catalogue


@pytest.mark.parametrize(
    ("config", "key"),
    [
        ({"smtp_password": "geheim"}, "smtp_password"),
        ({"settings": {"language": "zh", "密码": "geheim"}}, "settings.密码"),
        ({"jobs": [{"name": "a"}, {"name": "b", "apiToken": "geheim"}]}, "jobs.2.apiToken"),
        ({"mail": {"server": {"secret": 123456}}}, "mail.server.secret"),
    ],
)
def test_a_key_that_looks_like_a_password_is_a_grave_finding(config, key):
    (found,) = secrets_in(config)
    assert found.message.zh == f"config.yaml 的“{key}”看起来是密码。"
    assert (found.rule, found.severity, found.value) == ("CONFIG", Severity.HIGH, "***")
    assert "geheim" not in repr(found)


def test_an_address_with_a_password_is_one_too():
    (found,) = secrets_in({"history": {"url": "postgresql://me:geheim@db/x"}})
    assert found.message.en == "'history.url' in config.yaml holds a password (postgresql://me:***@db/x)."
    assert (found.place.key, found.place.column) == ("history", "url")
    assert "geheim" not in repr(found)


@pytest.mark.parametrize(
    "config",
    [
        None,
        [],
        {"password": None, "token": ""},
        {"passwords": {"none": "here"}},
        {"history": {"url": "postgresql://me@db/x"}},
        {"jobs": [{"tell": ["a@b.cn"], "cluster": "tcp://10.0.0.5:8786"}]},
    ],
)
def test_without_a_password_there_is_none(config):
    assert list(secrets_in(config)) == []


def test_every_command_tells_of_it():
    _, findings = from_config({"settings": {"database_password": "geheim"}}, catalogue())
    assert {one.severity for one in findings} == {Severity.HIGH, Severity.MEDIUM}
    assert "geheim" not in repr(findings)

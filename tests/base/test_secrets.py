"""Passwords are not shown, and names that stand for passwords are known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.base.secrets import has_password, is_secret_name, without_passwords
from tests.tables import catalogue

SHOWN = {
    "postgresql://me:pw@host/db": "postgresql://me:***@host/db",
    "see postgresql+psycopg://me:p@ss@host:5432/db?x=1, please": "see postgresql+psycopg://me:***@host:5432/db?x=1, please",
    "postgresql://me:a/b@host/db": "postgresql://me:***@host/db",
    "postgresql://me:pw@host/db?mail=a@b": "postgresql://me:***@host/db?mail=a@b",
    "postgresql://host/db?user=me&password=pw&x=1": "postgresql://host/db?user=me&password=***&x=1",
    "host=db user=me password=pw": "host=db user=me password=***",
    '{"message": "smtp://a:b@c", "next": "x"}': '{"message": "smtp://a:***@c", "next": "x"}',
    "https://:token@host": "https://:***@host",
    "http://host:8080/a@b": "http://host:8080/a@b",
    "tcp://10.0.0.5:8786": "tcp://10.0.0.5:8786",
    "postgresql://me@host/db": "postgresql://me@host/db",
    "会议 09:00 张三@明川": "会议 09:00 张三@明川",
    "": "",
}


@pytest.mark.parametrize("text", SHOWN)
def test_passwords_in_addresses_are_hidden_and_nothing_else(text):
    assert without_passwords(text) == SHOWN[text]
    assert has_password(text) == (SHOWN[text] != text)


WORDS = st.text(
    st.characters(exclude_characters=" \t\r\n'\"/@:?#", exclude_categories=("Z", "C")), min_size=1, max_size=20
)


@given(WORDS, WORDS)
def test_no_password_survives(user, password):
    found = without_passwords(f"postgresql://{user}:{password}@host.example/db")
    assert found == f"postgresql://{user}:***@host.example/db"
    assert without_passwords(found) == found


SECRET = [
    "password",
    "smtp_password",
    "db-Password",
    "apiKey",
    "API_KEY",
    "secret",
    "access token",
    "密码",
    "数据库口令",
    "pwd",
]
HARMLESS = [
    "name",
    "folders",
    "pass_rate",
    "first_pass_yield",
    "keyboard",
    "tokenize",
    "passenger",
    "secretary",
    "author",
    "关键",
]


@pytest.mark.parametrize("name", SECRET)
def test_names_of_passwords_are_known(name):
    assert is_secret_name(name)


@pytest.mark.parametrize("name", HARMLESS)
def test_other_names_are_harmless(name):
    assert not is_secret_name(name)


def test_no_setting_of_ours_looks_like_a_password():
    assert [key for key in catalogue().parameters if is_secret_name(key)] == []

"""Where the history is kept and how it is reached: passwords come from outside and are never shown."""

import subprocess
import sys

import pytest

from automation.base.errors import AutomationError
from automation.store.history import History, connecting
from tests.store.history.conftest import WORD, run


def refused(*words, **named):
    with pytest.raises(AutomationError) as caught:
        History.open(*words, **named).close()
    return caught.value


def test_the_library_loads_only_when_a_history_is_opened():
    code = "import sys, automation.store.history; print([n for n in ('sqlalchemy', 'keyring', 'psycopg') if n in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_a_file_that_is_no_database_is_one_clear_error(tmp_path):
    path = tmp_path / "history.sqlite"
    path.write_bytes(b"no database at all, but long enough to look like a file of some kind" * 20)
    error = refused(path=path)
    assert error.code == "HISTORY"
    assert error.text.en == (
        f"The database of the history, {path}, cannot be used: the file is no database of a history; move it away or name another."
    )
    assert "不是历史记录数据库" in error.text.zh


def test_the_password_comes_from_the_environment(database):
    history = History.open(database)
    assert history.record(run(1)) is True
    assert history.place == database
    history.close()


def test_the_password_comes_from_the_keyring_where_the_environment_has_none(database, monkeypatch):
    import keyring
    from keyring.backend import KeyringBackend

    class InMemory(KeyringBackend):
        priority = 1

        def __init__(self):
            self.words = {}

        def get_password(self, service, username):
            return self.words.get((service, username))

        def set_password(self, service, username, password):
            self.words[service, username] = password

        def delete_password(self, service, username):
            del self.words[service, username]

    monkeypatch.delenv(connecting.PASSWORD)
    before = keyring.get_keyring()
    keyring.set_keyring(InMemory())
    try:
        assert refused(database).code == "HISTORY"
        keyring.set_password("deliverybook", "owner@127.0.0.1", WORD)
        History.open(database).close()
    finally:
        keyring.set_keyring(before)


def test_a_wrong_password_is_said_without_it(database, monkeypatch):
    monkeypatch.setenv(connecting.PASSWORD, "wr0ng-w0rd")
    error = refused(database)
    assert "password authentication failed" in error.text.zh
    assert "wr0ng-w0rd" not in error.text.zh + error.text.en + repr(error)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://me:s3cr3t@db.example.com/history",
        "postgresql://me@db.example.com/history?password=s3cr3t",
    ],
)
def test_an_address_with_a_password_is_refused_and_not_repeated(url):
    error = refused(url)
    assert error.code == "PASSWORD_IN_CONFIG"
    assert "DELIVERYBOOK_DATABASE_PASSWORD" in error.text.en
    assert "s3cr3t" not in error.text.zh + error.text.en


@pytest.mark.parametrize(
    "url",
    [
        "no address",
        "mysql://me@host/x",
        "postgresql:///a:b:c@x:y/z",
        "postgresql://host:abc/db",
        "postgresql://u@[::1/x",
        "sqlite://host/x.db",
    ],
)
def test_an_address_that_is_none_is_said_with_an_example(url):
    error = refused(url)
    assert error.code in {"HISTORY_URL", "HISTORY"}
    if error.code == "HISTORY_URL":
        assert connecting.EXAMPLE in error.text.zh


def test_a_server_that_is_not_there_is_one_clear_error(monkeypatch):
    monkeypatch.setenv(connecting.PASSWORD, "s3cr3t-word")
    error = refused("postgresql://me@127.0.0.1:1/nothing")
    assert error.text.en.startswith("The database of the history, postgresql://me@127.0.0.1:1/nothing, cannot be used:")
    assert "s3cr3t-word" not in error.text.zh + error.text.en


def test_without_the_driver_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert "pip install 'deliverybook[postgres]'" in refused("postgresql://me@127.0.0.1:1/nothing").text.zh


def test_values_of_a_failed_statement_are_not_shown(history):
    from tests.store.history.conftest import finding

    with pytest.raises(AutomationError) as caught:
        history.record(run(1, findings=(finding("a"), finding(None)), digest="very-private"))
    assert "very-private" not in caught.value.text.en


def test_the_driver_of_a_file_is_ours(tmp_path):
    History.open(f"sqlite+foo:///{tmp_path / 'x.sqlite'}").close()
    assert (tmp_path / "x.sqlite").is_file()

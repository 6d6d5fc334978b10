"""Passwords of servers: the environment first, then the keyring."""

import pytest

from automation.store.passwords import password_of

VARIABLE = "DELIVERYBOOK_TEST_PASSWORD"


@pytest.fixture
def entries():
    """A keyring in memory in place of the system's, as the entries in it."""
    import keyring
    from keyring.backend import KeyringBackend

    words = {}

    class InMemory(KeyringBackend):
        priority = 1

        def get_password(self, service, username):
            return words.get((service, username))

        def set_password(self, service, username, password):
            words[service, username] = password

        def delete_password(self, service, username):
            del words[service, username]

    before = keyring.get_keyring()
    keyring.set_keyring(InMemory())
    yield words
    keyring.set_keyring(before)


def test_the_environment_wins_over_the_keyring(entries, monkeypatch):
    assert password_of(VARIABLE, "me", "mail.example.com") is None
    entries["deliverybook", "me@mail.example.com"] = "from the ring"
    assert password_of(VARIABLE, "me", "mail.example.com") == "from the ring"
    assert password_of(VARIABLE, "me", "other.example.com") is None
    monkeypatch.setenv(VARIABLE, "from outside")
    assert password_of(VARIABLE, "me", "mail.example.com") == "from outside"


def test_without_a_user_the_keyring_is_not_asked(entries, monkeypatch):
    entries["deliverybook", "None@h"] = entries["deliverybook", "@h"] = "wrong"
    assert password_of(VARIABLE, None, "h") is None
    assert password_of(VARIABLE, "", "h") is None
    monkeypatch.setenv(VARIABLE, "given")
    assert password_of(VARIABLE, None, "h") == "given"

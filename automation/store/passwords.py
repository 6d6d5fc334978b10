"""Where passwords of servers come from: the environment, else the system's keyring. Never from a file of ours.

Not here: what must not be shown (``base.secrets``), which server (``store.history.connecting``, ``front.batch.mail``).
"""

from __future__ import annotations

import os

SERVICE = "deliverybook"
"""The name of the service in the keyring; the name of the entry is ``user@host``."""


def password_of(variable: str, user: str | None, host: str) -> str | None:
    """The password of a user on a server: of the environment variable, else of the keyring, else ``None``.

    Without a user only the variable is asked; a keyring that is missing or locked has none.
    """
    given = os.environ.get(variable)
    if given or not user:
        return given or None
    try:
        import keyring  # noqa: PLC0415 - only a server needs it
        from keyring.errors import KeyringError  # noqa: PLC0415
    except ImportError:
        return None
    try:
        return keyring.get_password(SERVICE, f"{user}@{host}")
    except KeyringError:
        return None

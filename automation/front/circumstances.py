"""Who runs this, and when: the only place where the clock and the sign-in name are read.

Not here: the status date, at which everything stands, and permissions.
"""

from __future__ import annotations

import getpass
from datetime import UTC, datetime


def now() -> datetime:
    """The local time: for the log, names of backups and the status date of a new workbook, nothing else."""
    return datetime.now().astimezone().replace(tzinfo=None, microsecond=0)


def moment() -> datetime:
    """The moment in UTC: for when runs begin and which are due."""
    return datetime.now(UTC)


def user() -> str:
    """The sign-in name of who runs this, ``?`` when the system does not tell."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"

"""Which account of this computer a connection comes from, where the system tells that cheaply (Linux).

Not here: what a request must know to be answered (``guard``).
"""

from __future__ import annotations

import contextlib
import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLE = Path("/proc/net/tcp")
TABLE_6 = Path("/proc/net/tcp6")
"""The system's tables of connections, each with its owner; an address of old stands in the newer one as well."""
MAPPED = "0000000000000000FFFF0000" if sys.byteorder == "little" else "00000000000000000000FFFF"
SYSTEM = 0
"""The administrator, who can read everything anyhow; relays of virtual machines run under this account."""


def is_stranger(peer: tuple[str, int], own: tuple[str, int]) -> bool:
    """Whether ``peer``, connected to our address ``own``, is of another account; no where the system does not tell."""
    owner = owner_of(peer, own)
    return owner is not None and owner not in {SYSTEM, os.geteuid()}


def owner_of(peer: tuple[str, int], own: tuple[str, int]) -> int | None:
    """The account whose socket ``peer`` is, ``None`` when the system does not tell."""
    for table, before in ((TABLE, ""), (TABLE_6, MAPPED)):
        ends = [before + _written(peer), before + _written(own)]
        for fields in _rows(table):
            if fields[1:3] == ends:
                return int(fields[7])
    return None


def _rows(table: Path) -> Iterator[list[str]]:
    with contextlib.suppress(OSError):
        yield from map(str.split, table.read_text(encoding="ascii").splitlines()[1:])


def _written(end: tuple[str, int]) -> str:
    """An address and port as the tables have them: the four bytes as one number of this machine."""
    address, port = end
    return f"{int.from_bytes(socket.inet_aton(address), sys.byteorder):08X}:{port:04X}"

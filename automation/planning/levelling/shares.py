"""How a task's use of resources is typed: ``RES-004:100%;RES-011:50%``.

Not here: whether the resources exist and what cannot be read (``checks.written``).
"""

from __future__ import annotations

import re
import unicodedata

_PIECES = re.compile(r"[;,、\n\r|]+")
_USE = re.compile(r"(?P<id>[A-Z]+-\d+)\s*(?::\s*(?P<percent>\d+(?:\.\d+)?)\s*%?)?", re.IGNORECASE)
WHOLE = 100.0
"""The percentage where none is typed."""


def shares_of(text: str) -> dict[str, float]:
    """The percentage of each resource named, in the order typed; one named twice is taken twice."""
    shares: dict[str, float] = {}
    for piece in _PIECES.split(unicodedata.normalize("NFKC", text)):
        match = _USE.fullmatch(piece.strip())
        if match is not None:
            name = match["id"].upper()
            shares[name] = shares.get(name, 0) + float(match["percent"] or WHOLE)
    return shares

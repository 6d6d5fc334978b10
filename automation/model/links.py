"""Links between tasks and how they are typed: ``T-002;T-003FS+2,T-024SS+5``.

Not here: whether the tasks named exist (``checks.written``), what a link does to dates (``planning``).
"""

from __future__ import annotations

import enum
import re
import unicodedata

from automation.base.records import dataclass

_SEPARATORS = re.compile(r"[,;、。\n\r|]+")
_LINK = re.compile(
    r"(?P<task>T-\d+)\s*(?P<kind>FS|SS|FF|SF)?\s*(?P<lag>[+-]\s*\d+(?:\.\d+)?)?\s*(?:D|天|日|工作日|个工作日)?",
    re.IGNORECASE,
)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_DAY_MINUTES = 480
_LONGEST_LAG = 1e9
"""Days that a longer lag is read as: far above what can be computed, and still a number of minutes."""


class LinkKind(enum.IntEnum):
    """Which end of the predecessor governs which end of the successor."""

    FS = 0
    """Finish to start: the successor starts after the predecessor has finished."""
    SS = 1
    """Start to start: the successor starts after the predecessor has started."""
    FF = 2
    """Finish to finish: the successor finishes after the predecessor has finished."""
    SF = 3
    """Start to finish: the successor finishes after the predecessor has started."""


class LagUnit(enum.Enum):
    """What a lag is counted in."""

    WORKING = "working"
    """Working minutes of the successor's calendar."""
    ELAPSED = "elapsed"
    """Minutes of wall-clock time."""
    PERCENT = "percent"
    """Percent of the predecessor's duration, in working minutes."""


@dataclass(frozen=True, slots=True)
class Link:
    """A predecessor of a task; a negative lag is a lead."""

    predecessor: str
    kind: LinkKind = LinkKind.FS
    lag: int = 0
    unit: LagUnit = LagUnit.WORKING


def parse_links(text: str, *, day_minutes: int = _DAY_MINUTES) -> tuple[tuple[Link, ...], tuple[str, ...]]:
    """The links written in a cell, and the pieces of it that cannot be read, both in the order typed.

    Pieces are separated by commas or semicolons, Chinese or Western; letters may be full-width or small. The lag
    is in working days, decimals allowed, and becomes working minutes of ``day_minutes`` a day. An empty text
    gives no links.
    """
    links: list[Link] = []
    unreadable: list[str] = []
    for piece in _SEPARATORS.split(unicodedata.normalize("NFKC", text).translate(_DASHES)):
        written = piece.strip()
        if not written:
            continue
        match = _LINK.fullmatch(written)
        if match is None:
            unreadable.append(written)
            continue
        kind = LinkKind[(match["kind"] or "FS").upper()]
        lag_days = max(-_LONGEST_LAG, min(float((match["lag"] or "0").replace(" ", "")), _LONGEST_LAG))
        links.append(Link(match["task"].upper(), kind, round(lag_days * day_minutes)))
    return tuple(links), tuple(unreadable)


def format_links(links: tuple[Link, ...], *, day_minutes: int = _DAY_MINUTES) -> str:
    """The links as they are typed: finish to start without lag is the bare number of the task."""
    return ";".join(_format(link, day_minutes) for link in links)


def _format(link: Link, day_minutes: int) -> str:
    if link.kind is LinkKind.FS and not link.lag:
        return link.predecessor
    if not link.lag:
        return f"{link.predecessor}{link.kind.name}"
    suffix = f"{link.lag:+d}%" if link.unit is LagUnit.PERCENT else f"{link.lag / day_minutes:+g}"
    return f"{link.predecessor}{link.kind.name}{suffix}"

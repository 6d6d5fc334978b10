"""What pictures of the history show: findings day by day, indices of performance over time.

Texts are in both languages; who draws picks one. Not here: what the history holds (``model.trends``); milestones over time are
in ``plan``, satisfaction in ``service``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from automation.base.records import dataclass

if TYPE_CHECKING:
    from datetime import date

    from automation.base.findings import Text
    from automation.model.trends import Moved


@dataclass(frozen=True, slots=True)
class FindingsTrend:
    """How many findings were open after the checks of each day, and opened and closed since; ascending by day."""

    subject: Text
    days: tuple[Moved, ...]


class IndexPoint(NamedTuple):
    """The indices of a project at a status date, below 1 when behind schedule or over cost; ``None`` where not known."""

    day: date
    spi: float | None
    cpi: float | None


@dataclass(frozen=True, slots=True)
class IndexTrend:
    """The indices of a project over its status dates, ascending."""

    project: Text
    points: tuple[IndexPoint, ...]

"""What keeps a plan, or a part of it, from being computed as typed.

Not here: the findings made of it (``deviations``), links that cannot be read (``links``).
"""

from __future__ import annotations

import enum
from typing import NamedTuple

MAXIMUM_DAYS = 25_000
MAXIMUM_MINUTES = MAXIMUM_DAYS * 480
"""The longest duration and lag that is computed: 25,000 days, about a hundred years."""


class ProblemKind(enum.StrEnum):
    """What keeps a plan, or a part of it, from being computed as typed."""

    CYCLE = "cycle"
    """``related`` is the way round: each task precedes the next, the last one the first."""
    NOT_COMPUTED = "not_computed"
    """The task is behind a cycle and gets no dates; ``related`` are the predecessors that have none."""
    UNKNOWN_PREDECESSOR = "unknown_predecessor"
    """``related`` is the number that no task has; the link is left out."""
    CANCELLED_PREDECESSOR = "cancelled_predecessor"
    """``related`` is a cancelled task; the link is left out."""
    DUPLICATE_TASK = "duplicate_task"
    """A second row with the same number is left out."""
    SUMMARY_START = "summary_start"
    """A link from the start of a summary (SS, SF) is left out; ``related`` is the summary."""
    TOO_LONG = "too_long"
    """Duration, remaining duration or lag is above ``MAXIMUM_MINUTES`` (or negative); the task gets no dates."""


class Problem(NamedTuple):
    """One thing that cannot be computed as typed, at one task."""

    kind: ProblemKind
    task: str
    related: tuple[str, ...] = ()

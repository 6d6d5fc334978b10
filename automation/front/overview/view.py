"""What an overview shows, as values. Not here: where they come from (``batch.reporting``, ``portfolio``), how it looks (``page``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from automation.base.findings import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from automation.commands.portfolio import Conflict
    from automation.model.runs import BookRun
    from automation.model.trends import Moved, Point

BATCH = Text("批处理总览", "Batch overview")
PORTFOLIO = Text("项目组合", "Portfolio")
MOST_FINDINGS = 5000
"""So many findings are on the page, the gravest first; the workbook has more."""
MOST_IN_BOOK = 10_000
"""Nobody filters more by hand, and a workbook of hundreds of thousands of rows takes longer than the checks did."""
MOST_PROJECTS = 300
"""So many projects are in the picture of the schedule."""
MOST_COURSES = 12
"""So many projects are shown over time, those in danger first."""


class View(NamedTuple):
    """Runs, the findings of all workbooks by day, projects over time by workbook and number, people asked for too often."""

    title: Text
    runs: Sequence[BookRun]
    days: Sequence[Moved] = ()
    courses: Mapping[tuple[str, str], Sequence[Point]] = {}
    clashes: Sequence[Conflict] = ()

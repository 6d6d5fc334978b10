"""The case that rules judge: a project, its plan, the working calendar, the status date, settings.

Not here: the rules themselves and the making of findings (``deviations.running``).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from automation.base.settings import Settings
    from automation.model.project import Project
    from automation.model.rows import Rows
    from automation.planning.calendar import WorkCalendar
    from automation.planning.plan import Plan, PlannedTask
    from automation.schema.catalogue import Catalogue

HISTORY = frozenset({"closed", "terminated"})
"""States of a project that is history: nothing of it is judged any more."""


@dataclass(frozen=True)
class Case:
    """What one rule sees. Rows whose inputs failed a data check are left out of ``rows``.

    ``plans`` holds the plan of each project by its id. ``failed`` are (sheet, row number, column) of cells with an
    error finding; ``inputs`` the ``sheet.column`` names of the rule that looks.
    """

    project: Project
    plans: Mapping[str, Plan]
    calendar: WorkCalendar
    status_date: date
    settings: Settings
    catalogue: Catalogue
    failed: frozenset[tuple[str, int, str]] = frozenset()
    inputs: tuple[str, ...] = ()
    skipped: list[tuple[str, str]] = field(default_factory=list)

    @cached_property
    def rows(self) -> Rows:
        """The rows of every sheet that this rule may judge; those left out are noted in ``skipped``."""
        if not self.failed:
            return self.project.rows
        columns: dict[str, set[str]] = defaultdict(set)
        for name in self.inputs:
            sheet, _, column = name.partition(".")
            columns[sheet].add(column)
        bad: dict[str, set[int]] = defaultdict(set)
        for sheet, number, column in self.failed:
            if column in columns.get(sheet, ()):
                bad[sheet].add(number)
        kept = {sheet: self._kept(sheet, numbers) for sheet, numbers in bad.items()}
        return self.project.rows._replace(**kept)

    def _kept(self, sheet: str, numbers: set[int]) -> tuple[Any, ...]:
        table = self.project.tables[sheet]
        kept = []
        for row, key in zip(table.rows, table.keys, strict=True):
            if row.row in numbers:
                self.skipped.append((sheet, key or f"{table.name}!{row.row}"))
            else:
                kept.append(row)
        return tuple(kept)

    def find(self, sheet: str, key: str | None) -> Any | None:
        """The row of that key in a sheet, whether judged or not; ``None`` when there is none."""
        return None if key is None else self.project.tables[sheet].by_key.get(key)

    def stands(self, project_id: str | None) -> bool:
        """Whether rows of that project are judged: not once it is closed or terminated."""
        project = self.find("projects", project_id)
        return project is None or project.status not in HISTORY

    def planned(self, project_id: str | None, task_id: str | None) -> PlannedTask | None:
        """What was computed for a task; ``None`` where there is no plan, or the task is cancelled or unknown."""
        plan = self.plans.get(project_id or "")
        return None if plan is None else plan.tasks.get(task_id or "")

    def waited(self, since: date) -> int:
        """Working days from a day (not counted) to the status date (counted); negative if the day lies after it."""
        return self.calendar.days_between(since, self.status_date)

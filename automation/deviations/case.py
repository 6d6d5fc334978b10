"""The case that rules judge: a project, its plan, the working calendar, the status date, settings.

Not here: the rules themselves and the making of findings (``deviations.running``).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from automation.base.records import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from automation.base.settings import Settings
    from automation.model.project import Project
    from automation.model.rows import LogRow, PlanRow, Rows
    from automation.planning.calendar import WorkCalendar
    from automation.planning.plan import Plan, PlannedTask
    from automation.schema.catalogue import Catalogue

CANCELLED = "cancelled"
_T = TypeVar("_T")
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
    undated: list[tuple[str, str]] = field(default_factory=list)
    """Rows (sheet, key) that could not be judged because the plan does not tell the dates that it takes."""
    documents: Callable[[], Iterable[LogRow]] | None = None
    """The rows of the log whose documents differ from what the workbook would give today; ``None`` if nobody can tell."""

    shared: dict[tuple[object, ...], tuple[object, Any]] = field(default_factory=dict)
    """What ``once`` has computed, for all rules that look at the same case."""

    @cached_property
    def rows(self) -> Rows:
        """The rows of every sheet that this rule may judge; those left out are noted in ``skipped``."""
        if not self.failed:
            return self.project.rows
        failed = _numbers(self.failed)
        bad: dict[str, set[int]] = defaultdict(set)
        for name in dict.fromkeys(self.inputs):
            if name in failed:
                bad[name.partition(".")[0]].update(failed[name])
        kept = {sheet: self._kept(sheet, numbers) for sheet, numbers in bad.items()}
        return self.project.rows._replace(**kept)

    def _kept(self, sheet: str, numbers: set[int]) -> tuple[Any, ...]:
        """The rows of a sheet without those of the numbers given, in slices between the ones left out."""
        table = self.project.tables[sheet]
        kept: list[Any] = []
        start = 0
        for number in sorted(numbers):
            index = bisect_left(table.numbers, number, start)
            if index < len(table.numbers) and table.numbers[index] == number:
                kept += table.rows[start:index]
                start = index + 1
                self.skipped.append((sheet, table.keys[index] or f"{table.name}!{number}"))
        kept += table.rows[start:]
        return tuple(kept)

    def once(self, name: str, compute: Callable[[], _T], sheets: Iterable[str]) -> _T:
        """What several rules ask for under one name, computed once for the same rows of the sheets that it reads."""
        rows = tuple(getattr(self.rows, sheet) for sheet in sheets)
        key = (name, *map(id, rows))
        if key not in self.shared:
            self.shared[key] = (rows, compute())
        found: _T = self.shared[key][1]
        return found

    def has_error(self, sheet: str, row: int, column: str) -> bool:
        """Whether a data check has flagged that cell, so that no rule need say it again."""
        return (sheet, row, column) in self.failed

    def leave_undated(self, sheet: str, key: str | None) -> None:
        """Note that a row could not be judged because dates of the plan are not known."""
        self.undated.append((sheet, key or ""))

    def leave_unplanned(self, row: PlanRow) -> None:
        """Note that a task could not be judged because its project has no plan; cancelled tasks need none."""
        if row.status != CANCELLED and (row.project_id or "") not in self.plans and self.stands(row.project_id):
            self.leave_undated("plan", row.task_id)

    def find(self, sheet: str, key: str | None) -> Any | None:
        """The row of that key in a sheet, whether judged or not; ``None`` when there is none."""
        return None if key is None else self.project.tables[sheet].by_key.get(key)

    def stands(self, project_id: str | None) -> bool:
        """Whether rows of that project are judged: not once it is closed or terminated."""
        return project_id not in self._history

    @cached_property
    def _history(self) -> frozenset[str]:
        projects = self.project.tables["projects"].by_key
        return frozenset(key for key, project in projects.items() if project.status in HISTORY)

    def planned(self, project_id: str | None, task_id: str | None) -> PlannedTask | None:
        """What was computed for a task; ``None`` where there is no plan, or the task is cancelled or unknown."""
        plan = self.plans.get(project_id or "")
        return None if plan is None else plan.tasks.get(task_id or "")

    def waited(self, since: date) -> int:
        """Working days from a day (not counted) to the status date (counted); negative if the day lies after it."""
        waited = self._waits.get(since)
        if waited is None:
            waited = self._waits[since] = self.calendar.days_between(since, self.status_date)
        return waited

    @cached_property
    def _waits(self) -> dict[date, int]:
        """Working days to the status date by day, each counted once."""
        return {}


@lru_cache(maxsize=2)
def _numbers(failed: frozenset[tuple[str, int, str]]) -> Mapping[str, frozenset[int]]:
    """Row numbers of the cells with an error by ``sheet.column``, worked out once for all rules of a run."""
    found: dict[str, set[int]] = defaultdict(set)
    for sheet, number, column in failed:
        found[f"{sheet}.{column}"].add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}

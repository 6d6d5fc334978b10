"""What a command is asked: a project as read, the settings in force, parameters; and what is worked out from them once.

Not here: the commands, and anything that is written.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from automation.base.findings import OPEN
from automation.base.records import dataclass, field
from automation.checks.registry import Checked, checked, failed_cells
from automation.deviations.case import Case
from automation.deviations.registry import RULES
from automation.deviations.running import Judged, judge
from automation.planning.workbook import calendar_of, plans_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from automation.base.findings import Finding, Language
    from automation.base.rules import Rule
    from automation.base.settings import Settings
    from automation.model.project import Project
    from automation.model.rows import LogRow
    from automation.planning.calendar import WorkCalendar
    from automation.planning.plan import Plan
    from automation.schema.catalogue import Catalogue


_T = TypeVar("_T")


@dataclass(frozen=True)
class Request:
    """A project with the settings in force. ``read_findings`` are those of reading and of the settings."""

    project: Project
    read_findings: tuple[Finding, ...]
    catalogue: Catalogue
    settings: Settings
    status_date: date
    parameters: Mapping[str, Any] = field(default_factory=dict)
    rules: tuple[Rule, ...] = RULES
    failures: list[Finding] = field(default_factory=list)
    """What went wrong in a company's own rules, which grows while they are judged."""

    @cached_property
    def _shared(self) -> dict[str, Any]:
        return {}

    def once(self, name: str, compute: Callable[[], _T]) -> _T:
        """What several commands ask for under one name, computed once for this request."""
        if name not in self._shared:
            self._shared[name] = compute()
        found: _T = self._shared[name]
        return found

    @property
    def language(self) -> Language:
        """The language of the workbook's labels."""
        return self.project.language

    @cached_property
    def calendar(self) -> WorkCalendar:
        """The working days of the workbook's calendar sheet."""
        return calendar_of(self.project)

    @cached_property
    def plans(self) -> Mapping[str, Plan]:
        """The computed plan of each project by its id, at the status date; without dates that rest on wrong cells."""
        return plans_of(self.project, self.calendar, self.status_date, failed=self.failed)

    @cached_property
    def checked(self) -> Checked:
        """What the data checks V01 to V06 found, and every cell with an error."""
        return checked(self.project, self.catalogue, self.status_date)

    @cached_property
    def data_findings(self) -> tuple[Finding, ...]:
        """Findings of reading, of the settings and of the data checks."""
        return self.read_findings + self.checked.findings

    @cached_property
    def failed(self) -> frozenset[tuple[str, int, str]]:
        """Cells with an error: sheet, row number, column."""
        return self.checked.failed | failed_cells(self.read_findings, self.project)

    @cached_property
    def case(self) -> Case:
        """The case that rules judge."""
        return Case(
            project=self.project,
            plans=self.plans,
            calendar=self.calendar,
            status_date=self.status_date,
            settings=self.settings,
            catalogue=self.catalogue,
            failed=self.failed,
            documents=self._stale,
        )

    def _stale(self) -> tuple[LogRow, ...]:
        if not any(row.checksum for row in self.project.rows.log):
            return ()
        from automation.commands.document.staleness import stale  # noqa: PLC0415 - most checks wait for no document

        return stale(self)

    @cached_property
    def judged(self) -> Judged:
        """What the rules found, and which rows they could not judge."""
        if self.settings.text("plan_health_in_check") != "yes":
            return judge(self.rules, self.case)
        from automation.deviations import plan_health_figures, plan_health_tasks  # noqa: PLC0415 - few checks ask for them

        return judge((*self.rules, *plan_health_tasks.RULES, *plan_health_figures.RULES), self.case)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """All findings of this run, not yet compared with the run before."""
        judged = self.judged.findings
        return (*self.data_findings, *self.failures, *judged)

    def is_open(self, finding: Finding) -> bool:
        """Whether a finding counts: it is neither resolved nor waived."""
        return finding.status in OPEN

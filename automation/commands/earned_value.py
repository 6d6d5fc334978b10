"""Earned value: what was planned, earned and spent at the status date, and where that leads; nothing is written.

Not here: the computation (``planning.performance``), the figures (``earned_value_figures``), the sentences
(``earned_value_text``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.commands.earned_value_figures import figures_of, left_out, performances, tables_of
from automation.commands.earned_value_text import (
    cost_rows_left_out,
    milestones_not_used,
    no_baseline,
    no_earned_value,
    value_lines,
)
from automation.commands.plan_notices import plan_notices
from automation.deviations import costs
from automation.model.effects import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from automation.base.findings import Text
    from automation.commands.request import Request
    from automation.model.rows import ProjectsRow
    from automation.planning.performance import Performance


def earned_value(request: Request) -> Outcome:
    """PV, EV and AC of every project that stands, with indices, forecasts, earned schedule, phases and S-curve.

    Figures are those of ``earned_value_figures.NAMES``, of the first project at the top and of each under
    ``projects``; tables hold phases, tasks and curve by project.
    """
    figures: dict[str, Any] = {}
    tables: dict[str, Any] = {}
    lines: list[Text] = []
    notices = list(plan_notices(request))
    projects = {
        row.project_id: row
        for row in request.project.rows.projects
        if row.project_id and request.case.stands(row.project_id)
    }
    for name, found in performances(request, projects).items():
        project = projects[name]
        figures[name] = {**figures_of(found), "estimate_at_completion": _by_category(request, project, found)}
        notices += _notices(request, name, found)
        if found is not None:
            tables[name] = tables_of(request, name, found)
            lines += value_lines(request, project, found, figures[name])
    first: dict[str, Any] = next(iter(figures.values()), {})
    return Outcome(figures={**first, "projects": figures}, tables=tables, lines=tuple(lines), notices=tuple(notices))


def _by_category(request: Request, project: ProjectsRow, found: Performance | None) -> Any:
    """The estimate at completion that the rules use (C07), for comparison."""
    if found is None or project.project_id is None:
        return None
    percent = request.plans[project.project_id].figures.percent_complete
    own = [row for row in request.project.rows.costs if row.project_id == project.project_id]
    return costs.estimate_at_completion(own, percent, request.settings)


def _notices(request: Request, project: str, found: Performance | None) -> Iterator[Text]:
    if found is None:
        yield no_earned_value(project)
        return
    missing = left_out(request, project)
    if missing:
        yield cost_rows_left_out(project, missing)
    if not found.planned_known:
        yield no_baseline(project)
    if found.unmeasured:
        yield milestones_not_used(found.unmeasured)

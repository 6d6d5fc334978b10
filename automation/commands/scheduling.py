"""Reschedule (C02), baseline (C03) and forecast (C04, C05, C06): computed columns of plan and projects.

Not here: the computation of dates (``planning``). A plan with a cycle or wrong inputs is computed as far as these do
not reach; the rest is left as it was, and a finding and a notice say so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.base.records import replace
from automation.commands.computed import cell_edits
from automation.commands.plan_notices import plan_notices
from automation.model.effects import LogEntry, Need, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from automation.base.findings import Finding
    from automation.commands.request import Request
    from automation.model.rows import PlanRow, ProjectsRow
    from automation.planning.plan import Plan, PlannedTask

LOGIC_RULE = "PLN-08"
EDIT, APPROVE = Need("edit", "plan"), Need("approve", "plan")
APPROVED = "approved"
"""The code of a change's decision that allows a new baseline."""


def reschedule(request: Request) -> Outcome:
    """Early dates, total float and critical tasks of every plan, from its links, constraints and calendar (C02)."""
    return replace(_outcome(request, drawn_values(request), {}), needs=(EDIT,))


def forecast(request: Request) -> Outcome:
    """Forecast dates, slips and percent complete at the status date (C04, C05, C06)."""
    from automation.commands.earned_value_figures import with_earned_value  # noqa: PLC0415 - no other click waits for it

    outcome = _outcome(request, forecast_values(request), project_values(request))
    return replace(outcome, needs=(EDIT,), figures=with_earned_value(request, outcome.figures))


def baseline(request: Request) -> Outcome:
    """Freeze the computed dates as the baseline (C03); a second time only with an approved change.

    Raises UsageError when a baseline exists and ``change`` names no approved change, or dates are missing.
    """
    change = request.parameters.get("change")
    values: dict[int, dict[str, Any]] = {}
    projects: dict[int, dict[str, Any]] = {}
    log = [LogEntry("baseline", "changes" if change else "", change or "")]
    for project in _projects(request):
        plan = request.plans.get(project.project_id or "")
        if plan is None:
            continue
        if project.baseline_on is not None:
            _require_approved(request, project, change)
        projects[project.row] = {"baseline_on": request.status_date}
        _require_computed(plan, project)
        for row, planned in _tasks(request, plan, project):
            if planned.drawn is None:
                raise _not_computed(row.task_id or "")
            values[row.row] = {"baseline_start": planned.drawn.start, "baseline_finish": planned.drawn.finish}
            log += _old_baseline(row, values[row.row])
    question = Text(
        f"把 {len(values)} 个任务的计算日期定为进度基线？",
        f"Freeze the computed dates of {len(values)} tasks as baseline?",
    )
    return replace(_outcome(request, values, projects), log=tuple(log), needs=(APPROVE,), question=question)


def drawn_values(request: Request) -> dict[int, dict[str, Any]]:
    """New values of the plan's early dates by row number; of float and critical flag if every task is computed."""
    values: dict[int, dict[str, Any]] = {}
    for row, planned in _all_tasks(request):
        drawn = planned.drawn
        if drawn is None:
            continue
        values[row.row] = {"calc_start": drawn.start, "calc_finish": drawn.finish}
        if request.plans[row.project_id or ""].drawn_known:
            values[row.row]["total_float"] = _days(drawn.total_float)
            values[row.row]["critical"] = "yes" if drawn.critical else "no"
    return values


def forecast_values(request: Request) -> dict[int, dict[str, Any]]:
    """New values of the plan's forecast dates and slip by row number."""
    return {
        row.row: {
            "forecast_start": planned.forecast.start,
            "forecast_finish": planned.forecast.finish,
            "slip_days": planned.slip.total,
        }
        for row, planned in _all_tasks(request)
        if planned.forecast is not None
    }


def project_values(request: Request) -> dict[int, dict[str, Any]]:
    """New values of a project's forecast finish, slip and percent complete by row number; none while in doubt."""
    return {
        row.row: {
            "forecast_finish": plan.forecast_finish,
            "slip_days": plan.slip_days,
            "percent_complete": rounded(plan.figures.percent_complete),
        }
        for row in _projects(request)
        if (plan := request.plans.get(row.project_id or "")) is not None and plan.forecast_known
    }


def figures(request: Request) -> dict[str, Any]:
    """Figures of the (first) project by name, for the summary and JSON; percentages with one decimal.

    ``projects`` holds the figures of every project by its id. What is not known is ``None``.
    """
    rows = _projects(request)
    found = {row.project_id: _figures(request, row) for row in rows if row.project_id}
    first = found.get(rows[0].project_id or "", {}) if rows else {}
    return {**first, "projects": found} if found else dict(first)


def _figures(request: Request, row: ProjectsRow) -> dict[str, Any]:
    plan = request.plans.get(row.project_id or "")
    if plan is None:
        return {}
    return {
        "percent_complete": rounded(plan.figures.percent_complete),
        "planned_percent": rounded(plan.figures.planned_percent),
        "task_completion_rate": rounded(plan.figures.completion_rate),
        "on_time_rate": rounded(plan.figures.on_time_rate),
        "start": plan.start,
        "finish": plan.finish,
        "baseline_finish": plan.baseline_finish,
        "forecast_finish": plan.forecast_finish,
        "slip_days": plan.slip_days,
        "deadline_slip_days": plan.deadline_slip_days,
        "milestones": _milestones(request, plan, row),
    }


def rounded(value: float | None, digits: int = 1) -> float | None:
    """A number with so many decimals, a percentage with one; halves away from nothing."""
    return None if value is None else round(value + 1e-9, digits)


def _milestones(request: Request, plan: Plan, project: ProjectsRow) -> list[dict[str, Any]]:
    return [
        {
            "key": row.task_id,
            "name": row.name,
            "baseline_finish": row.baseline_finish,
            "forecast_finish": planned.forecast.finish if planned.forecast else None,
            "slip_days": planned.slip.total,
        }
        for row, planned in _tasks(request, plan, project)
        if row.kind == "milestone"
    ]


def _outcome(
    request: Request, plan_values: Mapping[int, Mapping[str, Any]], project_columns: Mapping[int, Mapping[str, Any]]
) -> Outcome:
    edits = [
        *cell_edits(request.project, request.catalogue, "plan", plan_values),
        *cell_edits(request.project, request.catalogue, "projects", project_columns),
    ]
    return Outcome(
        findings=_concerned(request), edits=tuple(edits), figures=figures(request), notices=plan_notices(request)
    )


def _concerned(request: Request) -> tuple[Finding, ...]:
    """Findings that make the computation itself doubtful: wrong data of plan and calendar, and wrong links."""
    return tuple(
        finding
        for finding in request.findings
        if finding.rule == LOGIC_RULE or (finding.place.sheet in {"plan", "calendar"} and finding.rule.startswith("V0"))
    )


def _projects(request: Request) -> tuple[ProjectsRow, ...]:
    return request.project.rows.projects


def _all_tasks(request: Request) -> Iterator[tuple[PlanRow, PlannedTask]]:
    for project in _projects(request):
        plan = request.plans.get(project.project_id or "")
        if plan is not None:
            yield from _tasks(request, plan, project)


def _tasks(request: Request, plan: Plan, project: ProjectsRow) -> Iterator[tuple[PlanRow, PlannedTask]]:
    seen: set[str] = set()
    for row in request.project.rows.plan:
        task = row.task_id or ""
        if task in plan.tasks and row.project_id == project.project_id and task not in seen:
            seen.add(task)
            yield row, plan.tasks[task]


def _days(value: float) -> float:
    return round(value, 2)


def _require_approved(request: Request, project: ProjectsRow, change: str | None) -> None:
    row = request.project.tables["changes"].by_key.get(change or "")
    if row is not None and row.decision == APPROVED and row.approved_by and row.approved_on:
        return
    if change:
        raise UsageError(
            Text(
                f"变更 {change} 不存在或尚未经客户同意(决定、同意人、同意日期须齐全)，不能据此重设基线。",
                f"Change {change} does not exist or lacks the customer's consent "
                "(decision, approval by, approval date): it cannot justify a new baseline.",
            ),
            code="CHANGE_NOT_APPROVED",
        )
    raise UsageError(
        Text(
            f"项目 {project.project_id} 已于 {project.baseline_on} 设过基线；重设需注明已获客户同意的变更："
            "加 --change CHG-001；在 Excel 中先选中该变更所在的行，再点按钮。",
            f"Project {project.project_id} has a baseline of {project.baseline_on}; "
            "to set it again, name a change that the customer approved: --change CHG-001, or in Excel select the row of "
            "the change and click again.",
        ),
        code="BASELINE_EXISTS",
    )


def _require_computed(plan: Plan, project: ProjectsRow) -> None:
    """Raise UsageError unless the plan as drawn is known for every row."""
    if plan.drawn_known:
        return
    task = next((doubt.task for doubt in plan.doubts if doubt.drawn and doubt.task), None)
    if task is not None:
        raise _not_computed(task)
    raise UsageError(
        Text(
            f"项目 {project.project_id} 的计划缺少计算日期所需的列或编号，请先按 check 的提示改正计划再设基线。",
            f"The plan of project {project.project_id} lacks columns or IDs that dates are computed from: "
            "correct it as check says, then set the baseline.",
        ),
        code="PLAN_NOT_COMPUTED",
    )


def _not_computed(task: str) -> UsageError:
    return UsageError(
        Text(
            f"任务 {task} 无法计算日期(前置任务有循环或有误)，请先按 check 的提示改正计划再设基线。",
            f"Task {task} has no computed dates (its predecessors form a cycle or are wrong): "
            "correct the plan as check says, then set the baseline.",
        ),
        code="PLAN_NOT_COMPUTED",
    )


def _old_baseline(row: PlanRow, new: Mapping[str, Any]) -> Iterator[LogEntry]:
    for column, value in new.items():
        old = getattr(row, column)
        if old is not None and old != value:
            yield LogEntry("baseline", "plan", row.task_id or "", column, old, value)

"""Simulate: how likely each finish is, from the estimates of the plan and the delays of the risks; nothing is written.

Not here: the simulation (``planning.simulation``, which alone loads numpy) and its sentences (``simulation_text``).
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.commands.plan_notices import plan_notices
from automation.commands.simulation_charts import drivers_of, finishes_of, picture_files
from automation.commands.simulation_figures import Named, project_figures, project_tables
from automation.commands.simulation_text import (
    ignored_estimates,
    ignored_risk,
    nothing_to_simulate,
    nothing_uncertain,
    simulation_lines,
)
from automation.model.effects import Outcome
from automation.planning.forecast import progressed
from automation.planning.simulation.uncertainty import CHANCES, Drawing, Estimate, RiskEvent
from automation.planning.tasks import TaskKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from automation.commands.request import Request
    from automation.model.effects import FileRequest
    from automation.model.rows import PlanRow, ProjectsRow, RisksRow
    from automation.planning.network import Network
    from automation.planning.plan import Plan
    from automation.planning.simulation.results import Simulation

MOST_ITERATIONS = 100_000
WHOLE = 100
OVER = frozenset({"occurred", "closed"})
"""States of a risk that is not to come: what has occurred belongs into the plan itself."""


class Uncertain(NamedTuple):
    """What is uncertain in one project, and sentences on what was typed but cannot be used."""

    estimates: dict[str, Estimate]
    events: list[RiskEvent]
    notices: list[Text]


def simulate(request: Request) -> Outcome:
    """Finish dates by how likely they are, the chance of the contract deadline, and what drives the finish.

    Parameters: ``iterations``, ``seed``, ``distribution`` (triangular or pert), ``correlation`` (0 to 1), ``spread``
    (such as 80-150: the range of tasks without an estimate, in percent of the duration), ``pictures`` (asks for
    those). Raises UsageError for one that makes no sense, or when numpy is not installed.
    """
    drawing, spread = drawing_of(request.parameters), spread_of(request.parameters)
    run = simulator()
    figures: dict[str, Any] = {}
    tables: dict[str, Any] = {}
    lines: list[Text] = []
    pictures: list[FileRequest] = []
    notices = list(plan_notices(request))
    for project in request.project.rows.projects:
        name = project.project_id or ""
        plan = request.plans.get(name)
        if plan is None or not request.case.stands(name):
            continue
        if not plan.network.tasks or not plan.forecast_known or project.start_planned is None:
            notices.append(nothing_to_simulate(name))
            continue
        names = _names(request, name, plan)
        uncertain = uncertain_of(request, name, plan)
        estimates = filled(uncertain.estimates, plan.network, spread)
        work = progressed(plan.network, project_start=project.start_planned, status_date=request.status_date)
        simulation = run(plan.network, work, estimates=estimates, events=uncertain.events, drawing=drawing)
        found = project_figures(simulation, names, planned=plan.forecast_finish, deadline=project.finish_deadline)
        figures.setdefault("projects", {})[name] = found
        tables[name] = project_tables(simulation, names)
        lines += simulation_lines(name, found, tables[name])
        if request.parameters.get("pictures"):
            pictures += _pictures(request, project, simulation, names)
        notices += uncertain.notices
        if not simulation.uncertain and not simulation.effects:
            notices.append(nothing_uncertain(name))
    first: dict[str, Any] = next(iter(figures.get("projects", {}).values()), {})
    return Outcome(
        figures={**drawing._asdict(), **first, **figures},
        tables=tables,
        lines=tuple(lines),
        notices=tuple(notices),
        files=tuple(pictures),
    )


def _pictures(
    request: Request, project: ProjectsRow, simulation: Simulation, names: Mapping[str, Named]
) -> tuple[FileRequest, ...]:
    """The pictures of one project's simulation, in the language of the messages."""
    key = project.project_id or ""
    title = Text(project.name or key, project.name_en or project.name or key)
    plan, deadline = request.plans[key], project.finish_deadline
    risks = {
        row.risk_id or "": Text(row.title or "", row.title_en or row.title or "") for row in _open_risks(request, key)
    }
    return picture_files(
        key,
        finishes_of(title, simulation, planned=plan.forecast_finish, deadline=deadline),
        drivers_of(title, simulation, names, risks),
        day=request.status_date,
        language=request.settings.language,
    )


def drawing_of(parameters: Mapping[str, Any]) -> Drawing:
    """The parameters as typed, those left out by their defaults. Raises UsageError for what makes no sense."""
    usual = Drawing()
    kind = str(parameters.get("distribution") or usual.distribution).strip().lower()
    if kind not in {"triangular", "pert"}:
        raise _wrong("distribution", kind, Text("triangular（三角分布）或 pert", "triangular or pert"))
    return Drawing(
        iterations=int(_number(parameters, "iterations", usual.iterations, (1, MOST_ITERATIONS), whole=True)),
        seed=int(_number(parameters, "seed", usual.seed, (0, 2**32 - 1), whole=True)),
        distribution="pert" if kind == "pert" else "triangular",
        correlation=_number(parameters, "correlation", usual.correlation, (0, 1), whole=False),
    )


def uncertain_of(request: Request, project: str, plan: Plan) -> Uncertain:
    """Estimates and risks of one project; cells with an error are left out, and a sentence says so."""
    notices: list[Text] = []
    day_minutes = plan.network.calendar.day_minutes
    estimates: dict[str, Estimate] = {}
    odd: list[str] = []
    for name, row in task_rows(request, project).items():
        typed = row.optimistic_days is not None or row.pessimistic_days is not None
        if name not in plan.network.place or not typed or not row.duration:
            continue
        wrong = any(("plan", row.row, column) in request.failed for column in ("optimistic_days", "pessimistic_days"))
        optimistic = row.duration if row.optimistic_days is None else row.optimistic_days
        pessimistic = row.duration if row.pessimistic_days is None else row.pessimistic_days
        if wrong or not 0 < optimistic <= row.duration <= pessimistic:
            odd.append(name)
            continue
        estimates[name] = Estimate(round(optimistic * day_minutes), round(pessimistic * day_minutes))
    if odd:
        notices.append(ignored_estimates(project, odd))
    events = []
    for risk in _open_risks(request, project):
        event = _event(request, risk, plan, day_minutes)
        if event is None:
            notices.append(ignored_risk(risk.risk_id or ""))
        else:
            events.append(event)
    return Uncertain(estimates, events, notices)


def spread_of(parameters: Mapping[str, Any]) -> tuple[float, float] | None:
    """The range of tasks without an estimate, in percent of the duration: ``80-150``. Raises UsageError."""
    typed = str(parameters.get("spread") or "").replace("%", "").replace(" ", "")
    if not typed:
        return None
    match = re.fullmatch(r"(\d{1,3})[-,](\d{1,4})", typed)
    if match is None or not 0 < int(match[1]) <= WHOLE <= int(match[2]):
        raise _wrong(
            "spread", typed, Text("工期的百分比范围，如 80-150", "a range in percent of the duration, such as 80-150")
        )
    return int(match[1]) / WHOLE, int(match[2]) / WHOLE


def filled(
    estimates: Mapping[str, Estimate], network: Network, spread: tuple[float, float] | None
) -> dict[str, Estimate]:
    """The estimates, with the usual range for tasks that have none."""
    if spread is None:
        return dict(estimates)
    usual = {
        task.id: Estimate(round(task.duration_minutes * spread[0]), round(task.duration_minutes * spread[1]))
        for task in network.tasks
        if task.duration_minutes
    }
    return usual | dict(estimates)


def task_rows(request: Request, project: str) -> dict[str, PlanRow]:
    """The first row of each task of a project by its number, in row order."""
    rows: dict[str, PlanRow] = {}
    for row in request.project.rows.plan:
        if row.task_id and row.project_id == project:
            rows.setdefault(row.task_id, row)
    return rows


def _names(request: Request, project: str, plan: Plan) -> dict[str, Named]:
    return {
        name: Named(
            row.name or "",
            row.name_en,
            is_phase=plan.tasks[name].task.kind is TaskKind.SUMMARY,
            deadline=row.deadline,
            planned=forecast.finish if (forecast := plan.tasks[name].forecast) else None,
        )
        for name, row in task_rows(request, project).items()
        if name in plan.tasks
    }


def _open_risks(request: Request, project: str) -> Iterator[RisksRow]:
    """The risks of a project that may still occur and have a delay."""
    for risk in request.project.rows.risks:
        if risk.project_id == project and risk.delay_days and risk.status not in OVER:
            yield risk


def _event(request: Request, risk: RisksRow, plan: Plan, day_minutes: int) -> RiskEvent | None:
    """The event of a risk; ``None`` if its delay, its probability or the tasks that it delays are not known."""
    inputs = ("delay_days", "probability", "task_ids")
    chance = CHANCES.get(risk.probability or 0)
    known = tuple(name for name in risk.task_ids if name in plan.tasks)
    if any(("risks", risk.row, column) in request.failed for column in inputs) or chance is None or not known:
        return None
    return RiskEvent(risk.risk_id or "", chance, round((risk.delay_days or 0) * day_minutes), known)


def _number(parameters: Mapping[str, Any], name: str, usual: float, limits: tuple[int, int], *, whole: bool) -> float:
    typed = parameters.get(name)
    if typed is None or typed == "":
        return usual
    try:
        number: float = int(str(typed)) if whole else float(str(typed))
    except ValueError:
        number = math.nan
    if not limits[0] <= number <= limits[1]:
        kind = Text("整数", "whole number") if whole else Text("数", "number")
        between = Text(f"{limits[0]} 到 {limits[1]} 之间的{kind.zh}", f"a {kind.en} from {limits[0]} to {limits[1]}")
        raise _wrong(name, str(typed), between)
    return number


def _wrong(name: str, typed: str, expected: Text) -> UsageError:
    return UsageError(
        Text(f"--{name} 不能是“{typed}”：请用{expected.zh}。", f"--{name} cannot be '{typed}': use {expected.en}."),
        code="SIMULATE",
    )


def simulator() -> Any:
    """The simulation itself, whose import loads numpy."""
    try:
        from automation.planning.simulation.results import simulate as run  # noqa: PLC0415 - nobody else waits for numpy
    except ModuleNotFoundError as error:
        if error.name != "numpy":
            raise
        raise UsageError(
            Text("模拟需要 numpy：请运行 pip install numpy。", "A simulation needs numpy: run pip install numpy."),
            code="NUMPY",
        ) from error
    return run

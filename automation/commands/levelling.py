"""Levelling of the projects in a workbook: who is asked for too much on which days, and which delays would end it.

A proposal is a preview; ``apply`` turns it into constraints of the delayed tasks. Not here: the levelling
(``planning.levelling``), the weekly load of each resource.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.commands.computed import cell_edits
from automation.commands.levelling_lines import Named, lines_of
from automation.commands.plan_notices import plan_notices
from automation.deviations.case import CANCELLED
from automation.model.effects import LogEntry, Need, Outcome
from automation.planning.forecast import progressed
from automation.planning.levelling.shares import shares_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from automation.commands.request import Request
    from automation.planning.calendar import WorkCalendar
    from automation.planning.levelling.loads import Overload
    from automation.planning.levelling.proposal import Proposal
    from automation.planning.levelling.resources import Resource

HELD_BACK = "start_no_earlier_than"
"""The constraint by which a delay is written."""
FREE = frozenset({None, "", "none", HELD_BACK})
"""Constraints that a delay may take the place of."""


def asked(request: Request) -> Outcome:
    """The proposal of ``level``, or with the parameter ``write`` the edits of ``apply``."""
    return apply(request) if request.parameters.get("write") else level(request)


def level(request: Request) -> Outcome:
    """Over-allocations, the delays that would end them and the finish that they lead to; nothing is written.

    Parameters: ``seconds`` the search may take, ``seed``, ``iterations`` in place of seconds, and ``priority`` such
    as ``T-003:900;T-010:100`` (1000 first, 0 last, 500 otherwise).
    """
    projects, proposal = _proposed(request)
    return Outcome(
        figures=figures_of(projects, proposal, request.calendar),
        notices=(*plan_notices(request), *_unlisted(request, projects)),
        tables=tables_of(proposal),
        lines=_lines(request, projects, proposal, preview=True),
    )


def apply(request: Request) -> Outcome:
    """The delays of ``level`` as constraints (start no earlier than), where the task has no other constraint."""
    projects, proposal = _proposed(request)
    rows = {row.task_id: row for row in request.project.rows.plan if row.task_id}
    values: dict[int, dict[str, Any]] = {}
    for delay in proposal.delays:
        row = rows.get(delay.task)
        if row is not None and row.constraint_kind in FREE:
            values[row.row] = {"constraint_kind": HELD_BACK, "constraint_date": delay.start}
    return Outcome(
        edits=tuple(cell_edits(request.project, request.catalogue, "plan", values)),
        figures=figures_of(projects, proposal, request.calendar),
        notices=(*plan_notices(request), *_unlisted(request, projects)),
        tables=tables_of(proposal),
        lines=_lines(request, projects, proposal, preview=False),
        log=(LogEntry("level", "plan"),) if values else (),
        needs=(Need("edit", "plan"),),
        question=Text(
            f"按建议推迟 {len(values)} 个任务(写入“不早于…开始”约束)？",
            f"Delay {len(values)} {_plural('task', len(values))} as proposed (as Start no earlier than)?",
        ),
    )


def _proposed(request: Request) -> tuple[tuple[str, ...], Proposal]:
    """The projects that stand and have a plan, in their order, and the proposal for all of them together."""
    from automation.planning.levelling.proposal import SECONDS, propose  # noqa: PLC0415 - one command waits for it
    from automation.planning.levelling.resources import Job  # noqa: PLC0415 - as above

    found: dict[str, Job] = {}
    for row in request.project.rows.projects:
        plan = request.plans.get(row.project_id or "")
        if plan is None or not plan.network.tasks or not request.case.stands(row.project_id):
            continue
        if row.project_id and row.start_planned is not None:
            work = progressed(plan.network, project_start=row.start_planned, status_date=request.status_date)
            found[row.project_id] = Job(plan.network, work, plan.forecast)
    proposal = propose(
        tuple(found.values()),
        {row.task_id: shares_of(row.resource_use or "") for row in request.project.rows.plan if row.task_id},
        _resources(request),
        priorities=_priorities(request),
        seconds=number_of(request.parameters, "seconds", SECONDS, float),
        iterations=number_of(request.parameters, "iterations", None, int),
        seed=number_of(request.parameters, "seed", 0, int),
    )
    return tuple(found), proposal


def _resources(request: Request) -> dict[str, Resource]:
    from automation.planning.levelling.resources import Resource  # noqa: PLC0415 - as above

    return {
        row.resource_id: Resource(
            row.resource_id, 100 if row.capacity is None else row.capacity, row.available_from, row.available_to
        )
        for row in request.project.rows.resources
        if row.resource_id
    }


def _unlisted(request: Request, projects: Sequence[str]) -> Iterator[Text]:
    """A sentence on resources that tasks use but nobody has listed: how much there is of them is not known."""
    listed = _resources(request)
    unknown: dict[str, list[str]] = {}
    for row in request.project.rows.plan:
        if row.task_id and row.project_id in projects and row.status != CANCELLED:
            for name in shares_of(row.resource_use or ""):
                if name not in listed:
                    unknown.setdefault(name, []).append(row.task_id)
    names = Named({}, {})
    for name, tasks in unknown.items():
        yield Text(
            f"资源 {name} 不在“资源”表中，按可用 100% 计算；任务 {names.some(tasks, '、')}。请补充该资源，或更正“资源投入”。",
            f"Resource {name} is not on the Resources sheet and counts as there in full; tasks {names.some(tasks, ', ')}. Add it "
            "there, or correct the resource use.",
        )


def _priorities(request: Request) -> dict[str, int]:
    text = str(request.parameters.get("priority") or "")
    return {task: round(priority) for task, priority in shares_of(text).items()}


def number_of(parameters: Mapping[str, Any], name: str, default: Any, kind: Callable[[str], Any]) -> Any:
    """A parameter as a number that is not negative; UsageError for anything else."""
    text = parameters.get(name)
    if text is None or text == "":
        return default
    try:
        value = kind(str(text))
    except ValueError:
        value = -1
    if not 0 <= value <= _MOST:
        raise UsageError(
            Text(
                f"--{name} 应为不小于 0 的数字，而不是“{text}”。", f"--{name} takes a number from 0 on, not “{text}”."
            ),
            code="NOT_A_NUMBER",
        )
    return value


_MOST = 1e9


def _lines(request: Request, projects: Sequence[str], proposal: Proposal, *, preview: bool) -> tuple[Text, ...]:
    names = Named(
        {row.resource_id or "": row.name or "" for row in request.project.rows.resources},
        {row.task_id or "": row.name or "" for row in request.project.rows.plan},
    )
    return lines_of(projects, proposal, request.calendar, names, preview=preview)


def figures_of(projects: Sequence[str], proposal: Proposal, calendar: WorkCalendar) -> dict[str, Any]:
    """What it comes to; of the first project by name, of all below ``projects``."""
    of_each: dict[str, Any] = {}
    for name, before, after in zip(projects, proposal.finishes_before, proposal.finishes, strict=True):
        moved = None if before is None or after is None else calendar.days_between(before, after)
        of_each[name] = {"forecast_finish": before, "levelled_finish": after, "levelling_days": moved}
    return {
        "overloaded_days": len(proposal.before),
        "overloaded_resources": len({overload.resource for overload in proposal.before}),
        "overloaded_days_left": len(proposal.after),
        "delayed_tasks": len(proposal.delays),
        **next(iter(of_each.values()), {}),
        "projects": of_each,
    }


def tables_of(proposal: Proposal) -> dict[str, Any]:
    """The proposal's rows for programs."""
    return {
        "overloads": [_overload(one) for one in proposal.before],
        "delays": [
            {
                "task": one.task,
                "days": round(one.days, 2),
                "resource": one.resource,
                "waits_for": list(one.waits_for),
                "start_before": one.start_before,
                "start": one.start,
                "finish": one.finish,
            }
            for one in proposal.delays
        ],
        "overloads_left": [_overload(one) for one in proposal.after],
        "never_fits": [{"task": task, "resource": resource} for task, resource in proposal.homeless],
    }


def _overload(one: Overload) -> dict[str, Any]:
    return {
        "resource": one.resource,
        "day": one.day,
        "load": round(one.load, 2),
        "capacity": one.capacity,
        "tasks": list(one.tasks),
    }


def _plural(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"

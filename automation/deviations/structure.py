"""Rules on how a plan is made: owners, durations, milestones and baseline are there, links make sense.

Not here: dates and progress (``schedule``), a company's own limits on them.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from automation.base.findings import Severity, Text
from automation.base.rules import Problem, Rule
from automation.deviations import wording
from automation.deviations.schedule import finished
from automation.planning.problems import MAXIMUM_DAYS, MAXIMUM_MINUTES, ProblemKind
from automation.planning.tasks import TaskKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from automation.deviations.case import Case
    from automation.model.rows import PlanRow
    from automation.planning.plan import Plan
    from automation.planning.tasks import Task

VARIANTS = {
    ProblemKind.CYCLE: "",
    ProblemKind.UNKNOWN_PREDECESSOR: "unknown",
    ProblemKind.CANCELLED_PREDECESSOR: "cancelled",
    ProblemKind.SUMMARY_START: "summary_start",
    ProblemKind.TOO_LONG: "too_long",
    ProblemKind.DUPLICATE_TASK: "duplicate",
    ProblemKind.NOT_COMPUTED: "not_computed",
}
"""How each problem of a plan is worded, the gravest first; a task with several gets one finding a cell at a time."""


def check_task_complete(case: Case) -> Iterator[Problem]:
    """A task has an owner and a duration, and its phase a milestone.

    What belongs to nobody is done by nobody, and a phase without a milestone has no end that could be checked. A
    phase without a milestone is reported once, at its first task.

    任务应有负责人和工期，所在的阶段应有里程碑。
    没有负责人的事没有人做；没有里程碑的阶段，说不清什么时候算完。缺少里程碑的阶段只报一次，列在该阶段的第一个任务上。

    Passes::

        plan
          task_id | kind      | phase      | owner   | duration
          T-001   | task      | initiation | RES-001 | 1
          T-002   | milestone | initiation | RES-001 | 0

    Fails::

        plan
          task_id | kind      | phase        | owner   | duration
        > T-001   | task      | initiation   |         | 1
        > T-002   | task      | initiation   | RES-001 | 0
          T-003   | milestone | initiation   | RES-001 | 0
        > T-004   | task      | requirements | RES-001 | 4
          T-005   | task      | requirements | RES-001 | 4
    """
    ended = {(row.project_id, row.phase) for row in case.project.rows.plan if _is_milestone(row)}
    for row in case.rows.plan:
        if row.kind not in {"task", "milestone"} or row.status == "cancelled" or not case.stands(row.project_id):
            continue
        empty = ["owner"] if row.owner is None else []
        if row.kind == "task" and not (row.duration or 0) > 0:
            empty.append("duration")
        missing = [name for name in empty if not case.has_error("plan", row.row, name)]
        if missing:
            fields = {
                "value": wording.columns(case, "plan", missing),
                "cell": wording.cells(case, row, sheet="plan", names=missing),
            }
            yield Problem(row, missing[0], owner=row.owner or "", fields=fields)
        place = (row.project_id, row.phase)
        if row.kind == "task" and row.phase is not None and place not in ended:
            ended.add(place)
            fields = {"value": wording.code(case, "plan", "phase", row.phase)}
            yield Problem(row, "phase", value=row.phase, owner=row.owner or "", fields=fields, variant="milestone")


def check_links_make_sense(case: Case) -> Iterator[Problem]:
    """Predecessors form no loop, are in the plan and not cancelled, and every open task leads on to another.

    A plan with a broken link computes dates that mean nothing. A task that nothing waits for can be late without
    moving the last milestone; the last milestone itself and what comes after it need no successor.

    前置任务不应形成循环，应在计划中且未取消；每个未完成的任务都应有后续任务。
    逻辑有错，算出来的日期没有意义。没有后续的任务再怎么拖延，也不影响最后的里程碑。最后的里程碑及其之后的任务不需要后续。

    Passes::

        plan
          task_id | kind      | duration | predecessors
          T-001   | task      | 3        |
          T-002   | task      | 5        | T-001
          T-003   | milestone | 0        | T-002
          T-004   | task      | 5        | T-003

    Fails::

        plan
          task_id | kind      | duration | predecessors | status
        > T-001   | task      | 3        | T-004        | not_started
        > T-002   | task      | 1        |              | not_started
          T-003   | milestone | 0        | T-001        | not_started
          T-004   | task      | 1        |              | cancelled
    """
    judged: dict[tuple[str | None, str | None], list[PlanRow]] = {}
    for one in case.rows.plan:
        judged.setdefault((one.project_id, one.task_id), []).append(one)
    for project, plan in case.plans.items():
        if not case.stands(project):
            continue
        for wrong in _wrong(plan):
            rows = judged.get((project, wrong.task))
            if rows:
                yield from _logic_problem(case, plan, wrong, rows)
        for name, last in _open_ends(plan):
            rows = judged.get((project, name))
            if not rows or finished(rows[0]):
                continue
            row = rows[0]
            if plan.drawn_known:
                yield Problem(row, "task_id", owner=row.owner or "", fields={"other": last}, variant="open_end")
            else:
                case.leave_undated("plan", name)


def check_plan_has_milestones_and_baseline(case: Case) -> Iterator[Problem]:
    """Every phase that has tasks ends in a milestone, and a running project has a schedule baseline.

    Without a baseline no delay can be seen, without milestones none can be shown to the customer.

    有任务的阶段都应有里程碑；进行中的项目应有进度基线。
    没有基线看不出延期，没有里程碑无法向客户说明进展。

    Passes::

        projects
          project_id | status
          PRJ-001    | running
        plan
          task_id | project_id | kind      | phase      | baseline_start | baseline_finish
          T-001   | PRJ-001    | task      | initiation | 2026-06-01     | 2026-06-05
          T-002   | PRJ-001    | milestone | initiation | 2026-06-05     | 2026-06-05

    Fails::

        projects
          project_id | status
        > PRJ-001    | running
        plan
          task_id | project_id | kind      | phase      | baseline_start | baseline_finish
          T-001   | PRJ-001    | task      | initiation |                |
          T-002   | PRJ-001    | milestone | initiation |                |
    """
    for project in case.rows.projects:
        if not case.stands(project.project_id) or project.status == "accepted":
            continue
        rows = [row for row in case.project.rows.plan if row.project_id == project.project_id]
        rows = [row for row in rows if row.status != "cancelled"]
        ended = {row.phase for row in rows if _is_milestone(row)}
        phases = [row.phase for row in rows if row.kind == "task" and row.phase is not None and row.phase not in ended]
        owner = project.project_manager or ""
        if phases:
            fields = {"value": wording.codes(case, "plan", "phase", dict.fromkeys(phases))}
            yield Problem(project, "phase", value=";".join(dict.fromkeys(phases)), owner=owner, fields=fields)
        if project.status == "running" and all(row.baseline_finish is None for row in rows):
            yield Problem(project, "baseline_on", owner=owner, variant="baseline")


def _is_milestone(row: PlanRow) -> bool:
    return row.kind == "milestone" and row.status != "cancelled"


class _Wrong(NamedTuple):
    """What is wrong at a task: ``related`` are the tasks of all its problems of that kind."""

    kind: ProblemKind
    task: str
    related: tuple[str, ...]


def _wrong(plan: Plan) -> Iterator[_Wrong]:
    """What is wrong with links and inputs of tasks: of the kinds that point at one cell the gravest, one a task."""
    seen: set[tuple[str, str]] = set()
    for kind in VARIANTS:
        related: dict[str, list[str]] = {}
        for problem in plan.problems:
            if problem.kind is kind:
                related.setdefault(problem.task, []).extend(problem.related)
        for name, names in related.items():
            place = kind.value if kind in {ProblemKind.TOO_LONG, ProblemKind.DUPLICATE_TASK} else "predecessors"
            if (name, place) not in seen:
                seen.add((name, place))
                yield _Wrong(kind, name, tuple(dict.fromkeys(names)))


def _logic_problem(case: Case, plan: Plan, wrong: _Wrong, rows: list[PlanRow]) -> Iterator[Problem]:
    """The problems of one kind at a task, each at its cell, but for cells that a data check calls wrong for it."""
    kind, row = wrong.kind, rows[0]
    names = ["predecessors"]
    if kind is ProblemKind.DUPLICATE_TASK:
        row, names = rows[-1], ["task_id"]
        twins = (one for one in case.project.rows.plan if one.task_id == wrong.task)
        if any(case.has_error("plan", twin.row, "task_id") for twin in twins):
            return
    elif kind is ProblemKind.TOO_LONG:
        names = _too_long(plan.tasks[wrong.task].task)
    itself = kind is ProblemKind.CYCLE and wrong.related == (wrong.task,)
    said = itself or kind is ProblemKind.UNKNOWN_PREDECESSOR
    way = " → ".join([*wrong.related, *wrong.related[:1]])
    related = Text(way, way) if kind is ProblemKind.CYCLE else wording.listed(wrong.related)
    for name in names:
        if said and case.has_error("plan", row.row, name):
            continue
        value = getattr(row, name)
        fields = {
            "value": value if kind is ProblemKind.TOO_LONG else related,
            "label": case.catalogue.sheets["plan"].column(name).label,
            "expected": MAXIMUM_DAYS,
            "cell": wording.cells(case, row, sheet="plan", names=[name]),
        }
        yield Problem(
            row,
            name,
            value=value,
            threshold=MAXIMUM_DAYS if kind is ProblemKind.TOO_LONG else None,
            severity=Severity.MEDIUM if kind is ProblemKind.NOT_COMPUTED else None,
            owner=row.owner or "",
            fields=fields,
            variant=VARIANTS[kind],
        )


def _too_long(task: Task) -> list[str]:
    """The columns of a task whose days are more than can be computed."""
    days = {"duration": task.duration_minutes, "remaining_days": task.remaining_minutes or 0}
    found = [name for name, minutes in days.items() if minutes > MAXIMUM_MINUTES and task.kind is not TaskKind.SUMMARY]
    if any(abs(link.lag) > MAXIMUM_MINUTES for link in task.links):
        found.append("predecessors")
    return found


def _open_ends(plan: Plan) -> Iterator[tuple[str, str]]:
    """Tasks that nothing waits for although they end before the last milestone, with that milestone.

    While dates of the plan as drawn are unknown, all tasks that nothing waits for, with an empty text.
    """
    milestones = [
        (planned.drawn.finish, number, planned.id)
        for number, planned in enumerate(plan.tasks.values())
        if planned.task.kind is TaskKind.MILESTONE and planned.drawn is not None
    ]
    if not milestones and plan.drawn_known:
        return
    finish, _, last = max(milestones, default=(date.max, 0, ""))
    network = plan.network
    followed = {name for name, planned in plan.tasks.items() if planned.successors}
    below = {network.tasks[place].id for name in followed for place in network.children.get(name, ())}
    for name, planned in plan.tasks.items():
        if planned.task.kind is TaskKind.SUMMARY or name in followed or name in below:
            continue
        if not plan.drawn_known:
            yield name, ""
        elif planned.drawn is not None and name != last and planned.drawn.finish <= finish:
            yield name, last


RULES: tuple[Rule, ...] = (
    Rule(
        "PLN-07",
        check_task_complete,
        "plan",
        Severity.HIGH,
        ("plan.project_id", "plan.kind", "plan.phase", "plan.status"),
        regardless=("plan.owner", "plan.duration"),
    ),
    Rule(
        "PLN-08",
        check_links_make_sense,
        "plan",
        Severity.HIGH,
        ("plan.task_id", "plan.project_id", "plan.kind", "plan.status"),
        regardless=("plan.predecessors",),
    ),
    Rule(
        "PLN-11",
        check_plan_has_milestones_and_baseline,
        "projects",
        Severity.MEDIUM,
        ("projects.project_id", "projects.status"),
        tier="should",
        regardless=("plan.kind", "plan.phase", "plan.baseline_finish"),
    ),
)

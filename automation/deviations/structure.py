"""Rules on how a plan is made: owners, durations, milestones and baseline are there, links make sense.

Not here: dates and progress (``schedule``), a company's own limits on them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Severity, Text
from automation.base.rules import Problem, Rule
from automation.deviations import wording
from automation.deviations.schedule import finished
from automation.planning.problems import ProblemKind
from automation.planning.tasks import TaskKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from automation.deviations.case import Case
    from automation.model.rows import PlanRow
    from automation.planning.plan import Plan

_VARIANTS = {
    ProblemKind.CYCLE: "",
    ProblemKind.UNKNOWN_PREDECESSOR: "unknown",
    ProblemKind.CANCELLED_PREDECESSOR: "cancelled",
}
"""The links that are reported, the gravest first; a task with several kinds gets one finding at a time."""


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
        missing = ["owner"] if row.owner is None else []
        if row.kind == "task" and not (row.duration or 0) > 0:
            missing.append("duration")
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
        > T-001   | task      | 3        | T-009        | not_started
        > T-002   | task      | 1        |              | not_started
        > T-003   | milestone | 0        | T-001;T-004  | not_started
          T-004   | task      | 1        |              | cancelled
    """
    judged = {(row.project_id, row.task_id): row for row in reversed(case.rows.plan)}
    for project, plan in case.plans.items():
        if not case.stands(project):
            continue
        for variant, name, related in _wrong_links(plan):
            row = judged.get((project, name))
            if row is not None:
                cell = wording.cells(case, row, sheet="plan", names=["predecessors"])
                fields: dict[str, object] = {"value": related, "cell": cell}
                value = row.predecessors
                yield Problem(row, "predecessors", value=value, owner=row.owner or "", fields=fields, variant=variant)
        for name, last in _open_ends(plan):
            row = judged.get((project, name))
            if row is not None and not finished(row):
                yield Problem(row, "task_id", owner=row.owner or "", fields={"other": last}, variant="open_end")


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


def _wrong_links(plan: Plan) -> Iterator[tuple[str, str, Text]]:
    """Variant, task and what is wrong with its links, one a task."""
    seen: set[str] = set()
    for kind, variant in _VARIANTS.items():
        related: dict[str, list[str]] = {}
        for problem in plan.problems:
            if problem.kind is kind:
                related.setdefault(problem.task, []).extend(problem.related)
        for name, names in related.items():
            if name in seen:
                continue
            seen.add(name)
            way = " → ".join([*names, names[0]])
            yield variant, name, Text(way, way) if kind is ProblemKind.CYCLE else wording.listed(names)


def _open_ends(plan: Plan) -> Iterator[tuple[str, str]]:
    """Tasks that nothing waits for although they end before the last milestone, with that milestone."""
    milestones = [
        (planned.drawn.finish, number, planned.id)
        for number, planned in enumerate(plan.tasks.values())
        if planned.task.kind is TaskKind.MILESTONE and planned.drawn is not None
    ]
    if not milestones:
        return
    finish, _, last = max(milestones)
    network = plan.network
    followed = {name for name, planned in plan.tasks.items() if planned.successors}
    below = {network.tasks[place].id for name in followed for place in network.children.get(name, ())}
    for name, planned in plan.tasks.items():
        summary = planned.task.kind is TaskKind.SUMMARY
        if summary or planned.drawn is None or name == last or name in followed or name in below:
            continue
        if planned.drawn.finish <= finish:
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

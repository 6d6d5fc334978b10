"""Rules on the health of a plan as a whole: kinds of links, the critical path, two indices.

They join a check only where the setting ``plan_health_in_check`` says so. Sources and formulas stand at the points
(``planning.health``). Not here: what is reported task by task (``plan_health_tasks``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Severity
from automation.base.rules import Problem, Rule
from automation.deviations.plan_health import failed_projects

if TYPE_CHECKING:
    from collections.abc import Iterator

    from automation.deviations.case import Case

INPUTS = ("projects.project_id", "projects.status", "plan.task_id", "plan.project_id", "plan.kind", "plan.status")


def check_most_links_are_finish_to_start(case: Case) -> Iterator[Problem]:
    """Most links are finish to start.

    Other kinds are hard to follow for those who work by the plan.

    大多数关系为“完成-开始”。
    其他关系不易看懂，执行计划的人容易弄错。

    Options: ``health_fs_min``.

    Passes::

        status date 2026-06-12
        projects
          project_id | start_planned
          PRJ-001    | 2026-05-25
        plan
          task_id | predecessors
          T-001   |
          T-002   | T-001FS

    Fails::

        status date 2026-06-12
        projects
          project_id | start_planned
        > PRJ-001    | 2026-05-25
        plan
          task_id | predecessors
          T-001   |
          T-002   | T-001SS
    """
    yield from failed_projects(case, "link_kinds")


def check_critical_path_is_whole(case: Case) -> Iterator[Problem]:
    """A long delay of a critical task delays the end of the project.

    If it does not, the critical path is broken and the forecast finish cannot be relied on.

    关键任务长时间推迟时，项目完成随之推迟。
    否则关键路径已中断，预测完成日期不可靠。

    Passes::

        status date 2026-06-12
        projects
          project_id | start_planned
          PRJ-001    | 2026-05-25
        plan
          task_id | duration | predecessors
          T-001   | 5        |
          T-002   | 5        | T-001

    Fails::

        status date 2026-06-12
        projects
          project_id | start_planned
        > PRJ-001    | 2026-05-25
        plan
          task_id | duration | predecessors | deadline   | constraint_kind       | constraint_date
          T-001   | 5        |              | 2026-06-15 |                       |
          T-002   | 5        |              |            | start_no_earlier_than | 2030-01-07
    """
    yield from failed_projects(case, "critical_path")


def check_path_index(case: Case) -> Iterator[Problem]:
    """The critical path length index is at least the limit.

    Below it, the work that is left can hardly be done by the baseline finish.

    关键路径长度指数不低于下限。
    低于下限时，剩余工作很难按基线完成。

    Options: ``health_index_min``.

    Passes::

        status date 2026-06-12
        projects
          project_id | start_planned
          PRJ-001    | 2026-05-25
        plan
          task_id | duration | baseline_finish
          T-001   | 100      | 2026-10-23

    Fails::

        status date 2026-06-12
        projects
          project_id | start_planned
        > PRJ-001    | 2026-05-25
        plan
          task_id | duration | baseline_finish
          T-001   | 100      | 2026-10-22
    """
    yield from failed_projects(case, "path_index")


def check_execution_index(case: Case) -> Iterator[Problem]:
    """The baseline execution index is at least the limit.

    Below it, fewer tasks are done than were due.

    基线执行指数不低于下限。
    低于下限时，完成的任务少于应完成的任务。

    Options: ``health_index_min``.

    Passes::

        status date 2026-06-12
        projects
          project_id | start_planned
          PRJ-001    | 2026-05-25
        plan
          task_id | baseline_finish | actual_finish | percent_complete
          T-001   | 2026-06-12      | 2026-06-12    | 100
          T-002   | 2026-06-15      |               | 0

    Fails::

        status date 2026-06-12
        projects
          project_id | start_planned
        > PRJ-001    | 2026-05-25
        plan
          task_id | baseline_finish | actual_finish | percent_complete
          T-001   | 2026-06-12      | 2026-06-12    | 100
          T-002   | 2026-06-12      |               | 0
    """
    yield from failed_projects(case, "execution_index")


RULES: tuple[Rule, ...] = (
    Rule(
        "HLT-13",
        check_most_links_are_finish_to_start,
        "projects",
        Severity.LOW,
        INPUTS,
        parameters=("health_fs_min",),
        tier="could",
    ),
    Rule("HLT-14", check_critical_path_is_whole, "projects", Severity.MEDIUM, INPUTS, tier="could"),
    Rule(
        "HLT-15", check_path_index, "projects", Severity.MEDIUM, INPUTS, parameters=("health_index_min",), tier="could"
    ),
    Rule(
        "HLT-16",
        check_execution_index,
        "projects",
        Severity.MEDIUM,
        INPUTS,
        parameters=("health_index_min",),
        tier="could",
    ),
)

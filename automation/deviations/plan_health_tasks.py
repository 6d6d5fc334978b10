"""Rules on the health of a plan, task by task: logic, float, durations, dates, resources.

They join a check only where the setting ``plan_health_in_check`` says so. Sources and formulas stand at the points
(``planning.health``). Not here: the figures of a whole plan (``plan_health_figures``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Severity
from automation.base.rules import Problem, Rule
from automation.deviations.plan_health import failed_tasks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from automation.deviations.case import Case

INPUTS = ("plan.task_id", "plan.project_id", "plan.kind", "plan.status")


def check_tasks_are_linked(case: Case) -> Iterator[Problem]:
    """An open task has a predecessor and a successor, but for the plan's two ends.

    Without them nobody sees what a delay does to the project. Reported once more tasks than the allowed share lack
    one.

    未完成的任务都有前置任务和后续任务，计划的首尾除外。
    缺少关系，就看不出延误会影响什么。缺少关系的任务超过允许占比时提示。

    Options: ``health_share_max``.

    Passes::

        status date 2026-06-12
        plan
          task_id | duration | predecessors
          T-001   | 5        |
          T-002   | 5        | T-001
          T-003   | 5        | T-002

    Fails::

        status date 2026-06-12
        plan
          task_id | duration | predecessors
          T-001   | 5        |
          T-002   | 5        | T-001
        > T-003   | 1        | T-001
    """
    yield from failed_tasks(case, "missing_logic", "predecessors")


def check_links_have_no_lead(case: Case) -> Iterator[Problem]:
    """A link has no negative lag.

    With a lead a task begins before what it waits for, on a date that nobody can tell in advance.

    任务关系的间隔不为负。
    有提前量时，后续任务要在等待的工作完成前开始，届时无从判断何时开工。

    Passes::

        status date 2026-06-12
        plan
          task_id | predecessors
          T-001   |
          T-002   | T-001FS

    Fails::

        status date 2026-06-12
        plan
          task_id | predecessors
          T-001   |
        > T-002   | T-001FS-2
    """
    yield from failed_tasks(case, "leads", "predecessors")


def check_lags_are_short(case: Case) -> Iterator[Problem]:
    """A lag is not longer than the limit.

    A long lag is work or waiting without an owner.

    任务关系的间隔不超过上限。
    过长的间隔往往是无人负责的工作或等待。

    Options: ``health_lag_max``.

    Passes::

        status date 2026-06-12
        plan
          task_id | predecessors
          T-001   |
          T-002   | T-001FS+10

    Fails::

        status date 2026-06-12
        plan
          task_id | predecessors
          T-001   |
        > T-002   | T-001FS+11
    """
    yield from failed_tasks(case, "long_lags", "predecessors", limit=case.settings.number("health_lag_max"))


def check_dates_follow_from_links(case: Case) -> Iterator[Problem]:
    """No date is fixed by a constraint that holds it back.

    Fixed dates hide delays: the plan no longer tells what will happen. Reported once more tasks than the allowed
    share have one.

    任务的日期由关系推算，不用硬约束固定。
    固定的日期会掩盖延误，计划不再反映实际。有硬约束的任务超过允许占比时提示。

    Options: ``health_share_max``.

    Passes::

        status date 2026-06-12
        plan
          task_id | constraint_kind       | constraint_date
          T-001   | start_no_earlier_than | 2026-06-15

    Fails::

        status date 2026-06-12
        plan
          task_id | constraint_kind       | constraint_date
        > T-001   | finish_no_later_than  | 2026-12-31
    """
    yield from failed_tasks(case, "hard_constraints", "constraint_kind")


def check_float_is_plausible(case: Case) -> Iterator[Problem]:
    """No open task has more total float than the limit.

    A lot of float mostly means that a successor is missing. Reported once more tasks than the allowed share have
    it.

    未完成任务的总浮动不超过上限。
    浮动过大，通常是缺少后续任务。浮动过大的任务超过允许占比时提示。

    Options: ``health_share_max``, ``health_float_max``.

    Passes::

        status date 2026-06-12
        plan
          task_id | duration | predecessors
          T-001   | 1        |
          T-002   | 45       |
          T-003   | 1        | T-001, T-002

    Fails::

        status date 2026-06-12
        plan
          task_id | duration | predecessors
        > T-001   | 1        |
          T-002   | 46       |
          T-003   | 1        | T-001, T-002
    """
    yield from failed_tasks(
        case,
        "high_float",
        "predecessors",
        lambda plan, place: plan.days(plan.schedule.total_float[place]),
        limit=case.settings.number("health_float_max"),
    )


def check_float_is_not_negative(case: Case) -> Iterator[Problem]:
    """No open task is later than a deadline or constraint allows.

    As the plan stands, a date that somebody counts on is missed.

    未完成的任务不晚于截止日期或约束所允许的日期。
    按目前的计划，已约定的日期将无法实现。

    Passes::

        status date 2026-06-12
        plan
          task_id | duration | deadline
          T-001   | 5        | 2026-06-19

    Fails::

        status date 2026-06-12
        plan
          task_id | duration | deadline
        > T-001   | 5        | 2026-06-18
    """
    yield from failed_tasks(
        case, "negative_float", "deadline", lambda plan, place: plan.days(plan.schedule.total_float[place])
    )


def check_tasks_are_short(case: Case) -> Iterator[Problem]:
    """No open task takes longer than the limit.

    The progress of a long task is a guess for months. Reported once more tasks than the allowed share are that
    long.

    未完成任务的工期不超过上限。
    任务过长，进度在几个月内都只能靠估计。过长的任务超过允许占比时提示。

    Options: ``health_share_max``, ``health_duration_max``.

    Passes::

        status date 2026-06-12
        plan
          task_id | duration
          T-001   | 44

    Fails::

        status date 2026-06-12
        plan
          task_id | duration
        > T-001   | 45
    """
    yield from failed_tasks(
        case,
        "high_duration",
        "duration",
        lambda plan, place: plan.days(plan.network.tasks[place].duration_minutes),
        limit=case.settings.number("health_duration_max"),
    )


def check_dates_are_possible(case: Case) -> Iterator[Problem]:
    """No actual date lies after the status date.

    What has not happened yet is not actual, and everything computed from it is wrong.

    实际日期不晚于状态日期。
    尚未发生的事不能算实际，由此推算的结果都不可靠。

    Passes::

        status date 2026-06-12
        plan
          task_id | actual_start
          T-001   | 2026-06-12

    Fails::

        status date 2026-06-12
        plan
          task_id | actual_start
        > T-001   | 2026-06-15
    """
    yield from failed_tasks(case, "invalid_dates", "actual_start")


def check_tasks_have_resources(case: Case) -> Iterator[Problem]:
    """An open task has an owner or resources.

    Work that is nobody's is not done.

    未完成的任务有负责人或资源。
    没有人负责的工作不会有人做。

    Passes::

        status date 2026-06-12
        plan
          task_id | owner   | resource_use
          T-001   | RES-001 |
          T-002   |         | RES-002:50

    Fails::

        status date 2026-06-12
        plan
          task_id | owner   | resource_use
          T-001   | RES-001 |
        > T-002   |         |
    """
    yield from failed_tasks(case, "resources", "owner")


def check_both_ends_are_linked(case: Case) -> Iterator[Problem]:
    """A link governs the start of a task, and one waits for its finish.

    Otherwise a longer duration delays nothing, which cannot be true.

    任务的开始由关系决定，任务的完成有其他任务等待。
    否则工期再长也不影响其他任务，与实际不符。

    Passes::

        status date 2026-06-12
        plan
          task_id | predecessors
          T-001   |
          T-002   | T-001SS
          T-003   | T-001, T-002

    Fails::

        status date 2026-06-12
        plan
          task_id | predecessors
        > T-001   |
          T-002   | T-001SS
        > T-003   | T-002FF
    """
    yield from failed_tasks(case, "dangling", "predecessors")


def check_progress_follows_the_logic(case: Case) -> Iterator[Problem]:
    """A task does not go ahead of its predecessors.

    Either the actual dates or the links are wrong, and so is what is computed from them.

    任务的进度不超前于前置任务。
    否则不是实际日期有误，就是关系有误，推算的日期也随之出错。

    Passes::

        status date 2026-06-12
        plan
          task_id | predecessors | actual_start | actual_finish | percent_complete
          T-001   |              | 2026-06-01   | 2026-06-05    | 100
          T-002   | T-001        | 2026-06-05   |               | 50

    Fails::

        status date 2026-06-12
        plan
          task_id | predecessors | actual_start | actual_finish | percent_complete
          T-001   |              | 2026-06-01   | 2026-06-05    | 100
        > T-002   | T-001        | 2026-06-04   |               | 50
        > T-003   | T-002        | 2026-06-11   |               | 10
    """
    yield from failed_tasks(case, "out_of_sequence", "actual_start")


def check_summaries_have_no_links(case: Case) -> Iterator[Problem]:
    """No link leads to or from a phase summary.

    It stands for many links and hides which task really waits.

    阶段汇总任务上没有前后关系。
    这样的关系代替了许多关系，看不出究竟谁在等谁。

    Passes::

        status date 2026-06-12
        plan
          task_id | wbs | kind  | predecessors
          T-001   | 1   | phase |
          T-002   | 1.1 | task  |
          T-003   | 2   | task  | T-002

    Fails::

        status date 2026-06-12
        plan
          task_id | wbs | kind  | predecessors
          T-001   | 1   | phase |
          T-002   | 1.1 | task  |
        > T-003   | 2   | task  | T-001
    """
    yield from failed_tasks(case, "summary_links", "predecessors")


RULES: tuple[Rule, ...] = (
    Rule(
        "HLT-01", check_tasks_are_linked, "plan", Severity.LOW, INPUTS, parameters=("health_share_max",), tier="could"
    ),
    Rule("HLT-02", check_links_have_no_lead, "plan", Severity.LOW, INPUTS, tier="could"),
    Rule("HLT-03", check_lags_are_short, "plan", Severity.LOW, INPUTS, parameters=("health_lag_max",), tier="could"),
    Rule(
        "HLT-04",
        check_dates_follow_from_links,
        "plan",
        Severity.LOW,
        INPUTS,
        parameters=("health_share_max",),
        tier="could",
    ),
    Rule(
        "HLT-05",
        check_float_is_plausible,
        "plan",
        Severity.LOW,
        INPUTS,
        parameters=(
            "health_share_max",
            "health_float_max",
        ),
        tier="could",
    ),
    Rule("HLT-06", check_float_is_not_negative, "plan", Severity.MEDIUM, INPUTS, tier="could"),
    Rule(
        "HLT-07",
        check_tasks_are_short,
        "plan",
        Severity.LOW,
        INPUTS,
        parameters=(
            "health_share_max",
            "health_duration_max",
        ),
        tier="could",
    ),
    Rule("HLT-08", check_dates_are_possible, "plan", Severity.MEDIUM, INPUTS, tier="could"),
    Rule("HLT-09", check_tasks_have_resources, "plan", Severity.LOW, INPUTS, tier="could"),
    Rule("HLT-10", check_both_ends_are_linked, "plan", Severity.LOW, INPUTS, tier="could"),
    Rule("HLT-11", check_progress_follows_the_logic, "plan", Severity.MEDIUM, INPUTS, tier="could"),
    Rule("HLT-12", check_summaries_have_no_links, "plan", Severity.LOW, INPUTS, tier="could"),
)

"""Rules on processes: no bottleneck, steps numbered and controlled, steady, reviewed.

Not here: the figures (``processes``), rules on indicators and people (``indicator_rules``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Severity
from automation.base.rules import Problem, Rule
from automation.deviations import processes, wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from automation.deviations.case import Case
    from automation.deviations.processes import Step

_DEFINED = ("owner", "transition_condition", "input", "output", "exception_handling")


def _steps(case: Case) -> tuple[Step, ...]:
    return processes.steps_measured(case.rows.processes, case.rows.metrics)


def check_no_bottleneck(case: Case) -> Iterator[Problem]:
    """A step's measured mean duration does not exceed its standard by the factor set.

    The step with the highest ratio is the bottleneck of its process. Speeding up any other one changes nothing.

    步骤的实测平均时长不应超过标准时长的规定倍数。
    比值最高的步骤是该流程的瓶颈；改快别的步骤，整体不会变快。

    Options: ``bottleneck_ratio``.

    Passes::

        processes
          step_id  | process_code | step_no | step_name      | standard_hours
          PROC-001 | P-SVC        | 1       | 分配 // Assign | 1
        metrics
          metric_id | scope_kind   | scope_ref | indicator     | period  | actual
          KPI-001   | process_step | PROC-001  | mean_duration | 2026-05 | 1.5

    Fails::

        processes
          step_id  | process_code | step_no | step_name      | standard_hours
        > PROC-001 | P-SVC        | 1       | 分配 // Assign | 1
        > PROC-002 | P-SVC        | 2       | 执行 // Work   | 2
        metrics
          metric_id | scope_kind   | scope_ref | indicator     | period  | actual
          KPI-001   | process_step | PROC-001  | mean_duration | 2026-05 | 2.6
          KPI-002   | process_step | PROC-002  | mean_duration | 2026-05 | 3.2
    """
    limit = case.settings.number("bottleneck_ratio")
    slow = [step for step in _steps(case) if step.ratio is not None and step.ratio > limit + 1e-9]
    worst: dict[str | None, float] = {}
    for step in slow:
        code = step.row.process_code
        worst[code] = max(worst.get(code, 0), step.ratio or 0)
    for step in slow:
        row = step.row
        fields = {
            "title": row.step_name or "",
            "process": row.process_name or row.process_code or "",
            "standard": f"{row.standard_hours:g}" if row.standard_hours is not None else "",
            "ratio": f"{step.ratio:.1f}",
        }
        variant = "" if step.ratio == worst[row.process_code] else "other"
        yield Problem(
            row,
            "standard_hours",
            round(step.hours or 0, 2),
            limit,
            owner=row.owner or "",
            fields=fields,
            variant=variant,
        )


def check_steps_defined(case: Case) -> Iterator[Problem]:
    """A step names owner, condition, input, output and exceptions, and the steps of a process are numbered without gap.

    A finding on the numbers stands on the first step of the process. What is not written down is done differently by
    everybody.

    步骤应写明责任人、流转条件、输入输出和异常处理；同一流程的步骤编号应连续、不重复。
    编号的问题标在该流程的第一步。没写清楚的地方，每个人做法都不一样。

    Passes::

        processes
          step_id  | process_code | step_no | step_name      | owner   | transition_condition | input     | output    | exception_handling
          PROC-001 | P-SVC        | 1       | 受理 // Take   | RES-008 | 填全 // Complete     | 来电 // Call | 单 // Form | 回拨 // Call back
          PROC-002 | P-SVC        | 2       | 分配 // Assign | RES-008 | 已定 // Set          | 单 // Form | 派单 // Job | 升级 // Escalate

    Fails::

        processes
          step_id  | process_code | step_no | step_name      | owner   | transition_condition | input     | output    | exception_handling
        > PROC-001 | P-SVC        | 1       | 受理 // Take   | RES-008 | 填全 // Complete     | 来电 // Call | 单 // Form | 回拨 // Call back
        > PROC-002 | P-SVC        | 3       | 分配 // Assign | RES-008 |                      | 单 // Form | 派单 // Job | 升级 // Escalate
    """
    groups: dict[str, list[Step]] = {}
    for step in _steps(case):
        row = step.row
        groups.setdefault(row.process_code or "", []).append(step)
        missing = [
            name for name in _DEFINED if getattr(row, name) is None and not case.has_error("processes", row.row, name)
        ]
        if missing:
            fields = {"title": row.step_name or "", "missing": wording.columns(case, "processes", missing)}
            yield Problem(row, missing[0], owner=row.owner or "", fields=fields)
    for code, steps in groups.items():
        found = processes.gaps(steps)
        if code and any(found.values()):
            row = steps[0].row
            more = {
                "process": row.process_name or code,
                "missing": wording.listed(map(str, found["missing"])) if found["missing"] else "—",
                "twice": wording.listed(map(str, found["twice"])) if found["twice"] else "—",
            }
            yield Problem(row, "step_no", owner=row.owner or "", fields=more, variant="numbers")


def check_controls_kept(case: Case) -> Iterator[Problem]:
    """A control point has a measure, and is kept to as often as the limit asks.

    A control that is skipped once in ten times is no control.

    控制点应写明控制措施，遵守率不应低于下限。
    十次里跳过一次的控制，等于没有控制。

    Options: ``control_min``.

    Passes::

        processes
          step_id  | process_code | step_no | step_name     | control_point | control_measure
          PROC-001 | P-REQ        | 1       | 签字 // Sign  | yes           | 逐条核对 // Each item
        metrics
          metric_id | scope_kind   | scope_ref | indicator          | period  | actual
          KPI-001   | process_step | PROC-001  | control_compliance | 2026-05 | 95

    Fails::

        processes
          step_id  | process_code | step_no | step_name     | control_point | control_measure
        > PROC-001 | P-REQ        | 1       | 签字 // Sign  | yes           | 逐条核对 // Each item
        > PROC-002 | P-REQ        | 2       | 归档 // File  | yes           |
        metrics
          metric_id | scope_kind   | scope_ref | indicator          | period  | actual
          KPI-001   | process_step | PROC-001  | control_compliance | 2026-05 | 88
    """
    limit = case.settings.number("control_min")
    for step in _steps(case):
        row = step.row
        if row.control_point != "yes":
            continue
        fields = {"title": row.step_name or "", "process": row.process_name or row.process_code or ""}
        if step.compliance is not None and step.compliance < limit:
            yield Problem(row, "control_point", step.compliance, limit, owner=row.owner or "", fields=fields)
        elif row.control_measure is None:
            yield Problem(row, "control_measure", owner=row.owner or "", fields=fields, variant="measure")


def check_steady(case: Case) -> Iterator[Problem]:
    """The standard deviation of a step's duration is not more than the given part of its mean.

    Customers plan with what usually happens; a step that sometimes takes three times as long spoils their plans.

    步骤时长的标准差与均值之比不应超过上限。
    客户按通常的时间安排工作；时快时慢的步骤会打乱他们的计划。

    Options: ``cv_max``.

    Passes::

        processes
          step_id  | process_code | step_no | step_name      | standard_hours
          PROC-001 | P-SVC        | 1       | 分配 // Assign | 1
        metrics
          metric_id | scope_kind   | scope_ref | indicator     | period  | actual
          KPI-001   | process_step | PROC-001  | mean_duration | 2026-05 | 1.0
          KPI-002   | process_step | PROC-001  | sd_duration   | 2026-05 | 0.3

    Fails::

        processes
          step_id  | process_code | step_no | step_name      | standard_hours
        > PROC-001 | P-SVC        | 1       | 分配 // Assign | 1
        metrics
          metric_id | scope_kind   | scope_ref | indicator     | period  | actual
          KPI-001   | process_step | PROC-001  | mean_duration | 2026-05 | 1.0
          KPI-002   | process_step | PROC-001  | sd_duration   | 2026-05 | 0.4
    """
    limit = case.settings.number("cv_max")
    for step in _steps(case):
        if step.variation is not None and step.variation > limit + 1e-9:
            row = step.row
            fields = {"title": row.step_name or "", "process": row.process_name or row.process_code or ""}
            yield Problem(row, "step_id", round(step.variation, 2), limit, owner=row.owner or "", fields=fields)


def check_reviewed(case: Case) -> Iterator[Problem]:
    """A process is reviewed before its cycle ends.

    The cycle is the step's own, else that of the settings; one finding a process stands on its first overdue step. Work
    changes, and what is written down does not change by itself.

    流程应按审查周期审查。
    步骤未填周期的用参数中的天数；每个流程报告一条，标在第一个到期的步骤上。工作在变，文件不会自己跟着变。

    Options: ``process_review_days``.

    Passes::

        status date 2026-06-12
        processes
          step_id  | process_code | step_no | step_name      | last_review | review_cycle
          PROC-001 | P-SVC        | 1       | 分配 // Assign | 2025-12-14  |
          PROC-002 | P-SVC        | 2       | 执行 // Work   |             |

    Fails::

        status date 2026-06-12
        processes
          step_id  | process_code | step_no | step_name      | last_review | review_cycle
        > PROC-001 | P-SVC        | 1       | 分配 // Assign | 2025-12-13  |
          PROC-002 | P-SVC        | 2       | 执行 // Work   | 2025-12-01  |
    """
    overdue: dict[str, list[Step]] = {}
    for step in _steps(case):
        day = processes.next_review(step.row, case.settings)
        if day is not None and day < case.status_date:
            overdue.setdefault(step.row.process_code or "", []).append(step)
    for code, steps in overdue.items():
        row = steps[0].row
        fields = {
            "process": row.process_name or code,
            "date": row.last_review or "",
            "due": processes.next_review(row, case.settings) or "",
            "steps": wording.listed(step.row.step_id or "" for step in steps),
        }
        yield Problem(row, "last_review", value=row.last_review, owner=row.owner or "", fields=fields)


def check_utilisation(case: Case) -> Iterator[Problem]:
    """The utilisation of a step's resources lies inside the band.

    Below it somebody waits, above it everything that comes unexpectedly is late.

    步骤的资源利用率应在上下限之间。
    太低有人闲着，太高一有意外就延误。

    Options: ``util_min``, ``util_max``.

    Passes::

        processes
          step_id  | process_code | step_no | step_name
          PROC-001 | P-SVC        | 1       | 执行 // Work
        metrics
          metric_id | scope_kind   | scope_ref | indicator            | period  | actual
          KPI-001   | process_step | PROC-001  | resource_utilisation | 2026-05 | 90

    Fails::

        processes
          step_id  | process_code | step_no | step_name
        > PROC-001 | P-SVC        | 1       | 执行 // Work
        metrics
          metric_id | scope_kind   | scope_ref | indicator            | period  | actual
          KPI-001   | process_step | PROC-001  | resource_utilisation | 2026-05 | 91
    """
    low, high = case.settings.number("util_min"), case.settings.number("util_max")
    for step in _steps(case):
        value = step.utilisation
        if value is None or low <= value <= high:
            continue
        row = step.row
        fields = {"title": row.step_name or "", "process": row.process_name or row.process_code or "", "other": high}
        if value < low:
            yield Problem(row, "step_id", value, low, owner=row.owner or "", fields=fields)
        else:
            yield Problem(row, "step_id", value, high, owner=row.owner or "", fields=fields, variant="above")


_MEASURED = ("metrics.scope_kind", "metrics.scope_ref", "metrics.indicator", "metrics.period", "metrics.actual")
RULES: tuple[Rule, ...] = (
    Rule(
        "PRC-01",
        check_no_bottleneck,
        "processes",
        Severity.MEDIUM,
        ("processes.standard_hours", "processes.process_code", *_MEASURED),
        ("bottleneck_ratio",),
    ),
    Rule(
        "PRC-02",
        check_steps_defined,
        "processes",
        Severity.MEDIUM,
        ("processes.process_code", "processes.step_no"),
        regardless=tuple(f"processes.{name}" for name in _DEFINED),
    ),
    Rule(
        "PRC-03",
        check_controls_kept,
        "processes",
        Severity.HIGH,
        ("processes.control_point", *_MEASURED),
        ("control_min",),
        regardless=("processes.control_measure",),
    ),
    Rule(
        "PRC-04", check_steady, "processes", Severity.LOW, ("processes.step_id", *_MEASURED), ("cv_max",), tier="should"
    ),
    Rule(
        "PRC-06",
        check_reviewed,
        "processes",
        Severity.LOW,
        ("processes.last_review", "processes.review_cycle", "processes.process_code"),
        ("process_review_days",),
        tier="should",
    ),
    Rule(
        "PRC-07",
        check_utilisation,
        "processes",
        Severity.LOW,
        ("processes.step_id", *_MEASURED),
        ("util_min", "util_max"),
        tier="should",
    ),
)

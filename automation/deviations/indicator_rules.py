"""Rules on indicators: targets met, benchmarks reached, exceptions rare; people judged and rewarded.

Not here: the figures (``indicators``), rules on processes (``process_rules``).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from automation.base.findings import Severity
from automation.base.rules import Problem, Rule
from automation.deviations import indicators, wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from automation.deviations.case import Case
    from automation.model.rows import MetricsRow

_SCORE = "overall_performance_score"
_PERSON = "person"
_APART = frozenset({"sales", _SCORE})
"""Indicators that have rules of their own."""


def _fields(case: Case, row: MetricsRow) -> dict[str, object]:
    return {
        "indicator": wording.code(case, "metrics", "indicator", row.indicator),
        "scope": _scope(case, row),
        "period": row.period or "",
    }


def _scope(case: Case, row: MetricsRow) -> str:
    """The scope of an indicator: the id with its name, where it has one."""
    sheets = {"project": "projects", "customer": "customers", "service": "services", "process_step": "processes"}
    sheet = sheets.get(row.scope_kind or "", "resources" if row.scope_kind == _PERSON else "")
    found = case.find(sheet, row.scope_ref) if sheet else None
    name = getattr(found, "name", None) or getattr(found, "step_name", None) or ""
    return f"{row.scope_ref or ''} {name}".strip()


def check_target_met(case: Case) -> Iterator[Problem]:
    """In its last period an indicator reaches its target at least to the limit.

    Below the limit it is medium, in two periods running high. Sales and the scores of people have rules of their own.

    指标最近一期的达成率不应低于下限(中)，连续两期低于下限为高。
    销售额和个人绩效分另有规则。

    Options: ``kpi_min``.

    Passes::

        metrics
          metric_id | scope_kind | scope_ref | indicator        | period  | target | actual | direction
          KPI-001   | company    | ALL       | first_pass_yield | 2026-05 | 100    | 95     | higher_is_better
          KPI-002   | company    | ALL       | exceptions       | 2026-05 | 0      | 0      | lower_is_better

    Fails::

        metrics
          metric_id | scope_kind | scope_ref | indicator        | period  | target | actual | direction
        > KPI-001   | company    | ALL       | first_pass_yield | 2026-05 | 100    | 94     | higher_is_better
          KPI-002   | company    | ALL       | mean_duration    | 2026-04 | 1      | 1.2    | lower_is_better
        > KPI-003   | company    | ALL       | mean_duration    | 2026-05 | 1      | 1.3    | lower_is_better
    """
    limit = case.settings.number("kpi_min")
    for name, rows in indicators.by_name(case.rows.metrics).items():
        filled = [row for row in rows if row.actual is not None]
        if not filled or name[2] in _APART:
            continue
        reached = [indicators.achievement(row) for row in filled[-2:]]
        last = reached[-1]
        if last is None or last >= limit - 1e-9:
            continue
        running = len(reached) > 1 and reached[0] is not None and reached[0] < limit - 1e-9
        row = filled[-1]
        fields = {**_fields(case, row), "actual": f"{row.actual:g}", "target": f"{row.target:g}"}
        yield Problem(
            row,
            "actual",
            round(last, 1),
            limit,
            severity=Severity.HIGH if running else None,
            owner=row.evaluator or "",
            fields=fields,
            variant="running" if running else "",
        )


def check_benchmark(case: Case) -> Iterator[Problem]:
    """In its last period an indicator does not lie further behind its benchmark than the limit.

    It shows how good one may be, not how good one wished to be.

    指标最近一期落后标杆的比例不应超过上限。
    标杆说明的是能做到多好，而不是想做到多好。

    Options: ``bench_gap``.

    Passes::

        metrics
          metric_id | scope_kind | scope_ref | indicator        | period  | actual | benchmark | direction
          KPI-001   | company    | ALL       | call_answer_rate | 2026-05 | 80     | 100       | higher_is_better

    Fails::

        metrics
          metric_id | scope_kind | scope_ref | indicator        | period  | actual | benchmark | direction
        > KPI-001   | company    | ALL       | call_answer_rate | 2026-05 | 79     | 100       | higher_is_better
    """
    limit = case.settings.number("bench_gap")
    for row in indicators.latest(case.rows.metrics).values():
        gap = indicators.benchmark_gap(row)
        if gap is not None and gap > limit + 1e-9:
            fields = {**_fields(case, row), "actual": f"{row.actual:g}", "benchmark": f"{row.benchmark:g}"}
            yield Problem(row, "benchmark", round(gap, 1), limit, owner=row.evaluator or "", fields=fields)


def check_exceptions(case: Case) -> Iterator[Problem]:
    """In the last period not more than the given share of the runs of a process or step were exceptions.

    The finding stands on the row of the exceptions. When the exception is the rule, the rule is wrong.

    最近一期的异常次数占运行次数的比例不应超过上限。
    结果标在“异常次数”行。异常成了常态，说明流程本身有问题。

    Options: ``exception_max``.

    Passes::

        metrics
          metric_id | scope_kind   | scope_ref | indicator  | period  | actual
          KPI-001   | process_step | PROC-001  | runs       | 2026-05 | 100
          KPI-002   | process_step | PROC-001  | exceptions | 2026-05 | 5

    Fails::

        metrics
          metric_id | scope_kind   | scope_ref | indicator  | period  | actual
          KPI-001   | process_step | PROC-001  | runs       | 2026-05 | 100
        > KPI-002   | process_step | PROC-001  | exceptions | 2026-05 | 6
    """
    limit = case.settings.number("exception_max")
    runs = {
        (row.scope_kind, row.scope_ref, row.period): float(row.actual)
        for row in case.rows.metrics
        if row.indicator == "runs" and row.actual is not None
    }
    for (_, _, indicator), row in indicators.latest(case.rows.metrics).items():
        total = runs.get((row.scope_kind, row.scope_ref, row.period))
        if indicator != "exceptions" or not total or row.actual is None:
            continue
        share = 100 * float(row.actual) / total
        if share > limit + 1e-9:
            fields = {**_fields(case, row), "exceptions": f"{row.actual:g}", "runs": f"{total:g}"}
            yield Problem(row, "actual", round(share, 1), limit, owner=row.evaluator or "", fields=fields)


def check_performance(case: Case) -> Iterator[Problem]:
    """A person's overall score is not below the limit in two periods running.

    Once may be chance; twice is a talk that has to be held.

    个人综合绩效分不应连续两期低于下限。
    一次可能是偶然，两次就该谈一谈了。

    Options: ``perf_min``.

    Passes::

        metrics
          metric_id | scope_kind | scope_ref | indicator                 | period  | actual
          KPI-001   | person     | RES-001   | overall_performance_score | 2026-04 | 69
          KPI-002   | person     | RES-001   | overall_performance_score | 2026-05 | 70

    Fails::

        metrics
          metric_id | scope_kind | scope_ref | indicator                 | period  | actual
          KPI-001   | person     | RES-001   | overall_performance_score | 2026-04 | 69
        > KPI-002   | person     | RES-001   | overall_performance_score | 2026-05 | 69
    """
    limit = case.settings.number("perf_min")
    for name, rows in indicators.by_name(case.rows.metrics).items():
        filled = [row for row in rows if row.actual is not None]
        if name[0] != _PERSON or name[2] != _SCORE or len(filled) <= 1:
            continue
        before, row = filled[-2:]
        if float(before.actual or 0) < limit and float(row.actual or 0) < limit:
            fields = {**_fields(case, row), "previous": f"{before.actual:g}", "before": before.period or ""}
            yield Problem(row, "actual", float(row.actual or 0), limit, owner=row.evaluator or "", fields=fields)


def check_best_rewarded(case: Case) -> Iterator[Problem]:
    """Who is among the best of the last period is rewarded.

    The best are the top share of all persons with a score, at least one. Excellence that nobody notices moves on.

    最近一期绩效排名靠前的人员，应有奖励。
    按全部有绩效分人员的比例取前几名，至少一名。没人看见的优秀，会另找地方。

    Options: ``top_share``.

    Passes::

        metrics
          metric_id | scope_kind | scope_ref | indicator                 | period  | actual | reward
          KPI-001   | person     | RES-001   | overall_performance_score | 2026-05 | 90     | bonus
          KPI-002   | person     | RES-002   | overall_performance_score | 2026-05 | 80     | none

    Fails::

        metrics
          metric_id | scope_kind | scope_ref | indicator                 | period  | actual | reward
        > KPI-001   | person     | RES-001   | overall_performance_score | 2026-05 | 90     | none
          KPI-002   | person     | RES-002   | overall_performance_score | 2026-05 | 80     | none
    """
    share = case.settings.number("top_share")
    scores = [
        row
        for row in case.rows.metrics
        if row.scope_kind == _PERSON and row.indicator == _SCORE and row.actual is not None and row.period
    ]
    if not scores:
        return
    period = max(row.period or "" for row in scores)
    ranked = sorted((row for row in scores if row.period == period), key=lambda row: -float(row.actual or 0))
    best = ranked[: max(1, math.floor(len(ranked) * share / 100 + 1e-9))]
    lowest = float(best[-1].actual or 0)
    for row in ranked:
        if float(row.actual or 0) >= lowest and row.reward in {None, "none"}:
            value = float(row.actual or 0)
            yield Problem(row, "reward", value, share, owner=row.evaluator or "", fields=_fields(case, row))


_NAMED = ("metrics.scope_kind", "metrics.scope_ref", "metrics.indicator", "metrics.period", "metrics.actual")
RULES: tuple[Rule, ...] = (
    Rule(
        "PRC-05",
        check_target_met,
        "metrics",
        Severity.MEDIUM,
        (*_NAMED, "metrics.target", "metrics.direction"),
        ("kpi_min",),
    ),
    Rule(
        "PRC-08",
        check_benchmark,
        "metrics",
        Severity.LOW,
        (*_NAMED, "metrics.benchmark", "metrics.direction"),
        ("bench_gap",),
        tier="could",
    ),
    Rule("PRC-09", check_exceptions, "metrics", Severity.MEDIUM, _NAMED, ("exception_max",), tier="should"),
    Rule("PPL-01", check_performance, "metrics", Severity.LOW, _NAMED, ("perf_min",), tier="should"),
    Rule(
        "PPL-02",
        check_best_rewarded,
        "metrics",
        Severity.REMINDER,
        (*_NAMED, "metrics.reward"),
        ("top_share",),
        tier="could",
    ),
)

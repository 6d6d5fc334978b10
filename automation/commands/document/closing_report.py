"""The closing report with lessons (D23): goals met, results in time, cost and quality, causes, what to keep and change.

Not here: its look (``templates/*/D23.docx``) and the figures (``deviations``, ``planning``).
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from automation.base.findings import Text
from automation.commands.document.amounts import money
from automation.commands.document.charts import cost_chart
from automation.commands.document.frame import frame
from automation.commands.document.plan_rows import milestones, planned, work
from automation.commands.document.source import EMPTY, number, pair
from automation.commands.document.trace import in_scope
from automation.deviations import costs, quality
from automation.deviations.derived import exposure
from automation.deviations.feedback import overall_by_period

if TYPE_CHECKING:
    from automation.commands.document.source import Source
    from automation.model.rows import FeedbackRow, ImprovementsRow

TITLE = Text("项目总结与经验教训", "Closing report and lessons")
_HISTORY = frozenset({"closed", "terminated"})
_PRAISE = frozenset({"praise"})


def closing_report(source: Source) -> dict[str, Any]:
    """The context of D23 for the source's project; while it still runs, an interim summary."""
    actions = _actions(source)
    return {
        **frame(source, "D23", TITLE, signed=False),
        "interim": "" if source.project.status in _HISTORY else "interim",
        "goals": _goals(source),
        "results": _results(source),
        "milestones": milestones(source),
        "causes": _causes(source),
        "changes": _changes(source),
        "risks": _risks(source),
        "satisfaction": _satisfaction(source),
        "praise": [row.content or EMPTY for row in _feedback(source) if row.kind in _PRAISE],
        "roots": _roots(source),
        "successes": _successes(source, actions),
        "lessons": [
            {"id": row.action_id or EMPTY, "title": source.pick(row, "title"), "lesson": row.lesson or EMPTY}
            for row in actions
            if row.lesson
        ],
        "actions": [_action(source, row) for row in actions],
        "charts": {"costs": cost_chart(source)},
    }


def _feedback(source: Source) -> tuple[FeedbackRow, ...]:
    customer = source.project.customer_id
    return tuple(
        row
        for row in source.rows.feedback
        if row.project_id == source.project.project_id
        or (row.project_id is None and customer and row.customer_id == customer)
    )


def _actions(source: Source) -> list[ImprovementsRow]:
    """The project's improvements, and those that came from its meetings, checks and feedback."""
    keys = {row.event_id for row in source.own(source.rows.events)} | {
        row.check_id for row in source.own(source.rows.checks)
    }
    keys |= {row.feedback_id for row in _feedback(source)}
    own = source.project.project_id
    return [
        row for row in source.rows.improvements if row.project_id == own or (row.source_ref and row.source_ref in keys)
    ]


def _goals(source: Source) -> list[dict[str, str]]:
    project = source.project
    measure = project.objective_measure or EMPTY
    target = None if project.objective_target is None else number(float(project.objective_target))
    actual = None if project.objective_actual is None else number(float(project.objective_actual))
    scope = in_scope(source)
    accepted = sum(row.status == "accepted" for row in scope)
    rows = source.own(source.rows.deliverables)
    taken = sum(row.accept_status in {"accepted", "accepted_with_conditions"} for row in rows)
    return [
        pair(source, "项目目标", "Objective", project.objective),
        pair(source, "衡量指标", "Measure", measure),
        pair(source, "目标值", "Target", target),
        pair(source, "实际值", "Actual", actual, otherwise=source.say("尚未测量", "not measured yet")),
        pair(source, "需求验收", "Requirements accepted", f"{accepted} / {len(scope)}"),
        pair(source, "交付物验收", "Deliverables accepted", f"{taken} / {len(rows)}"),
    ]


def _results(source: Source) -> list[dict[str, str]]:
    """Time, cost and quality: agreed, reached, difference."""
    plan = source.plan
    own = source.own(source.rows.costs)
    checks = source.own(source.rows.checks)
    first = quality.first_pass(checks)
    spent, budget = costs.actual(own), source.project.budget_total or costs.planned(own)
    days = plan.slip_days if plan else None
    unit = source.say(" 个工作日", " working days")
    return [
        {
            "item": source.say("完成日", "Finish"),
            "agreed": source.day(plan.baseline_finish if plan else None),
            "reached": source.day(plan.forecast_finish if plan else None),
            "difference": EMPTY if days is None else f"{days:+d}{unit}",
        },
        {
            "item": source.say("成本", "Cost"),
            "agreed": money(source, Decimal(budget)),
            "reached": money(source, spent),
            "difference": _share(spent, Decimal(budget)),
        },
        {
            "item": source.say("检查一次通过率", "First-pass yield"),
            "agreed": EMPTY,
            "reached": EMPTY if first.percent is None else f"{first.percent:.1f}%",
            "difference": EMPTY,
        },
        {
            "item": source.say("未关闭的不合格", "Failures still open"),
            "agreed": "0",
            "reached": str(len(quality.open_failures(checks))),
            "difference": EMPTY,
        },
    ]


def _share(spent: Decimal, budget: Decimal) -> str:
    return f"{float(100 * spent / budget):.1f}%" if budget else EMPTY


def _causes(source: Source) -> list[dict[str, str]]:
    """Where days were lost: tasks late by themselves, by cause."""
    days: Counter[str] = Counter()
    tasks: dict[str, list[str]] = {}
    for row in work(source):
        task = planned(source, row)
        own = task.slip.own if task else None
        if own is not None and own > 0:
            cause = source.label("plan", "delay_reason", row.delay_reason)
            days[cause] += own
            tasks.setdefault(cause, []).append(source.pick(row))
    name = source.say("未填写原因", "no cause given")
    return [
        {"cause": name if cause == EMPTY else cause, "days": str(lost), "tasks": source.joined(tasks[cause])}
        for cause, lost in days.most_common()
    ]


def _changes(source: Source) -> list[dict[str, str]]:
    rows = source.own(source.rows.changes)
    decisions = Counter(row.decision or "pending" for row in rows)
    return [
        {
            "decision": source.label("changes", "decision", code),
            "count": str(count),
            "days": number(sum(float(row.impact_days or 0) for row in rows if (row.decision or "pending") == code)),
            "cost": money(
                source,
                sum((row.impact_cost or Decimal(0) for row in rows if (row.decision or "pending") == code), Decimal(0)),
            ),
        }
        for code, count in decisions.most_common()
    ]


def _risks(source: Source) -> list[dict[str, str]]:
    """The risks that occurred, and the gravest that did not."""
    rows = sorted(source.own(source.rows.risks), key=lambda row: (row.status != "occurred", -(exposure(row) or 0)))
    return [
        {
            "title": source.pick(row, "title"),
            "exposure": number(exposure(row)),
            "status": source.label("risks", "status", row.status),
            "response": "\n".join(source.items(row.response_plan)) or EMPTY,
            "contingency": "\n".join(source.items(row.contingency)) or EMPTY,
        }
        for row in rows[:10]
    ]


def _satisfaction(source: Source) -> list[dict[str, str]]:
    found = overall_by_period(_feedback(source))
    periods: dict[str, list[tuple[float, int]]] = {}
    for by_period in found.values():
        for period, mean in by_period.items():
            periods.setdefault(period, []).append((mean.value, mean.number))
    return [
        {
            "period": source.month(period),
            "score": f"{sum(value * count for value, count in means) / sum(count for _, count in means):.1f}",
            "answers": str(sum(count for _, count in means)),
        }
        for period, means in sorted(periods.items())
    ]


def _roots(source: Source) -> list[dict[str, str]]:
    """Root causes that were found, with what they came from."""
    found = [(row.title or EMPTY, row.root_cause) for row in _actions(source) if row.root_cause]
    found += [((row.content or EMPTY)[:60], row.root_cause) for row in _feedback(source) if row.root_cause]
    return [{"matter": matter, "cause": cause or EMPTY} for matter, cause in found]


def _successes(source: Source, actions: list[ImprovementsRow]) -> list[str]:
    """What worked: improvements whose effect was reached, milestones reached in time."""
    found = [f"{source.pick(row, 'title')}：{row.effect_note or row.expected_effect or ''}".rstrip("：") if source.chinese
             else f"{source.pick(row, 'title')}: {row.effect_note or row.expected_effect or ''}".rstrip(": ")
             for row in actions if row.effect == "achieved"]  # fmt: skip
    for row in work(source):
        task = planned(source, row)
        if row.actual_finish and row.baseline_finish and row.actual_finish < row.baseline_finish and task:
            days = source.request.calendar.days_between(row.actual_finish, row.baseline_finish)
            found.append(
                source.say(
                    f"{source.pick(row)}提前 {days} 个工作日完成。", f"{source.pick(row)}: {days} working days early."
                )
            )
    return found


def _action(source: Source, row: ImprovementsRow) -> dict[str, str]:
    return {
        "id": row.action_id or EMPTY,
        "measure": row.measure or source.pick(row, "title"),
        "owner": source.person(row.owner),
        "due": source.day(row.due),
        "done": source.day(row.done_on),
        "effect": source.label("improvements", "effect", row.effect),
    }

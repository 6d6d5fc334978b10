"""The progress report (D07): where the project stands, what was done, what is behind and why, what comes next.

Not here: its look (``templates/*/D07.docx``), the internal annex on money and load (``progress_annex``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.base.findings import Severity, Text
from automation.commands.dashboard_page import reasons
from automation.commands.document.charts import gantt_chart
from automation.commands.document.frame import frame
from automation.commands.document.plan_rows import (
    PERIOD,
    coming,
    done_lately,
    milestones,
    planned,
    signed,
    slip,
    tasks,
    unfinished,
    work,
)
from automation.commands.document.source import EMPTY, number, pair
from automation.commands.document.trace import UNCONFIRMED, in_scope
from automation.deviations import quality
from automation.deviations.risk_review import review

if TYPE_CHECKING:
    from collections.abc import Iterator

    from automation.commands.document.source import Source
    from automation.model.rows import ChangesRow, EventsRow
    from automation.planning.plan import Plan

TITLE = Text("项目进度报告", "Progress report")
_COLOURS = {
    "red": Text("红灯：有需要立即处理的偏差", "Red: deviations that need action now"),
    "amber": Text("黄灯：有需要关注的偏差", "Amber: deviations to be watched"),
    "green": Text("绿灯：按计划进行", "Green: on plan"),
}
_GRAVE = frozenset({"high", "very_high"})
_DECIDED = frozenset({"approved", "rejected", "deferred"})
_OVER = frozenset({"closed", "verified"})
_FOR_US = "internal"
_HOUSEKEEPING = frozenset({"PLN-06", "PLN-09", "FBK-01", "FBK-02"})
"""Rules on what we write down and answer: they colour the project, but are not what a report tells the customer."""


def progress_report(source: Source) -> dict[str, Any]:
    """The context of D07 for the source's project."""
    return {
        **frame(source, "D07", TITLE, signed=False),
        "period": {"days": PERIOD.days},
        "health": _health(source),
        "summary": _summary(source),
        "done": tasks(source, done_lately(source)),
        "unfinished": tasks(source, unfinished(source)),
        "milestones": milestones(source),
        "problems": list(_problems(source)),
        "risks": _risks(source),
        "changes": [_change(source, row) for row in source.own(source.rows.changes) if row.status not in _OVER],
        "next": tasks(source, coming(source)),
        "events": [_event(source, row) for row in _coming_events(source)],
        "asked": list(_asked_of_customer(source)),
        "charts": {"gantt": gantt_chart(source)},
    }


def _health(source: Source) -> dict[str, Any]:
    """The colour of the project from what the customer may see, and the kinds of deviations behind it."""
    request = source.request
    key = source.project.project_id or ""
    open_ones = [one for one in request.findings if request.is_open(one) and one.severity > Severity.REMINDER]
    found = reasons(request, open_ones).get(key, {"health": "green", "because": {}})
    messages = request.catalogue.rule_messages
    because = [
        source.say(f"{messages[rule].name.zh}（{count} 项）", f"{messages[rule].name.en} ({count})")
        for rule, count in found["because"].items()
        if rule in messages and rule not in _HOUSEKEEPING
    ]
    return {"colour": found["health"], "text": _COLOURS[found["health"]].in_(source.language), "reasons": because}


def _summary(source: Source) -> list[dict[str, str]]:
    plan, project = source.plan, source.project
    rows = [
        pair(source, "报告日期", "Status date", source.day(source.status_date)),
        pair(source, "项目目标", "Objective", project.objective),
    ]
    if plan is not None:
        rows += _plan_facts(source, plan)
    all_work = work(source)
    finished = sum(row.actual_finish is not None for row in all_work)
    rows.append(pair(source, "任务完成数", "Tasks done", f"{finished} / {len(all_work)}"))
    scope = in_scope(source)
    accepted = sum(row.status == "accepted" for row in scope)
    rows.append(pair(source, "已验收需求", "Requirements accepted", f"{accepted} / {len(scope)}"))
    return rows


def _plan_facts(source: Source, plan: Plan) -> list[dict[str, str]]:
    figures = plan.figures
    return [
        pair(source, "实际完成率", "Complete", _percent(figures.percent_complete)),
        pair(source, "计划完成率", "Planned to be complete", _percent(figures.planned_percent)),
        pair(source, "基线完成日", "Agreed finish", source.day(plan.baseline_finish)),
        pair(source, "预测完成日", "Forecast finish", source.day(plan.forecast_finish)),
        pair(source, "与基线相差", "Difference", _days(source, plan.slip_days)),
        pair(source, "合同要求完成日", "Contract deadline", source.day(source.project.finish_deadline)),
    ]


def _percent(value: float | None) -> str:
    return EMPTY if value is None else f"{value:.1f}%"


def _days(source: Source, days: float | None) -> str:
    if days is None:
        return EMPTY
    if not days:
        return source.say("无偏差", "none")
    unit = source.say(" 个工作日", " working day" if abs(days) == 1 else " working days")
    return signed(days) + unit


def _problems(source: Source) -> Iterator[dict[str, str]]:
    """Tasks that are late by themselves with cause and remedy, failed checks, what meetings of the period left open."""
    for row in work(source):
        task = planned(source, row)
        own = task.slip.own if task else None
        if own is None or own <= 0 or (row.actual_finish is not None and not row.delay_reason):
            continue
        if row.actual_finish is not None and row.actual_finish <= source.status_date - PERIOD:
            continue
        why = source.label("plan", "delay_reason", row.delay_reason) if row.delay_reason else ""
        late = source.say(f"比基线晚 {number(own)} 个工作日", f"{number(own)} working days late")
        text = source.say("，原因：", "; cause: ").join(filter(None, (late, why if source.chinese else why.lower())))
        yield _problem(source, source.pick(row), text, row.corrective_action, row.owner)
    for check in quality.open_failures(source.own(source.rows.checks)):
        name = check.standard or check.check_id or EMPTY
        yield _problem(source, name, check.problem or EMPTY, check.resolution, check.rework_owner)
    since = source.status_date - PERIOD
    for event in source.own(source.rows.events):
        if (
            event.problems
            and event.audience != _FOR_US
            and event.held_on
            and since < event.held_on <= source.status_date
        ):
            yield _problem(source, source.pick(event, "subject"), event.problems, event.decisions, event.owner)


def _problem(source: Source, name: str, text: str, solution: str | None, owner: str | None) -> dict[str, str]:
    done = "\n".join(source.items(solution)) or source.say("待定", "to be decided")
    return {"name": name, "text": text, "solution": done, "owner": source.person(owner)}


def _risks(source: Source) -> list[dict[str, str]]:
    """The open risks that are high, gravest first."""
    open_ones = review(source.own(source.rows.risks), source.request.settings, source.status_date)
    found = sorted((one for one in open_ones if one.level in _GRAVE), key=lambda one: -(one.exposure or 0))
    trends = {
        "rising": Text("上升", "rising"),
        "falling": Text("下降", "falling"),
        "unchanged": Text("不变", "unchanged"),
        "new": Text("新增", "new"),
    }
    return [
        {
            "id": one.row.risk_id or EMPTY,
            "title": source.pick(one.row, "title"),
            "level": source.label("risks", "level", one.level),
            "trend": trends[one.trend].in_(source.language),
            "response": "\n".join(source.items(one.row.response_plan)) or source.say("待定", "to be decided"),
            "owner": source.person(one.row.owner),
        }
        for one in found
    ]


def _change(source: Source, row: ChangesRow) -> dict[str, str]:
    return {
        "id": row.change_id or EMPTY,
        "title": source.pick(row, "title"),
        "impact": _days(source, row.impact_days),
        "decision": source.label("changes", "decision", row.decision),
        "status": source.label("changes", "status", row.status),
    }


def _coming_events(source: Source) -> list[EventsRow]:
    until = source.status_date + PERIOD
    rows = [
        row
        for row in source.own(source.rows.events)
        if row.audience != _FOR_US
        and row.status == "planned"
        and row.planned_on
        and source.status_date < row.planned_on <= until
    ]
    return sorted(rows, key=lambda row: row.planned_on or until)


def _event(source: Source, row: EventsRow) -> dict[str, str]:
    return {
        "date": source.day(row.planned_on),
        "subject": source.pick(row, "subject"),
        "kind": source.label("events", "kind", row.kind),
        "owner": source.person(row.owner),
    }


def _asked_of_customer(source: Source) -> Iterator[str]:
    """What waits for the customer: decisions, confirmations, acceptance, and tasks that are late on the customer's side."""
    waiting = [row for row in source.own(source.rows.changes) if row.decision not in _DECIDED and row.communicated_on]
    for row in waiting:
        title = source.pick(row, "title")
        yield source.say(
            f"请对变更 {row.change_id}“{title}”作出决定（{source.day(row.communicated_on)}已沟通）。",
            f"Please decide on change {row.change_id} “{title}” (discussed on {source.day(row.communicated_on)}).",
        )
    names = [row.req_id or EMPTY for row in in_scope(source) if row.status in UNCONFIRMED]
    if names:
        listed = source.joined(names)
        yield source.say(f"请确认需求：{listed}。", f"Please confirm these requirements: {listed}.")
    for row in source.own(source.rows.deliverables):
        if row.accept_status == "submitted":
            name, day = source.pick(row), source.day(row.delivered_on)
            yield source.say(f"请验收“{name}”（{day}已提交）。", f"Please accept “{name}” (handed over on {day}).")
    for row in unfinished(source):
        if row.delay_reason == "customer" and (slip(source, row) or 0) > 0:
            name = source.pick(row)
            yield source.say(f"请协助推进“{name}”。", f"Please help to move “{name}” on.")

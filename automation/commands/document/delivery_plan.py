"""The delivery plan (D06): goal and scope, deliverables, timetable, people, risks, quality, communication, changes.

Not here: its look (``templates/*/D06.docx``) and the computing of the plan (``planning``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.base.findings import Text
from automation.commands.document.charts import gantt_chart
from automation.commands.document.frame import frame
from automation.commands.document.plan_rows import agreed, milestones, phases, work
from automation.commands.document.source import EMPTY, number, pair
from automation.deviations.derived import exposure, risk_level
from automation.model.spelling import ids_of

if TYPE_CHECKING:
    from automation.commands.document.source import Source
    from automation.model.rows import ChecksRow, EventsRow, PlanRow

TITLE = Text("项目交付计划书", "Delivery plan")
_FOR_US = "internal"
_ONCE = frozenset({None, "once"})


def delivery_plan(source: Source) -> dict[str, Any]:
    """The context of D06 for the source's project."""
    return {
        **frame(source, "D06", TITLE),
        "goals": _goals(source),
        "scope": {
            "included": source.items(source.project.scope_in),
            "excluded": source.items(source.project.scope_out),
            "constraints": source.items(source.project.constraints),
        },
        "deliverables": _deliverables(source),
        "phases": phases(source),
        "milestones": milestones(source),
        "tasks": [_task(source, row) for row in work(source)],
        "team": _team(source),
        "risks": _risks(source),
        "quality": source.items(source.project.quality_goal),
        "checks": [_check(source, row) for row in source.own(source.rows.checks) if row.recheck_of is None],
        "routine": [_event(source, row) for row in _routine(source)],
        "events": [_event(source, row) for row in _single(source)],
        "contacts": _contacts(source),
        "charts": {"gantt": gantt_chart(source)},
    }


def _goals(source: Source) -> list[dict[str, str]]:
    project = source.project
    measure = None
    if project.objective_measure and project.objective_target is not None:
        measure = source.say("：", ": ").join((project.objective_measure, number(project.objective_target)))
    plan = source.plan
    return [
        pair(source, "项目目标", "Objective", project.objective),
        pair(source, "衡量指标与目标值", "Measure and target", measure),
        pair(source, "计划开始", "Planned start", source.day(project.start_planned)),
        pair(
            source, "计划完成（基线）", "Planned finish (baseline)", source.day(plan.baseline_finish if plan else None)
        ),
        pair(source, "合同要求完成日", "Contract deadline", source.day(project.finish_deadline)),
    ]


def _deliverables(source: Source) -> list[dict[str, str]]:
    names = {row.task_id: source.pick(row) for row in source.own(source.rows.plan)}
    return [
        {
            "id": row.deliverable_id or EMPTY,
            "name": source.pick(row),
            "quantity": f"{number(row.quantity)} {row.unit or ''}".strip(),
            "standard": row.standard or EMPTY,
            "milestone": names.get(row.milestone) or EMPTY,
            "due": source.day(row.due),
        }
        for row in source.own(source.rows.deliverables)
    ]


def _task(source: Source, row: PlanRow) -> dict[str, str]:
    first, last = agreed(source, row)
    return {
        "id": row.task_id or EMPTY,
        "phase": source.label("plan", "phase", row.phase),
        "name": source.pick(row),
        "owner": source.person(row.owner),
        "duration": number(None if row.duration is None else float(row.duration)),
        "start": source.day(first),
        "finish": source.day(last),
    }


def _team(source: Source) -> list[dict[str, str]]:
    """Who works on it: the manager first, then everybody with a task, with how many."""
    rows = work(source)
    keys = [source.project.project_manager, *(row.owner for row in rows)]
    found = []
    for key in dict.fromkeys(keys):
        person = source.people.get(key)
        if person is None:
            continue
        own = [row for row in rows if row.owner == key]
        named = source.say("、", "; ").join(source.pick(row) for row in own[:3])
        more = source.say(f" 等 {len(own)} 项", f" and {len(own) - 3} more") if len(own) > 3 else ""  # noqa: PLR2004
        found.append(
            {
                "name": person.name or EMPTY,
                "role": source.label("resources", "role", person.role),
                "tasks": named + more or EMPTY,
                "mail": person.email or EMPTY,
            }
        )
    return found


def _risks(source: Source) -> list[dict[str, str]]:
    """The risks that are open, gravest first, with response and fallback."""
    settings = source.request.settings
    rows = [row for row in source.own(source.rows.risks) if row.status != "closed"]
    rows.sort(key=lambda row: -(exposure(row) or 0))
    return [
        {
            "title": source.pick(row, "title"),
            "level": source.label("risks", "level", risk_level(exposure(row), settings)),
            "response": "\n".join(source.items(row.response_plan)) or source.say("待定", "to be decided"),
            "contingency": "\n".join(source.items(row.contingency)) or EMPTY,
            "owner": source.person(row.owner),
        }
        for row in rows
    ]


def _check(source: Source, row: ChecksRow) -> dict[str, str]:
    about = next(filter(None, (row.req_id, row.deliverable_id, row.task_id, row.step_id)), EMPTY)
    return {
        "id": row.check_id or EMPTY,
        "kind": source.label("checks", "kind", row.kind),
        "about": about,
        "standard": row.standard or EMPTY,
        "planned": source.day(row.planned_on),
        "executor": source.person(row.executor),
    }


def _own_events(source: Source) -> list[EventsRow]:
    return [row for row in source.own(source.rows.events) if row.audience != _FOR_US and row.status != "cancelled"]


def _routine(source: Source) -> list[EventsRow]:
    """Recurring meetings and reports, each kind and frequency once: the latest row of it."""
    found: dict[tuple[str | None, str | None], EventsRow] = {}
    for row in _own_events(source):
        if row.frequency not in _ONCE:
            found[row.kind, row.frequency] = row
    return list(found.values())


def _single(source: Source) -> list[EventsRow]:
    """Single meetings that are still planned."""
    rows = [row for row in _own_events(source) if row.frequency in _ONCE and row.held_on is None and row.planned_on]
    return sorted(rows, key=lambda row: row.planned_on or source.status_date)


def _event(source: Source, row: EventsRow) -> dict[str, str]:
    people = row.participants
    names = ids_of(people) if isinstance(people, str) else tuple(people or ())
    guests = [source.contacts[name].name or name for name in names if name in source.contacts]
    return {
        "kind": source.label("events", "kind", row.kind),
        "subject": source.pick(row, "subject"),
        "frequency": source.label("events", "frequency", row.frequency),
        "channel": source.label("events", "channel", row.channel),
        "date": source.day(row.planned_on),
        "owner": source.person(row.owner),
        "guests": source.joined(guests),
    }


def _contacts(source: Source) -> list[dict[str, str]]:
    """Whom to turn to on the customer's side."""
    customer = source.customer.customer_id if source.customer else None
    return [
        {
            "name": row.name or EMPTY,
            "title": row.title or EMPTY,
            "role": source.label("contacts", "role", row.role),
            "channel": source.label("contacts", "preferred_channel", row.preferred_channel),
            "mail": row.email or EMPTY,
        }
        for row in source.rows.contacts
        if customer and row.customer_id == customer and row.active != "no"
    ]

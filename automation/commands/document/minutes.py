"""Minutes of a meeting (D18): who met, what was said, decided and left open, who does what by when.

Not here: its look (``templates/*/D18.docx``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.base.findings import Text
from automation.commands.document.frame import frame
from automation.commands.document.source import EMPTY, pair
from automation.model.spelling import ids_of

if TYPE_CHECKING:
    from automation.commands.document.source import Source
    from automation.model.rows import EventsRow, ImprovementsRow

TITLE = Text("会议纪要", "Minutes")
_OVER = frozenset({"evaluated", "standardised", "rejected"})


def minutes(source: Source) -> dict[str, Any]:
    """The context of D18 for the source's event."""
    event: EventsRow = source.subject
    return {
        **frame(source, "D18", TITLE, signed=False),
        "facts": [*_facts(source, event), *_about(source, event)],
        "progress": source.items(event.minutes),
        "problems": source.items(event.problems),
        "decisions": source.items(event.decisions),
        "actions": [_action(source, row) for row in _actions(source, event)],
    }


def _facts(source: Source, event: EventsRow) -> list[dict[str, str]]:
    held = event.held_on or event.planned_on
    state = "" if event.held_on else source.say("（计划）", " (planned)")
    return [
        pair(source, "主题", "Subject", event.subject),
        pair(source, "类型", "Kind", source.label("events", "kind", event.kind)),
        pair(source, "时间", "Date", f"{source.day(held)}{state}" if held else None),
        pair(source, "方式", "Channel", source.label("events", "channel", event.channel)),
        pair(source, "主持", "Chair", source.person(event.owner)),
        pair(source, "我方参加人", "Present for us", source.joined(_people(source, event))),
        pair(source, "客户方参加人", "Present for the customer", source.joined(_guests(source, event))),
    ]


def _names(event: EventsRow) -> tuple[str, ...]:
    found = event.participants
    return tuple(ids_of(found)) if isinstance(found, str) else tuple(found or ())


def _people(source: Source, event: EventsRow) -> list[str]:
    return [source.person(name) for name in _names(event) if name in source.people]


def _guests(source: Source, event: EventsRow) -> list[str]:
    return [source.contact(name, title=True) for name in _names(event) if name in source.contacts]


def _actions(source: Source, event: EventsRow) -> list[ImprovementsRow]:
    """Actions that came out of the event, by their source."""
    key = event.event_id
    return [row for row in source.rows.improvements if key and key in (row.source_ref or "")]


def _action(source: Source, row: ImprovementsRow) -> dict[str, str]:
    late = row.due is not None and row.due < source.status_date and row.done_on is None and row.funnel not in _OVER
    return {
        "id": row.action_id or EMPTY,
        "text": row.measure or row.title or EMPTY,
        "owner": source.person(row.owner),
        "due": source.day(row.due),
        "late": "late" if late else "",
        "state": source.day(row.done_on) if row.done_on else source.say("进行中", "open"),
    }


def _about(source: Source, event: EventsRow) -> list[dict[str, str]]:
    """The change, request or task that the meeting was about."""
    known = (
        ("changes", event.change_id, "变更", "Change", "title"),
        ("requests", event.request_id, "服务请求", "Service request", "subject"),
        ("plan", event.task_id, "任务", "Task", "name"),
    )
    found = []
    for sheet, key, zh, en, column in known:
        row = source.request.project.table(sheet).by_key.get(key or "")
        if row is not None:
            name = source.pick(row, column) if hasattr(row, column) else EMPTY
            found.append(pair(source, zh, en, key if name == EMPTY else f"{key} {name}"))
    return found

"""The training plan and record (D25): what is planned, who came, how they did, what it changed.

Not here: its look (``templates/*/D25.docx``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.base.findings import Text
from automation.commands.document.frame import frame
from automation.commands.document.source import EMPTY, number, pair
from automation.model.spelling import ids_of

if TYPE_CHECKING:
    from automation.commands.document.source import Source
    from automation.model.rows import EventsRow

TITLE = Text("培训计划与记录", "Training plan and record")
KINDS = frozenset({"staff_training", "customer_training"})


def training_record(source: Source) -> dict[str, Any]:
    """The context of D25 for the source's project: its trainings, and those that belong to no project."""
    project = source.project.project_id
    rows = [
        row
        for row in source.rows.events
        if row.kind in KINDS and row.project_id in {None, project} and row.status != "cancelled"
    ]
    held = [row for row in rows if row.held_on is not None]
    return {
        **frame(source, "D25", TITLE, signed=False),
        "summary": _summary(source, rows, held),
        "planned": [_planned(source, row) for row in rows if row.held_on is None],
        "held": [_held(source, row) for row in held],
        "people": _people(source, held),
    }


def _names(row: EventsRow) -> tuple[str, ...]:
    found = row.participants
    return tuple(ids_of(found)) if isinstance(found, str) else tuple(found or ())


def _called(source: Source, name: str) -> str:
    return source.contact(name) if name in source.contacts else source.person(name)


def _summary(source: Source, rows: list[EventsRow], held: list[EventsRow]) -> list[dict[str, str]]:
    scores = [float(row.score) for row in held if row.score is not None]
    return [
        pair(source, "培训总数", "Trainings", str(len(rows))),
        pair(source, "已举行", "Held", str(len(held))),
        pair(source, "参加人次", "Attendances", str(sum(len(_names(row)) for row in held))),
        pair(source, "平均考核成绩", "Mean score", f"{sum(scores) / len(scores):.1f}" if scores else None),
    ]


def _planned(source: Source, row: EventsRow) -> dict[str, str]:
    late = row.planned_on is not None and row.planned_on < source.status_date
    return {
        "subject": source.pick(row, "subject"),
        "kind": source.label("events", "kind", row.kind),
        "date": source.day(row.planned_on),
        "late": "late" if late else "",
        "owner": source.person(row.owner),
        "people": source.joined(_called(source, name) for name in _names(row)),
    }


def _held(source: Source, row: EventsRow) -> dict[str, str]:
    return {
        "subject": source.pick(row, "subject"),
        "date": source.day(row.held_on),
        "owner": source.person(row.owner),
        "people": str(len(_names(row))),
        "content": "\n".join(source.items(row.minutes)) or EMPTY,
        "score": EMPTY if row.score is None else number(float(row.score)),
        "effect": row.effect or source.say("未评估", "not evaluated"),
    }


def _people(source: Source, held: list[EventsRow]) -> list[dict[str, str]]:
    """Who attended what, by person."""
    found: dict[str, list[str]] = {}
    for row in held:
        for name in _names(row):
            found.setdefault(name, []).append(source.pick(row, "subject"))
    return [
        {"name": _called(source, name), "count": str(len(subjects)), "subjects": source.joined(subjects)}
        for name, subjects in found.items()
    ]

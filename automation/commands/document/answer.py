"""The answer to a customer's feedback (D17): what was said, the cause, what we did and do, thanks or apology.

Not here: its look (``templates/*/D17.docx``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.base.findings import Text
from automation.commands.document.frame import frame
from automation.commands.document.source import EMPTY

if TYPE_CHECKING:
    from automation.commands.document.source import Source
    from automation.model.rows import FeedbackRow, ImprovementsRow

TITLE = Text("反馈答复函", "Our answer to your feedback")
_TONES = {"complaint": "apology", "praise": "thanks", "suggestion": "suggestion", "process_suggestion": "suggestion"}
"""How a letter speaks by the kind of feedback; other kinds are plain answers."""


def answer(source: Source) -> dict[str, Any]:
    """The context of D17 for the source's feedback. Unanswered feedback gives a draft."""
    row: FeedbackRow = source.subject
    action = _action(source, row)
    return {
        **frame(source, "D17", TITLE, signed=False),
        "tone": _TONES.get(row.kind or "", "plain"),
        "received": source.day(row.received_on),
        "channel": source.label("feedback", "channel", row.channel),
        "content": (row.content or EMPTY).rstrip("。."),
        "cause": row.root_cause or "",
        "reply": source.items(row.reply),
        "measure": _measure(source, action),
        "due": source.day(action.due) if action and action.done_on is None and action.due else "",
        "done": source.day(action.done_on) if action and action.done_on else "",
        "requirement": _requirement(source, row),
        "contact": _contact(source, row),
    }


def unanswered(row: FeedbackRow) -> Text | None:
    """Why only a draft may be made of a feedback."""
    if row.reply:
        return None
    return Text(
        "这条反馈还没有填写“答复内容”，答复函标为草稿。",
        "This feedback has no reply yet, so the letter is marked as a draft.",
    )


def _action(source: Source, row: FeedbackRow) -> ImprovementsRow | None:
    key = row.action_id
    return next((one for one in source.rows.improvements if key and one.action_id == key), None)


def _measure(source: Source, action: ImprovementsRow | None) -> list[str]:
    return source.items(action.measure) if action else []


def _requirement(source: Source, row: FeedbackRow) -> str:
    found = source.request.project.table("requirements").by_key.get(row.req_id or "")
    return "" if found is None else f"{found.req_id} {source.pick(found, 'title')}"


def _contact(source: Source, row: FeedbackRow) -> dict[str, str]:
    person = source.people.get(row.owner)
    return {
        "name": source.person(row.owner) if row.owner else source.person(source.responsible),
        "mail": (person.email if person else None) or "",
    }

"""The declaration of a need for process optimisation (D29): who, which process, what is wrong, why, what is hoped for.

Not here: its look (``templates/*/D29.docx``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.base.findings import Text
from automation.commands.document.frame import frame
from automation.commands.document.source import EMPTY, number, pair

if TYPE_CHECKING:
    from automation.commands.document.source import Source
    from automation.model.rows import ImprovementsRow

TITLE = Text("流程优化需求申报表", "Process-optimisation need")
TICKED, UNTICKED = "☑", "☐"


def declaration(source: Source) -> dict[str, Any]:
    """The context of D29 for the source's improvement."""
    row: ImprovementsRow = source.subject
    return {
        **frame(source, "D29", TITLE, signed=False),
        "facts": _facts(source, row),
        "problem": source.items(row.description),
        "cause": source.items(row.root_cause),
        "drivers": _boxes(source, "driver", row.driver),
        "rating": _rating(source, row),
        "expected": source.items(row.expected_effect),
        "measure": source.items(row.measure),
        "stages": _boxes(source, "funnel", row.funnel),
        "result": [
            pair(source, "效果", "Effect", source.label("improvements", "effect", row.effect)),
            pair(source, "效果说明", "Remarks", row.effect_note),
        ],
    }


def _facts(source: Source, row: ImprovementsRow) -> list[dict[str, str]]:
    step = source.request.project.table("processes").by_key.get(row.step_id or "")
    process = (
        None if step is None else f"{step.process_name or step.process_code} · {step.step_name or ''}".rstrip(" ·")
    )
    owner = step.owner if step is not None else row.process_owner
    return [
        pair(source, "需求编号", "Need", row.action_id),
        pair(source, "需求名称", "Title", source.pick(row, "title")),
        pair(source, "申报人", "Declared by", source.person(row.owner)),
        pair(source, "申报日期", "Declared on", source.day(row.raised_on)),
        pair(source, "流程与步骤", "Process and step", process or row.step_id),
        pair(source, "流程责任人", "Process owner", source.person(row.process_owner or owner)),
        pair(source, "来源", "Source", source.label("improvements", "need_source", row.need_source)),
        pair(source, "来源编号", "Source row", row.source_ref),
    ]


def _boxes(source: Source, column: str, code: str | None) -> list[dict[str, str]]:
    listed = source.catalogue.sheets["improvements"].column(column).list
    return [
        {"box": TICKED if value.code == code else UNTICKED, "text": value.label.in_(source.language)}
        for value in source.catalogue.lists[listed or ""].values
    ]


def _rating(source: Source, row: ImprovementsRow) -> list[dict[str, str]]:
    score = None if row.importance is None or row.urgency is None else row.importance * row.urgency
    return [
        pair(source, "重要性（1 至 5）", "Importance (1 to 5)", number(row.importance)),
        pair(source, "紧迫性（1 至 5）", "Urgency (1 to 5)", number(row.urgency)),
        pair(source, "优先分", "Score", EMPTY if score is None else number(score)),
    ]

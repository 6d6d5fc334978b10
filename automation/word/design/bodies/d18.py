"""The body of the template of minutes.

Not here: title and facts (``layouts``) and the values (``commands.document.minutes``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.word.design.blocks import bullets, cell, facts, heading, paragraph, table

if TYPE_CHECKING:
    from automation.base.findings import Language


def body(language: Language) -> str:
    """Meeting, progress, problems, decisions and actions, as XML text."""
    actions = Text("行动项", "Actions")
    cells = [
        cell(Text("编号", "ID"), 1150, "{{ row.id }}", language),
        cell(Text("行动", "Action"), (3398, 3848), "{{ row.text }}", language),
        cell(Text("负责人", "Owner"), (1150, 1300), "{{ row.owner }}", language),
        cell(Text("期限", "Due"), (1800, 1500), "{{ row.due }}", language, alert="row.late"),
        cell(Text("完成情况", "State"), (1800, 1500), "{{ row.state }}", language),
    ]
    note = Text(
        "对本纪要如有异议，请在收到后三个工作日内提出；逾期视为同意。",
        "Please tell us within three working days of receipt if you see anything differently; otherwise these minutes stand.",
    )
    return (
        heading(1, Text("会议信息", "Meeting"), language)
        + facts(Text("会议信息", "Meeting"), "row in facts", language)
        + heading(1, Text("进展与讨论", "Progress and discussion"), language)
        + bullets("progress", language)
        + heading(1, Text("问题", "Problems"), language)
        + bullets("problems", language)
        + heading(1, Text("决定", "Decisions"), language)
        + bullets("decisions", language)
        + heading(1, actions, language)
        + table(actions, cells, language, loop="row in actions", numbered=False)
        + paragraph(note.in_(language), "TableNote")
    )

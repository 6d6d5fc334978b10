"""The body of the template of the training plan and record.

Not here: title and facts (``layouts``) and the values (``commands.document.training``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.word.design.blocks import cell, facts, heading, listing_of, table

if TYPE_CHECKING:
    from automation.base.findings import Language


def body(language: Language) -> str:
    """Figures, plan, record and attendance as XML text."""
    return _figures(language) + _plan(language) + _record(language) + _people(language)


def _figures(language: Language) -> str:
    title = Text("概况", "Overview")
    return heading(1, title, language) + facts(title, "row in summary", language)


def _plan(language: Language) -> str:
    title = Text("培训计划", "Planned")
    cells = [
        cell(Text("主题", "Subject"), 2698, "{{ row.subject }}", language),
        cell(Text("类型", "Kind"), 1200, "{{ row.kind }}", language),
        cell(Text("计划日期", "Planned"), (1800, 1600), "{{ row.date }}", language, alert="row.late"),
        cell(Text("负责人", "Owner"), (1000, 1200), "{{ row.owner }}", language),
        cell(Text("参加人", "Participants"), 2600, "{{ row.people }}", language),
    ]
    return heading(1, title, language) + table(title, cells, language, loop="row in planned", numbered=False)


def _record(language: Language) -> str:
    title = Text("培训记录", "Held")
    cells = [
        cell(Text("主题", "Subject"), (1898, 1698), "{{ row.subject }}", language),
        cell(Text("日期", "Date"), (1700, 1400), "{{ row.date }}", language),
        cell(Text("讲师", "Trainer"), (900, 1100), "{{ row.owner }}", language),
        cell(Text("人数", "People"), (700, 900), "{{ row.people }}", language),
        cell(Text("内容", "Content"), 1900, "{{ row.content }}", language),
        cell(Text("成绩", "Score"), (700, 800), "{{ row.score }}", language),
        cell(Text("效果", "Effect"), 1500, "{{ row.effect }}", language),
    ]
    return heading(1, title, language) + table(title, cells, language, loop="row in held", numbered=False)


def _people(language: Language) -> str:
    title = Text("出席情况", "Attendance")
    return heading(1, title, language) + listing_of(
        title,
        language,
        loop="row in people",
        columns=(
            (Text("姓名", "Name"), 1800, "row.name"),
            (Text("次数", "Times"), 1000, "row.count"),
            (Text("培训", "Trainings"), 6498, "row.subjects"),
        ),
    )

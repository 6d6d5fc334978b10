"""The body of the template of the satisfaction analysis.

Not here: cover and contents (``layouts``) and the values (``commands.document.survey``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.word.design.blocks import cell, facts, heading, listing_of, picture, table

if TYPE_CHECKING:
    from automation.base.findings import Language

_FIRST = "<w:pageBreakBefore/>"


def body(language: Language) -> str:
    """Scores, distribution, dimensions, touchpoints, voices, causes and improvements as XML text."""
    return _summary(language) + _means(language) + _voices(language) + _causes(language)


def _summary(language: Language) -> str:
    title, periods, spread = Text("概况", "Overview"), Text("各期得分", "By period"), Text("得分分布", "Distribution")
    cells = [
        cell(Text("期间", "Period"), 2598, "{{ row.period }}", language),
        cell(Text("总体满意度", "Overall"), 2300, "{{ row.score }}", language, alert="row.low"),
        cell(Text("变化", "Change"), 2200, "{{ row.change }}", language),
        cell(Text("评分数", "Answers"), 2200, "{{ row.answers }}", language),
    ]
    return (
        heading(1, title, language, properties=_FIRST)
        + facts(title, "row in summary", language, numbered=True)
        + heading(2, periods, language)
        + table(periods, cells, language, loop="row in periods")
        + picture("satisfaction", Text("满意度趋势", "Satisfaction over time"), language)
        + heading(2, spread, language)
        + listing_of(
            spread,
            language,
            loop="row in distribution",
            numbered=True,
            columns=((Text("得分", "Score"), 4649, "row.score"), (Text("次数", "Number"), 4649, "row.count")),
        )
    )


def _means(language: Language) -> str:
    def means(title: Text, loop: str) -> str:
        cells = [
            cell(title, 4698, "{{ row.name }}", language),
            cell(Text("平均得分", "Mean"), 2300, "{{ row.score }}", language, alert="row.low"),
            cell(Text("评分数", "Answers"), 2300, "{{ row.answers }}", language),
        ]
        return table(title, cells, language, loop=loop)

    touchpoint = Text("接触点", "Touchpoint")
    touched = [
        cell(touchpoint, 3098, "{{ row.name }}", language),
        cell(Text("平均得分", "Mean"), 1900, "{{ row.score }}", language, alert="row.low"),
        cell(Text("评分数", "Answers"), 1900, "{{ row.answers }}", language),
        cell(Text("最近反馈", "Last feedback"), 2400, "{{ row.last }}", language, alert="row.silent"),
    ]
    return (
        heading(1, Text("按维度", "By dimension"), language)
        + means(Text("维度", "Dimension"), "row in dimensions")
        + heading(1, Text("按接触点", "By touchpoint"), language)
        + table(touchpoint, touched, language, loop="row in touchpoints")
    )


def _voices(language: Language) -> str:
    title = Text("投诉、建议与表扬", "Complaints, suggestions, praise")
    cells = [
        cell(Text("日期", "Date"), (1800, 1500), "{{ row.date }}", language),
        cell(Text("类型", "Kind"), 1300, "{{ row.kind }}", language),
        cell(Text("内容", "Content"), (3098, 3298), "{{ row.content }}", language),
        cell(Text("答复", "Answer"), (3100, 3200), "{{ row.answer }}", language, alert="row.late"),
    ]
    return heading(1, title, language) + table(title, cells, language, loop="row in voices")


def _causes(language: Language) -> str:
    causes, actions = Text("原因", "Causes"), Text("改进措施", "Improvements")
    return (
        heading(1, causes, language)
        + listing_of(
            causes,
            language,
            loop="row in causes",
            numbered=True,
            columns=((Text("根本原因", "Root cause"), 7298, "row.cause"), (Text("次数", "Times"), 2000, "row.count")),
        )
        + heading(1, actions, language)
        + listing_of(
            actions,
            language,
            loop="row in actions",
            numbered=True,
            columns=(
                (Text("编号", "ID"), 1200, "row.id"),
                (Text("措施", "Measure"), 3798, "row.measure"),
                (Text("负责人", "Owner"), 1300, "row.owner"),
                (Text("期限", "Due"), 1800, "row.due"),
                (Text("效果", "Effect"), 1200, "row.effect"),
            ),
        )
    )

"""The body of the template of the satisfaction questionnaire.

Not here: title and facts (``layouts``) and the values (``commands.document.survey``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.word.design.blocks import cell, heading, lead, paragraph, repeated, table

if TYPE_CHECKING:
    from automation.base.findings import Language

_LINE = "＿" * 34
_LINES = 2


def body(language: Language) -> str:
    """What is asked by dimension with boxes from 1 to 5, open questions, who answered, as XML text."""
    return _about(language) + _scores(language) + _open(language) + _who(language)


def _about(language: Language) -> str:
    """The period asked about, and boxes for what the answers are about."""
    period = Text("调查时间：{{ period }}", "Survey of {{ period }}")
    stage = Text(
        "本次评价主要针对（可多选）：{% for name in touchpoints %}☐ {{ name }}　{% endfor %}",
        "What are your answers about? (tick all that apply)  {% for name in touchpoints %}☐ {{ name }}   {% endfor %}",
    )
    return paragraph(period.in_(language)) + paragraph(stage.in_(language))


def _scores(language: Language) -> str:
    title = Text("请为下列各项评分", "Please score the following")
    intro = Text(
        "5 分为非常满意，1 分为非常不满意，请在相应的方格打勾；不涉及的可不填。您的意见将直接用于改进。",
        "5 stands for very satisfied, 1 for not at all. Please tick one box in each line; leave out what does not apply. Your "
        "answers go straight into our improvements.",
    )
    cells = [
        cell(Text("序号", "No."), (700, 600), "{{ row.no }}", language),
        cell(Text("方面", "Aspect"), (1400, 1700), "{{ row.dimension }}", language),
        cell(Text("问题", "Question"), (3948, 4648), "{{ row.text }}", language),
        *(cell(Text(f"{score} 分", f"{score}"), (650, 470), "☐", language, mark="Box") for score in (5, 4, 3, 2, 1)),
    ]
    return (
        heading(1, title, language)
        + lead(intro.in_(language))
        + table(title, cells, language, loop="row in questions", numbered=False)
    )


def _open(language: Language) -> str:
    line = paragraph(_LINE) * _LINES
    return heading(1, Text("您的意见", "In your words"), language) + repeated(
        "question in open", lead("{{ question }}"), line
    )


def _who(language: Language) -> str:
    text = Text(
        "填写人：＿＿＿＿＿＿＿　部门和职务：＿＿＿＿＿＿＿＿　日期：＿＿＿＿＿＿",
        "Name: ＿＿＿＿＿＿＿＿   Department and title: ＿＿＿＿＿＿＿＿   Date: ＿＿＿＿＿＿",
    )
    send = Text(
        "请填好后交回{{ sender.person }}{% if sender.email != '—' %}（{{ sender.email }}）{% endif %}。谢谢！",
        "Please return it to {{ sender.person }}{% if sender.email != '—' %} ({{ sender.email }}){% endif %}. Thank you!",
    )
    return (
        heading(1, Text("填写人", "Who answered"), language)
        + paragraph(text.in_(language))
        + paragraph(send.in_(language))
    )

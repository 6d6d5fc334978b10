"""The body of the template of the renewal notice for the account manager.

Not here: title and facts (``layouts``) and the values (``commands.document.renewal``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.word.design.blocks import bullets, cell, facts, heading, lead, listing_of, paragraph, table, where

if TYPE_CHECKING:
    from automation.base.findings import Language


def body(language: Language) -> str:
    """State, advice, contract, record, satisfaction and proposal, as XML text."""
    return (
        paragraph("{{ state }}", "Callout")
        + heading(1, Text("续签建议", "Advice"), language)
        + bullets("advice", language)
        + heading(1, Text("续签方案要点", "Proposal"), language)
        + facts(Text("续签方案要点", "Proposal"), "row in proposal", language)
        + heading(1, Text("合同摘要", "The contract"), language)
        + facts(Text("合同摘要", "The contract"), "row in contract", language)
        + _record(language)
        + _satisfaction(language)
    )


def _record(language: Language) -> str:
    text = Text(
        "{% if record.received %}合同期内共受理请求 {{ record.received }} 件，已可判定 {{ record.judged or '0' }} 件，"
        "其中 {{ record.in_time }} 件响应与解决均未超时，达成率 {{ record.attainment }}。"
        "{% else %}合同期内没有服务请求。{% endif %}客户投诉 {{ complaints }} 件。",
        "{% if record.received %}{{ record.received }} requests came in within the term; of {{ record.judged or '0' }} that "
        "can be judged {{ record.in_time }} kept both times, {{ record.attainment }}.{% else %}No requests came in within "
        "the term.{% endif %} Complaints: {{ complaints }}.",
    )
    cells = [
        cell(Text("服务", "Service"), (3298, 2798), "{{ row.name }}", language),
        cell(Text("请求", "Requests"), (1000, 1200), "{{ row.received }}", language),
        cell(Text("已判定", "Judged"), 1100, "{{ row.judged }}", language),
        cell(Text("按时", "In time"), 1100, "{{ row.in_time }}", language),
        cell(Text("达成率", "Attainment"), (1400, 1600), "{{ row.attainment }}", language, alert="row.low"),
        cell(Text("准确率", "Accuracy"), (1400, 1500), "{{ row.accuracy }}", language, alert="row.wrong"),
    ]
    return (
        heading(1, Text("服务成绩", "Service record"), language)
        + lead(text.in_(language))
        + table(Text("服务成绩", "Service record"), cells, language, loop="row in services", numbered=False)
    )


def _satisfaction(language: Language) -> str:
    rows = listing_of(
        Text("总体满意度", "Overall satisfaction"),
        language,
        loop="row in satisfaction",
        columns=(
            (Text("统计期", "Period"), 4649, "row.period"),
            (Text("得分（1～5）", "Score (1 to 5)"), 4649, "row.score"),
        ),
    )
    none = Text("没有满意度调查结果。", "There are no survey results.")
    return heading(1, Text("客户满意度", "Satisfaction"), language) + where(
        "satisfaction", rows, otherwise=paragraph(none.in_(language))
    )

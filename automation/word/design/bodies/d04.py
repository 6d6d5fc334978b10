"""The body of the quotation's template.

Not here: title and facts (``layouts``) and the values (``commands.document.quotation``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.word.design.blocks import cell, facts, heading, paragraph, repeated, table, where

if TYPE_CHECKING:
    from automation.base.findings import Language


def body(language: Language) -> str:
    """Greeting, items, total, terms, notes and whom to ask, as XML text."""
    return _opening(language) + _items(language) + _terms(language) + _contact(language)


def _opening(language: Language) -> str:
    text = Text(
        "{% if addressee.organisation != '—' %}{{ addressee.organisation }}"
        "{% if addressee.person != '—' %}　{{ addressee.person }}{% endif %}：{% endif %}感谢贵方的信任。"
        "{% if needs != '—' %}针对“{{ needs }}”的需求，{% endif %}我方报价如下。",
        "{% if addressee.organisation != '—' %}To {{ addressee.organisation }}"
        "{% if addressee.person != '—' %}, {{ addressee.person }}{% endif %}: {% endif %}Thank you for your confidence. "
        "{% if needs != '—' %}For the need you described (“{{ needs }}”) we{% else %}We{% endif %} offer the following.",
    )
    return paragraph(text.in_(language), properties='<w:keepNext/><w:spacing w:before="160"/>')


def _items(language: Language) -> str:
    cells = [
        cell(Text("序号", "No."), 700, "{{ row.no }}", language),
        cell(Text("报价项", "Item"), (2100, 1900), "{{ row.name }}", language),
        cell(Text("内容", "Content"), (2598, 2998), "{{ row.content }}", language),
        cell(Text("数量", "Quantity"), (1100, 1200), "{{ row.quantity }}", language),
        cell(
            Text("单价（{{ total.unit }}）", "Unit price ({{ total.unit }})"), (1400, 1250), "{{ row.price }}", language
        ),
        cell(Text("金额（{{ total.unit }}）", "Amount ({{ total.unit }})"), (1400, 1250), "{{ row.amount }}", language),
    ]
    total = Text("报价合计：{{ total.figures }}", "Total: {{ total.figures }}")
    capitals = paragraph(
        "大写：{{ total.capitals }}" if language == "zh" else "In Chinese capitals: {{ total.capitals }}"
    )
    return (
        heading(1, Text("报价明细", "Items and prices"), language)
        + table(Text("报价明细", "Items and prices"), cells, language, loop="row in items", numbered=False)
        + paragraph(total.in_(language), "Callout")
        + where("total.capitals", capitals)
    )


def _terms(language: Language) -> str:
    return (
        heading(1, Text("报价条件", "Terms"), language)
        + facts(Text("报价条件", "Terms"), "row in terms", language)
        + heading(1, Text("说明", "Notes"), language)
        + repeated("note in notes", paragraph("{{ note }}", "ListBullet"))
    )


def _contact(language: Language) -> str:
    return heading(1, Text("联系方式", "Contact"), language) + facts(
        Text("联系方式", "Contact"), "row in contact", language
    )

"""The body of the delivery note's template.

Not here: title and facts (``layouts``) and the values (``commands.document.delivery_note``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.word.design.blocks import cell, heading, lead, listing_of, paragraph, signatures, table

if TYPE_CHECKING:
    from automation.base.findings import Language


def body(language: Language) -> str:
    """What was handed over, what is to come, and the receipt, as XML text."""
    return _delivered(language) + _waiting(language) + _receipt(language)


def _delivered(language: Language) -> str:
    title = Text("已交付", "Delivered")
    intro = Text(
        "本项目应交付 {{ figures.total }} 项，截至{{ document.date }}已交付 {{ figures.delivered }} 项，"
        "其中已验收 {{ figures.accepted }} 项。",
        "{{ figures.total }} items are due in this project. Up to {{ document.date }} {{ figures.delivered }} have been "
        "delivered, {{ figures.accepted }} of them accepted.",
    )
    return (
        heading(1, title, language)
        + lead(intro.in_(language))
        + listing_of(
            title,
            language,
            loop="row in delivered",
            columns=(
                (Text("编号", "ID"), 1050, "row.id"),
                (Text("交付物", "Item"), (2300, 2200), "row.name"),
                (Text("数量", "Quantity"), (900, 1000), "row.quantity"),
                (Text("版本", "Version"), (800, 900), "row.version"),
                (Text("交付日期", "Delivered on"), (1850, 1400), "row.date"),
                (Text("接收人", "Recipient"), (1000, 1100), "row.recipient"),
                (Text("备注", "Remark"), (1398, 1648), "row.remark"),
            ),
        )
    )


def _waiting(language: Language) -> str:
    title = Text("尚未交付", "Still to come")
    cells = [
        cell(Text("编号", "ID"), 1050, "{{ row.id }}", language),
        cell(Text("交付物", "Item"), (2300, 2200), "{{ row.name }}", language),
        cell(Text("数量", "Quantity"), (900, 1000), "{{ row.quantity }}", language),
        cell(Text("应交日期", "Due"), (1850, 1400), "{{ row.due }}", language, alert="row.late"),
        cell(Text("交付标准", "Standard"), (3198, 3648), "{{ row.standard }}", language),
    ]
    return heading(1, title, language) + table(title, cells, language, loop="row in waiting", numbered=False)


def _receipt(language: Language) -> str:
    text = Text(
        "客户确认已收到上表“已交付”的各项，数量和版本相符。签收不代替验收。",
        "The customer confirms receipt of the items listed as delivered, in the quantities and versions stated. "
        "Receipt is not acceptance.",
    )
    return (
        heading(1, Text("签收", "Receipt"), language)
        + paragraph(text.in_(language), properties='<w:keepNext/><w:spacing w:after="200"/>')
        + signatures(language)
    )

"""The body of the requirement confirmation sheet's template.

Not here: title and facts (``layouts``) and the values (``commands.document.confirmation_sheet``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.word.design.blocks import cell, heading, lead, listing_of, paragraph, signatures, table, where

if TYPE_CHECKING:
    from automation.base.findings import Language


def body(language: Language) -> str:
    """What is to be confirmed, what is open, and the signatures, as XML text."""
    return _requirements(language) + _open(language) + _sign_off(language)


def _requirements(language: Language) -> str:
    intro = Text(
        "本项目范围内共有需求 {{ figures.total }} 项，已确认 {{ figures.confirmed }} 项，本次（第 {{ round }} 轮）提请确认 "
        "{{ figures.waiting }} 项。请对每项勾选“同意”或“修改”，需要修改的请写明意见。",
        "{{ figures.total }} requirements are in scope, {{ figures.confirmed }} of them confirmed. In this round (no. "
        "{{ round }}) {{ figures.waiting }} are put to you. Please tick Agreed or Change for each, and write down what is "
        "to be changed.",
    )
    none = Text(
        "本项目范围内的 {{ figures.total }} 项需求均已确认{% if baseline != '—' %}，需求基线日期为{{ baseline }}{% endif %}，"
        "目前没有待确认的需求。",
        "All {{ figures.total }} requirements in scope are confirmed{% if baseline != '—' %}; the baseline was set on "
        "{{ baseline }}{% endif %}. Nothing waits for confirmation.",
    )
    cells = [
        cell(Text("编号", "ID"), 1050, "{{ row.id }}", language),
        cell(Text("需求", "Requirement"), (2050, 1970), "{{ row.title }}", language),
        cell(Text("优先级", "Priority"), (900, 900), "{{ row.priority }}", language),
        cell(
            Text("验收标准", "Acceptance criterion"), (2698, 2498), "{{ row.criterion }}", language, alert="row.missing"
        ),
        cell(Text("同意", "Agreed"), (600, 900), "{{ row.agree }}", language, mark="Box"),
        cell(Text("修改", "Change"), (600, 950), "{{ row.change }}", language, mark="Box"),
        cell(Text("意见", "Remarks"), (1400, 1030), "", language),
    ]
    title = Text("待确认的需求", "Requirements to be confirmed")
    return heading(1, title, language) + where(
        "requirements",
        lead(intro.in_(language)) + table(title, cells, language, loop="row in requirements", numbered=False),
        otherwise=paragraph(none.in_(language)),
    )


def _open(language: Language) -> str:
    title = Text("未决问题", "Open points")
    return heading(1, title, language) + listing_of(
        title,
        language,
        loop="row in open",
        columns=(
            (Text("编号", "ID"), 1250, "row.id"),
            (Text("问题", "Point"), 6048, "row.text"),
            (Text("跟进人", "Followed up by"), 2000, "row.owner"),
        ),
    )


def _sign_off(language: Language) -> str:
    text = Text(
        "双方确认勾选“同意”的需求及其验收标准，作为设计、开发和验收的依据；之后的修改按变更流程办理。本单一式两份，双方各执一份。",
        "Both parties confirm the requirements ticked Agreed, with their criteria, as the basis of design, realisation and "
        "acceptance; later modifications go through change control. This sheet is made in two copies, one for each party.",
    )
    return (
        heading(1, Text("双方签字", "Signatures"), language)
        + paragraph(text.in_(language), properties='<w:keepNext/><w:spacing w:after="200"/>')
        + signatures(language)
    )

"""The body of the template of the declaration of a need for process optimisation.

Not here: title and facts (``layouts``) and the values (``commands.document.declaration``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.word.design.blocks import bullets, facts, heading, paragraph, repeated, run

if TYPE_CHECKING:
    from automation.base.findings import Language


def body(language: Language) -> str:
    """Who declares what, the problem, driver, rating, what is hoped for, screening and result, as XML text."""
    need, rating, result = (
        Text("申报信息", "The need"),
        Text("重要性与紧迫性", "Importance and urgency"),
        Text("效果", "Effect"),
    )
    opinion = Text("筛选与分析意见：", "Opinion after screening and analysis:")
    sign = Text(
        "申报人：＿＿＿＿＿＿　　流程责任人：＿＿＿＿＿＿　　日期：＿＿＿＿＿＿",
        "Declared by: ＿＿＿＿＿＿   Process owner: ＿＿＿＿＿＿   Date: ＿＿＿＿＿＿",
    )
    line = paragraph("＿" * 34)
    return (
        heading(1, need, language)
        + facts(need, "row in facts", language)
        + heading(1, Text("问题描述", "The problem"), language)
        + bullets("problem", language)
        + heading(1, Text("根本原因", "Root cause"), language)
        + bullets("cause", language)
        + heading(1, Text("驱动类型", "Driver"), language)
        + _boxes("drivers")
        + heading(1, rating, language)
        + facts(rating, "row in rating", language)
        + heading(1, Text("期望效果与措施", "What is hoped for, and how"), language)
        + bullets("expected", language)
        + bullets("measure", language)
        + heading(1, Text("筛选与分析", "Screening and analysis"), language)
        + _boxes("stages")
        + paragraph(opinion.in_(language), properties="<w:keepNext/>")
        + line
        + heading(1, result, language)
        + facts(result, "row in result", language)
        + paragraph(sign.in_(language), properties='<w:spacing w:before="240"/>')
    )


def _boxes(items: str) -> str:
    """All boxes in one line each: what is ticked and what could be."""
    line = paragraph("", "Tick", inner=run("{{ item.box }}", "Box") + run("  {{ item.text }}"))
    return repeated(f"item in {items}", line)

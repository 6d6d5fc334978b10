"""The body of the template of an appraisal sheet.

Not here: title and facts (``layouts``) and the values (``commands.document.appraisal_sheet``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.word.design.blocks import facts, heading, listing_of, paragraph

if TYPE_CHECKING:
    from automation.base.findings import Language


def body(language: Language) -> str:
    """Person, parts of the score, indicators, remarks and signatures as XML text."""
    person, parts, metrics = (
        Text("考核对象", "Person"),
        Text("综合得分构成", "Parts of the score"),
        Text("指标", "Indicators"),
    )
    note = Text(
        "各项按 0 至 100 计，综合得分为有数据各项按权重的平均。",
        "Each part counts from 0 to 100; the score is the weighted mean of the parts for which there are data.",
    )
    sign = Text(
        "考核人：＿＿＿＿＿＿　　本人：＿＿＿＿＿＿　　日期：＿＿＿＿＿＿",
        "Manager: ＿＿＿＿＿＿＿   Person: ＿＿＿＿＿＿＿   Date: ＿＿＿＿＿＿",
    )
    line = paragraph("＿" * 34)
    return (
        heading(1, person, language)
        + facts(person, "row in facts", language)
        + heading(1, parts, language)
        + listing_of(
            parts,
            language,
            loop="row in parts",
            columns=(
                (Text("项目", "Part"), 4298, "row.name"),
                (Text("权重", "Weight"), 2400, "row.weight"),
                (Text("得分", "Score"), 2600, "row.value"),
            ),
        )
        + paragraph(note.in_(language), "TableNote")
        + heading(1, metrics, language)
        + listing_of(
            metrics,
            language,
            loop="row in metrics",
            columns=(
                (Text("指标", "Indicator"), 1898, "row.name"),
                (Text("期间", "Period"), (1300, 1000), "row.period"),
                (Text("目标", "Target"), 850, "row.target"),
                (Text("实际", "Actual"), 850, "row.actual"),
                (Text("达成率", "Achieved"), (950, 1100), "row.achieved"),
                (Text("奖励", "Reward"), (1650, 1500), "row.reward"),
                (Text("评语", "Remarks"), (1800, 2100), "row.comment"),
            ),
        )
        + heading(1, Text("评语与改进方向", "Remarks and what to work on"), language)
        + line
        + line
        + paragraph(sign.in_(language))
    )

"""The body of the template of the risk statement for the customer.

Not here: title and facts (``layouts``) and the values (``commands.document.risk_plan``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.word.design.blocks import cell, heading, paragraph, picture, table

if TYPE_CHECKING:
    from automation.base.findings import Language


def body(language: Language) -> str:
    """The grave risks with what is done about them, and the matrix of all, as XML text."""
    title = Text("主要风险与应对", "Main risks and responses")
    intro = Text(
        "截至{{ document.date }}，本项目有未关闭风险 {{ total }} 项，其中级别为高及以上的如下。如贵方发现新的风险或情况变化，请及时告知。",
        "On {{ document.date }} the project has {{ total }} open risks; those of level High and above are listed here. Please "
        "tell us of new risks and of changes that you see.",
    )
    cells = [
        cell(Text("风险", "Risk"), (1900, 1700), "{{ row.title }}", language),
        cell(Text("级别", "Level"), (800, 900), "{{ row.level }}", language, alert="row.grave"),
        cell(Text("趋势", "Trend"), (800, 1200), "{{ row.trend }}", language),
        cell(Text("应对措施", "Response"), (2698, 2598), "{{ row.plan }}", language),
        cell(Text("预案", "Fallback"), (1900, 1700), "{{ row.contingency }}", language),
        cell(Text("责任人", "Owner"), (1200, 1200), "{{ row.owner }}", language),
    ]
    return (
        heading(1, title, language)
        + paragraph(intro.in_(language), properties="<w:keepNext/>")
        + table(title, cells, language, loop="row in risks", numbered=False)
        + heading(1, Text("风险矩阵", "Risk matrix"), language)
        + picture("risks", Text("未关闭风险的概率与影响", "Open risks by probability and impact"), language)
    )

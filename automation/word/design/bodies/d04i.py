"""The body of the template of the quotation's internal annex.

Not here: title and facts (``layouts``) and the values (``commands.document.quotation``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.word.design.blocks import cell, facts, heading, listing_of, paragraph, table, where

if TYPE_CHECKING:
    from automation.base.findings import Language


def body(language: Language) -> str:
    """Whether it may go out, calculation, services, market, reviews and findings, as XML text."""
    secret = Text(
        "仅供内部使用：本附表含成本与毛利，不得随报价单发给客户。",
        "Internal use only: this annex holds cost and margin and never goes to the customer with the quotation.",
    )
    return (
        paragraph(secret.in_(language), "Callout")
        + heading(1, Text("结论", "Conclusion"), language)
        + paragraph("{{ ready }}")
        + heading(1, Text("报价测算", "Calculation"), language)
        + facts(Text("报价测算", "Calculation"), "row in calculation", language)
        + _services(language)
        + heading(1, Text("市场比较", "Market"), language)
        + facts(Text("市场比较", "Market"), "row in comparison", language)
        + _reviews(language)
        + _findings(language)
    )


def _services(language: Language) -> str:
    rows = listing_of(
        Text("服务项毛利", "Margin of the services"),
        language,
        loop="row in services",
        columns=(
            (Text("服务", "Service"), 3698, "row.name"),
            (Text("月价", "Price"), 2000, "row.price"),
            (Text("月成本预算", "Cost budget"), 2000, "row.cost"),
            (Text("毛利率", "Margin"), 1600, "row.margin"),
        ),
    )
    title = Text("服务项毛利（每月）", "Margin of the services (monthly)")
    return where("services", heading(1, title, language), rows)


def _reviews(language: Language) -> str:
    cells = [
        cell(Text("评审", "Review"), 2798, "{{ row.name }}", language),
        cell(Text("应完成时间", "Needed"), 3500, "{{ row.needed }}", language),
        cell(Text("状态", "State"), 3000, "{{ row.state }}", language, alert="row.alert"),
    ]
    return heading(1, Text("评审", "Reviews"), language) + table(
        Text("评审", "Reviews"), cells, language, loop="row in reviews", numbered=False
    )


def _findings(language: Language) -> str:
    return heading(1, Text("需处理的问题", "What needs attention"), language) + listing_of(
        Text("需处理的问题", "What needs attention"),
        language,
        loop="row in findings",
        columns=(
            (Text("级别", "Severity"), (1000, 1250), "row.severity"),
            (Text("问题", "Finding"), (4649, 4399), "row.message"),
            (Text("建议", "Advice"), 3649, "row.hint"),
        ),
    )

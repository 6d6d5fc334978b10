"""The body of the template of the report on customers' needs and the market.

Not here: cover and contents (``layouts``) and the values (``commands.document.market_report``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.word.design.blocks import bullets, cell, facts, heading, listing_of, paragraph, table

if TYPE_CHECKING:
    from automation.base.findings import Language

_FIRST = "<w:pageBreakBefore/>"


def body(language: Language) -> str:
    """Market, sources, needs by kind, competitors, information classes and advice as XML text."""
    return (
        _market(language)
        + _needs(language)
        + _competitors(language)
        + _information(language)
        + heading(1, Text("建议", "Advice"), language)
        + bullets("advice", language)
    )


def _market(language: Language) -> str:
    target, segments, sources = (
        Text("目标客户", "The customer"),
        Text("客户细分", "Segments"),
        Text("来源与方法", "Sources and methods"),
    )
    method = Text(
        "需求按下列方式收集，由需求分析人员归类并按重要性×紧迫性打分。",
        "Needs were collected in these ways, sorted by kind and scored by importance × urgency.",
    )
    return (
        heading(1, Text("目标市场与细分", "Market and segments"), language, properties=_FIRST)
        + heading(2, target, language)
        + facts(target, "row in target", language, numbered=True)
        + heading(2, segments, language)
        + listing_of(
            segments,
            language,
            loop="row in segments",
            numbered=True,
            columns=(
                (Text("行业", "Industry"), 4298, "row.industry"),
                (Text("客户数", "Customers"), 1800, "row.count"),
                (Text("按分层", "By tier"), 3200, "row.tiers"),
            ),
        )
        + heading(1, sources, language)
        + paragraph(method.in_(language), properties="<w:keepNext/>")
        + listing_of(
            sources,
            language,
            loop="row in sources",
            numbered=True,
            columns=((Text("收集方式", "Channel"), 5298, "row.channel"), (Text("需求数", "Needs"), 4000, "row.count")),
        )
    )


def _needs(language: Language) -> str:
    groups, top = Text("按细类统计", "By kind"), Text("得分最高的需求", "Highest scores")
    cells = [
        cell(Text("编号", "ID"), 1150, "{{ row.id }}", language),
        cell(Text("需求", "Need"), 3698, "{{ row.title }}", language),
        cell(Text("重要性×紧迫性", "Importance × urgency"), 1850, "{{ row.score }}", language),
        cell(Text("优先级", "Priority"), 1200, "{{ row.priority }}", language, alert="row.differs"),
        cell(Text("按得分应为", "By score"), 1400, "{{ row.suggested }}", language),
    ]
    return (
        heading(1, Text("需求分类与优先级", "Needs by kind and priority"), language)
        + heading(2, groups, language)
        + listing_of(
            groups,
            language,
            loop="row in groups",
            numbered=True,
            columns=(
                (Text("细类", "Kind"), 2798, "row.group"),
                (Text("数量", "Number"), 1200, "row.count"),
                (Text("高", "High"), 1200, "row.high"),
                (Text("中", "Medium"), 1200, "row.medium"),
                (Text("低", "Low"), 1200, "row.low"),
                (Text("平均得分", "Mean score"), 1700, "row.score"),
            ),
        )
        + heading(2, top, language)
        + table(top, cells, language, loop="row in top")
    )


def _competitors(language: Language) -> str:
    title = Text("竞品", "Competitors")
    return heading(1, title, language) + listing_of(
        title,
        language,
        loop="row in competitors",
        numbered=True,
        columns=((Text("竞争对手", "Competitor"), 3298, "row.name"), (Text("出现的商机", "Deals"), 6000, "row.deals")),
    )


def _information(language: Language) -> str:
    classes, proven, market = (
        Text("信息分类", "By class"),
        Text("有佐证的需求", "Needs with more than one source"),
        Text("市场与竞品信息", "Market and competitors"),
    )
    return (
        heading(1, Text("信息分类与佐证", "Information and its support"), language)
        + heading(2, classes, language)
        + listing_of(
            classes,
            language,
            loop="row in classes",
            numbered=True,
            columns=(
                (Text("类别", "Class"), 2598, "row.name"),
                (Text("条数", "Number"), 2200, "row.count"),
                (Text("转为需求", "Became needs"), 2300, "row.converted"),
                (Text("转化率", "Share"), 2200, "row.share"),
            ),
        )
        + heading(2, proven, language)
        + listing_of(
            proven,
            language,
            loop="row in corroborated",
            numbered=True,
            columns=(
                (Text("编号", "ID"), 1400, "row.id"),
                (Text("需求", "Need"), 5698, "row.title"),
                (Text("信息类别", "Classes"), 2200, "row.classes"),
            ),
        )
        + heading(2, market, language)
        + listing_of(
            market,
            language,
            loop="row in market",
            numbered=True,
            columns=(
                (Text("日期", "Date"), 1800, "row.date"),
                (Text("类型", "Kind"), 1400, "row.kind"),
                (Text("类别", "Class"), (900, 1100), "row.class"),
                (Text("内容", "Content"), (3898, 3698), "row.content"),
                (Text("需求", "Need"), 1300, "row.requirement"),
            ),
        )
    )

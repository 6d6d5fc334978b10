"""The body of the template of a process analysis.

Not here: cover and contents (``layouts``) and the values (``commands.document.process``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.word.design.blocks import bullets, cell, facts, heading, listing_of, paragraph, table, where

if TYPE_CHECKING:
    from automation.base.findings import Language

_FIRST = "<w:pageBreakBefore/>"


def body(language: Language) -> str:
    """Customers, resources, bottleneck, control, stability, needs and effects as XML text."""
    return (
        _process(language)
        + _customers(language)
        + _resources(language)
        + _control(language)
        + _stability(language)
        + _needs(language)
    )


def _process(language: Language) -> str:
    title = Text("流程概况", "The process")
    return (
        heading(1, title, language, properties=_FIRST)
        + facts(title, "row in process", language, numbered=True)
        + where("gaps", bullets("gaps", language))
    )


def _customers(language: Language) -> str:
    title = Text("客户与需求满足", "Customers and what they need")
    cells = [
        cell(Text("序号", "No."), 750, "{{ row.no }}", language),
        cell(Text("步骤", "Step"), 2598, "{{ row.name }}", language),
        cell(Text("服务对象", "Served"), 2450, "{{ row.served }}", language),
        cell(Text("需求", "Need"), 3500, "{{ row.need }}", language, alert="row.missing"),
    ]
    return heading(1, title, language) + table(title, cells, language, loop="row in customers")


def _resources(language: Language) -> str:
    title = Text("资源消耗与瓶颈", "Resources and bottleneck")
    return (
        heading(1, title, language)
        + paragraph("{{ bottleneck }}", "Callout")
        + listing_of(
            Text("时间、占用与费用", "Time, use and cost"),
            language,
            loop="row in resources",
            numbered=True,
            columns=(
                (Text("序号", "No."), 750, "row.no"),
                (Text("步骤", "Step"), (1898, 2398), "row.name"),
                (Text("标准（小时）", "Standard (h)"), (1400, 1150), "row.standard"),
                (Text("实测（小时）", "Measured (h)"), (1400, 1150), "row.measured"),
                (Text("占比", "Share"), 950, "row.share"),
                (Text("利用率", "Use"), 1100, "row.use"),
                (Text("单次费用", "Cost of a run"), 1800, "row.cost"),
            ),
        )
    )


def _control(language: Language) -> str:
    title = Text("控制", "Control")
    cells = [
        cell(Text("序号", "No."), 750, "{{ row.no }}", language),
        cell(Text("步骤", "Step"), 2598, "{{ row.name }}", language),
        cell(Text("控制点", "Control point"), 1250, "{{ row.point }}", language),
        cell(Text("控制措施", "Control"), 3300, "{{ row.measure }}", language),
        cell(Text("遵守率", "Compliance"), 1400, "{{ row.compliance }}", language, alert="row.low"),
    ]
    return heading(1, title, language) + table(title, cells, language, loop="row in control")


def _stability(language: Language) -> str:
    title = Text("稳定性", "Stability")
    cells = [
        cell(Text("序号", "No."), 750, "{{ row.no }}", language),
        cell(Text("步骤", "Step"), 3348, "{{ row.name }}", language),
        cell(Text("变异系数", "Variation"), 1700, "{{ row.variation }}", language, alert="row.unstable"),
        cell(Text("上限", "Limit"), 1600, "{{ row.limit }}", language),
        cell(Text("判断", "Verdict"), 1900, "{{ row.verdict }}", language),
    ]
    return heading(1, title, language) + table(title, cells, language, loop="row in stability")


def _needs(language: Language) -> str:
    funnel, needs = (
        Text("优化需求漏斗", "Funnel of needs"),
        Text("本流程的改进方案与效果", "Improvements of this process"),
    )
    scope = Text("下表统计全部流程的优化需求。", "The table counts the needs of all processes.")
    return (
        heading(1, funnel, language)
        + paragraph(scope.in_(language), properties="<w:keepNext/>")
        + listing_of(
            funnel,
            language,
            loop="row in funnel",
            numbered=True,
            columns=(
                (Text("阶段", "Stage"), 2000, "row.stage"),
                (Text("数量", "Number"), 1300, "row.count"),
                (Text("按驱动类型", "By driver"), 4298, "row.drivers"),
                (Text("平均停留（天）", "Mean days"), 1700, "row.days"),
            ),
        )
        + heading(1, needs, language)
        + listing_of(
            needs,
            language,
            loop="row in needs",
            numbered=True,
            columns=(
                (Text("编号", "ID"), 1050, "row.id"),
                (Text("改进需求", "Need"), (1900, 1700), "row.title"),
                (Text("优先分", "Score"), (900, 800), "row.score"),
                (Text("阶段", "Stage"), (850, 1400), "row.stage"),
                (Text("方案", "Measure"), (2050, 1700), "row.measure"),
                (Text("预期效果", "Expected"), (1548, 1348), "row.expected"),
                (Text("效果", "Effect"), (1000, 1300), "row.effect"),
            ),
        )
        + where("effects", bullets("effects", language))
    )

"""The body of the template of the risk plan and register.

Not here: cover and contents (``layouts``) and the values (``commands.document.risk_plan``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.word.design.blocks import cell, facts, heading, lead, listing_of, paragraph, picture, table
from automation.word.design.sections import sideways

if TYPE_CHECKING:
    from automation.base.findings import Language

_FIRST = "<w:pageBreakBefore/>"


def body(language: Language) -> str:
    """Method, matrix, register, reviews, closed risks and trainings as XML text."""
    return (
        _method(language)
        + _matrix(language)
        + sideways(_register(language), _responses(language))
        + _reviews(language)
        + _closed(language)
        + _trainings(language)
    )


def _method(language: Language) -> str:
    title = Text("评估方法", "How risks are assessed")
    intro = Text(
        "每项风险按“原因→事件→后果”描述，由责任人按下列方法评估，达到“高”及以上的必须有应对措施和预案。",
        "Each risk is described as cause, event and consequence. Its owner assesses it as follows; from level High on there "
        "must be a response and a fallback.",
    )
    return (
        heading(1, title, language, properties=_FIRST)
        + lead(intro.in_(language))
        + facts(title, "row in method", language, numbered=True)
    )


def _matrix(language: Language) -> str:
    title, levels = Text("风险矩阵", "Risk matrix"), Text("各级别数量", "Number by level")
    return (
        heading(1, title, language)
        + listing_of(
            levels,
            language,
            loop="row in levels",
            numbered=True,
            columns=((Text("级别", "Level"), 5298, "row.level"), (Text("未关闭风险", "Open risks"), 4000, "row.count")),
        )
        + picture("risks", Text("未关闭风险的概率与影响", "Open risks by probability and impact"), language)
    )


def _register(language: Language) -> str:
    title = Text("登记册", "Register")
    cells = [
        cell(Text("编号", "ID"), 1150, "{{ row.id }}", language),
        cell(Text("风险", "Risk"), 2500, "{{ row.title }}", language),
        cell(Text("描述", "Description"), (4180, 3530), "{{ row.text }}", language),
        cell(Text("类别", "Category"), (1200, 1350), "{{ row.category }}", language),
        cell(Text("风险值", "Exposure"), 1300, "{{ row.exposure }}", language),
        cell(Text("级别", "Level"), (900, 1000), "{{ row.level }}", language, alert="row.grave"),
        cell(Text("趋势", "Trend"), (800, 1200), "{{ row.trend }}", language),
        cell(Text("状态", "Status"), (1100, 1100), "{{ row.status }}", language),
        cell(Text("责任人", "Owner"), (1100, 1100), "{{ row.owner }}", language),
    ]
    return heading(1, title, language) + table(title, cells, language, loop="row in risks")


def _responses(language: Language) -> str:
    title = Text("应对措施与预案", "Responses and fallbacks")
    return heading(1, title, language) + listing_of(
        title,
        language,
        loop="row in risks",
        numbered=True,
        columns=(
            (Text("编号", "ID"), 1150, "row.id"),
            (Text("策略", "Strategy"), 1000, "row.response"),
            (Text("应对措施", "Response"), (3680, 3480), "row.plan"),
            (Text("预案", "Fallback"), 3000, "row.contingency"),
            (Text("触发条件", "Trigger"), 2600, "row.trigger"),
            (Text("期限", "Due"), 1800, "row.due"),
            (Text("责任人", "Owner"), (1000, 1200), "row.owner"),
        ),
    )


def _reviews(language: Language) -> str:
    title = Text("评审安排", "Reviews")
    cells = [
        cell(Text("编号", "ID"), 1200, "{{ row.id }}", language),
        cell(Text("风险", "Risk"), (2698, 2398), "{{ row.title }}", language),
        cell(Text("上次评审", "Last"), (1800, 1600), "{{ row.last }}", language),
        cell(Text("下次评审", "Next"), (1800, 1600), "{{ row.next }}", language, alert="row.due"),
        cell(Text("趋势", "Trend"), (800, 1250), "{{ row.trend }}", language),
        cell(Text("责任人", "Owner"), (1000, 1250), "{{ row.owner }}", language),
    ]
    money = Text("未关闭风险的预留金额合计：{{ reserve }}。", "Reserve for open risks in total: {{ reserve }}.")
    return (
        heading(1, title, language, properties=_FIRST)
        + table(title, cells, language, loop="row in reviews")
        + paragraph(money.in_(language))
    )


def _closed(language: Language) -> str:
    title = Text("已关闭的风险", "Closed risks")
    return heading(1, title, language) + listing_of(
        title,
        language,
        loop="row in closed",
        numbered=True,
        columns=(
            (Text("编号", "ID"), 1200, "row.id"),
            (Text("风险", "Risk"), 2698, "row.title"),
            (Text("关闭前风险值", "Exposure"), 1300, "row.was"),
            (Text("剩余风险值", "Residual"), 1300, "row.residual"),
            (Text("措施", "What was done"), 2800, "row.plan"),
        ),
    )


def _trainings(language: Language) -> str:
    title = Text("培训", "Trainings")
    return heading(1, title, language) + listing_of(
        title,
        language,
        loop="row in trainings",
        numbered=True,
        columns=(
            (Text("主题", "Subject"), 3398, "row.subject"),
            (Text("日期", "Date"), 1900, "row.date"),
            (Text("状态", "State"), 1200, "row.state"),
            (Text("效果", "Effect"), 2800, "row.effect"),
        ),
    )

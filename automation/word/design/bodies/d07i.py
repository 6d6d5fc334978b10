"""The body of the template of the progress report's internal annex.

Not here: title and facts (``layouts``) and the values (``commands.document.progress_annex``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.word.design.blocks import cell, facts, heading, lead, listing_of, paragraph, picture, table

if TYPE_CHECKING:
    from automation.base.findings import Language


def body(language: Language) -> str:
    """Warning, money, earned value, load and the deviations behind the colour, as XML text."""
    warning = Text("内部资料，不得提供给客户。", "Internal. Not for the customer.")
    return (
        paragraph(warning.in_(language), "Callout")
        + _money(language)
        + _value(language)
        + _load(language)
        + _deviations(language)
    )


def _money(language: Language) -> str:
    title = Text("成本", "Cost")
    by_category = Text("按类别", "By category")
    cells = [
        cell(Text("类别", "Category"), 2798, "{{ row.name }}", language),
        cell(Text("计划", "Planned"), 2400, "{{ row.planned }}", language),
        cell(Text("实际", "Actual"), 2400, "{{ row.actual }}", language),
        cell(Text("使用率", "Used"), 1700, "{{ row.used }}", language, alert="row.over"),
    ]
    return (
        heading(1, title, language)
        + heading(2, Text("预算使用", "Budget"), language)
        + facts(Text("预算使用", "Budget"), "row in budget", language)
        + heading(2, by_category, language)
        + table(by_category, cells, language, loop="row in categories", numbered=False)
        + picture("costs", Text("各类成本", "Cost by category"), language)
    )


def _value(language: Language) -> str:
    title = Text("挣值", "Earned value")
    return (
        heading(1, title, language)
        + facts(title, "row in value", language)
        + picture("value", Text("挣值曲线", "Value curve"), language)
    )


def _load(language: Language) -> str:
    title = Text("资源负荷", "Load")
    intro = Text("超过上限 {{ limit }}% 的周：", "Weeks above the limit of {{ limit }} %:")
    return (
        heading(1, title, language)
        + lead(intro.in_(language))
        + listing_of(
            Text("超负荷", "Overload"),
            language,
            loop="row in loads",
            columns=(
                (Text("资源", "Resource"), 1700, "row.name"),
                (Text("周（周一）", "Week (Monday)"), 1900, "row.week"),
                (Text("负荷", "Load"), 1000, "row.load"),
                (Text("任务", "Tasks"), 4698, "row.tasks"),
            ),
        )
        + picture("load", Text("各周负荷", "Load by week"), language)
    )


def _deviations(language: Language) -> str:
    title = Text("健康度的原因", "What gives the project its colour")
    return heading(1, title, language) + listing_of(
        title,
        language,
        loop="row in findings",
        columns=(
            (Text("规则", "Rule"), 1500, "row.rule"),
            (Text("偏差", "Deviation"), 6298, "row.name"),
            (Text("数量", "Number"), 1500, "row.count"),
        ),
    )

"""The body of the template of the data check report.

Not here: title and facts (``layouts``) and the values (``commands.document.data_report``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.word.design.blocks import cell, facts, heading, listing_of, paragraph, table, where
from automation.word.design.sections import sideways

if TYPE_CHECKING:
    from automation.base.findings import Language


def body(language: Language) -> str:
    """Scope, counts, details, what was resolved and proposed repairs as XML text."""
    return _counts(language) + sideways(_details(language)) + _after(language)


def _counts(language: Language) -> str:
    scope, grades, sheets, owners = (
        Text("检查时间与范围", "Time and scope"),
        Text("按严重度", "By severity"),
        Text("按工作表", "By sheet"),
        Text("按责任人", "By owner"),
    )
    return (
        heading(1, scope, language)
        + facts(scope, "row in scope", language)
        + heading(1, Text("统计", "Figures"), language)
        + heading(2, grades, language)
        + listing_of(
            grades,
            language,
            loop="row in severities",
            columns=(
                (Text("严重度", "Severity"), 4298, "row.name"),
                (Text("未解决", "Open"), 2500, "row.count"),
                (Text("其中新增", "New"), 2500, "row.new"),
            ),
        )
        + heading(2, sheets, language)
        + listing_of(
            sheets,
            language,
            loop="row in sheets",
            columns=(
                (Text("工作表", "Sheet"), 2798, "row.name"),
                (Text("错误", "Error"), 1000, "row.error"),
                (Text("高", "High"), 1000, "row.high"),
                (Text("中", "Medium"), 1100, "row.medium"),
                (Text("低", "Low"), 1000, "row.low"),
                (Text("提醒", "Reminder"), 1200, "row.reminder"),
                (Text("合计", "Total"), 1200, "row.total"),
            ),
        )
        + heading(2, owners, language)
        + listing_of(
            owners,
            language,
            loop="row in owners",
            columns=(
                (Text("责任人", "Owner"), 4298, "row.name"),
                (Text("未解决", "Open"), 2500, "row.count"),
                (Text("高及以上", "High and above"), 2500, "row.grave"),
            ),
        )
    )


def _details(language: Language) -> str:
    title = Text("明细", "Details")
    cells = [
        cell(Text("严重度", "Severity"), 1000, "{{ row.severity }}", language, alert="row.grave"),
        cell(Text("规则", "Rule"), 1100, "{{ row.rule }}", language),
        cell(Text("位置", "Place"), 1700, "{{ row.place }}", language),
        cell(Text("行", "Row"), 1200, "{{ row.key }}", language),
        cell(Text("问题", "Finding"), 4130, "{{ row.message }}", language),
        cell(Text("建议", "What to do"), 3200, "{{ row.hint }}", language),
        cell(Text("责任人", "Owner"), 1000, "{{ row.owner }}", language),
        cell(Text("状态", "State"), 900, "{{ row.status }}", language),
    ]
    more = Text(
        "另有 {{ more }} 项未逐一列出，见工作簿的检查结果表。",
        "{{ more }} more are on the sheet Findings of the workbook.",
    )
    return (
        heading(1, title, language)
        + table(title, cells, language, loop="row in findings", numbered=False)
        + where("more", paragraph(more.in_(language)))
    )


def _after(language: Language) -> str:
    resolved, repairs = Text("已解决的问题", "Resolved"), Text("建议修复", "Proposed repairs")
    return (
        heading(1, resolved, language)
        + listing_of(
            resolved,
            language,
            loop="row in resolved",
            columns=(
                (Text("规则", "Rule"), 1200, "row.rule"),
                (Text("位置", "Place"), 1900, "row.place"),
                (Text("行", "Row"), 1300, "row.key"),
                (Text("问题", "Finding"), 4898, "row.message"),
            ),
        )
        + heading(1, repairs, language)
        + listing_of(
            repairs,
            language,
            loop="row in repairs",
            columns=(
                (Text("位置", "Place"), 2498, "row.place"),
                (Text("现在的内容", "Now"), 3400, "row.before"),
                (Text("建议改为", "Proposed"), 3400, "row.after"),
            ),
        )
    )

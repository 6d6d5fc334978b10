"""The body of the template of the check and test report.

Not here: cover and contents (``layouts``) and the values (``commands.document.check_report``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.word.design.blocks import (
    bullets,
    cell,
    facts,
    heading,
    lead,
    listing_of,
    paragraph,
    repeated,
    table,
    where,
)
from automation.word.design.sections import sideways

if TYPE_CHECKING:
    from automation.base.findings import Language

_FIRST = "<w:pageBreakBefore/>"


def body(language: Language) -> str:
    """Basis, plan and method, statistics, results, problems, rechecks and conclusion as XML text."""
    return (
        _basis(language)
        + _methods(language)
        + sideways(_results(language))
        + _planned(language)
        + _problems(language)
        + _rechecks(language)
        + _conclusion(language)
    )


def _basis(language: Language) -> str:
    title = Text("依据与范围", "Basis and scope")
    return heading(1, title, language, properties=_FIRST) + facts(title, "row in basis", language, numbered=True)


def _methods(language: Language) -> str:
    title, counts = (
        Text("计划、方法与结果统计", "Plan, methods and figures"),
        Text("按检查类型统计", "By kind of check"),
    )
    summary = Text(
        "计划检查 {{ figures.total }} 项，已执行 {{ figures.executed }} 项，一次通过率 {{ figures.yield }}；"
        "未关闭的不合格 {{ figures.open }} 项，其中整改超期 {{ figures.late }} 项。",
        "{{ figures.total }} checks are planned, {{ figures.executed }} were executed, first-pass yield {{ figures.yield }}; "
        "{{ figures.open }} failures are open, {{ figures.late }} of them with rework overdue.",
    )
    return (
        heading(1, title, language)
        + lead(summary.in_(language))
        + listing_of(
            counts,
            language,
            loop="row in methods",
            numbered=True,
            columns=(
                (Text("检查类型", "Kind of check"), 2798, "row.kind"),
                (Text("计划", "Planned"), 1200, "row.planned"),
                (Text("通过", "Passed"), 1200, "row.passed"),
                (Text("有条件通过", "With conditions"), 1500, "row.passed_with_conditions"),
                (Text("不通过", "Failed"), 1200, "row.failed"),
                (Text("未执行", "Not executed"), 1400, "row.not_executed"),
            ),
        )
    )


def _results(language: Language) -> str:
    title = Text("逐项结果", "Results item by item")
    cells = [
        cell(Text("编号", "ID"), 1150, "{{ row.id }}", language),
        cell(Text("对象", "Subject"), 2700, "{{ row.about }}", language),
        cell(Text("类型", "Kind"), 1300, "{{ row.kind }}", language),
        cell(Text("标准", "Standard"), 3680, "{{ row.standard }}", language),
        cell(Text("目标", "Target"), 1100, "{{ row.target }}", language),
        cell(Text("实测", "Measured"), (1000, 1150), "{{ row.actual }}", language),
        cell(Text("执行日期", "Executed"), (1860, 1550), "{{ row.date }}", language),
        cell(Text("结论", "Result"), (1440, 1600), "{{ row.result }}", language, alert="row.failed"),
    ]
    return heading(1, title, language) + table(title, cells, language, loop="row in results")


def _planned(language: Language) -> str:
    title = Text("尚未执行的检查", "Checks still to be executed")
    cells = [
        cell(Text("编号", "ID"), 1150, "{{ row.id }}", language),
        cell(Text("对象", "Subject"), 3448, "{{ row.about }}", language),
        cell(Text("类型", "Kind"), 1600, "{{ row.kind }}", language),
        cell(Text("计划日期", "Planned"), (1800, 1600), "{{ row.date }}", language, alert="row.late"),
        cell(Text("执行人", "Executor"), (1300, 1500), "{{ row.by }}", language),
    ]
    none = Text("没有任何检查的需求：", "Requirements without any check:")
    return (
        heading(1, title, language, properties=_FIRST)
        + table(title, cells, language, loop="row in planned")
        + where("unchecked", lead(none.in_(language)) + bullets("unchecked", language))
    )


def _problems(language: Language) -> str:
    title = Text("问题与整改", "Problems and rework")
    cells = [
        cell(Text("编号", "ID"), 1150, "{{ row.id }}", language),
        cell(Text("问题", "Problem"), (2500, 2400), "{{ row.problem }}", language),
        cell(Text("级别", "Severity"), (750, 950), "{{ row.severity }}", language),
        cell(Text("整改措施", "Rework"), (1998, 1998), "{{ row.resolution }}", language),
        cell(Text("负责人", "Owner"), (900, 900), "{{ row.owner }}", language),
        cell(Text("期限", "Due"), (1000, 950), "{{ row.due }}", language, alert="row.late"),
        cell(Text("完成", "Done"), (1000, 950), "{{ row.done }}", language),
    ]
    return heading(1, title, language) + table(title, cells, language, loop="row in problems")


def _rechecks(language: Language) -> str:
    title = Text("复检", "Rechecks")
    return heading(1, title, language) + listing_of(
        title,
        language,
        loop="row in rechecks",
        numbered=True,
        columns=(
            (Text("编号", "ID"), 1500, "row.id"),
            (Text("复检对象", "Recheck of"), 1800, "row.of"),
            (Text("日期", "Date"), 2200, "row.date"),
            (Text("实测", "Measured"), 1800, "row.actual"),
            (Text("结论", "Result"), 1998, "row.result"),
        ),
    )


def _conclusion(language: Language) -> str:
    return (
        heading(1, Text("结论", "Conclusion"), language)
        + paragraph("{{ conclusion.text }}" + ("。" if language == "zh" else "."), "Callout")
        + repeated("reason in conclusion.reasons", paragraph("{{ reason }}", "ListBullet"))
    )

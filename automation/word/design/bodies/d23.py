"""The body of the template of the closing report.

Not here: cover and contents (``layouts``) and the values (``commands.document.closing_report``).
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
    picture,
    table,
    where,
)

if TYPE_CHECKING:
    from automation.base.findings import Language

_FIRST = "<w:pageBreakBefore/>"


def body(language: Language) -> str:
    """Goals, results, changes, risks, satisfaction, causes, lessons and actions as XML text."""
    return (
        _goals(language)
        + _results(language)
        + _changes_and_risks(language)
        + _satisfaction(language)
        + _causes(language)
        + _lessons(language)
        + _actions(language)
    )


def _goals(language: Language) -> str:
    title = Text("目标达成", "Goals")
    interim = Text(
        "项目尚未关闭，以下为截至{{ document.date }}的阶段总结。",
        "The project is not closed yet; this is an interim summary as of {{ document.date }}.",
    )
    return (
        heading(1, title, language, properties=_FIRST)
        + where("interim", paragraph(interim.in_(language), "Callout"))
        + facts(title, "row in goals", language, numbered=True)
    )


def _results(language: Language) -> str:
    title, dates = Text("进度、成本与质量结果", "Time, cost and quality"), Text("里程碑", "Milestones")
    cells = [
        cell(Text("里程碑", "Milestone"), 3998, "{{ row.name }}", language),
        cell(Text("基线日期", "Agreed"), 2000, "{{ row.date }}", language),
        cell(Text("实际或预测", "Reached or expected"), 2000, "{{ row.expected }}", language),
        cell(Text("偏差（工作日）", "Slip (days)"), 1300, "{{ row.slip }}", language, alert="row.late"),
    ]
    return (
        heading(1, title, language)
        + listing_of(
            title,
            language,
            loop="row in results",
            numbered=True,
            columns=(
                (Text("项目", "Item"), 2898, "row.item"),
                (Text("约定", "Agreed"), 2100, "row.agreed"),
                (Text("实际或预测", "Reached or expected"), 2100, "row.reached"),
                (Text("差异或使用率", "Difference or share"), 2200, "row.difference"),
            ),
        )
        + heading(2, dates, language)
        + table(dates, cells, language, loop="row in milestones")
        + picture("costs", Text("各类成本", "Cost by category"), language)
    )


def _changes_and_risks(language: Language) -> str:
    changes, risks = Text("变更", "Changes"), Text("风险回顾", "Risks in retrospect")
    return (
        heading(1, changes, language)
        + listing_of(
            changes,
            language,
            loop="row in changes",
            numbered=True,
            columns=(
                (Text("决定", "Decision"), 2798, "row.decision"),
                (Text("数量", "Number"), 1700, "row.count"),
                (Text("进度影响合计（工作日）", "Days in total"), 2400, "row.days"),
                (Text("费用影响合计", "Cost in total"), 2400, "row.cost"),
            ),
        )
        + heading(1, risks, language)
        + listing_of(
            risks,
            language,
            loop="row in risks",
            numbered=True,
            columns=(
                (Text("风险", "Risk"), 2398, "row.title"),
                (Text("风险值", "Exposure"), (900, 1100), "row.exposure"),
                (Text("状态", "Status"), 1200, "row.status"),
                (Text("应对措施", "Response"), (2600, 2400), "row.response"),
                (Text("预案", "Fallback"), 2200, "row.contingency"),
            ),
        )
    )


def _satisfaction(language: Language) -> str:
    title = Text("客户满意度", "Customer satisfaction")
    praise = Text("客户的表扬：", "What customers praised:")
    return (
        heading(1, title, language)
        + listing_of(
            title,
            language,
            loop="row in satisfaction",
            numbered=True,
            columns=(
                (Text("期间", "Period"), 3698, "row.period"),
                (Text("总体满意度（1 至 5）", "Overall (1 to 5)"), 3300, "row.score"),
                (Text("答卷数", "Answers"), 2300, "row.answers"),
            ),
        )
        + where("praise", lead(praise.in_(language)) + bullets("praise", language))
    )


def _causes(language: Language) -> str:
    lost, roots = Text("延期原因", "Where time was lost"), Text("已查明的根因", "Root causes found")
    return (
        heading(1, Text("问题根因", "Causes"), language)
        + heading(2, lost, language)
        + listing_of(
            lost,
            language,
            loop="row in causes",
            numbered=True,
            columns=(
                (Text("原因", "Cause"), 2398, "row.cause"),
                (Text("合计天数", "Days"), 1300, "row.days"),
                (Text("任务", "Tasks"), 5600, "row.tasks"),
            ),
        )
        + heading(2, roots, language)
        + listing_of(
            roots,
            language,
            loop="row in roots",
            numbered=True,
            columns=((Text("事项", "Matter"), 4298, "row.matter"), (Text("根因", "Root cause"), 5000, "row.cause")),
        )
    )


def _lessons(language: Language) -> str:
    title = Text("教训", "Lessons")
    return (
        heading(1, Text("成功经验与教训", "What worked, and lessons"), language)
        + heading(2, Text("成功经验", "What worked"), language)
        + bullets("successes", language)
        + heading(2, title, language)
        + listing_of(
            title,
            language,
            loop="row in lessons",
            numbered=True,
            columns=(
                (Text("编号", "ID"), 1200, "row.id"),
                (Text("事项", "Matter"), 3298, "row.title"),
                (Text("教训", "Lesson"), 4800, "row.lesson"),
            ),
        )
    )


def _actions(language: Language) -> str:
    title = Text("改进措施", "Improvements")
    return heading(1, title, language) + listing_of(
        title,
        language,
        loop="row in actions",
        numbered=True,
        columns=(
            (Text("编号", "ID"), 1100, "row.id"),
            (Text("措施", "Measure"), (2478, 3398), "row.measure"),
            (Text("负责人", "Owner"), 1100, "row.owner"),
            (Text("期限", "Due"), (1860, 1300), "row.due"),
            (Text("完成", "Done"), (1860, 1300), "row.done"),
            (Text("效果", "Effect"), (900, 1100), "row.effect"),
        ),
    )

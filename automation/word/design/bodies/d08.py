"""The body of the template of a change request with its impact analysis.

Not here: title and facts (``layouts``) and the values (``commands.document.change_sheet``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.word.design.blocks import bullets, facts, heading, lead, listing_of, paragraph, run, signatures, where

if TYPE_CHECKING:
    from automation.base.findings import Language

_BOXES = (
    ("approved", Text("同意变更，按上述影响调整计划和费用", "Agreed; plan and cost are adjusted as stated")),
    ("rejected", Text("不同意变更", "Not agreed")),
    ("deferred", Text("暂缓，另行商定", "Deferred, to be settled later")),
)


def body(language: Language) -> str:
    """The change, its impact before and after, what it touches, our advice, the decision and signatures, as XML text."""
    return (
        heading(1, Text("变更内容与原因", "The change and its reason"), language)
        + facts(Text("变更内容", "The change"), "row in facts", language)
        + heading(2, Text("变更原因", "Reason"), language)
        + bullets("reason", language)
        + _impact(language)
        + _touched(language)
        + heading(1, Text("建议", "Our advice"), language)
        + bullets("advice", language)
        + _decision(language)
    )


def _impact(language: Language) -> str:
    title = Text("变更前后对比", "Before and after")
    note = Text(
        "日期由计划副本按相同规则重排得出：{{ document.date }}的预测与加入本变更后的预测相比。",
        "Dates come from a copy of the plan, rescheduled by the same rules: the forecast of {{ document.date }} beside the "
        "forecast with this change.",
    )
    return (
        heading(1, Text("影响分析", "Impact"), language)
        + heading(2, title, language)
        + listing_of(
            title,
            language,
            loop="row in comparison",
            columns=(
                (Text("项目", "Item"), 3298, "row.item"),
                (Text("变更前", "Before"), 2000, "row.before"),
                (Text("变更后", "After"), 2000, "row.after"),
                (Text("变化", "Difference"), 2000, "row.change"),
            ),
        )
        + where("computed", paragraph(note.in_(language), "TableNote"))
        + heading(2, Text("质量与风险", "Quality and risk"), language)
        + facts(Text("质量与风险", "Quality and risk"), "row in judged", language)
    )


def _touched(language: Language) -> str:
    return (
        heading(1, Text("受影响的任务、需求与风险", "Tasks, requirements and risks concerned"), language)
        + heading(2, Text("任务", "Tasks"), language)
        + listing_of(
            Text("受影响的任务", "Tasks concerned"),
            language,
            loop="row in tasks",
            columns=(
                (Text("编号", "ID"), 1100, "row.id"),
                (Text("任务", "Task"), 3598, "row.name"),
                (Text("负责人", "Owner"), 1400, "row.owner"),
                (Text("状态", "Status"), 1300, "row.status"),
                (Text("现行预测完成", "Forecast finish today"), 1900, "row.finish"),
            ),
        )
        + heading(2, Text("需求", "Requirements"), language)
        + listing_of(
            Text("受影响的需求", "Requirements concerned"),
            language,
            loop="row in requirements",
            columns=(
                (Text("编号", "ID"), 1100, "row.id"),
                (Text("需求", "Requirement"), 2898, "row.title"),
                (Text("状态", "Status"), 1300, "row.status"),
                (Text("验收标准", "Acceptance criterion"), 4000, "row.criterion"),
            ),
        )
        + heading(2, Text("相关风险", "Risks"), language)
        + listing_of(
            Text("相关风险", "Risks concerned"),
            language,
            loop="row in risks",
            columns=(
                (Text("编号", "ID"), 1200, "row.id"),
                (Text("风险", "Risk"), 2898, "row.title"),
                (Text("级别", "Level"), 900, "row.level"),
                (Text("应对措施", "Response"), 4300, "row.response"),
            ),
        )
    )


def _decision(language: Language) -> str:
    ticks = "".join(
        paragraph("", "Tick", inner=run(f"{{{{ decision.boxes.{name} }}}}", "Box") + run("  " + text.in_(language)))
        for name, text in _BOXES
    )
    told = Text("已于{{ decision.told }}与客户沟通。", "Discussed with the customer on {{ decision.told }}.")
    made = Text(
        "登记的决定：{{ decision.by }}，{{ decision.on }}。",
        "Decision on record: {{ decision.by }}, {{ decision.on }}.",
    )
    return (
        heading(1, Text("客户决定与签字", "The customer's decision"), language)
        + where("decision.told != '—'", lead(told.in_(language)))
        + ticks
        + where("decision.made", paragraph(made.in_(language)))
        + signatures(language)
    )
